import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFinds, launchBrowser } from './support/browser.ts';
import type { StaticServer } from './support/server.ts';
import { serve } from './support/server.ts';
import { SITES } from './support/sites.ts';

let browser: Browser;
let server: StaticServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), serve(SITES.example.dir)]);
});

afterAll(async () => {
  await browser.close();
  await server.close();
});

async function withPage(use: (page: Page) => Promise<void>, options: BrowserContextOptions = {}): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...options });
  try {
    await use(await context.newPage());
  } finally {
    await context.close();
  }
}

const shown = (page: Page) => page.locator('.sections .component:visible a').allInnerTexts();
const field = (page: Page) => page.getByRole('searchbox', { name: 'Find a component' });
const pins = (page: Page) => page.getByRole('button', { name: 'Pin components' });
const AFFECTED = ['Product search', 'Checkout', 'Card payments', 'Order emails'];

describe('the components of the home page', () => {
  it('show what is affected, and fold the others, without JavaScript too', async () => {
    await withPage(
      async (page) => {
        await page.goto(server.origin);
        const names = await shown(page);
        expect(names).toEqual(expect.arrayContaining(AFFECTED));
        expect(names).not.toContain('Sign-in');
        expect(await field(page).count()).toBe(0);
        expect(await pins(page).count()).toBe(0);
        await page.getByText('4 others operational').locator('visible=true').click();
        expect(await shown(page)).toContain('Payouts');
      },
      { javaScriptEnabled: false },
    );
  });

  it('turn when planned work ends', async () => {
    await withPage(async (page) => {
      await page.clock.install();
      await page.goto(server.origin);
      expect(await page.locator('#g-shop').innerText()).toContain('2 of 4 affected');
      await page.clock.fastForward('01:30:00');
      await expect.poll(() => page.locator('#g-shop').innerText()).toContain('1 of 4 affected');
      expect(await page.locator('#g-shop').innerText()).toContain('3 others operational');
      expect(await shown(page)).not.toContain('Product search');
    });
  });
});

describe('the field to find a component', () => {
  it('filters by words of its name or group, without diacritics, and says the count; Escape clears it', async () => {
    await withPage(async (page) => {
      await page.goto(server.origin);
      const before = await shown(page);
      await field(page).pressSequentially('PÁY card');
      expect(await shown(page)).toEqual(['Card payments']);
      expect(await page.locator('output').innerText()).toBe('1 of 21 components');
      expect(page.url()).toContain('?find=P%C3%81Y+card');
      await field(page).fill('developers');
      expect(await shown(page)).toEqual(['Shop API', 'Webhooks', 'Test shops']);
      await field(page).fill('nothing like it');
      expect(await page.locator('output').innerText()).toBe('0 of 21 components');
      expect(await page.locator('.band .hit').innerText()).toContain('Card payments');
      await field(page).press('Escape');
      expect(await shown(page)).toEqual(before);
      expect(await page.locator('output').innerText()).toBe('');
      expect(page.url()).not.toContain('find');
    });
  });

  it('shows what a shared address finds', async () => {
    await withPage(
      async (page) => {
        await page.goto(`${server.origin}/?find=test+shops`);
        expect(await field(page).inputValue()).toBe('test shops');
        expect(await shown(page)).toEqual(['Test shops']);
        await page.goto(`${server.origin}/?find=test+shops#components`);
        expect(await page.getByRole('link', { name: 'Test shops' }).boundingBox()).toMatchObject({
          y: expect.closeTo(250, -3) as number,
        });
        expect(await axeFinds(page)).toEqual([]);
      },
      { bypassCSP: true },
    );
  });
});

describe('pinned components', () => {
  it('stand first with an answer of their own, in every visit; chosen by keyboard alone', async () => {
    await withPage(
      async (page) => {
        await page.goto(server.origin);
        await pins(page).focus();
        await page.keyboard.press('Enter');
        for (const name of ['Card payments', 'Payouts', 'Support']) {
          const box = page.getByRole('checkbox', { name, exact: true });
          await box.focus();
          await page.keyboard.press('Space');
        }
        const done = page.getByRole('button', { name: 'Done' });
        expect(await axeFinds(page)).toEqual([]);
        await done.focus();
        await page.keyboard.press('Enter');
        expect(await page.getByRole('checkbox').count()).toBe(0);

        await page.goto(server.origin);
        const pinned = page.locator('.pinned');
        expect(await pinned.locator('h3').innerText()).toMatch(
          /^Your 3 components: 1 affected\s+Saved in this browser only$/,
        );
        expect(await pinned.locator('a').allInnerTexts()).toEqual(['Card payments', 'Payouts', 'Support']);
        expect(await page.locator('.band .own').innerText()).toBe('Your 3 components: 1 affected');
      },
      { bypassCSP: true },
    );
  });

  it('are dropped when they no longer exist, and break nothing where the browser keeps nothing', async () => {
    await withPage(async (page) => {
      const errors: Error[] = [];
      page.on('pageerror', (error) => errors.push(error));
      await page.addInitScript(() => {
        localStorage.setItem('pins /build.json', 'gone support');
      });
      await page.goto(server.origin);
      expect(await page.locator('.band .own').innerText()).toBe('Support: Operational');
      await page.addInitScript(() => {
        Object.defineProperty(window, 'localStorage', {
          get() {
            throw new DOMException('no', 'SecurityError');
          },
        });
      });
      await page.goto(server.origin);
      expect(await page.locator('.pinned').isVisible()).toBe(false);
      await pins(page).click();
      await page.getByRole('checkbox', { name: 'Checkout' }).check();
      expect(await page.locator('.band .own').innerText()).toBe('Checkout: Degraded performance');
      expect(errors).toEqual([]);
    });
  });
});
