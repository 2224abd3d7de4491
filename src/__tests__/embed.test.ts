import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.ts';
import type { StaticServer } from './support/server.ts';
import { serve } from './support/server.ts';
import { SITES } from './support/sites.ts';

let browser: Browser;
let status: StaticServer;
let shop: { origin: string; close: () => void };

beforeAll(async () => {
  [browser, status] = await Promise.all([launchBrowser(), serve(SITES.example.dir)]);
  shop = await serveShop(status.origin);
});
afterAll(async () => {
  await browser.close();
  await status.close();
  shop.close();
});

/** A shop whose policy allows the script of the status page and its frame, and no style at all. Its path is the script's options. */
async function serveShop(script: string): Promise<typeof shop> {
  const server = createServer((request, response) => {
    const options = decodeURIComponent((request.url ?? '').slice(1));
    const policy = `default-src 'none'; script-src ${script}; frame-src ${script}`;
    const isolated = { 'cross-origin-embedder-policy': 'require-corp', 'cross-origin-opener-policy': 'same-origin' };
    response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policy, ...isolated });
    const embedded = options === 'frame' ? `<iframe title="Status" src="${script}/embed/"></iframe>` : '';
    response.end(
      `<!doctype html><html lang="en"><title>Shop</title><script src="${script}/embed.js" ${options}></script><main><h1>Shop</h1>${embedded}</main>`,
    );
  }).listen(0);
  const { port } = server.address() as AddressInfo;
  return { origin: `http://localhost:${port}`, close: () => void server.close() };
}

async function visit<T>(options: string, use: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 390, height: 700 } });
  try {
    const page = await context.newPage();
    await page.goto(`${shop.origin}/${encodeURIComponent(options)}`);
    return await use(page);
  } finally {
    await context.close();
  }
}

const TITLE = 'Some shoppers in Europe cannot pay by card';

describe('the banner', () => {
  it.each(['', 'type="module"', 'crossorigin', 'async crossorigin="anonymous"'])(
    'appears on an isolated page of another origin, with %j',
    async (attributes) => {
      const shown = await visit(attributes, (page) => page.getByText(TITLE).first().waitFor());
      expect(shown).toBeUndefined();
    },
  );

  it('is at most 3 kB compressed', () => {
    expect(gzipSync(readFileSync(join(SITES.example.dir, 'embed.js'))).length).toBeLessThanOrEqual(3 * 1024);
  });

  it('says what is wrong, under a policy that allows no style, and moves nothing', async () => {
    await visit('', async (page) => {
      const banner = page.getByRole('complementary', { name: 'Ladenhall status' });
      await expect.poll(() => banner.getByRole('link').first().innerText()).toBe(TITLE);
      expect(await banner.evaluate((element) => getComputedStyle(element).position)).toBe('fixed');
      expect(await banner.getByRole('link').first().getAttribute('href')).toBe(
        'https://status.ladenhall.example/incidents/2026-11-20-card-payments-europe/',
      );
      const before = await page.locator('h1').boundingBox();
      await banner.evaluate((element) => {
        element.remove();
      });
      expect(await page.locator('h1').boundingBox()).toEqual(before);
    });
  });

  it('has nothing that axe finds', async () => {
    await visit('', async (page) => {
      await page.getByRole('complementary').waitFor();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id }) => id)).toEqual([]);
    });
  });

  it('asks for nothing but itself', async () => {
    await visit('', async (page) => {
      await page.getByRole('complementary').waitFor();
      const asked = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
      expect(asked).toEqual([`${status.origin}/embed.js`]);
    });
  });

  it('is hidden by keyboard, one incident after the other, and stays so', async () => {
    await visit('', async (page) => {
      const banner = page.getByRole('complementary');
      await banner.getByRole('button').focus();
      while ((await banner.count()) > 0) await page.keyboard.press('Enter');
      await page.reload();
      await page.waitForLoadState();
      expect(await banner.count()).toBe(0);
    });
  });

  it('tells only of the components that the site asks for', async () => {
    await visit('data-components="nothing-of-ours"', async (page) => {
      await page.waitForLoadState();
      expect(await page.getByRole('complementary').count()).toBe(0);
    });
    await visit('data-components="cards" data-position="top"', async (page) => {
      const banner = page.getByRole('complementary');
      await expect.poll(() => banner.getByRole('link').first().innerText()).toBe(TITLE);
      expect((await banner.boundingBox())?.y).toBeLessThan(100);
    });
  });
});

it('the page for a frame answers in it, and its links leave it', async () => {
  await visit('frame', async (page) => {
    const frame = page.frameLocator('iframe');
    await expect.poll(() => frame.locator('h1').innerText()).toContain(TITLE);
    expect(await frame.locator('base').getAttribute('target')).toBe('_top');
  });
});
