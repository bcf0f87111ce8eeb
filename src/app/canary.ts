import { inDatabase } from '../remedy.ts';
import type { Canary, SessionConfiguration } from './application.ts';
import type { CanaryAnswered } from './ask.ts';
import { errorFinding as error, type Finding } from '../finding.ts';

/** Seconds the row's date may differ from the database's clock: the two are read some milliseconds apart. */
const tolerance = 5;

/** What a session through the application's own handler showed, as findings. */
export function judgeCanary(
  answered: CanaryAnswered,
  session: SessionConfiguration,
): readonly Finding[] {
  if (!answered.ok) {
    return [
      error(
        'handler-fails',
        `The session handler ${session.driver} fails: ${answered.failure.message}`,
        'Every page with a session would fail like this. Compare the table with the columns above.',
      ),
    ];
  }
  return [...faults(answered.canary, session)];
}

function* faults(canary: Canary, session: SessionConfiguration): Generator<Finding> {
  const table = session.table ?? '';
  if (!canary.written || canary.stamp === null) {
    yield error(
      'handler-writes-nothing',
      `The session handler ${session.driver} left no row in ${table}.`,
      inDatabase(
        `Let the application's user read and write ${table}: GRANT SELECT, INSERT, UPDATE, DELETE.`,
      ),
    );
    return;
  }
  if (!canary.same) {
    yield error(
      'handler-changes-data',
      `A session read back from ${table} differs from what was written: binary data is damaged.`,
      inDatabase('', `ALTER TABLE \`${table}\` MODIFY \`data\` BLOB NOT NULL;`),
    );
  }
  yield* datedLike(canary, table, session);
  if (canary.left > 0) {
    yield error(
      'handler-destroys-nothing',
      `A destroyed session is still in ${table}: logging out would not work.`,
      inDatabase(`Let the application's user delete from ${table}: GRANT DELETE.`),
    );
  }
}

function* datedLike(
  canary: Canary,
  table: string,
  session: SessionConfiguration,
): Generator<Finding> {
  const { stamp, clock } = canary;
  if (stamp === 0 || stamp === null) {
    yield error(
      'handler-writes-no-date',
      `The session handler ${session.driver} writes no date into ${table} (0000-00-00): the first clean-up logs every visitor out.`,
      'CodeIgniter 4.1.2 to 4.1.4 do this. Update to 4.1.5 or newer before the sessions move.',
    );
  } else if (clock !== null && Math.abs(clock - stamp) > tolerance) {
    yield error(
      'handler-dates-wrongly',
      `A session written now is dated ${stamp - clock} s away from the database's clock in ${table}: it is collected too early or never.`,
      inDatabase(
        '',
        `ALTER TABLE \`${table}\` MODIFY \`timestamp\` TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP;`,
      ),
    );
  }
}
