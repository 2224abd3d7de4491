import { affectedNodes } from '../../src/core/affected.ts';
import { isNotice } from '../../src/core/incident.ts';
import type { Body, StatusEvent, Update } from '../../src/core/model.ts';
import { affectedInWords, factsOf, factText, severityInWords } from '../../src/i18n/facts.ts';
import type { Comparison } from './compare.ts';
import type { EventChange, TextChange, UpdateChange } from './event-changes.ts';
import { announcementOf, pathOf } from './event-changes.ts';
import { onlyWords } from './extent.ts';
import type { FieldChange } from './fields.ts';
import type { Block, Inline } from './outline.ts';
import { capital, counted } from './outline.ts';
import { shownTree } from './shown.ts';

/** Of a text with fewer of its words left than this, the new one is shown, since marks on every word help nobody. */
const LEAST_LEFT = 0.4;

/** What customers read of one incident or maintenance that is not as before. */
export function eventBlocks(change: EventChange, comparison: Comparison): Block[] {
  const { event, kind, fields, announcement, updates } = change;
  const heading: Block = { kind: 'heading', text: [`${labelOf(change)}: ${event.title}`] };
  if (kind === 'removed') return [heading, { kind: 'text', text: [goneOf(event)] }];
  const announced = [{ strong: comparison.naming.words.say('maintenance.announced') }];
  const body = announcementOf(event);
  return [
    heading,
    ...(kind === 'added' ? [introduction(event, comparison)] : fieldBlocks(fields)),
    ...(kind === 'added' && body ? [message(announced, body, [], comparison)] : []),
    ...(announcement ? textBlocks(announced, announcement, comparison) : []),
    ...updates.flatMap((update) => updateBlocks(event, update, comparison)),
  ];
}

/** `Scheduled for: 02:00 UTC → 03:00 UTC`. */
export function fieldLine({ label, before, after }: FieldChange): Inline[] {
  if (before === undefined) return [`${label}: `, { strong: after ?? '' }];
  return [`${label}: ${before} → `, after === undefined ? 'nothing' : { strong: after }];
}

function fieldBlocks(fields: readonly FieldChange[]): Block[] {
  return fields.length > 0 ? [{ kind: 'list', items: fields.map(fieldLine) }] : [];
}

function labelOf(change: EventChange): string {
  const { event, kind, fields, updates } = change;
  const noun = event.kind === 'maintenance' ? 'maintenance' : isNotice(event) ? 'notice' : 'incident';
  if (kind === 'added') return `New ${noun}`;
  if (kind === 'removed') return `Deleted ${noun}`;
  const added = updates.filter((update) => update.kind === 'added');
  if (added.some(({ update }) => update.word === 'cancelled')) return `Cancelled ${noun}`;
  if (fields.some(({ field }) => field === 'planned')) return `Moved ${noun}`;
  if (added.length > 0) return `${added.length === 1 ? 'New update' : 'New updates'} of an existing ${noun}`;
  return onlyWords(change)
    ? `Corrected words of ${noun === 'incident' ? 'an' : 'a'} ${noun}`
    : capital(`changed ${noun}`);
}

function goneOf(event: StatusEvent): string {
  const updates = event.updates.length > 0 ? ` with ${counted(event.updates.length, 'update')}` : '';
  return `Its page${updates} goes, and links to ${pathOf(event)} lead nowhere. Customers may have read it.`;
}

/** What stands below the title on the page. */
function introduction(event: StatusEvent, { content, naming: { words, time } }: Comparison): Block {
  const when =
    event.kind === 'incident'
      ? words.say('incident.severity_since', { severity: severityInWords(event, words), time: time(event.started) })
      : words.say('time.range', { from: time(event.scheduled), to: time(event.until) });
  return {
    kind: 'text',
    text: [
      [when, affectedInWords(affectedNodes(content, event, Object.entries(event.components)), words)]
        .filter(Boolean)
        .join(' · '),
    ],
  };
}

function updateBlocks(
  event: StatusEvent,
  { kind, update, fields, text }: UpdateChange,
  comparison: Comparison,
): Block[] {
  const head = headOf(update, comparison);
  if (kind === 'added') return [message(head, update.body, factLines(event, update, comparison), comparison)];
  if (kind === 'removed') return [{ kind: 'text', text: ['Taken back: ', ...head] }];
  const changed = text ? textBlocks(head, text, comparison) : [{ kind: 'text' as const, text: head }];
  return [...changed, ...fieldBlocks(fields)];
}

function headOf({ word, at }: Update, { naming: { words, time } }: Comparison): Inline[] {
  return [{ strong: words.say(`word.${word}` as `word.${StatusEvent['updates'][number]['word']}`) }, ` · ${time(at)}`];
}

function textBlocks(head: Inline[], { after, words }: TextChange, comparison: Comparison): Block[] {
  const length = (kinds: readonly string[]) =>
    words.filter(({ kind }) => kinds.includes(kind)).reduce((sum, { text }) => sum + text.length, 0);
  const changed = length(['removed', 'added']);
  if (changed > 0 && length(['same']) >= LEAST_LEFT * length(['same', 'added']))
    return [{ kind: 'words', head, words }];
  const note = changed > 0 ? 'This text is written anew:' : 'The words stay; how they look, or a link, changes:';
  return [{ kind: 'text', text: [note] }, message(head, after, [], comparison)];
}

function message(head: Inline[], body: Body, facts: string[], { site }: Comparison): Block {
  return { kind: 'message', head, body: shownTree(body, site.url.href), facts };
}

function factLines(event: StatusEvent, update: Update, { naming, content }: Comparison): string[] {
  return factsOf(event, update, content, naming.words).map((fact) =>
    naming.words.say('feed.fact', {
      label: fact.label,
      value: factText(fact, naming.words, { dateTime: naming.time }),
    }),
  );
}
