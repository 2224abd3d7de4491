import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HEAVY_NOW, writeHeavyContent } from './heavy-site.ts';
import { build, copyExample } from './sites.ts';

/** A kind of page, with the most that it may cost. */
export interface Budget {
  kind: string;
  site: 'example' | 'quiet' | 'outage';
  path: string;
  /** Compressed bytes (gzip) of everything it loads. */
  most: number;
}

/** The script that every page loads, compressed; that of the home page, of a page that has something to copy, and of one that searches. */
export const SCRIPT = { usual: 2_200, home: 3_000, copying: 2_550, searching: 4_650 };
/** Of every page. */
export const STYLES = 5_750;
/** The page, its style sheets, its scripts and its icon. */
export const REQUESTS = 8;

/** Every kind of page, the heaviest that it gets. */
export const BUDGETS: readonly Budget[] = [
  { kind: 'home, twenty components, two open incidents', site: 'example', path: '/', most: 14_150 },
  { kind: 'home, a hundred components, quiet', site: 'quiet', path: '/', most: 13_500 },
  { kind: 'home, a hundred components, ten down', site: 'outage', path: '/', most: 14_000 },
  { kind: 'incident, open', site: 'example', path: '/incidents/2026-11-20-card-payments-europe/', most: 10_300 },
  { kind: 'incident, over', site: 'example', path: '/incidents/2026-01-07-shops-cannot-be-reached/', most: 10_800 },
  { kind: 'incident, 53 updates', site: 'outage', path: '/incidents/long/', most: 10_500 },
  { kind: 'maintenance', site: 'example', path: '/maintenance/2026-02-03-orders-database/', most: 9_800 },
  { kind: 'component', site: 'example', path: '/components/checkout/', most: 11_200 },
  { kind: 'component, sixty months', site: 'quiet', path: '/components/component-1/', most: 10_500 },
  { kind: 'year of a component', site: 'example', path: '/components/checkout/history/2026/', most: 10_300 },
  { kind: 'history', site: 'example', path: '/history/', most: 16_800 },
  { kind: 'history, sixty months', site: 'quiet', path: '/history/', most: 14_600 },
  { kind: 'month', site: 'example', path: '/history/2026-11/', most: 11_200 },
  { kind: 'reports', site: 'example', path: '/reports/', most: 11_800 },
  { kind: 'report of a month', site: 'example', path: '/reports/2026-10/', most: 11_800 },
  { kind: 'report of a month, a hundred components', site: 'outage', path: '/reports/2026-11/', most: 12_000 },
  { kind: 'subscribe', site: 'example', path: '/subscribe/', most: 14_500 },
  { kind: 'subscribe, a hundred components', site: 'quiet', path: '/subscribe/', most: 20_300 },
  { kind: 'page not found', site: 'example', path: '/404.html', most: 8_300 },
  { kind: 'frame on other sites', site: 'example', path: '/embed/', most: 8_700 },
]; // prettier-ignore

/** How high the home page may get on a phone, and where its components begin at the latest: within two screens, or within one while all is well. */
export const HEIGHTS: Readonly<Record<Budget['site'], { most: number; components: number }>> = {
  example: { most: 4_000, components: 2 * 844 },
  quiet: { most: 2_500, components: 844 },
  outage: { most: 4_000, components: 2 * 844 },
};

/** Where each site of the budgets lies once it is built. */
export type BudgetSites = Readonly<Record<Budget['site'], { dir: string; base: string }>>;

/**
 * Builds the sites that are weighed, one after the other, into a folder that is there until `remove` is called.
 * @param built the example, where it is built already
 */
export async function buildBudgetSites(built?: {
  dir: string;
  base: string;
}): Promise<{ sites: BudgetSites; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'candor-budget-'));
  const site = (name: string) => ({ content: join(folder, name), dir: join(folder, `${name}-dist`), base: '/' });
  const sites = { example: site('example'), quiet: site('quiet'), outage: site('outage') };
  await writeHeavyContent(sites.quiet.content, false);
  await writeHeavyContent(sites.outage.content, true);
  if (!built) {
    await copyExample(sites.example.content);
    await build(sites.example.content, sites.example.dir);
  }
  for (const { content, dir } of [sites.quiet, sites.outage]) await build(content, dir, HEAVY_NOW);
  return { sites: { ...sites, ...(built && { example: built }) }, remove: () => rm(folder, { recursive: true }) };
}
