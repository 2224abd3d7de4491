import type { Instant } from '../../src/core/model.ts';
import type { SiteSettings } from '../../src/core/schema/site.ts';
import type { Impact } from '../../src/core/vocabulary.ts';

const TWO_HOURS = 2 * 3_600_000;

/**
 * How long after an update the next one should come, by `promises.rhythm`; in milliseconds.
 * @param started when the incident began
 * @param at when the update is posted
 */
export function rhythmOf(impact: Impact, started: Instant, at: Instant, { rhythm }: SiteSettings['promises']): number {
  if (at - started >= TWO_HOURS) return rhythm.after_2h;
  return impact === 'none' ? rhythm.minor : rhythm[impact];
}

/** `20m`, `2h`: a duration as it is typed. */
export function writeDuration(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}
