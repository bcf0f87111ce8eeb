"use strict";
exports.id = 427;
exports.ids = [427];
exports.modules = {

/***/ 95427:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  logIn: () => (/* binding */ logIn)
});

// EXTERNAL MODULE: ./node_modules/mysql2/promise.js
var promise = __webpack_require__(27588);
// EXTERNAL MODULE: ./src/schema/database.ts
var database = __webpack_require__(69122);
;// CONCATENATED MODULE: ./src/schema/mysql/bulk.ts
const SIZE = `SELECT IFNULL(t.TABLE_ROWS, 0) AS \`rows\`, IFNULL(t.DATA_LENGTH, 0) + IFNULL(t.INDEX_LENGTH, 0) AS bytes,
  EXISTS (SELECT 1 FROM information_schema.STATISTICS s WHERE s.TABLE_SCHEMA = t.TABLE_SCHEMA
    AND s.TABLE_NAME = t.TABLE_NAME AND s.INDEX_TYPE = 'FULLTEXT') AS \`fulltext\`
  FROM information_schema.TABLES t
  WHERE t.TABLE_SCHEMA = ? AND t.TABLE_NAME = ? AND t.TABLE_TYPE NOT LIKE '%VIEW' AND t.TABLE_TYPE <> 'SEQUENCE'`;
// The name of a character set begins the name of each of its collations.
const CHARACTERS = `SELECT c.COLUMN_NAME AS name, IF(c.CHARACTER_SET_NAME = SUBSTRING_INDEX(t.TABLE_COLLATION, '_', 1),
    c.CHARACTER_OCTET_LENGTH / NULLIF(c.CHARACTER_MAXIMUM_LENGTH, 0), NULL) AS bytes
  FROM information_schema.COLUMNS c
  JOIN information_schema.TABLES t ON t.TABLE_SCHEMA = c.TABLE_SCHEMA AND t.TABLE_NAME = c.TABLE_NAME
  WHERE c.TABLE_SCHEMA = ? AND c.TABLE_NAME = ? AND c.CHARACTER_SET_NAME IS NOT NULL`;
/** MySQL 8 answers sizes of the last day unless this says otherwise; older servers and MariaDB take it for a comment. */
const FRESH_SIZES = '/*!80003 , SESSION information_schema_stats_expiry = 0 */';
/** Reads a table's bulk; null when information_schema shows no such table. */
async function readBulk(askAll, schema, name) {
    const values = [schema, name];
    const [sizes = [], columns = []] = await askAll([
        { sql: SIZE, values },
        { sql: CHARACTERS, values },
    ]);
    const [size] = sizes;
    if (size === undefined)
        return null;
    const characters = columns;
    return {
        rows: Number(size.rows),
        bytes: Number(size.bytes),
        fulltext: size.fulltext === 1,
        characterBytes: Object.fromEntries(characters.map((one) => [one.name, one.bytes === null ? null : Number(one.bytes)])),
    };
}

;// CONCATENATED MODULE: ./src/schema/mysql/information-schema.ts
const TABLES = `SELECT TABLE_NAME AS name, TABLE_TYPE AS kind, ENGINE AS engine, ROW_FORMAT AS rowFormat
  FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?`;
const COLUMNS = `SELECT COLUMN_NAME AS name, COLUMN_TYPE AS type, IS_NULLABLE AS nullable,
  COLUMN_DEFAULT AS fallback, EXTRA AS extra, $generation AS generation
  FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION`;
const INDEXES = `SELECT INDEX_NAME AS name, NON_UNIQUE AS nonUnique, COLUMN_NAME AS part, SUB_PART AS prefix,
  $visible AS visible
  FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY INDEX_NAME, SEQ_IN_INDEX`;
const PARTITIONS = `SELECT PARTITION_METHOD AS method, PARTITION_EXPRESSION AS expression, PARTITION_DESCRIPTION AS bound
  FROM information_schema.PARTITIONS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY PARTITION_ORDINAL_POSITION`;
const TRIGGERS = `SELECT TRIGGER_NAME AS name, EVENT_MANIPULATION AS event, ACTION_TIMING AS timing
  FROM information_schema.TRIGGERS WHERE EVENT_OBJECT_SCHEMA = ? AND EVENT_OBJECT_TABLE = ? ORDER BY TRIGGER_NAME`;
const REFERENCES = `SELECT CONSTRAINT_NAME AS name, COLUMN_NAME AS part, REFERENCED_TABLE_NAME AS target
  FROM information_schema.KEY_COLUMN_USAGE
  WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND REFERENCED_TABLE_NAME IS NOT NULL
  ORDER BY CONSTRAINT_NAME, ORDINAL_POSITION`;
const CHECKS = `SELECT CONSTRAINT_NAME AS name FROM information_schema.TABLE_CONSTRAINTS
  WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND CONSTRAINT_TYPE = 'CHECK' ORDER BY CONSTRAINT_NAME`;
/** Asked of the server itself: which of these a version has is no matter of its number on forks and managed servers. */
const OPTIONAL_COLUMNS = `SELECT COLUMN_NAME AS name FROM information_schema.COLUMNS
  WHERE TABLE_SCHEMA = 'information_schema' AND
  (TABLE_NAME = 'STATISTICS' AND COLUMN_NAME IN ('IS_VISIBLE', 'IGNORED') OR
  TABLE_NAME = 'COLUMNS' AND COLUMN_NAME = 'GENERATION_EXPRESSION')`;
/** Asks once for each connection which columns {@link tableRows} may ask for. */
const OPTIONAL = { sql: OPTIONAL_COLUMNS, values: [] };
/** Reads the names that {@link OPTIONAL} brought. */
function optionalColumns(rows) {
    return rows.map((row) => row.name.toUpperCase());
}
/**
 * What information_schema says of one table, in one round trip; null when it shows nothing of it.
 * @param optional what {@link optionalColumns} said of this server
 * @param first is asked before: where it fails, nothing else is asked
 */
async function tableRows(askAll, optional, { schema, name }, first) {
    const of = (sql) => ({ sql, values: [schema, name] });
    const columns = COLUMNS.replace('$generation', generation(optional));
    const indexes = INDEXES.replace('$visible', visible(optional));
    const all = [TABLES, columns, indexes, PARTITIONS, TRIGGERS, REFERENCES, CHECKS];
    const rows = (await askAll([...first, ...all.map(of)])).slice(first.length);
    const answer = (at) => rows[at] ?? [];
    const [table] = answer(0);
    if (table === undefined)
        return null;
    return {
        table,
        columns: answer(1),
        indexes: answer(2),
        partitions: answer(3),
        triggers: answer(4),
        references: answer(5),
        checks: answer(6),
    };
}
function generation(own) {
    return own.includes('GENERATION_EXPRESSION') ? 'GENERATION_EXPRESSION' : 'NULL';
}
function visible(own) {
    if (own.includes('IS_VISIBLE'))
        return 'IS_VISIBLE';
    return own.includes('IGNORED') ? "IF(IGNORED = 'YES', 'NO', 'YES')" : "'YES'";
}

// EXTERNAL MODULE: ./src/schema/dialects/literal.ts
var literal = __webpack_require__(16560);
;// CONCATENATED MODULE: ./src/schema/dialects/normal.ts

/** Reads VERSION(), also behind a proxy that puts `5.5.5-` before MariaDB's. */
function product(version) {
    const own = version.replace(/^5\.5\.5-(?=\d)/, '');
    const number = /^\d+(\.\d+)*/.exec(own)?.[0] ?? own;
    if (!/mariadb/i.test(own))
        return { name: 'MySQL', version: number, defaults: 'bare' };
    const defaults = isAtLeast(number, [10, 2, 7]) ? 'quoted' : 'bare';
    return { name: 'MariaDB', version: number, defaults };
}
function isAtLeast(version, wanted) {
    const have = version.split('.').map(Number);
    const differing = wanted.findIndex((part, at) => part !== (have[at] ?? 0));
    return differing === -1 || (have[differing] ?? 0) > (wanted[differing] ?? 0);
}
/** A table out of its rows of information_schema, the same for all servers. */
function normalTable(from, rows) {
    const { name, kind, engine, rowFormat } = rows.table;
    const columns = rows.columns.map((column) => normalColumn(from, column));
    const all = normalIndexes(rows.indexes).map((index) => withoutPeriod(index, columns));
    return {
        name,
        kind: kind.toUpperCase() === 'VIEW' ? 'view' : 'table',
        engine: engine ?? '',
        columns,
        primaryKey: all.find((index) => index.name === 'PRIMARY') ?? null,
        indexes: all.filter((index) => index.name !== 'PRIMARY'),
        versioned: kind.toUpperCase() === 'SYSTEM VERSIONED',
        rowFormat: (rowFormat ?? '').toUpperCase(),
        partitioning: normalPartitioning(rows.partitions),
        triggers: rows.triggers.map(({ name: own, event, timing }) => {
            return { name: own, event: event.toUpperCase(), timing: timing.toUpperCase() };
        }),
        foreignKeys: normalForeignKeys(rows.references),
        checks: rows.checks.map((check) => check.name),
    };
}
/** MariaDB adds the end of a row's time to each unique key of a versioned table by itself, and takes it away with the versions. */
function withoutPeriod(index, columns) {
    const ends = columns.filter(({ extra }) => extra.normal.includes('row end'));
    const parts = index.parts.filter(({ column }) => !ends.some(({ name }) => name === column));
    return { ...index, parts };
}
/** What a RANGE takes last is bounded by MAXVALUE, what a LIST of MariaDB takes last by DEFAULT. */
function normalPartitioning(rows) {
    const [first] = rows;
    if (first === undefined || first.method === null)
        return null;
    const method = first.method.toUpperCase();
    const bounds = rows.map(({ bound }) => (bound ?? '').toUpperCase());
    const bounded = /^(RANGE|LIST)/.test(method);
    return {
        method,
        expression: first.expression ?? '',
        open: !bounded || bounds.some((bound) => /^(MAXVALUE\b|DEFAULT$)/.test(bound)),
    };
}
function normalForeignKeys(rows) {
    return [...Map.groupBy(rows, (row) => row.name)].map(([name, parts]) => ({
        name,
        columns: parts.map(({ part }) => part),
        to: parts[0]?.target ?? '',
    }));
}
function normalColumn(from, row) {
    const type = normalType(row.type);
    const extra = row.extra ?? '';
    return {
        name: row.name,
        type: { raw: row.type, normal: type },
        nullable: row.nullable.toUpperCase() === 'YES',
        default: (0,literal/* normalDefault */.v)(from, row),
        extra: {
            raw: extra,
            normal: [normalExtra(extra, type), ...period(row)].filter(Boolean).join(', '),
        },
    };
}
function period({ generation }) {
    return /^row (start|end)$/i.test(generation ?? '') ? [(generation ?? '').toLowerCase()] : [];
}
/** A type without what only one server says: widths of integers and years, comments on the storage format. */
function normalType(raw) {
    if (/^(enum|set)\(/i.test(raw))
        return raw.replace(/^\w+/, (word) => word.toLowerCase());
    const type = raw
        .replaceAll(/\/\*.*?\*\//g, '')
        .trim()
        .toLowerCase()
        .replace(/^year\(\d+\)/, 'year')
        .replace(/^(timestamp|datetime|time)\(0\)/, '$1');
    if (type.includes('zerofill') || type.startsWith('tinyint(1)'))
        return type;
    return type.replace(/^((?:tiny|small|medium|big)?int)\(\d+\)/, '$1');
}
const tokens = [
    [/auto_increment/i, 'auto_increment'],
    [/(stored|persistent)( generated)?/i, 'stored generated'],
    [/virtual( generated)?/i, 'virtual generated'],
    [/invisible/i, 'invisible'],
];
/** The precision is the column's own: MariaDB 10.1 forgets it here. */
function normalExtra(raw, type) {
    let rest = raw.replace(/default_generated/i, '');
    const found = [];
    const update = /on update \w+(\s*\(\d*\))?/i;
    if (update.test(rest)) {
        found.push(`on update now${/\([1-6]\)/.exec(type)?.[0] ?? ''}`);
        rest = rest.replace(update, '');
    }
    for (const [pattern, token] of tokens) {
        if (pattern.test(rest))
            found.push(token);
        rest = rest.replace(pattern, '');
    }
    const unknown = rest.replaceAll(/[\s,]+/g, ' ').trim();
    return [...found, ...(unknown === '' ? [] : [unknown.toLowerCase()])].join(', ');
}
function normalIndexes(rows) {
    const grouped = Map.groupBy(rows, (row) => row.name);
    return [...grouped].map(([name, parts]) => ({
        name,
        unique: Number(parts[0]?.nonUnique) === 0,
        visible: parts[0]?.visible.toUpperCase() !== 'NO',
        parts: parts.map(({ part, prefix }) => ({
            column: part ?? '(expression)',
            length: prefix === null ? null : Number(prefix),
        })),
    }));
}

// EXTERNAL MODULE: ./src/schema/mysql/refusal.ts
var refusal = __webpack_require__(81466);
;// CONCATENATED MODULE: ./src/schema/mysql/talk.ts


/** Longest wait for one answer, in milliseconds; longer than a lock may be waited for. */
const ANSWER = 20_000;
const SYNTAX = 1064;
/** One connection and how it is asked. */
class Talk {
    login;
    #connection;
    #stream;
    #due = [];
    #over = false;
    constructor(connection, stream, login) {
        this.#connection = connection;
        this.#stream = stream;
        this.login = login;
        stream.once('close', () => {
            this.#over = true;
        });
    }
    get over() {
        return this.#over;
    }
    /** The rows a statement answers. Values are escaped by the driver, for the sql_mode that `SETTINGS` sets. */
    async ask(sql, ...values) {
        const [rows = []] = await this.askAll([{ sql, values }]);
        return rows;
    }
    /** The rows of several statements. What is asked at the same moment goes in one round trip, in its order. */
    async askAll(questions) {
        return new Promise((resolve, reject) => {
            if (this.#due.push({ questions, resolve, reject }) > 1)
                return;
            setImmediate(() => void this.#send(this.#due.splice(0)));
        });
    }
    /** A statement that fails keeps those after it from being asked: then each is asked by itself. */
    async #send(due) {
        const sent = this.#inOne(due.flatMap(({ questions }) => questions));
        const [only] = due;
        if (due.length === 1 && only !== undefined) {
            await sent.then(only.resolve, only.reject);
            return;
        }
        const rows = [...(await sent.catch(() => []))];
        for (const { questions, resolve, reject } of due) {
            if (rows.length > 0)
                resolve(rows.splice(0, questions.length));
            else
                await this.#inOne(questions).then(resolve, reject);
        }
    }
    /** In one round trip. A proxy that takes one statement at a time is asked so. */
    async #inOne(questions) {
        const [only] = questions;
        if (questions.length === 1 && only !== undefined)
            return [await this.#query(only)];
        const sql = questions.map((one) => one.sql).join(';\n');
        try {
            const values = questions.flatMap((one) => one.values);
            return (await this.#query({ sql, values }));
        }
        catch (fault) {
            if (!(fault instanceof database/* DatabaseRefused */.I && fault.code === SYNTAX))
                throw fault;
            const rows = [];
            for (const one of questions)
                rows.push(await this.#query(one));
            return rows;
        }
    }
    async #query({ sql, values }) {
        try {
            const asked = { sql, values: [...values], timeout: ANSWER };
            const [rows] = await this.#connection.query(asked);
            return rows;
        }
        catch (fault) {
            // The driver would give the late answer to the next question.
            if (fault.code === 'PROTOCOL_SEQUENCE_TIMEOUT')
                this.#cut();
            throw refused(this.login, fault);
        }
    }
    async [Symbol.asyncDispose]() {
        if (!this.#over)
            await this.#connection.end().catch(() => undefined);
        this.#cut();
    }
    #cut() {
        this.#over = true;
        this.#stream.destroy();
    }
}
/** What a fault of the driver is to us. */
function refused(login, fault) {
    if (fault instanceof database/* DatabaseRefused */.I || !(fault instanceof Error))
        return fault;
    return (0,refusal/* refusal */.x)(login, fault);
}

;// CONCATENATED MODULE: ./src/schema/mysql/mysql.ts






/** Longest wait for the greeting, in milliseconds: a server that looks up names takes 10 s without a name server. */
const GREETING = 30_000;
/**
 * What a session needs to read the same thing everywhere, and to disturb nobody. Without autocommit it would keep
 * the tables of a migration locked, and with backslashes as plain text the driver's escaping would be wrong.
 */
const SETTINGS = `SET NAMES utf8mb4, SESSION time_zone = '+00:00', SESSION autocommit = 1, SESSION sql_mode = '',
  SESSION lock_wait_timeout = 10, SESSION wait_timeout = 28800 ${FRESH_SIZES}`;
const NAMES = `SELECT TABLE_NAME AS name FROM information_schema.TABLES
  WHERE TABLE_SCHEMA = ? AND TABLE_TYPE <> 'SEQUENCE'`;
const systems = "'information_schema', 'mysql', 'performance_schema', 'sys'";
/** Where tables are distinguished by case, information_schema compares their names by case too. */
const ALIKE = `SELECT TABLE_SCHEMA AS \`database\`, TABLE_NAME AS \`table\` FROM information_schema.TABLES
  WHERE LOWER(TABLE_NAME) = LOWER(?) AND TABLE_TYPE <> 'SEQUENCE' AND TABLE_SCHEMA NOT IN (${systems})`;
const STATE = `SELECT @@GLOBAL.read_only AS readOnly, UNIX_TIMESTAMP() AS clock, CURRENT_USER() AS account`;
const NO_TABLE = 1146;
const MAY_NOT_READ = [1142, 1143];
/** KILL of a connection that is gone, or of another user. */
const NOT_OURS = [1094, 1095];
/** A view whose tables are gone: it exists and can be described. */
const BROKEN_VIEW = 1356;
/**
 * Logs in over a connection that `open` makes. The signal ends the attempt; once logged in, only disposing does:
 * what is rolled back after a cancellation still has to be read.
 * @throws DatabaseRefused when the server does not let us in, with a sentence that names user and address
 * @throws what `open` throws, or the signal's reason
 */
async function logIn(login, open, signal) {
    signal.throwIfAborted();
    const stream = await open(login.address);
    const cut = () => void stream.destroy();
    // A forwarded connection stays half open when the server ends it, and the driver would wait for an answer.
    stream.once('end', cut);
    signal.addEventListener('abort', cut, { once: true });
    try {
        signal.throwIfAborted();
        return await greet(login, stream);
    }
    catch (fault) {
        stream.destroy();
        signal.throwIfAborted();
        throw refused(login, fault);
    }
    finally {
        signal.removeEventListener('abort', cut);
    }
}
async function greet(login, stream) {
    const connection = await (0,promise.createConnection)(options(login, stream));
    // A server that ends an idle connection must not end the process; the next question says what happened.
    connection.on('error', () => undefined);
    const talk = new Talk(connection, stream, login);
    const [, answer = [], optional = []] = await talk.askAll([
        { sql: SETTINGS, values: [] },
        { sql: 'SELECT VERSION() AS version, CONNECTION_ID() AS connection', values: [] },
        OPTIONAL,
    ]);
    const [reported] = answer;
    const { version = '', connection: number = 0 } = reported ?? {};
    return new MysqlDatabase(talk, { ...product(version), number }, optionalColumns(optional));
}
function options(login, stream) {
    return {
        stream,
        // Not to connect to: the driver sends passwords as servers want them over a socket, which is unlike TCP.
        ...('socket' in login.address ? { socketPath: login.address.socket } : {}),
        user: login.user,
        password: login.password.reveal(),
        database: login.database,
        ...(login.tls ? { ssl: tlsOptions(login.tls) } : {}),
        charset: 'utf8mb4',
        connectTimeout: GREETING,
        disableEval: true,
        multipleStatements: true,
        flags: ['-LOCAL_FILES'],
    };
}
// The connection begins on the server, where its name may be another one: the certificate is judged, its name is not.
function tlsOptions({ key, cert, ca, verify }) {
    return {
        rejectUnauthorized: verify,
        ...(key === null ? {} : { key: key.reveal() }),
        ...(cert === null ? {} : { cert }),
        ...(ca === null ? {} : { ca }),
    };
}
class MysqlDatabase {
    product;
    connection;
    #from;
    #talk;
    #optional;
    constructor(talk, from, optional) {
        this.connection = from.number;
        this.#optional = optional;
        this.product = `${from.name} ${from.version}`;
        this.#from = from;
        this.#talk = talk;
    }
    get open() {
        return !this.#talk.over;
    }
    /** information_schema shows nothing of what is hidden, and parts of what is half hidden: the table itself is asked first. */
    async table(name) {
        const itself = { sql: `SELECT * FROM ${this.#named(name)} LIMIT 0`, values: [] };
        try {
            return await this.#described(name, [itself]);
        }
        catch (fault) {
            if (!(fault instanceof database/* DatabaseRefused */.I))
                throw fault;
            if (fault.code === NO_TABLE)
                return 'absent';
            if (MAY_NOT_READ.includes(fault.code))
                return 'not visible';
            if (fault.code !== BROKEN_VIEW)
                throw fault;
        }
        return this.#described(name, []);
    }
    async #described(name, first) {
        const askAll = async (questions) => this.#talk.askAll(questions);
        const place = { schema: this.#talk.login.database, name };
        const rows = await tableRows(askAll, this.#optional, place, first);
        return rows === null ? 'not visible' : normalTable(this.#from, rows);
    }
    async tableNames() {
        const rows = await this.#talk.ask(NAMES, this.#talk.login.database);
        return rows.map((row) => row.name).toSorted();
    }
    async namesLike(table) {
        const rows = await this.#talk.ask(ALIKE, table);
        return rows
            .map(({ database, table: name }) => ({ database, table: name }))
            .toSorted((a, b) => ((0,database/* placeWords */.f)(a) < (0,database/* placeWords */.f)(b) ? -1 : 1));
    }
    async ledger(name) {
        const columns = ['version', 'class', 'namespace', 'group', 'batch'].map((one) => (0,promise.escapeId)(one));
        const sql = `SELECT ${columns.join(', ')} FROM ${this.#named(name)} ORDER BY ${(0,promise.escapeId)('id')}`;
        try {
            const rows = await this.#talk.ask(sql);
            return rows.map(({ version, class: name, namespace, group, batch }) => {
                return { version, class: name, namespace, group, batch };
            });
        }
        catch (fault) {
            if (fault instanceof database/* DatabaseRefused */.I && fault.code === NO_TABLE)
                return [];
            throw fault;
        }
    }
    async state() {
        const [state = [], rows = []] = await this.#talk.askAll([
            { sql: STATE, values: [] },
            { sql: 'SHOW GRANTS', values: [] },
        ]);
        const [reported] = state;
        return {
            readOnly: reported?.readOnly === 1,
            clock: reported?.clock ?? 0,
            account: reported?.account ?? '',
            grants: rows.flatMap((row) => Object.values(row)),
        };
    }
    async rowCount(table) {
        try {
            const sql = `SELECT COUNT(*) AS number FROM ${this.#named(table)}`;
            const [row] = await this.#talk.ask(sql);
            return row?.number ?? 0;
        }
        catch (fault) {
            const silent = [NO_TABLE, ...MAY_NOT_READ];
            if (fault instanceof database/* DatabaseRefused */.I && silent.includes(fault.code))
                return null;
            throw fault;
        }
    }
    async bulk(table) {
        const askAll = async (questions) => this.#talk.askAll(questions);
        return readBulk(askAll, this.#talk.login.database, table);
    }
    async hasSession(table, id) {
        const sql = `SELECT id AS id FROM ${this.#named(table)} WHERE id = ? LIMIT 10`;
        const rows = await this.#talk.ask(sql, id);
        // Collations find `ABC` and `abc ` for `abc`, which to a browser are other sessions.
        return rows.some((row) => row.id === id);
    }
    async hold(name) {
        const sql = 'SELECT GET_LOCK(?, 0) AS held, CONNECTION_ID() AS connection';
        const [row] = await this.#talk.ask(sql, name);
        return row?.held === 1 ? row.connection : null;
    }
    async endHolder(name, connection) {
        const sql = 'SELECT IS_USED_LOCK(?) AS connection';
        const [row] = await this.#talk.ask(sql, name);
        if (row?.connection !== connection)
            return;
        try {
            await this.#talk.ask(`KILL ${connection}`);
        }
        catch (fault) {
            if (!(fault instanceof database/* DatabaseRefused */.I && NOT_OURS.includes(fault.code)))
                throw fault;
        }
    }
    #named(table) {
        return `${(0,promise.escapeId)(this.#talk.login.database, true)}.${(0,promise.escapeId)(table, true)}`;
    }
    async [Symbol.asyncDispose]() {
        await this.#talk[Symbol.asyncDispose]();
    }
}


/***/ }),

/***/ 81466:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   x: () => (/* binding */ refusal)
/* harmony export */ });
/* harmony import */ var _server_failures_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(82284);
/* harmony import */ var _database_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(69122);


const denied = (who) => `${who} is refused: wrong user or password, an account that may not come from this host, or one that demands TLS.`;
const full = (who) => `${who} gets no connection: the server has too many already.`;
const closed = (who) => `The connection of ${who} to the database was closed.`;
const unspoken = (who) => `${who} logs in by a method that cannot be used from here (only mysql_native_password, caching_sha2_password and sha256_password can).`;
const unknown = (who) => `The database answers ${who} with an error.`;
const silent = (who) => `The database did not answer ${who} in time.`;
/** Numbers of MySQL and MariaDB (their error reference) and codes of mysql2. */
const sentences = {
    1040: full,
    1044: (who, { database }) => `${who} may not use the database ${database}, or it does not exist.`,
    1045: denied,
    1054: (who) => `${who} finds a table without a column that CodeIgniter 4 gives it.`,
    1049: (who, { database }) => `${who} is let in, but there is no database ${database}.`,
    1130: denied,
    1142: (who) => `${who} may not read this table.`,
    1143: (who) => `${who} may not read all columns of this table.`,
    1205: (who) => `${who} waited for a table that another connection holds locked.`,
    1203: full,
    1226: full,
    1698: denied,
    3159: (who) => `The server lets ${who} in over TLS only (require_secure_transport). Its socket needs none: set the input db-socket.`,
    AUTH_SWITCH_PLUGIN_ERROR: unspoken,
    ECONNRESET: closed,
    EPIPE: closed,
    ETIMEDOUT: silent,
    MYSQL_CLEAR_PASSWORD_NOT_ENABLED: unspoken,
    PROTOCOL_CONNECTION_LOST: closed,
    PROTOCOL_SEQUENCE_TIMEOUT: silent,
};
/**
 * A driver's error as ours. The sentence names user and address, never the password.
 * The driver's error itself is not kept as cause: it carries the statement, and with it session ids.
 */
function refusal(login, fault) {
    const code = typeof fault.errno === 'number' && fault.errno > 0 ? fault.errno : 0;
    const who = `${login.user}@${(0,_server_failures_js__WEBPACK_IMPORTED_MODULE_0__/* .addressText */ .GI)(login.address)}`;
    const said = words(fault);
    const sentence = sentences[code] ?? sentences[text(fault.code)] ?? (over(fault) ? closed : unknown);
    const problem = sentence(who, login);
    return new _database_js__WEBPACK_IMPORTED_MODULE_1__/* .DatabaseRefused */ .I(login, code, said === '' ? problem : `${problem} It said: ${said}`, new Error(`${text(fault.code)} ${code}`));
}
/** What the driver says, without number or code, when it is asked on a connection that has ended. */
function over({ errno, code, fatal }) {
    return fatal === true && errno === undefined && code === undefined;
}
function words(fault) {
    const { errno, sqlMessage, message, code } = fault;
    if (over(fault))
        return '';
    if (typeof errno === 'number' && errno > 0)
        return text(sqlMessage) || text(message);
    return sentences[text(code)] === undefined ? text(message) : '';
}
function text(value) {
    return typeof value === 'string' ? value : '';
}


/***/ })

};
;