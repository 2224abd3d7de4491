import type { APIRoute } from 'astro';
import { siteFeed } from '../formats/feed.ts';
import { loadSite } from '../site/load.ts';
import { atomAnswer } from './_answers.ts';

export const GET: APIRoute = async () => atomAnswer(siteFeed(await loadSite()));
