/** Media types of what programs read, by the end of a file's name; also in `public/_headers`, since a static host guesses. */
export const MEDIA_TYPES = {
  atom: 'application/atom+xml; charset=utf-8',
  css: 'text/css; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  html: 'text/html; charset=utf-8',
  ics: 'text/calendar; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  md: 'text/markdown; charset=utf-8',
  pagefind: 'application/octet-stream',
  pf_filter: 'application/octet-stream',
  pf_fragment: 'application/octet-stream',
  pf_index: 'application/octet-stream',
  pf_meta: 'application/octet-stream',
  png: 'image/png',
  rss: 'application/rss+xml; charset=utf-8',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  webmanifest: 'application/manifest+json',
  xml: 'application/xml',
} as const;

export type Extension = keyof typeof MEDIA_TYPES;

/** A file of the site: one that programs read, or a page that stays the same until its content changes. */
export interface SiteFile {
  /** Below the site's folder, with `/`. */
  file: string;
  /** What programs read. Without it, Astro renders the page. */
  data?: DataFile;
  /** Unless it changes with the clock. */
  cacheable?: Cacheable;
}

/** Files that are made together, and whose names are known only then. */
export interface SiteFolder {
  /** Below the site's folder, with a slash at its end. */
  folder: string;
  /** A digest of everything that the files depend on. */
  key: string;
  /** By their paths in the folder. */
  files: () => Promise<ReadonlyMap<string, Uint8Array>>;
}

/** What a file holds. */
export interface DataFile {
  /** Its media type. */
  type: string;
  body: () => Body | Promise<Body>;
}

/** Text, or the bytes of a picture. */
type Body = string | Uint8Array<ArrayBuffer>;

/** By which a build knows a file of the last one as its own. */
export interface Cacheable {
  /** Such as a month: files that change together. */
  group: string;
  /** A digest of everything that the file depends on. */
  key: string;
}

/** A file that programs read. @param type of its content, if the end of its name does not tell */
export function dataFile(
  file: `${string}.${Extension}`,
  body: DataFile['body'],
  cacheable?: Cacheable,
  type: string = MEDIA_TYPES[file.slice(file.lastIndexOf('.') + 1) as Extension],
): SiteFile {
  const data = { type, body };
  return cacheable ? { file, data, cacheable } : { file, data };
}
