import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Ajv } from 'ajv';
import type { CampaignChannel } from '../../core/schema/channel.ts';

type Body = Record<string, unknown>;
type Answer = [status: number, body?: unknown];

/** An email at a service; nothing is sent until it is asked to. */
interface Kept {
  id: number;
  status: string;
  body: Body;
}

interface Route {
  method: string;
  path: RegExp;
  /** The body, from the service's published description. */
  schema?: object;
  answer: (state: State, body: Body, id: string) => Answer;
}

interface State {
  kept: Kept[];
  segments: Body[];
  /** What went out. */
  sent: Body[];
  keys: Map<string, Answer>;
}

const TEXT = { type: 'string' };
const object = (properties: object, required: readonly string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

function keep({ kept }: State, status: string, body: Body): Kept {
  const one = { id: kept.length + 1, status, body };
  kept.push(one);
  return one;
}

/** @returns the answer if it can be sent no more */
function release(state: State, id: string, refusal: Answer): Answer | undefined {
  const one = state.kept.find((each) => String(each.id) === id);
  if (!one) return [404, {}];
  if (one.status !== 'draft') return refusal;
  one.status = 'sent';
  state.sent.push(one.body);
  return undefined;
}

/** `EmailInput` and `EmailFilterGroup` of https://docs.buttondown.com/openapi.json; those properties that we use. */
const BUTTONDOWN: Route[] = [
  {
    method: 'POST',
    path: /^\/v1\/emails$/,
    schema: object(
      {
        subject: { type: 'string', maxLength: 2000 },
        body: TEXT,
        status: { enum: ['draft', 'about_to_send', 'scheduled'] },
        archival_mode: { enum: ['archive_only', 'disabled', 'enabled'] },
        filters: object(
          {
            predicate: { enum: ['and', 'or'] },
            groups: { type: 'array' },
            filters: {
              type: 'array',
              items: object(
                { field: { const: 'subscriber.tags' }, operator: { enum: ['contains', 'not_contains'] }, value: TEXT },
                ['field', 'operator', 'value'],
              ),
            },
          },
          ['filters', 'groups', 'predicate'],
        ),
      },
      ['subject'],
    ),
    answer: (state, body) => {
      state.sent.push(body);
      return [201, { id: 'em_1', status: 'about_to_send' }];
    },
  },
];

/** https://listmonk.app/docs/apis/campaigns/, /lists/ */
const LISTS = [
  { id: 3, uuid: 'ce13e971-c2ed-4069-bd0c-240e9a9f56f9' },
  { id: 5, uuid: '12e25d25-b08e-48a2-a7c5-1f0d2c1f6d3f' },
];
const shownByListmonk = ({ id, status, body }: Kept) => ({ id, status, tags: body['tags'] });
const LISTMONK: Route[] = [
  {
    method: 'GET',
    path: /^\/api\/campaigns\?/,
    answer: ({ kept }) => [200, { data: { results: kept.map(shownByListmonk) } }],
  },
  { method: 'GET', path: /^\/api\/lists\?/, answer: () => [200, { data: { results: LISTS } }] },
  {
    method: 'POST',
    path: /^\/api\/campaigns$/,
    schema: object(
      {
        name: TEXT,
        subject: TEXT,
        lists: { type: 'array', minItems: 1, items: { enum: LISTS.map(({ id }) => id) } },
        from_email: TEXT,
        type: { enum: ['regular', 'optin'] },
        content_type: { enum: ['richtext', 'html', 'markdown', 'plain', 'visual'] },
        body: TEXT,
        altbody: TEXT,
        messenger: TEXT,
        tags: { type: 'array', items: TEXT },
      },
      ['name', 'subject', 'lists', 'type', 'content_type', 'body'],
    ),
    answer: (state, body) => [200, { data: shownByListmonk(keep(state, 'draft', body)) }],
  },
  {
    method: 'PUT',
    path: /^\/api\/campaigns\/(\d+)\/status$/,
    schema: object({ status: { enum: ['scheduled', 'running', 'paused', 'cancelled'] } }, ['status']),
    answer: (state, _, id) =>
      release(state, id, [400, { message: 'Only paused and draft campaigns can be started' }]) ?? [200, { data: {} }],
  },
];

/** https://github.com/pentacent/keila/blob/main/lib/keila_web/api/schemas/mailings_campaign.ex, …/contact_segment.ex */
const shownByKeila = ({ id, status, body }: Kept) => ({
  ...body,
  id: `mc_${id}`,
  sent_at: status === 'sent' ? '2026-11-20T12:00:00Z' : null,
});
const inData = (schema: object) => object({ data: schema }, ['data']);
const KEILA: Route[] = [
  { method: 'GET', path: /^\/api\/v1\/campaigns$/, answer: ({ kept }) => [200, { data: kept.map(shownByKeila) }] },
  { method: 'GET', path: /^\/api\/v1\/segments$/, answer: ({ segments }) => [200, { data: segments }] },
  {
    method: 'POST',
    path: /^\/api\/v1\/segments$/,
    schema: inData(object({ name: TEXT, filter: { type: 'object' } }, ['name', 'filter'])),
    answer: ({ segments }, { data }) => {
      segments.push({ ...(data as Body), id: `sgm_${segments.length + 1}` });
      return [200, { data: segments.at(-1) }];
    },
  },
  {
    method: 'POST',
    path: /^\/api\/v1\/campaigns$/,
    schema: inData(
      object(
        {
          subject: TEXT,
          text_body: TEXT,
          html_body: TEXT,
          settings: object(
            { type: { enum: ['markdown', 'text', 'block', 'mjml', 'html'] }, do_not_track: { type: 'boolean' } },
            ['type'],
          ),
          sender_id: { type: 'string', pattern: '^ms_' },
          segment_id: { type: 'string', pattern: '^sgm_' },
          data: { type: 'object' },
        },
        ['subject', 'settings'],
      ),
    ),
    answer: (state, { data }) => {
      const body = data as Body;
      const segment = state.segments.find(({ id }) => id === body['segment_id']);
      return [200, { data: shownByKeila(keep(state, 'draft', { ...body, filter: segment?.['filter'] })) }];
    },
  },
  {
    method: 'POST',
    path: /^\/api\/v1\/campaigns\/mc_(\d+)\/actions\/send$/,
    answer: (state, _, id) =>
      release(state, id, [202]) ?? [202, { data: { delivery_queued: true, campaign_id: `mc_${id}` } }],
  },
];

/** https://mailchimp.com/developer/marketing/api/campaigns/, errors as in https://mailchimp.com/developer/marketing/docs/errors/ */
const GROUPS: Readonly<Record<string, Body[]>> = {
  c1: [{ id: 'i1', name: 'All' }],
  c2: [{ id: 'i2', name: 'Checkout' }],
};
const shownByMailchimp = ({ id, status, body }: Kept) => ({
  id: `c${id}`,
  status: status === 'draft' ? 'save' : status,
  settings: body['settings'],
});
const condition = object(
  {
    condition_type: { const: 'Interests' },
    field: { type: 'string', pattern: '^interests-' },
    op: { enum: ['interestcontains', 'interestcontainsall', 'interestnotcontains'] },
    value: { type: 'array', items: TEXT },
  },
  ['field', 'op', 'value'],
);
const MAILCHIMP: Route[] = [
  {
    method: 'GET',
    path: /^\/3\.0\/campaigns\?list_id=a1b2&/,
    answer: ({ kept }) => [200, { campaigns: kept.map(shownByMailchimp) }],
  },
  {
    method: 'GET',
    path: /^\/3\.0\/lists\/a1b2\/interest-categories\?/,
    answer: () => [200, { categories: Object.keys(GROUPS).map((id) => ({ id })) }],
  },
  {
    method: 'GET',
    path: /^\/3\.0\/lists\/a1b2\/interest-categories\/(\w+)\/interests\?/,
    answer: (_, __, id) => [200, { interests: GROUPS[id] }],
  },
  {
    method: 'POST',
    path: /^\/3\.0\/campaigns$/,
    schema: object(
      {
        type: { enum: ['regular', 'plaintext', 'rss', 'variate'] },
        recipients: object(
          {
            list_id: TEXT,
            segment_opts: object({ match: { enum: ['any', 'all'] }, conditions: { type: 'array', items: condition } }),
          },
          ['list_id'],
        ),
        settings: object({
          title: TEXT,
          subject_line: TEXT,
          from_name: TEXT,
          reply_to: { type: 'string', pattern: '^\\S+@\\S+$' },
        }),
        tracking: object({
          opens: { type: 'boolean' },
          html_clicks: { type: 'boolean' },
          text_clicks: { type: 'boolean' },
        }),
      },
      ['type'],
    ),
    answer: (state, body) => [200, shownByMailchimp(keep(state, 'draft', body))],
  },
  {
    method: 'PUT',
    path: /^\/3\.0\/campaigns\/c(\d+)\/content$/,
    schema: object({ html: TEXT, plain_text: TEXT }),
    answer: ({ kept }, body, id) => {
      const one = kept.find((each) => String(each.id) === id);
      if (one) one.body = { ...one.body, ...body };
      return [200, {}];
    },
  },
  {
    method: 'POST',
    path: /^\/3\.0\/campaigns\/c(\d+)\/actions\/send$/,
    answer: (state, _, id) =>
      release(state, id, [
        400,
        { title: 'Bad Request', status: 400, detail: 'Your Campaign is not ready to send.' },
      ]) ?? [204],
  },
];

/** What each service refuses a wrong account with. */
const SERVICES: Readonly<Record<CampaignChannel['type'], { account: string; routes: Route[] }>> = {
  buttondown: { account: 'Token k3y', routes: BUTTONDOWN },
  listmonk: { account: `Basic ${btoa('api:k3y')}`, routes: LISTMONK },
  keila: { account: 'Bearer k3y', routes: KEILA },
  mailchimp: { account: `Basic ${btoa('api:k3y')}`, routes: MAILCHIMP },
};

/** A mailing service on loopback, which takes what its API is described to take. */
export class MailServiceStandIn implements AsyncDisposable {
  readonly asked: string[] = [];
  readonly sent: Body[] = [];
  /** What to do instead of answering, one for each request whose path matches. */
  fault: { path: RegExp; how: 'silence' | Answer; when: 'before' | 'after' } | undefined;
  readonly #state: State = { kept: [], segments: [], sent: this.sent, keys: new Map() };
  readonly #type: CampaignChannel['type'];
  readonly #ajv = new Ajv({ strict: false });
  readonly #server = createServer((request, response) => void this.#take(request, response));

  constructor(type: CampaignChannel['type']) {
    this.#type = type;
  }

  static async start(type: CampaignChannel['type']): Promise<MailServiceStandIn> {
    const service = new MailServiceStandIn(type);
    service.#server.listen(0, '127.0.0.1');
    await once(service.#server, 'listening');
    return service;
  }

  /** With its account. */
  get url(): string {
    const account = ['buttondown', 'keila'].includes(this.#type) ? 'k3y' : 'api:k3y';
    return `http://${account}@127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const path = request.url ?? '';
    this.asked.push(`${request.method ?? ''} ${path.replace(/\?.*/, '')}`);
    const { fault } = this;
    const isFaulty = fault?.path.test(path) ?? false;
    if (isFaulty) this.fault = undefined;
    const answer =
      isFaulty && fault?.when === 'before' ? undefined : this.#answer(request, path, Buffer.concat(chunks).toString());
    const said = isFaulty ? fault?.how : answer;
    if (said === 'silence' || !said) return;
    response
      .writeHead(said[0], { 'content-type': 'application/json' })
      .end(said[1] === undefined ? '' : JSON.stringify(said[1]));
  }

  #answer({ method, headers }: IncomingMessage, path: string, text: string): Answer {
    const { account, routes } = SERVICES[this.#type];
    if (headers.authorization !== account) return [403, { detail: `${String(headers.authorization)} is not valid` }];
    const route = routes.find((one) => one.method === method && one.path.test(path));
    if (!route) return [404, {}];
    const body = text === '' ? {} : (JSON.parse(text) as Body);
    if (route.schema && !this.#ajv.validate(route.schema, body)) return [422, { detail: this.#ajv.errorsText() }];
    const key = this.#type === 'buttondown' ? String(headers['x-idempotency-key']) : undefined;
    const earlier = key === undefined ? undefined : this.#state.keys.get(key);
    const answer = earlier ?? route.answer(this.#state, body, route.path.exec(path)?.[1] ?? '');
    if (key !== undefined) this.#state.keys.set(key, answer);
    return answer;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }
}
