import { z } from 'zod';
import { IMPACTS } from '../vocabulary.ts';
import type { IssueParams } from './fields.ts';
import { id, line, refuseAccount } from './fields.ts';

/**
 * Schema of `channels` in `content/site.yml`: where updates are sent. Everybody with access to the repository can read
 * that file, so addresses that allow posting are given as the name of a secret.
 */

/** The values of `impacts`, which limit a channel: impacts of incidents, and maintenance. */
const CHANNEL_IMPACTS = [...IMPACTS, 'maintenance'] as const;

const SECRET = /^[A-Z_][A-Z0-9_]*$/;
/** `a@acme.example`, or `Acme Status <a@acme.example>`. */
const SENDER = /^(?:[^<>@]+<[^\s<>@,;]+@[^\s<>@,;]+>|[^\s<>@,;]+@[^\s<>@,;]+)$/;
const ADDRESS = /^[^\s<>@,;]+@[^\s<>@,;]+$/;

/** The name of a secret. */
function secret(example: string, what: string) {
  return z
    .string()
    .superRefine((text, context) => {
      if (SECRET.test(text)) return;
      if (/:\/\/|@/.test(text)) refuse(context, 'secret-written', openly(what), example);
      else refuse(context, 'bad-value', `This must be the name of a secret, such as ${example}.`, example);
    })
    .meta({
      pattern: SECRET.source,
      patternErrorMessage: 'This must be the name of a secret, not its value.',
      examples: [example],
    });
}

function openly(what: string): string {
  return (
    `${what} is written here, so anyone who can see the repository can use it. ` +
    'Replace it with a new one, store that in the secret STATUS_SECRETS, and write its name here.'
  );
}

function refuse(context: z.RefinementCtx, ruleId: string, message: string, expected: string): void {
  const params: IssueParams = { ruleId, expected };
  context.addIssue({ code: 'custom', message, params: { ...params } });
}

function fields(type: string) {
  return {
    name: id.default(type).meta({
      description: 'The name of the channel in the delivery log. Defaults to its type.',
      examples: ['on-call'],
    }),
    components: z
      .array(id)
      .min(1, 'at least one component')
      .optional()
      .describe('Send only updates that affect one of these components or groups. Defaults to all.'),
    impacts: z
      .array(z.enum(CHANNEL_IMPACTS))
      .min(1, 'at least one impact')
      .optional()
      .describe('Send only incidents with these impacts, and maintenance if it is listed. Defaults to all.'),
    locale: line.optional().meta({
      description: 'The language of the messages, one of those of the page. Defaults to the first.',
      examples: ['de'],
    }),
  };
}

/** A channel whose messages are posted to a secret URL. @param address what stands in the secret */
function posted<Type extends string>(type: Type, address: string) {
  const example = `${type.toUpperCase().replace('-', '_')}_URL`;
  return z.strictObject({
    type: z.literal(type),
    ...fields(type),
    url: secret(example, 'The address').describe(`The name of the secret that contains the URL: ${address}.`),
  });
}

/** Where in a service messages go. It is no secret. */
function room(what: string, example: string) {
  return { to: line.meta({ description: `The ${what} that gets the messages.`, examples: [example] }) };
}

const sender = line
  .regex(SENDER, 'an address such as `Acme Status <status@acme.example>`')
  .meta({ description: 'The sender.', examples: ['Acme Status <status@acme.example>'] });

const email = z.strictObject({
  type: z.literal('email'),
  ...fields('email'),
  smtp: secret('SMTP_URL', 'The account').describe(
    'The name of the secret that contains the server and account: smtps://USER:PASSWORD@HOST:465.',
  ),
  from: sender,
  to: line
    .refine((text) => ADDRESS.test(text) || SECRET.test(text), {
      message: 'the address of a list, such as `updates@lists.acme.example`, or the name of a secret such as `MAIL_TO`',
    })
    .meta({
      description:
        'The address of a mailing list, or the name of the secret that contains addresses, separated by commas or line breaks.',
      examples: ['updates@lists.acme.example', 'MAIL_TO'],
    }),
  unsubscribe: line
    .superRefine(refuseAccount)
    .refine((text) => /^(https:\/\/\S+|mailto:[^\s@]+@\S+)$/.test(text) && URL.canParse(text), {
      message: 'an address such as `https://acme.example/unsubscribe` or `mailto:unsubscribe@acme.example`',
    })
    .optional()
    .meta({
      description: 'Where to unsubscribe. Defaults to an email to the sender.',
      examples: ['mailto:unsubscribe@acme.example'],
    }),
});

const CHANNELS = [
  posted('slack', 'https://hooks.slack.com/services/…'),
  posted('teams', 'https://….powerplatform.com/…'),
  posted('discord', 'https://discord.com/api/webhooks/…'),
  posted('google-chat', 'https://chat.googleapis.com/v1/spaces/…/messages?key=…&token=…'),
  posted('mattermost', 'https://HOST/hooks/…'),
  posted('rocket-chat', 'https://HOST/hooks/…/…'),
  posted('telegram', 'https://api.telegram.org/botTOKEN').extend(room('channel, group or chat', '@acme_status')),
  posted('matrix', 'https://TOKEN@HOST').extend(room('room', '!zXmGoAIXkhnyxAkfQg:matrix.org')),
  posted('zulip', 'https://BOT%40HOST:API-KEY@HOST').extend(room('channel', 'status')),
  posted('webex', 'https://TOKEN@webexapis.com').extend(room('space', 'Y2lzY29zcGFyazovL3VzL1JPT00vYmJjZWIxYWQ')),
  posted('ntfy', 'https://ntfy.sh/TOPIC, or https://:TOKEN@HOST/TOPIC'),
  posted('mastodon', 'https://TOKEN@HOST'),
  posted('bluesky', 'https://HANDLE:APP-PASSWORD@bsky.social'),
  posted('twilio', 'https://ACCOUNT-SID:AUTH-TOKEN@api.twilio.com').extend({
    from: line.meta({
      description: 'The number, sender ID or messaging service (MG…) that sends.',
      examples: ['+15557122661'],
    }),
    to: secret('SMS_TO', 'The number').describe(
      'The name of the secret that contains phone numbers, separated by commas or line breaks.',
    ),
  }),
  posted('webhook', 'https://…, or https://USER:PASSWORD@…').extend({
    sign: secret('WEBHOOK_SECRET', 'The key')
      .optional()
      .describe('The name of the secret that contains a key of Standard Webhooks, with which messages are signed.'),
  }),
  email,
  posted('buttondown', 'https://KEY@api.buttondown.com'),
  posted('mailchimp', 'https://candor:KEY@us21.api.mailchimp.com').extend({ from: sender }),
  posted('listmonk', 'https://USER:TOKEN@HOST').extend({ from: sender.optional() }),
  posted('keila', 'https://KEY@app.keila.io').extend({
    from: line.meta({ description: 'The id of the sender.', examples: ['ms_12345'] }),
  }),
] as const;

const TYPES = new Intl.ListFormat('en').format(CHANNELS.map(({ shape }) => `\`${shape.type.value}\``));

export const channelSchema = z.discriminatedUnion('type', CHANNELS, { error: `one of ${TYPES}` });

/** One place that updates are sent to, with its defaults. */
export type Channel = z.output<typeof channelSchema>;
export type EmailChannel = Extract<Channel, { type: 'email' }>;

const CAMPAIGNS = ['buttondown', 'mailchimp', 'listmonk', 'keila'] as const;
/** A service that sends an email to those who subscribed in its form. */
export type CampaignChannel = Extract<Channel, { type: (typeof CAMPAIGNS)[number] }>;

export function isCampaign(channel: Channel): channel is CampaignChannel {
  return CAMPAIGNS.some((type) => type === channel.type);
}

/** Whether a text of `to` is an address, and not the name of a secret. */
export function isAddress(text: string): boolean {
  return ADDRESS.test(text);
}
