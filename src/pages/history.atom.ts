import type { APIRoute } from 'astro';
import { historyAtom, historyFeed } from '../formats/history.ts';
import { loadSite } from '../site/load.ts';

export const GET: APIRoute = async () => {
  const body = historyAtom(historyFeed(await loadSite()));
  return new Response(body, { headers: { 'Content-Type': 'application/atom+xml; charset=utf-8' } });
};
