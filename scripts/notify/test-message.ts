import type { Published } from '../publish/published.ts';
import { buildLedger } from '../../src/core/ledger.ts';
import type { Announcement } from '../../src/core/model.ts';
import type { FeedContext } from '../../src/formats/context.ts';
import type { Notice } from '../../src/formats/notices/notice.ts';
import { noticesOf } from '../../src/formats/notices/notice.ts';
import type { CommandContext } from '../lib/context.ts';
import type { Sleep } from '../lib/retry.ts';
import { CommandError } from '../lib/errors.ts';
import { send } from './deliver.ts';
import { sentence } from './notify.ts';

/**
 * Sends one message, marked as a test, to one channel in its language. It is not recorded, and on no page.
 * @returns the exit code: 1 when it could not be sent
 * @throws {CommandError} when there is no such channel
 */
export async function sendTest(
  name: string,
  { channels, editionIn, now }: Published,
  { env, out }: CommandContext,
  sleep: Sleep,
): Promise<number> {
  const channel = channels.find((one) => one.name === name);
  if (!channel) {
    const names = channels.map((one) => one.name).join(', ');
    throw new CommandError(`There is no channel “${name}” in content/site.yml. Its channels are: ${names}.`);
  }
  const edition = editionIn(channel.locale);
  const notice = testNotice(edition.context, now);
  const id = `${notice.id}-${now}`;
  const run = {
    editionIn: () => ({ ...edition, noticeOf: () => notice }),
    env,
    now: () => now,
    sleep,
    originOf: () => ({ update: id, first: id }),
    earlier: () => ({ arrivals: 0, reached: 0 }),
  };
  const result = await send(channel, notice, run, new AbortController().signal);
  const note = result.sent ? result.note : result.why;
  out(
    `${name}: the test ${result.sent ? 'is sent' : 'is not sent'}.${note === undefined ? '' : ` ${sentence(note)}`}\n`,
  );
  return result.sent ? 0 : 1;
}

function testNotice({ ledger, words }: FeedContext, now: number): Notice {
  const text = words.say('message.test_text');
  const event: Announcement = {
    kind: 'announcement',
    id: 'test',
    file: '',
    title: words.say('message.test'),
    impact: 'none',
    areas: [],
    components: {},
    from: now,
    until: now,
    pinned: false,
    lang: words.locale,
    bodyLang: words.locale,
    linkLines: new Map(),
    translations: new Map(),
    updates: [],
    body: { type: 'root', children: [{ type: 'paragraph', children: [{ type: 'text', value: text }] }] },
  };
  const content = { ...ledger.content, incidents: [], maintenance: [], announcements: [event] };
  const [notice] = noticesOf(buildLedger(content, now));
  if (!notice) throw new RangeError('An announcement is a notice.');
  return { ...notice, url: ledger.content.site.url.href };
}
