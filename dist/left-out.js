// Stands in the bundle for what libraries ask for and never use here (scripts/build.mjs).
class LeftOut {
  constructor() {
    throw new Error(
      'This part of a library is left out of the bundle of ci4-deploy: see leftOut in scripts/build.mjs.',
    );
  }
}
module.exports = { HttpClient: LeftOut, BearerCredentialHandler: LeftOut };
