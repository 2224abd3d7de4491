import { createHash } from 'node:crypto';
import { mailchimpGroup } from '../../src/core/mail-providers.ts';
import { componentNamed, groupMembers } from '../../src/core/groups.ts';
import type { CampaignChannel } from '../../src/core/schema/channel.ts';
import type { FeedContext } from '../../src/formats/context.ts';
import { emailFragment, emailOf } from '../../src/formats/notices/email.ts';
import type { Notice } from '../../src/formats/notices/notice.ts';
import type { CommandContext } from '../lib/context.ts';
import { CommandError } from '../lib/errors.ts';
import type { SendResult } from './post.ts';
import { PATIENCE, resultOf, silence } from './post.ts';
import { sender } from './mail.ts';
import { POST, readSecretUrl } from './secrets.ts';

/** An email that a mailing service sends to those who chose what it is about. */
export interface Campaign {
  /** The same for each try, by which an earlier one is found. */
  key: string;
  subject: string;
  text: string;
  /** A whole document, and what is in it for services that have their own around it. */
  document: string;
  fragment: string;
  /** What readers chose, as in `subscribe.email`: any of it will do. Nothing stands for all readers. */
  audience: readonly string[];
  /** The id of the list, at services that have it in the address of the form. */
  list: string;
  from: string;
}

/** Services take these for their own fields. */
const inText = (text: string) => text.replace(/\{(?=[{%])|\*(?=\|)/g, '$& ');
const inHtml = (html: string) => html.replace(/\{(?=[{%])/g, '&#123;').replace(/\*(?=\|)/g, '&#42;');

/** @param update the id under which the update was first sent */
export function campaignOf(channel: CampaignChannel, notice: Notice, context: FeedContext, update: string): Campaign {
  const { content } = context.ledger;
  const { email } = content.site.subscribe;
  const affected = new Set(notice.message.components);
  const concerns = (name: string) =>
    [componentNamed(content, name) ?? groupMembers(content, name) ?? []].flat().some(({ id }) => affected.has(id));
  const chosen = Object.entries(email?.topics ?? {}).flatMap(([name, topic]) => (concerns(name) ? [topic] : []));
  const { subject, text, html } = emailOf(notice, context);
  return {
    key: `candor-${createHash('sha256').update(`${channel.name} ${update}`).digest('hex').slice(0, 32)}`,
    subject: inText(subject),
    text: inText(text),
    document: inHtml(html),
    fragment: inHtml(emailFragment(notice, context)),
    audience: email?.everything === undefined ? [] : [...new Set([email.everything, ...chosen])],
    list: email && 'form' in email ? (new URL(email.form).searchParams.get('id') ?? '') : '',
    from: ('from' in channel && channel.from) || '',
  };
}

type Call = <Answer>(method: string, path: string, body?: object) => Promise<Answer>;

interface Service {
  /** The header by which an account is known. */
  authorization: (user: string, password: string) => string;
  /** The request that sends, after which a message may have arrived. */
  sends: RegExp;
  /** A code of an error that says that it is sent already. */
  done?: string;
  /** Makes the email unless it is there from an earlier try, and sends it unless it is sent. */
  send: (call: Call, campaign: Campaign) => Promise<unknown>;
}

const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

const SERVICES: Readonly<Record<CampaignChannel['type'], Service>> = {
  // https://docs.buttondown.com/api-emails-create, https://docs.buttondown.com/api-idempotency-keys
  buttondown: {
    authorization: (key) => `Token ${key}`,
    sends: /\/v1\/emails$/,
    done: 'email_duplicate',
    send: (call, { subject, fragment, audience }) =>
      call('POST', '/v1/emails', {
        subject,
        body: `<!-- buttondown-editor-mode: fancy -->${fragment}`,
        status: 'about_to_send',
        archival_mode: 'disabled',
        filters: {
          predicate: 'or',
          groups: [],
          filters: audience.map((value) => ({ field: 'subscriber.tags', operator: 'contains', value })),
        },
      }),
  },
  // https://mailchimp.com/developer/marketing/api/campaigns/
  mailchimp: {
    authorization: basic,
    sends: /\/actions\/send$/,
    async send(call, { key, subject, text, document, audience, list, from }) {
      const query =
        'count=100&sort_field=create_time&sort_dir=DESC&fields=campaigns.id,campaigns.status,campaigns.settings.title';
      const { campaigns } = await call<{ campaigns: MailchimpCampaign[] }>(
        'GET',
        `/3.0/campaigns?list_id=${list}&${query}`,
      );
      const { name, address } = sender(from);
      const conditions = audience.length === 0 ? [] : await interests(call, list, audience.map(mailchimpGroup));
      const { id, status } =
        campaigns.find(({ settings }) => settings.title === key) ??
        (await call<MailchimpCampaign>('POST', '/3.0/campaigns', {
          type: 'regular',
          recipients: { list_id: list, ...(conditions.length > 0 && { segment_opts: { match: 'any', conditions } }) },
          settings: { title: key, subject_line: subject, from_name: name, reply_to: address },
          tracking: { opens: false, html_clicks: false, text_clicks: false },
        }));
      if (status !== 'save') return;
      await call('PUT', `/3.0/campaigns/${id}/content`, { html: document, plain_text: text });
      await call('POST', `/3.0/campaigns/${id}/actions/send`);
    },
  },
  // https://listmonk.app/docs/apis/campaigns/
  listmonk: {
    authorization: basic,
    sends: /\/status$/,
    async send(call, { key, subject, text, fragment, audience, from }) {
      // Its documentation says `tags`, its code reads `tag`.
      const found = await call<Listed<ListmonkCampaign>>('GET', `/api/campaigns?tags=${key}&tag=${key}&no_body=true`);
      let campaign = found.data.results.find(({ tags }) => tags.includes(key));
      if (!campaign) {
        const all = await call<Listed<{ id: number; uuid: string }>>('GET', '/api/lists?minimal=true&per_page=all');
        const lists = audience.map((uuid) => all.data.results.find((list) => list.uuid === uuid)?.id);
        const missing = audience.filter((_, index) => lists[index] === undefined);
        if (missing.length > 0) throw new CommandError(`listmonk has no list ${missing.join(', ')}.`);
        const fields = { name: subject, subject, lists, body: fragment, altbody: text, tags: [key] };
        const kind = { type: 'regular', content_type: 'html', messenger: 'email', ...(from && { from_email: from }) };
        ({ data: campaign } = await call<{ data: ListmonkCampaign }>('POST', '/api/campaigns', { ...fields, ...kind }));
      }
      if (['draft', 'scheduled', 'paused'].includes(campaign.status))
        await call('PUT', `/api/campaigns/${String(campaign.id)}/status`, { status: 'running' });
    },
  },
  // https://app.keila.io/api, https://github.com/pentacent/keila/blob/main/lib/keila_web/api/schemas/mailings_campaign.ex
  keila: {
    authorization: (key) => `Bearer ${key}`,
    sends: /\/actions\/send$/,
    async send(call, { key, subject, text, document, audience, from }) {
      const all = await call<{ data: KeilaCampaign[] }>('GET', '/api/v1/campaigns');
      const made = async () => {
        const segment_id = audience.length === 0 ? undefined : await keilaSegment(call, audience);
        const leave = '<p style="font-size:14px"><a href="{{ unsubscribe_link }}">Unsubscribe</a></p>';
        const html_body = document.replace('</main>', `${leave}</main>`);
        const data = { subject, html_body, text_body: text, settings: { type: 'html', do_not_track: true } };
        const { data: one } = await call<{ data: KeilaCampaign }>('POST', '/api/v1/campaigns', {
          data: { ...data, sender_id: from, ...(segment_id && { segment_id }), data: { candor: key } },
        });
        return one;
      };
      const { id, sent_at } = all.data.find(({ data }) => data?.candor === key) ?? (await made());
      if (!sent_at) await call('POST', `/api/v1/campaigns/${id}/actions/send`);
    },
  },
};

interface Listed<One> {
  data: { results: One[] };
}
interface MailchimpCampaign {
  id: string;
  status: string;
  settings: { title: string };
}
interface ListmonkCampaign {
  id: number;
  status: string;
  tags: string[];
}
interface KeilaCampaign {
  id: string;
  sent_at?: string | null;
  data?: { candor?: string } | null;
}

/** The conditions under which somebody is in one of these groups of Mailchimp, which it knows by ids. */
async function interests(call: Call, list: string, names: readonly string[]): Promise<object[]> {
  const at = `/3.0/lists/${list}/interest-categories`;
  const { categories } = await call<{ categories: { id: string }[] }>('GET', `${at}?count=100`);
  const found: { name: string; condition: object }[] = [];
  for (const { id } of categories) {
    const group = await call<{ interests: { id: string; name: string }[] }>('GET', `${at}/${id}/interests?count=1000`);
    for (const { id: value, name } of group.interests) {
      const condition = {
        condition_type: 'Interests',
        field: `interests-${id}`,
        op: 'interestcontains',
        value: [value],
      };
      found.push({ name, condition });
    }
  }
  const missing = names.filter((name) => !found.some((one) => one.name === name));
  if (missing.length > 0) throw new CommandError(`Mailchimp has no group “${missing.join('”, “')}”.`);
  return found.filter(({ name }) => names.includes(name)).map(({ condition }) => condition);
}

/** A segment of those with any of these boxes checked, which Keila keeps for the next time. */
async function keilaSegment(call: Call, keys: readonly string[]): Promise<string> {
  const name = `Candor: ${keys.join(', ')}`;
  type Segment = { id: string; name: string };
  const { data: all } = await call<{ data: Segment[] }>('GET', '/api/v1/segments');
  const filter = { $or: keys.map((key) => ({ [`data.${key}`]: true })) };
  const made = async () => (await call<{ data: Segment }>('POST', '/api/v1/segments', { data: { name, filter } })).data;
  return (all.find((one) => one.name === name) ?? (await made())).id;
}

/** A step that failed. */
class Failed extends Error {
  readonly result: SendResult;
  constructor(result: SendResult) {
    super();
    this.result = result;
  }
}

/** The code of an error: `sending_requires_confirmation`. Other words of the service may repeat a secret. */
function codeIn(answer: unknown): string | undefined {
  const { code } = (answer ?? {}) as { code?: unknown };
  return typeof code === 'string' && /^[a-z_]{3,60}$/.test(code) ? code : undefined;
}

/**
 * Makes the email at the service and sends it, each only if an earlier try has not.
 * @returns one try
 * @throws {CommandError} when the secret is not there, or of no use
 */
export function campaigner(
  { type, url: secret }: CampaignChannel,
  campaign: Campaign,
  env: CommandContext['env'],
  enough: AbortSignal,
): () => Promise<SendResult> {
  const service = SERVICES[type];
  const address = readSecretUrl(secret, POST, env);
  const [user = '', password = ''] = [address.username, address.password].map(decodeURIComponent);
  address.username = address.password = '';
  const call: Call = async <Answer>(method: string, path: string, body?: object) => {
    const url = address.href.replace(/\/$/, '') + path;
    const response = await fetch(url, {
      method,
      headers: {
        accept: 'application/json',
        'user-agent': 'Candor',
        authorization: service.authorization(user, password),
        ...(body && { 'content-type': 'application/json; charset=utf-8' }),
        'x-idempotency-key': campaign.key,
      },
      ...(body && { body: JSON.stringify(body) }),
      redirect: 'manual',
      signal: AbortSignal.any([AbortSignal.timeout(PATIENCE), enough]),
    }).catch((error: unknown) => {
      throw new Failed(silence(error, secret, service.sends.test(path)));
    });
    const answer: unknown = await response.json().catch(() => undefined);
    const code = codeIn(answer);
    const result = resultOf(response, secret);
    if (result.sent) return answer as Answer;
    if (code !== undefined && code === service.done) throw new Failed({ sent: true });
    throw new Failed({ ...result, ...(code !== undefined && { why: `${result.why} It says ${code}.` }) });
  };
  return async () => {
    try {
      await service.send(call, campaign);
      return { sent: true };
    } catch (error) {
      if (error instanceof Failed) return error.result;
      throw error;
    }
  };
}
