import type { APIRoute } from 'astro';
import { componentsCsv } from '../../../formats/report/csv.ts';
import { loadSite } from '../../../site/load.ts';
import { csvAnswer, reportPaths } from '../_paths.ts';

export const getStaticPaths = reportPaths;

export const GET: APIRoute<object, { month: string }> = async ({ params }) =>
  csvAnswer(componentsCsv(await loadSite(), params.month));
