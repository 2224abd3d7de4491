import { z } from 'zod';
import { InvalidArgumentError } from 'commander';
import type { Instant } from '../../src/core/days.ts';
import { causeOf, CommandError } from './errors.ts';
import type { Diagnostic } from '../../src/core/diagnostic.ts';

/** Whether two addresses are equal. The scheme is ignored, because a host can say http for what it serves with https. */
export function isAt(url: URL, address: URL): boolean {
  return place(url) === place(address);
}

/**
 * The problem if `url` in `site.yml` differs from the address of the page.
 * @param text `site.yml`
 */
export function wrongAddress(url: URL, address: URL, text: string): Diagnostic | undefined {
  if (isAt(url, address)) return undefined;
  const scheme = address.hostname.endsWith('.github.io') ? 'https:' : url.protocol;
  return {
    file: 'site.yml',
    line: text.split('\n').findIndex((line) => line.startsWith('url:')) + 1 || 1,
    column: 1,
    ruleId: 'address',
    severity: 'error',
    reason: `The page will be at ${address.href} not at ${url.href}, so its links and styles would not work.`,
    expected: `url: ${scheme}//${place(address)}`,
  };
}

function place({ host, pathname }: URL): string {
  return `${host}${pathname.replace(/\/*$/, '/')}`;
}

const buildSchema = z.object({ built: z.iso.datetime(), commit: z.string().nullish() });
const PATIENCE = 20_000;

/** The page that customers see. */
export interface LiveBuild {
  built: Instant;
  /** The commit that it was built from, if known. */
  commit?: string;
}

/**
 * Reads which page is at an address. Undefined if there is none yet.
 * @param patience how long to wait for an answer, in milliseconds
 * @throws {CommandError} when there is no answer, or another one than `/build.json` gives
 */
export async function liveBuild(address: URL, now: Instant, patience = PATIENCE): Promise<LiveBuild | undefined> {
  // A query of its own, because GitHub Pages answers from a cache for ten minutes.
  const place = new URL(`build.json?at=${now}`, address);
  const answer = await fetch(place, { signal: AbortSignal.timeout(patience) }).catch((error: unknown) => {
    throw new CommandError(`${place.href} did not respond: ${causeOf(error)}.`);
  });
  if (answer.status === 404) return undefined;
  if (!answer.ok)
    throw new CommandError(`${place.href} returned ${answer.status}, but should return build.json of the page.`);
  const { data } = buildSchema.safeParse(await answer.json().catch(() => undefined));
  if (!data) throw new CommandError(`${place.href} is not a build.json that Candor wrote.`);
  return { built: Date.parse(data.built), ...(data.commit && { commit: data.commit }) };
}

/** Reads the value of an option that is an address of the web. */
export function readAddress(text: string): URL {
  if (!/^https?:/.test(text) || !URL.canParse(text)) {
    throw new InvalidArgumentError('Use a URL such as https://acme.github.io/status/.');
  }
  return new URL(text);
}
