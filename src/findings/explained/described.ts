import type { described } from '../described.ts';
import { explained, type Explained } from './explanation.ts';

export const explainedDescribed: Explained<typeof described> = {
  'described-table': explained(
    'A table that `.ci4-deploy.yml` describes is not there, is a view, or may not be read.',
    'A deploy is rolled back before the switch. In `verify` it is like that now.',
    'Where it is missing, paste the `CREATE TABLE` or commit the printed migration. Else let the account read it, or correct the description.',
    'Tables that nobody described are not looked at.',
  ),
  'described-column': explained(
    'A column is missing, or has another type, length, sign, default or NULL than described.',
    'A deploy is rolled back before the switch. What the application does with it only you know.',
    'Paste the `ALTER TABLE`, commit the printed migration, or correct the description.',
    'Widths of integers, character sets and comments are not compared.',
  ),
  'described-key': explained(
    'A primary key, unique key or index is missing, or is over other columns.',
    'A deploy is rolled back before the switch. Without a key queries get slow, or doubles become possible.',
    'Paste the `ALTER TABLE`, commit the printed migration, or correct the description.',
    'For an index, one that begins with the described columns is enough. A unique key has to be over these columns alone.',
  ),
};
