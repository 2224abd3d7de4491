import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { elementsOf } from './dom.ts';

/** What a page costs before anybody does anything, in bytes of bodies. */
export interface Weight {
  /** As the files are. */
  raw: number;
  /** As hosts send them: gzip of level 6, Brotli of level 5. */
  gzip: number;
  brotli: number;
  /** The parts of `gzip`. */
  html: number;
  styles: number;
  scripts: number;
  /** The page itself, its styles, scripts, icon and pictures. */
  requests: number;
}

/**
 * Weighs a built page with all that it loads.
 * @param base the path that the site lies below
 * @param path of the page, below the site's root
 */
export function weigh({ dir, base }: { dir: string; base: string }, path: string): Weight {
  const page = readFileSync(join(dir, path.endsWith('/') ? `${path}index.html` : path));
  const loaded = loadedBy(page.toString()).map(({ kind, address }) => ({
    kind,
    bytes: readFileSync(join(dir, address.slice(base.length))),
  }));
  const files = [{ kind: 'html', bytes: page }, ...loaded];
  const sum = (measure: (bytes: Buffer) => number, only?: string) =>
    files.filter(({ kind }) => !only || kind === only).reduce((total, { bytes }) => total + measure(bytes), 0);
  return {
    raw: sum(({ length }) => length),
    gzip: sum(zipped),
    brotli: sum((bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length),
    html: sum(zipped, 'html'),
    styles: sum(zipped, 'styles'),
    scripts: sum(zipped, 'scripts'),
    requests: files.length,
  };
}

function zipped(bytes: Buffer): number {
  return gzipSync(bytes, { level: 6 }).length;
}

/** What a browser fetches for a page, each once. */
function loadedBy(html: string): { kind: string; address: string }[] {
  const found = new Map<string, string>();
  for (const { tagName, properties } of elementsOf(html)) {
    const { rel = [], href, src } = properties;
    const relation = [rel].flat().join(' ');
    if (tagName === 'link' && relation === 'stylesheet') found.set(String(href), 'styles');
    if (tagName === 'link' && relation === 'icon') found.set(String(href), 'icon');
    if (tagName === 'script' && src) found.set(String(src), 'scripts');
    if (tagName === 'link' && relation === 'modulepreload') found.set(String(href), 'scripts');
    if (tagName === 'img') found.set(String(src), 'picture');
  }
  return [...found].map(([address, kind]) => ({ kind, address }));
}
