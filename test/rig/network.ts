import { host, must } from './host.ts';

/** A network namespace with one address, reachable from this machine. */
export interface Network {
  readonly name: string;
  /** Inside. */
  readonly address: string;
  /** Outside, as the server sees its visitors. */
  readonly gateway: string;
}

const first = 1;
const last = 250;

/** A namespace of its own with a pair of addresses 10.77.N.1 (outside) and 10.77.N.2 (inside). */
export async function join(): Promise<Network> {
  for (let number = first; number <= last; number += 1) {
    const name = `ci4d${number}`;
    // Making the namespace is the reservation: it fails when another process has it.
    if ((await host(['ip', 'netns', 'add', name])).code !== 0) continue;
    try {
      await wire(name, number);
      return { name, address: `10.77.${number}.2`, gateway: `10.77.${number}.1` };
    } catch (error) {
      await leave(name);
      throw error;
    }
  }
  throw new Error('No free address is left for another server.');
}

async function wire(name: string, number: number): Promise<void> {
  const inside = ['ip', 'netns', 'exec', name, 'ip'];
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
