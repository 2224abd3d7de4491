import { contentFolder } from '../../src/reader/files.ts';
import type { CommandContext } from '../lib/context.ts';
import { printDiagnostics } from '../lib/diagnostics.ts';
import { AuthorError, Interrupted } from '../lib/errors.ts';

/** What a command has reached so far. */
export interface Progress {
  /** A full sentence on the state of the files; printed after any failure. */
  state: string;
}

/**
 * Runs a command that writes. After a failure it says why and what state the files are in, and ends with 1;
 * after Ctrl-C with 130.
 * @param work returns what `--json` prints
 */
export async function runAuthoring(
  { env, out, err }: CommandContext,
  { json }: { json?: boolean },
  work: (progress: Progress) => Promise<object>,
): Promise<void> {
  const progress: Progress = { state: 'Nothing was written.' };
  const fail = (error: unknown, exitCode: number): void => {
    process.exitCode = exitCode;
    const reason =
      error instanceof Interrupted ? 'Interrupted.' : error instanceof Error ? error.message : String(error);
    const diagnostics = error instanceof AuthorError ? error.diagnostics : [];
    if (json) out(`${JSON.stringify({ error: reason, state: progress.state, diagnostics }, null, 2)}\n`);
    else {
      const colour = Boolean(process.stderr.isTTY);
      if (diagnostics.length > 0)
        err(`${printDiagnostics(diagnostics, 'terminal', { folder: contentFolder(env), colour })}\n\n`);
      err(`${reason}\n${progress.state}\n`);
    }
  };
  const onSignal = (): void => {
    fail(new Interrupted(), 130);
    process.exit();
  };
  process.once('SIGINT', onSignal);
  try {
    const report = await work(progress);
    if (json) out(`${JSON.stringify(report, null, 2)}\n`);
  } catch (error) {
    fail(error, error instanceof Interrupted ? 130 : 1);
  } finally {
    process.off('SIGINT', onSignal);
  }
}
