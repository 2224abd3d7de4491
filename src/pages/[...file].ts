import type { APIRoute, GetStaticPaths } from 'astro';
import type { DataFile } from '../site/files.ts';
import { loadSite } from '../site/load.ts';
import { siteFiles } from './_files.ts';

/** Everything that programs read. The integration adds this route once for each end of a file's name. */
export const getStaticPaths = (async ({ routePattern }) => {
  const site = await loadSite();
  const end = routePattern.slice(routePattern.lastIndexOf('.'));
  return siteFiles(site).flatMap(({ file, data }) =>
    data && file.endsWith(end) && !site.unchanged.has(file)
      ? [{ params: { file: file.slice(0, -end.length) }, props: { data } }]
      : [],
  );
}) satisfies GetStaticPaths;

export const GET: APIRoute<{ data: DataFile }> = async ({ props: { data } }) =>
  new Response(await data.body(), { headers: { 'Content-Type': data.type } });
