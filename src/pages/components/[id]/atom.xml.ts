import type { APIRoute } from 'astro';
import type { Component } from '../../../core/model.ts';
import { componentFeed } from '../../../formats/feed.ts';
import { loadSite } from '../../../site/load.ts';
import { feedAnswer } from '../../_answers.ts';
import { componentPaths } from '../../_paths.ts';

export const getStaticPaths = componentPaths;

export const GET: APIRoute<{ component: Component }> = async ({ props }) =>
  feedAnswer('atom', componentFeed(await loadSite(), props.component));
