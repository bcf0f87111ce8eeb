import { describe, expect, test } from '@jest/globals';
import { missingRights, readGrants } from '../../../src/schema/rights.ts';

const wanted = ['CREATE', 'DROP', 'SELECT'];

function missing(lines: readonly string[], table?: string): readonly string[] {
  return missingRights(readGrants(lines, 'shop_1'), wanted, table);
}

describe('rights out of SHOW GRANTS', () => {
  test.each<[string, string[], string[]]>([
    ['all on the schema', ['GRANT ALL PRIVILEGES ON `shop_1`.* TO `u`@`h`'], []],
    ['all everywhere', ["GRANT ALL PRIVILEGES ON *.* TO 'u'@'h' WITH GRANT OPTION"], []],
    ['nothing but a login', ['GRANT USAGE ON *.* TO `u`@`h`'], wanted],
    ['some', ['GRANT SELECT, INSERT, CREATE ON `shop_1`.* TO `u`@`h`'], ['DROP']],
    [
      'in two lines',
      ['GRANT SELECT ON *.* TO `u`@`h`', 'GRANT CREATE, DROP ON `shop_1`.* TO `u`@`h`'],
      [],
    ],
    ['another schema', ['GRANT ALL PRIVILEGES ON `other`.* TO `u`@`h`'], wanted],
    ['a pattern', ['GRANT ALL PRIVILEGES ON `shop%`.* TO `u`@`h`'], []],
    ['an escaped pattern', ['GRANT ALL PRIVILEGES ON `shop\\_1`.* TO `u`@`h`'], []],
    ['an escaped pattern of another', ['GRANT ALL PRIVILEGES ON `shop\\_2`.* TO `u`@`h`'], wanted],
    ['a wildcard for one sign', ['GRANT ALL PRIVILEGES ON `shop__`.* TO `u`@`h`'], []],
    [
      'columns only',
      ['GRANT SELECT (`id`, `data`), CREATE ON `shop_1`.* TO `u`@`h`'],
      ['DROP', 'SELECT'],
    ],
    ['a role, which may give anything', ['GRANT `app_role`@`%` TO `u`@`h`'], []],
    ['a procedure', ['GRANT EXECUTE ON PROCEDURE `shop_1`.`p` TO `u`@`h`'], wanted],
  ])('a grant of %s lacks the rights in the table', (_, lines, lacking) => {
    expect([...missing(lines)].toSorted()).toEqual([...lacking].toSorted());
  });

  test('a right on the table counts for that table', () => {
    const lines = ['GRANT SELECT, CREATE, DROP ON `shop_1`.`ci_sessions` TO `u`@`h`'];
    expect(missing(lines, 'ci_sessions')).toEqual([]);
    expect(missing(lines, 'users')).toEqual(wanted);
    expect(missing(lines)).toEqual(wanted);
  });
});
