import type { APIRoute, GetStaticPaths } from 'astro';
import type { Indicator } from '../../core/vocabulary.ts';
import { INDICATORS } from '../../core/vocabulary.ts';
import { favicon } from '../../view/icons.ts';
import { indicatorTone } from '../../view/tone.ts';

export const getStaticPaths = (() =>
  INDICATORS.map((indicator) => ({ params: { indicator } }))) satisfies GetStaticPaths;

export const GET: APIRoute = ({ params }) =>
  new Response(favicon(indicatorTone(params['indicator'] as Indicator)), {
    headers: { 'Content-Type': 'image/svg+xml' },
  });
