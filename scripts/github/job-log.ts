import type { CommandContext } from '../context.ts';
import { loggable, printable } from '../printable.ts';
import { addToSummary } from './job-summary.ts';

/** Prints a text; `summary` is the same as Markdown, for the summary of the job. */
export type Say = (text: string, summary?: string) => Promise<void>;

/** Says what a job does in its log and in its summary; outside of one, where the command prints. */
export function jobLog({ env, out }: CommandContext): Say {
  return async (text, summary = text) => {
    out(`${loggable(text)}\n`);
    await addToSummary(summary, env);
  };
}

/** Text of others as Markdown that does not take it for Markdown. */
export function asBlock(text: string): string {
  return `\`\`\`text\n${printable(text).replaceAll('`', '’')}\n\`\`\``;
}
