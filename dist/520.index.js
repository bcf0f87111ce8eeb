"use strict";
exports.id = 520;
exports.ids = [520];
exports.modules = {

/***/ 82520:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readInCheckout: () => (/* binding */ readInCheckout)
/* harmony export */ });
/* unused harmony export readSaid */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _checkout_checkout_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(63745);
/* harmony import */ var _static_check_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(39941);
/* harmony import */ var _static_project_project_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(57770);
/* harmony import */ var _static_reading_time_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(25730);





/**
 * Reads migrations in the checkout of the job, where it has the very contents that the server has fetched.
 * @param everyNamespace as {@link readProject} takes it
 */
function readInCheckout(workspace, directory, everyNamespace, seconds) {
    const { tree } = (0,_checkout_checkout_js__WEBPACK_IMPORTED_MODULE_1__/* .openCheckout */ .H)({ workspace, directory, merge: null });
    return async (wanted, product) => readSaid(tree, wanted, product, everyNamespace, seconds);
}
/** The same of any tree. */
async function readSaid(tree, wanted, product, everyNamespace, seconds) {
    const none = 'there is no checkout of the application here; a job needs actions/checkout for it';
    if (!(await (0,_static_project_project_js__WEBPACK_IMPORTED_MODULE_3__/* .isApplication */ .zz)(tree)))
        return unread([...wanted.keys()], none);
    const { isOver } = new _static_reading_time_js__WEBPACK_IMPORTED_MODULE_4__/* .ReadingTime */ .u(seconds);
    const project = await (0,_static_project_project_js__WEBPACK_IMPORTED_MODULE_3__/* .readProject */ .Wh)(tree, everyNamespace, isOver);
    const { said, stoppedAt } = (0,_static_check_js__WEBPACK_IMPORTED_MODULE_2__/* .foldProject */ .lP)(project, product.startsWith('MariaDB') ? 'MariaDB' : 'MySQL', isOver);
    const found = new Map();
    for (const [path, id] of wanted) {
        const text = await tree.read(path);
        const statements = said
            .filter(({ place }) => place.file === path)
            .map((one) => readStatement(one, project.defaultGroup));
        const same = text !== null && blobId(text, id.length) === id;
        // What comes after a migration that stops the run says nothing, whatever is in it.
        const cut = statements.length === 0 && (stoppedAt !== null || isOver());
        const why = same ? (cut ? 'reading ended at a migration before it' : '') : other;
        found.set(path, { statements: why === '' ? statements : null, unread: why });
    }
    return found;
}
function readStatement({ group, ...said }, ledgerGroup) {
    const { sql, doubt, before, checksKeys } = said;
    return { sql, doubt, before, checksKeys, otherGroup: group === ledgerGroup ? null : group };
}
const other = 'the checkout of the job has other contents than the commit';
function unread(paths, why) {
    return new Map(paths.map((path) => [path, { statements: null, unread: why }]));
}
/** The id that git gives to a file (gitformat-loose(5)); sha256 where ids are longer. */
function blobId(text, length) {
    const bytes = Buffer.from(text);
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)(length > 40 ? 'sha256' : 'sha1')
        .update(`blob ${bytes.length}\0`)
        .update(bytes)
        .digest('hex');
}


/***/ })

};
;