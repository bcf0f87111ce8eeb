import type { Machine } from './machine.ts';

/** Something that is tried with other settings of sshd. */
export async function withSshd(
  machine: Machine,
  lines: string,
  work: () => Promise<void>,
): Promise<void> {
  const file = '/etc/ssh/sshd_config.d/0-test.conf';
  await machine.writeFile(file, `${lines}\n`);
  try {
    await restartSshd(machine);
    await work();
  } finally {
    await machine.exec(['rm', file]);
    await restartSshd(machine);
  }
}

async function restartSshd(machine: Machine): Promise<void> {
  // systemd calls it a failure when a service is started too often in ten seconds.
  const restart = 'systemctl reset-failed ssh; systemctl restart ssh';
  const { code, stderr } = await machine.exec(['sh', '-c', restart]);
  if (code !== 0) throw new Error(`sshd does not start: ${stderr}`);
}
