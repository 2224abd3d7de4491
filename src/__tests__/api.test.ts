import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { Statuspage } from 'statuspage.io';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StatuspageComponent } from '../formats/statuspage/components.ts';
import type { DocumentName } from '../formats/statuspage/documents.ts';
import { DOCUMENT_NAMES } from '../formats/statuspage/documents.ts';
import type { StatuspageIncident, StatuspageMaintenance } from '../formats/statuspage/events.ts';
import { wrongWithDocument } from './support/statuspage.ts';
import { launchBrowser } from './support/browser.ts';
import type { Preview } from './support/preview.ts';
import { startPreview } from './support/preview.ts';
import { serve } from './support/server.ts';
import { SITES } from './support/sites.ts';
import { FEEDS } from '../view/addresses.ts';

/** Every field that Statuspage documents, in its order. */
const COMPONENT =
  'id name status created_at updated_at position description showcase start_date group_id page_id group only_show_if_degraded';
const INCIDENT =
  'id name status created_at updated_at monitoring_at resolved_at impact shortlink started_at page_id incident_updates components';
const UPDATE =
  'id status body incident_id created_at updated_at display_at affected_components deliver_notifications custom_tweet tweet_id';

interface AnyDocument {
  page: { id: string; url: string };
  components?: StatuspageComponent[];
  incidents?: StatuspageIncident[];
  scheduled_maintenances?: StatuspageMaintenance[];
}

const servers: Record<string, Preview> = {};

beforeAll(async () => {
  const sites = Object.entries(SITES);
  const started = await Promise.all(sites.map(([, { dir }]) => startPreview(join(dirname(dir), 'content'), dir)));
  for (const [index, [name]] of sites.entries()) Object.assign(servers, { [name]: started[index] });
});

afterAll(async () => {
  await Promise.all(Object.values(servers).map((server) => server.close()));
});

async function ask(site: string, name: DocumentName): Promise<AnyDocument> {
  const response = await fetch(`${String(servers[site]?.url)}/api/v2/${name}.json`);
  return (await response.json()) as AnyDocument;
}

describe.each(Object.entries(SITES))('the API of %s', (site, { url }) => {
  it.each(DOCUMENT_NAMES)('%s is what the schema says, and comes as JSON for everybody', async (name) => {
    for (const path of [`/api/v2/${name}.json`, `//api/v2/${name}.json`]) {
      const response = await fetch(`${String(servers[site]?.url)}${path}`);
      expect(response.status, path).toBe(200);
      expect(response.headers.get('content-type')).toBe('application/json');
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      expect(wrongWithDocument(name, await response.json())).toEqual([]);
    }
  });

  it.each(DOCUMENT_NAMES)('%s has every field, also those that Statuspage sometimes leaves out', async (name) => {
    const { components = [], incidents = [], scheduled_maintenances: planned = [] } = await ask(site, name);
    const events = [...incidents, ...planned];
    for (const one of [...components, ...events.flatMap((event) => event.components)]) {
      expect(Object.keys(one).join(' ')).toBe(one.group ? `${COMPONENT} components` : COMPONENT);
    }
    for (const one of incidents) expect(Object.keys(one).join(' ')).toBe(INCIDENT);
    for (const one of planned) expect(Object.keys(one).join(' ')).toBe(`${INCIDENT} scheduled_for scheduled_until`);
    for (const one of events.flatMap((event) => event.incident_updates)) {
      expect(Object.keys(one).join(' ')).toBe(UPDATE);
      expect(one.affected_components).toBeInstanceOf(Array);
    }
  });

  it('names no group, component, page or incident that is not there', async () => {
    const { components = [] } = await ask(site, 'components');
    const groups = components.filter(({ group }) => group).map(({ id }) => id);
    const ids = new Set(components.map(({ id }) => id));
    for (const name of DOCUMENT_NAMES) {
      const { page, ...document } = await ask(site, name);
      expect(page.url).toBe(url.replace(/\/$/, ''));
      const events = [...(document.incidents ?? []), ...(document.scheduled_maintenances ?? [])];
      for (const one of [...(document.components ?? []), ...events.flatMap((event) => event.components)]) {
        expect(one.page_id).toBe(page.id);
        expect(ids).toContain(one.id);
        if (one.group_id !== null) expect(groups).toContain(one.group_id);
        for (const member of one.components ?? []) expect(ids).toContain(member);
      }
      for (const one of events) {
        expect(one.page_id).toBe(page.id);
        for (const update of one.incident_updates) expect(update.incident_id).toBe(one.id);
      }
    }
  });

  it('leads to pages that are there', async () => {
    const { incidents = [] } = await ask(site, 'incidents');
    const { scheduled_maintenances: planned = [] } = await ask(site, 'scheduled-maintenances');
    expect(incidents.length).toBeGreaterThan(39);
    for (const { shortlink } of [...incidents, ...planned]) {
      expect(shortlink.startsWith(url)).toBe(true);
      const response = await fetch(`${String(servers[site]?.url)}/${shortlink.slice(url.length)}`);
      expect(response.status, shortlink).toBe(200);
    }
  });

  it('gives no two things the same id', async () => {
    const { components = [] } = await ask(site, 'components');
    const { incidents = [] } = await ask(site, 'incidents');
    const { scheduled_maintenances: planned = [] } = await ask(site, 'scheduled-maintenances');
    const events = [...incidents, ...planned];
    const all = [...components, ...events, ...events.flatMap((event) => event.incident_updates)].map(({ id }) => id);
    expect(new Set(all).size).toBe(all.length);
  });
});

it('has no relative address in any body', async () => {
  for (const site of Object.keys(SITES)) {
    const { incidents = [] } = await ask(site, 'incidents');
    const bodies = incidents.flatMap((one) => one.incident_updates.map(({ body }) => body)).join('');
    expect(bodies.match(/(href|src)="(?!https?:|mailto:|tel:)[^"]*"/g)).toBeNull();
    expect(bodies).not.toMatch(/<(script|iframe|style|svg|form|base|meta|object)/i);
  }
});

it('gives a thing the same id wherever and whenever it is built', async () => {
  const [here, there] = await Promise.all([ask('example', 'summary'), ask('subPath', 'summary')]);
  expect(here.page.id).not.toBe(there.page.id);
  const ids = ({ components, incidents }: AnyDocument) =>
    [...(components ?? []), ...(incidents ?? [])].map(({ id }) => id);
  expect(ids(there)).toEqual(ids(here));
});

const SERVED: readonly (readonly [file: string, type: string])[] = [
  ['history.rss', 'application/rss+xml; charset=utf-8'],
  ['history.atom', 'application/atom+xml; charset=utf-8'],
  ...Object.values(FEEDS).flatMap(({ file, type }): [string, string][] => [
    [file, `${type}; charset=utf-8`],
    [`components/checkout/${file}`, `${type}; charset=utf-8`],
  ]),
  ['reports/report.json', 'application/json'],
  ['reports/report.csv', 'text/csv; charset=utf-8'],
  ['reports/2026-10/report.json', 'application/json'],
  ['reports/2026-10/incidents.csv', 'text/csv; charset=utf-8'],
  ['reports/2026-10/components.csv', 'text/csv; charset=utf-8'],
];

it.each(SERVED)('%s comes as %s, for everybody', async (file, type) => {
  const { headers } = await fetch(`${String(servers['subPath']?.url)}/${file}`);
  expect(headers.get('content-type')).toBe(type);
  expect(headers.get('access-control-allow-origin')).toBe('*');
});

it.each(['/nowhere.json', '/history', '/..%2f..%2fpackage.json', '/%zz'])('%s is not found', async (path) => {
  const response = await fetch(`${String(servers['example']?.url)}${path}`);
  expect(response.status).toBe(404);
  expect(await response.text()).toContain('</html>');
});

it('leads from above the path of the page to the page', async () => {
  const { url = '' } = servers['subPath'] ?? {};
  for (const path of ['/', '/status']) {
    const response = await fetch(new URL(path, url));
    expect([response.status, response.url]).toEqual([200, `${url}/`]);
  }
});

/** https://www.npmjs.com/package/statuspage.io, as it is published. */
describe.each(['example', 'subPath'] as const)('the client statuspage.io at %s', (site) => {
  function client(): Statuspage {
    const statuspage = new Statuspage('anything');
    statuspage.setApiUrl(String(servers[site]?.url));
    return statuspage;
  }

  it('says how the page is', async () => {
    const { page, status } = await client().api.getStatus();
    expect(page.name).toBe('Ladenhall');
    expect(status).toEqual({ indicator: 'minor', description: 'Minor Service Outage' });
  });

  it('lists the components with their statuses', async () => {
    const { components } = await client().api.getComponents();
    const not = components.filter(({ status, group }) => status !== 'operational' && !group);
    expect(not.map(({ name, status }) => [name, status])).toEqual([
      ['Card payments', 'partial_outage'],
      ['Order emails', 'degraded_performance'],
      ['Product search', 'under_maintenance'],
      ['Checkout', 'degraded_performance'],
    ]);
  });

  it('lists incidents, all and open ones, with what was said', async () => {
    const { api } = client();
    expect((await api.incidents.getAll()).incidents).toHaveLength(50);
    const { incidents } = await api.incidents.getUnresolved();
    expect(incidents.map(({ name, status }) => [name, status])).toEqual([
      ['Some shoppers in Europe cannot pay by card', 'identified'],
      ['Some order emails arrive late', 'monitoring'],
    ]);
    expect(incidents[0]?.incident_updates[0]?.body).toMatch(/^One of our two lines to our card partner/);
  });

  it('lists maintenance to come, and sums up', async () => {
    const { api } = client();
    const { scheduled_maintenances: upcoming } = await api.scheduledMaintenances.getUpcoming();
    expect(upcoming.map(({ scheduled_for: at }) => at)).toEqual([
      '2026-11-22T02:00:00.000Z',
      '2026-12-03T02:00:00.000Z',
      '2026-12-09T08:00:00.000Z',
    ]);
    const summary = await api.getSummary();
    expect(summary.incidents).toHaveLength(2);
    expect(summary.scheduled_maintenances.map(({ status }) => status)).toEqual([
      'in_progress',
      'scheduled',
      'scheduled',
      'scheduled',
    ]);
  });
});

/** https://www.npmjs.com/package/@statuspage/status-widget, as it is published. It asks the root of a host only. */
describe('the status widget on a page of another origin', () => {
  let folder: string;
  let browser: Browser;

  beforeAll(async () => {
    [folder, browser] = await Promise.all([mkdtemp(join(tmpdir(), 'candor-widget-')), launchBrowser()]);
    await copyFile('node_modules/@statuspage/status-widget/dist/index.js', join(folder, 'widget.js'));
    const source = String(servers['example']?.url);
    const widgets = ['basic', 'badge'].map(
      (one) => `<statuspage-widget src="${source}" appearance="${one}"></statuspage-widget>`,
    );
    await writeFile(
      join(folder, 'index.html'),
      `<!doctype html><body>${widgets.join('')}<script src="widget.js"></script>`,
    );
  });

  afterAll(async () => {
    await Promise.all([browser.close(), rm(folder, { recursive: true })]);
  });

  it('says how the page is', async () => {
    const shop = await serve(folder);
    try {
      const page = await browser.newPage();
      await page.goto(shop.origin);
      await page.waitForFunction(
        () =>
          document.querySelectorAll('statuspage-widget').length === 2 &&
          [...document.querySelectorAll('statuspage-widget')].every((one) =>
            one.shadowRoot?.querySelector('.status-text'),
          ),
      );
      const said = await page.evaluate(() =>
        [...document.querySelectorAll('statuspage-widget')].map(({ shadowRoot }) => ({
          text: shadowRoot?.querySelector('.status-container')?.textContent?.replace(/\s+/g, ' ').trim(),
          indicator: shadowRoot?.querySelector('.status-indicator')?.className,
        })),
      );
      expect(said).toEqual([
        { text: 'Minor Service Outage', indicator: 'status-indicator minor' },
        { text: 'system status Minor Service Outage', indicator: 'status-indicator minor' },
      ]);
    } finally {
      await shop.close();
    }
  });
});
