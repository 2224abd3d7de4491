import type { APIRoute } from 'astro';
import type { Component } from '../../../core/model.ts';
import { componentFeed } from '../../../formats/feed.ts';
import { loadSite } from '../../../site/load.ts';
import { jsonFeedAnswer } from '../../_answers.ts';
import { componentPaths } from '../../_paths.ts';

export const getStaticPaths = componentPaths;

export const GET: APIRoute<{ component: Component }> = async ({ props }) =>
  jsonFeedAnswer(componentFeed(await loadSite(), props.component));
