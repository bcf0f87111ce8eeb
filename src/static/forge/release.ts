/** A release of CodeIgniter, as `4.7.2`. */
export type Release = readonly [number, number, number];

/** What changed in Forge between releases, as far as it decides about a table (system/Database/Forge.php of each tag). */
export interface ForgeRules {
  /** Before 4.1.5 a key over a column that was given as raw text was dropped without a word. */
  readonly keepsKeysOfRawFields: boolean;
  /** From 4.1.5 a raw text may stand under a name in the array of fields. */
  readonly takesNamedRawFields: boolean;
  readonly hasDropKey: boolean;
  /** RawSql came with 4.2. */
  readonly hasRawSql: boolean;
  /** From 4.3 the last primary key wins (before, all together made one), a key over an unknown column is an error, keys have names. */
  readonly hasNamedKeys: boolean;
  /** Before 4.3 a foreign key over an unknown column was an error at once; dropForeignKey() put the prefix before the name. */
  readonly asksLater: boolean;
  /** From 4.2 tableExists() asks the server where its second argument says so, and createTable() does. */
  readonly asksAgain: boolean;
}

/** The rules of a release. */
export function forgeRules(release: Release): ForgeRules {
  return {
    keepsKeysOfRawFields: isAtLeast(release, [4, 1, 5]),
    takesNamedRawFields: isAtLeast(release, [4, 1, 5]),
    hasDropKey: isAtLeast(release, [4, 1, 5]),
    hasRawSql: isAtLeast(release, [4, 2, 0]),
    hasNamedKeys: isAtLeast(release, [4, 3, 0]),
    asksLater: isAtLeast(release, [4, 3, 0]),
    asksAgain: isAtLeast(release, [4, 2, 0]),
  };
}

/** Whether a release is that one or newer. */
export function isAtLeast(release: Release, wanted: Release): boolean {
  const differing = release.findIndex((part, at) => part !== wanted[at]);
  return differing === -1 || (release[differing] ?? 0) > (wanted[differing] ?? 0);
}

/** `4.7.2` or `v4.7.2` as a release; null for anything else. */
export function releaseOf(text: string): Release | null {
  const found = /^v?(\d+)\.(\d+)\.(\d+)/.exec(text);
  return found === null ? null : [Number(found[1]), Number(found[2]), Number(found[3])];
}
