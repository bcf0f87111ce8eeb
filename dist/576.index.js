"use strict";
exports.id = 576;
exports.ids = [576];
exports.modules = {

/***/ 12576:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  login: () => (/* binding */ login)
});

// EXTERNAL MODULE: ./src/server/failures.ts
var failures = __webpack_require__(82284);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
;// CONCATENATED MODULE: ./src/server/host-keys.ts

/** `SHA256:...` as ssh-keygen -l prints it. */
function fingerprint(key) {
    return `SHA256:${(0,external_node_crypto_.createHash)('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}
/** The type that a key blob names itself (RFC 4253, 6.6). */
function keyType(key) {
    const length = key.length < 4 ? 0 : key.readUInt32BE(0);
    return key.subarray(4, 4 + length).toString('latin1');
}
/** The line to paste into known-hosts for a key. */
function knownHostsLine(host, port, key) {
    const name = port === 22 ? host : `[${host}]:${port}`;
    return `${name} ${keyType(key)} ${key.toString('base64')}`;
}
/** The text to add to host-fingerprint for a key. */
function printLine(host, port, key) {
    const name = port === 22 && !host.includes(':') ? host : `[${host}]`;
    return `${name}${port === 22 ? '' : `:${port}`}=${fingerprint(key)}`;
}
/** Reads known_hosts lines; each key counts for the hosts it is bound to, and for no other. */
function hostKeys(knownHosts, prints = []) {
    const problems = [];
    const lines = knownHosts
        .split(/\r?\n/)
        .flatMap((text, index) => readLine(text.trim(), index + 1, problems) ?? []);
    return {
        problems,
        source: knownHosts.trim() === '' && prints.length > 0 ? 'host-fingerprint' : 'known-hosts',
        types: (host, port) => [
            ...new Set(lines.filter((line) => !line.revoked && matches(line, host, port)).map(({ type }) => type)),
        ],
        judge: (host, port, key) => judge(lines, printsOf(prints, host, port), host, port, key),
    };
}
/** Those of a host. Two machines may share a name and differ in their port: then the port decides. */
function printsOf(prints, host, port) {
    const own = prints.filter((one) => one.host.toLowerCase() === host.toLowerCase());
    const exact = own.filter((one) => one.port === port);
    const counting = exact.length > 0 ? exact : own.filter((one) => one.port === undefined);
    return counting.map(({ print }) => print);
}
function judge(lines, prints, host, port, key) {
    const blob = key.toString('base64');
    const known = lines.filter((line) => matches(line, host, port));
    if (known.some((line) => line.revoked && line.key === blob))
        return 'revoked';
    if (known.some((line) => !line.revoked && line.key === blob))
        return 'trusted';
    if (prints.includes(fingerprint(key)))
        return 'trusted';
    return known.some((line) => !line.revoked) || prints.length > 0 ? 'other key' : 'unknown host';
}
function readLine(text, number, problems) {
    if (text === '' || text.startsWith('#'))
        return undefined;
    const fields = text.split(/\s+/);
    const marker = fields[0]?.startsWith('@') ? fields.shift() : undefined;
    const [names, type, key] = fields;
    if (marker === '@cert-authority') {
        problems.push(`Line ${number} of known-hosts is a certificate authority, which is not supported.`);
        return undefined;
    }
    const blob = Buffer.from(key ?? '', 'base64');
    if (names === undefined || type === undefined || keyType(blob) !== type) {
        problems.push(`Line ${number} of known-hosts is not a known_hosts line (name, type, key).`);
        return undefined;
    }
    return {
        patterns: names.split(','),
        type,
        key: blob.toString('base64'),
        revoked: marker === '@revoked',
    };
}
function matches({ patterns }, host, port) {
    const name = port === 22 ? host : `[${host}]:${port}`;
    const fits = (pattern) => pattern.startsWith('|1|') ? fitsHash(pattern, name) : fitsPattern(pattern, name);
    if (patterns.some((pattern) => pattern.startsWith('!') && fits(pattern.slice(1))))
        return false;
    return patterns.some((pattern) => !pattern.startsWith('!') && fits(pattern));
}
function fitsHash(pattern, name) {
    const [, , salt = '', hash = ''] = pattern.split('|');
    return (0,external_node_crypto_.createHmac)('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash;
}
function fitsPattern(pattern, name) {
    const source = pattern
        .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
        .replaceAll('*', '.*')
        .replaceAll('?', '.');
    return new RegExp(`^${source}$`, 'i').test(name);
}

// EXTERNAL MODULE: external "node:dns/promises"
var promises_ = __webpack_require__(71553);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(77030);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./node_modules/node-ssh/lib/esm/index.mjs + 2 modules
var esm = __webpack_require__(19487);
;// CONCATENATED MODULE: ./src/server/ssh/algorithms.ts
/** The signatures of RSA keys that are offered: none with SHA-1. */
const rsaSignatures = ['rsa-sha2-512', 'rsa-sha2-256'];
const hostKeyAlgorithms = [
    ...['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384'],
    ...['ecdsa-sha2-nistp521', ...rsaSignatures],
];
/**
 * What is offered to a server: nothing with SHA-1, MD5, CBC, 3DES or RC4. The library's own choice goes without most of
 * these; what is left of them is taken out here.
 * @param types those of the keys that are known for the host. They come first, so that the server shows one that can be
 * judged; the others last, for a clear refusal
 */
function algorithms(types) {
    const known = hostKeyAlgorithms.filter((one) => types.includes(one.startsWith('rsa-') ? 'ssh-rsa' : one));
    return {
        serverHostKey: [...known, ...hostKeyAlgorithms.filter((one) => !known.includes(one))],
        hmac: { remove: ['hmac-sha1-etm@openssh.com', 'hmac-sha1'], append: [], prepend: [] },
    };
}
const kinds = {
    'KEX method': 'KexAlgorithms',
    'Host key format': 'HostKeyAlgorithms',
    'C->S cipher': 'Ciphers',
    'S->C cipher': 'Ciphers',
    'C->S MAC': 'MACs',
    'S->C MAC': 'MACs',
};
// Extensions that travel in the list of key exchanges and are none (RFC 8308, 2.1; OpenSSH PROTOCOL, 1.10).
const noAlgorithm = /^(ext-info-|kex-strict-)/;
/** Hears what the library says of the negotiation. The last pair it compared is the one that did not fit. */
class Negotiation {
    #what = 'KexAlgorithms';
    #ours = [];
    #theirs = [];
    hear(text) {
        const [, side, kind = '', list = ''] = /^Handshake: \((local|remote)\) ([^:]+): (.*)$/.exec(text) ?? [];
        const names = list.split(',').filter((name) => name !== '' && !noAlgorithm.test(name));
        if (side === 'remote')
            this.#theirs = names;
        if (side !== 'local')
            return;
        this.#what = kinds[kind] ?? this.#what;
        this.#ours = names;
    }
    get fault() {
        const [what, ours, theirs] = [this.#what, this.#ours, this.#theirs];
        return { kind: 'no common algorithm', what, ours, theirs };
    }
}

// EXTERNAL MODULE: ./node_modules/ssh2/lib/index.js
var lib = __webpack_require__(85472);
var lib_default = /*#__PURE__*/__webpack_require__.n(lib);
// EXTERNAL MODULE: ./src/remedy.ts
var remedy = __webpack_require__(35251);
;// CONCATENATED MODULE: ./src/server/ssh/pasted.ts
/**
 * A private key as its file has it, from what became of it in a secret. It may have line ends of Windows, quotes around it,
 * or blanks before each line. Its line feeds may be blanks or `\\n`. Or all of it is Base64.
 * @returns the text as it is where none of these is certain
 */
function repaired(pasted) {
    const text = unquoted(pasted.replace(/\r\n?/g, '\n').trim());
    const whole = decoded(text) ?? text;
    const lines = (whole.includes('\n') ? whole : whole.replaceAll('\\n', '\n')).split('\n');
    return `${inLines(lines
        .map((line) => line.trim())
        .join('\n')
        .trim())}\n`;
}
function unquoted(text) {
    const inside = /^(["'])(.*)\1$/s.exec(text)?.[2];
    return inside?.trim() ?? text;
}
/** Base64 of a whole file of a key; null for anything else. */
function decoded(text) {
    if (!/^[A-Za-z0-9+/\s]+=*\s*$/.test(text))
        return null;
    const file = Buffer.from(text, 'base64').toString('utf8').trim();
    return file.startsWith('-----BEGIN') ? file : null;
}
/** A key on one line, its line feeds turned into blanks. */
function inLines(text) {
    const [, begin = '', body = '', end = ''] = /^(-----BEGIN [A-Z ]+-----) +([A-Za-z0-9+/= ]+?) +(-----END [A-Z ]+-----)$/.exec(text) ?? [];
    return begin === '' ? text : [begin, ...body.split(/ +/), end].join('\n');
}

;// CONCATENATED MODULE: ./src/server/ssh/key.ts




const wholeFile = [
    (0,remedy/* onComputer */.l8)('Print the private key', 'cat ~/.ssh/id_ed25519'),
    (0,remedy/* onGitHub */.xr)('Put all of it into the secret, with its first and its last line.'),
];
/** Reads a private key, whatever it gained when it was pasted into a secret. */
function readKey(secret, passphrase) {
    if (secret === null)
        return { key: null, print: undefined, publicKey: undefined, fault: null };
    const key = repaired(secret.reveal());
    if (/^(ssh-|ecdsa-)/.test(key))
        return unusable('it is the public key; the private one begins with -----BEGIN.', wholeFile);
    if (key.startsWith('PuTTY-User-Key-File'))
        return unusable('it is a key of PuTTY (.ppk).', [
            (0,remedy/* onComputer */.l8)('Write it in the format of OpenSSH', 'puttygen key.ppk -O private-openssh -o id_key'),
            (0,remedy/* onGitHub */.xr)('Put all of the file id_key into the secret.'),
        ]);
    if (!key.startsWith('-----BEGIN'))
        return unusable('it does not begin with -----BEGIN ... PRIVATE KEY-----.', wholeFile);
    if (/^-----BEGIN (ENCRYPTED )?PRIVATE KEY-----/.test(key)) {
        return unusable('it is in the format PKCS #8.', [
            (0,remedy/* onComputer */.l8)('Write the file of the key in the format of OpenSSH', 'ssh-keygen -p -f ~/.ssh/id_rsa'),
            (0,remedy/* onGitHub */.xr)('Put all of it into the secret.'),
        ]);
    }
    const parsed = lib_default().utils.parseKey(key, passphrase?.reveal());
    if (parsed instanceof Error)
        return explained(parsed.message, passphrase);
    const blob = parsed.getPublicSSH();
    const publicKey = `${parsed.type} ${blob.toString('base64')} ci4-deploy`;
    return { key: withoutSha1(parsed), print: fingerprint(blob), publicKey, fault: null };
}
/** A server would take the RSA key with a signature over SHA-1 alone. */
class Sha1Wanted extends Error {
    name = 'Sha1Wanted';
}
/** The library falls back to SHA-1 where the server names nothing newer; this key then does not sign. */
function withoutSha1(key) {
    const sign = key.sign.bind(key);
    key.sign = (data, hash) => 
    // The library takes an error as the answer, whatever its types say.
    hash === 'sha1' ? new Sha1Wanted('no SHA-1') : sign(data, hash);
    return key;
}
function unusable(problem, remedy) {
    return { key: null, print: undefined, publicKey: undefined, fault: { problem, remedy } };
}
function explained(message, passphrase) {
    if (/no passphrase given/i.test(message)) {
        return unusable('it is protected by a passphrase, and ssh-key-passphrase is not set.', [
            (0,remedy/* onGitHub */.xr)('Make a secret SSH_KEY_PASSPHRASE.'),
            (0,remedy/* inInputs */.ht)('', 'ssh-key-passphrase: ${{ secrets.SSH_KEY_PASSPHRASE }}'),
        ]);
    }
    if (/integrity check|bad passphrase|decrypt/i.test(message) && passphrase !== null) {
        return unusable('the passphrase in ssh-key-passphrase does not open it.', [
            (0,remedy/* onGitHub */.xr)('Correct the secret of ssh-key-passphrase.'),
        ]);
    }
    return unusable(`it is damaged or of an unknown kind (${message}).`, wholeFile);
}

;// CONCATENATED MODULE: ./src/server/ssh/offers.ts
/**
 * Offers what we have, one after the other, and writes down what the server would accept instead.
 * @param giveUp ends the login: the server asks what is not answered
 */
function offer({ user, key, password }, seen, giveUp) {
    const offers = [
        ...(key === null ? [] : [{ type: 'publickey', username: user, key }]),
        ...(password === null ? [] : withPassword(user, password.reveal(), seen, giveUp)),
    ];
    return (methods, partial, next) => {
        // Before the server has said anything the library gives null.
        seen.methods = Array.isArray(methods) ? methods : seen.methods;
        seen.partial ||= partial;
        next(offers.shift() ?? false);
    };
}
function withPassword(user, password, seen, giveUp) {
    let answered = false;
    const prompt = (_name, _text, _language, prompts, finish) => {
        if (!answered && asksForPassword(prompts)) {
            answered = true;
            finish([password]);
            return;
        }
        seen.unanswered.push(...prompts.map((one) => one.prompt.trim()));
        giveUp();
    };
    return [
        { type: 'password', username: user, password },
        { type: 'keyboard-interactive', username: user, prompt },
    ];
}
// sshd does not translate what PAM asks (it never calls setlocale for messages).
const offers_password = /\bpassword\b/i;
const another = /\b(one-time|otp|code|token|new|retype|again|old|current|change)\b/i;
/** One hidden question for the password of the login: no code, no new password, nothing that would be shown. */
function asksForPassword(prompts) {
    const [one, ...others] = prompts;
    if (one === undefined || others.length > 0 || one.echo !== false)
        return false;
    return offers_password.test(one.prompt) && !another.test(one.prompt);
}

;// CONCATENATED MODULE: ./src/server/ssh/connect.ts









const tries = 3;
/** `user@host:port`. */
function loginName({ user, host, port }) {
    return `${user}@${host}:${port}`;
}
/**
 * Logs in, through a connection already open (a hop before) or over the network.
 * Only connecting is tried again, never a refusal.
 * @throws LoginFailed
 */
async function connect(login, through, signal) {
    for (let left = tries - 1;; left -= 1) {
        try {
            return await once(login, through === null ? null : await through(), signal);
        }
        catch (error) {
            signal.throwIfAborted();
            if (!(error instanceof failures/* LoginFailed */.X0) || !passes(error.fault) || left === 0)
                throw error;
            await (0,external_node_timers_promises_.setTimeout)((tries - left) * 1000, undefined, { signal });
        }
    }
}
/** A server that boots, or that has too many logins at once: before it was offered anything it refused nothing. */
function passes(fault) {
    if (fault.kind === 'connection closed')
        return fault.early;
    return fault.kind === 'port closed' || fault.kind === 'no answer';
}
async function once(login, sock, signal) {
    const name = loginName(login);
    const own = readKey(login.key, login.passphrase);
    if (own.fault !== null)
        throw new failures/* LoginFailed */.X0(name, { kind: 'key not readable', ...own.fault });
    const seen = { key: null, methods: [], partial: false, unanswered: [], said: '' };
    const negotiation = new Negotiation();
    const ssh = new esm/* NodeSSH */.H();
    const abort = () => {
        ssh.dispose();
    };
    signal.addEventListener('abort', abort, { once: true });
    try {
        const asked = { ...options(login, own, seen, abort), sock: sock ?? (await dial(login)) };
        const connecting = ssh.connect({ ...asked, debug: negotiation.hear.bind(negotiation) });
        ssh.connection?.on('banner', (text) => {
            seen.said += text;
        });
        await connecting;
        return ssh;
    }
    catch (error) {
        ssh.dispose();
        throw new failures/* LoginFailed */.X0(name, explain(error, login, seen, own, negotiation), error);
    }
    finally {
        signal.removeEventListener('abort', abort);
    }
}
// Nagle's algorithm would hold every small question back until the answer before is acknowledged, 40 ms each, and a login
// has many.
async function dial({ host, port }) {
    await (0,promises_.lookup)(host);
    return (0,external_node_net_.connect)({ host, port, noDelay: true });
}
function options(login, { key }, seen, giveUp) {
    const { user, host, port, password, hostKeys, connectTimeout } = login;
    return {
        host,
        port,
        username: user,
        readyTimeout: connectTimeout * 1000,
        keepaliveInterval: 10_000,
        keepaliveCountMax: 3,
        algorithms: algorithms(hostKeys.types(host, port)),
        authHandler: offer({ user, key, password }, seen, giveUp),
        hostVerifier: (shown) => {
            seen.key = shown;
            return hostKeys.judge(host, port, shown) === 'trusted';
        },
    };
}
function explain(error, login, seen, own, negotiation) {
    const refused = hostKeyRefused(login, seen);
    if (refused !== null)
        return refused;
    const { level, message = '' } = error;
    if (error instanceof Sha1Wanted) {
        const what = 'PubkeyAcceptedAlgorithms';
        return { kind: 'no common algorithm', what, ours: rsaSignatures, theirs: ['ssh-rsa'] };
    }
    if (level === 'handshake' && /no matching/i.test(message))
        return negotiation.fault;
    if (level === 'client-authentication' || seen.unanswered.length > 0) {
        const { methods, partial, unanswered } = seen;
        return {
            kind: 'login refused',
            fingerprint: own.print,
            publicKey: own.publicKey,
            methods,
            partial,
            unanswered,
        };
    }
    return unreached(error, login.connectTimeout, seen);
}
// What node-ssh says when a connection ends before the login does, however soon that is.
const hungUp = 'No response from server';
function hostKeyRefused({ host, port, hostKeys }, { key }) {
    const known = key === null ? 'trusted' : hostKeys.judge(host, port, key);
    if (key === null || known === 'trusted')
        return null;
    const { source, problems: unusable } = hostKeys;
    const line = (source === 'known-hosts' ? knownHostsLine : printLine)(host, port, key);
    const type = keyType(key).split('-')[1] ?? '';
    const offered = fingerprint(key);
    return { kind: 'host key refused', offered, type, source, line, known, unusable };
}
function unreached(error, seconds, { key, said }) {
    const { level, code, message } = error;
    if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
        return { kind: 'name not found' };
    if (code === 'ECONNREFUSED')
        return { kind: 'port closed' };
    if (message === hungUp)
        return { kind: 'connection closed', early: key === null, said: said.trim() };
    if (level === 'client-timeout' || code === 'ETIMEDOUT' || code === 'EHOSTUNREACH') {
        return { kind: 'no answer', seconds };
    }
    return { kind: 'other', problem: message ?? String(error) };
}

// EXTERNAL MODULE: ./src/server/command.ts
var command = __webpack_require__(63814);
;// CONCATENATED MODULE: ./src/server/waits.ts
/** Counts how often a server was waited for. What is asked while another answer is still due is the same wait. */
class Waits {
    #over = 0;
    /** The longest chain of waits, each begun after the end of the one before. */
    get count() {
        return this.#over;
    }
    /** A wait begins. Answers how to end it; one that is never ended does not count. */
    begin() {
        const own = this.#over + 1;
        return () => {
            this.#over = Math.max(this.#over, own);
        };
    }
}

;// CONCATENATED MODULE: ./src/server/ssh/collect.ts
// More than any command of ours prints. What floods us is cut, not kept in memory.
const largest = 64 * 1024 * 1024;
/**
 * Keeps what a stream brings, of each command the first 64 MiB. The marks between the commands are kept whatever a
 * command prints, so that the round is read to its end.
 * @param mark the line that ends each command; before the first command it stands once
 * @param last the line that ends the round; no mark is a part of it
 * @param begun is called at the first mark
 */
function collect(stream, mark, last, begun) {
    const over = Promise.withResolvers();
    const kept = new Kept(`\n${mark}`, `\n${last}\n`);
    const hear = (part) => {
        const before = kept.marks;
        const isOver = kept.add(part);
        if (before === 0 && kept.marks > 0)
            begun();
        if (isOver)
            over.resolve(undefined);
    };
    stream.on('data', hear);
    return {
        over: over.promise,
        read: () => kept.read(),
        stop: () => {
            stream.removeListener('data', hear);
        },
    };
}
class Kept {
    marks = 0;
    #sign;
    #ending;
    #parts = [];
    #cut = new Set();
    /** Of the command that is printing. */
    #size = 0;
    /** The end of what came: a mark, and the line that ends the round, may come in pieces. */
    #end = Buffer.alloc(0);
    constructor(sign, ending) {
        this.#sign = Buffer.from(sign);
        this.#ending = Buffer.from(ending);
    }
    /** @returns whether the round is over */
    add(part) {
        let rest = Buffer.concat([this.#end, part]);
        const { length } = this.#sign;
        for (let at = rest.indexOf(this.#sign); at >= 0; at = rest.indexOf(this.#sign)) {
            this.#keep(rest.subarray(0, at));
            this.#parts.push(this.#sign);
            rest = rest.subarray(at + length);
            this.#size = 0;
            this.marks += 1;
        }
        const isOver = rest.subarray(-this.#ending.length).equals(this.#ending);
        const certain = Math.max(0, rest.length - this.#ending.length);
        this.#keep(rest.subarray(0, certain));
        this.#end = isOver ? Buffer.alloc(0) : rest.subarray(certain);
        return isOver;
    }
    read() {
        return { text: Buffer.concat([...this.#parts, this.#end]).toString('utf8'), cut: this.#cut };
    }
    #keep(part) {
        const before = this.#size;
        if (before < largest)
            this.#parts.push(part.subarray(0, largest - before));
        if (before + part.length > largest)
            this.#cut.add(this.marks - 1);
        this.#size += part.length;
    }
}

;// CONCATENATED MODULE: ./src/server/ssh/shell.ts

/** The shell gave no sign within its time. */
class Silent extends Error {
    name = 'Silent';
}
/** The shell ended before the round did. `heard` is what it printed until then. */
class Ended extends Error {
    name = 'Ended';
    heard;
    /** Its exit status; null when it has none. */
    status;
    constructor(heard, status) {
        super('The shell ended.');
        this.heard = heard;
        this.status = status;
    }
}
// Of the seven and a half seconds that a cancelled job has before it is killed.
const untilStopped = 3000;
/**
 * One `sh` on the server that stays: rounds are written to it one after the other. A channel of its own for each would cost
 * three round trips and a login shell.
 */
class Shell {
    #channel;
    #open = true;
    #status = null;
    #proved = false;
    constructor(channel) {
        this.#channel = channel;
        // sshd's client may go away at any moment: the round hears it by `close`.
        channel.on('error', () => undefined);
        channel.once('exit', (status) => {
            this.#status = status;
        });
        channel.once('close', () => {
            this.#open = false;
        });
    }
    /** Whether it still takes rounds. */
    get open() {
        return this.#open;
    }
    /** Whether a round has begun on it: it is a shell that runs our commands. */
    get proved() {
        return this.#proved;
    }
    /**
     * Writes a round to it, and reads until its end.
     * @param script of the round; it runs in a subshell, so that its traps and its exit are its own
     * @param mark the line that ends each command there
     * @throws Silent, Ended, or the reason of the signal
     */
    async run(script, mark, patience, signal) {
        const [channel, end] = [this.#channel, `end-of-${mark}`];
        const { promise, resolve, reject } = Promise.withResolvers();
        const why = (failure) => (signal.aborted ? signal.reason : failure);
        const closed = () => {
            reject(why(new Ended(both.heard(), this.#status)));
        };
        const timer = new Timer(() => {
            this.close();
            reject(why(new Silent('The shell says nothing.')));
        });
        timer.set(patience.start);
        const abort = () => {
            channel.signal('TERM');
            // What we are about to roll back must not still be running. sshd refuses signals to root's
            // commands, so the wait has an end: closing the channel lets the shell's next write fail.
            timer.set(untilStopped);
        };
        channel.once('close', closed);
        signal.addEventListener('abort', abort, { once: true });
        const begun = () => {
            this.#proved = true;
            if (!signal.aborted)
                timer.set(patience.whole);
        };
        const both = listen(channel, mark, end, begun);
        void both.over.then(() => {
            if (signal.aborted)
                reject(signal.reason);
            else
                resolve(both.heard());
        });
        // No end of input: the library sends no signal any more to a channel whose input is over.
        channel.write(enclosed(script, end));
        try {
            return await promise;
        }
        finally {
            timer.clear();
            signal.removeEventListener('abort', abort);
            channel.removeListener('close', closed);
            both.stop();
        }
    }
    close() {
        this.#open = false;
        this.#channel.close();
    }
}
/** Both streams of a shell, for one round. */
function listen(channel, mark, end, begun) {
    const out = collect(channel, mark, end, begun);
    const err = collect(channel.stderr, mark, end, () => undefined);
    return {
        over: Promise.all([out.over, err.over]),
        heard: () => ({ stdout: out.read(), stderr: err.read() }),
        stop: () => {
            out.stop();
            err.stop();
        },
    };
}
/** One limit at a time: the newest one counts. */
class Timer {
    #running;
    #late;
    constructor(late) {
        this.#late = late;
    }
    set(milliseconds) {
        this.clear();
        this.#running = setTimeout(this.#late, milliseconds);
    }
    clear() {
        clearTimeout(this.#running);
    }
}
// The first line is for a login that asks a question, and reads it. A TERM is for what the round runs. The shell itself lives
// on: a trap that runs something is not inherited.
function enclosed(script, end) {
    return `:\ntrap : TERM\n(\n${script})\nprintf '\\n%s\\n' '${end}'; printf '\\n%s\\n' '${end}' >&2\n`;
}

;// CONCATENATED MODULE: ./src/server/ssh/connection.ts


/** sshd opens no session more on this connection (MaxSessions of sshd_config). */
class SessionRefused extends Error {
    name = 'SessionRefused';
}
// A peer that was killed never closes its half: waiting for it without a limit would keep this process alive.
const goodbye = 1000;
/** One login, with the shells that stay on it. */
class Connection {
    #lost = false;
    #used = false;
    #idle = [];
    #forwarded = new Set();
    #ssh;
    #name;
    /** @param name of the server, as failures call it */
    constructor(ssh, name) {
        this.#ssh = ssh;
        this.#name = name;
        const client = ssh.connection;
        if (client === null)
            this.#lost = true;
        // Without a listener a connection that breaks between two rounds would end the process.
        client?.on('error', () => undefined);
        client?.once('close', () => {
            this.#lost = true;
            // The library does not tell those who are not reading at that moment.
            for (const channel of this.#forwarded) {
                channel.destroy();
                channel.emit('close');
            }
        });
    }
    /** Whether it has had a shell: then sshd does open sessions on it. */
    get used() {
        return this.#used;
    }
    get lost() {
        return this.#lost;
    }
    /** A shell that nobody uses; undefined when there is none. */
    idle() {
        for (let shell = this.#idle.pop(); shell !== undefined; shell = this.#idle.pop()) {
            if (shell.open)
                return shell;
        }
        return undefined;
    }
    /** Keeps a shell for the next round. */
    keep(shell) {
        if (shell.open)
            this.#idle.push(shell);
    }
    /** @throws SessionRefused, ConnectionLost */
    async begin() {
        const { connection: client } = this.#ssh;
        return new Promise((resolve, reject) => {
            const begun = (error, channel) => {
                if (error === undefined) {
                    this.#used = true;
                    resolve(new Shell(channel));
                }
                // Only an answer of the server has a reason; without one the connection broke.
                else if ('reason' in error)
                    reject(new SessionRefused('No session more.', { cause: error }));
                else
                    reject(new failures/* ConnectionLost */.pz(this.#name, error));
            };
            if (client === null || this.#lost)
                reject(new failures/* ConnectionLost */.pz(this.#name));
            else
                client.exec('exec sh -s', begun);
        });
    }
    /** @throws ForwardRefused, ConnectionLost */
    async open(to) {
        const { connection: client } = this.#ssh;
        return new Promise((resolve, reject) => {
            const opened = (error, channel) => {
                if (error === undefined)
                    resolve(this.#known(channel));
                else
                    reject(refusal(to, error));
            };
            if (client === null || this.#lost)
                reject(new failures/* ConnectionLost */.pz(this.#name));
            else if ('socket' in to)
                client.openssh_forwardOutStreamLocal(to.socket, opened);
            else
                client.forwardOut('127.0.0.1', 0, to.host, to.port, opened);
        });
    }
    #known(channel) {
        this.#forwarded.add(channel);
        channel.once('close', () => this.#forwarded.delete(channel));
        return channel;
    }
    async hangUp() {
        const { connection: client } = this.#ssh;
        this.#ssh.dispose();
        if (client === null)
            return;
        await new Promise((resolve) => {
            const late = setTimeout(resolve, goodbye);
            client.once('close', () => {
                clearTimeout(late);
                resolve();
            });
        });
        client.destroy();
    }
}
// SSH_OPEN_ADMINISTRATIVELY_PROHIBITED (RFC 4254, 5.1); OpenSSH says 2 for everything else that did not connect.
const prohibited = 1;
function refusal(to, error) {
    const { reason } = error;
    return new failures/* ForwardRefused */.mx(to, reason === prohibited ? 'prohibited' : 'no answer', error);
}

;// CONCATENATED MODULE: ./src/server/server.ts
/** Whether nothing runs any more once the command at that place has failed. */
function stops(onFailure, at) {
    return typeof onFailure === 'number' ? at < onFailure : onFailure === 'until failure';
}

;// CONCATENATED MODULE: ./src/server/ssh/script.ts


// Every git of a round works on the clone that it is started in, whatever the login set (`git rev-parse --local-env-vars`),
// and looks at the files themselves: a file system monitor is a program, and would be believed. Hooks stay the clone's own.
const clonesOwn = `unset GIT_DIR GIT_WORK_TREE GIT_COMMON_DIR GIT_INDEX_FILE GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES \\
  GIT_NAMESPACE GIT_PREFIX GIT_CONFIG GIT_CONFIG_PARAMETERS GIT_EXTERNAL_DIFF GIT_REPLACE_REF_BASE GIT_SHALLOW_FILE
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.fsmonitor GIT_CONFIG_VALUE_0=false GIT_TERMINAL_PROMPT=0`;
/**
 * One round as text for `sh -s`. It travels over standard input, so nothing of it shows in the server's process list.
 * Each command's two streams end with a mark that only this round knows, so that its output comes back byte for byte.
 */
function script(commands, onFailure, mark, limit, id = '') {
    const files = commands.some(({ survives }) => survives === true);
    return `${clonesOwn}
export LC_ALL=C.UTF-8 CI4_DEPLOY=${(0,command/* quote */.hD)(id)} CI4_DEPLOY_ROUND=${(0,command/* quote */.hD)(mark)}
child=${files ? '\nfiles=$(mktemp -d 2>/dev/null || mktemp -d -p /dev/shm) || exit 1' : '\nfiles='}
trap '[ -z "$files" ] || rm -rf "$files"' EXIT
trap 'exit 141' PIPE
trap 'trap "" TERM HUP INT; [ -z "$child" ] || { kill -TERM "$child"; wait "$child"; } 2>/dev/null; exit 143' TERM HUP INT
frame() { printf '\\n%s %s\\n' ${(0,command/* quote */.hD)(mark)} "$1"; printf '\\n%s\\n' ${(0,command/* quote */.hD)(mark)} >&2; }
frame start
${commands.map((one, index) => block(one, index, onFailure, mark, limit)).join('\n')}
exit 0
`;
}
// A child in the background and `wait` let the trap run at once; without them the shell would first wait for the command.
// The child is timeout(1) itself: it puts the command into a process group of its own and hands a TERM on to all of it,
// with a KILL two seconds later: spark of CodeIgniter 4.7 does not end at a TERM. timeout(1) then ends by that KILL itself,
// which only the time that went by tells from one that somebody else sent.
function block(one, index, onFailure, mark, limit) {
    const { bytes, stdin = bytes, cwd, env = {}, limit: own = limit } = one;
    const settings = Object.entries(env).map(([name, value]) => (0,command/* quote */.hD)(`${name}=${value}`));
    const words = [
        ...['exec', 'timeout', '-k', '2', String(own)],
        ...(settings.length > 0 ? ['env', ...settings] : []),
        ...(stdin === undefined ? [] : ['sh', '-c', (0,command/* quote */.hD)('base64 -d | "$@"'), 'sh']),
        ...[one.program, ...one.args].map(command/* quote */.hD),
    ];
    const go = cwd === undefined ? '' : `cd -- ${(0,command/* quote */.hD)(cwd)} && `;
    // No line of the script may look like a mark: a program that runs in place of the shell may print it.
    const end = `stdin-${index}-of-${mark}`;
    const [input, document] = stdin === undefined ? ['</dev/null', ''] : [`<<'${end}'`, `\n${encoded(stdin)}\n${end}`];
    const [aside, shown] = one.survives === true
        ? [
            ' >"$files/out" 2>"$files/err"',
            '\n[ ! -s "$files/out" ] || cat "$files/out"\n[ ! -s "$files/err" ] || cat "$files/err" >&2',
        ]
        : ['', ''];
    const stop = stops(onFailure, index) ? '\n[ "$status" = 0 ] || exit 0' : '';
    return `( ${go}${words.join(' ')} ) ${input}${aside} &${document}
child=$!
read -r since rest </proc/uptime
wait "$child"
status=$?
read -r now rest </proc/uptime
[ "$status" != 137 ] || [ $((\${now%.*} - \${since%.*})) -lt ${own} ] || status=124
child=${shown}
frame "$status"${stop}`;
}
/** Standard input travels as Base64: any byte, no line that could end the document early. */
function encoded(input) {
    const bytes = typeof input === 'string' ? Buffer.from(input) : Buffer.from(input);
    return (bytes.toString('base64').match(/.{1,76}/g) ?? []).join('\n');
}
/** What the streams of a round hold; `null` when the round did not come to its end. */
function readRound(stdout, stderr, mark, count, onFailure) {
    const out = stdout.split(`\n${mark} `);
    const err = stderr.split(`\n${mark}\n`);
    // Before the first mark is what a login shell prints of its own accord.
    const outputs = [];
    for (let at = 2; at < out.length; at += 1) {
        const [status = ''] = (out[at] ?? '').split('\n', 1);
        outputs.push({
            exit: readExit(Number(status)),
            stdout: withoutFirstLine(out[at - 1] ?? ''),
            stderr: err[at - 1] ?? '',
        });
    }
    const last = outputs.at(-1);
    const stopped = last !== undefined && !(0,command/* succeeded */.gq)(last) && stops(onFailure, outputs.length - 1);
    return outputs.length === count || stopped ? outputs : null;
}
function withoutFirstLine(text) {
    return text.slice(text.indexOf('\n') + 1);
}
const signals = {
    1: 'SIGHUP',
    2: 'SIGINT',
    3: 'SIGQUIT',
    4: 'SIGILL',
    6: 'SIGABRT',
    7: 'SIGBUS',
    8: 'SIGFPE',
    9: 'SIGKILL',
    11: 'SIGSEGV',
    13: 'SIGPIPE',
    14: 'SIGALRM',
    15: 'SIGTERM',
};
/** A shell says 128+n for signal n; timeout(1) says 124, and kills itself as well when the command ignored it. */
function readExit(status) {
    if (status === 124)
        return 'timed out';
    const signal = signals[status - 128];
    return signal === undefined ? { code: status } : { signal };
}

;// CONCATENATED MODULE: ./src/server/ssh/ssh.ts







/** A server over an SSH connection that is logged in. A round during which it is lost is not repeated; the next one connects again. */
class SshServer {
    name;
    #waits = new Waits();
    #main;
    #returning = null;
    #over = false;
    #another = null;
    #proved = false;
    #running = new Set();
    // Further logins, for what runs beside a round where sshd gives each login one session.
    #beside = [];
    #options;
    constructor(ssh, name, options) {
        this.#main = new Connection(ssh, name);
        this.#waits.begin()();
        this.name = name;
        this.#options = options;
    }
    get roundTrips() {
        return this.#waits.count;
    }
    /** Several may ask at once after it was lost: one login is for all, as one that nobody closes would never end. */
    async #connected(signal) {
        if (!this.#main.lost)
            return this.#main;
        this.#returning ??= this.#loggedIn(signal).finally(() => {
            this.#returning = null;
        });
        this.#main = await this.#returning;
        return this.#main;
    }
    async #loggedIn(signal) {
        const { again } = this.#options;
        if (again === undefined || this.#over)
            throw new failures/* ConnectionLost */.pz(this.name);
        const over = this.#waits.begin();
        const connection = new Connection(await again(signal), this.name);
        over();
        return connection;
    }
    async round(commands, onFailure, signal, when = 'at once') {
        signal.throwIfAborted();
        const { limit, id, hear } = this.#options;
        const taken = await this.#take(when, signal);
        const over = this.#waits.begin();
        const mark = `ci4-deploy-${(0,external_node_crypto_.randomBytes)(16).toString('hex')}`;
        const text = script(commands, onFailure, mark, limit, id);
        const running = this.#run(taken, text, mark, commands, signal).finally(over);
        const ended = running.then(() => undefined, () => undefined);
        this.#running.add(ended);
        void ended.then(() => this.#running.delete(ended));
        const { stdout, stderr } = await running;
        const outputs = readRound(stdout.text, stderr.text, mark, commands.length, onFailure);
        if (outputs === null)
            throw new failures/* ConnectionLost */.pz(this.name, new Error(stderr.text.slice(-500)));
        hear(commands, outputs);
        this.#refuseCut(commands, new Set([...stdout.cut, ...stderr.cut]));
        return outputs;
    }
    /** A shell for one round: one that is there, or a new one. */
    async #take(when, signal) {
        const main = await this.#connected(signal);
        for (const of of [main, ...this.#beside]) {
            const shell = of.idle();
            if (shell !== undefined)
                return { shell, of };
        }
        if (this.#another !== null) {
            await this.#another;
            this.#another = null;
            return this.#take(when, signal);
        }
        try {
            return await this.#begin(main);
        }
        catch (failure) {
            if (!(failure instanceof SessionRefused))
                throw failure;
            if (when === 'at once' || this.#running.size === 0)
                return await this.#beginBeside(failure, signal);
        }
        await Promise.race(this.#running);
        return this.#take(when, signal);
    }
    /** Begins a second shell together with the first one: what is asked side by side then need not wait for it. */
    async #beginAnother() {
        try {
            this.#main.keep(await this.#main.begin());
        }
        catch {
            // Where sshd refuses it, one has to do.
        }
    }
    async #begin(of) {
        const over = this.#waits.begin();
        const beginning = of.begin();
        if (!of.used)
            this.#another ??= this.#beginAnother();
        const shell = await beginning;
        over();
        return { shell, of };
    }
    /** @param refused what the connection that is there said */
    async #beginBeside(refused, signal) {
        const { again } = this.#options;
        if (again === undefined || !this.#main.used)
            throw new failures/* NoShell */.K4(this.name, { kind: 'no session' }, refused);
        const connection = await this.#loggedIn(signal);
        this.#beside.push(connection);
        try {
            return await this.#begin(connection);
        }
        catch (failure) {
            if (!(failure instanceof SessionRefused))
                throw failure;
            throw new failures/* NoShell */.K4(this.name, { kind: 'no session' }, failure);
        }
    }
    async #run({ shell, of }, text, mark, commands, signal) {
        const { limit, patience } = this.#options;
        // timeout(1) kills two seconds after the limit.
        const limits = commands.reduce((sum, one) => sum + (one.limit ?? limit) + 2, 0);
        const waits = { start: patience * 1000, whole: (limits + patience) * 1000 };
        try {
            const heard = await shell.run(text, mark, waits, signal);
            of.keep(shell);
            this.#proved = true;
            return heard;
        }
        catch (failure) {
            if (!(failure instanceof Silent || failure instanceof Ended))
                throw failure;
            // Where a round has begun there is a shell, and it is the connection that went.
            if (this.#proved || shell.proved || of.lost)
                throw new failures/* ConnectionLost */.pz(this.name, failure);
            throw new failures/* NoShell */.K4(this.name, faultOf(failure, patience), failure);
        }
    }
    /** Half an answer must not pass for a whole one. What a change prints is only shown, and that it ran is proved otherwise. */
    #refuseCut(commands, cut) {
        const flood = commands.find((one, at) => cut.has(at) && one.survives !== true);
        if (flood !== undefined)
            throw new failures/* OutputTooLarge */.zp(this.name, (0,command/* printed */.zd)(flood));
    }
    async open(to, signal) {
        signal.throwIfAborted();
        const connection = await this.#connected(signal);
        return connection.open(to).finally(this.#waits.begin());
    }
    async [Symbol.asyncDispose]() {
        this.#over = true;
        await Promise.all([this.#main, ...this.#beside].map(async (one) => one.hangUp()));
        for (const hop of this.#options.before ?? [])
            await hop[Symbol.asyncDispose]();
    }
}
function faultOf(failure, seconds) {
    if (failure instanceof Silent)
        return { kind: 'silent', seconds };
    const { heard, status } = failure;
    return { kind: 'ended', said: `${heard.stdout.text}\n${heard.stderr.text}`.trim(), status };
}

;// CONCATENATED MODULE: ./src/login.ts




/**
 * Logs in to the target, through the hops in between; after a lost connection again, whenever it is needed again.
 * @param id names this deploy on the server
 * @throws LoginFailed, naming the hop that failed
 */
async function login(config, log, id, signal) {
    const keys = hostKeys(config['known-hosts'], login_printsOf(config));
    for (const problem of keys.problems)
        log.say(problem);
    const limit = config['step-timeout'];
    const before = [];
    for (const hop of [...config.through, config.target]) {
        const details = detailsOf(hop, config, keys);
        const last = before.at(-1);
        const again = async (now) => {
            log.say(`Connecting to ${loginName(details)}`);
            const to = { host: hop.host, port: hop.port };
            const through = last === undefined ? null : connectionThrough(last, to, loginName(details), now);
            return connect(details, through, now);
        };
        const hear = (...heard) => {
            log.round(...heard);
        };
        const ssh = await again(signal).catch(async (failure) => {
            // A connection that is left open would keep this process alive.
            await last?.[Symbol.asyncDispose]();
            throw failure;
        });
        const patience = config['connect-timeout'];
        const options = { limit, patience, hear, id, again, before: before.slice() };
        before.push(new SshServer(ssh, loginName(details), options));
    }
    const server = before.at(-1);
    if (server === undefined)
        throw new Error('there is always a target');
    return server;
}
/** Through the hop before; that it gives no connection is a failure of the login to the next one. */
function connectionThrough(before, to, name, signal) {
    return async () => {
        try {
            return await before.open(to, signal);
        }
        catch (failure) {
            if (!(failure instanceof failures/* ForwardRefused */.mx))
                throw failure;
            const { cause, message } = failure;
            const problem = cause instanceof Error ? cause.message : message;
            throw new failures/* LoginFailed */.X0(name, { kind: 'no route', before: before.name, problem }, failure);
        }
    };
}
/** A fingerprint without a host is the target's: a host in between must not pass for it, nor the other way round. */
function login_printsOf({ target, 'host-fingerprint': prints }) {
    return prints.map((one) => one.host === null
        ? { host: target.host, port: target.port, print: one.print }
        : { ...one, host: one.host });
}
/** The key is for every hop: it proves who we are and can be used by none. A password could be, so each has its own. */
function detailsOf(hop, config, keys) {
    return {
        ...hop,
        key: config['ssh-key'],
        passphrase: config['ssh-key-passphrase'],
        password: hop === config.target ? config.password : config['proxy-jump-password'],
        hostKeys: keys,
        connectTimeout: config['connect-timeout'],
    };
}


/***/ })

};
;