// What the files of dist/ are made of: the source of each package and of each of our own folders, by size.

function owner(name) {
  const library = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(name)?.[1];
  return library ?? /^\.\/(src\/(?:[^/ ]+\/)?)/.exec(name)?.[1] ?? 'others';
}

function* modulesIn(modules) {
  for (const one of modules) {
    if (one.modules === undefined) yield one;
    else yield* modulesIn(one.modules);
  }
}

function line(bytes, text) {
  return `${Math.round(bytes / 1000)} kB`.padStart(8) + `  ${text}`;
}

function linesOf({ files, size, modules }) {
  const found = new Map();
  for (const one of modulesIn(modules)) {
    const who = owner(one.name);
    found.set(who, (found.get(who) ?? 0) + one.size);
  }
  const rows = [...found].toSorted(([, a], [, b]) => b - a);
  const shown = rows.filter(([, bytes], at) => at === 0 || bytes >= 5000);
  const rest = rows.slice(shown.length).reduce((sum, [, bytes]) => sum + bytes, 0);
  return [
    line(size, `dist/${files[0].replace(/^index\.js$/, 'index.cjs')}`),
    ...shown.map(([who, bytes]) => line(bytes, `  ${who}`)),
    ...(rest > 0 ? [line(rest, '  smaller ones')] : []),
  ];
}

/** Each file with its parts, the largest first, from webpack's own statistics of the source. */
export function parts(stats) {
  const { chunks } = stats.toJson({
    ...{ all: false, ids: true, chunks: true, chunkModules: true, dependentModules: true },
    ...{ nestedModules: true, chunkModulesSpace: Infinity, nestedModulesSpace: Infinity },
  });
  const sorted = chunks.toSorted((a, b) => b.size - a.size);
  const total = sorted.reduce((sum, { size }) => sum + size, 0);
  return [...sorted.flatMap(linesOf), line(total, 'all')].join('\n');
}
