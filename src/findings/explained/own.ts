import type { own } from '../own.ts';
import { explained, untouched, type Explained } from './explanation.ts';

export const explainedOwn: Explained<typeof own> = {
  'own-command-failed': explained(
    'A command below `commands` of `.ci4-deploy.yml` ended with another status than 0, or was killed at its `limit`.',
    'Where it must succeed, everything is rolled back. In the stage the live site was not touched. After a rollback the previous code is live, and this command is missing.',
    'The log and the summary have its output. Run it by hand in the folder that the log names.',
    'Its shell reads no profile of a login: a program may be there for you and not for it.',
  ),
  'made-path-taken': explained(
    '`makes` or input `files` names a path at which git has files, or one that all releases share.',
    untouched,
    'Name the folder that only the build makes. Take it out of git with `git rm -r --cached`, and ignore it.',
    'A folder that holds such a path may hold files of git as well.',
  ),
  'files-missing': explained(
    'Input `files` names a path that the workspace of the job does not have when the deploy runs. Or `tar` cannot read it.',
    untouched,
    'Build in a step before the deploy, in the same job: another job has another workspace. Or correct the path.',
    'Files of the server are not meant, nor those that git has.',
  ),
  'nothing-made': explained(
    '`makes` names a path that is not there once the commands of the stage are done.',
    untouched,
    'Look at the output of the command: it may write elsewhere. Correct the path.',
    'The folder of the live site does not count: a stage begins without it.',
  ),
  'tracked-files-changed': explained(
    'A command changed files that git has, as `npm install` does with `package-lock.json`, and `spark optimize` with `app/Config/Optimize.php`.',
    'The files of the commit went live, without that change.',
    'Commit the files as the command writes them. Or use a command that leaves them alone, as `npm ci`.',
    'What the command made beside them was not touched.',
  ),
};
