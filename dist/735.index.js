"use strict";
exports.id = 735;
exports.ids = [735];
exports.modules = {

/***/ 52735:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openWorkspace: () => (/* binding */ openWorkspace)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(31421);
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_child_process__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(77598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(73024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(51455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_3___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_3__);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(48161);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_4___default = /*#__PURE__*/__webpack_require__.n(node_os__WEBPACK_IMPORTED_MODULE_4__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(76760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_5___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_5__);
/* harmony import */ var node_stream_promises__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(46466);
/* harmony import */ var node_stream_promises__WEBPACK_IMPORTED_MODULE_6___default = /*#__PURE__*/__webpack_require__.n(node_stream_promises__WEBPACK_IMPORTED_MODULE_6__);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(57975);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_7___default = /*#__PURE__*/__webpack_require__.n(node_util__WEBPACK_IMPORTED_MODULE_7__);
/* harmony import */ var _parts_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(44870);
/* harmony import */ var _plan_workspace_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(98202);










const run = (0,node_util__WEBPACK_IMPORTED_MODULE_7__.promisify)(node_child_process__WEBPACK_IMPORTED_MODULE_0__.execFile);
/**
 * The workspace of the job, as it lies on this machine.
 * @param directory where the application lies below it
 */
function openWorkspace(workspace, directory) {
    const root = (0,node_path__WEBPACK_IMPORTED_MODULE_5__.join)(workspace, directory);
    return { pack: async (paths) => pack(root, paths) };
}
async function pack(root, paths) {
    const missing = paths.filter((path) => !(0,node_fs__WEBPACK_IMPORTED_MODULE_2__.existsSync)((0,node_path__WEBPACK_IMPORTED_MODULE_5__.join)(root, path)));
    if (missing.length > 0)
        throw new _plan_workspace_js__WEBPACK_IMPORTED_MODULE_9__/* .NotPacked */ .U(missing, 'files are missing');
    const folder = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_5__.join)((0,node_os__WEBPACK_IMPORTED_MODULE_4__.tmpdir)(), 'ci4-deploy-'));
    const remove = async () => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.rm)(folder, { recursive: true, force: true });
    try {
        const file = (0,node_path__WEBPACK_IMPORTED_MODULE_5__.join)(folder, 'files.tgz');
        await archive(root, file, paths);
        return await opened(file, remove);
    }
    catch (failure) {
        await remove();
        throw failure;
    }
}
async function archive(root, file, paths) {
    const names = paths.map((path) => `./${path}`);
    // macOS adds files of its own to an archive unless this is set.
    const env = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', COPYFILE_DISABLE: '1' };
    try {
        await run('tar', ['-czf', file, '-C', root, ...names], { env });
    }
    catch (failure) {
        const { stderr } = failure;
        const said = typeof stderr === 'string' ? stderr.trim() : '';
        throw new _plan_workspace_js__WEBPACK_IMPORTED_MODULE_9__/* .NotPacked */ .U([], said || String(failure), failure);
    }
}
async function opened(path, remove) {
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_1__.createHash)('sha256');
    await (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_6__.pipeline)((0,node_fs__WEBPACK_IMPORTED_MODULE_2__.createReadStream)(path), hash);
    return { ...(await (0,_parts_js__WEBPACK_IMPORTED_MODULE_8__/* .inParts */ .o)(path, remove)), sum: hash.digest('hex') };
}


/***/ }),

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


/***/ })

};
;