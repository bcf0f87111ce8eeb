import type { AnyAuthMethod, ParsedKey, Prompt } from 'ssh2';
import type { Config as LoginOptions } from 'node-ssh';
import type { Secret } from '../../secret.ts';

/** With what to log in, and as whom. */
export interface Credentials {
  readonly user: string;
  readonly key: ParsedKey | null;
  readonly password: Secret | null;
}

/** What the server showed while we tried. */
export interface Seen {
  key: Buffer | null;
  methods: readonly string[];
  /** It accepted what we offered, and wants more besides. */
  partial: boolean;
  /** Questions that were not answered. */
  unanswered: string[];
  /** What it printed for who logs in: a banner, or why nobody may now. */
  said: string;
}

type Ask = Exclude<LoginOptions['authHandler'], undefined>;

/**
 * Offers what we have, one after the other, and writes down what the server would accept instead.
 * @param giveUp ends the login: the server asks what is not answered
 */
export function offer({ user, key, password }: Credentials, seen: Seen, giveUp: () => void): Ask {
  const offers: AnyAuthMethod[] = [
    ...(key === null ? [] : [{ type: 'publickey' as const, username: user, key }]),
    ...(password === null ? [] : withPassword(user, password.reveal(), seen, giveUp)),
  ];
  return (methods, partial, next) => {
    // Before the server has said anything the library gives null.
    seen.methods = Array.isArray(methods) ? methods : seen.methods;
    seen.partial ||= partial;
    next(offers.shift() ?? (false as never));
  };
}

function withPassword(
  user: string,
  password: string,
  seen: Seen,
  giveUp: () => void,
): readonly AnyAuthMethod[] {
  let answered = false;
  const prompt = (
    _name: string,
    _text: string,
    _language: string,
    prompts: readonly Prompt[],
    finish: (answers: string[]) => void,
  ): void => {
    if (!answered && asksForPassword(prompts)) {
      answered = true;
      finish([password]);
      return;
    }
    seen.unanswered.push(...prompts.map((one) => one.prompt.trim()));
    giveUp();
  };
  return [
    { type: 'password' as const, username: user, password },
    { type: 'keyboard-interactive' as const, username: user, prompt },
  ];
}

// sshd does not translate what PAM asks (it never calls setlocale for messages).
const password = /\bpassword\b/i;
const another = /\b(one-time|otp|code|token|new|retype|again|old|current|change)\b/i;

/** One hidden question for the password of the login: no code, no new password, nothing that would be shown. */
function asksForPassword(prompts: readonly Prompt[]): boolean {
  const [one, ...others] = prompts;
  if (one === undefined || others.length > 0 || one.echo !== false) return false;
  return password.test(one.prompt) && !another.test(one.prompt);
}
