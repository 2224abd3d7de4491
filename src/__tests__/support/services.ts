import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

/**
 * Services as their documentation describes them: what they take, with their limits and errors. Schemas are of the
 * examples that they publish, and strict, so that a misspelt field is refused. The pages are named in `services.ts` of the
 * notices, where no other is named here.
 */

interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  text: string;
}

interface Answer {
  status: number;
  body: object | string;
  headers?: Record<string, string>;
}

/** A message that a service has. */
export interface Arrived {
  id: string;
  text: string;
  /** The thread that it is in, or the message that it answers. */
  thread?: string | undefined;
  idempotency?: string | undefined;
  to?: string | undefined;
}

interface StandIn {
  /** The keys of its channel besides `type` and `url`. */
  keys?: string;
  /** What stands in its secret, with `HOST` for where it is. */
  secret: string;
  /** The same with another account, and what the service answers to it. */
  wrong: [secret: string, status: number];
  /** What it answers when it is asked too often, and how long it wants to be left alone, in milliseconds. */
  busy: Answer;
  pause: number;
  /** How later messages are held together. */
  threads: 'answer the first' | 'share a thread' | 'none';
  take: (asked: Asked, arrived: readonly Arrived[]) => Arrived | Answer;
  answer: (arrived: Arrived) => object | string;
  /** Its usual success. */
  status?: number;
}

const error = (status: number, body: object | string): Answer => ({ status, body });
const basic = (account: string) => `Basic ${Buffer.from(account).toString('base64')}`;
const bytes = (text: string) => Buffer.byteLength(text);
const graphemes = (text: string) => [...new Intl.Segmenter('en').segment(text)].length;
const nextId = (arrived: readonly Arrived[], start: number) => String(start + arrived.length);

function bodyOf<T extends z.ZodType>(schema: T, { text, headers }: Asked): z.output<T> {
  const type = headers['content-type'] ?? '';
  const isForm = type.startsWith('application/x-www-form-urlencoded');
  if (!isForm && !type.startsWith('application/json')) throw new Error(`a body of the type ${type}`);
  return schema.parse(isForm ? Object.fromEntries(new URLSearchParams(text)) : JSON.parse(text));
}

const attachments = z.strictObject({
  attachments: z
    .array(z.strictObject({ fallback: z.string().min(1), color: z.string().regex(/^#[0-9a-f]{6}$/), text: z.string() }))
    .length(1),
});

/** What of HTML Telegram takes: https://core.telegram.org/bots/api#html-style. @returns the text, or nothing */
function telegramText(html: string): string | undefined {
  const open: string[] = [];
  for (const [, end, tag = '', rest = ''] of html.matchAll(/<(\/?)(\w+)([^>]*)>/g)) {
    if (!/^(b|strong|i|em|u|ins|s|strike|del|a|code|pre|blockquote)$/.test(tag)) return undefined;
    if (end ? open.pop() !== tag : rest !== '' && !/^ href="[^"<>]*"$/.test(rest)) return undefined;
    if (!end) open.push(tag);
  }
  const text = html.replace(/<[^>]*>/g, '');
  if (open.length > 0 || /[<>]|&(?!(lt|gt|amp|quot);)/.test(text)) return undefined;
  return text.replace(/&\w+;/g, '.');
}

/** The dates of headers are of this server's clock. */
const DATE = 'Fri, 20 Nov 2026 12:00:00 GMT';
const inSeconds = (seconds: number) => Date.parse(DATE) / 1000 + seconds;

export const STAND_INS: Readonly<Record<string, StandIn>> = {
  'google-chat': {
    secret: 'http://HOST/v1/spaces/AAAA/messages?key=k-s3cr3t&token=t-s3cr3t',
    wrong: ['http://HOST/v1/spaces/AAAA/messages?key=k-s3cr3t&token=other', 403],
    busy: error(429, { error: { code: 429, message: 'Resource has been exhausted', status: 'RESOURCE_EXHAUSTED' } }),
    pause: 1000,
    threads: 'share a thread',
    take(asked, arrived) {
      const { key, token, messageReplyOption } = Object.fromEntries(asked.query);
      if (key !== 'k-s3cr3t' || token !== 't-s3cr3t')
        return error(403, { error: { code: 403, status: 'PERMISSION_DENIED' } });
      const schema = z.strictObject({
        text: z.string().min(1),
        thread: z.strictObject({ threadKey: z.string().min(1) }),
      });
      const { text, thread } = bodyOf(schema, asked);
      if (bytes(asked.text) > 32_000 || text.length > 4096)
        return error(400, { error: { code: 400, message: 'Message cannot be empty or too long.' } });
      if (/<users\//.test(text)) throw new Error('a mention');
      // Without this, the key is ignored, and each message is a thread of its own.
      const isAnswer = messageReplyOption === 'REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD';
      return {
        id: `spaces/AAAA/messages/${nextId(arrived, 1)}`,
        text,
        thread: isAnswer ? thread.threadKey : undefined,
      };
    },
    answer: ({ id, text, thread }) => ({
      name: id,
      text,
      thread: { name: 'spaces/AAAA/threads/x', threadKey: thread },
    }),
  },
  mattermost: {
    secret: 'http://HOST/hooks/s3cr3t-key',
    wrong: ['http://HOST/hooks/other', 400],
    busy: { status: 429, body: 'limit exceeded', headers: { 'retry-after': '2', 'x-ratelimit-reset': '2' } },
    pause: 2000,
    threads: 'none',
    take(asked, arrived) {
      if (asked.path !== '/hooks/s3cr3t-key')
        return error(400, {
          id: 'web.incoming_webhook.invalid.app_error',
          message: 'Invalid webhook.',
          status_code: 400,
        });
      const [first] = bodyOf(attachments, asked).attachments;
      const size = JSON.stringify([first]).length;
      if (size > 7900)
        return error(400, { message: `Maximum attachments length is 7900 characters, received ${size}` });
      return { id: nextId(arrived, 1), text: first?.text ?? '' };
    },
    answer: () => 'ok',
  },
  'rocket-chat': {
    secret: 'http://HOST/hooks/64a/s3cr3t-token',
    wrong: ['http://HOST/hooks/64a/other', 400],
    busy: error(429, {
      success: false,
      error: 'Error, too many requests. Please slow down. [error-too-many-requests]',
    }),
    pause: 1000,
    threads: 'none',
    take(asked, arrived) {
      if (asked.path !== '/hooks/64a/s3cr3t-token')
        return error(400, { success: false, error: 'Invalid integration id or token provided.' });
      const [first] = bodyOf(attachments, asked).attachments;
      if ((first?.text.length ?? 0) > 5000) return error(400, { success: false, error: 'error-message-size-exceeded' });
      return { id: nextId(arrived, 1), text: first?.text ?? '' };
    },
    answer: () => ({ success: true }),
  },
  telegram: {
    keys: 'to: "@acme_status"',
    secret: 'http://HOST/bot123456:ABC-s3cr3t',
    wrong: ['http://HOST/bot123456:other', 401],
    busy: error(429, {
      ok: false,
      error_code: 429,
      description: 'Too Many Requests: retry after 5',
      parameters: { retry_after: 5 },
    }),
    pause: 5000,
    threads: 'answer the first',
    take(asked, arrived) {
      if (asked.path !== '/bot123456:ABC-s3cr3t/sendMessage')
        return error(401, { ok: false, error_code: 401, description: 'Unauthorized' });
      const schema = z.strictObject({
        chat_id: z.union([z.string(), z.int()]),
        text: z.string(),
        parse_mode: z.enum(['HTML', 'MarkdownV2', 'Markdown']).optional(),
        link_preview_options: z.strictObject({ is_disabled: z.boolean() }).optional(),
        reply_parameters: z
          .strictObject({ message_id: z.int(), allow_sending_without_reply: z.boolean().optional() })
          .optional(),
      });
      const { chat_id: chat, text: html, reply_parameters: reply } = bodyOf(schema, asked);
      const refused = (description: string) => error(400, { ok: false, error_code: 400, description });
      if (chat !== '@acme_status') return refused('Bad Request: chat not found');
      const text = telegramText(html);
      if (text === undefined) return refused("Bad Request: can't parse entities");
      if (text.length > 4096) return refused('Bad Request: message is too long');
      const first = arrived.find(({ id }) => id === String(reply?.message_id));
      if (reply && !first && !reply.allow_sending_without_reply)
        return refused('Bad Request: message to be replied not found');
      return { id: nextId(arrived, 41), text, thread: first?.id };
    },
    answer: ({ id, text }) => ({ ok: true, result: { message_id: Number(id), date: 1, text } }),
  },
  matrix: {
    keys: 'to: "!636q39766251:example.com"',
    secret: 'http://syt_s3cr3t@HOST',
    wrong: ['http://syt_other@HOST', 401],
    busy: error(429, { errcode: 'M_LIMIT_EXCEEDED', error: 'Too many requests', retry_after_ms: 2500 }),
    pause: 2500,
    threads: 'answer the first',
    take(asked, arrived) {
      if (asked.headers.authorization !== 'Bearer syt_s3cr3t')
        return error(401, { errcode: 'M_UNKNOWN_TOKEN', error: 'Unrecognised access token.' });
      const path = /^\/_matrix\/client\/v3\/rooms\/([^/]+)\/send\/m\.room\.message\/([^/]+)$/.exec(asked.path);
      if (!path || asked.method !== 'PUT')
        return error(404, { errcode: 'M_UNRECOGNIZED', error: 'Unrecognized request' });
      const [, room = '', transaction] = path;
      if (decodeURIComponent(room) !== '!636q39766251:example.com') return error(403, { errcode: 'M_FORBIDDEN' });
      const schema = z.strictObject({
        msgtype: z.literal('m.text'),
        body: z.string(),
        format: z.literal('org.matrix.custom.html'),
        formatted_body: z.string(),
        'm.mentions': z.strictObject({}),
        'm.relates_to': z
          .strictObject({
            rel_type: z.literal('m.thread'),
            event_id: z.string().regex(/^\$/),
            is_falling_back: z.literal(true),
            'm.in_reply_to': z.strictObject({ event_id: z.string().regex(/^\$/) }),
          })
          .optional(),
      });
      const { body, 'm.relates_to': relation } = bodyOf(schema, asked);
      if (bytes(asked.text) > 65_536 - 2000) return error(413, { errcode: 'M_TOO_LARGE', error: 'event too large' });
      return {
        id: `$${nextId(arrived, 1)}:example.com`,
        text: body,
        thread: relation?.event_id,
        idempotency: transaction,
      };
    },
    answer: ({ id }) => ({ event_id: id }),
  },
  zulip: {
    keys: 'to: status',
    secret: 'http://bot%40acme.zulipchat.com:s3cr3t-key@HOST',
    wrong: ['http://bot%40acme.zulipchat.com:other@HOST', 401],
    busy: error(429, {
      code: 'RATE_LIMIT_HIT',
      msg: 'API usage exceeded rate limit',
      result: 'error',
      'retry-after': 28.706,
    }),
    pause: 28_706,
    threads: 'share a thread',
    take(asked, arrived) {
      if (asked.headers.authorization !== basic('bot@acme.zulipchat.com:s3cr3t-key'))
        return error(401, { result: 'error', msg: 'Invalid API key', code: 'INVALID_API_KEY' });
      if (asked.path !== '/api/v1/messages') return error(404, '');
      const schema = z.strictObject({
        type: z.enum(['direct', 'channel', 'stream', 'private']),
        to: z.string(),
        topic: z.string().min(1).max(60),
        content: z.string(),
      });
      const { to, topic, content } = bodyOf(schema, asked);
      if (to !== 'status')
        return error(400, { code: 'STREAM_DOES_NOT_EXIST', msg: `Channel '${to}' does not exist`, result: 'error' });
      if ([...content].length > 10_000)
        return error(400, { code: 'BAD_REQUEST', msg: 'Message too long', result: 'error' });
      if (/@_?\*/.test(content)) throw new Error('a mention');
      return { id: nextId(arrived, 42), text: content, thread: topic };
    },
    answer: ({ id }) => ({ result: 'success', msg: '', id: Number(id) }),
  },
  ntfy: {
    secret: 'http://:tk_s3cr3t@HOST/acme-s3cr3t',
    wrong: ['http://:tk_other@HOST/acme-s3cr3t', 401],
    busy: error(429, {
      code: 42901,
      http: 429,
      error: 'limit reached: too many requests',
      link: 'https://ntfy.sh/docs',
    }),
    pause: 1000,
    threads: 'none',
    take(asked, arrived) {
      if (asked.headers.authorization !== basic(':tk_s3cr3t'))
        return error(401, { code: 40101, http: 401, error: 'unauthorized' });
      if (asked.path !== '/') return error(404, { code: 40401, http: 404, error: 'page not found' });
      const schema = z.strictObject({
        topic: z.string().regex(/^[-_A-Za-z0-9]{1,64}$/),
        message: z.string().min(1),
        title: z.string().optional(),
        tags: z.array(z.string()).optional(),
        priority: z.int().min(1).max(5).optional(),
        click: z.url().optional(),
      });
      const { topic, message } = bodyOf(schema, asked);
      if (topic !== 'acme-s3cr3t') return error(403, { code: 40301, http: 403, error: 'forbidden' });
      if (bytes(message) > 4096) throw new Error('a message that becomes a file');
      return { id: nextId(arrived, 1), text: message };
    },
    answer: ({ id, text }) => ({ id, time: 1, expires: 2, event: 'message', topic: 'acme-s3cr3t', message: text }),
  },
  mastodon: {
    secret: 'http://s3cr3t-token@HOST',
    wrong: ['http://other@HOST', 401],
    busy: {
      status: 429,
      body: { error: 'Too many requests' },
      headers: { 'x-ratelimit-reset': new Date(inSeconds(7) * 1000).toISOString() },
    },
    pause: 7000,
    threads: 'answer the first',
    take(asked, arrived) {
      if (asked.headers.authorization !== 'Bearer s3cr3t-token')
        return error(401, { error: 'The access token is invalid' });
      if (asked.path !== '/api/v1/statuses') return error(404, { error: 'Not found' });
      const schema = z.strictObject({
        status: z.string().min(1),
        language: z.string().regex(/^[a-z]{2}$/),
        in_reply_to_id: z.string().optional(),
      });
      const { status, in_reply_to_id: reply } = bodyOf(schema, asked);
      if (graphemes(status.replace(/https?:\/\/[^\s>]+/g, 'x'.repeat(23))) > 500)
        return error(422, { error: 'Validation failed: Text character limit of 500 exceeded' });
      if (/(?<![\w/])@\w/.test(status)) throw new Error('a mention');
      if (reply && !arrived.some(({ id }) => id === reply)) return error(404, { error: 'Record not found' });
      const key = asked.headers['idempotency-key'];
      return { id: `1032549621552788${nextId(arrived, 10)}`, text: status, thread: reply, idempotency: String(key) };
    },
    answer: ({ id, text }) => ({ id, created_at: '2026-11-20T12:00:00.000Z', content: `<p>${text}</p>` }),
  },
  bluesky: {
    secret: 'http://acme.bsky.social:s3cr3t-word@HOST',
    wrong: ['http://acme.bsky.social:other@HOST', 401],
    busy: {
      status: 429,
      body: { error: 'RateLimitExceeded', message: 'Rate Limit Exceeded' },
      headers: { 'ratelimit-limit': '30', 'ratelimit-reset': String(inSeconds(9)) },
    },
    pause: 9000,
    threads: 'answer the first',
    take(asked, arrived) {
      if (asked.path === '/xrpc/com.atproto.server.createSession') {
        const { identifier, password } = bodyOf(
          z.strictObject({ identifier: z.string(), password: z.string() }),
          asked,
        );
        if (identifier !== 'acme.bsky.social' || password !== 's3cr3t-word')
          return error(401, { error: 'AuthenticationRequired', message: 'Invalid identifier or password' });
        return {
          status: 200,
          body: { accessJwt: 'jwt-s3cr3t', refreshJwt: 'r', handle: identifier, did: 'did:plc:u5c' },
        };
      }
      if (asked.path !== '/xrpc/com.atproto.repo.createRecord') return error(501, { error: 'MethodNotImplemented' });
      if (asked.headers.authorization !== 'Bearer jwt-s3cr3t') return error(401, { error: 'AuthMissing' });
      const ref = z.strictObject({ uri: z.string().regex(/^at:\/\/did:/), cid: z.string().min(1) });
      const schema = z.strictObject({
        repo: z.literal('did:plc:u5c'),
        collection: z.literal('app.bsky.feed.post'),
        record: z.strictObject({
          $type: z.literal('app.bsky.feed.post'),
          text: z.string(),
          createdAt: z.iso.datetime(),
          langs: z.array(z.string()).max(3),
          facets: z.array(
            z.strictObject({
              index: z.strictObject({ byteStart: z.int().min(0), byteEnd: z.int() }),
              features: z.array(z.strictObject({ $type: z.literal('app.bsky.richtext.facet#link'), uri: z.url() })),
            }),
          ),
          reply: z.strictObject({ root: ref, parent: ref }).optional(),
        }),
      });
      const { text, facets, reply } = bodyOf(schema, asked).record;
      if (graphemes(text) > 300 || bytes(text) > 3000)
        return error(400, { error: 'InvalidRequest', message: 'Record/text must not be longer than 300 graphemes' });
      const whole = Buffer.from(text);
      const links = facets.map(({ index }) => whole.subarray(index.byteStart, index.byteEnd).toString());
      if (links.at(-1) !== 'View on the status page' || !links.slice(0, -1).every((link) => URL.canParse(link)))
        throw new Error(`links ${links.join()}`);
      return { id: `at://did:plc:u5c/app.bsky.feed.post/${nextId(arrived, 3)} bafy${nextId(arrived, 1)}`, text, thread: reply && `${reply.root.uri} ${reply.root.cid}` }; // prettier-ignore
    },
    answer: ({ id }) => ({ uri: id.split(' ')[0], cid: id.split(' ')[1], validationStatus: 'valid' }),
  },
  webex: {
    keys: 'to: Y2lzY29zcGFyazovL3VzL1JPT00vYmJj',
    secret: 'http://s3cr3t-token@HOST',
    wrong: ['http://other@HOST', 401],
    busy: {
      status: 429,
      body: { message: 'Too many requests', trackingId: 'ROUTER_1' },
      headers: { 'retry-after': '3' },
    },
    pause: 3000,
    threads: 'answer the first',
    take(asked, arrived) {
      if (asked.headers.authorization !== 'Bearer s3cr3t-token')
        return error(401, {
          message: 'The request requires a valid access token set in the Authorization request header.',
        });
      if (asked.path !== '/v1/messages') return error(404, { message: 'Not found' });
      const schema = z.strictObject({
        roomId: z.string(),
        markdown: z.string().min(1),
        parentId: z.string().optional(),
      });
      const { roomId, markdown, parentId } = bodyOf(schema, asked);
      if (roomId !== 'Y2lzY29zcGFyazovL3VzL1JPT00vYmJj') return error(404, { message: 'Could not find a room' });
      if (bytes(markdown) > 7439) return error(400, { message: 'Message length limited to 7439 bytes' });
      if (/<@/.test(markdown)) throw new Error('a mention');
      if (parentId && !arrived.some(({ id }) => id === parentId))
        return error(404, { message: 'Could not find the parent' });
      return { id: `Y2lz${nextId(arrived, 1)}`, text: markdown, thread: parentId };
    },
    answer: ({ id, text }) => ({ id, roomType: 'group', markdown: text, created: '2026-11-20T12:00:00.000Z' }),
  },
  twilio: {
    keys: 'from: "+15557122661", to: SMS_TO',
    secret: 'http://AC1234:s3cr3t-token@HOST',
    wrong: ['http://AC1234:other@HOST', 401],
    busy: error(429, { code: 20429, message: 'Too Many Requests', status: 429 }),
    pause: 1000,
    threads: 'none',
    status: 201,
    take(asked, arrived) {
      if (asked.headers.authorization !== basic('AC1234:s3cr3t-token'))
        return error(401, { code: 20003, message: 'Authenticate', status: 401 });
      if (asked.path !== '/2010-04-01/Accounts/AC1234/Messages.json') return error(404, { code: 20404, status: 404 });
      const schema = z.strictObject({ To: z.string(), From: z.string(), Body: z.string().min(1) });
      const { To: to, Body: text } = bodyOf(schema, asked);
      if (!/^\+[1-9]\d{6,14}$/.test(to))
        return error(400, { code: 21211, message: "Invalid 'To' Phone Number", status: 400 });
      if (text.length > 1600)
        return error(400, {
          code: 21617,
          message: 'The concatenated message body exceeds the 1600 character limit',
          status: 400,
        });
      return { id: `SM${nextId(arrived, 1)}`, text, to };
    },
    answer: ({ id, text, to }) => ({ sid: id, body: text, to, status: 'queued', error_code: null }),
  },
};

/** All of them on one server on loopback, each below a path of its own. */
export class ServiceStandIns implements AsyncDisposable {
  readonly arrived: Readonly<Record<string, Arrived[]>> = Object.fromEntries(
    Object.keys(STAND_INS).map((name) => [name, []]),
  );
  /** What a stand-in does not understand, which nothing may send. */
  readonly wrong: string[] = [];
  /** Those that are asked too often, for their next request. */
  readonly busy = new Set<string>();
  readonly #server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { pathname, searchParams: query } = new URL(request.url ?? '', 'http://localhost');
      const [, name = '', path = ''] = /^\/([\w-]+)(.*)$/.exec(pathname) ?? [];
      const { method = '', headers } = request;
      const answer = this.#answer(name, { method, path, query, headers, text: Buffer.concat(chunks).toString() });
      response.sendDate = false;
      const isText = typeof answer.body === 'string';
      const type = isText ? 'text/plain' : 'application/json';
      response.writeHead(answer.status, { 'content-type': type, date: DATE, ...answer.headers });
      response.end(isText ? answer.body : JSON.stringify(answer.body));
    });
  });

  static async start(): Promise<ServiceStandIns> {
    const all = new ServiceStandIns();
    all.#server.listen(0, '127.0.0.1');
    await once(all.#server, 'listening');
    return all;
  }

  /** The lines of `STATUS_SECRETS`. */
  secrets(which: 'secret' | 'wrong'): string {
    const port = String((this.#server.address() as AddressInfo).port);
    const lines = Object.entries(STAND_INS).map(([name, { secret, wrong }]) => {
      const url = (which === 'secret' ? secret : wrong[0]).replace('HOST', `127.0.0.1:${port}/${name}`);
      return `${name.toUpperCase().replace('-', '_')}_URL=${url}`;
    });
    return `${lines.join('\n')}\nSMS_TO="+15005550006, 12, +15005550009"\n`;
  }

  #answer(name: string, asked: Asked): Answer {
    const service = STAND_INS[name];
    const arrived = this.arrived[name];
    if (!service || !arrived) return error(404, '');
    if (this.busy.delete(name)) return service.busy;
    try {
      const taken = service.take(asked, arrived);
      if ('status' in taken) return taken;
      const known = arrived.find(({ idempotency }) => idempotency !== undefined && idempotency === taken.idempotency);
      if (!known) arrived.push(taken);
      return { status: service.status ?? 200, body: service.answer(known ?? taken) };
    } catch (reason) {
      this.wrong.push(`${name}: ${String(reason)}`);
      return error(400, 'wrong');
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }
}
