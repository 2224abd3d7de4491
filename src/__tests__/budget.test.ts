import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { builtPages, SITES } from './support/sites.ts';

const { dir, base } = SITES.example;
const TOTAL = 14_000;
const SCRIPT = 2_000;

function compressed(path: string): number {
  return gzipSync(readFileSync(join(dir, path.slice(base.length))), { level: 9 }).length;
}

/** Compressed bytes of what a page loads before anybody does anything. */
function weigh(path: string) {
  const html = builtPages(dir).find((page) => page.path === path)?.html ?? '';
  const sources = (pattern: RegExp) => [...html.matchAll(pattern)].map((match) => compressed(match[1] ?? ''));
  const sum = (sizes: number[]) => sizes.reduce((total, size) => total + size, 0);
  return {
    html: gzipSync(html, { level: 9 }).length,
    styles:
      sum(sources(/<link[^>]+rel="stylesheet"[^>]+href="([^"]+)"/g)) +
      sum(sources(/<link[^>]+href="([^"]+)"[^>]+rel="stylesheet"/g)),
    scripts: sum(sources(/<script[^>]+src="([^"]+)"/g)),
  };
}

it('the home page with twenty components of ninety days and two open incidents keeps its budget', () => {
  const { html, styles, scripts } = weigh('/');
  expect(html).toBeGreaterThan(1_000);
  expect(styles).toBeGreaterThan(500);
  expect(scripts).toBeGreaterThan(200);
  expect(scripts).toBeLessThanOrEqual(SCRIPT);
  expect(html + styles + scripts).toBeLessThanOrEqual(TOTAL);
});

it.each(['/history/', '/subscribe/', '/components/checkout/'])('%s is no heavier than the home page may be', (path) => {
  const { html, styles, scripts } = weigh(path);
  expect(html + styles + scripts).toBeLessThanOrEqual(TOTAL);
});
