import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { readUnchecked } from '../../src/__tests__/support/reader.ts';
import { siteSchema } from '../../src/core/schema/site.ts';

const NOW = Date.parse('2026-12-01T12:00:00Z');
/** In two languages, for examples of names by language. */
const SITE = { name: 'Acme', url: 'https://status.acme.example', locales: ['de', 'en'] };
const COMPONENTS = JSON.stringify(['checkout', 'payments-api', 'website'].map((id) => ({ id, name: id })));
const TEMPLATES = globSync('src/__tests__/example/templates/*.md').map((path) => [
  path.replace('src/__tests__/example/', ''),
  readFileSync(path, 'utf8'),
]);

const examples = globSync('docs/*.md').flatMap((page) => {
  const text = readFileSync(page, 'utf8');
  return Array.from(
    text.matchAll(/^( *)```(yaml|markdown)\n([^]*?)^\1```$/gm),
    ({ index, 1: indent = '', 3: code = '' }) => ({
      place: `${page}:${text.slice(0, index).split('\n').length}`,
      files: filesOf(code.replaceAll(new RegExp(`^${indent}`, 'gm'), '')),
    }),
  );
});

/** The files of `content/` that an example stands for; nothing when it is a part of one, or of something else. */
function filesOf(code: string): Record<string, string> | undefined {
  if (code.startsWith('---\nfor:')) return { 'templates/example.md': code };
  if (/^---\n(.+\n)*nav:/.test(code)) return { 'pages/example.md': code };
  if (/^---\n(.+\n)*from:/.test(code)) return { 'announcements/example.md': code };
  if (code.startsWith('---\n'))
    return { [`${/^scheduled:/m.test(code) ? 'maintenance' : 'incidents'}/example.md`]: code };
  if (code.startsWith('#')) return undefined;
  const value = parse(code) as unknown;
  if (Array.isArray(value)) {
    const [{ match, receivers, id, group } = {}] = value as Record<string, unknown>[];
    if (match) return { 'alerts.yml': code };
    return (id ?? group) && !receivers ? { 'components.yml': code } : undefined;
  }
  const isSite = Object.keys(value as object).every((key) => key in siteSchema.shape);
  const { locales, ...one } = SITE;
  const base = Object.hasOwn(value as object, 'locale') ? one : { ...one, locales };
  return isSite ? { 'site.yml': JSON.stringify({ ...base, ...(value as object) }) } : undefined;
}

it.each(examples.filter(({ files }) => files))('the example at $place can be pasted', ({ files }) => {
  const all = {
    'site.yml': JSON.stringify(SITE),
    'components.yml': COMPONENTS,
    ...Object.fromEntries(TEMPLATES),
    ...files,
  };
  const { diagnostics } = readUnchecked(all, ['/logo.svg', '/logo-dark.svg', '/favicon.svg'], NOW);
  const own = diagnostics.filter(({ file, severity }) => severity === 'error' && file in (files ?? {}));
  expect(own).toEqual([]);
});
