import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { CommandContext } from '../context.ts';
import { Problem } from '../problem.ts';

const account = z.object({ login: z.string() });

/** @see https://docs.github.com/en/webhooks/webhook-events-and-payloads#issues */
export const issueEvent = z.object({
  action: z.string(),
  issue: z.object({ number: z.number().int(), body: z.string().nullable(), user: account.nullable() }),
  sender: account,
  /** What an edit changed. */
  changes: z.object({ body: z.unknown() }).partial().optional(),
});
export type IssueEvent = z.output<typeof issueEvent>;

/** @see https://docs.github.com/en/webhooks/webhook-events-and-payloads#workflow_dispatch */
export const manualEvent = z.object({
  inputs: z.record(z.string(), z.unknown()).nullable(),
  repository: z.object({ default_branch: z.string() }),
});

/**
 * The event that a job runs for. It comes from a file, so that nothing of it ever stands in a script.
 * @throws {Problem} when it is none of that kind
 */
export async function readEvent<T>(schema: z.ZodType<T>, env: CommandContext['env']): Promise<T> {
  const path = env['GITHUB_EVENT_PATH'];
  if (!path) throw new Problem('This runs in a workflow of GitHub, which names the event in GITHUB_EVENT_PATH.');
  const text = await readFile(path, 'utf8').catch(() => '');
  const { data } = schema.safeParse(parsed(text));
  if (data === undefined) throw new Problem('The event that this job runs for is none that a form comes with.');
  return data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
