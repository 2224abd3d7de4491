import { browserPath } from './browser.ts';
import { buildSites } from './sites.ts';

/** Vitest calls this once before the tests of whole sites. */
export default async function setup(): Promise<void> {
  await unpackBrowser();
  await buildSites();
}

/** Once, before two files of tests do so at the same time: a program that is still being written cannot be started. */
async function unpackBrowser(): Promise<void> {
  const folder = process.env['TMPDIR'];
  // Where there is none, the tests that need it say so.
  await browserPath().catch(() => undefined);
  if (folder === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = folder;
}
