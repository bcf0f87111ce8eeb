import type { Config } from '../../../config/config.ts';
import { errorFinding, type Finding } from '../../../finding.ts';
import { toSee } from '../../../remedy.ts';
import { quote, shell, type Command, type Output } from '../../../server/command.ts';

/** What is free where the stage and the live tree are written; null where the server did not say. */
export interface Disk {
  readonly bytes: number | null;
  readonly inodes: number | null;
}

// Stage and live tree may lie on different file systems: the scarcer one counts.
const question = `# free bytes and inodes
git=$(git rev-parse --absolute-git-dir) || exit
[ ! -d "$git/ci4-deploy" ] || git=$git/ci4-deploy
echo bytes $(df -Pk . "$git" | awk 'NR > 1 { print $4 * 1024 }')
echo inodes $(df -Pi . "$git" | awk 'NR > 1 && $2 > 0 { print $4 }')`;

/** Free room where the stage and the live tree are. */
export function askDisk({ path }: Config): Record<'disk', Command> {
  return { disk: shell(question, [], { cwd: path }) };
}

/** Reads the free room, in bytes and in files. */
export function readDisk({ disk }: Record<'disk', Output>): Disk {
  const least = (what: string): number | null => {
    const line = disk.stdout.split('\n').find((one) => one.startsWith(`${what} `));
    const numbers = (line ?? '').split(' ').slice(1).filter(Boolean).map(Number);
    return numbers.length === 0 ? null : Math.min(...numbers);
  };
  return { bytes: least('bytes'), inodes: least('inodes') };
}

/** Room for caches, logs and what git writes besides. */
const reserve = { bytes: 20 * 1024 * 1024, files: 500 };

/** The stage is a whole tree; the live one may take the same again while git replaces it. */
export function judgeDisk(
  disk: Disk,
  size: { readonly bytes: number; readonly files: number },
  { base }: Config,
): readonly Finding[] {
  // Not `current`: du(1) follows no link that it begins at, and a first release is gone by then.
  const there = quote(`${base}/`);
  const bytes = size.bytes * 2 + reserve.bytes;
  const files = size.files * 2 + reserve.files;
  const found: Finding[] = [];
  if (disk.bytes !== null && disk.bytes < bytes) {
    found.push(
      errorFinding(
        'disk-short',
        `${mebibytes(disk.bytes)} are free at ${base}; staging this commit and switching to it takes up to ${mebibytes(bytes)}. A full disk would stop the deploy half-way, and the site with it.`,
        toSee(
          'See what is large',
          `df -h ${there}`,
          `du -xh --max-depth=2 ${there} | sort -h | tail`,
        ),
      ),
    );
  }
  if (disk.inodes !== null && disk.inodes < files) {
    found.push(
      errorFinding(
        'inodes-short',
        `${disk.inodes} files more fit on the file system of ${base}; this commit takes up to ${files}.`,
        toSee(
          'See what has so many files',
          `df -i ${there}`,
          `du -x --inodes --max-depth=3 ${there} | sort -n | tail`,
        ),
      ),
    );
  }
  return found;
}

/** A number of bytes as a person reads it. */
export function mebibytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
