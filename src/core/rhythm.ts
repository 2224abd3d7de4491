import type { Instant } from './model.ts';
import type { SiteSettings } from './schema/site.ts';
import type { Impact } from './vocabulary.ts';

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
