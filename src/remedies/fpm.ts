import { asRoot, inRepository, toSeeAsRoot, type Instruction } from '../remedy.ts';
import { quote } from '../server/command.ts';

/**
 * Lets the deploy user reload this one service, and nothing else.
 * @param problem what sudo said: some want a terminal (requiretty), which a program has not
 */
export function allowReload(user: string, unit: string, problem: string): Instruction {
  const rule = `${user} ALL=(root) NOPASSWD: /usr/bin/systemctl reload ${unit}`;
  const terminal = /\btty\b/.test(problem) ? [`Defaults:${user} !requiretty`] : [];
  return asRoot(
    `${user} may then reload ${unit} without a password, and nothing else.`,
    ...[...terminal, rule].map((line) => sudoers(line, 'ci4-deploy')),
  );
}

/** Lets the deploy user run PHP as another user of the server. */
export function allowRunPhp(user: string, owner: string, php: string): Instruction {
  return asRoot(
    `${user} may then run PHP as ${owner} without a password.`,
    sudoers(`${user} ALL=(${owner}) NOPASSWD: ${php}`, 'ci4-deploy-sessions'),
  );
}

// visudo refuses a file that sudo could not read, and keeps the right mode.
function sudoers(rule: string, file: string): string {
  return `echo ${quote(rule)} | sudo EDITOR='tee -a' visudo -f /etc/sudoers.d/${file}`;
}

/**
 * Lets running requests end at a reload.
 * @param file the main configuration of PHP-FPM
 */
export function controlTimeout(unit: string, file: string): Instruction {
  const setting = 'process_control_timeout';
  return asRoot(
    `Requests then get 10 s to end. This one reload still cuts those that are running.`,
    `sudo sed -i '/^[;[:space:]]*${setting}/d; s/^\\[global\\]/&\\n${setting} = 10s/' ${quote(file)}`,
    reload(unit),
  );
}

/**
 * Lets a pool serve more requests at a time.
 * @param file the main configuration of PHP-FPM, which includes those of the pools
 */
export function moreWorkers(unit: string, file: string, pool: string): Instruction {
  const folder = quote(file.replace(/\/[^/]*$/, ''));
  return asRoot(
    'Each worker takes memory, so choose what fits.',
    `sudo sed -i 's/^[[:space:]]*pm.max_children.*/pm.max_children = 10/' $(sudo grep -rlF '[${pool}]' ${folder})`,
    reload(unit),
  );
}

/** Reloads PHP-FPM. */
export function reload(unit: string): string {
  return `sudo systemctl reload ${quote(unit)}`;
}

/** Reloads PHP-FPM, and starts it where it died. */
export function reloadOrStart(unit: string): string {
  return `sudo systemctl reload-or-restart ${quote(unit)}`;
}

/** Shows what PHP-FPM and the web server add to the environment of the application. */
export const findEnvironment =
  "sudo grep -rnE '^[[:space:]]*(php_(admin_)?value|env)\\[|fastcgi_param' /etc/php /etc/nginx";

/** Where settings of an application that are not in its code may come from. */
export const seeEnvironment = toSeeAsRoot(
  'Look for settings of PHP-FPM and of the web server',
  findEnvironment,
);

/** A configuration cache holds settings that are in the code no more. */
export const switchCacheOff = inRepository(
  'Switch a configuration cache off',
  'public bool $configCacheEnabled = false;',
);
