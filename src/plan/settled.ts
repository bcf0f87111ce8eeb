import { shell, succeeded } from '../server/command.ts';
import { ask } from '../server/round.ts';
import type { Site } from './site.ts';

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
 * Waits until nothing of a deploy runs on the server any more: after a lost connection its last command goes on alone,
 * and must neither be met half-way nor be done twice.
 * @throws Error with what is still running after the time limit of a step
 */
export async function settled(site: Site, id: string, signal: AbortSignal): Promise<void> {
  const limit = site.config['step-timeout'];
  const question = shell(wait, [id, String(limit * 2)], { limit: limit + 30 });
  const { answer } = await ask(site.server, { answer: question }, signal);
  if (!succeeded(answer)) {
    throw new Error(`this deploy is still running on the server: ${answer.stdout.trim()}`);
  }
}
