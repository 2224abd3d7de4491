import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BudgetSites } from './support/budgets.ts';
import { launchBrowser } from './support/browser.ts';
import { buildBudgetSites, BUDGETS, HEIGHTS, REQUESTS, SCRIPT, STYLES } from './support/budgets.ts';
import { serve } from './support/server.ts';
import { SITES } from './support/sites.ts';
import { weigh } from './support/weigh.ts';

/** Pages with addresses to copy. */
const hasCopyButton = /^\/(subscribe|incidents|maintenance)\//;

function mostScript(path: string): number {
  if (path === '/') return SCRIPT.home;
  if (path === '/history/') return SCRIPT.searching;
  return hasCopyButton.test(path) ? SCRIPT.copying : SCRIPT.usual;
}

let sites: BudgetSites;
let remove: () => Promise<void>;

beforeAll(async () => {
  ({ sites, remove } = await buildBudgetSites(SITES.example));
});
afterAll(() => remove());

describe.each(BUDGETS)('$kind', ({ site, path, most }) => {
  it('keeps its budget, with all that it loads', () => {
    const { html, styles, scripts, gzip, requests } = weigh(sites[site], path);
    expect(html).toBeGreaterThan(1_000);
    expect(gzip).toBeLessThanOrEqual(most);
    expect(styles).toBeGreaterThan(500);
    expect(styles).toBeLessThanOrEqual(STYLES);
    expect(scripts).toBeGreaterThan(200);
    expect(scripts).toBeLessThanOrEqual(mostScript(path));
    expect(requests).toBeLessThanOrEqual(REQUESTS);
  });
});

describe.each(Object.entries(HEIGHTS))('the home page of %s on a phone', (site, { most, components }) => {
  it.each([[[]], [['checkout', 'component-1', 'component-2']]])(
    'is not too high, and does not move when the script runs, with the pins %j',
    async (pins) => {
      const [browser, server] = await Promise.all([launchBrowser(), serve(sites[site as keyof BudgetSites].dir)]);
      const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
      await page.addInitScript((text) => {
        if (text) localStorage.setItem('pins /build.json', text);
        const moves: number[] = [];
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) moves.push((entry as PerformanceEntry & { value: number }).value);
        }).observe({ type: 'layout-shift', buffered: true });
        Object.assign(window, { moves });
      }, pins.join(' '));
      await page.goto(server.origin);
      await page.waitForFunction(() => !document.querySelector<HTMLElement>('.pinned')?.hidden);
      // Two frames, after which a browser has told what moved.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      expect(await page.locator('.pinned li').count()).toBe(pins.length === 0 ? 0 : site === 'example' ? 1 : 2);
      expect(await page.evaluate(() => (window as unknown as { moves: number[] }).moves)).toEqual([]);
      if (pins.length === 0) {
        expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(most);
        expect((await page.locator('#components').boundingBox())?.y).toBeLessThanOrEqual(components);
      }
      await browser.close();
      await server.close();
    },
  );
});
