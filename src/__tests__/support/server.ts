import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { headersFor, readHeaderRules } from '../../../scripts/lib/serve.ts';

/** The type that a host says of a file, by the end of its name. */
export const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.xml': 'application/xml',
  '.txt': 'text/plain',
  '.png': 'image/png',
};

/** A built site on a loopback port. */
export interface StaticServer {
  /** Without a slash at the end. */
  origin: string;
  close: () => Promise<void>;
}

/**
 * Serves a folder as a static host would: with the headers of `_headers`, no listing, `index.html` for folders, `404.html` for the rest.
 * @param base the path that the site lies below, with a slash at both ends
 */
export async function serve(folder: string, base = '/'): Promise<StaticServer> {
  const rules = readHeaderRules(await readFile(join(folder, '_headers'), 'utf8').catch(() => ''));
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    void answer(pathname).then(({ status, type, body }) => {
      const own = headersFor(rules, `/${pathname.slice(base.length)}`);
      response.writeHead(status, { 'Content-Type': type, ...own }).end(body);
    });
  });

  async function answer(pathname: string): Promise<{ status: number; type: string; body: Buffer | string }> {
    const path = normalize(decodeURIComponent(pathname));
    if (path.startsWith(base)) {
      const file = join(folder, path.slice(base.length), path.endsWith('/') ? 'index.html' : '');
      const body = await readFile(file).catch(() => undefined);
      if (body) return { status: 200, type: TYPES[extname(file)] ?? 'application/octet-stream', body };
    }
    const body = await readFile(join(folder, '404.html')).catch(() => 'Not found');
    return { status: 404, type: 'text/html; charset=utf-8', body };
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
