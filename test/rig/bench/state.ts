import { asRoot } from '../continuity.ts';
import type { Site } from '../kayart.ts';

const bare = '/srv/git/kayart.git';
const kept = '/root/bench';
const framework = '/srv/codeigniter';

/** Keeps what the site is like before anything was deployed: its database and its .env. */
export async function keep({ path, ...site }: Site): Promise<void> {
  await asRoot(
    { path, ...site },
    `git config --global --add safe.directory '*'
     mkdir -p ${kept} && cp -p ${path}/.env ${kept}/.env && mysqldump ${site.database.name} >${kept}/database.sql`,
  );
}

/** Puts the site back to a commit, migrated and without anything of later ones, with PHP-FPM warm. */
export async function back(site: Site, commit: string): Promise<void> {
  const { path, database, machine } = site;
  const { name } = database;
  const asNicolas = 'setpriv --reuid=nicolas --regid=nicolas --init-groups env HOME=/home/nicolas';
  await asRoot(
    site,
    `git -C ${bare} update-ref refs/heads/main ${commit}
     mysql -e 'DROP DATABASE ${name}; CREATE DATABASE ${name}' && mysql ${name} <${kept}/database.sql
     find ${path}/writable/session -name 'ci_session*' -delete
     cp -p ${kept}/.env ${path}/.env
     ${asNicolas} git -C ${path} fetch -q origin
     ${asNicolas} git -C ${path} checkout -q -f -B main ${commit}
     ${asNicolas} git -C ${path} branch -q -u origin/main
     cd ${path} && ${asNicolas} php spark migrate >/dev/null
     rm -rf /var/www/deployer
     systemctl reset-failed ${machine.fpmService}; systemctl restart ${machine.fpmService}`,
  );
  await site.get('/plain');
}

/** Brings the site to the newest commit, where somebody else deployed that beside it. */
export async function follow(site: Site): Promise<void> {
  const script = `cd ${site.path} && git pull -q origin main`;
  const { code, stderr } = await site.machine.exec(['sh', '-c', script], { user: 'nicolas' });
  if (code !== 0) throw new Error(stderr);
}

/** Lays session files of visitors there: most of them idle, 200 in use. */
export async function sessions(site: Site, count: number): Promise<void> {
  const folder = `${site.path}/writable/session`;
  await asRoot(
    site,
    `php -r 'for ($i = 0; $i < ${count}; $i++) { $f = "${folder}/ci_session" . md5("$i");
       file_put_contents($f, "name|s:4:\\"anna\\";count|i:$i;" . str_repeat("x", 300)); chmod($f, 0600);
       touch($f, time() - ($i < 200 ? 5 : 300 + $i % 6000)); chown($f, "www-data"); }'`,
  );
}

/**
 * A commit on top of `commit` whose tree has that many files. The framework lies outside of it, as where Composer
 * installs it. Files that are added have 2 kB each.
 */
export async function sized(site: Site, commit: string, count: number): Promise<string> {
  const work = '/tmp/bench-sized';
  const { code, stdout, stderr } = await site.machine.exec(
    [
      'sh',
      '-e',
      '-c',
      `git clone -q ${bare} ${work} && cd ${work} && git checkout -q -B main ${commit}
       if [ -d system ]; then
         mkdir -p ${framework} && cp -a system ${framework}/ && git rm -rq system
         sed -i "s#__DIR__ . '/../../system'#'${framework}/system'#" app/Config/Paths.php
         grep -q "'${framework}/system'" app/Config/Paths.php
       fi
       git rm -rq --ignore-unmatch tests
       there=$(git ls-files | wc -l)
       php -r '[, $there, $count] = $argv; for ($i = $there; $i < $count; $i++) { $d = "public/assets/" . intdiv($i, 200);
         is_dir($d) || mkdir($d, 0755, true); file_put_contents("$d/$i.txt", str_repeat(md5("$i") . "\\n", 62)); }' "$there" ${count}
       git add -A && git -c user.name=b -c user.email=b@kayart.test commit -q -m 'As many files'
       [ "$(git ls-files | wc -l)" -eq ${count} ]
       git push -q origin HEAD:refs/heads/sized-${count} && git rev-parse HEAD; rm -rf ${work}; chown -R nicolas: ${bare}`,
    ],
    { cwd: '/tmp' },
  );
  if (code !== 0) throw new Error(`sized: ${stdout}${stderr}`);
  return stdout.trim();
}
