import { parseEnv } from 'node:util';
import type { CommandContext } from '../context.ts';
import { Problem } from '../problem.ts';

/** One secret for all channels, a line `NAME=value` each, so that no workflow has to name them. */
const ALL = 'STATUS_SECRETS';

/**
 * A secret by its name: a variable of that name, else its line in `STATUS_SECRETS`.
 * @throws {Problem} when it is not there
 */
export function readSecret(name: string, env: CommandContext['env']): string {
  const value = (env[name] ?? parseEnv(env[ALL] ?? '')[name] ?? '').trim();
  if (value !== '') return value;
  const write = `Write a line ${name}=… into the secret ${ALL} of the repository.`;
  throw new Problem(`There is no secret ${name}. ${write}`);
}

/**
 * A secret that is an address.
 * @throws {Problem} when it is not there, or is none; what it holds is not said
 */
export function readSecretUrl(name: string, protocols: readonly string[], env: CommandContext['env']): URL {
  const url = URL.parse(readSecret(name, env));
  if (url && url.hostname !== '' && protocols.includes(url.protocol)) return url;
  const forms = protocols.map((protocol) => `${protocol}//…`).join(' or ');
  throw new Problem(
    `The secret ${name} holds no address that begins with ${forms}. In ${ALL}, an address with # stands in quotes.`,
  );
}
