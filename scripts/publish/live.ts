import { z } from 'zod';
import type { Instant } from '../../src/core/model.ts';
import { Problem } from '../problem.ts';

const buildSchema = z.object({ built: z.iso.datetime() });
const PATIENCE = 20_000;

/**
 * When the page at an address was built; nothing where no page is yet.
 * @throws {Problem} when there is no answer, or another one than `/build.json` gives
 */
export async function liveBuild(address: URL, now: Instant): Promise<Instant | undefined> {
  // A query of its own, because GitHub Pages answers from a cache for ten minutes.
  const place = new URL(`build.json?at=${now}`, address);
  const answer = await fetch(place, { signal: AbortSignal.timeout(PATIENCE) }).catch((error: unknown) => {
    throw new Problem(`${place.href} does not answer: ${causeOf(error)}.`);
  });
  if (answer.status === 404) return undefined;
  if (!answer.ok) throw new Problem(`${place.href} answers with ${answer.status} instead of the page's build.`);
  const { data } = buildSchema.safeParse(await answer.json().catch(() => undefined));
  if (!data) throw new Problem(`${place.href} is not the build.json that Candor writes.`);
  return Date.parse(data.built);
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}
