import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { adviceOf } from '../../src/core/diagnostic.ts';
import { workflowCommand } from '../output.ts';

/**
 * Diagnostics as annotations on a pull request.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function printGithub(diagnostics: readonly Diagnostic[], folder: string): string {
  return diagnostics
    .map((diagnostic) => {
      const { file, line, column, ruleId, severity, reason } = diagnostic;
      const advice = adviceOf(diagnostic);
      const text = advice ? `${reason}\n${advice.how}\n${advice.text}` : reason;
      return workflowCommand(severity, text, { file: `${folder}/${file}`, line, col: column, title: ruleId });
    })
    .join('\n');
}
