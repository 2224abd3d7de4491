import type { Instant } from '../../core/days.ts';
import type { CampaignChannel, Channel } from '../../core/schema/channel.ts';
import type { ComponentStatus } from '../../core/vocabulary.ts';
import type { FeedContext } from '../context.ts';
import { withoutNames } from './chat-text.ts';
import { discordBody, toneColor } from './discord.ts';
import { fitText } from './fit.ts';
import { HTML, MARKDOWN, SLACK_LIKE, ZULIP } from './markups.ts';
import type { Notice } from './notice.ts';
import type { NoticeParts } from './parts.ts';
import { headlineWithin, partsOf } from './parts.ts';
import { slackBody } from './slack.ts';
import { teamsBody } from './teams.ts';
import { chatText, PLAIN, shortText } from './text.ts';
import { webhookBody } from './webhook.ts';
import type { Markup } from './write.ts';

/** A channel that messages are posted to by HTTP. */
export type PostedChannel = Exclude<Channel, { type: 'email' } | CampaignChannel>;

/** Where in a service a message goes, and what it belongs to. */
export interface Destination {
  /** The room, or the recipient. */
  to: string;
  from: string;
  /** The same for each try of this message. */
  id: string;
  /** The id under which the first message of its incident or maintenance was sent. */
  event: string;
  /** What was kept of that first message; nothing for itself. */
  thread: string | undefined;
  now: Instant;
}

type Body = Readonly<Record<string, unknown>>;

/** How messages get to a service. Its address is a secret, and has the account or token in it: `https://USER:PASSWORD@…`. */
export interface Service {
  body: (notice: Notice, context: FeedContext, destination: Destination) => Body;
  /** What follows the address. @param user the user name in the address */
  path?: (destination: Destination, user: string) => string;
  query?: Readonly<Record<string, string>>;
  /** Default: POST. */
  method?: 'PUT';
  /** Default: JSON. */
  form?: true;
  /** The user name in the address is a token. */
  bearer?: true;
  /** The header for `Destination.id`, by which the service knows a further try. */
  idempotency?: string;
  /** A session to begin first: the answer has the token `accessJwt`, and under a name of its own a field for the body. */
  session?: { path: string; field: readonly [own: string, body: string] };
  /** Fields of the body that are part of the address. */
  fromAddress?: (address: URL) => Body;
  /** The fields of the answer, or else of the body, that later messages need to answer this one. They hold no secret. */
  thread?: readonly string[];
  /** Where the answer 429 says how long to wait, and in which unit, in milliseconds. Default: in its headers. */
  wait?: readonly [field: string, unit: number];
  /** The least time between two messages, in milliseconds. */
  gap?: number;
  /** `to` is a secret with several recipients, who get a request each. */
  each?: true;
}

const SIGNS: Readonly<Record<ComponentStatus, string>> = {
  operational: '✅',
  under_maintenance: '🔧',
  degraded_performance: '⚠️',
  partial_outage: '🔶',
  major_outage: '🛑',
};
/** 3 is the default, 5 pops up and vibrates for long: https://docs.ntfy.sh/publish/#message-priority */
const PRIORITIES: Partial<Record<ComponentStatus, number>> = { partial_outage: 4, major_outage: 5 };
/** The most characters of a title where there is room for few words. */
const TITLE = 150;
const LINK = /https?:\/\/[^\s>]+/g;

const bytesIn = (text: string) => Buffer.byteLength(text);
const graphemesIn = (text: string) => [...new Intl.Segmenter().segment(text)].length;
const signOf = ({ tone }: NoticeParts) => (tone ? SIGNS[tone] : 'ℹ️');
const titleOf = (parts: NoticeParts, { words }: FeedContext) => headlineWithin(parts, words, TITLE, (text) => text);
const signedTitle = (parts: NoticeParts, context: FeedContext) => `${signOf(parts)} ${titleOf(parts, context)}`;

function signedText(notice: Notice, context: FeedContext, markup: Markup, fits: (text: string) => boolean): string {
  const parts = partsOf(notice, context);
  return chatText(parts, context.words, markup, `${signOf(parts)} `, fits);
}

/** The attachments of Slack's former webhooks, with the status as a colour. */
function attachment(notice: Notice, context: FeedContext, markup: Markup, limit: number): Body {
  const parts = partsOf(notice, context);
  const text = chatText(parts, context.words, markup, '', ({ length }) => length <= limit);
  return { attachments: [{ fallback: titleOf(parts, context), color: toneColor(parts), text }] };
}

/** Every service by the type of its channels. What is said of each is from the pages that are named. */
export const SERVICES: Readonly<Record<PostedChannel['type'], Service>> = {
  slack: { body: (notice, context) => ({ ...slackBody(notice, context) }) },
  teams: { body: (notice, context) => ({ ...teamsBody(notice, context) }) },
  discord: { body: (notice, context) => ({ ...discordBody(notice, context) }) },
  webhook: { body: (notice, context) => ({ ...webhookBody(notice, context) }) },

  // https://developers.google.com/workspace/chat/quickstart/webhooks, /format-messages, and /limits: one message a second
  // for a space. A message may have 32,000 bytes; webhooks took 4,096 characters for long.
  'google-chat': {
    query: { messageReplyOption: 'REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD' },
    body: (notice, context, { event }) => ({
      text: signedText(notice, context, SLACK_LIKE, ({ length }) => length <= 4000),
      thread: { threadKey: event },
    }),
    gap: 1000,
  },

  // https://developers.mattermost.com/integrate/webhooks/incoming/ and /integrate/reference/message-attachments/. The answer
  // is "ok", so there is nothing to answer later. Older servers refuse attachments of more than 7,900 characters.
  mattermost: { body: (notice, context) => attachment(notice, context, MARKDOWN, 7000) },

  // https://docs.rocket.chat/docs/integrations. Message_MaxAllowedSize is 5,000 unless an administrator changes it.
  'rocket-chat': { body: (notice, context) => attachment(notice, context, SLACK_LIKE, 4900) },

  // https://core.telegram.org/bots/api#sendmessage: 4,096 characters without markup. https://core.telegram.org/bots/faq:
  // one message a second for a chat, 20 a minute for a group.
  telegram: {
    path: () => '/sendMessage',
    body: (notice, context, { to, thread }) => ({
      chat_id: to,
      text: signedText(notice, context, HTML, (text) => text.replace(/<[^>]*>|&\w+(?=;)/g, '').length <= 4096),
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
      ...(thread && { reply_parameters: { message_id: Number(thread), allow_sending_without_reply: true } }),
    }),
    thread: ['result.message_id'],
    wait: ['parameters.retry_after', 1000],
    gap: 1000,
  },

  // https://spec.matrix.org/latest/client-server-api/#put_matrixclientv3roomsroomidsendeventtypetxnid, #threading and
  // #size-limits: an event has at most 65,536 bytes, with what servers add. An `m.notice` would notify nobody.
  matrix: {
    path: ({ to, id }) => `/_matrix/client/v3/rooms/${encodeURIComponent(to)}/send/m.room.message/${id}`,
    method: 'PUT',
    bearer: true,
    body: (notice, context, { thread }) => {
      const fits = (text: string) => bytesIn(JSON.stringify(text)) <= 28_000;
      return {
        msgtype: 'm.text',
        body: signedText(notice, context, PLAIN, fits),
        format: 'org.matrix.custom.html',
        formatted_body: signedText(notice, context, HTML, fits).replaceAll('\n', '<br>'),
        'm.mentions': {},
        ...(thread && {
          'm.relates_to': {
            rel_type: 'm.thread',
            event_id: thread,
            is_falling_back: true,
            'm.in_reply_to': { event_id: thread },
          },
        }),
      };
    },
    thread: ['event_id'],
    wait: ['retry_after_ms', 1],
  },

  // https://zulip.com/api/send-message: 10,000 characters, 60 in a topic, which is the thread. `stream` is what servers
  // before Zulip 9 call a channel. https://zulip.com/api/rest-error-handling#rate-limit-exceeded
  zulip: {
    path: () => '/api/v1/messages',
    form: true,
    body: (notice, context, { to, thread }) => ({
      type: 'stream',
      to,
      topic: thread ?? fitText(partsOf(notice, context).title, 60),
      content: signedText(notice, context, ZULIP, ({ length }) => length <= 10_000),
    }),
    thread: ['topic'],
    wait: ['retry-after', 1000],
  },

  // https://docs.ntfy.sh/publish/#publish-as-json and #limitations: 4,096 bytes; a longer message becomes a file.
  ntfy: {
    path: () => '/..',
    fromAddress: ({ pathname }) => ({ topic: decodeURIComponent(pathname.split('/').filter(Boolean).at(-1) ?? '') }),
    body: (notice, context) => {
      const parts = partsOf(notice, context);
      return {
        title: signedTitle(parts, context),
        message: shortText(parts, context.words, parts.byline, '', (text) => bytesIn(text) <= 4096),
        priority: (parts.tone && PRIORITIES[parts.tone]) ?? 3,
        tags: [parts.tone ?? 'notice'],
        click: parts.url,
      };
    },
  },

  // https://docs.joinmastodon.org/methods/statuses/#create, and /user/posting/: 500 characters, of which a link counts
  // as 23. https://docs.joinmastodon.org/api/rate-limits/: 300 requests in five minutes.
  mastodon: {
    path: () => '/api/v1/statuses',
    bearer: true,
    idempotency: 'Idempotency-Key',
    body: (notice, context, { thread }) => {
      const parts = partsOf(notice, context);
      const fits = (text: string) => graphemesIn(withoutNames(text).replace(LINK, 'x'.repeat(23))) <= 500;
      return {
        status: withoutNames(shortText(parts, context.words, signedTitle(parts, context), parts.url, fits)),
        language: context.words.locale.slice(0, 2),
        ...(thread && { in_reply_to_id: thread }),
      };
    },
    thread: ['id'],
  },

  // https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/post.json: 300 graphemes and 3,000 bytes.
  // https://docs.bsky.app/docs/advanced-guides/posts: replies and links, which are places in UTF-8.
  bluesky: {
    session: { path: '/xrpc/com.atproto.server.createSession', field: ['did', 'repo'] },
    path: () => '/xrpc/com.atproto.repo.createRecord',
    body: (notice, context, { thread, now }) => {
      const parts = partsOf(notice, context);
      const foot = context.words.say('message.link');
      const fits = (text: string) => graphemesIn(text) <= 300 && bytesIn(text) <= 3000;
      const text = shortText(parts, context.words, signedTitle(parts, context), foot, fits);
      const links = [...text.matchAll(LINK)].map(({ index, 0: uri }) => [index, uri.length, uri] as const);
      const [uri, cid] = thread?.split(' ') ?? [];
      return {
        collection: 'app.bsky.feed.post',
        record: {
          $type: 'app.bsky.feed.post',
          text,
          createdAt: new Date(now).toISOString(),
          langs: [context.words.locale],
          facets: [...links, [text.length - foot.length, foot.length, parts.url] as const].map(
            ([start, length, target]) => ({
              index: { byteStart: bytesIn(text.slice(0, start)), byteEnd: bytesIn(text.slice(0, start + length)) },
              features: [{ $type: 'app.bsky.richtext.facet#link', uri: target }],
            }),
          ),
          ...(thread && { reply: { root: { uri, cid }, parent: { uri, cid } } }),
        },
      };
    },
    thread: ['uri', 'cid'],
  },

  // https://developer.webex.com/messaging/docs/api/v1/messages/create-a-message: 7,439 bytes. Retry-After tells the wait.
  webex: {
    path: () => '/v1/messages',
    bearer: true,
    body: (notice, context, { to, thread }) => ({
      roomId: to,
      markdown: signedText(notice, context, MARKDOWN, (text) => bytesIn(text) <= 7439),
      ...(thread && { parentId: thread }),
    }),
    thread: ['id'],
  },

  // https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource: at most 1,600 characters. Each
  // segment of 70 is charged, and Twilio advises against more than 320.
  twilio: {
    path: (_, user) => `/2010-04-01/Accounts/${user}/Messages.json`,
    form: true,
    each: true,
    body: (notice, context, { to, from }) => {
      const parts = partsOf(notice, context);
      const head = `${parts.site}: ${titleOf(parts, context)}`;
      return {
        To: to,
        [from.startsWith('MG') ? 'MessagingServiceSid' : 'From']: from,
        Body: shortText(parts, context.words, head, parts.url, ({ length }) => length <= 320),
      };
    },
  },
};
