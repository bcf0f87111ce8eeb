import { coerce, satisfies, validRange } from 'semver';

/** What the code of a commit asks of PHP. */
export interface PhpWanted {
  /** `require.php` of composer.json, as it stands there. */
  readonly constraint: string | null;
  /** `$minPhpVersion` of spark or public/index.php (CodeIgniter 4.2 and newer check it themselves). */
  readonly least: string | null;
}

/**
 * What of it a version of PHP does not fulfil, as the end of "PHP x is installed, but ...". Null when it fits, or when
 * the constraint cannot be read: what cannot be known is no fault.
 * @param version as PHP_VERSION says it, e.g. `8.2.32` or `8.3.0-dev`
 */
export function phpUnfit(version: string, { constraint, least }: PhpWanted): string | null {
  const own = coerce(version);
  if (own === null) return null;
  const asked = (range: string | null): boolean =>
    range === null || validRange(range) === null || satisfies(own, range);
  if (!asked(least === null ? null : `>=${least}`)) {
    return `CodeIgniter of this commit runs on PHP ${String(least)} or newer`;
  }
  if (!asked(constraint === null ? null : npmRange(constraint))) {
    return `composer.json of this commit requires php ${String(constraint)}`;
  }
  return null;
}

/**
 * A constraint of Composer in npm's words. They differ in three things. A single bar means or, a comma means and,
 * and `~8.1` lets the last number it names rise (getcomposer.org, Versions and constraints).
 */
export function npmRange(constraint: string): string {
  return constraint
    .replaceAll(/@\w+/g, '')
    .replaceAll(/\s*\|\|?\s*/g, ' || ')
    .replaceAll(/\s*,\s*/g, ' ')
    .replaceAll(/~(\d+(?:\.\d+)?)(?![\d.])/g, '^$1');
}
