import type { Instant } from '../../src/core/days.ts';
import type { Channel } from '../../src/core/schema/channel.ts';
import { isCampaign } from '../../src/core/schema/channel.ts';
import type { Notice } from '../../src/formats/notices/notice.ts';
import { SERVICES } from '../../src/formats/notices/services.ts';
import type { Published } from '../publish/published.ts';
import type { CommandContext } from '../lib/context.ts';
import type { Sleep } from '../lib/retry.ts';
import { CommandError } from '../lib/errors.ts';
import { campaigner, campaignOf } from './campaign.ts';
import type { SendResult } from './post.ts';
import { destinationOf, persist, poster } from './post.ts';
import { mailer, mailOf } from './mail.ts';
import type { Origin } from './record.ts';

/** The most time that a run sends, in milliseconds. */
const BOUND = 5 * 60_000;

/** The result of sending an update to a channel. */
export interface Delivery {
  channel: string;
  update: string;
  sent: boolean;
  /** Whether it counts as sent, although it may not have arrived. */
  doubtful?: true;
  /** The reason, or a note. */
  note?: string;
}

interface Progress {
  /** How often it may have arrived without a response, or in a run that was stopped. */
  arrivals: number;
  /** How many addresses are done. */
  reached: number;
  /** What was kept of the first message of its event. */
  thread?: string | undefined;
}

export interface DeliveryRun {
  /** The notices in the language of a channel. */
  editionIn: Published['editionIn'];
  env: CommandContext['env'];
  now: () => Instant;
  sleep: Sleep;
  originOf: (notice: Notice) => Origin;
  /** Whether another run has sent it meanwhile. */
  isDone: (notice: Notice, channel: string) => boolean;
  /** The result of earlier runs. */
  earlier: (notice: Notice, channel: string) => Progress;
  /** Records the progress of updates to a channel. */
  record: (channel: string, entries: readonly Step[]) => Promise<void>;
}

/** A recorded step of an update: about to be sent, or its result. */
export interface Step {
  notice: Notice;
  how: 'sending' | 'sent' | 'part' | 'unanswered' | 'unsent';
  /** How many addresses are done. */
  reached?: number;
  /** How often it may have arrived once it is sent. */
  attempt?: number;
  /** What later messages need to answer it. */
  thread?: string;
}

/** A message that may have arrived this often is not sent again. */
const MOST_ARRIVALS = 2;
const STOPPED =
  'Two runs were stopped while sending it, so it may have arrived once, twice or not at all. Check the channel: it will not be sent again.';

/**
 * Sends to all channels at the same time, and to each in order of time. If one update cannot be sent, later ones wait.
 * @throws what `record` throws, after which nothing more is sent: the next run would send all of it again
 */
export async function deliver(
  deliveries: ReadonlyMap<Channel, readonly Notice[]>,
  run: DeliveryRun,
): Promise<Delivery[]> {
  const stop = new AbortController();
  const enough = AbortSignal.any([AbortSignal.timeout(BOUND), stop.signal]);
  const runs = [...deliveries].map(([channel, notices]) =>
    deliverTo(channel, notices, run, enough).catch((error: unknown) => {
      stop.abort();
      throw error;
    }),
  );
  const results = await Promise.allSettled(runs);
  return results.flatMap((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}

async function deliverTo(
  channel: Channel,
  notices: readonly Notice[],
  run: DeliveryRun,
  enough: AbortSignal,
): Promise<Delivery[]> {
  const { name } = channel;
  const gap = channel.type === 'email' || isCampaign(channel) ? 0 : (SERVICES[channel.type].gap ?? 0);
  const done: Delivery[] = [];
  // The result of one is pushed together with the start of the next.
  let ended: Step[] = [];
  for (const [index, notice] of notices.entries()) {
    if (run.isDone(notice, name)) continue;
    const earlier = run.earlier(notice, name);
    if (earlier.arrivals >= MOST_ARRIVALS) {
      done.push({ channel: name, update: notice.id, sent: true, doubtful: true, note: STOPPED });
      ended.push({ notice, how: 'sent' });
      continue;
    }
    await run.record(name, [...ended, { notice, how: 'sending', attempt: earlier.arrivals + 1 }]);
    if (gap > 0 && done.length > 0) await run.sleep(gap);
    const result = settled(await send(channel, notice, run, enough), earlier);
    const note = result.sent ? result.note : result.why;
    done.push({ channel: name, update: notice.id, sent: result.sent, ...(note !== undefined && { note }) });
    ended = [{ notice, ...endOf(result) }];
    if (result.sent || result.onlyThis) continue;
    const waiting = notices.slice(index + 1).map(({ id }) => id);
    const why = 'It is waiting for the previous message.';
    done.push(...waiting.map((update) => ({ channel: name, update, sent: false, note: why })));
    break;
  }
  if (ended.length > 0) await run.record(name, ended);
  return done;
}

function endOf(result: SendResult): Pick<Step, 'how' | 'reached' | 'thread'> {
  if (result.sent) return { how: 'sent', ...(result.thread !== undefined && { thread: result.thread }) };
  const { unanswered, reached } = result;
  if (reached === undefined) return { how: unanswered ? 'unanswered' : 'unsent' };
  return { how: unanswered ? 'unanswered' : 'part', reached };
}

/** An update that was sent twice without a response counts as sent, so that nobody gets it with every run. */
function settled(result: SendResult, earlier: Progress): SendResult {
  if (result.sent || !result.unanswered || earlier.arrivals === 0) return result;
  if ((result.reached ?? 0) !== earlier.reached) return result;
  return { sent: true, note: `${result.why} This is the second time, so it counts as sent.` };
}

/** Sends an update to a channel, and records nothing. @param enough ends it */
export async function send(
  channel: Channel,
  notice: Notice,
  run: Pick<DeliveryRun, 'editionIn' | 'env' | 'now' | 'sleep' | 'originOf' | 'earlier'>,
  enough: AbortSignal,
): Promise<SendResult> {
  const { env, now, sleep, originOf } = run;
  const { reached, thread } = run.earlier(notice, channel.name);
  try {
    const { context, noticeOf } = run.editionIn(channel.locale);
    if (channel.type === 'email') {
      const mail = mailOf(channel, noticeOf(notice), context, originOf(notice));
      return await persist(mailer(channel, mail, env, now(), enough, reached), sleep, enough);
    }
    if (isCampaign(channel)) {
      const campaign = campaignOf(channel, noticeOf(notice), context, originOf(notice).update);
      return await persist(campaigner(channel, campaign, env, enough), sleep, enough);
    }
    const destination = destinationOf(channel, originOf(notice), now(), thread);
    return await persist(poster(channel, noticeOf(notice), context, destination, env, enough, reached), sleep, enough);
  } catch (error) {
    // Words of others may hold a secret.
    const why = error instanceof CommandError ? error.message : `The message could not be created (${nameOf(error)}).`;
    return { sent: false, why, passing: false };
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
