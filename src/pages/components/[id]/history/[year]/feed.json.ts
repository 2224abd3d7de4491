import type { APIRoute } from 'astro';
import type { Component } from '../../../../../core/model.ts';
import { componentArchiveFeed } from '../../../../../formats/archive.ts';
import { loadSite } from '../../../../../site/load.ts';
import { feedAnswer } from '../../../../_answers.ts';
import { componentArchivePaths } from '../../../../_paths.ts';

export const getStaticPaths = componentArchivePaths;

export const GET: APIRoute<{ component: Component }, { id: string; year: string }> = async ({ props, params }) =>
  feedAnswer('json', componentArchiveFeed(await loadSite(), props.component, params.year));
