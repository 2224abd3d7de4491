import type { Site } from '../site/load.ts';
import { loadSite } from '../site/load.ts';

/** A page of a route in one language. */
interface Path<Props> {
  params?: Readonly<Record<string, string>>;
  props?: Props;
  /** Its file below the folder of the language, if builds keep it. */
  file?: string;
}

const ONE = (): Path<object>[] => [{}];

/** The paths of a route in each language of the site; its pages get the site in that language. */
export async function inEachLanguage<Props extends object = object>(
  paths: (site: Site) => readonly Path<Props>[] = ONE as () => Path<Props>[],
) {
  const { editions, unchanged } = await loadSite();
  return editions.flatMap((site) => {
    const locale = site.folder.slice(0, -1) || undefined;
    const wanted = paths(site).filter(({ file }) => file === undefined || !unchanged.has(site.folder + file));
    return wanted.map(({ params, props }) => ({ params: { ...params, locale }, props: { ...props, site } }));
  });
}
