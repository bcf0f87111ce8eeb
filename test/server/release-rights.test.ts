import { describe, expect, test } from '@jest/globals';
import { chosen, type Release } from '../rig/releases.ts';
import { nicolas, root } from './breakages.ts';
import { regularVisitor } from './regular-visitor.ts';
import { deploy, errorsOf, fresh, remedyOf, snapshot } from './situation.ts';

const strategy = 'releases';

describe.each(await chosen())(
  'places and groups of releases, CodeIgniter $version',
  (release: Release) => {
    test('a path with a quote: refused by that name, and green by a link without one', async () => {
      await using server = await fresh(release, { strategy });
      const { site } = server;
      const anna = await regularVisitor(site, 'anna');
      const odd = "/var/www/Nicolas' $site";
      await root(
        site,
        `chmod 777 /var/www; mv ${site.base} "/var/www/Nicolas' \\$site"; ln -s "/var/www/Nicolas' \\$site" ${site.base}`,
      );
      const refused = await deploy(site, { inputs: { path: odd } });
      expect(refused.outputs['outcome']).toBe('refused');
      expect(refused.shown.join('\n')).toContain('.env could not hold it');
      // The autoloader up to 4.1 takes such characters out of every path: no application runs there.
      if (/^4\.[01]\./.test(release.version)) return;
      const inFiles = await site.push({ 'app/Views/note.php': 'a note' }, 'A note');
      for (const commit of [site.commits.next, inFiles]) {
        const result = await deploy(site, { commit });
        expect([result.outputs['outcome'], errorsOf(result)]).toEqual(['deployed', []]);
      }
      expect(await anna.noticed()).toBeNull();
    }, 180_000);

    test('.env of the live release is a file of its own: refused, and green with it once pasted', async () => {
      await using server = await fresh(release, { strategy });
      const { site } = server;
      const anna = await regularVisitor(site, 'anna');
      // As sed does: the link becomes a file.
      await nicolas(site, "sed -i '1i # of the live release' .env; [ ! -L .env ]");
      await nicolas(
        site,
        'rm writable/uploads; mkdir -m 2775 writable/uploads; chgrp www-data writable/uploads; echo photo >writable/uploads/a.jpg',
      );
      const before = await snapshot(site);
      const refused = await deploy(site);
      expect([refused.outputs['outcome'], errorsOf(refused)]).toEqual([
        'refused',
        ['shared-not-linked'],
      ]);
      expect(await snapshot(site)).toEqual(before);
      await root(site, remedyOf(refused, 'shared-not-linked').replaceAll('sudo ', ''));
      expect(await anna.noticed()).toBeNull();
      expect((await deploy(site)).outputs['outcome']).toBe('deployed');
      await nicolas(site, 'grep -q "of the live release" .env; cat writable/uploads/a.jpg');
      expect(await anna.noticed()).toBeNull();
    }, 180_000);

    test('a deploy user who is not in the group of PHP-FPM: refused, and green once pasted', async () => {
      await using server = await fresh(release, { strategy });
      const { site } = server;
      const anna = await regularVisitor(site, 'anna');
      await root(site, 'gpasswd -d nicolas www-data');
      const refused = await deploy(site);
      expect([refused.outputs['outcome'], errorsOf(refused)[0]]).toEqual([
        'refused',
        'writable-closed-to-fpm',
      ]);
      await root(site, remedyOf(refused, 'writable-closed-to-fpm').replaceAll('sudo ', ''));
      expect((await deploy(site)).outputs['outcome']).toBe('deployed');
      expect(await anna.noticed()).toBeNull();
    }, 180_000);

    test('files open to a group that is not ours to give: refused, and green once pasted', async () => {
      await using server = await fresh(release, { strategy });
      const { site } = server;
      await root(
        site,
        `groupadd readers; usermod -aG readers www-data; systemctl restart ${site.machine.fpmService} nginx
       cd ${site.path}/; chgrp -R readers app public system; chmod -R o-rwx app public system`,
      );
      const anna = await regularVisitor(site, 'anna');
      const before = await snapshot(site);
      const refused = await deploy(site);
      expect([refused.outputs['outcome'], errorsOf(refused)]).toEqual([
        'refused',
        ['release-closed-to-fpm'],
      ]);
      expect(await snapshot(site)).toEqual(before);
      await root(site, remedyOf(refused, 'release-closed-to-fpm').replaceAll('sudo ', ''));
      expect((await deploy(site)).outputs['outcome']).toBe('deployed');
      expect(await anna.noticed()).toBeNull();
    }, 180_000);
  },
);
