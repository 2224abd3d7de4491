import type { APIRoute } from 'astro';
import { siteFeed } from '../formats/feed.ts';
import { rss } from '../formats/rss.ts';
import { loadSite } from '../site/load.ts';

export const GET: APIRoute = async () => {
  const site = await loadSite();
  return new Response(await rss(siteFeed(site)), { headers: { 'Content-Type': 'application/rss+xml; charset=utf-8' } });
};
