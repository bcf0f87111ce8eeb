import { existsSync } from 'node:fs';
import { host, must } from './host.ts';

/** A network namespace with one address, reachable from this machine. */
export interface Network {
  readonly name: string;
  /** Inside. */
  readonly address: string;
  /** Outside, as the server sees its visitors. */
  readonly gateway: string;
}

const numbers = Array.from({ length: 250 }, (_, index) => index + 1);

/** A namespace of its own with a pair of addresses 10.77.N.1 (outside) and 10.77.N.2 (inside), under a name that `reserve` grants. */
export async function join<T>(
  reserve: (name: string) => T | null,
): Promise<{ readonly network: Network; readonly holding: T }> {
  const addresses = await must(['ip', '-o', '-4', 'address']);
  for (const number of numbers) {
    const name = `ci4d${number}`;
    // Something else on this machine may use the subnet or the name.
    const foreign = addresses.includes(` 10.77.${number}.`) || existsSync(`/run/netns/${name}`);
    const holding = foreign ? null : reserve(name);
    if (holding === null) continue;
    await wire(name, number);
    const network = { name, address: `10.77.${number}.2`, gateway: `10.77.${number}.1` };
    return { network, holding };
  }
  throw new Error('No free address is left for another server.');
}

async function wire(name: string, number: number): Promise<void> {
  const inside = ['ip', '-n', name];
  await must(['ip', 'netns', 'add', name]);
  await must(['ip', 'link', 'add', name, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name]);
  await must(['ip', 'address', 'add', `10.77.${number}.1/30`, 'dev', name]);
  await must(['ip', 'link', 'set', name, 'up']);
  await must([...inside, 'address', 'add', `10.77.${number}.2/30`, 'dev', 'eth0']);
  await must([...inside, 'link', 'set', 'eth0', 'up']);
  await must([...inside, 'link', 'set', 'lo', 'up']);
  await must([...inside, 'route', 'add', 'default', 'via', `10.77.${number}.1`]);
}

/** Takes a namespace and its addresses away. */
export async function leave(name: string): Promise<void> {
  await host(['ip', 'link', 'delete', name]);
  await host(['ip', 'netns', 'delete', name]);
}
