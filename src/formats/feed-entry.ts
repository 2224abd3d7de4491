import type { Ledger } from '../core/ledger.ts';
import { affectedNodes } from '../core/affected.ts';
import { entryId } from '../core/identity.ts';
import { hasWindow, plannedAt } from '../core/maintenance.ts';
import type { Message } from '../core/messages.ts';
import type { Instant, StatusEvent } from '../core/model.ts';
import type { NewsItem } from '../core/news.ts';
import { oncePer } from '../core/once.ts';
import { eventUntil } from '../core/news.ts';
import { factsOf, factText, windowText } from '../i18n/facts.ts';
import { spokenByClock } from '../i18n/spoken.ts';
import { bodyText, renderBody } from '../reader/html.ts';
import type { FeedContext } from './feed.ts';
import { eventPath, messageAddress } from './statuspage/addresses.ts';
import { escapeMarkup, xmlText } from './text.ts';

/** One message of an incident or maintenance. */
export interface FeedEntry {
  /** A tag URI that never changes. */
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
  /** Names of components, or of whole groups, that were affected up to and including this update. */
  categories: readonly string[];
}

const entriesIn = oncePer((_: Ledger) => new Map<string, FeedEntry>());

/** A message as a feed entry. Built once, since a message is in up to nine documents. */
export function entryOf(item: NewsItem, context: FeedContext): FeedEntry {
  const entries = entriesIn(context.ledger);
  const key = eventPath(item.event) + item.message.id;
  const entry = entries.get(key) ?? makeEntry(item, context);
  entries.set(key, entry);
  return entry;
}

function makeEntry({ event, message }: NewsItem, context: FeedContext): FeedEntry {
  const { ledger, words } = context;
  const { site } = ledger.content;
  const path = eventPath(event);
  const page = site.url.href + path;
  const facts = factLines(event, message, context);
  const spoken = spokenByClock(message, words);
  const bodies = message.bodies();
  const html = bodies.map(({ body, idPrefix }) =>
    renderBody(body, { idPrefix, headingLevel: 2, root: site.url.href, page }),
  );
  const list = facts.map((fact) => `<li>${escapeMarkup(fact)}</li>`).join('');
  return {
    id: entryId(site, path + message.id, message),
    url: messageAddress(site.url, event, message),
    title: xmlText(words.say('feed.entry_title', { title: event.title, status: words.say(`word.${message.word}`) })),
    html: xmlText(
      [...html, spoken && `<p>${escapeMarkup(spoken)}</p>`, list && `<ul>${list}</ul>`].filter(Boolean).join('\n'),
    ),
    text: xmlText([...bodies.map(({ body }) => bodyText(body)), spoken, ...facts].filter(Boolean).join('\n')),
    published: message.at,
    updated: message.changed,
    categories: categoriesOf(eventUntil({ event, message }), ledger),
  };
}

/** Names of affected components, or of whole groups if there are many. */
export function categoriesOf(event: StatusEvent, { content }: Ledger): string[] {
  return affectedNodes(content, event).named.map(({ node }) => xmlText(node.name));
}

/** What a message says as data, and when a maintenance is planned, in words: `Next update: 20 Nov 2026, 09:50 UTC`. */
function factLines(event: StatusEvent, { update, at }: Message, { ledger, words, dates }: FeedContext): string[] {
  const line = (label: string, value: string) => words.say('feed.fact', { label, value });
  const facts = (update ? factsOf(event, update, ledger.content, words) : [])
    // Every message of a maintenance has its window, so a new window is always mentioned.
    .filter(({ name }) => name !== 'window')
    .map((fact) => line(fact.label, factText(fact, words, dates)));
  if (event.kind === 'incident' || !hasWindow(event)) return facts;
  const planned = windowText(plannedAt(event, at), words, dates);
  return [line(words.say('feed.planned'), planned), ...facts];
}
