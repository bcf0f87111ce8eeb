import type { adopt } from '../adopt.ts';
import { explained, type Explained } from './explanation.ts';

export const explainedAdopt: Explained<typeof adopt> = {
  'adopt-place': explained(
    '`command: adopt` makes release directories beside the site, and their place is closed, taken, or `strategy` is `releases` already.',
    'Nothing was touched: visitors get the site as before.',
    'Paste the line that makes the place, or name another one with `releases-path`. With `strategy: releases` set `path` to the clone that is live in place. Then run it again.',
    'The clone that is live needs no other rights.',
  ),
  'adopt-not-served': explained(
    'PHP-FPM was asked for the application at its new place, and could not read, write or boot it. Often `open_basedir` of its pool names the old place alone.',
    'What was made is removed again. Visitors get the site as before.',
    'The printed line shows the rights on the way. When it can be read, run `adopt` again.',
    'The commit has no part in it: the same commit is served from the old place.',
  ),
  'adopt-web-server': explained(
    'The release directories are complete, and only a person with root may change the web server.',
    'Visitors are served from the old root until then. Sessions, logs and uploads are the same files for both roots.',
    'Paste the lines. Visitors stay logged in, and no request is cut.',
    'The old clone must stay: `shared/` has links to its `.env` and `writable/`.',
  ),
  'adopt-workflow': explained(
    'A site with release directories has another path and strategy.',
    'Without these inputs a deploy goes to the old clone, which visitors do not see any more.',
    'Set the inputs in the workflow when the lines for the web server were pasted.',
    'No other input changes.',
  ),
  'adopted-elsewhere': explained(
    'The site was adopted and the lines for the web server were pasted. The workflow still names the old clone.',
    'Nothing was changed. Visitors get the release directories, as before.',
    'Set the printed inputs in the workflow.',
    'It is not reported before the web server serves the release directories.',
  ),
  'stranded-adopt': explained(
    'Release directories that an adoption had begun to make could not be removed.',
    'Visitors get the site as before: the web server knows nothing of them.',
    'Paste the line. It removes links to the files of the site, and none of these files.',
    'The next `adopt` replaces whatever an earlier one left there.',
  ),
};
