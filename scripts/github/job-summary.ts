import { appendFile } from 'node:fs/promises';
import type { CommandContext } from '../context.ts';
import { harmless } from '../output.ts';

/**
 * Adds Markdown to the summary of the running job, and the only way to do so.
 * @returns whether there is such a summary
 */
export async function addToSummary(markdown: string, env: CommandContext['env']): Promise<boolean> {
  const path = env['GITHUB_STEP_SUMMARY'];
  if (!path) return false;
  await appendFile(path, `${harmless(markdown, false).trimEnd()}\n\n`);
  return true;
}
