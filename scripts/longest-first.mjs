// The order in which the whole suite begins its files. Jest knows how long each takes from the run before, and on a fresh
// machine there is none: it would begin the larger files first, and the longest of all are small. One that begins last keeps
// one worker busy when the others have nothing left.
import { statSync } from 'node:fs';

const server = [
  ...['situations-deployed', 'situations', 'boundaries', 'situations-rolled-back'],
  ...['rollback-interrupted', 'two-runs', 'pasting', 'first-deploy', 'cutover-interruption'],
  ...['at-once/at-once', 'push', 'plan', 'commands', 'attacker', 'commands-interrupted', 'files'],
  ...['visited', 'rollback', 'visited-apache', 'release-directories', 'adopt', 'ten-deploys'],
];
/** Ends of the names of those that take minutes, the longest first. */
export const longest = server.map((name) => `/test/server/${name}.test.ts`);

/** 0 for the longest, and the same number for all that take no time to speak of. */
function place({ path }) {
  const at = longest.findIndex((name) => path.endsWith(name));
  return at < 0 ? longest.length : at;
}

// What jest asks of a sequencer: `jest --testSequencer`.
export default class LongestFirst {
  sort(tests) {
    const sized = tests.map((test) => ({ test, at: place(test), size: statSync(test.path).size }));
    return sized.sort((a, b) => a.at - b.at || b.size - a.size).map(({ test }) => test);
  }

  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {
    // The order does not depend on earlier runs.
  }
}
