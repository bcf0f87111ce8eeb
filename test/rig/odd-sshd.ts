import type { AddressInfo } from 'node:net';
import ssh2, { type AuthContext, type Prompt } from 'ssh2';
import { Secret } from '../../src/secret.ts';
import { hostKeys } from '../../src/server/host-keys.ts';
import type { Login } from '../../src/server/ssh/connect.ts';
import { makeKey } from './key.ts';

/** A server that sshd would not be: as old as one likes, or one that asks what it likes. */
export interface OddSshd extends AsyncDisposable {
  /** What it takes to log in there. */
  readonly login: Login;
  /** What it was answered, in order; signatures by their hash. */
  readonly heard: readonly string[];
}

/** Rounds of questions that are asked one after the other. */
type Questions = readonly (readonly Prompt[])[];

/** Starts one on this machine. It lets nobody in. */
export async function oddSshd(does: Questions | 'hangs up'): Promise<OddSshd> {
  const hostKey = await makeKey();
  const heard: string[] = [];
  const server = new ssh2.Server({ hostKeys: [hostKey.privateKey] }, (client) => {
    saysNoSignatures(client);
    client.on('error', () => undefined);
    client.on('authentication', (context) => {
      if (does === 'hangs up') client.end();
      else authenticate(context, does, heard);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const line = hostKey.publicKey.split(' ').slice(0, 2).join(' ');
  return {
    heard,
    login: {
      user: 'nicolas',
      host: '127.0.0.1',
      port,
      key: null,
      passphrase: null,
      password: new Secret('s3same'),
      hostKeys: hostKeys(`[127.0.0.1]:${port} ${line}`),
      connectTimeout: 10,
    },
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function authenticate(context: AuthContext, questions: Questions, heard: string[]): void {
  if (context.method === 'publickey') {
    if (context.signature === undefined) {
      context.accept();
      return;
    }
    heard.push(`a signature by ${context.key.algo} over ${context.hashAlgo ?? 'its own'}`);
    context.reject(['publickey']);
    return;
  }
  if (context.method !== 'keyboard-interactive') {
    context.reject(['publickey', 'keyboard-interactive']);
    return;
  }
  const left = questions.slice();
  const next = (): void => {
    const prompts = left.shift();
    if (prompts === undefined) {
      context.reject(['keyboard-interactive']);
      return;
    }
    context.prompt([...prompts], (answers) => {
      heard.push(...answers);
      next();
    });
  };
  next();
}

/** The library's own server names the signatures it takes, which servers before OpenSSH 7.2 did not (RFC 8308). */
function saysNoSignatures(client: object): void {
  const { _protocol: protocol } = client as { _protocol: object };
  let exchange: object | undefined;
  Object.defineProperty(protocol, '_kex', {
    get: () => exchange,
    set(begun: object | undefined) {
      exchange = begun;
      if (begun === undefined) return;
      Object.defineProperty(begun, 'remoteExtInfoEnabled', {
        get: () => false,
        set: () => undefined,
      });
    },
  });
}
