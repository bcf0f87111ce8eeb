"use strict";
exports.id = 439;
exports.ids = [439];
exports.modules = {

/***/ 44870:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ inParts)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_0__);

/**
 * Opens a file.
 * @param remove removes it, and what lies around it
 */
async function inParts(path, remove) {
    const file = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.open)(path);
    const { size } = await file.stat();
    return {
        bytes: size,
        read: async (from, most) => {
            const { buffer, bytesRead } = await file.read(Buffer.alloc(most), 0, most, from);
            return buffer.subarray(0, bytesRead);
        },
        [Symbol.asyncDispose]: async () => {
            await file.close();
            await remove();
        },
    };
}


/***/ }),

/***/ 98439:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openSource: () => (/* binding */ openSource)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(48161);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_os__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(76760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_3__);
/* harmony import */ var _parts_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(44870);
/* harmony import */ var _steps_push_source_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(14971);
/* harmony import */ var _checkout_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(63745);
/* harmony import */ var _git_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(30208);








/**
 * The repository that lies in the workspace, or around the application there.
 * @param directory where the application lies below the workspace
 */
function openSource(workspace, directory) {
    const repository = async () => find(workspace, directory);
    return {
        cutOff: async (commit) => cutOff(await repository(), commit),
        bundle: async (commit, known) => bundle(await repository(), commit, known),
    };
}
async function find(workspace, directory) {
    const found = (0,_checkout_js__WEBPACK_IMPORTED_MODULE_6__/* .repositoryIn */ .c)((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)(workspace), directory);
    if (found === null)
        throw new _steps_push_source_js__WEBPACK_IMPORTED_MODULE_5__/* .SourceFailed */ .r({ kind: 'no checkout' });
    const { top } = found;
    return failing(async () => {
        const git = await (0,_git_js__WEBPACK_IMPORTED_MODULE_7__/* .gitOf */ .O)(top);
        const place = async (name) => (0,node_path__WEBPACK_IMPORTED_MODULE_3__.resolve)(top, await line(git, ['rev-parse', '--git-path', name]));
        return { git, objects: await place('objects'), shallow: await place('shallow') };
    });
}
/** Without git, and in git's own words. */
async function failing(work) {
    try {
        return await work();
    }
    catch (failure) {
        if (failure instanceof _steps_push_source_js__WEBPACK_IMPORTED_MODULE_5__/* .SourceFailed */ .r)
            throw failure;
        const { code, stderr } = failure;
        if (code === 'ENOENT')
            throw new _steps_push_source_js__WEBPACK_IMPORTED_MODULE_5__/* .SourceFailed */ .r({ kind: 'no git' }, failure);
        const said = Buffer.isBuffer(stderr) ? stderr.toString('utf8').trim() : '';
        throw new _steps_push_source_js__WEBPACK_IMPORTED_MODULE_5__/* .SourceFailed */ .r({ kind: 'other', problem: said || String(failure) }, failure);
    }
}
async function line(git, args) {
    return (await git(args)).toString('utf8').trim();
}
/** Those of the commits that are there. Of others git says "missing", and ends with 0. */
async function present(git, commits) {
    const asked = commits.map((one) => `${one}\n`).join('');
    const said = (await git(['cat-file', '--batch-check'], asked)).toString('utf8');
    return [...said.matchAll(/^([0-9a-f]+) commit /gm)].map(([, id = '']) => id);
}
async function cutOff({ git, shallow }, commit) {
    return failing(async () => {
        const [there] = await present(git, [commit]);
        if (there === undefined)
            throw new _steps_push_source_js__WEBPACK_IMPORTED_MODULE_5__/* .SourceFailed */ .r({ kind: 'no commit' });
        const ends = await lines(shallow);
        if (ends.length === 0)
            return [];
        const history = new Set((await line(git, ['rev-list', commit])).split('\n'));
        const parents = ends.filter((one) => history.has(one)).map(async (one) => parentsOf(git, one));
        return [...new Set((await Promise.all(parents)).flat())];
    });
}
/** As the commit itself names them, wherever the history was cut off. */
async function parentsOf(git, commit) {
    const [head = ''] = (await git(['cat-file', 'commit', commit])).toString('utf8').split('\n\n');
    return [...head.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, id = '']) => id);
}
async function lines(file) {
    const text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)(file, 'utf8').catch(() => '');
    return text.split('\n').filter((one) => one !== '');
}
/**
 * A bundle names its commit by a ref. That one is made in a repository beside the workspace, which borrows the objects.
 * So any commit can be sent, and the workspace stays as it is.
 */
async function bundle({ git, objects, shallow }, commit, known) {
    const folder = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)((0,node_os__WEBPACK_IMPORTED_MODULE_2__.tmpdir)(), 'ci4-deploy-'));
    const remove = async () => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(folder, { recursive: true, force: true });
    try {
        return await failing(async () => {
            const beside = (0,_git_js__WEBPACK_IMPORTED_MODULE_7__/* .gitIn */ .u)(folder);
            const format = await line(git, ['rev-parse', '--show-object-format']);
            await beside(['init', '--quiet', '--bare', `--object-format=${format}`]);
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folder, 'objects/info/alternates'), `${objects}\n`);
            const ends = await lines(shallow);
            if (ends.length > 0)
                await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folder, 'shallow'), `${ends.join('\n')}\n`);
            await beside(['update-ref', _steps_push_source_js__WEBPACK_IMPORTED_MODULE_5__/* .bundleRef */ .W, commit]);
            const there = await present(git, known);
            const wanted = [_steps_push_source_js__WEBPACK_IMPORTED_MODULE_5__/* .bundleRef */ .W, ...there.map((one) => `^${one}`)];
            const file = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folder, 'bundle');
            await beside(['bundle', 'create', '--quiet', file, '--stdin'], `${wanted.join('\n')}\n`);
            return await (0,_parts_js__WEBPACK_IMPORTED_MODULE_4__/* .inParts */ .o)(file, remove);
        });
    }
    catch (failure) {
        await remove();
        throw failure;
    }
}


/***/ })

};
;