import { contentFolder } from '../../src/reader/files.ts';
import type { CommandContext } from './context.ts';
import { printDiagnostics } from './diagnostics.ts';
import { CommandError, interrupted } from './errors.ts';
import type { Progress } from './output.ts';
import { usesColour, workflowCommand } from './output.ts';

/**
 * Says why a command failed: as JSON, as an annotation of the workflow that it runs in, or in plain text. Where the
 * reason is a bug, it names the files that trigger it.
 * @returns the exit code
 */
export async function reportFailure(
  error: unknown,
  { env, out, err }: CommandContext,
  { state, json }: Partial<Progress> & { json?: boolean | undefined } = {},
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

/** Whether an error is a bug: neither a `CommandError`, nor an error of the operating system such as a full disk. */
function isBug(error: unknown): boolean {
  return !(error instanceof CommandError) && !(error instanceof Error && 'syscall' in error);
}

/**
 * Runs a command that writes. A failure, or Ctrl-C, is reported with the state that the files are in.
 * @param work returns what `--json` prints
 */
export async function runAuthoring(
  context: CommandContext,
  { json }: { json?: boolean },
  work: (progress: Progress) => Promise<object>,
): Promise<void> {
  const progress: Progress = { state: 'Nothing was written.' };
  const fail = async (error: unknown): Promise<void> => {
    process.exitCode = await reportFailure(error, context, { ...progress, json });
  };
  const onSignal = (): void => void fail(interrupted()).then(() => process.exit());
  process.once('SIGINT', onSignal);
  try {
    const report = await work(progress);
    if (json) context.out(`${JSON.stringify(report, null, 2)}\n`);
  } catch (error) {
    await fail(error);
  } finally {
    process.off('SIGINT', onSignal);
  }
}
