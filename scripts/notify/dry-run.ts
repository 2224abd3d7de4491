import type { Published } from '../publish/published.ts';
import type { Channel } from '../../src/core/schema/channel.ts';
import { isAddress, isCampaign } from '../../src/core/schema/channel.ts';
import type { Notice } from '../../src/formats/notices/notice.ts';
import { noticeText } from '../../src/formats/notices/text.ts';
import { contentFolder } from '../../src/reader/files.ts';
import type { CommandContext } from '../lib/context.ts';
import { printable } from '../../src/core/printable.ts';
import { CommandError } from '../lib/errors.ts';
import { bodyOf, destinationOf } from './post.ts';
import { fetchRecord, findRemote } from './branch.ts';
import { isFor, isOld, planNotices } from './plan.ts';
import { eventOf, NoticeRecord, originFinder, readLines } from './record.ts';
import { campaignOf } from './campaign.ts';
import { mailOf } from './mail.ts';
import { splitChannels } from './notify.ts';

/** Shows what would be sent, and sends and writes nothing. Needs no secrets and no delivery log. */
export async function showNotices(published: Published, json: boolean, { env, out }: CommandContext): Promise<void> {
  const { head, why } = await foundRecord(env);
  const { notices } = published;
  const { usable, unusable } = splitChannels(published);
  const deliveries = head
    ? planNotices(published, true, usable, head).deliveries
    : samples(notices, usable, published.now);
  const shown = usable.map((channel) => ({ channel, news: deliveries.get(channel) ?? [] }));
  if (json) {
    const channels = shown.map(({ channel, news }) => asData(channel, news, published, head));
    out(`${JSON.stringify({ ...(why !== undefined && { note: why }), channels }, null, 2)}\n`);
    return;
  }
  const texts = [
    ...(why === undefined ? [] : [why]),
    ...unusable.map(({ channel, why: reason }) => `${channel}: ${reason}`),
    ...shown.flatMap(({ channel, news }) => asText(channel, news, published)),
  ];
  out(`${texts.join('\n\n')}\n`);
}

/** The record, or why there is none: then what would be sent is shown as if it were news. */
async function foundRecord(env: CommandContext['env']): Promise<{ head?: NoticeRecord; why?: string }> {
  const instead = 'Below are the updates of the last seven days, or the newest one, as they would be sent.';
  try {
    const { head, text } = await fetchRecord(await findRemote(contentFolder(env), env));
    if (head !== undefined) return { head: new NoticeRecord(readLines(text)) };
    return {
      why: `Nothing has been sent yet. The first run sends nothing; it only records the updates that are already public. ${instead}`,
    };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { why: `${error.message} ${instead}` };
  }
}

function samples(notices: readonly Notice[], channels: readonly Channel[], now: number): Map<Channel, Notice[]> {
  return new Map(
    channels.map((channel) => {
      const all = notices.filter((notice) => isFor(channel, notice));
      const news = all.filter((notice) => !isOld(notice, now));
      return [channel, news.length > 0 ? news : all.slice(-1)];
    }),
  );
}

/** Around names of the other direction. A terminal that shows what cannot be seen would only be disturbed by them. */
const ISOLATES = /[\u2068\u2069]/g;

function asText({ name, type, locale }: Channel, news: readonly Notice[], { editionIn }: Published): string[] {
  const { context, noticeOf, ...edition } = editionIn(locale);
  const more = [...(name === type ? [] : [type]), ...(locale === undefined ? [] : [edition.locale])];
  const head = more.length === 0 ? name : `${name} (${more.join(', ')})`;
  if (news.length === 0) return [`${head}: nothing to send.`];
  return news.map((notice) => {
    // In a log of GitHub no line of it may be a command.
    const text = noticeText(noticeOf(notice), context).replace(ISOLATES, '');
    const lines = printable(text).replaceAll('##[', '## [').split('\n');
    return [`${head}: ${notice.id}`, ...lines.map((line) => `  | ${line}`.trimEnd())].join('\n');
  });
}

function asData(
  channel: Channel,
  news: readonly Notice[],
  { editionIn, notices, now }: Published,
  record: NoticeRecord | undefined,
): object {
  const originOf = originFinder(notices, () => record);
  const { context, noticeOf, locale } = editionIn(channel.locale);
  const messages = news.map((notice) => {
    if (isCampaign(channel))
      return { update: notice.id, body: campaignOf(channel, noticeOf(notice), context, originOf(notice).update) };
    if (channel.type !== 'email') {
      const thread = record?.threadOf(channel.name, eventOf(notice.id));
      const destination = destinationOf(channel, originOf(notice), now, thread);
      return { update: notice.id, body: bodyOf(channel, noticeOf(notice), context, destination) };
    }
    const mail = mailOf(channel, noticeOf(notice), context, originOf(notice));
    return {
      update: notice.id,
      body: { ...mail, to: isAddress(channel.to) ? channel.to : `(the secret ${channel.to})` },
    };
  });
  return { name: channel.name, type: channel.type, ...(channel.locale !== undefined && { locale }), messages };
}
