import type { Diagnostic } from '../../src/core/diagnostic.ts';

/**
 * Diagnostics as annotations on a pull request.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function printGithub(diagnostics: readonly Diagnostic[], folder: string): string {
  return diagnostics
    .map(({ file, line, column, ruleId, severity, reason, expected }) => {
      const place = `file=${property(`${folder}/${file}`)},line=${line},col=${column},title=${property(ruleId)}`;
      const text = expected === undefined ? reason : `${reason}\nWrite:\n${expected}`;
      return `::${severity} ${place}::${escaped(text)}`;
    })
    .join('\n');
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
