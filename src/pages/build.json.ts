import type { APIRoute } from 'astro';
import { buildJson } from '../formats/build.ts';
import { loadSite } from '../site/load.ts';

export const GET: APIRoute = async () => {
  const { build } = await loadSite();
  return new Response(buildJson(build), { headers: { 'Content-Type': 'application/json' } });
};
