import { createHash, createHmac } from 'node:crypto';
import type { CommandContext } from '../lib/context.ts';
import { POST, readSecretList, readSecretUrl, readSigningKey } from './secrets.ts';
import type { FeedContext } from '../../src/formats/context.ts';
import type { Notice } from '../../src/formats/notices/notice.ts';
import type { Destination, PostedChannel } from '../../src/formats/notices/services.ts';
import { SERVICES } from '../../src/formats/notices/services.ts';
import type { Instant } from '../../src/core/days.ts';
import type { Origin } from './record.ts';
import type { Sleep } from '../lib/retry.ts';
import { retry } from '../lib/retry.ts';

type Environment = CommandContext['env'];

/** In milliseconds. */
export const PATIENCE = 20_000;

/** Where a message goes, and what it belongs to. @param thread what was kept of the first message of its event */
export function destinationOf(
  channel: PostedChannel,
  { update, first }: Origin,
  now: Instant,
  thread?: string,
): Destination {
  const to = 'to' in channel ? channel.to : '';
  return {
    to: SERVICES[channel.type].each ? `(the secret ${to})` : to,
    from: 'from' in channel ? channel.from : '',
    id: createHash('sha256').update(`${channel.name} ${update}`).digest('hex').slice(0, 32),
    event: first,
    thread,
    now,
  };
}

/** What is posted to a channel. */
export function bodyOf(
  { type }: PostedChannel,
  notice: Notice,
  context: FeedContext,
  destination: Destination,
): object {
  return SERVICES[type].body(notice, context, destination);
}

/**
 * Posts a message as the table of services says, to each recipient if there are several.
 * @param reached how many recipients are done with it from an earlier run
 * @returns one try; a further one goes on where the one before failed
 * @throws {CommandError} when a secret is not there, or is of no use
 */
export function poster(
  channel: PostedChannel,
  notice: Notice,
  context: FeedContext,
  destination: Destination,
  env: Environment,
  enough: AbortSignal,
  reached = 0,
): () => Promise<SendResult> {
  const recipients =
    SERVICES[channel.type].each && 'to' in channel ? readSecretList(channel.to, env) : [destination.to];
  const send = (to: string, thread: string | undefined) => {
    const own = { ...destination, to, thread };
    return post(channel, bodyOf(channel, notice, context, own), own, env, enough);
  };
  let done = reached;
  let refused = 0;
  return async () => {
    let result: SendResult = { sent: true };
    while (done < recipients.length) {
      const to = recipients[done] ?? '';
      result = await send(to, destination.thread);
      // The message that it answers may have been deleted.
      if (!result.sent && result.isUnknown && destination.thread) result = await send(to, undefined);
      const taken = refused < done;
      if (!result.sent) {
        if (!result.onlyThis || (done + 1 === recipients.length && !taken))
          return { ...result, ...(taken && { reached: done }) };
        refused += 1;
      }
      done += 1;
    }
    const note = `${refused} of ${recipients.length} recipients were rejected`;
    return { ...(result.sent && result), sent: true, ...(refused > 0 && { note }) };
  };
}

/** Nothing that is said of it tells the address, nor what the other side answers, which may repeat it. */
async function post(
  channel: PostedChannel,
  body: object,
  destination: Destination,
  env: Environment,
  enough: AbortSignal,
): Promise<SendResult> {
  const service = SERVICES[channel.type];
  const address = readSecretUrl(channel.url, POST, env);
  const key = 'sign' in channel && channel.sign !== undefined ? readSigningKey(channel.sign, env) : undefined;
  let isOut = false;
  try {
    const [user, password] = [address.username, address.password].map(decodeURIComponent) as [string, string];
    const basic = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    let authorization = service.bearer ? `Bearer ${user}` : user || password ? basic : '';
    const ask = async (path: string, payload: string, headers: Record<string, string> = {}, method = 'POST') => {
      const url = new URL(address);
      url.username = url.password = '';
      url.pathname = url.pathname.replace(/\/$/, '') + path;
      for (const [name, value] of Object.entries(service.query ?? {})) url.searchParams.set(name, value);
      return fetch(url, {
        method,
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'user-agent': 'Candor',
          ...(authorization && { authorization }),
          ...headers,
        },
        body: payload,
        redirect: 'manual',
        signal: AbortSignal.any([AbortSignal.timeout(PATIENCE), enough]),
      });
    };
    let fields = service.fromAddress?.(address);
    if (service.session) {
      const { path, field } = service.session;
      authorization = '';
      const session = await ask(path, JSON.stringify({ identifier: user, password }));
      const answer = await readAnswer(session);
      if (!session.ok) return resultOf(session, channel.url);
      authorization = `Bearer ${String(valueAt(answer, 'accessJwt'))}`;
      fields = { [field[1]]: valueAt(answer, field[0]) };
    }
    const whole = { ...fields, ...body };
    const payload = service.form
      ? new URLSearchParams(whole as Record<string, string>).toString()
      : JSON.stringify(whole);
    const headers = {
      ...(service.form && { 'content-type': 'application/x-www-form-urlencoded' }),
      ...(service.idempotency && { [service.idempotency]: destination.id }),
      ...(key && signature(key, destination, payload)),
    };
    isOut = true;
    const response = await ask(service.path?.(destination, user) ?? '', payload, headers, service.method);
    const answer = await readAnswer(response);
    const [field, unit] = service.wait ?? ['', 0];
    const result = resultOf(response, channel.url, Number(valueAt(answer, field)) * unit);
    const kept = service.thread?.map((name) => valueAt(answer, name) ?? valueAt(whole, name));
    if (!result.sent || !kept || kept.includes(undefined)) return result;
    const thread = destination.thread ?? kept.join(' ');
    // An answer may repeat the account, and the delivery log is readable by everybody who can read the repository.
    const isSafe = ![user, password].some((secret) => secret !== '' && thread.includes(secret));
    return { ...result, ...(isSafe && { thread }) };
  } catch (error) {
    return silence(error, channel.url, isOut);
  }
}

/** What it means that there is no answer. @param isOut whether what was asked may make the message arrive */
export function silence(error: unknown, secret: string, isOut: boolean): SendResult {
  // What cannot be reached has a shorter time to show it in, so here the body went out.
  if (isOut && error instanceof Error && error.name === 'TimeoutError') {
    const why = `${secret} did not respond within ${PATIENCE / 1000} seconds, so the message may have arrived.`;
    return { sent: false, why, passing: false, unanswered: true };
  }
  return { sent: false, why: `${secret} did not respond (${codeOf(error)}).`, passing: true };
}

/** What is wrong with an answer is no reason to send again what it says has arrived. */
async function readAnswer(response: Response): Promise<unknown> {
  return response.json().catch(() => undefined);
}

/** The value at a path in an answer: `result.message_id`. */
function valueAt(answer: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, name) => (inner as Record<string, unknown> | null | undefined)?.[name], answer); // prettier-ignore
}

/**
 * The headers by which a receiver knows that a message is from here, and knows it again:
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#signature-scheme
 */
export function signature(
  key: Buffer,
  { id, now }: Pick<Destination, 'id' | 'now'>,
  payload: string,
): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const signed = createHmac('sha256', key).update(`${id}.${timestamp}.${payload}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signed}` };
}

/** @param asked how long the answer itself asks to wait, in milliseconds */
export function resultOf({ ok, status, headers }: Response, secret: string, asked = 0): SendResult {
  if (ok) return { sent: true };
  const passing = status >= 500 || status === 408 || status === 429;
  const pause = !passing ? undefined : asked > 0 ? asked : pauseOf(headers);
  return {
    sent: false,
    why: `${secret} returned ${status}${hintFor(status)}.`,
    passing,
    ...(pause !== undefined && { pause }),
    ...([400, 413, 422].includes(status) && { onlyThis: true }),
    ...([400, 404, 422].includes(status) && { isUnknown: true }),
  };
}

/** `Retry-After` is in seconds, or a date that is read by the other side's clock; a reset is a date, or seconds since 1970. */
function pauseOf(headers: Headers): number | undefined {
  const after = headers.get('retry-after');
  if (after !== null && /^\s*\d+(\.\d+)?\s*$/.test(after)) return Number(after) * 1000;
  const reset = after ?? headers.get('x-ratelimit-reset') ?? headers.get('ratelimit-reset');
  if (reset === null) return undefined;
  const at = /^\d+$/.test(reset) ? Number(reset) * 1000 : Date.parse(reset);
  const pause = at - Date.parse(headers.get('date') ?? '');
  return Number.isNaN(pause) ? undefined : Math.max(0, pause);
}

function hintFor(status: number): string {
  if (status >= 300 && status < 400) return ': its URL redirects to another one. Put the new URL into the secret';
  if (status === 401 || status === 403) return ': access to its URL is denied';
  if (status === 404 || status === 410) return ': its URL no longer exists';
  if (status === 400 || status === 413 || status === 422) return ': it rejects this message';
  if (status === 429) return ': it accepts no more messages for now';
  return '';
}

/** The kind of an error, without its words. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = (cause as { code?: unknown } | undefined)?.code;
  if (typeof code === 'string') return code;
  return cause instanceof Error ? cause.name : 'no reason given';
}

/** What one try to send something came to. */
export type SendResult =
  | {
      sent: true;
      note?: string;
      /** What later messages need to answer this one. Holds no secret. */
      thread?: string;
    }
  | {
      sent: false;
      /** A full sentence without any secret. */
      why: string;
      /** Whether the same may do in a moment. */
      passing: boolean;
      /** How long the other side asks to wait, in milliseconds. */
      pause?: number;
      /** Whether it is this message that is refused, and another may do. */
      onlyThis?: true;
      /** Whether something that it names, such as the message that it answers, may not be there any more. */
      isUnknown?: true;
      /** Whether it went out and nothing came back: it may have arrived, so that a further try may be a second message. */
      unanswered?: true;
      /** How many of its recipients are done with it. */
      reached?: number;
    };

/**
 * Tries again while the other side is down for a moment.
 * @param enough ends the whole run
 */
export async function persist(send: () => Promise<SendResult>, sleep: Sleep, enough: AbortSignal): Promise<SendResult> {
  return retry<SendResult>(async () => (enough.aborted ? OVER : send()), {
    wait: (result) => (result.sent || !result.passing || enough.aborted ? undefined : (result.pause ?? 0)),
    sleep,
  });
}

const OVER: SendResult = { sent: false, why: 'This run ran out of time.', passing: true };
