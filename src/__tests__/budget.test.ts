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

it.each(Object.entries(HEIGHTS))('the home page of %s is at most %i pixels high on a phone', async (site, most) => {
  const [browser, server] = await Promise.all([launchBrowser(), serve(sites[site as keyof BudgetSites].dir)]);
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  await page.goto(server.origin);
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(most);
  await browser.close();
  await server.close();
});
