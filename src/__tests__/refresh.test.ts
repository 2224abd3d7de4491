import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.ts';
import type { OpenSite } from './support/open-site.ts';
import { buildOpenSite } from './support/open-site.ts';
import type { StaticServer } from './support/server.ts';
import { serve } from './support/server.ts';

const FINISHED = '/incidents/2020-10-01-search/';

let browser: Browser;
let site: OpenSite;
let server: StaticServer;

beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), buildOpenSite()]);
  server = await serve(site.dir);
});

afterAll(async () => {
  await browser.close();
  await server.close();
  await site.remove();
});

/** A page whose clock the test turns, and what it asks the host for after it was loaded: paths, in order. */
async function watching<T>(path: string, use: (page: Page, asked: string[]) => Promise<T>): Promise<T> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.clock.install();
    await page.goto(server.origin + path);
    await page.waitForLoadState('networkidle');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    return await use(page, asked);
  } finally {
    await context.close();
  }
}

/** Lets minutes pass, in steps after which the host has answered; the clock also turns how long answers are waited for. */
async function pass(page: Page, minutes: number): Promise<void> {
  let open = 0;
  const begin = () => (open += 1);
  const end = () => (open -= 1);
  page.on('request', begin).on('requestfinished', end).on('requestfailed', end);
  for (let step = 0; step < minutes * 6; step += 1) {
    await page.clock.runFor(10_000);
    while (open > 0) await setTimeout(2);
  }
  page.off('request', begin).off('requestfinished', end).off('requestfailed', end);
}

/** What a browser does when another tab comes to the front, or this one again. */
async function show(page: Page, visible: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, !visible);
}

/** Puts another build in place of the one on the host while something is done. */
async function withNewer(change: (html: string) => string, path: string, use: () => Promise<void>): Promise<void> {
  const files = ['build.json', `${path.slice(1)}index.html`].map((file) => join(site.dir, file));
  const [build = '', html = ''] = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  const { version } = JSON.parse(build) as { version: string };
  try {
    await writeFile(files[0] ?? '', build.replace(version, 'newer'));
    await writeFile(files[1] ?? '', change(html).replaceAll(version, 'newer'));
    await use();
  } finally {
    await writeFile(files[0] ?? '', build);
    await writeFile(files[1] ?? '', html);
  }
}

describe('an open page', () => {
  it.each(['/', '/embed/', '/incidents/pay/', '/history/'])(
    'asks for one small file a minute on %s, and for nothing else',
    async (path) => {
      await watching(path, async (page, asked) => {
        await pass(page, 10);
        expect(new Set(asked)).toEqual(new Set(['/build.json']));
        expect(asked.length).toBeGreaterThanOrEqual(8);
        expect(asked.length).toBeLessThanOrEqual(10);
        const { size } = await (await fetch(`${server.origin}/build.json`)).blob();
        expect(size).toBeLessThan(200);
      });
    },
  );

  it('asks for nothing while nobody can see it, and at once when it is seen again', async () => {
    await watching('/', async (page, asked) => {
      await show(page, false);
      await page.clock.fastForward('05:00:00');
      await pass(page, 3);
      expect(asked).toEqual([]);
      await show(page, true);
      await expect.poll(() => asked).toEqual(['/build.json']);
      // However often it is hidden and shown within a minute.
      for (const visible of [false, true, false, true]) await show(page, visible);
      await page.clock.runFor('00:30');
      expect(asked).toEqual(['/build.json']);
    });
  });

  it('asks less and less often while the host fails, and every minute again once it answers', async () => {
    await watching('/', async (page, asked) => {
      const fail = (route: Route) => route.fulfill({ status: 503 });
      await page.route('**/build.json', fail);
      // After 1, 3, 7, 15 and 31 minutes, and from then on every sixteen.
      await pass(page, 34);
      expect(asked.length).toBe(5);
      await page.unroute('**/build.json', fail);
      await pass(page, 16);
      asked.length = 0;
      await pass(page, 4);
      expect(asked.length).toBeGreaterThanOrEqual(3);
    });
  });

  it('fetches itself once when there is a newer build', async () => {
    await watching('/', async (page, asked) => {
      await withNewer(
        (html) => html.replace('Some payments fail.', 'We know why.'),
        '/',
        async () => {
          await pass(page, 4);
          expect(asked.filter((path) => path === '/')).toHaveLength(1);
          expect(await page.getByText('We know why.').count()).toBe(1);
        },
      );
    });
  });

  it('tells in its foot of which build it is now', async () => {
    await watching('/', async (page) => {
      const change = (html: string) => html.replace('This page was built', 'This newer page was built');
      await withNewer(change, '/', async () => {
        await pass(page, 2);
        expect(await page.locator('.foot').innerText()).toContain('This newer page was built');
      });
    });
  });
});

describe('a finished page', () => {
  it('looks once whether a newer build changed it, and leaves it alone if not', async () => {
    await watching(FINISHED, async (page, asked) => {
      await page.evaluate(() => document.querySelector('h1')?.setAttribute('data-mark', ''));
      await pass(page, 5);
      expect(asked.filter((path) => path !== '/build.json')).toEqual([FINISHED]);
      expect(await page.locator('h1[data-mark]').count()).toBe(1);
    });
  });

  it('shows what was added to it', async () => {
    await watching(FINISHED, async (page) => {
      await withNewer(
        (html) => html.replaceAll('Fast.', 'Fast, and this is why.'),
        FINISHED,
        async () => {
          await pass(page, 2);
          expect(await page.getByText('Fast, and this is why.').count()).toBe(1);
        },
      );
    });
  });
});
