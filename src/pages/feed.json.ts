import type { APIRoute } from 'astro';
import { siteFeed } from '../formats/feed.ts';
import { loadSite } from '../site/load.ts';
import { feedAnswer } from './_answers.ts';

export const GET: APIRoute = async () => feedAnswer('json', siteFeed(await loadSite()));
