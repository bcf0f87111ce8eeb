import { isClosed, readJournals } from './plan/journal.ts';

// What the runner starts, as main and as post. Post mostly has nothing to do, and then loads nothing but its state.

/** Main has run, and left nothing to roll back or to tidy up. */
function nothingLeft(): boolean {
  const { STATE_phase: phase = '', STATE_journals: journals = '' } = process.env;
  if (phase === '') return false;
  return journals === '' || Object.values(readJournals(journals)).every(isClosed);
}

if (!nothingLeft()) await import('./action.ts');
