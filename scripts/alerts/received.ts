import type { Instant } from '../../src/core/days.ts';
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { CommandContext } from '../lib/context.ts';
import type { GitHub } from '../lib/github.ts';
import type { Sleep } from '../lib/retry.ts';
import { CommandError } from '../lib/errors.ts';
import { readStandardInput } from '../lib/files.ts';
import { parseExactly } from './payload.ts';
import { readClock } from '../../src/reader/clock.ts';

/** The largest alert, in bytes. */
const LARGEST = 5 * 1024 * 1024;

const event = z.object({
  client_payload: z.record(z.string(), z.unknown()).nullish(),
  inputs: z.looseObject({ body: z.string().optional() }).nullish(),
});

/**
 * The text of an alert from a file, or from standard input for `-`.
 * @throws {CommandError} if there is no such file, or it is too large
 */
export async function textFromFile(path: string): Promise<string> {
  const bytes = await (path === '-' ? readStandardInput() : readFile(path)).catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(`The alert cannot be read from ${path} (${error.code}).`);
  });
  return textOf(bytes);
}

/**
 * The text of an alert from the event that started a workflow: forwarded by the relay (`body` alone, or `gzip` if it is
 * long), typed into a manual run, or sent by a monitor that calls GitHub itself with a `client_payload`.
 * @throws {CommandError} if the event has none
 */
export async function textFromEvent(path: string | undefined): Promise<string> {
  const missing = () =>
    new CommandError('The GitHub event contains no alert: it has neither client_payload nor the input “body”.');
  if (!path)
    throw new CommandError(
      'To read an alert from the GitHub event, the environment variable GITHUB_EVENT_PATH must be set.',
    );
  const { data } = event.safeParse(parseExactly(await readFile(path, 'utf8')));
  if (!data) throw missing();
  const { client_payload: sent, inputs } = data;
  if (sent) return textSent(sent);
  if (inputs?.body === undefined || inputs.body.trim() === '') throw missing();
  return inputs.body;
}

const runSchema = z.object({ created_at: z.iso.datetime({ offset: true }) });

/**
 * When the alert of a re-run job was received. Undefined for the first run, which receives it now.
 * @throws {CommandError} if GitHub does not answer
 */
export async function receivedAt({ request }: GitHub, env: CommandContext['env']): Promise<Instant | undefined> {
  const { GITHUB_RUN_ID: run, GITHUB_RUN_ATTEMPT: attempt = '1' } = env;
  if (!run || attempt === '1') return undefined;
  const { body } = await request('GET', `/actions/runs/${run}`);
  const { data } = runSchema.safeParse(body);
  return data && Date.parse(data.created_at);
}

/** Only a `body` or `gzip` without other fields comes from the relay. Otherwise, it is the monitor's own field. */
function textSent(sent: Readonly<Record<string, unknown>>): string {
  const [key, ...others] = Object.keys(sent);
  const value = others.length === 0 && key !== undefined ? sent[key] : undefined;
  if (key === 'gzip' && typeof value === 'string') return textOf(unpacked(value));
  if (key !== 'body' || value === undefined) return JSON.stringify(sent);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function unpacked(base64: string): Buffer {
  try {
    return gunzipSync(Buffer.from(base64, 'base64'), { maxOutputLength: LARGEST });
  } catch {
    throw new CommandError('The alert in client_payload.gzip cannot be decompressed, or is larger than 5 MB.');
  }
}

function textOf(bytes: Buffer): string {
  if (bytes.length > LARGEST) throw new CommandError(`The alert has ${bytes.length} bytes; the limit is ${LARGEST}.`);
  return bytes.toString('utf8');
}

/** A rule to look at again later. */
interface Pending {
  rule: string;
  next?: number;
}

/** The longest wait. Later work is left to the schedule, because a waiting job blocks others. */
const LONGEST_WAIT = 10 * 60_000;

/**
 * Waits for the next due rule, if that is soon.
 * @param look applies these rules again
 */
export async function waitFor(
  outcomes: readonly Pending[],
  env: CommandContext['env'],
  sleep: Sleep,
  look: (rules: readonly string[]) => Promise<readonly Pending[]>,
): Promise<void> {
  const begun = now(env);
  let pending = outcomes.filter(({ next }) => next !== undefined);
  while (pending.length > 0) {
    const next = Math.min(...pending.map((one) => one.next ?? Infinity));
    if (next - begun > LONGEST_WAIT) return;
    await sleep(Math.max(0, next - now(env)) + 1_000);
    // With a fixed clock (STATUS_NOW), this would never end.
    if (now(env) < next) return;
    pending = (await look(pending.map(({ rule }) => rule))).filter((one) => one.next !== undefined);
  }
}

function now(env: CommandContext['env']): number {
  return readClock(env, { files: [], publicFiles: new Set() });
}
