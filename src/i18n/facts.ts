import { areaNamed } from '../core/areas.ts';
import type { Instant } from '../core/days.ts';
import type { SiteSettings } from '../core/schema/site.ts';
import { affectedNodes } from '../core/affected.ts';
import { foreignLang } from '../core/locales.ts';
import type { LabelFact } from '../core/labels.ts';
import { plannedAt } from '../core/maintenance.ts';
import type { Message, NewsItem } from '../core/messages.ts';
import type { Content, NewsEvent, StatusEvent, TimeWindow, Update } from '../core/model.ts';
import type { Dates } from './dates.ts';
import type { Words } from './words.ts';
import { isolated } from './words.ts';
import type { AffectedNode, AffectedNodes } from '../core/affected.ts';
import { impactByHand, isNotice, isRecovering, severityOf } from '../core/incident.ts';

/** What owners wrote, and its language, if it is not the first of the site. */
export interface OwnersText {
  text: string;
  lang?: string;
}

/** The page's words with what owners wrote among them. */
export type MixedText = readonly (string | OwnersText)[];

/** The same as text. */
export function mixedText(mixed: MixedText, { direction }: Words): string {
  return mixed.map((part) => (typeof part === 'string' ? part : isolated(part.text, direction))).join('');
}

/** Whether some of it is in another language than the one that the site is read in. */
export function isForeign(site: Parameters<typeof foreignLang>[0], mixed: MixedText): boolean {
  return mixed.some((part) => typeof part !== 'string' && foreignLang(site, part) !== undefined);
}

/** `Checkout`, or `Europe (all 60)`. */
export function affectedName({ node, count }: AffectedNode, words: Words): MixedText {
  const name = { text: node.name, ...(node.lang !== undefined && { lang: node.lang }) };
  return node.kind === 'group' ? words.countParts<OwnersText>('affected.group', count, { group: name }) : [name];
}

/** `Europe (all 60): Major outage, Checkout: Partial outage and 12 more`, each with its status where it has one. */
export function affectedParts({ named, more }: AffectedNodes, words: Words): MixedText {
  const names = named.map((one) => {
    const component = affectedName(one, words);
    if (!one.status) return component;
    const status = [words.say(`component_status.${one.status}`)];
    return words.parts<MixedText>('fact.component_status', { component, status }).flat();
  });
  const components = listOf(names, words);
  return more > 0 ? words.countParts<MixedText>('affected.list', more, { components }).flat() : components;
}

/** The same as text. */
export function affectedInWords(affected: AffectedNodes, words: Words): string {
  return mixedText(affectedParts(affected, words), words);
}

/** Areas in a row. Those that the site lists have their names. @param lang of the others, if it is not the first of the site */
export function areaParts(areas: readonly string[], site: SiteSettings, words: Words, lang?: string): MixedText {
  return listOf(
    areas.map((written) => {
      const { name, ...listed } = areaNamed(site, written) ?? { name: written, lang };
      return [{ text: name, ...(listed.lang !== undefined && { lang: listed.lang }) }];
    }),
    words,
  );
}

function listOf(items: readonly MixedText[], words: Words): MixedText {
  // Without isolates, since what joins names depends on how they begin.
  const plain = (part: MixedText[number]) => (typeof part === 'string' ? part : part.text);
  const named = items.map((parts) => ({ parts, text: parts.map(plain).join('') }));
  return words.listParts(named).flatMap((part) => (typeof part === 'string' ? [part] : part.parts));
}

/** A labelled line in words: what an update says as data, put back wherever its text is shown or sent. */
export interface Fact {
  name: LabelFact | 'reference' | 'unreadable';
  label: string;
  value: { text: string; parts: MixedText } | { instant: Instant } | { window: TimeWindow };
  /** Whether owners wrote all of it. */
  written?: true;
}

/** Facts whose values owners write. */
const WRITTEN: readonly Fact['name'][] = ['areas', 'reference'];

/**
 * What an update says besides its text. The event's own areas and reference stand on its first update.
 * @param update one of the event's updates
 */
export function factsOf(
  event: StatusEvent,
  update: Update,
  content: Pick<Content, 'tree' | 'components' | 'site'>,
  words: Words,
): Fact[] {
  const first = event.updates[0]?.id === update.id;
  const areas = update.areas ?? (first ? event.areas : []);
  const changes = affectedNodes(content, event, Object.entries(update.components ?? {}));
  // In the order in which they are shown.
  const values: Readonly<Record<Fact['name'], Fact['value'] | undefined>> = {
    components: mixed(affectedParts(changes, words), words),
    areas: mixed(areaParts(areas, content.site, words, update.areas ? undefined : event.areasLang), words),
    window: update.window && { window: update.window },
    ended: instant(update.ended),
    postmortem_by: instant(update.postmortemBy),
    expected_fix: instant(update.expectedFix),
    next_update: instant(update.nextUpdate),
    // A code is in no language.
    reference: text(first ? event.reference : undefined),
    edited: instant(update.edited),
    unreadable: text(isPartlyRead(event, update) ? words.say('update.unreadable') : undefined),
  };
  return (Object.keys(values) as Fact['name'][]).flatMap((name) => {
    const value = values[name];
    if (!value) return [];
    return [{ name, label: words.say(`fact.${name}`), value, ...(WRITTEN.includes(name) && { written: true }) }];
  });
}

/** Whether an update carries the note that its file could not be read in full: the newest one does. */
export function isPartlyRead({ partial, updates }: NewsEvent, update: Pick<Update, 'id'> | undefined): boolean {
  return partial === true && updates.at(-1)?.id === update?.id;
}

/** The same for a message, which may have no written update. */
export function factsOfMessage(
  event: StatusEvent,
  { update, window }: Pick<Message, 'update' | 'window'>,
  content: Pick<Content, 'tree' | 'components' | 'site'>,
  words: Words,
): Fact[] {
  if (update) return factsOf(event, update, content, words);
  return window ? [{ name: 'window', label: words.say('fact.window'), value: { window } }] : [];
}

function text(value: string | undefined): Fact['value'] | undefined {
  return value ? { text: value, parts: [value] } : undefined;
}

function mixed(parts: MixedText, words: Words): Fact['value'] | undefined {
  return parts.length > 0 ? { text: mixedText(parts, words), parts } : undefined;
}

function instant(value: Instant | undefined): Fact['value'] | undefined {
  return value === undefined ? undefined : { instant: value };
}

/** A fact's value as text, with every time in full. */
export function factText({ value }: Pick<Fact, 'value'>, words: Words, dates: Pick<Dates, 'dateTime'>): string {
  if ('text' in value) return value.text;
  return 'instant' in value ? dates.dateTime(value.instant) : windowText(value.window, words, dates);
}

/** `20 Nov 2026, 02:00 UTC – 20 Nov 2026, 04:00 UTC` */
function windowText({ from, to }: TimeWindow, words: Words, dates: Pick<Dates, 'dateTime'>): string {
  return words.say('time.range', { from: dates.dateTime(from), to: dates.dateTime(to) });
}

/** The severity of an event: `Partial outage`, or `Partial outage · Critical impact` if its owner set the impact by hand. */
export function severityInWords(event: StatusEvent, words: Words): string {
  if (event.kind === 'maintenance') return words.say('maintenance');
  if (event.partial) return words.say('page_status.unclear');
  if (isNotice(event)) return words.say('notice');
  const severity = words.say(isRecovering(event) ? 'recovering' : `component_status.${severityOf(event)}`);
  const impact = impactByHand(event);
  return impact === undefined
    ? severity
    : words.say('severity.with_impact', { severity, impact: words.say(`impact.${impact}`) });
}

/** The text of a message by the clock or by an exception of a series. A reminder says all in its heading. */
export function isClockUpdate({ clock }: Pick<Message, 'clock'>, words: Words): string {
  if (clock === undefined || clock === 'reminder') return '';
  return words.say(`maintenance.by_clock.${clock}`);
}

/**
 * What a message says of its event, beside the event's title: `Resolved`, `Reminder: starts in 24 hours`.
 * @param at when it is read, if that is known
 */
export function newsHeading({ event, message }: NewsItem, words: Words, dates: Dates, at = message.at): string {
  if (message.clock !== 'reminder' || event.kind !== 'maintenance') return words.say(`word.${message.word}`);
  const { from } = plannedAt(event, message.at);
  return words.say('word.reminder', { time: dates.ahead(from - Math.max(at, message.at)) });
}
