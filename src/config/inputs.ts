import {
  absolutePath,
  addressOrNone,
  certificates,
  choice,
  count,
  duration,
  flag,
  pathBelow,
  pathsInApplication,
  pathsToDeliver,
  serverName,
  shaped,
  statuses,
  text,
  userAndPassword,
  type Parser,
} from './parsers.ts';
import { databaseUrls } from './database-urls.ts';
import { fingerprints } from './fingerprints.ts';
import { hosts, place } from './host.ts';
import { Secret } from '../secret.ts';

/** One input: how its text is read and what an empty one means. `remedy` is said beside a problem. */
export interface Input<T> {
  readonly parse: Parser<T>;
  readonly otherwise: T;
  readonly remedy: string;
  readonly secret: boolean;
}

function input<T, E>(parse: Parser<T>, otherwise: E, remedy: string): Input<T | E> {
  return { parse, otherwise, remedy, secret: false };
}

function secret(remedy: string, shape: Parser<string> = text): Input<Secret | null> {
  return { parse: (value) => new Secret(shape(value)), otherwise: null, remedy, secret: true };
}

const unit = shaped(/^[A-Za-z0-9@_][A-Za-z0-9@._-]*$/, 'the name of a systemd unit, or none');
const gitName = shaped(
  /^(?!.*(\.\.|@\{|\/\/))[A-Za-z0-9_][A-Za-z0-9_./+@#-]*$/,
  'a name that git accepts',
);

/** What input `command` may say. */
export const commands = [
  'deploy',
  'verify',
  'check',
  'doctor',
  'releases',
  'rollback',
  'plan',
  'adopt',
] as const;

/** Every input of action.yml with its parser and default: the one place that knows them. */
export const inputs = {
  command: input(
    choice(...commands),
    'deploy' as const,
    'deploy and rollback change the site, adopt makes release directories beside it; verify, check, doctor, releases and plan only look.',
  ),
  host: input(hosts, null, 'Set it to the server, as nicolas@www.example.org.'),
  user: input(
    shaped(/^[A-Za-z0-9_.][A-Za-z0-9_.-]*$/, 'a user name'),
    null,
    'Set it to the user who owns the site on the server.',
  ),
  port: input(count(1, 65535), 22, 'Leave it out for 22.'),
  'ssh-key': secret('Give the private key: ${{ secrets.SSH_KEY }}.'),
  'ssh-key-passphrase': secret('Give the passphrase of ssh-key, as a secret.'),
  password: secret('Give the password as a secret, or better a key.'),
  'known-hosts': input(text, '', 'Set it to the line of known_hosts for the server.'),
  'host-fingerprint': input(
    fingerprints,
    [],
    'Set it to what ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub prints on that host.',
  ),
  'proxy-jump': input(hosts, null, 'Set it to the host in between, as user@gate.example.org.'),
  'proxy-jump-password': secret('Give the password of the host in between, as a secret.'),
  'connect-timeout': input(duration, 30, 'Leave it out for 30s.'),
  'step-timeout': input(duration, 600, 'Leave it out for 10m.'),
  path: input(absolutePath, '/var/www/kayart', 'Set it to the directory that holds spark.'),
  strategy: input(
    choice('in-place', 'releases'),
    'in-place' as const,
    'Leave it out for in-place; releases has a directory for each deploy.',
  ),
  shared: input(
    pathsInApplication,
    [] as readonly string[],
    'Set it to what all releases share besides .env, sessions, logs and uploads, as public/uploads.',
  ),
  'releases-path': input(absolutePath, null, 'Leave it out for path with -releases behind it.'),
  files: input(
    pathsToDeliver,
    [] as readonly string[],
    'Set it to what the job has built, as public/build.',
  ),
  keep: input(count(2, 100), 5, 'Leave it out for 5.'),
  commit: input(
    shaped(/^[0-9a-f]{40}([0-9a-f]{24})?$/, 'a full commit id (40 hexadecimal digits)'),
    null,
    'Leave it out for the commit of the run.',
  ),
  to: input(
    shaped(/^[0-9a-f]{7,64}$/, 'a commit id, or its first 7 or more digits'),
    null,
    'Leave it out for the deploy before the live one.',
  ),
  branch: input(gitName, null, 'Leave it out for the branch of the run.'),
  source: input(
    choice('fetch', 'push'),
    'fetch' as const,
    'Leave it out for fetch; with push the server needs no access to the repository.',
  ),
  remote: input(gitName, 'origin', 'Leave it out for origin.'),
  php: input(
    shaped(/^[A-Za-z0-9_/][A-Za-z0-9_./+-]*$/, 'a program name or an absolute path'),
    'php',
    'Leave it out for php, or set it to e.g. /usr/bin/php8.3.',
  ),
  composer: input(choice('auto', 'always', 'never'), 'auto' as const, 'Leave it out for auto.'),
  namespaces: input(choice('app', 'all'), 'app' as const, 'Leave it out for app.'),
  'fpm-service': input(
    unit,
    'auto',
    'Leave it out, or set it to the name of the service, as php8.3-fpm or apache2.',
  ),
  'fpm-pool': input(
    shaped(/^[A-Za-z0-9_.-]+$/, 'the name of a pool, as www'),
    null,
    'Leave it out, or set it to the name in brackets in its file, as www.',
  ),
  reload: input(
    choice('always', 'when-needed', 'never'),
    'always' as const,
    'Leave it out for always.',
  ),
  'cache-clear': input(flag, true, 'Leave it out for true.'),
  'preserve-sessions': input(
    choice('auto', 'required', 'off'),
    'auto' as const,
    'Leave it out for auto.',
  ),
  'clean-session-files': input(flag, false, 'Leave it out for false.'),
  'session-table-match': input(
    choice('exact', 'compatible'),
    'exact' as const,
    'Leave it out for exact.',
  ),
  'health-url': input(addressOrNone, null, "Leave it out for the application's own baseURL."),
  'health-status': input(
    statuses,
    [{ from: 100, to: 499 }],
    'Leave it out to accept everything below 500.',
  ),
  'health-text': input(text, '', 'Leave it out to accept any text.'),
  'health-address': input(
    place,
    null,
    'Set it to where the web server listens as the server itself sees it, as 127.0.0.1.',
  ),
  'health-auth': secret(
    'Give user:password as a secret: ${{ secrets.HEALTH_AUTH }}.',
    userAndPassword,
  ),
  'health-ca': input(certificates, null, 'Give the lines from BEGIN to END CERTIFICATE.'),
  'health-timeout': input(duration, 30, 'Leave it out for 30s.'),
  'health-retries': input(count(0, 100), 2, 'Leave it out for 2.'),
  'undo-migrations': input(
    choice('auto', 'always', 'never'),
    'auto' as const,
    'Leave it out for auto.',
  ),
  'lock-wait': input(duration, 0, 'Leave it out for 0s.'),
  base: input(
    gitName,
    null,
    'Leave it out in a pull request; elsewhere set it to a branch, as main.',
  ),
  directory: input(pathBelow, '', 'Leave it out where the application is the whole repository.'),
  'db-version': input(serverName, null, 'Set it to what your server is, as MariaDB 10.11.'),
  'print-tables': input(flag, false, 'Leave it out for false.'),
  report: input(
    choice('changes', 'all'),
    'changes' as const,
    'Leave it out for what the pull request brings.',
  ),
  'sarif-file': input(pathBelow, null, 'Set it to a path below the checkout, as ci4.sarif.'),
  databases: {
    ...input(databaseUrls, null, 'Write one on a line: mysql://user:password@127.0.0.1:3306/name.'),
    secret: true,
  },
  'allow-nonempty-database': input(flag, false, 'Leave it out for false.'),
  'db-host': input(text, null, "Leave it out for the application's own."),
  'db-port': input(count(1, 65535), null, "Leave it out for the application's own."),
  'db-socket': input(absolutePath, null, "Leave it out for the application's own."),
  'db-name': input(text, null, "Leave it out for the application's own."),
  'db-user': input(text, null, "Leave it out for the application's own."),
  'db-tls': input(choice('auto', 'on', 'off'), 'auto' as const, 'Leave it out for auto.'),
  'db-password': secret("Leave it out for the application's own."),
} satisfies Record<string, Input<unknown>>;

/** Names of the inputs whose values must never be seen. */
export const secretInputs: readonly string[] = Object.entries(inputs)
  .filter(([, { secret: hidden }]) => hidden)
  .map(([name]) => name);

export type Inputs = { [Name in keyof typeof inputs]: (typeof inputs)[Name]['otherwise'] };
