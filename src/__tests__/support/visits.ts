import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { headersFor, readHeaderRules } from '../../../scripts/lib/serve.ts';
import { launchBrowser } from './browser.ts';
import { TYPES } from './server.ts';

/** What a reader's browser asked a host for, and how much came back, headers included. */
export interface Visit {
  visit: string;
  requests: number;
  bytes: number;
}

/** What visits of a home page cost, measured in a browser at a host as CDNs are: gzip, ETags, the rules of `_headers`. */
export async function measureVisits(dir: string): Promise<Visit[]> {
  const host = await startHost(dir);
  const browser = await launchBrowser();
  try {
    const page = await (await browser.newContext()).newPage();
    await page.clock.install();
    const measure = await countBytes(page);
    const visit = async (name: string, act: () => Promise<unknown>) => ({ visit: name, ...(await measure(act)) });
    const open = () => page.goto(host.origin, { waitUntil: 'networkidle' });
    // Pages are kept for no time, which stands for the minute that has passed when a reader comes again.
    const first = await visit('first visit', open);
    await page.goto('about:blank');
    const again = await visit('visit again, nothing new', open);
    const look = await visit('live refresh, nothing new', () => page.clock.runFor('01:00'));
    host.publish();
    const news = await visit('live refresh, a new build', () => page.clock.runFor('01:00'));
    return [first, again, look, news];
  } finally {
    await browser.close();
    await host.close();
  }
}

async function startHost(dir: string) {
  const rules = readHeaderRules(await readFile(join(dir, '_headers'), 'utf8').catch(() => ''));
  let build = '';
  const server = createServer((request, response) => {
    void answer(new URL(request.url ?? '/', 'http://localhost').pathname).then(({ body, headers }) => {
      const known = request.headers['if-none-match'] === headers.etag;
      response.writeHead(body === undefined ? 404 : known ? 304 : 200, headers).end(known ? undefined : body);
    });
  });

  async function answer(path: string) {
    const file = path.endsWith('/') ? `${path}index.html` : path;
    const text = await readFile(join(dir, file)).catch(() => undefined);
    if (!text) return { body: undefined, headers: { etag: '' } };
    const body = gzipSync(build ? text.toString().replace(/("version":|data-version=)"\w+"/, `$1"${build}"`) : text);
    const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 32)}"`;
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    const usual = { 'content-type': type, 'content-encoding': 'gzip', 'cache-control': 'public, max-age=0' };
    const own = Object.entries(headersFor(rules, path)).map(([name, value]) => [name.toLowerCase(), value] as const);
    return { body, headers: { ...usual, etag, ...Object.fromEntries(own) } };
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    publish: () => void (build = 'newer'),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Counts what comes over the wire while something is done. */
async function countBytes(page: Page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  let [requests, bytes] = [0, 0];
  const cached = new Set<string>();
  session.on('Network.requestServedFromCache', ({ requestId }) => cached.add(requestId));
  const pending = new Set<string>();
  session.on('Network.requestWillBeSent', ({ requestId }) => pending.add(requestId));
  session.on('Network.loadingFailed', ({ requestId }) => pending.delete(requestId));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    pending.delete(requestId);
    if (cached.has(requestId) || encodedDataLength === 0) return;
    requests += 1;
    bytes += encodedDataLength;
  });
  return async (act: () => Promise<unknown>) => {
    [requests, bytes] = [0, 0];
    await act();
    do await new Promise((resolve) => setTimeout(resolve, 500));
    while (pending.size > 0);
    return { requests, bytes };
  };
}
