import type { Progress } from '../lib/output.ts';
import type { CommandContext } from '../lib/context.ts';
import { interrupted } from '../lib/errors.ts';
import { reportFailure } from '../lib/failure.ts';

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
