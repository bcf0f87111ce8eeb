// Builds dist/: one CommonJS bundle without native files, the same bytes wherever it is built.
// With --check it builds in memory and fails when dist/ is not what the source says.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import ncc from '@vercel/ncc';

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
// A name that can never resolve: ssh2 catches the failure and uses its own JavaScript.
const absent = 'node:native-addons-are-left-out';

const { code, assets } = await ncc(path('src/action.ts'), {
  esm: false, // ssh2 needs __dirname, which an ES module does not have
  cache: false,
  quiet: true,
  license: 'licenses.txt',
  externals: { 'cpu-features': absent, './crypto/build/Release/sshcrypto.node': absent },
});

const { 'licenses.txt': licenses, ...surplus } = assets;
delete surplus['pagent.exe']; // Windows only
if (Object.keys(surplus).length > 0) {
  throw new Error(`Unexpected files beside the bundle: ${Object.keys(surplus).join(', ')}`);
}
const files = { 'dist/index.cjs': code, 'dist/licenses.txt': String(licenses.source) };

if (process.argv.includes('--check')) {
  for (const [name, text] of Object.entries(files)) {
    const committed = await readFile(path(name), 'utf8').catch(() => '');
    if (committed !== text) {
      console.error(`${name} is stale. Run: npm run build`);
      process.exitCode = 1;
    }
  }
} else {
  await rm(path('dist'), { recursive: true, force: true });
  await mkdir(path('dist'));
  for (const [name, text] of Object.entries(files)) await writeFile(path(name), text);
}
