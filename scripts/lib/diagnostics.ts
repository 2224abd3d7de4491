import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { adviceOf } from '../../src/core/diagnostic.ts';
import { workflowCommand } from './output.ts';
import { printable } from '../../src/core/printable.ts';
import { counted } from './text.ts';

/**
 * Diagnostics as annotations on a pull request.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
function printGithub(diagnostics: readonly Diagnostic[], folder: string): string {
  return diagnostics
    .map((diagnostic) => {
      const { file, line, column, ruleId, severity, reason } = diagnostic;
      const advice = adviceOf(diagnostic);
      const text = advice ? `${reason}\n${advice.how}\n${advice.text}` : reason;
      return workflowCommand(severity, text, { file: `${folder}/${file}`, line, col: column, title: ruleId });
    })
    .join('\n');
}

const PAINT = { error: 31, warning: 33, dim: 2, bold: 1 } as const;

/** Diagnostics for a person: place, rule, sentence, and the lines to write. */
function printTerminal(diagnostics: readonly Diagnostic[], folder: string, colour: boolean): string {
  const paint = (style: keyof typeof PAINT, text: string) =>
    colour ? `\u001b[${PAINT[style]}m${text}\u001b[0m` : text;
  const blocks = diagnostics.map((diagnostic) => {
    const { file, line, column, ruleId, severity, reason } = diagnostic;
    const advice = adviceOf(diagnostic);
    const place = paint('bold', printable(`${folder}/${file}:${line}:${column}`).replaceAll('\n', '�'));
    const head = `${place} ${paint(severity, severity)} ${printable(reason)} ${paint('dim', ruleId)}`;
    if (!advice) return head;
    return `${head}\n${paint('dim', `  ${advice.how}`)}\n${printable(advice.text).replace(/^/gm, '    ')}`;
  });
  return [...blocks, summary(diagnostics)].join('\n\n');
}

/** `2 errors and 1 warning in content/.` */
function summary(diagnostics: readonly Diagnostic[]): string {
  if (diagnostics.length === 0) return 'No problems found in the content folder.';
  const count = (severity: Diagnostic['severity']) => {
    const number = diagnostics.filter((one) => one.severity === severity).length;
    return number === 0 ? [] : [counted(number, severity)];
  };
  return `${[...count('error'), ...count('warning')].join(' and ')}.`;
}

export const FORMATS = ['terminal', 'github', 'json'] as const;
export type Format = (typeof FORMATS)[number];

/** Prints diagnostics in the given format. */
export function printDiagnostics(
  diagnostics: readonly Diagnostic[],
  format: Format,
  { folder, colour }: { folder: string; colour: boolean },
): string {
  if (format === 'json') return JSON.stringify(diagnostics, null, 2);
  return format === 'github' ? printGithub(diagnostics, folder) : printTerminal(diagnostics, folder, colour);
}
