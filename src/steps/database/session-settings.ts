import type { Application } from '../../app/application.ts';
import { errorFinding, type Finding } from '../../finding.ts';

/** Session settings that cannot work, whatever the table looks like. */
export function judgeSessionSettings({ session }: Application): readonly Finding[] {
  const { inDatabase, savePath, driver, source } = session;
  if (!inDatabase) return [];
  const file = `app/Config/${source.split('\\').at(-1) ?? ''}.php`;
  if (savePath.trim() === '' || /[/\\]/.test(savePath)) {
    const found = savePath.trim() === '' ? 'is empty' : `is ${savePath}, a directory`;
    return [
      errorFinding(
        'save-path-is-no-table',
        `${driver} takes savePath for the name of its table, but savePath ${found}. The driver was changed and savePath was not, or .env sets the old one (session.savePath).`,
        `Set $savePath = 'ci_sessions' in ${file}, then look for session.savePath in .env.`,
      ),
    ];
  }
  return [];
}
