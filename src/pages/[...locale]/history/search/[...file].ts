import type { APIRoute, GetStaticPaths } from 'astro';
import { memoize } from '../../../../core/memoize.ts';
import type { Extension, SiteFolder } from '../../../../site/files.ts';
import { MEDIA_TYPES } from '../../../../site/files.ts';
import { loadSite } from '../../../../site/load.ts';
import { siteFolders } from '../../../_files.ts';

/** Once for all ends of a file's name, as this route is there once for each. */
const filesIn = memoize((folder: SiteFolder) => folder.files());

/** The search indexes, where Astro builds or serves the site. A build of `npm run build` makes them beside the pages. */
export const getStaticPaths = (async ({ routePattern }) => {
  const site = await loadSite();
  const end = routePattern.slice(routePattern.lastIndexOf('.') + 1) as Extension;
  const folders = siteFolders(site).filter(({ folder }) => !site.unchanged.has(folder));
  const paths = folders.map(async (one) => {
    const [locale, part = ''] = one.folder.split('history/search/');
    return [...(await filesIn(one))]
      .filter(([path]) => path.endsWith(`.${end}`))
      .map(([path, bytes]) => ({
        params: { locale: locale?.slice(0, -1) || undefined, file: (part + path).slice(0, -end.length - 1) },
        props: { bytes, type: MEDIA_TYPES[end] },
      }));
  });
  return (await Promise.all(paths)).flat();
}) satisfies GetStaticPaths;

export const GET: APIRoute<{ bytes: Uint8Array<ArrayBuffer>; type: string }> = ({ props: { bytes, type } }) =>
  new Response(bytes, { headers: { 'Content-Type': type } });
