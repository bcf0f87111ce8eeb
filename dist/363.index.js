"use strict";
exports.id = 363;
exports.ids = [363];
exports.modules = {

/***/ 15456:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  u: () => (/* binding */ readSettingsFile)
});

// UNUSED EXPORTS: severityWords

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(38815);
// EXTERNAL MODULE: ./src/config/settings-commands.ts
var settings_commands = __webpack_require__(99784);
;// CONCATENATED MODULE: ./src/config/settings-nodes.ts

/** The nodes of the file, read with their lines; what is wrong is kept. */
class SettingsNodes {
    problems = [];
    #lines;
    constructor(lines) {
        this.#lines = lines;
    }
    lineAt(offset) {
        return Math.max(1, this.#lines.linePos(offset).line);
    }
    complain(offset, message) {
        this.problems.push({ line: this.lineAt(offset), message });
    }
    /** Calls the reader of each key; others are problems. */
    each(node, at, name, readers) {
        for (const { key, value, place } of this.pairs(node, at, name)) {
            const reader = Object.hasOwn(readers, key) ? readers[key] : undefined;
            if (reader !== undefined)
                reader(value, place);
            else
                this.complain(place, `There is no ${key} in ${name}. Known: ${Object.keys(readers).join(', ')}`);
        }
    }
    pairs(node, at, name) {
        if (!(0,dist/* isMap */.jh)(node)) {
            this.complain(at, `${name} must have keys and values`);
            return [];
        }
        const seen = new Set();
        return node.items.map(({ key, value }) => {
            const text = (0,dist/* isScalar */.jn)(key) ? String(key.value) : '';
            const place = ((0,dist/* isScalar */.jn)(key) ? key.range?.[0] : undefined) ?? at;
            if (seen.has(text))
                this.complain(place, `${text} stands twice in ${name}`);
            seen.add(text);
            return { key: text, value, place };
        });
    }
}

;// CONCATENATED MODULE: ./src/config/settings-tables.ts

/** What stands under `tables`. */
function readTables(nodes, node, at) {
    return nodes
        .pairs(node, at, 'tables')
        .map(({ key, value, place }) => readTable(nodes, key, value, place));
}
function readTable(nodes, name, node, at) {
    const line = nodes.lineAt(at);
    const draft = {
        name,
        line,
        columns: [],
        primaryKey: null,
        uniqueKeys: [],
        indexes: [],
    };
    nodes.each(node, at, `the table ${name}`, {
        columns: (value, from) => (draft.columns = readColumns(nodes, name, value, from)),
        'primary key': (value, from) => (draft.primaryKey = readKey(nodes, value, from)),
        'unique keys': (value, from) => (draft.uniqueKeys = readKeys(nodes, value, from)),
        indexes: (value, from) => (draft.indexes = readKeys(nodes, value, from)),
    });
    if (draft.columns.length === 0)
        nodes.complain(at, `The table ${name} has no columns`);
    return draft;
}
function readColumns(nodes, table, node, at) {
    return nodes.pairs(node, at, `columns of ${table}`).flatMap(({ key, value, place }) => {
        const sql = (0,dist/* isScalar */.jn)(value) && typeof value.value === 'string' ? value.value : '';
        if (sql === '')
            nodes.complain(place, `${key} must be a type, as varchar(255) NOT NULL`);
        return { name: key, sql, line: nodes.lineAt(place) };
    });
}
/** A list of keys; each is one column or a list of columns. */
function readKeys(nodes, node, at) {
    if (!(0,dist/* isSeq */.oP)(node)) {
        nodes.complain(at, 'Keys are a list, as [email, [shop, number]]');
        return [];
    }
    return node.items.flatMap((item) => readKey(nodes, item, rangeOf(item) ?? at) ?? []);
}
function readKey(nodes, node, at) {
    const parts = (0,dist/* isSeq */.oP)(node) ? node.items : [node];
    const columns = parts.map((part) => (0,dist/* isScalar */.jn)(part) && typeof part.value === 'string' ? part.value : '');
    if (columns.length > 0 && !columns.includes(''))
        return { columns, line: nodes.lineAt(at) };
    nodes.complain(at, 'A key is a column or a list of columns, as id or [shop, number]');
    return null;
}
function rangeOf(node) {
    return (0,dist/* isScalar */.jn)(node) || (0,dist/* isSeq */.oP)(node) ? node.range?.[0] : undefined;
}

;// CONCATENATED MODULE: ./src/config/settings-file.ts




/** Far more than any table takes to describe. */
const largest = 256 * 1024;
/** Words for the severity of a rule. */
const severityWords = ['error', 'warning', 'notice', 'off'];
/** Reads the file. Every unknown key and mistyped value is a problem with its line. */
function readSettingsFile(text, ruleNames) {
    const lines = new dist/* LineCounter */.HN();
    const nodes = new SettingsNodes(lines);
    if (text.length > largest) {
        nodes.complain(0, `The file has more than ${largest / 1024} KiB, so it was not read`);
        return nodes.problems;
    }
    // The library compares each key with each other one: `nodes` looks for keys that come twice, in one pass.
    const document = (0,dist/* parseDocument */.Tp)(text, { lineCounter: lines, uniqueKeys: false });
    for (const error of document.errors) {
        nodes.complain(error.pos[0], wordsFor(error));
    }
    for (const { line, name } of aliasesIn(document, lines)) {
        nodes.problems.push({
            line,
            message: `*${name} is an alias of YAML, which is not read here. Write out what it stands for`,
        });
    }
    const severities = new Map();
    const tables = [];
    let commands = settings_commands/* noCommands */.KM;
    if (nodes.problems.length === 0 && document.contents !== null) {
        nodes.each(document.contents, 0, 'the file', {
            check: (check, at) => {
                nodes.each(check, at, 'check', {
                    rules: (rules, from) => {
                        readRules(nodes, rules, from, ruleNames, severities);
                    },
                });
            },
            tables: (node, at) => tables.push(...readTables(nodes, node, at)),
            commands: (node, at) => {
                commands = (0,settings_commands/* readCommands */.P4)(nodes, node, at);
            },
        });
    }
    return nodes.problems.length > 0 ? nodes.problems : { severities, tables, commands };
}
/** The words of the library are for those who use it; these are for who wrote the file. */
function wordsFor({ code, message }) {
    if (code === 'MULTIPLE_DOCS') {
        return 'The file holds several documents of YAML. Leave out the line ---, or all behind it';
    }
    if (/call stack/i.test(message))
        return 'The file is nested too deeply to be read';
    return ((message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '') || 'This is no YAML');
}
function aliasesIn(document, lines) {
    const found = [];
    (0,dist/* visit */.YR)(document, {
        Alias: (_, node) => {
            found.push({
                line: Math.max(1, lines.linePos(node.range?.[0] ?? 0).line),
                name: node.source,
            });
        },
    });
    return found;
}
function readRules(nodes, node, at, ruleNames, severities) {
    for (const { key, value, place } of nodes.pairs(node, at, 'rules')) {
        const word = (0,dist/* isScalar */.jn)(value) ? String(value.value) : '';
        const severity = severityWords.find((one) => one === word);
        if (!ruleNames.includes(key)) {
            nodes.complain(place, `There is no rule ${key}. The rules are listed in docs/findings.md`);
        }
        else if (severity === undefined) {
            nodes.complain(place, `${key} must be one of: ${severityWords.join(', ')}`);
        }
        else
            severities.set(key, severity);
    }
}


/***/ }),

/***/ 13285:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ judgeFolded),
/* harmony export */   x: () => (/* binding */ misdescribed)
/* harmony export */ });
/* harmony import */ var _config_settings_path_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(93997);
/* harmony import */ var _static_catalog_built_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(64402);
/* harmony import */ var _static_catalog_model_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(40059);
/* harmony import */ var _judge_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(20376);
/* harmony import */ var _static_judge_described_names_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7308);
/* harmony import */ var _wanted_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(94212);






/** Holds the tables that the migrations make against their descriptions. What cannot be known is called so. */
function judgeFolded(tables, { defaultGroup, groups }, folded, family) {
    if (folded.unjudged.has(defaultGroup))
        return [];
    const prefix = groups.get(defaultGroup)?.prefix ?? '';
    const catalog = folded.catalogs.get(defaultGroup);
    return tables.flatMap((described) => {
        const wanted = (0,_wanted_js__WEBPACK_IMPORTED_MODULE_3__/* .wantedTable */ .o)(described, prefix, family);
        if ('table' in wanted)
            return judgeOne(wanted, folded, catalog);
        // Which server it will be is not known; a live one tells.
        const known = (0,_wanted_js__WEBPACK_IMPORTED_MODULE_3__/* .wantedTable */ .o)(described, prefix, 'MariaDB');
        return 'table' in known
            ? [unresolved(described.line, `${wanted.message}: set the input db-version`)]
            : [misdescribed(known)];
    });
}
/** The description itself is wrong. */
function misdescribed({ line, message }) {
    const at = { file: _config_settings_path_js__WEBPACK_IMPORTED_MODULE_4__/* .settingsFile */ ._, line };
    return { name: 'settings-file', severity: 'error', message: `${message}.`, at };
}
function judgeOne(wanted, { stoppedAt }, catalog) {
    const { name } = wanted.table;
    const entry = catalog?.tables.get(name);
    const table = entry === undefined ? undefined : (0,_static_catalog_model_js__WEBPACK_IMPORTED_MODULE_0__/* .resolved */ .L$)(entry);
    if (table !== undefined && !('why' in table))
        return (0,_judge_js__WEBPACK_IMPORTED_MODULE_1__/* .judgeDescribed */ .j)(wanted, (0,_static_catalog_built_js__WEBPACK_IMPORTED_MODULE_5__/* .built */ .j)(table));
    const stopped = stoppedAt === null ? undefined : 'a migration stops before';
    const why = table?.why ?? stopped ?? outOfSight(catalog);
    if (why === undefined)
        return (0,_judge_js__WEBPACK_IMPORTED_MODULE_1__/* .judgeDescribed */ .j)(wanted, 'absent');
    const message = `What ${name} is like, only running the migrations tells: ${why}`;
    return [unresolved(wanted.described.line, message)];
}
/** What may make tables that nobody sees. */
function outOfSight(catalog) {
    return catalog === undefined ? undefined : [...catalog.unnamed, ...catalog.unseen][0]?.why;
}
function unresolved(line, message) {
    const name = 'described-table-unresolved';
    const at = { file: _config_settings_path_js__WEBPACK_IMPORTED_MODULE_4__/* .settingsFile */ ._, line };
    return { name, severity: _static_judge_described_names_js__WEBPACK_IMPORTED_MODULE_2__/* .describedRules */ .n[name], message: `${message}.`, at };
}


/***/ }),

/***/ 20376:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ judgeDescribed)
/* harmony export */ });
/* unused harmony export creation */
/* harmony import */ var _schema_migration_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(11039);
/* harmony import */ var _remedy_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(35251);
/* harmony import */ var _config_settings_path_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(93997);
/* harmony import */ var _finding_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(52018);
/* harmony import */ var _schema_remedy_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(91335);
/* harmony import */ var _schema_words_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(99098);
/* harmony import */ var _static_judge_described_names_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7308);







/**
 * Holds a table against its description. What is not described is not looked at. The first finding carries one
 * ALTER TABLE for all of them.
 */
function judgeDescribed(wanted, found) {
    const { name } = wanted.table;
    const { line } = wanted.described;
    if (found === 'not visible') {
        const message = `The database does not let this user read ${name}, so that nobody can tell whether it is as described.`;
        return [finding('described-table', line, message)];
    }
    if (found === 'absent') {
        const message = `There is no table ${name}, which ${_config_settings_path_js__WEBPACK_IMPORTED_MODULE_5__/* .settingsFile */ ._} describes.`;
        return [
            {
                ...finding('described-table', line, message),
                remedies: (0,_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .remedies */ .JW)((0,_remedy_js__WEBPACK_IMPORTED_MODULE_1__/* .inDatabase */ .jG)('', creation(wanted)), (0,_schema_migration_js__WEBPACK_IMPORTED_MODULE_0__/* .commitMigration */ .Q)(name, [creation(wanted)])),
            },
        ];
    }
    if (found.kind === 'view') {
        const message = `${name} is a view; ${_config_settings_path_js__WEBPACK_IMPORTED_MODULE_5__/* .settingsFile */ ._} describes a table.`;
        return [finding('described-table', line, message)];
    }
    return reported(name, [...columnDifferences(wanted, found), ...keyDifferences(wanted, found)]);
}
function reported(table, differences) {
    const remedy = (0,_schema_remedy_js__WEBPACK_IMPORTED_MODULE_6__/* .alter */ .hN)(table, differences.flatMap(({ clauses }) => clauses));
    return differences.map(({ rule, message, line }, at) => ({
        ...finding(rule, line, message),
        remedies: at === 0
            ? (0,_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .remedies */ .JW)((0,_remedy_js__WEBPACK_IMPORTED_MODULE_1__/* .inDatabase */ .jG)('', remedy), (0,_schema_migration_js__WEBPACK_IMPORTED_MODULE_0__/* .commitMigration */ .Q)(table, [remedy]))
            : (0,_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .remedies */ .JW)(`Part of the remedy of ${differences[0]?.rule ?? rule}.`),
    }));
}
function finding(name, line, message) {
    return { name, severity: _static_judge_described_names_js__WEBPACK_IMPORTED_MODULE_4__/* .describedRules */ .n[name], message, at: { file: _config_settings_path_js__WEBPACK_IMPORTED_MODULE_5__/* .settingsFile */ ._, line } };
}
function* columnDifferences({ described, table }, found) {
    for (const [at, own] of described.columns.entries()) {
        const wanted = table.columns[at];
        const there = (0,_schema_words_js__WEBPACK_IMPORTED_MODULE_3__/* .columnNamed */ .c1)(found, own.name);
        if (wanted === undefined)
            continue;
        if (there === undefined)
            yield missing(found.name, own);
        else if (!isSame(wanted, there))
            yield different(found.name, own, wanted, there);
    }
}
function missing(table, { name, sql, line }) {
    return {
        rule: 'described-column',
        message: `${table} has no column ${name}; described is: ${sql}.`,
        line,
        clauses: [`ADD COLUMN ${(0,_schema_remedy_js__WEBPACK_IMPORTED_MODULE_6__/* .quoted */ .TL)(name)} ${sql}`],
    };
}
function isSame(wanted, found) {
    return (wanted.type.normal === found.type.normal &&
        wanted.nullable === found.nullable &&
        wanted.default.normal === found.default.normal &&
        wanted.extra.normal === found.extra.normal);
}
function different(table, { name, sql, line }, wanted, found) {
    return {
        rule: 'described-column',
        message: `${table}.${name} is ${(0,_schema_words_js__WEBPACK_IMPORTED_MODULE_3__/* .describeColumn */ ["in"])(found)}; described is ${(0,_schema_words_js__WEBPACK_IMPORTED_MODULE_3__/* .describeColumn */ ["in"])(wanted)}.`,
        line,
        clauses: [`MODIFY ${(0,_schema_remedy_js__WEBPACK_IMPORTED_MODULE_6__/* .quoted */ .TL)(name)} ${sql}`],
    };
}
function* keyDifferences({ described, table }, found) {
    const { primaryKey, uniqueKeys, indexes } = described;
    if (primaryKey !== null && !covers(found.primaryKey, table.primaryKey)) {
        const drop = found.primaryKey === null ? [] : ['DROP PRIMARY KEY'];
        const is = found.primaryKey === null ? 'no primary key' : `the primary key ${words(found.primaryKey)}`;
        yield {
            rule: 'described-key',
            message: `${found.name} has ${is}; described is (${primaryKey.columns.join(', ')}).`,
            line: primaryKey.line,
            clauses: [...drop, `ADD PRIMARY KEY (${(0,_schema_remedy_js__WEBPACK_IMPORTED_MODULE_6__/* .keyList */ .as)(primaryKey.columns)})`],
        };
    }
    for (const key of uniqueKeys)
        if (!allOf(found).some((one) => one.unique && isOver(one, key)))
            yield lacking(found.name, key, 'unique key', 'ADD UNIQUE KEY');
    for (const key of indexes)
        if (!allOf(found).some((one) => one.visible && begins(one, key)))
            yield lacking(found.name, key, 'index', 'ADD KEY');
}
function lacking(table, key, kind, clause) {
    return {
        rule: 'described-key',
        message: `${table} has no ${kind} over (${key.columns.join(', ')}).`,
        line: key.line,
        clauses: [`${clause} (${(0,_schema_remedy_js__WEBPACK_IMPORTED_MODULE_6__/* .keyList */ .as)(key.columns)})`],
    };
}
function allOf({ indexes, primaryKey }) {
    return primaryKey === null ? indexes : [primaryKey, ...indexes];
}
function covers(found, wanted) {
    return found !== null && wanted !== null && words(found) === words(wanted);
}
function isOver({ parts }, { columns }) {
    return parts.length === columns.length && begins({ parts }, { columns });
}
/** An index over more columns serves those it begins with. */
function begins({ parts }, { columns }) {
    return columns.every((column, at) => {
        const part = parts[at];
        return part?.length === null && part.column.toLowerCase() === column.toLowerCase();
    });
}
function words({ parts }) {
    const each = parts.map(({ column, length }) => {
        const name = column.toLowerCase();
        return length === null ? name : `${name}(${length})`;
    });
    return `(${each.join(', ')})`;
}
/** The table as described, to be pasted. */
function creation({ described, table }) {
    const { columns, primaryKey, uniqueKeys, indexes } = described;
    const lines = [
        ...columns.map(({ name, sql }) => `${(0,_schema_remedy_js__WEBPACK_IMPORTED_MODULE_6__/* .quoted */ .TL)(name)} ${sql}`),
        ...(primaryKey === null ? [] : [`PRIMARY KEY (${(0,_schema_remedy_js__WEBPACK_IMPORTED_MODULE_6__/* .keyList */ .as)(primaryKey.columns)})`]),
        ...uniqueKeys.map((key) => `UNIQUE KEY (${(0,_schema_remedy_js__WEBPACK_IMPORTED_MODULE_6__/* .keyList */ .as)(key.columns)})`),
        ...indexes.map((key) => `KEY (${(0,_schema_remedy_js__WEBPACK_IMPORTED_MODULE_6__/* .keyList */ .as)(key.columns)})`),
    ];
    return `CREATE TABLE ${(0,_schema_remedy_js__WEBPACK_IMPORTED_MODULE_6__/* .quoted */ .TL)(table.name)} (${lines.map((line) => `\n  ${line}`).join(',')}\n);`;
}


/***/ }),

/***/ 10363:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  judgeTables: () => (/* binding */ judgeTables),
  printTables: () => (/* binding */ printTables),
  readLive: () => (/* binding */ readLive)
});

// EXTERNAL MODULE: ./src/config/settings-commands.ts
var settings_commands = __webpack_require__(99784);
// EXTERNAL MODULE: ./src/config/settings-file.ts + 2 modules
var settings_file = __webpack_require__(15456);
// EXTERNAL MODULE: ./src/static/judge/names.ts
var names = __webpack_require__(81034);
// EXTERNAL MODULE: ./src/described/folded.ts
var folded = __webpack_require__(13285);
// EXTERNAL MODULE: ./src/described/judge.ts
var judge = __webpack_require__(20376);
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(38815);
// EXTERNAL MODULE: ./src/described/wanted.ts
var described_wanted = __webpack_require__(94212);
;// CONCATENATED MODULE: ./src/described/print.ts



/**
 * The part `tables` of `.ci4-deploy.yml` that describes these tables as they are. What cannot be described (generated
 * columns, defaults that are expressions, keys over parts of columns) is left out, and named in a comment.
 */
function describe(tables, prefix, family) {
    const [left, described] = [[], {}];
    for (const table of tables.filter(({ kind }) => kind === 'table')) {
        const { own, without } = describable(table, prefix, family);
        // A name may hold a line end, and what follows would be no comment any more.
        left.push(...without.map((one) => `# not described: ${one.replace(/\s/g, ' ')}\n`));
        if (own.columns.length > 0)
            described[own.name] = written(own);
    }
    if (Object.keys(described).length === 0)
        return `${left.join('')}tables: {}\n`;
    return `${left.join('')}${(0,dist/* stringify */.As)({ tables: described }, { lineWidth: 0 })}`;
}
/** What is written is read again: only what then finds the table right is kept. */
function describable(table, prefix, family) {
    const name = table.name.slice(table.name.startsWith(prefix) ? prefix.length : 0);
    const bare = { name, line: 1, primaryKey: null, uniqueKeys: [], indexes: [], columns: [] };
    const holds = (own) => {
        const wanted = (0,described_wanted/* wantedTable */.o)(own, table.name.slice(0, table.name.length - name.length), family);
        return 'table' in wanted && (0,judge/* judgeDescribed */.j)(wanted, table).length === 0;
    };
    const columns = table.columns.map((one) => ({ name: one.name, sql: sqlOf(one), line: 1 }));
    const alone = (own) => holds({ ...bare, columns: [{ ...own, sql: own.sql.replace(/ AUTO_INCREMENT$/, '') }] }) ||
        own.sql.endsWith(' AUTO_INCREMENT');
    const kept = columns.filter(alone);
    const own = {
        ...bare,
        columns: kept,
        primaryKey: table.primaryKey === null ? null : keyOf(table.primaryKey),
        uniqueKeys: table.indexes.filter((one) => one.unique && isWhole(one)).map(keyOf),
        indexes: table.indexes.filter((one) => !one.unique && one.visible && isWhole(one)).map(keyOf),
    };
    const without = [
        ...columns.filter((one) => !kept.includes(one)).map((one) => `${table.name}.${one.name}`),
        ...table.indexes
            .filter((one) => !isWhole(one))
            .map((one) => `the key ${one.name} of ${table.name}`),
    ];
    return holds(own) ? { own, without } : { own: bare, without: [table.name] };
}
function isWhole({ parts }) {
    return parts.every(({ column, length }) => length === null && column !== '(expression)');
}
function keyOf({ parts }) {
    return { columns: parts.map(({ column }) => column), line: 1 };
}
function sqlOf({ type, nullable, default: fallback, extra }) {
    const moment = (text) => text.replace(/\bnow\b/, 'CURRENT_TIMESTAMP');
    const words = [type.normal, nullable ? 'NULL' : 'NOT NULL'];
    if (!['none', 'null'].includes(fallback.normal))
        words.push(`DEFAULT ${moment(fallback.normal)}`);
    if (extra.normal !== '')
        words.push(moment(extra.normal).toUpperCase());
    return words.join(' ');
}
function written({ columns, primaryKey, uniqueKeys, indexes }) {
    const short = ({ columns: names }) => names.length === 1 ? names[0] : names;
    return {
        columns: Object.fromEntries(columns.map(({ name, sql }) => [name, sql])),
        ...(primaryKey === null ? {} : { 'primary key': short(primaryKey) }),
        ...(uniqueKeys.length === 0 ? {} : { 'unique keys': uniqueKeys.map(short) }),
        ...(indexes.length === 0 ? {} : { indexes: indexes.map(short) }),
    };
}

;// CONCATENATED MODULE: ./src/described/live.ts







/** What the text of `.ci4-deploy.yml` says of tables and commands, or what is wrong with the text. */
function readLive(text) {
    const settings = (0,settings_file/* readSettingsFile */.u)(text, names/* ruleNames */.XZ);
    return 'tables' in settings
        ? { tables: settings.tables, commands: settings.commands, findings: [] }
        : { tables: [], commands: settings_commands/* noCommands */.KM, findings: settings.map(folded/* misdescribed */.x) };
}
/** What is wrong with the described tables in this database. */
async function judgeTables(database, { ledgerDatabase: { prefix } }, tables) {
    const findings = [];
    for (const described of tables) {
        const wanted = (0,described_wanted/* wantedTable */.o)(described, prefix, familyOf(database));
        if (!('table' in wanted))
            findings.push((0,folded/* misdescribed */.x)(wanted));
        else
            findings.push(...(0,judge/* judgeDescribed */.j)(wanted, await database.table(wanted.table.name)));
    }
    return findings;
}
/** What `.ci4-deploy.yml` would say of tables of this database. */
function printTables(tables, prefix, database) {
    return describe(tables, prefix, familyOf(database));
}
/** What the server of this database is. */
function familyOf({ product }) {
    return product.startsWith('MariaDB') ? 'MariaDB' : 'MySQL';
}


/***/ }),

/***/ 94212:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ wantedTable)
/* harmony export */ });
/* harmony import */ var _schema_remedy_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(91335);
/* harmony import */ var _static_catalog_alter_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(32271);
/* harmony import */ var _static_catalog_built_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(64402);
/* harmony import */ var _static_catalog_model_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(40059);
/* harmony import */ var _static_sql_columns_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(80746);
/* harmony import */ var _static_sql_cursor_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(87187);
/* harmony import */ var _static_sql_tokens_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(55715);







/**
 * The table that a description stands for, under its whole name.
 * @param family what the server is; where servers differ, `unknown` makes the description one that cannot be read
 */
function wantedTable(described, prefix, family) {
    try {
        const columns = described.columns.map((one) => columnOf(one.name, one.sql, one.line));
        const empty = (0,_static_catalog_model_js__WEBPACK_IMPORTED_MODULE_1__/* .bareTable */ .D0)(prefix + described.name, nowhere);
        const parts = [
            ...columns.map((column) => ({ kind: 'add column', column, ifNotExists: false })),
            ...keysOf(described).map((key) => ({ kind: 'add key', key })),
        ];
        const table = (0,_static_catalog_alter_js__WEBPACK_IMPORTED_MODULE_0__/* .altered */ .W)(empty, parts, family, nowhere);
        const doubt = (0,_static_catalog_model_js__WEBPACK_IMPORTED_MODULE_1__/* .doubtOf */ .kv)(table);
        if (doubt !== null)
            throw new _static_catalog_model_js__WEBPACK_IMPORTED_MODULE_1__/* .ServerDecides */ .pj(doubt.why);
        return { described, table: (0,_static_catalog_built_js__WEBPACK_IMPORTED_MODULE_5__/* .built */ .j)(table) };
    }
    catch (error) {
        if (error instanceof Misread)
            return { line: error.line, message: error.message };
        if (!(error instanceof _static_catalog_model_js__WEBPACK_IMPORTED_MODULE_1__/* .Refused */ .Lw) && !(error instanceof _static_catalog_model_js__WEBPACK_IMPORTED_MODULE_1__/* .ServerDecides */ .pj))
            throw error;
        return { line: described.line, message: `The table ${described.name}: ${error.message}` };
    }
}
const nowhere = { file: '', line: 1 };
/** The SQL of one column is not read here. */
class Misread extends Error {
    name = 'Misread';
    line;
    constructor(line, message) {
        super(message);
        this.line = line;
    }
}
function columnOf(name, sql, line) {
    try {
        const at = new _static_sql_cursor_js__WEBPACK_IMPORTED_MODULE_3__/* .Cursor */ .b((0,_static_sql_tokens_js__WEBPACK_IMPORTED_MODULE_4__/* .tokens */ .LU)(`${(0,_schema_remedy_js__WEBPACK_IMPORTED_MODULE_6__/* .quoted */ .TL)(name)} ${sql}`));
        const column = (0,_static_sql_columns_js__WEBPACK_IMPORTED_MODULE_2__/* .readWholeColumn */ .oU)(at);
        if (column.primary || column.unique)
            throw new Misread(line, `${name}: keys are described beside the columns, not with them`);
        return column;
    }
    catch (error) {
        if (!(error instanceof _static_sql_tokens_js__WEBPACK_IMPORTED_MODULE_4__/* .NotUnderstood */ .fO))
            throw error;
        throw new Misread(line, `${name}: "${sql}" is not read here (${error.message}). It must be what stands behind the name in CREATE TABLE, as varchar(255) NOT NULL`);
    }
}
function keysOf({ primaryKey, uniqueKeys, indexes }) {
    const key = (kind) => ({ columns }) => ({
        kind,
        name: null,
        parts: columns.map((column) => ({ column, length: null })),
        visible: true,
    });
    return [
        ...(primaryKey === null ? [] : [key('primary')(primaryKey)]),
        ...uniqueKeys.map(key('unique')),
        ...indexes.map(key('plain')),
    ];
}


/***/ }),

/***/ 64402:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ built)
/* harmony export */ });
/** The table that the migrations make, as the rules about live tables look at it: the one place that builds it. */
function built(model) {
    const { name, engine, rowFormat, partitioned, versioned, triggers } = model;
    const indexes = model.indexes.map(index);
    return {
        name,
        kind: 'table',
        engine,
        rowFormat: rowFormat.toUpperCase(),
        // How it is partitioned is not read: what no server has said yet is not called wrong.
        partitioning: partitioned ? { method: 'UNKNOWN', expression: '', open: true } : null,
        versioned,
        triggers: triggers.map(trigger),
        foreignKeys: (model.foreignKeys ?? []).map(({ name: symbol, columns, references }) => ({
            name: symbol,
            columns,
            to: references.table ?? '',
        })),
        checks: [],
        columns: model.columns.map(column),
        primaryKey: indexes.find((one) => one.name === 'PRIMARY') ?? null,
        indexes: indexes
            .filter((one) => one.name !== 'PRIMARY')
            .toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
    };
}
function column({ name, type, nullable, fallback, extra }) {
    const reported = (normal) => ({ raw: normal, normal });
    return {
        name,
        type: reported(type),
        nullable,
        default: reported(fallback),
        extra: reported(extra.join(', ')),
    };
}
/** `when` as `BEFORE INSERT`. */
function trigger({ name, when }) {
    const [timing = '', event = ''] = when.toUpperCase().split(' ');
    return { name, timing, event };
}
function index({ name, unique, visible, parts }) {
    return { name, unique, visible, parts };
}


/***/ }),

/***/ 7308:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ describedRules)
/* harmony export */ });
/** What can be wrong with a described table, with the severity it has unless .ci4-deploy.yml says otherwise. */
const describedRules = {
    'described-table': 'error',
    'described-column': 'error',
    'described-key': 'error',
    'described-table-unresolved': 'warning',
};


/***/ }),

/***/ 81034:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F9: () => (/* binding */ found),
/* harmony export */   XZ: () => (/* binding */ ruleNames)
/* harmony export */ });
/* unused harmony exports staticRules, runRules */
/* harmony import */ var _finding_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(52018);
/* harmony import */ var _schema_rules_all_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(61039);
/* harmony import */ var _described_names_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7308);



/** What only reading migrations finds, with the severity it has unless .ci4-deploy.yml says otherwise. */
const staticRules = {
    'session-table-not-created': 'error',
    'session-table-unresolved': 'warning',
    'session-table-conditional': 'notice',
    'session-table-in-other-group': 'error',
    'session-timestamp-converted': 'error',
    'session-settings-unresolved': 'warning',
    'migration-fails': 'error',
    'migration-syntax': 'error',
    'migration-file-ignored': 'error',
    'migration-class-missing': 'error',
    'migration-class-duplicate': 'error',
    'migration-class-name': 'notice',
    'migration-version-duplicate': 'warning',
    'migration-changed': 'error',
    'migration-deleted': 'error',
    'migration-older-than-base': 'warning',
    'migration-down-empty': 'notice',
    'migration-destructive': 'warning',
    'migration-copies-table': 'warning',
    'namespace-unresolved': 'warning',
    'group-not-mysql': 'notice',
};
/** What only running the migrations finds of them. */
const runRules = [
    'rollback-failed',
    'rollback-incomplete',
    'migrate-again-differs',
    'old-table-survives',
];
/** Every name whose severity can be set: these, and those of the session table, which a live check has too. */
const ruleNames = [
    ...Object.keys(staticRules),
    ...Object.keys(_described_names_js__WEBPACK_IMPORTED_MODULE_2__/* .describedRules */ .n),
    ...runRules,
    ..._schema_rules_all_js__WEBPACK_IMPORTED_MODULE_1__/* .everyRule */ .A.map(({ name }) => name),
];
/** A finding of one of these rules. */
function found(name, at, message, ...given) {
    const { file, line } = at;
    return {
        name,
        severity: staticRules[name],
        message,
        ...(given.length === 0 ? {} : { remedies: (0,_finding_js__WEBPACK_IMPORTED_MODULE_0__/* .remedies */ .JW)(...given) }),
        at: { file, line },
    };
}


/***/ })

};
;