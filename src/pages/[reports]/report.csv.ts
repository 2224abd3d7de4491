import type { APIRoute } from 'astro';
import { monthsCsv } from '../../formats/report/csv.ts';
import { loadSite } from '../../site/load.ts';
import { csvAnswer, reportsPath } from './_paths.ts';

export const getStaticPaths = reportsPath;

export const GET: APIRoute = async () => csvAnswer(monthsCsv(await loadSite()));
