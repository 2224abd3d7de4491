import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFinds, launchBrowser } from './support/browser.ts';
import type { StaticServer } from './support/server.ts';
import { serve } from './support/server.ts';
import { build, copyExample, SITES } from './support/sites.ts';

const IN_JAPANESE = `---
title: 一部のお客様がカードで支払えません
components:
  cards: partial_outage
---

## Investigating · 2026-11-18 09:20 UTC

東京のデータセンターで決済サーバーが停止しています。原因を調べています。

## Resolved · 2026-11-18 10:00 UTC

復旧しました。
`;

let browser: Browser;
let english: StaticServer;
let japanese: StaticServer;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candor-search-'));
  const content = join(folder, 'content');
  await copyExample(content);
  const settings = await readFile(join(content, 'site.yml'), 'utf8');
  await writeFile(join(content, 'site.yml'), settings.replace(/^locale:.*$/m, 'locale: ja'));
  await writeFile(join(content, 'incidents/2026/2026-11-18-tokyo.md'), IN_JAPANESE);
  await build(content, join(folder, 'dist'));
  [browser, english, japanese] = await Promise.all([
    launchBrowser(),
    serve(SITES.subPath.dir, SITES.subPath.base),
    serve(join(folder, 'dist')),
  ]);
});

afterAll(async () => {
  await browser.close();
  await Promise.all([english.close(), japanese.close(), rm(folder, { recursive: true })]);
});

async function open<T>(address: string, use: (page: Page) => Promise<T>, options?: BrowserContextOptions): Promise<T> {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    await page.goto(address);
    return await use(page);
  } finally {
    await context.close();
  }
}

const history = () => `${english.origin}${SITES.subPath.base}history/`;
const results = (page: Page) => page.locator('#search ol > li');
const titles = (page: Page) => results(page).locator('a').allInnerTexts();
const said = (page: Page) => page.locator('[role=status]').textContent();

describe('the search of the history', () => {
  it('finds a word of any update in every year, newest first, with the words marked and the address to share', async () => {
    await open(history(), async (page) => {
      await page.getByRole('searchbox').fill('frankfurt');
      await expect.poll(() => titles(page)).toHaveLength(3);
      expect(await titles(page)).toEqual([
        'Some shoppers in Europe cannot pay by card',
        'Webhooks are late for some receivers',
        'Shops in Europe are slow because a data centre is too hot',
      ]);
      const [first] = await results(page).all();
      expect(await first?.locator('mark').allInnerTexts()).toEqual(['Frankfurt']);
      expect(await first?.innerText()).toMatch(/Partial outage · Identified.*\n+Checkout, Card payments/);
      expect(await first?.locator('svg').getAttribute('class')).toBe('icon partial');
      expect(await said(page)).toBe('Results: 3');
      expect(page.url()).toBe(`${history()}?q=frankfurt`);
      expect(await page.locator('main > section').first().isVisible()).toBe(false);
      await first?.locator('a').click();
      expect(await page.locator('h1').innerText()).toBe('Some shoppers in Europe cannot pay by card');
    });
  });

  it.each([
    [
      '?q=webhook&component=webhooks&kind=maintenance',
      ['Webhooks move to a second location', 'Network maintenance for the Shop API and webhooks'],
    ],
    ['?q=INC-776', ['Webhooks are late for some receivers']],
    ['?group=messages&year=2024', ['Order emails arrive up to an hour late']],
    ['?q=zzzz', []],
  ])('answers the address %s', async (query, expected) => {
    await open(history() + query, async (page) => {
      await expect.poll(() => said(page)).not.toBe('');
      expect(await said(page)).toBe(expected.length > 0 ? `Results: ${expected.length}` : 'No results');
      expect(await titles(page)).toEqual(expected);
    });
  });

  it('shows ten results, and ten more from the keyboard, which then stands at the first of them', async () => {
    await open(
      `${history()}?kind=incident`,
      async (page) => {
        await expect.poll(() => results(page).count()).toBe(10);
        expect(await axeFinds(page)).toEqual([]);
        await page.getByRole('button', { name: 'Show more' }).press('Enter');
        await expect.poll(() => results(page).count()).toBe(20);
        const eleventh = results(page).nth(10).locator('a');
        await expect.poll(() => eleventh.evaluate((link) => link === document.activeElement)).toBe(true);
      },
      { bypassCSP: true },
    );
  });

  it('loads nothing before somebody asks, and breaks no rule of the policy when somebody does', async () => {
    await open('about:blank', async (page) => {
      const [asked, wrong]: [string[], string[]] = [[], []];
      page.on('request', (request) => asked.push(request.url()));
      page.on('console', (message) => wrong.push(message.text()));
      await page.goto(history());
      await page.waitForLoadState('networkidle');
      expect(asked.filter((url) => url.includes('/search/'))).toEqual([]);
      expect(await page.locator('meta[http-equiv]').getAttribute('content')).toContain("script-src 'self';");
      await page.getByRole('searchbox').fill('webhook');
      await expect.poll(() => results(page).count()).toBeGreaterThan(5);
      expect(wrong).toEqual([]);
    });
  });

  it('is not there without JavaScript, and the months are', async () => {
    await open(
      history(),
      async (page) => {
        expect(await page.locator('#search').isVisible()).toBe(false);
        expect(await page.locator('main > section').first().isVisible()).toBe(true);
      },
      { javaScriptEnabled: false },
    );
  });

  it('finds words inside of a sentence in Japanese', async () => {
    await open(`${japanese.origin}/history/`, async (page) => {
      await page.getByRole('searchbox').fill('決済サーバー');
      await expect.poll(() => titles(page)).toEqual(['一部のお客様がカードで支払えません']);
      expect((await results(page).locator('mark').allInnerTexts()).join('')).toBe('決済サーバー');
    });
  });
});
