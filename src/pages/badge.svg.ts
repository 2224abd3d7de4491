import type { APIRoute } from 'astro';
import { badgeSvg, siteBadge } from '../formats/badge.ts';
import { loadSite } from '../site/load.ts';
import { svgAnswer } from './_answers.ts';

export const GET: APIRoute = async () => svgAnswer(badgeSvg(siteBadge(await loadSite())));
