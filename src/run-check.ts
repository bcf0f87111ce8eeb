import { randomUUID } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { openCheckout } from './checkout/checkout.ts';
import { NotWritten, writeBelow } from './checkout/write.ts';
import { check } from './commands/check.ts';
import { sarifNotWritten, withError } from './commands/check-report.ts';
import { parseCheck, type TrialConfig } from './config/check-config.ts';
import type { DescribedTable } from './config/settings-tables.ts';
import type { Report } from './report/report.ts';
import { sarif } from './report/sarif.ts';
import type { RunRequest } from './run.ts';
import { openRunner } from './runner.ts';
import { openScratch } from './schema/mysql/scratch.ts';
import { tryOut, type Tried } from './trial/trial.ts';

/**
 * The command that needs no server: it reads what lies in the checkout, and runs it where a database is given.
 * @throws ConfigError when the inputs are not as they must be
 */
export async function runCheck(request: RunRequest): Promise<Report> {
  const { inputs, log, environment } = request;
  const { workspace, baseBranch, mergeCommit: merge } = environment;
  const { config, trial } = parseCheck(inputs, baseBranch);
  const checkout = openCheckout({ workspace, directory: config.directory, merge });
  const { folder } = checkout;
  const tryIn =
    trial === null || folder === null
      ? null
      : async (tables: readonly DescribedTable[]) => runTrial(folder, trial, tables, request);
  const report = await check(config, checkout, () => log.seconds, tryIn);
  return config.sarifFile === null ? report : writeSarif(report, workspace, config.sarifFile);
}

/** Runs the migrations of the checkout in the databases that were given. */
async function runTrial(
  folder: string,
  trial: TrialConfig,
  tables: readonly DescribedTable[],
  { log, mask, signal }: RunRequest,
): Promise<readonly Tried[]> {
  for (const { password } of trial.databases) mask(password.reveal());
  const tools = {
    ...{ ...trial, tables, log, nonce: `@${randomUUID()}@`, openScratch },
    openRunner: () => openRunner(folder, trial.limit),
  };
  return tryOut(tools, signal);
}

function writeSarif(report: Report, workspace: string, file: string): Report {
  try {
    const text = `${JSON.stringify(sarif(report.findings), null, 2)}\n`;
    writeBelow(realpathSync(workspace), file, text);
    return report;
  } catch (error) {
    if (!(error instanceof NotWritten)) throw error;
    return withError(report, sarifNotWritten(error.message));
  }
}
