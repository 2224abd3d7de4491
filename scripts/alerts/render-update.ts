import type { Instant } from '../../src/core/days.ts';
import type { Announcement } from '../../src/core/alerts/decide.ts';
import type { AlertRecord } from '../../src/core/alerts/record.ts';
import type { AlertRule } from '../../src/core/alerts/rule.ts';
import { affectedComponents, impactOf, incidentState } from '../../src/core/incident.ts';
import { isRetired } from '../../src/core/ledger.ts';
import type { Component, Incident } from '../../src/core/model.ts';
import { formatTime } from '../../src/core/time-text.ts';
import { approve } from '../authoring/approve.ts';
import { CommandError } from '../lib/errors.ts';
import type { FoundContent } from '../lib/content.ts';
import type { Draft } from '../authoring/draft.ts';
import { usualNext, writeDuration } from '../authoring/answers.ts';
import { draftIncident, draftUpdate } from '../authoring/draft.ts';
import { factsInWords } from '../authoring/facts.ts';
import { fill, findTemplate } from '../authoring/template.ts';
import { minuteOf } from '../../src/core/human-time.ts';
import type { AlertFile } from './rule-state.ts';

/** Which template says what. */
const TEMPLATES = { begun: 'template', more: 'more', back: 'back', over: 'over' } as const;

/**
 * The file in which something is said, in the words of the rule's template. Should the page refuse what the alert itself
 * says in it, the rule's own words stand there instead, so that no monitor can keep customers from being told.
 * @throws {CommandError} when the template is missing or broken
 */
export function renderUpdate(
  announcement: Announcement,
  rule: AlertRule,
  file: AlertFile | undefined,
  found: FoundContent,
): Draft {
  try {
    return renderWith(announcement.because.fields, announcement, rule, file, found);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return renderWith({}, announcement, rule, file, found);
  }
}

function renderWith(
  fields: AlertRecord['fields'],
  announcement: Announcement,
  rule: AlertRule,
  file: AlertFile | undefined,
  found: FoundContent,
): Draft {
  const template = findTemplate(rule[TEMPLATES[announcement.what]], found);
  const values = new Map([
    ...factsInWords(factsOf(announcement, rule, file), found),
    ...Object.entries(rule.set),
    ...Object.entries(fields),
  ]);
  for (const { name, usual } of template.blanks) {
    const words = usual[file ? incidentState(file.incident).status : ''];
    if (!values.has(name) && words !== undefined) values.set(name, words);
  }
  const component = Object.entries('components' in announcement ? announcement.components : {})
    .filter(([id]) => isThere(found.content.components.get(id), found.now))
    .map((pair) => pair.join('='));
  const answers = { message: fill(template, values), status: template.status, component };
  const incident = announcement.what === 'begun' ? undefined : file?.incident;
  const draft =
    file && incident
      ? draftUpdate({ ...answers, ...timesOf(announcement, rule, incident, found) }, incident, file.text, found)
      : draftIncident(
          { ...answers, ...frontOf(announcement, rule), ...timesOf(announcement, rule, undefined, found) },
          found,
        );
  approve(found, draft, incident);
  return draft;
}

/** What has retired since an alert came has no status that anybody could be told of. */
function isThere(component: Component | undefined, now: Instant): boolean {
  return component !== undefined && !isRetired(component, now);
}

function frontOf(announcement: Announcement, { title, areas, impact }: AlertRule) {
  const started = announcement.what === 'begun' ? { started: formatTime(minuteOf(announcement.started)) } : {};
  return { title, area: areas, ...(impact && { impact }), ...started };
}

/** What is known when something is said: what is not well then, or all that there was, when it is over. */
function factsOf(announcement: Announcement, rule: AlertRule, file: AlertFile | undefined) {
  const said = 'components' in announcement ? announcement.components : {};
  const unwell = Object.keys(said).filter((id) => said[id] !== 'operational');
  const components = unwell.length > 0 || !file ? unwell : affectedComponents(file.incident);
  const started = announcement.what === 'begun' ? announcement.started : file?.incident.started;
  return { components, areas: rule.areas, ...(started !== undefined && { started: minuteOf(started) }) };
}

/** When the next update is promised, by the rule or by the page's rhythm; of what is over, when it ended. */
function timesOf(announcement: Announcement, rule: AlertRule, incident: Incident | undefined, found: FoundContent) {
  const at = minuteOf(found.now);
  if (announcement.what === 'over') {
    const ended = Math.max(minuteOf(announcement.ended), incident ? openedAt(incident) : -Infinity);
    return ended < at ? { ended: formatTime(ended) } : {};
  }
  if (rule.next === null) return {};
  const impact = incident?.impact ?? rule.impact ?? impactOf(Object.values(announcement.components));
  const started = incident?.started ?? (announcement.what === 'begun' ? announcement.started : at);
  return { next: rule.next === undefined ? usualNext(impact, started, found) : writeDuration(rule.next) };
}

/** When an incident was opened last. */
function openedAt({ started, updates }: Incident): number {
  const reopened = updates.findLast(
    ({ status }, index) => status !== 'resolved' && updates[index - 1]?.status === 'resolved',
  );
  return reopened?.at ?? started;
}
