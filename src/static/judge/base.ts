import { counted } from '../../count.ts';
import { isError, type Finding } from '../../finding.ts';
import type { LeftOut, Tree } from '../project/tree.ts';
import type { Changes } from './changes.ts';

/** The files as the base has them. What was not read there is nobody's fault here. */
export function treeOfBase(tree: Tree, { files, before }: Changes): Tree {
  const none: readonly LeftOut[] = [];
  return {
    leftOut: none,
    read: async (path) => (files.has(path) ? before(path) : tree.read(path)),
    async list(folder) {
      const kept = (await tree.list(folder)).filter((path) => files.get(path) !== 'added');
      const gone = [...files].filter(([path, how]) => how === 'deleted' && path.startsWith(folder));
      return [...kept, ...gone.map(([path]) => path)];
    },
  };
}

/**
 * The findings that the base does not have already; errors and warnings that it has become one, with their number.
 * A finding is the same in whatever line it stands.
 */
export function newHere(
  findings: readonly Finding[],
  ofBase: readonly Finding[],
  base: string,
): readonly Finding[] {
  const left = new Map<string, number>();
  for (const one of ofBase) left.set(keyOf(one), (left.get(keyOf(one)) ?? 0) + 1);
  const fresh: Finding[] = [];
  const old: Finding[] = [];
  for (const one of findings) {
    const count = left.get(keyOf(one)) ?? 0;
    (count > 0 ? old : fresh).push(one);
    left.set(keyOf(one), count - 1);
  }
  // A notice that was there before is nobody's work.
  const work = old.filter(({ severity }) => severity !== 'notice');
  return work.length === 0 ? fresh : [...fresh, summedUp(work, base)];
}

function keyOf({ name, at, message }: Finding): string {
  return JSON.stringify([name, at?.file, message]);
}

function summedUp(old: readonly Finding[], base: string): Finding {
  const errors = old.filter(isError).length;
  const names = [...new Set(old.map(({ name }) => name))].join(', ');
  const place = old.find(isError)?.at ?? old[0]?.at ?? { file: 'app/Config/App.php', line: 1 };
  return {
    name: 'base-has-findings',
    severity: 'notice',
    at: place,
    message: `${base} has ${counted(old.length, 'finding')} already, ${counted(errors, 'error')} among them: ${names}. They are not counted here. Input report: all shows them.`,
  };
}
