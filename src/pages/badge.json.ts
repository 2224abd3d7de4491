import type { APIRoute } from 'astro';
import { badgeJson, siteBadge } from '../formats/badge.ts';
import { loadSite } from '../site/load.ts';
import { jsonAnswer } from './_answers.ts';

export const GET: APIRoute = async () => jsonAnswer(badgeJson(siteBadge(await loadSite())));
