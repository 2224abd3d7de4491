import type { APIRoute } from 'astro';
import { historyFeed, historyRss } from '../formats/history.ts';
import { loadSite } from '../site/load.ts';

export const GET: APIRoute = async () => {
  const body = historyRss(historyFeed(await loadSite()));
  return new Response(body, { headers: { 'Content-Type': 'application/rss+xml; charset=utf-8' } });
};
