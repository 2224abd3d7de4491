import type { Ledger } from '../core/ledger.ts';
import { affectedNodes } from '../core/affected.ts';
import { entryId } from '../core/identity.ts';
import type { Body, Instant, StatusEvent } from '../core/model.ts';
import { factsOf } from '../i18n/facts.ts';
import { bodyText, renderBody } from '../reader/html.ts';
import type { FeedContext } from './feed.ts';
import { escapeMarkup, xmlText } from './text.ts';

/** One update of an incident or maintenance. */
export interface FeedEntry {
  /** A tag URI that stays the same for ever. */
  id: string;
  /** Address of the update on its page. */
  url: string;
  /** What happened and what this update says of it: `Payments fail — Resolved`. */
  title: string;
  /** The whole text, with labelled lines in words; no address in it is relative. */
  html: string;
  /** The same without markup. */
  text: string;
  published: Instant;
  updated: Instant;
  /** Names of the components, or of whole groups, that were said to be affected, until and with this update. */
  categories: readonly string[];
}

/** One update and its place among its event's, counted from 0. */
export interface Moment {
  event: StatusEvent;
  update: StatusEvent['updates'][number];
  index: number;
}

/** Every update, newest first; those of the same instant by the event's id, the later one in it first. */
export function momentsOf(events: readonly StatusEvent[]): Moment[] {
  return events
    .flatMap((event) => event.updates.map((update, index): Moment => ({ event, update, index })))
    .sort((a, b) => b.update.at - a.update.at || compareText(a.event.id, b.event.id) || b.index - a.index);
}

const remembered = new WeakMap<Ledger, WeakMap<Moment['update'], FeedEntry>>();

/** An update as feeds tell it. Made once for all of them: an update stands in up to nine documents. */
export function entryOf(moment: Moment, context: FeedContext): FeedEntry {
  const entries = remembered.get(context.ledger) ?? new WeakMap<Moment['update'], FeedEntry>();
  remembered.set(context.ledger, entries);
  const entry = entries.get(moment.update) ?? makeEntry(moment, context);
  entries.set(moment.update, entry);
  return entry;
}

function makeEntry(moment: Moment, context: FeedContext): FeedEntry {
  const { event, update, index } = moment;
  const { ledger, words } = context;
  const { site } = ledger.content;
  const path = `${event.kind === 'incident' ? 'incidents' : 'maintenance'}/${encodeURIComponent(event.id)}/`;
  const page = site.url.href + path;
  const facts = factLines(moment, context);
  const bodies = bodiesOf(moment);
  const html = bodies.map(({ body, idPrefix }) =>
    renderBody(body, { idPrefix, headingLevel: 2, root: site.url.href, page }),
  );
  const list = facts.map((fact) => `<li>${escapeMarkup(fact)}</li>`).join('');
  const until = { ...event, updates: event.updates.slice(0, index + 1) } as StatusEvent;
  return {
    id: entryId(site, path + update.id, update),
    url: `${page}#${update.id}`,
    title: xmlText(words.say('feed.entry_title', { title: event.title, status: words.say(`word.${update.word}`) })),
    html: xmlText([...html, list && `<ul>${list}</ul>`].filter(Boolean).join('\n')),
    text: xmlText([...bodies.map(({ body }) => bodyText(body)), ...facts].filter(Boolean).join('\n')),
    published: update.at,
    updated: update.edited ?? update.at,
    categories: categoriesOf(until, ledger),
  };
}

/** Names of what an event affects: of the components, or of whole groups, where there are many. */
export function categoriesOf(event: StatusEvent, { content }: Ledger): string[] {
  return affectedNodes(content, event).named.map(({ node }) => xmlText(node.name));
}

/** The texts an entry holds: a maintenance's announcement stands before its first update. */
function bodiesOf({ event, update, index }: Moment): { body: Body; idPrefix: string }[] {
  const own = { body: update.body, idPrefix: `${update.id}-` };
  if (event.kind === 'incident' || index > 0 || !event.announcement) return [own];
  return [{ body: event.announcement, idPrefix: `e-${event.id}-` }, own];
}

/** What an update says as data, and when a maintenance is planned, in words: `Next update: 20 Nov 2026, 09:50 UTC`. */
function factLines({ event, update }: Moment, { ledger, words, dates }: FeedContext): string[] {
  const line = (label: string, value: string) => words.say('feed.fact', { label, value });
  const facts = factsOf(event, update, ledger.content, words).map(({ label, value }) =>
    line(label, 'text' in value ? value.text : dates.dateTime(value.instant)),
  );
  if (event.kind === 'incident') return facts;
  const from = dates.dateTime(event.scheduled);
  const to = dates.dateTime(event.until);
  return [line(words.say('feed.planned'), words.say('time.range', { from, to })), ...facts];
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
