import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

// As GitHub shows Markdown (github-markdown-css), as far as a summary needs it.
const style = `
:root { color-scheme: light; --text: #1f2328; --soft: #59636e; --ground: #fff; --line: #d1d9e0; --code: #818b981f; --block: #f6f8fa; --link: #0969da; }
@media (prefers-color-scheme: dark) {
  :root { color-scheme: dark; --text: #f0f6fc; --soft: #9198a1; --ground: #0d1117; --line: #3d444d; --code: #656c7633; --block: #151b23; --link: #4493f8; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 16px; background: var(--ground); color: var(--text); }
article { border: 1px solid var(--line); border-radius: 6px; padding: 24px; overflow: hidden;
  font: 16px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, "Liberation Sans", "Noto Color Emoji", sans-serif; overflow-wrap: break-word; }
@media (max-width: 600px) { body { padding: 8px; } article { padding: 16px; } }
article > :first-child { margin-top: 0; }
article > :last-child { margin-bottom: 0; }
h2, h3 { margin: 24px 0 16px; font-weight: 600; line-height: 1.25; }
h2 { font-size: 1.5em; padding-bottom: .3em; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.25em; }
p, ul, ol, table, pre, details, blockquote { margin: 0 0 16px; }
ul, ol { padding-left: 2em; }
li > p { margin-top: 16px; }
li + li { margin-top: .25em; }
blockquote { padding: 0 1em; color: var(--soft); border-left: .25em solid var(--line); }
a { color: var(--link); text-decoration: none; }
table { display: block; width: max-content; max-width: 100%; overflow: auto; border-collapse: collapse; }
th, td { padding: 6px 13px; border: 1px solid var(--line); }
th { font-weight: 600; }
tr:nth-child(2n) { background: var(--block); }
code { padding: .2em .4em; font-size: 85%; white-space: break-spaces; background: var(--code); border-radius: 6px;
  font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
pre { padding: 16px; overflow: auto; font-size: 85%; line-height: 1.45; background: var(--block); border-radius: 6px; }
pre code { padding: 0; font-size: 100%; white-space: pre; background: transparent; border: 0; }
summary { cursor: pointer; }
`;

/** A summary as GitHub shows it: a whole page of HTML that asks for nothing else. */
export function pageOf(markdown: string): string {
  const body = micromark(markdown, {
    // GitHub lets <details> through.
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><style>${style}</style><article>${body}</article></html>`;
}
