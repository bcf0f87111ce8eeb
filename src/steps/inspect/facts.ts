import { askApplication, readApplication, type Answered } from '../../app/ask.ts';
import type { Config } from '../../config/config.ts';
import type { Finding } from '../../finding.ts';
import type { Site } from '../../plan/site.ts';
import type { Output } from '../../server/command.ts';
import { query, queryGroups } from '../../server/round.ts';
import { askSettings } from '../database/described.ts';
import { laying } from '../fpm/ask.ts';
import type { Sharing } from '../../remedies/access.ts';
import { askWebServer, readWebServer, type WebServer } from '../served/web-server.ts';
import { judgeFirst } from '../served/first.ts';
import { judgeLinks } from '../served/links.ts';
import { sharingOf } from './sharing.ts';
import { judgeApplication } from './topics/application.ts';
import { askClone, judgeClone, readClone, type WorkTree } from './topics/clone.ts';
import { askCommit, judgeCommit, readCommit, type Commit } from './topics/commit.ts';
import { askComposer, judgeComposer, readComposer, type Composer } from './topics/composer.ts';
import { askDisk, judgeDisk, readDisk, type Disk } from './topics/disk.ts';
import { askAdopted, judgeAdopted, readAdopted, type Adopted } from './topics/adopted.ts';
import {
  askEnvironment,
  judgeEnvironment,
  readEnvironment,
  type Environment,
} from './topics/environment.ts';
import { askFpm, judgeFpm, readFpm, type Fpm } from './topics/fpm.ts';
import { askHidden, judgeHidden, readHidden, type Hidden } from './topics/hidden.ts';
import {
  askOtherDeploys,
  judgeOtherDeploys,
  readOtherDeploys,
  type OtherDeploys,
} from './topics/other-deploys.ts';
import { askPhp, judgePhp, readPhp, type PhpFacts } from './topics/php.ts';
import { askRemote, judgeRemote, readRemote, type Remote } from './topics/remote.ts';
import {
  askReleases,
  hasRelease,
  judgeReleases,
  readReleases,
  type Releases,
} from './topics/releases.ts';
import {
  askPlace,
  judgePlace,
  looksOnly,
  readPlace,
  type Place,
  type Purpose,
} from './topics/place.ts';

/** What the first round says about the server, typed, topic by topic. Nothing is judged here. */
export interface ServerFacts {
  readonly others: OtherDeploys;
  readonly place: Place;
  readonly tree: WorkTree;
  readonly releases: Releases;
  /** Null where the site was never adopted. */
  readonly adopted: Adopted | null;
  readonly hidden: Hidden;
  readonly environment: Environment;
  readonly php: PhpFacts;
  readonly fpm: Fpm | null;
  /** The only service there is, where input fpm-service names none that is there. */
  readonly otherFpm: { readonly unit: string; readonly fpm: Fpm } | null;
  readonly web: WebServer;
  readonly application: Answered;
  /** What the settings of the live tree say, unread. */
  readonly settings: Output;
  readonly purpose: Purpose;
  /** Only of a doctor. */
  readonly remote: Remote | null;
  /** Null when nothing is to be deployed. */
  readonly deploy: {
    readonly commit: Commit;
    readonly disk: Disk;
    readonly composer: Composer;
  } | null;
}

/** Asks all topics at once; a second time where the service has another name than that of the input. */
export async function look(
  site: Site,
  purpose: Purpose,
  signal: AbortSignal,
): Promise<ServerFacts> {
  const facts = await askAll(site, purpose, signal);
  const { fpm } = facts;
  const [unit, ...more] = fpm?.others ?? [];
  if (fpm === null || fpm.known || unit === undefined || more.length > 0) return facts;
  const named = { ...site.config, 'fpm-service': unit };
  const other = readFpm(await query(site.server, askFpm(named, purpose), signal), named);
  return { ...facts, otherFpm: other === null ? null : { unit, fpm: other } };
}

async function askAll(site: Site, purpose: Purpose, signal: AbortSignal): Promise<ServerFacts> {
  const { config, run, server, release } = site;
  const clone = { ...askClone(config), ...askHidden(config) };
  const runs = {
    ...askPlace(config),
    ...{ ...askReleases(config), ...askAdopted(config) },
    ...askEnvironment(config),
    ...askFpm(config, purpose),
    application: askApplication(config.php, release.live, run.nonce),
    settings: askSettings(release.live),
  };
  const php = { ...askPhp(config, purpose), web: askWebServer() };
  // First: what the others are asked must not change meanwhile.
  const common = { ...askOtherDeploys(config, purpose), ...clone, ...php, ...runs };
  if (purpose === 'doctor') {
    const answers = await query(server, { ...common, ...askRemote(config) }, signal);
    return { ...reported(answers, site), purpose, remote: readRemote(answers), deploy: null };
  }
  if (looksOnly(purpose)) {
    const answers = await query(server, common, signal);
    return { ...reported(answers, site), purpose, remote: null, deploy: null };
  }
  const forDeploy = { ...askCommit(config), ...askDisk(config), ...askComposer(config) };
  // The commit first: what is asked of it needs it to be there. Under our lock no other deploy changes anything meanwhile.
  const ofGit = { ...forDeploy, ...clone, ...php };
  const groups = [
    { ...ofGit, laid: laying(site, 'ask') },
    { ...askOtherDeploys(config, purpose), ...runs },
  ];
  const answers = await queryGroups<keyof typeof ofGit | keyof typeof common | 'laid'>(
    server,
    groups,
    signal,
  );
  const deploy = {
    commit: readCommit(answers),
    disk: readDisk(answers),
    composer: readComposer(answers),
  };
  return { ...reported(answers, site), purpose, remote: null, deploy };
}

type Answers = Parameters<typeof readOtherDeploys>[0] &
  Parameters<typeof readPlace>[0] &
  Parameters<typeof readClone>[0] &
  Parameters<typeof readReleases>[0] &
  Parameters<typeof readAdopted>[0] &
  Parameters<typeof readHidden>[0] &
  Parameters<typeof readEnvironment>[0] &
  Parameters<typeof readPhp>[0] &
  Parameters<typeof readFpm>[0] & { application: Output; settings: Output; web: Output };

function reported(
  answers: Answers,
  { config, run }: Site,
): Omit<ServerFacts, 'deploy' | 'purpose' | 'remote'> {
  const tree = readClone(answers);
  return {
    others: readOtherDeploys(answers),
    place: readPlace(answers),
    tree,
    releases: readReleases(answers, config),
    adopted: readAdopted(answers),
    hidden: readHidden(answers),
    environment: readEnvironment(answers),
    php: readPhp(answers),
    fpm: readFpm(answers, config),
    otherFpm: null,
    web: readWebServer(answers.web, 'problem' in tree.clone ? config.path : tree.clone.path),
    application: readApplication(answers.application, run.nonce),
    settings: answers.settings,
  };
}

/** All problems of the facts at once, in the order a person would look. A new topic is one more line. */
export function judge(facts: ServerFacts, config: Config, repository: string): readonly Finding[] {
  const { others, place, tree, hidden, environment, php, fpm, application, deploy } = facts;
  const { purpose, remote } = facts;
  const sharing = sharingOf(facts, config);
  const around = { sharing, repository, user: place.user };
  const lying = judgeReleases(facts.releases, config, sharing);
  if (!hasRelease(facts.releases)) {
    return place.state === 'closed' ? judgePlace(place, config, sharing) : lying;
  }
  return [
    ...lying,
    ...judgeAdopted(facts.adopted, purpose),
    ...judgePlace(place, config, sharing),
    ...judgeOtherDeploys(others, config, purpose),
    ...judgeClone(ownTree(facts), place, config, purpose, around),
    ...judgeHidden(hidden, [...tree.changed, ...tree.modes], place.user, config),
    ...(remote === null ? [] : judgeRemote(remote, tree.clone, place.user, config)),
    ...(deploy === null ? [] : judgeDeploy(deploy, tree, config, around)),
    ...judgeEnvironment(environment, place, config, sharing),
    ...judgePhp(php, place, config),
    ...judgeFpm(fpm, place, php, config, purpose),
    ...judgeOtherFpm(facts, config),
    ...judgeLinks(facts.web, config),
    ...judgeFirst(facts, config),
    ...judgeApplication(application, environment, php, sharing, config),
  ];
}

/** The first release has not what a web server serves, and that is nobody's edit. */
function ownTree({ tree, releases }: ServerFacts): WorkTree {
  return releases.current === 'first' ? { ...tree, changed: [], modes: [] } : tree;
}

/** What stands against the service that is there, so that all of it is known before its name is set. */
function judgeOtherFpm(
  { otherFpm, place, php, purpose }: ServerFacts,
  config: Config,
): readonly Finding[] {
  if (otherFpm === null) return [];
  const named = { ...config, 'fpm-service': otherFpm.unit };
  return judgeFpm(otherFpm.fpm, place, php, named, purpose);
}

function judgeDeploy(
  { commit, disk, composer }: NonNullable<ServerFacts['deploy']>,
  { clone }: WorkTree,
  config: Config,
  around: { readonly sharing: Sharing; readonly repository: string },
): readonly Finding[] {
  const there = !('problem' in clone) && commit.fetched === 'ok';
  return [
    ...judgeCommit(commit, clone, config, around),
    ...(there ? judgeDisk(disk, commit.size, config) : []),
    ...(there ? judgeComposer(composer, commit, config) : []),
  ];
}
