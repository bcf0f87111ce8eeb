import * as core from '@actions/core';
import { annotationText, type Workflow } from './workflow.ts';

const say = { error: core.error, warning: core.warning, notice: core.notice };

/** The runner itself, through @actions/core. */
export function actions(): Workflow {
  return {
    group: core.startGroup,
    endGroup: core.endGroup,
    info: core.info,
    annotate({ name, severity, message, remedies, at }) {
      const text = annotationText(message, remedies);
      const place = at === undefined ? {} : { file: at.file, startLine: at.line };
      say[severity](text, { title: `ci4-deploy: ${name}`, ...place });
    },
    mask: core.setSecret,
    output: core.setOutput,
    saveState: core.saveState,
    state: core.getState,
    // A runner of another kind may have no place for it; the log says the same.
    async summary(markdown) {
      await core.summary
        .addRaw(markdown)
        .write()
        .catch((failed: unknown) => {
          core.warning(`There is no step summary. ${String(failed)}`);
        });
    },
  };
}
