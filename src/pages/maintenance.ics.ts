import type { APIRoute } from 'astro';
import { siteCalendar } from '../formats/calendar.ts';
import { loadSite } from '../site/load.ts';
import { calendarAnswer } from './_answers.ts';

export const GET: APIRoute = async () => calendarAnswer(siteCalendar(await loadSite()));
