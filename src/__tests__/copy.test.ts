import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.ts';
import type { StaticServer } from './support/server.ts';
import { serve } from './support/server.ts';
import { SITES } from './support/sites.ts';

let browser: Browser;
let folder: string;
let server: StaticServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candor-copy-'));
  await cp(SITES.example.dir, folder, { recursive: true });
  [browser, server] = await Promise.all([launchBrowser(), serve(folder)]);
});

afterAll(async () => {
  await browser.close();
  await server.close();
  await rm(folder, { recursive: true });
});

const ALLOWED: BrowserContextOptions = { permissions: ['clipboard-read', 'clipboard-write'] };

async function subscribe<T>(options: BrowserContextOptions, use: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    await page.goto(`${server.origin}/subscribe/`);
    return await use(page);
  } finally {
    await context.close();
  }
}

const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText());
const rss = (page: Page) => page.getByRole('button', { name: 'Copy: Everything: RSS' });

describe('a button that copies', () => {
  it('copies the address beside it, says so to everybody, and is itself again', async () => {
    await subscribe(ALLOWED, async (page) => {
      await page.clock.install();
      await rss(page).click();
      await expect.poll(() => rss(page).innerText()).toBe('Copied');
      expect(await page.getByRole('status').innerText()).toBe('Copied');
      expect(await copied(page)).toBe(`${SITES.example.url}rss.xml`);
      await page.clock.fastForward(3_000);
      expect(await rss(page).innerText()).toBe('Copy');
      expect(await page.locator('[role=status]').textContent()).toBe('');
    });
  });

  it('is worked by keyboard, for a component too', async () => {
    await subscribe(ALLOWED, async (page) => {
      await page.locator('details:has(> #g-shop) > summary').press('Enter');
      await page.locator('details:has(> #c-checkout) > summary').press('Enter');
      await page.getByRole('button', { name: 'Copy: Checkout: Calendar' }).press('Enter');
      await expect.poll(() => copied(page)).toBe(`${SITES.example.url}components/checkout/maintenance.ics`);
    });
  });

  it('selects what it would have copied where it may not', async () => {
    await subscribe({}, async (page) => {
      await page.evaluate(() => {
        navigator.clipboard.writeText = () => Promise.reject(new Error('no'));
      });
      await rss(page).click();
      await expect.poll(() => page.evaluate(() => getSelection()?.toString())).toBe(`${SITES.example.url}rss.xml`);
    });
  });

  it('is not shown without JavaScript', async () => {
    await subscribe({ javaScriptEnabled: false }, async (page) => {
      expect(await page.locator('.copy').count()).toBeGreaterThan(90);
      expect(await page.locator('.copy:visible').count()).toBe(0);
      expect(await page.getByText(`${SITES.example.url}rss.xml`, { exact: true }).first().isVisible()).toBe(true);
    });
  });

  it('works in a newer copy of the page, in which an open component stays open', async () => {
    await subscribe(ALLOWED, async (page) => {
      await page.clock.install();
      await page.reload();
      await page.locator('details:has(> #g-shop) > summary').click();
      const { version } = JSON.parse(await readFile(join(folder, 'build.json'), 'utf8')) as { version: string };
      const path = join(folder, 'subscribe/index.html');
      const html = (await readFile(path, 'utf8')).replaceAll(version, 'newer');
      await writeFile(path, html.replace('<h1>', '<p class="news">New</p><h1>'));
      await writeFile(join(folder, 'build.json'), JSON.stringify({ version: 'newer' }));
      await page.clock.fastForward('00:01:10');
      await expect.poll(() => page.locator('.news').count()).toBe(1);
      expect(await page.locator('details:has(> #g-shop)').getAttribute('open')).not.toBeNull();
      await rss(page).click();
      await expect.poll(() => rss(page).innerText()).toBe('Copied');
    });
  });
});

it('a badge has a name', async () => {
  await subscribe({}, async (page) => {
    await page.goto(`${server.origin}/badge.svg`);
    const badge = page.getByRole('img', { name: 'Ladenhall: Minor service outage' });
    expect(await badge.count()).toBe(1);
  });
});
