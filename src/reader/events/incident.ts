import type { Section } from './headings.ts';
import { affectedComponents, impactOf } from '../../core/incident.ts';
import type { Incident, IncidentUpdate, LabelledFacts } from '../../core/model.ts';
import { formatTimeIn } from '../../core/human-time.ts';
import { LIMITS, findLoneSlip } from '../../core/limits.ts';
import { formatTime } from '../../core/time-text.ts';
import type { IncidentStatus, IncidentWord } from '../../core/vocabulary.ts';
import type { EventContext } from './event.ts';
import { baseOf, checkEventAreas, readAliases, readEvent, resolveComponents, updateIds } from './event.ts';
import type { SourceFile } from '../files.ts';
import { headingLine } from './headings.ts';
import type { LabelName } from '../../core/labels.ts';
import { LABELS } from '../../core/labels.ts';
import type { LabelContext } from './labels.ts';
import { readLabels } from './labels.ts';
import type { Report } from '../rules.ts';
import { ignore } from '../rules.ts';
import type { Sections } from './updates.ts';

/** Reads an incident. Undefined if it has too many errors to show anything. */
export function readIncident(
  file: SourceFile & { text: string },
  id: string,
  context: EventContext,
  report: Report,
): Incident | undefined {
  const parts = readEvent(file, 'incident', ({ incident }) => incident, context, report);
  if (!parts) return undefined;
  const { data, yaml, sections } = parts;
  if (sections.preface) {
    const reason = 'This text is above the first update heading, so it won’t be published. Add a heading above it.';
    report('text-before-updates', sections.preface.position, reason, { text: parts.exampleHeading, edit: 'above' });
  }
  const first = sections.updates.find(({ isGuess }) => !isGuess);
  if (!sections.begun && !sections.preface) {
    report('updates-missing', parts.end, 'The incident has no updates. Add one that says what customers see.', {
      example: `${parts.exampleHeading}\n\nSome customers cannot pay. We are looking for the cause.`,
    });
  }
  const started = data?.started ?? first?.at ?? -Infinity;
  const components = data && yaml ? resolveComponents(data.components, yaml, started, context.names, report) : {};
  if (yaml && started > context.now && data?.started !== undefined) {
    const reason = `“started” is in the future: ${formatTime(started)}. It’s ${formatTime(context.now)} now.`;
    report('time-in-future', yaml.locate(['started']), reason);
  }
  const slip = first && findLoneSlip(started, first.at, 'before');
  if (yaml && first && data?.started !== undefined && (slip ?? first.at - started > LIMITS.unnoticed)) {
    const which = slip ? `The ${slip.part} looks wrong` : 'Correct the wrong date';
    const reason = `${which}: the incident starts at ${formatTime(started)}, but its first update is from ${formatTime(first.at)}.`;
    const line = slip && yaml.rewrite(['started'], formatTimeIn(slip.instant, parts.zone));
    report('time-implausible', yaml.locate(['started']), reason, line);
  } else if (yaml && first && data?.started !== undefined && started > first.at) {
    const reason = `“started” is ${formatTime(started)}, which is after the first update.`;
    report('started-late', yaml.locate(['started']), reason, yaml.rewrite(['started'], formatTime(first.at)));
  }
  const speaking = { ...context, siteZone: context.zone, zone: parts.zone };
  const updates = readUpdates(sections, started, Object.keys(components), speaking, report);
  if (!data || !yaml || !first) return undefined;

  const named = affectedComponents({ components: data.components, updates });
  if (data.impact === undefined && named.length === 0) {
    const reason =
      'This incident has no “components” and no “impact”, so its impact defaults to minor. Add one of them. For a notice, set impact: none.';
    report('impact-unknown', yaml.locate([]), reason, yaml.withKey([], 'impact', 'minor'));
  }
  const statuses = [components, ...updates.map((update) => update.components ?? {})].flatMap(Object.values);
  const found: Incident = {
    kind: 'incident',
    id,
    file: file.path,
    title: data.title,
    impact: data.impact ?? impactOf(statuses),
    areas: data.areas,
    ...(data.reference !== undefined && { reference: data.reference }),
    ...readAliases('incident', data, yaml),
    components,
    started,
    updates: updates.filter((_, index) => !sections.updates[index]?.isGuess),
  };
  checkEventAreas([found], data.areas, { yaml, sections }, context, report);
  return found;
}

/** Gives each update its status. Reports updates in the wrong order, or with labelled lines that are not allowed. */
function readUpdates(
  { updates: sections, isDoubtful }: Sections,
  started: number,
  components: readonly string[],
  context: Omit<LabelContext, 'started' | 'named'>,
  report: Report,
): IncidentUpdate[] {
  const named = new Set(components);
  const ids = updateIds(sections, report);
  // If the order of updates is in doubt, none is reported as too early.
  const reportOrder: Report = isDoubtful ? ignore : report;
  let status: IncidentStatus | undefined;
  let opened = started;
  return sections.map((section, index) => {
    const word = section.word as IncidentWord;
    if (word === 'update' && status === undefined) {
      const reason =
        'The earliest update is headed “Update”, but there’s no earlier status to keep. Start with a status such as Investigating.';
      reportOrder('first-update', section.position, reason, rewritten(section, 'investigating'));
    }
    if (word === 'postmortem' && status !== 'resolved') {
      const reason = 'This incident isn’t resolved yet. Add a Resolved update before the postmortem.';
      reportOrder('postmortem-early', section.position, reason, rewritten(section, 'update'));
    }
    if (status === 'resolved' && word !== 'update' && word !== 'postmortem' && word !== 'resolved') opened = section.at;
    status = word === 'update' || word === 'postmortem' ? (status ?? 'investigating') : word;
    const labels = readLabels(section, { ...context, started, named }, report);
    for (const id of Object.keys(labels.components ?? {})) named.add(id);
    checkLabels(section, word, status, labels, opened, reportOrder);
    return { ...baseOf(section, ids[index] ?? '', word, status), ...labels };
  });
}

/** Reports labelled lines that are not allowed with the update's status. */
function checkLabels(
  section: Section,
  word: IncidentWord,
  status: IncidentStatus,
  { ended, components = {} }: LabelledFacts,
  opened: number,
  report: Report,
): void {
  const labels = new Map(section.labels.toReversed().map((label) => [label.name, label]));
  const isOver = status === 'resolved';
  const isAdded = isOver && word !== 'resolved';
  const resolves = (name: LabelName) =>
    `This update resolves the incident, so “${LABELS[name].label}” has no meaning here. Delete the line.`;
  const misplaced: readonly [name: LabelName, isMisplaced: boolean, reason: string][] = [
    ['nextUpdate', isOver, resolves('nextUpdate')],
    ['expectedFix', isOver, resolves('expectedFix')],
    ['ended', word !== 'resolved', '“Ended” is only allowed in the Resolved update. Move the line there.'],
    [
      'postmortemBy',
      !isOver || word === 'postmortem',
      word === 'postmortem'
        ? 'This update is the postmortem, so “Postmortem by” has no meaning here. Delete the line.'
        : '“Postmortem by” is only allowed in the Resolved update or a later one. Move the line there.',
    ],
    ['window', true, '“Window” is only for maintenance, but this is an incident. Delete the line.'],
    [
      'components',
      isAdded,
      'Component statuses cannot change after Resolved. If the problem is back, use an open status such as Investigating.',
    ],
  ];
  for (const [name, isMisplaced, reason] of misplaced) {
    const label = labels.get(name);
    if (!label || !isMisplaced) continue;
    const position = name === 'window' ? label.position : label.valuePosition;
    report(
      'label-misplaced',
      position,
      reason,
      name === 'components' ? { example: rewritten(section, 'investigating') } : undefined,
    );
  }
  const [endedLine, componentsLine] = [labels.get('ended'), labels.get('components')];
  if (endedLine && word === 'resolved' && ended !== undefined && ended < opened) {
    const reason = `“Ended” is ${formatTime(ended)}, before the incident started at ${formatTime(opened)}. Delete the line, or set “started” to an earlier time.`;
    report('times-reversed', endedLine.valuePosition, reason);
  }
  if (componentsLine && word === 'resolved' && Object.values(components).some((one) => one !== 'operational')) {
    const reason =
      'Resolved sets every component to operational, but this line says otherwise. Use Monitoring until all of them are operational.';
    report('resolved-components', componentsLine.valuePosition, reason, {
      example: rewritten(section, 'monitoring'),
    });
  }
}

/** The heading of an update with another status. */
function rewritten({ at, pinned }: Section, word: IncidentWord): string {
  return headingLine(word, formatTime(at), pinned);
}
