"use strict";
exports.id = 271;
exports.ids = [271];
exports.modules = {

/***/ 32271:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  W: () => (/* binding */ altered),
  a: () => (/* binding */ inDoubt)
});

// EXTERNAL MODULE: ./src/static/sql/columns.ts + 1 modules
var columns = __webpack_require__(80746);
// EXTERNAL MODULE: ./src/static/catalog/model.ts
var model = __webpack_require__(40059);
;// CONCATENATED MODULE: ./src/static/catalog/columns.ts

/**
 * The column that a definition makes; where servers differ, that is its doubt.
 * @throws Refused where every server refuses it
 */
function madeOf(definition, family, place) {
    const { name, type, nullable, fallback, extra, doubt } = definition;
    const vague = { name, type, nullable: nullable ?? true, fallback: fallback ?? '', extra, place };
    if (doubt !== null)
        return { ...vague, doubt };
    try {
        return { ...surely(definition, family, place), doubt: null };
    }
    catch (error) {
        if (!(error instanceof model/* ServerDecides */.pj))
            throw error;
        return { ...vague, doubt: error.message };
    }
}
function surely(definition, family, place) {
    const { name, extra } = definition;
    const type = definition.type === 'json' ? json(family) : definition.type;
    const counts = extra.includes('auto_increment');
    const nullable = definition.nullable ?? !(definition.primary || counts);
    if (type.endsWith('()'))
        throw new model/* Refused */.Lw(`"${name}" has no length`);
    if (!nullable && definition.fallback === 'null') {
        throw new model/* Refused */.Lw(`"${name}" is NOT NULL and has the default NULL`);
    }
    const fallback = fallbackOf(definition, type, nullable, family);
    return { name, type, nullable, fallback, extra, place };
}
/** MariaDB has no type of its own for it. */
function json(family) {
    if (family === 'unknown')
        throw new model/* ServerDecides */.pj('JSON is another type on MariaDB than on MySQL');
    return family === 'MariaDB' ? 'longtext' : 'json';
}
function fallbackOf({ fallback, name }, type, nullable, family) {
    const absent = nullable ? 'null' : 'none';
    if (fallback === null || fallback === 'null')
        return absent;
    if (fallback.startsWith('now'))
        return timely(type, fallback, name);
    if (/(blob|text)$|^json$/.test(type))
        return large(fallback, absent, family);
    return literal(fallback, type, name);
}
function timely(type, fallback, name) {
    if (/^(timestamp|datetime)/.test(type)) {
        const [mine, own] = [digits(fallback), digits(type)];
        if (mine !== own)
            throw new model/* Refused */.Lw(`"${name}" has another precision than its default`);
        return fallback;
    }
    throw new model/* Refused */.Lw(`"${name}" is no moment, but has the default CURRENT_TIMESTAMP`);
}
function digits(text) {
    return /\((\d)\)/.exec(text)?.[1] ?? '';
}
/** MySQL gives BLOB and TEXT no literal default; without strict mode it only drops an empty one. */
function large(fallback, absent, family) {
    if (family === 'MariaDB')
        return fallback;
    if (family === 'unknown')
        throw new model/* ServerDecides */.pj('the default of a BLOB or TEXT differs between MariaDB and MySQL');
    if (fallback !== "''")
        throw new model/* Refused */.Lw('BLOB and TEXT can have no default on MySQL');
    return absent;
}
const whole = /^(tinyint|smallint|mediumint|int|bigint)/;
function literal(fallback, type, name) {
    const value = fallback.slice(1, -1);
    if (whole.test(type))
        return integer(value, name);
    if (type.startsWith('decimal'))
        return decimal(value, type, name);
    if (/^(timestamp|datetime)/.test(type))
        return dated(value, name);
    if (/^(float|double|bit|date|time|year)/.test(type)) {
        throw new model/* ServerDecides */.pj(`each server writes the default of "${name}" in its own form`);
    }
    if (!fits(value, type))
        throw new model/* Refused */.Lw(`Invalid default value for '${name}'`);
    return fallback;
}
function fits(value, type) {
    if (/^(enum|set)/.test(type))
        return value === '' || type.includes(`'${value}'`);
    return value.length <= Number(/^(?:var)?(?:char|binary)\((\d+)\)/.exec(type)?.[1] ?? Infinity);
}
function integer(value, name) {
    if (!/^-?\d+$/.test(value))
        throw new model/* Refused */.Lw(`Invalid default value for '${name}'`);
    return `'${BigInt(value)}'`;
}
function decimal(value, type, name) {
    const places = Number(/,(\d+)\)/.exec(type)?.[1] ?? 0);
    if (!/^-?\d+(\.\d+)?$/.test(value))
        throw new model/* Refused */.Lw(`"${name}" is a number, but its default is not`);
    return `'${Number(value).toFixed(places)}'`;
}
function dated(value, name) {
    if (/^[1-9]\d{3}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(value))
        return `'${value}'`;
    if (/^[A-Za-z]/.test(value))
        throw new model/* Refused */.Lw(`Invalid default value for '${name}'`);
    throw new model/* ServerDecides */.pj(`whether a default like '${value}' is taken depends on the sql_mode`);
}
/** The columns with one more, or with one in the place of another, where the definition wants it. */
function placed(table, definition, column, replaces) {
    const before = table.columns;
    const at = before.findIndex((one) => one.name.toLowerCase() === replaces?.toLowerCase());
    const rest = before.filter((_, index) => index !== at);
    if (rest.some((one) => one.name.toLowerCase() === column.name.toLowerCase())) {
        throw new model/* Refused */.Lw(`Duplicate column name '${column.name}'`);
    }
    (0,model/* mustBeShort */.tC)(column.name);
    if (definition.place === null)
        return rest.toSpliced(at === -1 ? rest.length : at, 0, column);
    const { after } = definition.place;
    if (after === null)
        return [column, ...rest];
    const neighbour = rest.findIndex((one) => one.name.toLowerCase() === after.toLowerCase());
    if (neighbour === -1)
        throw new model/* Refused */.Lw(`Unknown column '${after}'`, { missing: true });
    return rest.toSpliced(neighbour + 1, 0, column);
}
/** @throws Refused when there is no such column */
function mustHave(table, name) {
    const found = (0,model/* columnOf */.uV)(table, name);
    if (found === undefined) {
        throw new model/* Refused */.Lw(`Unknown column '${name}' in '${table.name}'`, { missing: true });
    }
    return found;
}

// EXTERNAL MODULE: ./src/static/catalog/options.ts
var options = __webpack_require__(23476);
// EXTERNAL MODULE: ./src/static/catalog/foreign-keys.ts
var foreign_keys = __webpack_require__(1511);
// EXTERNAL MODULE: ./src/static/catalog/keys.ts
var catalog_keys = __webpack_require__(15708);
;// CONCATENATED MODULE: ./src/static/catalog/alter.ts






/** Columns of a table of InnoDB (MySQL manual, InnoDB Limits); MariaDB has the same. */
const mostColumns = 1017;
/**
 * The table after one ALTER TABLE. Servers take the parts together: what is dropped goes first, keys come last.
 * What is not known of one part is a doubt of the table, and nothing is refused of what is in doubt.
 * @throws Refused where the server refuses it
 */
function altered(table, alterations, family, place) {
    const around = { family, place };
    foreignKeysAreNew(alterations);
    const sorted = alterations.toSorted((a, b) => turnOf(a) - turnOf(b));
    const made = sorted.reduce((now, one) => apply(now, one, around), table);
    if (made.doubt !== null)
        return made;
    if (made.columns.length === 0)
        throw new model/* Refused */.Lw('a table without columns');
    explicitNulls(made, alterations, family);
    return counting(made);
}
/** One statement cannot drop a foreign key and make another of that name (errno 121). */
function foreignKeysAreNew(alterations) {
    for (const dropped of alterations) {
        if (dropped.kind !== 'drop foreign key' || dropped.name === null)
            continue;
        const name = dropped.name.toLowerCase();
        for (const one of alterations) {
            if (one.kind !== 'add key' || one.key.kind !== 'foreign')
                continue;
            if (one.key.name?.toLowerCase() !== name)
                continue;
            throw new model/* Refused */.Lw(`duplicate foreign key name ${dropped.name} (errno: 121)`, { about: name });
        }
    }
}
/** Keys after columns, and foreign keys last: a key that is written takes the place of the one that the server makes. */
function turnOf(one) {
    if (one.kind === 'add key')
        return one.key.kind === 'foreign' ? 4 : 3;
    if (one.kind === 'drop column')
        return 1;
    return one.kind.startsWith('drop') ? 0 : 2;
}
function apply(table, alteration, around) {
    const how = kinds[alteration.kind];
    try {
        return how(table, alteration, around);
    }
    catch (error) {
        if (error instanceof model/* ServerDecides */.pj)
            return inDoubt(table, around.place, error.message);
        if (error instanceof model/* Refused */.Lw && table.doubt !== null)
            return table;
        throw error;
    }
}
/** The table, of which more is not known than before. */
function inDoubt(table, { file, line }, why) {
    return { ...table, doubt: table.doubt ?? { place: { file, line }, why }, foreignKeys: null };
}
/** A column that the same statement calls nullable and puts into the primary key. */
function explicitNulls(table, alterations, family) {
    const primary = (0,model/* indexOf */.qh)(table, 'PRIMARY')?.parts.map(({ column }) => column.toLowerCase()) ?? [];
    for (const one of alterations) {
        if (one.kind !== 'add column' && one.kind !== 'change column')
            continue;
        const { name, nullable, fallback } = one.column;
        if (!primary.includes(name.toLowerCase()))
            continue;
        if (nullable !== true && fallback !== 'null')
            continue;
        refusedByMySql(family, `"${name}" is in the primary key and may be NULL`);
    }
}
/** A counting column must be a key (error 1075). */
function counting(table) {
    for (const { name, extra } of table.columns) {
        if (!extra.includes('auto_increment'))
            continue;
        const leads = table.indexes.some(({ parts }) => parts[0]?.column.toLowerCase() === name.toLowerCase());
        if (!leads)
            throw new model/* Refused */.Lw(`"${name}" counts up and is no key`);
    }
    return table;
}
const kinds = {
    'add column'(table, { column, ifNotExists }, around) {
        if (ifNotExists && (0,model/* columnOf */.uV)(table, column.name) !== undefined)
            return table;
        if (table.columns.length >= mostColumns)
            throw new model/* Refused */.Lw('Too many columns');
        return keyed(table, column, null, around);
    },
    'change column'(table, { from, column, ifExists }, around) {
        if (ifExists === true && (0,model/* columnOf */.uV)(table, from) === undefined)
            return table;
        mustHave(table, from);
        return keyed(table, column, from, around);
    },
    'drop column'(table, { name, ifExists }) {
        if (ifExists && (0,model/* columnOf */.uV)(table, name) === undefined)
            return table;
        if ((0,model/* columnOf */.uV)(table, name) === undefined)
            throw cannotDrop(name);
        const columns = table.columns.filter((one) => one.name.toLowerCase() !== name.toLowerCase());
        return { ...table, columns, indexes: (0,catalog_keys/* withoutColumn */.LX)(table, name) };
    },
    'rename column'(table, { from, to }, { place }) {
        mustHave(table, from);
        return {
            ...(0,catalog_keys/* renamedInKeys */.iT)(table, from, to),
            columns: replaced(table, from, (one) => ({ ...one, name: to, place })),
        };
    },
    default(table, { column, fallback }, { family, place }) {
        const { type, nullable, name, doubt } = mustHave(table, column);
        const definition = { ...columns/* bareColumn */.v0, name, type, nullable, fallback, doubt };
        const { fallback: reported, doubt: since } = madeOf(definition, family, place);
        // A nullable column whose default was dropped has none at all on MySQL, and no word for that.
        if (fallback === null && nullable)
            throw new model/* ServerDecides */.pj('a dropped default of a nullable column');
        return {
            ...table,
            columns: replaced(table, column, (one) => ({
                ...one,
                fallback: reported,
                place,
                doubt: since,
            })),
        };
    },
    'add key'(table, { key }, { place }) {
        if (key.ifNotExists === true && hasKey(table, key.name ?? key.index ?? ''))
            return table;
        const own = (0,model/* placeOf */.$t)(place, key.kind === 'primary' ? 'PRIMARY KEY' : (key.name ?? ''));
        const made = (0,catalog_keys/* withKey */.iC)(table, key, own);
        return key.kind === 'foreign' ? (0,foreign_keys/* withForeignKey */.yl)(made, key) : made;
    },
    'drop key'(table, { name, ifExists }) {
        if (name.toUpperCase() === 'PRIMARY')
            return dropPrimary(table);
        if ((0,model/* indexOf */.qh)(table, name) === undefined) {
            if (ifExists)
                return table;
            throw cannotDrop(name);
        }
        const indexes = table.indexes.filter((one) => one.name.toLowerCase() !== name.toLowerCase());
        return { ...table, indexes };
    },
    'drop primary key': dropPrimary,
    'rename key'(table, { from, to }, { place }) {
        if ((0,model/* indexOf */.qh)(table, from) === undefined)
            throw new model/* Refused */.Lw(`Key '${from}' doesn't exist`);
        const indexes = table.indexes.map((one) => one.name.toLowerCase() === from.toLowerCase()
            ? { ...one, name: to, place, generated: false }
            : one);
        return { ...table, indexes };
    },
    'key visibility'(table, { name, visible }, { place }) {
        if ((0,model/* indexOf */.qh)(table, name) === undefined)
            throw new model/* Refused */.Lw(`Key '${name}' doesn't exist`);
        const indexes = table.indexes.map((one) => one.name.toLowerCase() === name.toLowerCase() ? { ...one, visible, place } : one);
        return { ...table, indexes };
    },
    option: (table, { name, value }) => (0,options/* withOption */.W)(table, name, value),
    'drop foreign key': foreign_keys/* withoutForeignKey */.q0,
    'drop constraint'(table, { name, ifExists }, { place }) {
        if ((0,foreign_keys/* foreignKeyOf */.Tw)(table, name) !== undefined) {
            return (0,foreign_keys/* withoutForeignKey */.q0)(table, { name, ifExists });
        }
        const key = (0,model/* indexOf */.qh)(table, name);
        if (key?.unique !== true)
            return inDoubt(table, place, 'a constraint that is not followed here');
        return { ...table, indexes: table.indexes.filter((one) => one !== key) };
    },
    unread: (table, { why }, { place }) => inDoubt(table, place, place.unknown ?? why),
    'rename table': (table, { to }) => (0,foreign_keys/* renamedTable */.HY)(table, to),
};
function hasKey(table, name) {
    return (0,model/* indexOf */.qh)(table, name) !== undefined || (0,foreign_keys/* foreignKeyOf */.Tw)(table, name) !== undefined;
}
function cannotDrop(name) {
    return new model/* Refused */.Lw(`Can't DROP '${name}'; check that column/key exists`, { missing: true });
}
function dropPrimary(table) {
    if ((0,model/* indexOf */.qh)(table, 'PRIMARY') === undefined) {
        throw cannotDrop('PRIMARY');
    }
    return { ...table, indexes: table.indexes.filter(({ name }) => name !== 'PRIMARY') };
}
function replaced(table, name, by) {
    return table.columns.map((one) => one.name.toLowerCase() === name.toLowerCase() ? by(one) : one);
}
function keyed(table, definition, from, { family, place }) {
    const primary = (0,model/* indexOf */.qh)(table, 'PRIMARY');
    const inPrimary = from !== null &&
        primary?.parts.some(({ column }) => column.toLowerCase() === from.toLowerCase());
    const own = (0,model/* placeOf */.$t)(place, definition.name.toLowerCase());
    const doubt = definition.doubt === null ? null : (place.unknown ?? definition.doubt);
    const made = madeOf({ ...definition, doubt }, family, own);
    const column = inPrimary === true ? (0,catalog_keys/* neverNull */.Uh)(made) : made;
    const columns = placed(table, definition, column, from);
    const renamed = from === null ? table : (0,catalog_keys/* renamedInKeys */.iT)(table, from, column.name);
    const part = { column: column.name, length: null };
    const keys = [
        ...(definition.primary ? [{ kind: 'primary', name: 'PRIMARY' }] : []),
        ...(definition.unique ? [{ kind: 'unique', name: null }] : []),
    ];
    return keys.reduce((now, key) => (0,catalog_keys/* withKey */.iC)(now, { ...key, parts: [part], visible: true }, own), {
        ...renamed,
        columns,
    });
}
/** MariaDB takes it and makes the column NOT NULL. */
function refusedByMySql(family, why) {
    if (family === 'MySQL')
        throw new model/* Refused */.Lw(why);
    if (family === 'unknown')
        throw new model/* ServerDecides */.pj(`${why}, which MySQL refuses and MariaDB does not`);
}


/***/ }),

/***/ 1511:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CQ: () => (/* binding */ following),
/* harmony export */   HY: () => (/* binding */ renamedTable),
/* harmony export */   Tw: () => (/* binding */ foreignKeyOf),
/* harmony export */   q0: () => (/* binding */ withoutForeignKey),
/* harmony export */   yl: () => (/* binding */ withForeignKey)
/* harmony export */ });
/* harmony import */ var _model_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(40059);

/** The foreign key of that name in a table. */
function foreignKeyOf(table, name) {
    return table.foreignKeys?.find((one) => one.name.toLowerCase() === name.toLowerCase());
}
/**
 * The table with one more foreign key; its index is there already. Engines other than InnoDB keep none.
 * @throws Refused where it names columns in pairs that do not match
 */
function withForeignKey(table, key) {
    const { references } = key;
    if (table.engine !== 'InnoDB' || table.foreignKeys === null || references === undefined) {
        return table;
    }
    const name = key.name ?? freeName(table);
    (0,_model_js__WEBPACK_IMPORTED_MODULE_0__/* .mustBeShort */ .tC)(name);
    const columns = key.parts.map(({ column }) => column);
    if (references.table !== null && references.columns.length !== columns.length) {
        const why = "Key reference and table reference don't match";
        throw new _model_js__WEBPACK_IMPORTED_MODULE_0__/* .Refused */ .Lw(`Incorrect foreign key definition for '${name}': ${why}`, { about: name });
    }
    return { ...table, foreignKeys: [...table.foreignKeys, { name, columns, references }] };
}
function freeName({ name, foreignKeys }) {
    const own = (foreignKeys ?? []).map((one) => numberIn(one.name, name));
    return `${name}_ibfk_${Math.max(0, ...own) + 1}`;
}
function numberIn(name, table) {
    const begin = `${table}_ibfk_`;
    return name.startsWith(begin) ? Number(name.slice(begin.length)) || 0 : 0;
}
/**
 * The table without a foreign key; the index that was made for it stays.
 * @throws Refused where there is none of that name
 */
function withoutForeignKey(table, { name, ifExists }) {
    if (table.foreignKeys === null || name === null)
        return { ...table, foreignKeys: null };
    const own = foreignKeyOf(table, name);
    if (own === undefined && !ifExists) {
        throw new _model_js__WEBPACK_IMPORTED_MODULE_0__/* .Refused */ .Lw(`Can't DROP FOREIGN KEY '${name}'; check that it exists`, { missing: true });
    }
    return { ...table, foreignKeys: table.foreignKeys.filter((one) => one !== own) };
}
/** The table under another name; names that the server made for its foreign keys follow. */
function renamedTable(table, to) {
    const own = table.foreignKeys?.map((one) => ({
        ...one,
        name: numberIn(one.name, table.name) > 0 ? one.name.replace(table.name, to) : one.name,
        references: pointingTo(one.references, table.name, to),
    }));
    return { ...table, name: to, foreignKeys: own ?? null };
}
function pointingTo(references, from, to) {
    return references.table === from ? { ...references, table: to } : references;
}
/** The table after one that it points to, or columns of that, got other names. */
function following(table, parent, columns) {
    const own = table.foreignKeys?.map((one) => {
        if (one.references.table !== parent.from)
            return one;
        const named = one.references.columns.map((name) => columns.get(name.toLowerCase()) ?? name);
        return { ...one, references: { ...one.references, table: parent.to, columns: named } };
    });
    return { ...table, foreignKeys: own ?? null };
}


/***/ }),

/***/ 15708:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LX: () => (/* binding */ withoutColumn),
/* harmony export */   Uh: () => (/* binding */ neverNull),
/* harmony export */   hU: () => (/* binding */ covers),
/* harmony export */   iC: () => (/* binding */ withKey),
/* harmony export */   iT: () => (/* binding */ renamedInKeys)
/* harmony export */ });
/* harmony import */ var _model_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(40059);

/**
 * The table with one more key.
 * @throws Refused where the server refuses it, ServerDecides where servers differ
 */
function withKey(table, key, place) {
    const parts = partsOf(table, key);
    if (key.kind === 'primary')
        return withPrimary(table, parts, place);
    const generated = key.kind === 'foreign';
    if (generated && table.indexes.some((one) => !one.generated && covers(one, parts)))
        return table;
    const others = key.kind === 'special' ? table : withoutGenerated(table, parts);
    const name = key.name ?? key.index ?? freeName(others, parts[0]?.column ?? '');
    (0,_model_js__WEBPACK_IMPORTED_MODULE_0__/* .mustBeShort */ .tC)(name);
    if ((0,_model_js__WEBPACK_IMPORTED_MODULE_0__/* .indexOf */ .qh)(others, name) !== undefined)
        throw new _model_js__WEBPACK_IMPORTED_MODULE_0__/* .Refused */ .Lw(`Duplicate key name '${name}'`);
    const index = {
        name,
        unique: key.kind === 'unique',
        visible: key.visible,
        parts,
        place,
        generated,
    };
    return { ...others, indexes: [...others.indexes, index] };
}
/** The table without the indexes of foreign keys that a key of these columns replaces. */
function withoutGenerated(table, parts) {
    const replaced = (one) => one.generated && covers({ parts }, one.parts);
    return { ...table, indexes: table.indexes.filter((one) => !replaced(one)) };
}
function partsOf(table, key) {
    const check = key.kind === 'special' ? present : checked;
    const parts = key.parts.map((part) => check(table, part));
    if (parts.length === 0)
        throw new _model_js__WEBPACK_IMPORTED_MODULE_0__/* .Refused */ .Lw('a key without columns');
    if (new Set(parts.map(({ column }) => column.toLowerCase())).size < parts.length) {
        throw new _model_js__WEBPACK_IMPORTED_MODULE_0__/* .Refused */ .Lw('a key has the same column twice');
    }
    return parts;
}
const bytesInAll = 3072;
function present(table, part) {
    if (part.column === '(expression)')
        return part;
    const column = (0,_model_js__WEBPACK_IMPORTED_MODULE_0__/* .columnOf */ .uV)(table, part.column);
    if (column === undefined) {
        throw new _model_js__WEBPACK_IMPORTED_MODULE_0__/* .Refused */ .Lw(`Key column '${part.column}' doesn't exist in table`, { missing: true });
    }
    return { ...part, column: column.name };
}
function checked(table, given) {
    const part = present(table, given);
    const column = (0,_model_js__WEBPACK_IMPORTED_MODULE_0__/* .columnOf */ .uV)(table, part.column);
    if (column?.doubt !== null)
        return part;
    if (/(blob|text)$/.test(column.type) && part.length === null) {
        // MariaDB cuts it to 3072 bytes or hashes it, MySQL refuses.
        throw new _model_js__WEBPACK_IMPORTED_MODULE_0__/* .ServerDecides */ .pj(`a key over the whole of "${part.column}", a BLOB or TEXT`);
    }
    const size = sizeOf(column.type);
    const bytes = (part.length ?? size) * (column.type.includes('binary') ? 1 : 4);
    if (bytes > bytesInAll)
        throw new _model_js__WEBPACK_IMPORTED_MODULE_0__/* .ServerDecides */ .pj('a key longer than 3072 bytes');
    // A prefix of the whole length is no prefix.
    return { column: column.name, length: part.length === size ? null : part.length };
}
function sizeOf(type) {
    return Number(/^(?:var)?(?:char|binary)\((\d+)\)$/.exec(type)?.[1] ?? 0);
}
function withPrimary(table, parts, place) {
    if ((0,_model_js__WEBPACK_IMPORTED_MODULE_0__/* .indexOf */ .qh)(table, 'PRIMARY') !== undefined)
        throw new _model_js__WEBPACK_IMPORTED_MODULE_0__/* .Refused */ .Lw('Multiple primary key defined');
    const names = parts.map(({ column }) => column.toLowerCase());
    const columns = table.columns.map((one) => names.includes(one.name.toLowerCase()) ? neverNull(one) : one);
    const { indexes } = withoutGenerated(table, parts);
    const index = { name: 'PRIMARY', unique: true, visible: true, parts, place, generated: false };
    return { ...table, columns, indexes: [index, ...indexes] };
}
/** What a primary key does to its columns. */
function neverNull(column) {
    return {
        ...column,
        nullable: false,
        fallback: column.fallback === 'null' ? 'none' : column.fallback,
    };
}
/** Whether a key begins with these columns, whole and in their order. */
function covers(key, wanted) {
    return wanted.every(({ column }, at) => {
        const part = key.parts[at];
        return part?.length === null && part.column.toLowerCase() === column.toLowerCase();
    });
}
function freeName(table, column) {
    for (let number = 1;; number += 1) {
        const name = number === 1 ? column : `${column}_${number}`;
        const taken = (0,_model_js__WEBPACK_IMPORTED_MODULE_0__/* .indexOf */ .qh)(table, name) !== undefined || name.toUpperCase() === 'PRIMARY';
        if (!taken)
            return name;
    }
}
/** The table without a column in its keys; a key that loses all its columns goes with them. */
function withoutColumn(table, name) {
    return table.indexes.flatMap((index) => {
        const parts = index.parts.filter(({ column }) => column.toLowerCase() !== name.toLowerCase());
        if (parts.length === index.parts.length)
            return [index];
        if (parts.length > 0 && index.unique) {
            throw new _model_js__WEBPACK_IMPORTED_MODULE_0__/* .ServerDecides */ .pj('dropping one column of a key with several');
        }
        return parts.length === 0 ? [] : [{ ...index, parts }];
    });
}
/** The table whose keys call a column by another name. */
function renamedInKeys(table, from, to) {
    const renamed = (column) => column.toLowerCase() === from.toLowerCase() ? to : column;
    const indexes = table.indexes.map((index) => ({
        ...index,
        parts: index.parts.map((part) => ({ ...part, column: renamed(part.column) })),
    }));
    const own = table.foreignKeys?.map((one) => ({ ...one, columns: one.columns.map(renamed) }));
    return { ...table, indexes, foreignKeys: own ?? null };
}


/***/ }),

/***/ 40059:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $t: () => (/* binding */ placeOf),
/* harmony export */   D0: () => (/* binding */ bareTable),
/* harmony export */   L$: () => (/* binding */ resolved),
/* harmony export */   Lw: () => (/* binding */ Refused),
/* harmony export */   d3: () => (/* binding */ whyNotDefined),
/* harmony export */   kv: () => (/* binding */ doubtOf),
/* harmony export */   pj: () => (/* binding */ ServerDecides),
/* harmony export */   qh: () => (/* binding */ indexOf),
/* harmony export */   tC: () => (/* binding */ mustBeShort),
/* harmony export */   uV: () => (/* binding */ columnOf)
/* harmony export */ });
/** The line of one thing that a statement defines. */
function placeOf({ file, line, lines }, thing) {
    return { file, line: lines?.get(thing) ?? line };
}
/** The table of an entry that is known to its last column, else why it is not. */
function resolved(entry) {
    return entry.kind === 'table' ? (doubtOf(entry.table) ?? entry.table) : entry;
}
/** Why a table is not known to its last column; null where it is. */
function doubtOf(table) {
    const column = table.columns.find(({ doubt }) => doubt !== null);
    const own = column === undefined ? null : { place: column.place, why: column.doubt ?? '' };
    return table.doubt ?? own;
}
/**
 * Why the definition of a table is not known; null where it is.
 * A column in which servers differ has a type all the same, and is no reason.
 */
function whyNotDefined(entry) {
    if (entry.kind !== 'table')
        return entry;
    const { doubt, columns } = entry.table;
    const unread = columns.find((one) => one.doubt !== null && one.type === '');
    return doubt ?? (unread === undefined ? null : { place: unread.place, why: unread.doubt ?? '' });
}
/** A table before it has any column. */
function bareTable(name, place) {
    return {
        name,
        engine: 'InnoDB',
        rowFormat: 'dynamic',
        partitioned: false,
        versioned: false,
        triggers: [],
        columns: [],
        indexes: [],
        foreignKeys: [],
        place,
        doubt: null,
    };
}
/** The server refuses the statement. */
class Refused extends Error {
    name = 'Refused';
    /** It needs something that is not there, which migrations that are not read here may make. */
    missing;
    /** What it is about, as {@link StatementPlace.lines} names it. */
    about;
    constructor(message, { missing = false, about = null } = {}) {
        super(message);
        this.missing = missing;
        this.about = about;
    }
}
/** What the statement makes depends on the server or on its settings. */
class ServerDecides extends Error {
    name = 'ServerDecides';
}
/** The column of that name in a table; servers do not tell columns apart by case. */
function columnOf(table, name) {
    return table.columns.find((one) => one.name.toLowerCase() === name.toLowerCase());
}
/** The index of that name in a table. */
function indexOf(table, name) {
    return table.indexes.find((one) => one.name.toLowerCase() === name.toLowerCase());
}
const longestName = 64;
/**
 * Asks whether a name is not too long for a table, a column or a key (MySQL manual, Identifier Length Limits).
 * @throws Refused
 */
function mustBeShort(name) {
    if (name.length <= longestName)
        return;
    throw new Refused(`Identifier name '${name}' is too long: ${longestName} signs at most (errno: 1059)`, {
        about: name,
    });
}


/***/ }),

/***/ 23476:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ withOption)
/* harmony export */ });
/* harmony import */ var _model_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(40059);

/** The table with an option of CREATE or ALTER TABLE. */
function withOption(table, name, value) {
    if (name === 'ENGINE')
        return { ...table, engine: engines[value.toLowerCase()] ?? value };
    if (name === 'ROW_FORMAT') {
        return {
            ...table,
            rowFormat: value.toLowerCase() === 'default' ? 'dynamic' : value.toLowerCase(),
        };
    }
    if (name === 'VERSIONING')
        return { ...table, versioned: value === 'on' };
    if (name === 'PARTITIONS')
        return { ...table, partitioned: value === 'on' };
    if (name === 'CONVERT' && table.columns.some(({ type }) => type.endsWith('text'))) {
        throw new _model_js__WEBPACK_IMPORTED_MODULE_0__/* .ServerDecides */ .pj('CONVERT TO CHARACTER SET may give texts a larger type');
    }
    return table;
}
const engines = {
    innodb: 'InnoDB',
    myisam: 'MyISAM',
    memory: 'MEMORY',
    heap: 'MEMORY',
    aria: 'Aria',
    archive: 'ARCHIVE',
    csv: 'CSV',
    blackhole: 'BLACKHOLE',
};


/***/ })

};
;