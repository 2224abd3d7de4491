import { allPages } from '../view/models/all-pages.ts';
import type { APIRoute } from 'astro';
import { sitemap } from '../formats/sitemap.ts';
import { loadSite } from '../site/load.ts';

export const GET: APIRoute = async () => {
  const site = await loadSite();
  return new Response(sitemap(allPages(site)), { headers: { 'Content-Type': 'application/xml' } });
};
