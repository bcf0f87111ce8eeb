import { expect } from 'expect';
import type { Site } from '../../rig/kayart.ts';
import { nicolas, root } from '../breakages.ts';
import type { Situation } from '../situation.ts';

const manifest = JSON.stringify({
  name: 'kayart/site',
  repositories: [
    { type: 'path', url: 'packages/greeting', options: { symlink: false } },
    { packagist: false },
  ],
  require: { 'kayart/greeting': '*' },
});
const greeting = JSON.stringify({
  name: 'kayart/greeting',
  version: '1.0.0',
  autoload: { files: ['greeting.php'] },
});

/** A commit that wants a package which the live site does not have. */
async function newDependency(site: Site, page: string): Promise<string> {
  const files = {
    'composer.json': manifest,
    'packages/greeting/composer.json': greeting,
    'packages/greeting/greeting.php': "<?php\nfunction greeting() { return 'from the package'; }\n",
  };
  const work = '/tmp/composer';
  for (const [name, text] of Object.entries(files)) {
    await site.machine.writeFile(`${work}/${name}`, text);
  }
  const update = ['composer', 'update', '--no-install', '--quiet', `--working-dir=${work}`];
  const { code, stderr } = await site.machine.exec([
    'env',
    'COMPOSER_ALLOW_SUPERUSER=1',
    ...update,
  ]);
  if (code !== 0) throw new Error(`composer update: ${stderr}`);
  const lock = (await site.machine.exec(['cat', `${work}/composer.lock`])).stdout;
  const plain = `<?php\nnamespace App\\Controllers;\nclass Home extends \\CodeIgniter\\Controller\n{\n    public function index() { session(); ${page} }\n    public function login($name) { return $name; }\n    public function plain() { return greeting(); }\n}\n`;
  return site.push(
    { ...files, 'composer.lock': lock, 'app/Controllers/Home.php': plain },
    'A new dependency',
  );
}

async function hasVendor(site: Site): Promise<boolean> {
  return (await site.machine.exec(['test', '-e', `${site.path}/vendor`])).code === 0;
}

/** What Composer writes down about a site that was installed with development packages and without a class map. */
async function installedForDevelopment(site: Site): Promise<undefined> {
  return nicolas(
    site,
    `mkdir -p vendor/composer; echo '{"packages": [], "dev": true, "dev-package-names": []}' >vendor/composer/installed.json; echo '<?php // no class map' >vendor/composer/autoload_real.php`,
  );
}

/** Dependencies go live with the code, and back with it. */
export const composer: readonly Situation[] = [
  {
    name: 'composer.lock changed: installed in the stage, live with the switch',
    prepare: async (site) => newDependency(site, "return 'ok';"),
    outcome: 'deployed',
    errors: [],
    async afterwards(site) {
      expect((await site.get('/plain')).body).toBe('from the package');
    },
  },
  {
    name: 'composer.lock changed, and php is another one than input php',
    async prepare(site) {
      const next = await newDependency(site, "return 'ok';");
      // Composer of Debian begins with #!/usr/bin/php.
      await root(
        site,
        `rm /usr/bin/php; printf '#!/bin/sh\\necho old >&2; exit 1\\n' >/usr/bin/php; chmod 755 /usr/bin/php`,
      );
      return next;
    },
    inputs: ({ machine }) => ({ php: `/usr/bin/php${machine.phpVersion}` }),
    outcome: 'deployed',
    errors: [],
  },
  {
    name: 'composer.lock changed and the new code fails: the old dependencies are back',
    prepare: async (site) => newDependency(site, "throw new \\RuntimeException('no');"),
    outcome: 'rolled-back',
    errors: ['site-unhealthy'],
    async afterwards(site) {
      expect(await hasVendor(site)).toBe(false);
    },
  },
  {
    name: 'composer.lock changed: installed for production where there was nothing',
    prepare: async (site) => newDependency(site, "return 'ok';"),
    outcome: 'deployed',
    errors: [],
    async afterwards(_site, result) {
      expect(result.summary).toMatch(/composer install .*--no-dev --classmap-authoritative/);
    },
  },
  {
    name: 'composer.lock changed: installed for development where the site is',
    async prepare(site) {
      await installedForDevelopment(site);
      return newDependency(site, "return 'ok';");
    },
    outcome: 'deployed',
    errors: [],
    async afterwards(_site, result) {
      const log = result.log.join('\n');
      expect(log).toMatch(/composer install --no-interaction/);
      expect(log).not.toMatch(/composer install .*--(no-dev|classmap-authoritative)/);
    },
  },
  {
    name: 'composer.lock wants a package that nobody has any more',
    async prepare(site) {
      await newDependency(site, "return 'ok';");
      return site.push({ 'packages/greeting': null }, 'The package goes');
    },
    outcome: 'refused',
    errors: ['composer-failed'],
    says: 'Composer could not install',
  },
  {
    name: 'composer.lock changed, and the server has no Composer',
    async prepare(site) {
      const commit = await newDependency(site, "return 'ok';");
      await root(site, 'rm "$(command -v composer)"');
      return commit;
    },
    outcome: 'refused',
    notPasted: 'No server of packages is reached from here.',
    errors: ['composer-missing'],
    says: 'no Composer',
  },
];
