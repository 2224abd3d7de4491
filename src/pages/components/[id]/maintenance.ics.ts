import type { APIRoute } from 'astro';
import type { Component } from '../../../core/model.ts';
import { componentCalendar } from '../../../formats/calendar.ts';
import { loadSite } from '../../../site/load.ts';
import { calendarAnswer } from '../../_answers.ts';
import { componentPaths } from '../../_paths.ts';

export const getStaticPaths = componentPaths;

export const GET: APIRoute<{ component: Component }> = async ({ props }) =>
  calendarAnswer(componentCalendar(await loadSite(), props.component));
