import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cache } from '../cache.ts';
import { asRoot } from '../continuity.ts';
import { exclusively, host } from '../host.ts';
import type { Site } from '../kayart.ts';
import type { SlowLine } from '../slow-line.ts';
import { timed, type Used } from './taken.ts';

const folder = join(cache, 'deployer');
const wanted = 'deployer/deployer:^7.5';
const place = '/var/www/deployer';

/** The program of Deployer, where Composer gives that; null where it does not. */
export async function composedDeployer(): Promise<string | null> {
  const program = join(folder, 'vendor/bin/dep');
  return exclusively('deployer', async () => {
    if (existsSync(program)) return program;
    await mkdir(folder, { recursive: true });
    const there = [`--working-dir=${folder}`, '--no-interaction', '--quiet'];
    const env = { ...process.env, COMPOSER_ALLOW_SUPERUSER: '1' };
    await host(['timeout', '120', 'composer', 'require', ...there, wanted], { env, cwd: '/' });
    return existsSync(program) ? program : null;
  });
}

/** Deployer beside the site: it keeps its releases in a folder of its own, on the same database. */
export class Deployer {
  readonly #program: string;

  constructor(program: string) {
    this.#program = program;
  }

  /** @throws Error with what it printed, when it does not end with 0 */
  async deploy(site: Site, line: SlowLine, work: string): Promise<Used> {
    await asRoot(
      site,
      `install -d -o nicolas -g nicolas ${place} ${place}/shared
       cp -p ${site.path}/.env ${place}/shared/.env
       [ ! -d ${site.path}/vendor ] || [ -d ${place}/shared/vendor ] || cp -a ${site.path}/vendor ${place}/shared/`,
    );
    const installed = await site.machine.exec(['test', '-d', `${place}/shared/vendor`]);
    const recipe = join(work, 'deploy.php');
    await writeFile(recipe, recipeFor(site, line, join(work, 'key'), installed.code === 0));
    const argv = ['php', this.#program, '--no-ansi', '-n', '-f', recipe, 'deploy'];
    const { code, printed, ...used } = await timed(argv, join(work, 'time'), {
      PATH: process.env['PATH'],
      HOME: work,
      CI: 'true',
    });
    if (code !== 0) throw new Error(`Deployer ended with ${code}: ${printed}`);
    return used;
  }
}

/** Its own defaults but for what this server asks for. Dependencies do not change, for none of the contenders. */
function recipeFor({ machine }: Site, line: SlowLine, key: string, vendor: boolean): string {
  return `<?php
namespace Deployer;

require 'recipe/codeigniter4.php';

set('repository', '/srv/git/kayart.git');
set('branch', 'main');
set('writable_mode', 'chmod');
${vendor ? "add('shared_dirs', ['vendor']);" : ''}
host('127.0.0.1')
    ->setRemoteUser('${machine.user}')
    ->setPort(${line.port})
    ->setIdentityFile('${key}')
    ->setSshArguments(['-o StrictHostKeyChecking=no', '-o UserKnownHostsFile=/dev/null', '-o LogLevel=ERROR'])
    ->set('deploy_path', '${place}');
task('deploy:vendors', function () {});
task('reload', function () { run('sudo systemctl reload ${machine.fpmService}'); });
after('deploy:publish', 'reload');
`;
}
