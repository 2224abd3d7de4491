import type { APIRoute, GetStaticPaths } from 'astro';
import type { Indicator } from '../../core/vocabulary.ts';
import { INDICATORS } from '../../core/vocabulary.ts';
import { favicon } from '../../view/icons.ts';
import { indicatorTone } from '../../view/tone.ts';

/** One for each answer, and one for pages that say nothing of the present. */
export const getStaticPaths = (() =>
  [...INDICATORS, 'unknown'].map((indicator) => ({ params: { indicator } }))) satisfies GetStaticPaths;

export const GET: APIRoute = ({ params: { indicator } }) =>
  new Response(favicon(indicator === 'unknown' ? 'unknown' : indicatorTone(indicator as Indicator)), {
    headers: { 'Content-Type': 'image/svg+xml' },
  });
