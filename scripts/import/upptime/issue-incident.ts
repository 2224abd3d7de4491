import type { ComponentStatus, IncidentWord } from '../../../src/core/vocabulary.ts';
import { addedUpdate, TEXTS } from '../lifecycle.ts';
import type { ImportedIncident, ImportedUpdate } from '../model.ts';
import { note } from '../report.ts';
import { readUpdates, timeOf } from './issue-updates.ts';
import { endedWithSites } from './removed-sites.ts';
import type { IssueContext } from './issues.ts';

/** Labels that Upptime or GitHub give; any other one is the slug of a site, or a tag. */
const NO_SITE = new Set(
  'status maintenance bug documentation duplicate enhancement invalid question wontfix'.split(' '),
);

/** An incident from an issue; nothing when it does not say when it was. */
export function readIncident(context: IssueContext): ImportedIncident | undefined {
  const { issue, place, about, title } = context;
  const updates = readUpdates(context, issue.body);
  const started = timeOf(issue.createdAt, place, context) ?? updates[0]?.at;
  if (started === undefined) return undefined;
  const first = updates[0]?.at ?? started;
  const endedAt = timeOf(issue.closedAt, place, context);
  const status = statusOf(context);
  const incident: ImportedIncident = {
    kind: 'incident',
    identity: about.id,
    place,
    title: title || about.id,
    components: Object.fromEntries(sitesOf(context).map((key) => [key, status] as const)),
    ...(endedAt !== undefined && issue.isClosed && { endedAt }),
    closed: issue.isClosed,
    started: Math.min(started, first),
    updates,
  };
  const settled = { ...incident, updates: resolvedWhenClosed(incident, context) };
  return endedWithSites(settled, context.sites, context.report);
}

/** What is written after an issue was closed does not make the incident longer. */
function resolvedWhenClosed(
  incident: ImportedIncident,
  { report }: IssueContext,
): readonly ImportedUpdate<IncidentWord>[] {
  const { updates, endedAt } = incident;
  const isLater = endedAt !== undefined && updates.some(({ at }) => at > endedAt);
  if (!isLater || updates.some(({ word }) => word === 'resolved')) return updates;
  const update = { word: 'resolved' as const, at: endedAt, body: TEXTS.resolved };
  const index = updates.findIndex(({ at }) => at > endedAt);
  return updates.toSpliced(index, 0, addedUpdate(incident, update, 'resolved-added', report));
}

/** Sites by the labels of the issue, else by its title, as Upptime writes it, or by what its text begins with. */
function sitesOf({ issue, title, place, about, sites, report }: IssueContext): string[] {
  const labels = issue.labels.filter((label) => !NO_SITE.has(label.toLowerCase()));
  const listed = labels.filter((label) => sites.isListed(label));
  if (listed.length > 0) return [...new Set(listed.map((label) => sites.named(label, place).key))];
  const { name, url } = /^In [^,]*\)\s*,\s*(?<name>.+?) \((?<url>[^)\s]+)\)\s/s.exec(issue.body)?.groups ?? {};
  const named = name ?? /^(.+?) (?:is down|has degraded performance)$/i.exec(title)?.[1];
  if (named !== undefined) return [sites.named(named, place, url).key];
  if (labels.length === 1) return [sites.named(labels[0] ?? '', place).key];
  note(report, 'component-unknown', place, about);
  return [];
}

function statusOf({ issue, title, place, about, report }: IssueContext): ComponentStatus {
  const text = `${title}\n${issue.body}`;
  if (/degraded/i.test(title) || /experienced \*\*degraded/i.test(text)) return 'degraded_performance';
  if (/\bis down\b|\bwas \*\*down\*\*/i.test(text)) return 'major_outage';
  note(
    report,
    'unknown-severity',
    place,
    about,
    'It does not say how bad it was; it was read as degraded performance.',
  );
  return 'degraded_performance';
}
