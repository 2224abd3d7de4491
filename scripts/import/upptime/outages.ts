import type { ComponentStatus, IncidentWord } from '../../../src/core/vocabulary.ts';
import { htmlToBody } from '../markdown/html-to-markdown.ts';
import type { ImportedIncident, ImportedUpdate } from '../model.ts';
import type { Report } from '../report.ts';
import type { Check } from './commits.ts';
import { endedWithSites } from './removed-sites.ts';
import type { Site, Sites } from './sites.ts';

/** What a check found, as a status of a component. */
const STATUSES: Record<Check['status'], ComponentStatus> = {
  up: 'operational',
  degraded: 'degraded_performance',
  down: 'major_outage',
};

/**
 * An incident for every time that a site was not up, from the check that found it to the one that found it up
 * again. Checks between them are its updates.
 */
export function incidentsFrom(checks: readonly Check[], sites: Sites, report: Report): ImportedIncident[] {
  const running = new Map<Site, Check[]>();
  const incidents: ImportedIncident[] = [];
  const finish = (site: Site, outage: readonly Check[]): void => {
    report.read.incidents += 1;
    report.read.updates += outage.length;
    incidents.push(endedWithSites(incidentOf(site, outage), sites, report));
  };
  for (const check of checks) {
    const site = sites.named(check.name, check.place);
    site.lastSeen = Math.max(site.lastSeen ?? check.at, check.at);
    const outage = running.get(site);
    if (outage) outage.push(check);
    else if (check.status !== 'up') running.set(site, [check]);
    if (check.status === 'up' && outage) {
      finish(site, outage);
      running.delete(site);
    }
  }
  for (const [site, outage] of running) finish(site, outage);
  return incidents.sort((a, b) => a.started - b.started);
}

function incidentOf(site: Site, outage: readonly Check[]): ImportedIncident {
  const [first] = outage as readonly [Check, ...Check[]];
  const last = outage.at(-1) ?? first;
  const wasDown = outage.some(({ status }) => status === 'down');
  const seenUp = site.status === 'up' && (site.lastSeen ?? 0) > last.at ? site.lastSeen : undefined;
  return {
    kind: 'incident',
    identity: `commit-${first.sha.slice(0, 12)}`,
    place: first.place,
    title: wasDown ? `${first.name} is down` : `${first.name} has degraded performance`,
    components: { [site.key]: STATUSES[first.status] },
    ...(last.status !== 'up' && seenUp !== undefined && { endedAt: seenUp }),
    closed: last.status === 'up' || seenUp !== undefined,
    started: first.at,
    updates: outage.map((check, index) => updateOf(check, outage[index - 1], site)),
  };
}

function updateOf(check: Check, before: Check | undefined, site: Site): ImportedUpdate<IncidentWord> {
  const { at, place, status, text } = check;
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const changes = before !== undefined && status !== 'up' && status !== before.status;
  return {
    word: status === 'up' ? 'resolved' : 'update',
    at,
    body: htmlToBody(escaped).markdown,
    ...(changes && { components: { [site.key]: STATUSES[status] } }),
    place,
  };
}
