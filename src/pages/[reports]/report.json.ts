import type { APIRoute } from 'astro';
import { reportsJson } from '../../formats/report/json.ts';
import { loadSite } from '../../site/load.ts';
import { jsonAnswer } from '../_answers.ts';
import { reportsPath } from './_paths.ts';

export const getStaticPaths = reportsPath;

export const GET: APIRoute = async () => jsonAnswer(reportsJson(await loadSite()));
