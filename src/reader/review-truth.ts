import { affectedComponents, incidentState, isNotice } from '../core/incident.ts';
import type { Incident, Instant, Maintenance, StatusEvent, Update } from '../core/model.ts';
import { rhythmOf } from '../core/rhythm.ts';
import { formatTime } from '../core/time-text.ts';
import { latestStatuses } from '../core/timeline.ts';
import type { ComponentStatus } from '../core/vocabulary.ts';
import { bodyText } from './html.ts';
import { labelInText } from './review-labels.ts';
import type { ReviewContext } from './review.ts';
import type { Report } from './rules.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;
const FIRST = { line: 1, column: 1 };

/** What is said to be gone altogether. */
const DOWN = String.raw`(?:is|are|went|has gone) (?:completely |entirely |currently |now )*(?:down|offline|unavailable)\b`;

/** An outage of one's own; that of a provider, and "no outage", are none. */
const OWN_OUTAGE = new RegExp(
  String.raw`(?<!\b(?:no(?: \w+)?|not an?|without|any|potential|possible|previous|earlier|(?:party|provider|vendor|partner|upstream|cable|cloud)(?: \w+)?|\p{Lu}\w+) )\boutage\b(?! (?:of|with|at|from|to) (?:an?|our) )|\bwe are (?:down|offline)\b`,
  'u',
);

/** Where the record contradicts itself, or keeps silent. */
export function reviewTruth(event: StatusEvent, context: ReviewContext, report: Report): void {
  if (event.kind === 'maintenance') reviewWindow(event, report);
  else if (incidentState(event).open) {
    reviewPromise(event, context, report);
    reviewSilence(event, context, report);
    reviewOperational(event, report);
    reviewOutage(event, context, report);
  }
}

function reviewPromise(incident: Incident, { now, site }: ReviewContext, report: Report): void {
  const newest = incident.updates.at(-1);
  if (!newest || newest.nextUpdate !== undefined || isNotice(incident)) return;
  // After a silent day, a new update is what is missing.
  if (now - newest.at > DAY) return;
  if (labelInText(newest, 'nextUpdate')) return;
  const from = Math.max(now, newest.at);
  const next = from + rhythmOf(incident.impact, incident.started, from, site.promises);
  const reason = 'This update does not say when the next one comes. Tell customers, even if there will be nothing new.';
  // Further away, a labelled line needs its date.
  const written = next - newest.at > DAY / 2 ? formatTime(next - (next % MINUTE)) : clockOf(next);
  report('promise-missing', at(newest), reason, { text: `- **Next update:** ${written}`, edit: 'below' });
}

function reviewSilence(incident: Incident, { now }: ReviewContext, report: Report): void {
  const newest = incident.updates.at(-1);
  if (!newest || now - newest.at <= DAY) return;
  const reason = `The incident is open, but its last update is from ${formatTime(newest.at)}. Post an update, or resolve it.`;
  report('silent-day', at(newest), reason, { example: `## Update · ${formatTime(now - (now % MINUTE))}` });
}

function reviewOperational(incident: Incident, report: Report): void {
  const newest = incident.updates.at(-1);
  const statuses = Object.values(latestStatuses(incident));
  if (!newest || newest.status === 'monitoring') return;
  if (statuses.length === 0 || statuses.some((status) => status !== 'operational')) return;
  const reason =
    'The incident is open and being worked on, but everything that it names is operational. Write Monitoring, or resolve it.';
  report('open-operational', at(newest), reason, `## Monitoring · ${formatTime(newest.at)}`);
}

function reviewOutage(incident: Incident, { components }: ReviewContext, report: Report): void {
  const newest = incident.updates.at(-1);
  if (!newest) return;
  const text = bodyText(newest.body);
  const statuses = latestStatuses(incident);
  const named = affectedComponents(incident);
  const down = named.find((id) => isMild(statuses[id]) && isSaidDown(components.get(id)?.name ?? id, text));
  if (down !== undefined) {
    const name = components.get(down)?.name ?? down;
    const reason = `The text says that “${name}” is down, but its status says otherwise. The page shows what the status says.`;
    const line = `- **Components:** ${down}: major outage`;
    report('outage-unnamed', at(newest), reason, newest.components ? { example: line } : { text: line, edit: 'below' });
  } else if (named.length === 0 && !isNotice(incident) && (OWN_OUTAGE.test(text) || OWN_OUTAGE.test(incident.title))) {
    const reason = 'The text mentions an outage, but no component is named. The page cannot show what is affected.';
    const component = [...components.keys()][0] ?? 'checkout';
    report('outage-unnamed', at(newest), reason, { example: `- **Components:** ${component}: major outage` });
  }
}

function isMild(status: ComponentStatus | undefined): boolean {
  return status !== 'partial_outage' && status !== 'major_outage';
}

function isSaidDown(name: string, text: string): boolean {
  return new RegExp(`(?<![\\p{L}\\p{N}])${RegExp.escape(name)} ${DOWN}`, 'iu').test(text);
}

function reviewWindow({ scheduled, until }: Maintenance, report: Report): void {
  if (until - scheduled <= DAY) return;
  const hours = Math.round((until - scheduled) / 3_600_000);
  const reason = `The maintenance lasts ${hours} hours, so customers cannot tell when it affects them. Part it into windows, or check its end.`;
  report('maintenance-long', FIRST, reason);
}

function at(update: Update): { line: number; column: number } {
  return { line: update.line, column: 1 };
}

/** The time of day in UTC, as a labelled line has it. */
function clockOf(instant: Instant): string {
  return formatTime(instant - (instant % MINUTE)).slice('YYYY-MM-DD '.length);
}
