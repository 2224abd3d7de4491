const { dataset } = document.documentElement;
/** By so many milliseconds a clock may be wrong without anybody seeing it. */
const TOLERANCE = 120_000;
let wrongBy = 0;

/**
 * Milliseconds since 1970, by the host's clock where the reader's is known to be wrong; never before the page was
 * built, and counted from then where the build's clock was set.
 */
export function now(): number {
  const { now: fixed, built = 0 } = dataset;
  return fixed ? Number(fixed) + performance.now() : Math.max(Date.now() - wrongBy, Number(built));
}

/** Takes the host's time from an answer. One out of a cache on the way says how long it lay there. */
export function setClock({ headers }: Response): void {
  const host = Date.parse(headers.get('date') ?? '') + Number(headers.get('age')) * 1000;
  if (!Number.isFinite(host)) return;
  const difference = Date.now() - host;
  wrongBy = Math.abs(difference) > TOLERANCE ? difference : 0;
}
