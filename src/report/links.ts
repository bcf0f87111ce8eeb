/** Where the pages of ours lead; each is null where nobody knows. */
export interface Links {
  /** The repository of the run, as `https://github.com/owner/name`. */
  readonly repository: string | null;
  /** The page of the run, and what it is called. */
  readonly run: { readonly url: string; readonly name: string } | null;
  /** The page that explains every finding. */
  readonly findings: string | null;
}

/** A report of a run that nothing is known of. */
export const noLinks: Links = { repository: null, run: null, findings: null };

const ownerAndName = /^[\w.-]+\/[\w.-]+$/;

/**
 * Links as the runner's variables say (docs.github.com, Variables reference).
 * @param github one of them by its name without `GITHUB_`; empty where it is not set
 */
export function linksOf(github: (name: string) => string): Links {
  const server = github('SERVER_URL');
  const [own, action] = [github('REPOSITORY'), github('ACTION_REPOSITORY')];
  if (!/^https?:\/\/[\w.:-]+$/.test(server)) return noLinks;
  const repository = ownerAndName.test(own) ? `${server}/${own}` : null;
  const id = github('RUN_ID');
  const known = repository !== null && /^\d+$/.test(id);
  return {
    repository,
    run: known ? { url: `${repository}/actions/runs/${id}`, name: runName(github) } : null,
    findings: ownerAndName.test(action)
      ? `${server}/${action}/blob/${refOf(github)}/docs/findings.md`
      : null,
  };
}

function runName(github: (name: string) => string): string {
  const [number, attempt] = [github('RUN_NUMBER'), github('RUN_ATTEMPT')];
  const again = attempt === '' || attempt === '1' ? '' : `, attempt ${attempt}`;
  return `run ${number || github('RUN_ID')}${again}`;
}

/** The version of the action that runs, so that the page has its findings. */
function refOf(github: (name: string) => string): string {
  const ref = github('ACTION_REF');
  return /^[\w./-]+$/.test(ref) ? ref : 'HEAD';
}
