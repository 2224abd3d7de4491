import { parseEnv } from 'node:util';
import type { Channel } from '../../src/core/schema/channel.ts';
import { isAddress } from '../../src/core/schema/channel.ts';
import type { CommandContext } from '../lib/context.ts';
import { workflowCommand } from '../lib/output.ts';
import { CommandError } from '../lib/errors.ts';

/** How an address of each kind may begin. */
export const POST = ['https:', 'http:'];
export const MAIL = ['smtps:', 'smtp:'];

/** One secret for all channels, a line `NAME=value` each, so that no workflow has to name them. */
const ALL = 'STATUS_SECRETS';

/**
 * A secret by its name: a variable of that name, else its line in `STATUS_SECRETS`.
 * @throws {CommandError} when it is not there
 */
export function readSecret(name: string, env: CommandContext['env']): string {
  const value = (env[name] ?? parseEnv(env[ALL] ?? '')[name] ?? '').trim();
  if (value !== '') return value;
  const write = `Add a line ${name}=… to the secret ${ALL} of the repository.`;
  throw new CommandError(`There is no secret ${name}. ${write}`);
}

/** Shorter values are not secrets, and masking them would hide half of a log. */
const SHORTEST_MASK = 4;

/**
 * Workflow commands that mask each value of `STATUS_SECRETS` in the log of a job: whole, line by line, the password or
 * token of a URL, and as encoded in addresses and headers. GitHub itself masks only the secret as a whole.
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions#masking-a-value-in-a-log
 */
export function maskCommands(env: CommandContext['env']): string[] {
  const values = Object.values(parseEnv(env[ALL] ?? '')).filter((value) => value !== undefined);
  const forms = values
    .flatMap((value) => [value, ...value.split(/\r?\n/)])
    .flatMap((value) => [value, passwordIn(value)])
    .map((value) => value.trim())
    .filter(({ length }) => length >= SHORTEST_MASK)
    .flatMap((value) => [value, encodeURIComponent(value.toWellFormed()), Buffer.from(value).toString('base64')]);
  const single = [...new Set(forms)].filter((form) => !/[\r\n]/.test(form));
  return single.map((form) => workflowCommand('add-mask', form));
}

/** A user name that has a password may be a word that is all over a log. */
function passwordIn(value: string): string {
  const { username = '', password = '' } = URL.parse(value) ?? {};
  return password || username;
}

/**
 * A secret that is an address.
 * @throws {CommandError} when it is not there, or is none; what it holds is not said
 */
export function readSecretUrl(name: string, protocols: readonly string[], env: CommandContext['env']): URL {
  const url = URL.parse(readSecret(name, env));
  if (url && url.hostname !== '' && protocols.includes(url.protocol)) return url;
  const forms = protocols.map((protocol) => `${protocol}//…`).join(' or ');
  throw new CommandError(
    `The secret ${name} must contain a URL that starts with ${forms}. In ${ALL}, put a URL that contains # in quotes.`,
  );
}

/** A secret with several entries, separated by commas or line breaks. @throws {CommandError} when it is not there */
export function readSecretList(name: string, env: CommandContext['env']): string[] {
  const entries = readSecret(name, env).split(/[,;\n]/);
  return [...new Set(entries.map((entry) => entry.trim()).filter(Boolean))];
}

/**
 * A key of Standard Webhooks: `whsec_` and 24 to 64 bytes in Base64.
 * @throws {CommandError} when it is not there, or is none
 */
export function readSigningKey(name: string, env: CommandContext['env']): Buffer {
  const key = Buffer.from(/^whsec_([\w+/=]+)$/.exec(readSecret(name, env))?.[1] ?? '', 'base64');
  if (key.length >= 24 && key.length <= 64) return key;
  throw new CommandError(
    `The secret ${name} must be whsec_ and 24 to 64 bytes in Base64. To make one, run: echo "whsec_$(openssl rand -base64 32)"`,
  );
}

/** Why the secrets of a channel will not do, so that this shows before there is something to send; nothing when they will. */
export function secretProblem(channel: Channel, env: CommandContext['env']): string | undefined {
  try {
    if (channel.type === 'email') readSecretUrl(channel.smtp, MAIL, env);
    else readSecretUrl(channel.url, POST, env);
    if (channel.type === 'webhook' && channel.sign !== undefined) readSigningKey(channel.sign, env);
    if (channel.type === 'twilio' || (channel.type === 'email' && !isAddress(channel.to))) readSecret(channel.to, env);
    return undefined;
  } catch (error) {
    if (error instanceof CommandError) return error.message;
    throw error;
  }
}
