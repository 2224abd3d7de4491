import type { CommandContext } from '../lib/context.ts';
import { POST, readSecretUrl } from './secrets.ts';
import type { Channel } from '../../src/core/schema/channel.ts';
import type { FeedContext } from '../../src/formats/context.ts';
import { discordBody } from '../../src/formats/notices/discord.ts';
import type { Notice } from '../../src/formats/notices/notice.ts';
import { slackBody } from '../../src/formats/notices/slack.ts';
import { teamsBody } from '../../src/formats/notices/teams.ts';
import { webhookBody } from '../../src/formats/notices/webhook.ts';
import type { Sleep } from '../lib/retry.ts';
import { retry } from '../lib/retry.ts';

const PATIENCE = 20_000;

/**
 * Posts a body as JSON to the address that a secret holds. Nothing that is said of it tells the address, nor what the
 * other side answers, which may repeat it.
 * @throws {CommandError} when the secret is not there, or holds no address
 */
export async function post(
  secret: string,
  body: object,
  env: CommandContext['env'],
  enough: AbortSignal,
): Promise<SendResult> {
  const url = readSecretUrl(secret, POST, env);
  const { username, password } = url;
  url.username = url.password = '';
  try {
    const basic = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Candor',
        ...(username && { authorization: `Basic ${basic}` }),
      },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.any([AbortSignal.timeout(PATIENCE), enough]),
    });
    await answer.body?.cancel();
    return resultOf(answer, secret);
  } catch (error) {
    // What cannot be reached has a shorter time to show it in, so here the body went out.
    if (error instanceof Error && error.name === 'TimeoutError') {
      const why = `${secret} did not respond within ${PATIENCE / 1000} seconds, so the message may have arrived.`;
      return { sent: false, why, passing: false, unanswered: true };
    }
    return { sent: false, why: `${secret} did not respond (${codeOf(error)}).`, passing: true };
  }
}

function resultOf({ ok, status, headers }: Response, secret: string): SendResult {
  if (ok) return { sent: true };
  const passing = status >= 500 || status === 408 || status === 429;
  const pause = passing ? pauseOf(headers.get('retry-after'), headers.get('date')) : undefined;
  return {
    sent: false,
    why: `${secret} returned ${status}${hintFor(status)}.`,
    passing,
    ...(pause !== undefined && { pause }),
    ...([400, 413, 422].includes(status) && { onlyThis: true }),
  };
}

/** `Retry-After` is in seconds, or a date that is read by the other side's clock. */
function pauseOf(after: string | null, date: string | null): number | undefined {
  if (after === null) return undefined;
  const pause = /^\s*\d+(\.\d+)?\s*$/.test(after) ? Number(after) * 1000 : Date.parse(after) - Date.parse(date ?? '');
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

type PostedType = Exclude<Channel['type'], 'email'>;

const BODIES: Readonly<Record<PostedType, (notice: Notice, context: FeedContext) => object>> = {
  slack: slackBody,
  teams: teamsBody,
  discord: discordBody,
  webhook: webhookBody,
};

/** What is posted to a channel. */
export function bodyOf(type: PostedType, notice: Notice, context: FeedContext): object {
  return BODIES[type](notice, context);
}

/** What one try to send something came to. */
export type SendResult =
  | { sent: true; note?: string }
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
      /** Whether it went out and nothing came back: it may have arrived, so that a further try may be a second message. */
      unanswered?: true;
      /** How many of the addresses of a mail are done with it. */
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
