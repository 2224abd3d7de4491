import type { APIRoute } from 'astro';
import type { Component } from '../../../core/model.ts';
import { badgeJson, componentBadge } from '../../../formats/badge.ts';
import { loadSite } from '../../../site/load.ts';
import { jsonAnswer } from '../../_answers.ts';
import { presentComponentPaths } from '../../_paths.ts';

export const getStaticPaths = presentComponentPaths;

export const GET: APIRoute<{ component: Component }> = async ({ props }) =>
  jsonAnswer(badgeJson(componentBadge(await loadSite(), props.component)));
