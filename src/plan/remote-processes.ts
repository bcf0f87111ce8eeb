import { endOwn } from '../release/own.ts';
import { shell, succeeded } from '../server/command.ts';
import { query } from '../server/round.ts';
import type { Host } from './host.ts';

// Every command of a deploy carries its id in its environment (proc(5), environ), and so do its children. Those of the
// round that asks carry its own mark as well. Between two commands there is a moment without any: hence the second look.
const wait = `# wait for what is still running
id=$1 waited=0 empty=0
until [ "$empty" = 2 ]; do
  running=
  for one in /proc/[0-9]*; do
    own=$(tr '\\0' '\\n' 2>/dev/null <"$one/environ") || continue
    case "
$own
" in
      *"
CI4_DEPLOY_ROUND=$CI4_DEPLOY_ROUND
"*) ;;
      *"
CI4_DEPLOY=$id
"*) running="$running \${one#/proc/}" ;;
    esac
  done
  if [ -z "$running" ]; then empty=$((empty + 1)); else empty=0; fi
  [ "$waited" -lt "$2" ] || { [ -z "$running" ] || ps -o pid=,args= -p "$(echo $running | tr ' ' ,)"; exit 1; }
  sleep 0.5
  waited=$((waited + 1))
done`;

/**
 * Waits until nothing of a deploy runs on the server any more. After a lost connection its last command goes on alone,
 * and must neither be met half-way nor be done twice.
 * @throws Error with what is still running after the time limit of a step
 */
export async function waitForRemoteProcesses(
  { config, server }: Pick<Host, 'config' | 'server'>,
  id: string,
  signal: AbortSignal,
): Promise<void> {
  const limit = config['step-timeout'];
  const question = shell(wait, [id, String(limit * 2)], { limit: limit + 30 });
  const { answer } = await query(server, { answer: question }, signal);
  if (!succeeded(answer)) {
    throw new Error(`this deploy is still running on the server: ${answer.stdout.trim()}`);
  }
}

// systemctl(1), is-system-running: a server that has just booted lets us in before its services are there. Without an
// answer the bus is not there yet, or there is no systemd at all.
const services = `# wait for the services of a server that boots
waited=0
while [ -d /run/systemd/system ] && [ "$waited" -lt "$1" ]; do
  case $(systemctl is-system-running 2>/dev/null) in
    running|degraded|maintenance) exit 0 ;;
  esac
  sleep 0.5
  waited=$((waited + 1))
done`;

/** Seconds that a server which boots is given for its services. */
const bootLimit = 60;

/** Ends what commands of the repository left running on the server, where the deploy had any: they go live with it or not at all. */
export async function endOwnCommands(
  { journal, server }: Pick<Host, 'journal' | 'server'>,
  signal: AbortSignal,
): Promise<void> {
  const { id, begun } = journal.now;
  if (begun.includes('in-stage')) await query(server, { ended: endOwn(id) }, signal);
}

/** Waits until the services of a server that has just booted are there, for a minute at most. */
export async function booted({ server }: Pick<Host, 'server'>, signal: AbortSignal): Promise<void> {
  const question = shell(services, [String(bootLimit * 2)], { limit: bootLimit + 30 });
  await query(server, { booted: question }, signal);
}
