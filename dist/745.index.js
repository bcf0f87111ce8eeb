"use strict";
exports.id = 745;
exports.ids = [745];
exports.modules = {

/***/ 63745:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  H: () => (/* binding */ openCheckout),
  c: () => (/* binding */ repositoryIn)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./src/checkout/commit.ts
/** What a commit holds, by path from the root of the repository; links with what they say. */
async function entriesOf(git, commit) {
    const listed = await git(['ls-tree', '-r', '-z', '--full-tree', commit]);
    const entries = new Map();
    for (const row of listed.toString('utf8').split('\0')) {
        const [, mode, id, path] = /^(\d+) \w+ (\w+)\t(.*)$/s.exec(row) ?? [];
        if (mode !== undefined && id !== undefined && path !== undefined)
            entries.set(path, { mode, id });
    }
    const links = [...entries].filter(([, { mode }]) => mode === '120000');
    const targets = await blobs(git, [...new Set(links.map(([, { id }]) => id))]);
    for (const [path, entry] of links) {
        entries.set(path, { ...entry, target: targets.get(entry.id) ?? '/' });
    }
    return entries;
}
/** The texts of blobs by their ids. */
async function blobs(git, ids) {
    const texts = new Map();
    if (ids.length === 0)
        return texts;
    const answer = await git(['cat-file', '--batch'], `${ids.join('\n')}\n`);
    let at = 0;
    while (at < answer.length) {
        const end = answer.indexOf('\n', at);
        if (end === -1)
            break;
        const [id = '', , size = '0'] = answer.toString('utf8', at, end).split(' ');
        const stop = end + 1 + Number(size);
        texts.set(id, answer.toString('utf8', end + 1, stop));
        at = stop + 1;
    }
    return texts;
}
/**
 * What the work tree has otherwise than its commit: files that were changed or taken away, and new ones that git
 * knows of.
 */
async function asItLies(git, entries) {
    const shown = ['--name-status', '--no-renames', '-z', '--no-ext-diff', '--no-textconv'];
    const words = await git(['diff', ...shown, '--no-relative', '--ignore-submodules=dirty', 'HEAD']);
    const parts = words.toString('utf8').split('\0');
    const now = new Map(entries);
    for (let at = 0; at + 1 < parts.length; at += 2) {
        const path = parts[at + 1] ?? '';
        if (parts[at] === 'D')
            now.delete(path);
        else
            now.set(path, { mode: '100644', ...now.get(path), id: 'changed' });
    }
    return now;
}

;// CONCATENATED MODULE: ./src/checkout/follow.ts
/** Why a path cannot be followed: its links have no end. */
const circle = 'its links go round in a circle';
/** Why a path cannot be read: a folder, a pipe, a device. */
const irregular = 'it is no regular file';
const outside = 'it is a link that leads out of the checkout';
const inGit = "it leads into git's own folder";
/** As many as Linux follows (path_resolution(7)). */
const mostLinks = 40;
/**
 * Follows a path name by name, as the kernel does, and never looks at anything outside of the root.
 * @param look what lies at a path below the root
 */
function follow(path, look) {
    const ahead = names(path);
    const real = [];
    let links = 0;
    let kind = 'folder';
    for (let name = ahead.pop(); name !== undefined; name = ahead.pop()) {
        if (kind === 'file')
            return { kind: 'absent' };
        if (name === '..') {
            if (real.pop() === undefined)
                return { kind: 'refused', why: outside };
            continue;
        }
        const seen = lookAt([...real, name], look);
        if (seen === null)
            return { kind: 'absent' };
        if (seen.kind === 'refused')
            return seen;
        if (seen.kind === 'link') {
            if (seen.target.startsWith('/'))
                return { kind: 'refused', why: outside };
            if (++links > mostLinks)
                return { kind: 'refused', why: circle };
            ahead.push(...names(seen.target));
        }
        else {
            ({ kind } = seen);
            real.push(name);
        }
    }
    return { kind, real: real.join('/') };
}
function lookAt(path, look) {
    if (path.at(-1)?.toLowerCase() === '.git')
        return { kind: 'refused', why: inGit };
    return look(path.join('/'));
}
/** The names of a path, the first one last. */
function names(path) {
    return path
        .split('/')
        .filter((name) => name !== '' && name !== '.')
        .toReversed();
}

;// CONCATENATED MODULE: ./src/checkout/view.ts

/** Links that lead to folders show their files again and again: a few of them could make millions of paths. */
const mostPaths = 500_000;
/** The commit has more paths than anybody can look at. */
class TooManyPaths extends Error {
    name = 'TooManyPaths';
}
/**
 * The files of a commit under every path by which they can be reached, links followed as PHP follows them. A link that
 * leads nowhere in the commit stays what it is.
 * @param entries what the commit holds, by path
 * @throws TooManyPaths
 */
function reachable(entries, most = mostPaths) {
    if (![...entries.values()].some(({ mode }) => isLink(mode)))
        return entries;
    const folders = foldersOf(entries);
    const found = new Map();
    const walk = (real, path, above) => {
        for (const name of folders.get(real) ?? []) {
            const whole = path + name;
            const lead = follow(real === '' ? name : `${real}/${name}`, (at) => look(entries, folders, at));
            if (lead.kind === 'folder') {
                if (!above.includes(lead.real))
                    walk(lead.real, `${whole}/`, [...above, lead.real]);
            }
            else {
                if (found.size >= most)
                    throw new TooManyPaths('its links show too many files');
                const entry = entryAt(entries, lead, real, name);
                if (entry !== undefined)
                    found.set(whole, entry);
            }
        }
    };
    walk('', '', ['']);
    return found;
}
function entryAt(entries, lead, folder, name) {
    if (lead.kind === 'file')
        return entries.get(lead.real);
    return entries.get(folder === '' ? name : `${folder}/${name}`);
}
function isLink(mode) {
    return mode === '120000';
}
/** The names that lie in each folder. */
function foldersOf(entries) {
    const folders = new Map();
    for (let path of entries.keys()) {
        for (let known = false; path !== '' && !known;) {
            const at = path.lastIndexOf('/');
            const folder = at === -1 ? '' : path.slice(0, at);
            const names = folders.get(folder);
            known = names !== undefined;
            (names ?? folders.set(folder, new Set()).get(folder))?.add(path.slice(at + 1));
            path = folder;
        }
    }
    return folders;
}
function look(entries, folders, path) {
    const entry = entries.get(path);
    if (entry === undefined)
        return folders.has(path) ? { kind: 'folder' } : null;
    return isLink(entry.mode) ? { kind: 'link', target: entry.target ?? '/' } : { kind: 'file' };
}

;// CONCATENATED MODULE: ./src/checkout/changes.ts


/**
 * What differs from where the work at hand parted from a base.
 * @param directory where the application lies below the root of the repository; `.` for the root
 * @param merge the merge that GitHub made of a pull request; null where there is none
 */
async function changesSince(git, directory, base, merge) {
    try {
        const head = await git(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
        const commit = await parting(git, base, head.toString('utf8').trim() === merge);
        return commit === null ? 'not fetched' : await changes(git, directory, base, commit);
    }
    catch (error) {
        if (error instanceof TooManyPaths)
            return { problem: error.message };
        const { stderr, message } = error;
        const [words = ''] = (stderr?.toString('utf8') ?? '').trim().split('\n');
        return { problem: words === '' ? message : words };
    }
}
/** The commit where the work at hand parted from the base; null when this checkout does not reach so far back. */
async function parting(git, base, isMerge) {
    const names = /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(base)
        ? [base]
        : [`refs/remotes/origin/${base}`, `refs/heads/${base}`];
    for (const name of names) {
        const found = await answer(git, 'merge-base', 'HEAD', name);
        if (found !== null)
            return found;
    }
    // The first parent of the merge that GitHub made is the newest commit of the base. Of another merge it may be anything.
    return isMerge ? answer(git, 'rev-parse', '--verify', '--quiet', 'HEAD^1') : null;
}
async function answer(git, ...args) {
    try {
        return (await git(args)).toString('utf8').trim();
    }
    catch {
        return null;
    }
}
async function changes(git, directory, base, commit) {
    const head = await entriesOf(git, 'HEAD');
    const submodule = submoduleAbove(head, directory);
    if (submodule !== null)
        return { problem: `${submodule} is a submodule, whose changes are in another repository` };
    const before = below(reachable(await entriesOf(git, commit)), directory);
    const now = below(reachable(await asItLies(git, head)), directory);
    return {
        base,
        files: differences(before, now),
        basePaths: [...before.keys()].filter((path) => path.includes('Database/Migrations/')),
        before: async (path) => {
            const entry = before.get(path);
            if (entry?.mode.startsWith('100') !== true)
                return null;
            return (await git(['cat-file', 'blob', entry.id])).toString('utf8');
        },
    };
}
function submoduleAbove(entries, directory) {
    const names = directory.split('/');
    const paths = names.map((_, at) => names.slice(0, at + 1).join('/'));
    return paths.find((path) => entries.get(path)?.mode === '160000') ?? null;
}
function below(entries, directory) {
    if (directory === '.')
        return entries;
    const prefix = `${directory}/`;
    const inside = [...entries].filter(([path]) => path.startsWith(prefix));
    return new Map(inside.map(([path, entry]) => [path.slice(prefix.length), entry]));
}
function differences(base, now) {
    const files = new Map();
    for (const [path, { id, mode }] of now) {
        const old = base.get(path);
        if (old === undefined)
            files.set(path, 'added');
        else if (old.id !== id || old.mode !== mode)
            files.set(path, 'modified');
    }
    for (const path of base.keys())
        if (!now.has(path))
            files.set(path, 'deleted');
    return files;
}

;// CONCATENATED MODULE: ./src/checkout/disk.ts



/**
 * Where a path below a folder of this machine leads.
 * @param root a folder without links in its own path
 */
function followOnDisk(root, path) {
    return follow(path, (real) => disk_look((0,external_node_path_.join)(root, real)));
}
function disk_look(whole) {
    try {
        const found = (0,external_node_fs_.lstatSync)(whole, { throwIfNoEntry: false });
        return found === undefined ? null : seen(found, whole);
    }
    catch (error) {
        return { kind: 'refused', why: notReadable(error) };
    }
}
function seen(found, whole) {
    if (found.isSymbolicLink())
        return { kind: 'link', target: (0,external_node_fs_.readlinkSync)(whole) };
    if (found.isDirectory())
        return { kind: 'folder' };
    return found.isFile() ? { kind: 'file' } : { kind: 'refused', why: irregular };
}
/** Why the machine gave no file. */
function notReadable(error) {
    return `it cannot be read (${error.code ?? 'for a reason not known'})`;
}

;// CONCATENATED MODULE: ./src/checkout/files.ts




/** Limits for a checkout of any size that a person would read. */
const usualLimits = {
    file: 4 * 1024 * 1024,
    all: 64 * 1024 * 1024,
    entries: 20_000,
    depth: 32,
};
/** The files of an application below a checkout, links followed as PHP follows them, but never out of it. */
class Files {
    #root;
    #directory;
    #limits;
    #leftOut = new Map();
    #texts = new Map();
    #bytes = 0;
    #entries = 0;
    /**
     * @param root the checkout, a path without links
     * @param directory where the application lies below it; `.` for the checkout itself
     */
    constructor(root, directory, limits = usualLimits) {
        this.#root = root;
        this.#directory = directory;
        this.#limits = limits;
    }
    get leftOut() {
        return [...this.#leftOut].map(([file, why]) => ({ file, why }));
    }
    async read(path) {
        const lead = followOnDisk(this.#root, `${this.#directory}/${path}`);
        if (lead.kind === 'refused')
            return this.#leave(path, lead.why);
        if (lead.kind !== 'file')
            return null;
        const known = this.#texts.get(lead.real);
        if (known !== undefined)
            return known;
        const text = this.#textOf((0,external_node_path_.join)(this.#root, lead.real));
        if (typeof text === 'object')
            return this.#leave(path, text.why);
        this.#texts.set(lead.real, text);
        return text;
    }
    async list(folder) {
        const path = folder.replace(/\/+$/, '');
        const lead = followOnDisk(this.#root, `${this.#directory}/${path}`);
        if (lead.kind === 'refused')
            this.#leave(path, lead.why);
        return lead.kind === 'folder' ? this.#walk(path, lead.real, [lead.real]) : [];
    }
    /** @param above the real folders that lead here: one of them again is a circle */
    #walk(path, real, above) {
        const found = [];
        for (const name of this.#names(path, real)) {
            const below = `${path}/${name}`;
            const lead = followOnDisk(this.#root, `${real}/${name}`);
            if (lead.kind === 'file')
                found.push(below);
            else if (lead.kind === 'refused')
                this.#leave(below, lead.why);
            else if (lead.kind === 'absent')
                this.#leave(below, 'it is a link that leads to nothing');
            else if (above.includes(lead.real))
                this.#leave(below, circle);
            else if (above.length >= this.#limits.depth)
                this.#leave(below, `more than ${this.#limits.depth} folders lie in each other there`);
            else
                found.push(...this.#walk(below, lead.real, [...above, lead.real]));
        }
        return found;
    }
    #names(path, real) {
        const names = [];
        try {
            const folder = (0,external_node_fs_.opendirSync)((0,external_node_path_.join)(this.#root, real));
            try {
                for (let one = folder.readSync(); one !== null; one = folder.readSync()) {
                    if (++this.#entries > this.#limits.entries) {
                        const { entries } = this.#limits;
                        this.#leave(path, `more than ${entries} files and folders were found, and the others were left`);
                        break;
                    }
                    // That of a submodule, which is none of its files.
                    if (one.name !== '.git')
                        names.push(one.name);
                }
            }
            finally {
                folder.closeSync();
            }
        }
        catch (error) {
            this.#leave(path, notReadable(error));
        }
        return names.toSorted();
    }
    #textOf(whole) {
        let file;
        try {
            // What it was a moment ago it may no longer be: no link is followed, and no pipe is waited for.
            file = (0,external_node_fs_.openSync)(whole, external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_NOFOLLOW | external_node_fs_.constants.O_NONBLOCK);
        }
        catch (error) {
            return { why: notReadable(error) };
        }
        try {
            const found = (0,external_node_fs_.fstatSync)(file);
            if (!found.isFile())
                return { why: irregular };
            const { file: most, all } = this.#limits;
            if (found.size > most)
                return { why: `it is larger than ${most / 1024} KiB` };
            if (this.#bytes + found.size > all)
                return { why: `with it, all files read would be larger than ${all / 1024} KiB` };
            this.#bytes += found.size;
            const bytes = Buffer.alloc(found.size);
            return bytes.subarray(0, (0,external_node_fs_.readSync)(file, bytes, 0, found.size, 0)).toString('utf8');
        }
        finally {
            (0,external_node_fs_.closeSync)(file);
        }
    }
    #leave(path, why) {
        if (!this.#leftOut.has(path))
            this.#leftOut.set(path, why);
        return null;
    }
}

// EXTERNAL MODULE: ./src/checkout/git.ts
var git = __webpack_require__(30208);
;// CONCATENATED MODULE: ./src/checkout/checkout.ts






/** The checkout that lies in a folder of this machine. */
function openCheckout({ workspace, directory, merge, limits }) {
    const start = (0,external_node_fs_.realpathSync)(workspace);
    const found = repositoryIn(start, directory);
    const { top, inside } = found ?? { top: start, inside: directory };
    const lead = followOnDisk(top, inside);
    return {
        tree: new Files(top, inside, limits),
        folder: lead.kind === 'folder' ? (0,external_node_path_.join)(top, lead.real) : null,
        changesSince: async (base) => found === null
            ? { problem: 'not a git repository (no .git in the checkout)' }
            : changesSince(await (0,git/* gitOf */.O)(top), inside, base, merge),
    };
}
/**
 * The outermost repository on the way to the application. Further in, a `.git` can be a submodule's alone. And what
 * only looks like a repository is none: a pull request can commit HEAD, config, objects/ and refs/, but no `.git`.
 */
function repositoryIn(workspace, directory) {
    const names = directory.split('/').filter((name) => name !== '' && name !== '.');
    for (let count = 0; count <= names.length; count += 1) {
        const lead = followOnDisk(workspace, names.slice(0, count).join('/'));
        if (lead.kind !== 'folder')
            return null;
        const top = (0,external_node_path_.join)(workspace, lead.real);
        if ((0,external_node_fs_.lstatSync)((0,external_node_path_.join)(top, '.git'), { throwIfNoEntry: false }) !== undefined)
            return { top, inside: names.slice(count).join('/') || '.' };
    }
    return null;
}


/***/ }),

/***/ 30208:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ gitOf),
/* harmony export */   u: () => (/* binding */ gitIn)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(31421);
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_child_process__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(57975);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_util__WEBPACK_IMPORTED_MODULE_1__);


const run = (0,node_util__WEBPACK_IMPORTED_MODULE_1__.promisify)(node_child_process__WEBPACK_IMPORTED_MODULE_0__.execFile);
const most = 256 * 1024 * 1024;
const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
/** What any configuration, attributes or environment could have git run or read besides. */
const settings = [
    'safe.bareRepository=explicit',
    'core.fsmonitor=false',
    'core.hooksPath=/dev/null',
    'core.attributesFile=/dev/null',
    'core.pager=cat',
    'protocol.ext.allow=never',
];
/**
 * git that works on this repository and no other, whatever lies in its work tree. Nothing is searched for, and no
 * configuration but the repository's own is read. What that would have run (filters) is switched off.
 * @param top root of the work tree; its `.git` is the repository. git itself never checks out a file of that name.
 */
async function gitOf(top) {
    const plain = bound(top, []);
    const filters = await filterNames(plain);
    const off = filters.flatMap((name) => ['clean=', 'smudge=', 'process=', 'required=false'].map((one) => `filter.${name}.${one}`));
    return bound(top, off);
}
/**
 * git that works on the bare repository in that directory and no other; it may be one that is not there yet.
 * @param gitDir absolute path
 */
function gitIn(gitDir) {
    // Without a work tree there are no attributes in it either.
    return running(gitDir, { ...common(), GIT_DIR: gitDir }, []);
}
function bound(top, more) {
    return running(top, environment(top), more);
}
function running(cwd, env, more) {
    const options = [...settings, ...more].flatMap((one) => ['-c', one]);
    return async (args, input) => {
        const begun = run('git', [...options, ...args], {
            cwd,
            env,
            maxBuffer: most,
            encoding: 'buffer',
        });
        begun.child.stdin?.on('error', () => undefined).end(input ?? '');
        return (await begun).stdout;
    };
}
function environment(top) {
    return {
        ...common(),
        GIT_DIR: `${top}/.git`,
        GIT_WORK_TREE: top,
        // From git 2.41 on: the attributes of the work tree count for nothing.
        GIT_ATTR_SOURCE: emptyTree,
    };
}
function common() {
    return {
        PATH: process.env['PATH'] ?? '/usr/bin:/bin',
        LC_ALL: 'C.UTF-8',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_SYSTEM: '/dev/null',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_NO_REPLACE_OBJECTS: '1',
        GIT_GRAFT_FILE: '/dev/null',
        GIT_OPTIONAL_LOCKS: '0',
        GIT_TERMINAL_PROMPT: '0',
    };
}
async function filterNames(git) {
    try {
        const names = await git(['config', '--null', '--name-only', '--get-regexp', '^filter\\.']);
        const found = names.toString('utf8').split('\0');
        return [...new Set(found.flatMap((name) => /^filter\.(.*)\.[^.]*$/s.exec(name)?.[1] ?? []))];
    }
    catch {
        return [];
    }
}


/***/ })

};
;