"use strict";
exports.id = 228;
exports.ids = [228];
exports.modules = {

/***/ 41228:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  commandLine: () => (/* binding */ commandLine)
});

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(31421);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./src/config/inputs.ts + 1 modules
var inputs = __webpack_require__(29133);
// EXTERNAL MODULE: ./src/config/parsers.ts
var parsers = __webpack_require__(54358);
;// CONCATENATED MODULE: ./src/cli/nearest.ts
/** How many letters have to be added, taken away or changed to make one word of the other (Levenshtein). */
function distance(one, other) {
    let row = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (const [line, letter] of Array.from(one).entries()) {
        const next = [line + 1];
        for (const [at, wanted] of Array.from(other).entries()) {
            const changed = (row[at] ?? 0) + (letter === wanted ? 0 : 1);
            next.push(Math.min(changed, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
        }
        row = next;
    }
    return row[other.length] ?? 0;
}
/** The word that was meant, where one is so near that only a slip of the fingers lies between. */
function nearest(word, known) {
    const near = known.map((one) => ({ one, far: distance(word, one) }));
    const [best] = near.toSorted((a, b) => a.far - b.far);
    return best !== undefined && best.far <= Math.min(2, word.length / 2) ? best.one : undefined;
}

;// CONCATENATED MODULE: ./src/cli/arguments.ts



/** The variable of the environment that holds an input. */
function variableOf(input) {
    return `CI4_DEPLOY_${input.toUpperCase().replaceAll('-', '_')}`;
}
/** The words after the name of the program, as inputs; a flag counts before a variable of the environment. */
function readArguments(words, around) {
    if (words.length === 0 || words.some((word) => ['--help', '-h', 'help'].includes(word)))
        return { kind: 'usage' };
    const [command = '', ...rest] = words;
    if (!inputs/* commands */.Pi.some((known) => known === command)) {
        return { kind: 'wrong', problems: [noCommand(command)] };
    }
    const flags = rest.filter((word) => word !== '--debug');
    const reading = new Reading(around);
    reading.readVariables();
    reading.readFlags(flags);
    reading.given.set('command', command);
    if (reading.problems.length > 0)
        return { kind: 'wrong', problems: reading.problems };
    return { kind: 'run', given: reading.given, debug: flags.length < rest.length };
}
function noCommand(word) {
    if (word.startsWith('-'))
        return `A command comes first: ${inputs/* commands */.Pi.join(', ')}.`;
    const meant = nearest(word, inputs/* commands */.Pi);
    if (meant !== undefined)
        return `There is no command ${word}. Did you mean ${meant}?`;
    return `There is no command ${word}: it is one of ${inputs/* commands */.Pi.join(', ')}.`;
}
const names = Object.keys(inputs/* inputs */.QL);
/** Inputs of which the name alone says `true`. */
const switches = Object.entries(inputs/* inputs */.QL)
    .filter(([, { parse }]) => parse === parsers/* flag */.Jt)
    .map(([name]) => name);
class Reading {
    given = new Map();
    problems = [];
    #around;
    constructor(around) {
        this.#around = around;
    }
    readVariables() {
        for (const name of names) {
            const value = this.#around.variable(variableOf(name));
            if (value !== undefined)
                this.given.set(name, value);
        }
    }
    readFlags(words) {
        const left = [...words];
        for (let word = left.shift(); word !== undefined; word = left.shift()) {
            const { name, value } = /^--(?<name>[a-z-]+)(?:=(?<value>[^]*))?$/.exec(word)?.groups ?? {};
            if (name === undefined || !isFlag(name)) {
                this.#unknown(word, left);
                continue;
            }
            this.#take(name, value ?? this.#next(name, left));
        }
    }
    /** Its value is no second problem. */
    #unknown(word, left) {
        const [flag = ''] = word.split('=');
        this.problems.push(word.startsWith('-') ? noFlag(flag) : `No flag stands before ${word}.`);
        if (word === flag && word.startsWith('-') && left[0]?.startsWith('-') === false)
            left.shift();
    }
    /** The word after a flag; of a switch only where it is one of its two. */
    #next(name, left) {
        const [next] = left;
        if (switches.includes(name) && next !== 'true' && next !== 'false')
            return 'true';
        return next === undefined || next.startsWith('--') ? undefined : left.shift();
    }
    #take(name, value) {
        if (value === undefined) {
            this.problems.push(`The flag --${name} lacks its value.`);
            return;
        }
        if (names.includes(name))
            this.#setFlag(name, value);
        else
            this.#setFile(name.replace(/-file$/, ''), value);
    }
    #setFlag(name, value) {
        if (inputs/* secretInputs */._y.includes(name)) {
            this.problems.push(`The flag --${name} would show a secret to everybody on this computer: use --${name}-file FILE, or the variable ${variableOf(name)}.`);
        }
        else
            this.given.set(name, value);
    }
    #setFile(name, path) {
        try {
            const text = this.#around.readFile(path);
            // An editor ends a file with a line end that is not part of a password; a key needs its own.
            this.given.set(name, name === 'ssh-key' ? text : text.replace(/(?:\r?\n)+$/, ''));
        }
        catch (error) {
            const why = error instanceof Error ? error.message : String(error);
            this.problems.push(`The file of --${name}-file could not be read: ${why}`);
        }
    }
}
function noFlag(flag) {
    const meant = nearest(flag.replace(/^-+/, ''), names);
    return `There is no flag ${flag}.${meant === undefined ? '' : ` Did you mean --${meant}?`}`;
}
/** Inputs are flags, and each may come from a file; what the first word says is none. */
function isFlag(name) {
    const input = names.includes(name) ? name : name.replace(/-file$/, '');
    return input !== 'command' && names.includes(input);
}

// EXTERNAL MODULE: ./src/finding.ts
var finding = __webpack_require__(52018);
// EXTERNAL MODULE: ./src/remedy.ts
var src_remedy = __webpack_require__(35251);
// EXTERNAL MODULE: ./src/report/harmless.ts
var harmless = __webpack_require__(25875);
// EXTERNAL MODULE: ./src/report/outcome.ts
var outcome = __webpack_require__(85066);
// EXTERNAL MODULE: ./src/report/report.ts
var report_report = __webpack_require__(88850);
;// CONCATENATED MODULE: ./src/cli/flags.ts

// An input that a workflow sets by itself comes from the folder here, and a secret from a file.
const toGive = {
    host: 'Give --host USER@HOST.',
    user: 'Give --host USER@HOST, or --user.',
    'ssh-key': 'Give --ssh-key-file FILE with your private key, or --password-file FILE.',
    'ssh-key-passphrase': 'Give --ssh-key-passphrase-file FILE.',
    commit: 'Stand in a clone of the repository, or give --commit.',
    branch: 'Stand in a clone with that branch checked out, or give --branch.',
};
/** A finding about an input that is missing, with what a person types to give it. */
function inFlags(finding) {
    if (finding.name !== 'input')
        return finding;
    const [, name = ''] = /^Input (\S+) is missing: /.exec(finding.message) ?? [];
    const give = toGive[name];
    return give === undefined ? finding : { ...finding, remedies: [[(0,src_remedy/* advice */.v9)(give)]] };
}

// EXTERNAL MODULE: ./src/report/plan.ts
var report_plan = __webpack_require__(51307);
// EXTERNAL MODULE: ./src/report/releases.ts
var report_releases = __webpack_require__(31838);
// EXTERNAL MODULE: ./src/report/words.ts
var words = __webpack_require__(72691);
// EXTERNAL MODULE: ./src/report/to-paste.ts
var to_paste = __webpack_require__(78895);
;// CONCATENATED MODULE: ./src/cli/report-text.ts










const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 };
/** How text is painted. */
function painter(colours) {
    if (!colours)
        return (_, text) => text;
    return (colour, text) => `\u001b[${codes[colour]}m${text}\u001b[0m`;
}
/** The report as text, in the order of the step summary; its last line says how much there is to fix. */
function reportText(reported, paint) {
    const report = (0,harmless/* cleaned */.L)({ ...reported, findings: reported.findings.map(inFlags) });
    const green = (0,report_report/* isGreen */.gf)(report);
    const parts = [
        `${paint(green ? 'green' : 'red', `${green ? '✓' : '✗'} ${(0,outcome/* title */.D)(report)}`)}\n${(0,outcome/* siteNow */.u)(report, (id) => id.slice(0, 10))}`,
        asked(report),
        list(paint('bold', 'What to fix'), findings(report, 'error', paint)),
        list(paint('bold', 'Not verified'), report.unverified.map(item)),
        toPaste(report, paint),
        list(paint('bold', 'What may wait'), findings(report, 'warning', paint)),
        list(paint('bold', 'Good to know'), findings(report, 'notice', paint)),
        list(paint('bold', 'Ready'), report.ready.map(item)),
        report.printed ?? '',
        columns(report, paint),
        steps(report, paint),
        report.findings.length === 0 ? '' : paint('dim', 'docs/findings.md explains each finding.'),
        paint('bold', (0,report_report/* closing */.ET)(report)),
    ];
    return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}
/** What was asked for: the plan, or the list of deploys. */
function asked({ hosts }) {
    return hosts
        .flatMap(({ plan, releases = [] }) => [
        ...(plan === undefined ? [] : (0,report_plan/* planLines */.HN)(plan)),
        ...(0,report_releases/* releaseLines */.xe)(releases),
    ])
        .join('\n');
}
function list(heading, items) {
    return items.length === 0 ? '' : [heading, ...items].join('\n');
}
function item(text) {
    return `  - ${text}`;
}
const colours = { error: 'red', warning: 'yellow', notice: 'dim' };
function findings(report, wanted, paint) {
    return (0,report_report/* worstFirst */.md)(report.findings)
        .filter(({ severity }) => severity === wanted)
        .map((one, at) => report_text_finding(one, wanted === 'error' ? `${at + 1}.` : '-', paint));
}
function report_text_finding({ name, severity, message, remedies = [], at }, mark, paint) {
    const where = at === undefined ? '' : ` at ${at.file}:${at.line}`;
    const head = `  ${mark} ${paint(colours[severity], name)}${where}: ${message}`;
    return [head, ...remedies.map((one, step) => remedyText(one, step > 0))].join('\n');
}
function remedyText(remedy, alternative) {
    return remedy
        .flatMap((one, step) => [
        `     ${(0,src_remedy/* introduction */.rx)(one, alternative && step === 0, src_remedy/* onCommandLine */.vo)}`,
        ...linesOf(one).map((line) => `         ${line}`),
    ])
        .join('\n');
}
/** Lines to paste; an input is a flag here. */
function linesOf({ where, lines }) {
    const all = lines.flatMap((text) => text.split('\n'));
    return where === 'inputs' ? all.map(asFlag) : all;
}
/** `reload: never` as `--reload never`; a secret of a workflow comes from a file here, and no other line is touched. */
function asFlag(line) {
    const [, name = '', value = ''] = /^([a-z][a-z-]*): (\S.*)$/.exec(line) ?? [];
    if (name === '')
        return line;
    if (value.startsWith('${{'))
        return `--${name}-file FILE`;
    return `--${name} ${/^[\w./:@+-]+$/.test(value) ? value : quote(value)}`;
}
/** A word of a shell, whatever is in it. */
function quote(text) {
    return `'${text.replaceAll("'", "'\\''")}'`;
}
/** Of a doctor: everything that is missing once more, as a block for each who brings it. */
function toPaste({ command, findings: found }, paint) {
    const all = command === 'doctor' ? (0,to_paste/* blocks */.B)(found) : [];
    return all.length === 0
        ? ''
        : `${paint('bold', 'To paste, all of it')}\n${remedyText(all, false)}`;
}
function columns({ columns: read }, paint) {
    const rows = read.map(({ name, expected, actual, ok }) => {
        const found = ok ? (0,words/* inOurWords */.tS)(actual) : `${actual}, and not ${expected}`;
        return `  ${paint(ok ? 'green' : 'red', ok ? '✓' : '✗')} ${name.padEnd(12)}${found}`;
    });
    return list(paint('bold', 'The session table'), rows);
}
function steps({ hosts, findings: found }, paint) {
    const errors = found.filter(finding/* isError */.bJ).map(({ name }) => name);
    const rows = hosts.flatMap(({ steps: ran, undone }) => [
        ...ran.map((one) => step(one, errors, paint)),
        ...undone
            .filter(({ seconds }) => seconds !== undefined)
            .map((one) => undo(one, (0,words/* titleOf */.Gg)(one, ran), paint)),
    ]);
    return list(paint('bold', 'Steps'), rows);
}
function step(one, errors, paint) {
    const done = one.result === 'done';
    const sign = paint(done ? 'green' : 'red', done ? '✓' : '✗');
    return row(sign, (0,words/* shortTitle */.HV)(one), one.seconds, (0,words/* stepWords */.c9)(one, errors));
}
function undo(one, name, paint) {
    const stranded = typeof one.result === 'object';
    const sign = paint(stranded ? 'red' : 'yellow', stranded ? '✗' : '↩');
    return row(sign, name, one.seconds ?? 0, (0,words/* undoWords */.aG)(one));
}
function row(sign, name, seconds, words) {
    return `  ${sign} ${name.padEnd(9)}${seconds.toFixed(1).padStart(6)} s  ${words}`;
}

// EXTERNAL MODULE: ./src/report/masking.ts
var masking = __webpack_require__(54974);
;// CONCATENATED MODULE: ./src/cli/screen.ts


const screen_escape = '\u001b[';
const eraseLine = `\r${screen_escape}2K`;
/** What a person sees of a run on a terminal: lines, and below them one that says what is going on. No secret is shown. */
class Screen {
    #to;
    #masking = new masking/* Masking */.L();
    #status = '';
    constructor(to) {
        this.#to = to;
    }
    /** From here on `***` is shown instead of the value. */
    mask(value) {
        this.#masking.add(value);
    }
    /** A text without the secrets in it. */
    masked(text) {
        return this.#masking.masked(text);
    }
    line(text) {
        this.clear();
        this.#to.write(`${this.masked(text)}\n`);
    }
    /** The line that says what is going on; only on a terminal. */
    status(text) {
        if (this.#to.isTTY !== true)
            return;
        this.#status = this.masked((0,harmless/* harmless */.I)(text));
        this.#to.write(`${eraseLine}${screen_escape}2m${this.#status}${screen_escape}0m`);
    }
    /** Removes that line. */
    clear() {
        if (this.#status !== '')
            this.#to.write(eraseLine);
        this.#status = '';
    }
}
/** A screen in the place of the runner. Findings, outputs and summary are in the report that comes last. */
function onScreen(screen) {
    const nothing = () => undefined;
    return {
        group: (title) => {
            screen.line(title);
        },
        info: (line) => {
            screen.line(line);
        },
        mask: (value) => {
            screen.mask(value);
        },
        ...{ endGroup: nothing, annotate: nothing, output: nothing, saveState: nothing },
        state: () => '',
        summary: async () => Promise.resolve(),
    };
}

;// CONCATENATED MODULE: ./src/cli/usage.ts

/** What each word means, for the commands that there are. */
const meanings = {
    deploy: 'bring a commit live and prove it, or roll it back',
    verify: 'ask the live site the same questions; changes nothing',
    check: 'read the migrations in this folder; needs no server',
    doctor: 'say what a deploy needs and lacks on the server; changes nothing',
    plan: 'do everything up to the first change, and say what would be run',
    rollback: 'bring the release before, or a named one, live again',
    adopt: 'make release directories beside a site that is deployed in place',
    releases: 'list what was deployed when, by whom, with what outcome',
};
const forServer = [
    ['--host USER@HOST[:PORT]', 'where to log in'],
    ['--ssh-key-file FILE', 'the private key to log in with'],
    ['--path FOLDER', 'the application there (/var/www/kayart)'],
];
const others = [
    ['--debug', 'show every command on the server with its output'],
    ['--help', 'show this'],
];
const widest = 78;
/** How the program is called, as text that ends with a line end. */
function usage() {
    return `Deploys CodeIgniter 4 over SSH and proves that it worked.

Usage: ci4-deploy COMMAND [--FLAG VALUE ...]

Commands:
${usage_columns(inputs/* commands */.Pi.map((name) => [name, meanings[name] ?? '']), 10)}

The flags that are needed for a server:
${usage_columns(forServer, 26)}

The host has to be in ~/.ssh/known_hosts, or named by --known-hosts-file FILE
or --host-fingerprint SHA256:... . A deploy takes the commit and the branch
that are checked out in this folder, or those of --commit and --branch.

Every input of the action is a flag. --FLAG-file FILE takes its value from a
file, and so does a variable of the environment: CI4_DEPLOY_SSH_KEY for ssh-key.
Secrets are taken from a file or a variable alone, and are never shown:
${listed(inputs/* secretInputs */._y)}

All other flags:
${listed(Object.keys(inputs/* inputs */.QL).filter((name) => name !== 'command' && !inputs/* secretInputs */._y.includes(name)))}

${usage_columns(others, 10)}

Exit status: 0 when all is well, 1 when something is to be fixed.

Examples:
  ci4-deploy doctor --host nicolas@example.org --ssh-key-file ~/.ssh/id_ed25519
  ci4-deploy check --base main
`;
}
function usage_columns(rows, width) {
    return rows.map(([name, about]) => `  ${name.padEnd(width)}${about}`.trimEnd()).join('\n');
}
/** Names with commas, in lines that fit a terminal. */
function listed(names) {
    const lines = [''];
    names.forEach((name, at) => {
        const word = `${name}${at + 1 < names.length ? ',' : ''}`;
        const last = lines.at(-1) ?? '';
        if (last.length + word.length + 3 > widest)
            lines.push(`  ${word}`);
        else
            lines[lines.length - 1] = last === '' ? `  ${word}` : `${last} ${word}`;
    });
    return lines.join('\n');
}

// EXTERNAL MODULE: ./src/report/log.ts
var report_log = __webpack_require__(46472);
// EXTERNAL MODULE: ./src/run.ts + 151 modules
var run = __webpack_require__(57441);
// EXTERNAL MODULE: ./src/until-cancelled.ts
var until_cancelled = __webpack_require__(98333);
;// CONCATENATED MODULE: ./src/command-line.ts












// How a person at a computer, or another CI system, starts a run. What happens goes to standard error, the report to
// standard output.
/** A line of git in this folder; empty where it says nothing. */
function git(...args) {
    try {
        return (0,external_node_child_process_.execFileSync)('git', args, {
            encoding: 'utf8',
            stdio: ['ignore', 'pipe', 'ignore'],
        }).trim();
    }
    catch {
        return '';
    }
}
function inHome(path) {
    return path.startsWith('~/') ? (0,external_node_path_.join)((0,external_node_os_.homedir)(), path.slice(2)) : path;
}
const reasons = {
    ENOENT: 'there is no such file',
    EACCES: 'you may not read it',
    EISDIR: 'it is a folder',
};
/** @throws Error with the reason in words */
function readFile(path) {
    try {
        return (0,external_node_fs_.readFileSync)(inHome(path), 'utf8');
    }
    catch (error) {
        const { code = '', message } = error;
        throw new Error(`${inHome(path)}: ${reasons[code] ?? message}.`, { cause: error });
    }
}
/** What a person at a computer does not have to say: what is checked out here, and the hosts that his ssh knows. */
function withDefaults(given) {
    const all = new Map(given);
    if (given.get('command') === 'check')
        return all;
    const otherwise = (name, value) => {
        if (all.get(name) === undefined)
            all.set(name, value());
    };
    otherwise('commit', () => git('rev-parse', 'HEAD'));
    otherwise('branch', () => git('branch', '--show-current'));
    if (all.get('host-fingerprint') === undefined)
        otherwise('known-hosts', knownHosts);
    return all;
}
function knownHosts() {
    try {
        return readFile('~/.ssh/known_hosts');
    }
    catch {
        return '';
    }
}
function environment() {
    const { CI_JOB_URL: job, GITLAB_USER_LOGIN: user } = process.env;
    return {
        started: {
            url: job ?? `the command line on ${(0,external_node_os_.hostname)()}`,
            actor: user ?? (0,external_node_os_.userInfo)().username,
            repository: '',
            attempt: '1',
        },
        workspace: process.cwd(),
        baseBranch: '',
        tag: null,
        mergeCommit: null,
    };
}
async function runOn(screen, { given, debug }) {
    const log = new report_log/* WorkflowLog */.ml(onScreen(screen), () => performance.now(), { raw: debug });
    const progress = setInterval(() => {
        screen.status(`${log.doing} (${Math.round(log.seconds)} s)`);
        log.heartbeat();
    }, 1000);
    // A deploy that is killed here is rolled back by the next one, from the journal on the server.
    const memory = { left: null, keep: () => undefined };
    const signal = (0,until_cancelled/* untilCancelled */.c)();
    const mask = (value) => {
        screen.mask(value);
    };
    const inputs = withDefaults(given);
    const report = await (0,run/* run */.e)({ inputs, environment: environment(), memory, log, mask, signal });
    clearInterval(progress);
    screen.clear();
    return report;
}
/** https://no-color.org, and what many programs know as its opposite. */
function command_line_colours() {
    if (process.env['NO_COLOR'] !== undefined && process.env['NO_COLOR'] !== '')
        return false;
    return process.env['FORCE_COLOR'] !== undefined || process.stdout.isTTY;
}
/** Does what the command line says. The exit status is 0 when all is well. */
async function commandLine() {
    const words = process.argv.slice(2);
    const asked = readArguments(words, { variable: (name) => process.env[name], readFile });
    if (asked.kind === 'usage') {
        process.stdout.write(usage());
        process.exitCode = words.length === 0 ? 1 : 0;
        return;
    }
    if (asked.kind === 'wrong') {
        process.stderr.write(`${asked.problems.join('\n')}\nSee ci4-deploy --help.\n`);
        process.exitCode = 1;
        return;
    }
    const screen = new Screen(process.stderr);
    const report = await runOn(screen, asked);
    process.stdout.write(screen.masked(reportText(report, painter(command_line_colours()))));
    process.exitCode = (0,report_report/* isGreen */.gf)(report) ? 0 : 1;
}


/***/ })

};
;