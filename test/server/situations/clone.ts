import { commitByHand, nicolas, root } from '../breakages.ts';
import { withReleases } from '../../rig/layouts.ts';
import type { Site } from '../../rig/kayart.ts';
import { deploy, type Situation } from '../situation.ts';

const tagged = { ref: 'refs/tags/v1.0', ref_name: 'v1.0', ref_type: 'tag' };

/** What can be so with a clone on a server. */
export const clone: readonly Situation[] = [
  {
    name: 'a run of a tag whose commit is on the branch of the server',
    context: tagged,
    outcome: 'deployed',
    errors: [],
  },
  {
    name: 'the history was rewritten after the live commit',
    prepare: async (site) => {
      const { live, next } = site.commits;
      const git = 'git -c user.name=N -c user.email=n@x';
      const script = `rm -rf /tmp/rewrite; git clone -q /srv/git/kayart.git /tmp/rewrite; cd /tmp/rewrite
git checkout -q -B main ${live}; ${git} commit -q --amend -m 'Better said'
${git} cherry-pick ${live}..${next} >/dev/null; git push -q -f origin main; git rev-parse HEAD`;
      const { stdout } = await site.machine.exec(['sh', '-e', '-c', script], { user: 'nicolas' });
      return stdout.trim();
    },
    outcome: 'refused',
    errors: ['history-rewritten'],
    says: 'was rewritten',
  },
  {
    name: 'a hook of the clone changes tracked files after the merge',
    prepare: async (site) =>
      nicolas(
        site,
        "printf '#!/bin/sh\\necho by-hook >>public/robots.txt\\n' >.git/hooks/post-merge; chmod 755 .git/hooks/post-merge",
      ),
    inPlaceOnly: 'nothing is merged: a release is a work tree of its own',
    outcome: 'deployed',
    errors: [],
    also: ['hook-changed-files'],
  },
  {
    name: 'a run of a tag whose commit is on no branch of the server',
    context: tagged,
    prepare: async (site) => {
      const next = await site.push({ 'public/robots.txt': '' }, 'Not merged');
      await nicolas(
        site,
        `git -C /srv/git/kayart.git tag v1.0 ${next}; git -C /srv/git/kayart.git update-ref refs/heads/main ${site.commits.next}`,
      );
      return next;
    },
    outcome: 'refused',
    errors: ['commit-not-on-branch'],
    says: 'v1.0',
  },
  {
    name: 'shallow clone',
    prepare: async (site) => nicolas(site, `git rev-parse HEAD >${site.gitDir}/shallow`),
    outcome: 'deployed',
    errors: [],
  },
  {
    name: 'chmod over everything, with core.fileMode off',
    prepare: async (site) => nicolas(site, 'git config core.fileMode false; chmod -R ug+x app'),
    outcome: 'deployed',
    errors: [],
  },
  {
    name: 'path through a symbolic link with a blank and a quote',
    prepare: async (site) => root(site, `ln -s ${site.path} "/var/www/Nicolas' site"`),
    inputs: () => ({ path: "/var/www/Nicolas' site" }),
    inPlaceOnly: 'a path with a quote is refused, see test/server/release-rights.test.ts',
    outcome: 'deployed',
    errors: [],
  },
  {
    name: 'another name for the branch on the server',
    prepare: async (site) => nicolas(site, 'git branch -m production'),
    inputs: () => ({ branch: 'production' }),
    inPlaceOnly: 'a release has no branch checked out',
    outcome: 'deployed',
    errors: [],
  },
  {
    name: 'a post-checkout hook that fails',
    prepare: async (site) =>
      nicolas(
        site,
        `printf '#!/bin/sh\\nexit 1\\n' >${site.gitDir}/hooks/post-checkout; chmod +x ${site.gitDir}/hooks/post-checkout`,
      ),
    outcome: 'deployed',
    errors: [],
  },
  {
    name: 'untracked files of nobody else',
    prepare: async (site) => nicolas(site, 'echo keep >notes.txt; mkdir backup; date >backup/a'),
    outcome: 'deployed',
    errors: [],
  },
  {
    name: 'detached head',
    prepare: async (site) => nicolas(site, 'git checkout -q --detach'),
    inPlaceOnly: 'a release has no branch checked out',
    outcome: 'refused',
    errors: ['detached-head'],
    says: 'no branch checked out',
  },
  {
    name: 'somebody committed on the server',
    prepare: async (site) =>
      nicolas(
        site,
        "echo '// x' >>app/Config/Routes.php; git -c user.name=N -c user.email=n@x commit -qam 'Fix the routes'",
      ),
    outcome: 'refused',
    errors: ['branch-diverged'],
    says: 'Fix the routes',
  },
  {
    name: 'chmod over everything',
    prepare: async (site) => nicolas(site, 'chmod -R ug+x app'),
    outcome: 'refused',
    errors: ['file-modes-changed'],
    says: 'chmod',
  },
  {
    name: 'a git that was killed left its lock',
    prepare: async (site) => nicolas(site, 'touch .git/index.lock'),
    inPlaceOnly: 'the index of the live release is never written to',
    outcome: 'refused',
    errors: ['git-locked'],
    says: 'index.lock',
  },
  {
    name: 'a git that was killed at the stage left it locked, in one of two ways',
    prepare: async (site) =>
      nicolas(
        site,
        `git worktree add -q --detach .git/ci4-deploy/stage; touch .git/worktrees/stage/locked; rm -r .git/ci4-deploy/stage
         mkdir .git/worktrees/stage1; touch .git/worktrees/stage1/locked`,
      ),
    outcome: 'deployed',
    errors: [],
    afterwards: async (site) => nicolas(site, '! ls .git/worktrees'),
    inPlaceOnly: 'each release has a name of its own, which its journal removes',
  },
  {
    name: "somebody else's clone",
    prepare: async (site) => root(site, `chown root: ${site.path}/.git ${site.gitDir}`),
    outcome: 'refused',
    errors: [...withReleases('path-not-writable'), 'git-ownership'],
    says: /belongs to another user|repo is not writable/,
  },
  {
    name: 'history too short to tell',
    async prepare(site) {
      await deploy(site);
      await nicolas(site, `git rev-parse HEAD >${site.gitDir}/shallow`);
      return site.commits.live;
    },
    outcome: 'refused',
    errors: ['shallow-clone'],
    says: 'shallow clone',
  },
  {
    name: 'a commit with a submodule that .gitmodules does not name',
    prepare: async (site) =>
      commitByHand(
        site,
        'git update-index --add --cacheinfo 160000,$(git rev-parse HEAD),lib/other',
      ),
    outcome: 'refused',
    errors: ['submodules'],
    says: 'lib/other',
  },
  {
    name: 'a commit with files in Git LFS, which the server has not',
    prepare: async (site) =>
      site.push({ '.gitattributes': 'public/*.jpg filter=lfs diff=lfs merge=lfs -text\n' }, 'LFS'),
    outcome: 'refused',
    notPasted: 'No server of packages is reached from here.',
    errors: ['lfs-missing'],
    says: 'LFS',
  },
  {
    name: 'disk short',
    prepare: async (site) => smallDisk(site, { kilobytes: 2048 }),
    outcome: 'refused',
    errors: ['disk-short'],
    says: 'are free',
  },
  {
    name: 'inodes short',
    prepare: async (site) => smallDisk(site, { kilobytes: 900_000, files: 90 }),
    outcome: 'refused',
    errors: ['inodes-short'],
    says: 'files more fit',
  },
];

/** A file system with so much room left: where the stage is, or with release directories where all of them are. */
async function smallDisk(
  site: Site,
  { kilobytes, files = 1_000_000 }: { readonly kilobytes: number; readonly files?: number },
): Promise<undefined> {
  const { base, gitDir, strategy } = site;
  const place = strategy === 'in-place' ? `${gitDir}/ci4-deploy` : base;
  return root(
    site,
    `mkdir -p ${place}; cp -a ${place} /tmp/aside
blocks=$(du -sk /tmp/aside | cut -f 1); inodes=$(find /tmp/aside | wc -l)
mount -t tmpfs -o size=$((blocks + ${kilobytes}))k,nr_inodes=$((inodes + ${files})),mode=755 tmpfs ${place}
cp -a /tmp/aside/. ${place}; chown nicolas: ${place}`,
  );
}
