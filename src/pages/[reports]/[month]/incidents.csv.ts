import type { APIRoute } from 'astro';
import { incidentsCsv } from '../../../formats/report/csv.ts';
import { loadSite } from '../../../site/load.ts';
import { csvAnswer, reportPaths } from '../_paths.ts';

export const getStaticPaths = reportPaths;

export const GET: APIRoute<object, { month: string }> = async ({ params }) =>
  csvAnswer(incidentsCsv(await loadSite(), params.month));
