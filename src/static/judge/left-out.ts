import { type Finding, remedies } from '../../finding.ts';
import type { Tree } from '../project/tree.ts';
import { isTouched, type Changes } from './changes.ts';

/**
 * What was not read, each with its reason. Nobody can tell what is in there, so nothing is right as long as the pull
 * request has a part in it.
 */
export function judgeLeftOut({ leftOut }: Tree, changes: Changes | null): readonly Finding[] {
  return leftOut.map(({ file, why }) => ({
    name: 'file-not-read',
    severity: isTouched(file, changes) ? 'error' : 'warning',
    message: `${file} was not read: ${why}. What it does is not checked.`,
    remedies: remedies('Put a regular file there, inside of the repository.'),
    at: { file, line: 1 },
  }));
}
