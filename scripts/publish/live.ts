import { z } from 'zod';
import type { Instant } from '../../src/core/model.ts';
import { Problem } from '../problem.ts';

const buildSchema = z.object({ built: z.iso.datetime(), commit: z.string().nullish() });
const PATIENCE = 20_000;

/** The page that customers see. */
export interface LiveBuild {
  built: Instant;
  /** The commit that it was built from, if that is known. */
  commit?: string;
}

/**
 * Which page is at an address; nothing where none is yet.
 * @throws {Problem} when there is no answer, or another one than `/build.json` gives
 */
export async function liveBuild(address: URL, now: Instant): Promise<LiveBuild | undefined> {
  // A query of its own, because GitHub Pages answers from a cache for ten minutes.
  const place = new URL(`build.json?at=${now}`, address);
  const answer = await fetch(place, { signal: AbortSignal.timeout(PATIENCE) }).catch((error: unknown) => {
    throw new Problem(`${place.href} does not answer: ${causeOf(error)}.`);
  });
  if (answer.status === 404) return undefined;
  if (!answer.ok) throw new Problem(`${place.href} answers with ${answer.status} instead of the page's build.`);
  const { data } = buildSchema.safeParse(await answer.json().catch(() => undefined));
  if (!data) throw new Problem(`${place.href} is not the build.json that Candor writes.`);
  return { built: Date.parse(data.built), ...(data.commit && { commit: data.commit }) };
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}
