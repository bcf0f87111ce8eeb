import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Repository, type Deeds } from './repository.ts';

/**
 * The files that make a folder look like a bare repository to a git that searches upwards from in there. A pull request
 * may commit all of them. Its `origin/main` holds everything already, so that nothing seems to change.
 * @param files what lies in the folder besides
 * @param run what git would run as its file system monitor
 */
export function forgedRepository(files: Readonly<Record<string, string>>, run: string): Deeds {
  using forged = new Repository();
  forged.git('init', '-q', '-b', 'main');
  forged.commit(files);
  forged.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  const git = join(forged.folder, '.git');
  const kept = readdirSync(git, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /^(objects|refs|HEAD|index)/.test(name) && statSync(join(git, name)).isFile(),
  );
  return {
    ...Object.fromEntries(kept.map((name) => [name, readFileSync(join(git, name))])),
    // git keeps no empty folder, and these two have to be there.
    'objects/info/packs': '\n',
    config: `[core]
	repositoryformatversion = 0
	worktree = .
	fsmonitor = "${run}; false"
	hooksPath = .
[diff]
	external = "${run}; false"
[filter "any"]
	clean = "${run}; cat"
[diff "any"]
	textconv = "${run}; cat"
`,
    '.gitattributes': '*.php filter=any diff=any\n',
  };
}

/** The same files in a folder. */
export function inFolder(folder: string, files: Deeds): Deeds {
  return Object.fromEntries(
    Object.entries(files).map(([path, entry]) => [`${folder}/${path}`, entry]),
  );
}
