import { errorFinding, noticeFinding, type Finding } from '../finding.ts';
import type { Site } from '../plan/site.ts';
import type { Step } from '../plan/step.ts';
import {
  askAdoption,
  askServersOwn,
  makeReleases,
  removeReleases,
} from '../release/directories/adopt.ts';
import { sharedPaths } from '../release/directories/layout.ts';
import { join } from '../release/paths.ts';
import { asRoot, asUser, inInputs, toSee, type Instruction, type Remedy } from '../remedy.ts';
import { quote, type Output } from '../server/command.ts';
import { perform, query } from '../server/round.ts';
import { inside } from './fpm/ask.ts';
import { askWebServer, readWebServer } from './served/web-server.ts';
import { resolvingLinks } from './served/links.ts';
import { after, entries } from './inspect/topics/words.ts';

/** Makes release directories beside a site that is deployed in place. The web server goes on with the old root until a person changes its line. */
export const adoptSite: Step<'adopt', 'inspect'> = {
  name: 'adopt',
  title: 'Adopt: release directories beside the live site',
  needs: ['inspect'],
  changesSite: false,
  on: 'every host',
  async run(site, signal) {
    const { live, base } = placesOf(site);
    const answers = await query(
      site.server,
      { place: askAdoption(live, base), others: askServersOwn(live), web: askWebServer() },
      signal,
    );
    const place = readPlace(answers.place);
    if (place.serves !== '' || place.state === 'deployed') {
      site.did(
        `${base} is made already${place.serves === '' ? '' : `, and ${place.serves} names it`}.`,
      );
      site.find(nextWorkflow(base, []));
      return undefined;
    }
    stopAtPlace(site, place.state, base);
    const own = entries(answers.others.stdout, '\0').map((one) => one.replace(/\/$/, ''));
    const shared = [...sharedPaths({ ...site.config, strategy: 'releases' }), ...own];
    await make(site, [...new Set(shared)], signal);
    await askPools(site, join(base, 'current'), signal);
    site.stopAtErrors();
    const web = readWebServer(answers.web, live);
    const resolves = 'unknown' in web ? [] : resolvingLinks(web);
    site.find(
      webServerLine(place.names, { live, base }, resolves),
      nextWorkflow(base, [...site.config.shared, ...own]),
    );
    return undefined;
  },
  async undo(site, signal) {
    const { live, base } = placesOf(site);
    const { place } = await query(site.server, { place: askAdoption(live, base) }, signal);
    // What visitors are served from is not ours to remove.
    if (readPlace(place).serves !== '') return undefined;
    await perform(site.server, [removeReleases(live, base)], signal);
    return undefined;
  },
  stranded: 'stranded-adopt',
  byHand: (site) => removal(site),
};

interface AdoptPlaces {
  readonly live: string;
  readonly base: string;
}

function placesOf({ config }: Site): AdoptPlaces {
  const live = config.base;
  return { live, base: config['releases-path'] ?? `${live}-releases` };
}

/** What lies where the release directories are to be made. */
interface Place {
  readonly state: string;
  /** The configuration of the web server that names them already; empty where none does. */
  readonly serves: string;
  /** The files of that configuration that name the live site. */
  readonly names: readonly string[];
}

function readPlace({ stdout }: Output): Place {
  const lines = entries(stdout, '\n');
  const [state = 'closed'] = after('place', lines);
  const [serves = ''] = after('serves', lines);
  return { state, serves, names: after('names', lines) };
}

function stopAtPlace(site: Site, state: string, base: string): void {
  const { target, strategy } = site.config;
  if (strategy === 'releases') {
    site.find(
      errorFinding(
        'adopt-place',
        'A site with release directories has nothing to adopt: path is to be the clone that is deployed in place.',
        inInputs('', 'strategy: in-place'),
      ),
    );
  } else if (state === 'closed') {
    site.find(
      errorFinding(
        'adopt-place',
        `The release directories are made in ${base}, where ${target.user} may not write.`,
        asRoot(
          `${target.user} gets an empty place for them, and nothing else.`,
          `sudo install -d -o ${quote(target.user)} -g "$(stat -c %G ${quote(site.config.base)})" ${quote(base)}`,
        ),
      ),
    );
  } else if (state === 'taken') {
    site.find(
      errorFinding(
        'adopt-place',
        `${base} holds something that is not ours, so the release directories are not made there.`,
        inInputs('Name an empty place, or one that does not exist', `releases-path: ${base}-2`),
      ),
    );
  }
  site.stopAtErrors();
}

async function make(
  site: Site<'inspect'>,
  shared: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const { live, base } = placesOf(site);
  const { config, journal } = site;
  const { stateDir, previous: commit } = journal.now;
  const adoption = { live, base, remote: config.remote, commit, stateDir, shared };
  await perform(site.server, makeReleases(adoption), signal);
  site.did(`${base}/current has commit ${commit.slice(0, 10)}, and shares the files of ${live}.`);
}

/** PHP-FPM has to run the application from its new root before a visitor asks it to. */
async function askPools(site: Site<'inspect'>, root: string, signal: AbortSignal): Promise<void> {
  const { serving } = site.facts.inspect;
  if (serving.length === 0) {
    site.notVerified(`Whether PHP can read ${root}: nobody could ask it.`);
  }
  for (const one of serving) {
    const seen = await inside(site, one, site.journal.now.stateDir, root, signal);
    if (typeof seen === 'string') {
      site.notVerified(`Whether PHP-FPM (pool ${one.pool.name}) can read ${root}: ${seen}.`);
      continue;
    }
    if (!seen.readsEnv) notServed(site, root, `${seen.user} cannot read its .env`);
    else if (seen.closed.length > 0)
      notServed(site, root, `${seen.user} cannot write to ${seen.closed.join(', ')}`);
    else if ('failure' in seen.session) notServed(site, root, seen.session.failure.message);
  }
}

function notServed(site: Site, root: string, why: string): void {
  const message = `PHP-FPM cannot run the application from ${root}: ${why}. Visitors would get an error from there.`;
  const look = toSee('See the rights on the way', `namei -l ${quote(`${root}/public/index.php`)}`);
  site.find(errorFinding('adopt-not-served', message, look));
}

const isNginx = (file: string): boolean => file.startsWith('/etc/nginx/');

/** The line to change, as lines that do it. */
function webServerLine(
  names: readonly string[],
  { live, base }: AdoptPlaces,
  resolves: readonly Instruction[],
): Finding {
  const [from, to] = [`${live}/public`, `${base}/current/public`];
  const edit = `s#${escaped(from)}\\([^A-Za-z0-9._-]\\|$\\)#${to.replace(/[&#\\]/g, '\\$&')}\\1#g`;
  const change = names.map((file) => `sudo sed -i --follow-symlinks ${quote(edit)} ${quote(file)}`);
  const reloads = [
    ...(names.some(isNginx) ? ['sudo nginx -t && sudo systemctl reload nginx'] : []),
    ...(names.every(isNginx) ? [] : [reloadApache]),
  ];
  const message = `The web server still serves ${from}. Visitors meet the release directories once its root is ${to}. Until then, deploy in place no more, or run adopt again after it.`;
  const lines: Remedy = [
    ...(names.some(isNginx) ? resolves : []),
    asRoot(
      `The root becomes ${to}, and running requests end as they began.`,
      ...change,
      ...reloads,
    ),
  ];
  const byHand = asRoot(
    `Set its root to ${to} (nginx: root, Apache: DocumentRoot and Directory), and reload it.`,
  );
  return noticeFinding('adopt-web-server', message, names.length === 0 ? byHand : lines);
}

const reloadApache = 'sudo apachectl configtest && sudo systemctl reload apache2';

function escaped(path: string): string {
  return path.replace(/[.*[\]^$\\#]/g, '\\$&');
}

function nextWorkflow(base: string, own: readonly string[]): Finding {
  const shared = [...new Set(own)];
  const inputs = ['strategy: releases', `path: ${base}`];
  return noticeFinding(
    'adopt-workflow',
    'Deploys with release directories need these inputs from then on.',
    inInputs('', ...inputs, ...(shared.length === 0 ? [] : [`shared: ${shared.join(', ')}`])),
  );
}

function removal(site: Site): Remedy {
  const { base } = placesOf(site);
  const { stateDir } = site.journal.now;
  return [
    asUser(
      site.config.target.user,
      'Remove the release directories, as long as the web server does not serve them. They hold links to the files of the site, and none of these goes',
      `rm -rf ${quote(base)}/current ${quote(base)}/releases ${quote(base)}/shared ${quote(base)}/repo`,
      `rm -f ${quote(base)}/.ci4-deploy-adopted ${quote(stateDir)}/adopted`,
    ),
  ];
}
