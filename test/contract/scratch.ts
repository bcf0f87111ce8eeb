import { describe, expect, test } from '@jest/globals';
import type { Scratch } from '../../src/schema/scratch.ts';

const name = 'contract';

/** What every throw-away database does; `open` gives an empty one. */
export function scratchContract(title: string, open: () => Promise<Scratch>): void {
  describe(title, () => {
    test('what is made is listed and read, and what is removed is gone', async () => {
      await using scratch = await open();
      expect(await scratch.contents()).toEqual([]);
      await scratch.execute(`CREATE TABLE ${name} (id varchar(128) NOT NULL, PRIMARY KEY (id))`);
      await scratch.execute('CREATE TABLE another (id varchar(128) NOT NULL, PRIMARY KEY (id))');
      expect(await scratch.contents()).toEqual([
        { kind: 'table', name: 'another' },
        { kind: 'table', name },
      ]);
      expect(await scratch.database.table(name)).toMatchObject({ name, kind: 'table' });
      await scratch.remove([{ kind: 'table', name }]);
      expect(await scratch.contents()).toEqual([{ kind: 'table', name: 'another' }]);
      // What a rollback has dropped meanwhile is no error.
      await scratch.remove([
        { kind: 'table', name },
        { kind: 'table', name: 'another' },
      ]);
      expect(await scratch.contents()).toEqual([]);
    });

    test('the mark tells whose it is', async () => {
      await using scratch = await open();
      expect(await scratch.mark('ci4-deploy-contract')).toBeGreaterThan(0);
    });
  });
}
