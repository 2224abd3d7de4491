import type { APIRoute } from 'astro';
import { monthReportJson } from '../../../formats/report/json.ts';
import { loadSite } from '../../../site/load.ts';
import { jsonAnswer } from '../../_answers.ts';
import { reportPaths } from '../_paths.ts';

export const getStaticPaths = reportPaths;

export const GET: APIRoute<object, { month: string }> = async ({ params }) =>
  jsonAnswer(monthReportJson(await loadSite(), params.month));
