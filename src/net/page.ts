import type { Visit } from './visit.ts';

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** The title of a page on one line, at most 80 characters; null when it has none. */
export function titleOf(body: string): string | null {
  const [, raw = ''] = /<title[^>]*>([^<]*)<\/title/i.exec(body) ?? [];
  const title = plain(raw).slice(0, 80);
  return title === '' ? null : title;
}

function plain(html: string): string {
  return html
    .replace(/&#(\d{1,6});/g, (_all, code) => String.fromCodePoint(Number(code)))
    .replace(/&(\w+);/g, (all, name: string) => entities[name] ?? all)
    .replace(/\s+/g, ' ')
    .trim();
}

// What maintenance pages call themselves in the languages of their visitors.
const words =
  /\b(maintenance|wartung\w*|mantenimiento|manutenzione|manutenção|onderhoud)\b|\bbe (right )?back( soon)?\b/i;
// A garage may have a page on maintenance: a healthy answer must say nothing else in its title.
const wholeTitle =
  /^\W*((the|our|this) )?((web)?site )?(is )?((currently|temporarily) )?((down for|under|in|closed for) )?((scheduled|planned) )?(maintenance( mode| page)?|wartung(sarbeiten|smodus)?)\W*$|^\W*we.{1,3}(ll| will) be (right )?back( soon)?\W*$/i;

/** What makes an answer look like a maintenance page, as the end of "it looks like one: ..."; null when nothing does. */
export function maintenance({ status, body, retryAfter }: Visit): string | null {
  const title = titleOf(body);
  const titled = title === null ? 'its text says so' : `its title is "${title}"`;
  if (status === 503 && retryAfter !== null) {
    return `it sends Retry-After: ${retryAfter.slice(0, 40)}`;
  }
  if (status === 503 && words.test(body)) return titled;
  return title !== null && wholeTitle.test(title) ? titled : null;
}
