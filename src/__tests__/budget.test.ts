import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BudgetSites } from './support/budgets.ts';
import { buildBudgetSites, BUDGETS, REQUESTS, SCRIPT, STYLES } from './support/budgets.ts';
import { SITES } from './support/sites.ts';
import { weigh } from './support/weigh.ts';

/** Pages with addresses to copy. */
const hasCopyButton = /^\/(subscribe|incidents|maintenance)\//;

const mostScript = (path: string) =>
  path === '/history/' ? SCRIPT.searching : hasCopyButton.test(path) ? SCRIPT.copying : SCRIPT.usual;

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
