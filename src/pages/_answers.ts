import { atom } from '../formats/atom.ts';
import type { Feed } from '../formats/feed.ts';
import { jsonFeed } from '../formats/json-feed.ts';
import { rss } from '../formats/rss.ts';
import type { FeedName } from '../view/addresses.ts';
import { FEEDS } from '../view/addresses.ts';

/** What routes of one format answer with; the types are also in `public/_headers`, since a static host guesses. */

/** How each feed is written; what is in `FEEDS` and not here does not compile. */
export const WRITERS: Readonly<Record<Exclude<FeedName, 'calendar'>, (feed: Feed) => string>> = {
  rss,
  atom: (feed) => atom(feed),
  json: jsonFeed,
};

export function feedAnswer(name: keyof typeof WRITERS, feed: Feed): Response {
  return answer(WRITERS[name](feed), `${FEEDS[name].type}; charset=utf-8`);
}

export function calendarAnswer(calendar: string): Response {
  return answer(calendar, 'text/calendar; charset=utf-8');
}

export function svgAnswer(picture: string): Response {
  return answer(picture, 'image/svg+xml');
}

export function jsonAnswer(document: string): Response {
  return answer(document, 'application/json');
}

export function markdownAnswer(text: string): Response {
  return answer(text, 'text/markdown; charset=utf-8');
}

function answer(body: string, type: string): Response {
  return new Response(body, { headers: { 'Content-Type': type } });
}
