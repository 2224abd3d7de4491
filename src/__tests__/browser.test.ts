import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFinds, launchBrowser } from './support/browser.ts';
import type { StaticServer } from './support/server.ts';
import { serve } from './support/server.ts';
import { SITES } from './support/sites.ts';

/** One page of every kind. */
const PAGES = [
  '/',
  '/incidents/2026-11-20-card-payments-europe/',
  '/incidents/2026-01-07-shops-cannot-be-reached/',
  '/maintenance/2026-02-03-orders-database/',
  '/components/checkout/',
  '/components/ftp-import/',
  '/components/checkout/history/2026/',
  '/history/',
  '/history/2026-11/',
  '/reports/',
  '/reports/2026-11/',
  '/reports/2026-10/',
  '/reports/2026-06/',
  '/subscribe/',
  '/embed/',
  '/nowhere/',
];

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let browser: Browser;
let server: StaticServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), serve(SITES.example.dir)]);
});

afterAll(async () => {
  await browser.close();
  await server.close();
});

async function withPage<T>(options: BrowserContextOptions, use: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext(options);
  try {
    return await use(await context.newPage());
  } finally {
    await context.close();
  }
}

// Colours do not depend on the width, nor widths on the colours.
describe.each([
  ['light', 1280],
  ['dark', 320],
] as const)('in %s at %i pixels', (colorScheme, width) => {
  const options: BrowserContextOptions = { colorScheme, viewport: { width, height: 800 }, bypassCSP: true };

  it.each(PAGES)('%s has nothing that axe finds, and does not scroll sideways', async (path) => {
    await withPage(options, async (page) => {
      await page.goto(server.origin + path);
      await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
      expect(await axeFinds(page, RULES)).toEqual([]);
      expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0);
    });
  });
});

describe('without JavaScript', () => {
  it.each(PAGES)('%s shows what it says and does not scroll sideways, on a phone and on a desk', async (path) => {
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(server.origin + path);
      for (const width of [320, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        expect(await page.locator('h1').first().isVisible()).toBe(true);
        const shown = await page.locator('time:visible').allInnerTexts();
        expect(shown.filter((text) => /\d:\d\d/.test(text) && !/UTC/.test(text))).toEqual([]);
        expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0);
      }
    });
  });
});

async function sidewaysOverflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

describe('for a reader in another time zone', () => {
  const reader: BrowserContextOptions = { timezoneId: 'Pacific/Auckland' };

  it.each(['/', '/history/2026-11/', '/components/checkout/'])(
    '%s has days and times in one time zone, and says which',
    async (path) => {
      await withPage(reader, async (page) => {
        await page.goto(server.origin + path);
        expect(await page.getByText('Days and times in this list are in the UTC time zone.').isVisible()).toBe(true);
        const listed = page.locator('.meta time, .past time');
        const texts = await listed.allInnerTexts();
        expect(texts.length).toBeGreaterThan(0);
        expect(texts.filter((text) => /\d:\d\d/.test(text) && !/UTC/.test(text) && !/^\d\d:\d\d$/.test(text))).toEqual(
          [],
        );
        expect(await listed.first().getAttribute('title')).toMatch(/GMT\+1[23]$/);
      });
    },
  );

  it('shows current events in their own zone', async () => {
    await withPage(reader, async (page) => {
      await page.goto(server.origin);
      expect(await page.locator('.band time').first().innerText()).toMatch(/GMT\+13/);
    });
  });
});

it('The address of a component on the subscribe page opens its row in view, without JavaScript too', async () => {
  await withPage({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } }, async (page) => {
    await page.goto(`${server.origin}/subscribe/#c-checkout`);
    const box = await page.locator('#c-checkout').boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(0);
    expect(box?.y).toBeLessThan(800);
    expect(await page.locator('#c-checkout a').first().isVisible()).toBe(true);
  });
});

it('The bar of a component is one stop for the keyboard that opens its days, and the focus is seen', async () => {
  await withPage({ viewport: { width: 1280, height: 800 } }, async (page) => {
    await page.goto(`${server.origin}/components/checkout/`);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toMatch(/^#/);
    const bar = page.locator('main summary:has(svg[viewBox])').first();
    await bar.focus();
    expect(await bar.evaluate((element) => getComputedStyle(element).outlineStyle)).not.toBe('none');
    await page.keyboard.press('Enter');
    expect(await page.locator('main details[open] table').first().isVisible()).toBe(true);
    expect(await bar.evaluate((element) => element.querySelectorAll('a, button, [tabindex]').length)).toBe(0);
  });
});

describe('the home page', () => {
  it('answers in its first lines: is it working, since when, what is done, when will you hear more', async () => {
    await withPage({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } }, async (page) => {
      await page.goto(server.origin);
      const answer = page.locator('main > :first-child');
      expect(await answer.locator('h1').innerText()).toBe('Some shoppers in Europe cannot pay by card');
      const text = await answer.innerText();
      for (const fact of [/Partial outage/i, /Identified/, /09:12 UTC/, /10:15 UTC/]) expect(text).toMatch(fact);
      expect((await answer.boundingBox())?.y ?? Infinity).toBeLessThan(200);
    });
  });

  it('turns times to the reader’s own zone and keeps the site’s beside it', async () => {
    await withPage({ timezoneId: 'America/New_York' }, async (page) => {
      await page.goto(server.origin);
      const time = page.locator('main time[datetime^="2026-11-20T10:15"]').first();
      expect(await time.innerText()).toMatch(/05:15|5:15/);
      expect(await time.getAttribute('title')).toMatch(/10:15 UTC/);
    });
  });

  it('turns with the clock: a promise that passes is said to be late', async () => {
    await withPage({}, async (page) => {
      await page.clock.install();
      await page.goto(server.origin);
      const late = page.getByText(/This update is late/).locator('visible=true');
      expect(await late.count()).toBe(0);
      await page.clock.fastForward('00:20:00');
      await expect.poll(() => late.count()).toBeGreaterThan(0);
    });
  });
});

describe('a newer build', () => {
  it('takes the place of the page without losing what the reader opened, or their place', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'candor-newer-'));
    await cp(SITES.example.dir, folder, { recursive: true });
    const newer = await serve(folder);
    try {
      await withPage({ viewport: { width: 1280, height: 700 } }, async (page) => {
        await page.clock.install();
        await page.goto(newer.origin);
        const group = page.locator('.section summary:visible').nth(2);
        await group.click();
        await group.evaluate((element) => scrollTo({ top: element.getBoundingClientRect().top + scrollY - 100 }));
        const before = await group.boundingBox();

        const { version } = JSON.parse(await readFile(join(folder, 'build.json'), 'utf8')) as { version: string };
        const html = await readFile(join(folder, 'index.html'), 'utf8');
        const grown = html.replace(/<h1 id="answer">/, '<p class="news">New words<br>on<br>three lines</p>$&');
        await writeFile(join(folder, 'index.html'), grown.replaceAll(version, 'newer'));
        await writeFile(join(folder, 'build.json'), JSON.stringify({ version: 'newer' }));
        await page.clock.fastForward('00:01:10');

        await expect.poll(() => page.locator('.news').count()).toBe(1);
        expect(await group.evaluate((element) => (element.parentElement as HTMLDetailsElement).open)).toBe(true);
        expect(Math.abs(((await group.boundingBox())?.y ?? 0) - (before?.y ?? 0))).toBeLessThan(2);
      });
    } finally {
      await newer.close();
      await rm(folder, { recursive: true });
    }
  });
});

describe('the policy', () => {
  it('refuses an image from elsewhere, an inline script and an inline style', async () => {
    await withPage({}, async (page) => {
      const refused: string[] = [];
      await page.exposeFunction('report', (directive: string) => refused.push(directive));
      await page.goto(server.origin);
      await page.evaluate(async () => {
        const report = (window as unknown as { report: (directive: string) => void }).report;
        document.addEventListener('securitypolicyviolation', (event) => report(event.effectiveDirective));
        const image = new Image();
        image.src = 'http://localhost:1/foreign.png';
        const script = document.createElement('script');
        script.textContent = 'window.ran = true';
        const box = document.createElement('div');
        box.setAttribute('style', 'color: red');
        document.body.append(image, script, box);
      });
      await expect.poll(() => refused.sort()).toEqual(['img-src', 'script-src-elem', 'style-src-attr']);
      expect(await page.evaluate(() => 'ran' in window)).toBe(false);
    });
  });

  it.each(PAGES)('is broken by nothing on %s, and nobody else is asked for anything', async (path) => {
    await withPage({}, async (page) => {
      const wrong: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error' && !/404/.test(message.text())) wrong.push(message.text());
      });
      page.on('pageerror', (error) => wrong.push(error.message));
      page.on('request', (request) => {
        if (!request.url().startsWith(server.origin)) wrong.push(request.url());
      });
      await page.goto(server.origin + path);
      await page.waitForLoadState('networkidle');
      expect(wrong).toEqual([]);
    });
  });
});

describe('hostile text', () => {
  it('runs nothing in any page', async () => {
    const hostile = await serve(SITES.hostile.dir);
    try {
      await withPage({ bypassCSP: true }, async (page) => {
        const ran: string[] = [];
        page.on('dialog', (dialog) => {
          ran.push(`${page.url()} ${dialog.message()}`);
          void dialog.dismiss();
        });
        page.on('request', (request) => {
          if (!request.url().startsWith(hostile.origin)) ran.push(request.url());
        });
        for (const path of ['/', '/history/', '/history/2026-11/', '/subscribe/', '/components/component-1/']) {
          await page.goto(hostile.origin + path);
          expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0);
        }
        for (let index = 0; index < 40; index += 1) await page.goto(`${hostile.origin}/incidents/hostile-${index}/`);
        expect(ran).toEqual([]);
      });
    } finally {
      await hostile.close();
    }
  });
});
