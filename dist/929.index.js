"use strict";
exports.id = 929;
exports.ids = [929];
exports.modules = {

/***/ 22929:
/***/ ((module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
__webpack_require__.r(__webpack_exports__);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48161);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_os__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _checkout_write_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(52279);
/* harmony import */ var _plan_journal_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(64969);
/* harmony import */ var _report_actions_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(29493);
/* harmony import */ var _report_links_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(83303);
/* harmony import */ var _report_log_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(46472);
/* harmony import */ var _report_masking_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(54974);
/* harmony import */ var _report_plan_comment_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(31999);
/* harmony import */ var _report_publish_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(29902);
/* harmony import */ var _report_report_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(88850);
/* harmony import */ var _run_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(57441);
/* harmony import */ var _until_cancelled_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(98333);













// How GitHub's runner starts a run. What main saved tells main and post apart; a post with nothing to do ends in start.ts.
const workflow = (0,_report_actions_js__WEBPACK_IMPORTED_MODULE_4__/* .actions */ .o)();
// The runner sets it where somebody asked for step debug (docs.github.com, Enabling debug logging).
const raw = process.env['RUNNER_DEBUG'] === '1';
const log = new _report_log_js__WEBPACK_IMPORTED_MODULE_6__/* .WorkflowLog */ .ml(workflow, () => performance.now(), { raw });
/** The inputs as the runner hands them over; nothing else of the environment is configuration. */
function inputs() {
    const given = new Map();
    for (const [name, value] of Object.entries(process.env)) {
        if (name.startsWith('INPUT_'))
            given.set(name.slice('INPUT_'.length).toLowerCase(), value ?? '');
    }
    return given;
}
/** One of the runner's variables; empty where it is not set. */
function github(name) {
    return process.env[`GITHUB_${name}`] ?? '';
}
function environment() {
    const [sha, ref] = [github('SHA'), github('REF')];
    return {
        started: {
            url: `${github('SERVER_URL')}/${github('REPOSITORY')}/actions/runs/${github('RUN_ID')}`,
            actor: github('ACTOR'),
            repository: repository(),
            attempt: github('RUN_ATTEMPT') || '1',
        },
        workspace: github('WORKSPACE') || process.cwd(),
        baseBranch: github('BASE_REF'),
        tag: github('REF_TYPE') === 'tag' ? github('REF_NAME') : null,
        mergeCommit: /^refs\/pull\/\d+\/merge$/.test(ref) ? sha : null,
    };
}
/** The repository as ssh reaches it: a server that fetches has a key, and no password. */
function repository() {
    const name = github('REPOSITORY');
    if (name === '' || !URL.canParse(github('SERVER_URL')))
        return '';
    return `git@${new URL(github('SERVER_URL')).hostname}:${name}.git`;
}
const masking = new _report_masking_js__WEBPACK_IMPORTED_MODULE_12__/* .Masking */ .L();
function mask(value) {
    for (const shown of masking.add(value))
        workflow.mask(shown);
}
/** The state that the runner keeps between main and post. */
function memory() {
    const kept = workflow.state('journals');
    const outcome = (workflow.state('outcome') || null);
    const saved = {};
    return {
        left: kept === '' ? null : { journals: (0,_plan_journal_js__WEBPACK_IMPORTED_MODULE_3__/* .readJournals */ .rZ)(kept), outcome },
        keep: (server, journal) => {
            saved[server] = journal;
            workflow.saveState('journals', JSON.stringify(saved));
        },
    };
}
async function runLogged(kept) {
    const heartbeat = setInterval(() => {
        log.heartbeat();
    }, 1000);
    const signal = (0,_until_cancelled_js__WEBPACK_IMPORTED_MODULE_11__/* .untilCancelled */ .c)();
    const request = { inputs: inputs(), environment: environment(), memory: kept, log, mask, signal };
    const report = await (0,_run_js__WEBPACK_IMPORTED_MODULE_10__/* .run */ .e)(request);
    clearInterval(heartbeat);
    return report;
}
function inTemp(name) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(process.env['RUNNER_TEMP'] ?? (0,node_os__WEBPACK_IMPORTED_MODULE_0__.tmpdir)(), name);
}
/** The runner masks what it prints; a comment is sent by somebody else. */
function writeComment(report, links) {
    const text = masking.masked((0,_report_plan_comment_js__WEBPACK_IMPORTED_MODULE_7__/* .planComment */ .t)(report, links));
    if (text === '')
        return '';
    const file = inTemp('ci4-deploy-plan.md');
    (0,_checkout_write_js__WEBPACK_IMPORTED_MODULE_2__/* .writeWhole */ .f8)(file, text);
    return file;
}
async function start() {
    const post = workflow.state('phase') !== '';
    const kept = memory();
    if (!post)
        workflow.saveState('phase', 'main');
    const report = await runLogged(kept);
    if (!post)
        workflow.saveState('outcome', report.outcome);
    const links = (0,_report_links_js__WEBPACK_IMPORTED_MODULE_5__/* .linksOf */ .h)(github);
    const file = inTemp('ci4-deploy-report.json');
    (0,_checkout_write_js__WEBPACK_IMPORTED_MODULE_2__/* .writeWhole */ .f8)(file, (0,_report_publish_js__WEBPACK_IMPORTED_MODULE_8__/* .reportFile */ .rn)(report));
    await (0,_report_publish_js__WEBPACK_IMPORTED_MODULE_8__/* .publish */ .mk)(report, workflow, log, { file, comment: writeComment(report, links), links });
    // What went wrong is main's to say; post fails only where it could not put it right.
    const well = post ? report.outcome !== 'stranded' : (0,_report_report_js__WEBPACK_IMPORTED_MODULE_9__/* .isGreen */ .gf)(report);
    process.exitCode = well ? 0 : 1;
}
await start();

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 52279:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BO: () => (/* binding */ writeBelow),
/* harmony export */   f8: () => (/* binding */ writeWhole),
/* harmony export */   rl: () => (/* binding */ NotWritten)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_2__);



/** A file that could not be written below the checkout. `message` says where and why. */
class NotWritten extends Error {
    name = 'NotWritten';
}
/**
 * Writes a file whole: a new one beside it that nobody else had opened, renamed into its place. A link in that place is
 * replaced, never followed.
 */
function writeWhole(file, text) {
    const fresh = `${file}.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()}`;
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.writeFileSync)(fresh, text, { flag: 'wx' });
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.renameSync)(fresh, file);
    }
    catch (error) {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.rmSync)(fresh, { force: true });
        throw error;
    }
}
/**
 * Writes a file below a folder, and never through a link that lies there: what is below may be a stranger's.
 * @throws NotWritten
 */
function writeBelow(root, path, text) {
    let folder = root;
    for (const name of (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path).split('/')) {
        if (name === '' || name === '.')
            continue;
        folder = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, name);
        const found = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.lstatSync)(folder, { throwIfNoEntry: false });
        if (name.toLowerCase() === '.git')
            throw new NotWritten(`${path} lies in git's own folder`);
        if (found === undefined)
            (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.mkdirSync)(folder);
        else if (!found.isDirectory())
            throw new NotWritten(`${path} was not written: ${name} is a link or a file in the checkout`);
    }
    try {
        writeWhole((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(root, path), text);
    }
    catch (error) {
        const { code = '' } = error;
        throw new NotWritten(`${path} was not written (${code})`);
    }
}


/***/ }),

/***/ 29493:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ actions)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(33838);
/* harmony import */ var _workflow_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51529);


const say = { error: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .error */ .z3, warning: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .warning */ .$e, notice: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .notice */ .lm };
/** The runner itself, through @actions/core. */
function actions() {
    return {
        group: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .startGroup */ .Oh,
        endGroup: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .endGroup */ .N4,
        info: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .info */ .pq,
        annotate({ name, severity, message, remedies, at }) {
            const text = (0,_workflow_js__WEBPACK_IMPORTED_MODULE_1__/* .annotationText */ .x)(message, remedies);
            const place = at === undefined ? {} : { file: at.file, startLine: at.line };
            say[severity](text, { title: `ci4-deploy: ${name}`, ...place });
        },
        mask: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setSecret */ .Pq,
        output: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setOutput */ .uH,
        saveState: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .saveState */ .LZ,
        state: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getState */ .Gu,
        // A runner of another kind may have no place for it; the log says the same.
        async summary(markdown) {
            await _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .summary */ .z
                .addRaw(markdown)
                .write()
                .catch((failed) => {
                _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .warning */ .$e(`There is no step summary. ${String(failed)}`);
            });
        },
    };
}


/***/ }),

/***/ 80592:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ fitted)
/* harmony export */ });
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(54285);

/**
 * The parts as one page of at most so many bytes.
 * @param note said once, however much is left out
 */
function fitted(bytes, note, all) {
    const parts = all.filter(([, text]) => text !== '');
    const page = `${parts.map(([, text]) => text).join('\n\n')}\n`;
    if (Buffer.byteLength(page) <= bytes)
        return page;
    const last = Math.max(...parts.map(([rank]) => rank));
    if (last <= 1)
        return (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .cut */ .Jj)(page, bytes);
    const isNoted = parts.some(([, text]) => text === note);
    const noted = isNoted ? [] : [[0, note]];
    return fitted(bytes, note, [...parts.filter(([rank]) => rank < last), ...noted]);
}


/***/ }),

/***/ 83303:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ noLinks),
/* harmony export */   h: () => (/* binding */ linksOf)
/* harmony export */ });
/** A report of a run that nothing is known of. */
const noLinks = { repository: null, run: null, findings: null };
const ownerAndName = /^[\w.-]+\/[\w.-]+$/;
/**
 * Links as the runner's variables say (docs.github.com, Variables reference).
 * @param github one of them by its name without `GITHUB_`; empty where it is not set
 */
function linksOf(github) {
    const server = github('SERVER_URL');
    const [own, action] = [github('REPOSITORY'), github('ACTION_REPOSITORY')];
    if (!/^https?:\/\/[\w.:-]+$/.test(server))
        return noLinks;
    const repository = ownerAndName.test(own) ? `${server}/${own}` : null;
    const id = github('RUN_ID');
    const known = repository !== null && /^\d+$/.test(id);
    return {
        repository,
        run: known ? { url: `${repository}/actions/runs/${id}`, name: runName(github) } : null,
        findings: ownerAndName.test(action)
            ? `${server}/${action}/blob/${refOf(github)}/docs/findings.md`
            : null,
    };
}
function runName(github) {
    const [number, attempt] = [github('RUN_NUMBER'), github('RUN_ATTEMPT')];
    const again = attempt === '' || attempt === '1' ? '' : `, attempt ${attempt}`;
    return `run ${number || github('RUN_ID')}${again}`;
}
/** The version of the action that runs, so that the page has its findings. */
function refOf(github) {
    const ref = github('ACTION_REF');
    return /^[\w./-]+$/.test(ref) ? ref : 'HEAD';
}


/***/ }),

/***/ 31999:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ planComment)
/* harmony export */ });
/* harmony import */ var _count_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(89984);
/* harmony import */ var _fitted_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(80592);
/* harmony import */ var _harmless_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(25875);
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(54285);
/* harmony import */ var _outcome_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(85066);
/* harmony import */ var _plan_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51307);
/* harmony import */ var _report_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(88850);
/* harmony import */ var _tables_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(46677);








// GitHub takes 65,536 characters for the body of a comment (docs.github.com, REST API endpoints for issue comments).
const largest = 60_000;
const note = 'The rest was left out, because GitHub takes no longer comment. The run has it.';
/**
 * A plan as text for a comment on a pull request; empty where the run was no plan. The commands stay with the run: a comment
 * is for who decides about the change.
 */
function planComment(reported, links) {
    const report = (0,_harmless_js__WEBPACK_IMPORTED_MODULE_4__/* .cleaned */ .L)(reported);
    if (report.command !== 'plan')
        return '';
    const sign = (0,_report_js__WEBPACK_IMPORTED_MODULE_2__/* .isGreen */ .gf)(report) ? '✅' : '❌';
    return (0,_fitted_js__WEBPACK_IMPORTED_MODULE_5__/* .fitted */ .$)(largest, note, [
        [0, `## ${sign} ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_6__/* .escape */ .ih)((0,_outcome_js__WEBPACK_IMPORTED_MODULE_0__/* .title */ .D)(report))}`],
        [0, `${(0,_outcome_js__WEBPACK_IMPORTED_MODULE_0__/* .siteNow */ .u)(report, (id) => (0,_tables_js__WEBPACK_IMPORTED_MODULE_3__/* .commitLink */ .wn)(id, links))}${from(report, links)}`],
        [1, found('What to fix', report, 'error')],
        ...report.hosts.flatMap(({ plan }) => (plan === undefined ? [] : changes(plan))),
        [3, found('What may wait', report, 'warning')],
        ...report.hosts.flatMap(({ plan }) => (plan === undefined ? [] : contents(plan))),
    ]);
}
function changes(plan) {
    const { notice, migrations } = (0,_plan_js__WEBPACK_IMPORTED_MODULE_1__/* .planParts */ .mM)(plan);
    return [
        [1, notice],
        [2, migrations],
    ];
}
function contents(plan) {
    const { commits, fileList } = (0,_plan_js__WEBPACK_IMPORTED_MODULE_1__/* .planParts */ .mM)(plan);
    const count = (0,_count_js__WEBPACK_IMPORTED_MODULE_7__/* .counted */ .h)(plan.files.length, 'file');
    return [
        [4, commits],
        [5, fileList === '' ? '' : (0,_markdown_js__WEBPACK_IMPORTED_MODULE_6__/* .folded */ .TM)(`${count} would change`, fileList)],
    ];
}
/** Which commit, and where the rest is. */
function from({ commit }, links) {
    const id = commit === '' ? '' : ` This is about commit ${(0,_tables_js__WEBPACK_IMPORTED_MODULE_3__/* .commitLink */ .wn)(commit, links)}.`;
    const { run } = links;
    return run === null
        ? id
        : `${id} The commands and all details: [${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_6__/* .escape */ .ih)(run.name)}](${run.url}).`;
}
function found(heading, { findings }, wanted) {
    const shown = (0,_report_js__WEBPACK_IMPORTED_MODULE_2__/* .worstFirst */ .md)(findings).filter(({ severity }) => severity === wanted);
    if (shown.length === 0)
        return '';
    return `### ${heading}\n\n${shown.map(item).join('\n')}`;
}
function item({ name, message }) {
    return `- **${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_6__/* .escape */ .ih)(name)}** · ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_6__/* .escape */ .ih)(message)}`;
}


/***/ }),

/***/ 29902:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  mk: () => (/* binding */ publish),
  rn: () => (/* binding */ reportFile)
});

// UNUSED EXPORTS: outputs

// EXTERNAL MODULE: ./src/remedy.ts
var src_remedy = __webpack_require__(35251);
// EXTERNAL MODULE: ./src/report/harmless.ts
var harmless = __webpack_require__(25875);
// EXTERNAL MODULE: ./src/report/report.ts
var report_report = __webpack_require__(88850);
// EXTERNAL MODULE: ./src/report/workflow.ts
var report_workflow = __webpack_require__(51529);
;// CONCATENATED MODULE: ./src/report/annotations.ts




// The runner keeps ten annotations of each level a step and drops the others (actions/runner, ExecutionContext.cs,
// AddIssue). GitHub shows fifty a job (actions/toolkit, docs/problem-matchers.md): all of ours fit twice over.
const mostOfOneLevel = 10;
// What is longer the runner cuts (ExecutionContext.cs, AddIssue).
const longest = 4096;
const levels = ['error', 'warning', 'notice'];
/**
 * Says every finding once in the log, worst first. The runner prints an annotation into the log, so a finding that
 * became one is not said again. Those for which there is no room are said as plain lines, and counted in the last one.
 */
function sayFindings(report, workflow, log) {
    const all = (0,report_report/* worstFirst */.md)(report.findings);
    for (const level of levels) {
        const found = all.filter(({ severity }) => severity === level);
        const room = found.length <= mostOfOneLevel ? found.length : mostOfOneLevel - 1;
        found.slice(0, room).forEach((one) => {
            sayAnnotated(one, workflow, log);
        });
        found.slice(room).forEach((one) => {
            sayPlain(one, log);
        });
        if (found.length <= room)
            continue;
        const message = more(found.length - room, level);
        annotate({ name: `more-${level}s`, severity: level, message }, workflow);
    }
}
function more(count, level) {
    return count === 1
        ? `1 more ${level} is in the summary.`
        : `${count} more ${level}s are in the summary.`;
}
/** A finding as an annotation that the runner takes whole. Its texts may be foreign, so they are made harmless here. */
function annotate(finding, workflow) {
    const { message, ...rest } = (0,harmless/* cleaned */.L)(finding);
    workflow.annotate({
        ...rest,
        message: message.length <= longest ? message : `${message.slice(0, longest - cut.length)}${cut}`,
    });
}
const cut = '... (cut: the summary has the whole)';
function sayAnnotated(finding, workflow, log) {
    const { message, remedies, ...rest } = finding;
    log.say(heading(finding));
    if ((0,report_workflow/* annotationText */.x)(message, remedies).length <= longest) {
        annotate(finding, workflow);
        return;
    }
    annotate({ message, ...rest }, workflow);
    if (message.length > longest)
        log.say(message);
    sayRemedies(finding, log);
}
function sayPlain(finding, log) {
    log.say(heading(finding));
    log.say(finding.message);
    sayRemedies(finding, log);
}
/** Indented and otherwise untouched: these lines are there to be copied. */
function sayRemedies({ remedies = [] }, log) {
    if (remedies.length > 0)
        log.say((0,src_remedy/* remedyText */.K1)(remedies));
}
function heading({ name, severity, at }) {
    return `${severity} ${name}${at === undefined ? '' : ` at ${at.file}:${at.line}`}`;
}

// EXTERNAL MODULE: ./src/report/plan.ts
var report_plan = __webpack_require__(51307);
// EXTERNAL MODULE: ./src/report/releases.ts
var report_releases = __webpack_require__(31838);
// EXTERNAL MODULE: ./src/report/outcome.ts
var outcome = __webpack_require__(85066);
// EXTERNAL MODULE: ./src/report/to-paste.ts
var to_paste = __webpack_require__(78895);
// EXTERNAL MODULE: ./src/report/markdown.ts
var markdown = __webpack_require__(54285);
;// CONCATENATED MODULE: ./src/report/findings-list.ts




/** What has to be fixed, as a numbered list: the errors, each with its remedies. */
function toFix({ findings }, links) {
    const errors = (0,report_report/* worstFirst */.md)(findings).filter(({ severity }) => severity === 'error');
    if (errors.length === 0)
        return '';
    const items = errors.map((one, at) => item(one, `${at + 1}. `, links));
    return `### What to fix\n\n${items.join('\n\n')}`;
}
/** What stops nothing, to be done when there is time. */
function mayWait({ findings }, links) {
    const warnings = (0,report_report/* worstFirst */.md)(findings).filter(({ severity }) => severity === 'warning');
    if (warnings.length === 0)
        return '';
    const items = warnings.map((one) => item(one, '- ', links));
    return `### What may wait\n\n${items.join('\n\n')}`;
}
/** What is only said, out of sight until asked for. */
function toKnow({ findings }, links) {
    const notices = (0,report_report/* worstFirst */.md)(findings).filter(({ severity }) => severity === 'notice');
    if (notices.length === 0)
        return '';
    const items = notices.map((one) => item(one, '- ', links));
    const count = notices.length === 1 ? '1 note' : `${notices.length} notes`;
    return (0,markdown/* folded */.TM)(count, items.join('\n\n'));
}
/** Of a doctor: everything that is missing, as a block for each who brings it. */
function toPaste({ command, findings }) {
    const all = command === 'doctor' ? (0,to_paste/* blocks */.B)(findings) : [];
    return all.length === 0 ? '' : `### To paste\n\n${instructions(all, false, '')}`;
}
const signs = { error: '', warning: '⚠️ ', notice: 'ℹ️ ' };
function item(finding, mark, links) {
    const { name, severity, message, remedies = [], at } = finding;
    const indent = ' '.repeat(mark.length);
    const where = at === undefined ? '' : ` (${(0,markdown/* escape */.ih)(`${at.file}:${at.line}`)})`;
    const said = `${mark}${signs[severity]}**${(0,markdown/* escape */.ih)(name)}**${where} · ${(0,markdown/* escape */.ih)(ended(message))} ${explained(name, links)}`;
    const fixes = remedies.map((one, step) => instructions(one, step > 0, indent));
    return [said, ...fixes].join('\n\n');
}
/** What others say mostly ends without a full stop, and the link would go on with it. */
function ended(message) {
    return /[.!?]\s*$/.test(message) ? message : `${message.trimEnd()}.`;
}
function explained(name, { findings }) {
    return findings === null
        ? '(`docs/findings.md` explains it)'
        : `[What does this mean?](${findings}#${name})`;
}
/** A remedy: where and what in words, and the lines below it to copy them. */
function instructions(remedy, alternative, indent) {
    return remedy
        .map((one, step) => {
        const words = `${indent}${(0,markdown/* escape */.ih)((0,src_remedy/* introduction */.rx)(one, alternative && step === 0))}`;
        return one.lines.length === 0 ? words : `${words}\n\n${linesOf(one, indent)}`;
    })
        .join('\n\n');
}
function linesOf({ lines, long }, indent) {
    const text = lines.join('\n');
    if (long !== true)
        return (0,markdown/* copyable */.kh)(text, indent);
    const language = text.startsWith('<?php') ? 'php' : '';
    return (0,markdown/* folded */.TM)('Show the lines', (0,markdown/* fenced */.OF)(text.trimEnd(), language, indent), indent);
}

// EXTERNAL MODULE: ./src/report/log.ts
var log = __webpack_require__(46472);
;// CONCATENATED MODULE: ./src/report/own.ts


/** The commands of the repository that ran, each with the end of its output. */
function ownCommands({ hosts }) {
    return hosts
        .filter(({ ran = [] }) => ran.length > 0)
        .map(({ server, ran = [] }) => {
        const where = hosts.length > 1 ? ` on ${(0,markdown/* escape */.ih)(server)}` : '';
        return `### Your own commands${where}\n\n${ran.map(one).join('\n\n')}`;
    })
        .join('\n\n');
}
/** In the title of what is folded stands no text of strangers. */
function one({ moment, run, exit, seconds, output }) {
    const green = typeof exit === 'object' && 'code' in exit && exit.code === 0;
    const how = `${moment}, ${green ? 'done' : (0,log/* ended */.v6)(exit)}, ${seconds.toFixed(1)} s`;
    const text = `$ ${run.trim()}\n${output.trim()}`.trim();
    return (0,markdown/* folded */.TM)(`${green ? '✅' : '❌'} ${how}`, (0,markdown/* fenced */.OF)(text, '', ''));
}

// EXTERNAL MODULE: ./src/report/links.ts
var report_links = __webpack_require__(83303);
// EXTERNAL MODULE: ./src/report/fitted.ts
var fitted = __webpack_require__(80592);
// EXTERNAL MODULE: ./src/report/tables.ts
var tables = __webpack_require__(46677);
;// CONCATENATED MODULE: ./src/report/summary.ts










// The runner drops a summary above 1 MiB (actions/runner, FileCommandManager.cs).
const largest = 900_000;
const note = 'The rest was left out, because GitHub shows no larger page. The file of the output `report` has it.';
/**
 * The report as the page GitHub shows for the step: Markdown, all foreign text escaped. What a person needs first stands
 * first: how it ended and why, what the site is now, what to fix.
 */
function summary_markdown(report, { links, changes } = { links: report_links/* noLinks */.d, changes: [] }) {
    const sign = (0,report_report/* isGreen */.gf)(report) ? '✅' : '❌';
    return (0,fitted/* fitted */.$)(largest, note, [
        [0, `## ${sign} ${(0,markdown/* escape */.ih)((0,outcome/* title */.D)(report))}`],
        [0, `**${(0,outcome/* siteNow */.u)(report, (id) => (0,tables/* commitLink */.wn)(id, links))}**`],
        [0, report.command === 'check' ? checked(report) : ''],
        [0, releases(report, links)],
        [1, plans(report)],
        [1, toFix(report, links)],
        [2, (0,markdown/* list */.p_)('Not verified', report.unverified)],
        [3, toPaste(report)],
        [4, mayWait(report, links)],
        [4, (0,markdown/* list */.p_)('Ready', report.ready)],
        [5, printed(report)],
        [6, (0,tables/* steps */.Ci)(report)],
        [6, ownCommands(report)],
        [6, (0,tables/* databases */.LL)(report)],
        [7, (0,tables/* columns */.YB)(report)],
        [8, toKnow(report, links)],
        [9, (0,tables/* facts */.Ix)(report, links)],
        // A lock that came and went is no change of the site.
        [10, report.outcome === 'refused' ? '' : (0,tables/* commands */.Pi)(report, changes)],
    ]);
}
function checked({ checked: what }) {
    return what === undefined ? '' : `${(0,markdown/* escape */.ih)(what)}.`;
}
/** What was deployed, host by host. */
function releases({ hosts }, links) {
    return hosts
        .filter((host) => host.releases !== undefined)
        .map(({ server, releases: all = [] }) => {
        const where = hosts.length > 1 ? ` on ${(0,markdown/* escape */.ih)(server)}` : '';
        const known = all.length === 0 ? 'None is known.' : (0,report_releases/* releasesTable */.H3)(all, links);
        return `### Deploys${where}\n\n${known}`;
    })
        .join('\n\n');
}
/** What a deploy would do, host by host. */
function plans({ hosts }) {
    return hosts.flatMap(({ plan }) => (plan === undefined ? [] : [(0,report_plan/* planPage */.jt)(plan)])).join('\n\n');
}
function printed({ printed: text }) {
    if (text === undefined)
        return '';
    return `### The tables as they are, for \`.ci4-deploy.yml\`\n\n${(0,markdown/* fenced */.OF)(text.trimEnd(), 'yaml', '')}`;
}

;// CONCATENATED MODULE: ./src/report/publish.ts









/** The report as the file that the output `report` names. */
function reportFile(report) {
    return `${JSON.stringify((0,harmless/* cleaned */.L)(report), null, 2)}\n`;
}
/** Says the report everywhere it is read: log, annotations, outputs, step summary. */
async function publish(reported, workflow, log, { file, comment, links }) {
    const report = (0,harmless/* cleaned */.L)(reported);
    log.close();
    sayAsked(report, log);
    sayFindings(report, workflow, log);
    for (const line of report.ready)
        log.say(`Ready: ${line}`);
    if (report.command === 'doctor')
        sayBlocks(report, log);
    for (const line of report.rollbackNotes)
        log.say(`Rolled back: ${line}`);
    for (const line of report.unverified)
        log.say(`Not verified: ${line}`);
    log.say((0,outcome/* siteNow */.u)(report, (id) => id.slice(0, 10)));
    log.say((0,report_report/* closing */.ET)(report));
    for (const [name, value] of Object.entries(outputs(report, { file, comment })))
        workflow.output(name, value);
    await workflow.summary(summary_markdown(report, { links, changes: log.changes }));
}
/** What was asked for: the plan, or the list of deploys. */
function sayAsked({ hosts }, log) {
    for (const { plan, releases = [] } of hosts) {
        for (const line of plan === undefined ? [] : (0,report_plan/* planLines */.HN)(plan))
            log.say(line);
        for (const line of (0,report_releases/* releaseLines */.xe)(releases))
            log.say(line);
    }
}
/** All there is to paste once more, as a block for each who does it. */
function sayBlocks({ findings }, log) {
    const all = (0,to_paste/* blocks */.B)(findings);
    if (all.length > 0)
        log.say(`To paste, all of it:\n${(0,src_remedy/* remedyText */.K1)([all])}`);
}
/** The outputs of the action, each as text. */
function outputs(report, { file, comment }) {
    return {
        outcome: report.outcome,
        commit: report.commit,
        'previous-commit': report.hosts[0]?.previousCommit ?? '',
        migrations: JSON.stringify(report.migrations),
        batch: report.batch === null ? '' : String(report.batch),
        columns: JSON.stringify(report.columns),
        plan: report.hosts[0]?.plan === undefined ? '' : JSON.stringify(report.hosts[0].plan),
        'plan-comment': comment,
        releases: JSON.stringify(report.hosts[0]?.releases ?? []),
        findings: JSON.stringify(report.findings),
        seconds: report.seconds.toFixed(1),
        report: file,
    };
}


/***/ }),

/***/ 51529:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   x: () => (/* binding */ annotationText)
/* harmony export */ });
/* harmony import */ var _remedy_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(35251);

/** The text of an annotation: what was found, and below it what to do. */
function annotationText(message, remedies = []) {
    return remedies.length === 0 ? message : `${message}\n${(0,_remedy_js__WEBPACK_IMPORTED_MODULE_0__/* .remedyText */ .K1)(remedies)}`;
}


/***/ })

};
;