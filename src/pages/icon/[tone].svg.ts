import type { APIRoute, GetStaticPaths } from 'astro';
import { PAGE_STATUSES } from '../../core/status.ts';
import { favicon } from '../../view/icons.ts';
import { statusTone } from '../../view/tone.ts';
import type { StatusTone } from '../../view/tone.ts';

/** One for each overall status, and one for pages that do not show the current status. */
export const getStaticPaths = (() => {
  const tones = new Set([...PAGE_STATUSES, 'no_data' as const].map(statusTone));
  return [...tones].map((tone) => ({ params: { tone } }));
}) satisfies GetStaticPaths;

export const GET: APIRoute = ({ params: { tone } }) =>
  new Response(favicon(tone as StatusTone), { headers: { 'Content-Type': 'image/svg+xml' } });
