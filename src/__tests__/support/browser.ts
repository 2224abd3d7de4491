import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';

const CACHE = resolve('node_modules/.cache/chromium');
/** Milliseconds that anything may take in a browser: as long as a test may. */
const PATIENCE = 10 * 60_000;
const INSTALLED = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** A headless Chromium: on Linux the one that npm installs, elsewhere the installed Chrome. */
export async function launchBrowser(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: await browserPath(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
    timeout: PATIENCE,
  });
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await newContext(options);
    context.setDefaultTimeout(PATIENCE);
    return context;
  };
  return browser;
}

/**
 * What axe finds wrong in a page that has no frames of another origin. For those, axe would join its results in a
 * second page, and what it finds right is left out: both together take as long again as the search.
 * @param tags of the rules; all rules by default
 * @returns a line per rule that is broken, with the elements
 */
export async function axeFinds(page: Page, tags?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode();
  const { violations } = await (tags ? axe.withTags(tags) : axe).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/**
 * The path of a browser to start.
 * @throws when this is no Linux and Chrome is not installed
 */
export async function browserPath(): Promise<string> {
  if (process.platform !== 'linux') {
    const installed = INSTALLED.find((path) => existsSync(path));
    if (installed) return installed;
    throw new Error('The browser tests need Google Chrome. Install it and run them again.');
  }
  // The package unpacks into the temporary folder and takes any file of the name `chromium` that lies there.
  await mkdir(CACHE, { recursive: true });
  process.env['TMPDIR'] = CACHE;
  const { default: packaged } = await import('@sparticuz/chromium');
  return packaged.executablePath();
}
