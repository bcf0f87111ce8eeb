#!/usr/bin/env node
import { isClosed, readJournals } from './plan/journal.ts';

// What the runner starts, as main and as post, and what is started as a command. Post mostly has nothing to do, and then
// loads nothing but its state.

/** Main has run, and left nothing to roll back or to tidy up. */
function nothingLeft(): boolean {
  const { STATE_phase: phase = '', STATE_journals: journals = '' } = process.env;
  if (phase === '') return false;
  return journals === '' || Object.values(readJournals(journals)).every(isClosed);
}

/** A person or another program started this, and not a runner of GitHub's kind. */
function isCommandLine(): boolean {
  return process.argv.length > 2 || process.env['GITHUB_ACTIONS'] === undefined;
}

if (!nothingLeft()) {
  if (isCommandLine()) {
    const { commandLine } = await import('./command-line.ts');
    await commandLine();
  } else await import('./action.ts');
}
