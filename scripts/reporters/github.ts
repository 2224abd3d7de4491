import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { workflowCommand } from '../output.ts';

/**
 * Diagnostics as annotations on a pull request.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function printGithub(diagnostics: readonly Diagnostic[], folder: string): string {
  return diagnostics
    .map(({ file, line, column, ruleId, severity, reason, expected }) => {
      const text = expected === undefined ? reason : `${reason}\nWrite:\n${expected}`;
      return workflowCommand(severity, text, { file: `${folder}/${file}`, line, col: column, title: ruleId });
    })
    .join('\n');
}
