import type { Instant } from '../../src/core/days.ts';
import { createTransport } from 'nodemailer';
import { identityHost } from '../../src/core/events.ts';
import { listCommand } from '../../src/core/mail-providers.ts';
import type { EmailChannel } from '../../src/core/schema/channel.ts';
import { isAddress } from '../../src/core/schema/channel.ts';
import type { SiteSettings } from '../../src/core/schema/site.ts';
import type { FeedContext } from '../../src/formats/context.ts';
import { emailOf } from '../../src/formats/notices/email.ts';
import type { Notice } from '../../src/formats/notices/notice.ts';
import type { CommandContext } from '../lib/context.ts';
import { CommandError } from '../lib/errors.ts';
import type { SendResult } from './post.ts';
import type { Origin } from './record.ts';
import { MAIL, readSecretList, readSecretUrl } from './secrets.ts';

type Environment = CommandContext['env'];

/** The timeout for connecting, in milliseconds. */
const PATIENCE = 20_000;
/** The timeout for each response, in milliseconds. A server checks a message before it accepts it. */
const SILENCE = 60_000;
/** The most addresses per message, which large services accept. */
const MOST_RECIPIENTS = 50;

/** An email without its recipients. */
export interface Mail {
  from: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
  list: { id: { url: string; comment: string }; unsubscribe: { url: string } };
  messageId: string;
  /** The message that began the conversation. */
  inReplyTo?: string;
  references?: string;
}

/** The message of an update. Its id is made of the update's, so that what is sent twice is shown once. */
export function mailOf(channel: EmailChannel, notice: Notice, context: FeedContext, { update, first }: Origin): Mail {
  const { site } = context.ledger.content;
  const host = identityHost(site);
  const from = sender(channel.from);
  const idOf = (id: string) => `<${id.replaceAll('/', '.')}@${host}>`;
  return {
    from,
    ...emailOf(notice, context, channel.unsubscribe),
    headers: { 'Auto-Submitted': 'auto-generated' },
    list: {
      id: { url: `${channel.name}.${host}`, comment: site.name },
      unsubscribe: {
        url: channel.unsubscribe ?? leaveOf(site, channel.to) ?? `mailto:${from.address}?subject=unsubscribe`,
      },
    },
    messageId: idOf(update),
    ...(update !== first && { inReplyTo: idOf(first), references: idOf(first) }),
  };
}

/** How to leave a list that readers subscribe to on the page. */
function leaveOf({ subscribe: { email } }: SiteSettings, list: string): string | undefined {
  if (!email || 'form' in email) return undefined;
  const isOffered = [email.everything, ...Object.values(email.topics)].includes(list);
  return isOffered ? listCommand(email.provider, 'leave', list) : undefined;
}

/**
 * Sends a message. Several addresses of a secret are recipients that nobody sees, a batch of them at a time.
 * @param reached how many addresses are done with it from an earlier run
 * @returns one try; a further one goes on where the one before failed
 * @throws {CommandError} when a secret is not there, or is of no use
 */
export function mailer(
  { smtp, to }: EmailChannel,
  mail: Mail,
  env: Environment,
  now: Instant,
  enough: AbortSignal,
  reached = 0,
): () => Promise<SendResult> {
  const transport = createTransport(transportOf(smtp, env));
  const recipients = isAddress(to) ? [to] : addressesIn(to, env);
  const shown = recipients.length === 1 ? recipients : 'undisclosed-recipients:;';
  const message = { ...mail, to: shown, date: new Date(now), signal: enough };
  let done = reached;
  let refused = 0;
  return async () => {
    while (done < recipients.length) {
      const batch = recipients.slice(done, done + MOST_RECIPIENTS);
      try {
        const envelope = { from: mail.from.address, to: batch };
        const sending = { ...message, envelope } as Parameters<typeof transport.sendMail>[0];
        const { rejected } = await transport.sendMail(sending);
        refused += rejected.length;
      } catch (error) {
        const taken = refused < done;
        const last = done + batch.length === recipients.length;
        if (!isRefused(error) || (last && !taken)) return failure(error, smtp, recipients.length, taken ? done : 0);
        refused += batch.length;
      }
      done += batch.length;
    }
    return { sent: true, ...(refused > 0 && { note: `${refused} of ${recipients.length} addresses were rejected` }) };
  };
}

/** Whether the server refuses all of a batch for good: its addresses, or the message to them. */
function isRefused(error: unknown): boolean {
  const { code, permanent, rejectedErrors } = error as Record<string, unknown>;
  return permanent === true && (rejectedErrors !== undefined || code === 'EMESSAGE');
}

/** The kind of an error only, because its text can contain addresses. */
function failure(error: unknown, smtp: string, all: number, done: number): SendResult {
  const { code, responseCode, originalCode, permanent, timeoutType } = error as Record<string, unknown>;
  const said = typeof responseCode === 'number' && responseCode > 0;
  const hopeless = ['EAUTH', 'ENOAUTH', 'ECONFIG', 'ETLS'].includes(String(code)) && permanent !== false;
  const kind = String(originalCode ?? code ?? 'no reason given');
  const what = code === 'EAUTH' ? ' and rejects the sign-in' : '';
  const some = done > 0 ? ` ${done} of ${all} addresses already have it and will not get it again.` : '';
  // Silence that comes after the greeting.
  const unanswered = timeoutType === 'SOCKET_TIMEOUT';
  return {
    sent: false,
    why: `The server of ${smtp} ${said ? `returned ${responseCode}${what}` : `does not respond correctly (${kind})`}.${some}`,
    passing: permanent !== true && !hopeless && !unanswered,
    ...(done > 0 && { reached: done }),
    ...(unanswered && { unanswered }),
    ...(code === 'EMESSAGE' && { onlyThis: true }),
  };
}

function transportOf(smtp: string, env: Environment) {
  const { protocol, hostname, port, username, password } = readSecretUrl(smtp, MAIL, env);
  const secure = protocol === 'smtps:';
  const local = /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (secure ? 465 : 587),
    secure,
    ...(username && { auth: { user: decoded(username, smtp), pass: decoded(password, smtp) } }),
    // A password goes over no open line, whatever somebody between says that the server can do.
    requireTLS: username !== '' && !secure && !local,
    connectionTimeout: PATIENCE,
    greetingTimeout: PATIENCE,
    socketTimeout: SILENCE,
    logger: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function addressesIn(secret: string, env: Environment): string[] {
  const entries = readSecretList(secret, env);
  const addresses = entries.map((entry) => /<([^<>]*)>$/.exec(entry)?.[1] ?? entry);
  const wrong = addresses.filter((address) => !isAddress(address)).length;
  if (wrong === 0 && addresses.length > 0) return [...new Set(addresses)];
  throw new CommandError(
    `The secret ${secret} must contain email addresses, separated by commas or line breaks, but ${wrong} of its ${entries.length} entries are not valid.`,
  );
}

function decoded(text: string, secret: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new CommandError(
      `The account in the secret ${secret} contains a % that is not part of an escape sequence. Write it as %25.`,
    );
  }
}

/** `Acme Status <status@acme.example>`, with or without the name. */
export function sender(text: string): Mail['from'] {
  const [, name, address] = /^([^<>]*)<([^<>]+)>$/.exec(text) ?? [undefined, '', text];
  return { name: name.trim().replace(/^"(.*)"$/, '$1'), address };
}
