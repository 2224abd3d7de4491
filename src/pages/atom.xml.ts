import type { APIRoute } from 'astro';
import { siteFeed } from '../formats/feed.ts';
import { atom } from '../formats/atom.ts';
import { loadSite } from '../site/load.ts';

export const GET: APIRoute = async () => {
  const site = await loadSite();
  return new Response(atom(siteFeed(site)), { headers: { 'Content-Type': 'application/atom+xml; charset=utf-8' } });
};
