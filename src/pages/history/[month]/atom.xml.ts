import type { APIRoute } from 'astro';
import { archiveFeed } from '../../../formats/archive.ts';
import { loadSite } from '../../../site/load.ts';
import { feedAnswer } from '../../_answers.ts';
import { archivePaths } from '../../_paths.ts';

export const getStaticPaths = archivePaths;

export const GET: APIRoute<object, { month: string }> = async ({ params }) =>
  feedAnswer('atom', archiveFeed(await loadSite(), params.month));
