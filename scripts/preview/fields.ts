import { affectedComponents, impactByHand } from '../../src/core/incident.ts';
import type { StatusEvent, Update } from '../../src/core/model.ts';
import { severityInWords } from '../../src/i18n/facts.ts';
import type { Words } from '../../src/i18n/words.ts';
import type { Naming } from './naming.ts';

/** A value that is another one, or was not there, or is gone; in the words of the page. */
export interface FieldChange {
  /** What it is called here, in every language: `title`, `edited`. */
  field: string;
  label: string;
  before?: string;
  after?: string;
}

/** Values by field; what is not said is left out. */
export type Fields = ReadonlyMap<string, { label: string; text: string }>;

/** What an event says besides its updates. */
export function eventFields(event: StatusEvent, { words, time, statuses }: Naming): Fields {
  const when: Entry =
    event.kind === 'incident'
      ? ['started', 'Started', time(event.started)]
      : [
          'planned',
          words.say('feed.planned'),
          words.say('time.range', { from: time(event.scheduled), to: time(event.until) }),
        ];
  return given([
    ['title', 'Title', event.title],
    ['impact', 'Severity', severityBesides(event, words)],
    when,
    ['components', words.say('fact.components'), statuses(event.components)],
    ['areas', words.say('fact.areas'), event.areas.join(', ')],
    ['reference', words.say('fact.reference'), event.reference],
  ]);
}

/** The severity of an incident, if its components do not show it. */
function severityBesides(event: StatusEvent, words: Words): string | undefined {
  if (event.kind === 'maintenance') return undefined;
  const impact = impactByHand(event);
  if (impact) return words.say(`impact.${impact}`);
  return affectedComponents(event).length === 0 ? severityInWords(event, words) : undefined;
}

/** What an update says besides its text. */
export function updateFields(update: Update, { words, time, statuses }: Naming): Fields {
  const timeOf = (instant: number | undefined) => (instant === undefined ? undefined : time(instant));
  return given([
    ['word', 'Status', words.say(`word.${update.word}` as `word.${StatusEvent['updates'][number]['word']}`)],
    ['at', 'Time', time(update.at)],
    ['components', words.say('fact.components'), statuses(update.components ?? {})],
    ['areas', words.say('fact.areas'), update.areas?.join(', ')],
    ['ended', words.say('fact.ended'), timeOf(update.ended)],
    ['postmortem_by', words.say('fact.postmortem_by'), timeOf(update.postmortemBy)],
    ['expected_fix', words.say('fact.expected_fix'), timeOf(update.expectedFix)],
    [
      'window',
      words.say('fact.window'),
      update.window && words.say('time.range', { from: time(update.window.from), to: time(update.window.to) }),
    ],
    ['next_update', words.say('fact.next_update'), timeOf(update.nextUpdate)],
    ['edited', words.say('fact.edited'), timeOf(update.edited)],
  ]);
}

export function changedFields(before: Fields, after: Fields): FieldChange[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((field): FieldChange[] => {
    const [old, now] = [before.get(field), after.get(field)];
    if (old?.text === now?.text) return [];
    const label = now?.label ?? old?.label ?? '';
    return [{ field, label, ...(old && { before: old.text }), ...(now && { after: now.text }) }];
  });
}

type Entry = readonly [field: string, label: string, text: string | undefined];

/** Fields by name; those without a text are left out. */
export function given(entries: readonly Entry[]): Fields {
  return new Map(entries.flatMap(([field, label, text]) => (text ? [[field, { label, text }] as const] : [])));
}
