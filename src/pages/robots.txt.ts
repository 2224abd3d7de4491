import type { APIRoute } from 'astro';
import { robots } from '../formats/sitemap.ts';
import { loadSite } from '../site/load.ts';

export const GET: APIRoute = async () => {
  const site = await loadSite();
  return new Response(robots(site.absolute('/sitemap.xml')), { headers: { 'Content-Type': 'text/plain' } });
};
