import { distance } from 'fastest-levenshtein';

/** The known name that was most likely meant, if any is near enough. */
export function nearest(
  name: string,
  known: Iterable<string>,
  most: (candidate: string) => number = lettersThatMayDiffer,
): string | undefined {
  const written = name.toLowerCase().slice(0, 200);
  let best: { name: string; distance: number } | undefined;
  for (const candidate of known) {
    const begins = written.length >= 4 && candidate.toLowerCase().startsWith(written);
    const apart = begins ? 0 : distance(written, candidate.toLowerCase());
    if (apart <= most(candidate) && (!best || apart < best.distance)) {
      best = { name: candidate, distance: apart };
    }
  }
  return best?.name;
}

/** Two letters in the wrong order count as two. */
function lettersThatMayDiffer(candidate: string): number {
  return candidate.length <= 3 ? 1 : Math.max(2, Math.floor(candidate.length / 3));
}

/** ` Did you mean “checkout”?`, else ` Known are a, b, c.`, to stand behind a sentence. */
export function didYouMean(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  if (meant) return ` Did you mean “${meant}”?`;
  if (known.length === 0) return '';
  const shown = known.slice(0, 12);
  return ` Use one of ${shown.join(', ')}${known.length > shown.length ? ' or others' : ''}.`;
}
