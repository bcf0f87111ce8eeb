"use strict";
exports.id = 53;
exports.ids = [53];
exports.modules = {

/***/ 42620:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  kj: () => (/* binding */ askApplication),
  ip: () => (/* binding */ askCanary),
  Hr: () => (/* binding */ freshPhp),
  nZ: () => (/* binding */ readApplication),
  B4: () => (/* binding */ readCanary)
});

// EXTERNAL MODULE: ./src/php/programs.ts
var programs = __webpack_require__(22651);
// EXTERNAL MODULE: ./src/server/command.ts
var command = __webpack_require__(63814);
// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(77934);
// EXTERNAL MODULE: ./src/secret.ts
var secret = __webpack_require__(7355);
// EXTERNAL MODULE: ./src/app/connections.ts
var connections = __webpack_require__(38814);
// EXTERNAL MODULE: ./src/app/shape.ts
var shape = __webpack_require__(43678);
;// CONCATENATED MODULE: ./src/app/application.ts




const Socket = (0,shape/* object */.Ik)({ socket: shape/* text */.Qq });
const Tcp = (0,shape/* object */.Ik)({ host: shape/* text */.Qq, port: shape/* whole */.WQ });
/** How a server is reached: its socket, or host and port. */
const Address = dist/* lazy */.RZV((value) => typeof value === 'object' && value !== null && 'socket' in value ? Socket : Tcp);
/** Session settings as the application itself resolved them: property, registrar, .env and constructor applied. */
const SessionConfiguration = (0,shape/* object */.Ik)({
    /** Class that holds them: `Config\App` up to 4.2, `Config\Session` from 4.3. */
    source: shape/* text */.Qq,
    /** Fully qualified handler class. */
    driver: shape/* text */.Qq,
    /** The handler is CodeIgniter's DatabaseHandler or a class derived from it. */
    inDatabase: shape/* flag */.Jt,
    cookieName: shape/* text */.Qq,
    /** Directory of files, or table name without prefix, as configured. */
    savePath: shape/* text */.Qq,
    matchIP: shape/* flag */.Jt,
    /** Seconds; 0 means until the browser closes. */
    expiration: shape/* whole */.WQ,
    /** Table the handler really queries (prefix applied as the query builder does); null when not in the database. */
    table: (0,shape/* orNull */.Xd)(shape/* text */.Qq),
    /** Table that Forge would create for the same name: always with prefix. Differs from `table` when the name begins with the prefix. */
    forgeTable: (0,shape/* orNull */.Xd)(shape/* text */.Qq),
});
const application_secret = dist/* pipe */.FsL(shape/* text */.Qq, dist/* transform */.pdi((value) => new secret/* Secret */.z(value)));
/** How the application asks its database for TLS (`encrypt` of its settings): names of files, and what is in them. */
const Tls = (0,shape/* object */.Ik)({
    paths: (0,shape/* object */.Ik)({ key: shape/* text */.Qq, cert: shape/* text */.Qq, ca: shape/* text */.Qq, capath: shape/* text */.Qq, cipher: shape/* text */.Qq }),
    /** Null where the settings leave it to PHP, which verifies where it has a certificate to verify with. */
    verify: (0,shape/* orNull */.Xd)(shape/* flag */.Jt),
    key: (0,shape/* orNull */.Xd)(application_secret),
    cert: (0,shape/* orNull */.Xd)(shape/* text */.Qq),
    ca: (0,shape/* orNull */.Xd)(shape/* text */.Qq),
});
/** One connection of the application, with what it needs to log in. */
const ApplicationDatabase = (0,shape/* object */.Ik)({
    /** `MySQLi`, `Postgre`, ... */
    driver: shape/* text */.Qq,
    /** As configured: a name, an address, or a socket path. */
    hostname: shape/* text */.Qq,
    address: Address,
    user: shape/* text */.Qq,
    password: application_secret,
    database: shape/* text */.Qq,
    prefix: shape/* text */.Qq,
    /** DBDebug: when false, a failing query in a migration goes unnoticed. */
    debug: shape/* flag */.Jt,
    strict: shape/* flag */.Jt,
    /** `null` when the application could log in, else its own message, without the password. Tried for MySQLi only, else `null`. */
    refused: (0,shape/* orNull */.Xd)(shape/* text */.Qq),
    /** No server answered, so that nobody refused a login. */
    silent: shape/* flag */.Jt,
    /** Null where it asks for none. */
    tls: (0,shape/* orNull */.Xd)(Tls),
});
/** What the down() of a migration would do, as far as its source tells. */
const Down = (0,shape/* object */.Ik)({
    /** No statement in its body. */
    empty: shape/* flag */.Jt,
    /** Tables it drops or renames, named literally. */
    drops: (0,shape/* list */.p_)(shape/* text */.Qq),
    /** It drops or renames a table whose name only running it would tell. */
    dropsUnknown: shape/* flag */.Jt,
});
/** One migration file as the framework sees it. */
const Migration = (0,shape/* object */.Ik)({
    namespace: shape/* text */.Qq,
    /** Digits only, e.g. `20260109000000`. */
    version: shape/* text */.Qq,
    /** Fully qualified class. */
    class: shape/* text */.Qq,
    /** Path below the application's root, or absolute where it lies outside (packages elsewhere). */
    path: shape/* text */.Qq,
    /** Line of `function up` in the file; 1 when it has none. */
    line: shape/* whole */.WQ,
    /** Rights its statements need in the database, as far as the source tells: `CREATE`, `DROP`, ... */
    needs: (0,shape/* object */.Ik)({ up: (0,shape/* list */.p_)(shape/* text */.Qq), down: (0,shape/* list */.p_)(shape/* text */.Qq) }),
    down: Down,
});
const Probed = (0,shape/* object */.Ik)({
    /** CodeIgniter's version, e.g. `4.7.2`. */
    framework: shape/* text */.Qq,
    /** Version of the PHP that answered. */
    php: shape/* text */.Qq,
    environment: shape/* text */.Qq,
    baseUrl: shape/* text */.Qq,
    /** As it was asked for: absolute, no slash at the end, a symbolic link left as it is. */
    root: shape/* text */.Qq,
    /** Named below `root` when it lies there, else absolute; no slash at the end. */
    writable: shape/* text */.Qq,
    session: SessionConfiguration,
    /** Connection of the session handler (or the default one, with sessions in files); null when both are one. */
    sessionDatabase: (0,shape/* orNull */.Xd)(ApplicationDatabase),
    /** Connection of the migration ledger: always the default group. */
    ledgerDatabase: ApplicationDatabase,
    /** Where all its database groups lead. */
    connections: connections/* Connections */.UQ,
    ledger: (0,shape/* object */.Ik)({
        table: shape/* text */.Qq,
        enabled: shape/* flag */.Jt,
        /** Table whose row keeps others from migrating (Config\Migrations::$lock, CodeIgniter 4.7 and newer); null when it is off. */
        lockTable: (0,shape/* orNull */.Xd)(shape/* text */.Qq),
    }),
    /** What it caches by Config\Optimize (CodeIgniter 4.5 and newer), in words. */
    caches: (0,shape/* list */.p_)(shape/* text */.Qq),
    /** All migrations of all namespaces, in the order they would run. */
    migrations: (0,shape/* list */.p_)(Migration),
    /** Namespace of the application itself, normally `App`. */
    namespace: shape/* text */.Qq,
});
/**
 * The application as it answers for itself (src/php/probe.php): CodeIgniter booted, nothing guessed from its files.
 * `sessionDatabase` is the very object of `ledgerDatabase` when both are one.
 */
const Application = dist/* pipe */.FsL(Probed, dist/* transform */.pdi(({ sessionDatabase, ...rest }) => ({
    ...rest,
    sessionDatabase: sessionDatabase ?? rest.ledgerDatabase,
})), dist/* readonly */.tBZ());
/** What the canary session showed. Seconds are seconds since 1970 on the database server's clock. */
const Canary = (0,shape/* object */.Ik)({
    handler: shape/* text */.Qq,
    written: shape/* flag */.Jt,
    /** Read back byte for byte by a second handler. */
    same: shape/* flag */.Jt,
    /** The row's timestamp; null when there was no row, 0 when the handler wrote no date. */
    stamp: (0,shape/* orNull */.Xd)(shape/* whole */.WQ),
    clock: (0,shape/* orNull */.Xd)(shape/* whole */.WQ),
    /** Rows left after destroy(). */
    left: shape/* whole */.WQ,
});

// EXTERNAL MODULE: ./src/app/reply.ts
var app_reply = __webpack_require__(81295);
;// CONCATENATED MODULE: ./src/app/ask.ts




/**
 * Options of PHP on the command line: every file is read from the disk. The stage lies in the same place at each deploy. With opcache.enable_cli, opcache.file_cache and no timestamps PHP would run the code of an earlier one.
 */
const freshPhp = ['-d', 'opcache.enable_cli=0'];
/**
 * Asks the application at `root` for its configuration. Its output holds database passwords: only the command is shown.
 * @param php name or path of PHP on the server
 * @param root absolute path of the application
 * @param nonce word that marks the answer; no application prints it
 */
function askApplication(php, root, nonce) {
    return phpProbe(php, root, nonce, programs/* programs */.c.probe);
}
/** What {@link askApplication} brought back. Passwords are Secrets from here on. */
function readApplication(output, nonce) {
    const reply = (0,app_reply/* readReply */.X)(output, nonce, Application);
    return reply.ok ? { ok: true, application: reply.value } : reply;
}
/** Sends one session of our own through the application's session handler and destroys it again. */
function askCanary(php, root, nonce) {
    return phpProbe(php, root, nonce, programs/* programs */.c.canary);
}
/** What {@link askCanary} brought back; a failure holds the handler's own message. */
function readCanary(output, nonce) {
    const reply = (0,app_reply/* readReply */.X)(output, nonce, Canary);
    return reply.ok ? { ok: true, canary: reply.value } : reply;
}
function phpProbe(php, root, nonce, program) {
    const args = [...freshPhp, '-d', 'display_errors=stderr', '--', root, nonce];
    return (0,command/* command */.G5)(php, args, { stdin: program, shown: 'command' });
}


/***/ }),

/***/ 95095:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ judgeCanary)
/* harmony export */ });
/* harmony import */ var _remedy_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(35251);
/* harmony import */ var _finding_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(52018);


/** Seconds the row's date may differ from the database's clock: the two are read some milliseconds apart. */
const tolerance = 5;
/** What a session through the application's own handler showed, as findings. */
function judgeCanary(answered, session) {
    if (!answered.ok) {
        return [
            (0,_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .errorFinding */ .i9)('handler-fails', `The session handler ${session.driver} fails: ${answered.failure.message}`, 'Every page with a session would fail like this. Compare the table with the columns above.'),
        ];
    }
    return [...faults(answered.canary, session)];
}
function* faults(canary, session) {
    const table = session.table ?? '';
    if (!canary.written || canary.stamp === null) {
        yield (0,_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .errorFinding */ .i9)('handler-writes-nothing', `The session handler ${session.driver} left no row in ${table}.`, (0,_remedy_js__WEBPACK_IMPORTED_MODULE_0__/* .inDatabase */ .jG)(`Let the application's user read and write ${table}: GRANT SELECT, INSERT, UPDATE, DELETE.`));
        return;
    }
    if (!canary.same) {
        yield (0,_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .errorFinding */ .i9)('handler-changes-data', `A session read back from ${table} differs from what was written: binary data is damaged.`, (0,_remedy_js__WEBPACK_IMPORTED_MODULE_0__/* .inDatabase */ .jG)('', `ALTER TABLE \`${table}\` MODIFY \`data\` BLOB NOT NULL;`));
    }
    yield* datedLike(canary, table, session);
    if (canary.left > 0) {
        yield (0,_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .errorFinding */ .i9)('handler-destroys-nothing', `A destroyed session is still in ${table}: logging out would not work.`, (0,_remedy_js__WEBPACK_IMPORTED_MODULE_0__/* .inDatabase */ .jG)(`Let the application's user delete from ${table}: GRANT DELETE.`));
    }
}
function* datedLike(canary, table, session) {
    const { stamp, clock } = canary;
    if (stamp === 0 || stamp === null) {
        yield (0,_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .errorFinding */ .i9)('handler-writes-no-date', `The session handler ${session.driver} writes no date into ${table} (0000-00-00): the first clean-up logs every visitor out.`, 'CodeIgniter 4.1.2 to 4.1.4 do this. Update to 4.1.5 or newer before the sessions move.');
    }
    else if (clock !== null && Math.abs(clock - stamp) > tolerance) {
        yield (0,_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .errorFinding */ .i9)('handler-dates-wrongly', `A session written now is dated ${stamp - clock} s away from the database's clock in ${table}: it is collected too early or never.`, (0,_remedy_js__WEBPACK_IMPORTED_MODULE_0__/* .inDatabase */ .jG)('', `ALTER TABLE \`${table}\` MODIFY \`timestamp\` TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP;`));
    }
}


/***/ }),

/***/ 38814:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   UQ: () => (/* binding */ Connections)
/* harmony export */ });
/* unused harmony exports Leads, Connection */
/* harmony import */ var _shape_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(43678);

/** Where one connection leads, in the application's own words. */
const Leads = (0,_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ik)({
    /** `MySQLi`, `Postgre`, ... */
    driver: _shape_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq,
    /** A socket, `localhost`, or host and port, with what php.ini adds. */
    server: _shape_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq,
    schema: _shape_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq,
    user: _shape_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq,
    prefix: _shape_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq,
});
/** A database group of the application. */
const Connection = (0,_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ik)({
    name: _shape_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq,
    /** The group itself first, then its failovers. */
    leads: (0,_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .list */ .p_)(Leads),
    /** What the server calls itself, as a hash; null where the group is not in use, or nobody got in. */
    identity: (0,_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .orNull */ .Xd)(_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq),
});
/** All database groups of an application, as one PHP resolves them (src/php/connections.php). */
const Connections = (0,_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ik)({
    environment: _shape_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq,
    /** The group of the migration ledger. */
    ledger: _shape_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq,
    /** The group of the sessions; null when they are not in a database. */
    session: (0,_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .orNull */ .Xd)(_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq),
    groups: (0,_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .list */ .p_)(Connection),
});


/***/ }),

/***/ 70386:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BQ: () => (/* binding */ withoutFile),
/* harmony export */   Eb: () => (/* binding */ key),
/* harmony export */   Lb: () => (/* binding */ hasRow),
/* harmony export */   OC: () => (/* binding */ olderThanNewest),
/* harmony export */   Ub: () => (/* binding */ pending),
/* harmony export */   _A: () => (/* binding */ ranSince),
/* harmony export */   vN: () => (/* binding */ added)
/* harmony export */ });
/** What the framework compares migrations by: digits of the version and the class (MigrationRunner::getObjectUid). */
function key(version, name) {
    return version.replace(/\D/g, '') + name;
}
/** The migrations a run would execute, in their order. As the runner does, it looks only at rows of the namespaces in scope. */
function pending(migrations, rows, scope) {
    const inScope = ({ namespace }) => scope.namespaces === 'all' || namespace === scope.namespace;
    const done = keys(rows.filter(inScope));
    return migrations.filter((one) => inScope(one) && !done.has(key(one.version, one.class)));
}
/** Rows that were not there before. */
function added(before, after) {
    const known = keys(before);
    return after.filter((row) => !known.has(key(row.version, row.class)));
}
/** Whether the ledger says that this migration ran. */
function hasRow(rows, migration) {
    return keys(rows).has(key(migration.version, migration.class));
}
/** Rows whose migration has no file any more. One of them stops every `migrate:rollback` ("gap in the migration sequence"). */
function withoutFile(rows, migrations) {
    const files = keys(migrations);
    return rows.filter((row) => !files.has(key(row.version, row.class)));
}
/** Rows of migrations that the code of `later` brought, and that this code has no file for. */
function ranSince(rows, migrations, later) {
    const brought = keys(later);
    return withoutFile(rows, migrations).filter((row) => brought.has(key(row.version, row.class)));
}
/** Of these migrations, those dated before the newest that ran in their namespace: they run after what was written later. */
function olderThanNewest(migrations, rows) {
    return migrations.filter((one) => rows.some((row) => row.namespace === one.namespace && digits(row) > digits(one)));
}
function digits({ version }) {
    return version.replace(/\D/g, '');
}
function keys(all) {
    return new Set(all.map((one) => key(one.version, one.class)));
}


/***/ }),

/***/ 96410:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ readMigrateOutput)
/* harmony export */ });
/* harmony import */ var _server_command_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(63814);

/**
 * Looks for evidence of failure. `null` is no evidence of success. The command ends with 0 and the text of success
 * when a query failed with DBDebug off. So it does when a lock was stale, or when a file was not seen (tried on 4.0.4 to 4.7.2).
 * @param root absolute path of the tree it ran in, to shorten absolute paths
 */
function readMigrateOutput(output, root = '') {
    const lines = plainLines(output.stdout);
    const fault = thrown(lines, root) ?? fatal([...lines, ...plainLines(output.stderr)], root);
    if (fault !== null)
        return fault;
    if (!(0,_server_command_js__WEBPACK_IMPORTED_MODULE_0__/* .succeeded */ .gq)(output))
        return { message: ended(output), at: null };
    const text = lines.join('').trim();
    // `""` alone: an exception before spark had a console, in practice a writable/cache that is not writable (4.5 to 4.7).
    if (text === '' || text === '""') {
        return { message: 'spark printed nothing. May it write to writable/cache?', at: null };
    }
    return null;
}
function plainLines(text) {
    // eslint-disable-next-line no-control-regex -- colours of 4.0.3, which does not look for a terminal
    return text.replace(/\u001b\[[\d;]*m/g, '').split(/\r?\n/);
}
/** `[Class]`, the message, `at FILE:LINE`: app/Views/errors/cli/error_exception.php, the same from 4.0.4 to 4.7.2. */
function thrown(lines, root) {
    const start = lines.findIndex((line) => /^\[[A-Za-z0-9_\\]+\]$/.test(line.trim()));
    if (start < 0)
        return null;
    const name = lines[start]?.trim().slice(1, -1) ?? '';
    const rest = lines.slice(start + 1);
    const end = rest.findIndex((line) => place(line) !== null);
    const said = rest.slice(0, end < 0 ? 5 : end).join(' ');
    const at = end < 0 ? null : place(rest[end] ?? '');
    return { message: `${name}: ${oneLine(said)}`, at: at && { ...at, file: below(at.file, root) } };
}
function place(line) {
    const [, file, number] = /^\s*at (\S.*):(\d+)\s*$/.exec(line) ?? [];
    return file === undefined ? null : { file, line: Number(number) };
}
/** PHP's own words, where it ended before the framework could catch anything. */
function fatal(lines, root) {
    for (const line of lines) {
        const found = /^(?:PHP )?((?:Fatal|Parse|Compile) error: .*?)(?: in (\/.+?)(?::(\d+)| on line (\d+)))?$/.exec(line.trim());
        if (found === null)
            continue;
        const [, message = '', file, colon, words] = found;
        const at = file === undefined ? null : { file: below(file, root), line: Number(colon ?? words) };
        return { message: oneLine(message), at };
    }
    return null;
}
function ended({ exit, stdout, stderr }) {
    const said = oneLine(stderr || stdout).slice(-300);
    const how = exit === 'timed out'
        ? 'did not end in time (input step-timeout); it may have waited for a table that another connection holds: SELECT * FROM information_schema.INNODB_TRX'
        : 'signal' in exit
            ? `was killed by ${exit.signal}${exit.signal === 'SIGKILL' ? ' (when memory ran out, dmesg says so)' : ''}`
            : `ended with status ${exit.code}`;
    return `php spark migrate ${how}${said === '' ? '' : `: ${said}`}`;
}
// clean_path() of system/Common.php writes these for the folders of the default layout.
const folders = {
    APPPATH: 'app/',
    SYSTEMPATH: 'system/',
    FCPATH: 'public/',
    VENDORPATH: 'vendor/',
    ROOTPATH: '',
};
function below(file, root) {
    const [, folder = '', rest = ''] = /^([A-Z]+PATH)\/(.*)$/.exec(file) ?? [];
    const known = folders[folder];
    if (known !== undefined)
        return known + rest;
    return root !== '' && file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file;
}
function oneLine(text) {
    return text.replace(/\s+/g, ' ').trim();
}


/***/ }),

/***/ 21515:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ npmRange),
/* harmony export */   x: () => (/* binding */ phpUnfit)
/* harmony export */ });
/* harmony import */ var semver__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62088);
/* harmony import */ var semver__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(semver__WEBPACK_IMPORTED_MODULE_0__);

/**
 * What of it a version of PHP does not fulfil, as the end of "PHP x is installed, but ...". Null when it fits, or when
 * the constraint cannot be read: what cannot be known is no fault.
 * @param version as PHP_VERSION says it, e.g. `8.2.32` or `8.3.0-dev`
 */
function phpUnfit(version, { constraint, least }) {
    const own = (0,semver__WEBPACK_IMPORTED_MODULE_0__.coerce)(version);
    if (own === null)
        return null;
    const asked = (range) => range === null || (0,semver__WEBPACK_IMPORTED_MODULE_0__.validRange)(range) === null || (0,semver__WEBPACK_IMPORTED_MODULE_0__.satisfies)(own, range);
    if (!asked(least === null ? null : `>=${least}`)) {
        return `CodeIgniter of this commit runs on PHP ${String(least)} or newer`;
    }
    if (!asked(constraint === null ? null : npmRange(constraint))) {
        return `composer.json of this commit requires php ${String(constraint)}`;
    }
    return null;
}
/**
 * A constraint of Composer in npm's words. They differ in three things. A single bar means or, a comma means and,
 * and `~8.1` lets the last number it names rise (getcomposer.org, Versions and constraints).
 */
function npmRange(constraint) {
    return constraint
        .replaceAll(/@\w+/g, '')
        .replaceAll(/\s*\|\|?\s*/g, ' || ')
        .replaceAll(/\s*,\s*/g, ' ')
        .replaceAll(/~(\d+(?:\.\d+)?)(?![\d.])/g, '^$1');
}


/***/ }),

/***/ 4174:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ whyMigrationsStay)
/* harmony export */ });
/**
 * Why the batch must stay when the deploy is undone, as the end of "the batch stays because ..."; null when it may go.
 * A down() that does nothing undoes nothing, and one that drops a table which was there before would lose what it did not make.
 */
function whyMigrationsStay(due, tables, prefix, wish) {
    if (wish === 'never')
        return 'input undo-migrations is never';
    if (wish === 'always')
        return null;
    const empty = due.find(({ down }) => down.empty);
    if (empty !== undefined)
        return `down() of ${empty.class} does nothing`;
    const before = new Set(tables);
    for (const { class: name, down } of due) {
        const lost = down.drops.find((table) => before.has(table) || before.has(prefix + table));
        if (lost !== undefined) {
            return `down() of ${name} would drop ${lost}, which was there before this deploy`;
        }
        if (down.dropsUnknown)
            return `down() of ${name} drops tables that only running it would name`;
    }
    return null;
}


/***/ }),

/***/ 81122:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CC: () => (/* binding */ problem),
/* harmony export */   qg: () => (/* binding */ parse),
/* harmony export */   qs: () => (/* binding */ unknownInputs),
/* harmony export */   xL: () => (/* binding */ ConfigError),
/* harmony export */   yw: () => (/* binding */ readAll)
/* harmony export */ });
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(29133);
/* harmony import */ var _parsers_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(54358);
/* harmony import */ var _finding_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(52018);
/* harmony import */ var _remedies_ssh_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(91998);
/* harmony import */ var _remedy_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(35251);





/** A problem with an input. */
function problem(message, ...given) {
    return { message, remedies: (0,_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .remedies */ .JW)(...given) };
}
/** Something is wrong with the inputs; nothing was touched. */
class ConfigError extends Error {
    name = 'ConfigError';
    problems;
    constructor(problems) {
        super(problems.map(({ message }) => message).join('\n'));
        this.problems = problems;
    }
}
/**
 * Reads the inputs. `given` maps input names (as in action.yml) to their texts; an empty text means left out.
 * @throws ConfigError with every problem at once
 */
function parse(given) {
    const problems = unknownInputs(given);
    const read = readAll(given, problems);
    problems.push(...missing(read, given), ...unpinnable(read));
    const [target, ...others] = read.host ?? [];
    if (others.length > 0)
        problems.push(severalHosts(given.get('host') ?? ''));
    if (read['proxy-jump-password'] !== null && (read['proxy-jump'] ?? []).length !== 1)
        problems.push(problem('Input proxy-jump-password is for one host in between, and no other may see it.', (0,_remedy_js__WEBPACK_IMPORTED_MODULE_4__/* .inInputs */ .ht)('Set proxy-jump to that host. For several use ssh-key.')));
    if (problems.length > 0 || target === undefined)
        throw new ConfigError(problems);
    return assemble(read, target);
}
/** Names that inputs had before. */
const renamedInputs = {
    'carry-sessions': 'preserve-sessions',
    match: 'session-table-match',
    'db-may-be-used': 'allow-nonempty-database',
    jump: 'proxy-jump',
};
/** Inputs that do not exist, each as a problem. */
function unknownInputs(given) {
    return [...given.keys()]
        .filter((name) => !(name in _inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .inputs */ .QL))
        .map((name) => {
        const meant = name.toLowerCase().replaceAll('_', '-');
        const renamed = renamedInputs[meant];
        if (renamed !== undefined)
            return problem(`Input ${name} is called ${renamed} now.`);
        return problem(`There is no input ${name}.`, (0,_remedy_js__WEBPACK_IMPORTED_MODULE_4__/* .inInputs */ .ht)(meant in _inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .inputs */ .QL ? `Its name is ${meant}.` : 'docs/inputs.md has all of them.'));
    });
}
/** Every input read; a mistyped one is a problem, and counts as left out. */
function readAll(given, problems) {
    const entries = Object.entries(_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .inputs */ .QL).map(([name, { parse: read, otherwise, remedy, secret }]) => {
        const raw = given.get(name) ?? '';
        // A key keeps its line ends; everything else loses the blanks that YAML folding leaves.
        const text = secret ? raw : raw.trim();
        if (text.trim() === '')
            return [name, otherwise];
        try {
            return [name, read(text)];
        }
        catch (error) {
            if (!(error instanceof _parsers_js__WEBPACK_IMPORTED_MODULE_1__/* .Mistyped */ .C4))
                throw error;
            // A private key is a secret in whatever input it was pasted by mistake.
            const hidden = secret || error.hides || text.includes('PRIVATE KEY');
            const shown = hidden ? '' : ` (it is ${JSON.stringify(text.slice(0, 80))})`;
            problems.push(problem(`Input ${name} ${error.message}${shown}.`, (0,_remedy_js__WEBPACK_IMPORTED_MODULE_4__/* .inInputs */ .ht)(remedy)));
            return [name, otherwise];
        }
    });
    return Object.fromEntries(entries);
}
/** One run deploys to one host; a job for each of them is what GitHub has for that. */
function severalHosts(text) {
    const all = text
        .split(/[,\n]/)
        .map((one) => one.trim())
        .filter((one) => one !== '');
    return problem('Input host names several hosts, and one run deploys to one.', [
        (0,_remedy_js__WEBPACK_IMPORTED_MODULE_4__/* .inWorkflow */ .FT)('Give each host a job, one after the other', 'strategy:', '  max-parallel: 1', '  matrix:', `    host: ["${all.join('", "')}"]`),
        (0,_remedy_js__WEBPACK_IMPORTED_MODULE_4__/* .inInputs */ .ht)('', 'host: ${{ matrix.host }}'),
    ]);
}
/** `.env` pins a session folder between quotes, and a release has no other name than the one below this path. */
function unpinnable({ strategy, path }) {
    if (strategy === 'in-place' || !/['"\\$]/.test(path))
        return [];
    return [
        problem(`Input path is ${path}, and with strategy releases it must not have a quote, a backslash or a $: .env could not hold it.`, [(0,_remedy_js__WEBPACK_IMPORTED_MODULE_4__/* .inInputs */ .ht)('Set path to a symbolic link whose name has none of them.')]),
    ];
}
function missing(read, given) {
    // A mistyped value is reported as such already.
    const leftOut = (name) => (given.get(name) ?? '').trim() === '';
    const deploys = ['deploy', 'plan'].includes(read.command);
    const moves = ['deploy', 'plan', 'rollback'].includes(read.command);
    const nameless = read.host !== null && read.host[0]?.user === undefined;
    const lacks = [
        ['host', read.host === null, 'the server to deploy to.'],
        ['user', nameless && read.user === null, 'whom to log in as.'],
        ['ssh-key', !read['ssh-key'] && !read.password, 'the key to log in with.'],
        [
            'proxy-jump-password',
            read['proxy-jump'] !== null && !read['ssh-key'] && !read['proxy-jump-password'],
            'password goes to the server alone, so the host in between needs ssh-key or a password of its own.',
        ],
        [
            'known-hosts',
            !read['known-hosts'] && read['host-fingerprint'].length === 0,
            'without it (or host-fingerprint) nobody knows that the server is yours.',
        ],
        ['commit', deploys && !read.commit, 'what to deploy.'],
        ['branch', moves && !read.branch, 'where the commit belongs.'],
    ];
    return lacks
        .filter(([name, isMissing]) => isMissing && leftOut(name))
        .map(([name, , why]) => problem(`Input ${name} is missing: ${why}`, ...toSet(name, read, given.has(name))));
}
/** What to do about an input that is missing; `empty` where the workflow sets it, and nothing is in it. */
function toSet(name, read, empty) {
    const [target] = read.host ?? [];
    if (name === 'known-hosts' && target !== undefined) {
        const at = { host: target.host, port: target.port ?? read.port };
        return [[...(0,_remedies_ssh_js__WEBPACK_IMPORTED_MODULE_3__/* .compareHostKey */ .Xj)(at), (0,_remedies_ssh_js__WEBPACK_IMPORTED_MODULE_3__/* .printHostKey */ .vT)(at), (0,_remedy_js__WEBPACK_IMPORTED_MODULE_4__/* .inInputs */ .ht)('Set known-hosts to that line.')]];
    }
    const own = (0,_remedy_js__WEBPACK_IMPORTED_MODULE_4__/* .inInputs */ .ht)(_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .inputs */ .QL[name].remedy);
    return empty && _inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .inputs */ .QL[name].secret ? [(0,_remedy_js__WEBPACK_IMPORTED_MODULE_4__/* .onGitHub */ .xr)(emptySecret), own] : [own];
}
const emptySecret = 'The secret is empty, or does not exist here. Look at its name, and at the environment it belongs to. Runs of a fork get no secrets.';
function assemble(read, target) {
    const hop = (text, port) => ({
        user: text.user ?? read.user ?? '',
        host: text.host,
        port: text.port ?? port,
    });
    const secrets = Object.values(read).filter(isSecret);
    return {
        ...read,
        base: read.path,
        clone: read.path,
        target: hop(target, read.port),
        through: (read['proxy-jump'] ?? []).map((text) => hop(text, 22)),
        commit: read.commit ?? '',
        branch: read.branch ?? '',
        tag: null,
        secrets,
    };
}
function isSecret(value) {
    return typeof value === 'object' && value !== null && 'reveal' in value;
}


/***/ }),

/***/ 41780:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ reached),
/* harmony export */   e: () => (/* binding */ databaseUrls)
/* harmony export */ });
/* harmony import */ var _secret_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7355);
/* harmony import */ var _parsers_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(54358);


const form = 'must be one address on a line, as mysql://user:password@127.0.0.1:3306/name';
/** Lines of `mysql://user:password@host:port/name` (or `mariadb://`); what is special in a URL is written as `%40`. */
const databaseUrls = (text) => {
    const lines = text.split(/[\r\n]+/).map((line) => line.trim());
    const given = lines.filter((line) => line !== '').map(databaseUrl);
    const names = given.map(({ address, database }) => `${address.host}:${address.port}/${database}`);
    if (new Set(names).size < names.length)
        throw new _parsers_js__WEBPACK_IMPORTED_MODULE_1__/* .Mistyped */ .C4('names a database twice');
    return given;
};
/** The host as PHP has to get it: `localhost` means a socket to mysqli, and a port to everybody else. */
function reached(host) {
    return host.toLowerCase() === 'localhost' ? '127.0.0.1' : host;
}
function databaseUrl(line) {
    if (!URL.canParse(line))
        throw new _parsers_js__WEBPACK_IMPORTED_MODULE_1__/* .Mistyped */ .C4(form);
    const { protocol, hostname, port, username, password, pathname } = new URL(line);
    const database = decoded(pathname.slice(1));
    const known = protocol === 'mysql:' || protocol === 'mariadb:';
    if (!known || hostname === '' || username === '' || database === '' || database.includes('/')) {
        throw new _parsers_js__WEBPACK_IMPORTED_MODULE_1__/* .Mistyped */ .C4(form);
    }
    return {
        address: { host: reached(hostname.replace(/^\[(.*)\]$/, '$1')), port: Number(port || 3306) },
        user: decoded(username),
        password: new _secret_js__WEBPACK_IMPORTED_MODULE_0__/* .Secret */ .z(decoded(password)),
        database,
    };
}
function decoded(part) {
    try {
        return decodeURIComponent(part);
    }
    catch {
        throw new _parsers_js__WEBPACK_IMPORTED_MODULE_1__/* .Mistyped */ .C4(form);
    }
}


/***/ }),

/***/ 61242:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ hosts),
/* harmony export */   ik: () => (/* binding */ place)
/* harmony export */ });
/* unused harmony export host */
/* harmony import */ var _parsers_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(54358);

const pattern = /^(?:(?<user>[A-Za-z0-9_.][A-Za-z0-9_.-]*)@)?(?:\[(?<six>[0-9A-Fa-f:.]+)\]|(?<name>[A-Za-z0-9][A-Za-z0-9.-]*))(?::(?<port>\d{1,5}))?$/;
/** `[user@]host[:port]`; an IPv6 address stands in brackets. */
const host = (text) => {
    const groups = pattern.exec(text)?.groups;
    const port = groups?.['port'] === undefined ? undefined : Number(groups['port']);
    if (groups === undefined || (port !== undefined && (port < 1 || port > 65535))) {
        throw new _parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .Mistyped */ .C4('must be [user@]host[:port], as nicolas@www.example.org:22');
    }
    return { user: groups['user'], host: groups['six'] ?? groups['name'] ?? '', port };
};
/** Hosts separated by commas or lines. */
const hosts = (text) => text
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(host);
/** `host[:port]`; an IPv6 address stands in brackets. */
const place = (text) => {
    const wrong = new _parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .Mistyped */ .C4('must be host[:port], as 127.0.0.1 or 127.0.0.1:8443');
    if (text.includes('@') || !pattern.test(text))
        throw wrong;
    const { host: name, port } = host(text);
    return { host: name, port };
};


/***/ }),

/***/ 29133:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Pi: () => (/* binding */ commands),
  QL: () => (/* binding */ inputs),
  _y: () => (/* binding */ secretInputs)
});

// EXTERNAL MODULE: ./src/config/parsers.ts
var parsers = __webpack_require__(54358);
// EXTERNAL MODULE: ./src/config/database-urls.ts
var database_urls = __webpack_require__(41780);
;// CONCATENATED MODULE: ./src/config/fingerprints.ts

const entry = /^(?:(?:\[(?<wrapped>[A-Za-z0-9.:-]+)\]|(?<host>[A-Za-z0-9][A-Za-z0-9.-]*))(?::(?<port>\d{1,5}))?=)?(?<print>SHA256:[A-Za-z0-9+/]{43})=?$/;
/** `SHA256:...` for the server itself, `host=SHA256:...` or `[host]:port=SHA256:...` for another; with commas or on lines. */
const fingerprints = (text) => text
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map(bound);
function bound(text) {
    const { wrapped, host, port, print } = entry.exec(text)?.groups ?? {};
    if (print === undefined || !isPort(port)) {
        throw new parsers/* Mistyped */.C4('must be SHA256:..., or host=SHA256:... for a host in between');
    }
    return {
        host: wrapped ?? host ?? null,
        port: port === undefined ? undefined : Number(port),
        print,
    };
}
function isPort(text) {
    return text === undefined || (Number(text) >= 1 && Number(text) <= 65535);
}

// EXTERNAL MODULE: ./src/config/host.ts
var host = __webpack_require__(61242);
// EXTERNAL MODULE: ./src/secret.ts
var secret = __webpack_require__(7355);
;// CONCATENATED MODULE: ./src/config/inputs.ts





function input(parse, otherwise, remedy) {
    return { parse, otherwise, remedy, secret: false };
}
function inputs_secret(remedy, shape = parsers/* text */.Qq) {
    return { parse: (value) => new secret/* Secret */.z(shape(value)), otherwise: null, remedy, secret: true };
}
const unit = (0,parsers/* shaped */.e9)(/^[A-Za-z0-9@_][A-Za-z0-9@._-]*$/, 'the name of a systemd unit, or none');
const gitName = (0,parsers/* shaped */.e9)(/^(?!.*(\.\.|@\{|\/\/))[A-Za-z0-9_][A-Za-z0-9_./+@#-]*$/, 'a name that git accepts');
/** What input `command` may say. */
const commands = [
    'deploy',
    'verify',
    'check',
    'doctor',
    'releases',
    'rollback',
    'plan',
    'adopt',
];
/** Every input of action.yml with its parser and default: the one place that knows them. */
const inputs = {
    command: input((0,parsers/* choice */.Yq)(...commands), 'deploy', 'deploy and rollback change the site, adopt makes release directories beside it; verify, check, doctor, releases and plan only look.'),
    host: input(host/* hosts */.S, null, 'Set it to the server, as nicolas@www.example.org.'),
    user: input((0,parsers/* shaped */.e9)(/^[A-Za-z0-9_.][A-Za-z0-9_.-]*$/, 'a user name'), null, 'Set it to the user who owns the site on the server.'),
    port: input((0,parsers/* count */.U9)(1, 65535), 22, 'Leave it out for 22.'),
    'ssh-key': inputs_secret('Give the private key: ${{ secrets.SSH_KEY }}.'),
    'ssh-key-passphrase': inputs_secret('Give the passphrase of ssh-key, as a secret.'),
    password: inputs_secret('Give the password as a secret, or better a key.'),
    'known-hosts': input(parsers/* text */.Qq, '', 'Set it to the line of known_hosts for the server.'),
    'host-fingerprint': input(fingerprints, [], 'Set it to what ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub prints on that host.'),
    'proxy-jump': input(host/* hosts */.S, null, 'Set it to the host in between, as user@gate.example.org.'),
    'proxy-jump-password': inputs_secret('Give the password of the host in between, as a secret.'),
    'connect-timeout': input(parsers/* duration */.p0, 30, 'Leave it out for 30s.'),
    'step-timeout': input(parsers/* duration */.p0, 600, 'Leave it out for 10m.'),
    path: input(parsers/* absolutePath */.Hi, '/var/www/kayart', 'Set it to the directory that holds spark.'),
    strategy: input((0,parsers/* choice */.Yq)('in-place', 'releases'), 'in-place', 'Leave it out for in-place; releases has a directory for each deploy.'),
    shared: input(parsers/* pathsInApplication */.ux, [], 'Set it to what all releases share besides .env, sessions, logs and uploads, as public/uploads.'),
    'releases-path': input(parsers/* absolutePath */.Hi, null, 'Leave it out for path with -releases behind it.'),
    files: input(parsers/* pathsToDeliver */.DG, [], 'Set it to what the job has built, as public/build.'),
    keep: input((0,parsers/* count */.U9)(2, 100), 5, 'Leave it out for 5.'),
    commit: input((0,parsers/* shaped */.e9)(/^[0-9a-f]{40}([0-9a-f]{24})?$/, 'a full commit id (40 hexadecimal digits)'), null, 'Leave it out for the commit of the run.'),
    to: input((0,parsers/* shaped */.e9)(/^[0-9a-f]{7,64}$/, 'a commit id, or its first 7 or more digits'), null, 'Leave it out for the deploy before the live one.'),
    branch: input(gitName, null, 'Leave it out for the branch of the run.'),
    source: input((0,parsers/* choice */.Yq)('fetch', 'push'), 'fetch', 'Leave it out for fetch; with push the server needs no access to the repository.'),
    remote: input(gitName, 'origin', 'Leave it out for origin.'),
    php: input((0,parsers/* shaped */.e9)(/^[A-Za-z0-9_/][A-Za-z0-9_./+-]*$/, 'a program name or an absolute path'), 'php', 'Leave it out for php, or set it to e.g. /usr/bin/php8.3.'),
    composer: input((0,parsers/* choice */.Yq)('auto', 'always', 'never'), 'auto', 'Leave it out for auto.'),
    namespaces: input((0,parsers/* choice */.Yq)('app', 'all'), 'app', 'Leave it out for app.'),
    'fpm-service': input(unit, 'auto', 'Leave it out, or set it to the name of the service, as php8.3-fpm or apache2.'),
    'fpm-pool': input((0,parsers/* shaped */.e9)(/^[A-Za-z0-9_.-]+$/, 'the name of a pool, as www'), null, 'Leave it out, or set it to the name in brackets in its file, as www.'),
    reload: input((0,parsers/* choice */.Yq)('always', 'when-needed', 'never'), 'always', 'Leave it out for always.'),
    'cache-clear': input(parsers/* flag */.Jt, true, 'Leave it out for true.'),
    'preserve-sessions': input((0,parsers/* choice */.Yq)('auto', 'required', 'off'), 'auto', 'Leave it out for auto.'),
    'clean-session-files': input(parsers/* flag */.Jt, false, 'Leave it out for false.'),
    'session-table-match': input((0,parsers/* choice */.Yq)('exact', 'compatible'), 'exact', 'Leave it out for exact.'),
    'health-url': input(parsers/* addressOrNone */.w7, null, "Leave it out for the application's own baseURL."),
    'health-status': input(parsers/* statuses */.bM, [{ from: 100, to: 499 }], 'Leave it out to accept everything below 500.'),
    'health-text': input(parsers/* text */.Qq, '', 'Leave it out to accept any text.'),
    'health-address': input(host/* place */.ik, null, 'Set it to where the web server listens as the server itself sees it, as 127.0.0.1.'),
    'health-auth': inputs_secret('Give user:password as a secret: ${{ secrets.HEALTH_AUTH }}.', parsers/* userAndPassword */.Yg),
    'health-ca': input(parsers/* certificates */.$H, null, 'Give the lines from BEGIN to END CERTIFICATE.'),
    'health-timeout': input(parsers/* duration */.p0, 30, 'Leave it out for 30s.'),
    'health-retries': input((0,parsers/* count */.U9)(0, 100), 2, 'Leave it out for 2.'),
    'undo-migrations': input((0,parsers/* choice */.Yq)('auto', 'always', 'never'), 'auto', 'Leave it out for auto.'),
    'lock-wait': input(parsers/* duration */.p0, 0, 'Leave it out for 0s.'),
    base: input(gitName, null, 'Leave it out in a pull request; elsewhere set it to a branch, as main.'),
    directory: input(parsers/* pathBelow */.Br, '', 'Leave it out where the application is the whole repository.'),
    'db-version': input(parsers/* serverName */.L5, null, 'Set it to what your server is, as MariaDB 10.11.'),
    'print-tables': input(parsers/* flag */.Jt, false, 'Leave it out for false.'),
    report: input((0,parsers/* choice */.Yq)('changes', 'all'), 'changes', 'Leave it out for what the pull request brings.'),
    'sarif-file': input(parsers/* pathBelow */.Br, null, 'Set it to a path below the checkout, as ci4.sarif.'),
    databases: {
        ...input(database_urls/* databaseUrls */.e, null, 'Write one on a line: mysql://user:password@127.0.0.1:3306/name.'),
        secret: true,
    },
    'allow-nonempty-database': input(parsers/* flag */.Jt, false, 'Leave it out for false.'),
    'db-host': input(parsers/* text */.Qq, null, "Leave it out for the application's own."),
    'db-port': input((0,parsers/* count */.U9)(1, 65535), null, "Leave it out for the application's own."),
    'db-socket': input(parsers/* absolutePath */.Hi, null, "Leave it out for the application's own."),
    'db-name': input(parsers/* text */.Qq, null, "Leave it out for the application's own."),
    'db-user': input(parsers/* text */.Qq, null, "Leave it out for the application's own."),
    'db-tls': input((0,parsers/* choice */.Yq)('auto', 'on', 'off'), 'auto', 'Leave it out for auto.'),
    'db-password': inputs_secret("Leave it out for the application's own."),
};
/** Names of the inputs whose values must never be seen. */
const secretInputs = Object.entries(inputs)
    .filter(([, { secret: hidden }]) => hidden)
    .map(([name]) => name);


/***/ }),

/***/ 54358:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $H: () => (/* binding */ certificates),
/* harmony export */   Br: () => (/* binding */ pathBelow),
/* harmony export */   C4: () => (/* binding */ Mistyped),
/* harmony export */   DG: () => (/* binding */ pathsToDeliver),
/* harmony export */   Hi: () => (/* binding */ absolutePath),
/* harmony export */   Jt: () => (/* binding */ flag),
/* harmony export */   L5: () => (/* binding */ serverName),
/* harmony export */   Qq: () => (/* binding */ text),
/* harmony export */   U9: () => (/* binding */ count),
/* harmony export */   Yg: () => (/* binding */ userAndPassword),
/* harmony export */   Yq: () => (/* binding */ choice),
/* harmony export */   bM: () => (/* binding */ statuses),
/* harmony export */   e9: () => (/* binding */ shaped),
/* harmony export */   p0: () => (/* binding */ duration),
/* harmony export */   rF: () => (/* binding */ mayBeDelivered),
/* harmony export */   ux: () => (/* binding */ pathsInApplication),
/* harmony export */   w7: () => (/* binding */ addressOrNone),
/* harmony export */   yL: () => (/* binding */ mayBeShared)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);

/** A mistyped value: what was expected, as the end of the sentence "input x ...". */
class Mistyped extends Error {
    name = 'Mistyped';
    /** Whether the text holds something that must not be repeated. */
    hides;
    constructor(message, options = {}) {
        super(message);
        this.hides = options.hides ?? false;
    }
}
const units = { s: 1, m: 60, h: 3600 };
/** `30s`, `10m`, `1h`: a duration in seconds. */
const duration = (text) => {
    const match = /^(\d{1,6})([smh])$/.exec(text);
    if (match === null)
        throw new Mistyped('must be a number and a unit: 30s, 10m or 1h');
    return Number(match[1]) * units[match[2]];
};
/** `true` or `false`, nothing else: `yes` is a mistake, not a no. */
const flag = (text) => {
    if (text !== 'true' && text !== 'false')
        throw new Mistyped('must be true or false');
    return text === 'true';
};
/** One of a few words. */
function choice(...words) {
    return (text) => {
        const found = words.find((word) => word === text);
        if (found === undefined)
            throw new Mistyped(`must be one of: ${words.join(', ')}`);
        return found;
    };
}
/** A whole number within limits, both included. */
function count(least, most) {
    return (text) => {
        const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
        if (!(value >= least && value <= most)) {
            throw new Mistyped(`must be a whole number from ${least} to ${most}`);
        }
        return value;
    };
}
/** Text in the shape of a pattern. `shape` finishes the sentence. */
function shaped(pattern, shape) {
    return (text) => {
        if (!pattern.test(text))
            throw new Mistyped(`must be ${shape}`);
        return text;
    };
}
/** Any text. */
const text = (value) => value;
/** An absolute path on the server, without `..`; a slash at the end is dropped. */
const absolutePath = (value) => {
    const parts = value.split('/');
    if (!value.startsWith('/') || parts.includes('..') || /[\0\r\n]/.test(value)) {
        throw new Mistyped('must be an absolute path on the server, as /var/www/site');
    }
    return value.length > 1 ? value.replace(/\/+$/, '') : value;
};
/** An `http://` or `https://` address, or the word `none`. */
const addressOrNone = (value) => {
    if (value === 'none')
        return value;
    const url = URL.canParse(value) ? new URL(value) : null;
    if (url === null || !['http:', 'https:'].includes(url.protocol)) {
        throw new Mistyped('must be an http:// or https:// address, or none');
    }
    if (url.username !== '' || url.password !== '') {
        throw new Mistyped('must not hold a user or a password: they belong into health-auth', {
            hides: true,
        });
    }
    return url;
};
/** `user:password`; line ends that a pasted secret often gains are dropped. */
const userAndPassword = (value) => {
    const line = value.replace(/[\r\n]+$/, '');
    // RFC 7617, 2: a colon ends the user, control characters are in neither.
    // eslint-disable-next-line no-control-regex -- these are what is looked for
    if (!/^[^:]+:/.test(line) || /[\0-\x1f\x7f]/.test(line)) {
        throw new Mistyped('must be user:password in one line');
    }
    return line;
};
const certificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
/** One or more certificates as PEM text. */
const certificates = (value) => {
    const found = value.match(certificate) ?? [];
    if (found.length === 0 || value.includes('PRIVATE KEY') || !found.every(isCertificate)) {
        throw new Mistyped('must be certificates as PEM text, and nothing else');
    }
    return found.join('\n');
};
function isCertificate(pem) {
    try {
        return new node_crypto__WEBPACK_IMPORTED_MODULE_0__.X509Certificate(pem).raw.length > 0;
    }
    catch {
        return false;
    }
}
/** `MariaDB 10.11`, `mysql 8.0.36`: a server and its version. */
const serverName = (value) => {
    const found = /^(mariadb|mysql)[ -]?(\d+\.\d+(?:\.\d+)?)$/i.exec(value);
    if (found === null)
        throw new Mistyped('must be a server and its version, as MariaDB 10.11');
    const [, name = '', version = ''] = found;
    return { name: name.toLowerCase() === 'mysql' ? 'MySQL' : 'MariaDB', version };
};
/** A path below the checkout, without `..`; a slash at the end is dropped. */
const pathBelow = (value) => {
    if (value.startsWith('/') || value.split('/').includes('..') || /[\0\r\n]/.test(value)) {
        throw new Mistyped('must be a path below the checkout, as sites/shop');
    }
    return value.replace(/^(\.\/)+/, '').replace(/\/+$/, '') || '.';
};
/** Paths on lines or with commas between them, each without `./` before it and slashes behind it. */
function listed(value) {
    const paths = value.split(/[,\n]/).map((one) => one.trim());
    return paths.map((one) => one.replace(/^(\.\/)+/, '').replace(/\/+$/, '')).filter(Boolean);
}
/** Paths below the root of the application, on lines or with commas. Whole folders that belong to one commit are refused. */
const pathsInApplication = (value) => {
    const paths = listed(value);
    const wrong = paths.find((one) => !mayBeShared(one) || liesBelow(one, paths));
    if (wrong !== undefined) {
        throw new Mistyped(`must be paths below the application, as public/uploads; ${wrong} cannot be shared by releases`);
    }
    return [...new Set(paths)];
};
// Each release has caches, code and dependencies of its own. One file of the code may be a setting of the server.
const ofOneRelease = /^(\.|app|vendor|system|spark|writable|writable\/(cache|debugbar))(\/|$)/;
const linked = ['writable/session', 'writable/logs', 'writable/uploads'];
const mayLieBelow = /^writable\/(?!(cache|debugbar)(\/|$))[^/]|^app\/(.+\/)?[^/]+\.[^/.]+$/;
/** A link in a folder that is a link itself would be made in the shared folder. */
function liesBelow(path, others) {
    return [...linked, ...others].some((other) => path.startsWith(`${other}/`));
}
/** Whether releases may share a path below the application. */
function mayBeShared(path) {
    const parts = path.split('/');
    if (path.startsWith('/') || /[\0\r:*?[\]]/.test(path))
        return false;
    if (parts.some((part) => part === '..' || part === '.' || part === '' || part === '.git')) {
        return false;
    }
    return !ofOneRelease.test(path) || mayLieBelow.test(path);
}
/** `200`, `200,302` or `200-299, 401`: HTTP status codes. */
const statuses = (value) => value.split(',').map((part) => {
    const match = /^\s*([1-5]\d\d)(?:-([1-5]\d\d))?\s*$/.exec(part);
    const from = Number(match?.[1]);
    const to = Number(match?.[2] ?? match?.[1]);
    if (match === null || to < from) {
        throw new Mistyped('must be HTTP status codes: 200, or 200-299, or 200,302');
    }
    return { from, to };
});
/** Paths below the application that git does not have; dependencies, settings and what visitors write are none of them. */
const pathsToDeliver = (value) => {
    const paths = listed(value);
    const wrong = paths.find((one) => !mayBeDelivered(one) || paths.some((other) => one.startsWith(`${other}/`)));
    if (wrong !== undefined) {
        throw new Mistyped(`must be paths below the application, as public/build; ${wrong} cannot be delivered`);
    }
    return [...new Set(paths)];
};
/** Whether a deploy may bring something at that path that git does not have. */
function mayBeDelivered(path) {
    const parts = path.split('/');
    const outside = parts.some((part) => part === '' || part === '.' || part === '..');
    return !outside && !['vendor', '.git', '.env', 'writable'].includes(parts[0] ?? '');
}


/***/ }),

/***/ 99784:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KM: () => (/* binding */ noCommands),
/* harmony export */   P4: () => (/* binding */ readCommands)
/* harmony export */ });
/* unused harmony export moments */
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(38815);
/* harmony import */ var _parsers_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(54358);


/** The moments at which commands run, by their keys in the file. */
const moments = ['in-stage', 'after-switch', 'after-rollback'];
/** Nothing. */
const noCommands = { 'in-stage': [], 'after-switch': [], 'after-rollback': [] };
/** What stands under `commands`. */
function readCommands(nodes, node, at) {
    const found = { ...noCommands };
    const readers = moments.map((moment) => [
        moment,
        (value, from) => {
            found[moment] = readList(nodes, value, from, moment);
        },
    ]);
    nodes.each(node, at, 'commands', Object.fromEntries(readers));
    return found;
}
function readList(nodes, node, at, moment) {
    if (!(0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isSeq */ .oP)(node)) {
        nodes.complain(at, `${moment} must be a list of commands`);
        return [];
    }
    return node.items.map((item) => readOne(nodes, item, placeOf(item) ?? at, moment));
}
function placeOf(node) {
    return (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(node) || (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isMap */ .jh)(node) ? node.range?.[0] : undefined;
}
/** `npm ci`, or the same with its keys: `run: npm ci`. */
function readOne(nodes, node, at, moment) {
    const one = {
        run: '',
        limit: 300,
        mustSucceed: true,
        hosts: 'each',
        makes: [],
        line: nodes.lineAt(at),
    };
    if ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(node))
        one.run = String(node.value);
    else
        nodes.each(node, at, 'a command', readersOf(nodes, one, moment));
    if (one.run.trim() === '')
        nodes.complain(at, 'A command needs a line to run: run');
    return one;
}
function readersOf(nodes, one, moment) {
    return {
        run: (value) => {
            one.run = textOf(value);
        },
        limit: (value, at) => {
            one.limit = secondsOf(nodes, textOf(value), at);
        },
        'must-succeed': (value, at) => {
            const word = textOf(value);
            if (word !== 'true' && word !== 'false') {
                nodes.complain(at, 'must-succeed must be true or false');
            }
            one.mustSucceed = word !== 'false';
        },
        hosts: (value, at) => {
            const word = textOf(value);
            if (word === 'each' || word === 'first')
                one.hosts = word;
            else
                nodes.complain(at, 'hosts must be one of: each, first');
        },
        ...(moment === 'in-stage'
            ? {
                makes: (value, at) => {
                    one.makes = pathsOf(nodes, value, at);
                },
            }
            : {}),
    };
}
function textOf(node) {
    return (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(node) ? String(node.value) : '';
}
function secondsOf(nodes, text, at) {
    try {
        return (0,_parsers_js__WEBPACK_IMPORTED_MODULE_1__/* .duration */ .p0)(text);
    }
    catch (fault) {
        if (!(fault instanceof _parsers_js__WEBPACK_IMPORTED_MODULE_1__/* .Mistyped */ .C4))
            throw fault;
        nodes.complain(at, `limit ${fault.message}`);
        return 0;
    }
}
/** One path or several, each below the root of the application and none of them vendor, which is Composer's. */
function pathsOf(nodes, node, at) {
    const paths = ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isSeq */ .oP)(node) ? node.items : [node])
        .map(textOf)
        .map((path) => path.replace(/\/+$/, ''));
    for (const path of paths) {
        if (!(0,_parsers_js__WEBPACK_IMPORTED_MODULE_1__/* .mayBeDelivered */ .rF)(path)) {
            nodes.complain(at, `makes must name files or folders below the application, like public/build`);
        }
    }
    return paths;
}


/***/ }),

/***/ 93997:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ settingsFile)
/* harmony export */ });
/** The settings of a repository, at its root. A file of its own: who only names it needs nothing that reads YAML. */
const settingsFile = '.ci4-deploy.yml';


/***/ }),

/***/ 89984:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ counted)
/* harmony export */ });
/** A number with its noun: `1 session`, `2 sessions`. */
function counted(count, one, several = `${one}s`) {
    return `${count} ${count === 1 ? one : several}`;
}


/***/ }),

/***/ 52018:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JW: () => (/* binding */ remedies),
/* harmony export */   bJ: () => (/* binding */ isError),
/* harmony export */   cX: () => (/* binding */ inNextDeploy),
/* harmony export */   i9: () => (/* binding */ errorFinding),
/* harmony export */   oL: () => (/* binding */ warningFinding),
/* harmony export */   yv: () => (/* binding */ noticeFinding)
/* harmony export */ });
/* harmony import */ var _remedy_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(35251);

/** Only errors stop a deploy. */
function isError(finding) {
    return finding.severity === 'error';
}
/** Remedies, of which any one is enough. */
function remedies(...given) {
    return given.map((one) => {
        if (typeof one === 'string')
            return [(0,_remedy_js__WEBPACK_IMPORTED_MODULE_0__/* .advice */ .v9)(one)];
        return 'where' in one ? [one] : one;
    });
}
/**
 * The same finding for a table that the rollback of its migration changes again: a statement pasted after that would meet
 * another table. What is committed runs after that migration.
 */
function inNextDeploy(finding) {
    const { remedies: all = [] } = finding;
    const later = all.filter((remedy) => remedy.every(({ where }) => where !== 'database'));
    return later.length === 0 ? finding : { ...finding, remedies: later };
}
/** A finding that stops the deploy. */
function errorFinding(name, message, ...given) {
    return { name, severity: 'error', message, remedies: remedies(...given) };
}
/** A finding that is said and stops nothing. */
function warningFinding(name, message, ...given) {
    return { name, severity: 'warning', message, remedies: remedies(...given) };
}
/** A finding that is only said. */
function noticeFinding(name, message, ...given) {
    return { name, severity: 'notice', message, remedies: remedies(...given) };
}


/***/ }),

/***/ 67613:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   v: () => (/* binding */ Recorder)
/* harmony export */ });
/* harmony import */ var _finding_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(52018);
/* harmony import */ var _results_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(35001);


/** Takes down what one step has to say. What was said before a failure is kept. */
class Recorder {
    findings = [];
    unverified = [];
    rollbackNotes = [];
    ready = [];
    did = [];
    answers = null;
    ran = [];
    /** Records findings; each is said once. */
    find(...findings) {
        for (const finding of findings) {
            const same = (other) => other.name === finding.name && other.message === finding.message;
            if (!this.findings.some(same))
                this.findings.push(finding);
        }
    }
    /** @throws Stopped when an error was found so far */
    stopAtErrors() {
        if (this.findings.some(_finding_js__WEBPACK_IMPORTED_MODULE_0__/* .isError */ .bJ))
            throw new _results_js__WEBPACK_IMPORTED_MODULE_1__/* .Stopped */ .C('errors were found');
    }
    /** A copy that nothing is added to any more. */
    get recorded() {
        const { findings, unverified, rollbackNotes, ready, did, answers, ran } = this;
        return {
            findings: [...findings],
            unverified: [...unverified],
            rollbackNotes: [...rollbackNotes],
            ready: [...ready],
            did: [...did],
            answers,
            ran: [...ran],
        };
    }
}


/***/ }),

/***/ 56793:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M3: () => (/* binding */ endOwnCommands),
/* harmony export */   ag: () => (/* binding */ booted),
/* harmony export */   oK: () => (/* binding */ waitForRemoteProcesses)
/* harmony export */ });
/* harmony import */ var _release_own_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(41749);
/* harmony import */ var _server_command_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(63814);
/* harmony import */ var _server_round_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(66031);



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
async function waitForRemoteProcesses({ config, server }, id, signal) {
    const limit = config['step-timeout'];
    const question = (0,_server_command_js__WEBPACK_IMPORTED_MODULE_1__/* .shell */ .vf)(wait, [id, String(limit * 2)], { limit: limit + 30 });
    const { answer } = await (0,_server_round_js__WEBPACK_IMPORTED_MODULE_2__/* .query */ .P)(server, { answer: question }, signal);
    if (!(0,_server_command_js__WEBPACK_IMPORTED_MODULE_1__/* .succeeded */ .gq)(answer)) {
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
async function endOwnCommands({ journal, server }, signal) {
    const { id, begun } = journal.now;
    if (begun.includes('in-stage'))
        await (0,_server_round_js__WEBPACK_IMPORTED_MODULE_2__/* .query */ .P)(server, { ended: (0,_release_own_js__WEBPACK_IMPORTED_MODULE_0__/* .endOwn */ .kc)(id) }, signal);
}
/** Waits until the services of a server that has just booted are there, for a minute at most. */
async function booted({ server }, signal) {
    const question = (0,_server_command_js__WEBPACK_IMPORTED_MODULE_1__/* .shell */ .vf)(services, [String(bootLimit * 2)], { limit: bootLimit + 30 });
    await (0,_server_round_js__WEBPACK_IMPORTED_MODULE_2__/* .query */ .P)(server, { booted: question }, signal);
}


/***/ }),

/***/ 35001:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ Stopped)
/* harmony export */ });
/** The step found errors and recorded them as findings: the walk stops here. */
class Stopped extends Error {
    name = 'Stopped';
}


/***/ }),

/***/ 77349:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  kr: () => (/* binding */ isStranded),
  K2: () => (/* binding */ unwind),
  GG: () => (/* binding */ walk)
});

// EXTERNAL MODULE: ./src/server/failures.ts
var failures = __webpack_require__(82284);
;// CONCATENATED MODULE: ./src/plan/fleet.ts
/** Where a step runs: on every host, or on the first for all of them. */
function hostsOf(step, fleet) {
    return step.on === 'every host' ? fleet : [fleet[0]];
}

// EXTERNAL MODULE: ./src/plan/recorder.ts
var plan_recorder = __webpack_require__(67613);
// EXTERNAL MODULE: ./src/plan/remote-processes.ts
var remote_processes = __webpack_require__(56793);
;// CONCATENATED MODULE: ./src/plan/walk.ts




/**
 * Runs the steps in order, each on all hosts before the next begins. The first failure, an error among the findings, or
 * an abort of the signal rolls everything back that had begun, newest first, on all hosts. Each host's journal says what
 * is begun before it begins.
 * Never throws for a failing step: the result says so.
 */
async function walk(steps, fleet, signal, { whole, goesOn } = { whole: steps, goesOn: false }) {
    const done = [];
    for (const step of steps) {
        const ended = await runOnFleet(step, fleet, signal);
        done.push(...ended.map(({ run }) => run));
        const stopped = ended.find(({ run }) => run.result !== 'done');
        if (stopped === undefined)
            continue;
        const lost = ended.filter((one) => one.failure instanceof failures/* LockLost */.yS).map(({ host }) => host);
        const left = fleet.filter((host) => !lost.includes(host));
        return {
            steps: done,
            failure: stopped.failure,
            undone: await unwind(whole, left, stopped.failure),
        };
    }
    for (const host of fleet) {
        host.log.close();
        if (!goesOn)
            await host.journal.note({ closed: true });
    }
    return { steps: done, failure: undefined, undone: [] };
}
async function runOnFleet(step, fleet, signal) {
    const hosts = hostsOf(step, fleet).filter((host) => step.applies?.(host) ?? true);
    const ended = await Promise.all(hosts.map(async (host) => runStep(step, host, signal)));
    // What one host found out for all of them, the steps after it need on each.
    for (const host of fleet) {
        if (!hosts.includes(host))
            host.learnFrom(fleet[0], step.name);
    }
    return ended;
}
async function runStep(step, host, signal) {
    const { name, title, changesSite } = step;
    const began = host.log.seconds;
    const recorder = new plan_recorder/* Recorder */.v();
    const ended = (result, failure) => {
        const seconds = host.log.seconds - began;
        const { name: server } = host.server;
        const run = { server, name, title, seconds, result, changesSite, ...recorder.recorded };
        return { host, run, failure };
    };
    try {
        signal.throwIfAborted();
        host.log.group(title);
        host.journal.begin(name);
        const site = host.site(step.needs, recorder);
        host.learn(name, await step.run(site, signal));
        site.stopAtErrors();
        return ended('done');
    }
    catch (failure) {
        return ended(failure instanceof failures/* Cancelled */.cJ ? 'cancelled' : 'failed', failure);
    }
}
/** Seconds for rolling everything back: what the runner leaves a cancelled job, less what we need to say so. */
const cancelledBudget = 6;
/**
 * Rolls back every step that the hosts' journals call begun, newest first, each on all hosts before the next. A failing
 * undo does not keep the others from theirs, but for those that finishing it needs.
 * @param failure why it is rolled back: a cancelled job leaves less time than a broken connection
 */
async function unwind(steps, hosts, failure) {
    const rollbacks = await Promise.all(hosts.map(async (host) => prepared(host, failure)));
    for (const step of steps.toReversed()) {
        await Promise.all(rollbacks.map(async (rollback) => rollBackOne(step, rollback)));
    }
    await Promise.all(rollbacks.map(walk_close));
    return rollbacks.flatMap(({ undone }) => undone);
}
/** The lock is another deploy's by now: nothing is touched any more, so it was the last thing that was tried. */
function lockIsLost({ undone }) {
    const last = undone.at(-1)?.result;
    return typeof last === 'object' && last.failed instanceof failures/* LockLost */.yS;
}
async function prepared(host, failure) {
    const { config, journal, log } = host;
    const cancelled = failure instanceof failures/* Cancelled */.cJ;
    const seconds = cancelled ? cancelledBudget : config['step-timeout'];
    const signal = AbortSignal.timeout(seconds * 1000);
    journal.rollingBack((failed) => {
        log.say(`The journal could not be written: ${String(failed)}`);
    });
    if (!cancelled && journal.now.begun.length > 0)
        await steady(host, failure instanceof failures/* ConnectionLost */.pz, signal);
    return { host, signal, undone: [] };
}
async function rollBackOne(step, rollback) {
    const { host, signal, undone } = rollback;
    if (lockIsLost(rollback) || !host.journal.now.begun.includes(step.name))
        return;
    const kept = undone.some(isStranded) && step.keptWhenStranded === true;
    undone.push(await rollBack(step, host, kept, signal));
}
async function walk_close(rollback) {
    if (lockIsLost(rollback))
        return;
    const { host, undone } = rollback;
    host.log.close();
    await host.journal.note({ closed: !undone.some(isStranded) });
}
/** Whether the rollback of a step failed. */
function isStranded({ result }) {
    return typeof result === 'object';
}
async function rollBack(step, host, kept, signal) {
    const recorder = new plan_recorder/* Recorder */.v();
    const began = host.log.seconds;
    const site = host.site([], recorder);
    const result = kept ? 'kept' : await undo(step, host, site, signal);
    const byHand = 'byHand' in step ? { remedy: step.byHand(site), finding: step.stranded } : null;
    const seconds = typeof step.undo === 'string' ? {} : { seconds: host.log.seconds - began };
    const { name: server } = host.server;
    return { server, name: step.name, result, byHand, ...seconds, ...recorder.recorded };
}
async function undo(step, host, site, signal) {
    const { undo: rollback, name, title } = step;
    if (typeof rollback === 'string')
        return rollback;
    host.log.group(`Rolling back: ${title}`);
    try {
        const facts = await rollback(site, signal).catch(async (failed) => {
            if (!(failed instanceof failures/* ConnectionLost */.pz))
                throw failed;
            await steady(host, true, signal);
            return rollback(site, signal);
        });
        host.learn(name, facts);
        const { begun, undone = [] } = host.journal.now;
        const left = begun.filter((other) => other !== name);
        await host.journal.note({ begun: left, undone: [...undone, name] });
        return 'undone';
    }
    catch (failed) {
        host.log.say(`This could not be rolled back: ${String(failed)}`);
        return { failed };
    }
}
/**
 * A server that goes down and comes up again is waited for: before its services are there nothing can be rolled back.
 * And where the connection was lost the last command may go on alone: its end comes first.
 */
async function steady(host, lost, signal, left = 3) {
    if (lost)
        host.log.say('The connection was lost; connecting again.');
    try {
        await (0,remote_processes/* booted */.ag)(host, signal);
        if (lost)
            await (0,remote_processes/* endOwnCommands */.M3)(host, signal);
        if (lost)
            await (0,remote_processes/* waitForRemoteProcesses */.oK)(host, host.journal.now.id, signal);
    }
    catch (failed) {
        if (failed instanceof failures/* ConnectionLost */.pz && left > 0)
            await steady(host, true, signal, left - 1);
        else
            host.log.say(String(failed));
    }
}


/***/ }),

/***/ 98202:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ NotPacked)
/* harmony export */ });
/** What the workspace does not have, or in the words of tar why it could not be packed. */
class NotPacked extends Error {
    name = 'NotPacked';
    missing;
    constructor(missing, problem, cause) {
        super(problem, { cause });
        this.missing = missing;
    }
}


/***/ }),

/***/ 41749:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   EH: () => (/* binding */ missingIn),
/* harmony export */   Xz: () => (/* binding */ isTracked),
/* harmony export */   du: () => (/* binding */ vendorChanged),
/* harmony export */   kc: () => (/* binding */ endOwn),
/* harmony export */   pK: () => (/* binding */ putBack),
/* harmony export */   rR: () => (/* binding */ makeOwn),
/* harmony export */   w1: () => (/* binding */ ownCommand)
/* harmony export */ });
/* harmony import */ var _server_command_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(63814);
/* harmony import */ var _paths_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(69665);


/** The status of {@link makeOwn} where git has files at one of the paths. */
const isTracked = 3;
// Composer and others write into files that are there already, and a hard link of the stage is the live file itself.
// A folder that only the server has is a link to the live one: what is made in its place must not reach visitors yet.
const own = `# the stage has its own files
live=$1 stage=$2 state=$3 writes=$4
shift 4
cd "$stage" || exit
for path; do
  [ -z "$(git ls-files -- ":(literal)$path" | head -n 1)" ] || { echo "$path"; exit ${isTracked}; }
done
rm -rf "$state/made.before"
if [ -n "$writes" ] && [ -d vendor ] && [ ! -L vendor ]; then
  rm -rf vendor.own && cp -a vendor vendor.own && rm -rf vendor && mv -T vendor.own vendor || exit
fi
[ -z "$writes" ] || find . \\( -path ./vendor -o -path ./.git -o -name node_modules \\) -prune -o -type f -links +1 -print0 |
  xargs -0 -r -n 1 sh -c 'cp -p "$1" "$1.own" && mv -fT "$1.own" "$1"' sh || exit
for path; do
  at= rest=$path
  while [ "$rest" != "\${rest#*/}" ]; do
    at=$at\${rest%%/*} rest=\${rest#*/}
    if [ -L "$at" ]; then
      from=$(readlink -f -- "$at")
      case $from in "$(readlink -f -- "$live")"/*) ;; *) echo "$at leads to $from" >&2; exit 1 ;; esac
      rm "$at" && mkdir "$at" && find "$from" -mindepth 1 -maxdepth 1 -exec ln -s -t "$at" {} + || exit
    fi
    at=$at/
  done
  rm -rf -- "./$path" || exit
done
: >"$state/lock/own"`;
const settle = `# put tracked files back
state=$1
shift
git diff -z --name-only --no-renames HEAD "$@" >"$state/lock/changed" || exit
xargs -0 -r git -c core.hooksPath=/dev/null checkout -q HEAD -- <"$state/lock/changed" || exit
cat "$state/lock/changed"`;
const missing = `# was everything made
for path; do [ -e "$path" ] || printf '%s\\n' "$path"; done`;
const changedVendor = `# did vendor change
[ ! -d vendor ] || find vendor -cnewer "$1/lock/own" -print -quit`;
const mark = 'CI4_DEPLOY_COMMAND';
const run = `# run a command of the repository
${_paths_js__WEBPACK_IMPORTED_MODULE_1__/* .modesOfTree */ .uF}
unset CI4_DEPLOY CI4_DEPLOY_ROUND
exec sh -c "$2"`;
// Its children have the mark too, wherever they went (proc(5), environ); what sudo starts for another user has not.
const end = `# end what commands of this deploy started
left() { grep -lsz "^${mark}=$1" /proc/[0-9]*/environ | cut -d / -f 3; }
for signal in TERM KILL; do
  left "$1" | xargs -r kill -s "$signal" 2>/dev/null
  waited=0
  while [ -n "$(left "$1")" ] && [ "$waited" -lt 20 ]; do
    sleep 0.1
    waited=$((waited + 1))
  done
done
[ -z "$(left "$1")" ] || { ps -o pid=,args= -p "$(left "$1" | paste -sd ,)" >&2; exit 1; }`;
/**
 * Nothing that is written in the stage reaches the live site any more, and nothing is at the paths. Where git has files at
 * one it ends with {@link isTracked}, and prints it. To run under the lock.
 * @param writes commands of the repository will write there; else the paths alone are made free
 */
function makeOwn(live, stage, stateDir, paths, writes) {
    return (0,_server_command_js__WEBPACK_IMPORTED_MODULE_0__/* .shell */ .vf)(own, [live, stage, stateDir, writes ? 'yes' : '', ...paths]);
}
/**
 * What the commit has is in the stage again; prints what was not, each with a NUL after it.
 * @param specs pathspecs without what is not the stage's own
 */
function putBack(stage, stateDir, specs) {
    return (0,_server_command_js__WEBPACK_IMPORTED_MODULE_0__/* .shell */ .vf)(settle, [stateDir, ...specs], { cwd: stage });
}
/** Prints those of the paths that are not in the stage, as lines. */
function missingIn(stage, paths) {
    return (0,_server_command_js__WEBPACK_IMPORTED_MODULE_0__/* .shell */ .vf)(missing, paths, { cwd: stage });
}
/** Prints a path of vendor where that changed since {@link makeOwn}. */
function vendorChanged(stage, stateDir) {
    return (0,_server_command_js__WEBPACK_IMPORTED_MODULE_0__/* .shell */ .vf)(changedVendor, [stateDir], { cwd: stage });
}
/** A command of the repository. It is no command of the deploy: nobody waits for what it leaves running. */
function ownCommand({ line, cwd, live, limit, name }) {
    const env = { [mark]: `${name}/` };
    const shown = { shown: 'always', typed: line, survives: true };
    return (0,_server_command_js__WEBPACK_IMPORTED_MODULE_0__/* .shell */ .vf)(run, [live, line], { cwd, limit, env, ...shown });
}
/**
 * Ends what commands of the repository started and what runs still; fails with what does not end.
 * @param name of one of them, or the id of a deploy for all of its
 */
function endOwn(name) {
    return (0,_server_command_js__WEBPACK_IMPORTED_MODULE_0__/* .shell */ .vf)(end, [`${name}/`]);
}


/***/ }),

/***/ 91998:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G8: () => (/* binding */ keyIsEnough),
/* harmony export */   Gq: () => (/* binding */ authorize),
/* harmony export */   R4: () => (/* binding */ allowForwarding),
/* harmony export */   Xh: () => (/* binding */ ownFingerprint),
/* harmony export */   Xj: () => (/* binding */ compareHostKey),
/* harmony export */   j_: () => (/* binding */ allowSessions),
/* harmony export */   vT: () => (/* binding */ printHostKey),
/* harmony export */   zS: () => (/* binding */ portOption),
/* harmony export */   zv: () => (/* binding */ keyScan)
/* harmony export */ });
/* harmony import */ var _remedy_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(35251);
/* harmony import */ var _server_command_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(63814);


/** Lets sshd open connections on the server for who is logged in. `local` is the less of what it can allow. */
function allowForwarding(option) {
    return (0,_remedy_js__WEBPACK_IMPORTED_MODULE_0__/* .asRoot */ .tE)('sshd then opens connections on the server itself for who has logged in.', changeSshd([option, 'local'], ['DisableForwarding', 'no']), reloadSshd);
}
/** Lets sshd open sessions on a connection. */
function allowSessions() {
    return (0,_remedy_js__WEBPACK_IMPORTED_MODULE_0__/* .asRoot */ .tE)('sshd then opens as many sessions as it does by default.', changeSshd(['MaxSessions', '10']), reloadSshd);
}
/** Lets a key be enough for one account. sshd_config(5): the first value counts, and Debian includes this folder first. */
function keyIsEnough(user) {
    const lines = `Match User ${user}\\n    AuthenticationMethods publickey\\n`;
    return (0,_remedy_js__WEBPACK_IMPORTED_MODULE_0__/* .asRoot */ .tE)(`For ${user} alone the key is then enough. Better is an account of its own for deploys.`, `printf '${lines}' | sudo tee /etc/ssh/sshd_config.d/ci4-deploy.conf`, reloadSshd);
}
const reloadSshd = 'sudo sshd -t && sudo systemctl reload ssh';
/** Changes options where they stand, in all files that sshd reads. */
function changeSshd(...settings) {
    const blank = '[[:space:]]';
    const changes = settings.map(([option, value]) => `s/^(${blank}*)${option}${blank}.*/\\1${option} ${value}/I`);
    return `sudo sed -i -E '${changes.join('; ')}' $(sudo find /etc/ssh -name sshd_config -o -path '*/sshd_config.d/*.conf')`;
}
/**
 * Lets a key in.
 * @param key its public line
 */
function authorize(user, key) {
    const [home, account] = [`~${user}/.ssh`, (0,_server_command_js__WEBPACK_IMPORTED_MODULE_1__/* .quote */ .hD)(user)];
    const group = `"$(id -gn ${account})"`;
    return (0,_remedy_js__WEBPACK_IMPORTED_MODULE_0__/* .asRoot */ .tE)(`${user} may then log in with this key.`, `sudo install -d -m 700 -o ${account} -g ${group} ${home}`, 
    // A home directory that others may write to is one whose keys sshd does not believe (StrictModes).
    `sudo chmod go-w ~${user}`, `echo ${(0,_server_command_js__WEBPACK_IMPORTED_MODULE_1__/* .quote */ .hD)(key)} | sudo tee -a ${home}/authorized_keys`, `sudo chown ${account}:${group} ${home}/authorized_keys`, `sudo chmod 600 ${home}/authorized_keys`);
}
/** The option of ssh and ssh-keyscan for a port, with the blank after it; nothing for the usual one. */
function portOption(port) {
    return port === 22 ? '' : `-p ${port} `;
}
/** Prints the line of known_hosts that a server shows over the network. */
function keyScan({ host, port }) {
    return `ssh-keyscan ${portOption(port)}-t ed25519 ${(0,_server_command_js__WEBPACK_IMPORTED_MODULE_1__/* .quote */ .hD)(host)} 2>/dev/null`;
}
/**
 * Prints the fingerprint of a server's key, on that server.
 * @param type of the key, as `ed25519`
 */
function ownFingerprint(type) {
    return `ssh-keygen -lf /etc/ssh/ssh_host_${type}_key.pub`;
}
/** Two commands whose output a person compares before a host key is trusted. */
function compareHostKey(at) {
    return [
        (0,_remedy_js__WEBPACK_IMPORTED_MODULE_0__/* .toSee */ .F1)('Print the fingerprint of its key', ownFingerprint('ed25519')),
        (0,_remedy_js__WEBPACK_IMPORTED_MODULE_0__/* .onComputer */ .l8)('Print the fingerprint that the network shows. Both have to be the same', `${keyScan(at)} | ssh-keygen -lf -`),
    ];
}
/** The line to trust, once it is compared. */
function printHostKey(at) {
    return (0,_remedy_js__WEBPACK_IMPORTED_MODULE_0__/* .onComputer */ .l8)('If they are the same, print the line for the input known-hosts', keyScan(at));
}


/***/ }),

/***/ 35251:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AD: () => (/* binding */ setupPhpStep),
/* harmony export */   F1: () => (/* binding */ toSee),
/* harmony export */   FT: () => (/* binding */ inWorkflow),
/* harmony export */   Jv: () => (/* binding */ inClone),
/* harmony export */   K1: () => (/* binding */ remedyText),
/* harmony export */   R_: () => (/* binding */ heading),
/* harmony export */   b2: () => (/* binding */ toSeeAsRoot),
/* harmony export */   ex: () => (/* binding */ asUser),
/* harmony export */   ht: () => (/* binding */ inInputs),
/* harmony export */   jG: () => (/* binding */ inDatabase),
/* harmony export */   l8: () => (/* binding */ onComputer),
/* harmony export */   n1: () => (/* binding */ toSeeInClone),
/* harmony export */   rx: () => (/* binding */ introduction),
/* harmony export */   tE: () => (/* binding */ asRoot),
/* harmony export */   v9: () => (/* binding */ advice),
/* harmony export */   vU: () => (/* binding */ checkoutStep),
/* harmony export */   vo: () => (/* binding */ onCommandLine),
/* harmony export */   xr: () => (/* binding */ onGitHub),
/* harmony export */   yJ: () => (/* binding */ inRepository),
/* harmony export */   ze: () => (/* binding */ onServer)
/* harmony export */ });
/** The step that checks a repository out, pinned as in our pages. */
const checkoutStep = '- uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2';
/** The step that sets PHP up, pinned as in `check/action.yml`. */
const setupPhpStep = '- uses: shivammathur/setup-php@f3e473d116dcccaddc5834248c87452386958240 # 2.37.2';
/** For who may become root on the server. Each line has `sudo` where it needs it, so root may paste it too. */
function asRoot(what, ...lines) {
    return { where: 'server', as: 'root', what, lines };
}
/** For any account of the server. */
function onServer(what, ...lines) {
    return { where: 'server', what, lines };
}
/** For an account of the server. */
function asUser(user, what, ...lines) {
    return { where: 'server', as: user, what, lines };
}
/** Lines that show something, for any account of the server. */
function toSee(what, ...lines) {
    return { where: 'server', what, lines, shows: true };
}
/** Lines that show something, for who may become root. */
function toSeeAsRoot(what, ...lines) {
    return { where: 'server', as: 'root', what, lines, shows: true };
}
/** For a shell in a clone of the repository. */
function inClone(what, ...lines) {
    return { where: 'clone', what, lines };
}
/** Lines that show something in a clone of the repository. */
function toSeeInClone(what, ...lines) {
    return { where: 'clone', what, lines, shows: true };
}
/** For the computer that a person sits at. */
function onComputer(what, ...lines) {
    return { where: 'computer', what, lines };
}
/** Lines of a file of the repository. */
function inRepository(what, ...lines) {
    return { where: 'repository', what, lines };
}
/** Inputs of the step, as `name: value`. */
function inInputs(what, ...lines) {
    return { where: 'inputs', what, lines };
}
/** Lines of the workflow file outside of the step. */
function inWorkflow(what, ...lines) {
    return { where: 'workflow', what, lines };
}
/** For the settings of the repository, mostly on GitHub. */
function onGitHub(what, ...lines) {
    return { where: 'github', what, lines };
}
/** Statements for a client of the database. */
function inDatabase(what, ...lines) {
    return { where: 'database', what, lines };
}
/** What a person has to find out or to decide, in a sentence. */
function advice(what) {
    return { where: 'person', what, lines: [] };
}
const headings = {
    server: 'On the server',
    computer: 'On your computer',
    clone: 'In a clone of the repository, on your computer',
    repository: 'In the repository',
    inputs: 'In the workflow, as inputs of the step',
    workflow: 'In the workflow file',
    github: 'In the settings of the repository',
    database: 'In the database',
    person: '',
};
/** What is called otherwise where no workflow runs. */
const onCommandLine = {
    inputs: 'With flags of this command',
    workflow: 'Where this command runs',
    github: 'Where this command gets its secrets',
};
/** Who has to do it and where, as the beginning of a sentence; empty where that makes no difference. */
function heading({ where, as }) {
    return as === undefined ? headings[where] : `${headings[where]}, as ${as}`;
}
/**
 * An instruction as a line that says where and what; its own lines come after it.
 * @param called places that are called otherwise here
 */
function introduction(instruction, alternative, called = {}) {
    const place = called[instruction.where] ?? heading(instruction);
    const { what, lines } = instruction;
    const or = alternative ? 'Or. ' : '';
    if (place === '')
        return `${or}${what}`;
    if (what === '')
        return `${or}${place}:`;
    const end = lines.length === 0 ? '' : ':';
    return `${or}${place}: ${what.replace(/\.$/, end === '' ? '.' : '')}${end}`;
}
/** All remedies as text: where and what, and below it the lines, indented and otherwise untouched. */
function remedyText(remedies, indent = '    ') {
    return remedies
        .flatMap((remedy, at) => remedy.flatMap((one, step) => [
        introduction(one, at > 0 && step === 0),
        ...shortLines(one).map((line) => `${indent}${line}`),
    ]))
        .join('\n');
}
function shortLines({ lines, long }) {
    if (long === true)
        return ['(The step summary has these lines.)'];
    return lines.flatMap((line) => line.split('\n'));
}


/***/ }),

/***/ 25875:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ harmless),
/* harmony export */   L: () => (/* binding */ cleaned)
/* harmony export */ });
const lineEnd = /\r\n?/g;
// C0 but tab and line feed, DEL, C1: they would repaint a log, begin an escape sequence or end a line.
// eslint-disable-next-line no-control-regex -- these are what is looked for
const control = /[\x01-\x08\x0b-\x1f\x7f-\x9f]|\p{Cs}/gu;
// Formats (bidirectional controls, zero-width signs, tags), line separators, and letters that show nothing. Variation
// selectors stay: emoji in the subjects of commits have them, and alone they show nothing else.
const unseen = /(?![\ufe0e\ufe0f])[\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
/**
 * Text that says only what is seen of it. No line end but `\n`, no sign that is invisible, turns the others round or repaints them. And nothing that the runner finds as a command in the middle of a line. What was replaced is seen.
 * Once is as good as twice.
 */
function harmless(text) {
    return text
        .replace(lineEnd, '\n')
        .replaceAll('##[', '# #[')
        .replaceAll('\0', ' ')
        .replace(control, '�')
        .replace(unseen, named);
}
/** `[U+202E]`: in a name that is wrong the sign itself matters. */
function named(sign) {
    const point = (sign.codePointAt(0) ?? 0).toString(16).toUpperCase();
    return `[U+${point.padStart(4, '0')}]`;
}
/** The same value with every text in it made harmless; what is neither text, list nor plain object stays. */
function cleaned(value) {
    return clean(value);
}
function clean(value) {
    if (typeof value === 'string')
        return harmless(value);
    if (Array.isArray(value))
        return value.map(clean);
    if (typeof value !== 'object' || value === null)
        return value;
    if (Object.getPrototypeOf(value) !== Object.prototype)
        return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, clean(one)]));
}


/***/ }),

/***/ 46472:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ml: () => (/* binding */ WorkflowLog),
/* harmony export */   v6: () => (/* binding */ ended)
/* harmony export */ });
/* unused harmony export quoted */
/* harmony import */ var _server_command_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(63814);
/* harmony import */ var _harmless_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(25875);


const mostLines = 200;
const longestLine = 4000;
/** Seconds after which the log says that it is still there. */
const longestSilence = 30;
// The runner trims blanks before `::` and finds `##[` anywhere in a line (actions/runner, ActionCommand.cs, TryParseV2
// and TryParse). Its blanks are .NET's, so whatever cannot be seen counts as one here.
const startsCommand = /^[^\p{L}\p{N}\p{P}\p{S}]*::/u;
/** Text from the server for the log: marked as foreign, so that no line can be read as a workflow command. */
function quoted(text) {
    const lines = (0,_harmless_js__WEBPACK_IMPORTED_MODULE_1__/* .harmless */ .I)(text).replace(/\n$/, '').split('\n');
    const cut = lines.length > mostLines ? [`(${lines.length - mostLines} lines left out)`] : [];
    return [...cut, ...lines.slice(-mostLines)].map((line) => `│ ${shortened(line)}`);
}
function shortened(line) {
    const over = line.length - longestLine;
    return over > 0 ? `${line.slice(0, longestLine)} (${over} more characters left out)` : line;
}
/** How a command ended, in words. */
function ended(exit) {
    if (exit === 'timed out')
        return 'stopped at its time limit';
    return 'code' in exit ? `exit status ${exit.code}` : `ended by signal ${exit.signal}`;
}
/**
 * The log of a workflow run: what is done and what came of it in words, below the title of each step. A change that failed
 * is shown with its output. A heartbeat breaks long silences.
 */
class WorkflowLog {
    #workflow;
    #now;
    #began;
    #raw;
    #changes = [];
    #spoke;
    #doing = 'connecting';
    #open = false;
    /** `now` gives milliseconds. */
    constructor(workflow, now, { raw } = { raw: false }) {
        this.#workflow = workflow;
        this.#now = now;
        this.#raw = raw;
        this.#began = now();
        this.#spoke = now();
    }
    /** The title of the step that is under way. */
    get doing() {
        return this.#doing;
    }
    /** The commands so far that changed something, as a person would type them. */
    get changes() {
        return this.#changes;
    }
    /** Seconds since the run began. */
    get seconds() {
        return (this.#now() - this.#began) / 1000;
    }
    group(title) {
        this.close();
        this.#doing = title;
        this.#spoke = this.#now();
        if (this.#raw)
            this.#workflow.group((0,_harmless_js__WEBPACK_IMPORTED_MODULE_1__/* .harmless */ .I)(title));
        else
            this.say(title);
        this.#open = true;
    }
    close() {
        if (this.#open && this.#raw)
            this.#workflow.endGroup();
        this.#open = false;
    }
    /** Lines of the log. None of them is a workflow command, whatever the text holds; all others stay as they are. */
    say(text) {
        this.#spoke = this.#now();
        const indent = this.#open && !this.#raw ? '  ' : '';
        for (const line of (0,_harmless_js__WEBPACK_IMPORTED_MODULE_1__/* .harmless */ .I)(text).split('\n')) {
            this.#workflow.info(`${indent}${startsCommand.test(line) ? `│ ${line}` : line}`);
        }
    }
    /** The commands of one round with what they printed, as far as the log is to have them. */
    round(commands, outputs) {
        outputs.forEach((output, index) => {
            const asked = commands[index];
            if (asked === undefined || asked.shown === 'nothing')
                return;
            const changes = asked.survives === true;
            if (changes)
                this.#changes.push((0,_server_command_js__WEBPACK_IMPORTED_MODULE_0__/* .printed */ .zd)(asked));
            // The status of a question is its answer, and no failure.
            const always = asked.shown === 'always' || (changes && !(0,_server_command_js__WEBPACK_IMPORTED_MODULE_0__/* .succeeded */ .gq)(output));
            if (this.#raw || always)
                this.#show(asked, output);
        });
    }
    #show(asked, output) {
        quoted((0,_server_command_js__WEBPACK_IMPORTED_MODULE_0__/* .printed */ .zd)(asked)).forEach((line, at) => {
            this.say(at === 0 ? line.replace(/^│ /, '$ ') : line);
        });
        const text = asked.shown === 'command' ? '' : output.stdout + output.stderr;
        if (text !== '')
            this.say(quoted(text).join('\n'));
        if (!(0,_server_command_js__WEBPACK_IMPORTED_MODULE_0__/* .succeeded */ .gq)(output))
            this.say(`  ${ended(output.exit)}`);
    }
    /** Called every second or so: breaks a silence of 30 s with the time and what we wait for. */
    heartbeat() {
        if (this.#now() - this.#spoke < longestSilence * 1000)
            return;
        this.say(`${Math.round(this.seconds)} s: still at ${this.#doing}`);
    }
}


/***/ }),

/***/ 54285:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Jj: () => (/* binding */ cut),
/* harmony export */   OF: () => (/* binding */ fenced),
/* harmony export */   TM: () => (/* binding */ folded),
/* harmony export */   ih: () => (/* binding */ escape),
/* harmony export */   kh: () => (/* binding */ copyable),
/* harmony export */   p_: () => (/* binding */ list),
/* harmony export */   rG: () => (/* binding */ itemised),
/* harmony export */   tp: () => (/* binding */ table)
/* harmony export */ });
/* harmony import */ var _harmless_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(25875);

// What GitHub makes links, people, pictures or formulas of after Markdown is read, so that no backslash helps: addresses,
// @mentions, #1 and GH-1, commit ids, :emoji:, $math$ (github.github.com/gfm, docs.github.com, Working with advanced
// formatting). In code it does not look. A time of the day is no emoji.
const becomesMore = /:\/\/|www\.|[@$]|#[\w-]|GH-\d|:(?!\d\d:)[\w+-]+:|(?<![0-9a-z])[0-9a-f]{7,40}(?![0-9a-z])/i;
// A bar would end the cell of a table even in code, and a backtick would end the code.
const words = /[^\s|`]+/g;
/**
 * Text of strangers in one line of Markdown: no link, picture, heading, list, HTML or table border comes out of it.
 * Words of which GitHub would make more are shown as code, where they can also be copied.
 */
function escape(text) {
    const line = (0,_harmless_js__WEBPACK_IMPORTED_MODULE_0__/* .harmless */ .I)(text)
        .replace(/\s*\n\s*/g, ' ')
        .trim();
    let done = '';
    let at = 0;
    for (const { 0: word, index } of line.matchAll(words)) {
        if (!becomesMore.test(word))
            continue;
        const core = word.replace(/^[("'[]+/, '').replace(/[.,;!?)\]"']+$/, '');
        const code = becomesMore.test(core) ? core : word;
        const start = index + word.indexOf(code);
        done += `${signs(line.slice(at, start))}\`${code}\``;
        at = start + code.length;
    }
    return beginning(`${done}${signs(line.slice(at))}`);
}
function signs(text) {
    return text
        .replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign)
        .replace(/([\\`*_{}[\]()#+!|~@])/g, '\\$1');
}
/** What begins a line may be no item of a list and no rule. */
function beginning(text) {
    return text.replace(/^[-=]/, '\\$&').replace(/^(\d{1,9})\.(?=\s|$)/, '$1\\.');
}
/** Lines to copy, in a fence that nothing inside can close. It stands in a list item as well as alone. */
function fenced(text, language = '', indent = '  ') {
    const lines = (0,_harmless_js__WEBPACK_IMPORTED_MODULE_0__/* .harmless */ .I)(text).split('\n');
    const runs = [...text.matchAll(/`+/g)].map(([run]) => run.length + 1);
    const fence = '`'.repeat(runs.reduce((most, one) => Math.max(most, one), 3));
    return [`${fence}${language}`, ...lines, fence].map((line) => `${indent}${line}`).join('\n');
}
/**
 * Lines to copy, whole on every screen. A fence does not break a line that is longer than the screen; code in a paragraph
 * does. Each line stands alone, so that what is copied has the line ends that it had.
 */
function copyable(text, indent) {
    const lines = (0,_harmless_js__WEBPACK_IMPORTED_MODULE_0__/* .harmless */ .I)(text).split('\n');
    // An empty line would end the paragraph, and what was copied would lack it.
    if (lines.some((line) => line.trim() === ''))
        return fenced(text, '', indent);
    return lines.map((line) => `${indent}${code(line)}`).join('\\\n');
}
/** One line as code that nothing in it can end. */
function code(line) {
    const runs = [...line.matchAll(/`+/g)].map(([run]) => run.length);
    const sign = '`'.repeat(Math.max(0, ...runs) + 1);
    const pad = /^[ `]|[ `]$/.test(line) ? ' ' : '';
    return `${sign}${pad}${line}${pad}${sign}`;
}
/** Markdown that is out of sight until asked for; it is read as Markdown only after an empty line. */
function folded(title, content, indent = '') {
    const parts = [`<details><summary>${title}</summary>`, '', content, '', '</details>'];
    return parts
        .map((part) => (part === '' || part === content ? part : `${indent}${part}`))
        .join('\n');
}
/** A list under its own heading; nothing where there are no items. */
function list(title, items) {
    if (items.length === 0)
        return '';
    return `### ${title}\n\n${itemised(items)}`;
}
/** Texts of strangers as a list. */
function itemised(items) {
    return items.map((item) => `- ${escape(item)}`).join('\n');
}
/** A table; its cells are Markdown already. */
function table(head, rows) {
    const line = (cells) => `| ${cells.join(' | ')} |`;
    return [
        line(head),
        line(head.map((one) => (one === 'Seconds' ? '---:' : '---'))),
        ...rows.map(line),
    ].join('\n');
}
/** The beginning of a page, in whole lines, that is no larger than so many bytes. */
function cut(page, bytes) {
    if (Buffer.byteLength(page) <= bytes)
        return page;
    const kept = Buffer.from(page).subarray(0, bytes).toString();
    return `${kept.slice(0, kept.lastIndexOf('\n'))}\n\n(cut)\n`;
}


/***/ }),

/***/ 54974:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ Masking)
/* harmony export */ });
/* harmony import */ var _harmless_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(25875);

/** Values that must be seen nowhere, and texts without them: for what GitHub does not mask itself. */
class Masking {
    #secrets = new Set();
    /**
     * From here on `***` stands in the place of the value. What is printed was made harmless, and counts in that shape as well.
     * @returns the texts that are masked now
     */
    add(value) {
        const parts = [value, ...value.split(/\r?\n/)].flatMap((part) => [part, (0,_harmless_js__WEBPACK_IMPORTED_MODULE_0__/* .harmless */ .I)(part)]);
        const shown = [...new Set(parts)].filter((part) => part.trim() !== '');
        for (const one of shown)
            this.#secrets.add(one);
        return shown;
    }
    /** A text without them. */
    masked(text) {
        const longestFirst = [...this.#secrets].toSorted((a, b) => b.length - a.length);
        return longestFirst.reduce((so, secret) => so.replaceAll(secret, '***'), text);
    }
}


/***/ }),

/***/ 85066:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ title),
/* harmony export */   u: () => (/* binding */ siteNow)
/* harmony export */ });
/* harmony import */ var _count_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(89984);
/* harmony import */ var _finding_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(52018);
/* harmony import */ var _plan_walk_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(77349);
/* harmony import */ var _plan_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(51307);
/* harmony import */ var _report_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(88850);





/** The outcome and its cause, in one line. The cause has text of strangers. */
function title(report) {
    const titles = {
        deployed: () => `${wentLive(report)}${losses(report)}${proved(report)}`,
        'already-live': () => 'Everything that was checked is right',
        refused: () => `Refused${because(report)}`,
        'rolled-back': () => `Rolled back${because(report)}`,
        cancelled: () => `Cancelled${because(report)}`,
        stranded: () => `Not rolled back completely${because(report)}`,
        passed: () => passed(report),
        failed: () => `${isDoctor(report) ? 'Not ready' : 'Failed'}${because(report)}`,
    };
    const doubt = report.unverified.length === 0 ? '' : ', but not everything could be verified';
    const green = report.outcome === 'deployed' || report.outcome === 'already-live';
    return `${titles[report.outcome]()}${green ? doubt : ''}`;
}
function wentLive({ command, commit }) {
    return command === 'rollback' ? `Went back to commit ${commit.slice(0, 10)}` : 'Deployed';
}
function passed({ command, hosts }) {
    if (command === 'doctor')
        return 'Ready: a deploy has all that it needs';
    const [plan] = hosts.flatMap((host) => host.plan ?? []);
    if (plan !== undefined)
        return `A deploy would bring ${(0,_plan_js__WEBPACK_IMPORTED_MODULE_2__/* .broughtBy */ .dB)(plan)}`;
    const [known] = hosts.flatMap(({ releases }) => (releases === undefined ? [] : [releases]));
    return known === undefined ? 'Passed' : `The server knows of ${(0,_count_js__WEBPACK_IMPORTED_MODULE_4__/* .counted */ .h)(known.length, 'deploy')}`;
}
function proved(report) {
    const whole = report.unverified.length === 0 && losses(report) === '';
    return whole ? ', and every step was proved' : '';
}
function isDoctor({ command }) {
    return command === 'doctor';
}
/** Why, in the first sentence of the worst error; how many there are where there are several. */
function because(report) {
    const errors = (0,_report_js__WEBPACK_IMPORTED_MODULE_3__/* .worstFirst */ .md)(report.findings).filter(_finding_js__WEBPACK_IMPORTED_MODULE_0__/* .isError */ .bJ);
    const [first] = errors;
    if (first === undefined)
        return '';
    const many = errors.length === 1 ? '' : ` for ${errors.length} reasons, the first`;
    return `${many}: ${firstSentence(first.message)}`;
}
const longestTitle = 140;
function firstSentence(message) {
    const line = message.replace(/\s+/g, ' ').trim();
    const sentence = (/^.*?[.!?](?=\s|$)/.exec(line)?.[0] ?? line).replace(/\.$/, '');
    if (sentence.length <= longestTitle)
        return sentence;
    return `${sentence.slice(0, longestTitle).replace(/\s+\S*$/, '')} …`;
}
function losses({ visitors }) {
    if (visitors === null || visitors.loggedOut === 0)
        return '';
    return `, and ${whoWasLoggedOut(visitors)}`;
}
function whoWasLoggedOut({ loggedOut }) {
    if (loggedOut === null)
        return 'all visitors were logged out';
    return loggedOut === 1 ? '1 visitor was logged out' : `${loggedOut} visitors were logged out`;
}
/** What the site is after the run: which commit is live, what it answers, what became of its visitors and migrations. */
function siteNow(report, commit) {
    const sentences = {
        deployed: () => [live(report, commit), migrated(report), visitors(report)],
        'already-live': () => [live(report, commit), 'Nothing was changed.'],
        refused: () => [untouched(report, commit)],
        'rolled-back': () => [previous(report, commit), migrations(report), afterwards(report)],
        cancelled: () => [previous(report, commit), migrations(report), afterwards(report)],
        stranded: () => [stranded(report)],
        passed: () => [
            report.command === 'adopt' ? 'Visitors are served as before.' : onlyLooked(report),
        ],
        failed: () => [onlyLooked(report)],
    };
    return sentences[report.outcome]()
        .filter((one) => one !== '')
        .join(' ');
}
function answering({ answers }) {
    return answers === undefined ? '' : ` and answers ${answers}`;
}
function live(report, commit) {
    return `Commit ${commit(report.commit)} is live${answering(report)}.`;
}
function was({ hosts }) {
    return hosts[0]?.previousCommit ?? '';
}
function untouched(report, commit) {
    const before = was(report);
    if (before === '')
        return 'Nothing was changed.';
    return `Nothing was changed: commit ${commit(before)} is still live${answering(report)}.`;
}
function previous(report, commit) {
    const before = was(report);
    if (before === '')
        return 'What had begun was rolled back.';
    return `The previous commit ${commit(before)} is live${answering(report)}.`;
}
function migrated({ migrations: ran }) {
    if (ran.length === 0)
        return '';
    return ran.length === 1 ? '1 migration ran.' : `${ran.length} migrations ran.`;
}
function migrations({ migrations: ran, migrationsUndone = [] }) {
    const undone = migrationsUndone.length;
    if (undone > 0)
        return undone === 1
            ? 'The migration that ran was rolled back.'
            : `The ${undone} migrations that ran were rolled back.`;
    return ran.length === 0 ? '' : 'The migrations that ran stay in the database.';
}
function visitors({ visitors: all }) {
    if (all !== null && all.loggedOut !== 0) {
        const who = whoWasLoggedOut(all);
        return `${who.slice(0, 1).toUpperCase()}${who.slice(1)}.`;
    }
    const moved = all?.moved ?? 0;
    if (moved === 0)
        return 'Nobody was logged out.';
    const sessions = moved === 1 ? '1 session was' : `${moved} sessions were`;
    return `${sessions} moved, and nobody was logged out.`;
}
/** A session that began under the new code is lost where the handlers keep theirs apart. */
function afterwards({ visitors: all, hosts }) {
    const wasLive = hosts.some(({ steps }) => steps.some(({ name }) => name === 'switch'));
    return wasLive && all !== null && all.loggedOut !== 0
        ? 'Visitors who came meanwhile may have to log in again.'
        : 'Nobody was logged out.';
}
function stranded({ hosts }) {
    const names = hosts.flatMap(({ undone }) => undone.filter(_plan_walk_js__WEBPACK_IMPORTED_MODULE_1__/* .isStranded */ .kr).map(({ name }) => name));
    const what = names.length === 0 ? 'The rollback' : `The rollback of ${names.join(', ')}`;
    return `${what} is not complete, so the site may be between two commits. Do what stands below now.`;
}
function onlyLooked({ command }) {
    return command === 'check'
        ? 'Nothing was deployed: a check only reads the repository.'
        : 'Nothing was changed on the server.';
}


/***/ }),

/***/ 51307:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HN: () => (/* binding */ planLines),
/* harmony export */   dB: () => (/* binding */ broughtBy),
/* harmony export */   jt: () => (/* binding */ planPage),
/* harmony export */   mM: () => (/* binding */ planParts)
/* harmony export */ });
/* unused harmony exports noticeLines, statementText */
/* harmony import */ var _count_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(89984);
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(54285);
/* harmony import */ var _tables_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(46677);



/** `1 commit, 2 files, 1 migration`; of a commit that is live already that nothing is left. */
function broughtBy({ alreadyLive, commits, files, migrations }) {
    if (alreadyLive)
        return 'nothing: the commit is live';
    return [
        (0,_count_js__WEBPACK_IMPORTED_MODULE_1__/* .counted */ .h)(commits.length, 'commit'),
        (0,_count_js__WEBPACK_IMPORTED_MODULE_1__/* .counted */ .h)(files.length, 'file'),
        (0,_count_js__WEBPACK_IMPORTED_MODULE_1__/* .counted */ .h)(migrations.length, 'migration'),
    ].join(', ');
}
/** What a deploy would do, as lines of text; the commands of each step are on the page and in the outputs. */
function planLines(plan) {
    if (plan.alreadyLive)
        return ['The commit is live, and nothing is left to deploy.'];
    const { commits, migrations } = plan;
    return [
        ...under(noticed, noticeLines(plan)),
        'Migrations that would run',
        ...(migrations.length === 0 ? ['  none'] : migrations.flatMap(migrationLines)),
        ...under('Commits that would go live', commits),
        ...under('Files that would change', shownFiles(plan)),
    ];
}
const noticed = 'What visitors would notice';
/** What becomes of sessions, and every statement that may keep visitors waiting; first what matters most. */
function noticeLines({ sessions, migrations }) {
    if (migrations.length === 0)
        return [sessions];
    const waits = migrations.flatMap((migration) => {
        const name = shortName(migration);
        if (migration.statements === null)
            return [`${name} was not read. What it costs is not known.`];
        return migration.statements.flatMap(costsOf).filter(mayWait).map(saysIn(name));
    });
    return [
        sessions,
        ...(waits.length === 0 ? ['No change of a table keeps anybody waiting.'] : waits),
    ];
}
function costsOf({ costs }) {
    return costs;
}
/** A sentence that names no table names its migration. */
function saysIn(name) {
    return ({ table, says }) => (table === null ? `${name}: ${says}` : says);
}
/** The class without its namespace, as the path stands beside it. */
function shortName({ class: name }) {
    return name.split('\\').at(-1) ?? name;
}
/** Whether writes wait, or nobody knows. */
function mayWait({ algorithm }) {
    return algorithm === null || algorithm === 'COPY' || algorithm.endsWith('writes wait');
}
function under(heading, lines) {
    return lines.length === 0 ? [] : [heading, ...lines.map((line) => `  ${line}`)];
}
function migrationLines(migration) {
    const { path, statements } = migration;
    const sql = (statements ?? []).map(statementText).join('\n');
    return [
        `  ${shortName(migration)} (${path})`,
        ...inWords(migration).map((line) => `    ${line}`),
        ...sql.split('\n').flatMap((line) => (line === '' ? [] : `      ${line}`)),
    ];
}
/** What a migration costs, as sentences. */
function inWords({ statements, unread }) {
    if (statements === null)
        return [`Its SQL was not read: ${unread}.`];
    if (statements.length === 0)
        return ['It says nothing to the database.'];
    const costs = statements.flatMap(costsOf).map(({ says }) => says);
    return costs.length === 0 ? ['It changes no table that is there.'] : costs;
}
function shownFiles({ files }) {
    const rest = files.length > most ? [`and ${files.length - most} more`] : [];
    return [...files.slice(0, most), ...rest];
}
/** More files than these are counted alone. */
const most = 100;
/** What a deploy would do, part by part. */
function planParts(plan) {
    const { alreadyLive, commits, migrations, commands } = plan;
    if (alreadyLive) {
        const notice = '### Plan\n\nThe commit is live, and nothing is left to deploy.';
        return { notice, migrations: '', commits: '', files: '', fileList: '', commands: '' };
    }
    const steps = commands.map(({ step, lines: all }) => `${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .escape */ .ih)(step)}\n\n${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .fenced */ .OF)(all.join('\n'))}`);
    const run = migrations.map(migrationPage);
    return {
        notice: (0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .list */ .p_)(noticed, noticeLines(plan)),
        migrations: run.length === 0 ? (0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .list */ .p_)('Migrations that would run', ['none']) : run.join('\n\n'),
        commits: (0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .list */ .p_)('Commits that would go live', commits),
        files: (0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .list */ .p_)('Files that would change', shownFiles(plan)),
        fileList: (0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .itemised */ .rG)(shownFiles(plan)),
        commands: `### What a deploy would run\n\n${_tables_js__WEBPACK_IMPORTED_MODULE_0__/* .aboutCommands */ .M5}\n\n${steps.join('\n\n')}`,
    };
}
/** What a deploy would do, for the step summary. */
function planPage(plan) {
    const { notice, migrations, commits, files, commands } = planParts(plan);
    return [notice, migrations, commits, files, commands].filter((part) => part !== '').join('\n\n');
}
function migrationPage(migration) {
    const { path, statements } = migration;
    const title = `### Migration ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .escape */ .ih)(shortName(migration))}\n\n${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .escape */ .ih)(path)}`;
    const words = (0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .itemised */ .rG)(inWords(migration));
    const sql = (statements ?? []).map(statementText).join('\n');
    return [title, words, sql === '' ? '' : (0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .fenced */ .OF)(sql, 'sql', '')]
        .filter((part) => part !== '')
        .join('\n\n');
}
/** A statement as text; what is not known is a comment. */
function statementText({ sql, doubt }) {
    const why = doubt === null ? '' : `-- unresolved: ${doubt.replace(/\s+/g, ' ')}`;
    const text = sql === null ? '' : `${sql.replaceAll('\u{FFFC}', '...')};`;
    return [why, text].filter((part) => part !== '').join('\n');
}


/***/ }),

/***/ 31838:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H3: () => (/* binding */ releasesTable),
/* harmony export */   ll: () => (/* binding */ newestFirst),
/* harmony export */   xe: () => (/* binding */ releaseLines)
/* harmony export */ });
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(54285);
/* harmony import */ var _tables_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(46677);


/** More the page and the log do not show; the report has all. */
const most = 50;
/** All of the log, the newest first. What is live is the last one that went live, unless a hand has moved it since. */
function newestFirst({ releases, live, subjects }) {
    const last = releases.findLast(({ outcome }) => outcome === 'deployed');
    return releases.toReversed().map((one) => ({
        ...one,
        subject: subjects[one.commit] ?? '',
        live: one === last && one.commit === live,
    }));
}
/** One line of the log for each, the newest first. */
function releaseLines(all) {
    return [...all.slice(0, most).map(line), ...rest(all)];
}
function line(one) {
    const { at, outcome, commit, subject, actor, run, live } = one;
    const words = [when(at), what(one), commit.slice(0, 10), subject, `by ${actor}`, run];
    return [...words, ...why(one, outcome), live ? 'LIVE' : ''].filter(Boolean).join('  ');
}
/** `2026-01-09 10:00 UTC`. */
function when(at) {
    return at.replace(/^([\d-]+)T(\d\d:\d\d):.*Z$/, '$1 $2 UTC');
}
function why({ errors }, outcome) {
    return errors.length === 0 || outcome === 'deployed' ? [] : [`(${errors.join(', ')})`];
}
/** `deployed`, `refused`; of a rollback that word before it. */
function what({ command, outcome }) {
    if (command === 'deploy')
        return outcome;
    return outcome === 'deployed' ? 'rollback' : `rollback ${outcome}`;
}
function rest(all) {
    return all.length > most ? [`and ${all.length - most} earlier ones`] : [];
}
/** The same as a table of the step summary. */
function releasesTable(all, links) {
    const rows = all
        .slice(0, most)
        .map((one) => [
        one.live ? '✅' : '',
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .escape */ .ih)(when(one.at)),
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .escape */ .ih)([what(one), ...why(one, one.outcome)].join(' ')),
        (0,_tables_js__WEBPACK_IMPORTED_MODULE_0__/* .commitLink */ .wn)(one.commit, links),
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .escape */ .ih)(one.subject),
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .escape */ .ih)(one.actor),
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .escape */ .ih)(one.run),
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .escape */ .ih)(one.migrated.join(', ')),
    ]);
    const head = ['Live', 'When', 'Outcome', 'Commit', 'Subject', 'By', 'Run', 'Migrations'];
    return [(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .table */ .tp)(head, rows), ...rest(all)].join('\n\n');
}


/***/ }),

/***/ 88850:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ET: () => (/* binding */ closing),
/* harmony export */   gf: () => (/* binding */ isGreen),
/* harmony export */   md: () => (/* binding */ worstFirst)
/* harmony export */ });
/* unused harmony export sentence */
/* harmony import */ var _count_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(89984);

const order = { error: 0, warning: 1, notice: 2 };
/** Each finding once, worst first; those of one severity keep their order. */
function worstFirst(findings) {
    const once = new Map(findings.map((one) => [identity(one), one]));
    return [...once.values()].toSorted((a, b) => order[a.severity] - order[b.severity]);
}
function identity({ name, message, at }) {
    return `${name}\n${message}\n${at === undefined ? '' : `${at.file}:${at.line}`}`;
}
/** Whether the workflow may go on. */
function isGreen({ outcome }) {
    return outcome === 'deployed' || outcome === 'already-live' || outcome === 'passed';
}
/** Who was logged out stands before anything that went well. */
function losses({ visitors }) {
    if (visitors === null || visitors.loggedOut === 0)
        return '';
    const { loggedOut } = visitors;
    if (loggedOut === null)
        return ', and all visitors were logged out';
    return `, and ${(0,_count_js__WEBPACK_IMPORTED_MODULE_0__/* .counted */ .h)(loggedOut, 'visitor was', 'visitors were')} logged out`;
}
function moves({ visitors }) {
    const moved = visitors?.moved ?? 0;
    return moved === 0 ? '' : `; ${(0,_count_js__WEBPACK_IMPORTED_MODULE_0__/* .counted */ .h)(moved, 'session was', 'sessions were')} moved`;
}
function proved(report, doubt) {
    if (report.unverified.length > 0)
        return doubt;
    return losses(report) === '' ? 'every step was proved' : 'the rest was proved';
}
function doubts(report, doubt) {
    return report.unverified.length === 0 ? '' : `; ${doubt}`;
}
function notProved({ unverified }) {
    return `not verified: ${[...new Set(unverified)].join(' ')}`.replace(/\.$/, '');
}
/** Where the run ended: the step that stopped it, or else the last one. */
function lastStep({ hosts }) {
    const last = hosts.flatMap(({ steps }) => steps.slice(-1));
    return last.find(({ result }) => result !== 'done') ?? last[0];
}
function passed({ command, checked = 'Checked' }) {
    if (['releases', 'plan', 'adopt'].includes(command))
        return `${checked}.`;
    const what = command === 'doctor' ? 'a deploy has all that it needs' : 'no error';
    return `${checked}: ${what}.`;
}
function wentLive(command, commit, place) {
    return command === 'rollback'
        ? `Went back to ${commit} at ${place}`
        : `Deployed ${commit} to ${place}`;
}
/** The run in one sentence, with the cause where something is wrong. */
function sentence(report) {
    const cause = worstFirst(report.findings)[0]?.message ?? 'see the log';
    return `${said(report, `: ${cause.replace(/\s+/g, ' ')}`, notProved(report))} ${effort(report)}`;
}
/** The last line of a log in which every finding stands above: how it ended, and how much there is to do. */
function closing(report) {
    const doubt = `${(0,_count_js__WEBPACK_IMPORTED_MODULE_0__/* .counted */ .h)(new Set(report.unverified).size, 'thing was', 'things were')} not verified`;
    return `${said(report, '.', doubt)} ${thingsToDo(report)} ${effort(report)}`;
}
function thingsToDo({ findings }) {
    const count = (wanted) => worstFirst(findings).filter(({ severity }) => severity === wanted).length;
    const [errors, warnings] = [count('error'), count('warning')];
    const fix = errors === 0 ? 'Nothing' : errors === 1 ? '1 thing' : `${errors} things`;
    return `${fix} to fix${warnings === 0 ? '' : `, and ${warnings} that may wait`}.`;
}
function effort({ checked, roundTrips, seconds }) {
    const trips = checked === undefined && roundTrips > 0 ? `, ${(0,_count_js__WEBPACK_IMPORTED_MODULE_0__/* .counted */ .h)(roundTrips, 'round trip')}` : '';
    return `(${seconds.toFixed(1)} s${trips})`;
}
/** How it ended; `cause` ends the sentence of a failure, and `doubt` says what a green one could not verify. */
function said(report, cause, doubt) {
    const { outcome } = report;
    const commit = report.commit.slice(0, 10);
    const place = report.hosts.map(({ server, path }) => `${server} ${path}`).join(' and ');
    const last = lastStep(report)?.title.split(':')[0]?.toLowerCase();
    const at = last === undefined ? '' : ` at ${last}`;
    const reported = {
        deployed: `${wentLive(report.command, commit, place)}${losses(report)}: ${proved(report, doubt)}${moves(report)}.`,
        'already-live': `Commit ${commit} is live at ${place} and everything checked is right${doubts(report, doubt)}.`,
        refused: `Refused, nothing was changed${cause}`,
        'rolled-back': last === undefined
            ? 'Everything that had begun is rolled back now.'
            : `Failed${at} and rolled back${cause}`,
        cancelled: `Cancelled${at}; what had begun was rolled back.`,
        passed: passed(report),
        failed: `${report.checked ?? 'Checked'}${cause}`,
        stranded: `Failed${at} and could not be rolled back completely${cause}`,
    };
    return reported[outcome];
}


/***/ }),

/***/ 46677:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ci: () => (/* binding */ steps),
/* harmony export */   Ix: () => (/* binding */ facts),
/* harmony export */   LL: () => (/* binding */ databases),
/* harmony export */   M5: () => (/* binding */ aboutCommands),
/* harmony export */   Pi: () => (/* binding */ commands),
/* harmony export */   YB: () => (/* binding */ columns),
/* harmony export */   wn: () => (/* binding */ commitLink)
/* harmony export */ });
/* harmony import */ var _plan_walk_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77349);
/* harmony import */ var _finding_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(52018);
/* harmony import */ var _words_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(72691);
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(54285);




/** A commit as a link into the repository, or as the id that GitHub makes one of where it can. */
function commitLink(commit, { repository }) {
    if (!/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(commit))
        return (0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .escape */ .ih)(commit);
    const short = `\`${commit.slice(0, 7)}\``;
    return repository === null ? short : `[${short}](${repository}/commit/${commit})`;
}
/** The steps of each host with what each did, and the rollback with its own times. */
function steps({ hosts, findings }) {
    return hosts
        .flatMap((host) => {
        const where = hosts.length > 1 ? ` on ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .escape */ .ih)(host.server)}` : '';
        return [stepsTable(host, findings, where), rollbackTable(host, where)];
    })
        .filter((part) => part !== '')
        .join('\n\n');
}
function stepsTable({ steps: ran, undone }, findings, where) {
    if (ran.length === 0)
        return '';
    const back = new Set(undone.filter(isNoTidying).map(({ name }) => name));
    const errors = findings.filter(_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .isError */ .bJ).map(({ name }) => name);
    const rows = ran.map((step) => [
        timed(sign(step, back.has(step.name)), (0,_words_js__WEBPACK_IMPORTED_MODULE_3__/* .shortTitle */ .HV)(step), [step]),
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .escape */ .ih)((0,_words_js__WEBPACK_IMPORTED_MODULE_3__/* .stepWords */ .c9)(step, errors)),
    ]);
    const head = (0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .table */ .tp)(['Step', 'What it did'], rows);
    return `### Steps${where}: ${sum(ran)} s\n\n${head}`;
}
/** The first cell of a row, which does not break between the sign and the word. */
function signed(sign, text) {
    return `${sign}\u00A0${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .escape */ .ih)(text)}`;
}
/** The same with its seconds, which go below it where the screen is narrow: two columns fit a phone, three do not. */
function timed(sign, text, parts) {
    return `${signed(sign, text)} ${sum(parts)}\u00A0s`;
}
function sum(parts) {
    return parts.reduce((all, { seconds = 0 }) => all + seconds, 0).toFixed(1);
}
function sign({ result }, back) {
    if (result === 'failed')
        return '❌';
    if (result === 'cancelled')
        return '⏹️';
    return back ? '↩️' : '✅';
}
/** Whether there was anything to undo of what visitors or the database could notice. */
function isNoTidying(one) {
    const tidied = one.name === 'lock' || one.name === 'stage';
    return one.seconds !== undefined && (!tidied || one.result !== 'undone');
}
/** The rollback with its own times; steps of which there is nothing to say share a row. */
function rollbackTable({ steps: ran, undone }, where) {
    if (!undone.some(isNoTidying))
        return '';
    const worked = undone.filter(({ seconds }) => seconds !== undefined);
    const named = (one) => (0,_words_js__WEBPACK_IMPORTED_MODULE_3__/* .titleOf */ .Gg)(one, ran);
    const quiet = worked.filter(({ result, notes }) => result === 'undone' && notes === undefined);
    const rows = worked
        .filter((one) => !quiet.includes(one))
        .map((one) => [
        timed((0,_plan_walk_js__WEBPACK_IMPORTED_MODULE_0__/* .isStranded */ .kr)(one) ? '❌' : '↩️', named(one), [one]),
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .escape */ .ih)((0,_words_js__WEBPACK_IMPORTED_MODULE_3__/* .undoWords */ .aG)(one)),
    ]);
    const others = quiet.map(named).map((name, at) => (at === 0 ? name : name.toLowerCase()));
    const last = quiet.length === 0 ? [] : [[timed('↩️', others.join(', '), quiet), 'Rolled back']];
    const head = (0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .table */ .tp)(['Step', 'How it was rolled back'], [...rows, ...last]);
    return `### Rollback${where}: ${sum(worked)} s\n\n${head}`;
}
/** What was tried in each throw-away database, one phase below the other. */
function databases({ databases: tried = [] }) {
    if (tried.length === 0)
        return '';
    const titles = [...new Set(tried.flatMap(({ phases: ran }) => ran.map(({ title }) => title)))];
    const rows = tried.map(({ name, product, phases: ran, seconds }) => [
        `${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .escape */ .ih)(product === '' ? name : `${product} (${name})`)} ${seconds.toFixed(1)}\u00A0s`,
        titles.map((title) => phaseWords(title, ran)).join('<br>'),
    ]);
    return `### The migrations, run\n\n${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .table */ .tp)(['Database', 'What came of it'], rows)}`;
}
function phaseWords(title, ran) {
    const result = ran.find((one) => one.title === title)?.result ?? 'not tried';
    return `**${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .escape */ .ih)(title)}**: ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .escape */ .ih)(result)}`;
}
/** The session table as it is beside what it has to be. */
function columns({ columns: read, databases: tried = [] }) {
    const built = tried.filter(({ columns: found }) => found.length > 0);
    // Of tables that were really made the servers' own words count, each beside the others.
    if (built.length === 0)
        return columnTable('The session table', read);
    return built
        .map(({ product, columns: found }) => columnTable(`The session table on ${product}`, found))
        .join('\n\n');
}
function columnTable(title, reported) {
    if (reported.length === 0)
        return '';
    const right = reported.filter(({ ok }) => ok).length;
    const rows = reported.map(({ name, expected, actual, ok }) => [
        signed(ok ? '✅' : '❌', name),
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .escape */ .ih)(expected),
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .escape */ .ih)(ok && (0,_words_js__WEBPACK_IMPORTED_MODULE_3__/* .inOurWords */ .tS)(actual) === expected ? 'as expected' : actual),
    ]);
    const head = (0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .table */ .tp)(['Column', 'Expected', 'Found'], rows);
    return `### ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .escape */ .ih)(title)}: ${right} of ${reported.length} columns are right\n\n${head}`;
}
/** Where it ran, between which commits, and for how long: out of sight until asked for. */
function facts(report, links) {
    const { hosts, commit, migrations, migrationsUndone = [], batch, roundTrips, seconds } = report;
    const rows = [
        ...hosts.flatMap(({ server, path }) => [
            ['Server', (0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .escape */ .ih)(server)],
            ['Path', (0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .escape */ .ih)(path)],
        ]),
        ['Commit', commit === '' ? '' : commitLink(commit, links)],
        ...hosts.map(({ previousCommit: was }) => [
            'Before',
            was === commit || was === '' ? '' : commitLink(was, links),
        ]),
        ['Migrations', (0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .escape */ .ih)(migrations.join(', '))],
        ['Rolled back', (0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .escape */ .ih)(migrationsUndone.join(', '))],
        ['Batch', batch === null ? '' : String(batch)],
        ['Run', links.run === null ? '' : `[${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .escape */ .ih)(links.run.name)}](${links.run.url})`],
        ['Time', `${seconds.toFixed(1)} s${hosts.length === 0 ? '' : `, ${roundTrips} round trips`}`],
    ].filter(([, value]) => value !== '');
    return (0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .folded */ .TM)(hosts.length === 0 ? 'The run' : 'Server, commits, run', (0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .table */ .tp)(['', ''], rows));
}
/** How commands are shown to a person. */
const aboutCommands = 'A line that begins with `#` stands for a program of ci4-deploy, and says what it does. You can type all others.';
/** The commands that made the changes on the server, out of sight until asked for. */
function commands({ command }, changes) {
    if (changes.length === 0)
        return '';
    const count = changes.length === 1 ? '1 command' : `${changes.length} commands`;
    const what = command === 'plan' ? 'made the stage and removed it' : 'made the changes';
    return (0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .folded */ .TM)(`${count} that ${what}`, `${aboutCommands}\n\n${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .fenced */ .OF)(changes.join('\n'), '', '')}`);
}


/***/ }),

/***/ 78895:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ blocks)
/* harmony export */ });
/* harmony import */ var _remedy_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(35251);

/**
 * The best remedies of all findings, put together for each who pastes, so that nobody has to be asked twice. A remedy that
 * goes from one place to another keeps its order, at the end. Of a single finding they would only say it again: none.
 */
function blocks(findings) {
    const best = findings
        .map(({ remedies = [] }) => remedies.find(isForPasting))
        .filter((one) => one !== undefined);
    if (best.length < 2)
        return [];
    const together = best.filter((remedy) => placesOf(remedy).length === 1).flat();
    const apart = best.filter((remedy) => placesOf(remedy).length > 1).flat();
    return [...merged(together), ...apart];
}
function isForPasting(remedy) {
    return remedy.some(({ lines, shows }) => lines.length > 0 && shows !== true);
}
function placesOf(remedy) {
    return [...new Set(remedy.map(_remedy_js__WEBPACK_IMPORTED_MODULE_0__/* .heading */ .R_))];
}
/** Each line once: what several findings ask for is done once. */
function merged(instructions) {
    const byPlace = Map.groupBy(instructions, _remedy_js__WEBPACK_IMPORTED_MODULE_0__/* .heading */ .R_);
    return [...byPlace.values()].flatMap(([first, ...more]) => {
        if (first === undefined)
            return [];
        const lines = [first, ...more].flatMap((one) => one.lines);
        return [{ ...first, what: '', lines: [...new Set(lines)] }];
    });
}


/***/ }),

/***/ 72691:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gg: () => (/* binding */ titleOf),
/* harmony export */   HV: () => (/* binding */ shortTitle),
/* harmony export */   aG: () => (/* binding */ undoWords),
/* harmony export */   c9: () => (/* binding */ stepWords),
/* harmony export */   tS: () => (/* binding */ inOurWords)
/* harmony export */ });
/* unused harmony exports sentences, capital */
/** Notes one after the other; each ends as a sentence does. */
function sentences(notes) {
    return notes.map((one) => (/[.!?]$/.test(one) ? one : `${one}.`)).join(' ');
}
/** What was found in a column without the server's own spelling, which matters only where something is wrong. */
function inOurWords(actual) {
    return actual.replace(/ \(server: .*\)$/, '');
}
/** The name of a step for people: `Cut over`. */
function shortTitle({ title }) {
    return title.split(':')[0] ?? '';
}
/** The name of a step that was rolled back, as the steps that ran have it. */
function titleOf({ name }, ran) {
    const step = ran.find((one) => one.name === name);
    return step === undefined ? capital(name) : shortTitle(step);
}
/** What a step did; of one that stopped the run the names of the errors as well. */
function stepWords(step, errors) {
    const { title, result, notes = [] } = step;
    if (result === 'failed' && errors.length > 0)
        return sentences([...notes, `Stopped by ${errors.join(', ')}`]);
    const [, about = ''] = /^[^:]*:\s*(.*)$/s.exec(title) ?? [];
    return notes.length === 0 ? capital(about) : sentences(notes);
}
/** How a step was rolled back, or why it was not. */
function undoWords({ result, notes = [] }) {
    const said = sentences(notes);
    if (typeof result === 'object')
        return `It could not be rolled back. ${said}`.trim();
    if (said !== '')
        return said;
    return result === 'undone' ? 'Rolled back' : capital(result);
}
/** A text with its first letter as a sentence has it. */
function capital(text) {
    return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}


/***/ }),

/***/ 57441:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  e: () => (/* binding */ run_run)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./src/plan/walk.ts + 1 modules
var walk = __webpack_require__(77349);
// EXTERNAL MODULE: ./src/finding.ts
var src_finding = __webpack_require__(52018);
// EXTERNAL MODULE: ./src/server/command.ts
var server_command = __webpack_require__(63814);
// EXTERNAL MODULE: ./src/release/paths.ts
var paths = __webpack_require__(69665);
;// CONCATENATED MODULE: ./src/release/vendor.ts


// Hard links cost no room, and Composer's own paths (relative to its directory) stay inside the stage.
const vendor_link = `# link vendor into the stage
[ -d "$1/vendor" ] || exit 0
cp -al "$1/vendor" "$2/vendor" 2>/dev/null || { rm -rf "$2/vendor"; cp -a "$1/vendor" "$2/vendor"; }`;
const copy = `# copy vendor into the stage
[ ! -d "$1/vendor" ] || cp -a "$1/vendor" "$2/vendor"`;
// Composer writes down whether development packages are in (installed.json) and whether the class map is the only
// source of classes (autoload_real.php). A site without dependencies gets what production wants.
const install = `# install dependencies as the site has them
${paths/* modesOfTree */.uF}
php=$2 composer=$(command -v composer)
set -- "$1" --no-interaction --no-progress
grep -q '"dev": true' "$1/vendor/composer/installed.json" 2>/dev/null || set -- "$@" --no-dev
real=$1/vendor/composer/autoload_real.php
[ -e "$real" ] && ! grep -q 'setClassMapAuthoritative(true)' "$real" || set -- "$@" --classmap-authoritative
shift
echo "composer install $*"
# Composer is a program of PHP, or a script that starts one.
case $(head -c 64 "$composer" | head -n 1 | tr -d '\\0') in *php*) exec "$php" "$composer" install "$@" ;; esac
exec composer install "$@"`;
/** The live dependencies in the stage: links, or copies where other ones are installed over them. */
function stageVendor(path, stage, installs) {
    const [from, to] = [(0,server_command/* quote */.hD)(`${path}/vendor`), (0,server_command/* quote */.hD)(`${stage}/vendor`)];
    const typed = `[ ! -d ${from} ] || cp ${installs ? '-a' : '-al'} ${from} ${to}`;
    return (0,server_command/* shell */.vf)(installs ? copy : vendor_link, [path, stage], { typed });
}
/** Installs into the stage what composer.lock says, the way the live tree at `path` was installed. */
function installVendor(path, stage, php) {
    const typed = 'composer install --no-interaction --no-progress # --no-dev and --classmap-authoritative where the live vendor/ is so';
    return (0,server_command/* shell */.vf)(install, [path, php], { cwd: stage, typed });
}

// EXTERNAL MODULE: ./src/release/directories/prepare.ts
var prepare = __webpack_require__(38162);
;// CONCATENATED MODULE: ./src/release/directories/adopt.ts




/** The name of the first release. No deploy made it, so none removes it. */
const first = 'first';
// What we made says for which site, and is taken for ours by that alone.
const marker = '.ci4-deploy-adopted';
// The web server's configuration, read as far as everybody may.
const configurations = `configurations='/etc/nginx/nginx.conf /etc/nginx/conf.d /etc/nginx/sites-enabled /etc/apache2/apache2.conf /etc/apache2/conf-enabled /etc/apache2/sites-enabled /etc/httpd/conf /etc/httpd/conf.d'
naming() { grep -RlsE -e "$(printf '%s' "$1" | sed 's/[].[*^$\\/+?(){}|]/\\\\&/g')([^A-Za-z0-9._-]|$)" $configurations; }`;
// One word and a value on each line.
const question = `# a place for release directories
live=$1 base=$2
${configurations}
if [ -e "$base" ] && { [ ! -d "$base" ] || [ ! -r "$base" ] || [ ! -w "$base" ] || [ ! -x "$base" ]; }; then echo place closed
elif [ -e "$base/${marker}" ]; then
  if [ "$(cat "$base/${marker}")" != "$live" ]; then echo place taken
  elif [ "$(ls "$base/releases" 2>/dev/null | grep -cvx ${first})" != 0 ]; then echo place deployed
  else echo place ours; fi
elif [ -n "$(ls -A "$base" 2>/dev/null)" ]; then echo place taken
elif [ -d "$base" ] || [ -w "$(dirname -- "$base")" ]; then echo place free
else echo place closed; fi
naming "$base/current" | head -n 1 | sed 's/^/serves /'
naming "$live/public" | while IFS= read -r file; do readlink -f -- "$file"; done | sort -u | sed 's/^/names /'
exit 0`;
/** Asks whether the release directories can be made, whether they are served already, and which files name the live site. */
function askAdoption(live, base) {
    return (0,server_command/* shell */.vf)(question, [live, base]);
}
const root = `# what the web server serves since the site was adopted
base=$(cat "$(git rev-parse --absolute-git-dir)/ci4-deploy/adopted" 2>/dev/null) && [ -L "$base/current" ] || exit 0
${configurations}
if [ -n "$(naming "$base/current")" ]; then echo releases
elif [ -n "$(naming "$PWD/public")" ]; then echo clone
else echo unknown; fi
printf '%s\\n' "$base"`;
/** Asks a clone whether it was adopted. Prints a {@link Root} and where the release directories lie; nothing where it was not. */
function askRoot(clone) {
    return (0,server_command/* shell */.vf)(root, [], { cwd: clone });
}
const others = `# files of the server alone
git ls-files -z --others --directory --no-empty-directory -- . ':!vendor' ':!node_modules' ':!writable' ':!.env'`;
/** Prints what lies in the live tree and git does not have, each with a NUL after it. */
function askServersOwn(live) {
    return (0,server_command/* shell */.vf)(others, [], { cwd: live });
}
// Sessions, logs, uploads and settings stay where they are. What releases share are links to them, so that both roots have
// the very same files, and an absolute path in .env stays true. Nothing in the live tree changes.
const make = `# release directories beside the live site
live=$1 base=$2 remote=$3 state=$4
shift 4
[ -d "$base" ] || mkdir "$base" || exit
like() { chgrp --reference="$live/." "$1" && chmod --reference="$live/." "$1"; }
like "$base" 2>/dev/null
[ -e "$base/${marker}" ] || printf '%s\\n' "$live" >"$base/${marker}" || exit
rm -f "$base/current" "$base/current.new" && rm -rf "$base/releases" "$base/shared" "$base/repo" || exit
mkdir "$base/releases" "$base/shared" && like "$base/releases" && like "$base/shared" || exit
git clone --quiet --bare "$live" "$base/repo" || exit
url=$(git -C "$live" remote get-url "$remote") || exit
git -C "$base/repo" remote remove origin && git -C "$base/repo" remote add "$remote" "$url" || exit
ssh=$(git -C "$live" config --local core.sshCommand) && { git -C "$base/repo" config core.sshCommand "$ssh" || exit; }
mkdir "$base/repo/ci4-deploy" || exit
[ ! -e "$state/releases.jsonl" ] || cp -p "$state/releases.jsonl" "$base/repo/ci4-deploy/" || exit
ln -s "$live/writable" "$base/shared/writable" || exit
for one; do
  case $one in writable/*)
    [ -e "$live/$one" ] || { mkdir -p "$live/$one" && chgrp --reference="$live/writable" "$live/$one" && chmod --reference="$live/writable" "$live/$one"; } || exit
    continue ;;
  esac
  [ -e "$live/$one" ] || { echo "$live/$one is missing" >&2; exit 1; }
  mkdir -p "$(dirname -- "$base/shared/$one")" && ln -s "$live/$one" "$base/shared/$one" || exit
done`;
const lead = `# the first release is complete
printf '%s\\n' "$1" >"$2/adopted" || exit
ln -sfn releases/${first} "$1/current.new" && mv -T "$1/current.new" "$1/current"`;
/** Makes them, the link `current` last. Whatever an earlier attempt left is replaced. To run until one fails. */
function makeReleases(adoption) {
    const { live, base, remote, commit, stateDir, shared } = adoption;
    const release = (0,paths/* join */.fj)(base, 'releases', first);
    return [
        (0,server_command/* shell */.vf)(make, [live, base, remote, stateDir, ...shared]),
        (0,prepare/* addRelease */.HN)(live, (0,paths/* join */.fj)(base, 'repo'), release, commit),
        (0,prepare/* furnishRelease */.VU)(live, (0,paths/* join */.fj)(base, 'shared'), release, shared),
        stageVendor(live, release, false),
        (0,server_command/* shell */.vf)(lead, [base, stateDir]),
    ];
}
// Links are removed, never what they lead to.
const remove = `# remove the release directories again
live=$1 base=$2
[ "$(cat "$base/${marker}" 2>/dev/null)" = "$live" ] || exit 0
[ "$(ls "$base/releases" 2>/dev/null | grep -cvx ${first})" = 0 ] || exit 0
rm -f "$base/current" "$base/current.new" && rm -rf "$base/releases" "$base/shared" "$base/repo" || exit
rm -f "$base/${marker}" "$(git -C "$live" rev-parse --absolute-git-dir)/ci4-deploy/adopted"
rmdir "$base" 2>/dev/null
exit 0`;
/** Removes what {@link makeReleases} made, as long as no deploy has made a release there. */
function removeReleases(live, base) {
    return (0,server_command/* shell */.vf)(remove, [live, base]);
}
/** Prints the commit of the first release, where it is complete. */
function adoptedCommit(base) {
    return command('git', ['-C', join(base, 'current'), 'rev-parse', 'HEAD']);
}

;// CONCATENATED MODULE: ./src/release/directories/layout.ts

/** What all releases have in common: settings of the server, and what visitors leave there. */
const always = ['.env', 'writable/session', 'writable/logs', 'writable/uploads'];
/** The root of the application that visitors meet, and what git keeps for all work trees. */
function placesOf({ strategy, base }) {
    if (strategy === 'in-place')
        return { path: base, clone: base };
    return { path: (0,paths/* join */.fj)(base, 'current'), clone: (0,paths/* join */.fj)(base, 'repo') };
}
/** Paths below the application that are links to the same place in `shared/`; none in place. */
function sharedPaths({ strategy, shared }) {
    return strategy === 'in-place' ? [] : [...new Set([...always, ...shared])];
}
/** The same place without our own link, where a path of the live tree is one that all releases share. */
function unlinked(inputs, path) {
    const { path: live } = placesOf(inputs);
    const shared = sharedPaths(inputs).find((one) => inside(path, (0,paths/* join */.fj)(live, one)));
    return shared === undefined ? path : (0,paths/* join */.fj)(inputs.base, 'shared', path.slice(live.length + 1));
}
function inside(path, folder) {
    return path === folder || path.startsWith(`${folder}/`);
}
/** Pathspecs of git that leave out what is shared: a link in the place of a tracked folder is nobody's edit. */
function ownFiles(inputs) {
    const paths = sharedPaths(inputs);
    return paths.length === 0 ? [] : ['--', '.', ...paths.map((path) => `:(exclude,literal)${path}`)];
}
/**
 * The name of a release: when it was made, in UTC, and its commit, so that names sort by time.
 * @param at ISO 8601
 */
function releaseName(at, commit) {
    return `${at.replace(/\.\d+/, '').replace(/[-:]/g, '')}-${commit.slice(0, 10)}`;
}

// EXTERNAL MODULE: ./src/remedy.ts
var remedy = __webpack_require__(35251);
// EXTERNAL MODULE: ./src/server/round.ts
var round = __webpack_require__(66031);
;// CONCATENATED MODULE: ./src/net/fastcgi.ts
// Record types and roles of the protocol (fastcgi.com, FastCGI Specification 1.0, sections 3.3 and 8).
const type = { begin: 1, end: 3, params: 4, stdin: 5, stdout: 6, stderr: 7 };
const responder = Buffer.from([0, 1, 0, 0, 0, 0, 0, 0]);
const nothing = Buffer.alloc(0);
const largest = 1024 * 1024;
/**
 * Lets PHP-FPM run one script, as a web server would, over a connection to its socket.
 * @param params the environment of the request: SCRIPT_FILENAME, REQUEST_METHOD, ...
 * @param body what the script reads as php://input; the length is reported with it
 * @throws the connection's error, or that it ended early or sent more than 1 MiB
 */
async function request(stream, params, body = '') {
    const answer = collect(stream);
    const content = Buffer.from(body);
    const all = body === '' ? params : { ...params, CONTENT_LENGTH: String(content.length) };
    stream.write(Buffer.concat([
        record(type.begin, responder),
        record(type.params, Buffer.concat(Object.entries(all).map(pair))),
        record(type.params, nothing),
        ...(body === '' ? [] : [record(type.stdin, content)]),
        record(type.stdin, nothing),
    ]));
    return answer;
}
function record(kind, content) {
    if (content.length > 0xffff)
        throw new RangeError('a FastCGI record holds 65,535 bytes');
    const head = Buffer.from([1, kind, 0, 1, 0, 0, 0, 0]);
    head.writeUInt16BE(content.length, 4);
    return Buffer.concat([head, content]);
}
function pair([name, value]) {
    const parts = [Buffer.from(name), Buffer.from(value)];
    return Buffer.concat([...parts.map(({ length }) => size(length)), ...parts]);
}
/** Up to 127 in one byte, more in four with the highest bit set. */
function size(length) {
    if (length < 128)
        return Buffer.from([length]);
    const four = Buffer.alloc(4);
    four.writeUInt32BE((length | 0x80000000) >>> 0);
    return four;
}
async function collect(stream) {
    const out = [];
    const err = [];
    let rest = nothing;
    let read = 0;
    for await (const chunk of stream) {
        read += chunk.length;
        if (read > largest)
            throw new Error('PHP-FPM sent more than 1 MiB');
        rest = Buffer.concat([rest, chunk]);
        while (rest.length >= 8) {
            const length = rest.readUInt16BE(4);
            const whole = 8 + length + rest.readUInt8(6);
            if (rest.length < whole)
                break;
            const kind = rest.readUInt8(1);
            if (kind === type.end)
                return parsed(Buffer.concat(out), Buffer.concat(err));
            if (kind === type.stdout)
                out.push(rest.subarray(8, 8 + length));
            if (kind === type.stderr)
                err.push(rest.subarray(8, 8 + length));
            rest = rest.subarray(whole);
        }
    }
    throw new Error('PHP-FPM ended the connection without an answer');
}
function parsed(out, err) {
    const text = out.toString();
    const end = /\r?\n\r?\n/.exec(text);
    const head = end === null ? '' : text.slice(0, end.index);
    const body = end === null ? text : text.slice(end.index + end[0].length);
    const status = Number(/^Status:\s*(\d{3})/im.exec(head)?.[1] ?? 200);
    return { status, body, stderr: err.toString() };
}

// EXTERNAL MODULE: ./src/app/connections.ts
var connections = __webpack_require__(38814);
// EXTERNAL MODULE: ./src/app/reply.ts
var app_reply = __webpack_require__(81295);
// EXTERNAL MODULE: ./src/app/shape.ts
var app_shape = __webpack_require__(43678);
;// CONCATENATED MODULE: ./src/app/inside.ts



/** What PHP-FPM sees of its surroundings, also where the application does not boot. */
const Known = (0,app_shape/* object */.Ik)({
    php: app_shape/* text */.Qq,
    /** Whom PHP-FPM runs as. */
    user: app_shape/* text */.Qq,
    extensions: (0,app_shape/* list */.p_)(app_shape/* text */.Qq),
    readsEnv: app_shape/* flag */.Jt,
    /** opcache is on for this PHP. */
    opcache: app_shape/* flag */.Jt,
    /** opcache looks whether a file has changed (opcache.validate_timestamps). */
    looksAgain: app_shape/* flag */.Jt,
    /** Seconds between two of these looks (opcache.revalidate_freq). */
    looksEvery: app_shape/* whole */.WQ,
    /** The file that is compiled when PHP-FPM starts and never looked at again (opcache.preload); empty without one. */
    preload: app_shape/* text */.Qq,
    /** The folder of opcache.file_cache, where old code in it would stay for good; null where there is none. */
    lockedCache: (0,app_shape/* orNull */.Xd)(app_shape/* text */.Qq),
    /** Settings of the site's .user.ini, which holds for visitors and not for the program that answered. */
    userIni: (0,app_shape/* list */.p_)(app_shape/* text */.Qq),
    /** Writable places of the application that this user cannot write to. */
    closed: (0,app_shape/* list */.p_)(app_shape/* text */.Qq),
});
const InsideSession = (0,app_shape/* object */.Ik)({
    driver: app_shape/* text */.Qq,
    cookieName: app_shape/* text */.Qq,
    savePath: app_shape/* text */.Qq,
    matchIP: app_shape/* flag */.Jt,
    connections: connections/* Connections */.UQ,
});
/**
 * Reads what PHP-FPM answered; null when it did not run the program.
 * @throws Unreadable with the name of the field that is not as agreed
 */
function readInside(body, nonce) {
    const output = { exit: { code: 0 }, stdout: body, stderr: '' };
    const start = body.indexOf(nonce);
    const end = body.indexOf(nonce, start + nonce.length);
    if (start < 0 || end < 0)
        return null;
    const json = JSON.parse(body.slice(start + nonce.length, end));
    const { known } = (0,app_shape/* read */.LF)((0,app_shape/* object */.Ik)({ known: Known }), json);
    const session = (0,app_reply/* readReply */.X)(output, nonce, InsideSession);
    return { ...known, session: session.ok ? session.value : { failure: session.failure } };
}

// EXTERNAL MODULE: ./src/php/programs.ts
var programs = __webpack_require__(22651);
// EXTERNAL MODULE: ./src/server/failures.ts
var failures = __webpack_require__(82284);
;// CONCATENATED MODULE: ./src/steps/fpm/ask.ts







// PHP-FPM runs files only. This one lies beside git's own, where no web server looks, and holds no secret.
const place = `# lay down the question for PHP-FPM
mkdir -p "$1" && chmod a+x "$1" && cat >"$1/$2" && chmod 644 "$1/$2"`;
const ask_remove = `# take the question away again
rm -f "$1/$2" && rmdir --ignore-fail-on-non-empty "$1"`;
/** Programs that lie there already, by their names; releasing the lock takes away all of a run. */
const laidDown = new WeakMap();
/**
 * Lets PHP-FPM run a program of ours, as its own user, through its own socket over our connection. The request has what the web server adds to each.
 * @param stateDir `<git dir>/ci4-deploy`, where the program's file lies meanwhile
 * @returns its page, or why there is none, as the end of a sentence
 */
async function askFpm(site, serving, stateDir, question, signal) {
    const name = fileOf(question.name, site.journal);
    const ask = async () => answerOf(site, serving, (0,paths/* join */.fj)(stateDir, name), question, signal);
    const lay = (0,server_command/* shell */.vf)(place, [stateDir, name], { stdin: question.program });
    const { locked } = site.journal.now;
    if (question.changes !== true && locked) {
        return askAgain(site, { name, program: question.program, lay, ask }, signal);
    }
    try {
        await (0,round/* perform */.y9)(site.server, [lay], signal);
        return await ask();
    }
    finally {
        const removed = locked ? server_command/* nothing */.s6 : (0,server_command/* shell */.vf)(ask_remove, [stateDir, name]);
        await (0,round/* query */.P)(site.server, { removed }, signal);
    }
}
/** What is asked of PHP-FPM under a lock: who has it lay down in a round of his own saves a round trip. */
const known = { ask: programs/* programs */.c.inside, compiled: programs/* programs */.c.compiled };
/** Lays a question down that will be asked; nothing without a lock, or where it lies there. It changes something, also among questions. */
function laying({ journal }, question) {
    if (!journal.now.locked)
        return server_command/* nothing */.s6;
    const name = fileOf(question, journal);
    const program = known[question];
    if (remember(journal).get(name) === program)
        return server_command/* nothing */.s6;
    // Where this fails it is not found, and laid down once more.
    remember(journal).set(name, program);
    return { ...(0,server_command/* shell */.vf)(place, [journal.now.stateDir, name], { stdin: program }), survives: true };
}
function fileOf(name, { now }) {
    return `${name}-${now.id}.php`;
}
function remember(journal) {
    const there = laidDown.get(journal) ?? new Map();
    laidDown.set(journal, there);
    return there;
}
/** Under the lock a question stays until that is released: who asks again need not lay it down again. */
async function askAgain({ journal, server }, { name, program, lay, ask }, signal) {
    const there = remember(journal);
    if (there.get(name) === program) {
        const answer = await ask();
        // Somebody may have taken it away.
        if (typeof answer !== 'string')
            return answer;
    }
    await (0,round/* perform */.y9)(server, [lay], signal);
    there.set(name, program);
    return ask();
}
/** What PHP-FPM sees of the application at `root`; a sentence where it could not be asked. */
async function ask_inside(site, serving, stateDir, root, signal) {
    const { nonce } = site.run;
    const fresh = root === site.release.live ? '0' : '1';
    const params = { CI4_DEPLOY_ROOT: root, CI4_DEPLOY_NONCE: nonce, CI4_DEPLOY_FRESH: fresh };
    const question = { name: 'ask', program: programs/* programs */.c.inside, params };
    const reported = await askFpm(site, serving, stateDir, question, signal);
    if (typeof reported === 'string')
        return reported;
    return readInside(reported.page, nonce) ?? 'its answer is not readable';
}
async function answerOf(site, { pool, params: added }, script, { params = {}, body = '' }, signal) {
    try {
        const stream = await site.server.open(addressOf(pool), signal);
        try {
            const answer = await request(stream, {
                SCRIPT_FILENAME: script,
                SCRIPT_NAME: '/ci4-deploy',
                REQUEST_URI: '/ci4-deploy',
                REQUEST_METHOD: body === '' ? 'GET' : 'POST',
                CONTENT_TYPE: body === '' ? '' : 'application/json',
                SERVER_PROTOCOL: 'HTTP/1.1',
                GATEWAY_INTERFACE: 'CGI/1.1',
                REMOTE_ADDR: '127.0.0.1',
                ...added,
                ...params,
            }, body);
            // Every program of ours marks its answer; without the mark it is PHP-FPM's own page.
            return answer.body.includes(site.run.nonce)
                ? { page: answer.body }
                : refusal(answer.status, pool.user);
        }
        finally {
            stream.destroy();
        }
    }
    catch (error) {
        signal.throwIfAborted();
        if (error instanceof failures/* ForwardRefused */.mx)
            return `${site.server.name} cannot open ${pool.listen}`;
        return error instanceof Error ? error.message : String(error);
    }
}
function refusal(status, user) {
    if (status >= 500)
        return `it answered with status ${status}: a program of ours ends there, often because a function is switched off (disable_functions); its log says which`;
    return `it answered with status ${status}: ${user} cannot read files in the clone, or open_basedir or security.limit_extensions keep it from them`;
}
/** `listen` of a pool: a path, a port, or host and port. */
function addressOf({ listen }) {
    if (listen.startsWith('/'))
        return { socket: listen };
    const [, host, port] = /^(?:(.*):)?(\d+)$/.exec(listen) ?? [];
    const own = host === undefined || host === '' || host === '0.0.0.0' || host === '[::]';
    return { host: own ? '127.0.0.1' : host.replace(/^\[|\]$/g, ''), port: Number(port) };
}

;// CONCATENATED MODULE: ./src/app/nginx.ts
/**
 * Follows a configuration to every `fastcgi_pass` (ngx_http_fastcgi_module): a place has the `fastcgi_param` of the level
 * above exactly when it has none of its own.
 * @param main path of the file that nginx starts with; relative includes begin in its folder
 */
function readNginx(files, main) {
    const reading = new Reading(files, main);
    const http = reading
        .file(main)
        .filter(({ name }) => name === 'http')
        .flatMap(({ block }) => block);
    const upstreams = new Map(http
        .filter(({ name }) => name === 'upstream')
        .map(({ words, block }) => [words[0] ?? '', block]));
    const level = { roots: rootsOf(http), params: paramsOf(http) ?? new Map() };
    const servers = http.filter(({ name }) => name === 'server');
    const passings = servers.flatMap(({ block }) => passingsIn(block, level, upstreams));
    return { passings, missing: reading.missing };
}
function passingsIn(block, above, upstreams) {
    const level = {
        roots: [...new Set([...rootsOf(block), ...(rootsOf(block).length > 0 ? [] : above.roots)])],
        params: paramsOf(block) ?? above.params,
    };
    const own = block
        .filter(({ name }) => name === 'fastcgi_pass')
        .map(({ words: [to = ''], file }) => ({
        ...{ ...level, file, pass: to, ownParams: paramsOf(block) !== null },
        to: serversOf(to, upstreams),
    }));
    const deeper = block.filter(({ name }) => name === 'location' || name === 'if');
    return [...own, ...deeper.flatMap((inner) => passingsIn(inner.block, level, upstreams))];
}
function serversOf(to, upstreams) {
    const servers = upstreams.get(to)?.filter(({ name }) => name === 'server');
    return servers === undefined ? [to] : servers.map(({ words: [server = ''] }) => server);
}
function rootsOf(block) {
    return block.filter(({ name }) => name === 'root').map(({ words: [root = ''] }) => root);
}
function paramsOf(block) {
    const own = block.filter(({ name }) => name === 'fastcgi_param');
    if (own.length === 0)
        return null;
    return new Map(own.map(({ words: [name = '', value = ''] }) => [name, value]));
}
const deepest = 8;
/** Reads files into each other; what could not be read is noted. */
class Reading {
    missing = [];
    #files;
    #main;
    constructor(files, main) {
        this.#files = files;
        this.#main = main;
    }
    file(path, depth = 0) {
        const text = this.#files.get(path);
        const read = text === undefined || depth > deepest ? null : nginx_parsed(text);
        if (read === null)
            this.missing.push(path);
        return this.#expanded(read ?? [], depth, path);
    }
    #expanded(directives, depth, file) {
        return directives.flatMap((one) => one.name === 'include'
            ? this.#included(absolute(one.words[0] ?? '', this.#main), depth)
            : [{ ...one, file, block: this.#expanded(one.block, depth, file) }]);
    }
    #included(pattern, depth) {
        if (!/[*?[]/.test(pattern))
            return this.file(pattern, depth + 1);
        const found = [...this.#files.keys()].filter((path) => matches(path, pattern));
        return found.toSorted().flatMap((path) => this.file(path, depth + 1));
    }
}
function absolute(path, main) {
    return path.startsWith('/') ? path : `${main.slice(0, main.lastIndexOf('/'))}/${path}`;
}
/** glob(7) as nginx uses it: a star ends at a slash, and what begins with a dot is left out. */
function matches(path, pattern) {
    const words = pattern.replace(/[.+^${}()|\\]/g, '\\$&').replaceAll('?', '[^/]');
    return new RegExp(`^${words.replace(/(^|\/)\*/g, '$1(?!\\.)[^/]*').replace(/(?<!\])\*/g, '[^/]*')}$`).test(path);
}
/** Words, quoted words, `;`, `{` and `}`; comments are left out. Null where a quote does not end. */
function tokensOf(text) {
    const pattern = /\s+|#[^\n]*|"((?:[^"\\]|\\[^])*)"|'((?:[^'\\]|\\[^])*)'|([;{}])|((?:\\[^]|\$\{[^}]*\}|[^\s;{}"'\\])(?:\\[^]|\$\{[^}]*\}|[^\s;{}\\])*)/gy;
    const found = [];
    let end = 0;
    for (const match of text.matchAll(pattern)) {
        const [all, double, single, sign, word] = match;
        const quoted = double ?? single;
        if (quoted !== undefined)
            found.push(`w${quoted.replace(/\\(.)/g, '$1')}`);
        else if (sign !== undefined)
            found.push(sign);
        else if (word !== undefined)
            found.push(`w${word}`);
        end = match.index + all.length;
    }
    return end === text.length ? found : null;
}
function nginx_parsed(text) {
    const stack = [[]];
    let words = [];
    const close = (block) => {
        const [name, ...rest] = words;
        if (name !== undefined)
            stack.at(-1)?.push({ name, words: rest, block, file: '' });
        words = [];
    };
    const tokens = tokensOf(text);
    for (const token of tokens ?? []) {
        if (token === ';')
            close([]);
        else if (token === '{') {
            const block = [];
            close(block);
            stack.push(block);
        }
        else if (token === '}') {
            if (stack.length > 1)
                stack.pop();
            words = [];
        }
        else
            words.push(token.slice(1));
    }
    return tokens === null ? null : (stack[0] ?? []);
}

;// CONCATENATED MODULE: ./src/steps/served/web-server.ts


// Passwords may stand in there, so the output is not shown. Links are resolved: Debian's php-fpm.sock is one.
const dump = `# configuration of the web server
cat /proc/[0-9]*/comm 2>/dev/null | grep -xE 'nginx|openresty|angie|apache2|httpd|caddy|frankenphp|lighttpd|litespeed|lshttpd' | sort -u
printf '\\f'
[ -d /etc/nginx ] || exit 0
{
  find -L /etc/nginx -maxdepth 6 -name modules -prune -o -type f -readable -size -256k ! -name '*.key' ! -name '*.pem' -print 2>/dev/null | head -n 400
  grep -rhsoE 'include[[:space:]]+/[^;[:space:]]+' /etc/nginx | sed 's/^include[[:space:]]*//' | grep -v '^/etc/nginx/' | sort -u | head -n 50 |
    while IFS= read -r pattern; do for file in $pattern; do [ -f "$file" ] && [ -r "$file" ] && printf '%s\\n' "$file"; done; done
} | while IFS= read -r file; do printf '%s\\n' "$file"; head -c 262144 -- "$file"; printf '\\f'; done | head -c 20000000
grep -rhsoE '(root[[:space:]]+|unix:)["'\\'']?/[^;:$"[:space:]'\\'']*' /etc/nginx | sed 's/^[^/]*//' | sort -u | head -n 400 |
  while IFS= read -r path; do printf '%s\\t%s\\n' "$path" "$(readlink -f -- "$path")"; done`;
/** What the web server's configuration says, as far as everybody may read it. */
function askWebServer() {
    return (0,server_command/* shell */.vf)(dump, [], { shown: 'command' });
}
const main = '/etc/nginx/nginx.conf';
/**
 * Reads what {@link askWebServer} brought.
 * @param path the application, links resolved
 */
function readWebServer({ stdout }, path) {
    const [running = '', ...rest] = stdout.split('\f');
    const names = running.split('\n').filter((name) => name !== '');
    if (names.length !== 1 || names[0] !== 'nginx')
        return { unknown: notNginx(names) };
    const resolved = pairs(rest.at(-1) ?? '');
    const files = new Map(rest
        .slice(0, -1)
        .filter((part) => part !== '')
        .map(web_server_fileOf));
    const { passings, missing } = readNginx(files, main);
    if (missing.length > 0)
        return { unknown: `${missing[0] ?? ''} could not be read` };
    const real = (value) => resolved.get(value) ?? value;
    const ours = passings.filter(({ roots }) => roots.some((root) => lies(real(root), path)));
    if (ours.length === 0)
        return { unknown: `nginx has no server whose root lies in ${path}`, rootless: true };
    return { sends: ours.flatMap((one) => sendsOf(one, real)), variable: ours.flatMap(variablesOf) };
}
function notNginx(names) {
    if (names.length === 0)
        return 'no web server was seen on this server';
    return `the configuration of ${names.join(' and ')} is not read, only that of nginx`;
}
function pairs(text) {
    const lines = text.split('\n').filter((line) => line.includes('\t'));
    return new Map(lines.map((line) => {
        const [path = '', target = ''] = line.split('\t');
        return [path, target === '' ? path : target];
    }));
}
function web_server_fileOf(part) {
    const end = part.indexOf('\n');
    return [part.slice(0, end), part.slice(end + 1)];
}
function lies(root, path) {
    return root === path || root.startsWith(`${path}/`);
}
function sendsOf(passing, real) {
    const { to, params } = passing;
    const own = [...params].filter(([name, value]) => !describes(name) && !value.includes('$'));
    const link = linkOf(passing);
    return to.map((one) => ({ to: web_server_addressOf(one, real), params: Object.fromEntries(own), ...link }));
}
/** nginx resolves links where it is asked for $realpath_root (ngx_http_core_module). PHP-FPM knows files by these two. */
function linkOf({ params, file, pass, ownParams }) {
    const resolved = ['SCRIPT_FILENAME', 'DOCUMENT_ROOT'].every((name) => (params.get(name) ?? '').startsWith('$realpath_root'));
    return resolved ? {} : { link: { file, pass, ownParams } };
}
function variablesOf({ params }) {
    const own = [...params].filter(([name, value]) => !describes(name) && value.includes('$'));
    return own.map(([name]) => name);
}
/** What every web server says of a request (nginx' fastcgi_params; RFC 3875): no setting of the application. */
function describes(name) {
    return /^(QUERY_STRING|REQUEST_.*|CONTENT_.*|SCRIPT_.*|DOCUMENT_.*|SERVER_.*|HTTPS|GATEWAY_INTERFACE|REMOTE_.*|REDIRECT_STATUS|PATH_.*|HTTP_.*|FCGI_ROLE)$/.test(name);
}
function web_server_addressOf(to, real) {
    return to.startsWith('unix:') ? real(to.slice('unix:'.length).replace(/:$/, '')) : to;
}

;// CONCATENATED MODULE: ./src/steps/served/links.ts



/** Whether requests meet the files of one release, from their first file to their last. */
function judgeLinks(web, { strategy, path }) {
    if (strategy === 'in-place' || 'unknown' in web)
        return [];
    const places = links_placesOf(web.sends);
    if (places.length === 0)
        return [];
    return [
        (0,src_finding/* errorFinding */.i9)('link-not-resolved', `nginx names files for PHP-FPM by the link ${path} (${places.map(({ file }) => file).join(', ')}). A request that is running when the link changes would meet files of two commits.`, [...places.map(resolveThere), (0,remedy/* asRoot */.tE)('nginx then does it', reloadNginx)]),
    ];
}
/** What lets nginx resolve links for each request, before it is reloaded. */
function resolvingLinks({ sends }) {
    return links_placesOf(sends).map(resolveThere);
}
function links_placesOf(sends) {
    const named = sends.flatMap(({ link }) => (link === undefined ? [] : [link]));
    return [...new Map(named.map((one) => [`${one.file} ${one.pass}`, one])).values()];
}
/** The sentence for a web server whose configuration is not known; nothing in place. */
function linksUnknown(web, { strategy, path }) {
    if (strategy === 'in-place' || !('unknown' in web))
        return [];
    return [`Whether the web server resolves the link ${path} for each request: ${web.unknown}.`];
}
const reloadNginx = 'sudo nginx -t && sudo systemctl reload nginx';
// The last of two params with one name is the one that PHP-FPM takes. Where a place has none of its own, one that is added
// hides those of the level above, which is all of fastcgi.conf.
function resolveThere({ file, pass: named, ownParams }) {
    const params = [
        ...(ownParams ? [] : ['include fastcgi.conf;']),
        'fastcgi_param SCRIPT_FILENAME $realpath_root$fastcgi_script_name;',
        'fastcgi_param DOCUMENT_ROOT $realpath_root;',
    ].join(' ');
    const pass = named.replace(/[.*[\]^$/\\&]/g, '\\$&');
    const edit = `s/fastcgi_pass[[:space:]]\\+${pass}[[:space:]]*;/& ${params.replaceAll('&', '\\&').replaceAll('/', '\\/')}/`;
    return (0,remedy/* asRoot */.tE)('Let nginx resolve the link for each request. A line like this is added after fastcgi_pass', `sudo sed -i --follow-symlinks ${(0,server_command/* quote */.hD)(edit)} ${(0,server_command/* quote */.hD)(file)}`);
}

;// CONCATENATED MODULE: ./src/steps/inspect/topics/words.ts
/** The parts of a text between separators, empty ones left out. */
function entries(text, separator) {
    return text.split(separator).filter((part) => part !== '');
}
/** What stands behind a word, of the lines that begin with it and a space. */
function after(word, lines) {
    return lines
        .filter((line) => line.startsWith(`${word} `))
        .map((line) => line.slice(word.length + 1));
}
/** Some names of a list that may be long. */
function some(names) {
    const rest = names.length > 10 ? ` and ${names.length - 10} more` : '';
    return names.slice(0, 10).join(', ') + rest;
}

;// CONCATENATED MODULE: ./src/steps/adopt.ts











/** Makes release directories beside a site that is deployed in place. The web server goes on with the old root until a person changes its line. */
const adoptSite = {
    name: 'adopt',
    title: 'Adopt: release directories beside the live site',
    needs: ['inspect'],
    changesSite: false,
    on: 'every host',
    async run(site, signal) {
        const { live, base } = adopt_placesOf(site);
        const answers = await (0,round/* query */.P)(site.server, { place: askAdoption(live, base), others: askServersOwn(live), web: askWebServer() }, signal);
        const place = readPlace(answers.place);
        if (place.serves !== '' || place.state === 'deployed') {
            site.did(`${base} is made already${place.serves === '' ? '' : `, and ${place.serves} names it`}.`);
            site.find(nextWorkflow(base, []));
            return undefined;
        }
        stopAtPlace(site, place.state, base);
        const own = entries(answers.others.stdout, '\0').map((one) => one.replace(/\/$/, ''));
        const shared = [...sharedPaths({ ...site.config, strategy: 'releases' }), ...own];
        await adopt_make(site, [...new Set(shared)], signal);
        await askPools(site, (0,paths/* join */.fj)(base, 'current'), signal);
        site.stopAtErrors();
        const web = readWebServer(answers.web, live);
        const resolves = 'unknown' in web ? [] : resolvingLinks(web);
        site.find(webServerLine(place.names, { live, base }, resolves), nextWorkflow(base, [...site.config.shared, ...own]));
        return undefined;
    },
    async undo(site, signal) {
        const { live, base } = adopt_placesOf(site);
        const { place } = await (0,round/* query */.P)(site.server, { place: askAdoption(live, base) }, signal);
        // What visitors are served from is not ours to remove.
        if (readPlace(place).serves !== '')
            return undefined;
        await (0,round/* perform */.y9)(site.server, [removeReleases(live, base)], signal);
        return undefined;
    },
    stranded: 'stranded-adopt',
    byHand: (site) => removal(site),
};
function adopt_placesOf({ config }) {
    const live = config.base;
    return { live, base: config['releases-path'] ?? `${live}-releases` };
}
function readPlace({ stdout }) {
    const lines = entries(stdout, '\n');
    const [state = 'closed'] = after('place', lines);
    const [serves = ''] = after('serves', lines);
    return { state, serves, names: after('names', lines) };
}
function stopAtPlace(site, state, base) {
    const { target, strategy } = site.config;
    if (strategy === 'releases') {
        site.find((0,src_finding/* errorFinding */.i9)('adopt-place', 'A site with release directories has nothing to adopt: path is to be the clone that is deployed in place.', (0,remedy/* inInputs */.ht)('', 'strategy: in-place')));
    }
    else if (state === 'closed') {
        site.find((0,src_finding/* errorFinding */.i9)('adopt-place', `The release directories are made in ${base}, where ${target.user} may not write.`, (0,remedy/* asRoot */.tE)(`${target.user} gets an empty place for them, and nothing else.`, `sudo install -d -o ${(0,server_command/* quote */.hD)(target.user)} -g "$(stat -c %G ${(0,server_command/* quote */.hD)(site.config.base)})" ${(0,server_command/* quote */.hD)(base)}`)));
    }
    else if (state === 'taken') {
        site.find((0,src_finding/* errorFinding */.i9)('adopt-place', `${base} holds something that is not ours, so the release directories are not made there.`, (0,remedy/* inInputs */.ht)('Name an empty place, or one that does not exist', `releases-path: ${base}-2`)));
    }
    site.stopAtErrors();
}
async function adopt_make(site, shared, signal) {
    const { live, base } = adopt_placesOf(site);
    const { config, journal } = site;
    const { stateDir, previous: commit } = journal.now;
    const adoption = { live, base, remote: config.remote, commit, stateDir, shared };
    await (0,round/* perform */.y9)(site.server, makeReleases(adoption), signal);
    site.did(`${base}/current has commit ${commit.slice(0, 10)}, and shares the files of ${live}.`);
}
/** PHP-FPM has to run the application from its new root before a visitor asks it to. */
async function askPools(site, root, signal) {
    const { serving } = site.facts.inspect;
    if (serving.length === 0) {
        site.notVerified(`Whether PHP can read ${root}: nobody could ask it.`);
    }
    for (const one of serving) {
        const seen = await ask_inside(site, one, site.journal.now.stateDir, root, signal);
        if (typeof seen === 'string') {
            site.notVerified(`Whether PHP-FPM (pool ${one.pool.name}) can read ${root}: ${seen}.`);
            continue;
        }
        if (!seen.readsEnv)
            notServed(site, root, `${seen.user} cannot read its .env`);
        else if (seen.closed.length > 0)
            notServed(site, root, `${seen.user} cannot write to ${seen.closed.join(', ')}`);
        else if ('failure' in seen.session)
            notServed(site, root, seen.session.failure.message);
    }
}
function notServed(site, root, why) {
    const message = `PHP-FPM cannot run the application from ${root}: ${why}. Visitors would get an error from there.`;
    const look = (0,remedy/* toSee */.F1)('See the rights on the way', `namei -l ${(0,server_command/* quote */.hD)(`${root}/public/index.php`)}`);
    site.find((0,src_finding/* errorFinding */.i9)('adopt-not-served', message, look));
}
const isNginx = (file) => file.startsWith('/etc/nginx/');
/** The line to change, as lines that do it. */
function webServerLine(names, { live, base }, resolves) {
    const [from, to] = [`${live}/public`, `${base}/current/public`];
    const edit = `s#${escaped(from)}\\([^A-Za-z0-9._-]\\|$\\)#${to.replace(/[&#\\]/g, '\\$&')}\\1#g`;
    const change = names.map((file) => `sudo sed -i --follow-symlinks ${(0,server_command/* quote */.hD)(edit)} ${(0,server_command/* quote */.hD)(file)}`);
    const reloads = [
        ...(names.some(isNginx) ? ['sudo nginx -t && sudo systemctl reload nginx'] : []),
        ...(names.every(isNginx) ? [] : [reloadApache]),
    ];
    const message = `The web server still serves ${from}. Visitors meet the release directories once its root is ${to}. Until then, deploy in place no more, or run adopt again after it.`;
    const lines = [
        ...(names.some(isNginx) ? resolves : []),
        (0,remedy/* asRoot */.tE)(`The root becomes ${to}, and running requests end as they began.`, ...change, ...reloads),
    ];
    const byHand = (0,remedy/* asRoot */.tE)(`Set its root to ${to} (nginx: root, Apache: DocumentRoot and Directory), and reload it.`);
    return (0,src_finding/* noticeFinding */.yv)('adopt-web-server', message, names.length === 0 ? byHand : lines);
}
const reloadApache = 'sudo apachectl configtest && sudo systemctl reload apache2';
function escaped(path) {
    return path.replace(/[.*[\]^$\\#]/g, '\\$&');
}
function nextWorkflow(base, own) {
    const shared = [...new Set(own)];
    const inputs = ['strategy: releases', `path: ${base}`];
    return (0,src_finding/* noticeFinding */.yv)('adopt-workflow', 'Deploys with release directories need these inputs from then on.', (0,remedy/* inInputs */.ht)('', ...inputs, ...(shared.length === 0 ? [] : [`shared: ${shared.join(', ')}`])));
}
function removal(site) {
    const { base } = adopt_placesOf(site);
    const { stateDir } = site.journal.now;
    return [
        (0,remedy/* asUser */.ex)(site.config.target.user, 'Remove the release directories, as long as the web server does not serve them. They hold links to the files of the site, and none of these goes', `rm -rf ${(0,server_command/* quote */.hD)(base)}/current ${(0,server_command/* quote */.hD)(base)}/releases ${(0,server_command/* quote */.hD)(base)}/shared ${(0,server_command/* quote */.hD)(base)}/repo`, `rm -f ${(0,server_command/* quote */.hD)(base)}/.ci4-deploy-adopted ${(0,server_command/* quote */.hD)(stateDir)}/adopted`),
    ];
}

// EXTERNAL MODULE: ./src/count.ts
var count = __webpack_require__(89984);
;// CONCATENATED MODULE: ./src/app/session-files.ts
/**
 * Name of a session file of FileHandler, as a POSIX extended regular expression without anchors (also valid in JavaScript).
 * `<cookieName>[md5(ip)]<id>`, the hash only with matchIP; an id has 22 characters or more out of `0-9a-zA-Z,-`
 * (PHP's session.sid_length and session.sid_bits_per_character). `index.html`, which lies beside them, does not match.
 */
function sessionFilePattern(session) {
    const name = session.cookieName.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    const hash = session.matchIP ? '[0-9a-f]{32}' : '';
    return `${name}${hash}[0-9a-zA-Z,-]{22,}`;
}

// EXTERNAL MODULE: ./src/plan/journal.ts + 1 modules
var plan_journal = __webpack_require__(64969);
// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(77934);
;// CONCATENATED MODULE: ./src/plan/release-log.ts


/** A move of the sessions as the release log remembers it. */
const Move = (0,app_shape/* object */.Ik)({
    from: dist/* picklist */.KIO(['files', 'rows']),
    folder: app_shape/* text */.Qq,
    table: app_shape/* text */.Qq,
    /** Seconds since 1970, by the clock of the store they came from. */
    at: app_shape/* whole */.WQ,
});
/** How a deploy ended that is written down. */
const outcomes = ['deployed', 'refused', 'rolled-back', 'cancelled', 'stranded'];
/** One line of the release log: a deploy, or a rollback, which is one too. */
const Release = (0,app_shape/* object */.Ik)({
    /** ISO 8601. */
    at: app_shape/* text */.Qq,
    // Before outcomes were written down, only what went live was.
    outcome: dist/* optional */.lqM(dist/* picklist */.KIO(outcomes), 'deployed'),
    command: dist/* optional */.lqM(dist/* picklist */.KIO(['deploy', 'rollback']), 'deploy'),
    commit: app_shape/* text */.Qq,
    /** The commit that was live before; empty where nobody came so far. */
    previous: app_shape/* text */.Qq,
    actor: app_shape/* text */.Qq,
    /** Address of the run's page. */
    run: app_shape/* text */.Qq,
    /** Its directory below `releases/`; absent in place. */
    release: dist/* exactOptional */.yqP(app_shape/* text */.Qq),
    batch: dist/* exactOptional */.yqP(app_shape/* whole */.WQ),
    /** Classes of the migrations that ran. */
    migrated: dist/* optional */.lqM((0,app_shape/* list */.p_)(app_shape/* text */.Qq), []),
    /** Tables and views that these migrations made; absent where nobody wrote that down. */
    made: dist/* exactOptional */.yqP((0,app_shape/* list */.p_)(app_shape/* text */.Qq)),
    /** Names of the findings that stopped it. */
    errors: dist/* optional */.lqM((0,app_shape/* list */.p_)(app_shape/* text */.Qq), []),
    sessions: dist/* exactOptional */.yqP(Move),
});
/** Reads what `Strategy.list()` printed. A line that was cut, or is of another hand, does not hide the others. */
function readReleaseLog(printed) {
    const read = printed.split('\n').filter(Boolean).map(releaseOf);
    const releases = read.filter((one) => one !== null);
    return { releases, unread: read.length - releases.length };
}
function releaseOf(line) {
    try {
        return (0,app_shape/* read */.LF)(Release, JSON.parse(line));
    }
    catch (error) {
        if (error instanceof app_shape/* Unreadable */.IO || error instanceof SyntaxError)
            return null;
        throw error;
    }
}
/** A release as one line of the log. */
function releaseLine(release) {
    return JSON.stringify(release);
}

;// CONCATENATED MODULE: ./src/steps/cutover/moves.ts


/** What the release log is to remember of a cutover; undefined when there was none. */
function moveOf(cutover) {
    if (cutover?.progress !== 'done')
        return undefined;
    const { from, files, rows } = cutover.route;
    return { from, folder: files.folder, table: rows.table, at: cutover.cutoverAt };
}
/**
 * When everything that lies where the sessions go now was copied to where they are now, by the move before this one.
 * @returns seconds since 1970; 0 when the last move was another one, or none is known
 */
async function lastMove({ server, release }, { from, files, rows }, signal) {
    const { releases } = await (0,round/* query */.P)(server, { releases: release.list() }, signal);
    const moves = readReleaseLog(releases.stdout).releases.map(({ sessions }) => sessions);
    const sessions = moves.findLast((move) => move !== undefined);
    if (sessions === undefined)
        return 0;
    const opposite = sessions.from !== from && sessions.folder === files.folder && sessions.table === rows.table;
    return opposite ? sessions.at : 0;
}

;// CONCATENATED MODULE: ./src/plan/under-lock.ts


/** The status of a command that found the lock in the hands of another deploy. */
const lockLost = 76;
/** Shell text that asks so: `$1` is where the lock lies, `$2` the id of the deploy. */
const lockIsOurs = `[ "$(cat "$1/lock/id" 2>/dev/null)" = "$2" ]`;
const stillOurs = `# the lock is still ours
${lockIsOurs} || exit ${lockLost}`;
// Two changes at once both write it down: each has a file of its own until it is whole.
const write = `# write the journal down
${lockIsOurs} || exit ${lockLost}
umask 077
cat >"$1/lock/journal.$$" && mv "$1/lock/journal.$$" "$1/lock/journal"`;
/** Writes the journal into the lock, as long as that is ours; else it ends with {@link lockLost}. */
function writeJournal(journal) {
    const { stateDir, id } = journal;
    return (0,server_command/* shell */.vf)(write, [stateDir, id], { stdin: JSON.stringify(journal), shown: 'nothing' });
}
/** @throws LockLost when another deploy took it over, CommandFailed when there is no place for it */
function mustBeWritten(server, written) {
    if ((0,server_command/* succeeded */.gq)(written))
        return;
    if (isLost(written))
        throw new failures/* LockLost */.yS(server.name);
    throw new failures/* CommandFailed */.nk(server.name, 'write the journal down', written);
}
/**
 * A server on which nothing is changed before the journal says so, nor once another deploy took the lock over. A runner
 * may have slept for minutes, and what it had begun is rolled back by then. It costs no round trip.
 * @param book while its journal says that we hold no lock, nothing is asked
 */
function underLock(server, book) {
    return {
        get name() {
            return server.name;
        },
        get roundTrips() {
            return server.roundTrips;
        },
        open: async (to, signal) => server.open(to, signal),
        [Symbol.asyncDispose]: async () => server[Symbol.asyncDispose](),
        async round(commands, onFailure, signal, when) {
            const { now, due } = book;
            const changes = onFailure !== 'every' || commands.some(({ survives }) => survives === true);
            if (!now.locked || !changes)
                return server.round(commands, onFailure, signal, when);
            const ours = (0,server_command/* shell */.vf)(stillOurs, [now.stateDir, now.id], { shown: 'nothing' });
            const guard = due ? { ...writeJournal(now), survives: true } : ours;
            const [first, ...outputs] = await server.round([guard, ...commands], withGuard(onFailure), signal, when);
            if (first !== undefined)
                mustBeWritten(server, first);
            if (due)
                book.isWritten(now);
            return outputs;
        },
    };
}
/** Nothing runs where the guard fails. */
function withGuard(onFailure) {
    if (onFailure === 'until failure')
        return onFailure;
    return onFailure === 'every' ? 1 : onFailure + 1;
}
function isLost(output) {
    return (0,server_command/* exitCode */.I$)(output) === lockLost;
}

// EXTERNAL MODULE: ./src/plan/results.ts
var results = __webpack_require__(35001);
// EXTERNAL MODULE: ./src/release/directories/first.ts
var directories_first = __webpack_require__(47487);
// EXTERNAL MODULE: ./src/remedies/ssh.ts
var ssh = __webpack_require__(91998);
;// CONCATENATED MODULE: ./src/remedies/clone.ts



/**
 * Makes a clone around the files of a site that was uploaded. It begins at the commit that is most like the files, so
 * that `git status` shows what differs. No file is changed.
 */
function cloneAround(user, { path, repository, remote, branch }) {
    const git = `git -C ${(0,server_command/* quote */.hD)(path)}`;
    return [
        (0,remedy/* asUser */.ex)(user, 'Make a clone around the files that are there. No file changes.', `git init -q -b ${(0,server_command/* quote */.hD)(branch)} ${(0,server_command/* quote */.hD)(path)}`, `${git} remote add ${(0,server_command/* quote */.hD)(remote)} ${(0,server_command/* quote */.hD)(repository)}`),
        ...deployKey(user, { path, repository, remote, branch }),
        (0,remedy/* asUser */.ex)(user, 'Begin at the commit that is most like the files. What differs is listed', `${git} fetch -q ${(0,server_command/* quote */.hD)(remote)} ${(0,server_command/* quote */.hD)(branch)}`, `${git} reset -q "$(${mostLike(git, 'FETCH_HEAD')})"`, `${git} config core.fileMode false`, `${git} status --short`),
    ];
}
/** Makes the repository of the releases, unless it is there: one that is there is used. */
function makeRepository(clone) {
    return `[ -e ${(0,server_command/* quote */.hD)(clone)} ] || git init -q --bare ${(0,server_command/* quote */.hD)(clone)}`;
}
/** Prints the commit that is most like the files there. */
function mostLike(git, newest) {
    return `for one in $(${git} rev-list -n 200 ${newest}); do ${git} read-tree "$one"; echo "$(${git} diff-files --name-only --ignore-submodules | wc -l) $one"; done | sort -n | head -n 1 | cut -d ' ' -f 2`;
}
/**
 * Makes the live release a work tree of the repository again, and that where it is missing. No file is changed.
 * @param base the directory that holds `releases/` and `current`
 */
function workTreeAgain(user, base, { path: clone, repository, remote, branch }) {
    const repo = `git -C ${(0,server_command/* quote */.hD)(clone)}`;
    const [again, live] = [(0,server_command/* quote */.hD)(`${base}/releases/.again`), (0,server_command/* quote */.hD)(`${base}/current`)];
    const git = `git -C ${live}`;
    return [
        (0,remedy/* asUser */.ex)(user, 'Make the repository of the releases, unless it is there.', `git init -q --bare ${(0,server_command/* quote */.hD)(clone)}`, `${repo} remote get-url ${(0,server_command/* quote */.hD)(remote)} >/dev/null 2>&1 || ${repo} remote add ${(0,server_command/* quote */.hD)(remote)} ${(0,server_command/* quote */.hD)(repository)}`),
        ...deployKey(user, { path: clone, repository, remote, branch }),
        (0,remedy/* asUser */.ex)(user, 'The live release becomes a work tree of it, at the commit that is most like its files. No file changes. What differs is listed', `${repo} fetch -q ${(0,server_command/* quote */.hD)(remote)} ${(0,server_command/* quote */.hD)(branch)} && ${repo} worktree prune`, `${repo} worktree add -q --no-checkout --detach ${again} FETCH_HEAD`, `rm -f ${live}/.git && mv ${again}/.git ${live}/.git && rmdir ${again}`, `${repo} worktree repair "$(readlink -f ${live})"`, `${git} reset -q "$(${mostLike(git, 'HEAD')})"`, `${git} status --short -- ':!.env' ':!writable'`),
    ];
}
/** Lets the server fetch from the repository by a key of its own, which can do nothing else. */
function deployKey(user, { path, repository, remote }) {
    const git = `git -C ${(0,server_command/* quote */.hD)(path)}`;
    const { host, port, name } = partsOf(repository);
    const key = `~/.ssh/deploy_${name}`;
    const [, page] = /^git@github\.com:(.+?)(?:\.git)?$/.exec(repository) ?? [];
    return [
        (0,remedy/* asUser */.ex)(user, 'Make a key for this repository alone. The last command prints its public half', 'mkdir -p -m 700 ~/.ssh', `test -f ${key} || ssh-keygen -q -t ed25519 -N '' -C ${(0,server_command/* quote */.hD)(`deploy ${name}`)} -f ${key}`, `${git} config core.sshCommand ${(0,server_command/* quote */.hD)(`ssh -i ${key} -o IdentitiesOnly=yes`)}`, `${git} remote set-url ${(0,server_command/* quote */.hD)(remote)} ${(0,server_command/* quote */.hD)(repository)}`, `cat ${key}.pub`),
        (0,remedy/* onGitHub */.xr)(page === undefined
            ? 'Let that public key read the repository.'
            : `Add that public key at https://github.com/${page}/settings/keys/new, without write access.`),
        (0,remedy/* asUser */.ex)(user, host === 'github.com'
            ? 'Trust the key of GitHub. Compare what is printed with https://docs.github.com/authentication/keeping-your-account-and-data-secure/githubs-ssh-key-fingerprints'
            : 'Trust the key of the git server. Compare what is printed with its own', `${(0,ssh/* keyScan */.zv)({ host, port })} | tee -a ~/.ssh/known_hosts | ssh-keygen -lf -`),
    ];
}
/** `git@host:owner/name.git` or `ssh://git@host:2222/owner/name.git`. */
function partsOf(repository) {
    const [, address, port] = /^ssh:\/\/(?:[^@/]+@)?([^:/]+)(?::(\d+))?\//.exec(repository) ?? [];
    const [, short] = /^(?:[^@/]+@)?([^:/]+):/.exec(repository) ?? [];
    const last = repository
        .replace(/\/+$/, '')
        .replace(/\.git$/, '')
        .split(/[/:]/)
        .at(-1) ?? '';
    return {
        host: address ?? short ?? '',
        port: Number(port ?? 22),
        name: last.replace(/[^A-Za-z0-9_-]/g, '_') || 'site',
    };
}
/** The address of a repository by ssh, where it is known how to write it. */
function bySsh(repository) {
    const [, host, name] = /^https?:\/\/(?:[^@/]+@)?([^:/]+)\/(.+?)\/?$/.exec(repository) ?? [];
    if (host === undefined || name === undefined)
        return repository;
    return `git@${host}:${name.replace(/(\.git)?$/, '.git')}`;
}
/** Brings edits that were made on the server into the repository, where they belong, and then drops them there. */
function keepEdits(user, at, files) {
    const { path, target, through, branch } = at;
    const git = `git -C ${(0,server_command/* quote */.hD)(path)}`;
    const login = `${target.user}@${target.host}`;
    const hops = through.map(({ user: who, host, port: own }) => `${who}@${host}:${own}`).join(',');
    const jump = hops === '' ? '' : `-J ${(0,server_command/* quote */.hD)(hops)} `;
    return [
        (0,remedy/* inClone */.Jv)('Bring the edits into the repository', `git checkout ${(0,server_command/* quote */.hD)(branch)} && git pull`, `ssh ${jump}${(0,ssh/* portOption */.zS)(target.port)}${(0,server_command/* quote */.hD)(login)} ${(0,server_command/* quote */.hD)(`${git} diff HEAD`)} | git apply --index`, `git commit -m 'Edits made on the server' && git push`),
        dropEdits(user, path, files),
    ];
}
function dropEdits(user, path, files) {
    const git = `git -C ${(0,server_command/* quote */.hD)(path)}`;
    return (0,remedy/* asUser */.ex)(user, 'Keep a copy of the edits and drop them. Visitors get the files of the live commit until the next deploy', `${git} diff HEAD > ~/edits-of-the-server.patch`, `${git} checkout HEAD -- ${files.map(server_command/* quote */.hD).join(' ')}`);
}

;// CONCATENATED MODULE: ./src/steps/inspect/topics/composer.ts



const composer_question = `# is Composer there
command -v composer >/dev/null`;
/** Whether Composer is there. */
function askComposer({ path }) {
    return { composer: (0,server_command/* shell */.vf)(composer_question, [], { cwd: path }) };
}
/** Reads what Composer said. */
function readComposer({ composer }) {
    return { installed: (0,server_command/* succeeded */.gq)(composer) };
}
/** What Composer lacks for a commit that changes dependencies. */
function judgeComposer({ installed }, { changed }, config) {
    if (wantsInstall(changed, config) && !installed) {
        const changes = changed.includes('composer.lock');
        return [
            composerMissing(changes ? 'The commit changes composer.lock' : 'Input composer is always'),
        ];
    }
    if (changed.includes('composer.json') && !changed.includes('composer.lock')) {
        return [
            (0,src_finding/* warningFinding */.oL)('composer-lock-unchanged', 'The commit changes composer.json but not composer.lock, so nothing is installed.', (0,remedy/* inClone */.Jv)('If dependencies were meant to change', 'composer update', "git commit -m 'Update composer.lock' composer.lock && git push")),
        ];
    }
    return [];
}
/**
 * There are dependencies to install, and nothing that installs them.
 * @param why they are to be installed, as the beginning of a sentence
 */
function composerMissing(why) {
    return (0,src_finding/* errorFinding */.i9)('composer-missing', `${why}, but the server has no Composer to install the packages.`, (0,remedy/* asRoot */.tE)('Install it', 'sudo apt-get install -y composer'), (0,remedy/* inInputs */.ht)('If vendor/ comes another way', 'composer: never'));
}
/** Whether a commit with these changed files wants other dependencies than the site has. */
function wantsInstall(changed, { composer }) {
    return composer === 'auto' ? changed.includes('composer.lock') : composer === 'always';
}

;// CONCATENATED MODULE: ./src/steps/inspect/first.ts










/** Whether this command makes the first release where there is none. A plan removes it again. */
function mayBeFirst({ command }) {
    return command === 'deploy' || command === 'plan';
}
/** Whether nothing is live there, and everything is there that a first release needs. */
function isReadyForFirst({ releases }, { config, journal }) {
    const { current, closed, missing, occupied } = releases;
    if (!journal.now.locked || !mayBeFirst(config))
        return false;
    if (current !== 'first' && (current !== 'absent' || occupied.length > 0))
        return false;
    return closed.length === 0 && !missing.includes('.env');
}
/**
 * Makes the release that a first deploy begins at, under its lock.
 * @throws Stopped where the commit or its dependencies do not come, with the finding recorded
 */
async function makeFirstRelease(site, sharing, signal) {
    const { config, server } = site;
    if (config.source === 'fetch')
        await fetchCommit(site, sharing.user, signal);
    const fpm = { group: sharing.fpmGroup ?? '', user: sharing.fpmUser ?? '' };
    const made = await (0,round/* perform */.y9)(server, (0,directories_first/* makeFirst */.dn)(config, sharedPaths(config), fpm), signal);
    if (made.at(-1)?.stdout.trim() === 'composer.lock' && config.composer !== 'never')
        await installDependencies(site, signal);
    site.did(`Nothing is live in ${config.base}: this is the first deploy there.`);
}
async function fetchCommit(site, user, signal) {
    const { config, run, server } = site;
    const url = bySsh(run.repository);
    const { fetched } = await (0,round/* queryLasting */.DJ)(server, { fetched: (0,directories_first/* fetchFirst */.Jd)(config, config.remote, url) }, signal);
    if ((0,server_command/* succeeded */.gq)(fetched))
        return;
    stop(site, notFetched(config, { user, url, problem: fetched.stderr }));
}
function notFetched({ base, clone, commit, remote, branch }, { user, url, problem }) {
    const first = problem.split('\n').find((line) => line.trim() !== '') ?? '';
    const byPush = (0,remedy/* inInputs */.ht)('Or let the job send it: the server then needs no key', 'source: push');
    const message = `The server cannot fetch commit ${commit} from ${url || remote} for the first release in ${base}: ${first.trim()}`;
    if (url === '')
        return (0,src_finding/* errorFinding */.i9)('commit-unreachable', message, byPush);
    const repo = (0,server_command/* quote */.hD)(clone);
    return (0,src_finding/* errorFinding */.i9)('commit-unreachable', message, [
        (0,remedy/* asUser */.ex)(user, 'Make the repository of the releases, to keep the key in its settings', makeRepository(clone), `git -C ${repo} remote add ${(0,server_command/* quote */.hD)(remote)} ${(0,server_command/* quote */.hD)(url)}`),
        ...deployKey(user, { path: clone, repository: url, remote, branch }),
    ], byPush);
}
async function installDependencies(site, signal) {
    const { config, server, release } = site;
    const question = { ...release.installDependencies(config.php), cwd: config.path, survives: true };
    const { installed } = await (0,round/* queryLasting */.DJ)(server, { installed: question }, signal);
    if ((0,server_command/* succeeded */.gq)(installed)) {
        site.did(`Dependencies were installed: ${installed.stdout.split('\n')[0] ?? ''}`);
        return;
    }
    if (installed.stderr.includes('composer: not found'))
        stop(site, composerMissing('The first release has a composer.lock'));
    throw new failures/* ComposerFailed */.w2(server.name, 'composer install', installed);
}
function stop(site, found) {
    site.find(found);
    throw new results/* Stopped */.C(found.message);
}

;// CONCATENATED MODULE: ./src/steps/lock.ts












const held = 75;
/** Seconds between two heartbeats of the deploy that holds the lock. */
const heartbeatSeconds = 15;
/** Seconds without a heartbeat after which a lock is looked at more closely. */
const staleAfterSeconds = 90;
// The lock appears with its owner inside, in one rename: a directory that is not empty cannot be renamed over (rename(2)).
// A lock is taken over only when its heartbeat is old and does not move while we watch, so that a clock that jumped
// takes nobody's lock away; of several who wait only one does it (flock(1)). An earlier attempt of the very same run is
// over for certain (the runner starts no second one before). What it had begun is kept beside the lock as left-<id>.
// What is left of a run that was killed while it waited names a process of this host that is gone; another host that
// shares the disk has a day. PHP-FPM's user may pass through the state directory to a question that is laid down for it
// there, and reads nothing else: what the journal says is when to attack. A lock that is closed to us, another user's, is
// never called old.
const acquire = `# take the lock
[ "$(git rev-parse --is-bare-repository)" = true ] || [ "$(git rev-parse --show-toplevel)" = "$(pwd -P)" ] || { echo "$(pwd -P) is not the root of a clone" >&2; exit 1; }
state=$(git rev-parse --absolute-git-dir)/ci4-deploy
printf '%s\\n' "$state"
umask 077
mkdir -p "$state" || exit
chmod 711 "$state" 2>/dev/null
chmod 700 "$state/lock" 2>/dev/null; chmod 600 "$state/lock/journal" "$state/releases.jsonl" 2>/dev/null
last_heartbeat() { stat -c %Y "$state/lock/heartbeat" 2>/dev/null || { [ -x "$state/lock" ] && stat -c %Y "$state/lock" 2>/dev/null; } || date +%s; }
age() { echo $(($(date +%s) - $(last_heartbeat))); }
owner() { cat "$state/lock/owner" 2>/dev/null; }
mine=$state/mine-$1.$(uname -n).$$
mkdir -p "$mine" && cat >"$mine/owner" || exit
printf '%s' "$1" >"$mine/id" && printf '%s %s' "$4" "$3" >"$mine/run" && : >"$mine/heartbeat" || exit
taken_over() {
  flock 9
  [ "$(cat "$state/lock/id" 2>/dev/null)" = "$1" ] && [ "$(last_heartbeat)" = "$2" ] && mv -T "$state/lock" "$state/left-\${1:-unknown}" 2>/dev/null
} 9<"$state"
waited=0
touch "$mine/heartbeat"
until mv -T "$mine" "$state/lock" 2>/dev/null; do
  [ -d "$state/lock" ] || { sleep 0.1; [ -d "$mine" ] && mv -T "$mine" "$state/lock" 2>/dev/null && break; }
  [ -d "$state/lock" ] || { rm -rf "$mine"; echo "cannot write to $state" >&2; exit 1; }
  holder=$(cat "$state/lock/id" 2>/dev/null)
  read -r attempt run <"$state/lock/run" 2>/dev/null
  if [ -n "$3" ] && [ "$run" = "$3" ] && [ "$attempt" -lt "$4" ]; then
    taken_over "$holder" "$(last_heartbeat)"
    continue
  fi
  if [ "$(age)" -ge ${staleAfterSeconds} ]; then
    seen=$(last_heartbeat)
    sleep ${heartbeatSeconds + 5}
    taken_over "$holder" "$seen" && continue
  fi
  if [ "$waited" -ge "$2" ]; then
    printf '%s\\f%s' "$(owner)" "$(age)"; rm -rf "$mine"; exit ${held}
  fi
  [ "$waited" -gt 0 ] || echo "waiting up to $2 s for: $(owner)" >&2
  sleep 1
  waited=$((waited + 1))
  touch "$mine/heartbeat"
done
for other in "$state"/mine-*; do
  [ -d "$other" ] || continue
  case $other in
    *".$(uname -n).\${other##*.}") [ -d "/proc/\${other##*.}" ];;
    *) [ -z "$(find "$other" -prune -mmin +1440)" ];;
  esac || rm -rf "$other"
done
for left in "$state"/left-*; do
  [ -d "$left" ] || continue
  printf '%s\\f' "\${left##*/left-}"; cat "$left/owner" 2>/dev/null; printf '\\f'; cat "$left/journal" 2>/dev/null; printf '\\f'
done
exit 0`;
// Questions for PHP-FPM that a killed run had no time to take away bear its id. Without a clone there is no lock.
const release = `# release the lock
state=$1
[ -n "$state" ] || { cd "$3" 2>/dev/null && state=$(git rev-parse --absolute-git-dir 2>/dev/null)/ci4-deploy || exit 0; }
[ -d "$state" ] || exit 0
rm -rf "$state/mine-$2".* || exit
rm -f "$state"/*-"$2".php "$state/env"
[ "$(cat "$state/lock/id" 2>/dev/null)" = "$2" ] || exit 0
${directories_first/* removeFirst */.dm}
rm -rf "$state/lock"`;
const alive = `# a heartbeat
${lockIsOurs} && touch "$1/lock/heartbeat"`;
const forget = `# forget what is finished
rm -rf "$1/left-$2"
rm -f "$1"/*-"$2".php`;
/**
 * Releases the lock if it is ours; another deploy's stays. As a command, so that finish can put it into its round.
 * With it goes what a first deploy made that did not go live.
 * @param stateDir `<git dir>/ci4-deploy`; empty where it is not known yet, and the clone there is asked
 */
function releaseLock(stateDir, id, { strategy, clone, base }) {
    const typed = stateDir === '' ? {} : { typed: `rm -rf ${(0,server_command/* quote */.hD)(`${stateDir}/lock`)}` };
    return (0,server_command/* shell */.vf)(release, [stateDir, id, clone, strategy === 'releases' ? base : ''], typed);
}
/**
 * Writes the journal down on the server, as long as the lock is ours.
 * @throws LockLost when another deploy took it over
 */
async function keepJournal(server, journal) {
    if (!journal.locked)
        return;
    const saving = { written: writeJournal(journal) };
    const { written } = await (0,round/* queryTwice */.P9)(server, saving, new AbortController().signal);
    mustBeWritten(server, written);
}
/** A file that is as old as the lock of this run. */
function sinceLock(stateDir) {
    return (0,paths/* join */.fj)(stateDir, 'lock', 'owner');
}
/** Says every few seconds that we are still there. Answers how to stop it. */
function startHeartbeat({ server, journal }) {
    const timer = setInterval(() => {
        const { locked, stateDir, id } = journal.now;
        if (!locked)
            return;
        const sign = (0,server_command/* shell */.vf)(alive, [stateDir, id], { shown: 'nothing' });
        // One that does not arrive is not our concern here: whatever else we do will find out why.
        server
            .round([sign], 'every', AbortSignal.timeout(heartbeatSeconds * 1000))
            .catch(() => undefined);
    }, heartbeatSeconds * 1000);
    timer.unref();
    return () => {
        clearInterval(timer);
    };
}
/** Removes what a deploy before us had left, once it is finished. */
function forgetLeft(stateDir, id) {
    return (0,server_command/* shell */.vf)(forget, [stateDir, id]);
}
/**
 * Takes the lock, or waits for it as long as input lock-wait says. The journal then knows where it is, and the settings
 * what they leave to the server.
 * @returns what deploys before left behind, to be finished first
 * @throws Stopped when another deploy holds it, with the finding recorded
 * @throws CommandFailed where there is no place for a lock
 */
async function takeLock(site, signal) {
    const wait = site.config['lock-wait'];
    const { url, attempt } = site.run;
    const question = (0,server_command/* shell */.vf)(acquire, [site.journal.now.id, String(wait), url, attempt], {
        cwd: site.config.clone,
        stdin: owner(site),
        limit: wait + 90,
    });
    const questions = { service: site.firstQuestion, place: placeOf(site), taken: question };
    const { service, taken } = await (0,round/* query */.P)(site.server, questions, signal);
    site.settle(service);
    const [stateDir, rest] = firstLine(taken.stdout);
    if ((0,server_command/* succeeded */.gq)(taken)) {
        site.journal.announce({ stateDir, locked: true });
        return leftOrStopped(site, rest);
    }
    if ((0,server_command/* exitCode */.I$)(taken) !== held)
        throw new failures/* CommandFailed */.nk(site.server.name, 'take the lock', taken);
    const [holder = '', age = '0'] = rest.split('\f');
    site.find(locked(holder.trim(), Number(age)));
    throw new results/* Stopped */.C('another deploy holds the lock');
}
/** A first deploy makes the place for its lock, in the same round. */
function placeOf({ config, journal }) {
    return config.strategy === 'releases' && mayBeFirst(config)
        ? (0,directories_first/* layPlace */._O)(config, journal.now.id)
        : server_command/* nothing */.s6;
}
function firstLine(text) {
    const end = text.indexOf('\n');
    return end < 0 ? [text, ''] : [text.slice(0, end), text.slice(end + 1)];
}
/** What other versions of this action left may be nothing that this one can finish: then a person has to look. */
function leftOrStopped(site, text) {
    try {
        return readLeft(text);
    }
    catch (error) {
        if (!(error instanceof app_shape/* Unreadable */.IO) && !(error instanceof SyntaxError))
            throw error;
        const { stateDir } = site.journal.now;
        site.find({
            name: 'unfinished-deploy',
            severity: 'error',
            message: `An earlier deploy ended in the middle, and its journal cannot be read: ${error.message}. Another version of this action may have written it.`,
            remedies: (0,src_finding/* remedies */.JW)((0,remedy/* toSee */.F1)('See what it says', `cat ${(0,server_command/* quote */.hD)(stateDir)}/left-*/journal`)),
        });
        throw new results/* Stopped */.C('the journal of an earlier deploy cannot be read');
    }
}
/** Id, owner and journal of each, each of the three followed by a form feed. */
function readLeft(text) {
    const parts = text.split('\f');
    return parts.slice(0, -1).flatMap((part, at) => {
        if (at % 3 !== 0)
            return [];
        const [owner = '', journal = ''] = parts.slice(at + 1);
        return [{ id: part.trim(), owner: owner.trim(), journal: journalOf(journal) }];
    });
}
/** One that was cut in the middle cannot be: it is renamed into place. */
function journalOf(text) {
    return text.trim() === '' ? null : (0,plan_journal/* readJournal */.a0)(text);
}
/**
 * One deploy at a time on this server. Everything that a deploy relies on is asked under the lock, or another deploy
 * could have changed it since.
 * @param take takes it, and finishes what an earlier deploy left in the middle
 */
function lockStep(take) {
    return {
        name: 'lock',
        title: 'Lock: one deploy at a time',
        needs: [],
        changesSite: false,
        on: 'every host',
        keptWhenStranded: true,
        async run(site, signal) {
            try {
                await take(site, signal);
                return undefined;
            }
            catch (failure) {
                // A login without a shell ran nothing, and cannot be asked to release anything.
                const { begun, locked } = site.journal.now;
                if (failure instanceof failures/* NoShell */.K4 && !locked)
                    site.journal.announce({ begun: begun.filter((name) => name !== 'lock') });
                // No clone, no rights, no room: inspect says it in better words, and all else that is wrong with it.
                if (!(failure instanceof failures/* CommandFailed */.nk) || site.journal.now.locked)
                    throw failure;
                site.log.say(`The lock could not be taken yet: ${failure.tail}`);
                return undefined;
            }
        },
        async undo(site, signal) {
            const { stateDir, id } = site.journal.now;
            await (0,round/* perform */.y9)(site.server, [releaseLock(stateDir, id, site.config)], signal);
            await site.journal.note({ locked: false });
            return undefined;
        },
        stranded: 'stranded-lock',
        byHand,
    };
}
function byHand(site) {
    const state = knownStateDir(site);
    const { id } = site.journal.now;
    // Patterns are for find: some shells end a line whose pattern matches nothing.
    const rest = `find ${state} -maxdepth 1 -name '*-${id}*' -not -name 'left-*' -exec rm -rf '{}' +`;
    return [
        (0,remedy/* asUser */.ex)(site.config.target.user, 'Remove the lock, and what this run left beside it', `rm -rf ${state}/lock && ${rest}`),
    ];
}
/** Known once the lock was taken; before that only the clone itself says where it would lie. */
function knownStateDir({ config, journal: { now } }) {
    return now.stateDir === ''
        ? `"$(git -C ${(0,server_command/* quote */.hD)(config.clone)} rev-parse --absolute-git-dir)"/ci4-deploy`
        : (0,server_command/* quote */.hD)(now.stateDir);
}
function owner(site) {
    const { actor, url, attempt } = site.run;
    const { command, commit } = site.config;
    const what = command === 'rollback' ? command : `commit ${commit.slice(0, 10)}`;
    return `${actor}, ${what}, since ${site.run.now()}, attempt ${attempt} of ${url}`;
}
/** The finding for a lock that is held: by whom, and how old its heartbeat is in seconds. */
function locked(holder, age) {
    return {
        name: 'locked',
        severity: 'error',
        message: `Another deploy holds the lock on this server: ${holder}. Its last heartbeat is ${age} s old.`,
        remedies: (0,src_finding/* remedies */.JW)(`Wait until that run is over, then run this one again. When that run was killed, the next run after ${staleAfterSeconds} s takes the lock over and finishes what was left.`, (0,remedy/* inInputs */.ht)('Let runs wait for each other', 'lock-wait: 10m')),
    };
}

;// CONCATENATED MODULE: ./src/steps/finish.ts













// No link is followed: PHP-FPM's user could have put one there, and what it leads to would be removed.
const clean = `# remove old session files
[ -d "$1" ] || exit 0
find "$1" -maxdepth 1 -type f -regextype posix-extended -regex ".*/$2" -print -delete | wc -l`;
const changed = `# did a hook change tracked files
cd "$1" && shift && git --no-optional-locks status --porcelain --untracked-files=no "$@" 2>/dev/null
exit 0`;
/** Tidies up after a deploy that is live and proved; what cannot be tidied is said and changes nothing about that. */
const finish = {
    name: 'finish',
    title: 'Finish: tidy up and write it down',
    needs: [],
    changesSite: true,
    on: 'every host',
    // A proved deploy is not rolled back because its job was cancelled while it was tidied up.
    async run(site) {
        const signal = AbortSignal.timeout(site.config['step-timeout'] * 1000);
        const answers = await tidied(site, cleanupCommands(site), signal);
        if (answers !== null)
            site.find(...changedByHooks(answers.changed, site));
        if (answers !== null && site.config['clean-session-files']) {
            site.did(`${(0,count/* counted */.h)(Number(answers.files.stdout.trim()), 'old session file')} removed.`);
        }
        return undefined;
    },
    undo: 'nothing to undo',
};
/** The end of a run that found everything live already: there is nothing to tidy up but the lock. */
const unlock = {
    name: 'unlock',
    title: 'Unlock: the next deploy may begin',
    needs: [],
    changesSite: false,
    on: 'every host',
    async run(site) {
        const { stateDir, id } = site.journal.now;
        const signal = AbortSignal.timeout(site.config['step-timeout'] * 1000);
        await tidied(site, { lock: releaseLock(stateDir, id, site.config) }, signal);
        return undefined;
    },
    undo: 'nothing to undo',
};
/**
 * What could not be tidied up is reported and changes nothing about a site that is proved.
 * @throws LockLost, and CommandFailed where nobody could write down that it begins
 */
async function tidied(site, commands, signal) {
    try {
        const answers = await asked(site, commands, signal);
        await site.journal.note({ locked: answers !== null && !(0,server_command/* succeeded */.gq)(answers.lock) });
        if (answers === null)
            return null;
        for (const [what, output] of Object.entries(answers)) {
            if (!(0,server_command/* succeeded */.gq)(output))
                cleanupFailed(site, what, output.stderr.trim(), site.journal.now.stateDir);
        }
        return answers;
    }
    catch (failed) {
        if (failed instanceof failures/* LockLost */.yS || failed instanceof failures/* CommandFailed */.nk)
            throw failed;
        site.find(cleanupUnreachable(failed));
        // Whether the lock is still there nobody knows; the next deploy will.
        await site.journal.note({ locked: false });
        return null;
    }
}
/**
 * Twice where the connection is lost meanwhile. When the lock is gone by then, the first time came to its end.
 * @returns null then
 */
async function asked({ server }, commands, signal) {
    const once = async () => (0,round/* queryLasting */.DJ)(server, commands, signal);
    return (0,round/* twice */.P4)(once, async () => once().catch((failure) => {
        if (failure instanceof failures/* LockLost */.yS)
            return null;
        throw failure;
    }));
}
/** Everything that the last step runs, by what it is. */
function cleanupCommands(site) {
    const { config, release, journal } = site;
    return {
        changed: (0,server_command/* shell */.vf)(changed, [release.live, ...ownFiles(config)], {
            typed: `git -C ${(0,server_command/* quote */.hD)(release.live)} status --short --untracked-files=no`,
        }),
        ...release.prune(),
        files: oldSessionFiles(site),
        release: release.record(releaseLine(liveRelease(site))),
        lock: releaseLock(journal.now.stateDir, journal.now.id, config),
    };
}
/** A hook of the clone ran when git moved the branch. What it changed stands in the way of the next deploy. */
function changedByHooks({ stdout }, { release }) {
    const files = entries(stdout, '\n').map((line) => line.slice(3));
    if (files.length === 0)
        return [];
    const live = (0,server_command/* quote */.hD)(release.live);
    return [
        (0,src_finding/* warningFinding */.oL)('hook-changed-files', `Tracked files changed while this deploy ended, mostly by a hook of the clone (post-merge): ${some(files)}. The next deploy refuses to overwrite them.`, (0,remedy/* toSee */.F1)('See what changed, and which hooks there are. A hook that writes belongs to files that git ignores', `git -C ${live} diff --stat`, `ls -l "$(git -C ${live} rev-parse --git-path hooks)"`)),
    ];
}
/** Files of the old handler go only if asked, and only once sessions really live in the database. */
function oldSessionFiles({ config, facts: { inspect, stage } }) {
    const live = inspect?.live;
    const staged = stage?.application;
    if (!config['clean-session-files'] || !live || staged?.session.inDatabase !== true)
        return server_command/* nothing */.s6;
    if (!isFileHandler(live))
        return server_command/* nothing */.s6;
    const folder = unlinked(config, live.session.savePath);
    const pattern = sessionFilePattern(live.session);
    const typed = `find ${(0,server_command/* quote */.hD)(folder)} -maxdepth 1 -type f -regextype posix-extended -regex ${(0,server_command/* quote */.hD)(`.*/${pattern}`)} -delete`;
    return (0,server_command/* shell */.vf)(clean, [folder, pattern], { typed });
}
function isFileHandler({ session }) {
    return session.driver.endsWith('FileHandler') && session.savePath.startsWith('/');
}
/** What is known of a deploy whatever came of it, for the release log. */
function finish_releaseOf({ config, journal: { now }, run }, outcome) {
    const { started = { actor: run.actor, run: run.url } } = now;
    const command = now.backwards === true ? 'rollback' : 'deploy';
    const commit = now.commit || config.commit;
    const previous = (0,plan_journal/* commitBefore */.Xg)(now);
    const nothing = { migrated: [], errors: [] };
    return { at: run.now(), outcome, command, commit, previous, ...started, ...nothing };
}
function liveRelease(site) {
    const sessions = moveOf(site.journal.now.cutover);
    const { name } = site.release;
    const { batch = null, classes: migrated = [], made } = site.facts.migrate ?? {};
    return {
        ...finish_releaseOf(site, 'deployed'),
        ...(name === undefined ? {} : { release: name }),
        ...{ migrated, ...(made === undefined ? {} : { made }) },
        ...(batch === null ? {} : { batch }),
        ...(sessions === undefined ? {} : { sessions }),
    };
}
function cleanupUnreachable(failed) {
    return {
        name: 'cleanup-failed',
        severity: 'warning',
        message: `The deploy is live, but the server did not answer any more when it was to be tidied up: ${String(failed)}`,
        remedies: (0,src_finding/* remedies */.JW)('There is nothing to do. The next deploy tidies up before it begins.'),
    };
}
function cleanupFailed(site, what, problem, stateDir) {
    site.find({
        name: 'cleanup-failed',
        severity: 'warning',
        message: `The deploy is live, but this could not be tidied up (${what}): ${problem}`,
        remedies: (0,src_finding/* remedies */.JW)((0,remedy/* toSee */.F1)('See what is there', `ls -la ${(0,server_command/* quote */.hD)(stateDir)}`)),
    });
}

// EXTERNAL MODULE: ./src/schema/database.ts
var database = __webpack_require__(69122);
;// CONCATENATED MODULE: ./src/steps/database/databases.ts





/** How we log in: as the application does, unless inputs say otherwise. */
function loginOf(database, config) {
    return {
        address: databases_addressOf(database.address, config),
        user: config['db-user'] ?? database.user,
        password: config['db-password'] ?? database.password,
        database: config['db-name'] ?? database.database,
        tls: tlsOf(database, config),
    };
}
/** As the application asks for it, which verifies where it has something to verify with. */
function tlsOf({ tls }, { 'db-tls': wish }) {
    if (wish === 'off')
        return null;
    if (wish === 'on')
        return { key: null, cert: null, ca: null, verify: false };
    return tls === null ? null : { ...tls, verify: tls.verify ?? tls.paths.ca !== '' };
}
function databases_addressOf(own, config) {
    const socket = config['db-socket'];
    if (socket !== null)
        return { socket };
    if (config['db-host'] === null && config['db-port'] === null)
        return own;
    const [host, port] = 'socket' in own ? ['127.0.0.1', 3306] : [own.host, own.port];
    return { host: config['db-host'] ?? host, port: config['db-port'] ?? port };
}
/** The database that holds the migration ledger. */
async function ledgerDatabase(site, application, signal) {
    return site.database(loginOf(application.ledgerDatabase, site.config), signal);
}
/** The database of the session handler. */
async function sessionDatabase(site, application, signal) {
    return site.database(loginOf(application.sessionDatabase, site.config), signal);
}
/** A password that is the name of its user is in every sentence that names him: hiding it would show that it is. */
function maskPassword({ mask }, { user, password }) {
    if (password.reveal() !== user)
        mask(password.reveal());
}
/** Logs in to the databases of an application; what keeps us or the application out comes back as findings. */
async function openDatabases(site, application, signal) {
    const { ledgerDatabase: ledger, sessionDatabase: session } = application;
    const findings = [];
    for (const database of new Set([ledger, session])) {
        maskPassword(site, database);
        site.mask(database.tls?.key?.reveal() ?? '');
        if (database.driver !== 'MySQLi')
            findings.push(notMysql(database));
        else if (database.refused !== null)
            findings.push(unusable(database, database.refused, site));
        else
            findings.push(...(await reach(site, loginOf(database, site.config), signal)));
    }
    return findings;
}
function notMysql(database) {
    return {
        name: 'database-not-mysql',
        severity: 'error',
        message: `The application uses the database driver ${database.driver}. Only MySQL and MariaDB (MySQLi) can be verified.`,
        remedies: (0,src_finding/* remedies */.JW)('Deploy this application another way, or move it to MySQLi.'),
    };
}
function unusable(database, said, { server }) {
    return database.silent
        ? unreachable(`${(0,failures/* addressText */.GI)(database.address)} on ${server.name}`, said)
        : refused(database, said);
}
function refused({ user, hostname, database }, message) {
    return {
        name: 'database-refused',
        severity: 'error',
        message: `The database refuses the application: ${user}@${hostname}, database ${database}: ${message}`,
        remedies: (0,src_finding/* remedies */.JW)((0,remedy/* onServer */.ze)('Correct database.default.* in .env, or app/Config/Database.php.'), (0,remedy/* inDatabase */.jG)('Let that user in.')),
    };
}
async function reach(site, login, signal) {
    try {
        const { product } = await site.database(login, signal);
        site.log.say(`Database ${login.database} at ${(0,failures/* addressText */.GI)(login.address)}: ${product}`);
        return [];
    }
    catch (error) {
        if (error instanceof failures/* ForwardRefused */.mx)
            return [notForwarded(error, site.server.name)];
        if (error instanceof database/* DatabaseRefused */.I)
            return [notLoggedIn(error)];
        throw error;
    }
}
function notForwarded(error, server) {
    const to = (0,failures/* addressText */.GI)(error.to);
    const option = 'socket' in error.to ? 'AllowStreamLocalForwarding' : 'AllowTcpForwarding';
    // For a socket sshd gives no reason; but the application itself could log in there a moment ago.
    return error.reason === 'prohibited' || 'socket' in error.to
        ? {
            name: 'forwarding-prohibited',
            severity: 'error',
            message: `sshd of ${server} forbids connections to ${to}, which verifying the table takes.`,
            remedies: (0,src_finding/* remedies */.JW)((0,ssh/* allowForwarding */.R4)(option)),
        }
        : unreachable(`${to} on ${server}`, '', (0,remedy/* inInputs */.ht)('If it is elsewhere, set db-host and db-port, or db-socket.'));
}
function unreachable(place, said, ...others) {
    return {
        name: 'database-unreachable',
        severity: 'error',
        message: `Nothing answers at ${place}, where the application expects its database${said === '' ? '' : `: ${said}`}.`,
        remedies: (0,src_finding/* remedies */.JW)((0,remedy/* asRoot */.tE)('Start the database', 'sudo systemctl start mariadb || sudo systemctl start mysql'), (0,remedy/* onServer */.ze)('If it is elsewhere, correct database.default.hostname and .port in .env.'), ...others),
    };
}
function notLoggedIn({ login, code, message }) {
    return {
        name: 'database-refused',
        severity: 'error',
        message: `The database at ${(0,failures/* addressText */.GI)(login.address)} refuses ${login.user} for ${login.database} (${code}): ${message}`,
        remedies: (0,src_finding/* remedies */.JW)((0,remedy/* onServer */.ze)('Correct database.default.* in .env.'), (0,remedy/* inInputs */.ht)('Correct db-user, db-password and db-name, where they are set.')),
    };
}

;// CONCATENATED MODULE: ./src/steps/served/pools.ts


/** The pools of `unit` that the web server asks for this site; the only one there is where its configuration says nothing. */
function servingPools(web, pools, { path, unit, wish, writer }) {
    if (wish !== null)
        return namedPool(wish, web, pools, unit);
    if ('unknown' in web)
        return unknownServer(web.unknown, pools, unit, writer);
    const known = web.sends.map((sends) => ({
        sends,
        pool: pools.find((pool) => asks(sends, pool)),
    }));
    const others = [...new Set(known.filter(({ pool }) => !pool).map(({ sends: { to } }) => to))];
    const serving = known.flatMap(({ sends: { params }, pool }) => (pool ? [{ pool, params }] : []));
    return {
        serving: distinct(serving),
        findings: serving.length === 0 ? [otherService(others, pools, unit, path)] : [],
        unverified: [
            ...(serving.length === 0
                ? []
                : others.map((to) => `What ${to} serves of ${path}: it is no socket of ${unit}.`)),
            ...[...new Set(web.variable)].map((name) => `What nginx sends PHP-FPM as ${name}: its configuration takes it from a variable.`),
        ],
    };
}
function namedPool(wish, web, pools, unit) {
    const pool = pools.find(({ name }) => name === wish);
    if (pool !== undefined) {
        const sends = 'unknown' in web ? [] : web.sends.filter((one) => asks(one, pool));
        const serving = sends.map(({ params }) => ({ pool, params }));
        const known = serving.length === 0 ? [{ pool, params: {} }] : serving;
        return { serving: distinct(known), findings: [], unverified: [] };
    }
    const others = pools.map(({ name }) => (0,remedy/* inInputs */.ht)('', `fpm-pool: ${name}`));
    const message = `${unit} has no pool ${wish}, but ${pools.map(({ name }) => name).join(', ')}.`;
    return {
        serving: [],
        findings: [(0,src_finding/* errorFinding */.i9)('fpm-unknown', message, ...others)],
        unverified: [],
    };
}
/** The only pool there is, or the only one whose user writes the site's files. */
function unknownServer(why, pools, unit, writer) {
    const writing = pools.filter(({ user }) => user === writer);
    const [pool, ...more] = pools.length === 1 ? pools : writing;
    if (pool !== undefined && more.length === 0) {
        const adds = `What the web server adds to requests (fastcgi_param, SetEnv), such as another database: ${why}.`;
        return { serving: [{ pool, params: {} }], findings: [], unverified: [adds] };
    }
    const which = `Which pool of ${unit} serves the site, and so what code and which database visitors get: ${why}.`;
    return { serving: [], findings: [], unverified: [which] };
}
function otherService(others, pools, unit, path) {
    const own = pools.map(({ listen }) => listen).join(', ');
    return (0,src_finding/* errorFinding */.i9)('fpm-other-service', `nginx sends the requests for ${path} to ${others.join(', ')}, but ${unit} listens on ${own}: reloading it would leave visitors with the old code.`, [
        (0,remedy/* toSee */.F1)('List the services', 'systemctl list-units --all "*php*fpm*"'),
        (0,remedy/* inInputs */.ht)('Set fpm-service to the one that listens there.'),
    ]);
}
/** Whether a request that the web server sends there comes to this pool. */
function asks({ to }, { listen }) {
    const [there, here] = [to, listen].map((one) => one.replace(/^\/var\/run\//, '/run/'));
    if (there === undefined || here === undefined || there.startsWith('/') || here.startsWith('/')) {
        return there === here;
    }
    const [toHost, toPort] = parts(there);
    const [ownHost, ownPort] = parts(here);
    const any = ['', '0.0.0.0', '[::]', '*'];
    return toPort === ownPort && (any.includes(ownHost) || toHost === ownHost);
}
function parts(address) {
    const at = address.lastIndexOf(':');
    const host = address.slice(0, Math.max(at, 0));
    return [host === 'localhost' ? '127.0.0.1' : host, address.slice(at + 1)];
}
function distinct(serving) {
    const keys = serving.map(({ pool, params }) => JSON.stringify([pool.listen, params]));
    return serving.filter((_, at) => keys.indexOf(keys[at] ?? '') === at);
}

;// CONCATENATED MODULE: ./src/remedies/access.ts


/** The group of PHP-FPM as one word of a shell. Where its configuration has none, the server says it when it is pasted. */
function fpmGroup({ path, fpmUser, fpmGroup: named }) {
    if (named !== null)
        return (0,server_command/* quote */.hD)(named);
    // The folder that visitors make PHP-FPM write to is its own.
    const owner = fpmUser === null ? `"$(stat -c %U ${(0,server_command/* quote */.hD)(`${path}/writable`)})"` : (0,server_command/* quote */.hD)(fpmUser);
    return `"$(id -gn ${owner})"`;
}
/**
 * What deploy user and PHP-FPM share, so that each can do its work and neither takes anything away from the other.
 * PHP-FPM keeps `writable/`; all other files get the deploy user as owner, and stay readable for PHP-FPM.
 */
function share(sharing) {
    const { path, base = path, user } = sharing;
    const places = base === path ? [`${path}/.git`, `${path}/writable`] : inReleases(base);
    const [git, ...writable] = places.map((place) => `-path ${(0,server_command/* quote */.hD)(place)}`);
    const kept = `\\( ${writable.join(' -o ')} \\)`;
    const [tree, group] = [(0,server_command/* quote */.hD)(base), fpmGroup(sharing)];
    return (0,remedy/* asRoot */.tE)(`${user} gets the files that git updates, and PHP-FPM keeps writable/. Visitors notice nothing.`, joinGroups(sharing), 
    // First what PHP-FPM reads, then the owner: there is no moment at which it cannot read.
    `sudo find -H ${tree} \\( ${git ?? ''} -o ${kept} \\) -prune -o ! -type l ! -perm -o=r -exec chgrp ${group} {} + -exec chmod g+rX {} +`, `sudo find -H ${tree} ${kept} -prune -o -exec chown -h ${(0,server_command/* quote */.hD)(user)} {} +`, ...sharedWritable(sharing, base === path ? [`${path}/writable`] : [`${path}/writable`, `${base}/shared/writable`]));
}
/** Where git keeps its own, and what PHP-FPM writes to; the patterns are those of find(1). */
function inReleases(base) {
    return [`${base}/repo`, `${base}/shared/writable`, `${base}/releases/*/writable`];
}
/** Lets the deploy user and PHP-FPM read `.env`, and nobody else. */
function shareEnv(sharing) {
    const { path, base, user } = sharing;
    const env = (0,server_command/* quote */.hD)(base === undefined ? `${path}/.env` : `${base}/shared/.env`);
    return (0,remedy/* asRoot */.tE)(`${user} owns .env, and the group of PHP-FPM may read it.`, `sudo chmod 640 ${env}`, `sudo chown ${(0,server_command/* quote */.hD)(user)}:${fpmGroup(sharing)} ${env}`, 
    // Made by a login whose umask is 077 it lets nobody else pass.
    ...(base === undefined ? [] : [`sudo chmod a+x ${(0,server_command/* quote */.hD)(`${base}/shared`)}`]));
}
/** Lets PHP-FPM write to these folders below `writable/`. */
function shareWritable(sharing, folders) {
    if (sharing.first === true && sharing.base !== undefined)
        return makeWritable(sharing, sharing.base);
    return (0,remedy/* asRoot */.tE)('PHP-FPM may write there by its group.', ...sharedWritable(sharing, folders));
}
/** Before there is a release: the folders that the first one finds, and whose group it takes over. */
function makeWritable(sharing, base) {
    const folders = ['', '/session', '/logs', '/uploads'].map((one) => (0,server_command/* quote */.hD)(`${base}/shared/writable${one}`));
    return (0,remedy/* asRoot */.tE)('PHP-FPM may write there by its group, and the deploy user joins that group.', `sudo install -d -o ${(0,server_command/* quote */.hD)(sharing.user)} -g ${fpmGroup(sharing)} -m 2775 ${folders.join(' ')}`, joinGroups(sharing));
}
/** Lets the deploy user read what PHP-FPM writes, and open its socket. */
function joinFpm(sharing) {
    return (0,remedy/* asRoot */.tE)(`${sharing.user} becomes a member of the group of PHP-FPM. That counts from the next login on.`, joinGroups(sharing));
}
function joinGroups(sharing) {
    const { socketGroup, user } = sharing;
    const own = fpmGroup(sharing);
    const socket = socketGroup === null || (0,server_command/* quote */.hD)(socketGroup) === own ? '' : `,${(0,server_command/* quote */.hD)(socketGroup)}`;
    return `sudo usermod -aG ${own}${socket} ${(0,server_command/* quote */.hD)(user)}`;
}
function sharedWritable(sharing, folders) {
    const all = folders.map(server_command/* quote */.hD).join(' ');
    return [
        `sudo chgrp -R ${fpmGroup(sharing)} ${all}`,
        `sudo chmod -R g+rwX ${all}`,
        `sudo find ${all} -type d -exec chmod g+s {} +`,
    ];
}
/** Lets everybody pass through a folder on the way to the site, without listing it. */
function passThrough(folder) {
    return (0,remedy/* asRoot */.tE)(`Everybody who knows the path may then pass through ${folder}; nobody can list it.`, `sudo chmod o+x ${(0,server_command/* quote */.hD)(folder)}`);
}

// EXTERNAL MODULE: ./src/app/ask.ts + 1 modules
var ask = __webpack_require__(42620);
;// CONCATENATED MODULE: ./src/steps/submodules.ts







/**
 * Fetches these submodules of the commit into the stage.
 * @throws Stopped where the server cannot, with the finding recorded
 */
async function bringSubmodules(site, paths, signal) {
    const { config, release, server } = site;
    const { commit } = site.journal.now;
    try {
        await (0,round/* perform */.y9)(server, [release.fetchSubmodules(commit, config.remote, paths)], signal);
    }
    catch (failure) {
        if (!(failure instanceof failures/* CommandFailed */.nk) || /No space left|Read-only file/.test(failure.tail))
            throw failure;
        const addresses = `git -C ${(0,server_command/* quote */.hD)(config.clone)} config --blob ${commit}:.gitmodules --get-regexp url`;
        site.find((0,src_finding/* errorFinding */.i9)('submodules', `The server cannot fetch the submodules of the commit (${some(paths)}): ${failure.tail}`, [
            (0,remedy/* toSee */.F1)('See where they come from', addresses),
            (0,remedy/* advice */.v9)('Let the deploy user read each of these without a question: git ls-remote has to answer. Or take them in with Composer or git subtree.'),
        ]));
        throw new results/* Stopped */.C('the submodules could not be fetched');
    }
    site.did(`Submodules were fetched: ${some(paths)}.`);
}

;// CONCATENATED MODULE: ./src/steps/make-stage.ts






/**
 * Makes the stage, whose application answers. All that needs the server alone is one round.
 * @param changed files that differ between the live commit and the new one
 * @returns what the application of the stage printed, unread
 * @throws CommandFailed, ComposerFailed
 */
async function makeStage(site, changed, signal) {
    const { config, server, journal, release, run } = site;
    const installs = wantsInstall(changed, config);
    journal.announce({ dependencies: installs });
    const changes = release.prepare(journal.now);
    const question = { application: (0,ask/* askApplication */.kj)(config.php, release.staged, run.nonce) };
    if (isOneRound(site, changed))
        return (await (0,round/* performAndAsk */.Uj)(server, changes, question, signal)).application;
    await (0,round/* perform */.y9)(server, changes, signal);
    const fetched = submodulesOf(site);
    if (fetched.length > 0)
        await bringSubmodules(site, fetched, signal);
    if (installs)
        await make_stage_install(site, signal);
    return (await (0,round/* query */.P)(server, question, signal)).application;
}
/** Whether nothing is fetched from elsewhere for it: no packages, no submodules. */
function isOneRound(site, changed) {
    return !wantsInstall(changed, site.config) && submodulesOf(site).length === 0;
}
function submodulesOf({ journal }) {
    return journal.now.submodules?.fetched ?? [];
}
async function make_stage_install(site, signal) {
    const { config, server, release } = site;
    const question = { installed: { ...release.installDependencies(config.php), survives: true } };
    const { installed } = await (0,round/* query */.P)(server, question, signal);
    if (!(0,server_command/* succeeded */.gq)(installed))
        throw new failures/* ComposerFailed */.w2(server.name, 'composer install', installed);
    // Its first line is the command that was chosen.
    site.did(`Dependencies were installed: ${installed.stdout.split('\n')[0] ?? ''}`);
}

;// CONCATENATED MODULE: ./src/steps/inspect/begin-stage.ts


/** Whether there is something to deploy, and nothing stands against it so far. */
function goesOn({ journal, config, findings }, { deploy }) {
    const { locked, previous } = journal.now;
    const isNew = deploy !== null && previous !== config.commit;
    return isNew && locked && !findings.some(src_finding/* isError */.bJ);
}
/**
 * Makes the stage while the databases, PHP-FPM and the sessions are asked: none of them waits for it. Not where something
 * has to be fetched for it. What is refused after all is rolled back.
 * @returns what its application printed; null where it was not made
 */
async function beginStage(site, facts, signal) {
    const changed = facts.deploy?.commit.changed ?? [];
    if (!goesOn(site, facts) || !isOneRound(site, changed))
        return null;
    site.journal.begin('stage');
    return makeStage(site, changed, signal);
}

;// CONCATENATED MODULE: ./src/steps/inspect/database-state.ts





/** Seconds two clocks may differ: they are read some milliseconds apart, and NTP lets them wander a little. */
const tolerance = 5;
/** Asks for the clock of the server. */
async function clockOf({ server, log }, signal) {
    const { date } = await (0,round/* queryGroups */.L6)(server, [{ date: (0,server_command/* command */.G5)('date', ['+%s']) }], signal);
    return { seconds: Number(date.stdout.trim()), at: log.seconds };
}
/**
 * Asks the application's databases what they are like; those that could not be opened have their finding already.
 * @param clock of the server, from a moment before
 */
async function databaseStates(site, live, clock, signal) {
    const findings = [];
    const opened = await Promise.all([
        ledgerDatabase(site, live, signal),
        sessionDatabase(site, live, signal),
    ]);
    for (const database of new Set(opened)) {
        const state = await database.state();
        findings.push(...judgeState(state, clock.seconds + site.log.seconds - clock.at));
    }
    return findings;
}
/** @param clock of the server that PHP runs on, in seconds since 1970 */
function judgeState(state, clock) {
    const findings = [];
    if (state.readOnly) {
        findings.push((0,src_finding/* errorFinding */.i9)('database-read-only', 'The database takes no writes (read_only is on): it is a replica, or somebody switched it so. Migrations and every session would fail.', (0,remedy/* inDatabase */.jG)('If this is the primary', 'SET GLOBAL read_only = OFF;'), (0,remedy/* onServer */.ze)('If it is a replica, let database.default.hostname in .env name the primary.')));
    }
    const apart = Math.round(Math.abs(state.clock - clock));
    if (apart > tolerance) {
        findings.push((0,src_finding/* warningFinding */.oL)('clock-skew', `The clocks of the server and of its database are ${apart} s apart. Dates that PHP writes and dates that the database writes do not fit together.`, (0,remedy/* asRoot */.tE)('On both machines', 'sudo timedatectl set-ntp true')));
    }
    return findings;
}

// EXTERNAL MODULE: ./src/app/ledger.ts
var ledger = __webpack_require__(70386);
// EXTERNAL MODULE: ./src/schema/remedy.ts
var schema_remedy = __webpack_require__(91335);
;// CONCATENATED MODULE: ./src/remedies/dotenv.ts

/**
 * A line for the shell that takes lines out of `.env` and adds some at its end. The file stays the same one: sed -i makes
 * another, and its group, by which PHP-FPM reads it, may be lost. The new text is written elsewhere first, so that a full
 * disk loses nothing.
 * @param drop an address of sed(1)
 */
function editEnv(env, drop, ...added) {
    // An end without a line feed gets one, or what is added would continue the last line.
    const edited = `sed -e ${(0,server_command/* quote */.hD)(`${drop}d`)} -e '$a\\' ${(0,server_command/* quote */.hD)(env)}`;
    const more = added.length === 0 ? '' : ` && printf '%s\\n' ${added.map(server_command/* quote */.hD).join(' ')}`;
    const copy = '~/env.new';
    return `(umask 077 && { ${edited}${more}; } > ${copy}) && cat ${copy} > ${(0,server_command/* quote */.hD)(env)} && rm ${copy}`;
}
/** Gives one setting of `.env` a value. */
function setEnv(env, name, value) {
    return editEnv(env, `/^ *${name.replaceAll('.', '\\.')} *=/`, `${name} = ${value}`);
}

;// CONCATENATED MODULE: ./src/schema/rights.ts
/**
 * Reads the lines of SHOW GRANTS, which MySQL and MariaDB write alike:
 * GRANT rights ON *.* or `schema`.* or `schema`.`table` TO account (MySQL Reference Manual, SHOW GRANTS Statement).
 */
function readGrants(lines, schema) {
    const onSchema = new Set();
    const onTable = new Map();
    for (const line of lines) {
        const grant = granted(line);
        const table = grant === null ? null : tableOf(grant.on, schema);
        if (grant === null || table === null)
            continue;
        const into = table === '*' ? onSchema : (onTable.get(table) ?? new Set());
        for (const right of named(grant.rights))
            into.add(right);
        if (table !== '*')
            onTable.set(table, into);
    }
    return { onSchema, onTable, uncertain: lines.some(isUncertain) };
}
function granted(line) {
    const pattern = /^GRANT (.+?) ON (?!PROCEDURE |FUNCTION |PACKAGE )(.+?) TO /;
    const [, rights, on] = pattern.exec(line) ?? [];
    return rights === undefined || on === undefined ? null : { rights, on };
}
/** A role, or REVOKE of a part of a global right. */
function isUncertain(line) {
    return granted(line) === null && !/^GRANT (EXECUTE|PROXY)\b/.test(line);
}
/** The table a grant is about, `*` for all of the schema, null for another schema. */
function tableOf(on, schema) {
    if (on === '*.*')
        return '*';
    const [, pattern = '', table = ''] = /^`?((?:[^`]|``)+?)`?\.(.+)$/.exec(on) ?? [];
    if (!rights_matches(pattern.replaceAll('``', '`'), schema))
        return null;
    return table === '*' ? '*' : table.replace(/^`|`$/g, '');
}
/** A schema in a grant is a pattern: `_` and `%` are wildcards unless a backslash stands before them. */
function rights_matches(pattern, schema) {
    const source = pattern.replaceAll(/\\([_%\\])|([_%])|[^\w]/g, (sign, escaped, wild) => {
        if (wild !== undefined)
            return wild === '%' ? '.*' : '.';
        return `\\${escaped ?? sign}`.replace(/^\\_$/, '_').replace(/^\\%$/, '%');
    });
    return new RegExp(`^${source}$`, 'i').test(schema);
}
/** A right on columns alone is none on the table. */
function named(rights) {
    return rights
        .replaceAll(/[A-Z ]+\([^)]*\)/g, '')
        .split(',')
        .map((right) => right.trim().toUpperCase())
        .filter((right) => right !== '');
}
/** Of these rights, those the account has not. With `table` a right on that table counts too. Empty where nothing certain can be said. */
function missingRights({ onSchema, onTable, uncertain }, needed, table) {
    if (uncertain || onSchema.has('ALL PRIVILEGES'))
        return [];
    const own = table === undefined ? undefined : onTable.get(table);
    if (own?.has('ALL PRIVILEGES') === true)
        return [];
    return needed.filter((right) => !onSchema.has(right) && own?.has(right) !== true);
}

;// CONCATENATED MODULE: ./src/steps/database/rights.ts



const handlerNeeds = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];
// What migrations mostly do; a commit says it exactly.
const migrationsNeed = ['CREATE', 'ALTER', 'DROP', 'INDEX'];
/** What the account of the application may do; null with a login of our own, whose grants say nothing about it. */
async function rightsIn(site, database) {
    return site.config['db-user'] === null ? database.state() : null;
}
/** What the application's account lacks for the migrations that did not run yet. */
function allowed(application, state, due) {
    if (state === null)
        return [];
    const { account, grants } = state;
    const schema = application.ledgerDatabase.database;
    return judgeRights(application, due, grants, account, schema);
}
/** What is known before there is a commit: what migrations and sessions mostly need of the application's account. */
async function usuallyAllowed(site, application, database) {
    const state = await rightsIn(site, database);
    if (state === null)
        return { ready: [], findings: [] };
    const { account, grants } = state;
    return judgeUsual(grants, account, application.ledgerDatabase.database);
}
/** The same as a line that says it is in order, or as a finding; nothing where the grants do not tell. */
function judgeUsual(grants, account, schema) {
    const rights = readGrants(grants, schema);
    if (rights.uncertain)
        return { ready: [], findings: [] };
    const missing = missingRights(rights, [...handlerNeeds, ...migrationsNeed]);
    if (missing.length === 0) {
        const ready = `${account} may do in ${schema} what migrations and sessions mostly need.`;
        return { ready: [ready], findings: [] };
    }
    const finding = (0,src_finding/* warningFinding */.oL)('database-rights-missing', `${account} may not do in ${schema} what migrations and sessions mostly need: ${missing.join(', ')}. A deploy says which of it a commit needs.`, (0,remedy/* inDatabase */.jG)('As an administrator', grantLine(missing, schema, account)));
    return { ready: [], findings: [finding] };
}
/** What the account must be allowed to do, each right by name with who needs it. */
function judgeRights(application, due, grants, account, schema) {
    const rights = readGrants(grants, schema);
    const { session, sessionDatabase: own, ledgerDatabase: ledger } = application;
    const table = session.inDatabase && own === ledger ? session.table : null;
    const handler = table === null ? [] : missingRights(rights, handlerNeeds, table);
    const up = missingRights(rights, [...new Set(due.flatMap(({ needs }) => needs.up))]);
    const down = missingRights(rights, [...new Set(due.flatMap(({ needs }) => needs.down))]);
    const findings = [];
    const grant = (names) => grantLine(names, schema, account);
    if (up.length + handler.length > 0) {
        const names = [...new Set([...up, ...handler])];
        findings.push((0,src_finding/* errorFinding */.i9)('database-rights-missing', `${account} may not do in ${schema} what this commit needs: ${who(up, due, 'up')}${up.length > 0 && handler.length > 0 ? '; ' : ''}${handler.length > 0 ? `${handler.join(', ')} (the session handler, on ${String(table)})` : ''}.`, (0,remedy/* inDatabase */.jG)('As an administrator', grant(names))));
    }
    if (down.some((right) => !up.includes(right))) {
        findings.push((0,src_finding/* warningFinding */.oL)('undo-rights-missing', `${account} may not do in ${schema} what rolling the migrations back needs: ${who(down, due, 'down')}. If this deploy fails, they stay.`, (0,remedy/* inDatabase */.jG)('As an administrator', grant(down))));
    }
    return findings;
}
function who(rights, due, way) {
    return rights
        .map((right) => {
        const names = due.filter(({ needs }) => needs[way].includes(right));
        return `${right} (${names.map((one) => one.class.split('\\').at(-1)).join(', ')})`;
    })
        .join(', ');
}
/** Accounts are `user@host`; the host may hold anything but an `@`. */
function grantLine(rights, schema, account) {
    const at = account.lastIndexOf('@');
    const name = (text) => `'${text.replaceAll("'", "''")}'`;
    const to = `${name(account.slice(0, at))}@${name(account.slice(at + 1))}`;
    return `GRANT ${rights.join(', ')} ON \`${schema}\`.* TO ${to};`;
}

;// CONCATENATED MODULE: ./src/steps/database/since.ts







/** The migrations that the live code has, where a rollback goes away from it; none elsewhere. */
function liveMigrations({ config, facts }) {
    return config.command === 'rollback' ? (facts.inspect?.live.migrations ?? []) : [];
}
/** What becomes of the migrations that ran since a rollback's commit was live. */
async function judgeSince(site, application, rows, due, signal) {
    const later = liveMigrations(site);
    const ran = (0,ledger/* ranSince */._A)(rows, application.migrations, later);
    if (ran.length === 0)
        return [];
    if (site.config['undo-migrations'] !== 'always')
        return [theyStay(ran)];
    const planned = await plannedBatches(site, application, rows, signal);
    const why = due.length > 0 ? 'the old code has migrations that did not run' : planned;
    return typeof why === 'string' ? [cannotGo(ran, why)] : lossOf(site, application, why, signal);
}
/** The batches that a rollback takes from the ledger, the newest first; or why they have to stay. */
async function plannedBatches(site, application, rows, signal) {
    const later = liveMigrations(site);
    const ran = (0,ledger/* ranSince */._A)(rows, application.migrations, later);
    const made = await madeBy(site, signal);
    return batchesSince(rows, ran, later, made, application.ledgerDatabase.prefix);
}
/** Tables that migrations made, by their batch, as far as the release log knows. */
async function madeBy({ server, release }, signal) {
    const { log } = await (0,round/* query */.P)(server, { log: release.list() }, signal);
    const known = readReleaseLog(log.stdout).releases.filter(isKnown);
    return new Map(known.map(({ batch, made }) => [batch, made]));
}
function isKnown(one) {
    return one.outcome === 'deployed' && one.batch !== undefined && one.made !== undefined;
}
/**
 * The batches to roll back, the newest first. Only whole ones, and none that would drop what it did not make.
 * @param ran the rows that are to go
 * @param made tables that each batch made
 * @returns why they have to stay, as the end of "cannot be rolled back: ..."
 */
function batchesSince(rows, ran, later, made, prefix) {
    const oldest = Math.min(...ran.map(({ batch }) => batch));
    const others = rows.filter((row) => row.batch >= oldest && !ran.includes(row));
    if (others.length > 0) {
        const names = others.map((row) => row.class).join(', ');
        return `their batches, or later ones, hold migrations that are not only of the live code (${names})`;
    }
    const numbers = [...new Set(ran.map(({ batch }) => batch))].toSorted((a, b) => b - a);
    const all = numbers.map((batch) => {
        const own = ran.filter((row) => row.batch === batch);
        return batchOf(batch, own, later, made.get(batch) ?? null, prefix);
    });
    return all.find((one) => typeof one === 'string') ?? all.filter((one) => typeof one === 'object');
}
function batchOf(batch, rows, later, made, prefix) {
    const own = later.filter((migration) => (0,ledger/* ranSince */._A)(rows, [], [migration]).length > 0);
    const drops = [];
    for (const { class: name, down } of own) {
        if (down.empty)
            return `down() of ${name} (batch ${batch}) does nothing`;
        if (down.dropsUnknown)
            return `down() of ${name} (batch ${batch}) drops tables that only running it would name`;
        for (const table of down.drops) {
            const whole = [table, prefix + table].find((one) => made?.includes(one));
            if (whole === undefined) {
                const known = made === null ? 'nobody wrote down whether it made that' : 'it did not make';
                return `down() of ${name} (batch ${batch}) would drop ${table}, and ${known}`;
            }
            drops.push(whole);
        }
    }
    return { batch, classes: own.map(({ class: name }) => name), drops };
}
function namesOf(ran) {
    return ran.map((row) => `${row.class} (batch ${row.batch})`).join(', ');
}
function theyStay(ran) {
    return (0,src_finding/* noticeFinding */.yv)('migrations-stay', `These migrations ran since this commit was live, and stay: ${namesOf(ran)}. The old code has no file for them, and is verified with the tables as they are.`, (0,remedy/* inInputs */.ht)('Roll them back once the old code is live', 'undo-migrations: always'));
}
function cannotGo(ran, why) {
    return (0,src_finding/* errorFinding */.i9)('migrations-cannot-go', `The migrations since this commit was live (${namesOf(ran)}) cannot be rolled back: ${why}.`, (0,remedy/* inInputs */.ht)('Go back and leave them', 'undo-migrations: auto'));
}
async function lossOf(site, application, batches, signal) {
    const database = await ledgerDatabase(site, application, signal);
    const findings = [];
    for (const { batch, classes, drops } of batches) {
        const lost = [];
        for (const table of drops) {
            const rows = await database.rowCount(table);
            lost.push(rows === null ? table : `${table} (${(0,count/* counted */.h)(rows, 'row')})`);
        }
        if (lost.length === 0)
            continue;
        findings.push((0,src_finding/* warningFinding */.oL)('migrations-drop-tables', `Batch ${batch} (${classes.join(', ')}) is rolled back once the old code is live, and drops ${lost.join(', ')}.`));
    }
    return findings;
}

;// CONCATENATED MODULE: ./src/steps/database/due.ts








/** What will run, and whether it can: asked before anything is touched. */
async function foresee(site, application, signal) {
    const database = await ledgerDatabase(site, application, signal);
    const { table, lockTable } = application.ledger;
    const [rows, running, rights] = await Promise.all([
        database.ledger(table),
        lockTable === null ? null : database.rowCount(lockTable),
        rightsIn(site, database),
    ]);
    const due = (0,ledger/* pending */.Ub)(application.migrations, rows, scopeOf(site, application));
    const at = { env: `${site.release.live}/.env`, user: site.config.target.user };
    const since = liveMigrations(site);
    return [
        ...judgeLedger(application, rows, due, { ...at, since }),
        ...(await judgeSince(site, application, rows, due, signal)),
        ...due_locked(application, running ?? 0),
        ...allowed(application, rights, due),
    ];
}
/** Which migrations a run of this deploy looks at. */
function scopeOf({ config }, { namespace }) {
    return { namespaces: config.namespaces, namespace };
}
/** The ledger of the database against the files of the commit, in both directions. */
function judgeLedger(application, rows, due, at) {
    return [
        ...switchedOff(application, due, at),
        ...recordedDifferently(application.ledger.table, rows, due),
        ...late(rows, due),
        ...orphans(rows, [...application.migrations, ...(at.since ?? [])]),
    ];
}
function* switchedOff({ ledger, ledgerDatabase: { debug } }, due, { env, user }) {
    if (due.length === 0)
        return;
    if (!ledger.enabled) {
        yield (0,src_finding/* errorFinding */.i9)('migrations-disabled', `Migrations are switched off (migrations.enabled in .env, or app/Config/Migrations.php), but this commit has ${due.length} that did not run: php spark migrate would do nothing.`, (0,remedy/* asUser */.ex)(user, 'Switch them on in .env, which wins over the file', setEnv(env, 'migrations.enabled', 'true')), (0,remedy/* inRepository */.yJ)('Switch them on for every server, in app/Config/Migrations.php'));
    }
    if (!debug) {
        yield (0,src_finding/* warningFinding */.oL)('db-debug-off', 'DBDebug of the database group is false: a query that fails in a migration raises nothing, and the ledger calls the migration done. Only the session table is proved after that.', (0,remedy/* inRepository */.yJ)('In app/Config/Database.php', "'DBDebug' => true,"), (0,remedy/* asUser */.ex)(user, 'In .env, for the group default', setEnv(env, 'database.default.DBDebug', 'true')));
    }
}
/** The runner knows a migration by its version and class: recorded under others, it is not known. */
function* recordedDifferently(ledger, rows, due) {
    for (const migration of due) {
        const other = rows.find((row) => digits(row.version) === migration.version);
        if (other === undefined)
            continue;
        yield {
            ...(0,src_finding/* warningFinding */.oL)('migration-recorded-differently', `The ledger has version ${other.version} as ${other.class} (namespace ${other.namespace}). This commit has it as ${migration.class} (namespace ${migration.namespace}): to CodeIgniter that is another migration, and it runs again.`, (0,remedy/* inDatabase */.jG)('If it is the same one', `UPDATE ${(0,schema_remedy/* quoted */.TL)(ledger)} SET class = '${migration.class.replaceAll('\\', '\\\\')}', namespace = '${migration.namespace.replaceAll('\\', '\\\\')}' WHERE version = '${other.version}';`)),
            at: { file: migration.path, line: migration.line },
        };
    }
}
function* late(rows, due) {
    for (const migration of (0,ledger/* olderThanNewest */.OC)(due, rows)) {
        yield {
            ...(0,src_finding/* warningFinding */.oL)('migration-older-than-newest', `${migration.class} is dated before migrations that ran already. It runs now, after them: in another order than on a new database.`, (0,remedy/* inRepository */.yJ)('Give its file a newer date, unless the order makes no difference.')),
            at: { file: migration.path, line: migration.line },
        };
    }
}
function* orphans(rows, migrations) {
    const lost = (0,ledger/* withoutFile */.BQ)(rows, migrations).filter((row) => !recorded(row, migrations));
    if (lost.length === 0)
        return;
    const names = lost.slice(0, 10).map((row) => `${row.version} ${row.class}`);
    const more = lost.length > 10 ? ` and ${lost.length - 10} more` : '';
    yield {
        name: 'ledger-rows-without-file',
        severity: 'notice',
        message: `The ledger has migrations that this commit has no file for: ${names.join(', ')}${more}. php spark migrate does not mind; php spark migrate:rollback stops at them (gap in the migration sequence).`,
    };
}
/** The same version under another class is said already. */
function recorded(row, migrations) {
    return migrations.some((one) => one.version === digits(row.version));
}
function digits(version) {
    return (0,ledger/* key */.Eb)(version, '');
}
/** A runner that was killed leaves its row; the next one then says "skipping", and ends green. */
function due_locked({ ledger: { lockTable } }, rows) {
    if (lockTable === null || rows === 0)
        return [];
    return [
        (0,src_finding/* errorFinding */.i9)('migration-lock-held', `${lockTable} says that migrations are running in another process. If none is, a runner was killed and left its row: php spark migrate would skip everything, and end green.`, (0,remedy/* inDatabase */.jG)('When no migration is running', `DELETE FROM ${(0,schema_remedy/* quoted */.TL)(lockTable)};`)),
    ];
}

;// CONCATENATED MODULE: ./src/net/certificate.ts


/** The site shows a certificate that nobody should trust. `message` ends the sentence "<address> ...". */
class CertificateFault extends Error {
    name = 'CertificateFault';
    remedies;
    constructor(message, ...given) {
        super(message);
        this.remedies = (0,src_finding/* remedies */.JW)(...given);
    }
}
/** Codes of OpenSSL's X509_verify_cert_error_string(3) as Node.js names them (nodejs.org/api/tls.html, X509 certificate error codes). */
const faults = {
    CERT_HAS_EXPIRED: expired,
    CERT_NOT_YET_VALID: ({ certificate }) => new CertificateFault(`shows a certificate that is not valid before ${day(certificate.valid_from)}`, (0,remedy/* toSee */.F1)('Compare this clock with the true time', 'date --utc')),
    DEPTH_ZERO_SELF_SIGNED_CERT: ({ host }) => new CertificateFault('shows a certificate that is signed by itself, so nobody vouches for it', [
        (0,remedy/* toSee */.F1)('Print the certificate', `${shake(host)} | openssl x509`),
        (0,remedy/* inInputs */.ht)('Set health-ca to what it printed.'),
    ]),
    SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
    UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
    ERR_TLS_CERT_ALTNAME_INVALID: ({ host, certificate }) => new CertificateFault(`shows a certificate for ${names(certificate)}, not for ${host}`, (0,remedy/* inInputs */.ht)('Set health-url to a name that the certificate is for; health-address says where to connect for it.'), (0,remedy/* asRoot */.tE)(`Have a certificate made for ${host}.`)),
};
/** What is wrong with a certificate. `code` is what the verification said, `certificate` what the host showed. */
function certificateFault(host, code, certificate) {
    return (faults[code]?.({ host, certificate }) ??
        new CertificateFault(`shows a certificate that cannot be verified (${code})`, (0,remedy/* toSee */.F1)('Look at the certificate', shake(host))));
}
/** What the web server of the machine shows for a name. */
function shake(host) {
    return `openssl s_client -connect 127.0.0.1:443 -servername ${host} </dev/null`;
}
function expired({ certificate }) {
    const own = Date.parse(certificate.valid_to) < Date.now();
    return own
        ? new CertificateFault(`shows a certificate that expired on ${day(certificate.valid_to)}`, (0,remedy/* asRoot */.tE)('Renew it. Where certbot made it', 'sudo certbot renew', 'sudo systemctl reload nginx'))
        : new CertificateFault(`shows a certificate whose authority ${issuer(certificate)} has expired`, (0,remedy/* asRoot */.tE)('Renew the chain in ssl_certificate of nginx.'), (0,remedy/* inInputs */.ht)('If the authority is your own, renew it and set health-ca to its certificate.'));
}
function unknownAuthority({ certificate }) {
    return new CertificateFault(`shows a certificate that is signed by ${issuer(certificate)}, whom neither the public authorities nor input health-ca vouch for`, (0,remedy/* inInputs */.ht)('If the authority is your own, set health-ca to its certificate.'), (0,remedy/* asRoot */.tE)('If it is a public one, ssl_certificate of nginx must name the whole chain (fullchain.pem).'));
}
function issuer({ issuer: by }) {
    return `"${plain([by.CN, by.O].flat().find((name) => name !== undefined) ?? 'somebody')}"`;
}
function names({ subjectaltname = '' }) {
    const all = subjectaltname.split(', ').map((name) => name.replace(/^(DNS|IP Address):/, ''));
    const some = all.slice(0, 5).map(plain).join(', ');
    if (some === '')
        return 'no name at all';
    return all.length > 5 ? `${some} and ${all.length - 5} more` : some;
}
/** Names come from the other side: enough of them to recognise, on one line. */
function plain(name) {
    return name.replace(/\s+/g, ' ').slice(0, 100);
}
function day(date) {
    const time = Date.parse(date);
    return Number.isNaN(time) ? date : new Date(time).toISOString().slice(0, 10);
}

// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(78474);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(37067);
// EXTERNAL MODULE: external "node:tls"
var external_node_tls_ = __webpack_require__(41692);
;// CONCATENATED MODULE: ./src/net/request.ts




/** No connection within the time; what was asked was never sent. */
class NoConnection extends Error {
    name = 'NoConnection';
}
const request_largest = 1024 * 1024;
/**
 * Asks one question over a connection that starts at the server.
 * @param connections of the visitor; the site may have kept one open
 * @throws ForwardRefused, NoConnection, CertificateFault, the connection's error, or the signal's reason
 */
async function get(open, question, connections, signal) {
    const host = { host: hostOf(question.url), port: question.to.port };
    const again = connections.idle(host);
    if (!again)
        connections.bring(await connected(open, question, signal));
    try {
        return await answer(question, connections, signal);
    }
    catch (error) {
        signal.throwIfAborted();
        // The site may close a connection at the moment at which it is used again.
        if (!again)
            throw error;
        connections.destroy();
        return get(open, question, connections, signal);
    }
}
async function connected(open, { url, to, authorities }, signal) {
    const stream = await opened(open, to, signal);
    if (url.protocol !== 'https:')
        return stream;
    try {
        return await encrypted(stream, hostOf(url), authorities, signal);
    }
    catch (error) {
        stream.destroy();
        throw error;
    }
}
/** The host of an address without the brackets of IPv6. */
function hostOf(url) {
    return url.hostname.replace(/^\[|\]$/g, '');
}
/** sshd waits for a silent host much longer than we do, and cannot be asked to stop. */
async function opened(open, to, signal) {
    signal.throwIfAborted();
    const opening = open(to, signal);
    const late = new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
            const reason = signal.reason;
            const timedOut = reason.name === 'TimeoutError';
            reject(timedOut ? new NoConnection('there was no connection in time') : reason);
            opening.then((stream) => stream.destroy(), () => undefined);
        });
    });
    return Promise.race([opening, late]);
}
async function encrypted(stream, host, authorities, signal) {
    const isAddress = /^[\d.]+$|:/.test(host);
    const socket = (0,external_node_tls_.connect)({
        socket: stream,
        host,
        // An address is no name to ask for (RFC 6066, 3), but it is checked against the certificate all the same.
        ...(isAddress ? {} : { servername: host }),
        ...(authorities === null ? {} : { ca: [...external_node_tls_.rootCertificates, authorities] }),
        // Refused three lines below: only so the certificate can still be looked at, to say what is wrong with it.
        rejectUnauthorized: false,
    });
    await (0,external_node_events_.once)(socket, 'secureConnect', { signal });
    if (socket.authorized)
        return socket;
    const fault = certificateFault(host, String(socket.authorizationError), socket.getPeerCertificate());
    socket.destroy();
    throw fault;
}
async function answer({ url, to, headers }, agent, signal) {
    const message = await new Promise((resolve, reject) => {
        const asked = (0,external_node_http_.request)({
            host: hostOf(url),
            port: to.port,
            path: `${url.pathname}${url.search}`,
            headers: { Host: url.host, ...headers },
            signal,
            agent,
        });
        asked.once('response', resolve);
        asked.once('error', reject);
        asked.end();
    });
    const body = await bodyOf(message);
    return { status: message.statusCode ?? 0, headers: message.headers, body };
}
async function bodyOf(message) {
    const parts = [];
    let size = 0;
    for await (const part of message) {
        parts.push(part);
        size += part.length;
        if (size > request_largest)
            break;
    }
    return decoded(Buffer.concat(parts).subarray(0, request_largest), message.headers['content-type'] ?? '');
}
function decoded(body, type) {
    const [, charset = 'utf-8'] = /charset="?([\w-]+)/i.exec(type) ?? [];
    try {
        return new TextDecoder(charset).decode(body);
    }
    catch {
        return body.toString('utf8');
    }
}

;// CONCATENATED MODULE: ./src/remedies/logs.ts


/** Shows the newest errors of the application. `writable` is where it keeps its logs. */
function newestErrors(writable) {
    const logs = (0,server_command/* quote */.hD)(`${writable}/logs`);
    return (0,remedy/* toSee */.F1)('Read the newest errors of the application', `grep -hE '^(EMERGENCY|ALERT|CRITICAL|ERROR) ' ${logs}/*.log | tail -n 20`);
}
/** Shows what the web server said last: of a first release that was rolled back no log of its own is left. */
const newestOfWebServer = (0,remedy/* toSeeAsRoot */.b2)('See what the web server said', 'sudo sh -c "tail -n 20 /var/log/nginx/error.log /var/log/apache2/error.log 2>/dev/null || true"');

;// CONCATENATED MODULE: ./src/net/connections.ts

const connections_nothing = () => undefined;
/** What an agent does to a socket that it keeps (http.Agent, keepSocketAlive), and what a channel of SSH does not have. */
const ofSockets = { ref: connections_nothing, unref: connections_nothing, setKeepAlive: connections_nothing, setTimeout: connections_nothing };
/** The connections of one visitor: like a browser he uses one again that the site keeps open. */
class Connections extends external_node_http_.Agent {
    #opened;
    constructor() {
        super({ keepAlive: true });
    }
    /** Whether one to that host is open and nobody uses it. */
    idle(to) {
        const name = this.getName({ host: to.host, port: to.port });
        return (this.freeSockets[name] ?? []).length > 0;
    }
    /** The next request that finds none to use again gets this one. */
    bring(connection) {
        this.#opened = 'ref' in connection ? connection : Object.assign(connection, ofSockets);
    }
    /** Ends those that are kept; the next request opens another one. */
    destroy() {
        const kept = Object.values(this.freeSockets).flatMap((sockets) => sockets ?? []);
        super.destroy();
        // A channel of SSH is closed once the other side says so, which a connection that is lost never does.
        for (const one of kept)
            one.emit('close');
    }
    createConnection() {
        const opened = this.#opened;
        this.#opened = undefined;
        if (opened === undefined)
            throw new Error('the site closed the connection');
        return opened;
    }
    [Symbol.dispose]() {
        this.#opened?.destroy();
        this.destroy();
    }
}

;// CONCATENATED MODULE: ./src/net/visit.ts

// Browsers follow twenty; a front page that needs more than this is no front page.
const mostRedirects = 5;
/**
 * Asks for a page the way a visitor would, over connections that start at the server. Follows redirects as long as
 * the host stays the same but for a `www.`.
 * @throws ForwardRefused, NoConnection, CertificateFault, the connection's error, or the signal's reason
 */
async function visit(transport, url, cookies, signal) {
    const kept = new Map(cookies);
    const asked = [];
    const seen = new Set();
    for (let at = url;;) {
        asked.push(at);
        seen.add(state(at, kept));
        const loggedIn = transport.login !== null && mayLogIn(url, at);
        const answer = await get(transport.open, visit_question(transport, url, at, kept), transport.connections, signal);
        for (const [name, value] of cookiesOf(answer))
            kept.set(name, value);
        const next = redirect(answer, at);
        const ending = next === null ? 'here' : endingAt(next, asked, seen.has(state(next, kept)));
        if (next === null || ending !== null) {
            const addresses = [...asked, ...(next === null ? [] : [next])].map(shown);
            return { ...reported(answer), cookies: kept, ending: ending ?? 'here', addresses, loggedIn };
        }
        at = next;
    }
}
/** The same address with other cookies may well answer differently, so it is no loop yet. */
function state(at, cookies) {
    return `${at.href} ${cookieHeader(cookies)}`;
}
function cookieHeader(cookies) {
    return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
}
function visit_question(transport, url, at, cookies) {
    const cookie = cookieHeader(cookies);
    const login = mayLogIn(url, at) ? transport.login : null;
    return {
        url: at,
        to: addressFor(transport.address, url, at),
        authorities: transport.authorities,
        headers: {
            'User-Agent': 'ci4-deploy',
            ...(cookie === '' ? {} : { Cookie: cookie }),
            ...(login === null
                ? {}
                : { Authorization: `Basic ${Buffer.from(login.reveal()).toString('base64')}` }),
        },
    };
}
/** The port of the health address stands for that of the first address; a redirect to another port means that one. */
function addressFor(address, url, at) {
    const own = portOf(at);
    if (address === null)
        return { host: hostOf(at), port: own };
    const port = own === portOf(url) ? (address.port ?? own) : own;
    return { host: address.host, port };
}
function portOf(url) {
    return Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
}
/** The password goes to the host it was given for, on the same port or its encrypted twin, and never from https to http. */
function mayLogIn(url, at) {
    const encrypts = url.protocol === 'http:' && at.protocol === 'https:';
    return at.origin === url.origin || (encrypts && at.hostname === url.hostname);
}
function redirect({ status, headers }, at) {
    if (status < 300 || status > 399 || headers.location === undefined)
        return null;
    if (!URL.canParse(headers.location, at.href))
        return null;
    const next = new URL(headers.location, at);
    next.hash = '';
    return ['http:', 'https:'].includes(next.protocol) ? next : null;
}
function endingAt(next, asked, seenBefore) {
    const [first] = asked;
    if (first === undefined || bare(next) !== bare(first))
        return 'elsewhere';
    if (seenBefore)
        return 'loop';
    if (asked.length <= mostRedirects)
        return null;
    // A session that is new each time makes every round of a loop look different.
    return asked.some(({ href }) => href === next.href) ? 'loop' : 'too many';
}
function bare({ hostname }) {
    return hostname.replace(/^www\./, '');
}
/** An address for people: queries may hold what is nobody's business, as the token of a login. */
function shown({ origin, pathname, search }) {
    return `${origin}${pathname}${search === '' ? '' : '?...'}`;
}
function reported({ status, body, headers, }) {
    const { 'retry-after': retryAfter = null, 'www-authenticate': challenge = null } = headers;
    return { status, body, retryAfter, challenge };
}
function cookiesOf({ headers }) {
    const found = new Map();
    for (const line of headers['set-cookie'] ?? []) {
        const [, name, value] = /^\s*([^=;\s]+)=([^;]*)/.exec(line) ?? [];
        if (name !== undefined)
            found.set(name, value ?? '');
    }
    return found;
}

;// CONCATENATED MODULE: ./src/net/page.ts
const entities = {
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: ' ',
};
/** The title of a page on one line, at most 80 characters; null when it has none. */
function titleOf(body) {
    const [, raw = ''] = /<title[^>]*>([^<]*)<\/title/i.exec(body) ?? [];
    const title = page_plain(raw).slice(0, 80);
    return title === '' ? null : title;
}
function page_plain(html) {
    return html
        .replace(/&#(\d{1,6});/g, (_all, code) => String.fromCodePoint(Number(code)))
        .replace(/&(\w+);/g, (all, name) => entities[name] ?? all)
        .replace(/\s+/g, ' ')
        .trim();
}
// What maintenance pages call themselves in the languages of their visitors.
const words = /\b(maintenance|wartung\w*|mantenimiento|manutenzione|manutenção|onderhoud)\b|\bbe (right )?back( soon)?\b/i;
// A garage may have a page on maintenance: a healthy answer must say nothing else in its title.
const wholeTitle = /^\W*((the|our|this) )?((web)?site )?(is )?((currently|temporarily) )?((down for|under|in|closed for) )?((scheduled|planned) )?(maintenance( mode| page)?|wartung(sarbeiten|smodus)?)\W*$|^\W*we.{1,3}(ll| will) be (right )?back( soon)?\W*$/i;
/** What makes an answer look like a maintenance page, as the end of "it looks like one: ..."; null when nothing does. */
function maintenance({ status, body, retryAfter }) {
    const title = titleOf(body);
    const titled = title === null ? 'its text says so' : `its title is "${title}"`;
    if (status === 503 && retryAfter !== null) {
        return `it sends Retry-After: ${retryAfter.slice(0, 40)}`;
    }
    if (status === 503 && words.test(body))
        return titled;
    return title !== null && wholeTitle.test(title) ? titled : null;
}

;// CONCATENATED MODULE: ./src/steps/health/health-failure.ts



/** What is wrong with an answer; null when it is healthy. */
function healthFailure(config, url, visit) {
    return (endless(visit) ??
        unauthorised(config, url, visit) ??
        wrongStatus(config, visit) ??
        withoutText(config, visit));
}
function endless({ ending, addresses }) {
    if (ending !== 'loop' && ending !== 'too many')
        return null;
    const chain = addresses.join(' -> ');
    return {
        name: 'health-redirects',
        says: ending === 'loop'
            ? `answered with redirects that go round in a loop: ${chain}`
            : `answered with more than ${addresses.length - 2} redirects: ${chain}`,
        remedies: (0,src_finding/* remedies */.JW)((0,remedy/* onServer */.ze)('Compare app.baseURL in .env with the redirects of nginx.'), (0,remedy/* inRepository */.yJ)('Behind a proxy that ends TLS, CodeIgniter takes every request for http unless $proxyIPs in app/Config/App.php names the proxy.')),
    };
}
function unauthorised(config, url, visit) {
    if (visit.status !== 401 || (accepts(config, 401) && config['health-auth'] === null))
        return null;
    return { name: 'health-unauthorised', ...loginWanted(config, url, visit) };
}
/** Why a 401 came, and the input that ends it. */
function loginWanted(config, url, { challenge, addresses, loggedIn }) {
    if (challenge !== null && !/\bBasic\b/i.test(challenge)) {
        return {
            says: 'answered with status 401 and wants a login that is not HTTP basic authentication',
            remedies: (0,src_finding/* remedies */.JW)((0,remedy/* inInputs */.ht)('Set health-url to a page that everybody may see.')),
        };
    }
    if (config['health-auth'] === null) {
        return {
            says: 'answered with status 401: it wants a user and a password, and health-auth is not set',
            remedies: (0,src_finding/* remedies */.JW)([
                (0,remedy/* onGitHub */.xr)('Make a secret HEALTH_AUTH that holds user:password.'),
                (0,remedy/* inInputs */.ht)('', 'health-auth: ${{ secrets.HEALTH_AUTH }}'),
            ]),
        };
    }
    const last = addresses.at(-1) ?? url.href;
    if (loggedIn) {
        return {
            says: 'answered with status 401: it does not accept the user and password of health-auth',
            remedies: (0,src_finding/* remedies */.JW)((0,remedy/* onGitHub */.xr)('Set the secret of health-auth to a user and password that the password file of nginx knows.')),
        };
    }
    return {
        says: `answered with status 401 at ${last}, where health-auth is not sent: it is for ${url.origin} alone`,
        remedies: (0,src_finding/* remedies */.JW)((0,remedy/* inInputs */.ht)('', `health-url: ${last}`)),
    };
}
function wrongStatus(config, visit) {
    const { status } = visit;
    if (accepts(config, status))
        return null;
    const sign = maintenance(visit);
    return sign === null
        ? { name: 'site-unhealthy', says: `answered with status ${status}` }
        : { name: 'site-in-maintenance', says: inMaintenance(status, sign), remedies: endMaintenance };
}
function inMaintenance(status, sign) {
    return `answered with status ${status}, which looks like a maintenance page: ${sign}`;
}
const endMaintenance = (0,src_finding/* remedies */.JW)((0,remedy/* onServer */.ze)('End the maintenance.'), (0,remedy/* inInputs */.ht)('Set health-url to a page that answers during it.'));
function withoutText(config, { body }) {
    const wanted = config['health-text'];
    if (wanted === '' || body.includes(wanted))
        return null;
    const title = titleOf(body);
    return {
        name: 'health-text-missing',
        says: `answered without the text "${wanted}"; ${title === null ? 'its page has no title' : `its title is "${title}"`}`,
        remedies: (0,src_finding/* remedies */.JW)((0,remedy/* inInputs */.ht)("Set health-text to text of the page's source, where signs like & and é may be written otherwise.")),
    };
}
function accepts(config, status) {
    return config['health-status'].some(({ from, to }) => status >= from && status <= to);
}
/** Healthy, yet the page of the new code was not seen: why, for each reason there is. */
function doubts(config, url, visit) {
    const { status, ending, addresses } = visit;
    const sign = maintenance(visit);
    return [
        ...(ending === 'elsewhere'
            ? [
                {
                    unverified: `The page behind ${url.href}: it sends its visitors to another host, ${addresses.at(-1) ?? ''}, and that was not asked.`,
                },
            ]
            : []),
        ...(status === 401
            ? [health_failure_hidden(url, 'health-unauthorised', loginWanted(config, url, visit))]
            : []),
        ...(sign === null
            ? []
            : [
                health_failure_hidden(url, 'site-in-maintenance', {
                    says: inMaintenance(status, sign),
                    remedies: endMaintenance,
                }),
            ]),
    ];
}
function health_failure_hidden(url, name, { says, remedies: given }) {
    return {
        unverified: `The page behind ${url.href}: it ${says}.`,
        finding: {
            name,
            severity: 'warning',
            message: `${url.href} ${says}. Input health-status accepts that, but the application's page was not seen.`,
            remedies: given,
        },
    };
}

;// CONCATENATED MODULE: ./src/steps/health/health.ts
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





/** The address to ask: the input, else the application's own; null when it is switched off. */
function healthUrl(config, application) {
    const asked = config['health-url'];
    if (asked === 'none')
        return null;
    if (asked !== null)
        return asked;
    if (!URL.canParse(application.baseUrl))
        return null;
    const own = new URL(application.baseUrl);
    // A login in there is nobody's to see; what is sent is input health-auth alone.
    own.username = own.password = '';
    return own;
}
/**
 * One visit from the server itself by somebody new, as long as `health-timeout` allows.
 * @throws what `visit` throws
 */
async function httpGet(site, url, signal) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const connections = __addDisposableResource(env_1, new Connections(), false);
        return await visitOf(site, url, { connections, cookies: new Map() }, signal);
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        __disposeResources(env_1);
    }
}
async function visitOf({ config, server }, url, { connections, cookies }, signal) {
    const limit = AbortSignal.timeout(config['health-timeout'] * 1000);
    const transport = {
        open: server.open.bind(server),
        connections,
        address: config['health-address'],
        authorities: config['health-ca'],
        login: config['health-auth'],
    };
    return visit(transport, url, cookies, AbortSignal.any([signal, limit]));
}
/**
 * Visits until the answer is healthy, `health-retries` times again with a second between. Each visit has the whole
 * time: the first after a reload compiles everything again and may be slow.
 * @returns the healthy visit, or why there was none
 */
async function untilHealthy(site, url, connections, signal) {
    for (let left = site.config['health-retries'];; left -= 1) {
        const answer = await askOnce(site, url, { connections, cookies: new Map() }, signal);
        if (!('says' in answer) || left === 0)
            return answer;
        site.log.say(`${url.href} ${answer.says}; asking again`);
        // The next one is somebody new.
        connections.destroy();
        await site.run.pause(1000, signal);
    }
}
/**
 * One visit and what it says about the site.
 * @throws ConnectionLost, or the signal's reason
 */
async function askOnce(site, url, visitor, signal) {
    const began = site.log.seconds;
    try {
        const answer = await visitOf(site, url, visitor, signal);
        const seconds = site.log.seconds - began;
        if (seconds >= slow) {
            site.log.say(`${url.href} took ${seconds.toFixed(1)} s to answer.`);
        }
        return healthFailure(site.config, url, answer) ?? answer;
    }
    catch (error) {
        signal.throwIfAborted();
        return noResponse(site.config, error);
    }
}
const slow = 3;
/**
 * What a visit that threw says about the site.
 * @throws ConnectionLost again: that is our own connection, not the site
 */
function noResponse(config, error) {
    if (error instanceof failures/* ConnectionLost */.pz)
        throw error;
    if (error instanceof CertificateFault) {
        return { name: 'health-certificate', says: error.message, remedies: error.remedies };
    }
    const { name, message } = error;
    if (name === 'TimeoutError') {
        return { name: 'site-unhealthy', says: `did not answer within ${config['health-timeout']} s` };
    }
    return { name: 'site-unhealthy', says: `did not answer: ${message ?? String(error)}` };
}

;// CONCATENATED MODULE: ./src/steps/health/before.ts









/**
 * Asks before anything is done: an address that cannot be asked is refused now, a site that is unhealthy already is said
 * to be. Findings go to the site.
 * @returns how it answered; null where there is no address to ask, or it cannot be asked
 */
async function healthBefore(site, live, purpose, signal) {
    const url = healthUrl(site.config, live);
    if (url === null) {
        site.notVerified('Whether the site answers: there is no health-url.');
        return null;
    }
    maskLogin(site);
    try {
        const answer = await httpGet(site, url, signal);
        const failure = healthFailure(site.config, url, answer);
        site.answers(answer.status);
        if (failure !== null)
            site.find(...before(live, purpose, url, failure, answer.challenge !== null));
        else if (purpose === 'first' && answer.status < 400)
            site.find(answeredByOthers(site, url, answer.status));
        return { status: answer.status, failure: failure?.says ?? null };
    }
    catch (error) {
        signal.throwIfAborted();
        if (error instanceof failures/* ForwardRefused */.mx || error instanceof NoConnection) {
            site.find(before_unreachable(url, site, error));
            return null;
        }
        const failure = noResponse(site.config, error);
        site.find(...before(live, purpose, url, failure, error instanceof CertificateFault));
        return { status: null, failure: failure.says };
    }
}
/** The runner knows the input as a whole; what is sent, and the password alone, are as secret. */
function maskLogin({ config, mask }) {
    const login = config['health-auth']?.reveal();
    if (login === undefined)
        return;
    mask(login.slice(login.indexOf(':') + 1));
    mask(Buffer.from(login).toString('base64'));
}
/** No deploy changes a certificate or what the web server lets in, so that is refused before anything is touched. The rest new code may repair. */
function before(live, purpose, url, failure, ours) {
    const { name, says, remedies: given } = failure;
    if (ours && ['health-certificate', 'health-unauthorised'].includes(name)) {
        return [
            {
                name,
                severity: 'error',
                message: `${url.href} ${says}.`,
                ...(given === undefined ? {} : { remedies: given }),
            },
        ];
    }
    // Nothing is deployed: the step that confirms says it, once.
    if (purpose === 'verify' || purpose === 'first')
        return [];
    return [
        {
            name: 'site-unhealthy-before-deploy',
            severity: 'warning',
            message: `Before this deploy changed anything ${url.href} ${says}.`,
            remedies: given ??
                (0,src_finding/* remedies */.JW)(newestErrors(live.writable), (0,remedy/* inInputs */.ht)('If this answer is right, set health-status to it.')),
        },
    ];
}
/** Nothing is live yet: what answers is another site, and would answer the same after the deploy. */
function answeredByOthers({ config: { path } }, url, status) {
    return (0,src_finding/* errorFinding */.i9)('first-not-served', `Nothing is live yet, and ${url.href} answers ${status} all the same: the web server serves something else there.`, [
        (0,remedy/* toSeeAsRoot */.b2)('See which roots the web server has', 'sudo grep -rnE "^\\s*(server_name|root|ServerName|DocumentRoot)\\b" /etc/nginx/sites-enabled /etc/apache2/sites-enabled'),
        (0,remedy/* advice */.v9)(`Set the root of that site to ${path}/public, and reload the web server.`),
    ]);
}
// What getaddrinfo says of a name (gai_strerror of glibc and musl), which sshd hands on.
const unknownName = /name or service not known|name resolution|no address associated|does not resolve|non-recoverable failure/i;
function before_unreachable(url, site, error) {
    const [why, ...given] = reason(url, site, error);
    return {
        name: 'health-url-unreachable',
        severity: 'error',
        message: `${url.href} cannot be asked from ${site.server.name}: ${why}`,
        remedies: (0,src_finding/* remedies */.JW)(...given),
    };
}
const elsewhere = [
    (0,remedy/* inInputs */.ht)('Ask the web server of that machine, under the same name', 'health-address: 127.0.0.1'),
    (0,remedy/* inInputs */.ht)('Set health-url to an address that the server can reach, or to none.'),
];
function reason(url, { config }, error) {
    const listening = config['health-address'] === null
        ? elsewhere
        : [
            [
                (0,remedy/* toSeeAsRoot */.b2)('See where nginx listens', 'sudo ss -ltnp'),
                (0,remedy/* inInputs */.ht)('Set health-address to that.'),
            ],
        ];
    if (error instanceof NoConnection) {
        return [`there was no connection within ${config['health-timeout']} s`, ...listening];
    }
    if (error.reason === 'prohibited') {
        return ['sshd forbids it (AllowTcpForwarding)', (0,ssh/* allowForwarding */.R4)('AllowTcpForwarding')];
    }
    // Only the end of it is sshd's own word: "(SSH) Channel open failure: Connection refused".
    const cause = error.cause instanceof Error ? error.cause.message.replace(/^.*: /, '') : '';
    if (unknownName.test(cause)) {
        const name = config['health-address']?.host ?? url.hostname;
        return [`the name ${name} does not resolve there.`, ...listening];
    }
    return [`nothing answers there at ${(0,failures/* addressText */.GI)(error.to)} (${cause})`, ...listening];
}

;// CONCATENATED MODULE: ./src/steps/inspect/databases-and-site.ts








/**
 * What the databases and the site itself say; findings go to the site. The databases first. While sshd looks up the name
 * of the site nothing else goes through, which may take ten seconds. A database would meanwhile close a connection that
 * has not logged in. A deploy that goes on visits the site later, and asks what the databases are like.
 * @returns whether nothing is left to deploy: commit, ledger and session handler are those of the new code
 */
async function askDatabasesAndSite(site, facts, live, { purpose, clock }, signal) {
    const later = goesOn(site, facts);
    const [known, closed] = await Promise.all([clock, openDatabases(site, live, signal)]);
    // Without .env they are known to be open.
    if (facts.environment !== 'absent')
        site.find(...closed);
    const [alreadyLive] = await Promise.all([
        purpose === 'deploy' && isLive(site, facts, live, signal),
        closed.length > 0 || later ? null : askDatabases(site, live, known, purpose, signal),
        purpose === 'deploy' ? null : healthBefore(site, live, purpose, signal),
    ]);
    return alreadyLive;
}
/** A deploy that goes on visits the site later. One that is refused does it now: all problems are said at once. */
async function visitWhereRefused(site, { releases }, asked, purpose, signal) {
    if (purpose !== 'deploy' || asked === null || !site.findings.some(src_finding/* isError */.bJ))
        return;
    await healthBefore(site, asked.live, releases.current === 'first' ? 'first' : purpose, signal);
}
/** What the databases say; findings go to the site. */
async function askDatabases(site, live, clock, purpose, signal) {
    site.find(...(await databaseStates(site, live, clock, signal)));
    if (purpose === 'doctor')
        await rightsOf(site, live, signal);
}
/** A doctor knows no commit, but what most of them need. */
async function rightsOf(site, live, signal) {
    const database = await ledgerDatabase(site, live, signal);
    const { ready, findings } = await usuallyAllowed(site, live, database);
    site.isReady(...ready);
    site.find(...findings);
}
/** The commit is checked out, the ledger has all its migrations, no handler is pinned: nothing to do but to look. */
async function isLive(site, { tree: { clone }, others, releases }, live, signal) {
    if (releases.current === 'first')
        return false;
    if ('problem' in clone || clone.head !== site.config.commit || others.pinned !== '')
        return false;
    if (site.findings.some(src_finding/* isError */.bJ))
        return false;
    const database = await ledgerDatabase(site, live, signal);
    const rows = await database.ledger(live.ledger.table);
    return (0,ledger/* pending */.Ub)(live.migrations, rows, scopeOf(site, live)).length === 0;
}

;// CONCATENATED MODULE: ./src/remedies/fpm.ts


/**
 * Lets the deploy user reload this one service, and nothing else.
 * @param problem what sudo said: some want a terminal (requiretty), which a program has not
 */
function allowReload(user, unit, problem) {
    const rule = `${user} ALL=(root) NOPASSWD: /usr/bin/systemctl reload ${unit}`;
    const terminal = /\btty\b/.test(problem) ? [`Defaults:${user} !requiretty`] : [];
    return (0,remedy/* asRoot */.tE)(`${user} may then reload ${unit} without a password, and nothing else.`, ...[...terminal, rule].map((line) => sudoers(line, 'ci4-deploy')));
}
/** Lets the deploy user run PHP as another user of the server. */
function allowRunPhp(user, owner, php) {
    return (0,remedy/* asRoot */.tE)(`${user} may then run PHP as ${owner} without a password.`, sudoers(`${user} ALL=(${owner}) NOPASSWD: ${php}`, 'ci4-deploy-sessions'));
}
// visudo refuses a file that sudo could not read, and keeps the right mode.
function sudoers(rule, file) {
    return `echo ${(0,server_command/* quote */.hD)(rule)} | sudo EDITOR='tee -a' visudo -f /etc/sudoers.d/${file}`;
}
/**
 * Lets running requests end at a reload.
 * @param file the main configuration of PHP-FPM
 */
function controlTimeout(unit, file) {
    const setting = 'process_control_timeout';
    return (0,remedy/* asRoot */.tE)(`Requests then get 10 s to end. This one reload still cuts those that are running.`, `sudo sed -i '/^[;[:space:]]*${setting}/d; s/^\\[global\\]/&\\n${setting} = 10s/' ${(0,server_command/* quote */.hD)(file)}`, reload(unit));
}
/**
 * Lets a pool serve more requests at a time.
 * @param file the main configuration of PHP-FPM, which includes those of the pools
 */
function moreWorkers(unit, file, pool) {
    const folder = (0,server_command/* quote */.hD)(file.replace(/\/[^/]*$/, ''));
    return (0,remedy/* asRoot */.tE)('Each worker takes memory, so choose what fits.', `sudo sed -i 's/^[[:space:]]*pm.max_children.*/pm.max_children = 10/' $(sudo grep -rlF '[${pool}]' ${folder})`, reload(unit));
}
/** Reloads PHP-FPM. */
function reload(unit) {
    return `sudo systemctl reload ${(0,server_command/* quote */.hD)(unit)}`;
}
/** Reloads PHP-FPM, and starts it where it died. */
function reloadOrStart(unit) {
    return `sudo systemctl reload-or-restart ${(0,server_command/* quote */.hD)(unit)}`;
}
/** Shows what PHP-FPM and the web server add to the environment of the application. */
const findEnvironment = "sudo grep -rnE '^[[:space:]]*(php_(admin_)?value|env)\\[|fastcgi_param' /etc/php /etc/nginx";
/** Where settings of an application that are not in its code may come from. */
const seeEnvironment = (0,remedy/* toSeeAsRoot */.b2)('Look for settings of PHP-FPM and of the web server', findEnvironment);
/** A configuration cache holds settings that are in the code no more. */
const switchCacheOff = (0,remedy/* inRepository */.yJ)('Switch a configuration cache off', 'public bool $configCacheEnabled = false;');

;// CONCATENATED MODULE: ./src/app/compiled.ts


const Compiled = (0,app_shape/* object */.Ik)({
    /** Files that are compiled from a text that is not there any more, and stay so. */
    old: (0,app_shape/* list */.p_)(app_shape/* text */.Qq),
    /** Files below the root that PHP-FPM reads otherwise than the deploy user. */
    foreign: (0,app_shape/* list */.p_)(app_shape/* text */.Qq),
    /** The folder of compiled files that are never compared with their source; null without one. */
    fileCache: (0,app_shape/* orNull */.Xd)(app_shape/* text */.Qq),
    /** opcache tells its state to nobody here. */
    closed: app_shape/* flag */.Jt,
});
/** Reads the page of src/php/compiled.php. */
function readCompiled(page, nonce) {
    return (0,app_reply/* readReply */.X)({ exit: { code: 0 }, stdout: page, stderr: '' }, nonce, Compiled);
}

;// CONCATENATED MODULE: ./src/steps/served/code.ts









/** So many changed files are compared; a file system that is another one differs in more than one. */
const most = 200;
const sums = `# sums of the changed PHP files
git diff -z --name-only --no-renames --diff-filter=AM "$1" "$2" -- '*.php' | head -z -n ${most} | xargs -0 -r sha1sum -z --
exit 0`;
/**
 * After the files were changed and PHP-FPM was reloaded: whatever it compiled before `since` goes, and then nothing of
 * that is left.
 * @throws Stopped when PHP-FPM goes on with old code, with the finding recorded
 */
async function renewCode(site, lying, signal) {
    const { stateDir, writable, pools = [] } = site.journal.now;
    for (const pool of pools) {
        const one = { pool, params: {} };
        const answer = await compiled(site, one, { stateDir, writable }, lying, signal);
        if (typeof answer === 'string') {
            site.notVerified(`What code PHP-FPM has compiled (pool ${one.pool.name}): ${answer}.`);
            continue;
        }
        const [worst] = judgeRenewed(answer, one, site);
        if (worst === undefined)
            continue;
        site.find(worst);
        throw new results/* Stopped */.C(worst.message);
    }
}
/** Whether PHP-FPM serves the code that lies in the live tree, where nothing is changed: as findings. */
async function lookAtCode(site, signal) {
    const found = [];
    for (const one of site.facts.inspect.serving) {
        const answer = await oldCode(site, one, site.journal.now, signal);
        if (typeof answer === 'string') {
            site.notVerified(`What code PHP-FPM has compiled (pool ${one.pool.name}): ${answer}.`);
        }
        else
            found.push(...answer);
    }
    return found;
}
/** The same of one pool; a sentence where it could not be asked. */
async function oldCode(site, serving, places, signal) {
    const answer = await compiled(site, serving, places, { since: null, sums: {} }, signal);
    return typeof answer === 'string' ? answer : judgeOld(answer, site);
}
async function compiled(site, serving, { stateDir, writable }, order, signal) {
    const { nonce } = site.run;
    const body = JSON.stringify({ root: site.release.live, writable, nonce, ...order });
    const question = { name: 'compiled', program: programs/* programs */.c.compiled, body };
    const page = await askFpm(site, serving, stateDir, question, signal);
    if (typeof page === 'string')
        return page;
    const reply = readCompiled(page.page, nonce);
    if (!reply.ok)
        return reply.failure.message;
    return reply.value.closed
        ? 'opcache.restrict_api or disable_functions keeps its state from everybody'
        : reply.value;
}
/** Asks for the sums of the PHP files that the deploy changes, as they lie in the live tree. */
function sumsOfChanged({ journal, release }) {
    const { previous, commit } = journal.now;
    return (0,server_command/* shell */.vf)(sums, [previous, commit], { cwd: release.live, shown: 'command' });
}
/** Sums by paths, from what {@link sumsOfChanged} printed. */
function readSums(text) {
    const lines = text.split('\0').filter((line) => line !== '');
    return Object.fromEntries(lines.map((line) => [line.slice(42), line.slice(0, 40)]));
}
function judgeRenewed(answer, { pool }, site) {
    const { foreign } = answer;
    const unit = site.config['fpm-service'];
    if (foreign.length > 0) {
        return [
            (0,src_finding/* errorFinding */.i9)('fpm-other-files', `PHP-FPM (pool ${pool.name} of ${unit}) does not read the files that were deployed: ${some(foreign)} have other contents for it, or cannot be read. Visitors would get other code.`, (0,remedy/* toSee */.F1)('See what its service shows it instead', `systemctl show -p RootDirectory -p BindPaths -p BindReadOnlyPaths -p User ${(0,server_command/* quote */.hD)(unit)}`)),
        ];
    }
    return judgeOld(answer, site);
}
/** Files that visitors get as they were. */
function judgeOld({ old, fileCache }, { config, release }) {
    if (old.length === 0)
        return [];
    const unit = config['fpm-service'];
    const names = old.map((file) => file.replace(`${release.live}/`, ''));
    return [
        (0,src_finding/* errorFinding */.i9)('old-code-served', `${unit} serves old code: it compiled ${some(names)} before these files were changed, and does not look at them again (opcache.validate_timestamps, opcache.file_cache, opcache.preload).`, (0,remedy/* asRoot */.tE)('PHP-FPM then reads the files again', ...(fileCache === null ? [] : [`sudo find ${(0,server_command/* quote */.hD)(fileCache)} -name '*.bin' -delete`]), reload(unit))),
    ];
}

;// CONCATENATED MODULE: ./src/steps/served/differences.ts
/**
 * What two voices say otherwise of the database groups that lead to MySQL, or are in use. Two names of one server are
 * no difference where both got in and found the same one.
 */
function differences(one, other) {
    const names = new Set([...one.groups, ...other.groups].map(({ name }) => name));
    return [
        ...said('group of the migrations', one.ledger, other.ledger),
        // Whether sessions are in a database at all is said of the session settings.
        ...(one.session === null || other.session === null
            ? []
            : said('group of the sessions', one.session, other.session)),
        ...[...names].flatMap((name) => ofGroup(name, one, other)),
    ];
}
function said(what, one, other) {
    return one === other ? [] : [{ what, one: differences_named(one), other: differences_named(other) }];
}
function differences_named(value) {
    return value === '' ? '(empty)' : value;
}
function ofGroup(name, one, other) {
    const [here, there] = [one, other].map(({ groups }) => groups.find((own) => own.name === name));
    if (!counts(name, one, here) && !counts(name, other, there))
        return [];
    if (here === undefined || there === undefined) {
        return said(`group ${name}`, exists(here), exists(there));
    }
    const same = here.identity !== null && here.identity === there.identity;
    const longest = Math.max(here.leads.length, there.leads.length);
    return Array.from({ length: longest }, (_, at) => ofLeads(at === 0 ? name : `${name}, failover ${at}`, here.leads[at], there.leads[at], same)).flat();
}
/** A group that nobody uses and that is no MySQL (`tests` of a new application) concerns nobody. */
function counts(name, { ledger, session }, group) {
    return name === ledger || name === session || group?.leads[0]?.driver === 'MySQLi';
}
function exists(group) {
    return group === undefined ? 'missing' : 'there';
}
function ofLeads(group, one, other, sameServer) {
    if (one === undefined || other === undefined) {
        const words = (leads) => leads?.server ?? 'missing';
        return said(`group ${group}`, words(one), words(other));
    }
    return ['driver', 'server', 'schema', 'user', 'prefix']
        .filter((what) => what !== 'server' || !sameServer)
        .flatMap((what) => said(`${what} of group ${group}`, one[what], other[what]));
}
/** The differences in words: `schema of group default is shop_old (command line: shop)`. */
function inWords(found, voice) {
    return found.map(({ what, one, other }) => `${what} is ${one} (${voice}: ${other})`).join(', ');
}

;// CONCATENATED MODULE: ./src/steps/served/databases.ts





/** Whether PHP-FPM takes the application to the databases that the command line takes it to: those are what is migrated. */
function* judgeFpmDatabases(seen, wanted, { pool, params }, { tree, unit }) {
    const added = Object.keys(params);
    const found = differences(seen, wanted);
    if (found.length > 0) {
        yield (0,src_finding/* errorFinding */.i9)('fpm-database-differs', `PHP-FPM (pool ${pool.name} of ${unit}) leads ${tree} to another database than the command line: ${inWords(found, 'command line')}. What is migrated and verified would not be what visitors use.${added.length === 0 ? '' : ` nginx adds ${added.join(', ')}.`}`, (0,remedy/* toSeeAsRoot */.b2)('Find where it is set, and take it away there', findEnvironment));
    }
    else if (seen.environment !== wanted.environment) {
        yield (0,src_finding/* warningFinding */.oL)('fpm-environment-differs', `PHP-FPM (pool ${pool.name} of ${unit}) runs ${tree} with CI_ENVIRONMENT ${seen.environment}, the command line with ${wanted.environment}: files of app/Config/Boot and settings may differ for visitors.`, (0,remedy/* toSeeAsRoot */.b2)('Find where it is set', 'sudo grep -rn CI_ENVIRONMENT /etc/php /etc/nginx'));
    }
}
// Where settings of a database are written; a package may bring a registrar.
const explains = /(^|\/)(Config\/(Database|Constants|Paths|Registrar)\.php|Config\/Boot\/[^/]+\.php|composer\.lock)$/;
/**
 * The live tree and the stage, both on the command line. A commit may move the application to another database. Where
 * no file of it can have done so, something that is not in the repository leads the live tree elsewhere.
 */
function* judgeStagedDatabases(live, staged, changed, path) {
    // Which group holds the sessions is for the commit to say.
    const found = differences({ ...live, session: staged.session }, staged);
    if (found.length === 0)
        return;
    const words = `the live tree and the commit name different databases: ${inWords(found, 'commit')}`;
    yield changed.some((file) => explains.test(file))
        ? {
            name: 'database-moves',
            severity: 'warning',
            message: `This commit moves the application to another database; ${words}. Tables and rows do not move with it.`,
        }
        : (0,src_finding/* errorFinding */.i9)('database-differs', `${words.replace(/^t/, 'T')}. No file of this commit explains that, so something on the server does that is not in the repository.`, (0,remedy/* toSee */.F1)('See what lies there besides the repository', `git -C ${(0,server_command/* quote */.hD)(path)} status --ignored --short app`));
}

;// CONCATENATED MODULE: ./src/steps/inspect/judge-inside.ts






/** What PHP-FPM sees against what the command line sees. */
function judgeInside(seen, live, unit, sharing) {
    return [
        ...readable(seen, live, unit, sharing),
        ...sameSession(seen, live),
        ...cached(seen, unit),
        ...closedCache(seen, unit),
    ];
}
function* readable(seen, live, unit, sharing) {
    const { user } = seen;
    if (!seen.readsEnv) {
        yield (0,src_finding/* errorFinding */.i9)('env-closed-to-fpm', `${live.root}/.env cannot be read by ${user}, who runs PHP-FPM: visitors get the application with its defaults, without database and base URL.`, shareEnv(sharing));
    }
    if (seen.closed.length > 0) {
        yield (0,src_finding/* errorFinding */.i9)('writable-closed-to-fpm', `${user}, who runs PHP-FPM, cannot write to ${seen.closed.join(', ')}: CodeIgniter stops with an error, or loses logs and caches.`, shareWritable(sharing, seen.closed));
    }
    if ('failure' in seen.session && seen.readsEnv) {
        const { phase, message } = seen.session.failure;
        yield (0,src_finding/* warningFinding */.oL)('fpm-application-fails', `Inside PHP-FPM the application does not answer, at ${phase}: ${message}`, newestErrors(live.writable), (0,remedy/* toSeeAsRoot */.b2)('Read what PHP-FPM says', `sudo journalctl -u ${(0,server_command/* quote */.hD)(unit)} -n 20`));
    }
}
/** Session settings that PHP-FPM resolves otherwise than the command line. */
function* sameSession({ session, readsEnv }, live) {
    if ('failure' in session || !readsEnv)
        return;
    const names = ['driver', 'cookieName', 'savePath', 'matchIP'];
    const other = names.filter((name) => session[name] !== live.session[name]);
    if (other.length === 0)
        return;
    const words = other.map((name) => `${name} ${String(session[name])} (command line: ${String(live.session[name])})`);
    yield (0,src_finding/* errorFinding */.i9)('fpm-session-differs', `PHP-FPM runs the application with other session settings than the command line: ${words.join(', ')}. What is verified would not be what visitors get.`, [
        (0,remedy/* toSeeAsRoot */.b2)('Find where they are set', findEnvironment),
        (0,remedy/* onServer */.ze)('Write these settings into .env instead, and delete a configuration cache (Config\\Optimize).'),
    ]);
}
function* cached({ opcache, looksAgain }, unit) {
    if (!opcache || looksAgain)
        return;
    yield {
        name: 'opcache-timestamps-disabled',
        severity: 'notice',
        message: `opcache of ${unit} never looks whether a file has changed (opcache.validate_timestamps is 0). This deploy reloads it; what anybody changes by hand does not show before the next reload.`,
    };
}
/** What is preloaded stays as it is without a reload. */
function* preloaded({ preload, opcache }, unit) {
    if (!opcache || preload === '')
        return;
    yield (0,src_finding/* errorFinding */.i9)('preload-needs-reload', `${unit} preloads ${preload} (opcache.preload): what is preloaded changes only with a reload, and input reload is never.`, (0,remedy/* inInputs */.ht)('', 'reload: when-needed'));
}
function* closedCache({ lockedCache, user }, unit) {
    if (lockedCache === null)
        return;
    yield (0,src_finding/* errorFinding */.i9)('file-cache-closed', `${unit} keeps compiled code in ${lockedCache} (opcache.file_cache) and never compares it with the files (opcache.validate_timestamps is 0). ${user} cannot remove it there, so old code would be served for good.`, (0,remedy/* asRoot */.tE)('PHP-FPM may then remove what is old there', `sudo chown -R ${(0,server_command/* quote */.hD)(user)} ${(0,server_command/* quote */.hD)(lockedCache)}`));
}

;// CONCATENATED MODULE: ./src/steps/inspect/sharing.ts

/** Who shares the files of the site, for what is printed to be pasted. */
function sharingOf({ place, tree, fpm, web, releases, }, config) {
    const pools = fpm?.settings?.pools ?? [];
    const { path, strategy, base } = config;
    const [first] = servingPools(web, pools, poolsOf(config, place)).serving;
    return {
        // find(1) does not follow a link that it begins at.
        path: 'problem' in tree.clone ? path : tree.clone.path,
        ...(strategy === 'in-place' ? {} : { base, first: releases.current === 'first' }),
        user: place.user,
        ...(first === undefined ? unknownPool : sharedWith(first.pool)),
    };
}
/** What tells which pool serves the site. */
function poolsOf({ path, 'fpm-service': unit, 'fpm-pool': wish }, { writer }) {
    return { path, unit, wish, writer };
}
const unknownPool = { fpmUser: null, fpmGroup: null, socketGroup: null };
/** Whose files a pool reads and writes. */
function sharedWith({ user, group, socketGroup, }) {
    return { fpmUser: user, fpmGroup: group ?? null, socketGroup: socketGroup ?? null };
}

;// CONCATENATED MODULE: ./src/steps/inspect/inside-fpm.ts







/**
 * Asks PHP-FPM itself, through its own socket, what it sees of the application. The command line knows neither its
 * user's rights nor the environment of its pool. What cannot be asked is said to be unverified, not wrong.
 * @param serving the pools that serve the site
 */
async function askInside(site, live, serving, { stateDir, purpose, sharing }, signal) {
    const answering = [];
    const delays = [];
    for (const one of serving) {
        const shared = { ...sharing, ...sharedWith(one.pool) };
        const seen = await ask_inside(site, one, stateDir, live.root, signal);
        if (typeof seen === 'string') {
            notAsked(site, seen, { remedies: [joinFpm(shared)] });
            continue;
        }
        answering.push(one);
        delays.push(secondsUntilSeen(seen));
        const judged = judgeAnswer(site, seen, live, one, { purpose, sharing: shared });
        const places = { stateDir, writable: live.writable };
        site.find(...(await causeOf(site, one, places, judged, signal)));
    }
    if (answering.length === 0)
        return { serving: [] };
    const known = delays.filter((delay) => delay !== null);
    const seesNewCode = known.length < delays.length ? null : Math.max(...known);
    return { serving: answering, seesNewCode };
}
const bySettings = ['fpm-session-differs', 'fpm-database-differs'];
/** Other settings may be those of old code that PHP-FPM still has compiled: then that is said in their place. */
async function causeOf(site, serving, places, judged, signal) {
    if (!judged.some(({ name }) => bySettings.includes(name)))
        return judged;
    const old = await oldCode(site, serving, places, signal);
    if (typeof old === 'string' || old.length === 0)
        return judged;
    return [...old, ...judged.filter(({ name }) => !bySettings.includes(name))];
}
function judgeAnswer(site, seen, live, serving, { purpose, sharing }) {
    const { config } = site;
    if (seen.userIni.length > 0) {
        site.notVerified(`What .user.ini changes for visitors (${seen.userIni.join(', ')}): PHP-FPM was asked without it.`);
    }
    const unit = config['fpm-service'];
    const frozen = purpose !== 'verify' && config.reload === 'never';
    return [
        ...judgeInside(seen, live, unit, sharing),
        ...(frozen ? preloaded(seen, unit) : []),
        // Without mysqli it does not even know the socket; that is said elsewhere.
        ...('failure' in seen.session || !seen.readsEnv || !seen.extensions.includes('mysqli')
            ? []
            : judgeFpmDatabases(seen.session.connections, live.connections, serving, {
                tree: 'the live code',
                unit,
            })),
    ];
}
/** Seconds after which a change of a file is seen; null when only a reload shows it. */
function secondsUntilSeen({ opcache, looksAgain, looksEvery, preload }) {
    if (!opcache)
        return 0;
    return looksAgain && preload === '' ? looksEvery : null;
}
/** Without its pools PHP-FPM cannot be asked. mod_php answers pages of the site, and no question of ours is one. */
function noSettings(site, unit, runs) {
    if (runs === 'mod_php') {
        notAsked(site, 'only a page of the site could ask it', { who: `mod_php of ${unit}` });
    }
    else
        notAsked(site, `the configuration of ${unit} cannot be read`);
    return { serving: [] };
}
/** Records that PHP could not be asked, and what lets it be asked where that is known. */
function notAsked(site, why, { who = 'PHP-FPM', remedies: given = [], } = {}) {
    site.notVerified(`What ${who} sees of .env and its environment, which database it uses and what code it has compiled: ${why}.`);
    site.find({
        name: 'fpm-not-asked',
        severity: 'notice',
        message: `${who} could not be asked what it sees of the application: ${why}. Its rights to .env and writable/, its database, settings in its environment, and the code it has compiled were not checked.`,
        ...(given.length === 0 ? {} : { remedies: (0,src_finding/* remedies */.JW)(...given) }),
    });
}

;// CONCATENATED MODULE: ./src/steps/inspect/ready.ts
/** One line for each thing that a deploy needs and that is in order. */
function readyLines(facts, asked, found, config) {
    const wrong = new Set(found.filter(({ severity }) => severity === 'error').map(({ name }) => name));
    return [...ofServer(facts, config), ...(asked === null ? [] : ofSite(asked))]
        .filter(({ unless }) => unless.every((name) => !wrong.has(name)))
        .map(({ says }) => says);
}
const clone = [
    'not-a-clone',
    'git-ownership',
    'not-the-root',
    'detached-head',
    'other-branch',
    'dirty-tree',
    'file-modes-changed',
    'hidden-edits',
    'git-locked',
];
function ofServer(facts, config) {
    return [...ofClone(facts, config), ...ofPhp(facts), ...ofFpm(facts, config)];
}
function* ofClone({ place, tree, remote }, { path, branch }) {
    const { user, state } = place;
    yield { says: `The login as ${user} works, and the host key is the one you trust.`, unless: [] };
    if (state === 'ok')
        yield { says: `${path} belongs to ${user} as far as git needs it.`, unless: clone };
    if ('problem' in tree.clone)
        return;
    const head = tree.clone.head.slice(0, 10);
    yield {
        says: `The clone has ${branch} checked out at ${head}, and nobody changed it.`,
        unless: clone,
    };
    if (remote?.problem === '' && remote.url !== '')
        yield { says: `The server reaches the repository at ${remote.url}.`, unless: [] };
}
function* ofPhp({ php: { php }, environment, place }) {
    if (!('problem' in php)) {
        yield {
            says: `PHP ${php.version} of the command line has what CodeIgniter needs.`,
            unless: ['mysqli-missing', 'intl-missing', 'mbstring-missing', 'php-too-old'],
        };
    }
    if (environment === 'ok')
        yield { says: `.env can be read by ${place.user}.`, unless: [] };
}
function* ofFpm({ fpm, place }, { 'fpm-service': unit }) {
    if (!fpm?.known)
        return;
    if (fpm.sudo === 'allowed') {
        yield {
            says: `${place.user} may reload ${unit}.`,
            unless: ['fpm-inactive', 'fpm-configuration'],
        };
    }
    if (fpm.runs === 'mod_php')
        yield { says: `A reload of ${unit} lets running requests end.`, unless: [] };
    const timeout = fpm.settings?.controlTimeout ?? 0;
    if (timeout > 0)
        yield { says: `A reload of ${unit} lets requests end for ${timeout} s.`, unless: [] };
}
function* ofSite(asked) {
    const { live, serving } = asked;
    const { ledgerDatabase: database, session } = live;
    const unless = ['database-refused', 'database-unreachable', 'database-not-mysql'];
    yield {
        says: `The application reaches its database ${database.database} as ${database.user}.`,
        unless,
    };
    const [first] = serving;
    if (first !== undefined) {
        const { pool } = first;
        yield {
            says: `PHP-FPM (pool ${pool.name}, user ${pool.user}) answers, and reads what it needs.`,
            unless: ['env-closed-to-fpm', 'writable-closed-to-fpm', 'fpm-session-differs'],
        };
        if (asked.seesNewCode !== undefined)
            yield { says: seesNewCode(asked.seesNewCode), unless: [] };
    }
    yield* ofSessions(session, first !== undefined);
}
/** @param seconds as {@link SeenInside} has them */
function seesNewCode(seconds) {
    if (seconds === null)
        return 'PHP-FPM reads new code only after a reload, which each deploy does.';
    if (seconds === 0)
        return 'PHP-FPM reads new code at once.';
    return `PHP-FPM reads new code within ${seconds} s by itself, and at once after the reload.`;
}
function* ofSessions({ inDatabase, table, savePath }, asksFpm) {
    if (inDatabase) {
        yield { says: `Sessions are in the table ${table ?? ''}, and stay there.`, unless: [] };
    }
    else if (asksFpm) {
        yield {
            says: `Sessions are in ${savePath}. A commit that moves them to MySQL keeps visitors logged in, through PHP-FPM.`,
            unless: [],
        };
    }
}

;// CONCATENATED MODULE: ./src/steps/inspect/session-files.ts



const session_files_largest = `# the largest session file
[ -d "$1" ] || exit 0
find -H "$1" -maxdepth 1 -type f -regextype posix-extended -regex ".*/$2" -printf '%s\\n' | sort -n | tail -n 1`;
/** Bytes of the largest session file, which a table would have to hold; 0 when sessions are not in files. */
async function largestSession(site, { session }, signal) {
    if (!session.driver.endsWith('FileHandler') || !session.savePath.startsWith('/'))
        return 0;
    const question = (0,server_command/* shell */.vf)(session_files_largest, [session.savePath, sessionFilePattern(session)]);
    const { size } = await (0,round/* queryGroups */.L6)(site.server, [{ size: question }], signal);
    return Number(size.stdout.trim()) || 0;
}

// EXTERNAL MODULE: ./src/config/settings-commands.ts
var settings_commands = __webpack_require__(99784);
// EXTERNAL MODULE: ./src/config/settings-path.ts
var settings_path = __webpack_require__(93997);
;// CONCATENATED MODULE: ./src/steps/database/described.ts





const read = `# read the settings of the repository
[ ! -e "$1" ] || cat "$1"`;
/** Asks for the settings that lie in the tree at `root`. */
function askSettings(root) {
    return (0,server_command/* shell */.vf)(read, [settings_path/* settingsFile */._], { cwd: root, shown: 'command' });
}
/** The tables that the settings describe, and the commands; what is wrong with them becomes findings. */
async function readSettings(site, { stdout }) {
    // Few repositories have settings: without them nothing is loaded to read any.
    if (stdout === '')
        return { tables: [], commands: settings_commands/* noCommands */.KM };
    const { readLive } = await Promise.all(/* import() */[__webpack_require__.e(271), __webpack_require__.e(363)]).then(__webpack_require__.bind(__webpack_require__, 10363));
    const { tables, commands, findings } = readLive(stdout);
    site.find(...findings);
    return { tables, commands };
}
/**
 * Compares the tables of the application's own database with their descriptions; findings go to the site.
 * @param migrated this run changed them, and rolls that back when something is wrong
 */
async function verifyDescribed(site, application, tables, migrated, signal) {
    if (tables.length === 0)
        return;
    const { judgeTables } = await Promise.all(/* import() */[__webpack_require__.e(271), __webpack_require__.e(363)]).then(__webpack_require__.bind(__webpack_require__, 10363));
    const database = await ledgerDatabase(site, application, signal);
    const findings = await judgeTables(database, application, tables);
    site.find(...(migrated ? findings.map(src_finding/* inNextDeploy */.cX) : findings));
    site.log.say(`Compared with ${settings_path/* settingsFile */._}: ${tables.map(({ name }) => name).join(', ')}`);
}
/**
 * The same for what is live.
 * @returns what the settings would have to be, where input print-tables asks for it
 */
async function verifyLiveTables(site, signal) {
    const { settings, live } = site.facts.inspect;
    const { tables } = await readSettings(site, settings);
    await verifyDescribed(site, live, tables, false, signal);
    if (!site.config['print-tables'])
        return {};
    const printed = await describeLive(site, live, signal);
    site.log.say(`What ${settings_path/* settingsFile */._} says of these tables as they are:\n${printed}`);
    return { printed };
}
/** What `tables` of the settings must say for the tables as they are: all but those of sessions and migrations. */
async function describeLive(site, application, signal) {
    const { ledger, ledgerDatabase: own, session } = application;
    const database = await ledgerDatabase(site, application, signal);
    const others = [ledger.table, ledger.lockTable, session.table];
    const tables = [];
    for (const name of await database.tableNames()) {
        if (others.includes(name) || !name.startsWith(own.prefix))
            continue;
        const table = await database.table(name);
        if (typeof table === 'object')
            tables.push(table);
    }
    const { printTables } = await Promise.all(/* import() */[__webpack_require__.e(271), __webpack_require__.e(363)]).then(__webpack_require__.bind(__webpack_require__, 10363));
    return printTables(tables, own.prefix, database);
}

;// CONCATENATED MODULE: ./src/steps/served/first.ts




/** Whether visitors will come to a first release at all: nobody else notices where the web server does not know it. */
function judgeFirst(facts, config) {
    const { releases, web, application } = facts;
    if (releases.current !== 'first' || !('rootless' in web) || config['health-url'] === 'none')
        return [];
    const url = application.ok ? healthUrl(config, application.application) : null;
    return [first_notServed(config, url?.hostname ?? null, socketOf(facts))];
}
/** The only pool there is, as nginx names it; null where there are several. */
function socketOf({ fpm }) {
    const [pool, ...more] = fpm?.settings?.pools ?? [];
    if (pool === undefined || more.length > 0)
        return null;
    return pool.listen.startsWith('/') ? `unix:${pool.listen}` : pool.listen;
}
function first_notServed({ base, path }, name, socket) {
    return (0,src_finding/* errorFinding */.i9)('first-not-served', `No server of nginx has the root ${path}/public, so nobody would see the first release.`, name === null || socket === null
        ? [(0,remedy/* advice */.v9)(`Give nginx a server with the root ${path}/public.`)]
        : newServer(base, name, socket), (0,remedy/* inInputs */.ht)('Or deploy without a visit, and let nginx serve it later', 'health-url: none'));
}
function newServer(base, name, socket) {
    const file = `/etc/nginx/sites-available/${name}`;
    const lines = [
        'server {',
        '  listen 80;',
        `  server_name ${name};`,
        `  root ${base}/current/public;`,
        '  index index.php;',
        '  location / { try_files $uri $uri/ /index.php$is_args$args; }',
        '  location ~ \\.php$ {',
        '    include snippets/fastcgi-php.conf;',
        `    fastcgi_pass ${socket};`,
        '    fastcgi_param SCRIPT_FILENAME $realpath_root$fastcgi_script_name;',
        '    fastcgi_param DOCUMENT_ROOT $realpath_root;',
        '  }',
        '}',
    ];
    return [
        (0,remedy/* asRoot */.tE)(`nginx gets a server for ${name}. Where there is one already, change its root instead. Certificates come after that`, `printf '%s\\n' ${lines.map(server_command/* quote */.hD).join(' ')} | sudo tee ${(0,server_command/* quote */.hD)(file)} >/dev/null`, `sudo ln -sf ${(0,server_command/* quote */.hD)(file)} /etc/nginx/sites-enabled/`, 'sudo nginx -t && sudo systemctl reload nginx'),
    ];
}

// EXTERNAL MODULE: ./src/app/php-wanted.ts
var php_wanted = __webpack_require__(21515);
;// CONCATENATED MODULE: ./src/steps/inspect/topics/place.ts




/** Whether no commit is to go live there, so that the branch does not count. */
function looksOnly(purpose) {
    return purpose === 'verify' || purpose === 'adopt';
}
/** Whether it looks under a lock of its own. */
function isLocking(purpose) {
    return purpose === 'deploy' || purpose === 'adopt';
}
// Exit statuses that tell one state from another; our own choice, above those the shell uses for faults of the script.
const states = {
    40: 'absent',
    41: 'closed',
    42: 'not CodeIgniter',
    43: 'read only',
};
// A folder that is closed to us hides whether the next one is there.
const place_question = `# who and where
id -un
id -Gn
stat -c %U -- "$1/writable" 2>/dev/null || echo
way=
for part in $(printf '%s' "$1" | tr '/ ' ' \\f'); do
  way=$way/$(printf '%s' "$part" | tr '\\f' ' ')
  [ ! -d "$way" ] || [ -x "$way" ] || { echo "$way"; exit 41; }
done
[ -e "$1" ] || exit 40
cd "$1" 2>/dev/null || exit 41
[ -f spark ] || exit 42
[ -w . ] || exit 43`;
/** Who we are on the server, and what lies at the path. */
function askPlace({ path }) {
    return { place: (0,server_command/* shell */.vf)(place_question, [path]) };
}
/** Reads it. */
function place_readPlace({ place }) {
    const state = (0,server_command/* succeeded */.gq)(place) ? 'ok' : (states[(0,server_command/* exitCode */.I$)(place)] ?? 'closed');
    const [user = '', groups = '', writer = '', closed = ''] = place.stdout.split('\n');
    return { user, groups: groups.split(' '), writer, state, closed };
}
/** Whether anything further can be asked there. */
function isThere({ state }) {
    return state !== 'absent' && state !== 'closed';
}
/** What is wrong with the place. */
function judgePlace({ state, user, closed }, { path }, sharing) {
    const said = {
        absent: (0,src_finding/* errorFinding */.i9)('path-missing', `${path} does not exist on the server.`, (0,remedy/* inInputs */.ht)('Set path to the directory that holds spark.')),
        closed: (0,src_finding/* errorFinding */.i9)('path-closed', `${path} cannot be entered by ${user}: ${closed || path} is closed.`, closed === '' || closed === path ? share(sharing) : passThrough(closed)),
        'not CodeIgniter': (0,src_finding/* errorFinding */.i9)('not-codeigniter', `${path} holds no spark file, so it is not the root of a CodeIgniter 4 application.`, (0,remedy/* inInputs */.ht)('Set path to the directory that holds spark.')),
        'read only': (0,src_finding/* errorFinding */.i9)('path-not-writable', `${path} is not writable for ${user}, who has to update it.`, share(sharing)),
    };
    return state === 'ok' ? [] : [said[state]];
}

;// CONCATENATED MODULE: ./src/steps/inspect/topics/php.ts






const extensions = 'echo PHP_VERSION, " ", implode(" ", get_loaded_extensions());';
const least = `# the least PHP that the framework of the commit runs on
git grep -h -E '^\\$minPhpVersion *=' "$1" -- spark '*/index.php' | head -n 1`;
/** PHP of the command line, its extensions, and what the commit wants of it. */
function askPhp({ path, php, commit }, purpose) {
    const at = { cwd: path };
    const tree = purpose === 'deploy' ? commit : 'HEAD';
    return {
        php: (0,server_command/* command */.G5)(php, ['-r', extensions], at),
        manifest: (0,server_command/* command */.G5)('git', ['show', `${tree}:composer.json`], { ...at, shown: 'command' }),
        least: (0,server_command/* shell */.vf)(least, [tree], at),
    };
}
/** Reads what PHP said. */
function readPhp(answers) {
    return {
        php: phpOf(answers.php),
        wanted: {
            constraint: constraintOf(answers.manifest.stdout),
            least: /['"](\d+(?:\.\d+)*)['"]/.exec(answers.least.stdout)?.[1] ?? null,
        },
    };
}
function phpOf(output) {
    // Warnings of its start stand before the answer, where display_errors is on.
    const answer = entries(output.stdout, '\n').findLast((line) => /^\d+\.\d+/.test(line)) ?? '';
    const [version, ...loaded] = entries(answer.trim(), ' ');
    if (!(0,server_command/* succeeded */.gq)(output) || version === undefined) {
        return { problem: output.stderr.trim() || output.stdout.trim() };
    }
    return { version, extensions: loaded };
}
/** A manifest that is no JSON is Composer's to complain about. */
function constraintOf(manifest) {
    try {
        const { require } = JSON.parse(manifest);
        return typeof require?.php === 'string' ? require.php : null;
    }
    catch {
        return null;
    }
}
const neededNames = ['mysqli', 'intl', 'mbstring'];
/** The extensions without which CodeIgniter with MySQL does not run, and the Debian package of each. */
const needed = {
    mysqli: 'mysql',
    intl: 'intl',
    mbstring: 'mbstring',
};
/** What PHP of the command line lacks. */
function judgePhp({ php: found, wanted }, place, config) {
    if (!isThere(place))
        return [];
    const { php } = config;
    if ('problem' in found) {
        return [
            (0,src_finding/* errorFinding */.i9)('php-missing', `${php} does not run on the server: ${found.problem}`, (0,remedy/* asRoot */.tE)('Install it', 'sudo apt-get install -y php-cli'), (0,remedy/* inInputs */.ht)('If it has another name, set php to it.')),
        ];
    }
    const findings = missingExtensions(found).map((name) => (0,src_finding/* errorFinding */.i9)(`${name}-missing`, `${php} ${found.version} on the command line has no ${name} extension, and spark does not work without it.`, installExtension(found.version, name)));
    const unfit = (0,php_wanted/* phpUnfit */.x)(found.version, wanted);
    if (unfit === null)
        return findings;
    return [
        ...findings,
        (0,src_finding/* errorFinding */.i9)('php-too-old', `${php} on the server is PHP ${found.version}, but ${unfit}: spark would do nothing, and say so with exit status 0.`, [
            (0,remedy/* asRoot */.tE)('Install that PHP for the command line.'),
            (0,remedy/* inInputs */.ht)('Set php to it, as /usr/bin/php8.3.'),
        ]),
    ];
}
/** Installs an extension for every PHP of that version: command line and PHP-FPM. */
function installExtension(version, name) {
    const [number, extension] = [php_short(version), needed[name]];
    return (0,remedy/* asRoot */.tE)('Install and enable it', `sudo apt-get install -y php${number}-${extension}`, 
    // The package of Debian is called mysql, its extension mysqli.
    `sudo phpenmod -v ${number} ${name}`);
}
/** Of the extensions CodeIgniter needs, those that are not loaded. */
function missingExtensions({ extensions: loaded }) {
    const have = new Set(loaded.map((name) => name.toLowerCase()));
    return neededNames.filter((name) => !have.has(name));
}
/** Whether PHP is there and lacks an extension: what spark says of the application then is no fault of the application. */
function lacksExtensions(php) {
    return !('problem' in php) && missingExtensions(php).length > 0;
}
/** `8.2` of `8.2.32`. */
function php_short(version) {
    return version.split('.').slice(0, 2).join('.');
}

;// CONCATENATED MODULE: ./src/steps/inspect/topics/application.ts




/** Why the live application does not answer, or what of its answer stands against a deploy. */
function judgeApplication(reported, environment, { php }, { first = false }, { path, php: program }) {
    // Without .env, PHP or its extensions it cannot be blamed.
    if (environment !== 'ok' && !reported.ok)
        return [];
    if (environment === 'closed' || 'problem' in php || lacksExtensions(php))
        return [];
    if (!reported.ok)
        return [doesNotBoot(reported.failure, first, path, program)];
    const { caches } = reported.application;
    if (caches.length === 0)
        return [];
    return [
        ...(caches.includes('file locations') ? [locatorCache] : []),
        {
            name: 'caches-on',
            severity: 'notice',
            message: `The application caches its ${caches.join(' and ')} (Config\\Optimize): changes of .env and of files take effect only when the cache is deleted. This deploy deletes it by name, before migrating and after the switch.`,
        },
    ];
}
function doesNotBoot({ phase, message, at }, first, path, php) {
    const where = at === null ? '' : ` (${at.file}:${at.line})`;
    const what = first ? 'The application of the first release' : 'The live application';
    const shown = 'CI_ENVIRONMENT=development';
    return (0,src_finding/* errorFinding */.i9)('application-does-not-boot', `${what} does not boot on the command line, at ${phase}: ${message}${where}`, 
    // What a first deploy made went with it.
    first
        ? (0,remedy/* toSeeInClone */.n1)('See what it says elsewhere', `${shown} php spark routes`)
        : (0,remedy/* toSee */.F1)('See what it says', `cd ${(0,server_command/* quote */.hD)(path)} && ${shown} ${(0,server_command/* quote */.hD)(php)} spark routes`));
}
// The framework includes that file as PHP at every start (system/Cache/FactoriesCache/FileVarExportHandler.php).
const locatorCache = (0,src_finding/* warningFinding */.oL)('locator-cache-writable', 'The application caches its file locations (Config\\Optimize). php spark then runs writable/cache/FileLocatorCache, which the user of PHP-FPM writes: who breaks into the site could run code as the deploy user. This deploy does not run that file.', (0,remedy/* inClone */.Jv)('Switch it off', "sed -i 's/locatorCacheEnabled = true/locatorCacheEnabled = false/' app/Config/Optimize.php", "git commit -m 'Do not cache file locations' app/Config/Optimize.php && git push"));

;// CONCATENATED MODULE: ./src/steps/inspect/topics/clone.ts








const clone_clone = `# clone, commit and branch
git rev-parse --show-toplevel && git -C "$1" rev-parse --absolute-git-dir && git rev-parse HEAD || exit
git symbolic-ref --quiet --short HEAD || echo
pwd -P`;
const gitLocks = `# files that lock git
cd "$(git rev-parse --absolute-git-dir)" || exit
now=$(date +%s)
for file in index.lock HEAD.lock config.lock packed-refs.lock "refs/heads/$1.lock"; do
  [ -e "$file" ] && echo "$((now - $(stat -c %Y "$file"))) $PWD/$file"
done
exit 0`;
const clone_status = ['--no-optional-locks', 'status', '--porcelain', '-z', '--untracked-files=no'];
/** What git says of the clone at `path`, without changing it. */
function askClone(config) {
    const { path, branch } = config;
    const at = { cwd: path };
    const own = ownFiles(config);
    return {
        clone: (0,server_command/* shell */.vf)(clone_clone, [config.clone], at),
        status: (0,server_command/* command */.G5)('git', [...clone_status, '--ignore-submodules=all', ...own], at),
        contents: (0,server_command/* command */.G5)('git', ['-c', 'core.fileMode=false', ...clone_status, '--ignore-submodules=all', ...own], at),
        gitLocks: (0,server_command/* shell */.vf)(gitLocks, [branch], at),
    };
}
/** Reads what git said. */
function readClone(answers) {
    const changed = dirtyNames(answers.contents.stdout);
    return {
        clone: cloneOf(answers.clone),
        changed,
        modes: dirtyNames(answers.status.stdout).filter((name) => !changed.includes(name)),
        locks: entries(answers.gitLocks.stdout, '\n').map((line) => {
            const [age = '0', ...file] = line.split(' ');
            return { age: Number(age), file: file.join(' ') };
        }),
    };
}
function cloneOf(output) {
    const [top, gitDir, head, branch, path] = output.stdout.split('\n');
    if (!(0,server_command/* succeeded */.gq)(output) || !top || !gitDir || !head) {
        return { problem: output.stderr.trim() };
    }
    return { top, path: path ?? '', gitDir, head, branch: branch ?? '' };
}
/** `git status --porcelain -z`: two letters, a blank, the name; a rename is followed by its old name. */
function dirtyNames(text) {
    return entries(text, '\0')
        .filter((entry) => /^[ MADRCUT?!]{2} /.test(entry))
        .map((entry) => entry.slice(3));
}
/** What of the clone stands against a deploy; for a verify the branch does not count. */
function judgeClone(tree, place, config, purpose, { sharing, repository }) {
    if (place.state !== 'ok' && place.state !== 'read only')
        return [];
    const { clone: found } = tree;
    if ('problem' in found)
        return [notAClone(found.problem, place, config, { sharing, repository })];
    return [
        ...rooted(found, config),
        ...(!looksOnly(purpose) && config.strategy === 'in-place'
            ? onBranch(found, place.user, config)
            : []),
        ...dirty(tree, place.user, config),
        ...clone_locked(tree, place.user),
    ];
}
/** That remedy gives the deploy user everything that git needs, and `.env` with it. */
const partOfWritable = 'Part of the remedy of path-not-writable.';
function notAClone(problem, { user, state }, { strategy, base, clone: repo, path, branch, remote }, { sharing, repository }) {
    const inPlace = strategy === 'in-place';
    const origin = { path: inPlace ? path : repo, repository, remote, branch };
    return /dubious ownership|safe\.directory/.test(problem)
        ? (0,src_finding/* errorFinding */.i9)('git-ownership', `${path} belongs to another user than ${user}, so git refuses to work there (dubious ownership).`, state === 'read only' ? partOfWritable : share(sharing))
        : (0,src_finding/* errorFinding */.i9)('not-a-clone', `${path} is not a git clone that ${user} can use: ${problem}`, inPlace ? cloneAround(user, origin) : workTreeAgain(user, base, origin));
}
function* rooted({ top, path: real }, { path }) {
    if (top === real)
        return;
    yield (0,src_finding/* errorFinding */.i9)('not-the-root', `${path} lies inside the clone ${top}. This version deploys whole clones.`, (0,remedy/* inInputs */.ht)('Deploy the whole clone', `path: ${top}`), 'Clone the application to a place of its own.');
}
function* onBranch({ branch, head }, user, config) {
    if (branch === config.branch)
        return;
    // The branch gets the commit that is live: nothing that visitors see is changed.
    const [git, name] = [`git -C ${(0,server_command/* quote */.hD)(config.path)}`, (0,server_command/* quote */.hD)(config.branch)];
    const follow = (0,remedy/* asUser */.ex)(user, `${config.branch} then stands at the live commit, and where it stood before is called ${config.branch}-before. No file changes.`, `${git} rev-parse -q --verify ${name} && ${git} branch -f ${(0,server_command/* quote */.hD)(`${config.branch}-before`)} ${name}`, `${git} checkout -B ${name} HEAD`);
    yield branch === ''
        ? (0,src_finding/* errorFinding */.i9)('detached-head', `${config.path} has no branch checked out (detached head at ${head.slice(0, 10)}); this run deploys ${config.branch}. Commits made there would belong to no branch.`, follow)
        : (0,src_finding/* errorFinding */.i9)('other-branch', `${config.path} has branch ${branch} checked out; this run deploys ${config.branch}.`, follow, (0,remedy/* inInputs */.ht)('If the site is meant to follow that branch', `branch: ${branch}`));
}
function* dirty({ changed, modes }, user, config) {
    const at = `git -C ${(0,server_command/* quote */.hD)(config.path)}`;
    if (changed.length > 0) {
        yield (0,src_finding/* errorFinding */.i9)('dirty-tree', `Tracked files were changed on the server: ${some(changed)}. Updating would lose or mix these changes.`, keepEdits(user, config, changed));
    }
    if (modes.length > 0) {
        yield (0,src_finding/* errorFinding */.i9)('file-modes-changed', `The modes of tracked files were changed on the server (chmod), and nothing else: ${some(modes)}. git takes that for a change and would refuse to update them.`, (0,remedy/* asUser */.ex)(user, 'git then ignores modes. Nothing else changes', `${at} config core.fileMode false`));
    }
}
function* clone_locked({ locks }, user) {
    for (const { file, age } of locks) {
        yield (0,src_finding/* errorFinding */.i9)('git-locked', `Another git works in this clone, or was killed there: ${file} is ${age} s old. While it exists git changes nothing.`, (0,remedy/* asUser */.ex)(user, 'The file goes, unless a git is running', `pgrep -a git || rm ${(0,server_command/* quote */.hD)(file)}`));
    }
}

;// CONCATENATED MODULE: ./src/steps/inspect/topics/history.ts




/** Whether the commit follows the live one, and belongs to the branch of the server. */
function judgeHistory(reported, clone, user, config) {
    return [...follows(reported, clone, user, config), ...ofAnotherBranch(reported, config)];
}
function* follows(reported, { head }, user, config) {
    const { ancestry, shallow, ownCommits, older, wasPushed: pushed } = reported;
    if (ancestry !== 'not a descendant')
        return;
    const { commit, command } = config;
    const notFollowing = `Commit ${commit} does not follow the live commit ${head}`;
    const live = `Live and not in it: ${some(ownCommits)}.`;
    // That it was live before is known. What nobody pushed would be left without a name.
    if (command === 'rollback') {
        if (!pushed)
            yield diverged(`${madeHere(head)} ${live}`, user, config);
    }
    else if (shallow)
        yield tooShort(head, user, config);
    else if (older) {
        yield (0,src_finding/* errorFinding */.i9)('not-a-descendant', `${notFollowing}, it is older: deploying it would drop commits that are live. ${live}`, 'Deploy a newer commit.', (0,remedy/* inClone */.Jv)('To give a change up, revert it and deploy that', `git revert --no-edit ${commit}..${head}`, 'git push'));
    }
    else if (pushed)
        yield rewritten(head, live, user, config);
    else
        yield diverged(`${notFollowing}: both have commits that the other has not. ${live}`, user, config);
}
function* ofAnotherBranch({ onBranch: isThere, ancestry }, { tag, branch, commit, command }) {
    if (isThere || ancestry !== 'descendant' || command === 'rollback')
        return;
    yield (0,src_finding/* errorFinding */.i9)('commit-not-on-branch', `The tag ${tag ?? ''} is at ${commit.slice(0, 10)}, which is not on ${branch}, the branch that the server follows. The next deploy of ${branch} would find commits live that ${branch} has not.`, `Merge it into ${branch}, and deploy a tag of that.`);
}
function madeHere(head) {
    return `The live commit ${head} was made on the server and is nowhere else: going back would leave it behind.`;
}
function tooShort(head, user, { path, commit, remote }) {
    return (0,src_finding/* errorFinding */.i9)('shallow-clone', `${path} is a shallow clone: its history is too short to tell whether commit ${commit} follows the live commit ${head}.`, (0,remedy/* asUser */.ex)(user, 'Fetch the rest of the history', `git -C ${(0,server_command/* quote */.hD)(path)} fetch --unshallow ${(0,server_command/* quote */.hD)(remote)}`));
}
/** After `git commit --amend`, a rebase or a force push. What is live is then no mistake: the new history lacks it. */
function rewritten(head, live, user, config) {
    const { remote, branch, commit } = config;
    const from = (0,server_command/* quote */.hD)(remote);
    const [name, old] = [(0,server_command/* quote */.hD)(branch), 'before-the-rewrite'];
    return (0,src_finding/* errorFinding */.i9)('history-rewritten', `The history of ${branch} was rewritten after ${head.slice(0, 10)} went live (git commit --amend, rebase or force push), so commit ${commit.slice(0, 10)} does not follow it. ${live}`, [
        keepLive(user, config, 'Push the live commit to a branch of its own', old),
        (0,remedy/* inClone */.Jv)('Let the new history follow it. The files are those of the new history', `git fetch ${from} && git checkout ${name} && git merge --ff-only ${from}/${name}`, `git merge -s ours --allow-unrelated-histories --no-edit ${from}/${old}`, 'git push'),
    ]);
}
function diverged(message, user, config) {
    const from = (0,server_command/* quote */.hD)(config.remote);
    return (0,src_finding/* errorFinding */.i9)('branch-diverged', message, [
        keepLive(user, config, 'Push what was committed on the server', 'from-the-server'),
        (0,remedy/* inClone */.Jv)('Merge it, and deploy the merge', `git fetch ${from}`, `git merge --no-edit ${from}/from-the-server`, 'git push'),
    ]);
}
/** The live commit on a branch of the repository; with source: push the server itself cannot reach that. */
function keepLive(user, config, what, branch) {
    const { path, remote, source, target, through } = config;
    const to = (0,server_command/* quote */.hD)(remote);
    if (source === 'fetch')
        return (0,remedy/* asUser */.ex)(user, what, `git -C ${(0,server_command/* quote */.hD)(path)} push ${to} HEAD:refs/heads/${branch}`);
    const hops = through.map((hop) => `${hop.user}@${hop.host}:${hop.port}`).join(',');
    const ssh = hops === '' ? '' : `GIT_SSH_COMMAND=${(0,server_command/* quote */.hD)(`ssh -J ${hops}`)} `;
    const host = target.host.includes(':') ? `[${target.host}]` : target.host;
    const at = (0,server_command/* quote */.hD)(`ssh://${target.user}@${host}:${target.port}${path}`);
    return (0,remedy/* inClone */.Jv)(what, `${ssh}git fetch ${at} HEAD && git push ${to} FETCH_HEAD:refs/heads/${branch}`);
}

;// CONCATENATED MODULE: ./src/steps/inspect/topics/lfs.ts




/** Whether visitors would get the files that the commit keeps in Git LFS, and not their pointers. */
function judgeLfs(state, { user, first = false }, config, repository) {
    if (state === 'missing') {
        return [
            (0,src_finding/* errorFinding */.i9)('lfs-missing', 'The commit keeps files in Git LFS, which is not set up on the server. Visitors would get pointer files of a few lines in their place.', [
                (0,remedy/* asRoot */.tE)('Install it', 'sudo apt-get install -y git-lfs'),
                first ? useInFirst(user, config) : useInLive(user, config),
            ]),
        ];
    }
    if (typeof state === 'string')
        return [];
    return [lfs_notFetched(state.problem, config, first ? originOf(user, config, repository) : [])];
}
// Without hooks: those of Git LFS serve who commits, and would fail where it is removed again.
const lfs_install = 'lfs install --local --skip-repo';
function useInLive(user, { path }) {
    const git = `git -C ${(0,server_command/* quote */.hD)(path)}`;
    return (0,remedy/* asUser */.ex)(user, 'Let the clone use it', `${git} ${lfs_install}`, `${git} lfs pull`);
}
/** What a first deploy made went with it. A repository that is there is used. */
function useInFirst(user, { clone }) {
    return (0,remedy/* asUser */.ex)(user, 'Make the repository of the releases, and let it use Git LFS', makeRepository(clone), `git -C ${(0,server_command/* quote */.hD)(clone)} ${lfs_install}`);
}
/** Where a first release has its files from: there is no clone that knows it. */
function originOf(user, { clone, remote }, repository) {
    const git = `git -C ${(0,server_command/* quote */.hD)(clone)}`;
    return [
        (0,remedy/* asUser */.ex)(user, 'Make the repository of the releases, and let it know the remote', makeRepository(clone), `${git} remote get-url ${(0,server_command/* quote */.hD)(remote)} >/dev/null 2>&1 || ${git} remote add ${(0,server_command/* quote */.hD)(remote)} ${(0,server_command/* quote */.hD)(bySsh(repository))}`),
        (0,remedy/* toSee */.F1)('Let it have the commit', `${git} fetch -q ${(0,server_command/* quote */.hD)(remote)}`),
    ];
}
function lfs_notFetched(problem, { path, clone, remote, commit, source }, origin) {
    // The cause comes before the last line, which only says that it failed.
    const lines = problem.split('\n').map((line) => line.trim());
    const last = lines.filter((line) => line !== '').slice(-2);
    const pushed = source === 'push' ? ' A push does not bring them.' : '';
    const git = `git -C ${(0,server_command/* quote */.hD)(origin.length === 0 ? path : clone)}`;
    return (0,src_finding/* errorFinding */.i9)('lfs-not-fetched', `The server cannot fetch the files that the commit keeps in Git LFS.${pushed} Git LFS said: ${last.join(' ')}`, [
        ...origin,
        (0,remedy/* toSee */.F1)('This has to work without a question', `${git} lfs fetch ${(0,server_command/* quote */.hD)(remote)} ${(0,server_command/* quote */.hD)(commit)}`),
        (0,remedy/* advice */.v9)('Let the deploy user read the remote of the clone, where these files are. Or commit them without Git LFS.'),
    ]);
}

;// CONCATENATED MODULE: ./src/steps/inspect/topics/commit.ts








// The commit itself first: a run may deploy what its branch has already left behind.
const fetch = `# fetch the commit
git cat-file -e "$2^{commit}" 2>/dev/null && exit
git fetch --quiet --no-tags --refmap= "$1" "$2" || git fetch --quiet --no-tags --refmap= "$1" "$3"
git cat-file -e "$2^{commit}" 2>/dev/null || { echo "$1 has no such commit" >&2; exit 1; }`;
const commit_isThere = `# is the commit there
git cat-file -e "$1^{commit}" 2>/dev/null || { echo 'it was not sent' >&2; exit 1; }`;
const inTheWay = `# files that the commit brings and that lie there already
git diff -z --name-only --diff-filter=A HEAD "$1" | xargs -0 -r ls -d 2>/dev/null
exit 0`;
// What a commit took out of git and what stayed on the server comes into git again, and is the same file mostly.
const otherwise = `# files that the commit brings and that lie there with other contents
git diff -z --name-only --no-renames --diff-filter=A HEAD "$1" | xargs -0 -r sh -c '
  commit=$1 && shift
  for one; do
    [ -e "$one" ] || [ -L "$one" ] || continue
    [ -f "$one" ] && [ ! -L "$one" ] && [ "$(git rev-parse "$commit:$one")" = "$(git hash-object -- "$one")" ] ||
      printf "%s\\n" "$one"
  done' sh "$1"
exit 0`;
// One that is as the live commit has it, and not empty, stays. Each line says which.
const submodules = `# submodules of the commit
git ls-tree -r "$1" | sed -n 's/^160000 commit //p' | while IFS= read -r one; do
  id=\${one%%	*} path=\${one#*	}
  [ "$(git rev-parse -q --verify "HEAD:$path")" = "$id" ] && [ -n "$(ls -A "$path" 2>/dev/null | grep -vx .git)" ] &&
    echo "kept $path" || echo "fetched $path"
done`;
// Fetched now, all in one: where that fails nothing was touched yet, and git asks for no file by itself later.
const lfs = `# fetch the files that the commit keeps in Git LFS
git grep -q 'filter=lfs' "$2" -- '.gitattributes' '*/.gitattributes' || { echo none; exit 0; }
git config --get filter.lfs.smudge >/dev/null && git lfs version >/dev/null 2>&1 || { echo missing; exit 0; }
git lfs fetch "$1" "$2" >/dev/null && echo ready`;
const commit_size = `# how large is the commit
git ls-tree -r -l "$1" | awk '{ bytes += $4; files += 1 } END { print bytes + 0, files + 0 }'`;
const commit_onBranch = `# is the commit on the branch
git fetch --quiet --no-tags --refmap= "$1" "$2" && git merge-base --is-ancestor "$3" FETCH_HEAD`;
const wasPushed = `# was the live commit in the repository
head=$(git rev-parse HEAD)
[ -n "$(git for-each-ref --count=1 --contains "$head" "$2")" ] ||
  grep -qF "\\"commit\\":\\"$head\\"" "$(git -C "$1" rev-parse --absolute-git-dir)/ci4-deploy/releases.jsonl" 2>/dev/null`;
const overruled = `# files of the commit that releases share
commit=$1
shift
git ls-tree -z "$commit" -- "$@" | sed -zn 's/^100[0-9]* blob [^\t]*\t//p'`;
/** Only a deploy asks about a commit. */
function askCommit(config) {
    const { path, commit, remote, branch, tag, command: wish, source } = config;
    const pushed = source === 'push';
    const at = { cwd: path };
    const inPlace = config.strategy === 'in-place';
    const git = (...args) => (0,server_command/* command */.G5)('git', args, at);
    return {
        fetch: pushed ? (0,server_command/* shell */.vf)(commit_isThere, [commit], at) : (0,server_command/* shell */.vf)(fetch, [remote, commit, branch], at),
        ancestry: git('merge-base', '--is-ancestor', 'HEAD', commit),
        shallow: git('rev-parse', '--is-shallow-repository'),
        ownCommits: git('log', '--format=%h %s', '--max-count=11', `${commit}..HEAD`),
        older: git('merge-base', '--is-ancestor', commit, 'HEAD'),
        changed: git('diff', '-z', '--name-only', 'HEAD', commit),
        // A release begins empty.
        inTheWay: inPlace ? (0,server_command/* shell */.vf)(wish === 'rollback' ? otherwise : inTheWay, [commit], at) : server_command/* nothing */.s6,
        submodules: (0,server_command/* shell */.vf)(submodules, [commit], at),
        lfs: (0,server_command/* shell */.vf)(lfs, [remote, commit], at),
        size: (0,server_command/* shell */.vf)(commit_size, [commit], at),
        wasPushed: (0,server_command/* shell */.vf)(wasPushed, [config.clone, inPlace ? 'refs/remotes' : 'refs/heads'], at),
        onBranch: tag === null || pushed ? server_command/* nothing */.s6 : (0,server_command/* shell */.vf)(commit_onBranch, [remote, branch, commit], at),
        overruled: inPlace ? server_command/* nothing */.s6 : (0,server_command/* shell */.vf)(overruled, [commit, ...sharedPaths(config)], at),
        url: git('remote', 'get-url', remote),
    };
}
/** Reads what git said of the commit: whether it is there, and how it follows the live one. */
function readCommit(answers) {
    const [bytes = 0, files = 0] = answers.size.stdout.trim().split(' ').map(Number);
    return {
        fetched: (0,server_command/* succeeded */.gq)(answers.fetch) ? 'ok' : { problem: answers.fetch.stderr.trim() },
        ancestry: ancestryOf(answers.ancestry),
        shallow: answers.shallow.stdout.trim() === 'true',
        ownCommits: (0,server_command/* succeeded */.gq)(answers.ownCommits) ? entries(answers.ownCommits.stdout, '\n') : [],
        older: (0,server_command/* succeeded */.gq)(answers.older),
        changed: entries(answers.changed.stdout, '\0'),
        inTheWay: entries(answers.inTheWay.stdout, '\n'),
        submodules: commit_submodulesOf(answers.submodules),
        lfs: lfsOf(answers.lfs),
        size: { bytes, files },
        onBranch: (0,server_command/* succeeded */.gq)(answers.onBranch),
        wasPushed: (0,server_command/* succeeded */.gq)(answers.wasPushed),
        overruled: entries(answers.overruled.stdout, '\0'),
        url: answers.url.stdout.trim(),
    };
}
function lfsOf(output) {
    const said = output.stdout.trim();
    if (said === 'none' || said === 'ready' || said === 'missing')
        return said;
    return (0,server_command/* succeeded */.gq)(output) ? 'none' : { problem: output.stderr.trim() };
}
function commit_submodulesOf(output) {
    const [fetched, kept] = [commit_after(output, 'fetched'), commit_after(output, 'kept')];
    return fetched.length + kept.length === 0 ? null : { fetched, kept };
}
function commit_after({ stdout }, word) {
    return entries(stdout, '\n')
        .filter((line) => line.startsWith(`${word} `))
        .map((line) => line.slice(word.length + 1));
}
function ancestryOf(output) {
    if ((0,server_command/* succeeded */.gq)(output))
        return 'descendant';
    return (0,server_command/* exitCode */.I$)(output) === 1 ? 'not a descendant' : 'unknown';
}
/** Whether the commit may go live after the live one. */
function judgeCommit(reported, clone, config, { sharing, repository }) {
    if ('problem' in clone)
        return [];
    const { user } = sharing;
    const { fetched } = reported;
    if (fetched !== 'ok' && config.source === 'push')
        return notSent(config);
    if (fetched !== 'ok') {
        const url = reported.url || repository;
        return [commit_unreachable(`commit ${config.commit}`, fetched.problem, url, user, config)];
    }
    return [
        ...judgeHistory(reported, clone, user, config),
        ...overwritten(reported, user, config),
        ...judgeLfs(reported.lfs, sharing, config, repository),
        ...notUsed(reported, config),
    ];
}
/** A deploy sends it under the lock; where that could not be had, something else stands in the way, and is found. */
function notSent({ command: wish, commit }) {
    if (wish !== 'rollback')
        return [];
    return [
        (0,src_finding/* errorFinding */.i9)('commit-unreachable', `The server does not have commit ${commit} any more, and with source: push it fetches nothing.`, (0,remedy/* inClone */.Jv)('Bring its files back with a new commit, and deploy that', `git checkout ${commit} -- .`, `git commit -m ${(0,server_command/* quote */.hD)(`Back to ${commit.slice(0, 10)}`)} && git push`)),
    ];
}
/** What git says of a server that does not let it in, or does not know what it asks for. */
const commit_refused = /Permission denied|publickey|could not read (Username|Password)|Authentication failed|Host key verification failed|Repository not found|access rights/i;
/** The finding that git cannot fetch; `what` it cannot fetch. */
function commit_unreachable(what, problem, url, user, { remote, branch, path }) {
    const first = problem.split('\n').find((line) => line.trim() !== '') ?? '';
    const message = `The server cannot fetch ${what} from ${remote} (${url}): ${first.trim()}`;
    const origin = { path, repository: bySsh(url), remote, branch };
    const tried = (0,remedy/* toSee */.F1)('This has to work without a question', `git -C ${(0,server_command/* quote */.hD)(path)} fetch ${(0,server_command/* quote */.hD)(remote)}`);
    return commit_refused.test(problem)
        ? (0,src_finding/* errorFinding */.i9)('commit-unreachable', message, [...deployKey(user, origin), tried])
        : (0,src_finding/* errorFinding */.i9)('commit-unreachable', message, tried);
}
function* overwritten({ inTheWay: files, ancestry }, user, { path, command: wish }) {
    if (files.length === 0)
        return;
    if (ancestry !== 'descendant' && wish !== 'rollback')
        return;
    yield (0,src_finding/* errorFinding */.i9)('files-in-the-way', `The commit brings files that already lie on the server without belonging to git: ${some(files)}.`, (0,remedy/* asUser */.ex)(user, 'Keep copies of them, and let git have the places. Visitors lose them until the deploy', `cd ${(0,server_command/* quote */.hD)(path)} && tar -cf ~/files-in-the-way.tar -- ${files.map(server_command/* quote */.hD).join(' ')}`, `cd ${(0,server_command/* quote */.hD)(path)} && rm -r -- ${files.map(server_command/* quote */.hD).join(' ')}`));
}
function* notUsed({ overruled: files }, { base, branch }) {
    if (files.length === 0)
        return;
    const named = files.map(server_command/* quote */.hD).join(' ');
    yield (0,src_finding/* warningFinding */.oL)('shared-in-git', `The commit has files that releases share, so visitors get those of ${base}/shared in their place: ${some(files)}. What is changed in git is never used.`, (0,remedy/* inClone */.Jv)(`Take them out of git. The server keeps its own. They stay in the history: passwords in there are to be changed`, `git checkout ${(0,server_command/* quote */.hD)(branch)} && git pull`, `git rm -q --cached ${named}`, `printf '%s\\n' ${files.map((file) => (0,server_command/* quote */.hD)(`/${file}`)).join(' ')} >>.gitignore`, `git add .gitignore && git commit -q -m 'Files of the server alone' && git push -q`));
}

;// CONCATENATED MODULE: ./src/steps/inspect/topics/disk.ts



// Stage and live tree may lie on different file systems: the scarcer one counts.
const disk_question = `# free bytes and inodes
git=$(git rev-parse --absolute-git-dir) || exit
[ ! -d "$git/ci4-deploy" ] || git=$git/ci4-deploy
echo bytes $(df -Pk . "$git" | awk 'NR > 1 { print $4 * 1024 }')
echo inodes $(df -Pi . "$git" | awk 'NR > 1 && $2 > 0 { print $4 }')`;
/** Free room where the stage and the live tree are. */
function askDisk({ path }) {
    return { disk: (0,server_command/* shell */.vf)(disk_question, [], { cwd: path }) };
}
/** Reads the free room, in bytes and in files. */
function readDisk({ disk }) {
    const least = (what) => {
        const line = disk.stdout.split('\n').find((one) => one.startsWith(`${what} `));
        const numbers = (line ?? '').split(' ').slice(1).filter(Boolean).map(Number);
        return numbers.length === 0 ? null : Math.min(...numbers);
    };
    return { bytes: least('bytes'), inodes: least('inodes') };
}
/** Room for caches, logs and what git writes besides. */
const reserve = { bytes: 20 * 1024 * 1024, files: 500 };
/** The stage is a whole tree; the live one may take the same again while git replaces it. */
function judgeDisk(disk, size, { base }) {
    // Not `current`: du(1) follows no link that it begins at, and a first release is gone by then.
    const there = (0,server_command/* quote */.hD)(`${base}/`);
    const bytes = size.bytes * 2 + reserve.bytes;
    const files = size.files * 2 + reserve.files;
    const found = [];
    if (disk.bytes !== null && disk.bytes < bytes) {
        found.push((0,src_finding/* errorFinding */.i9)('disk-short', `${mebibytes(disk.bytes)} are free at ${base}; staging this commit and switching to it takes up to ${mebibytes(bytes)}. A full disk would stop the deploy half-way, and the site with it.`, (0,remedy/* toSee */.F1)('See what is large', `df -h ${there}`, `du -xh --max-depth=2 ${there} | sort -h | tail`)));
    }
    if (disk.inodes !== null && disk.inodes < files) {
        found.push((0,src_finding/* errorFinding */.i9)('inodes-short', `${disk.inodes} files more fit on the file system of ${base}; this commit takes up to ${files}.`, (0,remedy/* toSee */.F1)('See what has so many files', `df -i ${there}`, `du -x --inodes --max-depth=3 ${there} | sort -n | tail`)));
    }
    return found;
}
/** A number of bytes as a person reads it. */
function mebibytes(bytes) {
    return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}

;// CONCATENATED MODULE: ./src/steps/inspect/topics/adopted.ts




/** Asks what an adoption left, and what the web server serves since. */
function askAdopted({ strategy, clone }) {
    return { adopted: strategy === 'in-place' ? askRoot(clone) : server_command/* nothing */.s6 };
}
/** Reads it. */
function readAdopted({ adopted }) {
    const [root, base] = adopted.stdout.trim().split('\n');
    if (base === undefined)
        return null;
    return { base, root: root === 'releases' || root === 'clone' ? root : 'unknown' };
}
/** A deploy in place of what nobody visits any more would be green, and visitors would keep the old code. */
function judgeAdopted(adopted, purpose) {
    if (adopted?.root !== 'releases' || purpose === 'adopt')
        return [];
    const { base } = adopted;
    return [
        (0,src_finding/* errorFinding */.i9)('adopted-elsewhere', `The site was adopted: the web server serves ${base}/current. A deploy in place would change files that nobody visits.`, (0,remedy/* inInputs */.ht)('Deploy to its release directories', 'strategy: releases', `path: ${base}`)),
    ];
}
/** What was not verified, as sentences. */
function adoptedUnknown(adopted) {
    if (adopted?.root !== 'unknown')
        return [];
    return [
        `Whether visitors are served from ${adopted.base}/current, which was made for them: the configuration of the web server does not say.`,
    ];
}

;// CONCATENATED MODULE: ./src/steps/inspect/topics/environment.ts






const absent = 40;
const environment_question = `# is .env there and readable
[ -e .env ] || exit ${absent}
[ -r .env ]`;
/** Whether `.env` is there and can be read. */
function askEnvironment({ path }) {
    return { environment: (0,server_command/* shell */.vf)(environment_question, [], { cwd: path }) };
}
/** Reads how `.env` is. */
function readEnvironment({ environment }) {
    if ((0,server_command/* succeeded */.gq)(environment))
        return 'ok';
    return (0,server_command/* exitCode */.I$)(environment) === absent ? 'absent' : 'closed';
}
/** There is no `.env`: an error where the application does not find its database without it. */
function envMissing({ path, base, strategy }, user, needed) {
    const inPlace = strategy === 'in-place';
    const env = (0,server_command/* quote */.hD)(inPlace ? `${path}/.env` : `${base}/shared/.env`);
    const linked = inPlace ? [] : [`ln -sfn ${env} ${(0,server_command/* quote */.hD)(`${path}/.env`)}`];
    if (!needed) {
        return (0,src_finding/* noticeFinding */.yv)('env-missing', `${path}/.env does not exist, and the application finds its database without it. A commit that moves the sessions needs the file for a moment.`, (0,remedy/* asUser */.ex)(user, 'An empty one changes nothing', `touch ${env}`, `chmod 644 ${env}`, ...linked));
    }
    return (0,src_finding/* errorFinding */.i9)('env-missing', `${path}/.env does not exist, and without it the application does not find its database.`, [
        (0,remedy/* asUser */.ex)(user, 'Begin with the example of CodeIgniter', `cp -n ${(0,server_command/* quote */.hD)(`${path}/env`)} ${env}`, ...linked),
        (0,remedy/* asUser */.ex)(user, 'Fill in CI_ENVIRONMENT, app.baseURL and database.default.* there.'),
    ]);
}
/** What is wrong with an `.env` that is there. */
function judgeEnvironment(reported, place, { path }, sharing) {
    if (reported !== 'closed' || !isThere(place))
        return [];
    const { user, state } = place;
    return [
        (0,src_finding/* errorFinding */.i9)('env-closed', `${path}/.env cannot be read by ${user}, who runs the migration.`, state === 'read only' ? partOfWritable : shareEnv(sharing)),
    ];
}

;// CONCATENATED MODULE: ./src/steps/fpm/apache.ts
/** Shell text that finds the module of PHP that Apache loads, as its path; nothing where it loads none. */
const modPhp = `modphp() {
  grep -RhsE '^[[:space:]]*LoadModule[[:space:]]+php[0-9]*_module' /etc/apache2/mods-enabled /etc/httpd/conf.modules.d | awk '{ print $3 }' | head -n 1
}`;
/** Shell text that tells by the program of a unit in `$binary` whether it is Apache. */
const isApache = 'case ${binary##*/} in apachectl|apache2ctl|apache2|httpd) apache=1 ;; *) apache= ;; esac';
// A key of TLS is closed to an ordinary user, for whom Apache then says that the file does not exist.
/** Shell text that ends with the test of Apache's own configuration, where the unit is Apache; with 77 where we cannot tell. */
const testApache = `if [ -n "$apache" ]; then
  said=$("$binary" -t 2>&1) && exit 0
  case $said in *'Permission denied'*|*SSLCertificate*|*'does not exist or is empty'*) exit 77 ;; esac
  printf '%s\\n' "$said" | grep -vE '^(AH00558|Action |The Apache error log)' >&2
  exit 1
fi`;
// The command line of the same version reads the settings of mod_php where it is led to them (Debian).
/** Shell text that prints the parts of `describeFpm` for Apache: version, modules, connections, configuration, program, and what it runs. */
const describeApache = `if [ -n "$apache" ]; then
  module=$(modphp)
  if [ -z "$module" ]; then printf '\\f\\f0\\f\\f%s\\fnone' "$binary"; exit 0; fi
  version=$(printf '%s\\n' "$module" | sed -n 's/.*libphp\\([0-9.]*\\)\\.so$/\\1/p')
  export PHP_INI_SCAN_DIR="/etc/php/$version/apache2/conf.d"
  modules=$("php$version" -c "/etc/php/$version/apache2" -m 2>/dev/null) && "php$version" -n -v; printf '\\f'
  printf '%s\\n' "$modules"
  printf '\\f0\\f%s\\f%s\\fmod_php' /etc/apache2/apache2.conf "$binary"
  exit 0
fi`;

;// CONCATENATED MODULE: ./src/steps/fpm/fpm.ts


/** Whether sudo lets this user reload the service without a password; the answer is the exit status. */
function mayReload(unit) {
    return (0,server_command/* command */.G5)('sudo', ['-n', '-l', 'systemctl', 'reload', unit]);
}
/** What systemd knows of the service. */
function showFpm(unit) {
    return (0,server_command/* command */.G5)('systemctl', ['show', '-p', 'LoadState', '-p', 'ActiveState', '--', unit]);
}
/** The PHP-FPM services that systemd does know, for a better message. */
function listFpm() {
    return (0,server_command/* command */.G5)('systemctl', [
        'list-units',
        '--all',
        '--plain',
        '--no-legend',
        'php*fpm*.service',
    ]);
}
// php-fpm -t as an ordinary user stops at the log file, which is root's: the copy it tests logs nowhere. It stops at a
// folder of opcache.file_cache_only that only PHP-FPM's user may write to, too.
// Binary and configuration are those the unit itself starts with (systemd.service, ExecStart).
const unit = `start=$(systemctl show -p ExecStart --value -- "$1")
binary=$(printf '%s\\n' "$start" | sed -n 's/.*path=\\([^ ;]*\\).*/\\1/p')
config=$(printf '%s\\n' "$start" | sed -n 's/.*--fpm-config[ =]\\([^ ;]*\\).*/\\1/p')
${isApache}`;
const test = `# php-fpm -t as the unit starts it
${unit}
${testApache}
[ -x "$binary" ] && [ -r "$config" ] || exit 77
copy=$(mktemp) || exit 77
trap 'rm -f "$copy"' EXIT
sed 's#^[[:space:]]*error_log[[:space:]]*=.*#error_log = /dev/null#' "$config" >"$copy" || exit 77
"$binary" "$2" -d opcache.file_cache_only=0 -y "$copy"`;
// Where its settings keep it from starting, as a folder for opcache that is closed to us does, nothing is known of it.
// A connection to a socket or a port is a request that is being served, or waits to be (proc(5), unix(7)).
const describe = `# the PHP of the unit, and connections to it
${unit}
${modPhp}
${describeApache}
[ -x "$binary" ] || exit 77
modules=$("$binary" -m) && "$binary" -n -v; printf '\\f'
printf '%s\\n' "$modules"; printf '\\f'
grep -c " 03 *[0-9]* .*php.*fpm.*\\.sock" /proc/net/unix; printf '\\f'
printf '%s' "$config"; printf '\\f'
printf '%s' "$binary"
exit 0`;
const runs = `# PHP-FPM is running
state=$(systemctl is-active -- "$1") || { echo "$1 is $state" >&2; exit 1; }`;
const notTestable = 77;
// What is not testable passes; what is broken ends with the status of php-fpm.
// A file that somebody changed since then has a newer ctime (inode(7)), whatever he did with its date. A configuration
// that includes files from elsewhere is tested again.
const passes = `# php-fpm -t before the reload
${unit}
unchanged() {
  [ -f "$1" ] && [ -f "$binary" ] && [ -f "$config" ] || return 1
  home=$(dirname -- "$config")
  elsewhere=$(sed -n 's/^[[:space:]]*include[[:space:]]*=[[:space:]]*//p' "$config" | grep -vF -e "$home/")
  [ -z "$elsewhere" ] && [ -z "$(find -L "$binary" "$home" -cnewer "$1" -print -quit 2>&1)" ]
}
unchanged "$3" && exit 0
said=$({
${test}
} 2>&1)
status=$?
[ "$status" != 0 ] && [ "$status" != ${notTestable} ] || exit 0
faults=$(printf '%s\\n' "$said" | grep -E 'ERROR|ALERT')
case $faults in *'Permission denied'*) [ "$(printf '%s\\n' "$faults" | wc -l)" -gt 3 ] || exit 0 ;; esac
printf '%s\\n' "$said" >&2
exit "$status"`;
/**
 * `php-fpm -t` with the service's own binary and configuration. It fails where a reload would kill PHP-FPM;
 * {@link readFpmTest} says why.
 * @param tested a file that is as old as an earlier test, or older: only what was changed since is tested again. Null where there was none
 */
function testFpm(unit, tested) {
    return (0,server_command/* shell */.vf)(passes, [unit, '-t', tested ?? '']);
}
/** The same test, with the whole configuration (`php-fpm -tt`), and what its binary is. Not for the log: environments are in it. */
function describeFpm(unit) {
    return {
        fpmTest: (0,server_command/* shell */.vf)(test, [unit, '-tt'], { shown: 'command' }),
        fpmBinary: (0,server_command/* shell */.vf)(describe, [unit], { shown: 'command' }),
    };
}
/** What the test said. A file that only root may read makes it not testable, which is not a fault of the configuration. */
function readFpmTest(output) {
    if ((0,server_command/* succeeded */.gq)(output))
        return 'ok';
    const text = `${output.stdout}${output.stderr}`.trim();
    const status = typeof output.exit === 'object' && 'code' in output.exit ? output.exit.code : 1;
    const lines = text.split('\n').filter((line) => /ERROR|ALERT/.test(line));
    const closed = (line) => line.includes('Permission denied');
    if (status === notTestable || (lines.some(closed) && lines.length <= 3))
        return 'not testable';
    // The first line names the file and the line; what follows only repeats that loading failed.
    const [first] = lines;
    const problem = first?.replace(/^\[[^\]]*\] (ERROR|ALERT): /, '') ?? text;
    return { problem: problem || `php-fpm -t ended with status ${status}` };
}
/** Fails when the service is not running, so that a reload would start nothing. */
function fpmRuns(unit) {
    return (0,server_command/* shell */.vf)(runs, [unit], { typed: `systemctl is-active ${(0,server_command/* quote */.hD)(unit)}` });
}
// Processes below the main one, each with a blank behind it; nothing where proc(5) is closed to us.
const children = `main=$(systemctl show -p MainPID --value -- "$1")
serving() { cat "/proc/$main/task/$main/children" 2>/dev/null; }`;
// A reload starts the main process again, which first ends all others: they take no new request, and where
// process_control_timeout lets them, they finish theirs. A busy server takes its time for it. Where none serves, or nobody
// may see them, more than half a second without a fault has to do.
const restart = `# sudo -n systemctl reload, and wait until it is active again
${children}
before=$(serving)
sudo -n systemctl reload "$1" || exit
renewed() {
  now=$(serving)
  for one in $before; do
    case " $now" in *" $one "*) return 1;; esac
  done
}
i=0
while [ $i -lt 200 ]; do
  sleep 0.05
  i=$((i + 1))
  state=$(systemctl is-active -- "$1")
  case $state in
    active) if [ -n "$before" ]; then renewed; else [ $i -ge 12 ]; fi && exit 0 ;;
    reloading) ;;
    *) [ $i -lt 40 ] || break ;;
  esac
done
[ "$state" != active ] || exit 0
echo "$1 is $state" >&2
exit 1`;
/** Reloads the service and waits until it has begun again; fails when systemd does not call it active within two seconds. */
function reloadFpm(unit) {
    const name = (0,server_command/* quote */.hD)(unit);
    const typed = `sudo -n systemctl reload ${name} && systemctl is-active ${name}`;
    return (0,server_command/* shell */.vf)(restart, [unit], { typed });
}

;// CONCATENATED MODULE: ./src/steps/fpm/settings.ts
/**
 * Reads the configuration as `php-fpm -tt` prints it. Environment variables stand there too and may be secrets: nothing
 * but the few settings named here leaves this function.
 * @returns null when the text holds no configuration
 */
function settings_readSettings(text) {
    const sections = sectionsOf(text);
    const global = sections.get('global');
    if (global === undefined)
        return null;
    sections.delete('global');
    return {
        controlTimeout: Number.parseInt(global.get('process_control_timeout') ?? '0', 10),
        pools: [...sections].map(([name, values]) => ({
            name,
            user: values.get('user') ?? '',
            listen: values.get('listen') ?? '',
            ...settings_named('group', values.get('group')),
            ...settings_named('socketGroup', values.get('listen.group')),
            maxChildren: Number(values.get('pm.max_children') ?? 0),
        })),
    };
}
/** php-fpm -tt calls what is not set `undefined`. */
function settings_named(name, value) {
    const set = value !== undefined && value !== '' && value !== 'undefined';
    return set ? { [name]: value } : {};
}
function sectionsOf(text) {
    const sections = new Map();
    let current = new Map();
    for (const line of text.split('\n')) {
        const reported = /NOTICE: \s*(.*)$/.exec(line)?.[1] ?? '';
        const title = /^\[(.+)\]$/.exec(reported)?.[1];
        if (title !== undefined) {
            current = new Map();
            sections.set(title, current);
        }
        const [, name, value] = /^([a-z][a-z_.]*) = (.*)$/.exec(reported) ?? [];
        if (name !== undefined)
            current.set(name, value ?? '');
    }
    return sections;
}

;// CONCATENATED MODULE: ./src/steps/inspect/topics/fpm.ts










const listServices = 'systemctl list-units --all "*php*fpm*"';
/** Service, configuration and pools of PHP-FPM, and whether we may reload it. */
function fpm_askFpm({ 'fpm-service': unit, reload }, purpose) {
    if (unit === 'none') {
        return { sudo: server_command/* nothing */.s6, fpm: server_command/* nothing */.s6, fpmUnits: server_command/* nothing */.s6, fpmTest: server_command/* nothing */.s6, fpmBinary: server_command/* nothing */.s6 };
    }
    return {
        sudo: purpose !== 'verify' && reload !== 'never' ? mayReload(unit) : server_command/* nothing */.s6,
        fpm: showFpm(unit),
        fpmUnits: listFpm(),
        ...describeFpm(unit),
    };
}
/** Reads what systemd and PHP-FPM said; null where input fpm-service is none. */
function readFpm(answers, { 'fpm-service': unit }) {
    if (unit === 'none')
        return null;
    const shown = (name) => new RegExp(`^${name}=(.*)$`, 'm').exec(answers.fpm.stdout)?.[1] ?? '';
    const bare = (name) => name.replace(/\.service$/, '');
    const units = entries(answers.fpmUnits.stdout, '\n').map((line) => bare(line.trim().split(/\s+/)[0] ?? ''));
    return {
        known: shown('LoadState') === 'loaded',
        // Another site may reload it at this moment: it runs.
        active: shown('ActiveState').replace(/^reloading$/, 'active'),
        others: units.filter((name) => name !== '' && name !== bare(unit)),
        sudo: (0,server_command/* succeeded */.gq)(answers.sudo) ? 'allowed' : { problem: answers.sudo.stderr.trim() },
        test: readFpmTest(answers.fpmTest),
        settings: settings_readSettings(answers.fpmTest.stderr + answers.fpmTest.stdout),
        ...binaryOf(answers.fpmBinary),
    };
}
/** Parts, see `describeFpm`: version, modules, connections, configuration, program, and of Apache what it runs. */
function binaryOf(output) {
    const parts = output.stdout.split('\f');
    const [version, modules, connections, file, binary, runs] = [0, 1, 2, 3, 4, 5].map((at) => (parts[at] ?? '').trim());
    const number = /^PHP (\d\S*)/m.exec(version)?.[1];
    const names = entries(modules, '\n').filter((line) => !line.startsWith('['));
    return {
        php: number === undefined ? null : { version: number, extensions: names },
        inFlight: Number(connections) || 0,
        file,
        binary: binary || 'php-fpm',
        runs: runs === 'mod_php' || runs === 'none' ? runs : 'PHP-FPM',
    };
}
/** What would keep PHP-FPM from serving the new code, or visitors from noticing nothing. */
function judgeFpm(fpm, place, reported, config, purpose) {
    if (fpm === null)
        return [];
    return [
        ...fpm_allowed(fpm, place, config),
        ...serving(fpm, config),
        ...fits(fpm, reported, config),
        ...(purpose === 'verify' ? [] : reloads(fpm, config)),
    ];
}
function* fpm_allowed({ sudo, known }, { user }, config) {
    if (sudo === 'allowed' || !known)
        return;
    const unit = config['fpm-service'];
    yield (0,src_finding/* errorFinding */.i9)('reload-not-allowed', `${user} may not reload ${unit} without a password: ${sudo.problem}`, allowReload(user, unit, sudo.problem));
}
function unknownService(name, others) {
    if (name === 'auto') {
        return others.length === 0
            ? 'systemd knows no service that looks like PHP-FPM.'
            : `Several services look like PHP-FPM (${some(others)}), and the web server's configuration does not say which serves the site.`;
    }
    return others.length === 0
        ? `systemd knows no service ${name}, nor any other that looks like PHP-FPM.`
        : `systemd knows no service ${name}, but ${some(others)}.`;
}
function* serving(fpm, config) {
    const name = config['fpm-service'];
    if (!fpm.known) {
        const { others } = fpm;
        yield (0,src_finding/* errorFinding */.i9)('fpm-unknown', unknownService(name, others), ...(others.length === 0
            ? [
                [(0,remedy/* toSee */.F1)('Find its name', listServices), (0,remedy/* inInputs */.ht)('Set fpm-service to it.')],
                (0,remedy/* inInputs */.ht)('If the site has no PHP-FPM', 'fpm-service: none'),
            ]
            : others.map((other) => (0,remedy/* inInputs */.ht)('', `fpm-service: ${other}`))));
        return;
    }
    if (fpm.runs === 'none') {
        yield noPhp(name, fpm.others);
    }
    else if (fpm.active !== 'active') {
        yield (0,src_finding/* errorFinding */.i9)('fpm-inactive', `${name} is ${fpm.active}: reloading it would start nothing.`, (0,remedy/* asRoot */.tE)('Start it', `sudo systemctl start ${(0,server_command/* quote */.hD)(name)}`));
    }
    else if (typeof fpm.test === 'object') {
        const then = fpm.runs === 'mod_php' ? 'it would refuse to reload' : 'a reload would kill it';
        yield (0,src_finding/* errorFinding */.i9)('fpm-configuration', `The configuration of ${name} is broken, so ${then}: ${fpm.test.problem}`, (0,remedy/* toSeeAsRoot */.b2)('Correct the file that it names. This has to find nothing', `sudo ${(0,server_command/* quote */.hD)(fpm.binary)} -t`));
    }
}
/** Apache that hands requests on to PHP-FPM: its reload shows nobody new code. */
function noPhp(name, others) {
    return (0,src_finding/* errorFinding */.i9)('fpm-other-service', `${name} runs no PHP itself (it loads no mod_php): reloading it would leave visitors with the old code.`, ...(others.length === 0
        ? [[(0,remedy/* toSee */.F1)('Find the service of PHP-FPM', listServices), (0,remedy/* inInputs */.ht)('Set fpm-service to it.')]]
        : others.map((other) => (0,remedy/* inInputs */.ht)(`Set fpm-service to ${other}.`))));
}
/** The PHP that serves visitors may be another than the one spark runs with. */
function* fits({ php, known }, reported, config) {
    if (php === null || !known)
        return;
    const name = config['fpm-service'];
    for (const extension of missingExtensions(php)) {
        yield (0,src_finding/* errorFinding */.i9)(`fpm-${extension}-missing`, `${name} (PHP ${php.version}) has no ${extension} extension: the site would fail although spark works.`, [installExtension(php.version, extension), (0,remedy/* asRoot */.tE)('Let PHP-FPM load it', reload(name))]);
    }
    const unfit = (0,php_wanted/* phpUnfit */.x)(php.version, reported.wanted);
    if (unfit !== null) {
        yield (0,src_finding/* errorFinding */.i9)('fpm-php-too-old', `${name} runs PHP ${php.version}, but ${unfit}: visitors would get an error page.`, [
            (0,remedy/* asRoot */.tE)('Install that PHP with its FPM, and let the web server use it.'),
            (0,remedy/* inInputs */.ht)('Set fpm-service to it.'),
        ]);
    }
    if (!('problem' in reported.php) && php_short(reported.php.version) !== php_short(php.version)) {
        yield (0,src_finding/* warningFinding */.oL)('php-versions-differ', `Visitors are served by PHP ${php.version} (${name}), spark runs with PHP ${reported.php.version}: what works here may fail there.`, (0,remedy/* inInputs */.ht)('', `php: /usr/bin/php${php_short(php.version)}`));
    }
}
/** What a reload will do to visitors. */
function* reloads({ settings, inFlight, file }, config) {
    if (settings === null || config.reload === 'never')
        return;
    const name = config['fpm-service'];
    if (settings.controlTimeout === 0) {
        yield (0,src_finding/* warningFinding */.oL)('reload-cuts-requests', `process_control_timeout of ${name} is 0: the reload cuts every request that is running then (${inFlight} at this moment), and the visitor gets an error.`, controlTimeout(name, file || '/etc/php-fpm.conf'));
    }
    for (const { name: pool, maxChildren } of settings.pools) {
        if (maxChildren > 2)
            continue;
        yield (0,src_finding/* warningFinding */.oL)('fpm-few-workers', `Pool ${pool} serves ${(0,count/* counted */.h)(maxChildren, 'request')} at a time. A visitor who waits for a session lock or a slow page stops all others, and the check after the reload with them.`, moreWorkers(name, file || '/etc/php-fpm.conf', pool));
    }
    if (settings.pools.length > 1) {
        yield {
            name: 'fpm-shared',
            severity: 'notice',
            message: `${name} serves several pools (${some(settings.pools.map((pool) => pool.name))}): the reload concerns the other sites too.`,
        };
    }
}

;// CONCATENATED MODULE: ./src/steps/inspect/topics/hidden.ts





// git-ls-files(1), -v: a small letter is assume-unchanged, S is skip-worktree. An index of our own, which has neither flags
// nor times, shows what really differs. A file that a sparse checkout left out is nobody's edit. GIT_CONFIG_COUNT has settings
// of our own rounds, which are nobody's.
const hidden_question = `# changes that git was asked not to see
flagged=$(git ls-files -v | grep -c '^[a-zS] ')
env -u GIT_CONFIG_COUNT git config --get-regexp '^core\\.(ignorestat|trustctime|checkstat|fsmonitor)$' >/dev/null && trusts=1
git ls-files -v -z | grep -z '^[a-zS] ' | cut -z -c 3-
printf '\\f'
[ "$flagged" != 0 ] || [ -n "$trusts" ] || exit 0
own=$(mktemp -d) || exit
trap 'rm -rf "$own"' EXIT
export GIT_INDEX_FILE="$own/index"
git read-tree --no-sparse-checkout HEAD || exit
sparse=$(git config --bool core.sparseCheckout)
git -c core.fsmonitor=false -c core.fileMode=false -c core.ignoreStat=false diff --no-ext-diff --no-renames --ignore-submodules=all \${sparse:+--diff-filter=d} --name-only -z "$@"`;
/** Files whose changes git was asked not to look at. */
function askHidden(config) {
    return { hidden: (0,server_command/* shell */.vf)(hidden_question, ownFiles(config), { cwd: config.path }) };
}
/** Reads their names. */
function readHidden({ hidden }) {
    const [flagged = '', edited = ''] = hidden.stdout.split('\f');
    return { flagged: entries(flagged, '\0'), edited: entries(edited, '\0') };
}
/**
 * What an ordinary `git status` has said already is left to it.
 * @param seen files that git status calls changed
 */
function judgeHidden({ flagged, edited }, seen, user, { path }) {
    const hidden = edited.filter((name) => !seen.includes(name));
    const harmless = flagged.filter((name) => !hidden.includes(name));
    return [
        ...(hidden.length === 0 ? [] : [hiddenEdits(hidden, user, path)]),
        ...(harmless.length === 0 ? [] : [marked(harmless)]),
    ];
}
function hiddenEdits(hidden, user, path) {
    const files = hidden.map(server_command/* quote */.hD).join(' ');
    return (0,src_finding/* errorFinding */.i9)('hidden-edits', `Tracked files were changed on the server, and git was asked not to see it (skip-worktree, assume-unchanged): ${some(hidden)}. What is migrated and verified is the commit, but visitors would get these edits.`, (0,remedy/* asUser */.ex)(user, 'git then sees the edits, and they stay', `cd ${(0,server_command/* quote */.hD)(path)}`, `git update-index --no-skip-worktree -- ${files}`, `git update-index --no-assume-unchanged -- ${files}`, `touch -c -- ${files}`, 'git status --short'));
}
function marked(harmless) {
    return {
        name: 'hidden-files',
        severity: 'notice',
        message: `git was asked not to look at changes of these tracked files (skip-worktree, assume-unchanged): ${some(harmless)}. They are as the live commit has them, or a sparse checkout left them out.`,
    };
}

;// CONCATENATED MODULE: ./src/steps/inspect/topics/other-deploys.ts




const other_deploys_others = `# is a deploy going on, or did one end in the middle
state=$(git rev-parse --absolute-git-dir 2>/dev/null)/ci4-deploy
waited=0
while [ -d "$state/lock" ] && [ "$waited" -lt "$1" ]; do sleep 1; waited=$((waited + 1)); done
if [ -d "$state/lock" ]; then
  heartbeat=$(stat -c %Y "$state/lock/heartbeat" 2>/dev/null || stat -c %Y "$state/lock")
  echo $(($(date +%s) - heartbeat)); cat "$state/lock/owner"
fi
printf '\\f'
for left in "$state"/left-*; do [ ! -d "$left" ] || cat "$left/owner"; done
exit 0`;
const pinned = `# is a session handler pinned
sed -n '/^# ci4-deploy begin /,/^# ci4-deploy end$/p' .env 2>/dev/null
exit 0`;
/** A deploy asks under its own lock; who only reads waits, as long as input lock-wait says, for the end of a deploy. */
function askOtherDeploys({ path, clone, 'lock-wait': wait }, purpose) {
    const look = (0,server_command/* shell */.vf)(other_deploys_others, [String(wait)], { cwd: clone, limit: wait + 30 });
    return {
        others: isLocking(purpose) ? server_command/* nothing */.s6 : look,
        pinned: (0,server_command/* shell */.vf)(pinned, [], { cwd: path }),
    };
}
/** The same once more after everything else, without waiting, and the commit that is live then. */
function other_deploys_askAgain(config, release) {
    return { ...askOtherDeploys({ ...config, 'lock-wait': 0 }, 'verify'), head: release.current() };
}
/** Reads who holds the lock, what was left, and which handler is pinned. */
function readOtherDeploys(answers) {
    const [held = '', unfinished = ''] = answers.others.stdout.split('\f');
    const [age = '0', ...owner] = held.trim().split('\n');
    return {
        holder: held.trim() === '' ? null : { age: Number(age), owner: owner.join(' ') },
        unfinished: unfinished.trim(),
        pinned: answers.pinned.stdout,
    };
}
/** While a deploy is going on, or one ended in the middle, nothing that is seen can be called right. */
function* judgeOtherDeploys({ holder, unfinished, pinned: lines }, { path }, purpose) {
    if (isLocking(purpose))
        return;
    if (holder !== null)
        yield locked(holder.owner, holder.age);
    if (unfinished !== '') {
        yield (0,src_finding/* errorFinding */.i9)('unfinished-deploy', `A deploy ended in the middle and was not finished since (${unfinished}), so the site is between two states.`, 'Run the deploy again. It finishes that one first.');
    }
    if (lines !== '' && holder === null && unfinished === '') {
        yield (0,src_finding/* errorFinding */.i9)('session-handler-pinned', `${path}/.env still pins the session handler of an earlier deploy, which ended while it moved the sessions. Visitors do not get the handler that the code names.`, 'Run the deploy again. It moves the sessions and takes the lines out of .env, and nobody is logged out.');
    }
}

;// CONCATENATED MODULE: ./src/steps/inspect/topics/remote.ts


const remote_question = `# does the repository answer
git remote get-url "$1" 2>/dev/null || echo
git ls-remote --exit-code "$1" "refs/heads/$2" >/dev/null`;
/** Whether the branch is there to be fetched. */
function askRemote({ path, remote, branch, source }) {
    const asked = (0,server_command/* shell */.vf)(remote_question, [remote, branch], { cwd: path });
    return { remote: source === 'push' ? server_command/* nothing */.s6 : asked };
}
/** Reads what git said. */
function readRemote({ remote }) {
    const problem = (0,server_command/* succeeded */.gq)(remote) ? '' : remote.stderr.trim() || 'it has no such branch';
    return { url: remote.stdout.trim(), problem };
}
/** What keeps the server from fetching. */
function judgeRemote({ url, problem }, clone, user, config) {
    if ('problem' in clone || problem === '')
        return [];
    return [commit_unreachable(`branch ${config.branch}`, problem, url, user, config)];
}

;// CONCATENATED MODULE: ./src/steps/inspect/topics/no-release.ts





/** Why there is no live release, and none is made: nothing where only its settings, or rights, are missing. */
function noRelease({ occupied, unmakeable, missing, closed }, { base, command }, sharing) {
    if (unmakeable)
        return [notMade(base, sharing)];
    if (occupied.length > 0)
        return [isOccupied(occupied, base)];
    if (command !== 'deploy' && command !== 'plan')
        return [notYet(base)];
    if (missing.includes('.env') || closed.length > 0)
        return [];
    return [
        (0,src_finding/* errorFinding */.i9)('no-release', `${base}/current does not exist, and no lock could be taken there: another first deploy may just have ended.`, 'Run the deploy again.'),
    ];
}
/** That it is the group of PHP-FPM lets it read what is made there. */
function notMade(base, sharing) {
    const { user, fpmGroup: group, fpmUser } = sharing;
    const shared = group === null && fpmUser === null ? '' : `-g ${fpmGroup(sharing)} -m 2755 `;
    return (0,src_finding/* errorFinding */.i9)('no-release', `${base} does not exist, or is closed to ${user}, who makes the first release there.`, (0,remedy/* asRoot */.tE)(`${user} gets an empty place for the releases.`, `sudo install -d -o ${(0,server_command/* quote */.hD)(user)} ${shared}${(0,server_command/* quote */.hD)(base)}`));
}
function isOccupied(occupied, base) {
    const look = (0,remedy/* toSee */.F1)('See what is there', `ls -la ${(0,server_command/* quote */.hD)(base)}`);
    const what = `${base}/current does not exist, so no release is live`;
    if (occupied.includes('spark') || occupied.includes('.git')) {
        return (0,src_finding/* errorFinding */.i9)('no-release', `${what}. An application lies in ${base} itself, as one that is deployed in place does.`, (0,remedy/* inInputs */.ht)('Make release directories beside it', 'command: adopt', 'strategy: in-place'), (0,remedy/* inInputs */.ht)('Or go on in place', 'strategy: in-place'));
    }
    const releases = occupied.filter((one) => one.startsWith('releases/'));
    if (releases.length > 0) {
        return (0,src_finding/* errorFinding */.i9)('no-release', `${what}, but there are directories of releases: ${some(releases)}. Somebody removed the link.`, [
            look,
            (0,remedy/* advice */.v9)('Lead current to the release that was live, as in: ln -s releases/NAME current'),
        ]);
    }
    return (0,src_finding/* errorFinding */.i9)('no-release', `${what}. The first one is made where nothing lies but shared/, and there is more: ${some(occupied)}.`, [look, (0,remedy/* advice */.v9)('Move it away, or set path to an empty place.')]);
}
function notYet(base) {
    return (0,src_finding/* errorFinding */.i9)('no-release', `${base}/current does not exist, so no release is live.`, 'Run a deploy. It makes the first release.');
}

;// CONCATENATED MODULE: ./src/steps/inspect/topics/releases.ts








// One word and a path on each line.
const releases_question = `# releases, and what they share
cd "$1" 2>/dev/null || {
  [ ! -e "$1" ] && [ -w "$(dirname -- "$1")" ] || echo unmakeable
  shift; printf 'missing %s\\n' "$@"; exit 0
}
shift
if [ "$(readlink current)" = releases/${directories_first/* firstRelease */.yn} ]; then echo current first
elif [ -L current ]; then
  case $(readlink -f current) in
    "$(readlink -f releases)"/*) [ -d current ] && echo current release || echo current elsewhere ;;
    *) echo current elsewhere ;;
  esac
elif [ -e current ]; then echo current directory
else
  echo current absent
  { ls -A . | grep -vxE 'shared|releases|repo|lost[+]found|repo[.]new-.*'
    ls -A releases 2>/dev/null | grep -vx ${directories_first/* firstRelease */.yn.replace('.', '[.]')} | sed 's|^|releases/|'; } | sed 's/^/occupied /'
fi
for one; do
  [ -e "shared/$one" ] || { printf 'missing %s\\n' "$one"; continue; }
  [ -e "current/$one" ] && [ "$(readlink -f "current/$one")" != "$(readlink -f "shared/$one")" ] || continue
  [ -d "current/$one" ] && printf 'folder %s\\n' "$one" || printf 'file %s\\n' "$one"
done
for one in . releases shared repo; do [ ! -d "$one" ] || [ -w "$one" ] || printf 'closed %s\\n' "$one"; done
for one in current/writable current/writable/*; do
  [ -d "$one" ] && [ ! -L "$one" ] || continue
  group=$(stat -c %G "$one")
  case " $(id -Gn) root " in *" $group "*) ;; *) printf 'foreign %s\\n' "$group" ;; esac
done | sort -u
exit 0`;
/** How the releases lie there. */
function askReleases(config) {
    const { strategy, base } = config;
    const asked = (0,server_command/* shell */.vf)(releases_question, [base, ...sharedPaths(config)]);
    return { releases: strategy === 'releases' ? asked : server_command/* nothing */.s6 };
}
/** Reads it. */
function readReleases({ releases }, { strategy }) {
    const lines = releases.stdout.split('\n');
    const states = ['release', 'first', 'absent', 'directory', 'elsewhere'];
    const [state] = after('current', lines);
    const known = states.find((one) => one === state) ?? 'absent';
    return {
        current: strategy === 'in-place' ? 'not asked' : known,
        occupied: after('occupied', lines),
        unmakeable: lines.includes('unmakeable'),
        missing: after('missing', lines),
        own: { files: after('file', lines), folders: after('folder', lines) },
        closed: after('closed', lines),
        foreign: after('foreign', lines),
    };
}
/** Whether there is a live release, so that the rest can be asked of it. */
function hasRelease({ current }) {
    return current === 'release' || current === 'first' || current === 'not asked';
}
/** What keeps a release from going live there. */
function judgeReleases(releases, config, sharing) {
    const { current, closed, foreign, own } = releases;
    const missing = current === 'absent' ? releases.missing.filter(isSetting) : releases.missing;
    return [
        ...(current === 'directory' || current === 'elsewhere' ? [notALink(releases, config)] : []),
        ...(closed.length === 0 ? [] : [closedTo(releases, sharing, config)]),
        ...(foreign.length === 0 ? [] : [foreignTo(foreign, sharing, config)]),
        ...(current === 'absent' ? noRelease(releases, config, sharing) : []),
        ...(missing.length === 0 ? [] : [notThere(missing, current === 'release', config, sharing)]),
        ...(current === 'release' && own.files.length + own.folders.length > 0
            ? [notLinked(own, config)]
            : []),
    ];
}
function notALink({ current }, { base }) {
    const what = current === 'directory'
        ? 'is no symbolic link'
        : 'leads to nothing, or to a place outside of releases/';
    return (0,src_finding/* errorFinding */.i9)('current-not-a-link', `${base}/current ${what}. A deploy with release directories replaces a link to one of them, and nothing else.`, [
        (0,remedy/* toSee */.F1)('See what is there', `ls -la ${(0,server_command/* quote */.hD)(base)}`),
        (0,remedy/* advice */.v9)('Move it away, or set path to the directory that holds releases/.'),
    ]);
}
function closedTo({ closed, current }, sharing, { base }) {
    const { user } = sharing;
    const places = closed.map((one) => (one === '.' ? base : `${base}/${one}`));
    return (0,src_finding/* errorFinding */.i9)('path-not-writable', `${some(places)} is not writable for ${user}, who makes the releases.`, current === 'release'
        ? share(sharing)
        : (0,remedy/* asRoot */.tE)(`${user} gets the place for the releases.`, `sudo chown ${(0,server_command/* quote */.hD)(user)} ${places.map(server_command/* quote */.hD).join(' ')}`));
}
function foreignTo(groups, sharing, { path }) {
    const { user } = sharing;
    return (0,src_finding/* errorFinding */.i9)('writable-closed-to-fpm', `${path}/writable belongs to the group ${groups.join(' and ')}, and ${user} is no member of it. PHP-FPM could not write to the folders that ${user} makes for a new release.`, joinFpm(sharing));
}
/** A first release makes whatever else is shared. */
function isSetting(path) {
    return path === '.env';
}
function notThere(missing, hasLive, { base }, sharing) {
    return (0,src_finding/* errorFinding */.i9)('shared-missing', `${base}/shared lacks what all releases share: ${some(missing)}.`, missing.flatMap((path) => makeShared(path, hasLive, base, sharing)));
}
// A file of the live release is what visitors get; what lay in shared/ stays beside it. Of a folder nothing is lost: what
// is written until it is a link comes after it.
function notLinked({ files, folders }, { base }) {
    const lines = (path) => {
        const [to, from] = [(0,server_command/* quote */.hD)(`${base}/shared/${path}`), (0,server_command/* quote */.hD)(`${base}/current/${path}`)];
        const [link, away] = [
            (0,server_command/* quote */.hD)(`${base}/current/${path}.new`),
            (0,server_command/* quote */.hD)(`${base}/current/${path}.own`),
        ];
        if (files.includes(path)) {
            return [
                `sudo cp -p ${to} ${(0,server_command/* quote */.hD)(`${base}/shared/${path}.before`)} && sudo cp -p ${from} ${to}`,
                `sudo ln -sfn ${to} ${link} && sudo mv -T ${link} ${from}`,
            ];
        }
        return [
            `sudo cp -au ${from}/. ${to}/`,
            `sudo mv -T ${from} ${away} && sudo ln -s ${to} ${from} && sudo cp -au ${away}/. ${to}/`,
            `sudo rm -r ${away}`,
        ];
    };
    const all = [...files, ...folders];
    return (0,src_finding/* errorFinding */.i9)('shared-not-linked', `In ${base}/current these are no links to ${base}/shared, and the next release has what lies there: ${some(all)}.`, (0,remedy/* asRoot */.tE)('All releases get what the live one has', ...all.flatMap(lines)));
}
function makeShared(path, hasLive, base, sharing) {
    const [to, from] = [(0,server_command/* quote */.hD)(`${base}/shared/${path}`), (0,server_command/* quote */.hD)(`${base}/current/${path}`)];
    // PHP-FPM passes through it, whatever the umask of the login is.
    const folder = `(umask 022 && mkdir -p "$(dirname ${to})")`;
    if (path === '.env') {
        return [
            (0,remedy/* asUser */.ex)(sharing.user, 'Make the file for the settings of the server. Then put them in, without the # before them', folder, `[ -e ${to} ] || printf '%s\\n' ${settings.map(server_command/* quote */.hD).join(' ')} >${to}`, `chmod 640 ${to}`),
            ...(sharing.fpmGroup === null && sharing.fpmUser === null
                ? []
                : [(0,remedy/* asRoot */.tE)('PHP-FPM may read it', `sudo chgrp ${fpmGroup(sharing)} ${to}`)]),
        ];
    }
    const copied = `[ ! -e ${from} ] || cp -a ${from} ${to}`;
    return [
        (0,remedy/* asUser */.ex)(sharing.user, `Make ${path}. What the live release has there is copied`, folder, hasLive ? copied : `mkdir -p ${to}`, `[ -e ${to} ] || mkdir ${to}`),
    ];
}
// As the file of examples that CodeIgniter comes with names them.
const settings = [
    'CI_ENVIRONMENT = production',
    "# app.baseURL = 'https://www.example.org/'",
    '# database.default.hostname = localhost',
    '# database.default.database =',
    '# database.default.username =',
    "# database.default.password = ''",
    '# database.default.DBDriver = MySQLi',
];

;// CONCATENATED MODULE: ./src/steps/inspect/facts.ts






















/** Asks all topics at once; a second time where the service has another name than that of the input. */
async function look(site, purpose, signal) {
    const facts = await askAll(site, purpose, signal);
    const { fpm } = facts;
    const [unit, ...more] = fpm?.others ?? [];
    if (fpm === null || fpm.known || unit === undefined || more.length > 0)
        return facts;
    const named = { ...site.config, 'fpm-service': unit };
    const other = readFpm(await (0,round/* query */.P)(site.server, fpm_askFpm(named, purpose), signal), named);
    return { ...facts, otherFpm: other === null ? null : { unit, fpm: other } };
}
async function askAll(site, purpose, signal) {
    const { config, run, server, release } = site;
    const clone = { ...askClone(config), ...askHidden(config) };
    const runs = {
        ...askPlace(config),
        ...{ ...askReleases(config), ...askAdopted(config) },
        ...askEnvironment(config),
        ...fpm_askFpm(config, purpose),
        application: (0,ask/* askApplication */.kj)(config.php, release.live, run.nonce),
        settings: askSettings(release.live),
    };
    const php = { ...askPhp(config, purpose), web: askWebServer() };
    // First: what the others are asked must not change meanwhile.
    const common = { ...askOtherDeploys(config, purpose), ...clone, ...php, ...runs };
    if (purpose === 'doctor') {
        const answers = await (0,round/* query */.P)(server, { ...common, ...askRemote(config) }, signal);
        return { ...facts_reported(answers, site), purpose, remote: readRemote(answers), deploy: null };
    }
    if (looksOnly(purpose)) {
        const answers = await (0,round/* query */.P)(server, common, signal);
        return { ...facts_reported(answers, site), purpose, remote: null, deploy: null };
    }
    const forDeploy = { ...askCommit(config), ...askDisk(config), ...askComposer(config) };
    // The commit first: what is asked of it needs it to be there. Under our lock no other deploy changes anything meanwhile.
    const ofGit = { ...forDeploy, ...clone, ...php };
    const groups = [
        { ...ofGit, laid: laying(site, 'ask') },
        { ...askOtherDeploys(config, purpose), ...runs },
    ];
    const answers = await (0,round/* queryGroups */.L6)(server, groups, signal);
    const deploy = {
        commit: readCommit(answers),
        disk: readDisk(answers),
        composer: readComposer(answers),
    };
    return { ...facts_reported(answers, site), purpose, remote: null, deploy };
}
function facts_reported(answers, { config, run }) {
    const tree = readClone(answers);
    return {
        others: readOtherDeploys(answers),
        place: place_readPlace(answers),
        tree,
        releases: readReleases(answers, config),
        adopted: readAdopted(answers),
        hidden: readHidden(answers),
        environment: readEnvironment(answers),
        php: readPhp(answers),
        fpm: readFpm(answers, config),
        otherFpm: null,
        web: readWebServer(answers.web, 'problem' in tree.clone ? config.path : tree.clone.path),
        application: (0,ask/* readApplication */.nZ)(answers.application, run.nonce),
        settings: answers.settings,
    };
}
/** All problems of the facts at once, in the order a person would look. A new topic is one more line. */
function judge(facts, config, repository) {
    const { others, place, tree, hidden, environment, php, fpm, application, deploy } = facts;
    const { purpose, remote } = facts;
    const sharing = sharingOf(facts, config);
    const around = { sharing, repository, user: place.user };
    const lying = judgeReleases(facts.releases, config, sharing);
    if (!hasRelease(facts.releases)) {
        return place.state === 'closed' ? judgePlace(place, config, sharing) : lying;
    }
    return [
        ...lying,
        ...judgeAdopted(facts.adopted, purpose),
        ...judgePlace(place, config, sharing),
        ...judgeOtherDeploys(others, config, purpose),
        ...judgeClone(ownTree(facts), place, config, purpose, around),
        ...judgeHidden(hidden, [...tree.changed, ...tree.modes], place.user, config),
        ...(remote === null ? [] : judgeRemote(remote, tree.clone, place.user, config)),
        ...(deploy === null ? [] : judgeDeploy(deploy, tree, config, around)),
        ...judgeEnvironment(environment, place, config, sharing),
        ...judgePhp(php, place, config),
        ...judgeFpm(fpm, place, php, config, purpose),
        ...judgeOtherFpm(facts, config),
        ...judgeLinks(facts.web, config),
        ...judgeFirst(facts, config),
        ...judgeApplication(application, environment, php, sharing, config),
    ];
}
/** The first release has not what a web server serves, and that is nobody's edit. */
function ownTree({ tree, releases }) {
    return releases.current === 'first' ? { ...tree, changed: [], modes: [] } : tree;
}
/** What stands against the service that is there, so that all of it is known before its name is set. */
function judgeOtherFpm({ otherFpm, place, php, purpose }, config) {
    if (otherFpm === null)
        return [];
    const named = { ...config, 'fpm-service': otherFpm.unit };
    return judgeFpm(otherFpm.fpm, place, php, named, purpose);
}
function judgeDeploy({ commit, disk, composer }, { clone }, config, around) {
    const there = !('problem' in clone) && commit.fetched === 'ok';
    return [
        ...judgeCommit(commit, clone, config, around),
        ...(there ? judgeDisk(disk, commit.size, config) : []),
        ...(there ? judgeComposer(composer, commit, config) : []),
    ];
}

// EXTERNAL MODULE: external "node:path/posix"
var posix_ = __webpack_require__(53916);
;// CONCATENATED MODULE: ./src/steps/inspect/write-down.ts



/** Where the lock and everything else of a deploy lies. */
function stateDirOf({ gitDir }) {
    return (0,paths/* join */.fj)(gitDir, 'ci4-deploy');
}
/** Puts into the journal what undoing will need of the tree. */
function writeDown(site, { tree: { clone }, deploy, others }, live) {
    const { config, journal } = site;
    if ('problem' in clone)
        return;
    const submodules = deploy?.commit.submodules ?? null;
    journal.announce({
        stateDir: stateDirOf(clone),
        branch: clone.branch,
        // What only looks says what is live, whichever commit its workflow runs on.
        commit: deploy === null ? clone.head : config.commit,
        previous: clone.head,
        writable: live.writable,
        pinned: others.pinned,
        ...(submodules === null ? {} : { submodules }),
        ...(config.strategy === 'in-place' ? {} : { releases: write_down_namesOf(config, clone, site.run) }),
    });
    site.did(`CodeIgniter ${live.framework} on PHP ${live.php} at ${clone.head.slice(0, 10)}; sessions: ${live.session.driver}`);
}
/** And what it will need of what the database and PHP-FPM answered. */
function writeDownAnswers({ journal }, { serving }, ledgerConnection) {
    journal.announce({ ledgerConnection, pools: distinctPools(serving) });
}
function write_down_namesOf({ commit }, { top }, run) {
    return { next: releaseName(run.now(), commit), previous: (0,posix_.basename)(top) };
}
function distinctPools(serving) {
    return [...new Map(serving.map(({ pool }) => [pool.listen, pool])).values()];
}

;// CONCATENATED MODULE: ./src/steps/inspect/inspect.ts




















/** Asks everything before anything is touched, and refuses with all problems at once. */
function inspectFor(purpose) {
    return {
        name: 'inspect',
        title: 'Inspect: what the server says',
        needs: [],
        changesSite: false,
        on: 'every host',
        run: async (site, signal) => inspect(site, purpose, signal),
        undo: 'nothing to undo',
    };
}
/**
 * Asks the server in one round, then the database, the site and PHP-FPM.
 * @throws Stopped when something is wrong, with all findings recorded
 */
async function inspect(site, purpose, signal) {
    const facts = await lookAndJudge(site, purpose, signal);
    if (facts.application.ok)
        writeDown(site, facts, facts.application.application);
    const [asked, staged] = await bothEnded(askLive(site, facts, purpose, signal), beginStage(site, facts, signal));
    await visitWhereRefused(site, facts, asked, purpose, signal);
    if (purpose === 'doctor')
        site.isReady(...readyLines(facts, asked, site.findings, site.config));
    site.stopAtErrors();
    const { clone } = facts.tree;
    if (asked === null || 'problem' in clone)
        throw new Error('inspect passed without facts');
    // It is open by now.
    const database = await ledgerDatabase(site, asked.live, signal);
    writeDownAnswers(site, asked, database.connection);
    return {
        ...{ ...asked, staged, settings: facts.settings, user: facts.place.user },
        changed: facts.deploy?.commit.changed ?? [],
        pools: facts.fpm?.settings?.pools ?? [],
    };
}
/** Where nothing is live, the release that a first deploy begins at is made, and looked at in its place. */
async function lookAtLive(site, purpose, signal) {
    const facts = await look(site, purpose, signal);
    if (isReadyForFirst(facts, site)) {
        await makeFirstRelease(site, sharingOf(facts, site.config), signal);
        return look(site, purpose, signal);
    }
    const { releases } = facts;
    // Its deploy was killed: nothing is live.
    const nothingLive = { ...releases, current: 'absent' };
    return releases.current === 'first' ? { ...facts, releases: nothingLive } : facts;
}
async function lookAndJudge(site, purpose, signal) {
    const facts = await lookAtLive(site, purpose, signal);
    const { clone } = facts.tree;
    // A refusal says too which commit is live. Of a first deploy none is.
    if (!('problem' in clone) && facts.releases.current !== 'first')
        site.journal.announce({ previous: clone.head });
    site.find(...judge(facts, site.config, site.run.repository));
    // Nothing else can be asked of a release that is not there.
    if (!hasRelease(facts.releases))
        site.stopAtErrors();
    site.notVerified(...linksUnknown(facts.web, site.config), ...adoptedUnknown(facts.adopted));
    return facts;
}
/** Both are over, whatever came of them: what still goes on could not be rolled back. */
async function bothEnded(one, other) {
    await Promise.allSettled([one, other]);
    return Promise.all([one, other]);
}
/** An .env that is closed to us leaves the application with its defaults, which say nothing about this site: null then. */
async function askLive(site, facts, purpose, signal) {
    // Without mysqli every database would be called refused.
    const lacks = lacksExtensions(facts.php.php);
    if (!facts.application.ok || facts.environment === 'closed' || lacks) {
        site.find(...notAnswering(site, facts));
        site.notVerified(`The database, the sessions and PHP-FPM: ${whyNotAsked(facts)}.`);
        return null;
    }
    const live = facts.application.application;
    if (facts.environment === 'absent') {
        const closed = await openDatabases(site, live, signal);
        site.find(...withoutEnv(site, facts, closed));
        if (closed.length > 0)
            return null;
    }
    // Each takes its time, and none waits for another.
    const clock = clockOf(site, signal);
    const [now, alreadyLive, inside, bytes] = await Promise.all([
        clock,
        askDatabasesAndSite(site, facts, live, { purpose, clock }, signal),
        fromInside(site, facts, live, purpose, signal),
        clock.then(async () => largestSession(site, live, signal)),
    ]);
    return { ...inside, alreadyLive, clock: now, largestSession: bytes, live };
}
/** An application that does not answer without its .env: the file is what is missing. */
function notAnswering({ config }, facts) {
    const { environment, place } = facts;
    if (environment !== 'absent' || !isThere(place) || !isRoot(facts))
        return [];
    return [envMissing(config, place.user, true)];
}
/** Whether .env would be at that path: it is not where the path lies inside of the application. */
function isRoot({ tree: { clone } }) {
    return 'problem' in clone || clone.top === clone.path;
}
function whyNotAsked(facts) {
    if (lacksExtensions(facts.php.php))
        return 'PHP of the command line lacks an extension';
    return facts.environment === 'closed'
        ? 'without .env, which is closed to us, the application names others than its own'
        : 'the application does not answer on the command line';
}
/** Without .env the defaults of CodeIgniter lead to no database: then it is the file that is missing. */
function withoutEnv({ config }, { environment, place }, closed) {
    if (environment !== 'absent')
        return closed;
    return [envMissing(config, place.user, closed.length > 0)];
}
const unseen = { serving: [] };
/** Only where PHP-FPM is up and its configuration tells its socket; elsewhere it is unverified. */
async function fromInside(site, server, live, purpose, signal) {
    const { fpm, web } = server;
    const { clone } = server.tree;
    const { 'fpm-service': unit } = site.config;
    const because = (why) => {
        notAsked(site, why);
        return unseen;
    };
    if (fpm === null)
        return because('input fpm-service is none');
    if (fpm.active !== 'active')
        return unseen;
    if (fpm.settings === null)
        return noSettings(site, unit, fpm.runs);
    const { serving, findings, unverified } = servingPools(web, fpm.settings.pools, poolsOf(site.config, server.place));
    site.notVerified(...unverified);
    if (serving.length === 0 && findings.length === 0) {
        const wishes = fpm.settings.pools.map(({ name }) => (0,remedy/* inInputs */.ht)('', `fpm-pool: ${name}`));
        notAsked(site, 'it has several pools', { remedies: wishes });
        return unseen;
    }
    if ('problem' in clone) {
        mayNotAsk(site, server);
        return unseen;
    }
    for (const { params } of serving)
        maskSecrets(site, params);
    site.find(...findings);
    const sharing = sharingOf(server, site.config);
    const circumstances = { stateDir: stateDirOf(clone), purpose, sharing };
    return askInside(site, live, serving, circumstances, signal);
}
/** Without a clone there is no place for a question to PHP-FPM. That its socket is closed is known all the same. */
function mayNotAsk(site, server) {
    const sharing = sharingOf(server, site.config);
    const { socketGroup } = sharing;
    if (socketGroup === null || server.place.groups.includes(socketGroup))
        return;
    const why = `${sharing.user} is no member of ${socketGroup}`;
    notAsked(site, why, { remedies: [joinFpm(sharing)] });
}
function maskSecrets(site, params) {
    for (const [name, value] of Object.entries(params)) {
        if (/pass|secret|token|key/i.test(name) && value !== '')
            site.mask(value);
    }
}

// EXTERNAL MODULE: ./src/plan/recorder.ts
var recorder = __webpack_require__(67613);
// EXTERNAL MODULE: ./src/app/cutover.ts
var app_cutover = __webpack_require__(43481);
// EXTERNAL MODULE: ./src/report/log.ts
var log = __webpack_require__(46472);
;// CONCATENATED MODULE: ./src/report/login-failure.ts



const login_failure_names = {
    'name not found': 'ssh-host-not-found',
    'port closed': 'ssh-port-closed',
    'no route': 'ssh-jump-failed',
    'no answer': 'ssh-no-answer',
    'connection closed': 'ssh-connection-closed',
    'host key refused': 'ssh-host-key-refused',
    'login refused': 'ssh-auth-failed',
    'no common algorithm': 'ssh-no-common-algorithm',
    'key not readable': 'ssh-key-not-readable',
    other: 'ssh-login-failed',
};
/** Why a login failed, with what to do about it. */
function loginFinding({ server, fault }) {
    const [message, ...given] = login_failure_said(server, fault);
    return (0,src_finding/* errorFinding */.i9)(login_failure_names[fault.kind], message, ...given);
}
function login_failure_said(server, fault) {
    if (isUnreached(fault))
        return unreached(server, fault);
    switch (fault.kind) {
        case 'host key refused':
            return hostKey(server, fault);
        case 'login refused':
            return loginRefused(server, fault);
        case 'no common algorithm':
            return noCommon(server, fault);
        case 'key not readable':
            return [`Input ssh-key cannot be used: ${fault.problem}`, fault.remedy];
        case 'other':
            return [
                `The login to ${server} failed: ${fault.problem}`,
                (0,remedy/* toSeeAsRoot */.b2)('Read what sshd says of it', 'sudo journalctl -u ssh -n 20'),
            ];
    }
}
function loginRefused(server, { fingerprint, publicKey, methods, partial, unanswered }) {
    if (partial)
        return secondFactor(server, methods);
    const ours = fingerprint === undefined ? '' : ` (key ${fingerprint})`;
    const asked = unanswered.length === 0
        ? ''
        : ` It asked for more than a password, which was not answered: ${unanswered.join(' ')}`;
    const strict = publicKey === undefined
        ? ''
        : ' sshd also refuses a key that it knows while others may write to the home directory.';
    const message = `${server} does not accept our login${ours}. It allows: ${methods.join(', ') || 'nothing more'}.${asked}${strict}`;
    const [user = ''] = server.split('@');
    return publicKey === undefined
        ? [
            message,
            (0,remedy/* inInputs */.ht)('Check user and password.'),
            (0,remedy/* inInputs */.ht)('A host in between has a password of its own, proxy-jump-password.'),
        ]
        : [message, (0,ssh/* authorize */.Gq)(user, publicKey), (0,remedy/* onGitHub */.xr)('Put another private key into the secret.')];
}
function secondFactor(server, methods) {
    const [user = ''] = server.split('@');
    return [
        `${server} accepts our login, and then asks for a second factor (${methods.join(', ')}), which no workflow can answer.`,
        (0,ssh/* keyIsEnough */.G8)(user),
    ];
}
const common = {
    KexAlgorithms: ['key exchange', '+curve25519-sha256,diffie-hellman-group14-sha256'],
    HostKeyAlgorithms: ['kind of host key', '+ssh-ed25519,rsa-sha2-512,rsa-sha2-256'],
    Ciphers: ['cipher', '+aes256-ctr,aes128-ctr'],
    MACs: ['message authentication code', '+hmac-sha2-512,hmac-sha2-256'],
    PubkeyAcceptedAlgorithms: ['signature of an RSA key', '+rsa-sha2-512,rsa-sha2-256'],
};
function noCommon(server, { what, ours, theirs }) {
    const [name, added] = common[what];
    const instead = what === 'PubkeyAcceptedAlgorithms' ? ' A key of the kind ed25519 needs no change there.' : '';
    return [
        `${server} and ci4-deploy have no ${name} in common. The server offers: ${theirs.join(', ') || 'none'}. ci4-deploy offers: ${ours.join(', ')}. What is broken (SHA-1, CBC and older) is not offered.${instead}`,
        (0,remedy/* asRoot */.tE)(`In /etc/ssh/sshd_config of that server this line replaces the one with ${what}. Then reload sshd.`, `${what} ${added}`),
    ];
}
function isUnreached(fault) {
    return ['name not found', 'port closed', 'no route', 'no answer', 'connection closed'].includes(fault.kind);
}
function unreached(server, fault) {
    switch (fault.kind) {
        case 'name not found':
            return [`The name of ${server} is not known.`, (0,remedy/* inInputs */.ht)('Check host for a typing error.')];
        case 'port closed':
            return [
                `Nothing listens at ${server}.`,
                (0,remedy/* inInputs */.ht)('Check host and port.'),
                (0,remedy/* toSee */.F1)('See where sshd listens', 'ss -ltn'),
            ];
        case 'no route':
            return [
                `${fault.before} opened no connection to ${server}: ${fault.problem}`,
                (0,remedy/* inInputs */.ht)(`Check host and port as ${fault.before} sees them.`),
                (0,remedy/* asRoot */.tE)('sshd of that host has to allow it: AllowTcpForwarding yes in its sshd_config.'),
            ];
        case 'no answer':
            return [
                `${server} did not answer within ${fault.seconds} s.`,
                (0,remedy/* inInputs */.ht)('Check host and port, and the firewall of the server.'),
                (0,remedy/* inInputs */.ht)('Wait longer', `connect-timeout: ${fault.seconds * 2}s`),
            ];
        case 'connection closed':
            return [
                fault.said === ''
                    ? `${server} ended the connection during the login, without a word. Often it is MaxStartups, AllowUsers, fail2ban, or a password that has expired.`
                    : `${server} ended the connection during the login, after these words: ${fault.said.slice(0, 500)}`,
                (0,remedy/* toSeeAsRoot */.b2)('Read what sshd says of it, and whether logins are closed for a while', 'sudo journalctl -u ssh -n 20', 'ls -l /etc/nologin /run/nologin'),
            ];
    }
}
function hostKey(server, { offered, type, source, line, known, unusable }) {
    const why = {
        'other key': `${server} shows another host key (${offered}) than the one you trust. The server was reinstalled, or the connection is being intercepted.`,
        'unknown host': `${server} is not in ${source}; it shows the key ${offered}.`,
        revoked: `${server} shows the host key ${offered}, which known-hosts calls revoked.`,
    };
    return [
        [why[known], ...unusable].join(' '),
        [
            (0,remedy/* toSee */.F1)(`That server itself has to print ${offered}`, (0,ssh/* ownFingerprint */.Xh)(type)),
            (0,remedy/* inInputs */.ht)(`If it does, add this line to those of ${source}`, `${source}: ${yaml(line)}`),
        ],
    ];
}
/** A scalar of YAML; one that begins with a bracket would be read as a list. */
function yaml(text) {
    return text.startsWith('[') ? JSON.stringify(text) : text;
}

;// CONCATENATED MODULE: ./src/remedies/account.ts


/** Gives an account a shell that runs commands. */
function giveShell(user) {
    return (0,remedy/* asRoot */.tE)(`${user} gets a shell.`, `sudo usermod -s /bin/bash ${(0,server_command/* quote */.hD)(user)}`);
}
/** Ends that an account wants a new password at its next login. */
function keepPassword(user) {
    return (0,remedy/* asRoot */.tE)(`The password of ${user} then counts as changed today, and does not run out. A login by key uses none.`, `sudo chage -d "$(date +%F)" -M -1 ${(0,server_command/* quote */.hD)(user)}`);
}
/** Ends that an account runs out. */
function keepAccount(user) {
    return (0,remedy/* asRoot */.tE)(`The account ${user} does not run out then.`, `sudo chage -E -1 ${(0,server_command/* quote */.hD)(user)}`);
}
/** Shows what runs at a login in place of the commands of the one who logs in. */
function seeLogin(user) {
    const account = (0,server_command/* quote */.hD)(user);
    return (0,remedy/* toSeeAsRoot */.b2)(`See what runs when ${user} logs in. Lines that ask, exit, or start another program belong below a test for a terminal`, `getent passwd ${account}`, `sudo grep -nE 'exit|exec|read|tmux|screen|fish|command=' ~${user}/.bashrc ~${user}/.profile ~${user}/.ssh/rc ~${user}/.ssh/authorized_keys`, `sudo sshd -T -C user=${account},host=localhost,addr=127.0.0.1 | grep -iE 'forcecommand|subsystem'`);
}

;// CONCATENATED MODULE: ./src/report/shell-failure.ts




// Words of PAM (Linux-PAM, pam_unix), of sshd (session.c), of nologin(8) and of bash in the C locale.
const shell_failure_known = [
    {
        says: /password change required|password has expired|required to change your password/i,
        because: 'its password has run out',
        remedy: keepPassword,
    },
    { says: /account has expired/i, because: 'the account has run out', remedy: keepAccount },
    {
        says: /account is currently not available/i,
        because: 'its shell is nologin',
        remedy: giveShell,
    },
    { says: /restricted/i, because: 'its shell is a restricted one', remedy: giveShell },
    {
        says: /sftp/i,
        because: 'sshd lets it transfer files and nothing else (ForceCommand internal-sftp)',
        remedy: (user) => (0,remedy/* asRoot */.tE)(`Take ${user} out of the Match block with ForceCommand in sshd_config, or deploy as another account.`),
    },
];
/** Why nothing runs on a server that let us in, with what to do about it. */
function shellFinding({ server, fault }) {
    const [user = ''] = server.split('@');
    if (fault.kind === 'no session') {
        return (0,src_finding/* errorFinding */.i9)('ssh-no-session', `Logged in to ${server}, but sshd opens no session (MaxSessions in its sshd_config).`, (0,ssh/* allowSessions */.j_)());
    }
    const said = fault.kind === 'ended' ? fault.said : '';
    const cause = shell_failure_known.find(({ says }) => says.test(said));
    const why = cause === undefined ? ended(fault) : cause.because;
    const quoted = said === '' ? '' : ` The server said: ${said.slice(0, 500)}`;
    return (0,src_finding/* errorFinding */.i9)('ssh-no-shell', `Logged in to ${server}, but no shell ran our commands: ${why}.${quoted}`, cause === undefined ? seeLogin(user) : cause.remedy(user));
}
function ended(fault) {
    if (fault.kind === 'silent')
        return `none answered within ${fault.seconds} s, so something that starts at the login asks a question or stays open`;
    return fault.status === null
        ? 'it ended at once'
        : `it ended at once with exit status ${fault.status}`;
}

;// CONCATENATED MODULE: ./src/report/failure.ts










/**
 * The one place that turns what was thrown into a sentence with a remedy.
 * Nothing for a cancelled run and for errors that are findings already.
 */
function finding(failure) {
    if (failure === undefined || failure instanceof results/* Stopped */.C || failure instanceof failures/* Cancelled */.cJ)
        return [];
    if (failure instanceof failures/* LoginFailed */.X0)
        return [loginFinding(failure)];
    if (failure instanceof failures/* NoShell */.K4)
        return [shellFinding(failure)];
    if (failure instanceof failures/* CommandFailed */.nk)
        return [failure_command(failure)];
    if (failure instanceof failures/* ConnectionLost */.pz) {
        return [
            (0,src_finding/* errorFinding */.i9)('connection-lost', `The connection to ${failure.server} was lost during this step, so how it ended there is not known.`, 'Run the deploy again. It finds out what was done.'),
        ];
    }
    if (failure instanceof failures/* LockLost */.yS) {
        return [
            (0,src_finding/* errorFinding */.i9)('lock-lost', `${failure.message} It had heard nothing from this one for 90 seconds, and rolls back what this one had begun.`, 'Look at the other run. When it is over, run this one again.'),
        ];
    }
    return [ofTheSite(failure)];
}
function ofTheSite(failure) {
    if (failure instanceof failures/* OutputTooLarge */.zp)
        return tooLarge(failure);
    if (failure instanceof database/* DatabaseRefused */.I) {
        return (0,src_finding/* errorFinding */.i9)('database-refused', failure.message, (0,remedy/* onServer */.ze)('Look at the settings of the database in .env and at the grants of its user.'));
    }
    if (failure instanceof app_cutover/* CutoverFailed */.EB)
        return cutoverFailed(failure);
    if (failure instanceof failures/* ForwardRefused */.mx)
        return forward(failure);
    return unknown(failure);
}
function tooLarge({ server, command: text }) {
    return (0,src_finding/* errorFinding */.i9)('output-too-large', `On ${server} this printed more than 64 MiB, so its answer is not whole: ${text}. Often a program prints debug output, or a folder holds files in the millions.`, 'Run it there by hand to see what it prints.');
}
function failure_command(failure) {
    const { server, command: text, exit, tail } = failure;
    const disk = diskFault(server, tail);
    if (disk !== null)
        return disk;
    if (failure instanceof failures/* ComposerFailed */.w2)
        return composer(failure);
    return (0,src_finding/* errorFinding */.i9)('command-failed', `On ${server} this failed (${(0,log/* ended */.v6)(exit)}): ${text}${tail === '' ? '' : `: ${tail}`}`, 'The log shows the command with its whole output.');
}
function composer({ server, exit, tail }) {
    return (0,src_finding/* errorFinding */.i9)('composer-failed', `Composer could not install what composer.lock wants (${(0,log/* ended */.v6)(exit)}), so the live site was not touched. On ${server} it said: ${tail}`, 'Every package that composer.lock names has to be there for the server. Correct composer.lock and push again.');
}
/** The commonest reasons why nothing works any more on a server, in the words of strerror(3); commands run in the C locale. */
function diskFault(server, tail) {
    if (tail.includes('No space left on device') || tail.includes('Out of diskspace')) {
        return (0,src_finding/* errorFinding */.i9)('disk-full', `The disk of ${server} is full: ${tail}`, [
            (0,remedy/* toSee */.F1)('See what is full', 'df -h', 'df -i'),
            (0,remedy/* advice */.v9)('Make room, then run the deploy again.'),
        ]);
    }
    if (tail.includes('Read-only file system')) {
        return (0,src_finding/* errorFinding */.i9)('file-system-read-only', `A file system of ${server} is read-only: ${tail}`, [
            (0,remedy/* toSeeAsRoot */.b2)('Linux does that when a disk fails. See why', 'sudo dmesg --level=err,crit,alert,emerg'),
            (0,remedy/* advice */.v9)('When the disk is in order, mount it for writing and run the deploy again.'),
        ]);
    }
    return null;
}
function forward({ to, reason }) {
    if (reason === 'no answer') {
        return (0,src_finding/* errorFinding */.i9)('forward-refused', `Nothing answers at ${(0,failures/* addressText */.GI)(to)} on the server, as far as sshd can reach it.`, (0,remedy/* toSee */.F1)('See whether the database runs', 'systemctl status mariadb mysql'), (0,ssh/* allowForwarding */.R4)('AllowStreamLocalForwarding'));
    }
    return (0,src_finding/* errorFinding */.i9)('forward-refused', `sshd opened no connection to ${(0,failures/* addressText */.GI)(to)}.`, (0,ssh/* allowForwarding */.R4)('socket' in to ? 'AllowStreamLocalForwarding' : 'AllowTcpForwarding'));
}
function cutoverFailed({ message }) {
    return (0,src_finding/* errorFinding */.i9)('cutover-failed', `The sessions could not be moved; ${message}`, 'Run the deploy again.', (0,remedy/* inInputs */.ht)('Deploy without moving the sessions. Every visitor then has to log in again', 'preserve-sessions: off'));
}
function unknown(failure) {
    const text = failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
    return (0,src_finding/* errorFinding */.i9)('unexpected', `Something that ci4-deploy does not know: ${text}`, 'Please report it with this message.');
}

// EXTERNAL MODULE: ./src/report/releases.ts
var report_releases = __webpack_require__(31838);
// EXTERNAL MODULE: ./src/report/report.ts
var report = __webpack_require__(88850);
;// CONCATENATED MODULE: ./src/commands/conclude.ts








/** The report of a walk. `green` is the outcome when nothing failed. */
function conclude(fleet, walked, green) {
    const [{ config, journal, log, facts }] = fleet;
    const recorded = [...walked.steps, ...walked.undone];
    const all = new recorder/* Recorder */.v();
    all.find(...recorded.flatMap(({ findings }) => findings));
    all.find(...finding(walked.failure), ...strandedFindings(walked.undone));
    const { columns = [], printed } = facts.verify ?? {};
    return {
        outcome: outcomeOf(walked, green),
        command: config.command,
        commit: journal.now.commit || config.commit,
        hosts: fleet.map((host) => hostReport(host, walked)),
        ...migrationsOf(facts),
        ...conclude_answerOf(recorded),
        columns,
        ...(printed === undefined ? {} : { printed }),
        findings: (0,report/* worstFirst */.md)(all.findings),
        unverified: recorded.flatMap(({ unverified }) => unverified),
        ready: recorded.flatMap(({ ready }) => ready),
        rollbackNotes: recorded.flatMap(({ rollbackNotes }) => rollbackNotes),
        visitors: visitorsOf(fleet[0]),
        roundTrips: fleet.reduce((sum, { server }) => sum + server.roundTrips, 0),
        seconds: log.seconds,
    };
}
function migrationsOf({ migrate, }) {
    const { classes: migrations = [], batch = null, undone = [] } = migrate ?? {};
    return { migrations, batch, ...(undone.length === 0 ? {} : { migrationsUndone: undone }) };
}
/** What the site answered last. */
function conclude_answerOf(recorded) {
    const last = recorded.map(({ answers }) => answers).findLast((status) => status !== null);
    return last === undefined ? {} : { answers: last };
}
function hostReport({ server, config, journal, facts: { releases, plan } }, { steps, undone }) {
    const here = (one) => one.server === server.name;
    const ran = [...steps, ...undone].filter(here).flatMap((one) => one.ran);
    return {
        server: server.name,
        path: config.base,
        previousCommit: (0,plan_journal/* commitBefore */.Xg)(journal.now),
        steps: steps.filter(here).map(stepResult),
        undone: undone.filter(here).map(undoResult),
        ...(ran.length === 0 ? {} : { ran }),
        ...(plan === undefined ? {} : { plan }),
        ...(releases === undefined ? {} : { releases: (0,report_releases/* newestFirst */.ll)(releases) }),
    };
}
/** Known once the new code was staged; the sessions are moved once the cutover is done. */
function visitorsOf({ facts: { stage }, journal }) {
    if (stage === undefined)
        return null;
    const done = journal.now.cutover?.progress === 'done';
    const { loggedOut, sessions } = stage;
    if (!done && loggedOut === null)
        return null;
    return { moved: done ? sessions : 0, loggedOut: loggedOut === null ? 0 : loggedOut.sessions };
}
function stepResult({ did, name, title, seconds, result }) {
    return { name, title, seconds, result, ...(did.length === 0 ? {} : { notes: did }) };
}
function undoResult({ name, result, seconds, did, rollbackNotes }) {
    const all = [...did, ...rollbackNotes];
    return {
        ...{ name, result },
        ...(seconds === undefined ? {} : { seconds }),
        ...(all.length === 0 ? {} : { notes: all }),
    };
}
function outcomeOf({ steps, failure, undone }, green) {
    if (undone.some(walk/* isStranded */.kr) || failure instanceof failures/* LockLost */.yS)
        return 'stranded';
    if (failure === undefined)
        return green;
    if (failure instanceof failures/* Cancelled */.cJ)
        return 'cancelled';
    const changed = steps.some(({ changesSite }) => changesSite);
    return changed && green === 'deployed' ? 'rolled-back' : 'refused';
}
/** What is left to do, in its order: a step that could not be rolled back, then those that were kept for its sake. */
function strandedFindings(undone) {
    return undone.flatMap(({ name, result, byHand }, at) => {
        if (typeof result !== 'object' || byHand === null)
            return [];
        // What is another deploy's now is for nobody here to undo, and not by hand either.
        if (result.failed instanceof failures/* LockLost */.yS)
            return finding(result.failed);
        const cause = conclude_causeOf(result.failed);
        const kept = undone.slice(at + 1).filter((later) => later.result === 'kept');
        const all = [byHand, ...kept.flatMap((later) => later.byHand ?? [])];
        return [
            {
                name: byHand.finding,
                severity: 'error',
                message: `The step ${name} could not be rolled back: ${cause} Once that is repaired, the next deploy rolls it back before it begins. The commands do it by hand.`,
                remedies: (0,src_finding/* remedies */.JW)(all.flatMap(({ remedy }) => remedy)),
            },
        ];
    });
}
/** A failure in one sentence; an error that only a rollback throws says it itself. */
function conclude_causeOf(failed) {
    const [known] = finding(failed);
    if (known !== undefined && known.name !== 'unexpected')
        return known.message;
    const message = failed instanceof Error ? failed.message : String(failed);
    return /[.!?]$/.test(message) ? message : `${message}.`;
}

;// CONCATENATED MODULE: ./src/app/logs.ts

const sizes = `# how long the logs are
find -H "$1/logs" -maxdepth 1 -type f -name '*.log' -printf '%s %f\\n' 2>/dev/null
exit 0`;
/** The length of each log of an application, as `bytes name` lines. `writable` is where it keeps them. */
function logSizes(writable) {
    return (0,server_command/* shell */.vf)(sizes, [writable], { shown: 'command' });
}
// Who writes the logs could put a link there that leads to a file which is ours alone: dd(1) opens none. CodeIgniter writes
// the exception in one line, and its place in the next that begins with "in" (system/Debug/Exceptions.php).
const newest = `# newest error in the application's log
real=$(readlink -f -- "$1") && cd -P -- "$1/logs" 2>/dev/null && [ "$(pwd -P)" = "$real/logs" ] || exit 0
find . -maxdepth 1 -type f -name '*.log' -printf '%T@ %s %f\\n' 2>/dev/null | sort -rn | head -n 1 |
  while read -r _ size file; do
    from=$(printf '%s\\n' "$2" | awk -v name="$file" '$2 == name { print $1 }')
    from=\${from:-0}
    [ "$from" -ge $((size - 65536)) ] || from=$((size - 65536))
    dd if="./$file" iflag=nofollow,nonblock,skip_bytes skip="$from" bs=64k status=none 2>/dev/null
  done | awk '
    /^(EMERGENCY|ALERT|CRITICAL|ERROR) / { said = $0; place = "" }
    /^in .* on line [0-9]+/ { if (place == "") place = " " $0 }
    END { if (said != "") print said place }'`;
/**
 * Prints the newest error of an application, with its place where the log has it; nothing where there is none.
 * @param since what {@link logSizes} printed before; empty for the whole log
 */
function newestError(writable, since) {
    return (0,server_command/* shell */.vf)(newest, [writable, since]);
}

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
// EXTERNAL MODULE: ./src/config/inputs.ts + 1 modules
var config_inputs = __webpack_require__(29133);
;// CONCATENATED MODULE: ./src/steps/health/first-unseen.ts








/**
 * What a first release has proved by such an answer: nothing. Before it the web server found no page there either, and it
 * finds none where it may not read the files or has another root. Null where a page was seen, or input health-status says
 * which answer is right.
 */
function firstUnseen({ config, journal }, url, { status }) {
    if (!(0,plan_journal/* isFirst */.ZW)(journal.now) || status < 400 || status === 401)
        return null;
    // Somebody has set it.
    if (!(0,external_node_util_.isDeepStrictEqual)(config['health-status'], config_inputs/* inputs */.QL['health-status'].otherwise))
        return null;
    const { base, path } = config;
    return (0,src_finding/* errorFinding */.i9)('first-not-served', `With the first release ${url.href} answers ${status}: nobody has seen a page of it. The web server may have another root than ${path}/public, or may not read the files.`, [newestOfWebServer, passThrough(base), passThrough((0,paths/* join */.fj)(base, 'shared'))], (0,remedy/* inInputs */.ht)('Or visit a page that the site has: set health-url'), (0,remedy/* inInputs */.ht)('Or, if that is the right answer', `health-status: ${status}`));
}

;// CONCATENATED MODULE: ./src/steps/served/live.ts









/**
 * What went live, asked again. The live tree on the command line has to say what the stage said, whose database was
 * migrated, and PHP-FPM the same.
 */
async function judgeWentLive(site, staged, signal) {
    const { config, run, server, facts, release } = site;
    const question = { live: (0,ask/* askApplication */.kj)(config.php, release.live, run.nonce) };
    const [{ live }, pools] = await Promise.all([
        (0,round/* query */.P)(server, question, signal),
        seenByPools(site, signal),
    ]);
    const answer = (0,ask/* readApplication */.nZ)(live, run.nonce);
    const found = answer.ok
        ? judgeLive(answer.application, staged, release.live)
        : [live_doesNotBoot(config.php, release.live, answer.failure.message)];
    for (const [at, serving] of facts.inspect.serving.entries()) {
        const seen = pools[at] ?? 'it was not asked';
        const { said, why } = connectionsOf(seen);
        if (said === null) {
            site.notVerified(`Which database PHP-FPM (pool ${serving.pool.name}) uses now: ${why}.`);
            continue;
        }
        const compared = { tree: 'the new code', unit: config['fpm-service'] };
        found.push(...judgeFpmDatabases(said, staged.connections, serving, compared));
        if (answer.ok && typeof seen !== 'string') {
            found.push(...sameSession(seen, answer.application));
        }
    }
    return found;
}
/** One pool after the other, beside the command line. */
async function seenByPools(site, signal) {
    const { stateDir } = site.journal.now;
    const seen = [];
    for (const serving of site.facts.inspect.serving) {
        seen.push(await ask_inside(site, serving, stateDir, site.release.live, signal));
    }
    return seen;
}
/** An application that does not boot for a program of ours may still serve its pages, which `confirm` looks at. */
function connectionsOf(seen) {
    if (typeof seen === 'string')
        return { said: null, why: seen };
    return 'failure' in seen.session
        ? { said: null, why: `the application does not answer there, ${seen.session.failure.message}` }
        : { said: seen.session.connections, why: '' };
}
function judgeLive(live, staged, path) {
    const found = differences(live.connections, staged.connections);
    if (found.length === 0)
        return [];
    return [
        (0,src_finding/* errorFinding */.i9)('database-differs', `The new code names another database in the live tree than in the stage, whose database was migrated: ${inWords(found, 'stage')}. Something on the server does that which is not in the repository.`, (0,remedy/* toSee */.F1)('See what lies there besides the repository', `git -C ${(0,server_command/* quote */.hD)(path)} status --ignored --short app`)),
    ];
}
function live_doesNotBoot(php, path, message) {
    return (0,src_finding/* errorFinding */.i9)('new-code-does-not-boot', `The new code does not boot in the live tree, although it did in the stage: ${message}`, (0,remedy/* toSee */.F1)('See what it says', `cd ${(0,server_command/* quote */.hD)(path)} && CI_ENVIRONMENT=development ${(0,server_command/* quote */.hD)(php)} spark routes`));
}

;// CONCATENATED MODULE: ./src/steps/confirm.ts
var confirm_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var confirm_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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















/** A visitor's view of the new code: it answers, and the session it hands out is in the table. */
const confirm_confirm = {
    name: 'confirm',
    title: 'Confirm: the site as a visitor meets it',
    needs: ['inspect', 'stage'],
    changesSite: false,
    on: 'every host',
    async run(site, signal) {
        const { application } = site.facts.stage;
        const lying = site.facts.switch?.unproved ?? null;
        // The visit takes its time, and does not wait for what the server is asked.
        const visited = confirmSite(site, application, signal);
        const proved = lying === null ? null : renewCode(site, lying, signal);
        const [found] = await Promise.allSettled([
            judgeWentLive(site, application, signal),
            ...[visited, proved],
        ]);
        await proved;
        if (found.status === 'rejected')
            throw found.reason;
        site.find(...found.value);
        site.stopAtErrors();
        await visited;
        return undefined;
    },
    undo: 'nothing to undo',
};
/**
 * Asks the health address and follows the session it gives.
 * @throws Stopped when the site is unhealthy, with the finding recorded
 */
async function confirmSite(site, application, signal) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const url = healthUrl(site.config, application);
        if (url === null)
            return;
        const connections = confirm_addDisposableResource(env_1, new Connections(), false);
        const answer = await untilHealthy(site, url, connections, signal);
        if ('says' in answer)
            return await stopAtFailure(site, url, answer, signal);
        const unseen = firstUnseen(site, url, answer);
        if (unseen !== null) {
            site.find(unseen);
            throw new results/* Stopped */.C(unseen.message);
        }
        confirm_reported(site, url, answer);
        if (application.session.inDatabase) {
            await followSession(site, application, url, { answer, connections }, signal);
        }
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        confirm_disposeResources(env_1);
    }
}
function confirm_reported(site, url, answer) {
    site.did(`${url.href} answers ${answer.status}`);
    site.answers(answer.status);
    const before = isNew(site) ? (site.facts.stage?.health ?? null) : null;
    if (before?.failure)
        site.log.say(`Before this deploy it ${before.failure}.`);
    for (const { unverified, finding } of doubts(site.config, url, answer)) {
        site.notVerified(unverified);
        if (finding !== undefined)
            site.find(finding);
    }
    site.find(...worse(url, before?.status ?? null, answer));
}
/** Unless input health-status says otherwise, a page that is missing is accepted: a site may have none there. It had one. */
function worse(url, before, { status }) {
    // A login that is wanted is reported already.
    if (before === null || before >= 400 || status < 400 || status === 401)
        return [];
    return [
        (0,src_finding/* warningFinding */.oL)('answer-worse', `${url.href} answered ${before} before this deploy, and answers ${status} now. Input health-status accepts that.`, (0,remedy/* inInputs */.ht)('Roll back a deploy with such an answer', `health-status: ${before}`)),
    ];
}
async function stopAtFailure(site, url, { name, says, remedies: given }, signal) {
    const logged = name === 'site-unhealthy' ? await newestLogged(site, signal) : '';
    const code = isNew(site) ? 'With the new code ' : '';
    confirm_stop(site, name, `${code}${url.href} ${says}.${alreadyBefore(site, says)}${logged}`, ...(given ?? [[newestLogs(site.journal.now)]]));
}
function newestLogs(journal) {
    return (0,plan_journal/* isFirst */.ZW)(journal) ? newestOfWebServer : newestErrors(journal.writable);
}
/** Whether visitors meet other code than before: a verify, and a deploy of what is live, change none. */
function isNew({ journal }) {
    return journal.now.begun.includes('switch');
}
/** A site that was unhealthy before says little against the new code alone. */
function alreadyBefore(site, says) {
    const before = site.facts.stage?.health?.failure ?? null;
    if (before === null || !isNew(site))
        return '';
    return before === says
        ? ' It did so before this deploy too, so the new code alone is not to blame.'
        : ` It was unhealthy before this deploy too (it ${before}), so the new code alone is not to blame.`;
}
/** The newest line of its log that says an error: since the switch, where there was one. */
async function newestLogged(site, signal) {
    const { server, journal, facts, release } = site;
    const since = facts.switch?.logs ?? '';
    const writable = release.holdsLogs(journal.now.writable);
    const { log } = await (0,round/* query */.P)(server, { log: newestError(writable, since) }, signal);
    const line = log.stdout.trim().slice(0, 400);
    if (line === '')
        return '';
    return ` The newest error in its log${isNew(site) ? ' since the switch' : ''}: ${line}`;
}
async function followSession(site, application, url, { answer: first, connections }, signal) {
    const { cookieName, table } = application.session;
    const id = first.cookies.get(cookieName);
    if (id === undefined || id === '' || table === null) {
        const why = doubts(site.config, url, first).length > 0
            ? 'that page was not seen.'
            : `${url.href} sets no cookie ${cookieName}. Set health-url to a page with a session.`;
        site.notVerified(`That visitors get their session from ${table ?? 'the table'}: ${why}`);
        return;
    }
    const database = await sessionDatabase(site, application, signal);
    // The visitor comes back while the table is asked.
    const [there, second] = await Promise.all([
        inTable(database, table, cookieName, id),
        askOnce(site, url, { connections, cookies: first.cookies }, signal),
    ]);
    if (!there) {
        confirm_stop(site, 'session-not-in-table', `${url.href} set the session cookie ${cookieName}, but ${table} has no row for it: PHP-FPM runs with another session configuration than the command line.`, seeEnvironment, switchCacheOff);
    }
    judgeSecond(site, url, second, { cookieName, id });
}
/** A row's id carries the cookie's name since 4.2.11 and did not before. */
async function inTable(database, table, cookie, id) {
    const ids = [`${cookie}:${id}`, id];
    const found = await Promise.all(ids.map(async (one) => database.hasSession(table, one)));
    return found.includes(true);
}
function judgeSecond(site, url, second, { cookieName, id }) {
    if ('says' in second) {
        confirm_stop(site, 'session-not-found-again', `${url.href} ${second.says} when the visitor comes back with the cookie.`, newestErrors(site.journal.now.writable));
    }
    if (second.cookies.get(cookieName) !== id) {
        confirm_stop(site, 'session-not-found-again', `${url.href} gave the visitor a new session on the second visit: sessions are not read back.`, (0,remedy/* inRepository */.yJ)('Look at the cookie settings (domain, secure, path), and at matchIP behind a proxy.'));
    }
    site.did(`The session of that visit is in the table and was found again.`);
}
function confirm_stop(site, name, message, ...given) {
    site.find((0,src_finding/* errorFinding */.i9)(name, message, ...given));
    throw new results/* Stopped */.C(message);
}

// EXTERNAL MODULE: ./src/release/own.ts
var release_own = __webpack_require__(41749);
// EXTERNAL MODULE: ./src/plan/workspace.ts
var plan_workspace = __webpack_require__(98202);
;// CONCATENATED MODULE: ./src/release/received.ts


// Where the connection is lost, a part may have come half: the next one begins where it should.
const append = (what) => `# receive a part of ${what}
umask 077
: >>"$1" && truncate -s "$2" "$1" && cat >>"$1"`;
// Modes are those of the live tree, whatever they were where it was packed: of =rwX the umask decides (chmod(1)).
const unpack = `# take the files into the stage
${paths/* modesOfTree */.uF}
file=$3 sum=$4
[ "$(sha256sum <"$file" | cut -d ' ' -f 1)" = "$sum" ] || { echo "$file is not what was sent" >&2; exit 1; }
tar -xzf "$file" -C "$2" --no-same-owner --no-same-permissions && rm -f "$file" && cd "$2" && shift 4 || exit
for path; do find "./$path" ! -type l -exec chmod =rwX {} + || exit; done`;
/** Where something lies until it has come whole: in the lock of the deploy, and it goes with that. */
function receivedIn(stateDir, name) {
    return (0,paths/* join */.fj)(stateDir, 'lock', name);
}
/** One part of what is sent, as `the files`, to stand behind so many bytes of that file. */
function receivePart(what, file, from, bytes) {
    return (0,server_command/* shell */.vf)(append(what), [file, String(from)], { bytes, shown: 'nothing' });
}
/**
 * Everything that was sent goes into the stage, if it came whole.
 * @param sent its SHA-256 in hexadecimal digits, and what is in it
 */
function unpackReceived(live, stage, stateDir, sent) {
    return (0,server_command/* shell */.vf)(unpack, [live, stage, receivedIn(stateDir, 'files.tgz'), sent.sum, ...sent.paths]);
}

;// CONCATENATED MODULE: ./src/steps/parts.ts


/** Bytes of one part: each is a round trip, and the shell there keeps one in memory. */
const part = 3 * 1024 * 1024;
/**
 * Sends a file in parts, and says how far it has come where there are several.
 * @param to where it lies on the server until it has come whole
 * @param what it sends, as the end of a sentence
 * @throws what perform throws
 */
async function sendInParts({ server, log }, file, to, what, signal) {
    for (let from = 0; from < file.bytes; from += part) {
        const bytes = await file.read(from, part);
        await (0,round/* perform */.y9)(server, [receivePart(what, to, from, bytes)], signal);
        const done = Math.round(((from + bytes.length) / file.bytes) * 100);
        if (file.bytes > part)
            log.say(`${done} % of ${what} is there`);
    }
}

;// CONCATENATED MODULE: ./src/steps/own/deliver.ts
var deliver_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var deliver_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
 * Sends the files of input `files` from the workspace into the stage, over the connection.
 * @throws Stopped where the workspace does not have them, with the finding recorded
 */
async function deliver(site, paths, signal) {
    const { server, release, journal, workspace } = site;
    const { stateDir } = journal.now;
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const packed = deliver_addDisposableResource(env_1, await workspace.pack(paths), true);
            await sendInParts(site, packed, receivedIn(stateDir, 'files.tgz'), 'the files', signal);
            const unpack = unpackReceived(release.live, release.staged, stateDir, {
                sum: packed.sum,
                paths,
            });
            await (0,round/* perform */.y9)(server, [unpack], signal);
            const size = `${(packed.bytes / 1024).toFixed(0)} KiB`;
            site.did(`Sent from the workspace: ${some(paths)} (${size})`);
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            const result_1 = deliver_disposeResources(env_1);
            if (result_1)
                await result_1;
        }
    }
    catch (failure) {
        if (!(failure instanceof plan_workspace/* NotPacked */.U))
            throw failure;
        site.find(deliver_notThere(failure));
        throw new results/* Stopped */.C(failure.message);
    }
}
function deliver_notThere({ missing, message }) {
    if (missing.length === 0)
        return (0,src_finding/* errorFinding */.i9)('files-missing', `The files of the workspace could not be packed: ${message}`, (0,remedy/* inInputs */.ht)('The job needs tar. Look at input files, and at the rights of these files.'));
    return (0,src_finding/* errorFinding */.i9)('files-missing', `The workspace of the job has no ${some(missing)}, which input files names.`, (0,remedy/* inInputs */.ht)('Build before the deploy, in the same job, or correct the path in files.'));
}

;// CONCATENATED MODULE: ./src/steps/own/own.ts






/** Characters of the output that the report keeps. */
const own_most = 16_000;
/** Those that run on this host. */
function hereOf(site, all) {
    return all.filter(({ hosts }) => hosts === 'each' || site.isFirst);
}
/** The commands of one moment as they run on the server. */
function commandsOf(site, moment, all) {
    return hereOf(site, all).map((one, at) => commandOf(site, moment, one, at));
}
function commandOf(site, moment, { run: line, limit }, at) {
    const { staged, live } = site.release;
    const cwd = moment === 'in-stage' ? staged : live;
    return (0,release_own/* ownCommand */.w1)({ line, cwd, live, limit, name: nameOf(site, moment, at) });
}
function nameOf({ journal }, moment, at) {
    return `${journal.now.id}/${moment}/${at}`;
}
/**
 * Runs the commands of one moment, one after the other. One that fails is a finding, and an error stops the rest.
 * @param whatNow what a person does about an error; the others run all the same where it is a rollback
 * @throws Stopped at a command that must succeed
 */
async function runOwn(site, moment, all, signal, whatNow) {
    const here = hereOf(site, all);
    for (const [at, one] of here.entries()) {
        const began = site.log.seconds;
        const question = { output: commandOf(site, moment, one, at) };
        const { output } = await (0,round/* query */.P)(site.server, question, signal);
        const seconds = site.log.seconds - began;
        site.ran({ moment, run: one.run, exit: output.exit, seconds, output: own_shown(output) });
        if ((0,server_command/* succeeded */.gq)(output))
            continue;
        await (0,round/* perform */.y9)(site.server, [(0,release_own/* endOwn */.kc)(nameOf(site, moment, at))], signal);
        site.find(failed(one, moment, output, whatNow(one)));
        if (moment !== 'after-rollback')
            site.stopAtErrors();
    }
    site.did(`${(0,count/* counted */.h)(here.length, 'command')} of ${settings_path/* settingsFile */._} ran (${moment})`);
}
/** The end of both streams. */
function own_shown({ stdout, stderr }) {
    return `${stdout}${stderr}`.slice(-own_most);
}
function failed({ run, limit, mustSucceed }, moment, output, whatNow) {
    const line = run.trim().split('\n')[0] ?? '';
    const last = (output.stderr.trim() || output.stdout.trim()).split('\n').slice(-5).join('\n');
    const why = `${endedHow(output.exit, limit)}${last === '' ? '.' : `: ${last}`}`;
    const message = `The command ${line} of ${settings_path/* settingsFile */._} (${moment}) ${why}`;
    if (mustSucceed)
        return (0,src_finding/* errorFinding */.i9)('own-command-failed', message, whatNow);
    return (0,src_finding/* warningFinding */.oL)('own-command-failed', `${message}\nIt need not succeed.`, whatNow);
}
function endedHow(exit, limit) {
    if (exit === 'timed out')
        return `did not end within ${limit} s, so it was killed with its children`;
    return 'code' in exit
        ? `ended with status ${exit.code}`
        : `was ended by the signal ${exit.signal}`;
}

;// CONCATENATED MODULE: ./src/steps/own/in-stage.ts












/**
 * Commands of the repository in the staged tree, while the old code serves. Its rollback comes after that of the switch and
 * of the migrations, and runs those for the previous code.
 */
const inStage = {
    name: 'in-stage',
    title: 'In stage: your own files and commands',
    needs: ['stage'],
    changesSite: false,
    on: 'every host',
    applies: ({ facts, config }) => config.files.length > 0 ||
        Object.values(facts.stage?.commands ?? {}).some((all) => all.length > 0),
    async run(site, signal) {
        const { commands } = site.facts.stage;
        const { 'in-stage': own, 'after-rollback': afterRollback } = commands;
        const { files } = site.config;
        const made = madeIn(site, commands);
        site.journal.announce({ afterRollback });
        if (own.length > 0 || files.length > 0)
            await makeReady(site, made, own.length > 0, signal);
        if (files.length > 0)
            await deliver(site, files, signal);
        if (own.length > 0) {
            await runOwn(site, 'in-stage', own, signal, () => (0,remedy/* inRepository */.yJ)(correct));
            await settle(site, made, signal);
        }
        if (made.length > 0)
            site.journal.announce({ made });
        return undefined;
    },
    async undo(site, signal) {
        const { id, undone = [], afterRollback = [] } = site.journal.now;
        await (0,round/* perform */.y9)(site.server, [(0,release_own/* endOwn */.kc)(id)], signal);
        if (!undone.includes('switch') || afterRollback.length === 0)
            return undefined;
        await runOwn(site, 'after-rollback', afterRollback, signal, ({ run }) => (0,remedy/* onServer */.ze)('Run it by hand', inLive(site, run)));
        return undefined;
    },
    stranded: 'stranded-in-stage',
    byHand(site) {
        const { user } = site.config.target;
        const { id, afterRollback = [] } = site.journal.now;
        return [
            (0,remedy/* asUser */.ex)(user, 'End what your commands left running', ...endByHand(id)),
            ...afterRollback.map(({ run }) => (0,remedy/* asUser */.ex)(user, 'Run what belongs to the previous code', inLive(site, run))),
        ];
    },
};
/** A command of the repository as a person runs it; its last line may be a comment. */
function inLive({ release }, run) {
    return `cd ${(0,server_command/* quote */.hD)(release.live)} && { ${run.trim()}\n}`;
}
const correct = 'Correct it and push again. The live site was not touched.';
/** Paths of the stage that git does not have and that go live with it. */
function madeIn({ config }, commands) {
    return [...new Set([...config.files, ...commands['in-stage'].flatMap(({ makes }) => makes)])];
}
/** Lines that end what the commands of a deploy left running. */
function endByHand(id) {
    return [
        `grep -lsz '^CI4_DEPLOY_COMMAND=${id}/' /proc/[0-9]*/environ | cut -d / -f 3 | xargs -r kill`,
    ];
}
/** @throws Stopped where a path is not free */
async function makeReady(site, made, writes, signal) {
    const { release, journal, config, server } = site;
    const shared = made.find((path) => sharedPaths(config).some((one) => overlap(path, one)));
    if (shared !== undefined)
        isTaken(site, shared, 'all releases share it');
    const command = (0,release_own/* makeOwn */.rR)(release.live, release.staged, journal.now.stateDir, made, writes);
    const { ready } = await (0,round/* queryLasting */.DJ)(server, { ready: command }, signal);
    if ((0,server_command/* exitCode */.I$)(ready) === release_own/* isTracked */.Xz)
        isTaken(site, ready.stdout.trim(), 'git has files there');
    if (!(0,server_command/* succeeded */.gq)(ready))
        throw new failures/* CommandFailed */.nk(server.name, 'give the stage its files', ready);
}
function overlap(one, other) {
    return `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`);
}
function isTaken(site, path, why) {
    const message = `${path} is named as something that is made for each deploy, but ${why}.`;
    site.find((0,src_finding/* errorFinding */.i9)('made-path-taken', message, (0,remedy/* inRepository */.yJ)('Name what only the build makes, and take it out of git', `/${path}`)));
    throw new results/* Stopped */.C(message);
}
/** What the commit has goes live as it is, and what was made goes live with it. */
async function settle(site, made, signal) {
    const { release, journal, config, server } = site;
    const { stateDir } = journal.now;
    const own = ownFiles(config);
    const specs = [...(own.length === 0 ? ['--', '.'] : own), ':!writable', ':!.env'];
    const answers = await (0,round/* queryLasting */.DJ)(server, {
        changed: (0,release_own/* putBack */.pK)(release.staged, stateDir, specs),
        missing: (0,release_own/* missingIn */.EH)(release.staged, made),
        vendor: (0,release_own/* vendorChanged */.du)(release.staged, stateDir),
    }, signal);
    if (!(0,server_command/* succeeded */.gq)(answers.changed))
        throw new failures/* CommandFailed */.nk(server.name, 'put tracked files back', answers.changed);
    const changed = entries(answers.changed.stdout, '\0');
    if (changed.length > 0)
        site.find(filesPutBack(changed));
    const missing = entries(answers.missing.stdout, '\n');
    if (missing.length > 0)
        site.find(nothingMade(missing));
    const dependencies = journal.now.dependencies || answers.vendor.stdout.trim() !== '';
    journal.announce({ dependencies });
}
function filesPutBack(files) {
    return (0,src_finding/* warningFinding */.oL)('tracked-files-changed', `Your commands changed files that git has: ${some(files)}. They were put back, because what goes live is the commit.`, (0,remedy/* inRepository */.yJ)('Commit them as the command writes them, or let it write elsewhere.'));
}
function nothingMade(paths) {
    return (0,src_finding/* errorFinding */.i9)('nothing-made', `${settings_path/* settingsFile */._} says that a command makes ${some(paths)}, but it is not there after the commands of the stage.`, (0,remedy/* inRepository */.yJ)('Correct the path below makes, or the command.'));
}

;// CONCATENATED MODULE: ./src/steps/own/after-switch.ts





/** Commands of the repository once visitors meet the new code, before that is confirmed. */
const afterSwitch = {
    name: 'after-switch',
    title: 'After switch: your own commands',
    needs: ['stage'],
    changesSite: true,
    on: 'every host',
    applies: ({ facts }) => (facts.stage?.commands['after-switch'] ?? []).length > 0,
    async run(site, signal) {
        const all = site.facts.stage.commands['after-switch'];
        const correct = 'Correct it and push again. Everything was rolled back.';
        await runOwn(site, 'after-switch', all, signal, () => (0,remedy/* inRepository */.yJ)(correct));
        return undefined;
    },
    // What they started runs the new code, and must not meet the tables of the previous one.
    async undo(site, signal) {
        await (0,round/* perform */.y9)(site.server, [(0,release_own/* endOwn */.kc)(site.journal.now.id)], signal);
        return undefined;
    },
    stranded: 'stranded-after-switch',
    byHand: ({ config, journal }) => [
        (0,remedy/* asUser */.ex)(config.target.user, 'End what your commands left running', ...endByHand(journal.now.id)),
    ],
};

;// CONCATENATED MODULE: ./src/steps/cutover/session-login.ts




/**
 * The application's own login to the database of the rows. Another process than the one that began has to ask for it again:
 * the journal holds no password.
 * @param database which one it was; null when nobody wrote it down yet
 * @throws CutoverFailed when no application tells it any more
 */
async function resolveSessionLogin(site, { from }, database, signal) {
    const { inspect, stage } = site.facts;
    const known = from === 'files' ? stage?.application : inspect?.live;
    if (known !== undefined)
        return known.sessionDatabase;
    const { config, run, server, release } = site;
    const answers = await (0,round/* query */.P)(server, {
        staged: (0,ask/* askApplication */.kj)(config.php, release.staged, run.nonce),
        live: (0,ask/* askApplication */.kj)(config.php, release.live, run.nonce),
    }, signal);
    const found = [answers.staged, answers.live]
        .flatMap((answer) => databasesOf((0,ask/* readApplication */.nZ)(answer, run.nonce)))
        .find((one) => one.user === database?.user && one.database === database.database);
    if (found === undefined) {
        throw new app_cutover/* CutoverFailed */.EB('the application does not tell its session database any more');
    }
    maskPassword(site, found);
    return found;
}
function databasesOf(reported) {
    return reported.ok
        ? [reported.application.sessionDatabase, reported.application.ledgerDatabase]
        : [];
}

;// CONCATENATED MODULE: ./src/steps/cutover/count.ts




const count_count = `# count the sessions that are not over
[ -r "$1" ] && [ -x "$1" ] || exit 1
find -H "$1" -maxdepth 1 -type f -size +0 -regextype posix-extended -regex ".*/$2" $3 -printf x | wc -c`;
/** How many sessions would be lost; null where they cannot be counted from outside. */
async function countSessions(site, live, signal) {
    const { session } = live;
    if (session.table !== null) {
        return (await sessionDatabase(site, live, signal)).rowCount(session.table);
    }
    if (!session.savePath.startsWith('/'))
        return null;
    const minutes = Math.ceil(session.expiration / 60);
    const young = minutes === 0 ? '' : `-mmin -${minutes}`;
    const values = [session.savePath, sessionFilePattern(session), young];
    const { files } = await (0,round/* query */.P)(site.server, { files: (0,server_command/* shell */.vf)(count_count, values) }, signal);
    return (0,server_command/* succeeded */.gq)(files) ? Number(files.stdout.trim()) : null;
}

// EXTERNAL MODULE: ./node_modules/semver/index.js
var semver = __webpack_require__(62088);
;// CONCATENATED MODULE: ./src/steps/cutover/route.ts




const handlers = {
    files: 'CodeIgniter\\Session\\Handlers\\FileHandler',
    rows: 'CodeIgniter\\Session\\Handlers\\DatabaseHandler',
};
/** Seconds after which the session of a browser that was left open is not moved any more (expiration 0). */
const untilClosed = 2 * 24 * 3600;
/** Whether the new code keeps sessions in another place than the live one. */
function handlerChanges(live, staged) {
    return live.session.driver !== staged.session.driver;
}
/** What the two configurations say against moving sessions from one to the other; nothing when they can be moved. */
function obstacles(live, staged) {
    const [before, after] = [live.session, staged.session];
    return [...unknownHomes(before, after), ...route_differences(before, after), ...frozen(live, staged)];
}
/** The same handler, but it finds nothing where it looks now: other sessions than those of the visitors. */
function otherPlace(live, staged) {
    const [before, after] = [live.session, staged.session];
    const inTable = before.table !== null || after.table !== null;
    const [was, is] = inTable
        ? [before.table ?? '', after.table ?? '']
        : [before.savePath, (0,paths/* moved */.aW)(after.savePath, staged.root, live.root)];
    if (was === is)
        return [...otherCookie(before, after)];
    return [
        {
            because: `sessions are in ${inTable ? 'the table ' : ''}${was} now and in ${is} in the new code`,
            remedy: (0,remedy/* inRepository */.yJ)('Keep it as it is', `public string $savePath = '${before.savePath}';`),
        },
    ];
}
function* unknownHomes(...both) {
    for (const session of both) {
        if (homeOf(session) !== null)
            continue;
        yield {
            because: session.driver === handlers.files
                ? `savePath ${session.savePath || 'is empty, which'} is no absolute path`
                : `${session.driver} is neither CodeIgniter's own FileHandler nor its DatabaseHandler`,
            remedy: 'Let the visitors know beforehand, or deploy when few are there.',
        };
    }
}
function* otherCookie(before, after) {
    if (before.cookieName === after.cookieName)
        return;
    yield {
        because: `the cookie is called ${before.cookieName} now and ${after.cookieName} in the new code`,
        remedy: (0,remedy/* inRepository */.yJ)('Keep the name of the cookie', `public string $cookieName = '${before.cookieName}';`),
    };
}
function* route_differences(before, after) {
    yield* otherCookie(before, after);
    if (before.matchIP || after.matchIP) {
        yield {
            because: 'matchIP is on: a file names only a hash of the address that the row needs, and it is not guessed',
            remedy: (0,remedy/* inRepository */.yJ)('Switch it off in a deploy before this one', 'public bool $matchIP = false;'),
        };
    }
}
function* frozen(live, staged) {
    if (![...live.caches, ...staged.caches].includes('configuration'))
        return;
    yield {
        because: 'the configuration is cached (Config\\Optimize), so .env has no say at the moment of the cutover',
        remedy: (0,remedy/* inRepository */.yJ)('Switch it off in a deploy before this one, and on again after it', 'public bool $configCacheEnabled = false;'),
    };
}
function homeOf({ driver, savePath, table }) {
    // What does not fit between two quotes of .env cannot be pinned there.
    if (driver === handlers.files)
        return /^\/[^'"\\$\n]*$/.test(savePath) ? 'files' : null;
    return driver === handlers.rows && table !== null ? 'rows' : null;
}
/**
 * From where to where, for two configurations without obstacles.
 * @param id names the deploy
 * @param place names the site among all that may share its database
 * @param pinned lines in `.env` that pin the live handler already; empty when there are none
 * @throws TypeError when one of the two is no handler of CodeIgniter's own
 */
function routeOf(live, staged, id, place, pinned = '') {
    const from = homeOf(live.session);
    const [withFiles, withRows] = from === 'files' ? [live, staged] : [staged, live];
    const { table } = withRows.session;
    if (from === null || table === null)
        throw new TypeError('there is no route between these');
    const { cookieName: cookie } = live.session;
    const { expiration } = live.session;
    return {
        id,
        from,
        // A place in the stage is the same place in the live tree once the commit is live.
        files: { folder: (0,paths/* moved */.aW)(withFiles.session.savePath, withFiles.root, live.root), cookie },
        // Security advisory GHSA-6cq5-8cj7-g558: since 4.2.11 the cookie's name stands before the id.
        rows: {
            table,
            prefix: (0,semver.gte)(withRows.framework, '4.2.11') ? `${cookie}:` : '',
            mark: markOf(place),
        },
        expiration: expiration === 0 ? untilClosed : expiration,
        env: `${live.root}/.env`,
        lines: pinned || pinnedLines(live, staged, id),
    };
}
/** An address of "this network", which no visitor has (RFC 1122, 3.2.1.3). */
function markOf(place) {
    const [a = 0, b = 0, c = 0] = (0,external_node_crypto_.createHash)('sha256').update(place).digest();
    return `0.${a}.${b}.${c}`;
}
/** They stand first: of two lines with the same name CodeIgniter takes the first (system/Config/DotEnv.php). */
function pinnedLines({ session }, staged, id) {
    const { driver, savePath } = session;
    const sources = new Set([session.source, staged.session.source]);
    const settings = [...sources].flatMap((source) => source === 'Config\\App'
        ? [`app.sessionDriver = '${driver}'`, `app.sessionSavePath = '${savePath}'`]
        : [`session.driver = '${driver}'`, `session.savePath = '${savePath}'`]);
    const title = `# ci4-deploy begin ${id}: the previous session handler, until the sessions are moved`;
    return `${[title, ...settings, '# ci4-deploy end'].join('\n')}\n`;
}
/** Since CodeIgniter 4.6 an id has 32 hexadecimal digits, and a cookie with any other is dropped. */
function dropsForeignIds(live, staged) {
    return !(0,semver.gte)(live.framework, '4.6.0') && (0,semver.gte)(staged.framework, '4.6.0');
}

;// CONCATENATED MODULE: ./src/steps/cutover/access.ts



/** The accesses to the owner of the session files, the plainest first. */
function accessesTo(user, owner, pools) {
    if (user === owner)
        return [{ kind: 'self' }];
    const pool = pools.find((one) => one.user === owner);
    return [
        ...(pool === undefined ? [] : [{ kind: 'fpm', pool }]),
        { kind: 'sudo', user: owner },
    ];
}
/** An access in words, as the end of "as www-data ...". */
function describeAccess(access) {
    switch (access.kind) {
        case 'self':
            return 'as ourselves, who own the session files';
        case 'sudo':
            return `as ${access.user}, by sudo`;
        case 'fpm':
            return `as ${access.pool.user}, through the socket of PHP-FPM`;
    }
}
/** Lets the owner of the session files do a piece of work; why it could not is part of the answer. */
async function asOwner(site, access, route, work, login, read, signal) {
    const { nonce } = site.run;
    const order = (0,app_cutover/* orderOf */.mJ)(route, work, login, nonce);
    if (access.kind !== 'fpm') {
        const as = access.kind === 'sudo' ? access.user : null;
        const question = { answer: (0,app_cutover/* commandFor */.Fw)(site.config.php, order, as) };
        return read((await (0,round/* query */.P)(site.server, question, signal)).answer, nonce);
    }
    const question = { name: work.work, program: app_cutover/* servedProgram */.GE, body: order, changes: true };
    const reported = await askFpm(site, { pool: access.pool, params: {} }, site.journal.now.stateDir, question, signal);
    if (typeof reported === 'string') {
        return { ok: false, failure: { phase: 'PHP-FPM', message: reported, at: null } };
    }
    return read({ exit: { code: 0 }, stdout: reported.page, stderr: '' }, nonce);
}
/** The same for `.env`, which is ours to write. */
async function onEnvironment(site, route, work, login, read, signal) {
    const { nonce } = site.run;
    const order = (0,app_cutover/* orderOf */.mJ)(route, work, login, nonce);
    const writing = (0,app_cutover/* commandForEnvironment */.cW)(site.config.php, route, site.journal.now.stateDir, work.pinned, order);
    return read((await (0,round/* query */.P)(site.server, { answer: writing }, signal)).answer, nonce);
}
/** @throws Error with the program's own words */
function unwrapReply(reply, what) {
    if (reply.ok)
        return reply.value;
    throw new app_cutover/* CutoverFailed */.EB(`${what}: ${reply.failure.message}`);
}

;// CONCATENATED MODULE: ./src/steps/cutover/foresee.ts













/** Nothing is moved. */
const sessionsStay = {
    cutover: null,
    sessions: null,
    loggedOut: null,
    largestSession: 0,
};
/**
 * Whether the commit moves the sessions, and whether its visitors can keep theirs; said before anything is changed.
 * Findings go to the site.
 */
async function foreseeCutover(site, staged, signal) {
    const { live } = site.facts.inspect;
    const moves = handlerChanges(live, staged);
    const elsewhere = moves ? [] : otherPlace(live, staged);
    if (!moves && elsewhere.length === 0)
        return sessionsStay;
    const against = moves
        ? [...foresee_switchedOff(site), ...foresee_unseen(site), ...obstacles(live, staged)]
        : elsewhere;
    const counting = countSessions(site, live, signal);
    if (against.length > 0)
        return ends(site, await counting, null, against);
    return foreseeMove(site, staged, counting, signal);
}
/** Sessions end with this commit: `visitors` of them, null for all. */
function ends(site, sessions, visitors, against) {
    site.find(loggedOut(site.config, sessions, visitors, against));
    return { ...sessionsStay, sessions, loggedOut: { sessions: visitors ?? sessions } };
}
/** Nothing in the two configurations is against it: who could read and write the sessions on the server. */
async function foreseeMove(site, staged, counting, signal) {
    const { live } = site.facts.inspect;
    const { id, pinned } = site.journal.now;
    const place = `${site.config.target.host}:${site.config.path}`;
    const route = routeOf(live, staged, id, place, pinned);
    const [sessions, open, locked, broughtUntil] = await Promise.all([
        counting,
        findAccess(site, route, signal),
        unwritable(site, route, signal),
        lastMove(site, route, signal),
    ]);
    // All of it at once: who removes one obstacle does not want to meet the next one.
    if (!('access' in open))
        return ends(site, sessions, null, [...open.against, ...locked]);
    if (locked.length > 0)
        return ends(site, sessions, null, locked);
    const withRows = route.from === 'files' ? staged : live;
    const cutover = decide(site, route, withRows, open, broughtUntil);
    const { largest, foreign } = open.looked;
    const drops = dropsForeignIds(live, staged) && foreign > 0;
    const dropped = drops ? ends(site, sessions, foreign, [newRule(live, staged)]) : sessionsStay;
    return { ...dropped, cutover, sessions, largestSession: largest };
}
function decide(site, route, withRows, { access, looked }, broughtUntil) {
    const { user, database } = withRows.sessionDatabase;
    const to = route.from === 'files' ? 'rows' : 'files';
    site.did(`${(0,count/* counted */.h)(looked.sessions, 'session')} will be moved from ${route.from} to ${to}, ${describeAccess(access)}.`);
    return {
        ...{ route, access, database: { user, database } },
        ...{ progress: 'not begun', cutoverAt: 0, broughtUntil },
        pinnedBefore: site.journal.now.pinned !== '',
    };
}
async function findAccess(site, route, signal) {
    const { user, pools } = site.facts.inspect;
    const owner = await ownerOf(site, route, signal);
    const login = route.from === 'rows' ? await resolveSessionLogin(site, route, null, signal) : null;
    const closed = [];
    for (const access of accessesTo(user, owner, pools)) {
        const reply = await asOwner(site, access, route, { work: 'look' }, login, app_cutover/* readLooked */.Te, signal);
        const problem = reply.ok ? lacks(reply.value, route) : reply.failure.message;
        if (reply.ok && problem === null)
            return { access, looked: reply.value };
        closed.push(`${describeAccess(access)}: ${problem ?? ''}`);
    }
    const php = site.config.php.startsWith('/') ? site.config.php : '/usr/bin/php';
    return {
        against: [
            {
                because: `the session files belong to ${owner}, and nothing lets us become that user (${closed.join('; ')})`,
                remedy: allowRunPhp(user, owner, php),
            },
        ],
    };
}
/** What keeps a user from the work although the program ran. */
function lacks({ user, opens, writes, seesEnv }, { files, env }) {
    if (!opens)
        return `${user} may not open the files in ${files.folder}`;
    if (!writes)
        return `${user} may not write to ${files.folder}`;
    return seesEnv ? null : `${user} may not read ${env}`;
}
const rehearsal = `# could .env be written by one rename
file=$(readlink -f -- "$1") || exit
state=$2
git -C "$(dirname -- "$file")" ls-files --error-unmatch -- .env >/dev/null 2>&1 && exit 3
${app_cutover/* placeOfCopy */.Gw}
cp --preserve=all -- "$file" "$copy" || exit
like=$(stat -c '%u %g %a' -- "$file"); copied=$(stat -c '%u %g %a' -- "$copy")
rm -f -- "$copy"
[ "$like" = "$copied" ] || { stat -c '%U:%G' -- "$file" >&2; exit 1; }
folder=$(dirname -- "$file"); [ -w "$folder" ] || { echo "$folder is closed" >&2; exit 1; }`;
/** A renamed copy has to belong to whom the file belonged, or PHP-FPM could not read it any more. */
async function unwritable(site, { env }, signal) {
    const { copied } = await (0,round/* query */.P)(site.server, { copied: (0,server_command/* shell */.vf)(rehearsal, [env, site.journal.now.stateDir]) }, signal);
    if ((0,server_command/* succeeded */.gq)(copied))
        return [];
    if ((0,external_node_util_.isDeepStrictEqual)(copied.exit, { code: 3 }))
        return [tracked];
    const { user } = site.facts.inspect;
    return [
        {
            because: `${user} cannot replace ${env} by a file with the same owner (${copied.stderr.trim()})`,
            remedy: writableEnv(user, env),
        },
    ];
}
// A changed file would stop git at the switch.
const tracked = {
    because: '.env belongs to the repository, and the move changes .env on the server for a moment',
    remedy: (0,remedy/* inClone */.Jv)('Take .env out of the repository, in a deploy before this one. The file stays on the server', 'git rm --cached .env && echo .env >> .gitignore && git add .gitignore', "git commit -m 'Settings of the server stay there' && git push"),
};
function writableEnv(user, env) {
    const file = (0,server_command/* quote */.hD)(env);
    return (0,remedy/* asRoot */.tE)(`${user} owns .env, and is a member of its group. Where there is none, an empty one is made.`, `sudo test -e ${file} || sudo install -m 644 -o ${(0,server_command/* quote */.hD)(user)} /dev/null ${file}`, `sudo chmod g+r ${file}`, `sudo chown ${(0,server_command/* quote */.hD)(user)} ${file}`, `sudo usermod -aG "$(stat -c %G ${file})" ${(0,server_command/* quote */.hD)(user)}`);
}
const foresee_owner = `# whose session files are they
find -H "$1" -maxdepth 1 -type f -name "$2*" -printf '%u\\n' 2>/dev/null | sort | uniq -c | sort -rn | sed -n '1s/.* //p'`;
/** The user of most files; of the pool where none can be seen; of Debian where that is not known either. */
async function ownerOf(site, { files }, signal) {
    const question = { owner: (0,server_command/* shell */.vf)(foresee_owner, [files.folder, files.cookie]) };
    const { owner: seen } = await (0,round/* query */.P)(site.server, question, signal);
    const [pool] = site.facts.inspect.pools;
    return seen.stdout.trim() || (pool?.user ?? 'www-data');
}
/** When PHP-FPM meets new code without a reload, as the end of a sentence. */
function meets(seconds) {
    if (seconds === undefined)
        return 'and nobody knows when it meets the new code';
    if (seconds === null)
        return 'and without that it never meets the new code';
    return `which meets the new code file by file within ${seconds} s, and not at one moment`;
}
/** The cutover is right only once no worker of PHP-FPM has the previous code in its memory. */
function foresee_unseen({ config, facts }) {
    if (config['fpm-service'] !== 'none' && config.reload !== 'never')
        return [];
    return [
        {
            because: `this deploy does not reload PHP-FPM, ${meets(facts.inspect.seesNewCode)}`,
            remedy: (0,remedy/* inInputs */.ht)('Set fpm-service to the service, and for this deploy', 'reload: always'),
        },
    ];
}
function foresee_switchedOff({ config }) {
    if (config['preserve-sessions'] !== 'off')
        return [];
    return [
        {
            because: 'input preserve-sessions is off',
            remedy: (0,remedy/* inInputs */.ht)('', 'preserve-sessions: auto'),
        },
    ];
}
function newRule(live, staged) {
    return {
        because: `CodeIgniter ${staged.framework} takes only ids of 32 hexadecimal digits for sessions, and ${live.framework} made others`,
        remedy: 'Nothing keeps these visitors logged in: let them know, or deploy when few are there.',
    };
}
/**
 * Who is logged out and why. Nobody is by surprise: where nothing can keep all of them, somebody has to say so first.
 * @param sessions all that are not over; null where nobody could count them
 * @param visitors null for all of them
 */
function loggedOut({ 'preserve-sessions': wish }, sessions, visitors, against) {
    const all = sessions === null ? 'Every visitor' : `Every visitor (${(0,count/* counted */.h)(sessions, 'session')})`;
    const who = visitors === null ? all : (0,count/* counted */.h)(visitors, 'visitor');
    const keeps = (0,src_finding/* remedies */.JW)(...against.map(({ remedy }) => remedy)).flat();
    const goOn = (0,remedy/* inInputs */.ht)('Go on, and log them out', 'preserve-sessions: off');
    const nobody = visitors === null && sessions === 0;
    return {
        name: 'visitors-logged-out',
        severity: nobody ? 'notice' : severityOf(wish, visitors === null),
        message: `${who} will have to log in again when this commit goes live, because ${against.map(({ because }) => because).join(', and ')}.`,
        remedies: (0,src_finding/* remedies */.JW)(keeps, ...(wish === 'auto' && visitors === null ? [goOn] : [])),
    };
}
function severityOf(wish, everybody) {
    if (wish === 'off')
        return 'notice';
    return wish === 'required' || everybody ? 'error' : 'warning';
}

;// CONCATENATED MODULE: ./src/steps/cutover/copy.ts












/** Seconds of one portion of the bulk: less than any request may take. */
const portion = 8;
/**
 * The first half, which nobody notices. Sessions are copied in bulk to where the new code looks for them, and `.env` pins the previous handler. So the switch of the code changes no visitor's session.
 */
const copySessions = {
    name: 'copy',
    title: 'Copy: the sessions in bulk, and the previous handler pinned',
    needs: ['inspect', 'stage'],
    changesSite: true,
    on: 'every host',
    // Pinned, old and new code find the sessions in the same place, whichever of them is live.
    keptWhenStranded: true,
    async run(site, signal) {
        const { cutover } = site.facts.stage;
        if (cutover === null) {
            site.did('Nothing to copy: the sessions stay where they are, or cannot be moved.');
            return undefined;
        }
        site.journal.announce({ cutover });
        await bulkCopy(site, cutover, signal);
        site.stopAtErrors();
        if (cutover.pinnedBefore)
            return undefined;
        await pinAgain(site, cutover.route, signal);
        await proved(site, cutover, signal);
        return undefined;
    },
    async undo(site, signal) {
        const { cutover } = site.journal.now;
        if (cutover !== null && !cutover.pinnedBefore)
            await unpin(site, cutover.route, signal);
        return undefined;
    },
    stranded: 'stranded-copy',
    byHand: unpinByHand,
};
/** Removes the pinned handler from `.env`. */
function unpinByHand({ config, release }) {
    return [
        (0,remedy/* asUser */.ex)(config.target.user, 'Remove the pinned session handler. That of the live code then holds', editEnv(`${release.live}/.env`, '/^# ci4-deploy begin/,/^# ci4-deploy end/')),
    ];
}
async function bulkCopy(site, { route, access, broughtUntil }, signal) {
    const login = await resolveSessionLogin(site, route, null, signal);
    const work = { work: 'copy', seconds: portion, sourceIsRight: true, broughtUntil };
    for (let left = 1, before = Infinity; left > 0; before = left) {
        const copied = unwrapReply(await asOwner(site, access, route, work, login, app_cutover/* readMoved */.Cw, signal), 'copying the sessions');
        site.did(`${(0,count/* counted */.h)(copied.copied, 'session')} copied, ${copied.left} left.`);
        if (copied.tooLong > 0)
            site.find(tooLong(copied.tooLong, route));
        left = copied.left;
        if (left >= before)
            throw new app_cutover/* CutoverFailed */.EB(`copying the sessions does not come to an end (${left})`);
    }
}
function tooLong(sessions, { rows }) {
    return (0,src_finding/* errorFinding */.i9)('session-too-long', `${(0,count/* counted */.h)(sessions, 'session is', 'sessions are')} longer than ${rows.table}.data holds: these visitors would be logged out, and each later session of that length fails.`, [
        (0,remedy/* inDatabase */.jG)('Make room for them', `ALTER TABLE \`${rows.table}\` MODIFY \`data\` MEDIUMBLOB NOT NULL;`),
        (0,remedy/* inInputs */.ht)('Accept that type', 'session-table-match: compatible'),
    ]);
}
/** Removes the pinned lines; what others have written to the file meanwhile stays. */
async function unpin(site, pin, signal) {
    const plain = { work: 'pin', pinned: false };
    unwrapReply(await onEnvironment(site, pin, plain, null, app_cutover/* readChanged */.LI, signal), '.env as before');
}
/** Puts the lines at the top of `.env`, unless they are there. */
async function pinAgain(site, pin, signal) {
    const pinned = { work: 'pin', pinned: true };
    unwrapReply(await onEnvironment(site, pin, pinned, null, app_cutover/* readChanged */.LI, signal), 'pinning .env');
}
/** The new code itself has to say, under PHP-FPM where that can be asked, that the pinned lines rule it. */
async function proved(site, { route }, signal) {
    const reported = await resolved(site, signal);
    const wanted = site.facts.inspect.live.session;
    if (reported.driver === wanted.driver && reported.savePath === wanted.savePath)
        return;
    await unpin(site, route, signal);
    const obstacle = {
        because: `the new code does not heed .env (with ${wanted.driver} pinned there it says ${reported.driver})`,
        remedy: [
            (0,remedy/* inRepository */.yJ)('Look for settings in the constructor of its session configuration.'),
            seeEnvironment,
        ],
    };
    site.find(loggedOut(site.config, site.facts.stage.sessions, null, [obstacle]));
    await site.journal.note({ cutover: null });
    site.stopAtErrors();
}
async function resolved(site, signal) {
    const { config, run, server, release } = site;
    const question = { application: (0,ask/* askApplication */.kj)(config.php, release.staged, run.nonce) };
    const [seen, { application }] = await Promise.all([
        insideFpm(site, release.staged, signal),
        (0,round/* query */.P)(server, question, signal),
    ]);
    if (seen !== null && !('failure' in seen))
        return seen;
    const reported = (0,ask/* readApplication */.nZ)(application, run.nonce);
    if (reported.ok)
        return reported.application.session;
    return { driver: `nothing (${reported.failure.message})`, savePath: '' };
}
/** What PHP-FPM says of a tree; null where nobody knows which pool to ask. */
async function insideFpm(site, root, signal) {
    const [serving] = site.facts.inspect?.serving ?? [];
    if (serving === undefined)
        return null;
    const reported = await ask_inside(site, serving, site.journal.now.stateDir, root, signal);
    return typeof reported === 'string' ? null : reported.session;
}

;// CONCATENATED MODULE: ./src/steps/cutover/cutover.ts










/** Sessions used within so many seconds are locked at the cutover: who comes in the next moments comes from among these. */
const recent = 180;
/** Seconds to look after requests that had begun under the previous handler, where nobody sees when they are over. */
const watch = 3;
/** Seconds that who rewrites `.env` waits for the other to have everybody locked. */
const patience = 60;
/**
 * The moment itself. The owner of the files locks who may come, under the handler that is next; we rename `.env`. Each
 * visitor's session is brought as soon as his last request under the previous handler is over, and his lock released.
 */
const cutOverSessions = {
    name: 'cutover',
    title: 'Cut over: the sessions, visitor by visitor',
    needs: ['stage'],
    changesSite: true,
    on: 'every host',
    async run(site, signal) {
        const { cutover, pinned } = site.journal.now;
        if (cutover === null) {
            if (pinned !== '')
                await unpin(site, leftover(site), signal);
            return undefined;
        }
        site.journal.announce({ cutover: { ...cutover, progress: 'begun' } });
        const { route } = cutover;
        const moved = await move(site, cutover, route, false, signal);
        const { cutoverAt } = moved;
        const done = { ...cutover, progress: 'done', cutoverAt };
        tell(site, moved);
        const both = [site.journal.note({ cutover: done }), cutover_proved(site, signal)];
        await Promise.allSettled(both);
        await Promise.all(both);
        return undefined;
    },
    async undo(site, signal) {
        const { cutover, begun, pinned } = site.journal.now;
        if (cutover === null && pinned !== '')
            await pinAgain(site, leftover(site), signal);
        if (cutover === null || cutover.progress === 'not begun')
            return undefined;
        const pinnedAgain = await isPinned(site, cutover.route, signal);
        if (pinnedAgain)
            return undefined;
        // Should this not come to its end, either side may be newer at the next attempt.
        await site.journal.note({ cutover: { ...cutover, progress: 'begun' } }).catch(() => undefined);
        const moved = begun.includes('copy')
            ? await move(site, cutover, back(cutover.route), true, signal)
            : await copyBack(site, cutover, signal);
        tell(site, moved);
        site.rolledBack('The sessions are back where they were, new ones among them.');
        return undefined;
    },
    stranded: 'stranded-cutover',
    byHand: unpinByHand,
};
/** Lines of an unfinished deploy: the new code's own handler holds from here on, and nothing is moved. */
function leftover({ release, journal: { now } }) {
    return { id: now.id, env: `${release.live}/.env`, lines: now.pinned };
}
function back(route) {
    return { ...route, from: route.from === 'files' ? 'rows' : 'files' };
}
/** Two programs at once: the owner's, and ours for `.env`. They find each other by locks of the database. */
async function move(site, { access, progress, cutoverAt, database, route: { from }, ...cutover }, route, pinned, signal) {
    const login = await resolveSessionLogin(site, { from }, database, signal);
    const sourceIsRight = progress !== 'begun';
    const broughtUntil = pinned ? cutoverAt : cutover.broughtUntil;
    const sockets = socketsOf(site, access);
    const [moved, rewritten] = await Promise.allSettled([
        asOwner(site, access, route, { work: 'cutover', pinned, sourceIsRight, broughtUntil, recent, watch, sockets }, login, app_cutover/* readMoved */.Cw, signal),
        onEnvironment(site, route, { work: 'rewrite', pinned, seconds: patience }, login, app_cutover/* readChanged */.LI, signal),
    ]);
    for (const one of [rewritten, moved]) {
        if (one.status === 'rejected' && one.reason instanceof failures/* ConnectionLost */.pz)
            throw one.reason;
    }
    if (moved.status === 'rejected')
        throw moved.reason;
    if (rewritten.status === 'rejected')
        throw rewritten.reason;
    const done = unwrapReply(moved.value, 'moving the sessions');
    unwrapReply(rewritten.value, 'renaming .env');
    return done;
}
/** Those that requests of the site come through, our own among them; none where a pool may be missing. */
function socketsOf({ journal }, access) {
    const pools = journal.now.pools ?? [];
    if (pools.length === 0)
        return [];
    const own = access.kind === 'fpm' ? [access.pool] : [];
    return [...new Set([...pools, ...own].map(({ listen }) => listen))];
}
/** The code is the old one again and has not been pinned any more: what the rows have newer comes to it all the same. */
async function copyBack(site, { access, route, database }, signal) {
    const login = await resolveSessionLogin(site, route, database, signal);
    const either = { sourceIsRight: false, broughtUntil: 0 };
    const work = { work: 'copy', seconds: patience, ...either };
    const reply = await asOwner(site, access, back(route), work, login, app_cutover/* readMoved */.Cw, signal);
    return unwrapReply(reply, 'moving the sessions back');
}
const pinnedYet = `# is the previous handler pinned
grep -qxF -e "$2" -- "$1"`;
async function isPinned(site, route, signal) {
    const [mark = ''] = route.lines.split('\n');
    const { seen } = await (0,round/* query */.P)(site.server, { seen: (0,server_command/* shell */.vf)(pinnedYet, [route.env, mark]) }, signal);
    return (0,server_command/* exitCode */.I$)(seen) === 0;
}
function tell(site, { copied, held, late, waited, undecided, tooLong }) {
    const lateOnes = late === 0
        ? ''
        : ` ${(0,count/* counted */.h)(late, 'request')} that had begun before wrote after it, and that came along.`;
    // Of those that were in use each was copied again, so the number of copies is not one of visitors.
    const moved = held === 0
        ? `${(0,count/* counted */.h)(copied, 'session')} moved.`
        : `${(0,count/* counted */.h)(held, 'session')} in use moved; a request to one of them waited ${waited} ms at most.`;
    site.did(`${moved}${lateOnes}`);
    if (undecided + tooLong === 0)
        return;
    site.find((0,src_finding/* warningFinding */.oL)('cutover-incomplete', `Of ${(0,count/* counted */.h)(undecided, 'visitor')} two requests wrote at the same time, one under each handler, and the later one stayed. ${(0,count/* counted */.h)(tooLong, 'session')} grew too long for the table meanwhile.`, 'There is nothing to do, but to know it when one of them asks.'));
}
/** Believed only when PHP-FPM itself says so. */
async function cutover_proved(site, signal) {
    const staged = site.facts.stage.application;
    const seen = await insideFpm(site, site.release.live, signal);
    if (seen === null || 'failure' in seen)
        return;
    if (seen.driver === staged.session.driver)
        return;
    site.find((0,src_finding/* errorFinding */.i9)('cutover-without-effect', `After the cutover PHP-FPM still says ${seen.driver}, where the new code has ${staged.session.driver}.`, seeEnvironment, switchCacheOff));
}

// EXTERNAL MODULE: ./src/app/migrate-output.ts
var migrate_output = __webpack_require__(96410);
// EXTERNAL MODULE: ./src/schema/migrated.ts
var migrated = __webpack_require__(68136);
// EXTERNAL MODULE: ./src/plan/remote-processes.ts
var remote_processes = __webpack_require__(56793);
;// CONCATENATED MODULE: ./src/steps/database/ledger-lock.ts




/**
 * The database of the ledger, which no other deploy migrates until this run is over. Another clone, or another
 * repository, may use the same one, and its lock in its own git directory says nothing to us. Waits as long as input
 * lock-wait says.
 * @throws Stopped when another deploy has it, with the finding recorded
 */
async function lockedLedger(site, application, signal) {
    const { database, connection } = await ledger_lock_held(site, application, signal);
    await ledger_lock_writeDown(site, connection);
    return database;
}
/**
 * The same, and the rows of the ledger under that lock.
 * @param early what {@link tryLedger} returned: it counts as long as its connection is there
 * @throws what {@link lockedLedger} throws
 */
async function lockedRows(site, application, early, signal) {
    if (early !== null) {
        const there = await ledgerDatabase(site, application, signal);
        if (there === early.database)
            return early;
    }
    const { connection, ...ledger } = await ledger_lock_held(site, application, signal);
    await ledger_lock_writeDown(site, connection);
    return ledger;
}
/**
 * Tries once. Where another deploy has the lock, it is waited for when it is needed. A plan needs none, and of hosts that
 * share a database the first one migrates.
 */
async function tryLedger(site, application, signal) {
    const { now } = site.journal;
    if (!site.isFirst || now.onlyPlans === true)
        return null;
    const database = await ledgerDatabase(site, application, signal);
    if (database.connection !== now.ledgerConnection)
        return null;
    const { database: schema } = loginOf(application.ledgerDatabase, site.config);
    const [connection, ledger] = await Promise.all([
        database.hold(lockName(schema)),
        ledgerOf(database, application),
    ]);
    return connection === database.connection ? ledger : null;
}
/** A lock whose runner is gone is taken away by this number: it is known before the lock is taken, mostly. */
async function ledger_lock_writeDown({ journal }, ledgerConnection) {
    if (journal.now.ledgerConnection !== ledgerConnection)
        await journal.note({ ledgerConnection });
}
async function ledgerOf(database, { ledger }) {
    const [rows, tables] = await Promise.all([database.ledger(ledger.table), database.tableNames()]);
    return { database, rows, tables };
}
async function ledger_lock_held(site, application, signal) {
    const { database: schema } = loginOf(application.ledgerDatabase, site.config);
    const name = lockName(schema);
    for (let left = site.config['lock-wait'];; left -= 1) {
        const database = await ledgerDatabase(site, application, signal);
        // At the same moment: the lock first, and the rows in the same round trip.
        const [connection, ledger] = await Promise.all([
            database.hold(name),
            ledgerOf(database, application),
        ]);
        if (connection !== null)
            return { ...ledger, connection };
        const after = await heldAfterUs(site, database, name, signal);
        if (after !== null)
            return { ...(await ledgerOf(database, application)), connection: after };
        if (left <= 0)
            break;
        await site.run.pause(1000, signal);
    }
    site.find(databaseLocked(schema));
    throw new results/* Stopped */.C('another deploy migrates this database');
}
/**
 * The lock may be held by an earlier connection of the very deploy that is finished here. A runner that vanished without
 * a word keeps it for hours, as nobody on the server notices. Such a connection is ended.
 * @returns the number of our connection; null when another deploy holds the lock
 */
async function heldAfterUs(site, database, name, signal) {
    const { ledgerConnection } = site.journal.now;
    // Our own is written down before it holds anything.
    if (ledgerConnection === null || ledgerConnection === database.connection)
        return null;
    await database.endHolder(name, ledgerConnection);
    for (let tries = 10; tries > 0; tries -= 1) {
        const connection = await database.hold(name);
        if (connection !== null)
            return connection;
        await site.run.pause(200, signal);
    }
    return null;
}
/** The whole name of a schema may be longer than a lock's may be. */
function lockName(schema) {
    return `ci4-deploy ${(0,external_node_crypto_.createHash)('sha256').update(schema).digest('hex').slice(0, 40)}`;
}
function databaseLocked(schema) {
    return (0,src_finding/* errorFinding */.i9)('database-locked', `Another deploy that uses the database ${schema} is not over; it runs in another clone or for another repository. Two at once would roll back each other's migrations.`, 'Run this one again when the other is over; input lock-wait: 10m waits by itself.');
}

// EXTERNAL MODULE: ./src/schema/migration.ts
var migration = __webpack_require__(11039);
// EXTERNAL MODULE: ./src/schema/words.ts
var schema_words = __webpack_require__(99098);
;// CONCATENATED MODULE: ./src/schema/capacity.ts





/** Bytes that a column of each type holds (storage requirements in the manuals of MySQL and MariaDB). */
const capacities = {
    tinyblob: 255,
    tinytext: 255,
    blob: 65_535,
    text: 65_535,
    mediumblob: 16_777_215,
    mediumtext: 16_777_215,
};
/**
 * Whether the sessions there are now fit into the column `data`. Files have no limit, a BLOB holds 65,535 bytes.
 * Without strictOn a longer one is cut short silently. The next request fails and the session is gone
 * (seen on CodeIgniter 4.1.9, 4.2.12, 4.3.8 and 4.7.2).
 *
 * @param largest length in bytes of the largest session there is
 * @param match a type that is not the document's is an error with `exact`, so that an input has to accept it
 * @returns an error when it does not fit, a warning when it takes more than half, else null. Null also for a column
 *   without a known limit or a missing one, of which other rules speak
 */
function dataTooSmall(table, largest, match) {
    const type = (0,schema_words/* columnNamed */.c1)(table, 'data')?.type.normal ?? '';
    const capacity = capacities[type];
    if (capacity === undefined || largest * 2 <= capacity)
        return null;
    const wider = capacity < 65_536 ? 'MEDIUMBLOB' : 'LONGBLOB';
    const statement = (0,schema_remedy/* alter */.hN)(table.name, [`MODIFY \`data\` ${wider} NOT NULL`]);
    // Without it the next run would ask for the old type again.
    const accepted = match === 'compatible' ? [] : [(0,remedy/* inInputs */.ht)('Accept that type', 'session-table-match: compatible')];
    const fact = `The largest session has ${bytes(largest)} bytes, and ${table.name}.data (${type}) holds ${bytes(capacity)}`;
    const effect = largest > capacity
        ? 'it would be cut short. The next request of that visitor fails with HTTP 500 (Failed to decode session object), or the write does with strictOn'
        : 'there is little room for it to grow';
    return {
        name: 'data-too-small',
        severity: largest > capacity ? 'error' : 'warning',
        message: `${fact}: ${effect}.`,
        remedies: (0,src_finding/* remedies */.JW)([(0,remedy/* inDatabase */.jG)('', statement), ...accepted], [(0,migration/* commitMigration */.Q)(table.name, [statement]), ...accepted]),
    };
}
function bytes(count) {
    return count.toLocaleString('en');
}

// EXTERNAL MODULE: ./src/schema/column-comparison.ts
var column_comparison = __webpack_require__(81355);
// EXTERNAL MODULE: ./src/schema/elsewhere.ts
var schema_elsewhere = __webpack_require__(20227);
// EXTERNAL MODULE: ./src/schema/expected.ts
var expected = __webpack_require__(26587);
// EXTERNAL MODULE: ./src/schema/judge.ts
var schema_judge = __webpack_require__(61872);
// EXTERNAL MODULE: ./src/app/canary.ts
var canary = __webpack_require__(95095);
;// CONCATENATED MODULE: ./src/steps/verify.ts












/** The table and the handler of the new code, before anything goes live. */
const verify = {
    name: 'verify',
    title: 'Verify: the table, and a session through the handler',
    needs: ['inspect', 'stage'],
    changesSite: false,
    on: 'once per database',
    async run(site, signal) {
        const { application, described, largestSession, early } = site.facts.stage;
        const ran = verify_migrated(site);
        const asked = ran ? {} : early;
        const where = { tree: site.release.staged, largestSession, migrated: ran, ...asked };
        const columns = await verifySessions(site, application, where, signal);
        await verifyDescribed(site, application, described, where.migrated, signal);
        return { columns };
    },
    undo: 'nothing to undo',
};
/** Whether this run changed the ledger. */
function verify_migrated({ facts }) {
    return (facts.migrate?.classes.length ?? 0) > 0;
}
/**
 * Compares the session table and the handler of an application with what they need; findings go to the site.
 * @returns the columns as they are; none where the sessions are elsewhere
 */
async function verifySessions(site, application, { tree, largestSession, migrated: ran, ...early }, signal) {
    const { session } = application;
    if (!session.inDatabase || session.table === null) {
        site.find(notInDatabase(session.driver));
        site.notVerified('The session table: the application keeps its sessions elsewhere.');
        return [];
    }
    const table = early.table ?? (await tableNow(site, application, session.table, signal));
    const wanted = (0,expected/* expected */.p)(session);
    const { 'session-table-match': match } = site.config;
    const findings = typeof table === 'string'
        ? await judgeUnseen(site, application, wanted, table, signal)
        : [...(0,schema_judge/* judgeTable */.sP)(wanted, table, match), ...judgeRoom(table, largestSession, match)];
    site.find(...(ran ? findings.map(src_finding/* inNextDeploy */.cX) : findings));
    if (!findings.some(src_finding/* isError */.bJ)) {
        const known = await early.canary;
        const answer = known?.ok === true ? known : await canaryNow(site, tree, signal);
        site.find(...(0,canary/* judgeCanary */.m)(answer, session));
    }
    const columns = (0,column_comparison/* compareColumns */.l)(wanted, table, match);
    const right = columns.filter(({ ok }) => ok).length;
    site.did(`${right} of ${columns.length} columns of the session table are right.`);
    return columns;
}
async function tableNow(site, application, name, signal) {
    const database = await sessionDatabase(site, application, signal);
    return database.table(name);
}
/** One session through the handler of the application in that tree. */
async function canaryNow({ config, run, server }, tree, signal) {
    const question = { canary: (0,ask/* askCanary */.ip)(config.php, tree, run.nonce) };
    const { canary } = await (0,round/* query */.P)(server, question, signal);
    return (0,ask/* readCanary */.B4)(canary, run.nonce);
}
function judgeRoom(table, largestSession, match) {
    const tooSmall = dataTooSmall(table, largestSession, match);
    return tooSmall === null ? [] : [tooSmall];
}
/** A table that is not there, or not for us to see: where else it could be. */
async function judgeUnseen(site, application, wanted, table, signal) {
    if (table === 'not visible')
        return [(0,schema_judge/* tableNotVisible */.CV)(wanted)];
    const database = await sessionDatabase(site, application, signal);
    const like = await database.namesLike(wanted.table);
    const own = loginOf(application.sessionDatabase, site.config).database;
    const elsewhere = (0,schema_elsewhere/* tableElsewhere */.Z)(wanted, own, like);
    const missing = (0,schema_judge/* tableMissing */.d2)(wanted, await ledgerSaysItRan(site, application, signal));
    const [renamed] = elsewhere.filter(({ name }) => name === 'table-name-case');
    // One that is created beside it would be in the way of its new name.
    const part = (0,src_finding/* remedies */.JW)('Part of the remedy of table-name-case.');
    return [
        renamed === undefined ? missing : { ...missing, remedies: part },
        ...elsewhere,
        ...(0,schema_elsewhere/* prefixed */.g)(application),
    ];
}
/** Whether a migration that looks like the one for this table has a row in the ledger. */
async function ledgerSaysItRan(site, application, signal) {
    const database = await ledgerDatabase(site, application, signal);
    const rows = await database.ledger(application.ledger.table);
    return application.migrations.some((migration) => /session/i.test(migration.class) && (0,ledger/* hasRow */.Lb)(rows, migration));
}
function notInDatabase(driver) {
    return {
        name: 'sessions-not-in-database',
        severity: 'notice',
        message: `The session handler is ${driver}, not DatabaseHandler: the session table was not checked.`,
        remedies: (0,src_finding/* remedies */.JW)('Nothing to do, unless this commit was meant to move the sessions.'),
    };
}

;// CONCATENATED MODULE: ./src/steps/confirm-old.ts
var confirm_old_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var confirm_old_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
 * After going back: the old code must answer as it did before, be that healthy or not.
 * @throws Error with what it answers instead
 */
async function confirmOld(site, signal) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { inspect, stage } = site.facts;
        const before = stage?.health ?? { status: null, failure: null };
        const url = inspect === undefined ? null : healthUrl(site.config, inspect.live);
        // Where nothing answered before, silence proves nothing.
        if (url === null || before.status === null)
            return;
        const connections = confirm_old_addDisposableResource(env_1, new Connections(), false);
        const answer = before.failure === null
            ? await untilHealthy(site, url, connections, signal)
            : await httpGet(site, url, signal);
        if ('says' in answer) {
            throw new Error(`the old code is back, but ${url.href} ${answer.says}`);
        }
        const { status } = answer;
        if (before.failure !== null && status !== before.status) {
            throw new Error(`the old code is back, but ${url.href} answers ${status}, not ${before.status} as before`);
        }
        site.log.say(`${url.href} answers ${status} with the old code.`);
        site.answers(status);
        site.rolledBack(`The old code answers ${status} at ${url.href}, as before.`);
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        confirm_old_disposeResources(env_1);
    }
}
/**
 * The old code with the tables of the new one, when migrations could not be rolled back.
 * @throws Error when it does not work with them
 */
async function confirmOldWithNewTables(site, signal) {
    const { live, largestSession = 0 } = site.facts.inspect ?? {};
    if (live?.session.inDatabase === true) {
        const before = site.findings.filter(src_finding/* isError */.bJ).length;
        await verifySessions(site, live, { tree: site.release.live, largestSession, migrated: false }, signal);
        if (site.findings.filter(src_finding/* isError */.bJ).length > before) {
            throw new Error('the old code does not work with the tables that the migrations left');
        }
    }
    await confirmOld(site, signal);
}

// EXTERNAL MODULE: ./src/app/rollback-policy.ts
var rollback_policy = __webpack_require__(4174);
;// CONCATENATED MODULE: ./src/steps/regress.ts












/** Rolls exactly the batches of this deploy back, or says why they stay. Proved by the ledger and the tables. */
const regress = async (site, signal) => {
    const { batchBefore } = site.journal.now;
    if (batchBefore === null)
        return undefined;
    await (0,round/* perform */.y9)(site.server, [site.release.useReserve()], signal);
    const application = await staged(site, signal);
    const database = await lockedLedger(site, application, signal);
    const rows = await newer(database, application, batchBefore);
    const reason = rows.length === 0 ? null : reasonAgainst(site, application, rows);
    const stays = rows.length === 0
        ? null
        : (reason ?? (await rollBack(site, application, database, batchBefore, signal)));
    if (stays !== null) {
        kept(site, stays);
        await confirmOldWithNewTables(site, signal);
    }
    await compareTables(site, application, database, stays !== null);
    await site.journal.note({ batchBefore: null });
    const undone = rows.map((row) => row.class);
    return stays === null ? { classes: [], batch: null, undone } : undefined;
};
async function newer(database, application, batch) {
    const rows = await database.ledger(application.ledger.table);
    return rows.filter((row) => row.batch > batch);
}
/** Only migrations that reached the ledger would be rolled back, so only their down() counts. */
function reasonAgainst({ config, journal }, { migrations, ledgerDatabase: { prefix } }, rows) {
    const ran = migrations.filter((migration) => (0,ledger/* hasRow */.Lb)(rows, migration));
    const others = (0,ledger/* withoutFile */.BQ)(rows, migrations);
    if (others.length > 0) {
        const names = others.map((row) => row.class).join(', ');
        return `its batches hold migrations that are not of this commit (${names}), which would be rolled back with them`;
    }
    return (0,rollback_policy/* whyMigrationsStay */.H)(ran, journal.now.tables, prefix, config['undo-migrations']);
}
/** Null when the batches are gone, else why they are not. */
async function rollBack(site, application, database, batch, signal) {
    const back = [...ask/* freshPhp */.Hr, 'spark', 'migrate:rollback', '-b', String(batch), '-f', '--no-header'];
    const rollback = (0,server_command/* command */.G5)(site.config.php, back, {
        cwd: site.release.staged,
        survives: true,
    });
    const { ran } = await (0,round/* query */.P)(site.server, { ran: rollback }, signal);
    // Its exit status is 0 whatever happened (CodeIgniter 4.1 to 4.7).
    const left = await newer(database, application, batch);
    if (left.length > 0) {
        const fault = (0,migrate_output/* readMigrateOutput */.f)(ran, site.release.staged);
        const names = left.map((row) => row.class).join(', ');
        return `rolling them back failed at ${names}: ${fault?.message ?? 'php spark migrate:rollback said nothing'}`;
    }
    site.rolledBack(`The migrations of this deploy were rolled back to batch ${batch}.`);
    return null;
}
/** The application whose migrations ran; asked again when another process rolls them back. */
async function staged(site, signal) {
    const known = site.facts.stage?.application;
    if (known !== undefined)
        return known;
    const { nonce } = site.run;
    const tree = site.release.staged;
    const question = { reported: (0,ask/* askApplication */.kj)(site.config.php, tree, nonce) };
    const reported = (0,ask/* readApplication */.nZ)((await (0,round/* query */.P)(site.server, question, signal)).reported, nonce);
    if (!reported.ok)
        throw new Error(`the staged application does not answer: ${reported.failure.message}`);
    return reported.application;
}
function kept(site, reason) {
    site.rolledBack(`The migrations of this deploy stay: ${reason}.`);
    site.find({
        name: 'migrations-not-rolled-back',
        severity: 'warning',
        message: `The migrations that ran stay in the database, because ${reason}.`,
        remedies: (0,src_finding/* remedies */.JW)('Look at the tables they made; the code that is live is the old one.'),
    });
}
/**
 * The previous tables against those of now. DDL of MySQL is rolled back by nobody. A migration that failed half-way
 * leaves what it had made, and a down() may drop what up() had found.
 * @throws Error when tables that were there before are gone
 */
async function compareTables(site, { ledger }, database, stays) {
    const now = await database.tableNames();
    const before = new Set([...site.journal.now.tables, ledger.table, ledger.lockTable]);
    const left = now.filter((name) => !before.has(name));
    if (left.length > 0)
        site.find(stays ? tablesStay(left) : tablesLeft(left));
    const gone = site.journal.now.tables.filter((name) => !now.includes(name));
    if (gone.length > 0) {
        throw new Error(`tables that were there before this deploy are gone: ${gone.join(', ')}`);
    }
}
/** To drop the table of a migration that is in the ledger would make the next deploy miss it. */
function tablesStay(left) {
    return (0,src_finding/* warningFinding */.oL)('tables-left', `This deploy made tables that stay with its migrations: ${left.join(', ')}. The old code does not know them.`, 'Leave them: the ledger has their migrations, so the next deploy does not make them again.');
}
function tablesLeft(left) {
    return (0,src_finding/* warningFinding */.oL)('tables-left', `This deploy made tables that are still there: ${left.join(', ')}. The old code does not know them.`, (0,remedy/* inDatabase */.jG)('When they hold nothing that you need', ...left.map((name) => `DROP TABLE ${(0,schema_remedy/* quoted */.TL)(name)};`)));
}

;// CONCATENATED MODULE: ./src/steps/migrate.ts














/** Runs what is pending from the staged tree, while the old code serves, and believes the ledger alone. */
const migrate = {
    name: 'migrate',
    title: 'Migrate: from the staged tree, while the old code serves',
    needs: ['stage'],
    changesSite: true,
    on: 'once per database',
    // The new code needs its tables as long as it may be live.
    keptWhenStranded: true,
    async run(site, signal) {
        const { application, early } = site.facts.stage;
        // Even with nothing to migrate: what the ledger has may be of a deploy that is not over, and be rolled back yet.
        const { rows: before, tables } = await lockedRows(site, application, early.ledger, signal);
        const due = pendingMigrations(site, application, before);
        if (due.length === 0) {
            site.did('Nothing to migrate: the ledger has every migration of this commit.');
            return { classes: [], batch: null };
        }
        site.journal.announce({
            batchBefore: Math.max(0, ...before.map((row) => row.batch)),
            tables,
        });
        const ran = await run(site, signal);
        // A connection that was lost took the database's and its lock with it.
        const now = await lockedRows(site, application, null, signal);
        const rows = (0,ledger/* added */.vN)(before, now.rows);
        const fault = ran === null ? null : (0,migrate_output/* readMigrateOutput */.f)(ran, site.release.staged);
        const wrong = (0,migrated/* judgeMigrated */.f)(due, rows, fault);
        // Its exit status is 0 all the same, so the log does not take it for a failure.
        if (wrong.length > 0 && ran !== null)
            site.log.say(printedBy(ran));
        site.find(...wrong);
        const made = now.tables.filter((name) => !tables.includes(name));
        return { ...inLedger(site, rows), made };
    },
    undo: regress,
    stranded: 'stranded-migrate',
    byHand: ({ config, journal: { now }, release }) => [
        (0,remedy/* asUser */.ex)(config.target.user, 'Roll the migrations of this deploy back', `cd ${(0,server_command/* quote */.hD)(release.staged)} && ${(0,server_command/* quote */.hD)(config.php)} spark migrate:rollback -b ${now.batchBefore ?? 0} -f`),
    ],
};
function inLedger(site, rows) {
    const classes = rows.map((row) => row.class);
    const batch = rows.length === 0 ? null : Math.max(...rows.map((row) => row.batch));
    if (batch !== null) {
        const names = classes.map((one) => one.replace(/^.*\\/, ''));
        site.did(`The ledger has ${(0,count/* counted */.h)(rows.length, 'new row')}, batch ${batch}: ${names.join(', ')}.`);
    }
    return { classes, batch };
}
function pendingMigrations(site, application, rows) {
    const { namespace, migrations } = application;
    if (site.config.namespaces === 'app') {
        const all = (0,ledger/* pending */.Ub)(migrations, rows, { namespaces: 'all', namespace });
        const others = all.filter((migration) => migration.namespace !== namespace);
        if (others.length > 0)
            site.find(otherNamespaces(others));
    }
    return (0,ledger/* pending */.Ub)(migrations, rows, scopeOf(site, application));
}
function otherNamespaces(others) {
    const names = [...new Set(others.map(({ namespace }) => namespace))].join(', ');
    return {
        name: 'other-namespaces-pending',
        severity: 'notice',
        message: `Migrations of other namespaces have not run: ${names}.`,
        remedies: (0,src_finding/* remedies */.JW)((0,remedy/* inInputs */.ht)('Let a deploy run them too', 'namespaces: all')),
    };
}
/**
 * Runs spark, once. When the connection is lost meanwhile it goes on alone; its end is waited for, and the ledger says
 * how it went.
 * @returns null when nobody heard what it said
 */
async function run(site, signal) {
    try {
        return (await (0,round/* query */.P)(site.server, { ran: spark(site) }, signal)).ran;
    }
    catch (failure) {
        if (!(failure instanceof failures/* ConnectionLost */.pz))
            throw failure;
        site.log.say('The connection was lost during the migration, which goes on alone: waiting.');
        await (0,remote_processes/* waitForRemoteProcesses */.oK)(site, site.journal.now.id, signal);
        return null;
    }
}
const mostLines = 60;
/** What spark printed, for who looks for the reason. */
function printedBy({ stdout, stderr }) {
    const lines = `${stdout}${stderr}`.split('\n').filter((line) => line.trim() !== '');
    return [
        'php spark migrate printed:',
        ...lines.slice(0, mostLines).map((line) => `│ ${line}`),
    ].join('\n');
}
/** The command that runs what is pending, from the staged tree. */
function spark(site) {
    const all = site.config.namespaces === 'all' ? ['--all'] : [];
    return (0,server_command/* command */.G5)(site.config.php, [...ask/* freshPhp */.Hr, 'spark', 'migrate', '--no-header', ...all], {
        cwd: site.release.staged,
        survives: true,
    });
}

// EXTERNAL MODULE: ./src/steps/push/source.ts
var push_source = __webpack_require__(14971);
;// CONCATENATED MODULE: ./src/remedies/checkout.ts

/**
 * Gives the job a checkout with its whole history.
 * @param onRunner the run is one of a workflow; else somebody started it in a clone
 */
function wholeHistory(commit, onRunner) {
    if (onRunner)
        return [
            (0,remedy/* inWorkflow */.FT)('Let the step before this one bring the whole history', remedy/* checkoutStep */.vU, '  with:', '    fetch-depth: 0'),
        ];
    return [
        (0,remedy/* inClone */.Jv)('Fetch the rest of the history', 'git fetch --unshallow origin', `git cat-file -e ${commit}`),
    ];
}
/** Gives the job a checkout that has the commit. */
function checkOut(commit, onRunner) {
    if (onRunner)
        return [
            (0,remedy/* inWorkflow */.FT)('Check the commit out in a step before this one, in the same job', remedy/* checkoutStep */.vU, '  with:', `    ref: ${commit}`, '    fetch-depth: 0'),
        ];
    return [
        (0,remedy/* inClone */.Jv)('Fetch the commit, and start again there, in the root of the clone', 'git fetch origin', `git cat-file -e ${commit}`),
    ];
}

;// CONCATENATED MODULE: ./src/steps/push/transfer.ts






// Objects come as one pack, which git renames into place once it is whole and nothing before it is missing.
const transfer_unpack = `# take the commit from the bundle
git -c protocol.file.allow=always fetch --quiet --no-tags --no-recurse-submodules --refmap= "$1" ${push_source/* bundleRef */.W} || exit
rm -f "$1"
git cat-file -e "$2^{commit}"`;
const transfer_question = `# what the server has of the commit
commit=$1
shift
git rev-list --quiet "$commit" --not --all 2>/dev/null && echo whole
{ git for-each-ref --sort=-creatordate --count=100 --format='%(objectname)%0a%(*objectname)'
  git worktree list --porcelain | sed -n 's/^HEAD //p'; } | sort -u | sed -n 's/^[0-9a-f]/known &/p'
for one; do git cat-file -e "$one^{commit}" 2>/dev/null || echo "lacks $one"; done
df -Pk "$(git rev-parse --absolute-git-dir)" | awk 'NR > 1 { print "free", $4 * 1024 }'`;
/** Asks what a clone has of a commit, and which of the others it lacks. */
function askThere({ clone, commit }, others) {
    return (0,server_command/* shell */.vf)(transfer_question, [commit, ...others], { cwd: clone, shown: 'command' });
}
/** Reads it. */
function readThere(text) {
    const lines = entries(text, '\n');
    const [free] = after('free', lines);
    return {
        whole: lines.includes('whole'),
        known: after('known', lines).filter((id) => !/^0+$/.test(id)),
        lacks: after('lacks', lines),
        free: free === undefined ? null : Number(free),
    };
}
/**
 * Sends a bundle, and lets git take the commit from it. Until it has come whole it lies in the lock of this deploy, and
 * goes with that.
 * @throws what perform throws
 */
async function transfer(site, bundle, signal) {
    const { clone, commit } = site.config;
    const file = receivedIn(site.journal.now.stateDir, 'bundle');
    await sendInParts(site, bundle, file, 'the bundle', signal);
    await (0,round/* perform */.y9)(site.server, [(0,server_command/* shell */.vf)(transfer_unpack, [file, commit], { cwd: clone })], signal);
}

;// CONCATENATED MODULE: ./src/steps/push/push.ts
var push_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var push_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
 * Sends what the server lacks of the commit, from the checkout of the job. Where there was no place for a lock, inspect
 * says why.
 */
function pushStep(source) {
    return {
        name: 'push',
        title: 'Push: the commit from the checkout of the job',
        needs: [],
        changesSite: false,
        on: 'every host',
        async run(site, signal) {
            if (site.journal.now.locked)
                await sendCommit(site, source, signal);
            return undefined;
        },
        // What was sent is objects of git, which nothing names. A bundle that did not come whole goes with the lock.
        undo: 'nothing to undo',
    };
}
/**
 * The same without the step, where the lock is held.
 * @throws Stopped where the checkout cannot be sent, with the finding recorded
 */
async function sendCommit(site, source, signal) {
    const { config, server } = site;
    try {
        const cut = await source.cutOff(config.commit);
        const { there } = await (0,round/* query */.P)(server, { there: askThere(config, cut) }, signal);
        await send(site, source, readThere(there.stdout), signal);
    }
    catch (failure) {
        if (!(failure instanceof push_source/* SourceFailed */.r))
            throw failure;
        site.find(push_notSent(failure, site));
        throw new results/* Stopped */.C(failure.message);
    }
    if (config.tag !== null)
        site.notVerified(`Whether the commit of tag ${config.tag} is on ${config.branch}: with source: push the server has no repository to ask.`);
}
async function send(site, source, there, signal) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { commit } = site.config;
        const short = commit.slice(0, 10);
        if (there.whole) {
            site.did(`The server has commit ${short} already.`);
            return;
        }
        if (there.lacks.length > 0) {
            site.find(tooShallow(site, there.lacks));
            throw new results/* Stopped */.C('the checkout is too shallow');
        }
        const bundle = push_addDisposableResource(env_1, await source.bundle(commit, there.known), true);
        const room = 2 * bundle.bytes + spare;
        if (there.free !== null && there.free < room) {
            site.find(noRoom(site, there.free, room));
            throw new results/* Stopped */.C('there is too little room for the bundle');
        }
        await transfer(site, bundle, signal);
        site.did(`Commit ${short} was sent: ${mebibytes(bundle.bytes)}.`);
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = push_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** Room for what git writes besides: a pack as large as the bundle comes beside it. */
const spare = 20 * 1024 * 1024;
function noRoom({ config }, free, room) {
    return (0,src_finding/* errorFinding */.i9)('disk-short', `${mebibytes(free)} are free at ${config.clone}; receiving this commit takes up to ${mebibytes(room)}.`, (0,remedy/* toSee */.F1)('See what is large', `df -h ${(0,server_command/* quote */.hD)(config.clone)}`));
}
function tooShallow({ config, run }, lacks) {
    return (0,src_finding/* errorFinding */.i9)('push-too-shallow', `The checkout of the job is shallow: it has no commit before ${config.commit.slice(0, 10)} that the server has too. The server lacks ${lacks.map((one) => one.slice(0, 10)).join(', ')}.`, ...wholeHistory(config.commit, run.repository !== ''));
}
function push_notSent({ fault }, { config, run }) {
    const onRunner = run.repository !== '';
    const { commit } = config;
    switch (fault.kind) {
        case 'no git':
            return (0,src_finding/* errorFinding */.i9)('push-without-git', 'With source: push the commit is packed by git on the runner, and there is no git.', 'Use a runner or a container image with git.');
        case 'no checkout':
            return (0,src_finding/* errorFinding */.i9)('push-without-commit', `With source: push commit ${commit.slice(0, 10)} is taken from the checkout of the job, and there is no git repository in it.`, ...checkOut(commit, onRunner));
        case 'no commit':
            return (0,src_finding/* errorFinding */.i9)('push-without-commit', `The checkout of the job does not have commit ${commit}, which it is to send.`, ...checkOut(commit, onRunner));
        case 'other':
            return (0,src_finding/* errorFinding */.i9)('push-failed', `Git on the runner could not pack commit ${commit.slice(0, 10)}: ${fault.problem}`, ...wholeHistory(commit, onRunner));
    }
}

;// CONCATENATED MODULE: ./src/steps/regress-since.ts













/**
 * The migrations that ran since the commit of a rollback was live. It is live and proved by now, and does not need
 * them. Their own code rolls them back, from a copy beside the live tree. What is dropped is gone.
 */
const regressSince = {
    name: 'regress',
    title: 'Regress: the migrations since, batch by batch',
    needs: ['inspect', 'stage'],
    changesSite: true,
    on: 'once per database',
    async run(site, signal) {
        const { application } = site.facts.stage;
        const { database, rows } = await lockedRows(site, application, null, signal);
        const planned = await plannedBatches(site, application, rows, signal);
        if (typeof planned === 'string')
            throw new Error(`the ledger has changed meanwhile: ${planned}`);
        site.journal.announce({ regressed: planned.map(({ batch }) => batch) });
        const { previous } = site.journal.now;
        await (0,round/* perform */.y9)(site.server, site.release.recall(previous), signal);
        for (const batch of planned) {
            if (!(await rollBatchBack(site, database, batch, application.ledger.table, signal)))
                break;
        }
        await regress_since_proved(site, signal);
        return undefined;
    },
    async undo(site, signal) {
        const { regressed = [] } = site.journal.now;
        if (regressed.length > 0)
            await runAgain(site, signal);
        await (0,round/* perform */.y9)(site.server, [site.release.prune().recalled], signal);
        return undefined;
    },
    stranded: 'stranded-regress',
    byHand: ({ config, release }) => [
        (0,remedy/* asUser */.ex)(config.target.user, 'Run the migrations of the newer code again', `cd ${(0,server_command/* quote */.hD)(release.recalled)} && ${(0,server_command/* quote */.hD)(config.php)} spark migrate${config.namespaces === 'all' ? ' --all' : ''}`, ...release.byHand.forget),
    ],
};
function regress_since_spark({ config, release }, ...args) {
    return (0,server_command/* command */.G5)(config.php, [...ask/* freshPhp */.Hr, 'spark', ...args, '--no-header'], {
        cwd: release.recalled,
        survives: true,
    });
}
/** Proved by the ledger: the exit status is 0 whatever happened (CodeIgniter 4.1 to 4.7). */
async function rollBatchBack(site, database, { batch, classes }, ledger, signal) {
    const rows = await database.ledger(ledger);
    const below = Math.max(0, ...rows.map((row) => row.batch).filter((one) => one < batch));
    const question = { ran: regress_since_spark(site, 'migrate:rollback', '-b', String(below), '-f') };
    const { ran } = await (0,round/* query */.P)(site.server, question, signal);
    const left = (await database.ledger(ledger)).filter((row) => row.batch > below);
    const names = classes.join(', ');
    if (left.length === 0) {
        site.did(`Batch ${batch} was rolled back: ${names}.`);
        return true;
    }
    const fault = (0,migrate_output/* readMigrateOutput */.f)(ran, site.release.recalled);
    const why = fault?.message ?? 'php spark migrate:rollback said nothing';
    site.did(`Batch ${batch} stays, and all before it: ${names}.`);
    site.find(stays(batch, names, why));
    return false;
}
function stays(batch, names, why) {
    return (0,src_finding/* warningFinding */.oL)('migrations-not-rolled-back', `The old code is live, but batch ${batch} (${names}) could not be rolled back: ${why}. It stays, and so do those before it.`, 'Look at the tables of these migrations; a down() that fails half-way leaves what it had done.');
}
/** The old code with the tables as they are now. */
async function regress_since_proved(site, signal) {
    const { application, largestSession } = site.facts.stage;
    const where = { tree: site.release.live, largestSession, migrated: false };
    await verifySessions(site, application, where, signal);
    site.stopAtErrors();
    await confirmSite(site, application, signal);
}
/**
 * The newer code goes live again, and needs its tables. What they held is gone.
 * @throws Error when the ledger does not have all its migrations after that
 */
async function runAgain(site, signal) {
    const { config, server, release, run, journal } = site;
    await (0,round/* perform */.y9)(server, release.recall(journal.now.previous), signal);
    const question = { reported: (0,ask/* askApplication */.kj)(config.php, release.recalled, run.nonce) };
    const reported = (0,ask/* readApplication */.nZ)((await (0,round/* query */.P)(server, question, signal)).reported, run.nonce);
    if (!reported.ok)
        throw new Error(`the newer code does not answer: ${reported.failure.message}`);
    const { application } = reported;
    const database = await lockedLedger(site, application, signal);
    const left = async () => {
        const rows = await database.ledger(application.ledger.table);
        return (0,ledger/* pending */.Ub)(application.migrations, rows, scopeOf(site, application)).length;
    };
    if ((await left()) === 0)
        return;
    const all = config.namespaces === 'all' ? ['--all'] : [];
    const { ran } = await (0,round/* query */.P)(server, { ran: regress_since_spark(site, 'migrate', ...all) }, signal);
    if ((await left()) > 0) {
        const fault = (0,migrate_output/* readMigrateOutput */.f)(ran, release.recalled);
        throw new Error(`its migrations did not run again: ${fault?.message ?? 'spark said nothing'}`);
    }
    site.rolledBack('The migrations of the newer code ran again; what their tables held is gone.');
}

// EXTERNAL MODULE: ./src/config/parsers.ts
var parsers = __webpack_require__(54358);
;// CONCATENATED MODULE: ./src/steps/database/session-settings.ts

/** Session settings that cannot work, whatever the table looks like. */
function judgeSessionSettings({ session }) {
    const { inDatabase, savePath, driver, source } = session;
    if (!inDatabase)
        return [];
    const file = `app/Config/${source.split('\\').at(-1) ?? ''}.php`;
    if (savePath.trim() === '' || /[/\\]/.test(savePath)) {
        const found = savePath.trim() === '' ? 'is empty' : `is ${savePath}, a directory`;
        return [
            (0,src_finding/* errorFinding */.i9)('save-path-is-no-table', `${driver} takes savePath for the name of its table, but savePath ${found}. The driver was changed and savePath was not, or .env sets the old one (session.savePath).`, `Set $savePath = 'ci_sessions' in ${file}, then look for session.savePath in .env.`),
        ];
    }
    return [];
}

;// CONCATENATED MODULE: ./src/steps/served/staged.ts








/** Asks them, one after the other. */
async function askStagedPools(site, signal) {
    const { stateDir } = site.journal.now;
    const seen = [];
    for (const serving of site.facts.inspect.serving) {
        seen.push(await ask_inside(site, serving, stateDir, site.release.staged, signal));
    }
    return seen;
}
/** The databases of the new code: those of the live tree, and those that PHP-FPM takes the new code to. */
function judgeStagedConnections(site, application, pools) {
    const { live, changed } = site.facts.inspect;
    return [
        ...judgeStagedDatabases(live.connections, application.connections, changed, site.release.live),
        ...fromFpm(site, application, pools),
    ];
}
/** Where PHP-FPM does not answer for the stage, the live tree is asked after the switch. */
function fromFpm(site, application, pools) {
    const compared = { tree: 'the new code', unit: site.config['fpm-service'] };
    return site.facts.inspect.serving.flatMap((serving, at) => {
        const answer = pools[at] ?? '';
        if (typeof answer === 'string')
            return [];
        const unread = judgeUnread(site, serving.pool, answer);
        if (unread !== null)
            return [unread];
        if ('failure' in answer.session || !answer.readsEnv)
            return [];
        const { connections } = answer.session;
        return [
            ...judgeClosed(site, serving.pool, answer.closed),
            ...judgeFpmDatabases(connections, application.connections, serving, compared),
        ];
    });
}
/** The command line has booted it, so its files are there: PHP-FPM is kept from them. */
function judgeUnread({ release, facts, config }, pool, { session, readsEnv }) {
    if (release.name === undefined)
        return null;
    const failed = 'failure' in session && session.failure.phase === 'paths';
    if (readsEnv && !failed)
        return null;
    const { user } = facts.inspect;
    const group = `"$(stat -c %G ${(0,server_command/* quote */.hD)(`${config.path}/app/Config/App.php`)})"`;
    return (0,src_finding/* errorFinding */.i9)('release-closed-to-fpm', `${pool.user}, who runs PHP-FPM, could not read ${release.staged}${failed ? '' : '/.env'}. Files of a new release belong to ${user}, and have group and mode of those of the live release.`, (0,remedy/* asRoot */.tE)(`${user} becomes a member of the group of these files, and can give it. That counts from the next login on.`, `sudo usermod -aG ${group} ${(0,server_command/* quote */.hD)(user)}`));
}
/** A release is what visitors get, with folders of its own. They have the rights of those of the live release. */
function judgeClosed({ release, facts }, pool, closed) {
    if (release.name === undefined || closed.length === 0)
        return [];
    const { live, user } = facts.inspect;
    const sharing = { path: live.root, user, ...sharedWith(pool) };
    const places = closed.map((place) => (0,paths/* moved */.aW)(place, release.staged, live.root));
    return [
        (0,src_finding/* errorFinding */.i9)('writable-closed-to-fpm', `${pool.user}, who runs PHP-FPM, could not write to ${closed.join(', ')}. Folders of a new release belong to ${user}, and have group and mode of those of the live release.`, shareWritable(sharing, places)),
    ];
}

;// CONCATENATED MODULE: ./src/steps/syntax.ts



const pattern = /^(?:PHP )?(?:Parse|Fatal) error:\s+(.*) in (.+) on line (\d+)$/;
/** Syntax errors in what `php -l` printed, one finding for each file and line; paths as php was given them. */
function readSyntaxErrors(text) {
    const found = new Map();
    for (const line of text.split('\n')) {
        const [, problem, file, number] = pattern.exec(line.trim()) ?? [];
        if (problem === undefined || file === undefined)
            continue;
        found.set(`${file}:${number ?? ''}`, {
            name: 'syntax-error',
            severity: 'error',
            message: `${file} line ${number ?? '?'} does not parse with the server's PHP: ${problem}`,
            remedies: (0,src_finding/* remedies */.JW)((0,remedy/* toSeeInClone */.n1)('Correct the file. This has to find nothing', `php -l ${(0,server_command/* quote */.hD)(file)}`)),
            at: { file, line: Number(number) },
        });
    }
    return [...found.values()];
}

;// CONCATENATED MODULE: ./src/steps/stage.ts






















// Nothing has changed since a first release: then all of the application is parsed, without what it brings along.
const lint = `# parse the changed PHP files
if [ "$4" = first ]; then set -- "$(git hash-object -t tree /dev/null)" "$2" "$3" 'app/*.php'; else set -- "$1" "$2" "$3" '*.php'; fi
git diff -z --name-only --diff-filter=ACMRT "$1" "$2" -- "$4" | xargs -0 -r -n 1 -P 4 "$3" -d display_errors=stderr -l`;
const uploads = `# does the commit delete uploads
git diff -z --name-only --no-renames --diff-filter=D "$1" "$2" -- ':(glob)**/uploads/**' ':(exclude,glob)**/index.html'`;
/** Puts the new commit beside the live one, complete enough to boot, and lets the new code answer for itself. */
const stage = {
    name: 'stage',
    title: 'Stage: the new commit beside the live one',
    needs: ['inspect'],
    changesSite: false,
    on: 'every host',
    keptWhenStranded: true,
    async run(site, signal) {
        const { live, staged, changed } = site.facts.inspect;
        const made = staged ?? (await makeStage(site, changed, signal));
        const reply = (0,ask/* readApplication */.nZ)(made, site.run.nonce);
        // What else there is to ask does not depend on each other.
        const [answers, pools, { open, table, ledger }, health] = await Promise.all([
            (0,round/* queryGroups */.L6)(site.server, questionsToTheStage(site), signal),
            askStagedPools(site, signal),
            reply.ok ? judgeDatabases(site, reply.application, signal) : unasked,
            healthBefore(site, live, (0,plan_journal/* isFirst */.ZW)(site.journal.now) ? 'first' : 'deploy', signal),
        ]);
        site.find(...syntaxErrors(site, answers.syntax), ...judgeDeletions(answers.staying, answers.uploads));
        const { tables: described, commands } = await readSettings(site, answers.settings);
        const left = leftBehind(answers.leftBehind, madeIn(site, commands));
        site.find(...judgeLeftBehind(left, reply.ok, site), ...(reply.ok
            ? judgeStagedConnections(site, reply.application, pools)
            : [stage_doesNotBoot(reply.failure)]));
        const move = reply.ok && open ? await foreseeCutover(site, reply.application, signal) : sessionsStay;
        site.stopAtErrors();
        if (!reply.ok)
            throw new Error('the stage passed without an application');
        const { largestSession } = site.facts.inspect;
        const canary = provesEarly(site) ? (0,ask/* readCanary */.B4)(answers.canary, site.run.nonce) : null;
        return {
            ...{
                ...move,
                application: reply.application,
                described,
                commands,
                early: { table, canary, ledger },
                health,
            },
            largestSession: Math.max(largestSession, move.largestSession),
        };
    },
    async undo(site, signal) {
        await (0,round/* perform */.y9)(site.server, [site.release.unstage()], signal);
        return undefined;
    },
    stranded: 'stranded-stage',
    byHand: ({ config, release }) => [
        (0,remedy/* asUser */.ex)(config.target.user, 'Remove the stage', ...release.byHand.unstage),
    ],
};
const unasked = { open: false, table: null, ledger: null };
/** With nothing to migrate the table will be the same, and a session can go through the handler already. */
function provesEarly({ facts }) {
    return facts.inspect.live.session.inDatabase;
}
/** In two groups that take about the same time. */
function questionsToTheStage(site) {
    const { config, run, release } = site;
    const { now } = site.journal;
    const canary = (0,ask/* askCanary */.ip)(config.php, release.staged, run.nonce);
    return [
        {
            settings: askSettings(release.staged),
            // It changes something, so the journal is written first, whose connection may get the lock of the ledger.
            laid: laying(site, 'compiled'),
            staying: release.staying(now.commit),
            leftBehind: release.leftBehind(now.commit),
            uploads: (0,server_command/* shell */.vf)(uploads, [now.previous, now.commit], { cwd: release.live }),
            syntax: (0,server_command/* shell */.vf)(lint, [now.previous, now.commit, config.php, (0,plan_journal/* isFirst */.ZW)(now) ? 'first' : ''], {
                cwd: release.staged,
            }),
        },
        { canary: provesEarly(site) ? canary : server_command/* nothing */.s6 },
    ];
}
/**
 * The databases of the new configuration, its session settings, and whether what is due can run; findings go to the site.
 */
async function judgeDatabases(site, application, signal) {
    const closed = await openDatabases(site, application, signal);
    site.find(...closed, ...judgeSessionSettings(application));
    if (closed.length > 0)
        return unasked;
    const { live, clock } = site.facts.inspect;
    const [ledger, foreseen, states, table] = await Promise.all([
        tryLedger(site, application, signal),
        foresee(site, application, signal),
        databaseStates(site, live, clock, signal),
        tableBefore(site, application, signal),
    ]);
    site.find(...states, ...foreseen);
    return { open: true, table, ledger };
}
/** The session table before the migrations; null where it may be another one after them. */
async function tableBefore(site, application, signal) {
    const { inDatabase, table } = application.session;
    if (!provesEarly(site) || !inDatabase || table === null)
        return null;
    const database = await sessionDatabase(site, application, signal);
    return database.table(table);
}
/** `git rm --cached` in one clone is "remove it" in every other one: said, as somebody may have meant that. */
function judgeDeletions(staying, uploads) {
    const kept = entries(staying.stdout, '\0');
    const gone = entries(uploads.stdout, '\0').filter((name) => !kept.includes(name));
    return [
        ...(kept.length === 0 ? [] : [filesKept(kept)]),
        ...(gone.length === 0 ? [] : [uploadsDeleted(gone)]),
    ];
}
function filesKept(files) {
    return (0,src_finding/* noticeFinding */.yv)('files-kept', `The commit takes files out of git that stay on the server: ${some(files)}. They are ignored from now on, or are .env.`);
}
function uploadsDeleted(files) {
    return (0,src_finding/* warningFinding */.oL)('uploads-deleted', `The commit deletes files from folders of uploads: ${some(files)}. The server loses them with this deploy.`, (0,remedy/* inRepository */.yJ)('If they are to stay on the server, ignore them in the commit that takes them out.'));
}
/** A release has what the commit has and what is shared; other files stay where nobody looks for them any more. */
function judgeLeftBehind(files, boots, { config, release }) {
    if (files.length === 0)
        return [];
    const missing = files.map((file) => file.replace(/\/$/, '')).filter(parsers/* mayBeShared */.yL);
    const shares = (0,remedy/* inInputs */.ht)('Let all releases share those that the site needs. The next run prints how', `shared: ${[...config.shared, ...missing].join(', ')}`);
    const given = [
        ...(missing.length === 0 ? [] : [shares]),
        (0,remedy/* toSee */.F1)('See what is there', `ls -la ${(0,server_command/* quote */.hD)(release.live)}`),
    ];
    const message = `The live release has files that the commit does not have, and the next one goes live without them: ${some(files)}.`;
    return [
        boots
            ? (0,src_finding/* warningFinding */.oL)('files-not-shared', message, ...given)
            : (0,src_finding/* errorFinding */.i9)('files-not-shared', `${message} It may not boot for that reason.`, ...given),
    ];
}
/** Without what commands make in each stage. */
function leftBehind({ stdout }, made) {
    const again = (file) => made.some((path) => `${file}/`.replace('//', '/').startsWith(`${path}/`));
    return entries(stdout, '\0').filter((file) => !again(file));
}
function syntaxErrors(site, output) {
    if ((0,server_command/* succeeded */.gq)(output))
        return [];
    const found = readSyntaxErrors(`${output.stdout}\n${output.stderr}`);
    if (found.length > 0)
        return found;
    throw new failures/* CommandFailed */.nk(site.server.name, 'php -l over the changed files', output);
}
function stage_doesNotBoot({ phase, message, at }) {
    return {
        name: 'new-code-does-not-boot',
        severity: 'error',
        message: `The new code does not boot on the server, at ${phase}: ${message}`,
        remedies: (0,src_finding/* remedies */.JW)((0,remedy/* inRepository */.yJ)('Correct it and push again. The live site was not touched.')),
        ...(at === null ? {} : { at }),
    };
}

;// CONCATENATED MODULE: ./src/app/clear.ts





/**
 * Empties the cache of the application at `root` as `php spark cache:clear` does. It follows no link that PHP-FPM's user may have put in the place of a folder.
 * @param nonce word that marks the answer; no application prints it
 */
function clearCache(php, root, nonce) {
    const args = [...ask/* freshPhp */.Hr, '-d', 'display_errors=stderr', '--', root, nonce];
    const typed = `cd ${(0,server_command/* quote */.hD)(root)} && ${(0,server_command/* quote */.hD)(php)} spark cache:clear`;
    return (0,server_command/* command */.G5)(php, args, { stdin: programs/* programs */.c.clear, typed });
}
/** What {@link clearCache} brought back; null when it was emptied. */
function readCleared(output, nonce) {
    const shape = (0,app_shape/* object */.Ik)({ refused: (0,app_shape/* orNull */.Xd)(app_shape/* text */.Qq), folder: (0,app_shape/* orNull */.Xd)(app_shape/* text */.Qq) });
    const reply = (0,app_reply/* readReply */.X)(output, nonce, shape);
    if (!reply.ok)
        return reply;
    const { refused, folder } = reply.value;
    return { ok: true, value: refused === null ? null : { why: refused, folder } };
}
// The folder that we are in stays the same one, whatever is put in its place (chdir(2)); rm follows no link.
const dropStale = `# remove cached configuration and file locations
real=$(readlink -f -- "$1") && cd -P -- "$1/cache" 2>/dev/null || exit 0
[ "$(pwd -P)" = "$real/cache" ] || { echo "$1/cache leads to $(pwd -P), so nothing was removed there" >&2; exit 0; }
rm -f FactoriesCache_config FileLocatorCache`;
/**
 * Removes the caches of configuration and file locations that a new commit must not meet (CodeIgniter 4.5 and newer).
 * @param writable the folder that holds `cache`
 */
function dropStaleCaches(writable) {
    const files = ['FactoriesCache_config', 'FileLocatorCache'];
    const typed = ['rm -f', ...files.map((name) => (0,server_command/* quote */.hD)(`${writable}/cache/${name}`))].join(' ');
    return (0,server_command/* shell */.vf)(dropStale, [writable], { typed });
}

;// CONCATENATED MODULE: ./src/steps/switch.ts















/** The moment visitors meet the new code. Until here the live site was not touched. */
const switchOver = {
    name: 'switch',
    title: 'Switch: the live tree to the new commit',
    needs: ['inspect'],
    changesSite: true,
    on: 'every host',
    async run(site, signal) {
        const { config, journal, release } = site;
        const unit = config['fpm-service'];
        const first = unit === 'none' ? [] : [fpmRuns(unit)];
        const sizes = logSizes(release.holdsLogs(journal.now.writable));
        const commands = [sizes, ...first, ...release.activate(journal.now)];
        const { outputs, lying } = await change(site, commands, 'forward', signal);
        const later = isProvedNext(site);
        if (!later)
            await renewCode(site, lying, signal);
        site.did(`Commit ${journal.now.commit.slice(0, 10)} is live.`);
        return { logs: outputs[0]?.stdout ?? '', unproved: later ? lying : null };
    },
    async undo(site, signal) {
        const { now } = site.journal;
        const { lying } = await change(site, site.release.revert(now), 'back', signal);
        await renewCode(site, lying, signal);
        const before = (0,plan_journal/* commitBefore */.Xg)(now).slice(0, 10);
        site.rolledBack(before === '' ? 'Nothing is live, as before.' : `The live tree is back at commit ${before}.`);
        await confirmOld(site, signal);
        return undefined;
    },
    stranded: 'stranded-switch',
    byHand: ({ config: { target, 'fpm-service': unit }, journal, release }) => [
        (0,remedy/* asUser */.ex)(target.user, 'Bring the previous files back', ...release.byHand.revert(journal.now.previous)),
        ...(unit === 'none' ? [] : [(0,remedy/* asRoot */.tE)('Let PHP-FPM run them', reloadOrStart(unit))]),
    ],
};
/**
 * A reload made PHP-FPM forget what it had compiled, and what it keeps in files it compares with ours. Then the visit of
 * the next step meets the new code anyway, and both are asked side by side.
 */
function isProvedNext(site) {
    const { journal, facts } = site;
    const own = facts.stage?.commands['after-switch'] ?? [];
    const looksAgain = typeof facts.inspect.seesNewCode === 'number';
    return looksAgain && isReloaded(site) && journal.now.cutover === null && own.length === 0;
}
/**
 * Other files go live: caches of the previous ones are dropped and PHP-FPM is reloaded. All of it in one round, so that
 * no lost connection comes in between.
 */
async function change(site, commands, way, signal) {
    const after = [...clearCaches(site), clock, sumsOfChanged(site)];
    const seconds = switch_secondsUntilSeen(site);
    const outputs = await switch_changed(site, [...commands, ...after], isReloaded(site) ? switch_reload(site) : [], signal);
    const [cleared, time, sums] = outputs.slice(commands.length + after.length - 3);
    judgeCleared(site, cleared, way);
    if (seconds !== null)
        await untilSeen(site, seconds, signal);
    const since = Number(time?.stdout.trim());
    return { outputs, lying: { since, sums: readSums(sums?.stdout ?? '') } };
}
/** What the switch runs, and what it would run to reload PHP-FPM. */
function switchCommands(site) {
    const { config, journal, release } = site;
    const unit = config['fpm-service'];
    return [
        ...(unit === 'none' ? [] : [fpmRuns(unit)]),
        ...release.activate(journal.now),
        ...clearCaches(site),
        ...(isReloaded(site) ? switch_reload(site) : []),
    ];
}
/** @throws Stopped when PHP-FPM's configuration was broken meanwhile, CommandFailed for all else */
async function switch_changed(site, changes, reloading, signal) {
    try {
        const question = laying(site, 'compiled');
        const last = question === server_command/* nothing */.s6 ? [] : [question];
        return await (0,round/* perform */.y9)(site.server, [...changes, ...reloading, ...last], signal);
    }
    catch (failure) {
        const [test] = reloading;
        if (failure instanceof failures/* CommandFailed */.nk &&
            test !== undefined &&
            failure.command === (0,server_command/* printed */.zd)(test)) {
            stopAtBroken(site, failure.output);
        }
        throw failure;
    }
}
// From this second on PHP-FPM finds the other files.
const clock = (0,server_command/* command */.G5)('date', ['+%s']);
function clearCaches({ config, journal, run, release }) {
    return [
        dropStaleCaches(journal.now.writable),
        ...(config['cache-clear'] ? [clearCache(config.php, release.live, run.nonce)] : []),
    ];
}
/**
 * A cache that was left alone for the sake of what a link leads to is a warning. When it is rolled back everything is: a cache
 * must not keep PHP-FPM from its previous code.
 * @throws CommandFailed when PHP could not empty it
 */
function judgeCleared(site, output, way) {
    const { config, run, server, release } = site;
    if (!config['cache-clear'] || output === undefined)
        return;
    const reply = readCleared(output, run.nonce);
    if (!reply.ok && way === 'back') {
        const why = reply.failure.message;
        site.find(notCleared({ why, folder: null }, config.php, release.live));
        return;
    }
    if (!reply.ok) {
        const failed = { ...output, stdout: '', stderr: reply.failure.message };
        throw new failures/* CommandFailed */.nk(server.name, 'php spark cache:clear', failed);
    }
    if (reply.value === null)
        return;
    site.find(notCleared(reply.value, config.php, release.live));
}
/** The framework's own command follows a link: it would empty the folder that the link names. */
function notCleared({ why, folder }, php, live) {
    return (0,src_finding/* warningFinding */.oL)('cache-not-cleared', `The cache of the application was not emptied: ${why}. Visitors may get pages of the previous code from it.`, folder === null
        ? (0,remedy/* onServer */.ze)('Empty it', `cd ${(0,server_command/* quote */.hD)(live)} && ${(0,server_command/* quote */.hD)(php)} spark cache:clear`)
        : (0,remedy/* toSee */.F1)('See what is there now', `ls -la ${(0,server_command/* quote */.hD)(folder)} ${(0,server_command/* quote */.hD)(`${folder}/..`)}`));
}
/** Seconds after which opcache looks at a file again unless set otherwise (opcache.revalidate_freq, PHP manual). */
const revalidate = 2;
async function untilSeen({ log, run }, seconds, signal) {
    log.say(`PHP-FPM sees the new code by itself within ${seconds} s: no reload.`);
    await run.pause((seconds + 1) * 1000, signal);
}
/** Until opcache has looked at every file again; null where only a reload brings that about, or fixes the moment. */
function switch_secondsUntilSeen({ config, facts, journal }) {
    const seconds = facts.inspect?.seesNewCode ?? null;
    if (config['fpm-service'] === 'none' || config.reload === 'never')
        return seconds ?? revalidate;
    return config.reload === 'when-needed' && journal.now.cutover === null ? seconds : null;
}
function isReloaded(site) {
    return switch_secondsUntilSeen(site) === null;
}
/**
 * The test comes first because a reload with a broken file kills PHP-FPM. A request that was still served by the old code
 * may have written the caches again.
 */
function switch_reload({ config, facts, journal: { now } }) {
    const unit = config['fpm-service'];
    // Inspect has tested it since this lock was taken.
    const tested = facts.inspect === undefined || !now.locked ? null : sinceLock(now.stateDir);
    return [testFpm(unit, tested), reloadFpm(unit), dropStaleCaches(now.writable)];
}
function stopAtBroken(site, tested) {
    const reported = readFpmTest(tested);
    const problem = typeof reported === 'object' ? reported.problem : reported;
    const broken = `The configuration of ${site.config['fpm-service']} was broken while this deploy was going on, so it was not reloaded: ${problem}`;
    site.find((0,src_finding/* errorFinding */.i9)('fpm-configuration', broken, 'Repair the file it names first.'));
    throw new results/* Stopped */.C(broken);
}

;// CONCATENATED MODULE: ./src/commands/write-down.ts





/** Seconds that it may take; of a cancelled job hardly any are left. */
const write_down_patience = { cancelled: 1, otherwise: 15 };
/**
 * Writes down how a deploy ended that did not go live, where it got as far as looking at the site. What went live is
 * written down by its last step. That it cannot be written changes nothing.
 * @returns the report as it was
 */
async function writtenDown(fleet, report) {
    const { outcome, findings } = report;
    // What is another deploy's now is written down by that one.
    const lost = findings.some(({ name }) => name === 'lock-lost');
    if (lost || !isFailed(outcome))
        return report;
    const errors = findings.filter(src_finding/* isError */.bJ).map(({ name }) => name);
    for (const host of fleet)
        await write_down_write(host, outcome, [...new Set(errors)]);
    return report;
}
function isFailed(outcome) {
    return ['refused', 'rolled-back', 'cancelled', 'stranded'].includes(outcome);
}
/** Also of a deploy that another process began: its journal says the rest. */
async function write_down_write(host, outcome, errors) {
    const { stateDir, begun, onlyPlans } = host.journal.now;
    if (onlyPlans === true || stateDir === '' || !begun.includes('inspect'))
        return;
    const line = releaseLine({ ...finish_releaseOf(host, outcome), errors });
    const seconds = outcome === 'cancelled' ? write_down_patience.cancelled : write_down_patience.otherwise;
    const signal = AbortSignal.timeout(seconds * 1000);
    const why = await (0,round/* query */.P)(host.server, { written: host.release.record(line) }, signal).then(({ written }) => ((0,server_command/* succeeded */.gq)(written) ? '' : written.stderr.trim()), (failed) => String(failed));
    if (why !== '')
        host.log.say(`How it ended could not be written down: ${why}`);
}

;// CONCATENATED MODULE: ./src/commands/resolve-interrupted.ts










/**
 * Finishes what earlier deploys left in the middle, before anything else is looked at and under our lock. Rolls it back,
 * or, where only the tidying up was missing, tidies up.
 * @param steps those that a deploy consists of
 * @throws Stopped when something of it could not be rolled back, with the finding recorded
 */
async function resolveInterruptedDeploys(site, left, steps, signal) {
    const { stateDir } = site.journal.now;
    for (const { id, owner, journal } of left) {
        if (journal !== null)
            await resolve(site, owner, journal, steps, signal);
        if (!site.findings.some(src_finding/* isError */.bJ))
            await (0,round/* perform */.y9)(site.server, [forgetLeft(stateDir, id)], signal);
    }
    site.stopAtErrors();
}
async function resolve(site, owner, journal, steps, signal) {
    site.log.say(`Unfinished: ${owner}`);
    // Its lock is ours now, so its journal is not written any more.
    const book = new plan_journal/* JournalBook */.Ld({ ...journal, locked: false }, async () => Promise.resolve());
    const old = site.otherDeploy(book);
    const isProved = journal.begun.includes('finish');
    if (!isProved)
        await (0,remote_processes/* endOwnCommands */.M3)(old, signal);
    await (0,remote_processes/* waitForRemoteProcesses */.oK)(site, journal.id, signal);
    if (isProved) {
        const { steps: finished, failure } = await (0,walk/* walk */.GG)([finish], [old], signal);
        takeOver(site, finished);
        if (failure !== undefined)
            throw new Error('it could not be tidied up', { cause: failure });
        say(site, owner, 'It was live and proved; it was tidied up first.');
        return;
    }
    const undone = await (0,walk/* unwind */.K2)(steps, [old], new Error('the run ended in the middle'));
    await old.databases.close();
    if (!undone.some(walk/* isStranded */.kr))
        await write_down_write(old, 'rolled-back', ['unfinished-deploy']);
    resolve_interrupted_report(site, owner, journal, undone);
}
/** What finishing it found out belongs into this report: there will be no other. */
function takeOver(site, recorded) {
    for (const { findings, rollbackNotes, unverified } of recorded) {
        site.find(...findings.map(stopsNothing));
        site.rolledBack(...rollbackNotes);
        site.notVerified(...unverified);
    }
}
/** A command for after a rollback that fails leaves nothing to roll back, and this deploy goes on. */
function stopsNothing(found) {
    return found.name === 'own-command-failed' ? { ...found, severity: 'warning' } : found;
}
function resolve_interrupted_report(site, owner, { stateDir }, undone) {
    takeOver(site, undone);
    for (const { name, result } of undone) {
        if (typeof result !== 'object')
            continue;
        site.find({
            name: 'unfinished-deploy',
            severity: 'error',
            message: `An earlier deploy ended in the middle (${owner}), and its step ${name} could not be rolled back: ${String(result.failed)}`,
            remedies: (0,src_finding/* remedies */.JW)([
                (0,remedy/* toSee */.F1)('See what is there', `ls -la ${(0,server_command/* quote */.hD)(stateDir)}`),
                (0,remedy/* advice */.v9)('Then run the deploy again.'),
            ]),
        });
        return;
    }
    say(site, owner, 'What it had begun was rolled back first.');
}
function say(site, owner, how) {
    site.find({
        name: 'unfinished-deploy',
        severity: 'warning',
        message: `An earlier deploy ended in the middle (${owner}). ${how}`,
    });
}

;// CONCATENATED MODULE: ./src/commands/verify.ts










/** The same questions as in a deploy, put to what is live; they change nothing. */
const verifyLive = {
    name: 'verify',
    title: 'Verify: the live table, and a session through the handler',
    needs: ['inspect'],
    changesSite: false,
    on: 'once per database',
    async run(site, signal) {
        const { live, largestSession } = site.facts.inspect;
        const tree = site.release.live;
        const canary = live.session.inDatabase ? canaryNow(site, tree, signal) : null;
        const where = { tree, largestSession, migrated: false, canary };
        // None of them changes anything, and none waits for another.
        const [columns, printed, old] = await Promise.all([
            verifySessions(site, live, where, signal),
            verifyLiveTables(site, signal),
            lookAtCode(site, signal),
            canary,
        ]);
        site.find(...old);
        return { columns, ...printed };
    },
    undo: 'nothing to undo',
};
/** The live site as a visitor meets it. */
const confirmLive = {
    name: 'confirm',
    title: 'Confirm: the live site as a visitor meets it',
    needs: ['inspect'],
    changesSite: false,
    on: 'every host',
    async run(site, signal) {
        await confirmSite(site, site.facts.inspect.live, signal);
        return undefined;
    },
    undo: 'nothing to undo',
};
/** Both at once, under the lock of a deploy that has nothing to do: neither changes anything, or waits for the other. */
const proveLive = {
    ...verifyLive,
    title: 'Verify: the live table, and the live site as a visitor meets it',
    on: 'every host',
    async run(site, signal) {
        const [verified, confirmed] = await Promise.allSettled([
            verifyLive.run(site, signal),
            confirmLive.run(site, signal),
        ]);
        if (verified.status === 'rejected')
            throw verified.reason;
        if (confirmed.status === 'rejected')
            throw confirmed.reason;
        return verified.value;
    },
};
// Verify takes no lock, so it looks whether a deploy began meanwhile.
const confirmUndisturbed = {
    ...confirmLive,
    async run(site, signal) {
        await confirmSite(site, site.facts.inspect.live, signal);
        site.find(...(await otherDeploys(site, signal)));
        return undefined;
    },
};
/** The steps of a verify, in their order. */
const verifySteps = [inspectFor('verify'), verifyLive, confirmUndisturbed];
/** Is what is live right? Also a nightly drift check. */
async function verify_verify(fleet, signal) {
    return conclude(fleet, await (0,walk/* walk */.GG)(verifySteps, fleet, signal), 'already-live');
}
async function otherDeploys(site, signal) {
    const { previous } = site.journal.now;
    const answers = await (0,round/* query */.P)(site.server, other_deploys_askAgain(site.config, site.release), signal);
    const { holder } = readOtherDeploys(answers);
    const head = answers.head.stdout.trim();
    const changed = holder !== null || head !== previous;
    return changed ? [meanwhile(previous, head, holder?.owner)] : [];
}
function meanwhile(before, now, owner) {
    const [from, to] = [before.slice(0, 10), now.slice(0, 10)];
    return (0,src_finding/* errorFinding */.i9)('deploy-meanwhile', owner === undefined
        ? `The live commit changed from ${from} to ${to} while the site was verified, so the answers belong to both.`
        : `A deploy began while the site was verified (${owner}), so the answers may belong to two states.`, 'Run verify again when the deploy is over; input lock-wait: 10m waits for it.');
}

;// CONCATENATED MODULE: ./src/commands/deploy.ts






















/** The procedure of a deploy. */
const procedure = {
    look: [lockStep(lockAndResolve), deploy_underLock(inspectFor('deploy'), lockAndResolve)],
    change: [
        ...[stage, inStage, migrate, verify, copySessions],
        ...[switchOver, cutOverSessions, afterSwitch, confirm_confirm, finish],
    ],
    prove: [proveLive, unlock],
};
/** The same where the commit is sent from the checkout of the job. */
function pushProcedure(source) {
    return {
        ...procedure,
        look: [lockStep(lockAndResolve), ...sendAndInspect(source, lockAndResolve)],
    };
}
/** Inspect has the commit for certain: where there was no lock to send it under, it is sent once there is one. */
function sendAndInspect(source, take) {
    const takeAndSend = async (site, signal) => {
        await take(site, signal);
        await sendCommit(site, source, signal);
    };
    return [pushStep(source), deploy_underLock(inspectFor('deploy'), takeAndSend)];
}
/** All steps that may have begun, in their order. */
const deploySteps = [...procedure.look, ...procedure.change];
/** The same with those that only a rollback or an adoption has: whatever was interrupted is rolled back by its journal. */
const everyStep = [
    ...deploySteps.slice(0, -1),
    regressSince,
    adoptSite,
    finish,
];
/** Each step proved, everything rolled back when one fails. What is live already is only looked at. */
async function deploy(fleet, signal, { look, change, prove } = procedure) {
    const whole = [...look, ...change];
    const begun = await (0,walk/* walk */.GG)(look, fleet, signal, { whole, goesOn: true });
    if (begun.failure !== undefined)
        return writtenDown(fleet, conclude(fleet, begun, 'deployed'));
    if (!agreed(fleet))
        return disagreed(fleet, begun, whole);
    const alreadyLive = fleet.every(({ facts }) => facts.inspect?.alreadyLive === true);
    const left = alreadyLive ? prove : change;
    const walked = await (0,walk/* walk */.GG)(left, fleet, signal, { whole, goesOn: false });
    const steps = [...begun.steps, ...walked.steps];
    const report = conclude(fleet, { ...walked, steps }, alreadyLive ? 'already-live' : 'deployed');
    return writtenDown(fleet, report);
}
/** All hosts of a fleet get the same commit; a rollback finds on each which it is. */
function agreed(fleet) {
    return new Set(fleet.map(({ config }) => config.commit)).size === 1;
}
async function disagreed(fleet, begun, whole) {
    const commits = fleet.map(({ server, config }) => `${server.name}: ${config.commit}`);
    const found = (0,src_finding/* errorFinding */.i9)('hosts-disagree', `The deploy before the live one is not the same on all hosts (${commits.join(', ')}).`, (0,remedy/* inInputs */.ht)('Name the commit to go back to', `to: ${fleet[0].config.commit}`));
    const undone = await (0,walk/* unwind */.K2)(whole, fleet, new Error('the hosts disagree'));
    const report = conclude(fleet, { ...begun, undone }, 'deployed');
    return writtenDown(fleet, {
        ...report,
        outcome: 'refused',
        findings: [found, ...report.findings],
    });
}
/**
 * A step that has the lock for certain when it is done. Where there was no place for a lock, the step usually finds out
 * why. When it finds nothing wrong, the lock is tried again, and then the step.
 * @param take takes the lock, or throws what keeps it from that
 */
function deploy_underLock(step, take) {
    return {
        ...step,
        async run(site, signal) {
            const facts = await step.run(site, signal);
            if (site.journal.now.locked)
                return facts;
            await take(site, signal);
            return step.run(site, signal);
        },
    };
}
/** Takes the lock, and finishes what earlier deploys left. */
async function lockAndResolve(site, signal) {
    await resolveInterruptedDeploys(site, await takeLock(site, signal), everyStep, signal);
}

;// CONCATENATED MODULE: ./src/commands/adopt.ts







/** The steps of an adoption, in their order. */
const adoptSteps = [
    lockStep(lockAndResolve),
    deploy_underLock(inspectFor('adopt'), lockAndResolve),
    adoptSite,
    unlock,
];
/**
 * Makes release directories beside a site that is deployed in place, and says which line of the web server leads visitors
 * there. The live site is not touched; when a step fails, what was made is removed.
 */
async function adopt(fleet, signal) {
    // It is no release, and the list of releases does not get it.
    for (const { journal } of fleet)
        journal.announce({ onlyPlans: true });
    const report = conclude(fleet, await (0,walk/* walk */.GG)(adoptSteps, fleet, signal), 'passed');
    const checked = fleet.map(({ server, config }) => `Adopted ${server.name} ${config.base}`);
    const outcome = report.outcome === 'refused' ? 'failed' : report.outcome;
    return { ...report, checked: checked.join('; '), outcome };
}

;// CONCATENATED MODULE: ./src/commands/doctor.ts



/**
 * What a deploy needs of this server: what is there, and what is missing, with the lines that bring it. It changes nothing,
 * takes no lock, and is green only where a deploy would pass its first look.
 */
async function doctor(fleet, signal) {
    const report = conclude(fleet, await (0,walk/* walk */.GG)([inspectFor('doctor')], fleet, signal), 'already-live');
    const checked = `Looked at ${report.hosts.map(({ server, path }) => `${server} ${path}`).join(' and ')}`;
    if (report.outcome === 'refused')
        return { ...report, checked, outcome: 'failed' };
    return report.outcome === 'already-live' ? { ...report, checked, outcome: 'passed' } : report;
}

// EXTERNAL MODULE: ./src/report/plan.ts
var plan = __webpack_require__(51307);
// EXTERNAL MODULE: ./src/static/judge/lock-cost.ts
var lock_cost = __webpack_require__(17413);
;// CONCATENATED MODULE: ./src/static/judge/standing.ts
/** A live table, as a change of it costs by it. */
function standingOf(table, { fulltext, characterBytes }) {
    const { engine, rowFormat, primaryKey, indexes } = table;
    return {
        ...{ engine, rowFormat, fulltext },
        columns: table.columns.map(({ name, type, nullable, extra }) => ({
            ...{ name, nullable, type: type.normal },
            extra: extra.normal === '' ? [] : extra.normal.split(', '),
            ...(name in characterBytes ? { characterBytes: characterBytes[name] ?? null } : {}),
        })),
        indexes: primaryKey === null ? indexes : [primaryKey, ...indexes],
    };
}

// EXTERNAL MODULE: ./src/static/sql/reach.ts
var sql_reach = __webpack_require__(83994);
// EXTERNAL MODULE: ./src/static/sql/statement.ts + 3 modules
var statement = __webpack_require__(36835);
// EXTERNAL MODULE: ./src/static/sql/tokens.ts
var tokens = __webpack_require__(55715);
;// CONCATENATED MODULE: ./src/static/sql/touches.ts



/** The tables that a statement changes, drops, or writes many rows of; a new table is none of them. */
function touchesOf(sql) {
    const [, written] = /^\s*(?:UPDATE|DELETE\s+FROM)\s+(?:LOW_PRIORITY\s+|IGNORE\s+)?`?([\w$]+)/i.exec(sql) ?? [];
    if (written !== undefined)
        return [{ table: written, does: 'writes', alterations: null }];
    try {
        return ofChange((0,statement/* readStatement */.cO)(sql));
    }
    catch (error) {
        if (!(error instanceof tokens/* NotUnderstood */.fO))
            throw error;
        return notUnderstood(sql);
    }
}
function ofChange(change) {
    if (change.kind === 'drop table')
        return change.tables.map((table) => ({ table, does: 'drops', alterations: null }));
    if (change.kind === 'truncate')
        return [{ table: change.table, does: 'empties', alterations: null }];
    if (change.kind === 'rename tables')
        return change.pairs.map(({ from, to }) => ({
            ...{ table: from, does: 'changes' },
            alterations: [{ kind: 'rename table', to }],
        }));
    if (change.kind !== 'alter table')
        return [];
    return [{ table: change.table, does: 'changes', alterations: change.alterations }];
}
function notUnderstood(sql) {
    const reach = (0,sql_reach/* reachOf */.x)(sql);
    if (reach === 'no table')
        return [];
    const isOne = reach !== 'any table' && 'table' in reach;
    if (isOne && reach.creates)
        return [];
    return [{ table: isOne ? reach.table : null, does: 'changes', alterations: null }];
}

;// CONCATENATED MODULE: ./src/steps/database/cost-words.ts

const many = new Intl.NumberFormat('en');
/** `about 1,200,000 rows, 300 MB` */
function sizeWords({ rows, bytes }) {
    const noun = rows === 1 ? 'row' : 'rows';
    return `about ${many.format(rows)} ${noun}, ${bytesWords(bytes)}`;
}
function bytesWords(bytes) {
    const [kilo, mega, giga] = [1024, 1024 ** 2, 1024 ** 3];
    if (bytes < mega)
        return `${Math.ceil(bytes / kilo)} KB`;
    return bytes < giga ? `${Math.round(bytes / mega)} MB` : `${(bytes / giga).toFixed(1)} GB`;
}
/** What a statement does to a table and how the server does it, as sentences. */
function touchWords({ does, alterations }, algorithm, server) {
    if (does === 'drops')
        return 'drops the table with all its rows.';
    if (does === 'empties')
        return 'deletes all its rows.';
    if (does === 'writes')
        return 'changes or deletes rows. How many, and how long they are locked, only running tells.';
    const what = alterations === null ? 'a change that is not understood here' : cost_words_partsOf(alterations);
    return `${what}. ${algorithm === null ? `What that costs on ${server} is not known.` : `${server} ${ways[algorithm]}`}`;
}
const ways = {
    INSTANT: 'does it at once, whatever the size.',
    INPLACE: 'does it in place. Visitors read and write meanwhile.',
    'INPLACE, writes wait': 'does it in place. Writes to the table wait meanwhile.',
    COPY: 'copies the whole table. Writes to it wait meanwhile.',
    'COPY, online': 'copies the whole table. Visitors read and write meanwhile.',
};
/** More parts of one statement than these are counted alone. */
const cost_words_most = 3;
function cost_words_partsOf(alterations) {
    const all = alterations.map(partOf);
    const rest = all.length - cost_words_most;
    if (rest <= 0)
        return all.join(', ');
    return `${all.slice(0, cost_words_most).join(', ')} and ${(0,count/* counted */.h)(rest, 'more change')}`;
}
const cost_words_words = {
    'add column': ({ column }) => `adds the column ${column.name}`,
    'change column': ({ from, column }) => from.toLowerCase() === column.name.toLowerCase()
        ? `changes the column ${from}`
        : `changes the column ${from} and calls it ${column.name}`,
    'drop column': ({ name }) => `drops the column ${name}`,
    'rename column': ({ from, to }) => `renames the column ${from} to ${to}`,
    default: ({ column }) => `changes the default of the column ${column}`,
    'add key': ({ key }) => keyWords(key),
    'drop key': ({ name }) => `drops the index ${name}`,
    'drop primary key': () => 'drops the primary key',
    'rename key': ({ from, to }) => `renames the index ${from} to ${to}`,
    'key visibility': ({ name }) => `shows or hides the index ${name}`,
    option: ({ name, value }) => name === 'CONVERT' ? `converts all text to ${value}` : `sets ${name}`,
    'drop foreign key': ({ name }) => `drops the foreign key ${name ?? ''}`.trim(),
    'drop constraint': ({ name }) => `drops the constraint ${name}`,
    unread: () => 'makes a change that is not understood here',
    'rename table': ({ to }) => `renames the table to ${to}`,
};
function partOf(one) {
    const how = cost_words_words[one.kind];
    return how(one);
}
function keyWords({ kind, name }) {
    if (kind === 'primary')
        return 'adds a primary key';
    const noun = { unique: 'unique index', plain: 'index', special: 'index', foreign: 'foreign key' };
    return `adds the ${noun[kind]} ${name ?? ''}`.trim();
}

;// CONCATENATED MODULE: ./src/steps/database/costs.ts




const anything = 'A statement may change any table. What that costs is not known.';
/** What statements cost at the tables of a database, asked in their order. */
class Prices {
    #server;
    #strict;
    #live;
    /** Tables that a statement before has changed, with the columns that are not as they are live any more. */
    #changed = new Map();
    constructor(product, strict, live) {
        const [name, version = ''] = product.split(' ');
        this.#server = { name: name === 'MariaDB' ? 'MariaDB' : 'MySQL', version };
        this.#strict = strict;
        this.#live = live;
    }
    /**
     * Asks the server for the tables that these statements touch.
     * @param strict whether the application runs with a strict sql_mode
     */
    static async of(database, strict, statements) {
        const touched = statements.flatMap(({ sql }) => (sql === null ? [] : touchesOf(sql)));
        const wanted = new Set(touched.flatMap(({ table }) => table ?? []));
        const live = new Map();
        if (wanted.size === 0)
            return new Prices(database.product, strict, live);
        const there = (await database.tableNames()).filter((name) => wanted.has(name));
        const found = there.map(async (name) => {
            const [table, bulk] = await Promise.all([database.table(name), database.bulk(name)]);
            if (typeof table !== 'string' && bulk !== null)
                live.set(name, { table, bulk });
        });
        await Promise.all(found);
        return new Prices(database.product, strict, live);
    }
    /** What this statement costs; those that come before it were asked for before. */
    costsOf(statement) {
        const { sql, otherGroup } = statement;
        if (sql === null)
            return [costs_unknown(anything)];
        const touches = touchesOf(sql);
        if (otherGroup !== null && touches.length > 0)
            return [
                costs_unknown(`A statement is for the database group ${otherGroup}. What it costs there is not known.`),
            ];
        return touches.flatMap((touch) => {
            if (touch.table === null)
                return [costs_unknown(anything)];
            const live = this.#live.get(touch.table);
            return live === undefined ? [] : [this.#cost(touch, touch.table, live, statement)];
        });
    }
    #cost(touch, table, live, statement) {
        const { rows, bytes } = live.bulk;
        const { before, doubt } = statement;
        const changed = this.#changed.get(table);
        const known = changed === undefined ? undefined : before.find(({ name }) => name === table);
        const algorithm = this.#algorithmOf(touch, known ?? since(live, changed), statement);
        this.#afterwards(touch, table, live);
        const { name, version } = this.#server;
        const words = touchWords(touch, algorithm, `${name} ${version}`);
        const perhaps = doubt === null ? '' : ' Whether it runs like this is not known.';
        const says = `${table} (${sizeWords(live.bulk)}): ${words}${perhaps}`;
        return { table, rows, bytes, algorithm, says };
    }
    #algorithmOf({ alterations }, standing, { sql, checksKeys }) {
        if (alterations === null)
            return null;
        const recodes = /\b(COLLATE|CHARSET|CHARACTER\s+SET)\b/i.test(sql ?? '');
        if (recodes && alterations.some(({ kind }) => kind === 'change column'))
            return null;
        const circumstances = { checksKeys, strict: this.#strict };
        return (0,lock_cost/* algorithmOf */.Hy)(standing, alterations, (0,lock_cost/* generationOf */.gS)(this.#server), circumstances);
    }
    #afterwards({ alterations }, table, live) {
        const before = this.#changed.get(table) ?? new Set();
        const now = alterations === null ? 'any' : withColumns(before, alterations);
        this.#changed.set(table, now);
        for (const one of alterations ?? []) {
            if (one.kind !== 'rename table')
                continue;
            this.#live.delete(table);
            this.#live.set(one.to, live);
            this.#changed.set(one.to, now);
        }
    }
}
function withColumns(before, alterations) {
    if (before === 'any' || alterations.some(({ kind }) => kind === 'unread'))
        return 'any';
    const names = alterations.flatMap((one) => {
        if (one.kind === 'add column')
            return [one.column.name];
        if (one.kind === 'change column')
            return [one.from, one.column.name];
        if (one.kind === 'rename column')
            return [one.from, one.to];
        return one.kind === 'add key' ? one.key.parts.map(({ column }) => column) : [];
    });
    return new Set([...before, ...names.map((name) => name.toLowerCase())]);
}
/** The live table without the columns that were changed since. */
function since({ table, bulk }, changed = new Set()) {
    const standing = standingOf(table, bulk);
    const stays = (name) => changed !== 'any' && !changed.has(name.toLowerCase());
    return { ...standing, columns: standing.columns.filter(({ name }) => stays(name)) };
}
function costs_unknown(says) {
    return { table: null, rows: null, bytes: null, algorithm: null, says };
}

;// CONCATENATED MODULE: ./src/steps/foretell.ts













const blobs = `# contents of the migrations
commit=$1 && shift
git ls-tree -z "$commit" -- "$@"`;
/** Says what a deploy of the staged commit would do. It changes nothing. */
function foretell(read) {
    return {
        name: 'plan',
        title: 'Plan: what a deploy would do',
        needs: ['inspect', 'stage'],
        changesSite: false,
        on: 'every host',
        run: async (site, signal) => planOf(site, read, signal),
        undo: 'nothing to undo',
    };
}
async function planOf(site, read, signal) {
    const { inspect, stage } = site.facts;
    const { commit, previous } = site.journal.now;
    const range = ['log', '--format=%h %s', '--max-count=200', `${previous}..${commit}`];
    const question = (0,server_command/* command */.G5)('git', range, { cwd: site.config.path, shown: 'command' });
    const { log } = await (0,round/* query */.P)(site.server, { log: question }, signal);
    site.notVerified('What only a deploy shows: the migrations as they run, the tables after them, and the pages of the new code.');
    const due = await dueMigrations(site, signal);
    return {
        alreadyLive: inspect.alreadyLive,
        commits: entries(log.stdout, '\n'),
        files: inspect.changed,
        migrations: await readDue(site, due, read, signal),
        sessions: sessionsOf(stage),
        commands: foretell_commandsOf(site, due.length > 0),
    };
}
async function dueMigrations(site, signal) {
    const { application } = site.facts.stage;
    const database = await ledgerDatabase(site, application, signal);
    const rows = await database.ledger(application.ledger.table);
    return (0,ledger/* pending */.Ub)(application.migrations, rows, scopeOf(site, application));
}
async function readDue(site, due, read, signal) {
    if (due.length === 0)
        return [];
    const paths = due.map(({ path }) => path);
    const question = (0,server_command/* shell */.vf)(blobs, [site.journal.now.commit, ...paths], { cwd: site.config.path });
    const { listed } = await (0,round/* query */.P)(site.server, { listed: question }, signal);
    const ids = entries(listed.stdout, '\0').map((line) => {
        const [about = '', path = ''] = line.split('\t');
        return [path, about.split(' ')[2] ?? ''];
    });
    const { application } = site.facts.stage;
    const database = await ledgerDatabase(site, application, signal);
    const found = await read(new Map(ids), database.product);
    const all = due.map(({ path }) => found.get(path) ?? unread);
    const statements = all.flatMap((one) => one.statements ?? []);
    const prices = await Prices.of(database, application.ledgerDatabase.strict, statements);
    return due.map(({ class: name, path }, at) => ({
        ...{ class: name, path },
        ...priced(all[at] ?? unread, prices),
    }));
}
const unread = { statements: null, unread: 'it is not a file of the repository' };
function priced({ statements, unread: why }, prices) {
    const all = statements?.map((statement) => {
        const { sql, doubt } = statement;
        return { sql, doubt, costs: prices.costsOf(statement) };
    });
    return { statements: all ?? null, unread: why };
}
/** What becomes of the sessions, as the stage has found. */
function sessionsOf({ cutover, sessions, loggedOut }) {
    const all = sessions === null ? 'all sessions' : (0,count/* counted */.h)(sessions, 'session');
    if (loggedOut !== null) {
        const who = loggedOut.sessions === null ? 'Everybody' : (0,count/* counted */.h)(loggedOut.sessions, 'visitor');
        return `${who} would have to log in again.`;
    }
    if (cutover === null)
        return 'Sessions stay where they are, and nobody is logged out.';
    const { from, files, rows } = cutover.route;
    const [folder, table] = [files.folder, `the table ${rows.table}`];
    const [source, to] = from === 'files' ? [folder, table] : [table, folder];
    return `A deploy would move ${all} from ${source} to ${to}, and nobody is logged out.`;
}
/** The very commands, as values; {@link printed} shows them as the log of a deploy does. */
function foretell_commandsOf(site, migrates) {
    const { journal, release, config } = site;
    const { now } = journal;
    const { commands = settings_commands/* noCommands */.KM } = site.facts.stage ?? {};
    const own = (moment) => commandsOf(site, moment, commands[moment]);
    const install = now.dependencies ? [release.installDependencies(config.php)] : [];
    const steps = [
        ['Stage', [...release.prepare(now), ...install]],
        ['In stage', [...delivery(site), ...own('in-stage')]],
        ['Migrate', migrates ? [{ ...spark(site) }] : []],
        ['Switch', switchCommands(site)],
        ['After switch', own('after-switch')],
        ['Finish', Object.values(cleanupCommands(site))],
        ['After a rollback', own('after-rollback')],
    ];
    return steps
        .map(([step, commands]) => ({
        step,
        lines: commands.filter((one) => one !== server_command/* nothing */.s6).map(server_command/* printed */.zd),
    }))
        .filter(({ lines }) => lines.length > 0);
}
/** What comes from the workspace, as a line of the plan. */
function delivery({ config: { files } }) {
    return files.length === 0 ? [] : [(0,server_command/* shell */.vf)('# files from the workspace', files)];
}

;// CONCATENATED MODULE: ./src/commands/plan.ts










/**
 * The first half of a deploy, which leaves the live site alone, and what it foretells of the second.
 * @param source where the commit is sent from; null where the server fetches it
 */
function planSteps(read, source = null) {
    const inspect = source === null
        ? [deploy_underLock(inspectFor('deploy'), lockForPlan)]
        : sendAndInspect(source, lockForPlan);
    return [lockStep(lockForPlan), ...inspect, stage, foretell(read)];
}
/**
 * What a deploy of this commit would do. The commit is staged under the lock, so that its own code answers, and then stage
 * and lock are removed again.
 */
async function plan_plan(fleet, signal, steps) {
    for (const { journal } of fleet)
        journal.announce({ onlyPlans: true });
    const walked = await (0,walk/* walk */.GG)(steps, fleet, signal, { whole: steps, goesOn: true });
    const failed = walked.failure !== undefined;
    const undone = failed ? walked.undone : await (0,walk/* unwind */.K2)(steps, fleet, new Error('it was a plan'));
    const report = conclude(fleet, { ...walked, undone }, 'passed');
    const checked = fleet.map(({ server, config, facts }) => {
        const what = facts.plan === undefined ? '' : ` would bring ${(0,plan/* broughtBy */.dB)(facts.plan)}`;
        return `A deploy of ${config.commit.slice(0, 10)} to ${server.name} ${config.path}${what}`;
    });
    const outcome = report.outcome === 'refused' ? 'failed' : report.outcome;
    return { ...report, checked: checked.join('; '), outcome };
}
/** What an earlier deploy left is for the next deploy to finish: a plan rolls nothing back. */
async function lockForPlan(site, signal) {
    const left = await takeLock(site, signal);
    const [first] = left;
    if (first === undefined)
        return;
    site.find((0,src_finding/* errorFinding */.i9)('unfinished-deploy', `A deploy ended in the middle and was not finished since (${first.owner}), so nobody can say what the next one would do.`, 'Run the deploy. It finishes that one first.'));
    throw new results/* Stopped */.C('an earlier deploy was not finished');
}

;// CONCATENATED MODULE: ./src/commands/recover.ts






/**
 * The post phase after a run that left something: rolls back what the journal calls begun.
 * A deploy that had reached `finish` was live and proved; that one is finished instead.
 * @param main how main ended; null when it was killed before it could say so
 */
async function recover(fleet, main, signal) {
    const isProved = fleet.some(({ journal }) => journal.now.begun.includes('finish'));
    for (const host of fleet) {
        if (!isProved)
            await (0,remote_processes/* endOwnCommands */.M3)(host, signal);
        await (0,remote_processes/* waitForRemoteProcesses */.oK)(host, host.journal.now.id, signal);
    }
    if (isProved) {
        return conclude(fleet, await (0,walk/* walk */.GG)([finish], fleet, signal), 'deployed');
    }
    fleet[0].log.say(main === null
        ? 'The run was stopped in the middle: rolling back what it had begun.'
        : 'The deploy could not be rolled back completely: trying the rest once more.');
    const undone = await (0,walk/* unwind */.K2)(everyStep, fleet, new Error('the run was stopped in the middle'));
    const walked = { steps: [], failure: undefined, undone };
    return writtenDown(fleet, conclude(fleet, walked, main === null ? 'cancelled' : 'rolled-back'));
}

;// CONCATENATED MODULE: ./src/steps/releases.ts








/** What was deployed and what is live. It only reads, and needs no lock. */
const listReleases = {
    name: 'releases',
    title: 'Releases: what was deployed, and what is live',
    needs: [],
    changesSite: false,
    on: 'every host',
    run: knownReleases,
    undo: 'nothing to undo',
};
const releases_place = `# where the release log is
git rev-parse --absolute-git-dir`;
const subjects = `# first lines of the commits
git log --no-walk=unsorted --ignore-missing --format='%H %s' "$@"
exit 0`;
/**
 * Reads the release log. The journal then knows where it is, and which commit is live.
 * @throws Stopped where there is no clone that has one, with the finding recorded
 */
async function knownReleases(site, signal) {
    const { config, server, journal } = site;
    const { found } = await (0,round/* query */.P)(server, { found: (0,server_command/* shell */.vf)(releases_place, [], { cwd: config.clone }) }, signal);
    const gitDir = found.stdout.trim();
    if (!(0,server_command/* succeeded */.gq)(found) || gitDir === '')
        throw stopped(site, noClone(site, found.stderr.trim()));
    journal.announce({ stateDir: (0,paths/* join */.fj)(gitDir, 'ci4-deploy') });
    const { release } = site;
    const answers = await (0,round/* query */.P)(server, { log: release.list(), live: release.current() }, signal);
    const { releases, unread } = readReleaseLog(answers.log.stdout);
    if (unread > 0)
        site.notVerified(`${(0,count/* counted */.h)(unread, 'line')} of the release log, which nobody can read.`);
    const live = answers.live.stdout.trim();
    journal.announce({ commit: live, previous: live });
    return { releases, live, subjects: await subjectsOf(site, [live, ...releases_all(releases)], signal) };
}
function releases_all(releases) {
    return releases.map(({ commit }) => commit);
}
async function subjectsOf({ server, config }, commits, signal) {
    const wanted = [...new Set(commits)].filter((one) => /^[0-9a-f]{40,64}$/.test(one));
    const question = (0,server_command/* shell */.vf)(subjects, wanted, { cwd: config.path, shown: 'command' });
    const { said } = await (0,round/* query */.P)(server, { said: question }, signal);
    const lines = said.stdout.split('\n').filter((line) => line.includes(' '));
    const parted = lines.map((line) => [line.split(' ', 1)[0] ?? '', line]);
    return Object.fromEntries(parted.map(([id, line]) => [id, line.slice(id.length + 1)]));
}
function stopped(site, finding) {
    site.find(finding);
    return new results/* Stopped */.C(finding.message);
}
function noClone({ config: { path, target } }, problem) {
    return (0,src_finding/* errorFinding */.i9)('not-a-clone', `${path} is not a git clone that ${target.user} can use: ${problem}`, (0,remedy/* inInputs */.ht)('This says what is missing, with the lines to paste', 'command: doctor'));
}

;// CONCATENATED MODULE: ./src/commands/releases.ts




/** What was deployed when, by whom, from which run and with what outcome, and what is live. It changes nothing. */
async function releases(fleet, signal) {
    const report = conclude(fleet, await (0,walk/* walk */.GG)([listReleases], fleet, signal), 'already-live');
    const checked = fleet.map(({ config, server, facts }) => facts.releases === undefined
        ? `Looked at ${server.name} ${config.path}`
        : `${server.name} ${config.path} has commit ${facts.releases.live.slice(0, 10)} live, and knows of ${(0,count/* counted */.h)(facts.releases.releases.length, 'deploy')}`);
    const outcomes = { refused: 'failed', 'already-live': 'passed' };
    const { outcome } = report;
    const ended = outcome === 'refused' || outcome === 'already-live' ? outcomes[outcome] : outcome;
    return { ...report, checked: checked.join('; '), outcome: ended };
}

;// CONCATENATED MODULE: ./src/steps/choose.ts







/** Which commit a rollback goes to: one that the release log knows to have been live. */
const choose = {
    name: 'choose',
    title: 'Choose: the deploy to go back to',
    needs: [],
    changesSite: false,
    on: 'every host',
    async run(site, signal) {
        await chooseCommit(site, signal);
        return undefined;
    },
    undo: 'nothing to undo',
};
/**
 * Puts the commit into the journal.
 * @throws Stopped where none can be chosen, with the finding recorded
 */
async function chooseCommit(site, signal) {
    const known = await knownReleases(site, signal);
    const target = targetOf(known, site.config.to);
    if (typeof target !== 'string') {
        site.find(target);
        throw new results/* Stopped */.C(target.message);
    }
    site.journal.announce({ commit: target, backwards: true });
    site.did(`From ${choose_words(known.live, known)} to ${choose_words(target, known)}.`);
    await sayCommits(site, target, signal);
}
function choose_words(commit, { subjects }) {
    return `${commit.slice(0, 10)} ${subjects[commit] ?? ''}`.trim();
}
/** What visitors will not meet any more. */
async function sayCommits(site, target, signal) {
    const range = ['log', '--format=%h %s', '--max-count=50', `${target}..HEAD`];
    const question = (0,server_command/* command */.G5)('git', range, { cwd: site.config.path, shown: 'command' });
    const { left } = await (0,round/* query */.P)(site.server, { left: question }, signal);
    const commits = entries(left.stdout, '\n');
    if (commits.length > 0)
        site.did(`Live no more: ${commits.join('; ')}.`);
}
/**
 * The commit to go back to.
 * @param to its first digits; null for the deploy before the live one
 */
function targetOf(known, to) {
    const wentLive = known.releases.filter(({ outcome }) => outcome === 'deployed');
    return to === null ? choose_before(wentLive, known.live) : choose_named(wentLive, known, to);
}
/** A rollback is a deploy: the one before it is what it went away from. */
function choose_before(wentLive, live) {
    const last = wentLive.at(-1);
    const own = wentLive.filter(({ commit }) => commit === live);
    // Moved by hand since: the last deploy is the one before that.
    if (own.length === 0 && last !== undefined)
        return last.commit;
    const previous = own.findLast((one) => one.previous !== live && one.previous !== '')?.previous;
    return previous ?? noEarlier(live);
}
function choose_named(wentLive, known, to) {
    const all = wentLive.flatMap(({ previous, commit }) => [previous, commit]);
    const commits = [...new Set(all)].filter((one) => one !== '');
    const found = commits.filter((one) => one.startsWith(to));
    const [only] = found;
    return found.length === 1 && only !== undefined ? only : notDeployed(commits, found, known, to);
}
function noEarlier(live) {
    return (0,src_finding/* errorFinding */.i9)('no-earlier-deploy', `The server knows no deploy before the live commit ${live.slice(0, 10)}, so there is nothing to go back to.`, 'Revert the change in the repository, and deploy that.');
}
function notDeployed(commits, found, known, to) {
    const several = `${to} are the first digits of ${found.length} commits that were live: ${some(found)}.`;
    const never = `No commit that begins with ${to} was deployed here, as far as the server knows.`;
    return (0,src_finding/* errorFinding */.i9)('commit-not-deployed', found.length > 1 ? several : never, ...(found.length > 1 ? found : commits.toReversed())
        .filter((one) => one !== known.live)
        .slice(0, 5)
        .map((one) => offer(one, known)));
}
function offer(commit, { subjects }) {
    return (0,remedy/* inInputs */.ht)(`This one is "${subjects[commit] ?? 'a commit'}"`, `to: ${commit}`);
}

;// CONCATENATED MODULE: ./src/commands/rollback.ts






/** The procedure of a rollback: that of a deploy, once it is known under the lock which commit it is. */
const rollbackProcedure = {
    prove: procedure.prove,
    change: procedure.change,
    look: [lockStep(lockAndResolve), choose, deploy_underLock(inspectFor('deploy'), lockAndChoose)],
};
/** The same where input undo-migrations asks for the migrations since to go as well. */
const withRegress = {
    ...rollbackProcedure,
    change: [...procedure.change.slice(0, -1), regressSince, finish],
};
/** A deploy of a commit that was live before. Like any other it is proved, rolled back when a step fails, and written down. */
async function rollback(fleet, signal) {
    const [{ config }] = fleet;
    const steps = config['undo-migrations'] === 'always' ? withRegress : rollbackProcedure;
    return deploy(fleet, signal, steps);
}
async function lockAndChoose(site, signal) {
    await lockAndResolve(site, signal);
    await chooseCommit(site, signal);
}

// EXTERNAL MODULE: ./src/config/config.ts
var config_config = __webpack_require__(81122);
// EXTERNAL MODULE: ./src/config/host.ts
var host = __webpack_require__(61242);
;// CONCATENATED MODULE: ./src/config/user-names.ts


/**
 * The users that the inputs name. Sentences and remedies name them as well, so a password that is the same word cannot be
 * hidden. A line with `***` for the user is one that nobody can paste, and it shows what the password is.
 */
function userNames(given) {
    const own = ['user', 'db-user'].map((name) => given.get(name)?.trim() ?? '');
    const atHosts = ['host', 'proxy-jump'].flatMap((name) => usersOf(given.get(name) ?? ''));
    return new Set([...own, ...atHosts].filter((name) => name !== ''));
}
function usersOf(text) {
    try {
        return (0,host/* hosts */.S)(text).flatMap(({ user }) => user ?? []);
    }
    catch (error) {
        if (error instanceof parsers/* Mistyped */.C4)
            return [];
        throw error;
    }
}

;// CONCATENATED MODULE: ./src/plan/databases.ts
/** The connections of one deploy: one for each login, kept until the end and opened again when it was lost. */
class Databases {
    #logIn;
    #opened = new Map();
    constructor(logIn) {
        this.#logIn = logIn;
    }
    /** @throws what logging in throws: ForwardRefused, DatabaseRefused */
    async open(login, signal) {
        const key = JSON.stringify([login.address, login.user, login.database]);
        const known = this.#opened.get(key);
        if (known !== undefined && (await known).open)
            return known;
        const opened = this.#logIn(login, signal);
        this.#opened.set(key, opened);
        opened.catch(() => this.#opened.delete(key));
        return opened;
    }
    /** Ends the connections, and with them the locks they hold there. */
    async close() {
        for (const opened of this.#opened.values()) {
            const database = await opened.catch(() => undefined);
            await database?.[Symbol.asyncDispose]();
        }
    }
}

;// CONCATENATED MODULE: ./src/plan/site.ts
/** The application on one server, as one step sees it: what it may ask and change, and where it says what it found. */
class Site {
    server;
    log;
    journal;
    run;
    mask;
    /** What the steps before found out. */
    facts;
    #host;
    #recorder;
    constructor(host, facts, recorder) {
        this.server = host.server;
        this.log = host.log;
        this.journal = host.journal;
        this.run = host.run;
        this.mask = host.mask;
        this.facts = facts;
        this.#host = host;
        this.#recorder = recorder;
    }
    get config() {
        return this.#host.config;
    }
    /** What the server is asked in the first round, before all else; nothing once it has answered. */
    get firstQuestion() {
        return this.#host.firstQuestion;
    }
    /** Takes the answer to that question into the settings. */
    settle(answer) {
        this.#host.settle(answer);
    }
    /** Where input files takes files from. */
    get workspace() {
        return this.#host.workspace;
    }
    /** Whether it is the first of all hosts. */
    get isFirst() {
        return this.#host.isFirst;
    }
    /** Where the live tree and the stage are, and how one becomes the other. */
    get release() {
        return this.#host.release;
    }
    /** What this step found so far. */
    get findings() {
        return this.#recorder.findings;
    }
    /** Records findings; each is said once. */
    find(...findings) {
        this.#recorder.find(...findings);
    }
    /** Records what could not be proved and why, each as a sentence. */
    notVerified(...sentences) {
        // What others say at the end of it may end with a full stop of its own.
        this.#recorder.unverified.push(...sentences.map((one) => one.replace(/([.!?])\.$/, '$1')));
    }
    /** Records what was rolled back or deliberately not, each as a sentence. */
    rolledBack(...sentences) {
        this.#recorder.rollbackNotes.push(...sentences);
    }
    /** Says in the log what the step did, and records it for the report. */
    did(sentence) {
        this.log.say(sentence);
        this.#recorder.did.push(sentence);
    }
    /** Records a command of the repository that ran. */
    ran(command) {
        this.#recorder.ran.push(command);
    }
    /** Records the HTTP status that the site answers with. */
    answers(status) {
        this.#recorder.answers = status;
    }
    /** Records what is in order, each as a sentence. */
    isReady(...sentences) {
        this.#recorder.ready.push(...sentences);
    }
    /** @throws Stopped when this step found an error so far */
    stopAtErrors() {
        this.#recorder.stopAtErrors();
    }
    /**
     * The database of a login, over one connection for the whole deploy.
     * @throws ForwardRefused, DatabaseRefused
     */
    async database(login, signal) {
        return this.#host.databases.open(login, signal);
    }
    /** The same server with the journal of another deploy, to finish that one. */
    otherDeploy(journal) {
        return this.#host.withJournal(journal);
    }
}

;// CONCATENATED MODULE: ./src/plan/host.ts



/** One server in one run: its settings, its connections, its journal, and what the steps found out so far. */
class Host {
    server;
    log;
    journal;
    run;
    mask;
    databases;
    #parts;
    #config;
    #unsettled;
    #facts = {};
    constructor(parts) {
        this.server = parts.server;
        this.log = parts.log;
        this.journal = parts.journal;
        this.run = parts.run;
        this.mask = parts.mask;
        this.databases = new Databases(parts.logIn);
        this.#parts = parts;
        this.#config = parts.config;
        this.#unsettled = parts.unsettled ?? null;
    }
    /** The settings. The commit is that of the journal once it names one: a rollback finds out under the lock which it is. */
    get config() {
        return { ...this.#config, commit: this.journal.now.commit || this.#config.commit };
    }
    /** What the server is asked before anything else, in the first round; nothing once it has answered. */
    get firstQuestion() {
        return this.#unsettled?.question ?? server_command/* nothing */.s6;
    }
    /** Takes the answer to that question into the settings. */
    settle(answer) {
        this.#config = { ...this.#config, ...this.#unsettled?.read(answer) };
        this.#unsettled = null;
    }
    get workspace() {
        return this.#parts.workspace;
    }
    get isFirst() {
        return this.#parts.isFirst ?? true;
    }
    get facts() {
        return this.#facts;
    }
    /** The strategy as it is now: where the stage is, is known once the journal knows the state directory. */
    get release() {
        const { path } = this.config;
        const { stateDir, releases } = this.journal.now;
        const known = releases === undefined ? {} : { releases };
        return this.#parts.strategy({ path, stateDir, ...known });
    }
    /** Keeps what a step that is done, or was rolled back, returned. */
    learn(name, facts) {
        if (facts !== undefined)
            this.#facts = { ...this.#facts, [name]: facts };
    }
    /** Keeps what a step found out on another host for all of them. */
    learnFrom(other, name) {
        const found = other.facts[name];
        if (found !== undefined)
            this.#facts = { ...this.#facts, [name]: found };
    }
    /**
     * The site as a step sees it.
     * @throws Error when a step that it needs is not done: a fault of the order of steps
     */
    site(needs, recorder) {
        const missing = needs.find((name) => this.#facts[name] === undefined);
        if (missing !== undefined)
            throw new Error(`the step ${missing} is not done yet`);
        return new Site(this, this.#facts, recorder);
    }
    /** The same server with the journal of another deploy; nothing is known of that one. */
    withJournal(journal) {
        return new Host({ ...this.#parts, config: this.#config, unsettled: null, journal });
    }
    async close() {
        await this.databases.close();
        await this.server[Symbol.asyncDispose]();
    }
}

;// CONCATENATED MODULE: ./src/release/log.ts

// Asked twice when the connection is lost meanwhile, and written once. A first deploy that was rolled back left no place.
const log_append = `# write the release down
[ -d "$1" ] || exit 0
umask 077
line=$(cat)
[ "$(tail -n 1 "$1/releases.jsonl" 2>/dev/null)" = "$line" ] || printf '%s\\n' "$line" >>"$1/releases.jsonl"`;
const log_releases = `# what was deployed
tail -n 1000 "$1/releases.jsonl" 2>/dev/null
exit 0`;
/** Prints what was deployed, one JSON object a line, the newest last; a thousand at most. */
function listDeploys(stateDir) {
    return (0,server_command/* shell */.vf)(log_releases, [stateDir], { shown: 'command' });
}
/** Writes one line down for {@link listDeploys}. */
function recordDeploy(stateDir, line) {
    return (0,server_command/* shell */.vf)(log_append, [stateDir], { stdin: line });
}

;// CONCATENATED MODULE: ./src/release/reserve.ts

const giveBack = `# use the room set aside
rm -f "$1/lock/reserve" "$1"/left-*/reserve`;
/** Gives the room back, to who rolls a deploy back. */
function useReserve(stateDir) {
    return (0,server_command/* shell */.vf)(giveBack, [stateDir], { typed: `rm -f ${(0,server_command/* quote */.hD)(`${stateDir}/lock/reserve`)}` });
}

;// CONCATENATED MODULE: ./src/release/submodules.ts


// In a repository of our own, which borrows the objects of the clone: `git submodule` writes into the configuration of the
// one it works in, and that of the site is not ours. What was fetched stays there for the next deploy. A git that was
// killed at it left locks; ours is the only one that works there. The stage gets files alone, so that no git takes them for anything but
// the contents of a directory.
const submodules_fetch = `# fetch the submodules into the stage
live=$1 clone=$2 cache=$3/submodules stage=$4 commit=$5 remote=$6
shift 6
set -- "$live" "$@"
${paths/* modesOfTree */.uF}
shift
cd "$clone" && common=$(cd "$(git rev-parse --git-common-dir)" && pwd -P) || exit
url=$(git remote get-url "$remote" 2>/dev/null) ssh=$(git config core.sshCommand)
[ -z "$ssh" ] || export GIT_SSH_COMMAND="$ssh"
mkdir -p "$cache" && cd "$cache" || exit
[ -d .git ] || git init --quiet . || exit
find .git -name '*.lock' -type f -delete
printf '%s\\n' "$common/objects" >.git/objects/info/alternates
[ -z "$url" ] || git config remote.origin.url "$url"
git update-ref --no-deref HEAD "$commit" && git read-tree --reset "$commit" && git checkout-index -f -q .gitmodules || exit
git submodule --quiet sync --recursive -- "$@" && git submodule --quiet init -- "$@" || exit
git submodule --quiet update --init --recursive --force --checkout -- "$@" || exit
for one; do
  mkdir -p "$stage/$one" && tar -C "./$one" --exclude=.git -cf - . | tar -C "$stage/$one" -xpf - || exit
done`;
const submodules_link = `# link the submodules that stay into the stage
live=$1 stage=$2
shift 2
for one; do
  rm -rf "$stage/$one" && mkdir -p "$(dirname "$stage/$one")" || exit
  cp -al "$live/$one" "$stage/$one" 2>/dev/null || { rm -rf "$stage/$one"; cp -a "$live/$one" "$stage/$one"; } || exit
  rm -rf "$stage/$one/.git"
done`;
/** Brings what has to be fetched into the stage; fails where the server cannot fetch it. */
function fetchSubmodules({ live, clone, stateDir, staged }, commit, remote, paths) {
    return (0,server_command/* shell */.vf)(submodules_fetch, [live, clone, stateDir, staged, commit, remote, ...paths]);
}
/** Brings what the live tree has already into the stage. */
function linkSubmodules({ live, staged }, paths) {
    return (0,server_command/* shell */.vf)(submodules_link, [live, staged, ...paths]);
}
/** What brings those of a commit that stay; nothing where there are none. */
function submodules_kept(submodules, trees) {
    const { kept: paths = [] } = submodules ?? {};
    return paths.length === 0 ? [] : [linkSubmodules(trees, paths)];
}

;// CONCATENATED MODULE: ./src/release/directories/current.ts

// rename(2) puts the new link into the place of the old one: there is no moment without one. Somebody else may have led it
// elsewhere meanwhile, and a directory in its place is never removed. A pinned .env of the stage gives way to the shared one.
const current_lead = `# current leads to the release
cd "$1" || exit
[ -L current ] || { echo "$1/current is no symbolic link" >&2; exit 1; }
now=$(readlink -f current)
case $now in
  "$(readlink -f "releases/$2")"|"$(readlink -f "releases/$3")") ;;
  *) echo "$1/current leads to $now" >&2; exit 1 ;;
esac
[ -f "releases/$2/spark" ] || { echo "$1/releases/$2 holds no spark" >&2; exit 1; }
if [ ! -L "releases/$2/.env" ] && [ -e shared/.env ]; then
  ln -sfn "$1/shared/.env" "releases/$2/.env.new" && mv -T "releases/$2/.env.new" "releases/$2/.env" || exit
fi
ln -sfn "releases/$2" current.new && mv -T current.new current`;
const current_isLive = `# the live commit is
[ "$(git rev-parse HEAD)" = "$1" ] || { echo "HEAD is $(git rev-parse HEAD)" >&2; exit 1; }`;
/**
 * Visitors meet the release from the next request on; fails where `current` leads to neither of the two.
 * @param from the release that is live, by its name
 */
function leadTo(base, name, from) {
    const link = `ln -sfn ${(0,server_command/* quote */.hD)(`releases/${name}`)} current.new && mv -T current.new current`;
    return (0,server_command/* shell */.vf)(current_lead, [base, name, from], { typed: `cd ${(0,server_command/* quote */.hD)(base)} && ${link}` });
}
/** Fails where the live release has another commit. */
function hasCommit(live, commit) {
    return (0,server_command/* shell */.vf)(current_isLive, [commit], { cwd: live, typed: 'git rev-parse HEAD' });
}

;// CONCATENATED MODULE: ./src/release/directories/keep.ts


// Only a deploy that was proved writes its line, so what is not in the log is no good release: it is not counted, and
// the deploy that made it removes it. Names sort by time. One that cannot be removed as a whole is no release any more either.
const prune = `# remove old releases
cd "$1/releases" || exit
live=$(basename -- "$(readlink -f ../current)")
kept=1
for name in $(ls -r); do
  [ -d "$name" ] && [ "$name" != "$live" ] && grep -qF "\\"release\\":\\"$name\\"" "$2/releases.jsonl" 2>/dev/null || continue
  kept=$((kept + 1))
  [ "$kept" -gt "$3" ] && [ "$name" != "$4" ] || continue
  mv -T -- "$name" ".removed-$name" || failed=1
done
for gone in .removed-*; do
  [ ! -d "$gone" ] || rm -rf -- "./$gone" || failed=1
done
[ "$live" = ${directories_first/* firstRelease */.yn} ] || { ${directories_first/* forgetFirst */.GH}; } || failed=1
git -C "$5" worktree prune && [ -z "$failed" ]`;
/** Removes good releases beyond those that are kept. */
function removeOldReleases({ base, clone, stateDir, keep, previous }) {
    return (0,server_command/* shell */.vf)(prune, [base, stateDir, String(keep), previous, clone]);
}

;// CONCATENATED MODULE: ./src/release/directories/directories.ts











// A name that no release has, for as long as the deploy has not named its own.
const unnamed = { next: '.unnamed', previous: '.unnamed' };
/**
 * Each deploy has a directory below `releases/`, complete before `current` leads to it. The stage is the release that goes
 * live, and a rollback is the same rename.
 */
function releaseDirectories(inputs, place) {
    const releases = place.releases ?? unnamed;
    const staged = (0,paths/* join */.fj)(inputs.base, 'releases', releases.next);
    const places = { ...inputs, ...place, releases, staged };
    const { path, stateDir } = place;
    return {
        ...{ live: path, staged, name: releases.next },
        // It is still there, and complete.
        recalled: (0,paths/* join */.fj)(inputs.base, 'releases', releases.previous),
        recall: () => [],
        ...making(places),
        ...leading(places),
        staying: (commit) => filesThatStay(path, commit, sharedPaths(inputs)),
        leftBehind: (commit) => (0,prepare/* filesOfItsOwn */.hr)(path, staged, commit, ownFiles(inputs)),
        holdsLogs: (writable) => (0,paths/* moved */.aW)(writable, path, (0,paths/* join */.fj)(inputs.base, 'shared')),
        current: () => (0,server_command/* command */.G5)('git', ['rev-parse', 'HEAD'], { cwd: path }),
        list: () => listDeploys(stateDir),
        record: (line) => recordDeploy(stateDir, line),
        byHand: directories_byHand(places),
    };
}
/** How a release comes, and goes when it is not needed any more. */
function making(places) {
    const { base, clone, path, stateDir, staged, keep, releases } = places;
    const { next, previous } = releases;
    return {
        prepare: ({ commit, dependencies, submodules }) => [
            (0,prepare/* removeRelease */.gs)(base, clone, next),
            (0,prepare/* reserve */.vY)(stateDir),
            (0,prepare/* addRelease */.HN)(path, clone, staged, commit),
            (0,prepare/* furnishRelease */.VU)(path, (0,paths/* join */.fj)(base, 'shared'), staged, sharedPaths(places)),
            ...submodules_kept(submodules, { live: path, staged }),
            stageVendor(path, staged, dependencies),
            dropStaleCaches((0,paths/* join */.fj)(staged, 'writable')),
        ],
        installDependencies: (php) => installVendor(path, staged, php),
        fetchSubmodules: (...what) => fetchSubmodules({ live: path, clone, stateDir, staged }, ...what),
        unstage: () => (0,prepare/* removeRelease */.gs)(base, clone, next),
        prune: () => ({
            // It is the live release now.
            stage: server_command/* nothing */.s6,
            recalled: server_command/* nothing */.s6,
            previous: removeOldReleases({ base, clone, stateDir, keep, previous }),
        }),
    };
}
/** How visitors come to one release or the other. */
function leading(places) {
    const { base, path, stateDir, staged } = places;
    const { next, previous: before } = places.releases;
    return {
        activate: ({ commit }) => [
            dropStaleCaches((0,paths/* join */.fj)(staged, 'writable')),
            leadTo(base, next, before),
            hasCommit(path, commit),
        ],
        revert: ({ previous }) => [
            useReserve(stateDir),
            leadTo(base, before, next),
            hasCommit(path, previous),
        ],
        useReserve: () => useReserve(stateDir),
    };
}
function directories_byHand({ base, clone, staged, releases }) {
    const to = (0,server_command/* quote */.hD)(`releases/${releases.previous}`);
    return {
        unstage: [`rm -rf ${(0,server_command/* quote */.hD)(staged)}`, `git -C ${(0,server_command/* quote */.hD)(clone)} worktree prune`],
        forget: [],
        revert: () => [`cd ${(0,server_command/* quote */.hD)(base)} && ln -sfn ${to} current.new && mv -T current.new current`],
    };
}
const directories_stays = `# files that stay, untracked
commit=$1
shift
git diff -z --name-only --no-renames --diff-filter=D HEAD "$commit" -- "$@"`;
/** Shared files that the commit stops tracking: they lie in `shared/`, where no commit reaches. */
function filesThatStay(path, commit, shared) {
    const specs = shared.map((one) => `:(literal)${one}`);
    return (0,server_command/* shell */.vf)(directories_stays, [commit, ...specs, ':(exclude,glob)**/index.html'], { cwd: path });
}

;// CONCATENATED MODULE: ./src/release/in-place/made.ts


// Each path has a number. Its mark holds the inode of the new one, written before anything is moved. So who rolls this
// back knows which one is live, wherever it stopped. mv(1) exchanges two names in one rename(2) since coreutils 9.5; a file takes the place
// of another one in one rename anyway. Elsewhere a folder takes two.
const swap = `# what was made goes live
${paths/* modesOfTree */.uF}
live=$1 stage=$2 kept=$3/made.before
shift 3
mkdir -p "$kept" || exit
at=0
for path; do
  at=$((at + 1))
  new=$stage/$path old=$live/$path was=$kept/$at
  [ -e "$new" ] || continue
  stat -c %i "$new" >"$was.new" && mkdir -p "$(dirname -- "$old")" || exit
  if [ ! -e "$old" ] && [ ! -L "$old" ]; then mv -T "$new" "$old" || exit
  elif [ -f "$old" ] && [ ! -L "$old" ] && [ -f "$new" ]; then ln -f "$old" "$was" && mv -fT "$new" "$old" || exit
  elif mv -T --exchange "$new" "$old" 2>/dev/null; then mv -T "$new" "$was" || exit
  else mv -T "$old" "$was" && mv -T "$new" "$old" || exit
  fi
done`;
const made_back = `# what was made as before
live=$1 stage=$2 kept=$3/made.before
shift 3
at=0
for path; do
  at=$((at + 1))
  old=$live/$path was=$kept/$at
  [ -e "$was.new" ] || continue
  [ -e "$was" ] || [ -L "$was" ] || was=$stage/$path
  if [ "$(stat -c %i "$old" 2>/dev/null)" = "$(cat "$kept/$at.new")" ]; then
    rm -rf "$kept/failed"
    if [ ! -e "$was" ] && [ ! -L "$was" ]; then mv -T "$old" "$kept/failed" || exit
    elif [ -f "$old" ] && [ -f "$was" ]; then mv -fT "$was" "$old" || exit
    elif mv -T --exchange "$was" "$old" 2>/dev/null; then :
    else mv -T "$old" "$kept/failed" && mv -T "$was" "$old" || exit
    fi
  elif [ ! -e "$old" ] && [ -e "$kept/$at" ]; then mv -T "$kept/$at" "$old" || exit
  fi
  rm -f "$kept/$at.new"
done
rm -rf "$kept"`;
/** Paths of the stage that git does not have go live; those that were live are kept. */
function swapMade(path, stage, stateDir, made) {
    return (0,server_command/* shell */.vf)(swap, [path, stage, stateDir, ...made]);
}
/** The previous ones are live again, the very same files; those that were not there before are gone. */
function madeBack(path, stage, stateDir, made) {
    return (0,server_command/* shell */.vf)(made_back, [path, stage, stateDir, ...made]);
}

;// CONCATENATED MODULE: ./src/release/in-place/reserve.ts

// What git writes to go back: the index, and the changed files as they are now. And a little for the journal.
const setAside = `# set room aside for the rollback
index=$(stat -c %s "$(git rev-parse --git-dir)/index") || exit
files=$(git diff-tree -r --no-renames "$2" "$3" | cut -d ' ' -f 3 | git cat-file --batch-check='%(objectsize)' | awk '/^[0-9]+$/ { sum += $1 + 4096 } END { print sum + 0 }')
fallocate -l $((2 * index + files + 1048576)) "$1/lock/reserve" 2>/dev/null ||
  head -c $((2 * index + files + 1048576)) /dev/zero >"$1/lock/reserve"`;
/**
 * Takes room on the disk before anything is changed, so that the rollback has it when the disk is full. To run in the
 * live clone, under the lock.
 */
function reserve_reserve(stateDir, previous, commit) {
    return (0,server_command/* shell */.vf)(setAside, [stateDir, previous, commit]);
}

;// CONCATENATED MODULE: ./src/release/in-place/staying.ts
/**
 * A function of the shell, for the live tree: `staying COMMIT STAGE` prints files, each with a NUL after it. This
 * commit stops tracking them, and they stay all the same. `git rm --cached` says "not of the repository any more", and git takes
 * it for "remove it" in every other clone. What the commit ignores is meant to stay, and `.env` always is.
 */
const staying = `staying() {
  git diff -z --name-only --no-renames --diff-filter=D HEAD "$1" -- ':!.env' | (cd "$2" && git check-ignore -z --no-index --stdin)
  git diff -z --name-only --no-renames --diff-filter=D HEAD "$1" -- .env
}`;

;// CONCATENATED MODULE: ./src/release/in-place/stage.ts



// What the application may need and git does not have: ignored files of the server alone. What is neither tracked nor
// ignored was forgotten there, and a forgotten migration must not run. Folders are links to the live ones; files are hard
// links, or copies where the server allows none.
const serversOwn = `bring() { xargs -0 -r sh -c '
  to=$1 && shift
  for one; do
    [ -e "$one" ] && [ ! -e "$to/$one" ] && [ ! -L "$to/$one" ] || continue
    mkdir -p "$to/$(dirname "$one")" && { ln "$one" "$to/$one" 2>/dev/null || cp -p "$one" "$to/$one" 2>/dev/null; }
  done
  exit 0' sh "$1"; }
refer() { while IFS= read -r one; do
  [ -e "$1/$one" ] || [ -L "$1/$one" ] || { mkdir -p "$1/$(dirname "$one")" && ln -s "$PWD/$one" "$1/$one"; } || return
done; }
others() { git ls-files -z --others --ignored --exclude-standard --directory --no-empty-directory -- . ':!writable' ':!vendor' ':!node_modules' ':!.env'; }
(cd "$1" && others | grep -zv '/$' | bring "$2"
  others | grep -z '/$' | tr '\\0' '\\n' | sed 's#/$##' | refer "$2"
  staying "$3" "$2" | grep -zvx '\\.env' | bring "$2") || exit`;
// What a clone lacks. Writable places are the live ones, so that a migration finds what the application would find,
// but cache, logs and debug bar are the stage's own: a cached path of the stage must never reach the live site.
// A session handler that an unfinished deploy pinned in .env is not what the new code says.
const furnish = `# take what only the server has into the stage
${staying}
${serversOwn}
cd "$2" || exit
if [ -e .env ]; then :
elif grep -q '^# ci4-deploy begin ' "$1/.env" 2>/dev/null; then
  cp --preserve=all "$1/.env" .env && sed '/^# ci4-deploy begin /,/^# ci4-deploy end$/d' "$1/.env" >.env || exit
else
  ln -s "$1/.env" .env || exit
fi
for place in "$1"/writable/*; do
  name=\${place##*/}
  case $name in cache|logs|debugbar|session|'*') continue;; esac
  [ -d "$place" ] || continue
  rm -rf "writable/$name" && ln -s "$place" "writable/$name" || exit
done
mkdir -p writable/cache writable/logs writable/session`;
// A hook of the live tree (post-checkout) is not meant for the stage. Its files become the live ones.
const add = `# git worktree add
${paths/* modesOfTree */.uF}
exec git -c core.hooksPath=/dev/null worktree add --detach --quiet "$2" "$3"`;
// A git that was killed at it leaves the stage locked, and pruning spares what is locked (git-worktree(1)). By what git
// wrote it belongs to our directory, or to none yet.
const stage_removal = `# remove the stage
cd "$1" && rm -rf "$2" || exit
common=$(git rev-parse --git-common-dir)
[ -d "$common/worktrees" ] || exit 0
for place in "$common"/worktrees/stage* "$common"/worktrees/recalled*; do
  case $(cat "$place/gitdir" 2>/dev/null) in */ci4-deploy/stage/.git|*/ci4-deploy/recalled/.git|'') rm -f "$place/locked";; esac
done
git worktree prune`;
/** A second work tree of the clone at `path`. */
function addStage(path, stage, commit) {
    const typed = `git worktree add --detach ${(0,server_command/* quote */.hD)(stage)} ${commit}`;
    return (0,server_command/* shell */.vf)(add, [path, stage, commit], { cwd: path, typed });
}
/** What the work tree needs to boot besides the files of the commit. */
function furnishStage(path, stage, commit) {
    const [env, linked] = [(0,server_command/* quote */.hD)(`${path}/.env`), (0,server_command/* quote */.hD)(`${stage}/.env`)];
    const typed = `[ ! -e ${env} ] || ln -s ${env} ${linked}`;
    return (0,server_command/* shell */.vf)(furnish, [path, stage, commit], { typed });
}
/** Files that the commit stops tracking and that stay in the live tree, each with a NUL after it. */
function stage_filesThatStay(path, stage, commit) {
    return (0,server_command/* shell */.vf)(`# files that stay, untracked\n${staying}\nstaying "$1" "$2"`, [commit, stage], {
        cwd: path,
    });
}
/** Removes the second work tree, if it is there. */
function removeStage(path, stage) {
    const typed = `rm -rf ${(0,server_command/* quote */.hD)(stage)} && git -C ${(0,server_command/* quote */.hD)(path)} worktree prune`;
    return (0,server_command/* shell */.vf)(stage_removal, [path, stage], { typed });
}

;// CONCATENATED MODULE: ./src/release/in-place/tree.ts



/** Where the previous files are kept until the deploy is proved: links to them, which take no room. */
function keptIn(stateDir) {
    return (0,paths/* join */.fj)(stateDir, 'before');
}
// Every file of the tree $1 into the one we are in, a directory at a time, each by one rename.
const tree_place = `place() {
  [ -d "$1" ] || return 0
  (cd "$1" && find . -type d -print0) | xargs -0 -r -n 1 sh -c '
    [ -d "$2" ] || mkdir -p "$2" || exit 255
    find "$1/$2" -maxdepth 1 ! -type d -print0 | xargs -0 -r mv -f -t "$2" || exit 255
  ' sh "$1" && rm -rf "$1"
}
changed() { git diff -z --name-only --no-renames --ignore-submodules=all --diff-filter="$@"; }`;
/** Above so many files git is quicker than renames are, and the tree is of two commits for a shorter time. */
const mostRenames = 2000;
// What a commit took out of git, and what stayed, comes into git again when that is gone back to. Where it is the same file
// still, it is not touched, and the rollback of that leaves it where it is. Names of such files stand in a file, as lines.
const there = `there() {
  [ -z "$2" ] || changed A HEAD "$1" | xargs -0 -r sh -c '
    commit=$1 && shift
    for one; do
      [ -f "$one" ] && [ ! -L "$one" ] && [ "$(git rev-parse "$commit:$one")" = "$(git hash-object -- "$one")" ] &&
        printf "%s\\n" "$one"
    done
    exit 0' sh "$1"
}
added() { if [ -s "$3" ]; then changed A "$1" "$2" | grep -zvxFf "$3"; else changed A "$1" "$2"; fi; }
indexed() { [ ! -s "$1" ] || tr '\\n' '\\0' <"$1" | git update-index -z "$2" --stdin; }`;
// git takes a file away before it writes the new one, and a request in between finds none, or half of one. So what a
// request may read is made ready beside the tree and then put into place by one rename each: first what is new, then what
// has changed. git sees it in its index, and does the rest: what goes, its own head, hooks. It does everything where
// somebody has changed something meanwhile (and then says what is in the way), where a rename would cross file systems, and
// where files inherit their group or their rights from the directory they are made in (setgid, acl(5)). What stays though it
// is not tracked any more leaves the index first, so that git does not remove it. A link more is a change of a file to
// git (ctime), so it looks again before a reset, as a merge does by itself.
const tree_forward = `# git merge --ff-only, each file by one rename
cd "$1" || exit
${paths/* modesOfTree */.uF}
${tree_place}
${there}
${staying}
over() {
  if [ -z "$2" ] || git merge-base --is-ancestor HEAD "$1"; then git merge --ff-only --quiet "$1"; return; fi
  git update-index -q --refresh
  git reset --keep --quiet "$1"
}
inherits() {
  rm -rf "$1" && mkdir -p "$1" && : >"$1/new" || return 1
  group=$(stat -c %g "$1/new")
  rm -rf "$1"
  [ "$group" = "$(stat -c %g app/Config/App.php)" ] || return 1
  case $(ls -ld app/Config/App.php) in ??????????+*) return 1 ;; esac
}
alone() {
  [ ! -e "$(git rev-parse --git-path index.lock)" ] && [ -z "$(git --no-optional-locks status --porcelain -uno --ignore-submodules=all)" ] &&
    { [ -n "$5" ] || git merge-base --is-ancestor HEAD "$2"; } && [ "$(stat -c %d .)" = "$(stat -c %d "$3")" ] &&
    [ "$(git diff --name-only --no-renames HEAD "$2" | wc -l)" -le ${mostRenames} ] && inherits "$4.group" &&
    added HEAD "$2" "$4.there" | xargs -0 -r sh -c 'for one; do [ ! -e "$one" ] && [ ! -L "$one" ] || exit 1; done' sh
}
rm -rf "$4" "$4.new" "$4.next" "$4.staying" "$4.there" && mkdir -p "$4" || exit
changed MD HEAD "$2" | xargs -0 -r cp -l --parents --preserve=mode,ownership -t "$4" 2>/dev/null ||
  { rm -rf "$4" && mkdir "$4" && changed MD HEAD "$2" | xargs -0 -r cp -p --parents -t "$4"; } || exit
staying "$2" "$3" >"$4.staying"
there "$2" "$5" >"$4.there" || exit
alone "$@" && apart=yes || apart=
git update-index -z --force-remove --stdin <"$4.staying" && indexed "$4.there" --add || exit
if [ -z "$apart" ]; then
  over "$2" "$5"
  status=$?
  [ "$status" = 0 ] || { git update-index -z --add --stdin <"$4.staying"; indexed "$4.there" --force-remove; }
  rm -f "$4.staying"
  exit "$status"
fi
rm -f "$4.staying"
mkdir -p "$4.new" "$4.next" || exit
added HEAD "$2" "$4.there" | tar -C "$3" --null -T - -cf - | tar -C "$4.new" -xpf - || exit
changed M HEAD "$2" | tar -C "$3" --null -T - -cf - | tar -C "$4.next" -xpf - || exit
place "$4.new" && place "$4.next" || exit
changed AM HEAD "$2" | git update-index --add -z --stdin || exit
over "$2" "$5"`;
// A kept file that never left is the very same one, which mv(1) refuses to move.
// What somebody else has changed since is not what the stage has, and stays; git then refuses, and says what it is.
// git stops half-way when the disk is full. Then only files of the commit may differ, which the tree was proved clean of;
// anything else is somebody's work of the last minute.
const tree_back = `# the live tree goes back
cd "$1" || exit
${paths/* modesOfTree */.uF}
${tree_place}
${there}
clean() { [ "$(git rev-parse HEAD)" = "$1" ] && [ -z "$(git --no-optional-locks status --porcelain -uno --ignore-submodules=all)" ]; }
tidy() { rm -rf "$1" "$1.new" "$1.next" "$1.group" "$1.staying" "$1.there"; }
clean "$2" && { tidy "$5"; exit; }
if [ -d "$5" ]; then
  (cd "$5" && find . ! -type d -print0) | xargs -0 -r -n 1 sh -c '
    [ ! -e "$3" ] || { [ ! "$3" -ef "$2/$3" ] && cmp -s "$3" "$1/$3"; } || rm -f "$2/$3"
  ' sh "$4" "$5"
  (cd "$5" && find . -type d -print0) | xargs -0 -r -n 1 sh -c '
    [ -d "$2" ] || { mkdir "$2" && chmod --reference="$1/$2" "$2" && chown --reference="$1/$2" "$2"; } || exit 255
  ' sh "$5" || exit
  place "$5" || exit
  if [ "$(git rev-parse HEAD)" = "$2" ]; then
    git reset --quiet
    added "$2" "$3" "$5.there" | xargs -0 -r -n 1 sh -c '! cmp -s "$2" "$1/$2" || rm -f "./$2"' sh "$4"
  else
    changed MD "$2" "$3" | git update-index --add -z --stdin
    indexed "$5.there" --force-remove
  fi
fi
git reset --keep --quiet "$2" 2>/dev/null && clean "$2" && { tidy "$5"; exit; }
other=$({ git diff --name-only --ignore-submodules=all "$2" "$3" | sed p; git diff --name-only --ignore-submodules=all "$2"; } | sort | uniq -u)
[ -z "$other" ] || { echo "changed meanwhile by somebody else: $other" >&2; exit 1; }
git reset --hard --quiet "$2" && added "$2" "$3" "$5.there" | xargs -0 -r rm -f && tidy "$5"`;
const isHead = `# the live commit is
[ "$(git rev-parse HEAD)" = "$1" ] || { echo "HEAD is $(git rev-parse HEAD)" >&2; exit 1; }`;
const seeHead = 'git rev-parse HEAD';
/**
 * The live tree moves to the commit; fails where it has moved elsewhere meanwhile.
 * @param backwards the commit may be one that does not follow the live one
 */
function moveOver({ path, staged, stateDir }, commit, backwards) {
    const way = backwards ? 'backwards' : '';
    const moves = backwards ? 'reset --keep' : 'merge --ff-only';
    const typed = `git -C ${(0,server_command/* quote */.hD)(path)} ${moves} ${commit}`;
    return [
        (0,server_command/* shell */.vf)(tree_forward, [path, commit, staged, keptIn(stateDir), way], { typed }),
        (0,server_command/* shell */.vf)(isHead, [commit], { cwd: path, typed: seeHead }),
    ];
}
/** The live tree is as it was before `commit`, the very same files; what somebody else changed since is not touched. */
function moveBack({ path, staged, stateDir }, previous, commit) {
    return [
        (0,server_command/* shell */.vf)(tree_back, [path, previous, commit, staged, keptIn(stateDir)], {
            typed: `git -C ${(0,server_command/* quote */.hD)(path)} reset --keep ${previous}`,
        }),
        (0,server_command/* shell */.vf)(isHead, [previous], { cwd: path, typed: seeHead }),
    ];
}

;// CONCATENATED MODULE: ./src/release/in-place/submodules.ts

// Two renames for each, as for vendor. What was live lies beside until the deploy is proved.
const submodules_swap = `# submodules go live
live=$1 stage=$2 before=$3/submodules.before
shift 3
for one; do
  [ -d "$stage/$one" ] || continue
  if [ ! -e "$before/$one" ]; then
    mkdir -p "$live/$one" "$(dirname "$before/$one")" && mv -T "$live/$one" "$before/$one" || exit
  fi
  mkdir -p "$(dirname "$live/$one")" && mv -T "$stage/$one" "$live/$one" || exit
done`;
const submodules_back = `# submodules as before
live=$1 state=$2
shift 2
for one; do
  [ -e "$state/submodules.before/$one" ] || continue
  mkdir -p "$(dirname "$state/submodules.failed/$one")" && rm -rf "$state/submodules.failed/$one" || exit
  [ ! -e "$live/$one" ] || mv -T "$live/$one" "$state/submodules.failed/$one" || exit
  mkdir -p "$(dirname "$live/$one")" && mv -T "$state/submodules.before/$one" "$live/$one" || exit
done
rm -rf "$state/submodules.failed" "$state/submodules.before"`;
// Of the commit that was live: as it lies beside by now, or is live still.
const recall = `# link the submodules of the previous commit
live=$1 recalled=$2 before=$3/submodules.before
cd "$live" || exit
git ls-tree -r "$4" | sed -n 's/^160000 [^\\t]*\\t//p' | while IFS= read -r one; do
  from=$live/$one
  [ ! -e "$before/$one" ] || from=$before/$one
  [ -d "$from" ] || continue
  rm -rf "$recalled/$one" && cp -a "$from" "$recalled/$one" && rm -rf "$recalled/$one/.git" || exit
done`;
/** The submodules of the stage go live. */
function swapSubmodules(path, stage, stateDir, paths) {
    return (0,server_command/* shell */.vf)(submodules_swap, [path, stage, stateDir, ...paths]);
}
/** The previous ones are live again, as far as they were swapped. */
function submodulesBack(path, stateDir, paths) {
    return (0,server_command/* shell */.vf)(submodules_back, [path, stateDir, ...paths]);
}
/** The submodules that were live before, for the previous commit at `recalled`. */
function recallSubmodules(path, recalled, stateDir, previous) {
    return (0,server_command/* shell */.vf)(recall, [path, recalled, stateDir, previous]);
}

;// CONCATENATED MODULE: ./src/release/in-place/vendor.ts

const vendor_recall = `# link the previous vendor
live=$1/vendor
[ ! -d "$3/vendor.before" ] || live=$3/vendor.before
[ -d "$live" ] || exit 0
cp -al "$live" "$2/vendor" 2>/dev/null || { rm -rf "$2/vendor"; cp -a "$live" "$2/vendor"; }`;
// Two renames: the shortest time without a vendor directory that a directory allows. The mark between them tells
// who rolls this back that the one which is live is the new one, also where there was none before.
const vendor_swap = `# vendor goes live
[ -d "$2/vendor" ] || exit 0
rm -rf "$3/vendor.before" "$3/vendor.swapped"
[ ! -d "$1/vendor" ] || mv "$1/vendor" "$3/vendor.before" || exit
: >"$3/vendor.swapped" && mv "$2/vendor" "$1/vendor"`;
const vendor_back = `# vendor as before
[ -d "$2/vendor.before" ] || [ -e "$2/vendor.swapped" ] || exit 0
rm -rf "$2/vendor.failed"
[ ! -d "$1/vendor" ] || mv "$1/vendor" "$2/vendor.failed" || exit
[ ! -d "$2/vendor.before" ] || mv "$2/vendor.before" "$1/vendor" || exit
rm -rf "$2/vendor.failed" "$2/vendor.swapped"`;
/** The dependencies that were live before, for the previous commit at `recalled`. */
function recallVendor(path, recalled, stateDir) {
    return (0,server_command/* shell */.vf)(vendor_recall, [path, recalled, stateDir]);
}
/** The dependencies of the stage go live. */
function swapVendor(path, stage, stateDir) {
    const [live, made, before] = [`${path}/vendor`, `${stage}/vendor`, `${stateDir}/vendor.before`];
    const typed = `mv ${(0,server_command/* quote */.hD)(live)} ${(0,server_command/* quote */.hD)(before)} && mv ${(0,server_command/* quote */.hD)(made)} ${(0,server_command/* quote */.hD)(live)}`;
    return (0,server_command/* shell */.vf)(vendor_swap, [path, stage, stateDir], { typed });
}
/** The previous dependencies are live again, if they were swapped. */
function vendorBack(path, stateDir) {
    return (0,server_command/* shell */.vf)(vendor_back, [path, stateDir]);
}

;// CONCATENATED MODULE: ./src/release/in-place/in-place.ts













/** The clone at `path` is the live site: a second work tree is made ready beside it, and its files are moved over. */
function inPlace({ path, stateDir }) {
    const staged = (0,paths/* join */.fj)(stateDir, 'stage');
    const recalled = (0,paths/* join */.fj)(stateDir, 'recalled');
    const trees = { path, staged, stateDir };
    return {
        ...{ live: path, staged, recalled },
        recall: (previous) => in_place_recall({ path, stateDir }, recalled, previous),
        prepare: ({ commit, previous, dependencies, writable, submodules }) => [
            removeStage(path, staged),
            { ...reserve_reserve(stateDir, previous, commit), cwd: path },
            addStage(path, staged, commit),
            furnishStage(path, staged, commit),
            ...submodules_kept(submodules, { live: path, staged }),
            stageVendor(path, staged, dependencies),
            dropStaleCaches((0,paths/* moved */.aW)(writable, path, staged)),
        ],
        staying: (commit) => stage_filesThatStay(path, staged, commit),
        // Whatever git does not know stays where it is.
        leftBehind: () => server_command/* nothing */.s6,
        installDependencies: (php) => installVendor(path, staged, php),
        fetchSubmodules: (...what) => fetchSubmodules({ live: path, clone: path, stateDir, staged }, ...what),
        ...moving(trees),
        useReserve: () => useReserve(stateDir),
        holdsLogs: (writable) => writable,
        current: () => (0,server_command/* command */.G5)('git', ['rev-parse', 'HEAD'], { cwd: path }),
        list: () => listDeploys(stateDir),
        record: (line) => recordDeploy(stateDir, line),
        unstage: () => removeStage(path, staged),
        prune: () => prunings({ path, stateDir }, staged, recalled),
        byHand: in_place_byHand(trees, recalled),
    };
}
/** How visitors come to one commit or the other. */
function moving(trees) {
    const { path, staged, stateDir } = trees;
    return {
        activate: ({ commit, dependencies, submodules, backwards = false, made }) => [
            ...moveOver(trees, commit, backwards),
            ...unlessNone(submodules?.fetched, (all) => swapSubmodules(path, staged, stateDir, all)),
            ...(dependencies ? [swapVendor(path, staged, stateDir)] : []),
            ...unlessNone(made, (all) => swapMade(path, staged, stateDir, all)),
        ],
        revert: ({ previous, commit, submodules, made }) => [
            useReserve(stateDir),
            ...unlessNone(submodules?.fetched, (all) => submodulesBack(path, stateDir, all)),
            ...moveBack(trees, previous, commit),
            vendorBack(path, stateDir),
            ...unlessNone(made, (all) => madeBack(path, staged, stateDir, all)),
        ],
    };
}
/** What swaps these paths; nothing where there are none. */
function unlessNone(paths = [], swap) {
    return paths.length === 0 ? [] : [swap(paths)];
}
function in_place_byHand({ path, staged }, recalled) {
    const removing = (tree) => [
        `rm -rf ${(0,server_command/* quote */.hD)(tree)}`,
        `git -C ${(0,server_command/* quote */.hD)(path)} worktree prune`,
    ];
    return {
        unstage: removing(staged),
        forget: removing(recalled),
        revert: (previous) => goBack(path, previous),
    };
}
function in_place_recall({ path, stateDir }, recalled, previous) {
    return [
        removeStage(path, recalled),
        addStage(path, recalled, previous),
        furnishStage(path, recalled, previous),
        recallSubmodules(path, recalled, stateDir, previous),
        recallVendor(path, recalled, stateDir),
    ];
}
function prunings({ path, stateDir }, staged, recalled) {
    return {
        stage: removeStage(path, staged),
        recalled: removeStage(path, recalled),
        previous: removePrevious(stateDir),
    };
}
/** The same for a person at a shell. A file that stayed when the commit stopped tracking it would be in git's way. */
function goBack(path, previous) {
    const git = `git -C ${(0,server_command/* quote */.hD)(path)}`;
    const addAgain = `[ ! -e "$1" ] || git update-index --add -- "$1"`;
    return [
        `cd ${(0,server_command/* quote */.hD)(path)} && git diff -z --name-only --no-renames --diff-filter=D ${previous} HEAD | xargs -0 -r -n 1 sh -c '${addAgain}' sh`,
        `${git} reset --keep ${previous}`,
        `${git} restore .`,
    ];
}
/** Removes what only a rollback would have needed. */
function removePrevious(stateDir) {
    const beside = ['vendor.before', 'vendor.swapped', 'submodules.before', 'made.before'].map((name) => (0,paths/* join */.fj)(stateDir, name));
    const links = keptIn(stateDir);
    return (0,server_command/* command */.G5)('rm', ['-rf', ...beside, links, `${links}.there`]);
}

;// CONCATENATED MODULE: ./src/steps/fpm/resolve.ts


// Of several services the one whose socket the web server's configuration names, where it names the site's root. Those that
// run come first, but one that has died is still the one that served the site. Where none runs, Apache may run PHP itself.
const find = `# the PHP-FPM service of the site
services() { systemctl list-units --all --plain --no-legend --state="$1" '*php*fpm*.service' | awk '{ print $1 }' | sed 's/\\.service$//'; }
${modPhp}
all=$(services active)
[ -z "$all" ] && [ "$(systemctl is-active apache2)" = active ] && [ -n "$(modphp)" ] && { printf apache2; exit 0; }
[ -n "$all" ] || all=$(services loaded)
[ "$(printf '%s\\n' "$all" | grep -c .)" -gt 1 ] || { printf '%s' "$all"; exit 0; }
real=$(readlink -f -- "$1")
files=$(grep -rlsF -e "$1" -e "$real" /etc/nginx/sites-enabled /etc/nginx/conf.d /etc/nginx/nginx.conf /etc/apache2/sites-enabled /etc/caddy)
[ -n "$files" ] || exit 0
for unit in $all; do
  config=$(systemctl show -p ExecStart --value -- "$unit" | sed -n 's/.*--fpm-config[ =]\\([^ ;]*\\).*/\\1/p')
  [ -n "$config" ] || continue
  folder=$(dirname -- "$config")
  for listen in $(grep -rhsE '^[[:space:]]*listen[[:space:]]*=' "$folder" | sed 's/.*=[[:space:]]*//'); do
    grep -qF -e "$listen" $files && { printf '%s' "$unit"; exit 0; }
  done
done
exit 0`;
/** Asks for the service of PHP-FPM that serves the application at `path`, or Apache where that runs PHP itself. */
function askService(path) {
    return (0,server_command/* shell */.vf)(find, [path]);
}
/** Its name; null where there is none, or nobody can tell which of several it is. */
function readService({ stdout }) {
    const name = stdout.trim();
    return /^[A-Za-z0-9@_][A-Za-z0-9@._-]*$/.test(name) ? name : null;
}

;// CONCATENATED MODULE: ./src/steps/inspect/branch.ts


// Where no branch is checked out, the one that the remote calls its own.
const branch_find = `# the branch that the server follows
cd "$1" 2>/dev/null || exit 0
git symbolic-ref --quiet --short HEAD && exit
git symbolic-ref --quiet --short "refs/remotes/$2/HEAD" | sed "s#^$2/##"`;
/**
 * The branch that is checked out at `path`.
 * @returns `main` where nobody can tell
 * @throws what a round throws
 */
async function branchOf(server, path, remote, signal) {
    const { branch } = await (0,round/* query */.P)(server, { branch: (0,server_command/* shell */.vf)(branch_find, [path, remote]) }, signal);
    return branch.stdout.trim() || 'main';
}

;// CONCATENATED MODULE: ./src/run.ts

























/** One run of any command. Never throws: what went wrong is in the report. */
async function run_run(request) {
    return runMasked({ ...request, mask: butNames(request) });
}
/** Masks everything but the names of users that sentences have to say. */
function butNames({ inputs, mask }) {
    const names = userNames(inputs);
    return (value) => {
        if (!names.has(value.trim()))
            mask(value);
    };
}
async function runMasked(request) {
    const { inputs, mask } = request;
    let config;
    for (const name of config_inputs/* secretInputs */._y)
        mask(inputs.get(name) ?? '');
    try {
        if (inputs.get('command')?.trim() === 'check') {
            const { runCheck } = await Promise.all(/* import() */[__webpack_require__.e(588), __webpack_require__.e(341), __webpack_require__.e(260), __webpack_require__.e(271), __webpack_require__.e(745), __webpack_require__.e(801), __webpack_require__.e(363), __webpack_require__.e(427), __webpack_require__.e(887)]).then(__webpack_require__.bind(__webpack_require__, 92887));
            return await runCheck(request);
        }
        config = withTag((0,config_config/* parse */.qg)(inputs), request.environment);
        return await runOnServer(config, request);
    }
    catch (failure) {
        const { seconds } = request.log;
        if (failure instanceof config_config/* ConfigError */.xL)
            return early('refused', failure.problems.map(input), seconds);
        const outcome = failure instanceof failures/* Cancelled */.cJ ? 'cancelled' : 'refused';
        return early(outcome, finding(failure), seconds, config);
    }
}
function input(problem) {
    return { name: 'input', severity: 'error', ...problem };
}
async function runOnServer(config, request) {
    const { memory, signal } = request;
    const fleet = [await openHost(config, request)];
    const heartbeats = fleet.map(startHeartbeat);
    try {
        if (memory.left !== null)
            return await recover(fleet, memory.left.outcome, signal);
        if (config.command === 'plan')
            return await runPlan(fleet, config, request);
        if (config.command === 'deploy' && config.source === 'push')
            return await deploy(fleet, signal, pushProcedure(await sourceOf(config, request)));
        return await run_commandOf(config)(fleet, signal);
    }
    finally {
        for (const stop of heartbeats)
            stop();
        for (const host of fleet)
            await host.close();
    }
}
/** What reads the checkout is loaded where it is needed. */
async function sourceOf({ directory }, { environment }) {
    const { openSource } = await Promise.all(/* import() */[__webpack_require__.e(745), __webpack_require__.e(439)]).then(__webpack_require__.bind(__webpack_require__, 98439));
    return openSource(environment.workspace, directory);
}
/** What reads migrations is loaded where it is needed. */
async function runPlan(fleet, config, request) {
    const { environment, log, signal } = request;
    const { readInCheckout } = await Promise.all(/* import() */[__webpack_require__.e(341), __webpack_require__.e(271), __webpack_require__.e(745), __webpack_require__.e(801), __webpack_require__.e(520)]).then(__webpack_require__.bind(__webpack_require__, 82520));
    const { directory, namespaces } = config;
    const everyNamespace = namespaces === 'all';
    const read = readInCheckout(environment.workspace, directory, everyNamespace, () => log.seconds);
    const source = config.source === 'push' ? await sourceOf(config, request) : null;
    return plan_plan(fleet, signal, planSteps(read, source));
}
function run_commandOf({ command }) {
    const others = { adopt: adopt, doctor: doctor, verify: verify_verify, releases: releases, rollback: rollback };
    return command in others ? others[command] : deploy;
}
async function openHost(given, request) {
    const config = { ...given, ...placesOf(given) };
    const { log, mask, memory, signal, environment } = request;
    const name = run_nameOf(config);
    const { actor, url } = environment.started;
    const fresh = { ...(0,plan_journal/* blank */.hQ)((0,external_node_crypto_.randomUUID)()), started: { actor, run: url } };
    const journal = memory.left?.journals[name] ?? fresh;
    const { login } = await Promise.all(/* import() */[__webpack_require__.e(487), __webpack_require__.e(576)]).then(__webpack_require__.bind(__webpack_require__, 12576));
    const loggingIn = login(config, log, journal.id, signal);
    // It is read while the server answers.
    const driver = Promise.all(/* import() */[__webpack_require__.e(588), __webpack_require__.e(427)]).then(__webpack_require__.bind(__webpack_require__, 95427));
    const server = await loggingIn;
    const keep = (now) => {
        memory.keep(name, now);
    };
    const save = async (now) => {
        keep(now);
        await keepJournal(server, now);
    };
    const book = new plan_journal/* JournalBook */.Ld(journal, save, keep);
    const closed = async (failure) => {
        // A connection that is left open would keep this process alive.
        await server[Symbol.asyncDispose]();
        throw failure;
    };
    const branch = await branchFor(config, server, signal).catch(closed);
    const host = new Host({
        config: { ...config, branch },
        server: underLock(server, book),
        ...{ log, mask, journal: book },
        run: contextOf(environment),
        strategy: (place) => strategyOf(config, place),
        workspace: { pack: async (paths) => packed(config, environment, paths) },
        logIn: async (to, until) => {
            const { logIn } = await driver;
            return logIn(to, async (address) => server.open(address, until), until);
        },
        unsettled: serviceFor(config),
    });
    if (memory.left !== null || !locksFirst(config))
        await run_settle(host, signal).catch(closed);
    return host;
}
/** The first round of these takes the lock, and asks the server on its way. */
function locksFirst({ command }) {
    return command === 'deploy' || command === 'rollback';
}
async function run_settle(host, signal) {
    const { first } = await (0,round/* query */.P)(host.server, { first: host.firstQuestion }, signal);
    host.settle(first);
}
/** What packs files is loaded where it is needed. */
async function packed({ directory }, { workspace }, paths) {
    const { openWorkspace } = await __webpack_require__.e(/* import() */ 735).then(__webpack_require__.bind(__webpack_require__, 52735));
    return openWorkspace(workspace, directory).pack(paths);
}
function strategyOf(config, place) {
    const { strategy } = config;
    return strategy === 'releases'
        ? releaseDirectories({ ...config, strategy }, place)
        : inPlace(place);
}
/** A run of a tag belongs to no branch, unless its workflow names one. */
function withTag(config, { tag }) {
    return tag !== null && config.branch === tag ? { ...config, tag } : config;
}
/** The branch that a tag is on, which only the repository knows. */
async function branchFor(config, server, signal) {
    if (config.tag === null)
        return config.branch;
    return branchOf(server, config.clone, config.remote, signal);
}
/** Input fpm-service, where it leaves the choice to us; `auto` still where nothing could be found. */
function serviceFor({ 'fpm-service': wish, path }) {
    if (wish !== 'auto')
        return null;
    const read = (answer) => ({
        'fpm-service': readService(answer) ?? wish,
    });
    return { question: askService(path), read };
}
function contextOf({ started }) {
    return {
        ...started,
        nonce: newNonce(),
        now: () => new Date().toISOString(),
        pause: async (milliseconds, signal) => {
            await (0,promises_.setTimeout)(milliseconds, undefined, { signal });
        },
    };
}
function newNonce() {
    return `@${(0,external_node_crypto_.randomUUID)()}@`;
}
/** A report for what failed before there was a server to speak of. */
function early(outcome, findings, seconds, config) {
    return {
        outcome,
        command: config?.command ?? '',
        commit: config?.commit ?? '',
        hosts: config === undefined ? [] : [notReached(config)],
        migrations: [],
        batch: null,
        columns: [],
        findings,
        unverified: [],
        ready: [],
        rollbackNotes: [],
        visitors: null,
        roundTrips: 0,
        seconds,
    };
}
function run_nameOf({ target }) {
    return `${target.user}@${target.host}:${target.port}`;
}
function notReached(config) {
    const [server, path] = [run_nameOf(config), config.base];
    return { server, path, previousCommit: '', steps: [], undone: [] };
}


/***/ }),

/***/ 81355:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ compareColumns)
/* harmony export */ });
/* harmony import */ var _rules_all_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(61039);
/* harmony import */ var _words_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(99098);


/** The expected columns and what was found, in words. */
function compareColumns(expectation, found, match = 'exact') {
    return expectation.columns.map((wanted) => {
        const reported = { name: wanted.name, expected: expectedWords(wanted) };
        if (found === 'absent')
            return { ...reported, actual: 'table missing', ok: false };
        if (found === 'not visible')
            return { ...reported, actual: found, ok: false };
        const column = (0,_words_js__WEBPACK_IMPORTED_MODULE_1__/* .columnNamed */ .c1)(found, wanted.name);
        const given = { expectation, table: found, match };
        const ok = !_rules_all_js__WEBPACK_IMPORTED_MODULE_0__/* .everyRule */ .A
            .flatMap((rule) => rule.judge(given))
            .some((verdict) => verdict.column === wanted.name && verdict.severity === 'error');
        return { ...reported, actual: column === undefined ? 'missing' : (0,_words_js__WEBPACK_IMPORTED_MODULE_1__/* .describeColumn */ ["in"])(column), ok };
    });
}
function expectedWords({ type, default: fallback }) {
    return `${type} not null${fallback === 'none' ? '' : ` default ${fallback}`}`;
}


/***/ }),

/***/ 69122:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ DatabaseRefused),
/* harmony export */   f: () => (/* binding */ placeWords)
/* harmony export */ });
/** A place as servers write it: `shop.ci_sessions`. */
function placeWords({ database, table }) {
    return `${database}.${table}`;
}
/** Why the database did not let us in or did not answer. `code` is the server's number, 0 when there was none. */
class DatabaseRefused extends Error {
    name = 'DatabaseRefused';
    login;
    code;
    constructor(login, code, problem, cause) {
        super(problem, { cause });
        this.login = login;
        this.code = code;
    }
}


/***/ }),

/***/ 16560:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ SQL_NULL),
/* harmony export */   v: () => (/* binding */ normalDefault)
/* harmony export */ });
/** What stands in `raw` where the server has SQL NULL: MariaDB's own word `NULL` means something else. */
const SQL_NULL = '(SQL NULL)';
const now = /^(?:current_timestamp|now|localtimestamp|localtime)(?:\s*\(\s*(\d*)\s*\))?$/i;
/** The default of a column in the one form of `Column.default` (MariaDB quotes literals, MySQL flags expressions in EXTRA). */
function normalDefault(from, row) {
    const raw = row.fallback;
    const reported = from.defaults === 'quoted' ? quoted(raw) : bare(row);
    return { raw: raw ?? SQL_NULL, normal: reported };
}
function quoted(raw) {
    if (raw === null)
        return 'none';
    if (raw.toUpperCase() === 'NULL')
        return 'null';
    if (raw.startsWith("'") && raw.endsWith("'"))
        return literal(unescaped(raw.slice(1, -1)));
    if (/^-?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(raw))
        return literal(raw);
    return moment(raw) ?? bits(raw) ?? `(${raw})`;
}
/** MySQL has no word for `DEFAULT NULL`: a nullable column without one has it anyway. */
function bare({ fallback: raw, nullable, type, extra }) {
    if (raw === null)
        return nullable.toUpperCase() === 'YES' ? 'null' : 'none';
    const generated = /default_generated/i.test(extra ?? '');
    const temporal = /^(timestamp|datetime)/i.test(type);
    if (generated || temporal) {
        const reported = moment(raw);
        if (reported !== null)
            return reported;
    }
    if (generated)
        return `(${raw})`;
    return (/^bit/i.test(type) ? bits(raw) : null) ?? literal(raw);
}
function moment(raw) {
    const found = now.exec(raw);
    if (found === null)
        return null;
    const precision = Number(found[1] ?? 0);
    return precision === 0 ? 'now' : `now(${precision})`;
}
function bits(raw) {
    return /^b'[01]*'$/i.test(raw) ? raw.toLowerCase() : null;
}
function literal(value) {
    return `'${value.replaceAll("'", "''")}'`;
}
const escapes = {
    '0': '\0',
    b: '\b',
    n: '\n',
    r: '\r',
    t: '\t',
    Z: '\x1a',
};
function unescaped(inside) {
    return inside.replaceAll(/''|\\(.)/gs, (pair, after) => after === undefined ? "'" : (escapes[after] ?? after));
}


/***/ }),

/***/ 20227:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ tableElsewhere),
/* harmony export */   g: () => (/* binding */ prefixed)
/* harmony export */ });
/* harmony import */ var _remedy_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(35251);
/* harmony import */ var _finding_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(52018);
/* harmony import */ var _migration_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(11039);
/* harmony import */ var _remedy_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(91335);
/* harmony import */ var _words_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(99098);





/**
 * Where a missing table may be instead: under its name in another case, or in another database. Said beside
 * `table-missing`, as the likely cause of it.
 *
 * @param database the database in which the table is missing
 * @param like answer of `Database.namesLike` for it; what this user may not see is not in there, so none is no proof
 */
function tableElsewhere({ table }, database, like) {
    const cased = like.filter((place) => place.database === database && place.table !== table);
    const others = like.filter((place) => place.database !== database && place.table === table);
    return [
        ...cased.map((place) => inOtherCase(table, place.table)),
        ...(others.length === 0 ? [] : [inOtherDatabase(table, database, others)]),
    ];
}
function inOtherCase(table, found) {
    const rename = `RENAME TABLE ${(0,_remedy_js__WEBPACK_IMPORTED_MODULE_4__/* .quoted */ .TL)(found)} TO ${(0,_remedy_js__WEBPACK_IMPORTED_MODULE_4__/* .quoted */ .TL)(table)};`;
    return {
        name: 'table-name-case',
        severity: 'error',
        message: `There is a table ${found}, but the session handler asks for ${table}, and this server tells names apart by case (lower_case_table_names is 0). On a Mac or on Windows, where it does not, the same code works.`,
        remedies: (0,_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .remedies */ .JW)((0,_remedy_js__WEBPACK_IMPORTED_MODULE_0__/* .inDatabase */ .jG)('', rename), (0,_migration_js__WEBPACK_IMPORTED_MODULE_2__/* .commitMigration */ .Q)(table, [rename])),
    };
}
function inOtherDatabase(table, database, others) {
    const names = (0,_words_js__WEBPACK_IMPORTED_MODULE_3__/* .listed */ .KE)(others.map((place) => place.database));
    return {
        name: 'table-in-other-schema',
        severity: 'warning',
        message: `There is a ${table} in ${names}, but the session handler asks for it in ${database}. The migration ran on another connection than the handler's ($DBGroup of the migration, DBGroup of the session configuration, or another .env). Or it belongs to another application.`,
        remedies: (0,_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .remedies */ .JW)('Give the migration ($DBGroup) and the session configuration (DBGroup) the same connection.'),
    };
}
/** The query builder leaves a name alone that begins with the prefix, Forge does not: the two then mean different tables. */
function prefixed({ session, sessionDatabase: { prefix }, }) {
    if (session.table === session.forgeTable || session.forgeTable === null)
        return [];
    return [
        {
            name: 'prefix-doubled',
            severity: 'error',
            message: `A migration creates ${session.forgeTable}, but the session handler reads ${session.table ?? ''}: the name already begins with the prefix ${prefix}.`,
            remedies: (0,_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .remedies */ .JW)(`Give the session table a name that does not begin with ${prefix}.`),
        },
    ];
}


/***/ }),

/***/ 26587:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ expected)
/* harmony export */ });
/**
 * What the handler of this configuration needs (user guide of CodeIgniter 4, and what its own generator makes since 4.1.5).
 * @throws TypeError when the sessions are not kept in a table
 */
function expected(session) {
    if (session.table === null)
        throw new TypeError(`${session.driver} keeps no session table`);
    return {
        table: session.table,
        columns,
        primaryKey: session.matchIP ? ['id', 'ip_address'] : ['id'],
        matchIP: session.matchIP,
        idLength: session.cookieName.length + 1 + 32,
    };
}
const columns = [
    {
        name: 'id',
        type: 'varchar(128)',
        default: 'none',
        sql: 'VARCHAR(128) NOT NULL',
        tolerates: (type) => holds(type, 128),
    },
    {
        name: 'ip_address',
        type: 'varchar(45)',
        default: 'none',
        sql: 'VARCHAR(45) NOT NULL',
        tolerates: (type) => holds(type, 45),
    },
    {
        name: 'timestamp',
        type: 'timestamp',
        default: 'now',
        sql: 'TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP',
        tolerates: (type) => {
            if (/^timestamp\(\d\)$/.test(type))
                return 'fractions of a second do no harm';
            if (!/^datetime(\(\d\))?$/.test(type))
                return null;
            return "the handler writes and compares the server's own time; around a change of daylight saving time sessions live an hour more or less";
        },
    },
    {
        name: 'data',
        type: 'blob',
        default: 'none',
        sql: 'BLOB NOT NULL',
        tolerates: (type) => (/^(medium|long)blob$/.test(type) ? 'it holds more' : null),
    },
];
function holds(type, length) {
    // BINARY is no such type: it fills up with zero bytes, and an id is never found again.
    const found = /^(?:char|varchar|varbinary)\((\d+)\)$/.exec(type);
    return found !== null && Number(found[1]) >= length ? 'every value fits' : null;
}


/***/ }),

/***/ 61872:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CV: () => (/* binding */ tableNotVisible),
/* harmony export */   d2: () => (/* binding */ tableMissing),
/* harmony export */   sP: () => (/* binding */ judgeTable)
/* harmony export */ });
/* harmony import */ var _finding_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(52018);
/* harmony import */ var _migration_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(11039);
/* harmony import */ var _remedy_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(35251);
/* harmony import */ var _remedy_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(91335);
/* harmony import */ var _rules_all_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(61039);
/* harmony import */ var _words_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(99098);






const order = { error: 0, warning: 1, notice: 2 };
/**
 * Compares a table with what the application needs; worst first, no error means right.
 * One ALTER TABLE puts right all errors and warnings; the first finding has it, the others say so.
 * `placeOf` knows where a table that was read from migrations was written down.
 */
function judgeTable(expectation, table, match, placeOf = () => undefined) {
    if (table.kind === 'view')
        return [tableIsView(expectation)];
    const given = { expectation, table, match };
    const verdicts = _rules_all_js__WEBPACK_IMPORTED_MODULE_3__/* .everyRule */ .A
        .flatMap((rule) => rule.judge(given).map((verdict) => ({ ...verdict, name: rule.name })))
        .toSorted((a, b) => order[a.severity] - order[b.severity]);
    const carrier = verdicts.find(repairs);
    const repair = remedy(given, verdicts);
    return verdicts.map((verdict) => {
        const { name, severity, message } = verdict;
        const at = placeOf(verdict);
        const reported = { name, severity, message, ...(at === undefined ? {} : { at }) };
        if (verdict === carrier)
            return { ...reported, ...pasted(table.name, repair) };
        if (!repairs(verdict) || carrier === undefined)
            return reported;
        return { ...reported, remedies: (0,_finding_js__WEBPACK_IMPORTED_MODULE_0__/* .remedies */ .JW)(`Part of the remedy of ${carrier.name}.`) };
    });
}
function repairs({ severity, fix, clauses, before }) {
    return severity !== 'notice' && [fix, clauses, before].some((part) => part !== undefined);
}
/** Whether so little of the table is there that altering it keeps no session. */
function needsRebuild(given) {
    const absent = given.expectation.columns.filter(({ name }) => (0,_words_js__WEBPACK_IMPORTED_MODULE_4__/* .columnNamed */ .c1)(given.table, name) === undefined);
    return absent.length > 1 || absent.some(({ name }) => name === 'id');
}
const fixes = ['recreate', 'modify', 'add'];
function remedy(given, verdicts) {
    const { expectation, table } = given;
    if (needsRebuild(given))
        return (0,_remedy_js__WEBPACK_IMPORTED_MODULE_5__/* .replace */ .HC)(expectation);
    const wrong = verdicts.filter(repairs);
    const clauses = wrong.flatMap((verdict) => verdict.clauses ?? []);
    const gone = table.indexes.filter((index) => clauses.includes((0,_remedy_js__WEBPACK_IMPORTED_MODULE_5__/* .dropped */ .p)(index)));
    const columns = expectation.columns.flatMap((column) => {
        const about = wrong.filter((verdict) => verdict.column === column.name);
        const how = fixes.find((fix) => about.some((verdict) => verdict.fix === fix));
        const names = gone.map(({ name }) => name);
        return how === undefined ? [] : (0,_remedy_js__WEBPACK_IMPORTED_MODULE_5__/* .fixed */ .Zu)(table, column, how, names);
    });
    const parts = [...columns, ...clauses];
    return [
        ...wrong.flatMap(({ before }) => before ?? []),
        ...(parts.length === 0 ? [] : [(0,_remedy_js__WEBPACK_IMPORTED_MODULE_5__/* .alter */ .hN)(table.name, parts)]),
    ];
}
/** Statements as the two things to do with them: paste them, or commit them as a migration. */
function pasted(table, statements) {
    return { remedies: (0,_finding_js__WEBPACK_IMPORTED_MODULE_0__/* .remedies */ .JW)((0,_remedy_js__WEBPACK_IMPORTED_MODULE_2__/* .inDatabase */ .jG)('', ...statements), (0,_migration_js__WEBPACK_IMPORTED_MODULE_1__/* .commitMigration */ .Q)(table, statements)) };
}
function tableIsView(expectation) {
    return {
        name: 'table-is-view',
        severity: 'error',
        message: `${expectation.table} is a view, not a table: it has no keys of its own, and what it shows can change without a migration. Sessions need a table.`,
        ...pasted(expectation.table, (0,_remedy_js__WEBPACK_IMPORTED_MODULE_5__/* .replace */ .HC)(expectation)),
    };
}
/**
 * The table is not there. `ledgerSaysItRan`: the migration that creates it has a row in the ledger, so that running
 * migrations again makes nothing.
 */
function tableMissing(expectation, ledgerSaysItRan) {
    const { table } = expectation;
    const effect = 'Every request that uses the session fails with HTTP 500.';
    if (!ledgerSaysItRan) {
        return {
            name: 'table-missing',
            severity: 'error',
            message: `There is no table ${table}, and no migration that ran would have made it. ${effect}`,
            remedies: (0,_finding_js__WEBPACK_IMPORTED_MODULE_0__/* .remedies */ .JW)((0,_migration_js__WEBPACK_IMPORTED_MODULE_1__/* .commitMigration */ .Q)(table, [(0,_remedy_js__WEBPACK_IMPORTED_MODULE_5__/* .create */ .vt)(expectation)]), (0,_remedy_js__WEBPACK_IMPORTED_MODULE_2__/* .inDatabase */ .jG)('Create the table', (0,_remedy_js__WEBPACK_IMPORTED_MODULE_5__/* .create */ .vt)(expectation))),
        };
    }
    return {
        name: 'table-missing',
        severity: 'error',
        message: `There is no table ${table}, although the ledger says that its migration ran. It was dropped later, or made under another name or prefix, or in another database. ${effect} Another migrate does nothing, as it is recorded already. migrate:refresh is no way out: it rolls every migration back, and so drops every table of the application with all that is in it.`,
        ...pasted(table, [(0,_remedy_js__WEBPACK_IMPORTED_MODULE_5__/* .create */ .vt)(expectation)]),
    };
}
/** The user we log in as may not read the table, or not all of it. So nothing can be said about it, neither right nor wrong. */
function tableNotVisible({ table }) {
    return {
        name: 'table-not-visible',
        severity: 'error',
        message: `The database does not let this user read ${table}, so that it could not be checked. To such a user the server does not say whether it exists.`,
        remedies: (0,_finding_js__WEBPACK_IMPORTED_MODULE_0__/* .remedies */ .JW)((0,_remedy_js__WEBPACK_IMPORTED_MODULE_2__/* .inDatabase */ .jG)(`As an administrator, let the application's user read and write ${(0,_remedy_js__WEBPACK_IMPORTED_MODULE_5__/* .quoted */ .TL)(table)}: GRANT SELECT, INSERT, UPDATE, DELETE.`), (0,_remedy_js__WEBPACK_IMPORTED_MODULE_2__/* .inInputs */ .ht)('Set db-user and db-password to a login that may.')),
    };
}


/***/ }),

/***/ 68136:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ judgeMigrated)
/* harmony export */ });
/* harmony import */ var _remedy_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(35251);
/* harmony import */ var _app_ledger_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(70386);
/* harmony import */ var _finding_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(52018);



/**
 * Compares what ran with what had to run. `php spark migrate` ends with 0 when it fails, so its status and texts can
 * prove failure, not success.
 * @param rows what the ledger has got
 * @param fault what spark itself said went wrong
 */
function judgeMigrated(due, rows, fault) {
    const done = new Set(rows.map((row) => (0,_app_ledger_js__WEBPACK_IMPORTED_MODULE_2__/* .key */ .Eb)(row.version, row.class)));
    const left = due.filter((migration) => !done.has((0,_app_ledger_js__WEBPACK_IMPORTED_MODULE_2__/* .key */ .Eb)(migration.version, migration.class)));
    const wanted = new Set(due.map((migration) => (0,_app_ledger_js__WEBPACK_IMPORTED_MODULE_2__/* .key */ .Eb)(migration.version, migration.class)));
    const surplus = rows.filter((row) => !wanted.has((0,_app_ledger_js__WEBPACK_IMPORTED_MODULE_2__/* .key */ .Eb)(row.version, row.class)));
    const findings = [];
    if (fault !== null)
        findings.push(failed(left[0] ?? due[0], fault));
    else if (left.length > 0)
        findings.push(silent(left));
    if (surplus.length > 0)
        findings.push(unexpected(surplus));
    return findings;
}
function failed(migration, fault) {
    const inMigration = fault.at?.file.includes('Database/Migrations/') === true ? fault.at : null;
    const at = inMigration ?? (migration ? { file: migration.path, line: migration.line } : null);
    const where = at === null ? '' : ` (${at.file}:${at.line})`;
    return {
        name: 'migration-failed',
        severity: 'error',
        message: `The migration ${migration?.class ?? ''} failed: ${fault.message}${where}`,
        remedies: (0,_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .remedies */ .JW)((0,_remedy_js__WEBPACK_IMPORTED_MODULE_0__/* .inRepository */ .yJ)('Correct the migration and push again.')),
        ...(at === null ? {} : { at }),
    };
}
function silent(left) {
    const [first] = left;
    return {
        name: 'migration-not-run',
        severity: 'error',
        message: `php spark migrate said nothing was wrong, but the ledger has no row for: ${left.map((one) => one.class).join(', ')}.`,
        remedies: (0,_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .remedies */ .JW)((0,_remedy_js__WEBPACK_IMPORTED_MODULE_0__/* .inRepository */ .yJ)('See whether app/Config/Migrations.php enables migrations', 'public $enabled = true;')),
        ...(first ? { at: { file: first.path, line: first.line } } : {}),
    };
}
function unexpected(surplus) {
    return {
        name: 'migration-unexpected',
        severity: 'error',
        message: `The ledger got rows that are not of this commit: ${surplus.map((row) => row.class).join(', ')}. Somebody else migrated at the same time.`,
        remedies: (0,_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .remedies */ .JW)('Run the deploy again when the other one is over.'),
    };
}


/***/ }),

/***/ 11039:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ commitMigration),
/* harmony export */   w: () => (/* binding */ commitFile)
/* harmony export */ });
/* harmony import */ var _remedy_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(35251);

/**
 * Commits statements as a migration of CodeIgniter. It runs on 4.1 and newer.
 *
 * A failing statement is thrown, because with DBDebug off the framework would record the migration as done (seen on 4.1.3 to 4.7.2).
 * The rollback is empty: the old shape is the one that broke the sessions, and dropping the table would end them all.
 *
 * @param table the table they are about, after which the class is named
 * @param statements SQL, each with its semicolon, in the order to run them
 */
function commitMigration(table, statements) {
    const name = className(table);
    return commitFile(name, written(name, statements));
}
/** Commits a file of a migration, dated now. */
function commitFile(name, php) {
    const file = `"app/Database/Migrations/$(date -u +%Y-%m-%d-%H%M%S)_${name}.php"`;
    const lines = (0,_remedy_js__WEBPACK_IMPORTED_MODULE_0__/* .inClone */ .Jv)('Commit a migration that does it', `cat >${file} <<'PHP'\n${php}PHP`, 'git add app/Database/Migrations', `git commit -m ${name} && git push`);
    return { ...lines, long: true };
}
function written(name, statements) {
    return `<?php

namespace App\\Database\\Migrations;

use CodeIgniter\\Database\\Migration;

class ${name} extends Migration
{
    // If the sessions have a DBGroup of their own, name it here:
    // protected $DBGroup = '...';

    public function up()
    {
${statements.map((sql) => `        $this->must(${literal(sql.replace(/;$/, ''))});`).join('\n')}
    }

    public function down()
    {
        // Empty on purpose: the old shape of the table is the one that broke the sessions.
    }

    private function must(string $sql): void
    {
        // With DBDebug off a query that fails is only false, and the migration would count as done.
        if ($this->db->query($sql) === false) {
            throw new \\RuntimeException($this->db->error()['message']);
        }
    }
}
`;
}
/** `app_ci_sessions` makes `FixAppCiSessions`. */
function className(table) {
    const words = table.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
    return `Fix${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}`;
}
function literal(text) {
    return `'${text.replace(/[\\']/g, '\\$&')}'`;
}


/***/ }),

/***/ 91335:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ef: () => (/* binding */ WHOLE),
/* harmony export */   HC: () => (/* binding */ replace),
/* harmony export */   TL: () => (/* binding */ quoted),
/* harmony export */   Zu: () => (/* binding */ fixed),
/* harmony export */   as: () => (/* binding */ keyList),
/* harmony export */   hN: () => (/* binding */ alter),
/* harmony export */   p: () => (/* binding */ dropped),
/* harmony export */   vt: () => (/* binding */ create)
/* harmony export */ });
/** A name as MySQL and MariaDB read it whatever it holds. */
function quoted(name) {
    return `\`${name.replaceAll('`', '``')}\``;
}
/** Gives up partitions. The grammar wants it last and without a comma, whatever else an ALTER TABLE does. */
const WHOLE = 'REMOVE PARTITIONING';
/** One ALTER TABLE: every ALTER of its own would rebuild the table again, and two leave it without a primary key between them. */
function alter(table, clauses) {
    const all = [...new Set(clauses)];
    const parts = all.filter((clause) => clause !== WHOLE).map((clause) => `\n  ${clause}`);
    const last = all.includes(WHOLE) ? `\n  ${WHOLE}` : '';
    return `ALTER TABLE ${quoted(table)}${parts.join(',')}${last};`;
}
/**
 * Parts of an ALTER TABLE for one column. A column opened again gives all rows its default: numbers in place of dates
 * cannot be kept, but dated now nobody is logged out. Its indexes go first, because servers would carry them over to
 * the new column with the length of the old one (error 1089). Those named in `gone` do not come back.
 */
function fixed(table, { name, sql }, how, gone = []) {
    const column = quoted(name);
    if (how === 'modify')
        return [`MODIFY ${column} ${sql}`];
    if (how === 'add')
        return [`ADD COLUMN ${column} ${sql}`];
    const own = table.indexes.filter(({ parts }) => parts.some((part) => part.column === name));
    return [
        ...own.map(dropped),
        `DROP COLUMN ${column}`,
        `ADD COLUMN ${column} ${sql}`,
        ...own.filter((index) => index.parts.length > 1 && !gone.includes(index.name)).map(added),
        ...(name === 'timestamp' ? [`ADD INDEX (${column})`] : []),
    ];
}
/** The part of an ALTER TABLE that takes an index away. */
function dropped({ name }) {
    return `DROP INDEX ${quoted(name)}`;
}
function added({ name, unique, parts }) {
    const columns = parts.map(({ column, length }) => length === null ? quoted(column) : `${quoted(column)}(${length})`);
    return `ADD ${unique ? 'UNIQUE ' : ''}INDEX ${quoted(name)} (${columns.join(', ')})`;
}
/** The whole table as expected, primary key inside: servers with sql_require_primary_key refuse it otherwise. */
function create({ table, columns, primaryKey }) {
    const lines = [
        ...columns.map(({ name, sql }) => `${quoted(name)} ${sql}`),
        `PRIMARY KEY (${keyList(primaryKey)})`,
        `KEY ${quoted('timestamp')} (${quoted('timestamp')})`,
    ];
    return `CREATE TABLE ${quoted(table)} (${lines.map((line) => `\n  ${line}`).join(',')}\n);`;
}
/** Another table in its place; the old one stays under another name. */
function replace(expectation) {
    const old = `${expectation.table.slice(0, 57)}_before`;
    return [`RENAME TABLE ${quoted(expectation.table)} TO ${quoted(old)};`, create(expectation)];
}
/** Columns of a key, to stand in parentheses. */
function keyList(columns) {
    return columns.map(quoted).join(', ');
}


/***/ }),

/***/ 61039:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  A: () => (/* binding */ everyRule)
});

// UNUSED EXPORTS: ruleEntries

;// CONCATENATED MODULE: ./src/findings/entry.ts
/** An entry, of a type that knows its severities. */
function of(what, fix, ...severity) {
    return { what, fix, severity };
}

// EXTERNAL MODULE: ./src/schema/words.ts
var schema_words = __webpack_require__(99098);
;// CONCATENATED MODULE: ./src/schema/rule.ts
/** A rule: its name, its line of the page of findings, and how it judges a table. */
function defineRule(name, entry, judge) {
    return { name, entry, judge };
}

;// CONCATENATED MODULE: ./src/schema/rules/columns.ts


/** A rule that looks at each expected column that is there. */
function each(name, entry, judge) {
    return defineRule(name, entry, (given) => given.expectation.columns.flatMap((wanted) => {
        const found = (0,schema_words/* columnNamed */.c1)(given.table, wanted.name);
        const verdict = found === undefined ? null : judge(wanted, found, given);
        return verdict === null ? [] : [{ ...verdict, column: wanted.name }];
    }));
}
/** A column as a message names it. */
function place(given, column) {
    return `${given.table.name}.${column}`;
}
/** Accepted with `compatible`, an error with `exact`; the message says both. */
function accepted(given, problem, why) {
    return given.match === 'compatible'
        ? {
            severity: 'notice',
            message: `${problem}: accepted (session-table-match: compatible), ${why}.`,
        }
        : {
            severity: 'error',
            message: `${problem}. It would work (${why}): session-table-match: compatible accepts it.`,
            fix: 'modify',
        };
}

;// CONCATENATED MODULE: ./src/schema/rules/column-default.ts



/** The handler always writes a value, so another default does no harm by itself. */
const columnDefault = each('column-default', of('a column has another default, or none', 'lines', 'error', 'notice'), (wanted, found, given) => {
    const { normal } = found.default;
    // A nullable column without a default has NULL: `column-nullable` says what there is to say.
    if (normal === wanted.default || (normal === 'null' && wanted.default === 'none'))
        return null;
    if (given.match === 'compatible' && normal.startsWith('now('))
        return null;
    const words = normal === 'none' ? 'has no default' : `has the default ${(0,schema_words/* describeValue */.bp)(found.default)}`;
    const wish = wanted.default === 'none' ? 'none' : 'CURRENT_TIMESTAMP';
    const problem = `${place(given, wanted.name)} ${words}, expected ${wish}`;
    return accepted(given, problem, 'the handler always writes a value');
});

;// CONCATENATED MODULE: ./src/schema/rules/column-generated.ts



/** The handler writes every column, and a server refuses that for one it computes. */
const columnGenerated = each('column-generated', of('a column is computed by the server', 'lines', 'error', 'notice'), (wanted, found, given) => {
    if (!found.extra.normal.includes('generated'))
        return null;
    return {
        severity: 'error',
        message: `${place(given, wanted.name)} is computed by the server (${(0,schema_words/* describeColumn */["in"])(found)}): the handler writes it, and every write fails with HTTP 500.`,
        fix: 'recreate',
    };
});

;// CONCATENATED MODULE: ./src/schema/rules/column-invisible.ts


/** Tried on all servers with id, timestamp and data: the handler names its columns, so it reads and writes hidden ones. */
const columnInvisible = each('column-invisible', of('a column is invisible to `SELECT *`', 'lines', 'warning', 'notice'), (wanted, found, given) => {
    if (!found.extra.normal.includes('invisible'))
        return null;
    return {
        severity: given.match === 'compatible' ? 'notice' : 'warning',
        message: `${place(given, wanted.name)} is invisible: SELECT * leaves it out, and so would a copy of the sessions made that way. The handler names its columns and works.`,
        fix: 'modify',
    };
});

;// CONCATENATED MODULE: ./src/schema/rules/column-missing.ts




/** The handler names its columns in every query. */
const columnMissing = defineRule('column-missing', of('a column that the handler needs is not there', 'lines', 'error', 'notice'), (given) => given.expectation.columns
    .filter((wanted) => (0,schema_words/* columnNamed */.c1)(given.table, wanted.name) === undefined)
    .map((wanted) => ({
    severity: 'error',
    column: wanted.name,
    message: `${place(given, wanted.name)} is missing (${wanted.type}): the handler uses it in every request with a session, which fails with HTTP 500 (Unknown column).`,
    fix: 'add',
})));

;// CONCATENATED MODULE: ./src/schema/rules/column-nullable.ts


/** NULL is allowed where the handler always writes a value; a primary key admits none. */
const columnNullable = each('column-nullable', of('a column allows NULL (a notice with `session-table-match: compatible`)', 'lines', 'error', 'notice'), (wanted, found, given) => {
    if (!found.nullable)
        return null;
    const problem = `${place(given, wanted.name)} may be NULL`;
    if (!given.expectation.primaryKey.includes(wanted.name)) {
        return accepted(given, problem, 'the handler always writes a value');
    }
    return {
        severity: 'error',
        message: `${problem}, but it belongs to the primary key, which admits no NULL.`,
        fix: 'modify',
    };
});

;// CONCATENATED MODULE: ./src/schema/rules/column-on-update.ts



/** Servers before explicit_defaults_for_timestamp add it to the first TIMESTAMP without a default. */
const columnOnUpdate = each('column-on-update', of('a column changes by itself with every write', 'lines', 'warning', 'notice'), (wanted, found, given) => {
    if (!found.extra.normal.includes('on update'))
        return null;
    return {
        severity: given.match === 'compatible' ? 'notice' : 'warning',
        message: `${place(given, wanted.name)} changes by itself on every update (${(0,schema_words/* describeValue */.bp)(found.extra)}). It does no harm: the handler sets it anyway. Old servers add it to a TIMESTAMP without a default.`,
        fix: 'modify',
    };
});

// EXTERNAL MODULE: ./src/schema/remedy.ts
var remedy = __webpack_require__(91335);
;// CONCATENATED MODULE: ./src/schema/rules/keys.ts


/** The parts of a key as a message names them. */
function partWords({ parts }) {
    return parts
        .map(({ column, length }) => (length === null ? column : `${column}(${length})`))
        .join(', ');
}
/** The column of a primary key that MySQL 8 adds by itself (sql_generate_invisible_primary_key). */
function generatedKey({ table }) {
    const [part, ...more] = table.primaryKey?.parts ?? [];
    if (part === undefined || more.length > 0)
        return undefined;
    const column = (0,schema_words/* columnNamed */.c1)(table, part.column);
    const { normal } = column?.extra ?? { normal: '' };
    return /auto_increment.*invisible/.test(normal) ? column : undefined;
}
/** The clause that gives garbage collection its index. */
const indexed = `ADD INDEX (${(0,remedy/* quoted */.TL)('timestamp')})`;
/** Whether a key serves garbage collection, which looks for old timestamps. */
function ledByTimestamp({ parts }) {
    return parts[0]?.column.toLowerCase() === 'timestamp';
}

;// CONCATENATED MODULE: ./src/schema/rules/column-surplus.ts





/** A column of somebody else, which the handler leaves out when it writes. */
const columnSurplus = defineRule('column-surplus', of('a further column that must be filled, or need not', 'lines', 'error', 'notice'), (given) => {
    const ours = new Set(given.expectation.columns.map(({ name }) => name));
    const own = generatedKey(given);
    return given.table.columns
        .filter((column) => !ours.has(column.name.toLowerCase()) && column !== own)
        .map((column) => {
        const place = `${given.table.name}.${column.name} (${(0,schema_words/* describeColumn */["in"])(column)})`;
        return column.nullable || mayBeLeftOut(column)
            ? {
                severity: 'notice',
                message: `${place} is not one of the session handler's columns. It does no harm: the handler leaves it out and the server fills it.`,
            }
            : {
                severity: 'error',
                message: `${place} is not one of the session handler's columns and has no default. The handler leaves it out, and with strictOn every new session fails with HTTP 500.`,
                clauses: [`MODIFY ${(0,remedy/* quoted */.TL)(column.name)} ${column.type.raw} NULL`],
            };
    });
});
/** The handler names its four columns when it writes, so another one is harmless if it can be left out. */
function mayBeLeftOut(column) {
    return column.default.normal !== 'none' || /auto_increment|generated/.test(column.extra.normal);
}

;// CONCATENATED MODULE: ./src/schema/rules/reasons.ts
/** Why a column of this type breaks the application, as measured on CodeIgniter 4.1.9 and 4.7.2. */
function typeReason(column, type, expectation) {
    const reason = reasons[column];
    return reason?.(type, expectation) ?? 'The session handler was not made for it.';
}
const reasons = {
    id: idReason,
    ip_address: (_, { matchIP }) => matchIP
        ? 'An IPv6 address takes up to 45 characters: cut short it is never found again, and with matchIP the visitor is logged out.'
        : 'An IPv6 address takes up to 45 characters: it is cut short, or the write fails with strictOn.',
    timestamp: timestampReason,
    data: dataReason,
};
function idReason(type, { idLength }) {
    if (type.startsWith('binary')) {
        return 'It fills up with zero bytes: an id is never found again, and the second request of every visitor fails with HTTP 500 (Duplicate entry).';
    }
    const length = /^(?:char|varchar|varbinary)\((\d+)\)$/.exec(type);
    if (length === null) {
        return `An id is text of ${idLength} characters here: no visitor would find the session again.`;
    }
    return Number(length[1]) >= idLength
        ? `The ids of today fit (${idLength} characters), longer ones of other versions or cookie names do not.`
        : `An id has ${idLength} characters here (cookie name, colon, 32). Cut short it is never found again: visitors lose their session on every request, or get HTTP 500 (Duplicate entry).`;
}
function timestampReason(type) {
    if (type.startsWith('bigint')) {
        return 'It holds the date as a number like 20260109120000, which garbage collection compares rightly only by accident.';
    }
    if (/^(tiny|small|medium)?int/.test(type)) {
        return 'The date does not fit. The server stores the largest number there is (4294967295), and then every garbage collection deletes all sessions and logs every visitor out. With strictOn every write fails (HTTP 500).';
    }
    return 'The handler writes now() and garbage collection compares with it: sessions would be deleted too early or never.';
}
function dataReason(type) {
    if (type.includes('text')) {
        return 'Session data are bytes, not text: binary values are corrupted silently, or fail with HTTP 500 (Incorrect string value) with strictOn.';
    }
    return 'Longer session data are cut short and the next request fails with HTTP 500 (Failed to decode session object); with strictOn the write fails.';
}

;// CONCATENATED MODULE: ./src/schema/rules/column-type.ts




/** A type that cuts sessions short, or that the handler's words do not fit. */
const columnType = each('column-type', of('a column has another type than the handler needs (a notice with `session-table-match: compatible` where it works)', 'lines', 'error', 'warning', 'notice'), (wanted, found, given) => {
    const { normal } = found.type;
    if (normal === wanted.type)
        return null;
    const problem = `${place(given, wanted.name)} is ${(0,schema_words/* describeValue */.bp)(found.type)}, not ${wanted.type}`;
    const why = wanted.tolerates(normal);
    if (why !== null && wanted.name === 'data' && given.match === 'proposed') {
        return {
            severity: 'notice',
            message: `${problem}: wider than documented, ${why}. A deploy takes it with session-table-match: compatible.`,
        };
    }
    if (why !== null)
        return accepted(given, problem, why);
    return {
        severity: worksByAccident(wanted, normal, given) ? 'warning' : 'error',
        message: `${problem}. ${typeReason(wanted.name, normal, given.expectation)}`,
        fix: dated(wanted, normal) ? 'modify' : 'recreate',
    };
});
/** BIGINT timestamps were seen to work, though nobody meant them to. */
function worksByAccident({ name }, found, { match }) {
    return match === 'compatible' && name === 'timestamp' && found.startsWith('bigint');
}
/** Numbers do not become dates by MODIFY: they turn into 0000-00-00 or an error, on every server from MySQL 5.7 to MariaDB 11.8. */
function dated({ name }, found) {
    return name !== 'timestamp' || /^(timestamp|datetime)/.test(found);
}

;// CONCATENATED MODULE: ./src/schema/rules/primary-key.ts





/** With matchIP the handler looks for id and ip_address, without it for id alone. */
const primaryKey = defineRule('primary-key', of('not `(id)`, or with matchIP not `(id, ip_address)`', 'lines', 'error', 'warning', 'notice'), (given) => {
    const { primaryKey: wanted } = given.expectation;
    const found = given.table.primaryKey;
    if (found !== null && covers(found, wanted))
        return [];
    const problem = `${given.table.name} has ${keyWords(given, found)}, expected (${wanted.join(', ')}) because matchIP is ${String(given.expectation.matchIP)}`;
    return [tolerable(given, problem) ?? wrong(given, problem)];
});
function wrong(given, problem) {
    return {
        severity: 'error',
        message: `${problem}. ${keyReason(given)}`,
        clauses: keyClauses(given),
    };
}
/** What `compatible` lets pass: the same columns in another order, a unique key in its place, one column too many. */
function tolerable(given, problem) {
    if (given.match !== 'compatible')
        return null;
    const { primaryKey: wanted, matchIP } = given.expectation;
    const keys = [given.table.primaryKey, ...given.table.indexes].filter((key) => key !== null);
    const same = keys.some((key) => key.unique && key.visible && covers({ ...key, parts: sorted(key) }, wanted));
    if (same && wanted.every((name) => (0,schema_words/* columnNamed */.c1)(given.table, name)?.nullable === false)) {
        return {
            severity: 'notice',
            message: `${problem}: accepted (session-table-match: compatible).`,
        };
    }
    const both = ['id', 'ip_address'];
    if (!matchIP && given.table.primaryKey !== null && covers(given.table.primaryKey, both)) {
        return {
            severity: 'warning',
            message: `${problem}. It works (session-table-match: compatible), but one id may get several rows.`,
            clauses: keyClauses(given),
        };
    }
    return null;
}
function sorted({ parts }) {
    return parts.toSorted((a, b) => (a.column < b.column ? -1 : 1));
}
function covers({ parts }, wanted) {
    return (parts.length === wanted.length &&
        parts.every((part, at) => part.length === null && part.column.toLowerCase() === wanted[at]));
}
function keyWords(given, key) {
    if (key === null)
        return 'no primary key';
    const own = generatedKey(given) === undefined ? '' : ', which the server made up and hides';
    return `the primary key (${partWords(key)})${own}`;
}
function keyReason(given) {
    const { expectation, table } = given;
    const found = (table.primaryKey?.parts ?? []).map(({ column }) => column.toLowerCase());
    if (generatedKey(given) !== undefined || found.length === 0) {
        return 'Each request reads the whole table, and two first requests of one visitor make two rows.';
    }
    if (expectation.matchIP && !found.includes('ip_address')) {
        return 'With matchIP a visitor whose address changes gets a second row: Duplicate entry, HTTP 500.';
    }
    if (!found.includes('id')) {
        return 'The second visitor with the same value gets HTTP 500 (Duplicate entry).';
    }
    return 'One id may get several rows, ids may be taken for one another, or be found only by reading the whole table. If the server answers Duplicate entry to the remedy, delete the older rows of that id first.';
}
function keyClauses(given) {
    const add = `ADD PRIMARY KEY (${(0,remedy/* keyList */.as)(given.expectation.primaryKey)})`;
    const own = generatedKey(given);
    if (own !== undefined)
        return ['DROP PRIMARY KEY', `DROP COLUMN ${(0,remedy/* quoted */.TL)(own.name)}`, add];
    if (given.table.primaryKey === null)
        return [add];
    return ['DROP PRIMARY KEY', add, ...counting(given)];
}
/** A counting column of its own must stay a key when it stops being the primary one (error 1075). */
function counting({ table, expectation }) {
    return (table.primaryKey?.parts ?? []).flatMap(({ column }) => {
        const counts = (0,schema_words/* columnNamed */.c1)(table, column)?.extra.normal.includes('auto_increment') ?? false;
        const ours = expectation.columns.some(({ name }) => name === column.toLowerCase());
        return counts && !ours ? [`ADD UNIQUE KEY (${(0,remedy/* quoted */.TL)(column)})`] : [];
    });
}

;// CONCATENATED MODULE: ./src/schema/rules/table-check.ts




/** A condition decides over every write, and the handler does not know it. */
const tableCheck = defineRule('table-check', of('a condition of the table decides with every write of a session', 'lines', 'warning'), ({ table, expectation }) => {
    const own = new Set(table.columns.map(({ name }) => name));
    const kept = table.checks.filter((name) => !own.has(name));
    if (kept.length > 0) {
        const drops = kept.map((name) => `DROP CONSTRAINT ${(0,remedy/* quoted */.TL)(name)}`);
        return [{ severity: 'warning', message: message(table.name, kept), clauses: drops }];
    }
    // MariaDB lets go of a column's check when the column is declared again, and of none by name.
    return expectation.columns
        .filter(({ name }) => table.checks.includes(name) && !isJson(table.columns, name))
        .map(({ name }) => ({
        severity: 'warning',
        column: name,
        message: message(table.name, [name]),
        fix: 'modify',
    }));
});
/** MariaDB adds a check of its own to JSON; that type is judged as what it is, text. */
function isJson(columns, name) {
    return columns.some((column) => column.name === name && column.type.normal === 'longtext');
}
function message(table, names) {
    return `${table} has CHECK constraints (${(0,schema_words/* listed */.KE)(names)}): a session that does not meet one fails with HTTP 500.`;
}

;// CONCATENATED MODULE: ./src/schema/rules/table-engine.ts


const locks = 'locks the whole table for every write: visitors wait for each other.';
/** What engines do to sessions: refusals, lost rows and doubled keys as seen under CodeIgniter 4.7.2, locks as the manuals say. */
const engines = {
    MYISAM: { severity: 'warning', effect: locks },
    ARIA: { severity: 'warning', effect: locks },
    MRG_MYISAM: { severity: 'warning', effect: `${locks} Nor does it see to unique keys.` },
    CSV: {
        severity: 'error',
        effect: `has no keys, reads the whole file for each request and ${locks}`,
    },
    MEMORY: {
        severity: 'error',
        effect: 'is empty after each restart of the database: every visitor is logged out.',
    },
    ARCHIVE: {
        severity: 'error',
        effect: 'cannot change rows: the second request of every visitor fails with HTTP 500.',
    },
    BLACKHOLE: {
        severity: 'error',
        effect: 'keeps no row: pages answer, but no visitor stays logged in.',
    },
};
/** Engines that lose sessions or lock the table; see `engines` for what was seen. */
const tableEngine = defineRule('table-engine', of('an engine that loses sessions, or lets visitors wait for each other', 'lines', 'error', 'warning', 'notice'), ({ table }) => {
    const known = engines[table.engine.toUpperCase()];
    if (known !== undefined) {
        return [
            {
                severity: known.severity,
                message: `${table.name} uses ${table.engine}, which ${known.effect}`,
                clauses: ['ENGINE = InnoDB'],
            },
        ];
    }
    if (table.engine.toUpperCase() === 'INNODB')
        return [];
    return [
        {
            severity: 'notice',
            message: `${table.name} uses ${table.engine || 'an engine the server does not name'}; sessions were tried with InnoDB.`,
        },
    ];
});

;// CONCATENATED MODULE: ./src/schema/rules/table-foreign-key.ts



/** Ids are made up by the handler, so no other table can hold them before. */
const tableForeignKey = defineRule('table-foreign-key', of('ids would have to stand in another table, so that new sessions fail', 'lines', 'error'), ({ table, expectation }) => table.foreignKeys
    .filter(({ columns }) => columns.every((column) => isOurs(column, expectation.columns)))
    .map(({ name, columns, to }) => ({
    severity: 'error',
    message: `${table.name} (${columns.join(', ')}) must be found in ${to} (foreign key ${name}). The handler makes up ids that stand in no other table, and every new session fails with HTTP 500.`,
    clauses: [`DROP FOREIGN KEY ${(0,remedy/* quoted */.TL)(name)}`],
})));
/** A foreign key with a column of its own in it is NULL there, as the handler leaves that out, and so is not enforced. */
function isOurs(column, ours) {
    return ours.some(({ name }) => name === column.toLowerCase());
}

;// CONCATENATED MODULE: ./src/schema/rules/table-partitioned.ts



/** Columns of a partition belong to every unique key (MySQL manual, partitioning limitations). */
const tablePartitioned = defineRule('table-partitioned', of('partitions that refuse sessions or widen the primary key; a notice where they do no harm', 'lines', 'warning', 'notice'), ({ table, expectation }) => {
    const { partitioning: found } = table;
    // SYSTEM_TIME goes with versioning, which has a rule of its own.
    if (found === null || found.method === 'SYSTEM_TIME')
        return [];
    const by = `${table.name} is partitioned by ${partitionWords(found)}`;
    if (spread(found, expectation.primaryKey)) {
        return [{ severity: 'notice', message: `${by}. It does no harm: every id has its place.` }];
    }
    const effect = found.open
        ? 'Its columns must belong to the primary key, which then admits several rows for one id.'
        : 'A session that belongs to none of the partitions fails with HTTP 500 (no partition for value), and with dates that day comes by itself.';
    return [{ severity: 'warning', message: `${by}. ${effect}`, clauses: [remedy/* WHOLE */.Ef] }];
});
function partitionWords({ method, expression }) {
    return `${method} (${expression.replaceAll('`', '')})`;
}
/** By columns of the wanted primary key alone, and with a place for every value. */
function spread({ open, expression }, primaryKey) {
    const columns = [...expression.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name.toLowerCase());
    return open && columns.every((name) => primaryKey.includes(name));
}

;// CONCATENATED MODULE: ./src/schema/rules/table-row-format.ts


/** Compressed rows cost time, and MariaDB may refuse to write them (innodb_read_only_compressed). */
const tableRowFormat = defineRule('table-row-format', of('compressed rows', 'lines', 'warning'), ({ table }) => {
    // An archive is compressed too, and that is not what is wrong with it.
    if (table.rowFormat !== 'COMPRESSED' || !/^innodb$/i.test(table.engine))
        return [];
    return [
        {
            severity: 'warning',
            message: `The rows of ${table.name} are compressed (ROW_FORMAT=COMPRESSED). A write took up to six times as long when measured. MariaDB may be set to refuse every write (innodb_read_only_compressed), which is HTTP 500 for all.`,
            // Without it a key keeps the block size of the old format.
            clauses: ['ROW_FORMAT = DYNAMIC', 'KEY_BLOCK_SIZE = 0'],
        },
    ];
});

;// CONCATENATED MODULE: ./src/schema/rules/table-trigger.ts



/** What a trigger does is not known here, only when it runs. */
const tableTrigger = defineRule('table-trigger', of('a trigger runs in every request', 'lines', 'warning'), ({ table }) => table.triggers.map(({ name, event, timing }) => ({
    severity: 'warning',
    message: `${table.name} has the trigger ${name} (${timing} ${event}), which runs ${moments[event] ?? 'with every write'}. If it fails, so does the request (HTTP 500), and if it changes the id, no visitor finds the session again.`,
    before: [`DROP TRIGGER ${(0,remedy/* quoted */.TL)(name)};`],
})));
const moments = {
    INSERT: 'for every new session',
    UPDATE: 'for every request with a session',
    DELETE: 'for every session that ends or is collected',
};

;// CONCATENATED MODULE: ./src/schema/rules/table-versioned.ts



/** MariaDB keeps every state of a row of such a table (MariaDB manual, System-Versioned Tables). */
const tableVersioned = defineRule('table-versioned', of('MariaDB keeps every old row for ever', 'lines', 'warning'), ({ table }) => {
    if (!table.versioned)
        return [];
    return [
        {
            severity: 'warning',
            message: `${table.name} is system-versioned: it keeps every state of every session that ever was, so it grows with each request and garbage collection frees nothing.`,
            before: unversioned(table),
        },
    ];
});
/** Servers let nothing else happen to the columns in the same ALTER TABLE. The columns of the period go only when the statement names them. */
function unversioned({ name, columns, partitioning }) {
    const start = `ALTER TABLE ${(0,remedy/* quoted */.TL)(name)}`;
    const period = columns.filter(({ extra }) => /row (start|end)/.test(extra.normal));
    const drops = period.map((column) => `, DROP COLUMN ${(0,remedy/* quoted */.TL)(column.name)}`);
    return [
        ...(partitioning === null ? [] : [`${start} ${remedy/* WHOLE */.Ef};`]),
        ...(period.length === 0 ? [] : ['SET SESSION system_versioning_alter_history = KEEP;']),
        `${start} DROP SYSTEM VERSIONING${drops.join('')}${period.length === 0 ? '' : ', DROP PERIOD FOR SYSTEM_TIME'};`,
    ];
}

;// CONCATENATED MODULE: ./src/schema/rules/timestamp-index-missing.ts





/** Garbage collection looks for old timestamps; a table without that index is read and locked whole. */
const timestampIndexMissing = defineRule('timestamp-index-missing', of('garbage collection reads the whole table', 'lines', 'warning'), (given) => {
    const { table } = given;
    const keys = [...table.indexes, ...(table.primaryKey === null ? [] : [table.primaryKey])];
    const led = keys.filter(ledByTimestamp);
    if (led.some(({ visible }) => visible))
        return [];
    if ((0,schema_words/* columnNamed */.c1)(table, 'timestamp') === undefined)
        return [];
    const hidden = led.map(({ name }) => name).join(', ');
    const problem = led.length === 0
        ? `No index of ${table.name} begins with timestamp`
        : `The server does not use the index of ${table.name} that begins with timestamp (${hidden} is invisible or ignored)`;
    return [
        {
            severity: 'warning',
            message: `${problem}: garbage collection reads and locks the whole table, and with many sessions the requests of visitors time out meanwhile.`,
            clauses: [...led.map(remedy/* dropped */.p), indexed],
        },
    ];
});

;// CONCATENATED MODULE: ./src/schema/rules/unique-key-surplus.ts





/** Any further unique key refuses the second session with the same value. */
const uniqueKeySurplus = defineRule('unique-key-surplus', of('a unique key that keeps visitors out', 'lines', 'error'), (given) => {
    const narrow = given.table.indexes.filter((key) => key.unique && refuses(key, given));
    const others = given.table.indexes.filter((key) => key.visible && !narrow.includes(key));
    return narrow.map((key) => ({
        severity: 'error',
        message: `${given.table.name} has the unique key ${key.name} (${partWords(key)}): the second session with the same value is refused with HTTP 500 (Duplicate entry). Only the primary key may be unique.`,
        // Taking it away must not take away the index that garbage collection needs.
        clauses: [
            (0,remedy/* dropped */.p)(key),
            ...(ledByTimestamp(key) && !others.some(ledByTimestamp) ? [indexed] : []),
        ],
    }));
});
/** Whether two sessions can meet in this key: neither the whole primary key is in it, nor a column that differs by itself. */
function refuses({ parts }, { expectation, table }) {
    const whole = new Set(parts
        .filter(({ column, length }) => length === null || holdsId(column, length, expectation))
        .map(({ column }) => column.toLowerCase()));
    if (expectation.primaryKey.every((name) => whole.has(name)))
        return false;
    return !parts.some(({ column }) => differs((0,schema_words/* columnNamed */.c1)(table, column), expectation));
}
function holdsId(column, length, { idLength }) {
    return column.toLowerCase() === 'id' && length >= idLength;
}
/** A column the handler leaves out: NULL is never a duplicate, counters and expressions like uuid() make new values. */
function differs(column, { columns }) {
    if (column === undefined || columns.some(({ name }) => name === column.name.toLowerCase())) {
        return false;
    }
    if (column.extra.normal.includes('generated'))
        return false;
    const { normal } = column.default;
    return (column.extra.normal.includes('auto_increment') || normal === 'null' || normal.startsWith('('));
}

;// CONCATENATED MODULE: ./src/schema/rules/all.ts


















// Asked in this order; `npm run new-rule` adds to the end.
const rules = [
    columnMissing,
    columnType,
    columnNullable,
    columnDefault,
    columnOnUpdate,
    columnGenerated,
    columnInvisible,
    tableEngine,
    tableRowFormat,
    tablePartitioned,
    tableVersioned,
    tableTrigger,
    tableForeignKey,
    tableCheck,
    columnSurplus,
    primaryKey,
    uniqueKeySurplus,
    timestampIndexMissing,
];
/** Every rule about the session table, in the order they are asked. */
const everyRule = rules;
/** What docs/findings.md says of the rules, by their names. */
const ruleEntries = Object.fromEntries(rules.map(({ name, entry }) => [name, entry]));


/***/ }),

/***/ 99098:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KE: () => (/* binding */ listed),
/* harmony export */   bp: () => (/* binding */ describeValue),
/* harmony export */   c1: () => (/* binding */ columnNamed),
/* harmony export */   "in": () => (/* binding */ describeColumn)
/* harmony export */ });
/* harmony import */ var _dialects_literal_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(16560);

/** The column of that name; servers do not tell columns apart by case. */
function columnNamed({ columns }, name) {
    return columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
}
/** A value in normal form, with the server's own words where they differ. */
function describeValue({ raw, normal }) {
    return raw === normal || raw === _dialects_literal_js__WEBPACK_IMPORTED_MODULE_0__/* .SQL_NULL */ .$ ? normal : `${normal} (the server says ${raw})`;
}
/** A whole column, e.g. `timestamp not null default now (server: default CURRENT_TIMESTAMP)`. */
function describeColumn(column) {
    const { type, nullable, default: fallback, extra } = column;
    const words = [type.normal, nullable ? 'null' : 'not null'];
    if (fallback.normal !== 'none')
        words.push(`default ${fallback.normal}`);
    if (extra.normal !== '')
        words.push(extra.normal);
    const own = ownWords(column);
    return own.length === 0 ? words.join(' ') : `${words.join(' ')} (server: ${own.join(', ')})`;
}
function ownWords({ type, default: fallback, extra }) {
    const own = [];
    if (type.raw !== type.normal)
        own.push(type.raw);
    if (fallback.raw !== fallback.normal && fallback.raw !== _dialects_literal_js__WEBPACK_IMPORTED_MODULE_0__/* .SQL_NULL */ .$) {
        own.push(`default ${fallback.raw}`);
    }
    if (extra.normal !== '' && extra.raw !== extra.normal)
        own.push(extra.raw);
    return own;
}
/** `a, b and c`. */
function listed(words) {
    return words.length < 2
        ? words.join('')
        : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}


/***/ }),

/***/ 7355:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ Secret)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(57975);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_util__WEBPACK_IMPORTED_MODULE_0__);

/** A value that prints as `***` wherever it goes by accident: text, JSON, debugger. Only `reveal()` gives it away. */
class Secret {
    #value;
    constructor(value) {
        this.#value = value;
    }
    /** The value itself, for the one place that must send it. */
    reveal() {
        return this.#value;
    }
    toString() {
        return '***';
    }
    toJSON() {
        return '***';
    }
    [node_util__WEBPACK_IMPORTED_MODULE_0__.inspect.custom]() {
        return '***';
    }
}


/***/ }),

/***/ 66031:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DJ: () => (/* binding */ queryLasting),
/* harmony export */   L6: () => (/* binding */ queryGroups),
/* harmony export */   P: () => (/* binding */ query),
/* harmony export */   P4: () => (/* binding */ twice),
/* harmony export */   P9: () => (/* binding */ queryTwice),
/* harmony export */   Uj: () => (/* binding */ performAndAsk),
/* harmony export */   y9: () => (/* binding */ perform)
/* harmony export */ });
/* harmony import */ var _command_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(63814);
/* harmony import */ var _failures_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(82284);


/** Asks named questions in one round; every one is asked, whatever the others say. */
async function query(server, questions, signal) {
    return ask(questions, async (commands) => server.round(commands, 'every', signal));
}
/** The same for what changes something: one that has begun ends, also without a connection. */
async function queryLasting(server, changes, signal) {
    return ask(changes, async (commands) => server.round(commands.map(lasting), 'every', signal));
}
/**
 * Asks groups of named questions that do not depend on each other: side by side where sshd allows it. Every one is asked.
 * @returns the answers of all groups
 */
async function queryGroups(server, groups, signal) {
    const beside = async (commands) => server.round(commands, 'every', signal, 'when free');
    const answers = groups.map(async (group) => ask(group, beside));
    return Object.assign({}, ...(await Promise.all(answers)));
}
/** Asks what there is to ask, and gives each answer the name of its question. */
async function ask(questions, round) {
    const named = Object.entries(questions).filter(([, one]) => one !== _command_js__WEBPACK_IMPORTED_MODULE_0__/* .nothing */ .s6);
    const outputs = named.length === 0 ? [] : await round(named.map(([, one]) => one));
    const answers = named.map(([name], at) => [name, outputs[at]]);
    const unasked = Object.keys(questions).map((name) => [name, silence]);
    return Object.fromEntries([...unasked, ...answers]);
}
const silence = { exit: { code: 0 }, stdout: '', stderr: '' };
function lasting(change) {
    return { ...change, survives: true };
}
/**
 * Asks what may be asked twice: when the connection is lost meanwhile, once more over a new one.
 * @throws ConnectionLost when that one is lost, too
 */
async function queryTwice(server, questions, signal) {
    return twice(async () => query(server, questions, signal));
}
/** Once more when the connection is lost meanwhile. */
async function twice(first, again = first) {
    try {
        return await first();
    }
    catch (failure) {
        if (!(failure instanceof _failures_js__WEBPACK_IMPORTED_MODULE_1__/* .ConnectionLost */ .pz))
            throw failure;
        return again();
    }
}
/**
 * Runs changes in one round, each only if the one before succeeded. One that has begun ends, also without a connection.
 * @throws CommandFailed for the first that did not
 */
async function perform(server, changes, signal) {
    const outputs = await server.round(changes.map(lasting), 'until failure', signal);
    mustSucceed(server, changes, outputs);
    return outputs;
}
/**
 * The same, and what is asked once they are done, in the same round.
 * @throws CommandFailed for the first change that did not succeed
 */
async function performAndAsk(server, changes, questions, signal) {
    return ask(questions, async (asked) => {
        const both = [...changes.map(lasting), ...asked];
        const outputs = await server.round(both, changes.length, signal);
        mustSucceed(server, changes, outputs);
        return outputs.slice(changes.length);
    });
}
function mustSucceed(server, changes, outputs) {
    outputs.forEach((output, index) => {
        const change = changes[index];
        if (change !== undefined && !(0,_command_js__WEBPACK_IMPORTED_MODULE_0__/* .succeeded */ .gq)(output)) {
            throw new _failures_js__WEBPACK_IMPORTED_MODULE_1__/* .CommandFailed */ .nk(server.name, (0,_command_js__WEBPACK_IMPORTED_MODULE_0__/* .printed */ .zd)(change), output);
        }
    });
}


/***/ }),

/***/ 17413:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Hy: () => (/* binding */ algorithmOf),
/* harmony export */   YZ: () => (/* binding */ generations),
/* harmony export */   gS: () => (/* binding */ generationOf)
/* harmony export */ });
const usual = { checksKeys: true, strict: true };
/**
 * Servers that behave alike, as measured on MySQL 5.7 to 9.7 and MariaDB 10.1 to 11.8. Foreign keys, places and other engines
 * were not measured on MySQL 5.7 and MariaDB before 10.5: there their manuals count (Online DDL Operations).
 */
const generations = [
    'MySQL 5.7',
    'MySQL 8.0',
    'MariaDB 10.1',
    'MariaDB 10.3',
    'MariaDB 10.5',
    'MariaDB 11.4',
];
// INSTANT is as it is now since 8.0.29 (MySQL manual, Online DDL Operations). Those before do in place what they do not do at
// once, as 5.7 does.
const instantSince = 29;
/** The generation a server belongs to. */
function generationOf({ name, version }) {
    const [major = 0, minor = 0, patch = instantSince] = version
        .split('.')
        .map((one) => parseInt(one, 10));
    const number = major * 100 + minor;
    return name === 'MySQL' ? mysqlOf(number, patch) : mariadbOf(number);
}
function mysqlOf(number, patch) {
    return number < 800 || (number === 800 && patch < instantSince) ? 'MySQL 5.7' : 'MySQL 8.0';
}
function mariadbOf(number) {
    if (number < 1003)
        return 'MariaDB 10.1';
    if (number < 1005)
        return 'MariaDB 10.3';
    return number < 1104 ? 'MariaDB 10.5' : 'MariaDB 11.4';
}
const copies = ['COPY', 'COPY', 'COPY', 'COPY', 'COPY', 'COPY, online'];
const inPlace = everywhere('INPLACE');
const writesWait = everywhere('INPLACE, writes wait');
const atOnce = ['INPLACE', 'INSTANT', 'INPLACE', 'INSTANT', 'INSTANT', 'INSTANT'];
const grows = ['INPLACE', 'INPLACE', 'COPY', 'INSTANT', 'INSTANT', 'INSTANT'];
const growsFar = ['COPY', 'COPY', 'COPY', 'COPY', 'INSTANT', 'INSTANT'];
const dates = ['INPLACE', 'INPLACE', 'COPY', 'COPY', 'COPY', 'COPY, online'];
const forbidsNull = ['INPLACE', 'INPLACE', 'COPY', 'COPY', 'INPLACE', 'INPLACE'];
const anywhere = ['INPLACE', 'INSTANT', 'INPLACE', 'INPLACE', 'INSTANT', 'INSTANT'];
const namesAlone = ['INPLACE', 'INPLACE', 'INPLACE', 'INSTANT', 'INSTANT', 'INSTANT'];
const moves = ['INPLACE', 'INPLACE', 'INPLACE', 'INPLACE', 'INSTANT', 'INSTANT'];
const besideFulltext = [
    ...['COPY', 'COPY', 'COPY'],
    ...['INPLACE, writes wait', 'INPLACE, writes wait', 'INPLACE, writes wait'],
];
function ofMysql([old, recent]) {
    return [old, recent, 'INSTANT', 'INSTANT', 'INSTANT', 'INSTANT'];
}
function everywhere(one) {
    return [one, one, one, one, one, one];
}
const worst = [
    ...['COPY', 'COPY, online'],
    ...['INPLACE, writes wait', 'INPLACE', 'INSTANT'],
];
/** How one ALTER TABLE is carried out on a server; null where a part of it was not measured. */
function algorithmOf(before, alterations, generation, circumstances = usual) {
    const place = generations.indexOf(generation);
    const around = { before, alterations, ...circumstances };
    const all = alterations.map((one) => costsOf(one, around)?.[place] ?? null);
    const found = worst.find((one) => all.includes(one)) ?? null;
    return all.includes(null) && found !== 'COPY' ? null : found;
}
const costs = {
    'change column': ({ from, column }, around) => changeCosts(around.before.columns.find(named(from)), column, around),
    // In one statement with the new key it stays in place.
    'drop primary key': (_, { alterations }) => alterations.some((one) => one.kind === 'add key' && one.key.kind === 'primary')
        ? inPlace
        : copies,
    'add key': ({ key }, { checksKeys }) => {
        if (key.kind === 'special')
            return writesWait;
        if (key.kind !== 'foreign')
            return inPlace;
        return checksKeys ? copies : namesAlone;
    },
    'drop key': () => inPlace,
    'add column': ({ column }, around) => additionCosts(column, around),
    'drop column': ({ name }, around) => {
        if (!around.before.columns.some(named(name)))
            return null;
        const inKey = around.before.indexes.some(({ parts }) => parts.some(({ column }) => named(name)({ name: column })));
        return inKey ? rebuilds(around, inPlace) : rebuilds(around, anywhere);
    },
    'rename column': () => atOnce,
    default: () => atOnce,
    option: ({ name }) => optionCosts(name),
    'drop foreign key': () => namesAlone,
    'drop constraint': () => null,
    unread: () => null,
    'key visibility': () => null,
    'rename key': () => namesAlone,
    'rename table': () => atOnce,
};
function costsOf(alteration, around) {
    const cost = costs[alteration.kind];
    const own = cost(alteration, around);
    if (own === null || /^innodb$/i.test(around.before.engine))
        return own;
    if (!/^(myisam|aria)$/i.test(around.before.engine))
        return null;
    return ['default', 'rename column', 'rename table'].includes(alteration.kind) ? atOnce : copies;
}
function optionCosts(name) {
    if (name === 'CONVERT')
        return copies;
    return ['COMMENT', 'AUTO_INCREMENT'].includes(name) ? namesAlone : null;
}
function named(wanted) {
    return ({ name }) => name.toLowerCase() === wanted.toLowerCase();
}
function additionCosts({ place, extra, primary, unique, doubt }, around) {
    if (doubt !== null)
        return null;
    if (extra.includes('stored generated'))
        return copies;
    if (extra.includes('auto_increment'))
        return writesWait;
    if (extra.includes('virtual generated'))
        return place === null ? atOnce : null;
    if (primary || unique)
        return inPlace;
    return rebuilds(around, place === null ? atOnce : anywhere);
}
/** Where only metadata would change, the format of the table, or a hidden column of its index, may ask for all rows. */
function rebuilds({ before }, otherwise) {
    if (before.fulltext === true)
        return besideFulltext;
    return /^compressed$/i.test(before.rowFormat) ? inPlace : otherwise;
}
function changeCosts(from, to, { strict }) {
    if (from === undefined || from.type === '' || to.doubt !== null)
        return null;
    if (counts(from) !== counts(to))
        return null;
    const nullable = to.nullable ?? true;
    const typed = from.type === to.type ? atOnce : typeCosts(from, to.type);
    const placed = to.place === null ? typed : slower(typed, moves);
    if (from.nullable === nullable)
        return placed;
    return slower(placed, nullable ? inPlace : nullCosts(to.type, strict));
}
/** Without a strict sql_mode a NULL becomes another value, which takes MySQL a copy. */
function nullCosts(type, strict) {
    const costs = type.startsWith('timestamp') ? dates : forbidsNull;
    return strict ? costs : slower(costs, ofMysql(copies));
}
function slower(one, other) {
    if (one === null)
        return one;
    const at = (algorithm) => worst.indexOf(algorithm);
    return one.map((each, place) => {
        const also = other[place] ?? each;
        return at(each) < at(also) ? each : also;
    });
}
function counts({ extra }) {
    return extra.filter((one) => /auto_increment|generated/.test(one)).join();
}
function typeCosts(from, to) {
    // What JSON is to MariaDB.
    if (from.type === 'longtext' && to === 'json')
        return null;
    const more = `${from.type.slice(0, -1)},`;
    if (from.type.startsWith('enum(') && to.startsWith(more))
        return atOnce;
    const [before, after] = [lengthOf(from.type), lengthOf(to)];
    if (before === null || after === null || after < before)
        return copies;
    const { characterBytes: bytes = 4 } = from;
    return bytes === null ? null : lengthCosts(before * bytes, after * bytes);
}
/** A text may grow in place as long as its length is still said with as many bytes: up to 255, or more. */
function lengthCosts(before, after) {
    if (before <= 255 === after <= 255)
        return grows;
    return before <= 127 ? growsFar : copies;
}
function lengthOf(type) {
    const found = /^varchar\((\d+)\)$/.exec(type);
    return found === null ? null : Number(found[1]);
}


/***/ }),

/***/ 3860:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BU: () => (/* binding */ partOf),
/* harmony export */   EE: () => (/* binding */ argument),
/* harmony export */   FB: () => (/* binding */ same),
/* harmony export */   Im: () => (/* binding */ truth),
/* harmony export */   L5: () => (/* binding */ unknown),
/* harmony export */   Ny: () => (/* binding */ firstUnknown),
/* harmony export */   b6: () => (/* binding */ textOf),
/* harmony export */   d_: () => (/* binding */ scalar),
/* harmony export */   fk: () => (/* binding */ hole),
/* harmony export */   p4: () => (/* binding */ composed),
/* harmony export */   p_: () => (/* binding */ list)
/* harmony export */ });
/** Stands in a text for a part that is not known (U+FFFC, which no program has in its SQL). */
const hole = '\u{FFFC}';
/** A value that is known. */
function scalar(value) {
    return { kind: 'scalar', value };
}
/** A value that is not known: why, and since which line. */
function unknown(why, line) {
    return { kind: 'unknown', why, line };
}
/** An array with the keys 0, 1, 2, ... */
function list(values) {
    return { kind: 'list', entries: new Map(values.map((value, at) => [at, value])) };
}
/** The argument of that name or place; undefined when it was left out. */
function argument({ positional, named }, place, name) {
    return positional[place] ?? named.get(name);
}
/** Text of a value as PHP would convert it; null for what has none or is not known. */
function textOf(value) {
    if (value?.kind === 'raw')
        return value.sql;
    if (value?.kind !== 'scalar')
        return null;
    if (value.value === null || value.value === false)
        return '';
    return value.value === true ? '1' : String(value.value);
}
/** Text of a value as far as it is known. */
function partOf(value) {
    return textOf(value) ?? (value.kind === 'unknown' ? (value.text ?? hole) : hole);
}
/** A text that is put together of values: known, or unknown for the first that is; null where one has no text. */
function composed(values, compose) {
    const lost = values.find((one) => textOf(one) === null);
    if (lost === undefined)
        return scalar(compose(values.map((one) => textOf(one) ?? '')));
    if (lost.kind !== 'unknown')
        return null;
    const text = compose(values.map(partOf));
    const { why, line } = lost;
    return text.length > longestPart
        ? { kind: 'unknown', why, line }
        : { kind: 'unknown', why, line, text };
}
const longestPart = 100_000;
/** Whether PHP takes it for true; null when it is not known. */
function truth(value) {
    if (value.kind === 'unknown')
        return null;
    if (value.kind === 'list')
        return value.entries.size > 0;
    if (value.kind !== 'scalar')
        return true;
    return value.value !== '0' && Boolean(value.value);
}
/** The first value inside that is not known, however deep. */
function firstUnknown(value) {
    if (value.kind === 'unknown')
        return value;
    if (value.kind !== 'list')
        return null;
    for (const inside of value.entries.values()) {
        const found = firstUnknown(inside);
        if (found !== null)
            return found;
    }
    return null;
}
/** Whether two known values are the same to PHP's `===`. */
function same(one, other) {
    if (one.kind === 'list' && other.kind === 'list')
        return sameEntries(one, other);
    const [mine, theirs] = [identity(one), identity(other)];
    return one.kind === other.kind && mine === theirs;
}
function identity(value) {
    if (value.kind === 'scalar')
        return value.value;
    if (value.kind === 'raw')
        return value.sql;
    return value.kind === 'thing' ? value.thing : value;
}
function sameEntries(one, other) {
    const [mine, theirs] = [[...one.entries], [...other.entries]];
    return (mine.length === theirs.length &&
        mine.every(([key, value], at) => {
            const there = theirs[at];
            return there?.[0] === key && same(value, there[1]);
        }));
}


/***/ }),

/***/ 80746:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  v0: () => (/* binding */ bareColumn),
  JB: () => (/* binding */ readColumn),
  I8: () => (/* binding */ readDefault),
  oU: () => (/* binding */ readWholeColumn)
});

// EXTERNAL MODULE: ./src/static/sql/tokens.ts
var tokens = __webpack_require__(55715);
;// CONCATENATED MODULE: ./src/static/sql/types.ts
// Names of types with several words; the longest first.
const phrases = [
    ['DOUBLE PRECISION', 'double'],
    ['CHARACTER VARYING', 'varchar'],
    ['CHAR VARYING', 'varchar'],
    ['LONG VARCHAR', 'mediumtext'],
    ['LONG VARBINARY', 'mediumblob'],
];
const otherNames = {
    integer: 'int',
    int4: 'int',
    int1: 'tinyint',
    int2: 'smallint',
    int3: 'mediumint',
    int8: 'bigint',
    middleint: 'mediumint',
    dec: 'decimal',
    numeric: 'decimal',
    fixed: 'decimal',
    character: 'char',
    real: 'double',
    long: 'mediumtext',
};
const plain = new Set('tinyint smallint mediumint int bigint decimal float double bit date time datetime timestamp year char varchar binary varbinary tinyblob blob mediumblob longblob tinytext text mediumtext longtext enum set json'.split(' '));
/**
 * A column type, with its length and sign, in the form of `Column.type.normal`.
 * @throws NotUnderstood for a type that only some servers know
 */
function readType(at) {
    const name = typeName(at);
    if (name === 'enum' || name === 'set')
        return `${name}(${texts(at.parenthesised())})`;
    const length = at.sees('(') ? at.parenthesised() : null;
    const numbers = length?.parts().map((part) => part.known().text) ?? [];
    const words = attributes(at);
    return spelled(name, numbers, words);
}
function typeName(at) {
    const phrase = phrases.find(([words]) => at.takes(words));
    if (phrase !== undefined)
        return phrase[1];
    const error = at.lost();
    const written = at.name().toLowerCase();
    if (written === 'bool' || written === 'boolean')
        return 'tinyint(1)';
    const name = otherNames[written] ?? written;
    if (!plain.has(name))
        throw error;
    return name;
}
function texts(values) {
    return values
        .parts()
        .map((part) => `'${part.known().text.replaceAll("'", "''")}'`)
        .join(',');
}
function attributes(at) {
    const found = { unsigned: false, zerofill: false, binary: false };
    for (;;) {
        if (at.takes('UNSIGNED'))
            found.unsigned = true;
        else if (at.takes('ZEROFILL'))
            found.zerofill = true;
        else if (at.takes('CHARACTER SET', 'CHARSET', 'CHAR SET')) {
            found.binary ||= at.next().text.toLowerCase() === 'binary';
        }
        else if (at.takes('COLLATE'))
            at.next();
        else if (!at.takes('SIGNED', 'BINARY'))
            return found;
    }
}
/** Text in the character set `binary` is bytes. */
const asBytes = {
    char: 'binary',
    varchar: 'varbinary',
    tinytext: 'tinyblob',
    text: 'blob',
    mediumtext: 'mediumblob',
    longtext: 'longblob',
};
function spelled(written, numbers, words) {
    const name = words.binary ? (asBytes[written] ?? written) : written;
    const [first = ''] = numbers;
    const end = `${words.unsigned || words.zerofill ? ' unsigned' : ''}${words.zerofill ? ' zerofill' : ''}`;
    if (/^(blob|text)$/.test(name) && first !== '')
        return bigEnough(name, Number(first));
    return `${name}${types_length(name, numbers, words)}${end}`;
}
const lengths = [
    [/^decimal$/, (first, second = '0') => `(${first || '10'},${second})`],
    [/^(char|binary|bit)$/, (first) => `(${first || '1'})`],
    [/^(varchar|varbinary)$/, (first) => `(${first})`],
    [/^(timestamp|datetime|time)$/, (first) => (/^[1-6]$/.test(first) ? `(${first})` : '')],
    // Widths of integers are not kept, but for the two that mean something.
    [/^tinyint$/, (first) => (first === '1' ? '(1)' : '')],
    [/int$/, (first, _, { zerofill }) => (zerofill && first !== '' ? `(${first})` : '')],
    [/^(float|double)$/, (first, second) => (second === undefined ? '' : `(${first},${second})`)],
];
function types_length(name, [first = '', second], words) {
    const found = lengths.find(([pattern]) => pattern.test(name));
    return found === undefined ? '' : found[1](first, second, words);
}
/** `BLOB(n)` is the smallest type that holds n bytes. */
function bigEnough(name, bytes) {
    const sizes = [
        [255, 'tiny'],
        [65_535, ''],
        [16_777_215, 'medium'],
    ];
    return `${sizes.find(([most]) => bytes <= most)?.[1] ?? 'long'}${name}`;
}

;// CONCATENATED MODULE: ./src/static/sql/columns.ts


/** A column definition up to the end of its part of the statement; of one that is not understood, the name. */
function readColumn(at) {
    const name = at.name();
    try {
        return definition(name, at);
    }
    catch (error) {
        if (!(error instanceof tokens/* NotUnderstood */.fO))
            throw error;
        at.skip();
        return { ...bareColumn, name, doubt: error.why };
    }
}
/**
 * A column definition, understood to its end.
 * @throws NotUnderstood
 */
function readWholeColumn(at) {
    return definition(at.name(), at);
}
/** A column of which nothing is said yet. */
const bareColumn = {
    name: '',
    type: '',
    nullable: null,
    fallback: null,
    extra: [],
    primary: false,
    unique: false,
    place: null,
    doubt: null,
};
function definition(name, at) {
    if (at.takes('SERIAL')) {
        const serial = { nullable: false, fallback: null, extra: ['auto_increment'], primary: false };
        return { name, type: 'bigint unsigned', ...serial, unique: true, place: null, doubt: null };
    }
    const type = readType(at);
    const draft = { ...bareColumn, extra: [] };
    while (!at.done) {
        const clause = clauses.find(([words]) => at.takes(...words));
        if (clause === undefined)
            throw at.lost();
        clause[1](draft, at);
    }
    return { ...draft, name, type, doubt: null };
}
const clauses = [
    [['NOT NULL'], (draft) => (draft.nullable = false)],
    [['NULL'], (draft) => (draft.nullable = true)],
    [['DEFAULT'], (draft, at) => (draft.fallback = readDefault(at))],
    [
        ['ON UPDATE'],
        (draft, at) => {
            const when = moment(at);
            if (when === null)
                throw at.lost();
            draft.extra.push(`on update ${when}`);
        },
    ],
    [['AUTO_INCREMENT'], (draft) => draft.extra.push('auto_increment')],
    [['PRIMARY KEY', 'KEY', 'PRIMARY'], (draft) => (draft.primary = true)],
    [['UNIQUE KEY', 'UNIQUE'], (draft) => (draft.unique = true)],
    [['COMMENT'], (_, at) => void at.next()],
    [['INVISIBLE'], (draft) => draft.extra.push('invisible')],
    [['VISIBLE'], () => undefined],
    [['COLLATE', 'CHARACTER SET', 'CHARSET'], (_, at) => void at.next()],
    [['CHECK', 'CONSTRAINT CHECK'], (_, at) => void at.parenthesised()],
    [['GENERATED ALWAYS AS', 'AS'], generated],
    [['FIRST'], (draft) => (draft.place = { after: null })],
    [['AFTER'], (draft, at) => (draft.place = { after: at.name() })],
    [['COLUMN_FORMAT', 'STORAGE'], (_, at) => void at.next()],
];
function generated(draft, at) {
    at.parenthesised();
    const stored = at.takes('STORED', 'PERSISTENT');
    if (!stored)
        at.takes('VIRTUAL');
    draft.extra.push(stored ? 'stored generated' : 'virtual generated');
}
/**
 * What follows DEFAULT, in the form of `Column.default.normal`.
 * @throws NotUnderstood for an expression: each server writes it in its own words
 */
function readDefault(at) {
    if (at.takes('NULL'))
        return 'null';
    const when = moment(at);
    if (when !== null)
        return when;
    if (at.takes('TRUE'))
        return "'1'";
    if (at.takes('FALSE'))
        return "'0'";
    const minus = at.takes('-') ? '-' : '';
    at.takes('+');
    const { kind, text } = at.known();
    if (kind !== 'text' && kind !== 'number')
        throw new tokens/* NotUnderstood */.fO(`a default "${text}"`);
    return `'${minus}${text.replaceAll("'", "''")}'`;
}
function moment(at) {
    if (!at.takes('CURRENT_TIMESTAMP', 'NOW', 'LOCALTIMESTAMP', 'LOCALTIME'))
        return null;
    const digits = at.sees('(') ? at.parenthesised().rest() : '';
    return /^[1-6]$/.test(digits) ? `now(${digits})` : 'now';
}


/***/ }),

/***/ 87187:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ Cursor)
/* harmony export */ });
/* harmony import */ var _tokens_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(55715);

/** A place in a statement, moving forward. Words are compared without regard to case. */
class Cursor {
    #tokens;
    #place = 0;
    constructor(all) {
        this.#tokens = all;
    }
    get done() {
        return this.#place >= this.#tokens.length;
    }
    peek(ahead = 0) {
        return this.#tokens[this.#place + ahead];
    }
    /** Whether these words or signs come next. */
    sees(words) {
        return words.split(' ').every((word, ahead) => {
            const next = this.peek(ahead);
            const plain = next?.kind === 'word' || next?.kind === 'sign';
            return plain && next.text.toUpperCase() === word;
        });
    }
    /** Passes these words when they come next. */
    takes(...choices) {
        const found = choices.find((words) => this.sees(words));
        if (found === undefined)
            return false;
        this.#place += found.split(' ').length;
        return true;
    }
    /** @throws NotUnderstood where something else comes next */
    must(words) {
        if (!this.takes(words))
            throw this.lost();
    }
    next() {
        const token = this.peek();
        if (token === undefined)
            throw new _tokens_js__WEBPACK_IMPORTED_MODULE_0__/* .NotUnderstood */ .fO('the end of the statement');
        this.#place += 1;
        return token;
    }
    /** The next piece, where it matters what it says. */
    known() {
        if (this.peek()?.kind.endsWith('hole') === true)
            throw new _tokens_js__WEBPACK_IMPORTED_MODULE_0__/* .MeetsHole */ .Jm();
        return this.next();
    }
    /** Passes all that is left. */
    skip() {
        this.#place = this.#tokens.length;
    }
    /** A name of a table, column or key. */
    name() {
        const token = this.known();
        if (token.kind !== 'name' && token.kind !== 'word')
            throw new _tokens_js__WEBPACK_IMPORTED_MODULE_0__/* .NotUnderstood */ .fO(`"${token.text}"`);
        return token.text;
    }
    /** A table name; one with a schema in front is in no database that is followed here. */
    tableName() {
        const name = this.name();
        if (this.sees('.'))
            throw new _tokens_js__WEBPACK_IMPORTED_MODULE_0__/* .NotUnderstood */ .fO('a table of a named database');
        return name;
    }
    /** What stands in parentheses, as its own statement; the cursor is behind them afterwards. */
    parenthesised() {
        this.must('(');
        const begin = this.#place;
        for (let depth = 1; depth > 0;) {
            const { kind, text } = this.next();
            if (kind === 'sign' && text === '(')
                depth += 1;
            if (kind === 'sign' && text === ')')
                depth -= 1;
        }
        return new Cursor(this.#tokens.slice(begin, this.#place - 1));
    }
    /** The rest, cut at the commas outside of parentheses; the cursor is at the end afterwards. */
    parts() {
        const parts = [[]];
        let depth = 0;
        while (!this.done) {
            const token = this.next();
            if (token.kind === 'sign' && token.text === '(')
                depth += 1;
            if (token.kind === 'sign' && token.text === ')')
                depth -= 1;
            if (depth === 0 && token.kind === 'sign' && token.text === ',')
                parts.push([]);
            else
                parts.at(-1)?.push(token);
        }
        return parts.map((part) => new Cursor(part));
    }
    /** The error for what comes next. */
    lost() {
        if (this.peek()?.kind.endsWith('hole') === true)
            return new _tokens_js__WEBPACK_IMPORTED_MODULE_0__/* .MeetsHole */ .Jm();
        return new _tokens_js__WEBPACK_IMPORTED_MODULE_0__/* .NotUnderstood */ .fO(`"${this.peek()?.text ?? 'the end of the statement'}"`);
    }
    /** The rest in words. */
    rest() {
        return this.#tokens
            .slice(this.#place)
            .map(({ text }) => text)
            .join(' ');
    }
}


/***/ }),

/***/ 83994:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ touchedBy),
/* harmony export */   x: () => (/* binding */ reachOf)
/* harmony export */ });
/* harmony import */ var _program_value_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3860);
/* harmony import */ var _statement_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(36835);


const nothing = String.raw `(?:\s|\(|--[^\n]*\n|#[^\n]*\n|/\*(?!!|M!)[\s\S]*?\*/)*`;
const table = '(?!IF\\s)`?([^\\s`"\'(),;.]+)`?(?=[\\s(,;]|$)';
const firstWord = new RegExp(`^${nothing}([a-z]+)(?![\\w${_program_value_js__WEBPACK_IMPORTED_MODULE_1__/* .hole */ .fk}])`, 'i');
const creation = begins('CREATE (?:OR REPLACE )?TABLE (?:IF NOT EXISTS )?');
const change = begins('ALTER (?:IGNORE |ONLINE )?TABLE (?:IF EXISTS )?');
const index = begins('(?:CREATE (?:UNIQUE |FULLTEXT |SPATIAL )?INDEX|DROP INDEX)(?: [^;]*?)? ON ');
function begins(words) {
    return new RegExp(`^${nothing}${words.replaceAll(' ', '\\s+')}${table}`, 'i');
}
/** How far a statement reaches, by its first words. Parts that are not known are a {@link hole} in it. */
function reachOf(sql) {
    const first = firstWord.exec(sql)?.[1] ?? '';
    if ((0,_statement_js__WEBPACK_IMPORTED_MODULE_0__/* .changesNoTable */ .Dk)(first))
        return 'no table';
    const named = createdIn(sql) ?? changedIn(sql);
    if (named?.table.includes(_program_value_js__WEBPACK_IMPORTED_MODULE_1__/* .hole */ .fk) === false)
        return named;
    return sql.includes(_program_value_js__WEBPACK_IMPORTED_MODULE_1__/* .hole */ .fk) ? 'any table' : { words: wordsOf(sql) };
}
function createdIn(sql) {
    const name = creation.exec(sql)?.[1];
    return name === undefined ? null : { table: name, creates: true };
}
/** One that gets another name reaches further. */
function changedIn(sql) {
    const name = (change.exec(sql) ?? index.exec(sql))?.[1];
    if (name === undefined || /\bRENAME\s+(?!COLUMN|INDEX|KEY)/i.test(sql))
        return null;
    return { table: name, creates: false };
}
function wordsOf(sql) {
    return new Set([...sql.matchAll(/[\p{L}\p{N}_$]+/gu)].map(([word]) => word));
}
const touches = {
    'create table': ({ table }) => ({ gone: [table], shaped: [] }),
    'copy table': ({ table }) => ({ gone: [table], shaped: [] }),
    'alter table': ({ table, alterations }) => {
        const names = alterations.flatMap((one) => (one.kind === 'rename table' ? [one.to] : []));
        if (names.length > 0)
            return { gone: [table, ...names], shaped: [] };
        const shapes = alterations.some(({ kind }) => kind !== 'drop foreign key');
        return shapes ? { gone: [], shaped: [table] } : { gone: [], shaped: [], unbound: [table] };
    },
    'drop table': ({ tables }) => ({ gone: tables, shaped: [] }),
    'rename tables': ({ pairs }) => ({
        gone: pairs.flatMap(({ from, to }) => [from, to]),
        shaped: [],
    }),
    'create trigger': ({ table }) => ({ gone: [], shaped: [table] }),
    'foreign key checks': none,
    truncate: none,
    'syntax error': none,
    nothing: none,
};
function none() {
    return { gone: [], shaped: [] };
}
/** What a statement touches that is understood, and may have run or not. */
function touchedBy(change) {
    const touch = touches[change.kind];
    return touch(change);
}


/***/ }),

/***/ 36835:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Dk: () => (/* binding */ changesNoTable),
  sk: () => (/* binding */ onlyForMariaDb),
  cO: () => (/* binding */ readStatement)
});

// EXTERNAL MODULE: ./src/static/sql/columns.ts + 1 modules
var sql_columns = __webpack_require__(80746);
// EXTERNAL MODULE: ./src/static/sql/tokens.ts
var tokens = __webpack_require__(55715);
;// CONCATENATED MODULE: ./src/static/sql/keys.ts

/** Whether a key, and no column, is defined next. */
function seesKey(at) {
    return [
        'PRIMARY KEY',
        'UNIQUE',
        'KEY',
        'INDEX',
        'FULLTEXT',
        'SPATIAL',
        'CONSTRAINT',
        'FOREIGN KEY',
        'CHECK',
    ].some((words) => at.sees(words));
}
/** A key definition up to the end of its part of the statement; null for a CHECK, which makes no key. */
function readKey(at) {
    const symbol = constraintName(at);
    if (at.takes('CHECK')) {
        at.parenthesised();
        return null;
    }
    if (at.takes('PRIMARY KEY'))
        return finished('primary', 'PRIMARY', at);
    if (at.takes('FOREIGN KEY'))
        return foreign(symbol, at);
    return ordinary(symbol, at);
}
function ordinary(symbol, at) {
    const kind = at.takes('FULLTEXT', 'SPATIAL')
        ? 'special'
        : at.takes('UNIQUE')
            ? 'unique'
            : 'plain';
    if (!at.takes('KEY', 'INDEX') && kind === 'plain')
        throw at.lost();
    const ifNotExists = at.takes('IF NOT EXISTS');
    const name = at.sees('(') || at.sees('USING') ? symbol : at.name();
    return { ...finished(kind, name, at), ifNotExists };
}
function constraintName(at) {
    if (!at.takes('CONSTRAINT'))
        return null;
    const unnamed = ['PRIMARY KEY', 'UNIQUE', 'FOREIGN KEY', 'CHECK'].some((words) => at.sees(words));
    return unnamed ? null : at.name();
}
function foreign(symbol, at) {
    const ifNotExists = at.takes('IF NOT EXISTS');
    const index = at.sees('(') ? null : at.name();
    const parts = readParts(at.parenthesised());
    const references = reference(at);
    return { kind: 'foreign', name: symbol, index, parts, visible: true, references, ifNotExists };
}
const nowhere = { table: null, columns: [], setsNull: false };
/** What is not read of it only means that nothing is judged by it: no column depends on where it points to. */
function reference(at) {
    try {
        at.must('REFERENCES');
        const table = at.tableName();
        const columns = readParts(at.parenthesised()).map(({ column }) => column);
        const setsNull = at.rest().toUpperCase().includes('SET NULL');
        at.skip();
        return { table, columns, setsNull };
    }
    catch (error) {
        if (!(error instanceof tokens/* NotUnderstood */.fO))
            throw error;
        at.skip();
        return nowhere;
    }
}
function finished(kind, name, at) {
    using(at);
    const parts = readParts(at.parenthesised());
    let visible = true;
    while (!at.done) {
        if (using(at) || at.takes('VISIBLE', 'NOT IGNORED'))
            continue;
        if (at.takes('COMMENT'))
            at.next();
        else if (at.takes('INVISIBLE', 'IGNORED'))
            visible = false;
        else if (at.takes('WITH PARSER'))
            at.next();
        else
            throw at.lost();
    }
    return { kind, name, parts, visible };
}
function using(at) {
    return at.takes('USING BTREE', 'USING HASH');
}
/** Columns of a key; one that is computed has the name `(expression)`. */
function readParts(inside) {
    if (inside.done)
        return [];
    return inside.parts().map((part) => {
        if (part.sees('('))
            return { column: '(expression)', length: null };
        const column = part.name();
        const length = part.sees('(') ? Number(part.parenthesised().known().text) : null;
        part.takes('ASC', 'DESC');
        if (!part.done)
            throw new tokens/* NotUnderstood */.fO('a part of a key');
        return { column, length };
    });
}

;// CONCATENATED MODULE: ./src/static/sql/options.ts
const pairs = [
    'DEFAULT CHARACTER SET',
    'DEFAULT CHARSET',
    'DEFAULT COLLATE',
    'CHARACTER SET',
    'CHARSET',
    'COLLATE',
    'ENGINE',
    'ROW_FORMAT',
    'AUTO_INCREMENT',
    'COMMENT',
    'KEY_BLOCK_SIZE',
    'STATS_PERSISTENT',
    'STATS_AUTO_RECALC',
    'AVG_ROW_LENGTH',
    'MAX_ROWS',
    'MIN_ROWS',
    'CHECKSUM',
    'PACK_KEYS',
    'ALGORITHM',
    'LOCK',
];
/** One option of a table, as `ENGINE = InnoDB`; null when something else comes next. */
function readOption(at) {
    if (at.takes('WITH SYSTEM VERSIONING', 'ADD SYSTEM VERSIONING'))
        return { name: 'VERSIONING', value: 'on' };
    if (at.takes('DROP SYSTEM VERSIONING'))
        return { name: 'VERSIONING', value: 'off' };
    if (at.takes('REMOVE PARTITIONING'))
        return { name: 'PARTITIONS', value: 'off' };
    if (at.takes('PARTITION BY')) {
        at.parts();
        return { name: 'PARTITIONS', value: 'on' };
    }
    const name = pairs.find((words) => at.takes(words));
    if (name === undefined)
        return null;
    at.takes('=');
    return { name, value: at.known().text };
}
/** All options up to the end, with commas between them or not. */
function readOptions(at) {
    const found = [];
    while (!at.done) {
        if (at.takes(','))
            continue;
        const option = readOption(at);
        if (option === null)
            throw at.lost();
        found.push(option);
    }
    return found;
}

;// CONCATENATED MODULE: ./src/static/sql/alterations.ts




/** One part of an ALTER TABLE; several where it adds columns in parentheses. */
function readAlteration(at) {
    try {
        return alterations_readParts(at);
    }
    catch (error) {
        if (!(error instanceof tokens/* NotUnderstood */.fO))
            throw error;
        return [{ kind: 'unread', why: error.why }];
    }
}
function alterations_readParts(at) {
    const option = readOption(at);
    const found = option === null ? readOther(at) : [{ kind: 'option', ...option }];
    // `ENGINE=InnoDB ROW_FORMAT=DYNAMIC` needs no comma.
    return at.done ? found : [...found, ...alterations_readParts(at)];
}
function readOther(at) {
    const verb = verbs.find(([words]) => at.takes(...words));
    if (verb === undefined)
        throw at.lost();
    return verb[1](at);
}
const verbs = [
    [['ADD COLUMN'], added],
    [['ADD'], (at) => (seesKey(at) ? addedKey(at) : added(at))],
    [['MODIFY COLUMN', 'MODIFY'], modified],
    [
        ['CHANGE COLUMN', 'CHANGE'],
        (at) => {
            const ifExists = at.takes('IF EXISTS');
            return [{ kind: 'change column', ifExists, from: at.name(), column: (0,sql_columns/* readColumn */.JB)(at) }];
        },
    ],
    [['DROP PRIMARY KEY'], () => [{ kind: 'drop primary key' }]],
    [
        ['DROP FOREIGN KEY'],
        (at) => {
            const ifExists = at.takes('IF EXISTS');
            // Whichever it is: no column and no index goes with it.
            const known = at.peek()?.kind.endsWith('hole') !== true;
            return [{ kind: 'drop foreign key', ifExists, name: known ? at.name() : nameless(at) }];
        },
    ],
    [
        ['DROP INDEX', 'DROP KEY'],
        (at) => [{ kind: 'drop key', ifExists: at.takes('IF EXISTS'), name: at.name() }],
    ],
    [
        ['DROP CONSTRAINT'],
        (at) => [{ kind: 'drop constraint', ifExists: at.takes('IF EXISTS'), name: at.name() }],
    ],
    [['DROP COLUMN', 'DROP'], dropped],
    [['ALTER COLUMN', 'ALTER INDEX', 'ALTER'], altered],
    [['RENAME COLUMN'], (at) => [{ kind: 'rename column', ...pair(at) }]],
    [['RENAME INDEX', 'RENAME KEY'], (at) => [{ kind: 'rename key', ...pair(at) }]],
    [['RENAME TO', 'RENAME AS', 'RENAME'], (at) => [{ kind: 'rename table', to: at.tableName() }]],
    [['CONVERT TO CHARACTER SET', 'CONVERT TO CHARSET'], converted],
];
function nameless(at) {
    at.next();
    return null;
}
function added(at) {
    const ifNotExists = at.takes('IF NOT EXISTS');
    if (!at.sees('('))
        return addedColumn((0,sql_columns/* readColumn */.JB)(at), ifNotExists);
    return at
        .parenthesised()
        .parts()
        .flatMap((part) => addedColumn((0,sql_columns/* readColumn */.JB)(part), ifNotExists));
}
function addedColumn(column, ifNotExists) {
    return [{ kind: 'add column', column, ifNotExists }];
}
function addedKey(at) {
    const key = readKey(at);
    return key === null ? [] : [{ kind: 'add key', key }];
}
function modified(at) {
    const ifExists = at.takes('IF EXISTS');
    const column = (0,sql_columns/* readColumn */.JB)(at);
    return [{ kind: 'change column', from: column.name, column, ifExists }];
}
function dropped(at) {
    const ifExists = at.takes('IF EXISTS');
    const name = at.name();
    at.takes('CASCADE', 'RESTRICT');
    return [{ kind: 'drop column', name, ifExists }];
}
function altered(at) {
    const name = at.name();
    if (at.takes('DROP DEFAULT'))
        return [{ kind: 'default', column: name, fallback: null }];
    if (at.takes('SET DEFAULT'))
        return [{ kind: 'default', column: name, fallback: (0,sql_columns/* readDefault */.I8)(at) }];
    if (at.takes('INVISIBLE', 'IGNORED'))
        return [{ kind: 'key visibility', name, visible: false }];
    if (at.takes('VISIBLE', 'NOT IGNORED'))
        return [{ kind: 'key visibility', name, visible: true }];
    throw at.lost();
}
function pair(at) {
    const from = at.name();
    at.must('TO');
    return { from, to: at.name() };
}
/** Columns keep their types, but for texts, which may grow: that is left to who applies it. */
function converted(at) {
    const value = at.next().text;
    if (at.takes('COLLATE'))
        at.next();
    return [{ kind: 'option', name: 'CONVERT', value }];
}

// EXTERNAL MODULE: ./src/static/sql/cursor.ts
var cursor = __webpack_require__(87187);
;// CONCATENATED MODULE: ./src/static/sql/statement.ts






/**
 * What a statement does to the structure of the database.
 * @throws NotUnderstood where that cannot be known
 */
function readStatement(sql) {
    const all = (0,tokens/* tokens */.LU)(sql);
    const end = all.findLastIndex((one) => !isEnd(one));
    const whole = all.slice(0, end + 1);
    const at = new cursor/* Cursor */.b(whole);
    const why = wrongIn(whole);
    if (why !== null)
        return { kind: 'syntax error', why };
    const aside = shapesNothing(at);
    if (aside !== null)
        return aside;
    const begin = beginnings.find(([words]) => at.takes(...words));
    if (begin === undefined)
        throw at.lost();
    const change = begin[1](at);
    if (at.peek() !== undefined)
        throw at.lost();
    return all.some(({ kind }) => kind === 'bare hole') ? withHole(change) : change;
}
function shapesNothing(at) {
    if (at.takes('TRUNCATE TABLE', 'TRUNCATE'))
        return { kind: 'truncate', table: at.tableName() };
    if (at.sees('SET'))
        return setting(at.rest());
    return at.done || changesNoTable(at.peek()?.text ?? '') ? { kind: 'nothing' } : null;
}
function isEnd({ kind, text }) {
    return kind === 'sign' && text === ';';
}
const bodies = /^(CREATE (\S+ )*(TRIGGER|PROCEDURE|FUNCTION|EVENT)|BEGIN NOT)\b/i;
/** What no server of MySQL or MariaDB reads; null where nothing of the kind is seen. */
function wrongIn(all) {
    const words = all.slice(0, 12).map(({ text }) => text);
    if (/^DELIMITER$/i.test(words[0] ?? ''))
        return 'DELIMITER is a command of the mysql client';
    if (/^DO \$\$/i.test(words.join(' ')))
        return 'DO $$ is a block of PostgreSQL';
    const first = all.findIndex(isEnd);
    if (first === -1 || all.some(({ kind }) => kind === 'bare hole'))
        return null;
    // Those in the body of a trigger are part of it.
    if (bodies.test(words.join(' ')))
        return null;
    const second = all.slice(first).find((one) => !isEnd(one))?.text;
    return second === undefined ? null : `a second statement in one query(), near "${second}"`;
}
const conditional = /^(ALTER|RENAME|DROP INDEX|CREATE (UNIQUE )?INDEX) (.* )?(IF (NOT )?EXISTS) /i;
/** Why MySQL does not read a statement that MariaDB reads; null where both read it. */
function onlyForMariaDb(sql) {
    const words = (0,tokens/* tokens */.LU)(sql).map(({ kind, text }) => (kind === 'word' ? text : '.'));
    const found = conditional.exec(`${words.join(' ')} `)?.[4];
    if (found !== undefined)
        return `MySQL knows no ${found.toUpperCase()} here`;
    return /^CREATE OR REPLACE TABLE /i.test(words.join(' '))
        ? 'MySQL knows no OR REPLACE here'
        : null;
}
/** A SET, of which only whether foreign keys are checked matters here. */
function setting(words) {
    const all = [
        ...words.matchAll(/(?:^SET |[,.] |SESSION |LOCAL |@@)FOREIGN_KEY_CHECKS :? ?= (\S+)/gi),
    ];
    const value = all.at(-1)?.[1];
    if (value === undefined)
        return { kind: 'nothing' };
    return { kind: 'foreign key checks', on: /^(1|on|true|@.*)$/i.test(value) };
}
/** What stands in a bare hole may be more than one part. */
function withHole(change) {
    const { why } = new tokens/* MeetsHole */.Jm();
    if (change.kind === 'create table')
        return { ...change, unread: [...change.unread, why] };
    if (change.kind !== 'alter table')
        throw new tokens/* MeetsHole */.Jm();
    if (change.alterations.every(({ kind }) => kind === 'drop foreign key'))
        return change;
    const more = { kind: 'unread', why };
    return { ...change, alterations: [...change.alterations, more] };
}
/** Whether a statement with this first word leaves every table as it is. */
function changesNoTable(word) {
    return harmless.includes(word.toUpperCase());
}
const harmless = 'SELECT INSERT UPDATE DELETE REPLACE SET SHOW DESCRIBE DESC EXPLAIN USE LOCK UNLOCK START COMMIT ROLLBACK BEGIN SAVEPOINT ANALYZE OPTIMIZE TRUNCATE GRANT REVOKE FLUSH WITH DO KILL'.split(' ');
const otherThings = [
    'VIEW',
    'OR REPLACE VIEW',
    'FUNCTION',
    'PROCEDURE',
    'EVENT',
    'DATABASE',
    'SCHEMA',
    'USER',
    'ROLE',
    'SEQUENCE',
];
const beginnings = [
    [['CREATE TEMPORARY TABLE', 'DROP TEMPORARY TABLE'], aside],
    [['CREATE OR REPLACE TABLE'], (at) => create(at, true)],
    [['CREATE TABLE'], (at) => create(at, false)],
    [['CREATE UNIQUE INDEX'], (at) => index(at, 'unique')],
    [['CREATE INDEX'], (at) => index(at, 'plain')],
    [['CREATE TRIGGER'], trigger],
    [['ALTER TABLE', 'ALTER IGNORE TABLE', 'ALTER ONLINE TABLE'], alter],
    [['DROP INDEX'], dropIndex],
    [['DROP TABLE'], drop],
    [['RENAME TABLE'], rename],
    [
        otherThings
            .filter((one) => one !== 'DATABASE')
            .flatMap((one) => [`CREATE ${one}`, `DROP ${one}`]),
        aside,
    ],
];
/** It changes no table that is followed here. */
function aside(at) {
    at.parts();
    return { kind: 'nothing' };
}
function create(at, replaces) {
    const ifNotExists = at.takes('IF NOT EXISTS');
    const table = at.tableName();
    if (at.takes('LIKE'))
        return { kind: 'copy table', table, from: at.tableName(), ifNotExists };
    const columns = [];
    const keys = [];
    const unread = [];
    for (const part of at.parenthesised().parts()) {
        try {
            if (seesKey(part))
                keys.push(...[readKey(part)].filter((one) => one !== null));
            else
                columns.push((0,sql_columns/* readColumn */.JB)(part));
        }
        catch (error) {
            if (!(error instanceof tokens/* NotUnderstood */.fO))
                throw error;
            unread.push(error.why);
        }
    }
    // Also refuses CREATE TABLE ... SELECT.
    const options = readOptions(at);
    return { kind: 'create table', table, ifNotExists, replaces, columns, keys, options, unread };
}
function index(at, kind) {
    const ifNotExists = at.takes('IF NOT EXISTS');
    const name = at.name();
    at.takes('USING BTREE', 'USING HASH');
    at.must('ON');
    const table = at.tableName();
    const parts = readParts(at.parenthesised());
    at.takes('USING BTREE', 'USING HASH');
    const key = { kind, name, parts, visible: true, ifNotExists };
    return { kind: 'alter table', table, alterations: [{ kind: 'add key', key }] };
}
function dropIndex(at) {
    const ifExists = at.takes('IF EXISTS');
    const name = at.name();
    at.must('ON');
    const alteration = name.toUpperCase() === 'PRIMARY'
        ? { kind: 'drop primary key' }
        : { kind: 'drop key', name, ifExists };
    return { kind: 'alter table', table: at.tableName(), alterations: [alteration] };
}
function trigger(at) {
    at.takes('IF NOT EXISTS');
    const name = at.name();
    const when = `${at.name()} ${at.name()}`.toUpperCase();
    at.must('ON');
    const table = at.tableName();
    at.parts();
    return { kind: 'create trigger', table, name, when };
}
function alter(at) {
    const ifExists = at.takes('IF EXISTS');
    const table = at.tableName();
    const alterations = at.parts().flatMap(readAlteration);
    return { kind: 'alter table', table, ifExists, alterations };
}
function drop(at) {
    const ifExists = at.takes('IF EXISTS');
    const tables = at.parts().map((part) => {
        const name = part.tableName();
        part.takes('CASCADE', 'RESTRICT');
        return name;
    });
    return { kind: 'drop table', tables, ifExists };
}
function rename(at) {
    const pairs = at.parts().map((part) => {
        const from = part.tableName();
        part.must('TO');
        return { from, to: part.tableName() };
    });
    return { kind: 'rename tables', pairs };
}


/***/ }),

/***/ 55715:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Jm: () => (/* binding */ MeetsHole),
/* harmony export */   LU: () => (/* binding */ tokens),
/* harmony export */   fO: () => (/* binding */ NotUnderstood)
/* harmony export */ });
/* harmony import */ var _program_value_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3860);

/** The reader meets something it does not know: what the statement does cannot be known. */
class NotUnderstood extends Error {
    name = 'NotUnderstood';
    /** In words for a person. */
    get why() {
        return `this SQL is not read here: ${this.message}`;
    }
}
/** The reader meets a part of the statement that only running tells. */
class MeetsHole extends NotUnderstood {
    name = 'MeetsHole';
    constructor() {
        super('a part of it that only running tells');
    }
}
// Blanks and comments; those that servers execute (`/*!`) are refused below.
const nothing = /(?:\s+|--(?:[ \t][^\n]*)?(?:\n|$)|#[^\n]*(?:\n|$)|\/\*(?!!|M!)[\s\S]*?\*\/)+/y;
const piece = /`((?:[^`]|``)*)`|'((?:[^'\\]|''|\\[\s\S])*)'|"((?:[^"\\]|""|\\[\s\S])*)"|(\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w$]))|([\p{L}\p{N}_$@\uFFFC]+)|([(),.;=*+\-/<>!%&|^~:?])/uy;
/**
 * Cuts SQL as MySQL and MariaDB read it with the sql_mode that CodeIgniter leaves (double quotes are texts).
 * @throws NotUnderstood at a sign that is none, or an executable comment
 */
function tokens(sql) {
    const found = [];
    let place = 0;
    while (place < sql.length) {
        nothing.lastIndex = place;
        if (nothing.test(sql)) {
            place = nothing.lastIndex;
            continue;
        }
        piece.lastIndex = place;
        const match = piece.exec(sql);
        if (match === null)
            throw new NotUnderstood(`"${sql.slice(place, place + 20)}"`);
        found.push(withHoles(token(match)));
        place = piece.lastIndex;
    }
    return found;
}
function withHoles(token) {
    if (!token.text.includes(_program_value_js__WEBPACK_IMPORTED_MODULE_0__/* .hole */ .fk))
        return token;
    return { kind: token.kind === 'word' ? 'bare hole' : 'hole', text: token.text };
}
function token([, name, single, double, number, word, sign = '']) {
    if (name !== undefined)
        return { kind: 'name', text: name.replaceAll('``', '`') };
    if (single !== undefined)
        return { kind: 'text', text: plain(single, "'") };
    if (double !== undefined)
        return { kind: 'text', text: plain(double, '"') };
    if (number !== undefined)
        return { kind: 'number', text: number };
    if (word !== undefined)
        return { kind: 'word', text: word };
    return { kind: 'sign', text: sign };
}
const escapes = {
    '0': '\0',
    b: '\b',
    n: '\n',
    r: '\r',
    t: '\t',
    Z: '\x1a',
};
function plain(inside, quote) {
    return inside
        .replaceAll(quote + quote, quote)
        .replaceAll(/\\([\s\S])/g, (_, sign) => escapes[sign] ?? sign);
}


/***/ }),

/***/ 14971:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ bundleRef),
/* harmony export */   r: () => (/* binding */ SourceFailed)
/* harmony export */ });
/** A commit of the workspace cannot be sent. */
class SourceFailed extends Error {
    name = 'SourceFailed';
    fault;
    constructor(fault, cause) {
        super(`The commit cannot be sent: ${fault.kind}.`, { cause });
        this.fault = fault;
    }
}
/** The one ref of a bundle: the commit. */
const bundleRef = 'refs/heads/ci4-deploy';


/***/ }),

/***/ 98333:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ untilCancelled)
/* harmony export */ });
/* harmony import */ var _server_failures_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(82284);

/** The signal that aborts when a runner, or a person at a terminal, ends this process. */
function untilCancelled() {
    const stop = new AbortController();
    for (const name of ['SIGINT', 'SIGTERM']) {
        process.on(name, () => {
            stop.abort(new _server_failures_js__WEBPACK_IMPORTED_MODULE_0__/* .Cancelled */ .cJ(`The run received ${name}.`));
        });
    }
    return stop.signal;
}


/***/ })

};
;