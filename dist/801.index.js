"use strict";
exports.id = 801;
exports.ids = [801];
exports.modules = {

/***/ 39941:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  BY: () => (/* binding */ changesNothingHere),
  lP: () => (/* binding */ foldProject),
  ev: () => (/* binding */ foldWith)
});

// EXTERNAL MODULE: ./src/static/sql/reach.ts
var sql_reach = __webpack_require__(83994);
// EXTERNAL MODULE: ./src/static/sql/statement.ts + 3 modules
var statement = __webpack_require__(36835);
// EXTERNAL MODULE: ./src/static/sql/tokens.ts
var tokens = __webpack_require__(55715);
// EXTERNAL MODULE: ./src/static/catalog/alter.ts + 1 modules
var alter = __webpack_require__(32271);
// EXTERNAL MODULE: ./src/static/catalog/options.ts
var catalog_options = __webpack_require__(23476);
// EXTERNAL MODULE: ./src/static/catalog/foreign-keys.ts
var foreign_keys = __webpack_require__(1511);
// EXTERNAL MODULE: ./src/static/catalog/keys.ts
var keys = __webpack_require__(15708);
// EXTERNAL MODULE: ./src/static/catalog/model.ts
var model = __webpack_require__(40059);
;// CONCATENATED MODULE: ./src/static/catalog/matching.ts


/**
 * Asks whether both tables are as a foreign key needs them. Tried on MariaDB 10.11 and 11.8 and on MySQL 9.
 * @param indexed whether the server asks for the index of the parent too: it does, unless checks are off
 * @throws Refused
 */
function mustMatch({ key, child, parent }, indexed) {
    const wrong = (why) => refusedFor(key, child, why);
    if (parent.engine !== 'InnoDB')
        throw wrong(`${parent.name} is ${parent.engine}, not InnoDB`);
    for (const [at, name] of key.references.columns.entries()) {
        const there = (0,model/* columnOf */.uV)(parent, name);
        if (there === undefined)
            throw wrong(`${parent.name} has no column "${name}"`);
        const own = (0,model/* columnOf */.uV)(child, key.columns[at] ?? '');
        if (own !== undefined)
            mustBeAlike(own, there, wrong);
    }
    const wanted = key.references.columns.map((column) => ({ column, length: null }));
    if (!indexed || parent.indexes.some((one) => (0,keys/* covers */.hU)(one, wanted)))
        return;
    throw wrong(`no key of ${parent.name} begins with (${key.references.columns.join(', ')})`);
}
/**
 * Asks whether a table still has what its own foreign key stands on.
 * @param indexed see {@link mustMatch}
 * @throws Refused
 */
function mustStand(key, child, indexed) {
    if (child.engine !== 'InnoDB') {
        throw refusedFor(key, child, `${child.engine} has no foreign keys`);
    }
    for (const name of key.columns) {
        const own = (0,model/* columnOf */.uV)(child, name);
        if (own === undefined)
            throw refusedFor(key, child, `it needs the column "${name}"`);
        if (key.references.setsNull && !own.nullable && own.doubt === null) {
            throw refusedFor(key, child, `"${name}" is NOT NULL, but is to be set to NULL`);
        }
    }
    const wanted = key.columns.map((column) => ({ column, length: null }));
    if (!indexed || child.indexes.some((one) => (0,keys/* covers */.hU)(one, wanted)))
        return;
    throw refusedFor(key, child, `it needs a key that begins with (${key.columns.join(', ')})`);
}
/** Errno 150 is what MariaDB and older servers say for each of these. */
function refusedFor({ name }, child, why) {
    return new model/* Refused */.Lw(`foreign key ${name} of ${child.name}: ${why} (errno: 150)`, { about: name });
}
function mustBeAlike(own, there, wrong) {
    if (own.doubt !== null || there.doubt !== null)
        return;
    if (sort(own.type) === sort(there.type))
        return;
    throw wrong(`"${own.name}" is ${own.type}, but "${there.name}" is ${there.type}`);
}
/** Lengths, precision and values of an ENUM may differ; sizes and signs of whole numbers may not. */
function sort(type) {
    const base = /^[a-z]+/.exec(type)?.[0] ?? type;
    if (base.endsWith('int'))
        return `${base}${type.includes('unsigned') ? ' unsigned' : ''}`;
    return sorts[base] ?? base;
}
const sorts = {
    char: 'text',
    varchar: 'text',
    binary: 'bytes',
    varbinary: 'bytes',
    timestamp: 'datetime',
};
/**
 * What only one kind of server refuses of a change: MariaDB another length of a text, MySQL another AUTO_INCREMENT of
 * what is pointed to.
 * @throws Refused
 */
function mustStay([before, after], { key, child }, names, family) {
    for (const name of names) {
        const [from, to] = [(0,model/* columnOf */.uV)(before, name), (0,model/* columnOf */.uV)(after, name)];
        if (from === undefined || to === undefined || (from.doubt ?? to.doubt) !== null)
            continue;
        if (keeps[family](from, to) || (family === 'MySQL' && after.name === child.name))
            continue;
        throw refusedFor(key, child, `${family} keeps "${after.name}.${name}" as it is`);
    }
}
const keeps = {
    MariaDB: (from, to) => from.type === to.type || sort(to.type) !== 'text',
    MySQL: (from, to) => counts(from) === counts(to),
    unknown: () => true,
};
function counts({ extra }) {
    return extra.includes('auto_increment');
}

;// CONCATENATED MODULE: ./src/static/catalog/references.ts



/** Foreign keys between the tables of one database. What is not known of a table forbids nothing. */
class References {
    /** FOREIGN_KEY_CHECKS of the connection. */
    checked = true;
    /** Tables that were not there when a foreign key pointed to them. */
    missing = new Map();
    #tables;
    #family;
    #absent;
    /** Tables that may point to one, by its name. */
    #children = new Map();
    #dropped = new Set();
    /** Tables that had a foreign key of a name last, by that name in lower case. */
    #names = new Map();
    constructor(tables, family, absent) {
        this.#tables = tables;
        this.#family = family;
        this.#absent = absent;
    }
    /**
     * Judges a table that was made or changed.
     * @param place the statement
     * @param before null when it is new
     * @param alterations what changed it
     * @returns tables that point to it and follow its new names
     * @throws Refused
     */
    judge(place, before, after, alterations = []) {
        const from = before?.name ?? after.name;
        const names = renamesIn(alterations);
        const children = this.#pointingTo(from).map((child) => (0,foreign_keys/* following */.CQ)(child, { from, to: after.name }, names));
        for (const key of keysOf(after))
            this.#own(place, key, before, after);
        if (after.doubt === null) {
            for (const child of children)
                this.#fromOutside(child, before, after);
        }
        this.#remember(after);
        for (const child of children)
            this.#remember(child);
        return children;
    }
    /**
     * Asks for each table that is dropped whether another points to it. MariaDB drops one by one; MySQL looks at all first.
     * @throws Refused
     */
    drop(name, all) {
        const along = this.#family === 'MariaDB' ? [name] : all;
        this.#mustBeFree(name, 'drop', along);
        this.#dropped.add(name);
    }
    /** @throws Refused where another table points to it */
    empty(name) {
        this.#mustBeFree(name, 'truncate', [name]);
    }
    #mustBeFree(name, verb, along) {
        const child = this.#pointingTo(name).find((one) => !along.includes(one.name));
        if (!this.checked || child === undefined)
            return;
        const key = keysOf(child).find(({ references }) => references.table === name)?.name ?? '';
        const errno = verb === 'drop' ? 1451 : 1701;
        throw new model/* Refused */.Lw(`cannot ${verb} ${name}: foreign key ${key} of ${child.name} points to it (errno: ${errno})`);
    }
    #own(place, key, before, after) {
        const isNew = before === null || (0,foreign_keys/* foreignKeyOf */.Tw)(before, key.name) === undefined;
        if (isNew)
            this.#nameIsFree(key, after);
        const strict = isNew || this.checked || this.#family === 'MySQL';
        mustStand(key, after, strict);
        this.#toParent(place, key, after, { isNew, strict });
        if (before === null || isNew)
            return;
        mustStay([before, after], { key, child: after }, key.columns, this.#family);
    }
    #toParent(place, key, after, { isNew, strict }) {
        const parent = this.#parentOf(key, after);
        if (parent === 'missing') {
            if (isNew && this.checked)
                this.#isMissing(key, place);
        }
        else if (parent !== null)
            mustMatch({ key, child: after, parent }, strict);
    }
    /** Null where nothing is known of it. */
    #parentOf({ references }, own) {
        if (references.table === null)
            return null;
        if (references.table === own.name)
            return own;
        const entry = this.#tables.get(references.table);
        if (entry === undefined)
            return 'missing';
        return entry.kind === 'table' && entry.table.doubt === null ? entry.table : null;
    }
    #fromOutside(child, before, after) {
        const strict = this.checked || this.#family === 'MySQL';
        for (const key of keysOf(child)) {
            if (key.references.table !== after.name || (before === null && !strict))
                continue;
            mustMatch({ key, child, parent: after }, strict);
            if (before !== null)
                mustStay([before, after], { key, child }, key.references.columns, this.#family);
        }
    }
    /** In MySQL, and in MariaDB before 12.1, a name is taken in the whole database. */
    #nameIsFree({ name }, table) {
        const other = this.#names.get(name.toLowerCase()) ?? table.name;
        const entry = this.#tables.get(other);
        if (other === table.name || entry?.kind !== 'table')
            return;
        if ((0,foreign_keys/* foreignKeyOf */.Tw)(entry.table, name) === undefined)
            return;
        throw new model/* Refused */.Lw(`duplicate foreign key name ${name}: ${other} has it already (errno: 121)`, {
            about: name,
        });
    }
    #isMissing({ name, references }, place) {
        const table = references.table ?? '';
        const why = this.#absent.get(table);
        if (why !== undefined) {
            throw new model/* Refused */.Lw(`foreign key ${name}: there is no table ${table}, ${why} (errno: 150)`, {
                missing: true,
                about: name,
            });
        }
        const how = this.#dropped.has(table) ? 'dropped' : 'never made';
        const first = { how, key: name, place: (0,model/* placeOf */.$t)(place, name.toLowerCase()) };
        if (!this.missing.has(table))
            this.missing.set(table, first);
    }
    #remember(table) {
        this.#dropped.delete(table.name);
        const missing = this.missing.get(table.name);
        if (missing?.how === 'never made') {
            this.missing.set(table.name, { ...missing, how: 'not there yet' });
        }
        for (const { name, references } of table.foreignKeys ?? []) {
            this.#names.set(name.toLowerCase(), table.name);
            if (references.table === null)
                continue;
            const known = this.#children.get(references.table) ?? new Set();
            this.#children.set(references.table, known.add(table.name));
        }
    }
    /** Other tables whose foreign keys point to it. */
    #pointingTo(name) {
        return [...(this.#children.get(name) ?? [])].flatMap((child) => {
            const entry = this.#tables.get(child);
            if (child === name || entry?.kind !== 'table')
                return [];
            return keysOf(entry.table).some(({ references }) => references.table === name)
                ? [entry.table]
                : [];
        });
    }
}
function keysOf({ foreignKeys, doubt }) {
    return doubt === null ? (foreignKeys ?? []) : [];
}
/** New names of columns by their old ones in lower case. */
function renamesIn(alterations) {
    const names = new Map();
    for (const one of alterations) {
        if (one.kind === 'rename column')
            names.set(one.from.toLowerCase(), one.to);
        if (one.kind === 'change column')
            names.set(one.from.toLowerCase(), one.column.name);
    }
    return names;
}

;// CONCATENATED MODULE: ./src/static/catalog/catalog.ts







/** All tables of one database as the migrations so far make them. */
class Catalog {
    tables = new Map();
    /** Every change of a table that was there before, in order. */
    alters = [];
    unnamed = [];
    /** Calls of other classes, which may make tables too. */
    unseen = [];
    /** Tables that were created over one that was there: CREATE TABLE IF NOT EXISTS. */
    conditional = new Map();
    references;
    /** Tables may be there that no migration makes where it can be seen. */
    holdsOthers = false;
    #family;
    #watched;
    /**
     * @param watched the table to report on: a statement that is not understood may be about it
     * @param absent tables that are surely not there when foreign keys point to them
     */
    constructor(family, watched, absent = new Map()) {
        this.#family = family;
        this.#watched = watched;
        this.references = new References(this.tables, family, absent);
    }
    /**
     * Runs a statement.
     * @throws Refused where the server would refuse it
     */
    run(sql, place) {
        try {
            const change = (0,statement/* readStatement */.cO)(sql);
            const why = this.#family === 'MySQL' ? (0,statement/* onlyForMariaDb */.sk)(sql) : null;
            this.#apply(why === null ? change : { kind: 'syntax error', why }, place);
        }
        catch (error) {
            const why = ofReader(error);
            if (why === null)
                throw error;
            this.#mayReach(sql, place, place.unknown ?? why);
        }
    }
    /** A statement that may have run, or may not. */
    doubt(sql, place, why) {
        try {
            this.#perhaps((0,statement/* readStatement */.cO)(sql), place, why);
        }
        catch (error) {
            if (ofReader(error) === null)
                throw error;
            this.#mayReach(sql, place, why);
        }
    }
    /** Nobody can tell from here on whether this table is there, nor what it is like. */
    unresolve(name, place, why) {
        const { file, line } = place;
        this.tables.set(name, { kind: 'unresolved', place: { file, line }, why });
    }
    /** Something may have changed this table; it is there as before. */
    blur(name, place, why) {
        const entry = this.tables.get(name);
        if (entry === undefined)
            this.holdsOthers = true;
        if (entry?.kind !== 'table')
            this.unresolve(name, place, why);
        else
            this.tables.set(name, { kind: 'table', table: (0,alter/* inDoubt */.a)(entry.table, place, why) });
    }
    /** Any table may have changed. */
    unresolveAll(place, why) {
        this.holdsOthers = true;
        for (const name of [...this.tables.keys(), this.#watched])
            this.unresolve(name, place, why);
    }
    #mayReach(sql, place, why) {
        const reach = (0,sql_reach/* reachOf */.x)(sql);
        if (reach === 'no table')
            return;
        if (reach === 'any table')
            this.unresolveAll(place, why);
        else if ('words' in reach) {
            for (const name of reach.words)
                if (this.tables.has(name) || name === this.#watched)
                    this.unresolve(name, place, why);
        }
        else if (reach.creates)
            this.unresolve(reach.table, place, why);
        else
            this.blur(reach.table, place, why);
    }
    #perhaps(change, place, why) {
        const { gone, shaped, unbound = [] } = (0,sql_reach/* touchedBy */.O)(change);
        if (change.kind === 'foreign key checks')
            this.references.checked &&= change.on;
        for (const name of gone)
            if (!this.#stays(name, change))
                this.unresolve(name, place, why);
        for (const name of shaped)
            this.blur(name, place, why);
        for (const name of unbound)
            this.#unbind(name);
    }
    /** With IF NOT EXISTS one that is there stays as it is. */
    #stays(name, change) {
        const isConditional = 'ifNotExists' in change && change.ifNotExists;
        return isConditional && this.tables.get(name)?.kind === 'table';
    }
    /** Which foreign keys it has, only running tells. */
    #unbind(name) {
        const entry = this.tables.get(name);
        if (entry?.kind === 'table')
            this.#set({ ...entry.table, foreignKeys: null });
    }
    #set(table) {
        this.tables.set(table.name, { kind: 'table', table });
    }
    #apply(change, place) {
        const how = this.#kinds[change.kind];
        how(change, place);
    }
    #kinds = {
        'create table': (change, place) => {
            this.#create(change, place);
        },
        'copy table': (change, place) => {
            this.#copy(change, place);
        },
        'alter table': ({ table, alterations, ifExists }, place) => {
            if (ifExists !== true || this.tables.has(table))
                this.#alter(table, alterations, place);
        },
        'drop table': (change, place) => {
            this.#drop(change, place);
        },
        'rename tables': ({ pairs }, place) => {
            for (const { from, to } of pairs)
                this.#alter(from, [{ kind: 'rename table', to }], place);
        },
        'create trigger': (change, place) => {
            this.#trigger(change, place);
        },
        'foreign key checks': ({ on }) => {
            this.references.checked = on;
        },
        truncate: ({ table }) => {
            this.references.empty(table);
        },
        'syntax error': ({ why }) => {
            throw new model/* Refused */.Lw(`${why} (errno: 1064)`);
        },
        nothing: () => undefined,
    };
    #create(change, place) {
        const { table: name, columns, keys, options, unread } = change;
        const there = this.tables.get(name);
        if (there !== undefined && change.ifNotExists) {
            this.conditional.set(name, place);
            return;
        }
        // Nobody knows whether an unresolved one is there; if it is not refused, this is what it is.
        if (there?.kind === 'table' && !change.replaces) {
            throw new model/* Refused */.Lw(`Table '${name}' already exists`);
        }
        (0,model/* mustBeShort */.tC)(name);
        const bare = (0,model/* bareTable */.D0)(name, place);
        const empty = place.unsure === undefined ? bare : (0,alter/* inDoubt */.a)(bare, place, place.unsure);
        const optioned = options.reduce((now, one) => (0,catalog_options/* withOption */.W)(now, one.name, one.value), empty);
        const parts = [
            ...columns.map((column) => ({ kind: 'add column', column, ifNotExists: false })),
            ...unread.map((why) => ({ kind: 'unread', why })),
            ...keys.map((key) => ({ kind: 'add key', key })),
        ];
        const table = (0,alter/* altered */.W)(optioned, parts, this.#family, place);
        this.references.judge(place, null, table);
        this.#set(table);
        if (change.ifNotExists)
            this.conditional.set(name, place);
    }
    #copy({ table, from, ifNotExists }, place) {
        if (this.tables.has(table)) {
            if (ifNotExists)
                return;
            throw new model/* Refused */.Lw(`Table '${table}' already exists`);
        }
        const entry = this.tables.get(from);
        if (entry?.kind !== 'table') {
            this.unresolve(table, place, `it is made like ${from}, which is not known`);
            return;
        }
        const copy = { ...entry.table, name: table, place, triggers: [], foreignKeys: [] };
        this.references.judge(place, null, copy);
        this.#set(copy);
    }
    #alter(name, alterations, place) {
        const entry = this.tables.get(name);
        if (entry === undefined) {
            this.holdsOthers = true;
            this.unresolve(name, place, elsewhere);
            return;
        }
        if (entry.kind === 'unresolved') {
            for (const one of alterations)
                if (one.kind === 'rename table')
                    this.#rename(name, one.to, entry);
            return;
        }
        const table = (0,alter/* altered */.W)(entry.table, alterations, this.#family, place);
        if (table.name !== name)
            this.#mustBeFree(table.name);
        const children = this.references.judge(place, entry.table, table, alterations);
        this.#changed({ before: entry.table, after: table, alterations, place });
        if (table.name !== name)
            this.tables.delete(name);
        for (const one of [table, ...children])
            this.#set(one);
    }
    #changed(alter) {
        this.alters.push({ ...alter, checksKeys: this.references.checked });
    }
    #rename(from, to, entry) {
        this.#mustBeFree(to);
        this.tables.delete(from);
        this.tables.set(to, entry);
    }
    #mustBeFree(name) {
        (0,model/* mustBeShort */.tC)(name);
        if (this.tables.has(name))
            throw new model/* Refused */.Lw(`Table '${name}' already exists`);
    }
    /** MariaDB drops one after the other, and the rest where one is refused; MySQL all or none. */
    #drop({ tables }, place) {
        const refused = [];
        for (const name of tables) {
            try {
                this.references.drop(name, tables);
                this.#dropOne(name, place);
            }
            catch (error) {
                if (!(error instanceof model/* Refused */.Lw) || this.#family !== 'MariaDB')
                    throw error;
                refused.push(error);
            }
        }
        if (refused[0] !== undefined)
            throw refused[0];
    }
    #dropOne(name, place) {
        const entry = this.tables.get(name);
        this.tables.delete(name);
        if (entry?.kind !== 'table')
            return;
        this.#changed({ before: entry.table, after: null, alterations: [], place });
    }
    #trigger(change, place) {
        const entry = this.tables.get(change.table);
        if (entry?.kind !== 'table')
            return;
        const triggers = [...entry.table.triggers, { name: change.name, when: change.when }];
        const table = { ...entry.table, triggers };
        this.#changed({ before: entry.table, after: table, alterations: [], place });
        this.tables.set(change.table, { kind: 'table', table });
    }
}
// An application may have tables that were there before its first migration.
const elsewhere = 'no migration creates it: it must come from elsewhere';
function ofReader(error) {
    if (error instanceof tokens/* NotUnderstood */.fO)
        return error.why;
    return error instanceof model/* ServerDecides */.pj ? error.message : null;
}

// EXTERNAL MODULE: ./src/static/forge/connection.ts + 6 modules
var forge_connection = __webpack_require__(78692);
// EXTERNAL MODULE: ./src/static/forge/release.ts
var release = __webpack_require__(3143);
// EXTERNAL MODULE: ./src/static/program/value.ts
var value = __webpack_require__(3860);
// EXTERNAL MODULE: ./src/static/forge/forge.ts
var forge_forge = __webpack_require__(63633);
;// CONCATENATED MODULE: ./src/static/forge/surroundings.ts


/** What a migration finds around itself: its Forge and connection, and those it asks the framework for. */
class MigrationSurroundings {
    #connections;
    #configured;
    #own;
    #forge;
    constructor(connections, group, configured) {
        this.#connections = connections;
        this.#configured = configured;
        this.#own = connections(group);
        this.#forge = new forge_forge/* Forge */.m(this.#own);
    }
    inherited(name, line) {
        if (name === 'forge')
            return { kind: 'thing', thing: this.#forge };
        if (name === 'db')
            return { kind: 'thing', thing: this.#own };
        return name === 'DBGroup' ? (0,value/* scalar */.d_)(null) : (0,value/* unknown */.L5)(`$this->${name}`, line);
    }
    callStatic(name, method, given, at) {
        const database = /(^|\\)Database$/.test(name);
        if (!database || !/^(connect|forge)$/i.test(method)) {
            const why = `${name}::${method}()`;
            this.#own.catalog.unseen.push({ place: this.#own.place(at.line), why });
            return (0,value/* unknown */.L5)(why, at.line);
        }
        return this.#connected(given, at, method.toLowerCase() === 'forge');
    }
    create(name, given, at) {
        if (/^Config\\\w+$/.test(name))
            return this.#configuration(name, `new ${name}()`, at);
        if (!/(^|\\)RawSql$/.test(name))
            return (0,value/* unknown */.L5)(`new ${name}()`, at.line);
        if (!this.#own.rules.hasRawSql) {
            this.#own.fail(at, 'the class RawSql came with CodeIgniter 4.2');
        }
        const sql = (0,value/* textOf */.b6)((0,value/* argument */.EE)(given, 0, 'sqlExpression'));
        return sql === null ? (0,value/* unknown */.L5)('the text of a RawSql', at.line) : { kind: 'raw', sql };
    }
    constant(name, line) {
        return (0,value/* unknown */.L5)(`the constant ${name}`, line);
    }
    callFunction(name, given, at) {
        if (name === 'db_connect')
            return this.#connected(given, at, false);
        if (name === 'config') {
            return this.#configuration((0,value/* textOf */.b6)((0,value/* argument */.EE)(given, 0, 'name')) ?? '', 'config()', at);
        }
        // A helper of the application may make tables.
        if (!isOfPhp(name))
            this.#own.catalog.holdsOthers = true;
        return (0,value/* unknown */.L5)(`${name}()`, at.line);
    }
    #configuration(name, asked, { line }) {
        const thing = this.#configured.get(name.split('\\').at(-1) ?? '');
        return thing === undefined ? (0,value/* unknown */.L5)(asked, line) : { kind: 'thing', thing };
    }
    outOfSight({ line }, what) {
        this.#own.catalog.unresolveAll(this.#own.place(line), what);
    }
    #connected(given, at, forge) {
        const group = (0,value/* argument */.EE)(given, 0, 'group') ?? (0,value/* argument */.EE)(given, 0, 'db') ?? (0,value/* scalar */.d_)(null);
        if (group.kind === 'thing')
            return forge && group.thing === this.#own ? this.#thing(forge, this.#own) : group;
        if (group.kind !== 'scalar') {
            this.outOfSight(at, 'a connection that only running tells');
            return (0,value/* unknown */.L5)('a connection', at.line);
        }
        const name = (0,value/* textOf */.b6)(group) ?? '';
        return this.#thing(forge, this.#connections(name === '' ? null : name));
    }
    #thing(forge, connection) {
        return { kind: 'thing', thing: forge ? new forge_forge/* Forge */.m(connection) : connection };
    }
}
const beginnings = 'array_ base64_ basename bin2hex ceil chr constant count ctype_ date define dirname error_ fclose fgetcsv file floor fopen func_ getenv hash helper in_array ini_ intval is_ json_ lang log_message max mb_ md5 microtime min mkdir mktime mt_ number_format ord password_ php preg_ print rand range realpath round scandir serialize set_ sha1 sleep sort sprintf str time trigger_ ucwords uniqid unlink unserialize url usleep var_'.split(' ');
/** Whether a function is one of PHP, or of the framework, that makes no table. */
function isOfPhp(name) {
    return beginnings.some((one) => name.startsWith(one));
}

// EXTERNAL MODULE: ./src/static/program/alone.ts
var alone = __webpack_require__(44090);
// EXTERNAL MODULE: ./src/static/program/statements.ts + 2 modules
var statements = __webpack_require__(1678);
// EXTERNAL MODULE: ./src/static/program/thrown.ts
var thrown = __webpack_require__(14511);
;// CONCATENATED MODULE: ./src/static/fold.ts








/**
 * Walks the up() of all migrations in their order, as the runner would on an empty database. Whether a table that a
 * foreign key points to is missing shows only at the end; then it walks once more.
 */
function fold(steps, ground) {
    const first = walk(steps, ground, new Map());
    const absent = new Map([...first.catalogs].map(([group, catalog]) => [group, absentFrom(catalog, ground)]));
    return [...absent.values()].some(({ size }) => size > 0) ? walk(steps, ground, absent) : first;
}
const reasons = {
    dropped: 'as it was dropped',
    'not there yet': 'as it is made later',
    'never made': 'and no migration makes it',
};
/** Tables that are surely not there when foreign keys point to them. */
function absentFrom({ unnamed, unseen, references, holdsOthers }, { readsAll }) {
    const isWhole = readsAll && !holdsOthers && unnamed.length + unseen.length === 0;
    const sure = [...references.missing].filter(([, { how }]) => how !== 'never made' || isWhole);
    return new Map(sure.map(([name, { how }]) => [name, reasons[how]]));
}
function stepped({ file, own, unread = null }, walked) {
    if (own !== null)
        return migrate({ file, own }, walked);
    if (unread === null)
        return { file, line: 1 };
    catalogOf(walked.ground.defaultGroup, walked);
    for (const catalog of walked.catalogs.values())
        catalog.unresolveAll({ file, line: 1 }, unread);
    return null;
}
function catalogOf(group, { ground, absent, catalogs }) {
    const catalog = catalogs.get(group) ?? new Catalog(ground.family, ground.watched, absent.get(group));
    catalogs.set(group, catalog);
    return catalog;
}
function walk(steps, ground, absent) {
    const catalogs = new Map();
    const failures = [];
    const said = [];
    let stoppedAt = null;
    const walked = { ground, absent, catalogs, failures, said };
    for (const step of steps) {
        stoppedAt = stepped(step, walked);
        if (stoppedAt !== null)
            break;
    }
    const unjudged = new Map();
    for (const group of catalogs.keys()) {
        const settings = ground.groups.get(group);
        if (settings === undefined || (0,forge_connection/* isMysql */.n)(settings))
            continue;
        unjudged.set(group, settings.driver ?? '');
        catalogs.delete(group);
    }
    return { catalogs, failures, said, unjudged, stoppedAt };
}
function migrate({ file, own }, walked) {
    const { ground, failures, said } = walked;
    const rules = (0,release/* forgeRules */.p5)(ground.release);
    const opened = new Map();
    const connections = (wanted) => {
        const group = wanted ?? ground.defaultGroup;
        const catalog = catalogOf(group, walked);
        const settings = ground.groups.get(group) ?? { group, prefix: '', driver: null };
        const connection = opened.get(group) ?? new forge_connection/* Connection */.N(settings, rules, catalog, file);
        opened.set(group, connection);
        return connection;
    };
    const group = groupOf(own);
    // The runner leaves it out, and writes no row (MigrationRunner::migrate).
    if (group === 'tests')
        return null;
    const surroundings = new MigrationSurroundings(connections, group, ground.configured);
    try {
        const why = whyUnknown(own, ground);
        if (why !== null)
            surroundings.outOfSight({ line: own.line, doubt: null }, why);
        if (!ground.isOver())
            (0,statements/* runMethod */.H2)(own, 'up', surroundings);
        return null;
    }
    catch (error) {
        if (error instanceof thrown/* Thrown */.j)
            return { file, line: error.line };
        // An expression nested so deeply that the stack ends: nobody can tell what it does.
        if (!(error instanceof RangeError))
            throw error;
        surroundings.outOfSight({ line: own.line, doubt: null }, 'an expression nested very deeply');
        return null;
    }
    finally {
        for (const connection of opened.values()) {
            failures.push(...connection.failures);
            said.push(...connection.said);
        }
    }
}
function whyUnknown(own, { isOver }) {
    if (isOver())
        return 'reading took too long before this';
    return own.takesMore || own.traits.length > 0 || !isMigration(own)
        ? 'a class or trait of its own that it builds on'
        : null;
}
function isMigration({ parent }) {
    return parent === 'CodeIgniter\\Database\\Migration';
}
/** `$DBGroup` of a migration; null for the default group. */
function groupOf(own) {
    const declared = own.properties.get('DBGroup');
    if (declared === undefined || declared === null)
        return null;
    const name = (0,value/* textOf */.b6)((0,alone/* evaluateAlone */.H)(declared, own));
    return name === null || name === '' ? null : name;
}

;// CONCATENATED MODULE: ./src/static/check.ts

/**
 * The migrations that run, walked in their order on an empty database.
 * @param isOver whether the time for reading is over
 */
function foldProject(project, family, isOver) {
    return foldWith(new Map(), project, family, isOver);
}
/**
 * The same with other versions of some migrations.
 * @param versions classes by path
 */
function foldWith(versions, project, family, isOver) {
    const { session, known, defaultGroup, groups, configured } = project;
    const steps = project.migrations.flatMap(({ version, whole, path, unread }) => version === null ? [] : [{ file: path, own: versions.get(path) ?? whole, unread }]);
    const watched = 'unresolved' in session ? '' : (session.configuration.table ?? '');
    const readsAll = project.leftOut.migrations + project.packages.length + project.unresolvedNamespaces.length ===
        0;
    const { release } = known;
    const ground = { release, family, defaultGroup, groups, configured, watched, readsAll, isOver };
    return fold(steps, ground);
}
/** Whether a pull request changes nothing that migrations or sessions depend on. */
function changesNothingHere({ files, basePaths }, { folders }) {
    const matters = (path) => basePaths.includes(path) ||
        folders.some((folder) => path.startsWith(folder) || folder.startsWith(`${path}/`)) ||
        /^(app\/Config\/|system\/Database\/|\.env$|\.ci4-deploy\.yml$|composer\.(json|lock)$)/.test(path);
    return ![...files.keys()].some(matters);
}


/***/ }),

/***/ 78692:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  N: () => (/* binding */ Connection),
  n: () => (/* binding */ isMysql)
});

// EXTERNAL MODULE: ./src/static/catalog/model.ts
var model = __webpack_require__(40059);
// EXTERNAL MODULE: ./src/static/program/thrown.ts
var thrown = __webpack_require__(14511);
// EXTERNAL MODULE: ./src/static/program/value.ts
var program_value = __webpack_require__(3860);
;// CONCATENATED MODULE: ./src/static/forge/views.ts

/** Views of information_schema by their names, as far as tables are known; null where they are not. */
const views = {
    TABLES: ({ name }) => [row({ TABLE_NAME: name })],
    COLUMNS: ({ name: table, columns }) => columns.map(({ name, nullable }) => row({ TABLE_NAME: table, COLUMN_NAME: name, IS_NULLABLE: nullable ? 'YES' : 'NO' })),
    STATISTICS: ({ name: table, indexes }) => indexes.flatMap(({ name, unique, parts }) => parts.map(({ column }, at) => row({
        TABLE_NAME: table,
        INDEX_NAME: name,
        NON_UNIQUE: unique ? '0' : '1',
        SEQ_IN_INDEX: String(at + 1),
        COLUMN_NAME: column,
    }))),
    KEY_COLUMN_USAGE: (table) => {
        if (table.foreignKeys === null)
            return null;
        const keys = table.indexes
            .filter(({ unique }) => unique)
            .flatMap(({ name, parts }) => parts.map(({ column }) => used(table.name, name, column)));
        const foreign = table.foreignKeys.flatMap(({ name, columns, references }) => columns.map((column, at) => used(table.name, name, column, references.table, references.columns[at])));
        return [...keys, ...foreign];
    },
    REFERENTIAL_CONSTRAINTS: ({ name: table, foreignKeys }) => foreignKeys?.map(({ name, references }) => row({
        TABLE_NAME: table,
        CONSTRAINT_NAME: name,
        REFERENCED_TABLE_NAME: references.table,
    })) ?? null,
};
/** What SHOW says, by its first word behind SHOW. */
const shown = {
    COLUMNS: ({ columns }) => columns.map(({ name, nullable }) => row({ Field: name, Null: nullable ? 'YES' : 'NO' })),
    INDEX: ({ name: table, indexes }) => indexes.flatMap(({ name, unique, parts }) => parts.map(({ column }, at) => row({
        Table: table,
        Non_unique: unique ? '0' : '1',
        Key_name: name,
        Seq_in_index: String(at + 1),
        Column_name: column,
    }))),
};
/** What a view shows of the table of that name; null where that is not known. */
function seen(catalog, view, name) {
    const entry = catalog.tables.get(name);
    if (entry === undefined)
        return catalog.holdsOthers ? null : [];
    return entry.kind === 'table' && (0,model/* doubtOf */.kv)(entry.table) === null ? view(entry.table) : null;
}
function used(table, name, column, to = null, referenced = null) {
    return row({
        TABLE_NAME: table,
        CONSTRAINT_NAME: name,
        COLUMN_NAME: column,
        REFERENCED_TABLE_NAME: to,
        REFERENCED_COLUMN_NAME: referenced,
    });
}
function row(values) {
    return new Map(Object.entries(values));
}

;// CONCATENATED MODULE: ./src/static/forge/asked.ts


/**
 * The rows that answer a question about tables, columns, keys and foreign keys, in the ways migrations ask it. Null for
 * every other question, and where the tables are not known.
 * @param bound values for the question marks
 */
function answered(sql, bound, catalog) {
    if (sql.length > longest)
        return null;
    const text = withValues(plain(sql), bound);
    const question = text === null ? null : (ofSchema(text, catalog) ?? ofShow(text, catalog));
    if (question?.rows == null)
        return null;
    const tests = testsOf(question.conditions);
    if (tests === null)
        return null;
    return selected(question.wanted, question.rows.filter((row) => tests.every((test) => test(row))));
}
// More than any question of a guard; patterns below take long on long texts.
const longest = 2000;
/** One line, without its end. */
function plain(sql) {
    return sql.replaceAll(/\s+/g, ' ').trim().replace(/ ?;$/, '');
}
/** The statement with its values in it; null where they are not known, or not by place. */
function withValues(sql, bound) {
    if (bound === undefined)
        return sql;
    const values = bound.kind === 'list' ? [...bound.entries.values()].map(program_value/* textOf */.b6) : [(0,program_value/* textOf */.b6)(bound)];
    if (values.some((one) => one === null || /['\\?]/.test(one)))
        return null;
    let at = 0;
    const text = sql.replaceAll('?', () => `'${values[at++] ?? ''}'`);
    return at === values.length ? text : null;
}
const asked_select = /^SELECT\s+([^;]+?)\s+FROM\s+`?information_schema`?\.`?(\w+)`?(?:\s+(?:AS\s+)?(?!WHERE)\w+)?\s+WHERE\s+([\s\S]+?)(?:\s+ORDER\s+BY\s+[\w.,\s]+?)?(?:\s+LIMIT\s+\d+)?$/i;
const named = /(?:^|\s|\.)TABLE_NAME`?\s*(?:=|LIKE)\s*'([^'%]*)'/i;
function ofSchema(sql, catalog) {
    const [, wanted = '', view = '', conditions = ''] = asked_select.exec(sql) ?? [];
    const table = named.exec(conditions)?.[1];
    const rows = views[view.toUpperCase()];
    if (table === undefined || rows === undefined)
        return null;
    return { rows: seen(catalog, rows, table), conditions, wanted };
}
const show = /^(?:SHOW\s+(?:FULL\s+)?(COLUMNS|FIELDS|INDEX|INDEXES|KEYS)\s+(?:FROM|IN)|(?:DESCRIBE|DESC))\s+`?(\w+)`?(?:\s+(?:LIKE\s+'([^'%]*)'|WHERE\s+([\s\S]+)))?$/i;
function ofShow(sql, catalog) {
    const found = show.exec(sql);
    if (found === null)
        return null;
    const [, what = 'COLUMNS', table = '', like, where] = found;
    const kind = /^(COLUMNS|FIELDS)$/i.test(what) ? 'COLUMNS' : 'INDEX';
    const rows = shown[kind];
    if (rows === undefined)
        return null;
    const conditions = where ?? (like === undefined ? '' : `Field = '${like}'`);
    return { rows: seen(catalog, rows, table), conditions, wanted: '*' };
}
/** Conditions that are all to hold; null where one is not read. */
function testsOf(text) {
    const parts = text.split(/\s+AND\s+/i).filter((part) => part.trim() !== '');
    const tests = parts.map((part) => testOf(part.trim()));
    return tests.includes(null) ? null : tests.filter((one) => one !== null);
}
function testOf(part) {
    // Names are distinguished by their schema alone where only one is followed.
    if (/^(?:\w+\.)?`?(?:TABLE|CONSTRAINT|INDEX)_SCHEMA`?\s*=\s*\S+$/i.test(part))
        return () => true;
    const null_ = /^(?:\w+\.)?`?(\w+)`?\s+IS\s+(NOT\s+)?NULL$/i.exec(part);
    if (null_ !== null) {
        const [, name = '', not] = null_;
        return tested(name, (value) => (value === null) === (not === undefined));
    }
    const [, name, value] = /^(?:\w+\.)?`?(\w+)`?\s*(?:=|LIKE)\s*["']([^"'%]*)["']$/i.exec(part) ?? [];
    if (name === undefined || value === undefined)
        return null;
    return tested(name, (own) => own?.toLowerCase() === value.toLowerCase());
}
const columns = new Set('TABLE_NAME COLUMN_NAME IS_NULLABLE INDEX_NAME NON_UNIQUE CONSTRAINT_NAME REFERENCED_TABLE_NAME REFERENCED_COLUMN_NAME FIELD KEY_NAME COLUMN_NAME NULL'.split(' '));
function tested(name, test) {
    if (!columns.has(name.toUpperCase()))
        return null;
    return (row) => test(asked_valueOf(row, name) ?? null);
}
function asked_valueOf(row, name) {
    for (const [own, value] of row)
        if (own.toLowerCase() === name.toLowerCase())
            return value;
    return undefined;
}
/** What is selected of each row; null where that is not read. */
function selected(wanted, rows) {
    if (wanted === '*' || wanted === '1')
        return rows;
    const [, counted, name] = /^(COUNT\(\s*(?:\*|1|\w+)\s*\))(?:\s+(?:AS\s+)?`?(\w+)`?)?$/i.exec(wanted) ?? [];
    if (counted !== undefined)
        return [new Map([[name ?? counted, String(rows.length)]])];
    const parts = wanted
        .split(',')
        .map((part) => /^(?:\w+\.)?`?(\w+)`?(?:\s+(?:AS\s+)?`?(\w+)`?)?$/i.exec(part.trim()));
    if (parts.includes(null))
        return null;
    const all = [];
    for (const row of rows) {
        const some = parts.map((part) => {
            const [, own = '', alias = own] = part ?? [];
            return [alias, asked_valueOf(row, own)];
        });
        if (some.some(([, value]) => value === undefined))
            return null;
        all.push(new Map(some.map(([alias, value]) => [alias, value ?? null])));
    }
    return all;
}

;// CONCATENATED MODULE: ./src/static/forge/row.ts

/** An object with properties alone, as those of getFieldData(). */
class Row {
    #properties;
    constructor(properties) {
        this.#properties = properties;
    }
    property(name, line) {
        const value = this.#properties[name];
        return value ?? (0,program_value/* unknown */.L5)(`->${name}`, line);
    }
    call(method, _, { line }) {
        return (0,program_value/* unknown */.L5)(`${method}()`, line);
    }
}

;// CONCATENATED MODULE: ./src/static/forge/descriptions.ts



/** The questions, by the names of their methods in lower case. */
const descriptions = {
    getfielddata: about(({ columns }) => (0,program_value/* list */.p_)(columns.map(({ name, type }) => descriptions_row({ name: (0,program_value/* scalar */.d_)(name), type: (0,program_value/* scalar */.d_)(type.replace(/[ (].*$/, '')) })))),
    getindexdata: about(({ indexes }) => ({
        kind: 'list',
        entries: new Map(indexes.map(({ name, unique, parts }) => {
            const type = name === 'PRIMARY' ? name : unique ? 'UNIQUE' : 'INDEX';
            const fields = (0,program_value/* list */.p_)(parts.map(({ column }) => (0,program_value/* scalar */.d_)(column)));
            return [name, descriptions_row({ name: (0,program_value/* scalar */.d_)(name), type: (0,program_value/* scalar */.d_)(type), fields })];
        })),
    })),
    getforeignkeydata: about((table, { rules }) => {
        if (table.foreignKeys === null)
            return null;
        const all = table.foreignKeys.map((key) => ({ ...key, table: table.name }));
        if (!rules.hasNamedKeys)
            return (0,program_value/* list */.p_)(all.flatMap(rowsOfColumns));
        return { kind: 'list', entries: new Map(all.map((key) => [key.name, rowOfKey(key)])) };
    }),
};
/** From 4.3 a foreign key is one row, its columns are lists, and its name is the key in the array. */
function rowOfKey({ name, table, columns, references }) {
    return descriptions_row({
        constraint_name: (0,program_value/* scalar */.d_)(name),
        table_name: (0,program_value/* scalar */.d_)(table),
        column_name: (0,program_value/* list */.p_)(columns.map(program_value/* scalar */.d_)),
        foreign_table_name: (0,program_value/* scalar */.d_)(references.table),
        foreign_column_name: (0,program_value/* list */.p_)(references.columns.map(program_value/* scalar */.d_)),
    });
}
/** Before 4.3 each of its columns is a row. */
function rowsOfColumns({ name, table, columns, references }) {
    return columns.map((column, at) => descriptions_row({
        constraint_name: (0,program_value/* scalar */.d_)(name),
        table_name: (0,program_value/* scalar */.d_)(table),
        column_name: (0,program_value/* scalar */.d_)(column),
        foreign_table_name: (0,program_value/* scalar */.d_)(references.table),
        foreign_column_name: (0,program_value/* scalar */.d_)(references.columns[at] ?? null),
    }));
}
function descriptions_row(properties) {
    return { kind: 'thing', thing: new Row(properties) };
}
/** Null where what is asked for is not known; the table itself is. */
function about(answer) {
    return (connection, given, at) => {
        const name = (0,program_value/* textOf */.b6)((0,program_value/* argument */.EE)(given, 0, 'table') ?? (0,program_value/* argument */.EE)(given, 0, 'tableName'));
        const { catalog, settings } = connection;
        const entry = name === null ? undefined : catalog.tables.get(settings.prefix + name);
        const table = entry?.kind === 'table' && (0,model/* doubtOf */.kv)(entry.table) === null ? entry.table : null;
        const found = table === null ? null : answer(table, connection);
        return found ?? (0,program_value/* unknown */.L5)('what a table is like', at.line);
    };
}

// EXTERNAL MODULE: ./src/static/forge/fields.ts
var fields = __webpack_require__(94925);
// EXTERNAL MODULE: ./src/static/forge/data-cache.ts
var data_cache = __webpack_require__(22299);
;// CONCATENATED MODULE: ./src/static/forge/questions.ts


/** Questions whose answers the framework keeps, by the names of their methods in lower case. */
const questions = {
    tableexists(connection, given, at) {
        const name = (0,program_value/* textOf */.b6)((0,program_value/* argument */.EE)(given, 0, 'tableName'));
        const cached = (0,program_value/* truth */.Im)((0,program_value/* argument */.EE)(given, 1, 'cached') ?? (0,program_value/* scalar */.d_)(true));
        const there = name === null || cached === null ? null : exists(connection, name, cached);
        return there === null ? (0,program_value/* unknown */.L5)('whether the table exists', at.line) : (0,program_value/* scalar */.d_)(there);
    },
    fieldexists(connection, given, at) {
        const column = (0,program_value/* textOf */.b6)((0,program_value/* argument */.EE)(given, 0, 'fieldName'));
        const names = columnsOf(connection, (0,program_value/* argument */.EE)(given, 1, 'tableName'), at);
        if (column === null || names === null)
            return (0,program_value/* unknown */.L5)('whether the column exists', at.line);
        return (0,program_value/* scalar */.d_)(names.includes(column));
    },
    getfieldnames(connection, given, at) {
        const table = (0,program_value/* argument */.EE)(given, 0, 'table') ?? (0,program_value/* argument */.EE)(given, 0, 'tableName');
        const names = columnsOf(connection, table, at);
        return names === null ? (0,program_value/* unknown */.L5)('what a table is like', at.line) : (0,program_value/* list */.p_)(names.map(program_value/* scalar */.d_));
    },
    listtables(connection, _, at) {
        return (0,program_value/* unknown */.L5)('the tables that there are', at.line);
    },
    resetdatacache({ catalog }) {
        (0,data_cache/* cacheOf */.w)(catalog).forget();
        return (0,program_value/* scalar */.d_)(null);
    },
};
/** As on an empty database: what no migration made is not there. */
function exists({ catalog, settings, rules }, name, cached) {
    const { prefix } = settings;
    const full = prefix !== '' && name.startsWith(prefix) ? name : prefix + name;
    const cache = (0,data_cache/* cacheOf */.w)(catalog);
    return cached || !rules.asksAgain ? cache.exists(full) : cache.existsNow(full);
}
function columnsOf({ catalog, settings }, table, { doubt }) {
    const name = (0,program_value/* textOf */.b6)(table);
    if (name === null)
        return null;
    return (0,data_cache/* cacheOf */.w)(catalog).columns(name, settings.prefix + name, doubt === null);
}

;// CONCATENATED MODULE: ./src/static/forge/result.ts


/** What query() answers to a question, row by row. */
class Result {
    #rows;
    constructor(rows) {
        this.#rows = rows;
    }
    property(name, line) {
        return (0,program_value/* unknown */.L5)(`->${name}`, line);
    }
    call(method, { positional, named }, { line }) {
        const [first] = this.#rows;
        const answers = {
            getnumrows: () => (0,program_value/* scalar */.d_)(this.#rows.length),
            getresult: () => (0,program_value/* list */.p_)(this.#rows.map(asObject)),
            getresultobject: () => (0,program_value/* list */.p_)(this.#rows.map(asObject)),
            getresultarray: () => (0,program_value/* list */.p_)(this.#rows.map(asArray)),
            getrow: () => (first === undefined ? (0,program_value/* scalar */.d_)(null) : asObject(first)),
            getfirstrow: () => (first === undefined ? (0,program_value/* scalar */.d_)(null) : asObject(first)),
            getrowobject: () => (first === undefined ? (0,program_value/* scalar */.d_)(null) : asObject(first)),
            getrowarray: () => (first === undefined ? (0,program_value/* scalar */.d_)(null) : asArray(first)),
            freeresult: () => (0,program_value/* scalar */.d_)(null),
        };
        const isPlain = positional.length + named.size === 0;
        return ((isPlain ? answers[method.toLowerCase()]?.() : undefined) ?? (0,program_value/* unknown */.L5)(`${method}()`, line));
    }
}
function asObject(row) {
    const values = [...row].map(([name, value]) => [name, (0,program_value/* scalar */.d_)(value)]);
    return { kind: 'thing', thing: new Row(Object.fromEntries(values)) };
}
function asArray(row) {
    return { kind: 'list', entries: new Map([...row].map(([name, value]) => [name, (0,program_value/* scalar */.d_)(value)])) };
}

;// CONCATENATED MODULE: ./src/static/forge/connection.ts








/** Whether its tables are of MySQL or MariaDB, as far as is known. */
function isMysql({ driver }) {
    return !/(SQLite3|Postgre|SQLSRV|OCI8)$/i.test(driver ?? '');
}
/** CodeIgniter's database connection as a migration uses it, on a catalog in place of a server. */
class Connection {
    settings;
    rules;
    catalog;
    failures = [];
    said = [];
    #file;
    #inTransaction = 0;
    constructor(settings, rules, catalog, file) {
        this.settings = settings;
        this.rules = rules;
        this.catalog = catalog;
        this.#file = file;
    }
    place(line) {
        return { file: this.#file, line };
    }
    property(name, line) {
        if (name === 'DBPrefix')
            return (0,program_value/* scalar */.d_)(this.settings.prefix);
        if (name === 'DBDriver' && this.settings.driver !== null)
            return (0,program_value/* scalar */.d_)(this.settings.driver);
        return (0,program_value/* unknown */.L5)(`$this->db->${name}`, line);
    }
    call(method, given, at) {
        const how = answers[method.toLowerCase()];
        if (how !== undefined)
            return how(this, given, at);
        if (/^trans(start|begin)$/i.test(method))
            this.#inTransaction += 1;
        if (/^trans(complete|commit|rollback)$/i.test(method))
            this.#inTransaction -= 1;
        return (0,program_value/* unknown */.L5)(`$this->db->${method}()`, at.line);
    }
    /** Runs a statement; in doubt, whatever it names may have changed. */
    say(sql, at, more = {}) {
        const place = { ...this.place(at.line), ...more };
        const before = [];
        this.#record({ place: this.place(at.line), sql, doubt: doubtOf(at, more.unknown), before });
        const known = this.catalog.alters.length;
        this.#run(sql, at, place);
        before.push(...this.catalog.alters.slice(known).map((alter) => alter.before));
    }
    #record(said) {
        const { group } = this.settings;
        this.said.push({ ...said, group, checksKeys: this.catalog.references.checked });
    }
    #run(sql, at, place) {
        if (at.doubt !== null) {
            this.catalog.doubt(sql, place, at.doubt.why);
            return;
        }
        try {
            this.catalog.run(sql, place);
        }
        catch (error) {
            if (!(error instanceof model/* Refused */.Lw))
                throw error;
            const line = place.lines?.get(error.about?.toLowerCase() ?? '') ?? at.line;
            this.fail({ ...at, line }, error.message, error.missing);
        }
    }
    /**
     * The migration stops here.
     * @throws Thrown unless the framework goes on after it, as it does within a transaction
     */
    fail(at, why, missing = false) {
        if (at.doubt !== null || !isMysql(this.settings))
            return;
        const failure = { place: this.place(at.line), why, missing };
        this.failures.push(failure);
        if (this.#inTransaction > 0)
            return;
        throw new thrown/* Thrown */.j(why, at.line, () => {
            this.failures.splice(this.failures.indexOf(failure), 1);
        });
    }
    /**
     * A table of which something is not known from here on; without a known name it may be any.
     * @param does what is done to it: with `changes`, it is there as before
     */
    unresolve(table, at, { why, line }, does) {
        const name = (0,program_value/* textOf */.b6)(table);
        const full = this.settings.prefix + (name ?? '');
        this.#record({ place: this.place(at.line), sql: null, doubt: why, before: [] });
        if (name === null && does === 'creates')
            this.catalog.unnamed.push({ place: this.place(at.line), why });
        else if (name === null)
            this.catalog.unresolveAll(this.place(at.line), why);
        else if (does === 'changes')
            this.catalog.blur(full, this.place(line), why);
        else
            this.catalog.unresolve(full, this.place(line), why);
    }
}
function doubtOf({ doubt }, part) {
    return doubt?.why ?? part ?? null;
}
const answers = {
    query: statement,
    simplequery: statement,
    ...questions,
    ...descriptions,
    escape: (_, given) => literal((0,program_value/* argument */.EE)(given, 0, 'str') ?? (0,program_value/* scalar */.d_)(null)),
    escapeidentifiers: (_, given, at) => {
        const name = (0,program_value/* textOf */.b6)((0,program_value/* argument */.EE)(given, 0, 'item'));
        return name === null ? (0,program_value/* unknown */.L5)('a name', at.line) : (0,program_value/* scalar */.d_)((0,fields/* identifier */.Cv)(name));
    },
    prefixtable: (connection, given, at) => {
        const name = (0,program_value/* textOf */.b6)((0,program_value/* argument */.EE)(given, 0, 'table'));
        return name === null
            ? (0,program_value/* unknown */.L5)('a table name', at.line)
            : (0,program_value/* scalar */.d_)(connection.settings.prefix + name);
    },
    disableforeignkeychecks: (connection, _, at) => checks(connection, at, 0),
    enableforeignkeychecks: (connection, _, at) => checks(connection, at, 1),
    getprefix: (connection) => (0,program_value/* scalar */.d_)(connection.settings.prefix),
    getplatform: (connection, _, at) => connection.property('DBDriver', at.line),
};
function checks(connection, at, on) {
    connection.say(`SET FOREIGN_KEY_CHECKS=${on}`, at);
    return (0,program_value/* scalar */.d_)(true);
}
/** What escape() makes of a value; of one that is not known, a literal that is not. */
function literal(value) {
    if (value.kind !== 'unknown')
        return (0,program_value/* scalar */.d_)((0,fields/* escaped */.Mk)(value));
    const { why, line } = value;
    return { kind: 'unknown', why, line, text: `'${program_value/* hole */.fk}'` };
}
function statement(connection, given, at) {
    const value = (0,program_value/* argument */.EE)(given, 0, 'sql') ?? (0,program_value/* scalar */.d_)('');
    const sql = sqlOf(value);
    if (sql !== null)
        return said(connection, { value, sql }, (0,program_value/* argument */.EE)(given, 1, 'binds'), at);
    const why = value.kind === 'unknown' ? value : (0,program_value/* unknown */.L5)('SQL that is no text', at.line);
    connection.unresolve(undefined, at, why, 'changes');
    return (0,program_value/* unknown */.L5)('what the database answers', at.line);
}
function said(connection, { value, sql }, bound, at) {
    const values = bound === undefined ? null : (0,program_value/* unknown */.L5)('SQL with values bound to it', at.line);
    const doubt = at.doubt ?? values;
    connection.say(sql, { ...at, doubt }, knownOf(value, sql));
    const rows = value.kind === 'scalar' ? rowsOf(sql, bound, connection) : null;
    if (rows !== null)
        return rows;
    const isDone = !asks(sql) && doubt === null && value.kind !== 'unknown';
    return isDone ? (0,program_value/* scalar */.d_)(true) : (0,program_value/* unknown */.L5)('what the database answers', at.line);
}
function rowsOf(sql, bound, { catalog }) {
    const rows = answered(sql, bound, catalog);
    return rows === null ? null : { kind: 'thing', thing: new Result(rows) };
}
/** The statement as far as it is known; null where nothing of it is. */
function sqlOf(value) {
    return (0,program_value/* textOf */.b6)(value) ?? (value.kind === 'unknown' ? (value.text ?? null) : null);
}
function knownOf(value, sql) {
    if (value.kind === 'unknown')
        return { unknown: value.why };
    const begin = value.kind === 'scalar' ? value.line : undefined;
    return begin === undefined ? {} : { lines: linesOf(sql, begin) };
}
/** It answers rows to a question, and true to all else: what fails throws. */
function asks(sql) {
    return /^\s*\(?\s*(select|show|desc|explain|with)/i.test(sql);
}
/** The lines of what a statement defines, by the first word of each. */
function linesOf(sql, line) {
    const rows = sql.split('\n');
    if (rows.length === 1)
        return new Map();
    const lines = new Map();
    rows.forEach((row, at) => {
        const [, word] = /^\s*[`"]?(\w+)/.exec(row) ?? [];
        if (word !== undefined && !lines.has(word.toLowerCase()))
            lines.set(word.toLowerCase(), line + at);
        if (/^\s*(CONSTRAINT\b.*)?PRIMARY\s+KEY/i.test(row))
            lines.set('PRIMARY KEY', line + at);
    });
    return lines;
}


/***/ }),

/***/ 22299:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ cacheOf)
/* harmony export */ });
/* unused harmony export DataCache */
/**
 * What a connection keeps of its answers (BaseConnection::$dataCache), for all migrations of one run. Forge keeps the
 * list of tables up to date; what query() makes, and columns that change, it does not notice.
 */
class DataCache {
    #catalog;
    /** Full names; null where it is not known. The ledger is there first, so that the list is never empty. */
    #tables = new Map();
    /** Names of columns by the table as it was asked for; null where a question may not have been asked. */
    #columns = new Map();
    constructor(catalog) {
        this.#catalog = catalog;
    }
    /** Whether a table is there, as the list says that was made when the run began. */
    exists(name) {
        return this.#tables.get(name) ?? (this.#tables.has(name) ? null : false);
    }
    /** The same, asked of the server; an answer that the list does not have makes the framework forget all. */
    existsNow(name) {
        const now = this.#isThere(name);
        if (now === null || now !== this.exists(name))
            this.forget();
        return now;
    }
    /** Forge has made, dropped or renamed a table: whether it is there now. */
    note(name, isThere) {
        this.#tables.set(name, isThere);
    }
    /**
     * Names of the columns of a table; null where they are not known.
     * @param asked the name as it was given
     * @param full the name with its prefix
     * @param surely whether the question is surely asked
     */
    columns(asked, full, surely) {
        const kept = this.#columns.get(asked);
        if (kept !== undefined)
            return kept;
        const entry = this.#catalog.tables.get(full);
        if (entry?.kind !== 'table' || entry.table.doubt !== null)
            return null;
        const names = entry.table.columns.map(({ name }) => name);
        this.#columns.set(asked, surely ? names : null);
        return names;
    }
    /** resetDataCache(): the next question asks the server. */
    forget() {
        this.#columns = new Map();
        this.#tables = new Map([...this.#catalog.tables.keys()].map((name) => [name, this.#isThere(name)]));
    }
    #isThere(name) {
        const entry = this.#catalog.tables.get(name);
        if (entry === undefined)
            return false;
        return entry.kind === 'table' ? true : null;
    }
}
const caches = new WeakMap();
/** The one of the connection that has this database. */
function cacheOf(catalog) {
    const cache = caches.get(catalog) ?? new DataCache(catalog);
    caches.set(catalog, cache);
    return cache;
}


/***/ }),

/***/ 94925:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cv: () => (/* binding */ identifier),
/* harmony export */   Mk: () => (/* binding */ escaped),
/* harmony export */   pU: () => (/* binding */ columnSql),
/* harmony export */   uK: () => (/* binding */ attributes)
/* harmony export */ });
/* harmony import */ var _program_value_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3860);

/** A name in backticks, as Forge puts it into SQL. */
function identifier(name) {
    return name
        .split('.')
        .map((part) => `\`${part.replaceAll('`', '``')}\``)
        .join('.');
}
/** A value as a literal of SQL (BaseConnection::escape). */
function escaped(value) {
    if (value.kind === 'raw')
        return value.sql;
    if (value.kind !== 'scalar')
        return "''";
    if (value.value === null)
        return 'NULL';
    if (typeof value.value === 'boolean')
        return value.value ? '1' : '0';
    return typeof value.value === 'number' ? String(value.value) : quoted(value.value);
}
function quoted(text) {
    const safe = text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n');
    return `'${safe}'`;
}
/** Attributes by their names in capitals, as Forge reads them. */
function attributes({ entries }) {
    return new Map([...entries].map(([name, value]) => [String(name).toUpperCase(), value]));
}
/**
 * A column as SQL (Forge::_processFields and MySQLi's _processColumn); null for one that CREATE leaves out.
 */
function columnSql(name, field, purpose) {
    if (typeof field === 'string')
        return field;
    if ([...field.values()].some((value) => (0,_program_value_js__WEBPACK_IMPORTED_MODULE_0__/* .firstUnknown */ .Ny)(value) !== null))
        return `${identifier(name)} '${_program_value_js__WEBPACK_IMPORTED_MODULE_0__/* .hole */ .fk}'`;
    const type = (0,_program_value_js__WEBPACK_IMPORTED_MODULE_0__/* .textOf */ .b6)(field.get('TYPE')) ?? '';
    if (purpose === 'create' && isEmpty(type))
        return null;
    const renamed = (0,_program_value_js__WEBPACK_IMPORTED_MODULE_0__/* .textOf */ .b6)(field.get('NAME')) ?? '';
    const words = [
        identifier(name),
        isEmpty(renamed) ? '' : identifier(renamed),
        typeSql(type, field),
        nullability(field, purpose),
        fallback(field),
        counting(type, field),
        isTrue(field.get('UNIQUE')) ? 'UNIQUE' : '',
        comment(field.get('COMMENT')),
        purpose === 'alter' ? position(field) : '',
    ];
    return words.filter((word) => word !== '').join(' ');
}
function counting(type, field) {
    return isTrue(field.get('AUTO_INCREMENT')) && /int/i.test(type) ? 'AUTO_INCREMENT' : '';
}
/** Empty as PHP's empty() has it. */
function isEmpty(text) {
    return text === '' || text === '0';
}
function typeSql(type, field) {
    if (type === '')
        return '';
    return `${type}${length(field.get('CONSTRAINT'))}${isTrue(field.get('UNSIGNED')) ? ' UNSIGNED' : ''}`;
}
function isTrue(value) {
    return value?.kind === 'scalar' && value.value === true;
}
function length(constraint) {
    if (constraint === undefined || (0,_program_value_js__WEBPACK_IMPORTED_MODULE_0__/* .truth */ .Im)(constraint) !== true)
        return '';
    if (constraint.kind !== 'list')
        return `(${(0,_program_value_js__WEBPACK_IMPORTED_MODULE_0__/* .textOf */ .b6)(constraint) ?? ''})`;
    return `(${[...constraint.entries.values()].map(escaped).join(',')})`;
}
function nullability(field, purpose) {
    const fallbackValue = field.get('DEFAULT');
    if (isNull(fallbackValue))
        return 'NULL';
    const reported = field.get('NULL');
    if (reported === undefined || isNull(reported))
        return purpose === 'create' ? 'NOT NULL' : '';
    return isTrue(reported) ? 'NULL' : 'NOT NULL';
}
function isNull(value) {
    return value?.kind === 'scalar' && value.value === null;
}
function fallback(field) {
    const value = field.get('DEFAULT');
    return value === undefined ? '' : `DEFAULT ${escaped(value)}`;
}
function comment(value) {
    return value === undefined || isNull(value) ? '' : `COMMENT ${escaped(value)}`;
}
function position(field) {
    const after = (0,_program_value_js__WEBPACK_IMPORTED_MODULE_0__/* .textOf */ .b6)(field.get('AFTER'));
    if (field.has('AFTER') && after !== null && after !== '')
        return `AFTER ${identifier(after)}`;
    const first = field.get('FIRST');
    return first !== undefined && (0,_program_value_js__WEBPACK_IMPORTED_MODULE_0__/* .truth */ .Im)(first) === true ? 'FIRST' : '';
}


/***/ }),

/***/ 63633:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ Pending),
/* harmony export */   m: () => (/* binding */ Forge)
/* harmony export */ });
/* harmony import */ var _program_value_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3860);
/* harmony import */ var _fields_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(94925);
/* harmony import */ var _methods_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(47495);



/** What Forge has collected since its last statement. */
class Pending {
    fields = new Map();
    keys = [];
    foreign = [];
    foreignLines = new Map();
    /** Lines of columns by their names in lower case, and of the primary key. */
    lines = new Map();
    primary = null;
    /** Why its fields and keys may be others than these. */
    doubt = null;
    /** Why a field is known by its name alone. */
    lost = null;
}
/** CodeIgniter's Forge of MySQLi: collects fields and keys, and says SQL to its connection. */
class Forge {
    connection;
    pending = new Pending();
    constructor(connection) {
        this.connection = connection;
    }
    property(name, line) {
        return (0,_program_value_js__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5)(`the property ${name} of Forge`, line);
    }
    call(method, given, at) {
        return _methods_js__WEBPACK_IMPORTED_MODULE_0__/* .forgeMethods */ .y[method.toLowerCase()]?.(this, given, at) ?? { kind: 'thing', thing: this };
    }
    /** What addField() does with one entry of its array, or with a text. */
    addField(name, value, at) {
        const { pending } = this;
        pending.doubt ??= at.doubt;
        if (value.kind !== 'list') {
            pending.doubt ??= (0,_program_value_js__WEBPACK_IMPORTED_MODULE_1__/* .firstUnknown */ .Ny)(value);
            // Forge::addField passes over numbers and objects, as a 'default' => 1 that slipped out of its column.
            const text = value.kind === 'scalar' ? value.value : null;
            if (typeof text === 'string')
                this.#addRaw(text, typeof name === 'string', at);
            return;
        }
        pending.lost ??= (0,_program_value_js__WEBPACK_IMPORTED_MODULE_1__/* .firstUnknown */ .Ny)(value);
        const field = (0,_fields_js__WEBPACK_IMPORTED_MODULE_2__/* .attributes */ .uK)(value);
        pending.fields.set(String(name), field);
        pending.lines.set(String(name).toLowerCase(), at.line);
    }
    /** All entries of an array of fields, each on its own line. */
    addFields({ entries, lines }, at) {
        for (const [name, value] of entries) {
            this.addField(name, value, { ...at, line: lines?.get(name) ?? at.line });
        }
    }
    #addRaw(text, named, at) {
        const { pending, connection } = this;
        if (text === 'id') {
            this.addField('id', counter, at);
            this.addPrimary(['id'], '', at);
            return;
        }
        if (!text.includes(' ')) {
            connection.fail(at, 'Field information is required for that operation.');
            return;
        }
        if (named && !connection.rules.takesNamedRawFields) {
            connection.fail(at, 'a column in SQL could have no key in the array before CodeIgniter 4.1.5');
            return;
        }
        const name = (text.split(' ')[0] ?? '').replaceAll(/^[`'"]+|[`'"]+$/g, '');
        pending.fields.set(name, text);
        pending.lines.set(name.toLowerCase(), at.line);
    }
    /** From 4.3 the last primary key wins; before, all together made one. */
    addPrimary(columns, name, at) {
        const { pending, connection } = this;
        const before = connection.rules.hasNamedKeys ? [] : (pending.primary?.columns ?? []);
        pending.primary = { columns: [...before, ...columns], name };
        pending.lines.set('PRIMARY KEY', at.line);
    }
}
const counter = {
    kind: 'list',
    entries: new Map([
        ['type', (0,_program_value_js__WEBPACK_IMPORTED_MODULE_1__/* .scalar */ .d_)('INT')],
        ['constraint', (0,_program_value_js__WEBPACK_IMPORTED_MODULE_1__/* .scalar */ .d_)(9)],
        ['auto_increment', (0,_program_value_js__WEBPACK_IMPORTED_MODULE_1__/* .scalar */ .d_)(true)],
    ]),
};


/***/ }),

/***/ 47495:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  y: () => (/* binding */ forgeMethods)
});

// EXTERNAL MODULE: ./src/static/program/value.ts
var program_value = __webpack_require__(3860);
// EXTERNAL MODULE: ./src/static/forge/data-cache.ts
var data_cache = __webpack_require__(22299);
// EXTERNAL MODULE: ./src/static/forge/fields.ts
var forge_fields = __webpack_require__(94925);
;// CONCATENATED MODULE: ./src/static/forge/create.ts


/** The CREATE TABLE that Forge makes of what it collected, prefix included in the name. */
function createSql(table, prefix, pending, rules, options) {
    const known = [...pending.fields]
        .filter(([, field]) => typeof field !== 'string' || rules.keepsKeysOfRawFields)
        .map(([name]) => name);
    const columns = [...pending.fields].map(([name, field]) => (0,forge_fields/* columnSql */.pU)(name, field, 'create'));
    const lines = [
        ...columns,
        primarySql(pending.primary, known, table),
        ...pending.foreign.map((key) => foreignSql(key, table, prefix)),
        ...pending.keys.map((key) => keySql(key, known, rules)),
    ];
    const body = lines.filter((line) => line !== null).join(',\n');
    return `CREATE TABLE ${(0,forge_fields/* identifier */.Cv)(table)} (\n${body}\n)${optionSql(options)}`;
}
/** A foreign key. Forge names it after its table and columns unless it has a name of its own. */
function foreignSql(key, table, prefix) {
    const { columns, referenced, actions } = key;
    const to = key.table === null ? program_value/* hole */.fk : prefix + key.table;
    return `CONSTRAINT ${(0,forge_fields/* identifier */.Cv)(symbolOf(key, table))} FOREIGN KEY (${list(columns)}) REFERENCES ${(0,forge_fields/* identifier */.Cv)(to)} (${list(referenced)})${actions}`;
}
/** The name of a foreign key of this table. */
function symbolOf({ name, columns }, table) {
    return name === '' ? `${table}_${columns.join('_')}_foreign` : name;
}
/** The primary key, without columns that are not there; null when nothing is left of it. */
function primarySql(primary, known, table) {
    const columns = primary?.columns.filter((one) => known.includes(one)) ?? [];
    if (columns.length === 0)
        return null;
    const name = primary?.name === '' ? `pk_${table}` : (primary?.name ?? '');
    return `CONSTRAINT ${(0,forge_fields/* identifier */.Cv)(name)} PRIMARY KEY(${list(columns)})`;
}
/** A key without columns that are not there; before 4.3 one without any was left out, since then it is an error. */
function keySql(key, known, rules) {
    const columns = key.columns.filter((one) => known.includes(one));
    if (columns.length === 0 && !key.isList && !rules.hasNamedKeys)
        return null;
    const name = key.name === '' || !rules.hasNamedKeys ? columns.join('_') : key.name;
    return `${key.unique ? 'UNIQUE ' : ''}KEY ${(0,forge_fields/* identifier */.Cv)(name)} (${list(columns)})`;
}
function list(columns) {
    return columns.map(forge_fields/* identifier */.Cv).join(', ');
}
const quoted = /^(comment|compression|connection|data directory|index directory|encryption|password)$/i;
function optionSql(options) {
    const all = [...(options?.entries ?? [])].filter(([name]) => typeof name === 'string');
    return all
        .map(([name, value]) => {
        const reported = quoted.test(String(name)) ? (0,forge_fields/* escaped */.Mk)(value) : ((0,program_value/* textOf */.b6)(value) ?? '');
        return ` ${String(name).toUpperCase()} = ${reported}`;
    })
        .join('');
}

;// CONCATENATED MODULE: ./src/static/forge/foreign-keys.ts



/** Forge::addForeignKey, which collects. */
function addForeignKey(forge, given, at) {
    const { pending, connection } = forge;
    const own = (0,program_value/* argument */.EE)(given, 0, 'fieldName') ?? (0,program_value/* scalar */.d_)('');
    pending.doubt ??= at.doubt ?? (0,program_value/* firstUnknown */.Ny)(own);
    const columns = names(own);
    const lost = columns.filter((one) => !pending.fields.has(one));
    if (!connection.rules.asksLater && lost.length > 0 && isKnown(pending)) {
        connection.fail(at, fieldNotFound(lost), true);
    }
    const referenced = (0,program_value/* argument */.EE)(given, 2, 'tableField') ?? (0,program_value/* scalar */.d_)('');
    const key = {
        columns,
        name: (0,program_value/* textOf */.b6)((0,program_value/* argument */.EE)(given, 5, 'fkName')) ?? '',
        table: (0,program_value/* textOf */.b6)((0,program_value/* argument */.EE)(given, 1, 'tableName')),
        referenced: (0,program_value/* firstUnknown */.Ny)(referenced) === null ? names(referenced) : [program_value/* hole */.fk],
        actions: action(given, 4, 'onDelete') + action(given, 3, 'onUpdate'),
    };
    pending.foreign.push(key);
    pending.foreignLines.set(key, at.line);
    return null;
}
/** Whether every foreign key has its columns; where one has not, createTable() fails. */
function haveColumns(pending, connection, at) {
    const { foreign, fields } = pending;
    const lost = foreign.flatMap(({ columns }) => columns.filter((one) => !fields.has(one)));
    if (lost.length === 0 || !isKnown(pending))
        return true;
    connection.fail(at, fieldNotFound(lost), true);
    return false;
}
/** Foreign keys that processIndexes() adds to a table that is there: the names it makes up have no prefix. */
function foreignKeysAfterwards({ foreign }, table, prefix) {
    return foreign.map((key) => foreignSql(key, table, prefix));
}
/** What Forge::dropForeignKey() adds to ALTER TABLE. */
function dropForeignKeySql({ connection }, given) {
    const { rules, settings } = connection;
    const name = (0,program_value/* textOf */.b6)((0,program_value/* argument */.EE)(given, 1, 'foreignName'));
    const full = name === null ? program_value/* hole */.fk : `${rules.asksLater ? '' : settings.prefix}${name}`;
    return `DROP FOREIGN KEY ${(0,forge_fields/* identifier */.Cv)(full)}`;
}
function isKnown({ doubt, lost }) {
    return doubt === null && lost === null;
}
function fieldNotFound(names) {
    return `Field "${names.join(', ')}" not found.`;
}
const actions = ['CASCADE', 'SET NULL', 'NO ACTION', 'RESTRICT', 'SET DEFAULT'];
function action(given, place, name) {
    const wanted = (0,program_value/* textOf */.b6)((0,program_value/* argument */.EE)(given, place, name))?.toUpperCase() ?? '';
    if (!actions.includes(wanted))
        return '';
    return ` ${name === 'onDelete' ? 'ON DELETE' : 'ON UPDATE'} ${wanted}`;
}
/** Lines of what was collected, foreign keys by their names too. */
function linesOf({ lines, foreign, foreignLines }, table) {
    const own = foreign.map((key) => [
        symbolOf(key, table).toLowerCase(),
        foreignLines.get(key) ?? 0,
    ]);
    return new Map([...lines, ...own]);
}
/** A name, or a list of names. */
function names(value) {
    if (value.kind !== 'list')
        return [(0,program_value/* textOf */.b6)(value) ?? ''];
    return [...value.entries.values()].map((one) => (0,program_value/* textOf */.b6)(one) ?? '');
}

// EXTERNAL MODULE: ./src/static/forge/forge.ts
var forge_forge = __webpack_require__(63633);
;// CONCATENATED MODULE: ./src/static/forge/create-table.ts





/** Forge::createTable */
function createTable(forge, given, at) {
    const { pending, connection } = forge;
    const table = (0,program_value/* argument */.EE)(given, 0, 'table');
    const condition = (0,program_value/* argument */.EE)(given, 1, 'ifNotExists') ?? (0,program_value/* scalar */.d_)(false);
    const name = (0,program_value/* textOf */.b6)(table);
    forge.pending = new forge_forge/* Pending */.U();
    const doubt = firstDoubt([at.doubt, unknownIn(table), unknownIn(condition)]);
    if (name !== null && (0,program_value/* truth */.Im)(condition) === true && isThere(connection, name, at))
        return (0,program_value/* scalar */.d_)(true);
    if (doubt !== null || name === null) {
        if (name !== null)
            (0,data_cache/* cacheOf */.w)(connection.catalog).note(connection.settings.prefix + name, null);
        connection.unresolve(table, at, doubt ?? (0,program_value/* unknown */.L5)('the name of a table', at.line), 'creates');
        return (0,program_value/* scalar */.d_)(true);
    }
    makeTable(connection, name, pending, (0,program_value/* argument */.EE)(given, 2, 'attributes'), at);
    (0,data_cache/* cacheOf */.w)(connection.catalog).note(connection.settings.prefix + name, true);
    if ((0,program_value/* truth */.Im)(condition) === true)
        isThere(connection, name, at);
    return (0,program_value/* scalar */.d_)(true);
}
/** Forge asks whether the table is there, and what it collected is gone either way. */
function isThere(connection, name, at) {
    const { catalog, settings, rules } = connection;
    const full = settings.prefix + name;
    const cache = (0,data_cache/* cacheOf */.w)(catalog);
    if (rules.asksAgain && at.doubt === null)
        cache.existsNow(full);
    // Before 4.2 the statement says IF NOT EXISTS, and the list has the table in any case.
    if (!rules.asksAgain && catalog.tables.has(full))
        cache.note(full, true);
    if (!catalog.tables.has(full))
        return false;
    catalog.conditional.set(full, connection.place(at.line));
    return true;
}
function makeTable(connection, name, pending, options, at) {
    const { lost } = pending;
    if (!haveColumns(pending, connection, at))
        return;
    const lines = linesOf(pending, connection.settings.prefix + name);
    const unsure = firstDoubt([pending.doubt, unknownIn(options)])?.why;
    const attributes = options?.kind === 'list' ? options : null;
    const { prefix } = connection.settings;
    const sql = createSql(prefix + name, prefix, pending, connection.rules, attributes);
    connection.say(sql, at, { lines, unknown: lost?.why, unsure });
}
/** The first reason of several. */
function firstDoubt(all) {
    return all.find((one) => one !== null) ?? null;
}
/** Why something in a value is not known; null where all is. */
function unknownIn(value) {
    return value === undefined ? null : (0,program_value/* firstUnknown */.Ny)(value);
}

;// CONCATENATED MODULE: ./src/static/forge/methods.ts







/** The methods of Forge that shape tables, by their names in lower case. */
const forgeMethods = {
    addfield(forge, given, at) {
        const fields = (0,program_value/* argument */.EE)(given, 0, 'fields') ?? (0,program_value/* argument */.EE)(given, 0, 'field');
        if (fields?.kind === 'list')
            forge.addFields(fields, at);
        else if (fields !== undefined)
            forge.addField(0, fields, at);
        return null;
    },
    addkey(forge, given, at) {
        const unique = (0,program_value/* truth */.Im)((0,program_value/* argument */.EE)(given, 2, 'unique') ?? (0,program_value/* scalar */.d_)(false)) === true;
        const primary = (0,program_value/* truth */.Im)((0,program_value/* argument */.EE)(given, 1, 'primary') ?? (0,program_value/* scalar */.d_)(false)) === true;
        return key(forge, given, at, { primary, unique, name: (0,program_value/* argument */.EE)(given, 3, 'keyName') });
    },
    addprimarykey: (forge, given, at) => key(forge, given, at, { primary: true, unique: false, name: (0,program_value/* argument */.EE)(given, 1, 'keyName') }),
    adduniquekey: (forge, given, at) => key(forge, given, at, { primary: false, unique: true, name: (0,program_value/* argument */.EE)(given, 1, 'keyName') }),
    addforeignkey: addForeignKey,
    createtable: createTable,
    droptable(forge, given, at) {
        const name = tableName(forge, given, at, 'tableName');
        if (name === null)
            return (0,program_value/* scalar */.d_)(false);
        const { prefix } = forge.connection.settings;
        const full = prefix !== '' && name.startsWith(prefix) ? name : prefix + name;
        const ifExists = (0,program_value/* truth */.Im)((0,program_value/* argument */.EE)(given, 1, 'ifExists') ?? (0,program_value/* scalar */.d_)(false)) === true;
        const { connection } = forge;
        // Forge::dropTable does so, and leaves them on.
        if (at.doubt === null)
            connection.say('SET FOREIGN_KEY_CHECKS=0', at);
        connection.say(`DROP TABLE ${ifExists ? 'IF EXISTS ' : ''}${(0,forge_fields/* identifier */.Cv)(full)}`, at);
        if (at.doubt === null)
            connection.say('SET FOREIGN_KEY_CHECKS=1', at);
        (0,data_cache/* cacheOf */.w)(connection.catalog).note(full, at.doubt === null ? false : null);
        return (0,program_value/* scalar */.d_)(true);
    },
    renametable(forge, given, at) {
        const name = tableName(forge, given, at, 'tableName');
        const to = (0,program_value/* textOf */.b6)((0,program_value/* argument */.EE)(given, 1, 'newTableName'));
        const { prefix } = forge.connection.settings;
        if (name === null)
            return (0,program_value/* scalar */.d_)(false);
        const cache = (0,data_cache/* cacheOf */.w)(forge.connection.catalog);
        cache.note(prefix + name, at.doubt === null ? false : null);
        if (to !== null)
            cache.note(prefix + to, at.doubt === null ? true : null);
        if (to === null)
            forge.connection.unresolve((0,program_value/* scalar */.d_)(name), at, (0,program_value/* unknown */.L5)('its new name', at.line), 'removes');
        else
            forge.connection.say(`ALTER TABLE ${(0,forge_fields/* identifier */.Cv)(prefix + name)} RENAME TO ${(0,forge_fields/* identifier */.Cv)(prefix + to)}`, at);
        return (0,program_value/* scalar */.d_)(true);
    },
    addcolumn: (forge, given, at) => alterColumns(forge, given, at, 'ADD'),
    modifycolumn: (forge, given, at) => alterColumns(forge, given, at, 'MODIFY'),
    dropcolumn(forge, given, at) {
        const columns = (0,program_value/* argument */.EE)(given, 1, 'columnNames') ?? (0,program_value/* argument */.EE)(given, 1, 'columnName');
        const all = columns?.kind === 'list' ? names(columns) : ((0,program_value/* textOf */.b6)(columns)?.split(',') ?? null);
        const clauses = all?.map((one) => `DROP COLUMN ${(0,forge_fields/* identifier */.Cv)(one.trim())}`) ?? null;
        return alter(forge, given, at, clauses, columns === undefined ? null : (0,program_value/* firstUnknown */.Ny)(columns));
    },
    dropkey(forge, given, at) {
        if (!forge.connection.rules.hasDropKey)
            return missing(forge, at, 'dropKey()', '4.1.5');
        const name = (0,program_value/* argument */.EE)(given, 1, 'keyName');
        const reported = (0,program_value/* textOf */.b6)(name);
        return alter(forge, given, at, reported === null ? null : [`DROP INDEX ${(0,forge_fields/* identifier */.Cv)(reported)}`], null);
    },
    dropprimarykey: (forge, given, at) => forge.connection.rules.hasNamedKeys
        ? alter(forge, given, at, ['DROP PRIMARY KEY'], null)
        : missing(forge, at, 'dropPrimaryKey()', '4.3'),
    dropforeignkey: (forge, given, at) => alter(forge, given, at, [dropForeignKeySql(forge, given)], null),
    getconnection: ({ connection }) => ({ kind: 'thing', thing: connection }),
    processindexes,
};
function missing(forge, at, method, since) {
    forge.connection.fail(at, `${method} came with CodeIgniter ${since}`);
    return (0,program_value/* scalar */.d_)(false);
}
function key(forge, given, at, { primary, unique, name }) {
    const columns = (0,program_value/* argument */.EE)(given, 0, 'key') ?? (0,program_value/* scalar */.d_)('');
    forge.pending.doubt ??= at.doubt ?? (0,program_value/* firstUnknown */.Ny)(columns) ?? unknownIn(name);
    const own = (0,program_value/* textOf */.b6)(name) ?? '';
    if (primary)
        forge.addPrimary(names(columns), own, at);
    else
        forge.pending.keys.push({
            columns: names(columns),
            isList: columns.kind === 'list',
            unique,
            name: own,
        });
    return null;
}
/** The table a method is about, without its prefix; null when only running tells, which is recorded. */
function tableName(forge, given, at, parameter = 'table') {
    const value = (0,program_value/* argument */.EE)(given, 0, parameter);
    const name = (0,program_value/* textOf */.b6)(value);
    if (name === null || value?.kind !== 'scalar') {
        const why = value?.kind === 'unknown' ? value : (0,program_value/* unknown */.L5)('the name of a table', at.line);
        forge.connection.unresolve(undefined, at, why, 'changes');
        return null;
    }
    return name;
}
function alter(forge, given, at, clauses, doubt) {
    const { connection } = forge;
    const { lines, lost } = forge.pending;
    const name = tableName(forge, given, at);
    if (name === null)
        return (0,program_value/* scalar */.d_)(true);
    const why = firstDoubt([at.doubt, doubt]);
    if (why !== null || clauses === null) {
        connection.unresolve((0,program_value/* scalar */.d_)(name), at, why ?? (0,program_value/* unknown */.L5)('a name', at.line), 'changes');
        return (0,program_value/* scalar */.d_)(true);
    }
    const sql = `ALTER TABLE ${(0,forge_fields/* identifier */.Cv)(connection.settings.prefix + name)} ${clauses.join(', ')}`;
    connection.say(sql, at, { lines, unknown: lost?.why });
    return (0,program_value/* scalar */.d_)(true);
}
function alterColumns(forge, given, at, verb) {
    const fields = (0,program_value/* argument */.EE)(given, 1, 'fields') ?? (0,program_value/* argument */.EE)(given, 1, 'field') ?? (0,program_value/* scalar */.d_)('');
    if (fields.kind === 'list')
        forge.addFields(fields, at);
    else
        forge.addField(0, fields, at);
    const { pending } = forge;
    const clauses = [...pending.fields].map(([name, field]) => {
        const renames = typeof field !== 'string' && ((0,program_value/* textOf */.b6)(field.get('NAME')) ?? '') !== '';
        return `${verb === 'MODIFY' && renames ? 'CHANGE' : verb} ${(0,forge_fields/* columnSql */.pU)(name, field, 'alter') ?? ''}`;
    });
    const result = alter(forge, given, at, clauses, pending.doubt);
    forge.pending = new forge_forge/* Pending */.U();
    return result;
}
/** Keys that were collected, for a table that is there (4.3 and newer). */
function processindexes(forge, given, at) {
    const { pending, connection } = forge;
    if (!connection.rules.hasNamedKeys)
        return missing(forge, at, 'processIndexes()', '4.3');
    const name = tableName(forge, given, at);
    forge.pending = new forge_forge/* Pending */.U();
    if (name === null)
        return (0,program_value/* scalar */.d_)(true);
    const full = connection.settings.prefix + name;
    const entry = connection.catalog.tables.get(full);
    const doubt = firstDoubt([at.doubt, pending.doubt]);
    if (doubt !== null || entry?.kind !== 'table') {
        const why = doubt ?? (0,program_value/* unknown */.L5)('a table that no migration creates', at.line);
        connection.unresolve((0,program_value/* scalar */.d_)(name), at, why, 'changes');
        return (0,program_value/* scalar */.d_)(true);
    }
    addIndexes(forge.connection, pending, entry.table, at);
    for (const sql of foreignKeysAfterwards(pending, name, connection.settings.prefix)) {
        connection.say(`ALTER TABLE ${(0,forge_fields/* identifier */.Cv)(full)} ADD ${sql}`, at, {
            lines: linesOf(pending, name),
        });
    }
    return (0,program_value/* scalar */.d_)(true);
}
function addIndexes(connection, pending, { name, columns }, at) {
    const own = columns.map((one) => one.name);
    const known = pending.fields.size > 0 ? [...pending.fields.keys()] : own;
    const keys = pending.keys.map((one) => keySql(one, known, connection.rules));
    for (const sql of [...keys, primarySql(pending.primary, known, name)]) {
        if (sql !== null)
            connection.say(`ALTER TABLE ${(0,forge_fields/* identifier */.Cv)(name)} ADD ${sql}`, at, { lines: pending.lines });
    }
}


/***/ }),

/***/ 3143:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   du: () => (/* binding */ isAtLeast),
/* harmony export */   l7: () => (/* binding */ releaseOf),
/* harmony export */   p5: () => (/* binding */ forgeRules)
/* harmony export */ });
/** The rules of a release. */
function forgeRules(release) {
    return {
        keepsKeysOfRawFields: isAtLeast(release, [4, 1, 5]),
        takesNamedRawFields: isAtLeast(release, [4, 1, 5]),
        hasDropKey: isAtLeast(release, [4, 1, 5]),
        hasRawSql: isAtLeast(release, [4, 2, 0]),
        hasNamedKeys: isAtLeast(release, [4, 3, 0]),
        asksLater: isAtLeast(release, [4, 3, 0]),
        asksAgain: isAtLeast(release, [4, 2, 0]),
    };
}
/** Whether a release is that one or newer. */
function isAtLeast(release, wanted) {
    const differing = release.findIndex((part, at) => part !== wanted[at]);
    return differing === -1 || (release[differing] ?? 0) > (wanted[differing] ?? 0);
}
/** `4.7.2` or `v4.7.2` as a release; null for anything else. */
function releaseOf(text) {
    const found = /^v?(\d+)\.(\d+)\.(\d+)/.exec(text);
    return found === null ? null : [Number(found[1]), Number(found[2]), Number(found[3])];
}


/***/ }),

/***/ 44090:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ evaluateAlone),
/* harmony export */   N: () => (/* binding */ nothingAround)
/* harmony export */ });
/* harmony import */ var _expressions_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49562);
/* harmony import */ var _value_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3860);


/** What a class of the configuration finds around itself: constants, and nothing that is followed. */
function nothingAround(constants, answer = () => null) {
    return {
        inherited: (name, line) => (0,_value_js__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5)(`$this->${name}`, line),
        callStatic: (name, method, _, at) => called(`${name}::${method}`, at),
        create: (name, _, at) => (0,_value_js__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5)(`new ${name}()`, at.line),
        constant: (name, line) => constants.get(name) ?? (0,_value_js__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5)(`the constant ${name}`, line),
        callFunction: (name, given, at) => answer(name, given) ?? called(name, at),
        outOfSight: () => undefined,
    };
}
function called(name, at) {
    return (0,_value_js__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5)(`${name}()`, at.line);
}
/**
 * A value that is written down in a class, as a property of a configuration: nothing is called for it.
 * @param answer what a function answers, where that is known
 */
function evaluateAlone(node, own, constants = new Map(), answer = () => null) {
    const run = {
        own,
        surroundings: nothingAround(constants, answer),
        properties: new Map(),
        doubt: null,
        level: own,
        depth: 0,
        steps: 0,
        growing: new WeakMap(),
        thrownAt: 1,
        callOwn: (method, _, at) => called(method, at),
    };
    return (0,_expressions_js__WEBPACK_IMPORTED_MODULE_0__/* .evaluate */ ._3)(node, { variables: new Map(), run });
}


/***/ }),

/***/ 94413:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ firstClass),
/* harmony export */   f: () => (/* binding */ fullName)
/* harmony export */ });
/* harmony import */ var _syntax_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(55494);

/** The first named class of a file, or the first trait; null when it has none. */
function firstClass(program, wanted = 'class') {
    for (const { statements, namespace } of spaces(program)) {
        const found = statements.find(({ kind }) => kind === wanted);
        if (found === undefined)
            continue;
        return read(found, { namespace, imports: imports(statements) });
    }
    return null;
}
/** A class name as it is written, made full. */
function fullName(node, names) {
    const written = (0,_syntax_js__WEBPACK_IMPORTED_MODULE_0__/* .nameIn */ .ZC)(node, 'name') ?? '';
    if (node['resolution'] === 'fqn' || written.startsWith('\\'))
        return written.replace(/^\\/, '');
    const [first = '', ...rest] = written.split('\\');
    const imported = names.imports.get(first.toLowerCase());
    if (imported !== undefined)
        return [imported, ...rest].join('\\');
    return names.namespace === '' ? written : `${names.namespace}\\${written}`;
}
function spaces(program) {
    const top = (0,_syntax_js__WEBPACK_IMPORTED_MODULE_0__/* .children */ .Y_)(program, 'children');
    const inside = top
        .filter(({ kind }) => kind === 'namespace')
        .map((node) => ({
        namespace: (0,_syntax_js__WEBPACK_IMPORTED_MODULE_0__/* .nameIn */ .ZC)(node, 'name') ?? '',
        statements: (0,_syntax_js__WEBPACK_IMPORTED_MODULE_0__/* .children */ .Y_)(node, 'children'),
    }));
    return [...inside, { namespace: '', statements: top }];
}
function imports(statements) {
    const groups = statements.filter(({ kind }) => kind === 'usegroup');
    return new Map(groups.flatMap((group) => {
        const before = (0,_syntax_js__WEBPACK_IMPORTED_MODULE_0__/* .nameIn */ .ZC)(group, 'name');
        return (0,_syntax_js__WEBPACK_IMPORTED_MODULE_0__/* .children */ .Y_)(group, 'items').map((item) => {
            const own = ((0,_syntax_js__WEBPACK_IMPORTED_MODULE_0__/* .nameIn */ .ZC)(item, 'name') ?? '').replace(/^\\/, '');
            const full = before === null ? own : `${before.replace(/^\\/, '')}\\${own}`;
            const alias = (0,_syntax_js__WEBPACK_IMPORTED_MODULE_0__/* .nameIn */ .ZC)(item, 'alias') ?? full.split('\\').at(-1) ?? '';
            return [alias.toLowerCase(), full];
        });
    }));
}
function read(node, names) {
    const body = (0,_syntax_js__WEBPACK_IMPORTED_MODULE_0__/* .children */ .Y_)(node, 'body');
    const parent = (0,_syntax_js__WEBPACK_IMPORTED_MODULE_0__/* .child */ .jf)(node, 'extends');
    const uses = body.filter(({ kind }) => kind === 'traituse');
    const methods = body.filter(({ kind }) => kind === 'method');
    const constants = body
        .filter(({ kind }) => kind === 'classconstant')
        .flatMap((one) => (0,_syntax_js__WEBPACK_IMPORTED_MODULE_0__/* .children */ .Y_)(one, 'constants'));
    const properties = body
        .filter(({ kind }) => kind === 'propertystatement')
        .flatMap((one) => (0,_syntax_js__WEBPACK_IMPORTED_MODULE_0__/* .children */ .Y_)(one, 'properties'));
    return {
        name: (0,_syntax_js__WEBPACK_IMPORTED_MODULE_0__/* .nameIn */ .ZC)(node, 'name') ?? '',
        namespace: names.namespace,
        line: (0,_syntax_js__WEBPACK_IMPORTED_MODULE_0__/* .lineOf */ .cA)(node),
        parent: parent === null ? null : fullName(parent, names),
        methods: new Map(methods.map((one) => [((0,_syntax_js__WEBPACK_IMPORTED_MODULE_0__/* .nameIn */ .ZC)(one, 'name') ?? '').toLowerCase(), one])),
        constants: new Map(constants.flatMap((one) => {
            const value = (0,_syntax_js__WEBPACK_IMPORTED_MODULE_0__/* .child */ .jf)(one, 'value');
            return value === null ? [] : [[(0,_syntax_js__WEBPACK_IMPORTED_MODULE_0__/* .nameIn */ .ZC)(one, 'name') ?? '', value]];
        })),
        properties: new Map(properties.map((one) => [(0,_syntax_js__WEBPACK_IMPORTED_MODULE_0__/* .nameIn */ .ZC)(one, 'name') ?? '', (0,_syntax_js__WEBPACK_IMPORTED_MODULE_0__/* .child */ .jf)(one, 'value')])),
        traits: uses.flatMap((one) => (0,_syntax_js__WEBPACK_IMPORTED_MODULE_0__/* .children */ .Y_)(one, 'traits')).map((one) => fullName(one, names)),
        takesMore: uses.some((one) => (0,_syntax_js__WEBPACK_IMPORTED_MODULE_0__/* .children */ .Y_)(one, 'adaptations').length > 0),
        names,
        above: null,
        inherited: new Map(),
    };
}


/***/ }),

/***/ 49562:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  JM: () => (/* binding */ cannotTell),
  _3: () => (/* binding */ evaluate),
  nx: () => (/* binding */ inside),
  TN: () => (/* binding */ keyOf),
  _N: () => (/* binding */ mostEntries),
  ue: () => (/* binding */ shared)
});

// EXTERNAL MODULE: ./src/static/program/class.ts
var program_class = __webpack_require__(94413);
;// CONCATENATED MODULE: ./src/static/program/frame.ts
/** Where execution stands, for a call. */
function at(line, { doubt }) {
    return { line, doubt };
}

// EXTERNAL MODULE: ./src/static/program/value.ts
var program_value = __webpack_require__(3860);
;// CONCATENATED MODULE: ./src/static/program/functions.ts

// Far more than any migration needs, and far less than memory.
const largest = 10_000_000;
/** The pure functions that migrations are seen to use. */
const pureFunctions = {
    strtolower: functions_text((one) => one.toLowerCase()),
    strtoupper: functions_text((one) => one.toUpperCase()),
    ucfirst: functions_text((one) => one.slice(0, 1).toUpperCase() + one.slice(1)),
    trim: functions_text((one) => one.trim()),
    rtrim: functions_text((one) => one.trimEnd()),
    ltrim: functions_text((one) => one.trimStart()),
    implode: joined,
    join: joined,
    sprintf,
    str_replace: ([from, to, inside]) => {
        const [search, replacement, subject] = [(0,program_value/* textOf */.b6)(from), (0,program_value/* textOf */.b6)(to), (0,program_value/* textOf */.b6)(inside)];
        if (search === null || replacement === null || subject === null)
            return null;
        if (subject.length * replacement.length > largest)
            return null;
        return (0,program_value/* scalar */.d_)(search === '' ? subject : subject.replaceAll(search, () => replacement));
    },
    strlen: ([one]) => sized((0,program_value/* textOf */.b6)(one)),
    strpos: position((text) => text),
    stripos: position((text) => text.toLowerCase()),
    str_contains: compared((text, part) => text.includes(part)),
    str_starts_with: compared((text, part) => text.startsWith(part)),
    str_ends_with: compared((text, part) => text.endsWith(part)),
    substr: ([whole, from, length]) => {
        const [text, begin] = [(0,program_value/* textOf */.b6)(whole), Number((0,program_value/* textOf */.b6)(from) ?? NaN)];
        const count = length === undefined ? Infinity : Number((0,program_value/* textOf */.b6)(length) ?? NaN);
        if (text === null || !(begin >= 0 && count >= 0) || !isAscii(text))
            return null;
        return (0,program_value/* scalar */.d_)(text.slice(begin, begin + count));
    },
    is_array: kind(({ kind }) => kind === 'list'),
    is_string: kind((one) => one.kind === 'scalar' && typeof one.value === 'string'),
    is_null: kind((one) => one.kind === 'scalar' && one.value === null),
    in_array: ([needle, all]) => {
        if (needle?.kind !== 'scalar' || all?.kind !== 'list')
            return null;
        const values = [...all.entries.values()];
        if (values.some((one) => (0,program_value/* same */.FB)(one, needle)))
            return (0,program_value/* scalar */.d_)(true);
        // What is alike but not the same is left open.
        return values.some((one) => one.kind === 'unknown' || (0,program_value/* textOf */.b6)(one) === (0,program_value/* textOf */.b6)(needle))
            ? null
            : (0,program_value/* scalar */.d_)(false);
    },
    array_key_exists: ([key, all]) => {
        const name = (0,program_value/* textOf */.b6)(key);
        if (name === null || all?.kind !== 'list')
            return null;
        return (0,program_value/* scalar */.d_)([...all.entries.keys()].some((one) => String(one) === name));
    },
    count: ([one]) => (one?.kind === 'list' ? (0,program_value/* scalar */.d_)(one.entries.size) : null),
    array_merge: merged,
    array_keys: ([one, ...more]) => one?.kind === 'list' && more.length === 0 ? (0,program_value/* list */.p_)([...one.entries.keys()].map(program_value/* scalar */.d_)) : null,
    array_column: ([all, key, ...more]) => {
        const name = (0,program_value/* textOf */.b6)(key);
        if (all?.kind !== 'list' || name === null || more.length > 0)
            return null;
        return (0,program_value/* list */.p_)([...all.entries.values()].map((one) => memberOf(one, name)));
    },
    array_values: ([one]) => (one?.kind === 'list' ? (0,program_value/* list */.p_)([...one.entries.values()]) : null),
    range: ([from, to, ...more]) => {
        const [first, last] = [Number((0,program_value/* textOf */.b6)(from) ?? NaN), Number((0,program_value/* textOf */.b6)(to) ?? NaN)];
        if (more.length > 0 || !(last >= first && last - first < 1000))
            return null;
        return (0,program_value/* list */.p_)(Array.from({ length: last - first + 1 }, (_, at) => (0,program_value/* scalar */.d_)(first + at)));
    },
};
function memberOf(of, name) {
    if (of.kind === 'thing')
        return of.thing.property(name, 1);
    const found = of.kind === 'list' ? of.entries.get(name) : undefined;
    return found ?? (0,program_value/* unknown */.L5)(`the element ${name}`, 1);
}
function sized(known) {
    return known === null || !isAscii(known) ? null : (0,program_value/* scalar */.d_)(known.length);
}
/** PHP counts bytes here. */
function isAscii(known) {
    return /^[\x20-\x7e\s]*$/.test(known);
}
function position(fold) {
    return ([whole, part, ...more]) => {
        const [text, wanted] = [(0,program_value/* textOf */.b6)(whole), (0,program_value/* textOf */.b6)(part)];
        if (text === null || wanted === null || more.length > 0 || !isAscii(text))
            return null;
        const at = fold(text).indexOf(fold(wanted));
        return (0,program_value/* scalar */.d_)(at === -1 ? false : at);
    };
}
function compared(compute) {
    return ([whole, part]) => {
        const [text, wanted] = [(0,program_value/* textOf */.b6)(whole), (0,program_value/* textOf */.b6)(part)];
        return text === null || wanted === null ? null : (0,program_value/* scalar */.d_)(compute(text, wanted));
    };
}
function kind(compute) {
    return ([one]) => (one === undefined || one.kind === 'unknown' ? null : (0,program_value/* scalar */.d_)(compute(one)));
}
function functions_text(compute) {
    return ([one, ...more]) => {
        const known = (0,program_value/* textOf */.b6)(one);
        return known === null || more.length > 0 ? null : (0,program_value/* scalar */.d_)(compute(known));
    };
}
function joined([glue, pieces]) {
    const between = (0,program_value/* textOf */.b6)(glue);
    if (between === null || pieces?.kind !== 'list')
        return null;
    const parts = [...pieces.entries.values()];
    const length = parts.reduce((sum, part) => sum + (0,program_value/* partOf */.BU)(part).length + between.length, 0);
    return length > largest ? null : (0,program_value/* composed */.p4)(parts, (texts) => texts.join(between));
}
/** Only `%s`, `%d` and `%%`, in order. */
function sprintf([format, ...values]) {
    const pattern = (0,program_value/* textOf */.b6)(format);
    if (pattern === null)
        return null;
    const signs = [...pattern.matchAll(/%(.)/g)]
        .map(([, sign]) => sign)
        .filter((sign) => sign !== '%');
    if (signs.length > values.length || signs.some((sign) => sign !== 's' && sign !== 'd'))
        return null;
    return (0,program_value/* composed */.p4)(values, (texts) => {
        let next = 0;
        return pattern.replaceAll(/%(.)/g, (_, sign) => {
            if (sign === '%')
                return '%';
            const value = texts[next++] ?? '';
            return sign === 'd' && value !== program_value/* hole */.fk ? String(Math.trunc(Number(value))) : value;
        });
    });
}
function merged(given) {
    const lists = given.filter((one) => one.kind === 'list');
    if (lists.length !== given.length)
        return null;
    const entries = new Map();
    let next = 0;
    for (const { entries: these } of lists) {
        for (const [key, value] of these)
            entries.set(typeof key === 'number' ? next++ : key, value);
    }
    return { kind: 'list', entries };
}

// EXTERNAL MODULE: ./src/static/program/members.ts
var members = __webpack_require__(46774);
// EXTERNAL MODULE: ./src/static/program/syntax.ts
var syntax = __webpack_require__(55494);
// EXTERNAL MODULE: ./src/static/program/targets.ts
var targets = __webpack_require__(7523);
;// CONCATENATED MODULE: ./src/static/program/calls.ts







function given(node, frame) {
    const positional = [];
    const named = new Map();
    for (const one of (0,syntax/* children */.Y_)(node, 'arguments')) {
        const value = one.kind === 'variadic'
            ? cannotTell(one, 'arguments that are spread out')
            : evaluate(one, frame);
        const name = one.kind === 'namedargument' ? (0,syntax/* nameIn */.ZC)(one, 'name') : null;
        if (name === null)
            positional.push(value);
        else
            named.set(name, value);
    }
    return { positional, named };
}
/** A call of a function, a method or a static method. */
function call(node, frame) {
    const what = (0,syntax/* child */.jf)(node, 'what');
    if (what === null)
        return cannotTell(node, 'a call');
    // First the receiver: a chain runs from left to right.
    if (what.kind.endsWith('propertylookup'))
        return callMethod(node, what, frame);
    const { run } = frame;
    const arguments_ = given(node, frame);
    const here = at((0,syntax/* lineOf */.cA)(node), run);
    warnOfEscape(node, arguments_, frame);
    if (what.kind === 'staticlookup')
        return callStatic(what, arguments_, here, frame);
    if (what.kind !== 'name') {
        run.surroundings.outOfSight(here, 'a function that is called as a value');
        return cannotTell(node, 'a call of a value');
    }
    const name = ((0,syntax/* nameIn */.ZC)(what, 'name') ?? '').replace(/^\\/, '').toLowerCase();
    const pure = pureFunctions[name];
    if (pure === undefined) {
        forget(node, frame);
        return run.surroundings.callFunction(name, arguments_, here);
    }
    // What is copied takes time too.
    for (const one of arguments_.positional)
        if (one.kind === 'list')
            run.steps += one.entries.size / 100;
    return pure(arguments_.positional) ?? cannotTell(node, `${name}()`);
}
function callStatic(what, arguments_, here, { run }) {
    const owner = (0,syntax/* child */.jf)(what, 'what');
    const method = (0,syntax/* nameIn */.ZC)(what, 'offset') ?? '';
    if (owner === null)
        return cannotTell(what, 'a static call');
    if (/^parent/i.test((0,syntax/* nameIn */.ZC)(owner, 'name') ?? owner.kind)) {
        return callAbove(what, method, arguments_, here, run);
    }
    if (/^(self|static)/i.test((0,syntax/* nameIn */.ZC)(owner, 'name') ?? owner.kind)) {
        return run.callOwn(method, arguments_, here, run);
    }
    return run.surroundings.callStatic((0,program_class/* fullName */.f)(owner, run.level.names), method, arguments_, here);
}
function callAbove(what, method, arguments_, here, run) {
    const { above } = run.level;
    if (above?.methods.has(method.toLowerCase()) === true) {
        return run.callOwn(method, arguments_, here, run, above);
    }
    // The framework's own constructor only opens the connection.
    if (method !== '__construct')
        run.surroundings.outOfSight(here, `parent::${method}()`);
    return cannotTell(what, `parent::${method}()`);
}
function callMethod(node, what, frame) {
    const owner = (0,syntax/* child */.jf)(what, 'what');
    const method = (0,syntax/* memberName */.eg)(what);
    const { run } = frame;
    if (owner === null || method === null) {
        run.surroundings.outOfSight(at((0,syntax/* lineOf */.cA)(node), run), 'a method whose name only running tells');
        return cannotTell(node, 'a call');
    }
    const receiver = (0,members/* isThis */.HB)(owner) ? null : evaluate(owner, frame);
    const arguments_ = given(node, frame);
    const here = at((0,syntax/* lineOf */.cA)(node), run);
    if (receiver === null) {
        const value = run.callOwn(method, arguments_, here, run);
        forget(node, frame, run.own.methods.get(method.toLowerCase()));
        return value;
    }
    if (receiver.kind === 'thing')
        return receiver.thing.call(method, arguments_, here);
    warnOfEscape(node, arguments_, frame);
    if (receiver.kind === 'unknown' && isRawConnection(receiver.why)) {
        run.surroundings.outOfSight(here, 'a call on the connection of the driver itself');
    }
    forget(node, frame);
    return cannotTell(node, `${method}()`);
}
/** `new Name()` */
function create(node, frame) {
    const what = (0,syntax/* child */.jf)(node, 'what');
    const arguments_ = given(node, frame);
    const { run } = frame;
    if (what?.kind !== 'name')
        return cannotTell(node, 'an object');
    const name = (0,program_class/* fullName */.f)(what, run.level.names);
    if (!/\\?RawSql$/.test(name))
        warnOfEscape(node, arguments_, frame);
    return run.surroundings.create(name, arguments_, at((0,syntax/* lineOf */.cA)(node), run));
}
function isRawConnection(why) {
    return /^\$this->db->(connID|mysqli)$/.test(why);
}
/** What is handed over by reference may be another thing afterwards; an own method says which parameters are. */
function forget(node, frame, own) {
    const parameters = own === undefined ? null : (0,syntax/* children */.Y_)(own, 'arguments');
    (0,syntax/* children */.Y_)(node, 'arguments').forEach((one, place) => {
        if (parameters !== null && parameters[place]?.['byref'] !== true)
            return;
        const within = one.kind === 'offsetlookup' ? (0,syntax/* child */.jf)(one, 'what') : one;
        if (within === null || (within.kind !== 'variable' && within.kind !== 'propertylookup'))
            return;
        const value = evaluate(within, frame);
        // Texts and numbers are handed to functions all the time, arrays to those that change them.
        if (value.kind === 'list' || parameters !== null) {
            (0,targets/* store */.M_)(within, cannotTell(node, 'what a function was handed'), frame);
        }
    });
}
/** Who is handed the connection, the forge or the migration itself may do anything with it. */
function warnOfEscape(node, { positional, named }, { run }) {
    const handed = [...positional, ...named.values()].some((one) => one.kind === 'thing' || (one.kind === 'unknown' && one.why === '$this'));
    if (handed)
        run.surroundings.outOfSight(at((0,syntax/* lineOf */.cA)(node), run), 'a call that is handed the connection');
}

// EXTERNAL MODULE: ./src/static/program/operators.ts
var operators = __webpack_require__(620);
;// CONCATENATED MODULE: ./src/static/program/expressions.ts







/** The value of an expression, with everything it does on the way. What cannot be known is `unknown`, with its line. */
function evaluate(node, frame) {
    const how = expressions[node.kind];
    if (how === undefined)
        return cannotTell(node, `a PHP expression (${node.kind})`);
    frame.run.steps += 1 / perStep;
    const value = how(node, frame);
    return isTooLarge(value) ? cannotTell(node, 'a very large value') : value;
}
const longestText = 100_000;
/** Entries of an array that is followed. */
const mostEntries = 10_000;
// Expressions that count as one statement.
const perStep = 20;
/** A loop that doubles a value would otherwise take all memory. */
function isTooLarge(value) {
    if (value.kind === 'list')
        return value.entries.size > mostEntries;
    return (value.kind === 'scalar' && typeof value.value === 'string' && value.value.length > longestText);
}
/** Only running tells what this is. */
function cannotTell(node, what) {
    return (0,program_value/* unknown */.L5)(what, (0,syntax/* lineOf */.cA)(node));
}
/** The value of an expression in a field; null where there is none. */
function inside(node, field, frame) {
    const found = (0,syntax/* child */.jf)(node, field);
    return found === null ? (0,program_value/* scalar */.d_)(null) : evaluate(found, frame);
}
const expressions = {
    string: literal,
    nowdoc: literal,
    boolean: literal,
    number: (node) => numeral(String(node['value'])),
    nullkeyword: () => (0,program_value/* scalar */.d_)(null),
    encapsed,
    encapsedpart: (node, frame) => inside(node, 'expression', frame),
    array,
    variable,
    bin: binary,
    unary,
    cast: (node, frame) => {
        const value = inside(node, 'expr', frame);
        return casts[String(node['type'])]?.(value, node) ?? cannotTell(node, 'a cast');
    },
    retif: choice,
    match,
    assign: targets/* assign */.kp,
    post: targets/* counted */.hS,
    pre: targets/* counted */.hS,
    offsetlookup: members/* offset */.cY,
    propertylookup: members/* property */.MZ,
    nullsafepropertylookup: members/* property */.MZ,
    staticlookup: members/* constantOf */.yi,
    name: members/* globalConstant */.o2,
    call: call,
    new: create,
    namedargument: (node, frame) => inside(node, 'value', frame),
    assignref: (node, frame) => {
        // From here on both names mean one value, which nobody follows here.
        for (const side of ['left', 'right']) {
            const target = (0,syntax/* child */.jf)(node, side);
            if (target !== null)
                (0,targets/* store */.M_)(target, cannotTell(node, 'a reference'), frame);
        }
        return cannotTell(node, 'a reference');
    },
    include: elsewhere,
    eval: elsewhere,
    closure: expressions_hidden,
    arrowfunc: expressions_hidden,
    silent: (node, frame) => inside(node, 'expr', frame),
    isset: (node, frame) => {
        const values = (0,syntax/* children */.Y_)(node, 'variables').map((one) => evaluate(one, frame));
        if (values.some(({ kind }) => kind === 'unknown'))
            return cannotTell(node, 'isset()');
        return (0,program_value/* scalar */.d_)(values.every((one) => one.kind !== 'scalar' || one.value !== null));
    },
    empty: (node, frame) => {
        const found = (0,program_value/* truth */.Im)(inside(node, 'expression', frame));
        return found === null ? cannotTell(node, 'empty()') : (0,program_value/* scalar */.d_)(!found);
    },
};
function literal(node) {
    const { value } = node;
    if (typeof value === 'string')
        return { kind: 'scalar', value, line: firstLine(node) };
    return typeof value === 'boolean' ? (0,program_value/* scalar */.d_)(value) : cannotTell(node, 'a literal');
}
/** The text of a heredoc begins one line below its mark. */
function firstLine(node) {
    return (0,syntax/* lineOf */.cA)(node) + (node.kind === 'nowdoc' || node['type'] === 'heredoc' ? 1 : 0);
}
/** Code that is not seen here. */
function elsewhere(node, { run }) {
    run.surroundings.outOfSight(at((0,syntax/* lineOf */.cA)(node), run), `${node.kind}, which runs code from elsewhere`);
    return cannotTell(node, node.kind);
}
/** A function as a value: nobody sees here when it runs. */
function expressions_hidden(node) {
    return cannotTell(node, JSON.stringify(node['body']).includes('"name":"this"') ? '$this' : 'a function');
}
function numeral(digits) {
    const plain = digits.replaceAll('_', '');
    return (0,program_value/* scalar */.d_)(/^0[0-7]+$/.test(plain) ? parseInt(plain, 8) : Number(plain));
}
/** What a cast makes of a value; null where that is not known. */
const casts = {
    string: asText,
    bool: asTruth,
    int: (value) => {
        const text = (0,program_value/* textOf */.b6)(value);
        return text === null
            ? lostOf(value, value)
            : (0,program_value/* scalar */.d_)(Number(/^\s*[-+]?\d+/.exec(text)?.[0] ?? 0));
    },
    array: (value) => (value.kind === 'scalar' ? (0,program_value/* list */.p_)(value.value === null ? [] : [value]) : value),
};
function asText(value, node) {
    const reported = (0,program_value/* textOf */.b6)(value);
    if (reported !== null)
        return (0,program_value/* scalar */.d_)(reported);
    return value.kind === 'unknown' ? value : cannotTell(node, 'a value as text');
}
function asTruth(value, node) {
    const reported = (0,program_value/* truth */.Im)(value);
    return reported === null ? cannotTell(node, 'a condition') : (0,program_value/* scalar */.d_)(reported);
}
function encapsed(node, frame) {
    const parts = (0,syntax/* children */.Y_)(node, 'value').map((part) => asText(evaluate(part, frame), part));
    const value = (0,program_value/* composed */.p4)(parts, (texts) => texts.join(''));
    if (value?.kind === 'scalar')
        return { ...value, line: firstLine(node) };
    return value ?? cannotTell(node, 'a text');
}
function array(node, frame) {
    const entries = new Map();
    const lines = new Map();
    let next = 0;
    const add = (key, value, line) => {
        entries.set(key, value);
        if (line !== undefined)
            lines.set(key, line);
        if (typeof key === 'number' && key >= next)
            next = key + 1;
    };
    for (const item of (0,syntax/* children */.Y_)(node, 'items')) {
        const value = inside(item, 'value', frame);
        if (item['unpack'] === true) {
            if (value.kind !== 'list')
                return cannotTell(item, 'an array that is spread out');
            for (const [key, one] of value.entries)
                add(typeof key === 'number' ? next : key, one);
            continue;
        }
        const key = (0,syntax/* child */.jf)(item, 'key');
        const reported = key === null ? next : keyOf(evaluate(key, frame));
        if (reported === null)
            return cannotTell(item, 'an array key');
        add(reported, value, (0,syntax/* lineOf */.cA)(item));
    }
    return { kind: 'list', entries, lines };
}
/** A key of an array as PHP keeps it: texts that are whole numbers become numbers. */
function keyOf(value) {
    const reported = (0,program_value/* textOf */.b6)(value);
    return reported === null || !/^(0|-?[1-9]\d{0,14})$/.test(reported) ? reported : Number(reported);
}
function variable(node, { variables, run }) {
    const name = (0,syntax/* variableName */.cG)(node);
    if (name === null)
        return cannotTell(node, 'a variable variable');
    if (name === 'this')
        return { kind: 'unknown', why: '$this', line: (0,syntax/* lineOf */.cA)(node) };
    const found = variables.get(name);
    if (found !== undefined)
        return shared(found, run);
    return run.doubt ?? cannotTell(node, `$${name}`);
}
/** A value that somebody else gets too: an array in it is copied before it changes. */
function shared(value, run) {
    if (value.kind === 'list')
        run.growing.delete(value);
    return value;
}
const shortCircuits = {
    '&&': false,
    and: false,
    '||': true,
    or: true,
};
function binary(node, frame) {
    const type = String(node['type']);
    const left = inside(node, 'left', frame);
    if (type === '??')
        return coalesced(node, left, frame);
    const decided = shortCircuits[type];
    if (isDecided(left, decided))
        return (0,program_value/* scalar */.d_)(decided ?? null);
    const right = inside(node, 'right', frame);
    if (isDecided(right, decided))
        return (0,program_value/* scalar */.d_)(decided ?? null);
    return operators/* operators */.I[type]?.(left, right) ?? lostOf(left, right) ?? cannotTell(node, `"${type}"`);
}
function coalesced(node, left, frame) {
    return isNull(left) ? inside(node, 'right', frame) : left;
}
function isDecided(value, by) {
    return by !== undefined && (0,program_value/* truth */.Im)(value) === by;
}
function lostOf(left, right) {
    return [left, right].find((one) => one.kind === 'unknown') ?? null;
}
function isNull(value) {
    return value.kind === 'scalar' && value.value === null;
}
function unary(node, frame) {
    const value = inside(node, 'what', frame);
    if (node['type'] === '!') {
        const reported = (0,program_value/* truth */.Im)(value);
        return reported === null ? value : (0,program_value/* scalar */.d_)(!reported);
    }
    const known = (0,program_value/* textOf */.b6)(value);
    if (known === null || known === '' || Number.isNaN(Number(known)))
        return value;
    return (0,program_value/* scalar */.d_)(node['type'] === '-' ? -Number(known) : Number(known));
}
function choice(node, frame) {
    const test = inside(node, 'test', frame);
    const reported = (0,program_value/* truth */.Im)(test);
    if (reported === null)
        return cannotTell(node, 'a condition that is not known');
    if (reported)
        return (0,syntax/* child */.jf)(node, 'trueExpr') === null ? test : inside(node, 'trueExpr', frame);
    return inside(node, 'falseExpr', frame);
}
function match(node, frame) {
    const subject = inside(node, 'cond', frame);
    for (const arm of (0,syntax/* children */.Y_)(node, 'arms')) {
        const conditions = (0,syntax/* children */.Y_)(arm, 'conds');
        if (conditions.length === 0)
            return inside(arm, 'body', frame);
        for (const condition of conditions) {
            const reported = operators/* operators */.I['===']?.(subject, evaluate(condition, frame)) ?? null;
            if (reported === null)
                return cannotTell(node, 'a match on a value that is not known');
            if ((0,program_value/* truth */.Im)(reported) === true)
                return inside(arm, 'body', frame);
        }
    }
    return cannotTell(node, 'a match without an arm for its value');
}


/***/ }),

/***/ 46774:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HB: () => (/* binding */ isThis),
/* harmony export */   MZ: () => (/* binding */ property),
/* harmony export */   cY: () => (/* binding */ offset),
/* harmony export */   o2: () => (/* binding */ globalConstant),
/* harmony export */   yi: () => (/* binding */ constantOf)
/* harmony export */ });
/* harmony import */ var _class_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(94413);
/* harmony import */ var _expressions_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49562);
/* harmony import */ var _syntax_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(55494);
/* harmony import */ var _value_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3860);




/** `$array['key']` */
function offset(node, frame) {
    const what = (0,_expressions_js__WEBPACK_IMPORTED_MODULE_1__/* .inside */ .nx)(node, 'what', frame);
    if (what.kind !== 'list') {
        return what.kind === 'unknown' ? what : (0,_expressions_js__WEBPACK_IMPORTED_MODULE_1__/* .cannotTell */ .JM)(node, 'an element of what is no array');
    }
    const key = (0,_expressions_js__WEBPACK_IMPORTED_MODULE_1__/* .keyOf */ .TN)((0,_expressions_js__WEBPACK_IMPORTED_MODULE_1__/* .inside */ .nx)(node, 'offset', frame));
    if (key === null)
        return (0,_expressions_js__WEBPACK_IMPORTED_MODULE_1__/* .cannotTell */ .JM)(node, 'an element whose key is not known');
    return what.entries.get(key) ?? (0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .scalar */ .d_)(null);
}
/** Whether it is `$this`. */
function isThis(node) {
    return node?.kind === 'variable' && (0,_syntax_js__WEBPACK_IMPORTED_MODULE_2__/* .nameIn */ .ZC)(node, 'name') === 'this';
}
/** `$object->name` */
function property(node, frame) {
    const name = (0,_syntax_js__WEBPACK_IMPORTED_MODULE_2__/* .memberName */ .eg)(node);
    const what = (0,_syntax_js__WEBPACK_IMPORTED_MODULE_2__/* .child */ .jf)(node, 'what');
    if (name === null || what === null)
        return (0,_expressions_js__WEBPACK_IMPORTED_MODULE_1__/* .cannotTell */ .JM)(node, 'a property');
    if (isThis(what))
        return ownProperty(name, node, frame);
    const of = (0,_expressions_js__WEBPACK_IMPORTED_MODULE_1__/* .evaluate */ ._3)(what, frame);
    if (of.kind === 'thing')
        return of.thing.property(name, (0,_syntax_js__WEBPACK_IMPORTED_MODULE_2__/* .lineOf */ .cA)(node));
    return of.kind === 'unknown' ? of : (0,_expressions_js__WEBPACK_IMPORTED_MODULE_1__/* .cannotTell */ .JM)(node, `->${name}`);
}
function ownProperty(name, node, { run }) {
    const set = run.properties.get(name);
    if (set !== undefined)
        return (0,_expressions_js__WEBPACK_IMPORTED_MODULE_1__/* .shared */ .ue)(set, run);
    const declared = run.own.properties.get(name);
    if (declared === undefined)
        return run.surroundings.inherited(name, (0,_syntax_js__WEBPACK_IMPORTED_MODULE_2__/* .lineOf */ .cA)(node));
    return declared === null ? (0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .scalar */ .d_)(null) : (0,_expressions_js__WEBPACK_IMPORTED_MODULE_1__/* .evaluate */ ._3)(declared, { variables: new Map(), run });
}
/** `Name::CONSTANT`, `Name::class`, `self::$property` */
function constantOf(node, { run }) {
    const what = (0,_syntax_js__WEBPACK_IMPORTED_MODULE_2__/* .child */ .jf)(node, 'what');
    const name = (0,_syntax_js__WEBPACK_IMPORTED_MODULE_2__/* .nameIn */ .ZC)(node, 'offset');
    if (what === null || name === null)
        return (0,_expressions_js__WEBPACK_IMPORTED_MODULE_1__/* .cannotTell */ .JM)(node, 'a static value');
    const own = `${run.level.namespace}\\${run.own.name}`.replace(/^\\/, '');
    const owner = isSelf(what) ? own : (0,_class_js__WEBPACK_IMPORTED_MODULE_0__/* .fullName */ .f)(what, run.level.names);
    if (name === 'class')
        return (0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .scalar */ .d_)(owner);
    const value = owner === own ? ownStatic(name, run) : null;
    return value ?? (0,_expressions_js__WEBPACK_IMPORTED_MODULE_1__/* .cannotTell */ .JM)(node, `${owner}::${name}`);
}
function ownStatic(name, run) {
    const set = run.properties.get(name);
    if (set !== undefined)
        return (0,_expressions_js__WEBPACK_IMPORTED_MODULE_1__/* .shared */ .ue)(set, run);
    const declared = run.own.constants.get(name) ?? run.own.properties.get(name) ?? null;
    return declared === null ? null : (0,_expressions_js__WEBPACK_IMPORTED_MODULE_1__/* .evaluate */ ._3)(declared, { variables: new Map(), run });
}
function isSelf(what) {
    return /^(self|static)/i.test((0,_syntax_js__WEBPACK_IMPORTED_MODULE_2__/* .nameIn */ .ZC)(what, 'name') ?? what.kind);
}
/** A constant without a class. */
function globalConstant(node, { run }) {
    const name = ((0,_syntax_js__WEBPACK_IMPORTED_MODULE_2__/* .nameIn */ .ZC)(node, 'name') ?? '').replace(/^\\/, '');
    if (name === 'PHP_EOL')
        return (0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .scalar */ .d_)('\n');
    return run.surroundings.constant(name, (0,_syntax_js__WEBPACK_IMPORTED_MODULE_2__/* .lineOf */ .cA)(node));
}


/***/ }),

/***/ 620:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ operators)
/* harmony export */ });
/* harmony import */ var _value_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3860);

/** The binary operators of PHP that migrations are seen to use. */
const operators = {
    '.': (left, right) => (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .composed */ .p4)([left, right], (texts) => texts.join('')),
    '+': sum,
    '-': numbers((one, other) => one - other),
    '*': numbers((one, other) => one * other),
    '<': numbers((one, other) => one < other),
    '>': numbers((one, other) => one > other),
    '<=': numbers((one, other) => one <= other),
    '>=': numbers((one, other) => one >= other),
    '===': (left, right) => known(left, right, () => (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .same */ .FB)(left, right)),
    '!==': (left, right) => known(left, right, () => !(0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .same */ .FB)(left, right)),
    '==': (left, right) => known(left, right, () => alike(left, right)),
    '!=': (left, right) => known(left, right, () => !alike(left, right)),
    '&&': combine((one, other) => one && other),
    and: combine((one, other) => one && other),
    '||': combine((one, other) => one || other),
    or: combine((one, other) => one || other),
};
function known(left, right, compute) {
    return left.kind === 'unknown' || right.kind === 'unknown' ? null : (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .scalar */ .d_)(compute());
}
/** Loose comparison as far as texts and numbers go, which is how migrations use it. */
function alike(left, right) {
    const [one, other] = [(0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .textOf */ .b6)(left), (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .textOf */ .b6)(right)];
    return one !== null && other !== null ? one === other : (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .same */ .FB)(left, right);
}
function combine(compute) {
    return (left, right) => {
        const [one, other] = [(0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .truth */ .Im)(left), (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .truth */ .Im)(right)];
        return one === null || other === null ? null : (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .scalar */ .d_)(compute(one, other));
    };
}
function numbers(compute) {
    return (left, right) => {
        const [one, other] = [(0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .textOf */ .b6)(left), (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .textOf */ .b6)(right)];
        if (one === null || other === null)
            return null;
        const reported = compute(Number(one), Number(other));
        return Number.isNaN(reported) ? null : (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .scalar */ .d_)(reported);
    };
}
/** Numbers are added; of two arrays the left one wins. */
function sum(left, right) {
    if (left.kind === 'list' && right.kind === 'list') {
        return { kind: 'list', entries: new Map([...right.entries, ...left.entries]) };
    }
    return numbers((one, other) => one + other)(left, right);
}


/***/ }),

/***/ 1678:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  dz: () => (/* binding */ constructed),
  kv: () => (/* binding */ doubtOf),
  g7: () => (/* binding */ execute),
  aE: () => (/* binding */ inDoubt),
  JS: () => (/* binding */ mostSteps),
  H2: () => (/* binding */ runMethod),
  K2: () => (/* binding */ sequence)
});

// EXTERNAL MODULE: ./src/static/program/expressions.ts + 3 modules
var expressions = __webpack_require__(49562);
// EXTERNAL MODULE: ./src/static/program/operators.ts
var operators = __webpack_require__(620);
// EXTERNAL MODULE: ./src/static/program/syntax.ts
var syntax = __webpack_require__(55494);
// EXTERNAL MODULE: ./src/static/program/targets.ts
var program_targets = __webpack_require__(7523);
// EXTERNAL MODULE: ./src/static/program/value.ts
var program_value = __webpack_require__(3860);
;// CONCATENATED MODULE: ./src/static/program/loops.ts





/** `foreach`: over what is not known its body may run, and may not. */
function forEach(node, frame) {
    const source = (0,syntax/* child */.jf)(node, 'source');
    const body = (0,syntax/* child */.jf)(node, 'body');
    if (source === null || body === null)
        return 'normally';
    const value = (0,expressions/* evaluate */._3)(source, frame);
    const targets = [(0,syntax/* child */.jf)(node, 'key'), (0,syntax/* child */.jf)(node, 'value')];
    if (value.kind !== 'list') {
        const why = (0,program_value/* unknown */.L5)('a loop over what only running tells', (0,syntax/* lineOf */.cA)(node));
        bind(targets, [why, why], frame);
        return inDoubt([body, null], why, frame);
    }
    for (const [key, one] of value.entries) {
        bind(targets, [(0,program_value/* scalar */.d_)(key), one], frame);
        const ended = execute(body, frame);
        if (ended !== 'normally' && ended !== 'continue')
            return past(ended);
    }
    // The loop may have changed the array itself.
    if (targets[1]?.['byref'] === true)
        (0,program_targets/* store */.M_)(source, (0,program_value/* unknown */.L5)('an array that a loop changed', (0,syntax/* lineOf */.cA)(node)), frame);
    return 'normally';
}
function bind(targets, values, frame) {
    targets.forEach((target, at) => {
        const value = values[at];
        if (target !== null && value !== undefined)
            (0,program_targets/* store */.M_)(target, value, frame);
    });
}
/** What ends a loop ends nothing beyond it. */
function past(ended) {
    return ended === 'break' || ended === 'continue' ? 'normally' : ended;
}
/** `for` */
function forLoop(node, frame) {
    for (const first of (0,syntax/* children */.Y_)(node, 'init'))
        (0,expressions/* evaluate */._3)(first, frame);
    return loop(node, (0,syntax/* children */.Y_)(node, 'test').at(-1) ?? null, (0,syntax/* children */.Y_)(node, 'increment'), frame);
}
/** What runs as long as its test is true. */
function loop(node, test, steps, frame) {
    const body = (0,syntax/* child */.jf)(node, 'body');
    if (body === null)
        return 'normally';
    for (;;) {
        const value = test === null ? (0,program_value/* scalar */.d_)(true) : (0,expressions/* evaluate */._3)(test, frame);
        const reported = (0,program_value/* truth */.Im)(value);
        if (reported === null || frame.run.steps > mostSteps) {
            return inDoubt([body, null], doubtOf(value, node), frame);
        }
        if (!reported)
            return 'normally';
        const ended = execute(body, frame);
        if (ended !== 'normally' && ended !== 'continue')
            return past(ended);
        for (const step of steps)
            (0,expressions/* evaluate */._3)(step, frame);
    }
}

// EXTERNAL MODULE: ./src/static/program/thrown.ts
var thrown = __webpack_require__(14511);
;// CONCATENATED MODULE: ./src/static/program/choices.ts







/** `switch`: cases are compared in order, and run on into the next without a break. */
function choose(node, frame) {
    const test = (0,syntax/* child */.jf)(node, 'test');
    const body = (0,syntax/* child */.jf)(node, 'body');
    if (test === null || body === null)
        return 'normally';
    const subject = (0,expressions/* evaluate */._3)(test, frame);
    const cases = (0,syntax/* children */.Y_)(body, 'children');
    const chosen = chosenCase(subject, cases, frame);
    if (chosen === null) {
        const ways = cases.map((way) => (0,syntax/* child */.jf)(way, 'body'));
        return inDoubt(ways, doubtOf(subject, node), frame);
    }
    const bodies = cases.slice(chosen).flatMap((one) => (0,syntax/* child */.jf)(one, 'body') ?? []);
    return past(sequence(bodies, frame));
}
/** Place of the case that is taken, the default where none is; past the end without one, null when it cannot be known. */
function chosenCase(subject, cases, frame) {
    for (const [place, one] of cases.entries()) {
        const wanted = (0,syntax/* child */.jf)(one, 'test');
        if (wanted === null)
            continue;
        const reported = operators/* operators */.I['==']?.(subject, (0,expressions/* evaluate */._3)(wanted, frame)) ?? null;
        if (reported === null)
            return null;
        if ((0,program_value/* truth */.Im)(reported) === true)
            return place;
    }
    const otherwise = cases.findIndex((one) => (0,syntax/* child */.jf)(one, 'test') === null);
    return otherwise === -1 ? cases.length : otherwise;
}
// What the framework and mysqli throw, and what these extend, in one release or another.
const catchable = /(^|\\)(Throwable|Exception|Error|RuntimeException|DatabaseException|mysqli_sql_exception)$/i;
/** `try`: what a database error stops goes on in the first `catch` that takes it. */
function attempt(node, frame) {
    const body = (0,syntax/* child */.jf)(node, 'body');
    const always = (0,syntax/* child */.jf)(node, 'always');
    const ended = caught(node, body, frame);
    const last = always === null ? 'normally' : execute(always, frame);
    return last === 'normally' ? ended : last;
}
function caught(node, body, frame) {
    if (body === null)
        return 'normally';
    const first = (0,syntax/* children */.Y_)(node, 'catches').find((one) => (0,syntax/* children */.Y_)(one, 'what').some((type) => catchable.test((0,syntax/* nameIn */.ZC)(type, 'name') ?? '')));
    const rescue = first === undefined ? null : (0,syntax/* child */.jf)(first, 'body');
    try {
        const ended = execute(body, frame);
        return ended === 'throw' && rescue !== null ? execute(rescue, frame) : ended;
    }
    catch (error) {
        if (!(error instanceof thrown/* Thrown */.j) || first === undefined)
            throw error;
        const ended = rescue === null ? 'normally' : execute(rescue, frame);
        if (ended !== 'throw')
            error.caught();
        return ended;
    }
}

;// CONCATENATED MODULE: ./src/static/program/statements.ts







/** Statements of one migration that are followed. */
const mostSteps = 50_000;
const deepest = 20;
/**
 * Runs a method of a class on what is known of it. Where a condition is not known, all its branches are walked in
 * doubt: whatever they do is asked to the surroundings with that doubt.
 * @throws Thrown where the program stops with an error
 */
function runMethod(own, method, surroundings) {
    const run = runOf(own, surroundings);
    const here = { line: own.line, doubt: null };
    const nothing = { positional: [], named: new Map() };
    if (own.methods.has('__construct'))
        callOwn('__construct', nothing, here, run);
    callOwn(method, nothing, here, run);
}
/**
 * Properties that the constructor of a class sets; null where it stops with an error, or takes too long.
 * @param surroundings see {@link runMethod}
 */
function constructed(own, surroundings) {
    const run = runOf(own, surroundings);
    const nothing = { positional: [], named: new Map() };
    try {
        callOwn('__construct', nothing, { line: own.line, doubt: null }, run);
        return run.steps > mostSteps ? null : run.properties;
    }
    catch (error) {
        if (error instanceof thrown/* Thrown */.j || error instanceof RangeError)
            return null;
        throw error;
    }
}
function runOf(own, surroundings) {
    return {
        own,
        surroundings,
        properties: new Map(),
        doubt: null,
        level: own,
        depth: 0,
        steps: 0,
        growing: new WeakMap(),
        thrownAt: own.line,
        callOwn,
    };
}
function callOwn(method, given, here, run, from = run.own) {
    const found = from.methods.get(method.toLowerCase());
    if (found === undefined) {
        run.surroundings.outOfSight(here, `${method}(), which this class does not have itself`);
        return (0,program_value/* unknown */.L5)(`${method}()`, here.line);
    }
    if (run.depth >= deepest) {
        run.surroundings.outOfSight(here, `${method}(), which calls itself`);
        return (0,program_value/* unknown */.L5)(`${method}()`, here.line);
    }
    const frame = { variables: bound(found, given, run), run };
    const body = (0,syntax/* child */.jf)(found, 'body');
    const { doubt, level } = run;
    run.depth += 1;
    run.level = from.inherited.get(method.toLowerCase()) ?? from;
    try {
        const ended = body === null ? 'normally' : execute(body, frame);
        if (ended === 'throw')
            throw new thrown/* Thrown */.j('it throws an exception', run.thrownAt);
        const value = typeof ended === 'object' ? ended.returned : (0,program_value/* scalar */.d_)(null);
        return frame.returned ?? value;
    }
    finally {
        run.depth -= 1;
        run.doubt = doubt;
        run.level = level;
    }
}
function bound(method, { positional, named }, run) {
    return new Map((0,syntax/* children */.Y_)(method, 'arguments').map((parameter, place) => {
        const name = (0,syntax/* nameIn */.ZC)(parameter, 'name') ?? '';
        const otherwise = (0,syntax/* child */.jf)(parameter, 'value');
        const value = positional[place] ??
            named.get(name) ??
            (otherwise === null ? undefined : (0,expressions/* evaluate */._3)(otherwise, { variables: new Map(), run }));
        return [name, value ?? (0,program_value/* unknown */.L5)(`$${name}`, (0,syntax/* lineOf */.cA)(parameter))];
    }));
}
const statements = {
    block: (node, frame) => sequence((0,syntax/* children */.Y_)(node, 'children'), frame),
    expressionstatement: (node, frame) => {
        const expression = (0,syntax/* child */.jf)(node, 'expression');
        if (expression === null)
            return 'normally';
        if (expression.kind === 'throw' || expression.kind === 'exit')
            return statements_thrown(node, frame);
        (0,expressions/* evaluate */._3)(expression, frame);
        return 'normally';
    },
    throw: statements_thrown,
    unset: (node, frame) => {
        for (const one of (0,syntax/* children */.Y_)(node, 'variables'))
            (0,program_targets/* remove */.TF)(one, frame);
        return 'normally';
    },
    return: (node, frame) => {
        const value = (0,syntax/* child */.jf)(node, 'expr');
        return { returned: value === null ? (0,program_value/* scalar */.d_)(null) : (0,expressions/* evaluate */._3)(value, frame) };
    },
    break: () => 'break',
    continue: () => 'continue',
    if: branch,
    foreach: forEach,
    for: forLoop,
    while: (node, frame) => loop(node, (0,syntax/* child */.jf)(node, 'test'), [], frame),
    do: (node, frame) => {
        const body = (0,syntax/* child */.jf)(node, 'body');
        const ended = body === null ? 'normally' : execute(body, frame);
        return ended === 'normally' ? loop(node, (0,syntax/* child */.jf)(node, 'test'), [], frame) : past(ended);
    },
    switch: choose,
    try: attempt,
};
function statements_thrown(node, { run }) {
    run.thrownAt = (0,syntax/* lineOf */.cA)(node);
    return 'throw';
}
/** Runs one statement. */
function execute(node, frame) {
    const { run } = frame;
    run.steps += 1;
    if (run.steps > mostSteps) {
        run.surroundings.outOfSight({ line: (0,syntax/* lineOf */.cA)(node), doubt: null }, 'a very long program');
        return { returned: (0,program_value/* unknown */.L5)('a very long program', (0,syntax/* lineOf */.cA)(node)) };
    }
    return statements[node.kind]?.(node, frame) ?? 'normally';
}
/** Runs statements until one ends the block. */
function sequence(nodes, frame) {
    for (const node of nodes) {
        const ended = execute(node, frame);
        if (ended !== 'normally')
            return ended;
    }
    return 'normally';
}
function branch(node, frame) {
    const test = (0,syntax/* child */.jf)(node, 'test');
    const value = test === null ? (0,program_value/* scalar */.d_)(true) : (0,expressions/* evaluate */._3)(test, frame);
    const reported = (0,program_value/* truth */.Im)(value);
    const ways = [(0,syntax/* child */.jf)(node, 'body'), (0,syntax/* child */.jf)(node, 'alternate')];
    if (reported !== null) {
        const way = ways[reported ? 0 : 1];
        return way === null || way === undefined ? 'normally' : execute(way, frame);
    }
    return inDoubt(ways, doubtOf(value, node), frame);
}
/** Why what follows a condition is in doubt. */
function doubtOf(value, node) {
    const why = value.kind === 'unknown' ? value.why : 'a condition';
    return (0,program_value/* unknown */.L5)(`a condition that only running tells (${why})`, (0,syntax/* lineOf */.cA)(node));
}
/**
 * Walks several ways of which only running tells the one that is taken. A way that ends in `throw` does not count:
 * the migration fails there for everybody to see. After a way that returns, the rest is in doubt too.
 */
function inDoubt(ways, why, frame) {
    const { run, variables } = frame;
    const before = new Map(variables);
    const doubt = run.doubt;
    const left = [];
    let returns = false;
    for (const way of ways) {
        // From here on several variables have the same arrays.
        run.growing = new WeakMap();
        const own = { variables: new Map(before), run };
        run.doubt = doubt ?? why;
        const ended = way === null ? 'normally' : orThrows(way, own);
        run.doubt = doubt;
        if (ended === 'throw')
            continue;
        left.push(own.variables);
        if (ended !== 'normally')
            returns = true;
        if (typeof ended === 'object' || own.returned !== undefined)
            frame.returned = why;
    }
    run.growing = new WeakMap();
    merge(variables, left, why);
    if (returns)
        run.doubt = doubt ?? why;
    return 'normally';
}
function orThrows(way, frame) {
    try {
        return execute(way, frame);
    }
    catch (error) {
        if (error instanceof thrown/* Thrown */.j)
            return 'throw';
        throw error;
    }
}
function merge(into, ways, why) {
    const [first, ...others] = ways;
    const names = new Set(ways.flatMap((way) => [...way.keys()]));
    for (const name of names) {
        const value = first?.get(name);
        const agreed = value !== undefined && others.every((way) => way.get(name) === value);
        into.set(name, agreed ? value : (0,program_value/* unknown */.L5)(`$${name}`, why.line));
    }
}


/***/ }),

/***/ 55494:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y_: () => (/* binding */ children),
/* harmony export */   ZC: () => (/* binding */ nameIn),
/* harmony export */   cA: () => (/* binding */ lineOf),
/* harmony export */   cG: () => (/* binding */ variableName),
/* harmony export */   eg: () => (/* binding */ memberName),
/* harmony export */   iT: () => (/* binding */ PhpSyntaxError),
/* harmony export */   jf: () => (/* binding */ child),
/* harmony export */   l6: () => (/* binding */ NestedTooDeeply),
/* harmony export */   od: () => (/* binding */ parsedPhp),
/* harmony export */   wn: () => (/* binding */ parsePhp)
/* harmony export */ });
/* harmony import */ var php_parser__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(88341);
/* harmony import */ var php_parser__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(php_parser__WEBPACK_IMPORTED_MODULE_0__);

/** A file that PHP could not read either, with the line it says. */
class PhpSyntaxError extends Error {
    name = 'PhpSyntaxError';
    line;
    constructor(message, line, cause) {
        super(message, { cause });
        this.line = line;
    }
}
/** Code that is nested more deeply than the parser can follow; PHP may well read it. */
class NestedTooDeeply extends Error {
    name = 'NestedTooDeeply';
}
// The newest grammar: it reads all older code too, and without it the operators of PHP 8.5 are errors.
const newest = '8.5';
function engineOf(version) {
    return new php_parser__WEBPACK_IMPORTED_MODULE_0__.Engine({
        parser: { version, extractDoc: false, suppressErrors: false },
        ast: { withPositions: true },
    });
}
const engine = engineOf(newest);
/**
 * Reads one PHP file.
 * @param version of PHP, as `8.1`; an old one refuses much of what is newer, and never what it reads itself
 * @throws PhpSyntaxError where it is not PHP, NestedTooDeeply where nobody can tell
 */
function parsePhp(source, file, version = newest) {
    try {
        return (version === newest ? engine : engineOf(version)).parseCode(source, file);
    }
    catch (error) {
        if (error instanceof RangeError)
            throw new NestedTooDeeply();
        const { lineNumber } = error;
        const line = typeof lineNumber === 'number' ? lineNumber : 1;
        const message = error instanceof Error ? error.message : String(error);
        throw new PhpSyntaxError(message.replace(/ on line \d+$/, ''), line, error);
    }
}
/** Reads one PHP file; null for what cannot be read. */
function parsedPhp(source, file) {
    try {
        return parsePhp(source, file);
    }
    catch (error) {
        if (error instanceof PhpSyntaxError || error instanceof NestedTooDeeply)
            return null;
        throw error;
    }
}
/** Line of a node; 1 where it has none. */
function lineOf(node) {
    return node.loc?.start.line ?? 1;
}
/** A field that holds a node, or null. */
function child(node, field) {
    const found = node[field];
    return isNode(found) ? found : null;
}
/** A field that holds nodes; empty where it holds anything else. */
function children(node, field) {
    const found = node[field];
    return Array.isArray(found) ? found.filter(isNode) : [];
}
/** A field that holds a name: text, or a node with the text in its own `name`. */
function nameIn(node, field) {
    const found = node[field];
    if (typeof found === 'string')
        return found;
    return isNode(found) && typeof found['name'] === 'string' ? found['name'] : null;
}
/** The name of a member that is written down; null for `$object->$name` and its like. */
function memberName(node) {
    const found = child(node, 'offset');
    return found?.kind === 'identifier' ? nameIn(node, 'offset') : null;
}
/** The name of a variable; null for `$$name`. */
function variableName(node) {
    const { name } = node;
    return node.kind === 'variable' && typeof name === 'string' ? name : null;
}
function isNode(value) {
    return typeof value === 'object' && value !== null && 'kind' in value;
}


/***/ }),

/***/ 7523:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M_: () => (/* binding */ store),
/* harmony export */   TF: () => (/* binding */ remove),
/* harmony export */   hS: () => (/* binding */ counted),
/* harmony export */   kp: () => (/* binding */ assign)
/* harmony export */ });
/* harmony import */ var _expressions_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49562);
/* harmony import */ var _members_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(46774);
/* harmony import */ var _operators_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(620);
/* harmony import */ var _syntax_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(55494);
/* harmony import */ var _value_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3860);





/** `=`, `.=`, `??=` and their like. */
function assign(node, frame) {
    const left = (0,_syntax_js__WEBPACK_IMPORTED_MODULE_3__/* .child */ .jf)(node, 'left');
    const given = (0,_expressions_js__WEBPACK_IMPORTED_MODULE_0__/* .inside */ .nx)(node, 'right', frame);
    if (left === null)
        return given;
    const operator = String(node['operator']).slice(0, -1);
    const value = operator === '' ? given : changed(operator, (0,_expressions_js__WEBPACK_IMPORTED_MODULE_0__/* .evaluate */ ._3)(left, frame), given, node);
    store(left, value, frame);
    return value;
}
function changed(operator, before, by, node) {
    if (operator === '??')
        return before.kind === 'scalar' && before.value === null ? by : before;
    return _operators_js__WEBPACK_IMPORTED_MODULE_2__/* .operators */ .I[operator]?.(before, by) ?? (0,_expressions_js__WEBPACK_IMPORTED_MODULE_0__/* .cannotTell */ .JM)(node, `"${operator}="`);
}
/** `$i++` and its like; the value after it, which nobody here looks at. */
function counted(node, frame) {
    const what = (0,_syntax_js__WEBPACK_IMPORTED_MODULE_3__/* .child */ .jf)(node, 'what');
    if (what === null)
        return (0,_expressions_js__WEBPACK_IMPORTED_MODULE_0__/* .cannotTell */ .JM)(node, 'a counter');
    const operator = node['type'] === '-' ? '-' : '+';
    const value = _operators_js__WEBPACK_IMPORTED_MODULE_2__/* .operators */ .I[operator]?.((0,_expressions_js__WEBPACK_IMPORTED_MODULE_0__/* .evaluate */ ._3)(what, frame), (0,_value_js__WEBPACK_IMPORTED_MODULE_4__/* .scalar */ .d_)(1)) ?? null;
    store(what, value ?? (0,_expressions_js__WEBPACK_IMPORTED_MODULE_0__/* .cannotTell */ .JM)(node, 'a counter'), frame);
    return value ?? (0,_expressions_js__WEBPACK_IMPORTED_MODULE_0__/* .cannotTell */ .JM)(node, 'a counter');
}
/** Puts a value into a variable, a property or an element. */
function store(target, value, frame) {
    if (target.kind === 'variable') {
        storeVariable(target, value, frame);
    }
    else if (target.kind === 'offsetlookup') {
        storeElement(target, value, frame);
    }
    else if (target.kind === 'propertylookup' && (0,_members_js__WEBPACK_IMPORTED_MODULE_1__/* .isThis */ .HB)((0,_syntax_js__WEBPACK_IMPORTED_MODULE_3__/* .child */ .jf)(target, 'what'))) {
        setProperty((0,_syntax_js__WEBPACK_IMPORTED_MODULE_3__/* .memberName */ .eg)(target), value, frame);
    }
    else if (target.kind === 'staticlookup') {
        setProperty((0,_syntax_js__WEBPACK_IMPORTED_MODULE_3__/* .nameIn */ .ZC)(target, 'offset'), value, frame);
    }
    else {
        // A list of variables takes an array apart.
        for (const item of (0,_syntax_js__WEBPACK_IMPORTED_MODULE_3__/* .children */ .Y_)(target, 'items')) {
            const one = (0,_syntax_js__WEBPACK_IMPORTED_MODULE_3__/* .child */ .jf)(item, 'value');
            if (one !== null)
                store(one, (0,_expressions_js__WEBPACK_IMPORTED_MODULE_0__/* .cannotTell */ .JM)(target, 'a part of an array'), frame);
        }
    }
}
/** One that may be set, and may not, has a value that is not known. */
function setProperty(name, value, { run }) {
    if (name !== null)
        run.properties.set(name, run.doubt ?? value);
}
/** `$$name` may be any of them. */
function storeVariable(target, value, { variables }) {
    const name = (0,_syntax_js__WEBPACK_IMPORTED_MODULE_3__/* .variableName */ .cG)(target);
    const names = name === null ? [...variables.keys()] : [name];
    for (const one of names) {
        variables.set(one, name === null ? (0,_expressions_js__WEBPACK_IMPORTED_MODULE_0__/* .cannotTell */ .JM)(target, 'a variable variable') : value);
    }
}
/** `unset($variable)` and `unset($array['key'])`. */
function remove(target, frame) {
    const what = (0,_syntax_js__WEBPACK_IMPORTED_MODULE_3__/* .child */ .jf)(target, 'what');
    const key = (0,_syntax_js__WEBPACK_IMPORTED_MODULE_3__/* .child */ .jf)(target, 'offset');
    if (target.kind !== 'offsetlookup' || what === null || key === null) {
        store(target, (0,_expressions_js__WEBPACK_IMPORTED_MODULE_0__/* .cannotTell */ .JM)(target, 'what was unset'), frame);
        return;
    }
    const [before, place] = [(0,_expressions_js__WEBPACK_IMPORTED_MODULE_0__/* .evaluate */ ._3)(what, frame), (0,_expressions_js__WEBPACK_IMPORTED_MODULE_0__/* .keyOf */ .TN)((0,_expressions_js__WEBPACK_IMPORTED_MODULE_0__/* .evaluate */ ._3)(key, frame))];
    if (before.kind !== 'list' || place === null) {
        store(what, (0,_expressions_js__WEBPACK_IMPORTED_MODULE_0__/* .cannotTell */ .JM)(target, 'an array of which something was unset'), frame);
        return;
    }
    const entries = new Map(before.entries);
    entries.delete(place);
    store(what, { ...before, entries }, frame);
}
function storeElement(target, value, frame) {
    const what = (0,_syntax_js__WEBPACK_IMPORTED_MODULE_3__/* .child */ .jf)(target, 'what');
    if (what === null)
        return;
    const before = unread(what, frame) ?? (0,_expressions_js__WEBPACK_IMPORTED_MODULE_0__/* .evaluate */ ._3)(what, frame);
    const key = (0,_syntax_js__WEBPACK_IMPORTED_MODULE_3__/* .child */ .jf)(target, 'offset');
    if (before.kind !== 'list') {
        store(what, (0,_expressions_js__WEBPACK_IMPORTED_MODULE_0__/* .cannotTell */ .JM)(target, 'an element of what is no known array'), frame);
        return;
    }
    const own = frame.run.growing.get(before) ?? copied(before);
    const place = key === null ? own.next : (0,_expressions_js__WEBPACK_IMPORTED_MODULE_0__/* .keyOf */ .TN)((0,_expressions_js__WEBPACK_IMPORTED_MODULE_0__/* .evaluate */ ._3)(key, frame));
    if (place === null || own.entries.size >= _expressions_js__WEBPACK_IMPORTED_MODULE_0__/* .mostEntries */ ._N) {
        store(what, (0,_expressions_js__WEBPACK_IMPORTED_MODULE_0__/* .cannotTell */ .JM)(target, 'an element whose key is not known'), frame);
        return;
    }
    own.entries.set(place, value);
    own.lines.set(place, (0,_syntax_js__WEBPACK_IMPORTED_MODULE_3__/* .lineOf */ .cA)(target));
    if (typeof place === 'number')
        own.next = Math.max(own.next, place + 1);
    const after = { kind: 'list', entries: own.entries, lines: own.lines };
    frame.run.growing.set(after, own);
    store(what, after, frame);
}
/** The array in a variable or an own property, without anybody else getting it; null where it has to be evaluated. */
function unread(what, { variables, run }) {
    const name = (0,_syntax_js__WEBPACK_IMPORTED_MODULE_3__/* .variableName */ .cG)(what);
    if (name !== null)
        return variables.get(name) ?? { kind: 'list', entries: new Map() };
    const isOwn = what.kind === 'propertylookup' && (0,_members_js__WEBPACK_IMPORTED_MODULE_1__/* .isThis */ .HB)((0,_syntax_js__WEBPACK_IMPORTED_MODULE_3__/* .child */ .jf)(what, 'what'));
    return isOwn ? (run.properties.get((0,_syntax_js__WEBPACK_IMPORTED_MODULE_3__/* .memberName */ .eg)(what) ?? '') ?? null) : null;
}
function copied({ entries, lines }) {
    const numbers = [...entries.keys()].filter((one) => typeof one === 'number');
    const next = numbers.reduce((most, one) => Math.max(most, one), -1) + 1;
    return { entries: new Map(entries), lines: new Map(lines), next };
}


/***/ }),

/***/ 14511:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ Thrown)
/* harmony export */ });
/** A statement of the program stops it: a database error, or `throw`. It is thrown, and PHP's own try can catch it. */
class Thrown extends Error {
    name = 'Thrown';
    line;
    /** Removes what was written down of it: the program caught it, and went on. */
    caught;
    constructor(message, line, caught = () => undefined) {
        super(message);
        this.line = line;
        this.caught = caught;
    }
}


/***/ }),

/***/ 34071:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Fl: () => (/* binding */ baseName),
  ZG: () => (/* binding */ countMigrations),
  yz: () => (/* binding */ isRun),
  ZQ: () => (/* binding */ migrationFile),
  fq: () => (/* binding */ order),
  Yr: () => (/* binding */ readMigrations),
  uN: () => (/* binding */ versionPart)
});

// EXTERNAL MODULE: ./src/static/forge/release.ts
var forge_release = __webpack_require__(3143);
// EXTERNAL MODULE: ./src/static/program/class.ts
var program_class = __webpack_require__(94413);
// EXTERNAL MODULE: ./src/static/program/syntax.ts
var syntax = __webpack_require__(55494);
;// CONCATENATED MODULE: ./src/static/project/parents.ts


const framework = 'CodeIgniter\\Database\\Migration';
// More classes above each other than anybody writes.
const highest = 5;
/**
 * A migration with what it takes from classes and traits of the checkout. Where one of them is not there, it is as
 * written.
 * @param folders namespaces of the application, and where they lie
 */
async function withParents(own, tree, folders, height = 0) {
    const whole = await withTraits(own, tree, folders, height);
    const { parent } = whole;
    if (parent === null || parent === framework || height >= highest)
        return whole;
    const direct = await named(parent, 'class', tree, folders);
    if (direct === null)
        return whole;
    const above = await withParents(direct, tree, folders, height + 1);
    // In a trait, parent:: is the parent of the class that uses it.
    const inherited = [...whole.inherited].map(([name, from]) => [name, { ...from, above }]);
    const below = { ...whole, inherited: new Map(inherited) };
    return { ...joined(below, above), parent: above.parent, above };
}
/** What the class says itself is stronger than its traits. */
async function withTraits(own, tree, folders, height) {
    if (own.takesMore || height >= highest)
        return own;
    let whole = own;
    for (const name of own.traits) {
        const direct = await named(name, 'trait', tree, folders);
        if (direct === null)
            return { ...own, takesMore: true };
        whole = joined(whole, await withTraits(direct, tree, folders, height + 1));
    }
    return { ...whole, traits: [] };
}
/** A class with what it does not say itself. */
function joined(own, other) {
    const fresh = [...other.methods.keys()].filter((name) => !own.methods.has(name));
    const from = fresh.map((name) => [name, other.inherited.get(name) ?? other]);
    return {
        ...own,
        methods: new Map([...other.methods, ...own.methods]),
        properties: new Map([...other.properties, ...own.properties]),
        constants: new Map([...other.constants, ...own.constants]),
        takesMore: own.takesMore || other.takesMore || other.traits.length > 0,
        inherited: new Map([...from, ...own.inherited]),
    };
}
/** A class or trait by its full name, where PSR-4 says that it lies. */
async function named(full, kind, tree, folders) {
    for (const { namespace, folder } of folders) {
        if (!full.startsWith(`${namespace}\\`))
            continue;
        const path = `${folder}${full.slice(namespace.length + 1).replaceAll('\\', '/')}.php`;
        const found = firstIn(path, kind, await tree.read(path));
        if (found !== null && `${found.namespace}\\${found.name}` === full)
            return found;
    }
    return null;
}
function firstIn(path, kind, text) {
    const program = text === null ? null : (0,syntax/* parsedPhp */.od)(text, path);
    return program === null ? null : (0,program_class/* firstClass */.d)(program, kind);
}

;// CONCATENATED MODULE: ./src/static/project/migrations.ts




/** The date and the time that a name begins with, as a part of a pattern. */
const versionPart = String.raw `(\d{4}[_-]?\d{2}[_-]?\d{2}[_-]?\d{6})`;
// MigrationRunner::$regex. Before 4.2.12 a line end at the end of a name passed as well, which no file has.
const pattern = new RegExp(`^${versionPart}_(\\w+)$`);
/**
 * All PHP files that lie in the folders of migrations, in the order the runner takes them.
 * @param all namespaces in which their classes may have parents
 * @param isOver whether the time for reading is over: the rest is not read
 */
async function readMigrations(tree, namespaces, all, isOver) {
    const found = [];
    for (const { namespace, folder } of namespaces) {
        for (const path of await filesOf(tree, folder)) {
            const text = await tree.read(path);
            // What was left out is a finding of its own.
            if (text === null)
                continue;
            const file = migrationFile(path, text, namespace, isOver());
            const whole = file.own === null ? null : await withParents(file.own, tree, all);
            found.push({ ...file, whole });
        }
    }
    return found.toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
}
/** How many files of these namespaces the runner takes for migrations, by their names, and how many namespaces have some. */
async function countMigrations(tree, namespaces) {
    const found = new Map();
    for (const { namespace, folder } of namespaces) {
        const own = (await filesOf(tree, folder)).filter((path) => pattern.test(baseName(path)));
        if (own.length > 0)
            found.set(namespace, (found.get(namespace) ?? 0) + own.length);
    }
    const migrations = [...found.values()].reduce((sum, count) => sum + count, 0);
    return { migrations, namespaces: found.size };
}
/** The runner goes into subfolders too (get_filenames), and leaves out names with a dot in front. */
async function filesOf(tree, folder) {
    const paths = await tree.list(`${folder}Database/Migrations/`);
    return paths.filter((one) => /(^|\/)[^./][^/]*\.php$/.test(one)).toSorted();
}
/** The name of a PHP file without its folder and its ending. */
function baseName(path) {
    return (path.split('/').at(-1) ?? '').replace(/\.php$/, '');
}
/** Reads one file; what is no PHP is kept with its error, and what is not read with the reason. */
function migrationFile(path, text, namespace, isOver = false) {
    const base = baseName(path);
    const [, version, name = base] = pattern.exec(base) ?? [];
    const file = { path, text, namespace, version: version?.replaceAll(/\D/g, '') ?? null, name };
    const nothing = { own: null, whole: null, syntaxError: null, unread: null };
    if (isOver)
        return { ...file, ...nothing, unread: 'reading took too long before it' };
    try {
        const own = (0,program_class/* firstClass */.d)((0,syntax/* parsePhp */.wn)(text, path));
        return { ...file, ...nothing, own, whole: own };
    }
    catch (error) {
        if (error instanceof syntax/* PhpSyntaxError */.iT)
            return { ...file, ...nothing, syntaxError: error };
        if (!(error instanceof syntax/* NestedTooDeeply */.l6))
            throw error;
        return { ...file, ...nothing, unread: 'its code is nested too deeply' };
    }
}
/** The key that the ledger and the order go by: digits of the version and the full class. */
function order({ version, own, path }) {
    return `${version ?? ''}${own === null ? path : `${own.namespace}\\${own.name}`}`;
}
/** Whether the runner of this release takes a migration of this namespace at all. */
function isRun(namespace, release) {
    return namespace !== 'Tests\\Support' || !(0,forge_release/* isAtLeast */.du)(release, [4, 2, 1]);
}


/***/ }),

/***/ 57770:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  gk: () => (/* binding */ everyOther),
  zz: () => (/* binding */ isApplication),
  Wh: () => (/* binding */ readProject)
});

// EXTERNAL MODULE: ./src/static/program/value.ts
var program_value = __webpack_require__(3860);
;// CONCATENATED MODULE: ./src/static/project/dotenv.ts
/**
 * Reads a .env file as CodeIgniter's own reader does. The first definition of a name wins, a value loses its quotes
 * and a comment after a blank (system/Config/DotEnv.php).
 */
function readDotenv(text) {
    const found = new Map();
    for (const [at, row] of text.split('\n').entries()) {
        const line = row.trim();
        const equals = line.indexOf('=');
        if (line.startsWith('#') || equals === -1)
            continue;
        const name = line
            .slice(0, equals)
            .trim()
            .replace(/^export\s+/, '')
            .replaceAll(/['"]/g, '');
        if (!found.has(name))
            found.set(name, { value: dotenv_valueOf(line.slice(equals + 1)), line: at + 1 });
    }
    return found;
}
function dotenv_valueOf(text) {
    const value = text.trim();
    const quoted = /^(["'])((?:\\.|(?!\1).)*)\1/.exec(value);
    if (quoted !== null)
        return (quoted[2] ?? '').replaceAll(/\\(["'\\])/g, '$1');
    return (value.split(' #')[0] ?? '').trim();
}

// EXTERNAL MODULE: ./src/static/project/migrations.ts + 1 modules
var project_migrations = __webpack_require__(34071);
;// CONCATENATED MODULE: ./src/static/project/configured.ts

const mentioned = /\bconfig\(\s*['"]?\\?(?:Config\\+)?(\w+)|\bConfig\\+(\w+)/g;
// More classes of settings than migrations ask.
const most = 20;
/**
 * The classes of app/Config that are named in migrations.
 * @param read reads one by its name
 */
async function readConfigured(migrations, read) {
    const found = migrations.flatMap(({ text }) => [...text.matchAll(mentioned)]);
    const names = new Set(found.map(([, called, named]) => called ?? named ?? ''));
    const all = new Map();
    for (const name of [...names].slice(0, most)) {
        const settings = await read(name);
        if (settings.exists)
            all.set(name, new Configuration(name, settings));
    }
    return all;
}
/** An object of a class of app/Config. */
class Configuration {
    #name;
    #settings;
    constructor(name, settings) {
        this.#name = name;
        this.#settings = settings;
    }
    property(name, line) {
        const otherwise = (0,program_value/* unknown */.L5)(`config('${this.#name}')->${name}`, line);
        const { value } = this.#settings.setting(name, otherwise);
        return value.kind === 'unknown' ? { ...value, line } : value;
    }
    call(method, _, { line }) {
        return (0,program_value/* unknown */.L5)(`config('${this.#name}')->${method}()`, line);
    }
}

// EXTERNAL MODULE: ./node_modules/semver/index.js
var semver = __webpack_require__(62088);
// EXTERNAL MODULE: ./src/app/php-wanted.ts
var php_wanted = __webpack_require__(21515);
;// CONCATENATED MODULE: ./src/static/project/packages.ts


// Vendors and words in the names of packages for CodeIgniter, which may bring migrations of their own.
const forCodeIgniter = /codeigniter|(^|[^a-z])ci4|^(myth|tatter|daycry|michalsn)\//i;
const without = /^codeigniter4\/(framework|codeigniter4|devkit|coding-standard|translations)$/;
/** Packages that composer.json requires and that may bring migrations: their files are not in the checkout. */
async function readPackages(tree) {
    const { require: wanted } = parsed(await tree.read('composer.json'));
    const names = typeof wanted === 'object' && wanted !== null ? Object.keys(wanted) : [];
    return names.filter((name) => forCodeIgniter.test(name) && !without.test(name));
}
// Those that the parser knows one by one.
const grammars = /^(7\.[0-4]|8\.[0-4])$/;
/** The oldest PHP that composer.json allows, as `8.1`; null where it names none. */
async function readOldestPhp(tree) {
    const { require: wanted } = parsed(await tree.read('composer.json'));
    const php = wanted?.['php'];
    const range = typeof php === 'string' ? (0,php_wanted/* npmRange */.p)(php) : '';
    const oldest = range === '' || (0,semver.validRange)(range) === null ? null : (0,semver.minVersion)(range);
    const version = `${oldest?.major ?? ''}.${oldest?.minor ?? ''}`;
    return grammars.test(version) ? version : null;
}
function parsed(text) {
    try {
        const value = JSON.parse(text ?? '{}');
        return typeof value === 'object' && value !== null ? value : {};
    }
    catch {
        return {};
    }
}

// EXTERNAL MODULE: ./src/static/forge/release.ts
var forge_release = __webpack_require__(3143);
;// CONCATENATED MODULE: ./src/static/project/release.ts



/** The last releases of each line: Composer takes the newest that a constraint allows. */
const newestOfEach = ['4.0.5', '4.1.9', '4.2.12', '4.3.8', '4.4.8', '4.5.8', '4.6.5', '4.7.2'];
const newest = [4, 7, 2];
const names = /^codeigniter4\/(framework|codeigniter4)$/;
/** The release: what Composer locked, what is vendored, what composer.json allows, else the newest. */
async function readRelease(tree) {
    const locked = lockedRelease(await tree.read('composer.lock'));
    if (locked !== null)
        return { release: locked, from: 'composer.lock' };
    const vendored = await tree.read('system/CodeIgniter.php');
    const constant = /CI_VERSION\s*=\s*'([^']+)'/.exec(vendored ?? '')?.[1] ?? '';
    const own = (0,forge_release/* releaseOf */.l7)(constant);
    if (own !== null)
        return { release: own, from: 'system/CodeIgniter.php' };
    const allowed = allowedRelease(await tree.read('composer.json'));
    if (allowed !== null)
        return { release: allowed, from: 'composer.json' };
    return { release: newest, from: 'nothing' };
}
function lockedRelease(text) {
    const { packages } = (release_parsed(text) ?? {});
    if (!Array.isArray(packages))
        return null;
    for (const one of packages) {
        if (typeof one?.name !== 'string' || !names.test(one.name))
            continue;
        return typeof one.version === 'string' ? (0,forge_release/* releaseOf */.l7)(one.version) : null;
    }
    return null;
}
function allowedRelease(text) {
    const { require: wanted } = (release_parsed(text) ?? {});
    const [, constraint] = Object.entries(wanted ?? {}).find(([name]) => names.test(name)) ?? [];
    if (typeof constraint !== 'string')
        return null;
    const range = (0,php_wanted/* npmRange */.p)(constraint);
    if ((0,semver.validRange)(range) === null)
        return null;
    const found = (0,semver.maxSatisfying)(newestOfEach, range);
    return found === null ? null : (0,forge_release/* releaseOf */.l7)(found);
}
function release_parsed(text) {
    try {
        return text === null ? null : JSON.parse(text);
    }
    catch {
        return null;
    }
}

;// CONCATENATED MODULE: ./src/static/project/session.ts


/**
 * The session settings: Config\Session from 4.3, before that Config\App; from 4.4 never Config\App, unless nobody knows
 * for certain which release it is.
 */
function readSession({ release, from: source }, session, app, prefixOf) {
    const isCertain = source === 'composer.lock' || source === 'system/CodeIgniter.php';
    const mayBeOld = !isCertain || !(0,forge_release/* isAtLeast */.du)(release, [4, 4, 0]);
    const inApp = !(0,forge_release/* isAtLeast */.du)(release, [4, 3, 0]) || (!session.exists && mayBeOld);
    const from = inApp ? app : session;
    const read = (name, otherwise) => from.setting(inApp ? `session${name.slice(0, 1).toUpperCase()}${name.slice(1)}` : name, otherwise);
    const settings = {
        driver: read('driver', (0,program_value/* scalar */.d_)('CodeIgniter\\Session\\Handlers\\FileHandler')),
        cookieName: read('cookieName', (0,program_value/* scalar */.d_)('ci_session')),
        expiration: read('expiration', (0,program_value/* scalar */.d_)(7200)),
        savePath: read('savePath', (0,program_value/* scalar */.d_)(null)),
        matchIP: read('matchIP', (0,program_value/* scalar */.d_)(false)),
        DBGroup: read('DBGroup', (0,program_value/* scalar */.d_)(null)),
    };
    const lost = Object.entries(settings).find(([name, { value }]) => {
        // Sessions in files may lie wherever they want.
        return value.kind === 'unknown' && (name === 'driver' || inDatabase(settings.driver.value));
    })?.[1];
    if (lost?.value.kind === 'unknown')
        return { unresolved: lost.value, place: lost.place };
    return written(settings, inApp ? 'Config\\App' : 'Config\\Session', prefixOf);
}
function inDatabase(driver) {
    return /(^|\\)DatabaseHandler$/.test((0,program_value/* textOf */.b6)(driver) ?? '');
}
function written(settings, source, prefixOf) {
    const text = (name) => (0,program_value/* textOf */.b6)(settings[name].value) ?? '';
    const group = text('DBGroup') === '' ? null : text('DBGroup');
    const savePath = text('savePath');
    const kept = inDatabase(settings.driver.value);
    const prefix = prefixOf(group);
    // The query builder does not put a prefix before a name that begins with it; Forge does.
    const table = prefix !== '' && savePath.startsWith(prefix) ? savePath : prefix + savePath;
    return {
        group,
        place: settings.savePath.place,
        configuration: {
            source,
            driver: text('driver').replace(/^\\/, ''),
            inDatabase: kept,
            cookieName: text('cookieName'),
            savePath,
            matchIP: (0,program_value/* truth */.Im)(settings.matchIP.value) === true,
            expiration: Number(text('expiration')),
            table: kept ? table : null,
            forgeTable: kept ? prefix + savePath : null,
        },
    };
}

// EXTERNAL MODULE: ./src/static/program/class.ts
var program_class = __webpack_require__(94413);
// EXTERNAL MODULE: ./src/static/program/alone.ts
var alone = __webpack_require__(44090);
// EXTERNAL MODULE: ./src/static/program/statements.ts + 2 modules
var statements = __webpack_require__(1678);
// EXTERNAL MODULE: ./src/static/program/syntax.ts
var syntax = __webpack_require__(55494);
;// CONCATENATED MODULE: ./src/static/project/settings.ts





/** A class of app/Config as far as it can be read, with .env over it. */
class Settings {
    file;
    #own;
    #dotenv;
    #constants;
    #later = null;
    constructor(file, own, dotenv, constants) {
        this.file = file;
        this.#own = own;
        this.#dotenv = dotenv;
        this.#constants = constants;
    }
    /** Whether the file is there and holds a class. */
    get exists() {
        return this.#own !== null;
    }
    /** A property; `otherwise` where the application has none. Only properties that are declared are filled from .env. */
    setting(name, otherwise) {
        const declared = this.#own?.properties.get(name);
        const own = this.#own;
        if (own === null || declared === undefined) {
            return { value: otherwise, place: { file: this.file, line: own?.line ?? 1 } };
        }
        const place = { file: this.file, line: declared === null ? own.line : (0,syntax/* lineOf */.cA)(declared) };
        if (this.#isSetLater(name))
            return { value: this.#setLater(own, name, place), place };
        const outer = this.#fromDotenv(name);
        if (outer !== null)
            return outer;
        const value = declared === null ? (0,program_value/* scalar */.d_)(null) : (0,alone/* evaluateAlone */.H)(declared, own, this.#constants);
        return { value, place };
    }
    /** What the constructor makes of it. */
    #setLater(own, name, { line }) {
        this.#later ??= { properties: (0,statements/* constructed */.dz)(own, (0,alone/* nothingAround */.N)(this.#constants)) };
        const value = this.#later.properties?.get(name);
        const isKnown = value !== undefined && value.kind !== 'unknown';
        return isKnown ? value : (0,program_value/* unknown */.L5)(`$${name}, which the constructor sets`, line);
    }
    /** Names under which .env may set a property (BaseConfig::getEnvValue). */
    #fromDotenv(name) {
        const full = `${this.#own?.namespace ?? ''}\\${this.#own?.name ?? ''}`;
        const short = (this.#own?.name ?? '').toLowerCase();
        for (const key of [
            `${short}.${name}`,
            `${short}_${name}`,
            `${full}.${name}`,
            `${full}_${name}`,
        ]) {
            const found = this.#dotenv.get(key);
            if (found !== undefined) {
                return { value: converted(found.value), place: { file: '.env', line: found.line } };
            }
        }
        return null;
    }
    /** One element of an array, which .env may set as well. */
    element(name, key) {
        const whole = this.setting(name, (0,program_value/* scalar */.d_)(null));
        const outer = this.#fromDotenv(`${name}.${key}`);
        if (outer !== null)
            return outer;
        const { value } = whole;
        if (value.kind === 'unknown')
            return whole;
        const line = value.kind === 'list' ? value.lines?.get(key) : undefined;
        const place = { ...whole.place, line: line ?? whole.place.line };
        return {
            value: value.kind === 'list' ? (value.entries.get(key) ?? (0,program_value/* scalar */.d_)(null)) : (0,program_value/* scalar */.d_)(null),
            place,
        };
    }
    /** One element of an array as it is written, whatever a constructor makes of it; `env()` answers its default. */
    written(name, key) {
        const outer = this.#fromDotenv(`${name}.${key}`);
        const declared = this.#own?.properties.get(name) ?? null;
        if (outer !== null || this.#own === null || declared === null)
            return outer?.value ?? (0,program_value/* scalar */.d_)(null);
        const value = (0,alone/* evaluateAlone */.H)(declared, this.#own, this.#constants, (called, given) => called === 'env' ? ((0,program_value/* argument */.EE)(given, 1, 'default') ?? null) : null);
        return value.kind === 'list' ? (value.entries.get(key) ?? (0,program_value/* scalar */.d_)(null)) : value;
    }
    /** Names of properties that hold arrays. */
    arrays() {
        return [...(this.#own?.properties ?? [])]
            .filter(([, value]) => value?.kind === 'array')
            .map(([name]) => name);
    }
    #isSetLater(name) {
        const constructor = this.#own?.methods.get('__construct');
        return (constructor !== undefined && JSON.stringify(constructor['body']).includes(`"name":"${name}"`));
    }
}
function converted(text) {
    const words = {
        true: (0,program_value/* scalar */.d_)(true),
        false: (0,program_value/* scalar */.d_)(false),
        empty: (0,program_value/* scalar */.d_)(''),
    };
    return words[text.toLowerCase()] ?? (0,program_value/* scalar */.d_)(text);
}
/** A class of app/Config; one that is no PHP counts as missing, and is said elsewhere. */
async function readSettings(tree, file, dotenv, constants = new Map()) {
    const text = await tree.read(file);
    const program = text === null ? null : (0,syntax/* parsedPhp */.od)(text, file);
    const own = program === null ? null : (0,program_class/* firstClass */.d)(program);
    return new Settings(file, own, dotenv, constants);
}

;// CONCATENATED MODULE: ./src/static/project/project.ts








/** Whether the folder holds an application of CodeIgniter 4. */
async function isApplication(tree) {
    return (await tree.read('spark')) !== null || (await tree.read('app/Config/App.php')) !== null;
}
/**
 * Reads an application.
 * @param everyNamespace takes the migrations of every namespace of its own, as `spark migrate --all` does
 * @param isOver whether the time for reading is over: migrations after that are not read
 */
async function readProject(tree, everyNamespace, isOver = () => false) {
    const dotenv = readDotenv((await tree.read('.env')) ?? '');
    const known = await readRelease(tree);
    const config = (name) => readSettings(tree, `app/Config/${name}.php`, dotenv, paths);
    const databases = groupsOf(await config('Database'));
    const session = readSession(known, await config('Session'), await config('App'), (group) => databases.groups.get(group ?? databases.defaultGroup)?.prefix ?? '');
    const autoload = await config('Autoload');
    const { folders, unresolved } = namespacesOf(autoload, everyNamespace);
    const run = ({ namespace }) => (0,project_migrations/* isRun */.yz)(namespace, known.release);
    const taken = folders.filter(run);
    const all = namespacesOf(autoload, true).folders;
    const others = all.filter(run).slice(folders.length);
    const migrations = await (0,project_migrations/* readMigrations */.Yr)(tree, taken, all, isOver);
    return {
        known,
        session,
        ...databases,
        migrations,
        configured: await readConfigured(migrations, config),
        folders: taken.map(({ folder }) => `${folder}Database/Migrations/`),
        leftOut: await (0,project_migrations/* countMigrations */.ZG)(tree, others),
        packages: await readPackages(tree),
        oldestPhp: await readOldestPhp(tree),
        unresolvedNamespaces: unresolved,
    };
}
// Constants of the framework (app/Config/Constants.php, system/bootstrap.php), below the root.
const paths = new Map([
    ['APPPATH', (0,program_value/* scalar */.d_)('app/')],
    ['ROOTPATH', (0,program_value/* scalar */.d_)('')],
    ['APP_NAMESPACE', (0,program_value/* scalar */.d_)('App')],
]);
function groupsOf(database) {
    const groups = database.arrays().map((group) => {
        const driver = (0,program_value/* textOf */.b6)(database.element(group, 'DBDriver').value);
        return [
            group,
            {
                group,
                prefix: (0,program_value/* textOf */.b6)(database.element(group, 'DBPrefix').value) ?? '',
                driver: driver ?? (0,program_value/* textOf */.b6)(database.written(group, 'DBDriver')),
                assumed: driver === null,
            },
        ];
    });
    const defaultGroup = (0,program_value/* textOf */.b6)(database.setting('defaultGroup', (0,program_value/* scalar */.d_)('default')).value) ?? 'default';
    return { defaultGroup, groups: new Map(groups) };
}
/** In the list of namespaces whose folder is not known: all but App. */
const everyOther = '*';
function namespacesOf(autoload, all) {
    const app = { namespace: 'App', folder: 'app/' };
    const { value } = autoload.setting('psr4', (0,program_value/* scalar */.d_)(null));
    if (all && value.kind === 'unknown')
        return { folders: [app], unresolved: [everyOther] };
    if (!all || value.kind !== 'list')
        return { folders: [app], unresolved: [] };
    const unresolved = [];
    const others = [...value.entries].flatMap(([namespace, place]) => {
        const written = place.kind === 'list' ? [...place.entries.values()] : [place];
        return written.flatMap((one) => {
            const folder = (0,program_value/* textOf */.b6)(one);
            if (folder === null)
                unresolved.push(String(namespace));
            if (folder === null || String(namespace) === 'App')
                return [];
            return [{ namespace: String(namespace), folder: `${folder.replace(/\/+$/, '')}/` }];
        });
    });
    return { folders: [app, ...others], unresolved };
}


/***/ }),

/***/ 25730:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   u: () => (/* binding */ ReadingTime)
/* harmony export */ });
/* unused harmony export longest */
/** Seconds for a check that only reads, in all; what is left then is not read. */
const longest = 10;
/** The time that reading took so far, without what ran in between. */
class ReadingTime {
    #seconds;
    #spent = 0;
    #began;
    /** @param seconds a clock */
    constructor(seconds) {
        this.#seconds = seconds;
        this.#began = seconds();
    }
    /** Waits for what is no reading. */
    async without(work) {
        this.#spent += this.#seconds() - this.#began;
        try {
            return await work;
        }
        finally {
            this.#began = this.#seconds();
        }
    }
    isOver = () => this.#spent + this.#seconds() - this.#began > longest;
}


/***/ })

};
;