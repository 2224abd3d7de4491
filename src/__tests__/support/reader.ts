import type { Diagnostic } from '../../core/diagnostic.ts';
import type { Reading } from '../../reader/content.ts';
import { readContent } from '../../reader/content.ts';
import { normalizeText } from '../../reader/markdown/source.ts';
import { checkSuggestions } from './suggestions.ts';
import { CATALOGS } from '../../i18n/words.ts';

type Files = Readonly<Record<string, string>>;

export const NOW = Date.parse('2026-11-20T12:00:00Z');

/** A `site.yml` with nothing but what is needed. */
export const SITE_REVIEWED = 'name: Acme\nurl: https://status.acme.example\n';

/** Texts in tests are short: they are not reviewed unless a test brings a `site.yml` of its own. */
const UNREVIEWED = ['promise-missing', 'silent-day', 'stock-words', 'no-effect', 'unlabelled-fix-time'];
const SITE = `${SITE_REVIEWED}warnings: { off: [${UNREVIEWED.join(', ')}] }\n`;

const COMPONENTS = `- group: Shop
  components:
    - id: checkout
      name: Checkout
      aliases: [checkout-v1]
    - id: payments-api
      name: Payments API
- id: ftp
  name: FTP
  retired: 2025-06-30
`;

/**
 * Reads files as they would stand in `content/`, beside a small site of three components. Whatever the reading suggests
 * to write is written and read again.
 */
export function readFiles(files: Files, publicFiles: readonly string[] = [], now = NOW): Reading {
  const all = { 'site.yml': SITE, 'components.yml': COMPONENTS, ...files };
  const reading = readUnchecked(all, publicFiles, now);
  checkSuggestions(all, reading, (changed) => readUnchecked(changed, publicFiles, now));
  return reading;
}

/** Reads files beside a small site, and pastes nothing: of half a megabyte of mistakes that takes too long. */
export function readUnchecked(files: Files, publicFiles: readonly string[] = [], now = NOW): Reading {
  const all = { 'site.yml': SITE, 'components.yml': COMPONENTS, ...files };
  const sources = Object.entries(all).map(([path, text]) => ({ path, text: normalizeText(text) }));
  return readContent({ files: sources, publicFiles: new Set(publicFiles) }, { now, catalogs: CATALOGS });
}

/** A heading below which nothing stands, or nothing but labelled lines. */
const BARE = /^(## .+)\n(?:\n(?=## |- \*\*)|$(?![^]))/gm;

/**
 * An incident whose text is handed in; `front` replaces the lines of its front matter. An update without text gets
 * some in the empty line below its heading, so that every other line stays where it is.
 */
export function incident(
  text: string,
  front = 'title: Some customers cannot pay\ncomponents:\n  checkout: partial_outage',
): string {
  return bareIncident(`${text}\n`.replace(BARE, '$1\nText.\n').slice(0, -1), front);
}

/** The same with its text as it is handed in. */
export function bareIncident(
  text: string,
  front = 'title: Some customers cannot pay\ncomponents:\n  checkout: partial_outage',
): string {
  return `---\n${front}\n---\n\n${text}\n`;
}

/** What is wrong with one incident, and nothing else. */
export function wrongWith(text: string, front?: string): Diagnostic[] {
  return readFiles({ 'incidents/a.md': incident(text, front) }).diagnostics;
}
