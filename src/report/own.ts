import type { RanCommand } from '../plan/results.ts';
import { ended } from './log.ts';
import { escape, fenced, folded } from './markdown.ts';
import type { Report } from './report.ts';

/** The commands of the repository that ran, each with the end of its output. */
export function ownCommands({ hosts }: Report): string {
  return hosts
    .filter(({ ran = [] }) => ran.length > 0)
    .map(({ server, ran = [] }) => {
      const where = hosts.length > 1 ? ` on ${escape(server)}` : '';
      return `### Your own commands${where}\n\n${ran.map(one).join('\n\n')}`;
    })
    .join('\n\n');
}

/** In the title of what is folded stands no text of strangers. */
function one({ moment, run, exit, seconds, output }: RanCommand): string {
  const green = typeof exit === 'object' && 'code' in exit && exit.code === 0;
  const how = `${moment}, ${green ? 'done' : ended(exit)}, ${seconds.toFixed(1)} s`;
  const text = `$ ${run.trim()}\n${output.trim()}`.trim();
  return folded(`${green ? '✅' : '❌'} ${how}`, fenced(text, '', ''));
}
