import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.ts';
import type { StaticServer } from './support/server.ts';
import { serve } from './support/server.ts';
import { build } from './support/sites.ts';

const NOW = '2026-11-20T09:30:00Z';
const MESSAGE = 'Nothing can be reached. We are looking for the cause.';
const COUNT = 400;
/** A phone. */
const SCREEN = { width: 390, height: 844 };

describe(`an outage of all ${String(COUNT)} components`, () => {
  let folder: string;
  let site: StaticServer;
  let browser: Browser;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'candor-many-'));
    const content = join(folder, 'content');
    await writeOutage(content);
    await build(content, join(folder, 'dist'), NOW);
    site = await serve(join(folder, 'dist'));
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser.close();
    await site.close();
    await rm(folder, { recursive: true });
  });

  it.each(['/', '/incidents/all/'])('leaves the message on the first screen of a phone: %s', async (path) => {
    const page = await browser.newPage({ viewport: SCREEN, javaScriptEnabled: false });
    await page.goto(site.origin + path);
    const message = await page.getByText(MESSAGE).first().boundingBox();
    expect(message?.y).toBeLessThan(SCREEN.height);
    await page.locator('summary', { hasText: /^\s*39\d more affected/ }).click();
    expect(await page.getByRole('link', { name: 'Component 400', exact: true }).first().isVisible()).toBe(true);
    await page.close();
  });

  it.each([
    'atom.xml',
    'rss.xml',
    'history.atom',
    'history.rss',
    'feed.json',
    'incidents/all/index.md',
    'maintenance.ics',
  ])('names eight of them in %s', async (file) => {
    const text = (await readFile(join(folder, 'dist', file), 'utf8')).replaceAll('\r\n ', '');
    const named = new Set(text.match(/\bComponent \d+/g));
    expect(named.size).toBe(8);
  });
});

async function writeOutage(content: string): Promise<void> {
  const ids = Array.from({ length: COUNT }, (_, index) => `c${String(index + 1)}`);
  const files = {
    'site.yml': ['name: Acme', 'url: https://status.acme.example'],
    'components.yml': ids.map((id) => `- { id: ${id}, name: Component ${id.slice(1)} }`),
    'incidents/all.md': [
      '---',
      'title: Nothing works',
      'components:',
      ...ids.map((id) => `  ${id}: major_outage`),
      '---',
      '## Investigating · 2026-11-20 09:20 UTC',
      MESSAGE,
      '',
      `- **Components:** ${ids.map((id) => `${id}: major outage`).join(', ')}`,
      '- **Next update:** 09:50 UTC',
    ],
    'maintenance/disks.md': [
      '---',
      'title: New disks',
      `components: [${ids.join(', ')}]`,
      'scheduled: 2026-11-24 02:00 UTC',
      'until: 2026-11-24 04:00 UTC',
      '---',
      '## Scheduled · 2026-11-19 09:20 UTC',
      'We replace disks.',
    ],
  };
  for (const folder of ['incidents', 'maintenance']) await mkdir(join(content, folder), { recursive: true });
  for (const [name, lines] of Object.entries(files)) await writeFile(join(content, name), `${lines.join('\n')}\n`);
}
