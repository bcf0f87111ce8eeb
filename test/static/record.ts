// Builds the corpus with the real framework on the real servers and keeps what came of it: `npm run record`.
import { buildAll } from './build.ts';
import { corpus } from './corpus/all.ts';
import { keep } from './recorded.ts';

const runs = await buildAll(corpus);
keep(runs);
for (const { release, server, built } of runs) {
  const failed = built.filter((one) => one.failed).length;
  console.log(`CodeIgniter ${release} on ${server}: ${built.length} built, ${failed} stopped`);
}
