import { createHash } from 'node:crypto';
import { openCheckout } from './checkout/checkout.ts';
import { foldProject } from './static/check.ts';
import type { Said } from './static/forge/connection.ts';
import { isApplication, readProject } from './static/project/project.ts';
import type { Tree } from './static/project/tree.ts';
import { ReadingTime } from './static/reading-time.ts';
import type { ReadStatement } from './steps/database/costs.ts';
import type { ReadMigration, ReadMigrations } from './steps/foretell.ts';

/**
 * Reads migrations in the checkout of the job, where it has the very contents that the server has fetched.
 * @param everyNamespace as {@link readProject} takes it
 */
export function readInCheckout(
  workspace: string,
  directory: string,
  everyNamespace: boolean,
  seconds: () => number,
): ReadMigrations {
  const { tree } = openCheckout({ workspace, directory, merge: null });
  return async (wanted, product) => readSaid(tree, wanted, product, everyNamespace, seconds);
}

/** The same of any tree. */
export async function readSaid(
  tree: Tree,
  wanted: ReadonlyMap<string, string>,
  product: string,
  everyNamespace: boolean,
  seconds: () => number,
): Promise<ReadonlyMap<string, ReadMigration>> {
  const none = 'there is no checkout of the application here; a job needs actions/checkout for it';
  if (!(await isApplication(tree))) return unread([...wanted.keys()], none);
  const { isOver } = new ReadingTime(seconds);
  const project = await readProject(tree, everyNamespace, isOver);
  const { said, stoppedAt } = foldProject(
    project,
    product.startsWith('MariaDB') ? 'MariaDB' : 'MySQL',
    isOver,
  );
  const found = new Map<string, ReadMigration>();
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

function readStatement({ group, ...said }: Said, ledgerGroup: string): ReadStatement {
  const { sql, doubt, before, checksKeys } = said;
  return { sql, doubt, before, checksKeys, otherGroup: group === ledgerGroup ? null : group };
}

const other = 'the checkout of the job has other contents than the commit';

function unread(paths: readonly string[], why: string): ReadonlyMap<string, ReadMigration> {
  return new Map(paths.map((path) => [path, { statements: null, unread: why }]));
}

/** The id that git gives to a file (gitformat-loose(5)); sha256 where ids are longer. */
function blobId(text: string, length: number): string {
  const bytes = Buffer.from(text);
  return createHash(length > 40 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}
