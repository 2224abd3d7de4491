import type { Ledger } from './ledger.ts';
import { maintenancePhases } from './maintenance.ts';
import type { Instant } from './model.ts';
import { openPromise, postmortemOf } from './promises.ts';

/** How far ahead a page that nobody rebuilds stays true. */
export const HORIZON = 7 * 86_400_000;

/**
 * The instants after `now` at which the page says something else although nobody writes anything: maintenance
 * begins, ends or overruns, a promise, an expected fix or the day of a postmortem passes, a component retires.
 * Soonest first.
 */
export function turningInstants(ledger: Ledger): Instant[] {
  const { content, now, openIncidents, running, upcoming } = ledger;
  const { postmortems, promises } = content.site;
  const { grace } = promises;
  const maintenance = [...running, ...upcoming];
  const lastMoments = [...openIncidents, ...maintenance].flatMap(({ updates }) => {
    const due = openPromise(updates, now, grace)?.due ?? Infinity;
    const fix = updates.findLast(({ expectedFix }) => expectedFix !== undefined)?.expectedFix ?? Infinity;
    return [due + grace, fix];
  });
  const explanations = content.incidents.flatMap((incident) => postmortemOf(incident, now, postmortems) ?? []);
  const instants = [
    ...maintenance.flatMap((one) => [...maintenancePhases(one).map(({ from }) => from), one.until]),
    ...[...lastMoments, ...explanations.map(({ due }) => due)].map((moment) => moment + 1),
    ...[...content.components.values()].map(({ retired }) => retired ?? Infinity),
  ];
  const coming = instants.filter((at) => at > now && at <= now + HORIZON);
  return [...new Set(coming)].sort((a, b) => a - b);
}
