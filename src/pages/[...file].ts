import type { APIRoute, GetStaticPaths } from 'astro';
import { memoize } from '../core/memoize.ts';
import type { DataFile } from '../site/files.ts';
import type { Site } from '../site/load.ts';
import { loadSite } from '../site/load.ts';
import { siteFiles } from './_files.ts';

/** Everything that programs read. The integration adds this route once for each end of a file's name. */
export const getStaticPaths = (async ({ routePattern }) => {
  const site = await loadSite();
  const end = endOf(routePattern);
  return (filesByEnd(site).get(end) ?? []).map(({ file, data }) => ({
    params: { file: file.slice(0, -end.length) },
    props: { data },
  }));
}) satisfies GetStaticPaths;

/** Sorted once for all of these routes. A build of `npm run build` has made all of these files before it asks for routes. */
const filesByEnd = memoize((site: Site) =>
  Map.groupBy(
    siteFiles(site).filter(({ file, data }) => data && !site.unchanged.has(file)),
    ({ file }) => endOf(file),
  ),
);

function endOf(path: string): string {
  return path.slice(path.lastIndexOf('.'));
}

export const GET: APIRoute<{ data: DataFile }> = async ({ props: { data } }) =>
  new Response(await data.body(), { headers: { 'Content-Type': data.type } });
