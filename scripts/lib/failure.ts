import { contentFolder } from '../../src/reader/files.ts';
import type { CommandContext } from './context.ts';
import { printDiagnostics } from './diagnostics.ts';
import { CommandError } from './errors.ts';
import { usesColour, workflowCommand } from './output.ts';

interface Progress {
  /** A full sentence on the state of the files. */
  state?: string;
  /** Whether the command prints JSON. */
  json?: boolean | undefined;
}

/**
 * Says why a command failed: as JSON, as an annotation of the workflow that it runs in, or in plain text. Where the
 * reason is a bug, it names the files that trigger it.
 * @returns the exit code
 */
export async function reportFailure(
  error: unknown,
  { env, out, err }: CommandContext,
  { state, json }: Progress = {},
): Promise<number> {
  const { diagnostics, exitCode } = error instanceof CommandError ? error : { diagnostics: [], exitCode: 1 };
  const reason = error instanceof Error ? error.message : String(error);
  if (json) {
    out(`${JSON.stringify({ error: reason, state, diagnostics }, null, 2)}\n`);
    return exitCode;
  }
  const onGitHub = Boolean(env['GITHUB_ACTIONS']);
  if (diagnostics.length > 0) {
    const place = { folder: contentFolder(env), colour: usesColour(env, process.stderr) };
    err(`${printDiagnostics(diagnostics, onGitHub ? 'github' : 'terminal', place)}\n\n`);
  }
  err(`${onGitHub ? workflowCommand('error', reason) : reason}\n`);
  if (state !== undefined) err(`${state}\n`);
  if (isBug(error)) {
    const named = await import('./culprits.ts').then(({ nameCulprits }) => nameCulprits(env)).catch(() => undefined);
    if (named !== undefined) err(`${named}\n`);
  }
  return exitCode;
}

/** Neither a reason in full sentences, nor a refusal of the operating system: no permission, no space, no such file. */
function isBug(error: unknown): boolean {
  return !(error instanceof CommandError) && !(error instanceof Error && 'syscall' in error);
}
