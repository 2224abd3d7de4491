import type { APIRoute } from 'astro';
import { siteFeed } from '../formats/feed.ts';
import { jsonFeed } from '../formats/json-feed.ts';
import { loadSite } from '../site/load.ts';

export const GET: APIRoute = async () => {
  const site = await loadSite();
  return new Response(jsonFeed(siteFeed(site)), {
    headers: { 'Content-Type': 'application/feed+json; charset=utf-8' },
  });
};
