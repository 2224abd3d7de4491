import { atom } from '../formats/atom.ts';
import type { Feed } from '../formats/feed.ts';
import { jsonFeed } from '../formats/json-feed.ts';
import { rss } from '../formats/rss.ts';

/** What routes of one format answer with; the types are also in `public/_headers`, since a static host guesses. */

export function rssAnswer(feed: Feed): Response {
  return answer(rss(feed), 'application/rss+xml; charset=utf-8');
}

export function atomAnswer(feed: Feed): Response {
  return answer(atom(feed), 'application/atom+xml; charset=utf-8');
}

export function jsonFeedAnswer(feed: Feed): Response {
  return answer(jsonFeed(feed), 'application/feed+json; charset=utf-8');
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
