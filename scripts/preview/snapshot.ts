import type { Instant } from '../../src/core/days.ts';
import { lastDays } from '../../src/core/days.ts';
import { affectedComponents, impactByHand } from '../../src/core/incident.ts';
import type { Ledger } from '../../src/core/ledger.ts';
import { componentsByName } from '../../src/core/ledger.ts';
import type { Body, Component, Content, StatusEvent, Update } from '../../src/core/model.ts';
import type { SiteSettings } from '../../src/core/schema/site.ts';
import { componentStatusAt } from '../../src/core/status.ts';
import { uptime } from '../../src/core/uptime.ts';
import type { ComponentStatus } from '../../src/core/vocabulary.ts';
import { eventPath } from '../../src/core/events.ts';
import type { Dates } from '../../src/i18n/dates.ts';
import { datesFor } from '../../src/i18n/dates.ts';
import { factsOf, factText, severityInWords } from '../../src/i18n/facts.ts';
import type { Words } from '../../src/i18n/words.ts';
import { wordsOf } from '../../src/i18n/words.ts';
import { renderBody } from '../../src/reader/markdown/html.ts';

/** One value that the page shows. */
interface Entry {
  /** The settings, component, event or update that it belongs to; after the change, if that has it. */
  subject: object;
  /** Its key, such as `title` or `next_update`. */
  field: string;
  label: string;
  /** Equal if it looks the same to customers, however it is written. */
  text: string;
}

export interface FieldChange {
  field: string;
  label: string;
  before?: string;
  after?: string;
}

/** Formats values of both sides alike, so that a renamed component makes no other difference. */
export interface Wording {
  words: Words;
  dates: Dates;
  /** A time, without its date if that is today. */
  time: (instant: Instant) => string;
  /** The new id of a component, from its old or new one. */
  idOf: (id: string) => string;
  /** `Checkout: Partial outage`, in the order of the page. */
  statuses: (components: Readonly<Record<string, ComponentStatus>>) => string;
  /** The new version of a component, event or update. */
  subjectOf: <T extends object>(thing: T) => T;
}

/** @param partners the new versions, by the old ones */
export function wordingOf(before: Ledger, after: Ledger, partners: ReadonlyMap<object, object>): Wording {
  const { site, components } = after.content;
  const words = wordsOf(after.content);
  const dates = datesFor(site.locale, site.time_zone);
  const byName = componentsByName(components.values());
  const idOf = (id: string) => byName.get(id)?.id ?? id;
  const nameOf = (id: string) => (components.get(idOf(id)) ?? before.content.components.get(id))?.name ?? id;
  const order = [...components.keys()];
  const statuses: Wording['statuses'] = (given) =>
    Object.entries(given)
      .sort(([a], [b]) => order.indexOf(idOf(a)) - order.indexOf(idOf(b)))
      .map(([id, status]) => [nameOf(id), words.say(`component_status.${status}`)])
      .map(([component = '', status = '']) => words.say('fact.component_status', { component, status }))
      .join(', ');
  const subjectOf: Wording['subjectOf'] = (thing) => (partners.get(thing) as typeof thing | undefined) ?? thing;
  return { words, dates, idOf, statuses, subjectOf, time: (instant) => dates.near(instant, after.now) };
}

/** Settings that are visible to customers, with their names. */
const SETTINGS: Readonly<Partial<Record<string, string>>> = {
  name: 'Name',
  url: 'Address of the page',
  description: 'Description',
  time_zone: 'Time zone',
  locale: 'Language',
  logo: 'Logo',
  accent: 'Colour',
  support_url: 'Where customers get help',
  elsewhere: 'Other places to look',
  areas: 'Areas',
  uptime: 'How uptime is counted',
  postmortems: 'When postmortems are promised',
} satisfies Partial<Record<keyof SiteSettings, string>>;

/**
 * Everything that a page shows, as a flat list.
 * @param events those that changed, because most of a long history is the same on both sides
 */
export function snapshot(ledger: Ledger, events: readonly StatusEvent[], wording: Wording): Entry[] {
  const { site, components, words } = ledger.content;
  const { names, ...values } = site;
  const settings = [
    ...Object.entries(values).map(([key, value]): Row => [key, SETTINGS[key] ?? '', settingText(value)]),
    ...translatedRows(names, (key) => SETTINGS[key] ?? ''),
  ];
  const rows: (readonly [subject: object, rows: readonly Row[]])[] = [
    [site, [...settings, ...wordRows(words)]],
    ...[...components.values()].map((one) => [one, componentRows(one, ledger, wording)] as const),
    ...events.map((event) => [event, eventRows(event, wording)] as const),
    ...events.flatMap((event) =>
      event.updates.map((update) => [update, updateRows(event, update, ledger, wording)] as const),
    ),
  ];
  return rows.flatMap(([thing, own]) => {
    const subject = wording.subjectOf(thing);
    return own.flatMap(([field, label, text]) => (text ? [{ subject, field, label, text }] : []));
  });
}

/** Compares two snapshots, by subject. */
export function diff(before: readonly Entry[], after: readonly Entry[]): ReadonlyMap<object, FieldChange[]> {
  const [old, now] = [before, after].map((side) => Map.groupBy(side, ({ subject }) => subject));
  const subjects = new Set([...before, ...after].map(({ subject }) => subject));
  return new Map([...subjects].map((subject) => [subject, fieldChanges(old?.get(subject), now?.get(subject))]));
}

function fieldChanges(before: readonly Entry[] = [], after: readonly Entry[] = []): FieldChange[] {
  const fields = new Set([...before, ...after].map(({ field }) => field));
  return [...fields].flatMap((field): FieldChange[] => {
    const [old, now] = [before, after].map((side) => side.find((entry) => entry.field === field));
    if (old?.text === now?.text) return [];
    const label = (now ?? old)?.label ?? '';
    return [{ field, label, ...(old && { before: old.text }), ...(now && { after: now.text }) }];
  });
}

/** A value. Without a text, it is left out. */
type Row = readonly [field: string, label: string, text: string | undefined];

/** The owner's own words. */
function wordRows(words: Content['words']): Row[] {
  return [...words].flatMap(([locale, own]) =>
    Object.entries(own).map(([key, text]): Row => [`words.${locale}.${key}`, `Text ${key} (${locale})`, text]),
  );
}

function settingText(value: unknown): string {
  if (typeof value === 'string' || value instanceof URL) return String(value);
  return (JSON.stringify(value) ?? '').replace(/[{}"]/g, '').replace(/[:,]/g, '$& ');
}

function componentRows(component: Component, ledger: Ledger, { time }: Wording): Row[] {
  const { id, name, description, names, since, retired } = component;
  return [
    ['name', 'Component name', name],
    ['address', `${name}, address`, `/components/${id}/`],
    ['description', `${name}, description`, description],
    ...translatedRows(names, (key) => (key === 'name' ? 'Component name' : `${name}, ${key}`)),
    ['since', `${name}, uptime is counted from`, since === undefined ? undefined : time(since)],
    ['retired', `${name}, retired`, retired === undefined ? undefined : time(retired)],
    ['status', name, componentStatusAt(ledger, id, ledger.now)],
    ['uptime', name, uptimePercent(component, ledger)?.toString()],
  ];
}

/** Texts in the other languages of the page, with the language after the label. */
function translatedRows(names: SiteSettings['names'], labelOf: (key: string) => string): Row[] {
  return [...(names ?? [])].flatMap(([locale, texts]) =>
    Object.entries(texts).map(([key, text]): Row => [`${key}.${locale}`, `${labelOf(key)} (${locale})`, text]),
  );
}

/** Uptime over the days that the page shows. */
function uptimePercent(component: Component, ledger: Ledger): number | undefined {
  const { uptime: settings, time_zone: zone } = ledger.content.site;
  const from = lastDays(ledger.now, settings.days, zone)[0]?.from ?? ledger.now;
  return uptime(ledger, component, { from, to: ledger.now }, settings.weights);
}

function eventRows(event: StatusEvent, { words, time, statuses }: Wording): Row[] {
  const isIncident = event.kind === 'incident';
  const range = (from: Instant, to: Instant) => words.say('time.range', { from: time(from), to: time(to) });
  return [
    ['address', 'Address', `/${eventPath(event)}`],
    ['title', 'Title', event.title],
    ['impact', 'Severity', isIncident ? extraSeverity(event, words) : undefined],
    isIncident
      ? ['started', 'Started', time(event.started)]
      : ['planned', words.say('feed.planned'), range(event.scheduled, event.until)],
    ['components', words.say('fact.components'), statuses(event.components)],
    ['areas', words.say('fact.areas'), event.areas.join(', ')],
    ['reference', words.say('fact.reference'), event.reference],
    ['text', '', shownHtml(isIncident ? undefined : event.announcement)],
  ];
}

/** The severity of an incident, if its components do not show it. */
function extraSeverity(event: StatusEvent & { kind: 'incident' }, words: Words): string | undefined {
  const impact = impactByHand(event);
  if (impact) return words.say(`impact.${impact}`);
  return affectedComponents(event).length === 0 ? severityInWords(event, words) : undefined;
}

/** Facts that `updateRows` and `eventRows` give in their own way. */
const NOT_HERE: readonly string[] = ['areas', 'components', 'reference'];

function updateRows(
  event: StatusEvent,
  update: Update,
  { content }: Ledger,
  { words, time, statuses }: Wording,
): Row[] {
  const facts = factsOf(event, update, content, words).filter(({ name }) => !NOT_HERE.includes(name));
  return [
    ['word', 'Status', words.say(`word.${update.word}` as `word.${StatusEvent['updates'][number]['word']}`)],
    ['at', 'Time', time(update.at)],
    ['components', words.say('fact.components'), statuses(update.components ?? {})],
    ['areas', words.say('fact.areas'), update.areas?.join(', ')],
    ...facts.map((fact): Row => [fact.name, fact.label, factText(fact, words, { dateTime: time })]),
    ['text', '', shownHtml(update.body)],
  ];
}

/** The HTML, with white space folded except in preformatted text. */
function shownHtml(body: Body | undefined): string {
  const html = body ? renderBody(body, { idPrefix: 'u-', headingLevel: 4, root: '/', page: '/' }) : '';
  return html
    .split(/(<pre[\s\S]*?<\/pre>)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/\s+/g, ' ').replace(/> | </g, (gap) => gap.trim())))
    .join('');
}
