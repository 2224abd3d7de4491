import type { Instant } from './model.ts';
import type { SiteSettings } from './schema/site.ts';
import type { WatchCase } from './watch.ts';
import { isMissed } from './watch.ts';

/** Who is told about a missed case, and from when on. */
export interface WatchLevel {
  /** Milliseconds after the time that was promised. */
  after: number;
  who: readonly string[];
  from: Instant;
}

/** From when on the owners are reminded of a case. */
export function remindFrom({ due }: WatchCase, { watch }: SiteSettings): Instant {
  return due - watch.remind;
}

/** The levels that a case climbs, soonest first; several of one time are one level. Nobody is told before it is missed. */
export function levelsOf(one: WatchCase, { escalation }: SiteSettings): WatchLevel[] {
  const levels = new Map<number, string[]>();
  for (const { after, who } of escalation) levels.set(after, [...(levels.get(after) ?? []), ...who]);
  return [...levels]
    .sort(([a], [b]) => a - b)
    .map(([after, who]) => ({ after, who: [...new Set(who)], from: Math.max(one.due + after, firstMissed(one)) }));
}

/** When something is next to be done about any of the cases: a reminder, the word that one is missed, a level. */
export function nextMoment(cases: readonly WatchCase[], site: SiteSettings, now: Instant): Instant | undefined {
  const moments = cases
    .flatMap((one) => [remindFrom(one, site), firstMissed(one), ...levelsOf(one, site).map(({ from }) => from)])
    .filter((moment) => moment > now);
  return moments.length === 0 ? undefined : Math.min(...moments);
}

/** The cases that have been missed, and those that have not. */
export function splitMissed(cases: readonly WatchCase[], now: Instant): { missed: WatchCase[]; coming: WatchCase[] } {
  return {
    missed: cases.filter((one) => isMissed(one, now)),
    coming: cases.filter((one) => !isMissed(one, now)),
  };
}

/** The first instant at which `isMissed` holds. */
function firstMissed({ missedFrom }: WatchCase): Instant {
  return missedFrom + 1;
}
