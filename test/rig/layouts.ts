/** How the site lies on the server. */
export type Strategy = 'in-place' | 'releases';

/** That of the rows that name none: `CI4_STRATEGY=releases` runs the same situations with release directories. */
export const chosenStrategy: Strategy =
  process.env['CI4_STRATEGY'] === 'releases' ? 'releases' : 'in-place';

/** Findings that only release directories have in a situation, for the list of its errors. */
export function withReleases(...names: readonly string[]): readonly string[] {
  return chosenStrategy === 'releases' ? names : [];
}

/** Where a site of each layout has its things. */
export interface Places {
  /** Input path. */
  readonly base: string;
  /** The root of the application. */
  readonly path: string;
  /** Where git keeps what is common, and the action its state. */
  readonly gitDir: string;
  /** What the application shares, as a shell script of the deploy user that begins in an empty directory. */
  script(from: string, commit: string): string;
  /** What nginx adds to a place where it asks PHP-FPM. */
  readonly params: string;
}

/** Links of a release to what all share, in its root: git puts files of its own in their place. */
export function linkedAgain(base: string): string {
  return `for one in .env writable/session writable/logs writable/uploads; do rm -rf ./$one; ln -s ${base}/shared/$one $one; done`;
}

const folders = 'mkdir -p writable/cache writable/logs writable/session writable/uploads';
const open = 'chgrp -R www-data writable && find writable -type d -exec chmod 2775 {} +';

/** The layout of a strategy at a place; each script leaves the root as its directory, and reads .env from its input. */
export function placesOf(strategy: Strategy, base: string): Places {
  if (strategy === 'in-place') {
    return {
      ...{ base, path: base, gitDir: `${base}/.git`, params: '' },
      script: (
        from,
        commit,
      ) => `git clone -q ${from} ${base} && cd ${base} && git reset -q --hard ${commit}
${folders}
cat >.env && chmod 640 .env && chgrp www-data .env
${open}`,
    };
  }
  return {
    ...{ base, path: `${base}/current`, gitDir: `${base}/repo` },
    script: (from, commit) => `git clone -q --bare ${from} ${base}/repo && cd ${base}
mkdir releases shared && cd shared
${folders}
rmdir writable/cache
cat >.env && chmod 640 .env && chgrp www-data .env
${open}
git -C ${base}/repo worktree add -q --detach ${base}/releases/first ${commit} && cd ${base}/releases/first
mkdir -p writable/cache
${linkedAgain(base)}
${open}
ln -s releases/first ${base}/current && cd ${base}/current`,
    params:
      ' fastcgi_param SCRIPT_FILENAME $realpath_root$fastcgi_script_name; fastcgi_param DOCUMENT_ROOT $realpath_root;',
  };
}
