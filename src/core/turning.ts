import { isRetired } from './ledger.ts';
import type { Ledger } from './ledger.ts';
import type { Instant } from './model.ts';

/** How far ahead a page that nobody rebuilds stays true. */
export const HORIZON = 7 * 86_400_000;

/**
 * The instants after `now` at which the page says something else although nobody writes anything: maintenance
 * begins, ends or overruns, a promise or an expected fix passes, a component retires. Soonest first.
 */
export function turningInstants(ledger: Ledger): Instant[] {
  const { content, now, openIncidents, running, upcoming } = ledger;
  const open = [...openIncidents, ...running, ...upcoming];
  const instants = [
    ...[...running, ...upcoming].flatMap(({ scheduled, until }) => [scheduled, until]),
    ...open.flatMap(({ updates }) => {
      const newest = updates.at(-1);
      const promised = newest?.nextUpdate;
      return [
        promised === undefined ? undefined : promised + content.site.promises.grace + 1,
        updates.findLast(({ expectedFix }) => expectedFix !== undefined)?.expectedFix,
      ];
    }),
    ...[...content.components.values()].filter((one) => !isRetired(one, now)).map(({ retired }) => retired),
  ];
  const coming = instants.filter((at) => at !== undefined).filter((at) => at > now && at <= now + HORIZON);
  return [...new Set(coming)].sort((a, b) => a - b);
}
