import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { printGithub } from './github.ts';
import { printTerminal } from './terminal.ts';

export const FORMATS = ['terminal', 'github', 'json'] as const;
export type Format = (typeof FORMATS)[number];

/** Prints the one list of diagnostics for whoever reads it. */
export function printDiagnostics(
  diagnostics: readonly Diagnostic[],
  format: Format,
  { folder, colour }: { folder: string; colour: boolean },
): string {
  if (format === 'json') return JSON.stringify(diagnostics, null, 2);
  return format === 'github' ? printGithub(diagnostics, folder) : printTerminal(diagnostics, folder, colour);
}
