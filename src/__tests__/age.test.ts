import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFinds, launchBrowser } from './support/browser.ts';
import type { OpenSite } from './support/open-site.ts';
import { buildOpenSite } from './support/open-site.ts';
import type { StaticServer } from './support/server.ts';
import { serve } from './support/server.ts';
import { builtPages, SITES } from './support/sites.ts';

const MINUTE = 60_000;
const OLD = /This page is from .* and may be out of date/;

let browser: Browser;
let site: OpenSite;
let server: StaticServer;
/** From when on the copy is old. */
let stale: number;

beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), buildOpenSite()]);
  server = await serve(site.dir);
  stale = Number(/data-stale="(\d+)"/.exec(await read('index.html'))?.[1]) * 1000;
});

afterAll(async () => {
  await browser.close();
  await server.close();
  await site.remove();
});

const read = (file: string) => readFile(join(site.dir, file), 'utf8');
const notice = (page: Page) => page.locator('.age').filter({ hasText: OLD, visible: true });

/** A page of a reader whose clock begins at an instant. */
async function readAt<T>(instant: number, use: (page: Page) => Promise<T>, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ timezoneId: 'UTC', locale: 'en-GB', ...options });
  try {
    const page = await context.newPage();
    await page.clock.install({ time: instant });
    return await use(page);
  } finally {
    await context.close();
  }
}

/** The host is there, and its clock is the reader's, or goes so much ahead of it. */
async function hostAnswers(page: Page, ahead = 0): Promise<void> {
  await page.route('**/build.json', async (route) => {
    const date = new Date((await page.evaluate(() => Date.now())) + ahead).toUTCString();
    await route.fulfill({ body: await read('build.json'), headers: { date, 'content-type': 'application/json' } });
  });
}

describe('a copy with an open incident', () => {
  it('is old twenty minutes after the grace of a promise has passed, which is when the clock should have built anew', () => {
    expect(stale - site.promised).toBe(25 * MINUTE + 1000);
  });

  it('says nothing of its age before', async () => {
    await readAt(stale - 2 * MINUTE, async (page) => {
      await hostAnswers(page);
      await page.goto(server.origin);
      await page.clock.fastForward('01:10');
      expect(await notice(page).count()).toBe(0);
    });
  });

  it.each(['/', '/embed/', '/incidents/pay/'])('says beside the answer of %s that it may be old', async (path) => {
    await readAt(stale - 2 * MINUTE, async (page) => {
      await hostAnswers(page);
      await page.goto(server.origin + path);
      await page.clock.fastForward('03:00');
      await expect.poll(() => notice(page).count()).toBe(1);
      const text = await page.locator('.band .age').innerText();
      expect(text).toMatch(/\((3[0-9]|4[0-9])\u00a0minutes\u00a0ago\)/);
      expect(text).toContain('Other places to check: Our page on another host, Get help');
    });
  });

  it('says it in the foot of a page that has no answer', async () => {
    await readAt(stale + MINUTE, async (page) => {
      await hostAnswers(page);
      await page.goto(`${server.origin}/components/checkout/`);
      await expect.poll(() => notice(page).count()).toBe(1);
      expect(await page.locator('.foot .age').isVisible()).toBe(true);
    });
  });

  it('says it to screen readers once, however long it stays', async () => {
    await readAt(stale + MINUTE, async (page) => {
      await page.addInitScript(() => {
        const said: string[] = [];
        Object.assign(window, { said });
        document.addEventListener('DOMContentLoaded', () => {
          const status = document.querySelector('[role=status]') as Element;
          new MutationObserver(() => said.push(status.textContent)).observe(status, { childList: true });
        });
      });
      await hostAnswers(page);
      await page.goto(server.origin);
      await expect.poll(() => notice(page).count()).toBe(1);
      await page.clock.runFor('05:00');
      expect(await notice(page).innerText()).toMatch(OLD);
      const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
      expect(said).toEqual([expect.stringMatching(OLD)]);
    });
  });

  it('says it when the host cannot be reached', async () => {
    await readAt(stale - 5 * MINUTE, async (page) => {
      await page.goto(server.origin);
      await page.context().setOffline(true);
      await page.clock.fastForward('06:00');
      await expect.poll(() => notice(page).count()).toBe(1);
    });
  });

  it('says nothing more once a newer build is there', async () => {
    const [html, build] = await Promise.all([read('index.html'), read('build.json')]);
    const { version } = JSON.parse(build) as { version: string };
    try {
      await readAt(stale + MINUTE, async (page) => {
        await hostAnswers(page);
        await page.goto(server.origin);
        await expect.poll(() => notice(page).count()).toBe(1);
        const later = String(stale / 1000 + 3600);
        const newer = html.replaceAll(version, 'newer').replace(/data-stale="\d+"/g, `data-stale="${later}"`);
        await writeFile(join(site.dir, 'index.html'), newer);
        await writeFile(join(site.dir, 'build.json'), build.replace(version, 'newer'));
        await page.clock.fastForward('01:05');
        await expect.poll(() => notice(page).count()).toBe(0);
        expect(await page.locator('html').getAttribute('data-version')).toBe('newer');
      });
    } finally {
      await writeFile(join(site.dir, 'index.html'), html);
      await writeFile(join(site.dir, 'build.json'), build);
    }
  });

  it('goes by the clock of the host when the reader’s is wrong', async () => {
    await readAt(stale + 600 * MINUTE, async (page) => {
      await hostAnswers(page, -615 * MINUTE);
      await page.goto(server.origin);
      await page.waitForLoadState('networkidle');
      await page.clock.runFor('00:10');
      expect(await notice(page).count()).toBe(0);
    });
    await readAt(stale - 600 * MINUTE, async (page) => {
      await hostAnswers(page, 601 * MINUTE);
      await page.goto(server.origin);
      expect(await page.locator('.foot .built').innerText()).toContain('(this\u00a0minute)');
      await page.clock.fastForward('01:10');
      await expect.poll(() => notice(page).count()).toBe(1);
      expect(await notice(page).innerText()).toMatch(/\([34][0-9]\u00a0minutes\u00a0ago\)/);
    });
  });

  it('names other places without JavaScript, and when the copy was built', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(server.origin);
    const foot = await page.locator('.foot').innerText();
    expect(foot).toMatch(/This page was built on \d+ \w+ \d{4}, \d\d:\d\d UTC\./);
    expect(foot).toContain('If this page is unavailable, check: Our page on another host');
    expect(await notice(page).count()).toBe(0);
    await context.close();
  });

  it.each([
    ['light', 'none', 1280],
    ['dark', 'none', 320],
    ['light', 'active', 390],
  ] as const)(
    'is found by nothing that axe looks for: %s, forced colours %s, %i pixels',
    async (colorScheme, forcedColors, width) => {
      const options = { colorScheme, forcedColors, viewport: { width, height: 800 }, bypassCSP: true };
      await readAt(
        stale + MINUTE,
        async (page) => {
          await hostAnswers(page);
          for (const path of ['/', '/embed/', '/components/checkout/']) {
            await page.goto(server.origin + path);
            await expect.poll(() => notice(page).count()).toBe(1);
            expect(await axeFinds(page)).toEqual([]);
          }
        },
        options,
      );
    },
  );
});

it('a page in which nothing turns any more says nothing of its build, nor does one whose clock stands still', async () => {
  expect(await read('incidents/2020-10-01-search/index.html')).not.toMatch(/data-(stale|built|version)/);
  for (const { html } of builtPages(SITES.example.dir)) expect(html).not.toContain('data-stale');
});
