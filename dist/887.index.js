"use strict";
exports.id = 887;
exports.ids = [887];
exports.modules = {

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

/***/ 92887:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runCheck: () => (/* binding */ runCheck)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: ./src/checkout/checkout.ts + 6 modules
var checkout_checkout = __webpack_require__(63745);
// EXTERNAL MODULE: ./src/checkout/write.ts
var write = __webpack_require__(52279);
// EXTERNAL MODULE: ./src/count.ts
var src_count = __webpack_require__(89984);
// EXTERNAL MODULE: ./src/remedy.ts
var remedy = __webpack_require__(35251);
// EXTERNAL MODULE: ./src/config/settings-commands.ts
var settings_commands = __webpack_require__(99784);
// EXTERNAL MODULE: ./src/config/settings-file.ts + 2 modules
var settings_file = __webpack_require__(15456);
// EXTERNAL MODULE: ./src/config/settings-path.ts
var settings_path = __webpack_require__(93997);
// EXTERNAL MODULE: ./src/finding.ts
var src_finding = __webpack_require__(52018);
// EXTERNAL MODULE: ./src/static/check.ts + 5 modules
var check = __webpack_require__(39941);
;// CONCATENATED MODULE: ./src/static/judge/grouped.ts

/** Rules that speak of every file of a project that never kept them: one finding for each name is enough. */
const repetitive = new Set([
    'migration-down-empty',
    'migration-class-name',
]);
const placesShown = 5;
/** The findings, with one for each rule that would say the same of many files. */
function grouped(findings) {
    const byName = Map.groupBy(findings, ({ name }) => name);
    return findings.flatMap((one) => {
        const all = byName.get(one.name) ?? [];
        if (!repetitive.has(one.name) || all.length === 1)
            return [one];
        return all[0] === one ? [together(one, all)] : [];
    });
}
function together(first, all) {
    const others = all.slice(1).map(({ at }) => `${at?.file ?? ''}:${at?.line ?? ''}`);
    const more = others.length > placesShown ? `, and ${others.length - placesShown} more` : '';
    const places = others.slice(0, placesShown).join(', ');
    return {
        ...first,
        message: `${first.message} The same in ${(0,src_count/* counted */.h)(others.length, 'more file')}: ${places}${more}.`,
    };
}

// EXTERNAL MODULE: ./src/static/judge/names.ts
var names = __webpack_require__(81034);
;// CONCATENATED MODULE: ./src/static/judge/ignores.ts


const mark = /(?:\/\/|#|\/?\*)\s*ci4-deploy-ignore\b\s*([^:\s]*)\s*(?::\s*(.*?))?\s*(?:\*\/)?\s*$/;
/**
 * Takes out the findings that a comment on their line, or on the line above, says to ignore, with its reason:
 * `// ci4-deploy-ignore rule-name: reason`. A comment without a reason or with an unknown name ignores nothing and is
 * an error itself.
 * @param texts all files that comments may stand in, by path
 */
function withoutIgnored(findings, texts) {
    const { comments, problems } = commentsIn(texts);
    const left = [];
    const ignored = [];
    for (const one of findings) {
        const { name, at, message } = one;
        const comment = at === undefined ? undefined : comments.get(key(name, at.file, at.line));
        if (comment === undefined)
            left.push(one);
        else
            ignored.push({ ...comment, found: message });
    }
    return { left: [...left, ...problems], ignored };
}
/** The comments by the findings they take out, and those that ignore nothing. */
function commentsIn(texts) {
    const comments = new Map();
    const problems = [];
    for (const [file, text] of texts) {
        if (!text.includes('ci4-deploy-ignore'))
            continue;
        for (const [index, row] of text.split('\n').entries()) {
            const found = mark.exec(row);
            if (found === null)
                continue;
            const [, rule = '', reason = ''] = found;
            const at = { file, line: index + 1 };
            const problem = problemOf(rule, reason);
            if (problem !== null)
                problems.push(badIgnore(problem, file, at.line));
            else {
                const comment = { rule, reason, comment: row.trim(), at };
                for (const line of [at.line, at.line + 1])
                    comments.set(key(rule, file, line), comment);
            }
        }
    }
    return { comments, problems };
}
function key(name, file, line) {
    return `${name} ${line} ${file}`;
}
function problemOf(name, reason) {
    if (!names/* ruleNames */.XZ.includes(name))
        return `there is no rule "${name}"`;
    return reason === '' ? 'it gives no reason' : null;
}
function badIgnore(problem, file, line) {
    return {
        name: 'ignore-comment',
        severity: 'error',
        message: `This comment ignores nothing: ${problem}.`,
        remedies: (0,src_finding/* remedies */.JW)('// ci4-deploy-ignore rule-name: the reason why it does no harm here'),
        at: { file, line },
    };
}
/** The findings with the severities that were set for them; those that are off are left out. */
function withSeverities(findings, severities) {
    return findings.flatMap((one) => {
        const severity = severities.get(one.name) ?? one.severity;
        return severity === 'off' ? [] : [{ ...one, severity }];
    });
}

;// CONCATENATED MODULE: ./src/static/judge/silenced.ts


const order = ['error', 'warning', 'notice', 'off'];
/**
 * The severities that count, and what is said of those that do not. A pull request makes rules stricter at once, and
 * weaker only once it is merged. Else it could switch off what is found of it.
 */
function severitiesThatCount({ own, base, text }) {
    if (base === null)
        return { severities: own.severities, findings: [] };
    const severities = new Map(base.severities);
    const findings = [];
    for (const [rule, level] of own.severities) {
        const before = base.severities.get(rule);
        if (level === before)
            continue;
        if (isStricter(level, before))
            severities.set(rule, level);
        else
            findings.push(lowered(rule, before, level, lineOf(text, rule)));
    }
    return { severities, findings };
}
function isStricter(level, before) {
    return before === undefined ? level === 'error' : order.indexOf(level) < order.indexOf(before);
}
function lowered(rule, before, level, line) {
    return {
        ...(0,src_finding/* warningFinding */.oL)('rule-lowered', `This pull request sets the rule ${rule} to ${level}. The check goes by the base (${before ?? 'not set there'}) until this is merged.`, 'If the rule is wrong for this repository, merge the change of .ci4-deploy.yml by itself first.'),
        at: { file: settings_path/* settingsFile */._, line },
    };
}
function lineOf(text, key) {
    return (Math.max(0, text.split('\n').findIndex((row) => row.trimStart().startsWith(`${key}:`))) + 1);
}
/** Tables that the base describes and this pull request does not: nobody compares them any more. */
function tablesLeftOut({ own, base }) {
    const names = new Set(own.tables.map(({ name }) => name));
    const gone = (base?.tables ?? []).filter(({ name }) => !names.has(name));
    return gone.map(({ name }) => ({
        ...(0,src_finding/* warningFinding */.oL)('described-table-left-out', `This pull request takes the table ${name} out of .ci4-deploy.yml, so it is not compared any more.`, 'Look whether it was on purpose.'),
        at: { file: settings_path/* settingsFile */._, line: 1 },
    }));
}
/** What comments took out that the base does not have: the pull request silences its own findings, so they are shown. */
async function silencedHere(ignored, changes) {
    if (changes === null)
        return [];
    const findings = [];
    for (const one of ignored) {
        const before = (await changes.before(one.at.file)) ?? '';
        if (before.split('\n').some((row) => row.trim() === one.comment))
            continue;
        findings.push({
            ...(0,src_finding/* warningFinding */.oL)('finding-ignored', `A comment of this pull request takes out ${one.rule}. Its reason: ${one.reason}. What was found: ${one.found}`, 'Look whether the reason holds.'),
            at: one.at,
        });
    }
    return findings;
}

;// CONCATENATED MODULE: ./src/static/judge/base.ts


/** The files as the base has them. What was not read there is nobody's fault here. */
function treeOfBase(tree, { files, before }) {
    const none = [];
    return {
        leftOut: none,
        read: async (path) => (files.has(path) ? before(path) : tree.read(path)),
        async list(folder) {
            const kept = (await tree.list(folder)).filter((path) => files.get(path) !== 'added');
            const gone = [...files].filter(([path, how]) => how === 'deleted' && path.startsWith(folder));
            return [...kept, ...gone.map(([path]) => path)];
        },
    };
}
/**
 * The findings that the base does not have already; errors and warnings that it has become one, with their number.
 * A finding is the same in whatever line it stands.
 */
function newHere(findings, ofBase, base) {
    const left = new Map();
    for (const one of ofBase)
        left.set(keyOf(one), (left.get(keyOf(one)) ?? 0) + 1);
    const fresh = [];
    const old = [];
    for (const one of findings) {
        const count = left.get(keyOf(one)) ?? 0;
        (count > 0 ? old : fresh).push(one);
        left.set(keyOf(one), count - 1);
    }
    // A notice that was there before is nobody's work.
    const work = old.filter(({ severity }) => severity !== 'notice');
    return work.length === 0 ? fresh : [...fresh, summedUp(work, base)];
}
function keyOf({ name, at, message }) {
    return JSON.stringify([name, at?.file, message]);
}
function summedUp(old, base) {
    const errors = old.filter(src_finding/* isError */.bJ).length;
    const names = [...new Set(old.map(({ name }) => name))].join(', ');
    const place = old.find(src_finding/* isError */.bJ)?.at ?? old[0]?.at ?? { file: 'app/Config/App.php', line: 1 };
    return {
        name: 'base-has-findings',
        severity: 'notice',
        at: place,
        message: `${base} has ${(0,src_count/* counted */.h)(old.length, 'finding')} already, ${(0,src_count/* counted */.h)(errors, 'error')} among them: ${names}. They are not counted here. Input report: all shows them.`,
    };
}

// EXTERNAL MODULE: ./src/static/forge/release.ts
var forge_release = __webpack_require__(3143);
// EXTERNAL MODULE: ./src/static/project/project.ts + 6 modules
var project_project = __webpack_require__(57770);
// EXTERNAL MODULE: ./src/static/catalog/model.ts
var model = __webpack_require__(40059);
;// CONCATENATED MODULE: ./src/static/judge/changes.ts
/** Whether a finding in this file is the pull request's own; without a base everything is. */
function isChanged(path, changes) {
    return changes === null || changes.files.has(path);
}
/** The same for a path that was not read: what it lies in may be what the pull request changes. */
function isTouched(path, changes) {
    const names = path.split('/');
    return names.some((_, at) => isChanged(names.slice(0, at + 1).join('/'), changes));
}
/** The migrations that a pull request brings; all of them without a base. */
function brought(migrations, changes) {
    return migrations.filter(({ path }) => changes === null || changes.files.get(path) === 'added');
}

// EXTERNAL MODULE: ./src/static/judge/lock-cost.ts
var lock_cost = __webpack_require__(17413);
;// CONCATENATED MODULE: ./src/static/judge/lock-cost-words.ts

/** What an ALTER TABLE costs, in words: on the server that is known, else on all. Null where nothing is copied. */
function copyWords(before, alterations, server, circumstances) {
    if (server !== null) {
        const algorithm = (0,lock_cost/* algorithmOf */.Hy)(before, alterations, (0,lock_cost/* generationOf */.gS)(server), circumstances);
        const name = `${server.name} ${server.version}`;
        if (algorithm === 'COPY')
            return `${name} copies the table for it (ALGORITHM=COPY), and every write waits until it is done`;
        return algorithm === 'COPY, online'
            ? `${name} copies the table for it, while writes go on`
            : null;
    }
    const copying = lock_cost/* generations */.YZ.filter((one) => (0,lock_cost/* algorithmOf */.Hy)(before, alterations, one, circumstances) === 'COPY');
    if (copying.length === 0)
        return null;
    const all = copying.length >= lock_cost/* generations */.YZ.length - 1;
    return `${all ? 'every server but MariaDB 11.4 and newer copies' : `${copying.join(', ')} (and releases near them) copy`} the table for it (ALGORITHM=COPY), and every write waits until it is done`;
}
/** What an ALTER TABLE costs on a server, as a comment to stand above it. */
function costComment(before, alterations, server) {
    const algorithm = (0,lock_cost/* algorithmOf */.Hy)(before, alterations, (0,lock_cost/* generationOf */.gS)(server));
    const words = {
        INSTANT: 'at once (ALGORITHM=INSTANT)',
        INPLACE: 'in place, writes go on (ALGORITHM=INPLACE)',
        'INPLACE, writes wait': 'in place, writes wait (ALGORITHM=INPLACE, LOCK=SHARED)',
        COPY: 'copies the table, writes wait (ALGORITHM=COPY)',
        'COPY, online': 'copies the table while writes go on',
    };
    return `-- ${server.name} ${server.version}: ${algorithm === null ? 'not measured' : words[algorithm]}`;
}

;// CONCATENATED MODULE: ./src/static/judge/alters.ts




/** What the pull request does to tables that servers already have: what destroys, what copies, what loses dates. */
function judgeAlters({ catalogs }, project, changes, server) {
    const session = 'unresolved' in project.session ? null : project.session.configuration.table;
    return [...catalogs.values()].flatMap((catalog) => catalog.alters
        .filter((one) => isChanged(one.place.file, changes))
        .flatMap((one) => [
        ...(isLive(one, changes) ? [...destructive(one), ...copying(one, server)] : []),
        ...(one.before.name === session ? converted(one) : []),
    ]));
}
/** The table was made by a migration that servers have run: without a base, by another file than this one. */
function isLive({ before, place }, changes) {
    return changes === null
        ? before.place.file !== place.file
        : !changes.files.has(before.place.file);
}
function destructive({ before, after, alterations, place }) {
    if (after === null) {
        return [
            lost(place, `${before.name} is dropped with everything in it, and down() cannot bring that back`),
        ];
    }
    const gone = alterations.flatMap((one) => {
        if (one.kind === 'drop column')
            return [`the column ${one.name} of ${before.name} is dropped with everything in it`];
        if (one.kind === 'rename column')
            return [`the column ${one.from} of ${before.name} gets another name`];
        if (one.kind === 'change column' && one.from.toLowerCase() !== one.column.name.toLowerCase()) {
            return [`the column ${one.from} of ${before.name} gets another name`];
        }
        return one.kind === 'rename table' ? [`${before.name} gets another name`] : [];
    });
    return gone.map((what) => lost(place, what));
}
function lost(place, what) {
    return (0,names/* found */.F9)('migration-destructive', place, `${what.slice(0, 1).toUpperCase()}${what.slice(1)}. The previous code still runs while the migration does, and it uses that.`, 'First deploy code that no longer needs it, and then this migration.');
}
function copying({ before, after, alterations, place, checksKeys }, server) {
    if (after === null)
        return [];
    const words = copyWords(before, alterations, server, { checksKeys, strict: true });
    if (words === null)
        return [];
    return [
        (0,names/* found */.F9)('migration-copies-table', place, `${before.name} is changed, and ${words}. With many rows that takes minutes.`, 'Deploy it when few visitors are there, or change the table with a tool that copies in the background.'),
    ];
}
function converted({ before, after, alterations, place }) {
    const old = (0,model/* columnOf */.uV)(before, 'timestamp');
    const now = after === null ? undefined : (0,model/* columnOf */.uV)(after, 'timestamp');
    const modified = alterations.some((one) => one.kind === 'change column' && one.from.toLowerCase() === 'timestamp');
    if (!modified || old === undefined || now === undefined)
        return [];
    if (!old.type.includes('int') || !/^(timestamp|datetime)/.test(now.type))
        return [];
    return [
        (0,names/* found */.F9)('session-timestamp-converted', place, 'Numbers do not become dates this way: every session gets the date 0000-00-00 and the next garbage collection logs everybody out. With strictOn the migration fails.', `$this->forge->dropColumn('${before.name}', 'timestamp');\n$this->forge->addColumn('${before.name}', ['timestamp TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP']);`),
    ];
}

// EXTERNAL MODULE: ./src/static/forge/connection.ts + 6 modules
var connection = __webpack_require__(78692);
// EXTERNAL MODULE: ./src/static/project/migrations.ts + 1 modules
var project_migrations = __webpack_require__(34071);
// EXTERNAL MODULE: ./src/static/program/syntax.ts
var syntax = __webpack_require__(55494);
;// CONCATENATED MODULE: ./src/static/judge/syntax.ts


/**
 * What PHP says of a file that the newest grammar reads. A name may stand for another class already, and the oldest PHP
 * that composer.json allows may not read all of it.
 * @param oldest as `8.1`; null where composer.json names none
 */
function judgeSyntax({ path, text, own }, oldest) {
    if (own === null)
        return [];
    const imported = own.names.imports.get(own.name.toLowerCase());
    if (imported !== undefined && imported !== `${own.namespace}\\${own.name}`) {
        const message = `The name ${own.name} stands for ${imported} in this file. PHP stops with "Cannot declare class ${own.name} because the name is already in use", and no migration after it runs.`;
        return [(0,names/* found */.F9)('migration-syntax', { file: path, line: own.line }, message)];
    }
    const error = oldest === null ? null : errorFor(text, path, oldest);
    if (error === null)
        return [];
    const message = `PHP ${oldest ?? ''}, which composer.json allows, cannot read this: ${error.message}. On a server with it, spark migrate stops here.`;
    return [
        {
            ...(0,names/* found */.F9)('migration-syntax', { file: path, line: error.line }, message),
            severity: 'warning',
        },
    ];
}
function errorFor(text, path, version) {
    try {
        (0,syntax/* parsePhp */.wn)(text, path, version);
        return null;
    }
    catch (error) {
        if (error instanceof syntax/* PhpSyntaxError */.iT)
            return error;
        throw error;
    }
}

// EXTERNAL MODULE: ./src/static/program/class.ts
var program_class = __webpack_require__(94413);
;// CONCATENATED MODULE: ./src/static/judge/same-code.ts

// Fields of php-parser that say how something is written, and not what it does. Types and visibility only refuse.
const style = new Set([
    ...['loc', 'raw', 'isDoubleQuote', 'shortForm', 'curly', 'parenthesizedExpression', 'unicode'],
    ...['type', 'nullable', 'visibility', 'visibilitySet', 'isFinal', 'readonly', 'isReadonly'],
    ...['attrGroups', 'hooks', 'leadingComments', 'trailingComments', 'implements'],
]);
/**
 * Whether two versions of a migration do the same where they run, however they are written: white space, comments,
 * types, imports, the order of methods. A down() that is corrected counts on every server: it is the one that runs.
 */
function doTheSame(one, other) {
    return essence(one) === essence(other);
}
function essence({ namespace, name, parent, methods, properties, constants, names, }) {
    const members = [methods, properties, constants].map((all) => [...all]
        .filter(([member]) => member !== 'down')
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([member, node]) => [member, bare(node, names)]));
    return JSON.stringify([namespace, name, parent, members]);
}
/**
 * A node without its style, with full names of classes. In a text a new line with its indentation is a blank, as it is
 * to SQL.
 */
function bare(value, names) {
    if (Array.isArray(value)) {
        return value.filter((one) => !isNothing(one)).map((one) => bare(one, names));
    }
    if (typeof value === 'string')
        return value.replaceAll(/\s*\n\s*/g, ' ');
    if (typeof value !== 'object' || value === null)
        return value;
    const node = value;
    // Functions fall back to those of PHP, which have no namespace; both versions are read alike.
    if (node.kind === 'name')
        return ['name', (0,program_class/* fullName */.f)(node, names).toLowerCase()];
    return Object.entries(node)
        .filter(([field]) => !style.has(field))
        .map(([field, one]) => [field, bare(one, names)]);
}
function isNothing(value) {
    return typeof value === 'object' && value !== null && value.kind === 'noop';
}

;// CONCATENATED MODULE: ./src/static/judge/files.ts







/**
 * Faults of migration files as files: names, classes, order, and what the base already has.
 * @param folders whose migrations run; what lies elsewhere is nobody's business here
 */
async function judgeFiles(migrations, folders, changes, { leaves = () => new Set(), oldest = null, } = {}) {
    const changed = migrations.filter(({ path }) => isChanged(path, changes));
    const fresh = brought(migrations, changes);
    return [
        ...changed.flatMap((file) => oneFile(file, migrations)),
        ...changed.flatMap((file) => (file.version === null ? [] : judgeSyntax(file, oldest))),
        ...twice(migrations, changed),
        ...(changes === null ? [] : await againstBase(migrations, fresh, folders, changes, leaves)),
        ...fresh.flatMap(emptyDown),
    ];
}
function oneFile(file, all) {
    const { path, own, syntaxError, unread, version, name } = file;
    if (version === null)
        return isMigration(file, all) ? [ignored(path)] : [];
    if (syntaxError !== null) {
        const at = { file: path, line: syntaxError.line };
        const message = `This cannot be read as PHP: ${syntaxError.message}. spark migrate stops here, and no migration after it runs.`;
        return [(0,names/* found */.F9)('migration-syntax', at, message)];
    }
    if (unread !== null)
        return [notRead(path, unread)];
    if (own === null) {
        const message = 'The file has no class: spark migrate stops here, and no migration after it runs.';
        return [(0,names/* found */.F9)('migration-class-missing', { file: path, line: 1 }, message)];
    }
    if (own.name === name)
        return [];
    const message = `The class is called ${own.name}, the file ${name}. It runs, but the ledger knows it by its class: who corrects that later makes it run again.`;
    return [(0,names/* found */.F9)('migration-class-name', { file: path, line: own.line }, message, `class ${name}`)];
}
/** A base class, a trait or a file of functions is no migration, and the runner rightly passes it over. */
function isMigration({ own }, all) {
    const up = own?.methods.get('up');
    if (own?.parent == null || up === undefined || up['isAbstract'] === true)
        return false;
    const name = `${own.namespace}\\${own.name}`.toLowerCase();
    return !all.some((one) => one.own?.parent?.toLowerCase() === name);
}
function notRead(file, why) {
    return {
        name: 'file-not-read',
        severity: 'warning',
        message: `${file} was not read: ${why}. What it does is not checked.`,
        at: { file, line: 1 },
    };
}
function ignored(path) {
    const file = (0,project_migrations/* baseName */.Fl)(path);
    const [, date, rest = file] = new RegExp(`^${project_migrations/* versionPart */.uN}[_-]*(.*)$`).exec(file) ?? [];
    const reason = date === undefined
        ? 'its name does not begin with a date and a time of six digits'
        : 'behind the date its name may have letters, digits and underscores alone, after one underscore';
    const name = rest.replace(/^[\d_-]*/, '').replace(/\W+/g, '_') || 'Migration';
    const stamp = date === undefined ? '"$(date -u +%Y-%m-%d-%H%M%S)_"' : `${date}_`;
    return (0,names/* found */.F9)('migration-file-ignored', { file: path, line: 1 }, `The runner ignores this file without a word: ${reason}.`, (0,remedy/* inClone */.Jv)('Give it a name that runs', `git mv -- '${path}' '${path.replace(/[^/]*$/, '')}'${stamp}${name}.php`));
}
/** One class in two files is an error of PHP; one version in two files leaves their order to the class names. */
function twice(all, changed) {
    const run = all.filter(({ version }) => version !== null);
    const byClass = Map.groupBy(run, classOf);
    const byVersion = Map.groupBy(run, ({ version }) => version);
    return changed.flatMap((file) => {
        const { version, own, path } = file;
        if (version === null || own === null)
            return [];
        const at = { file: path, line: own.line };
        const namesake = byClass.get(classOf(file))?.find((one) => one !== file);
        if (namesake !== undefined) {
            const message = `${namesake.path} has the class ${own.name} too: PHP stops with "Cannot declare class" when both run.`;
            return [(0,names/* found */.F9)('migration-class-duplicate', at, message, 'Give the newer one another name.')];
        }
        const sibling = byVersion.get(version)?.find((one) => one !== file);
        if (sibling === undefined)
            return [];
        const message = `${sibling.path} has the same date and time: which of them runs first, their class names decide.`;
        return [(0,names/* found */.F9)('migration-version-duplicate', at, message, 'Give the newer one a later time.')];
    });
}
/** The full name; PHP makes no difference between capitals and small letters there. Null for a file without a class. */
function classOf({ own }) {
    return own === null ? null : `${own.namespace}\\${own.name}`.toLowerCase();
}
const runnable = new RegExp(`/${project_migrations/* versionPart */.uN}_\\w+\\.php$`);
async function againstBase(migrations, fresh, folders, changes, leaves) {
    const ofBase = changes.basePaths.filter((path) => folders.some((one) => path.startsWith(one)));
    const keys = new Set(migrations.map(project_migrations/* order */.fq));
    const findings = [];
    const others = [];
    for (const [path, how] of changes.files) {
        if (!ofBase.includes(path) || !runnable.test(path))
            continue;
        const before = (await changes.before(path)) ?? '';
        if (how === 'deleted')
            findings.push(...deleted(path, before, keys, changes.base));
        const now = migrations.find((one) => one.path === path);
        if (how !== 'deleted' && now !== undefined)
            others.push(...changed(now, before));
    }
    const same = leaves(others.flatMap(({ versions }) => versions ?? []));
    const modified = others.filter(({ now }) => !same.has(now.path));
    return [
        ...findings,
        ...modified.map((one) => modification(one, changes.base)),
        ...older(fresh, ofBase, changes.base),
    ];
}
/** Another name behind the same version and class is the same migration to the ledger. */
function deleted(path, before, keys, base) {
    const version = new RegExp(`${project_migrations/* versionPart */.uN}_`).exec(path)?.[1]?.replaceAll(/\D/g, '') ?? '';
    const namespace = /^\s*namespace\s+([\w\\]+)/m.exec(before)?.[1] ?? '';
    const name = /^\s*(?:final\s+)?class\s+(\w+)/m.exec(before)?.[1] ?? '';
    if (keys.has(`${version}${namespace}\\${name}`))
        return [];
    const finding = (0,names/* found */.F9)('migration-deleted', { file: path, line: 1 }, `${base} has this migration, so servers have run it. Without its file spark migrate:rollback stops ("There is a gap in the migration sequence"), and a fresh database becomes another one.`, (0,remedy/* inClone */.Jv)('Bring it back', `git checkout ${base} -- '${path}'`));
    return [finding];
}
/** Empty where it says the same as before. */
function changed(now, before) {
    const { path, namespace, text, own } = now;
    const old = (0,project_migrations/* migrationFile */.ZQ)(path, before, namespace).own;
    if (own === null || old === null) {
        return files_bare(text) === files_bare(before) ? [] : [{ now, before, versions: null }];
    }
    if (doTheSame(own, old))
        return [];
    return [{ now, before, versions: { path, before: old, now: own } }];
}
function modification({ now: { path, text }, before }, base) {
    const rows = before.split('\n');
    const line = text.split('\n').findIndex((row, at) => row !== rows[at]) + 1;
    return (0,names/* found */.F9)('migration-changed', { file: path, line: Math.max(1, line) }, `${base} has this migration, so servers have run it and never will again: they stay as they are, and only fresh databases get the change.`, (0,remedy/* inClone */.Jv)('Undo the change, and write what it was for as a new migration', `git checkout ${base} -- '${path}'`));
}
/** Text without what changes nothing: blanks and comments of whole lines. */
function files_bare(text) {
    return text
        .split('\n')
        .map((row) => row.trim())
        .filter((row) => row !== '' && !/^(\/\/|#(?!\[)|\/?\*)/.test(row))
        .join('\n');
}
function older(fresh, ofBase, base) {
    const newest = ofBase
        .map((path) => new RegExp(`/${project_migrations/* versionPart */.uN}_[^/]*$`).exec(path)?.[1] ?? '')
        .map((version) => version.replaceAll(/\D/g, ''))
        .toSorted()
        .at(-1);
    return fresh.flatMap(({ version, path, own }) => {
        if (version === null || newest === undefined || version >= newest)
            return [];
        const message = `It is older than the newest migration of ${base} (${newest}): servers run it after that one, fresh databases before it.`;
        const at = { file: path, line: own?.line ?? 1 };
        return [(0,names/* found */.F9)('migration-older-than-base', at, message, 'Give it the time of today.')];
    });
}
function emptyDown({ own, path, version }) {
    if (own === null || version === null)
        return [];
    const down = own.methods.get('down');
    const body = down === undefined ? null : (0,syntax/* child */.jf)(down, 'body');
    const statements = body === null ? [] : (0,syntax/* children */.Y_)(body, 'children').filter(({ kind }) => kind !== 'noop');
    if (statements.some(({ kind, expr }) => kind !== 'return' || expr !== null))
        return [];
    const at = { file: path, line: down === undefined ? own.line : (0,syntax/* lineOf */.cA)(down) };
    const message = 'down() does nothing: a deploy that fails after this migration cannot roll it back, and the database stays ahead of the code.';
    return [(0,names/* found */.F9)('migration-down-empty', at, message, 'Undo in down() what up() does.')];
}

// EXTERNAL MODULE: ./src/schema/column-comparison.ts
var column_comparison = __webpack_require__(81355);
// EXTERNAL MODULE: ./src/schema/expected.ts
var expected = __webpack_require__(26587);
;// CONCATENATED MODULE: ./src/schema/creation.ts
/** The class of the migration that makes the table. */
const creationName = 'CreateSessionTable';
/** The migration that makes the table, as the framework's own generator would write it, but without IF NOT EXISTS. */
function creation({ table, columns, primaryKey }, prefix) {
    const name = JSON.stringify(table.startsWith(prefix) ? table.slice(prefix.length) : table);
    const fields = columns.map((column) => `            '${column.name} ${column.sql}',`);
    const keys = primaryKey.map((column) => `'${column}'`).join(', ');
    const up = [
        '        $this->forge->addField([',
        ...fields,
        '        ]);',
        `        $this->forge->addKey([${keys}], true);`,
        "        $this->forge->addKey('timestamp');",
        `        $this->forge->createTable(${name.replaceAll('"', "'")});`,
    ];
    const down = `        $this->forge->dropTable(${name.replaceAll('"', "'")});`;
    return migration(creationName, up.join('\n'), down);
}
function migration(name, up, down) {
    return `<?php

namespace App\\Database\\Migrations;

use CodeIgniter\\Database\\Migration;

class ${name} extends Migration
{
    public function up()
    {
${up}
    }

    public function down()
    {
${down}
    }
}
`;
}

// EXTERNAL MODULE: ./src/schema/migration.ts
var schema_migration = __webpack_require__(11039);
// EXTERNAL MODULE: ./src/schema/judge.ts
var judge = __webpack_require__(61872);
// EXTERNAL MODULE: ./src/static/catalog/built.ts
var built = __webpack_require__(64402);
// EXTERNAL MODULE: ./src/static/sql/statement.ts + 3 modules
var statement = __webpack_require__(36835);
;// CONCATENATED MODULE: ./src/static/judge/correction.ts



const aboutColumns = /^column-(missing|type|nullable|default|on-update|generated|invisible)$/;
/**
 * The findings of a table that no server has yet: there is nothing to alter, the migration itself is to be corrected.
 * Each gets the line to write; the first that has SQL keeps it for databases where the migration ran already.
 */
function asCorrections(findings, expectation, prefix) {
    return findings.map((one) => {
        const line = lineFor(one, expectation);
        if (line === null)
            return one;
        const inMigration = (0,remedy/* inRepository */.yJ)('Write in the migration', line);
        const [sql] = (one.remedies ?? []).flat().filter(({ where }) => where === 'database');
        if (sql === undefined)
            return { ...one, remedies: (0,src_finding/* remedies */.JW)(inMigration) };
        const whole = (0,remedy/* inRepository */.yJ)('The whole migration, corrected', creation(expectation, prefix));
        return {
            ...one,
            remedies: (0,src_finding/* remedies */.JW)([inMigration, whereItRan(sql)], { ...whole, long: true }),
        };
    });
}
function whereItRan(instruction) {
    return { ...instruction, what: 'Where this migration has run already' };
}
function lineFor({ name, message }, expectation) {
    if (name === 'primary-key') {
        return `$this->forge->addKey([${expectation.primaryKey.map((one) => `'${one}'`).join(', ')}], true);`;
    }
    if (name === 'timestamp-index-missing')
        return "$this->forge->addKey('timestamp');";
    if (!aboutColumns.test(name))
        return null;
    const column = expectation.columns.find((one) => message.startsWith(`${expectation.table}.${one.name} `));
    return column === undefined ? null : `'${column.name} ${column.sql}', // in addField([...])`;
}

;// CONCATENATED MODULE: ./src/static/judge/near-miss.ts
/** A table whose name is nearly that of the session table; null where there is none. */
function nearMiss({ configuration: { savePath, forgeTable } }, table, catalog) {
    const prefix = (forgeTable ?? '').slice(0, -savePath.length);
    for (const [name, entry] of catalog?.tables ?? []) {
        const why = reason(name, table, prefix);
        if (why === null || entry.kind !== 'table')
            continue;
        return { place: entry.table.place, words: `There is ${name}: ${why}` };
    }
    return null;
}
function reason(name, table, prefix) {
    if (name.toLowerCase() === table.toLowerCase()) {
        return `on Linux, capitals and small letters make different tables. Write ${table} in the migration.`;
    }
    if (prefix !== '' && name === prefix + table) {
        return `Forge puts the prefix ${prefix} before the name, so that it is there twice. Write ${table.slice(prefix.length)} in the migration.`;
    }
    if (prefix !== '' && prefix + name === table) {
        return `the prefix ${prefix} is missing, as query() adds none. Write ${table} there, or use Forge.`;
    }
    return differsLittle(name, table)
        ? 'is it the one you mean? The migration and savePath must have the same name.'
        : null;
}
/** One letter more, less, or another one. */
function differsLittle(one, other) {
    const [short, long] = one.length < other.length ? [one, other] : [other, one];
    if (long.length - short.length > 1)
        return false;
    let at = 0;
    while (at < long.length && long[at] === short[at])
        at += 1;
    const rest = long.slice(at + 1);
    return rest === short.slice(at) || rest === short.slice(at + 1);
}

;// CONCATENATED MODULE: ./src/static/judge/session-table.ts
















/** Holds the session table that the migrations make against what the application's own settings need. */
function judgeSessionTable(project, session, folded, { match, server }, changes) {
    const expectation = (0,expected/* expected */.p)(session.configuration);
    const group = session.group ?? project.defaultGroup;
    const catalog = folded.catalogs.get(group);
    const entry = catalog?.tables.get(expectation.table);
    if (entry === undefined) {
        return {
            findings: absent(session, expectation, folded, catalog, project.leftOut),
            columns: [],
        };
    }
    const table = (0,model/* resolved */.L$)(entry);
    if ('why' in table)
        return { findings: [unresolved(expectation, table)], columns: [] };
    const findings = (0,judge/* judgeTable */.sP)(expectation, (0,built/* built */.j)(table), match, (verdict) => placeIn(table, verdict));
    const costed = server === null ? findings : findings.map((one) => withCost(one, table, server));
    const isNew = changes?.files.get(table.place.file) === 'added';
    const reported = isNew ? asCorrections(costed, expectation, prefixOf(session)) : costed;
    return {
        findings: [...reported, ...conditional(catalog, expectation, changes)],
        columns: (0,column_comparison/* compareColumns */.l)(expectation, (0,built/* built */.j)(table), match),
    };
}
/** The line a verdict is about: its column, the primary key, else where the table is created. */
function placeIn(table, { name, column }) {
    const own = column === undefined ? undefined : (0,model/* columnOf */.uV)(table, column);
    const key = name === 'primary-key' ? (0,model/* indexOf */.qh)(table, 'PRIMARY') : undefined;
    const { file, line } = own?.place ?? key?.place ?? table.place;
    return { file, line };
}
function withCost(finding, table, server) {
    const [first, ...alternatives] = finding.remedies ?? [];
    const [sql, ...others] = first?.[0]?.lines ?? [];
    if (sql?.startsWith('ALTER TABLE') !== true)
        return finding;
    const change = (0,statement/* readStatement */.cO)(sql);
    if (change.kind !== 'alter table')
        return finding;
    const cost = costComment(table, change.alterations, server);
    return { ...finding, remedies: (0,src_finding/* remedies */.JW)((0,remedy/* inDatabase */.jG)('', cost, sql, ...others), ...alternatives) };
}
function unresolved({ table }, { place, why }) {
    return (0,names/* found */.F9)('session-table-unresolved', place, `What ${table} is like from here on, only running the migrations tells: ${why}. So the check has no verdict on it, neither right nor wrong.`, 'Write names, types and lengths as plain values, or run the migrations against a throw-away database in the same job.');
}
function absent(session, expectation, folded, catalog, leftOut) {
    const elsewhere = inOtherCatalog(expectation.table, catalog, folded.catalogs);
    if (elsewhere !== null)
        return [elsewhere];
    const doubt = whyPerhapsThere(folded, catalog) ?? inFurtherNamespaces(leftOut, session.place);
    return doubt === null
        ? [notCreated(session, expectation, catalog)]
        : [unresolved(expectation, doubt)];
}
function prefixOf({ configuration: { forgeTable, savePath } }) {
    return (forgeTable ?? '').slice(0, -savePath.length);
}
function notCreated(session, expectation, catalog) {
    const near = nearMiss(session, expectation.table, catalog);
    const message = `Sessions are kept in the table ${expectation.table}, and no migration creates it: every request that uses the session will fail with HTTP 500.`;
    if (near !== null) {
        return (0,names/* found */.F9)('session-table-not-created', near.place, `${message} ${near.words}`);
    }
    return (0,names/* found */.F9)('session-table-not-created', session.place, message, (0,remedy/* inClone */.Jv)('Let CodeIgniter write it', 'php spark make:migration --session', 'git add app/Database/Migrations', "git commit -m 'Create the session table' && git push"), (0,schema_migration/* commitFile */.w)(creationName, creation(expectation, prefixOf(session))));
}
/** What may create the table out of sight; null when nothing does. */
function whyPerhapsThere({ stoppedAt }, catalog) {
    if (stoppedAt !== null) {
        const why = 'this migration stops, and those after it never run';
        return { place: stoppedAt, why };
    }
    const [unnamed] = catalog?.unnamed ?? [];
    if (unnamed !== undefined) {
        const why = `a table is created whose name is not known (${unnamed.why})`;
        return { place: unnamed.place, why };
    }
    const [unseen] = catalog?.unseen ?? [];
    if (unseen === undefined)
        return null;
    return { place: unseen.place, why: `no migration creates it itself, but ${unseen.why} may` };
}
/** Migrations that are not read may create it, and a deploy with namespaces: all runs them. */
function inFurtherNamespaces({ migrations, namespaces }, place) {
    if (migrations === 0)
        return null;
    const why = `${(0,src_count/* counted */.h)(migrations, 'migration')} of ${(0,src_count/* counted */.h)(namespaces, 'further namespace')} ${migrations === 1 ? 'is' : 'are'} not read (input namespaces: all reads them)`;
    return { place, why };
}
function inOtherCatalog(table, own, catalogs) {
    for (const [group, other] of catalogs) {
        const entry = other.tables.get(table);
        // Each catalog learns of everything out of sight, also of tables it never had.
        if (other === own || entry?.kind !== 'table')
            continue;
        return inOtherGroup(table, group, entry.table.place);
    }
    return null;
}
function inOtherGroup(table, group, at) {
    return (0,names/* found */.F9)('session-table-in-other-group', at, `The migration creates ${table} in the database of the group ${group}, but the session looks for it in another. Every request that uses the session will fail with HTTP 500.`, `public ?string $DBGroup = '${group}';   in app/Config/Session.php, or the same $DBGroup in the migration`);
}
function conditional(catalog, { table }, changes) {
    const at = catalog?.conditional.get(table);
    // What servers have run already is the deploy's to compare.
    if (at === undefined || !isChanged(at.file, changes))
        return [];
    return [
        (0,names/* found */.F9)('session-table-conditional', at, `${table} is only created if it is not there. On a server that already has a table of that name, an older one survives and the migration counts as run. The deploy compares the live table.`),
    ];
}

;// CONCATENATED MODULE: ./src/static/judge/judge.ts








/**
 * Every rule, asked of the application as it lies there and of what the pull request changes.
 * @param leaves see {@link judgeFiles}
 */
async function judge_judge(project, folded, changes, wish, leaves) {
    const table = sessionTable(project, folded, wish, changes);
    return {
        columns: table.columns,
        findings: [
            ...table.findings,
            ...failures(project, folded, changes),
            ...tablesFromElsewhere(project, folded),
            ...(await judgeFiles(project.migrations, project.folders, changes, {
                leaves,
                oldest: project.oldestPhp,
            })),
            ...judgeAlters(folded, project, changes, wish.server),
            ...[...folded.unjudged].map(([group, driver]) => (0,names/* found */.F9)('group-not-mysql', { file: 'app/Config/Database.php', line: 1 }, `The group ${group} uses the driver ${driver}, so its tables are not judged: rules here are those of MySQL and MariaDB.`)),
            ...project.unresolvedNamespaces.map((namespace) => (0,names/* found */.F9)('namespace-unresolved', { file: 'app/Config/Autoload.php', line: 1 }, namespace === project_project/* everyOther */.gk
                ? 'Which namespaces there are, only running tells, so that migrations of App alone were read.'
                : `Where the namespace ${namespace} lies, only running tells, so that its migrations were not read.`)),
        ],
    };
}
function sessionTable(project, folded, wish, changes) {
    const { session } = project;
    if ('unresolved' in session) {
        const { unresolved, place } = session;
        const message = `A setting of the session is only known when the application runs (${unresolved.why}), so that its table was not checked.`;
        return { findings: [(0,names/* found */.F9)('session-settings-unresolved', place, message)], columns: [] };
    }
    const group = project.groups.get(session.group ?? project.defaultGroup);
    if (!session.configuration.inDatabase || (group !== undefined && !(0,connection/* isMysql */.n)(group)))
        return { findings: [], columns: [] };
    const { release } = project.known;
    if (!(0,forge_release/* isAtLeast */.du)(release, [4, 1, 2])) {
        const message = `CodeIgniter ${release.join('.')} writes the time of a session as a number. The check knows the table of newer releases, so that it has no verdict on ${session.configuration.table ?? ''}.`;
        return { findings: [(0,names/* found */.F9)('session-table-unresolved', session.place, message)], columns: [] };
    }
    return judgeSessionTable(project, session, folded, wish, changes);
}
/** Where something may come from that no migration makes that is read; null where all are read. */
function otherSource({ leftOut, packages }) {
    if (leftOut.migrations > 0) {
        return 'a namespace whose migrations are not read (input namespaces: all)';
    }
    return packages.map((name) => `the package ${name}`)[0] ?? null;
}
function perhaps(finding, project) {
    const source = otherSource(project);
    if (source === null)
        return finding;
    const message = `${finding.message} What is missing may come from ${source}.`;
    return { ...finding, severity: 'warning', message };
}
/** Tables that foreign keys point to and that come from elsewhere, if they are there at all. */
function tablesFromElsewhere(project, { catalogs }) {
    const source = otherSource(project) ?? 'elsewhere';
    return [...catalogs.values()].flatMap(({ references }) => [...references.missing].map(([table, { key, place }]) => ({
        ...(0,names/* found */.F9)('migration-fails', place, `The foreign key ${key} points to the table ${table}, which no migration makes that is read here. Where it is not there before, this fails (errno: 150). It may come from ${source}.`),
        severity: 'warning',
    })));
}
/** A failing statement stops all that follow. In an old migration it is no fault of the pull request: then it is only said. */
function failures(project, { failures: all, stoppedAt }, changes) {
    const findings = all.map(({ place, why, missing }) => {
        const stops = stoppedAt?.file === place.file
            ? 'spark migrate stops here, exits 0 all the same, and no migration after it runs'
            : 'the migration goes on as if nothing had happened';
        const message = `On an empty database this fails (${why}): ${stops}.`;
        const finding = (0,names/* found */.F9)('migration-fails', place, message);
        return missing ? perhaps(finding, project) : finding;
    });
    // A file without a class is said as such.
    const stopped = project.migrations.find(({ path }) => path === stoppedAt?.file)?.own ?? null;
    const said = all.some(({ place }) => place.file === stoppedAt?.file);
    if (stoppedAt !== null && stopped !== null && !said) {
        findings.push((0,names/* found */.F9)('migration-fails', stoppedAt, 'up() throws an exception: spark migrate stops here, and no migration after it runs.'));
    }
    return findings.map((one) => isChanged(one.at?.file ?? '', changes) ? one : { ...one, severity: 'warning' });
}

// EXTERNAL MODULE: ./src/static/forge/methods.ts + 3 modules
var methods = __webpack_require__(47495);
;// CONCATENATED MODULE: ./src/static/judge/same-tables.ts




// Each of them walks all migrations once more.
const mostAlone = 50;
/**
 * The paths of those migrations whose older version leaves a fresh database as the one at hand does. So nobody misses
 * anything who has run the first.
 * @param now the databases as the versions at hand leave them
 * @param foldWith the databases with other versions of some, by path
 */
function leavingTheSame(all, now, foldWith, isOver) {
    const quiet = all.filter((one) => written(one.before) === written(one.now));
    const together = quiet.length > 1 && areSame(quiet, now, foldWith);
    const alone = (one) => !isOver() && areSame([one], now, foldWith);
    const same = together ? quiet : quiet.slice(0, mostAlone).filter(alone);
    return new Set(same.map(({ path }) => path));
}
function areSame(some, now, foldWith) {
    const mine = some.map(({ path }) => tablesOf(now, path));
    if (mine.includes(null))
        return false;
    const before = foldWith(new Map(some.map((one) => [one.path, one.before])));
    return some.every(({ path }, at) => tablesOf(before, path) === mine[at]);
}
function written(own) {
    return JSON.stringify(bare(otherCalls(own), own.names));
}
const texts = new WeakMap();
/** All tables without their places; null where this migration leaves one that is not known. */
function tablesOf(folded, file) {
    const { catalogs, failures, stoppedAt } = folded;
    if ([...catalogs.values()].some((catalog) => isVague(catalog, file)))
        return null;
    const known = texts.get(folded);
    if (known !== undefined)
        return known;
    const failed = failures.map(({ place, why }) => [place.file, why]);
    const all = [...catalogs].map(([group, { tables }]) => [
        group,
        [...tables].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ]);
    const text = withoutPlaces([all, failed, stoppedAt?.file]);
    texts.set(folded, text);
    return text;
}
function withoutPlaces(value) {
    return JSON.stringify(value, (key, inside) => key === 'place' || key === 'loc' ? undefined : inside);
}
function isVague({ tables, unnamed, unseen }, file) {
    const vague = [...tables.values()].some((entry) => (0,model/* whyNotDefined */.d3)(entry)?.place.file === file);
    return vague || [...unnamed, ...unseen].some(({ place }) => place.file === file);
}
// Questions about tables, and what opens a connection.
const asking = new Set([
    ...['tableexists', 'fieldexists', 'getplatform', 'getprefix', 'prefixtable', 'connect', 'forge'],
    ...['disableforeignkeychecks', 'enableforeignkeychecks', 'escape', 'escapeidentifiers'],
]);
/** Calls of methods that may do more than shape tables, as they are written. */
function otherCalls({ methods }) {
    const all = [...methods].filter(([name]) => name !== 'down');
    const own = new Set(methods.keys());
    const found = [];
    const walk = (value) => {
        if (Array.isArray(value))
            value.forEach(walk);
        else if (typeof value === 'object' && value !== null) {
            if (value.kind === 'call' && doesMore(value, own))
                found.push(value);
            Object.values(value).forEach(walk);
        }
    };
    for (const [, method] of all)
        walk(method['body']);
    return found;
}
function doesMore(call, own) {
    const what = (0,syntax/* child */.jf)(call, 'what');
    if (what === null || what.kind === 'name')
        return what === null;
    const method = ((0,syntax/* memberName */.eg)(what) ?? (0,syntax/* nameIn */.ZC)(what, 'offset') ?? '').toLowerCase();
    if (asking.has(method) || own.has(method) || Object.hasOwn(methods/* forgeMethods */.y, method))
        return false;
    if (method !== 'query' && method !== 'simplequery')
        return true;
    return !shapes((0,syntax/* children */.Y_)(call, 'arguments')[0]);
}
/** SQL that is written down, and changes tables or asks. */
function shapes(sql) {
    const value = sql?.['value'];
    return (typeof value === 'string' && /^\s*(create|alter|drop|rename|select|show|desc)/i.test(value));
}

;// CONCATENATED MODULE: ./src/static/predicted.ts

/**
 * The tables that the migrations leave on an empty database, as far as reading shows, so that anyone can compare them
 * with a live one. By their groups and names; types and defaults in the normal forms of `schema/table.ts`.
 */
function predictedTables({ catalogs }) {
    return [...catalogs].flatMap(([group, { tables }]) => [...tables]
        .filter(([name]) => name !== '')
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, entry]) => {
        const doubt = (0,model/* whyNotDefined */.d3)(entry);
        if (entry.kind !== 'table' || doubt !== null) {
            return { group, name, unresolved: doubt?.why ?? '' };
        }
        return { group, name, ...described(entry.table) };
    }));
}
function described({ engine, columns, indexes, foreignKeys, }) {
    return {
        engine,
        columns: columns.map(({ name, type, nullable, fallback, extra, doubt }) => {
            const column = { name, type, nullable, default: fallback, extra: extra.join(', ') };
            return doubt === null ? column : { ...column, depends: doubt };
        }),
        indexes: indexes.map(({ name, unique, parts }) => {
            return { name, unique, columns: parts.map(({ column }) => column) };
        }),
        foreignKeys: (foreignKeys ?? []).map(({ name, columns: own, references }) => {
            return { name, columns: own, table: references.table, referenced: references.columns };
        }),
    };
}

// EXTERNAL MODULE: ./src/static/reading-time.ts
var reading_time = __webpack_require__(25730);
;// CONCATENATED MODULE: ./src/static/judge/left-out.ts


/**
 * What was not read, each with its reason. Nobody can tell what is in there, so nothing is right as long as the pull
 * request has a part in it.
 */
function judgeLeftOut({ leftOut }, changes) {
    return leftOut.map(({ file, why }) => ({
        name: 'file-not-read',
        severity: isTouched(file, changes) ? 'error' : 'warning',
        message: `${file} was not read: ${why}. What it does is not checked.`,
        remedies: (0,src_finding/* remedies */.JW)('Put a regular file there, inside of the repository.'),
        at: { file, line: 1 },
    }));
}

// EXTERNAL MODULE: ./src/described/folded.ts
var described_folded = __webpack_require__(13285);
// EXTERNAL MODULE: ./src/schema/rules/all.ts + 23 modules
var rules_all = __webpack_require__(61039);
// EXTERNAL MODULE: ./src/static/judge/described-names.ts
var described_names = __webpack_require__(7308);
;// CONCATENATED MODULE: ./src/trial/refuted.ts


const ofTable = new Set(rules_all/* everyRule */.A.map(({ name }) => name));
const ofSessionTable = ['session-table-not-created', 'session-table-in-other-group'];
/** Whether every database has shown what this finding of reading is about. */
function wasShown({ name }, tried) {
    if (tried.length === 0)
        return false;
    if (name === 'migration-fails' || Object.hasOwn(described_names/* describedRules */.n, name)) {
        return tried.every(({ migrated }) => migrated);
    }
    if (!ofTable.has(name) && !ofSessionTable.includes(name))
        return false;
    return tried.every(({ judged }) => judged);
}
const mostPlaces = 5;
/** One line for what reading had said and running showed otherwise. */
function withdrawn([first, ...rest]) {
    if (first === undefined)
        return [];
    const all = [first, ...rest];
    const places = all
        .slice(0, mostPlaces)
        .map(({ name, at }) => `${name}${at === undefined ? '' : ` (${at.file}:${at.line})`}`);
    const more = all.length > mostPlaces ? ` and ${all.length - mostPlaces} more` : '';
    return [
        {
            name: 'refuted-by-running',
            severity: 'notice',
            message: `Reading the migrations had said ${places.join(', ')}${more}. Running them showed otherwise, so that this is withdrawn.`,
            ...(first.at === undefined ? {} : { at: first.at }),
        },
    ];
}

;// CONCATENATED MODULE: ./src/trial/merge.ts





/** Names that say of the live table what reading has its own name for. */
const sameCause = {
    'table-missing': ['session-table-not-created', 'session-table-in-other-group', 'migration-fails'],
    'rollback-incomplete': ['migration-down-empty'],
};
/** What running proves, reading foresaw: the proof is said, at the line that reading knows. */
const proves = {
    'migration-failed': 'migration-fails',
    'old-table-survives': 'session-table-conditional',
};
const doubts = [
    'session-table-unresolved',
    'session-settings-unresolved',
    'described-table-unresolved',
];
const tableRules = new Set(rules_all/* everyRule */.A.map(({ name }) => name));
/**
 * What reading and running found, every finding once; of several databases those with the same finding are named in it.
 * What is no error counts where the pull request changes the file: old migrations are nothing of its.
 */
function merged(read, tried, changes) {
    const proved = perServer(tried)
        .filter((one) => (0,src_finding/* isError */.bJ)(one) || isChanged(one.at?.file ?? '', changes))
        .map((one) => atKnownLine(one, read.findings));
    const fresh = proved.filter((one) => !read.findings.some((known) => says(known, one)));
    const allJudged = tried.length > 0 && tried.every(({ judged }) => judged);
    const kept = read.findings.filter((one) => !fresh.some((other) => proves[other.name] === one.name && sameFile(one, other)) &&
        !(doubts.includes(one.name) && (allJudged || fresh.some((other) => stops(other, one)))));
    const isProved = (one) => proved.some((proof) => says(one, proof));
    const refuted = kept.filter((one) => wasShown(one, tried) && !isProved(one));
    const rest = kept.filter((one) => !refuted.includes(one));
    // A doubt that running ends is no mistake.
    const mistakes = refuted.filter(({ name }) => !doubts.includes(name));
    const columns = read.columns.length > 0 ? read.columns : (tried[0]?.database.columns ?? []);
    return { findings: [...rest, ...fresh, ...withdrawn(mistakes)], columns };
}
/** The same finding of several servers becomes one that names them. */
function perServer(tried) {
    const found = new Map();
    for (const { database, findings } of tried) {
        for (const finding of findings) {
            const key = JSON.stringify([finding.name, finding.message, finding.at]);
            const entry = found.get(key) ?? { finding, on: [] };
            entry.on.push(database.product);
            found.set(key, entry);
        }
    }
    return [...found.values()].map(({ finding, on }) => {
        const servers = [...new Set(on)].filter((one) => one !== '');
        if (servers.length === 0)
            return finding;
        return { ...finding, message: `On ${servers.join(' and ')}: ${finding.message}` };
    });
}
/** The exception of a failed query comes from the framework; reading knows which line said it. */
function atKnownLine(finding, read) {
    const foreseen = read.find((one) => one.name === proves[finding.name] && sameFile(one, finding));
    return foreseen?.at === undefined ? finding : { ...finding, at: foreseen.at };
}
/** Whether reading has said already what running found. */
function says(known, proof) {
    if (sameCause[proof.name]?.includes(known.name) === true)
        return true;
    if (known.name !== proof.name)
        return false;
    if (Object.hasOwn(described_names/* describedRules */.n, known.name))
        return known.at?.line === proof.at?.line;
    return !tableRules.has(proof.name) || sameColumn(known, proof);
}
/** Rules about a column name it first, as `ci_sessions.data`; those about keys and options have one verdict. */
function sameColumn(known, proof) {
    const about = (one) => /\.(id|ip_address|timestamp|data)\b/.exec(one.message)?.[0];
    return !known.name.startsWith('column-') || about(known) === about(proof);
}
/** A migration that failed is the reason why nothing is known from there on. */
function stops(proof, doubt) {
    return proof.name === 'migration-failed' && sameFile(proof, doubt);
}
function sameFile(one, other) {
    return one.at !== undefined && one.at.file === other.at?.file;
}

// EXTERNAL MODULE: ./src/report/report.ts
var report_report = __webpack_require__(88850);
;// CONCATENATED MODULE: ./src/commands/check-report.ts


/** The report of a check. Places are reported from the root of the repository, as GitHub wants them. */
function checkReport({ findings, columns }, checked, directory, seconds) {
    const placed = findings.map((one) => fromRoot(one, directory));
    return {
        outcome: placed.some(src_finding/* isError */.bJ) ? 'failed' : 'passed',
        command: 'check',
        commit: '',
        hosts: [],
        migrations: [],
        batch: null,
        columns,
        findings: (0,report_report/* worstFirst */.md)(placed),
        unverified: [],
        ready: [],
        rollbackNotes: [],
        visitors: null,
        roundTrips: 0,
        checked,
        seconds,
    };
}
/** The report with one more error. */
function withError(report, finding) {
    return { ...report, outcome: 'failed', findings: (0,report_report/* worstFirst */.md)([...report.findings, finding]) };
}
/** The input sarif-file leads where nothing may be written. */
function sarifNotWritten(why) {
    return {
        name: 'sarif-not-written',
        severity: 'error',
        message: `sarif-file: ${why}.`,
        remedies: (0,src_finding/* remedies */.JW)('Name a file in sarif-file that is not in the repository, in a folder that is none of its links.'),
    };
}
function fromRoot(finding, directory) {
    const { at, remedies: all } = finding;
    if (directory === '.')
        return finding;
    return {
        ...finding,
        ...(at === undefined ? {} : { at: { ...at, file: `${directory}/${at.file}` } }),
        ...(all === undefined ? {} : { remedies: all.map((one) => inDirectory(one, directory)) }),
    };
}
/** Lines for a clone name files as the application has them, and a person stands anywhere in the clone. */
function inDirectory(remedy, directory) {
    const first = remedy.find(({ where, lines }) => where === 'clone' && lines.length > 0);
    const go = `cd "$(git rev-parse --show-toplevel)"/'${directory}'`;
    return remedy.map((one) => (one === first ? { ...one, lines: [go, ...one.lines] } : one));
}

;// CONCATENATED MODULE: ./src/commands/check.ts





















/**
 * Reads the migrations of a pull request as they lie in the checkout: no PHP, no database, no server.
 * @param run runs them too, in the throw-away databases that were given; null when none was
 */
async function check_check(config, checkout, seconds, run = null) {
    const end = (judgement, checked, read = {}) => ({
        ...checkReport(judgement, checked, config.directory, seconds()),
        ...read,
    });
    const { tree } = checkout;
    const time = new reading_time/* ReadingTime */.u(seconds);
    try {
        const { project, settings, changes } = await read(config, checkout, time);
        if (changes !== null && (0,check/* changesNothingHere */.BY)(changes, project)) {
            return end(nothing, `No migration changes since ${changes.base}, nor anything that sessions depend on`);
        }
        const judged = await readAndJudge(config, { project, settings, changes }, time);
        const tried = await time.without(run?.(settings.own.tables));
        const all = tried === undefined ? judged : merged(judged, tried, changes);
        const own = await ofPullRequest(config, all, { project, settings, changes }, tree, time);
        const judgedByRules = await applyOverrides(own, { project, settings, changes }, tree);
        const leftOut = judgeLeftOut(tree, changes);
        return end({ ...judgedByRules, findings: [...judgedByRules.findings, ...leftOut] }, words(project, changes), { tables: judged.tables, ...databasesOf(tried) });
    }
    catch (error) {
        if (!(error instanceof Unreadable))
            throw error;
        const findings = [...error.findings, ...judgeLeftOut(tree, null)];
        return end({ ...nothing, findings }, 'Nothing was checked');
    }
}
function databasesOf(tried) {
    return tried === undefined ? {} : { databases: tried.map(({ database }) => database) };
}
const nothing = { findings: [], columns: [] };
/** What is there cannot be checked at all, for these reasons. */
class Unreadable extends Error {
    name = 'Unreadable';
    findings;
    constructor(...findings) {
        super(findings.map(({ message }) => message).join('\n'));
        this.findings = findings;
    }
}
async function read({ base, namespaces }, checkout, { isOver }) {
    const { tree } = checkout;
    if (!(await (0,project_project/* isApplication */.zz)(tree)))
        throw new Unreadable(notCodeIgniter);
    const text = (await tree.read(settings_path/* settingsFile */._)) ?? '';
    const own = (0,settings_file/* readSettingsFile */.u)(text, names/* ruleNames */.XZ);
    if (!('severities' in own))
        throw new Unreadable(...own.map(inSettings));
    const changes = base === null ? null : await checkout.changesSince(base);
    if (changes === 'not fetched')
        throw new Unreadable(notFetched(base ?? ''));
    if (changes !== null && 'problem' in changes)
        throw new Unreadable(notGit(changes.problem));
    const project = await (0,project_project/* readProject */.Wh)(tree, namespaces === 'all', isOver);
    return { project, settings: { own, text, base: await settingsOfBase(own, changes) }, changes };
}
async function readAndJudge(config, { project, settings, changes }, { isOver }) {
    const family = config.server?.name ?? 'unknown';
    const folded = (0,check/* foldProject */.lP)(project, family, isOver);
    const before = (versions) => (0,check/* foldWith */.ev)(versions, project, family, isOver);
    const leaves = (all) => leavingTheSame(all, folded, before, isOver);
    const { findings, columns } = await judge_judge(project, folded, changes, config, leaves);
    const described = (0,described_folded/* judgeFolded */._)(settings.own.tables, project, folded, family);
    const tables = predictedTables(folded);
    return { findings: [...findings, ...described], columns, tables };
}
/** Without what the base has already. */
async function ofPullRequest(config, { findings, columns }, { settings, changes }, tree, time) {
    // Without the time for it, all is said.
    if (changes === null || config.report === 'all' || time.isOver())
        return { findings, columns };
    const all = config.namespaces === 'all';
    const project = await (0,project_project/* readProject */.Wh)(treeOfBase(tree, changes), all, time.isOver);
    const before = await readAndJudge(config, { project, settings, changes: null }, time);
    return { findings: newHere(findings, before.findings, changes.base), columns };
}
/** A settings file of the base that cannot be read says nothing. */
async function settingsOfBase(own, changes) {
    if (changes?.files.has(settings_path/* settingsFile */._) !== true)
        return changes === null ? null : own;
    const read = (0,settings_file/* readSettingsFile */.u)((await changes.before(settings_path/* settingsFile */._)) ?? '', names/* ruleNames */.XZ);
    return 'severities' in read ? read : { severities: new Map(), tables: [], commands: settings_commands/* noCommands */.KM };
}
/** Comments in the files and the settings of the repository have the last word, those of the pull request are shown. */
async function applyOverrides({ findings, columns }, { project, settings, changes }, tree) {
    const texts = new Map(project.migrations.map(({ path, text }) => [path, text]));
    for (const { at } of findings) {
        if (at !== undefined && !texts.has(at.file))
            texts.set(at.file, (await tree.read(at.file)) ?? '');
    }
    const { left, ignored } = withoutIgnored(findings, texts);
    const { severities, findings: lowered } = severitiesThatCount(settings);
    const shown = [...lowered, ...tablesLeftOut(settings), ...(await silencedHere(ignored, changes))];
    return { findings: [...grouped(withSeverities(left, severities)), ...shown], columns };
}
function words({ migrations, known, leftOut, groups }, changes) {
    const count = migrations.length === 1 ? '1 migration' : `${migrations.length} migrations`;
    const source = known.from === 'nothing' ? 'no release is named, the newest known' : known.from;
    const compared = changes === null ? 'compared with no base' : `compared with ${changes.base}`;
    const rest = leftOut.migrations === 0
        ? ''
        : `. Not read: ${leftOut.migrations} of ${(0,src_count/* counted */.h)(leftOut.namespaces, 'further namespace')}, which input namespaces: all reads`;
    return `Read ${count} for CodeIgniter ${known.release.join('.')} (${source}), ${compared}${rest}${assumedIn(groups)}`;
}
function assumedIn(groups) {
    const all = [...groups.values()].filter(({ assumed, driver }) => assumed === true && driver !== null);
    const said = all.map(({ group, driver }) => `${group} uses ${driver ?? ''}`).join(', ');
    return said === '' ? '' : `. Only running tells the driver; as written, ${said}`;
}
const notCodeIgniter = {
    name: 'not-codeigniter',
    severity: 'error',
    message: 'There is no application of CodeIgniter 4 here: neither spark nor app/Config/App.php.',
    remedies: (0,src_finding/* remedies */.JW)((0,remedy/* inWorkflow */.FT)('Check the repository out in a step before', remedy/* checkoutStep */.vU), (0,remedy/* inInputs */.ht)('Set directory to where the application lies in the repository.')),
};
function inSettings({ line, message }) {
    const at = { file: settings_path/* settingsFile */._, line };
    return { name: 'settings-file', severity: 'error', message: `${message}.`, at };
}
const wholeHistory = (0,remedy/* inWorkflow */.FT)('Let the checkout bring the whole history', remedy/* checkoutStep */.vU, '  with:', '    fetch-depth: 0');
function notFetched(base) {
    return {
        name: 'base-not-fetched',
        severity: 'error',
        message: `The checkout does not reach back to where this work parted from ${base}, so that nobody can tell which migrations it changes.`,
        remedies: (0,src_finding/* remedies */.JW)(wholeHistory),
    };
}
function notGit(problem) {
    return {
        name: 'base-not-readable',
        severity: 'error',
        message: `git could not compare with the base: ${problem}`,
        remedies: (0,src_finding/* remedies */.JW)(wholeHistory),
    };
}

// EXTERNAL MODULE: ./src/secret.ts
var secret = __webpack_require__(7355);
// EXTERNAL MODULE: ./src/config/config.ts
var config = __webpack_require__(81122);
// EXTERNAL MODULE: ./src/config/database-urls.ts
var database_urls = __webpack_require__(41780);
;// CONCATENATED MODULE: ./src/config/check-config.ts




/**
 * Reads the inputs of a check; it needs no server, so none of theirs is missed. `trial` is null without a database.
 * @param pullRequestBase what the runner says a pull request is for; empty elsewhere
 * @throws ConfigError with every problem at once
 */
function parseCheck(given, pullRequestBase) {
    const problems = (0,config/* unknownInputs */.qs)(given);
    const read = (0,config/* readAll */.yw)(given, problems);
    const databases = [...(read.databases ?? []), ...single(read, problems)];
    if (problems.length > 0)
        throw new config/* ConfigError */.xL(problems);
    const { namespaces, php } = read;
    const match = read['session-table-match'] === 'exact' ? 'proposed' : 'compatible';
    const limit = read['step-timeout'];
    const mayBeUsed = read['allow-nonempty-database'];
    return {
        config: {
            base: read.base ?? (pullRequestBase === '' ? null : pullRequestBase),
            directory: read.directory === '' ? '.' : read.directory,
            match,
            namespaces,
            server: read['db-version'],
            sarifFile: read['sarif-file'],
            report: read.report,
        },
        trial: databases.length === 0 ? null : { databases, mayBeUsed, php, limit, match, namespaces },
    };
}
/** The one database of the inputs db-*: a check asks no application for what is left out. */
function single(read, problems) {
    const { 'db-host': host, 'db-name': database, 'db-user': user, 'db-password': password } = read;
    if (read['db-socket'] !== null)
        problems.push((0,config/* problem */.CC)('Input db-socket is not for a check, which connects by db-host and db-port.'));
    const parts = { 'db-host': host, 'db-name': database, 'db-user': user };
    if (Object.values(parts).every((one) => one === null) && password === null)
        return [];
    if (host === null || database === null || user === null) {
        const missing = Object.entries(parts).flatMap(([name, value]) => value === null ? [name] : []);
        problems.push((0,config/* problem */.CC)(`Input ${missing.join(', ')} is missing: a throw-away database of a check takes db-host, db-name and db-user.`, (0,remedy/* inInputs */.ht)('Set all of them, or the input databases.')));
        return [];
    }
    const address = { host: (0,database_urls/* reached */.V)(host), port: read['db-port'] ?? 3306 };
    return [{ address, user, password: password ?? new secret/* Secret */.z(''), database }];
}

// EXTERNAL MODULE: ./src/report/harmless.ts
var harmless = __webpack_require__(25875);
;// CONCATENATED MODULE: ./src/report/sarif.ts


const levels = {
    error: 'error',
    warning: 'warning',
    notice: 'note',
};
/** The findings that have a place, in the format of code scanning (SARIF 2.1.0). */
function sarif(findings) {
    const placed = (0,harmless/* cleaned */.L)(findings).filter(({ at }) => at !== undefined);
    return {
        version: '2.1.0',
        $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
        runs: [
            {
                tool: { driver: { name: 'ci4-deploy', rules: rulesOf(placed) } },
                results: placed.map(result),
            },
        ],
    };
}
function rulesOf(findings) {
    const names = [...new Set(findings.map(({ name }) => name))].toSorted();
    return names.map((id) => ({ id, shortDescription: { text: id.replaceAll('-', ' ') } }));
}
function result({ name, severity, message, remedies = [], at }) {
    // A message of SARIF may hold links, [text](address) (SARIF 2.1.0, 3.11.6); ours has none.
    const text = [message, (0,remedy/* remedyText */.K1)(remedies, '')]
        .filter((part) => part !== '')
        .join('\n\n')
        .replaceAll('](', '] (');
    return {
        ruleId: name,
        level: levels[severity],
        message: { text },
        locations: [
            {
                physicalLocation: {
                    artifactLocation: { uri: address(at?.file ?? ''), uriBaseId: '%SRCROOT%' },
                    region: { startLine: at?.line ?? 1 },
                },
            },
        ],
    };
}
/** A path as an address relative to the root: nothing in a name is a scheme, a question or a fragment. */
function address(file) {
    return file.split('/').map(encodeURIComponent).join('/');
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./node_modules/@actions/exec/lib/exec.js + 3 modules
var exec = __webpack_require__(81260);
;// CONCATENATED MODULE: ./src/runner.ts




// @actions/exec tells nobody which process it started: a shell does, and becomes the program. In a session of its own
// whatever the program starts can be ended with it. The shell takes the input first: one that ends without reading it
// would make the library fail.
const started = `echo $$ > "$1" && cat > "$1.in" && exec < "$1.in" && rm -f "$1.in" && shift
command -v setsid > /dev/null && exec setsid "$@"
exec "$@"`;
/**
 * What the runner gives its actions. Code of a pull request has no business with tokens, inputs, command files, or with the
 * folders that other steps use.
 */
const own = /^(INPUT|STATE|ACTIONS|GITHUB|RUNNER)_/;
/**
 * This machine, for the application in `root`.
 * @param limit seconds that a command may take
 */
async function openRunner(root, limit) {
    // PHP resolves links, and compares paths with this one.
    const folder = await (0,promises_.realpath)(await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'ci4-deploy-check-')));
    const temp = (0,external_node_path_.join)(folder, 'tmp');
    await (0,promises_.mkdir)(temp);
    return {
        root,
        folder,
        async write(path, text) {
            await (0,promises_.mkdir)((0,external_node_path_.dirname)((0,external_node_path_.join)(folder, path)), { recursive: true });
            await (0,promises_.writeFile)((0,external_node_path_.join)(folder, path), text);
        },
        run: async (command, signal) => run(withTemp(command, temp), (0,external_node_path_.join)(folder, 'pid'), limit, signal),
        async [Symbol.asyncDispose]() {
            await (0,promises_.rm)(folder, { recursive: true, force: true });
        },
    };
}
/** Temporary files of the program go with the folder. */
function withTemp(command, temp) {
    return { ...command, env: { TMPDIR: temp, ...command.env } };
}
async function run({ program, args, cwd, stdin = '', env = {}, limit }, pidFile, longest, signal) {
    signal.throwIfAborted();
    const time = { out: false };
    const stop = () => void kill(pidFile);
    const timer = setTimeout(() => {
        time.out = true;
        stop();
    }, (limit ?? longest) * 1000);
    signal.addEventListener('abort', stop, { once: true });
    try {
        // Whatever its types say, there is no status of a program that a signal ended.
        const ran = await (0,exec/* getExecOutput */.H)('sh', ['-c', started, 'sh', pidFile, program, ...args], {
            ...(cwd === undefined ? {} : { cwd }),
            env: { ...inherited(), LC_ALL: 'C.UTF-8', ...env },
            input: Buffer.from(stdin),
            // What it prints is foreign: the log quotes it, so that no line of it is a workflow command.
            silent: true,
            ignoreReturnCode: true,
        });
        signal.throwIfAborted();
        const { exitCode, stdout, stderr } = ran;
        return { exit: time.out ? 'timed out' : ended(exitCode), stdout, stderr };
    }
    finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        // Whatever it left running would go on beside the next steps of the job.
        await kill(pidFile);
    }
}
function ended(code) {
    return code === null ? { signal: 'SIGKILL' } : { code };
}
function inherited() {
    const reported = Object.entries(process.env).filter((entry) => entry[1] !== undefined && !own.test(entry[0]));
    return Object.fromEntries(reported);
}
async function kill(pidFile) {
    const first = Number(await (0,promises_.readFile)(pidFile, 'utf8').catch(() => '0'));
    if (first === 0)
        return;
    for (const target of [-first, first]) {
        try {
            process.kill(target, 'SIGKILL');
            return;
        }
        catch {
            // Without setsid it leads no group, or it has ended meanwhile.
        }
    }
}

// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(77030);
// EXTERNAL MODULE: ./node_modules/mysql2/promise.js
var promise = __webpack_require__(27588);
// EXTERNAL MODULE: ./src/server/failures.ts
var server_failures = __webpack_require__(82284);
// EXTERNAL MODULE: ./src/schema/mysql/mysql.ts + 4 modules
var mysql = __webpack_require__(95427);
// EXTERNAL MODULE: ./src/schema/mysql/refusal.ts
var refusal = __webpack_require__(81466);
;// CONCATENATED MODULE: ./src/schema/scratch.ts
/** A thing in words: `table users`. */
function thingWords({ kind, name }) {
    return `${kind} ${name}`;
}
/** Two things are one when both kind and name are the same. */
function without(things, others) {
    const known = new Set(others.map(thingWords));
    return things.filter((one) => !known.has(thingWords(one)));
}
/** Nothing answers at the address, so that nobody could be refused. */
class DatabaseUnreachable extends Error {
    name = 'DatabaseUnreachable';
}

;// CONCATENATED MODULE: ./src/schema/mysql/scratch.ts






/** Longest wait for a connection, in milliseconds: the server is on this machine or beside it. */
const PATIENCE = 20_000;
const CONTENTS = `SELECT CASE TABLE_TYPE WHEN 'VIEW' THEN 'view' WHEN 'SEQUENCE' THEN 'sequence' ELSE 'table' END AS kind,
    TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = ?
  UNION ALL SELECT LOWER(ROUTINE_TYPE), ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = ?
  UNION ALL SELECT 'event', EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA = ?`;
/**
 * Logs in to a throw-away database from this machine.
 * @throws DatabaseUnreachable when nothing answers there
 * @throws DatabaseRefused when the server does not let us in
 */
async function openScratch(login, signal) {
    const database = await (0,mysql.logIn)(login, reach, signal);
    try {
        const connection = await (0,promise.createConnection)({
            stream: await reach(login.address),
            user: login.user,
            password: login.password.reveal(),
            database: login.database,
            charset: 'utf8mb4',
            disableEval: true,
            flags: ['-LOCAL_FILES'],
        });
        // What a server ends meanwhile, the next statement tells.
        connection.on('error', () => undefined);
        return new MysqlScratch(database, connection, login);
    }
    catch (fault) {
        await database[Symbol.asyncDispose]();
        throw fault instanceof DatabaseUnreachable ? fault : (0,refusal/* refusal */.x)(login, fault);
    }
}
async function reach(address) {
    return new Promise((resolve, reject) => {
        const socket = 'socket' in address ? (0,external_node_net_.connect)(address.socket) : (0,external_node_net_.connect)(address.port, address.host);
        socket.setTimeout(PATIENCE, () => socket.destroy(new Error('no answer')));
        socket.once('error', (cause) => {
            const said = cause.code ?? cause.message;
            const message = `Nothing answers at ${(0,server_failures/* addressText */.GI)(address)} (${said}).`;
            reject(new DatabaseUnreachable(message, { cause }));
        });
        socket.once('connect', () => {
            socket.setTimeout(0);
            resolve(socket);
        });
    });
}
class MysqlScratch {
    database;
    #connection;
    #login;
    constructor(database, connection, login) {
        this.database = database;
        this.#connection = connection;
        this.#login = login;
    }
    async contents() {
        const { database } = this.#login;
        const rows = await this.#ask(CONTENTS, database, database, database);
        return rows
            .map(({ kind, name }) => ({ kind, name }))
            .toSorted((a, b) => (a.kind + a.name < b.kind + b.name ? -1 : 1));
    }
    async remove(things) {
        await this.#ask('SET SESSION foreign_key_checks = 0, SESSION lock_wait_timeout = 10');
        for (const { kind, name } of things) {
            await this.#ask(`DROP ${kind.toUpperCase()} IF EXISTS ${(0,promise.escapeId)(name, true)}`);
        }
    }
    async execute(statement) {
        await this.#ask(statement);
    }
    async mark(name) {
        const sql = 'SELECT GET_LOCK(?, 0) AS taken, CONNECTION_ID() AS holder';
        const [row] = await this.#ask(sql, name);
        return row?.holder ?? 0;
    }
    async #ask(sql, ...values) {
        try {
            const [rows] = await this.#connection.query(sql, [...values]);
            return rows;
        }
        catch (fault) {
            throw (0,refusal/* refusal */.x)(this.#login, fault);
        }
    }
    async [Symbol.asyncDispose]() {
        await this.database[Symbol.asyncDispose]();
        await this.#connection.end().catch(() => undefined);
        this.#connection.destroy();
    }
}

// EXTERNAL MODULE: ./src/app/ask.ts + 1 modules
var ask = __webpack_require__(42620);
// EXTERNAL MODULE: ./src/php/programs.ts
var programs = __webpack_require__(22651);
// EXTERNAL MODULE: ./src/server/command.ts
var command = __webpack_require__(63814);
// EXTERNAL MODULE: ./src/app/reply.ts
var app_reply = __webpack_require__(81295);
// EXTERNAL MODULE: ./src/app/shape.ts
var shape = __webpack_require__(43678);
;// CONCATENATED MODULE: ./src/app/groups.ts




const leads = {
    host: shape/* text */.Qq,
    /** As configured; empty where it is left out. */
    port: shape/* text */.Qq,
    database: shape/* text */.Qq,
    /** A DSN is set, which comes before all of these. */
    dsn: shape/* flag */.Jt,
};
const Reached = (0,shape/* object */.Ik)({
    /** The application's own words, when it could not log in. */
    refused: (0,shape/* orNull */.Xd)(shape/* text */.Qq),
    /** The connection that holds the lock asked for; 0 when nobody does. */
    holder: shape/* whole */.WQ,
    database: shape/* text */.Qq,
});
const Group = (0,shape/* object */.Ik)({
    name: shape/* text */.Qq,
    driver: shape/* text */.Qq,
    ...leads,
    /** Connections that are taken when the first one refuses, by their keys. */
    failovers: (0,shape/* list */.p_)((0,shape/* object */.Ik)({ key: shape/* text */.Qq, ...leads })),
    /** Where its connection really leads; null when it was not asked to connect, or is no MySQLi. */
    reached: (0,shape/* orNull */.Xd)(Reached),
});
const Groups = (0,shape/* object */.Ik)({ groups: (0,shape/* list */.p_)(Group) });
/**
 * Asks the application for its database groups.
 * @param mark name of a lock that only the right server knows; without it nothing connects
 */
function askGroups(php, root, nonce, mark) {
    return (0,command/* command */.G5)(php, ['-d', 'display_errors=stderr', '--', root, nonce], {
        stdin: programs/* programs */.c.groups,
        shown: 'command',
        env: { CI4_DEPLOY_MARK: mark ?? '' },
    });
}
/** What {@link askGroups} brought back. */
function readGroups(output, nonce) {
    const reply = (0,app_reply/* readReply */.X)(output, nonce, Groups);
    return reply.ok ? { ok: true, groups: reply.value.groups } : reply;
}

;// CONCATENATED MODULE: ./src/trial/connected.ts



/**
 * Whether the application, as it is steered, can reach any database but the one we gave. What its settings say is not
 * enough: only the server where our own connection holds the mark can be it.
 * @param holder the connection that holds the mark
 */
function judgeConnections(groups, login, holder) {
    return groups
        .filter(({ driver }) => driver !== 'SQLite3')
        .filter((group) => leadsElsewhere(group, login, holder))
        .map((group) => elsewhere(group, login));
}
function leadsElsewhere(group, login, holder) {
    // A failover would be taken in the very moment when ours does not answer.
    if ([group, ...group.failovers].some((words) => saysElsewhere(words, login)))
        return true;
    const { reached } = group;
    if (reached?.refused !== null)
        return false;
    return reached.holder !== holder || reached.database !== login.database;
}
function saysElsewhere({ host, port, database, dsn }, login) {
    const { address } = login;
    const there = 'socket' in address
        ? host === address.socket
        : host === address.host && (port === '' ? 3306 : Number(port)) === address.port;
    return dsn || !there || database !== login.database;
}
function elsewhere(group, login) {
    const { name } = group;
    const astray = [group, ...group.failovers].find((words) => saysElsewhere(words, login)) ?? group;
    const { host, port, database } = astray;
    const place = `${host || 'an unknown host'}${port === '' ? '' : `:${port}`}`;
    return (0,src_finding/* errorFinding */.i9)('database-elsewhere', `The application does not follow its environment: its database group ${name} leads to ${database || 'a database without a name'} at ${place}${astray === group ? '' : ' (a failover)'}, not to ${databaseWords(login)}. Nothing was migrated, so that no other database is touched.`, `Let app/Config/Database.php set connections as properties, not in its constructor and not as DSN. Then database.${name}.hostname, .port, .database, .username and .password of the environment count.`);
}
/** What keeps the application out of the database it uses; groups that no migration uses may be refused. */
function judgeRefusals({ ledgerDatabase, sessionDatabase }, login) {
    return [...new Set([ledgerDatabase, sessionDatabase])].flatMap(({ driver, refused }) => {
        if (driver === '')
            return [withoutDriver(refused)];
        if (driver !== 'MySQLi')
            return [notMysql(driver)];
        return refused === null ? [] : [refusedBy(login, refused)];
    });
}
/** As with an old CodeIgniter on a PHP that is newer than it knows. */
function withoutDriver(refused) {
    return (0,src_finding/* errorFinding */.i9)('application-does-not-boot', `CodeIgniter did not open the database connection of its settings, nor say which driver it uses${refused === null ? '' : `: ${refused}`}. Does this release run on the PHP of this job?`, (0,remedy/* toSeeInClone */.n1)('See what it says', 'CI_ENVIRONMENT=development php spark routes'));
}
function notMysql(driver) {
    return (0,src_finding/* errorFinding */.i9)('database-not-mysql', `The application uses the database driver ${driver}. Only MySQL and MariaDB (MySQLi) can be tried.`, 'Leave out the databases of the check, and it reads the migrations alone.');
}
function refusedBy(login, refused) {
    return (0,src_finding/* errorFinding */.i9)('database-refused', `The throw-away database ${databaseWords(login)} refuses the application, although it let us in: ${refused}`, 'Do the groups of app/Config/Database.php have the keys hostname, port, database, username and password? Only keys that are there follow the environment. Else look at encrypt.');
}
/** A database as findings call it. */
function databaseWords({ address, database }) {
    return `${database} at ${(0,server_failures/* addressText */.GI)(address)}`;
}

// EXTERNAL MODULE: ./src/schema/database.ts
var database = __webpack_require__(69122);
;// CONCATENATED MODULE: ./src/trial/obstacles.ts





/** ER_DBACCESS_DENIED_ERROR and ER_BAD_DB_ERROR: to whom a schema is closed, it looks as if there were none. */
const noDatabase = [1044, 1049];
/**
 * A database that cannot be logged in to.
 * @throws `failure` when it is about something else
 */
function notOpened(failure, login) {
    if (failure instanceof DatabaseUnreachable) {
        return (0,src_finding/* errorFinding */.i9)('database-unreachable', `${failure.message} The throw-away database of the check has to run before it.`, (0,remedy/* inWorkflow */.FT)('Start the one of the runner in a step before', '- run: sudo systemctl start mysql'), (0,remedy/* inWorkflow */.FT)('Give a database under services: the port and a health check', 'ports: ["3306:3306"]', 'options: --health-cmd "mysqladmin ping"'));
    }
    if (failure instanceof database/* DatabaseRefused */.I) {
        return (0,src_finding/* errorFinding */.i9)('database-refused', `The throw-away database refuses us (${failure.code}): ${failure.message}`, noDatabase.includes(failure.code)
            ? (0,remedy/* inWorkflow */.FT)('Make it in a step before', `- run: mysql -e "CREATE DATABASE ${login.database}"`)
            : (0,remedy/* inInputs */.ht)('Compare user and password with what the service was started with (MYSQL_USER, MYSQL_ROOT_PASSWORD).'));
    }
    throw failure;
}
/** A database that holds something, and nobody said that it may be used. */
function notEmpty(things, login) {
    const some = things.slice(0, 5).map(thingWords);
    const more = things.length > 5 ? ` and ${things.length - 5} more` : '';
    return (0,src_finding/* errorFinding */.i9)('database-not-empty', `${databaseWords(login)} is not empty: it has ${some.join(', ')}${more}. Migrations may drop and change what they find, so that nothing was run there.`, (0,remedy/* inDatabase */.jG)('Make an empty one, and name it in databases', 'CREATE DATABASE ci4_check;'), (0,remedy/* inInputs */.ht)('If nobody needs what is in it', 'allow-nonempty-database: true'));
}
// By what the framework or PHP says where one is missing.
const extensions = [
    ['intl', /extension\(s\).*\bintl\b|class ["']?\\?(Locale|IntlDateFormatter|NumberFormatter)\b/i],
    ['mbstring', /extension\(s\).*\bmbstring\b|undefined function .*\bmb_\w+/i],
    ['mysqli', /extension\(s\).*\bmysqli\b|class ["']?\\?mysqli\b|\bmysqli_\w+\(\)|MYSQLI_\w+/i],
];
/** The application of the checkout does not answer: why, and what to do before. */
function notAnswering({ phase, message, at }, php) {
    if (phase === 'php') {
        return (0,src_finding/* errorFinding */.i9)('php-missing', `There is no ${php} on this runner that could run the migrations: ${message}`, (0,remedy/* inWorkflow */.FT)('In a step before', remedy/* setupPhpStep */.AD, '  with:', '    extensions: mysqli, intl, mbstring'));
    }
    const extension = extensions.find(([, words]) => words.test(message))?.[0];
    if (extension !== undefined) {
        return (0,src_finding/* errorFinding */.i9)(`${extension}-missing`, `PHP of this runner has no extension ${extension}, which CodeIgniter needs: ${message}`, (0,remedy/* inWorkflow */.FT)('In a step before', remedy/* setupPhpStep */.AD, '  with:', '    extensions: mysqli, intl, mbstring'));
    }
    if (/vendor\/autoload|composer install|failed opening required.*vendor/i.test(message)) {
        return (0,src_finding/* errorFinding */.i9)('vendor-missing', `The application needs its packages, and they are not installed in this job: ${message}`, (0,remedy/* inWorkflow */.FT)('In a step before', '- run: composer install --no-interaction --no-progress'));
    }
    const failed = (0,src_finding/* errorFinding */.i9)('application-does-not-boot', `The application of the checkout does not boot (${phase}): ${message}`, (0,remedy/* toSeeInClone */.n1)('See what it says', 'CI_ENVIRONMENT=development php spark routes'));
    return at === null ? failed : { ...failed, at };
}

// EXTERNAL MODULE: ./src/described/live.ts + 1 modules
var live = __webpack_require__(10363);
// EXTERNAL MODULE: ./src/app/rollback-policy.ts
var rollback_policy = __webpack_require__(4174);
// EXTERNAL MODULE: ./src/app/ledger.ts
var ledger = __webpack_require__(70386);
// EXTERNAL MODULE: ./src/app/migrate-output.ts
var migrate_output = __webpack_require__(96410);
// EXTERNAL MODULE: ./src/app/canary.ts
var canary = __webpack_require__(95095);
// EXTERNAL MODULE: ./src/schema/migrated.ts
var migrated = __webpack_require__(68136);
// EXTERNAL MODULE: ./src/schema/elsewhere.ts
var schema_elsewhere = __webpack_require__(20227);
;// CONCATENATED MODULE: ./src/trial/table.ts




/** Holds the table that the migrations really made against what the application needs. */
async function verifyTried(application, database, match) {
    const { session } = application;
    if (!session.inDatabase || session.table === null) {
        return { result: 'elsewhere', findings: [], columns: [] };
    }
    const table = await database.table(session.table);
    const wanted = (0,expected/* expected */.p)(session);
    const columns = (0,column_comparison/* compareColumns */.l)(wanted, table, match);
    const place = placeOf(application);
    if (table === 'absent') {
        const missing = (0,judge/* tableMissing */.d2)(wanted, false);
        const findings = [{ ...missing, ...place }, ...(0,schema_elsewhere/* prefixed */.g)(application)];
        return { result: 'missing', findings, columns };
    }
    const findings = table === 'not visible'
        ? [(0,judge/* tableNotVisible */.CV)(wanted)]
        : (0,judge/* judgeTable */.sP)(wanted, table, match, () => place.at);
    return { result: 'judged', findings, columns };
}
/** The migration that seems to make the session table: its line is the best that running can tell. */
function makerOf({ migrations, session }) {
    const names = [session.savePath, session.forgeTable ?? '', session.table ?? ''];
    return (migrations.findLast(({ down }) => down.drops.some((name) => names.includes(name))) ??
        migrations.findLast((one) => /session/i.test(one.class)));
}
function placeOf(application) {
    const maker = makerOf(application);
    return maker === undefined ? {} : { at: { file: maker.path, line: maker.line } };
}

;// CONCATENATED MODULE: ./src/trial/attempt.ts









/** `php spark migrate`, and whether the ledger has what had to run. */
async function migrate(trial) {
    const { scratch, application, namespaces } = trial;
    const { table } = application.ledger;
    const before = await scratch.database.ledger(table);
    const due = dueOf(trial, before);
    const all = namespaces === 'all' ? ['--all'] : [];
    const fault = await spark(trial, 'migrate', ...all);
    const rows = (0,ledger/* added */.vN)(before, await scratch.database.ledger(table));
    return (0,migrated/* judgeMigrated */.f)(due, rows, fault);
}
/** What a run has to do with this ledger. */
function dueOf({ application: { migrations, namespace }, namespaces }, rows) {
    return (0,ledger/* pending */.Ub)(migrations, rows, { namespaces, namespace });
}
/** The session table as a deploy proves it: by its rules, then by a session through the application's own handler. */
async function proveTable(trial) {
    const { application, scratch, match, phpName, root, nonce } = trial;
    const tried = await verifyTried(application, scratch.database, match);
    if (tried.result !== 'judged' || tried.findings.some(src_finding/* isError */.bJ))
        return tried;
    const flown = (0,ask/* readCanary */.B4)(await trial.php((0,ask/* askCanary */.ip)(phpName, root, nonce)), nonce);
    return { ...tried, findings: [...tried.findings, ...(0,canary/* judgeCanary */.m)(flown, application.session)] };
}
/** `php spark migrate:rollback` to before the first batch, and whether anything is left. */
async function rollBack(trial) {
    const { scratch, application, before } = trial;
    const { table, lockTable } = application.ledger;
    // In production it asks back without -f. Its exit status is 0 whatever happened.
    const fault = await spark(trial, 'migrate:rollback', '-b', '0', '-f');
    const rows = await scratch.database.ledger(table);
    if (rows.length > 0 || fault !== null)
        return [failed(rows, fault, application.migrations)];
    const own = [table, lockTable].flatMap((name) => (name === null ? [] : [name]));
    const left = without(await scratch.contents(), before).filter(({ name }) => !own.includes(name));
    return left.length === 0 ? [] : [incomplete(left, application.migrations)];
}
function failed(rows, fault, migrations) {
    const names = rows.map((row) => row.class).join(', ');
    const inMigration = fault?.at?.file.includes('Database/Migrations/') === true ? fault.at : null;
    const last = migrations.findLast(({ class: name }) => name === rows.at(-1)?.class);
    const at = inMigration ?? (last && { file: last.path, line: last.line });
    const said = fault?.message ?? 'it said nothing, but the ledger still has the rows';
    return {
        ...(0,src_finding/* errorFinding */.i9)('rollback-failed', `php spark migrate:rollback could not roll back ${names || 'what had run'}: ${said}. A deploy that fails after these migrations could not take them back either.`, 'Let down() roll back what up() does, in the reverse order: $this->forge->dropTable(...);'),
        ...(at === undefined ? {} : { at }),
    };
}
function incomplete(left, migrations) {
    const empty = migrations.find(({ down }) => down.empty) ?? migrations.at(-1);
    return {
        ...(0,src_finding/* warningFinding */.oL)('rollback-incomplete', `After php spark migrate:rollback the database still has ${left.map(thingWords).join(', ')}. The method down() does not roll back what up() makes, so that a failed deploy keeps it and the next migrate meets it.`, left.map(({ name }) => `$this->forge->dropTable('${name}', true);   // in down()`).join('\n')),
        ...(empty === undefined ? {} : { at: { file: empty.path, line: empty.line } }),
    };
}
async function spark(trial, name, ...options) {
    const args = ['spark', name, ...options, '--no-header'];
    const ran = await trial.php((0,command/* command */.G5)(trial.phpName, args, { cwd: trial.root }));
    return (0,migrate_output/* readMigrateOutput */.f)(ran, trial.root);
}

// EXTERNAL MODULE: ./src/schema/remedy.ts
var schema_remedy = __webpack_require__(91335);
;// CONCATENATED MODULE: ./src/trial/ci3.ts




/** The session table as CodeIgniter 3's user guide has it. */
function ci3Table(name) {
    return `CREATE TABLE ${(0,schema_remedy/* quoted */.TL)(name)} (
    id varchar(128) NOT NULL, ip_address varchar(45) NOT NULL, timestamp int(10) unsigned DEFAULT 0 NOT NULL,
    data blob NOT NULL, PRIMARY KEY (id), KEY ci_sessions_timestamp (timestamp))`;
}
/** Migrates over such a table: who moved from CodeIgniter 3 has one. */
async function migrateOverCi3(trial) {
    const { application, scratch, match, before } = trial;
    const name = application.session.forgeTable;
    if (!application.session.inDatabase || name === null)
        return skipped('no session table');
    if (before.some((one) => one.name === name))
        return skipped(`${name} was there before`);
    await scratch.execute(ci3Table(name));
    const findings = await migrate(trial);
    if (findings.some(src_finding/* isError */.bJ))
        return { result: 'stops, and says so', findings: [] };
    const { findings: wrong } = await verifyTried(application, scratch.database, match);
    if (!wrong.some(src_finding/* isError */.bJ))
        return { result: 'becomes right', findings: [] };
    const maker = makerOf(application);
    const survives = (0,src_finding/* noticeFinding */.yv)('old-table-survives', `Over a session table ${name} of CodeIgniter 3 these migrations run through, and the old table stays (${wrong
        .filter(src_finding/* isError */.bJ)
        .map(({ name: rule }) => rule)
        .join(', ')}): IF NOT EXISTS hides it. A server that came from CodeIgniter 3 would count as migrated; a deploy compares the live table and stops.`, `In up(), before createTable(): $this->forge->dropTable('${application.session.savePath}', true);   (old sessions are lost), or leave out the second argument of createTable() so that it stops`);
    const at = maker === undefined ? {} : { at: { file: maker.path, line: maker.line } };
    // The generator of CodeIgniter writes it so, and most servers have no such table.
    const reported = { ...survives, ...at };
    return { result: 'left as it was, unnoticed', findings: [reported] };
}
function skipped(why) {
    return { result: `not tried: ${why}`, findings: [] };
}

;// CONCATENATED MODULE: ./src/trial/phases.ts







/** Migrate, prove, roll back, migrate again; then, on clean ground, once over a table of CodeIgniter 3. */
async function runPhases(trial, log) {
    const record = new PhaseRecorder(log);
    const migrated = await migrate(trial);
    const failed = migrated.some(src_finding/* isError */.bJ);
    record.note('Migrate', failed ? 'failed' : 'as the ledger says', migrated);
    const table = await proveTable(trial);
    // After a migration that failed, a missing table is no news.
    const about = failed && table.result === 'missing' ? [] : table.findings;
    record.note('Session table', tableWords(table.result, about), about);
    if (!failed) {
        await describedTables(trial, record);
        await thereAndBack(trial, record);
        await trial.scratch.remove(without(await trial.scratch.contents(), trial.before));
        const over = await migrateOverCi3(trial);
        const news = table.findings.some(src_finding/* isError */.bJ) ? [] : over.findings;
        record.note('Over a table of CodeIgniter 3', over.result, news);
    }
    const { phases, findings } = record;
    const judged = table.result === 'judged';
    return { phases, columns: table.columns, findings, judged, migrated: !failed };
}
async function describedTables(trial, record) {
    const { tables, scratch, application } = trial;
    if (tables.length === 0)
        return;
    const found = await (0,live.judgeTables)(scratch.database, application, tables);
    record.note('Described tables', found.length === 0 ? 'as described' : 'not as described', found);
}
/** What each stage came to. */
class PhaseRecorder {
    phases = [];
    findings = [];
    #log;
    constructor(log) {
        this.#log = log;
    }
    note(title, result, found = []) {
        this.phases.push({ title, result });
        this.findings.push(...found);
        this.#log.say(`${title}: ${result}`);
    }
}
async function thereAndBack(trial, record) {
    const made = await contents(trial);
    const kept = reasonAgainst(trial);
    const back = kept === null ? await rollBack(trial) : [];
    record.note('Rollback', kept ?? (back.length === 0 ? 'nothing is left' : 'something is left'), back);
    if (kept !== null || back.length > 0) {
        record.note('Migrate again', 'not tried');
        return;
    }
    const again = await migrateAgain(trial, made);
    record.note('Migrate again', again.length === 0 ? 'the same as before' : 'not the same', again);
}
/** What was there before is nobody's to drop, whatever down() says: then nothing is rolled back. */
function reasonAgainst({ before, application }) {
    if (before.length === 0)
        return null;
    const { migrations, ledgerDatabase } = application;
    const names = before.map(({ name }) => name);
    const reason = (0,rollback_policy/* whyMigrationsStay */.H)(migrations, names, ledgerDatabase.prefix, 'auto');
    return reason === null ? null : `not tried: ${reason}`;
}
function tableWords(result, found) {
    if (result === 'elsewhere')
        return 'sessions are not in a table';
    if (result === 'missing')
        return 'missing';
    return found.some(src_finding/* isError */.bJ) ? 'wrong' : 'right, and a session went through';
}
/** The tables, and what the session table is like, as text to compare. */
async function contents({ scratch, application: { session } }) {
    const table = session.table === null ? null : await scratch.database.table(session.table);
    return JSON.stringify([await scratch.contents(), table]);
}
async function migrateAgain(trial, before) {
    const again = await migrate(trial);
    const [fault] = again.filter(src_finding/* isError */.bJ);
    if (fault === undefined && (await contents(trial)) === before)
        return [];
    const what = fault?.message ?? 'the tables are not the same as after the first time.';
    const maker = makerOf(trial.application);
    const at = fault?.at ?? (maker && { file: maker.path, line: maker.line });
    return [
        {
            ...(0,src_finding/* errorFinding */.i9)('migrate-again-differs', `After migrate:rollback, migrating again does not come out as the first time: ${what}`, 'Let down() roll back everything that up() does.'),
            ...(at === undefined ? {} : { at }),
        },
    ];
}

;// CONCATENATED MODULE: ./src/trial/steer.ts

const program = 'steer.php';
const writable = 'writable';
/** Puts beside the checkout what steering takes: the program, and a writable/ that is not the checkout's. */
async function furnish(runner) {
    await runner.write(program, programs/* programs */.c.steer);
    for (const folder of ['cache', 'logs', 'session', 'debugbar', 'uploads']) {
        await runner.write(`${writable}/${folder}/index.html`, '');
    }
}
/** The same command of PHP, but the application in it takes these settings before those of `.env` and its own files. */
function steered(command, { folder }, settings) {
    const order = { settings, writable: `${folder}/${writable}` };
    return {
        ...command,
        args: ['-d', `auto_prepend_file=${folder}/${program}`, ...command.args],
        env: { ...command.env, CI4_DEPLOY_STEER: JSON.stringify(order) },
    };
}
/**
 * Leads every group to the throw-away database, its failovers too; prefixes and all else stay. Files of SQLite hold
 * nothing of anybody else.
 */
function settingsFor(groups, login) {
    const entries = groups
        .filter(({ driver }) => driver !== 'SQLite3')
        .flatMap(({ name, failovers }) => [
        ...steer_connection(`database.${name}`, login),
        // A failing query has to be heard of: with DBDebug off the ledger calls such a migration done.
        [`database.${name}.DBDebug`, 'true'],
        ...failovers.flatMap(({ key }) => steer_connection(`database.${name}.failover.${key}`, login)),
    ]);
    return Object.fromEntries(entries);
}
function steer_connection(group, { address, user, password, database }) {
    const [host, port] = 'socket' in address ? [address.socket, ''] : [address.host, String(address.port)];
    const settings = {
        DSN: '',
        hostname: host,
        port,
        username: user,
        password: password.reveal(),
        database,
    };
    return Object.entries(settings).map(([name, value]) => [`${group}.${name}`, value]);
}

;// CONCATENATED MODULE: ./src/trial/trial.ts
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});








/**
 * Runs the migrations of the checkout in every database that was given, and proves them as a deploy does. Each database
 * is left as it was found.
 * @throws the signal's reason when it aborts; what was made is taken away before
 */
async function tryOut(tools, signal) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const runner = __addDisposableResource(env_1, await tools.openRunner(), true);
        await furnish(runner);
        tools.log.group('Try: the database groups of the application');
        const question = askGroups(tools.php, runner.root, tools.nonce, null);
        const answer = await ran(tools, runner, steered(question, runner, {}), signal);
        const reported = readGroups(answer, tools.nonce);
        const tried = [];
        for (const login of tools.databases) {
            const name = databaseWords(login);
            const began = tools.log.seconds;
            tools.log.group(`Try: ${name}`);
            const { findings, judged, migrated, ...database } = reported.ok
                ? await inDatabase(tools, runner, reported.groups, login, signal)
                : trial_nothing([notAnswering(reported.failure, tools.php)]);
            const seconds = tools.log.seconds - began;
            tried.push({ database: { name, ...database, seconds }, findings, judged, migrated });
        }
        return tried;
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = __disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
function trial_nothing(findings, product = '') {
    return { product, phases: [], columns: [], findings, judged: false, migrated: false };
}
/** A database that is lost on the way is a finding like one that never let us in. */
async function inDatabase(tools, runner, groups, login, signal) {
    try {
        const env_2 = { stack: [], error: void 0, hasError: false };
        try {
            const scratch = __addDisposableResource(env_2, await tools.openScratch(login, signal), true);
            const { product } = scratch.database;
            tools.log.say(`${databaseWords(login)} is ${product}`);
            const settings = settingsFor(groups, login);
            const php = async (asked) => ran(tools, runner, steered(asked, runner, settings), signal);
            const trial = await benchIn(tools, runner.root, scratch, php, login);
            return 'findings' in trial
                ? trial_nothing(trial.findings, product)
                : { product, ...(await leavingNothing(trial, tools.log)) };
        }
        catch (e_2) {
            env_2.error = e_2;
            env_2.hasError = true;
        }
        finally {
            const result_2 = __disposeResources(env_2);
            if (result_2)
                await result_2;
        }
    }
    catch (failure) {
        signal.throwIfAborted();
        return trial_nothing([notOpened(failure, login)]);
    }
}
/** Everything is ready and nothing else can be met; or what stands against it, before anything ran. */
async function benchIn({ php: phpName, mayBeUsed, match, tables, namespaces, nonce }, root, scratch, php, login) {
    const before = await scratch.contents();
    if (before.length > 0 && !mayBeUsed)
        return { findings: [notEmpty(before, login)] };
    const mark = `ci4-deploy-${nonce.replace(/\W/g, '')}`;
    const holder = await scratch.mark(mark);
    const led = readGroups(await php(askGroups(phpName, root, nonce, mark)), nonce);
    if (!led.ok)
        return { findings: [notAnswering(led.failure, phpName)] };
    const astray = judgeConnections(led.groups, login, holder);
    if (astray.length > 0)
        return { findings: astray };
    const reported = (0,ask/* readApplication */.nZ)(await php((0,ask/* askApplication */.kj)(phpName, root, nonce)), nonce);
    if (!reported.ok)
        return { findings: [notAnswering(reported.failure, phpName)] };
    const { application } = reported;
    const findings = [
        ...judgeRefusals(application, login),
        ...ledgerTaken(application, before, login),
    ];
    if (findings.length > 0)
        return { findings };
    return { scratch, application, php, phpName, root, nonce, namespaces, match, tables, before };
}
/** What the migrations made is taken away whatever happens, and in the case of a cancellation too. */
async function leavingNothing(trial, log) {
    try {
        return await runPhases(trial, log);
    }
    finally {
        await clear(trial);
    }
}
/** Takes away what was not there before. */
async function clear({ scratch, before }) {
    await scratch.remove(without(await scratch.contents(), before));
}
async function ran({ log }, runner, asked, signal) {
    const output = await runner.run(asked, signal);
    log.round([asked], [output]);
    return output;
}
/** Rows of a ledger cannot be distinguished afterwards, and a database that has one is somebody's. */
function ledgerTaken({ ledger }, before, login) {
    const own = before.find(({ name }) => name === ledger.table || name === ledger.lockTable);
    if (own === undefined)
        return [];
    return [
        (0,src_finding/* errorFinding */.i9)('ledger-taken', `${databaseWords(login)} has the ${thingWords(own)} already: other migrations ran there, and theirs cannot be known from these. Nothing was migrated.`, 'Give an empty database: CREATE DATABASE ci4_check;'),
    ];
}

;// CONCATENATED MODULE: ./src/run-check.ts











/**
 * The command that needs no server: it reads what lies in the checkout, and runs it where a database is given.
 * @throws ConfigError when the inputs are not as they must be
 */
async function runCheck(request) {
    const { inputs, log, environment } = request;
    const { workspace, baseBranch, mergeCommit: merge } = environment;
    const { config, trial } = parseCheck(inputs, baseBranch);
    const checkout = (0,checkout_checkout/* openCheckout */.H)({ workspace, directory: config.directory, merge });
    const { folder } = checkout;
    const tryIn = trial === null || folder === null
        ? null
        : async (tables) => runTrial(folder, trial, tables, request);
    const report = await check_check(config, checkout, () => log.seconds, tryIn);
    return config.sarifFile === null ? report : writeSarif(report, workspace, config.sarifFile);
}
/** Runs the migrations of the checkout in the databases that were given. */
async function runTrial(folder, trial, tables, { log, mask, signal }) {
    for (const { password } of trial.databases)
        mask(password.reveal());
    const tools = {
        ...{ ...trial, tables, log, nonce: `@${(0,external_node_crypto_.randomUUID)()}@`, openScratch: openScratch },
        openRunner: () => openRunner(folder, trial.limit),
    };
    return tryOut(tools, signal);
}
function writeSarif(report, workspace, file) {
    try {
        const text = `${JSON.stringify(sarif(report.findings), null, 2)}\n`;
        (0,write/* writeBelow */.BO)((0,external_node_fs_.realpathSync)(workspace), file, text);
        return report;
    }
    catch (error) {
        if (!(error instanceof write/* NotWritten */.rl))
            throw error;
        return withError(report, sarifNotWritten(error.message));
    }
}


/***/ })

};
;