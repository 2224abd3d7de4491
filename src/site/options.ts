import type { Appearance } from '../core/schema/site.ts';
import { readSite } from '../reader/settings.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOGS } from '../i18n/words.ts';
import { contentFolder } from '../reader/files.ts';
import { knownLocales } from '../reader/words/catalog.ts';
import { normalizeText } from '../reader/markdown/source.ts';

/** What Astro has to know of `site.yml` before it starts. */
export interface SiteOptions {
  /** Scheme and host. */
  site: string;
  /** The path below which everything is, with a slash at both ends. */
  base: string;
  /** `#rrggbb` */
  accent: string;
  appearance: Appearance;
  /** The file that this comes from. */
  file: string;
}

/** Reads `site.yml` alone. What is wrong there is reported later, by the reading of all of `content/`. */
export function siteOptions(env: Readonly<Record<string, string | undefined>>): SiteOptions {
  const path = 'site.yml';
  const file = join(contentFolder(env), path);
  const source = { files: [{ path, text: normalizeText(textOf(file)) }], publicFiles: new Set<string>() };
  const settings = readSite(source, knownLocales(wordsIn(contentFolder(env)), CATALOGS), () => undefined);
  if (!settings) return { site: 'http://localhost', base: '/', accent: '#0b57d0', appearance: 'auto', file };
  const { url, accent, appearance } = settings;
  return { site: url.origin, base: url.pathname, accent, appearance, file };
}

/** The files of the owner's words, by name alone. */
function wordsIn(folder: string): { path: string }[] {
  try {
    return readdirSync(join(folder, 'i18n')).map((name) => ({ path: `i18n/${name}` }));
  } catch {
    return [];
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
