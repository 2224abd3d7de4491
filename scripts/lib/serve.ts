import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

/** Headers for a path. */
interface HeaderRule {
  /** A path from the root of the site in which `*` stands for anything, and `:name` for anything without a slash. */
  path: string;
  headers: Readonly<Record<string, string>>;
}

/**
 * The rules of a `_headers` file, as Cloudflare Pages and Netlify read it: a path at the start of a line, and its
 * headers indented below it. https://developers.cloudflare.com/pages/configuration/headers/
 */
export function readHeaderRules(text: string): HeaderRule[] {
  const rules: { path: string; headers: Record<string, string> }[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [, name, value] = /^\s+([^:\s]+):\s*(.*?)\s*$/.exec(line) ?? [];
    if (name && value !== undefined) Object.assign(rules.at(-1)?.headers ?? {}, { [name]: value });
    else if (line.startsWith('/')) rules.push({ path: line.trim(), headers: {} });
  }
  return rules;
}

/** All headers of the rules that fit a path; of one that stands in several, the last. */
export function headersFor(rules: readonly HeaderRule[], path: string): Record<string, string> {
  return Object.assign({}, ...rules.filter((rule) => fits(rule.path, path)).map(({ headers }) => headers));
}

function fits(pattern: string, path: string): boolean {
  const parts = pattern.split(/(\*|:\w+)/).map((part, index) => {
    if (index % 2 === 0) return RegExp.escape(part);
    return part === '*' ? '.*' : '[^/]+';
  });
  return new RegExp(`^${parts.join('')}$`).test(path);
}

const PORTS_TO_TRY = 20;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.xml': 'application/xml',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.ics': 'text/calendar; charset=utf-8',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/**
 * Serves a built site with the headers of its `_headers`, as a host that knows that file does, and takes `//api/v2/…`,
 * which clients ask for that put a slash too many.
 * @param base the path below which the site lies, with a slash at both ends
 * @param port the first to try
 * @returns the address of the site
 * @throws when none of the ports is free
 */
export async function serve(
  folder: string,
  { base, host, port }: { base: string; host?: string; port: number },
): Promise<string> {
  const rules = readHeaderRules(await readFile(join(folder, '_headers'), 'utf8').catch(() => ''));
  const server = createServer((request, response) => {
    const { pathname } = new URL(`http://localhost/${request.url ?? ''}`);
    void answer(pathname.replace(/\/{2,}/g, '/')).then(({ status, headers, body }) => {
      response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body);
    });
  });

  async function answer(path: string) {
    if (path !== base && base.startsWith(path.replace(/\/?$/, '/')))
      return { status: 302, headers: { Location: base }, body: '' };
    const below = path.startsWith(base) ? `/${path.slice(base.length)}` : undefined;
    const file = below === undefined ? undefined : fileOf(below);
    const body = file && (await readFile(join(folder, file)).catch(() => undefined));
    if (!body) return { status: 404, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body: await notFound() };
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    return { status: 200, headers: { 'Content-Type': type, ...headersFor(rules, below ?? '/') }, body };
  }

  async function notFound() {
    return readFile(join(folder, '404.html')).catch(() => 'Not found');
  }

  const taken = await listen(server, port, host);
  return `http://${host ?? 'localhost'}:${taken}${base}`;
}

/** The file for a path. Undefined if it is outside of the folder. */
function fileOf(path: string): string | undefined {
  try {
    const file = decodeURIComponent(path.endsWith('/') ? `${path}index.html` : path);
    return /(^|[\\/])\.\.([\\/]|$)|\0/.test(file) ? undefined : file;
  } catch {
    return undefined;
  }
}

/** Listens on the port, or on the first free one after it, and says which. */
async function listen(server: Server, port: number, host: string | undefined): Promise<number> {
  for (let tried = port; ; tried++) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject).listen(tried, host, () => {
          server.off('error', reject);
          resolve();
        });
      });
      return (server.address() as AddressInfo).port;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EADDRINUSE' || tried >= port + PORTS_TO_TRY) throw error;
      server.removeAllListeners('error');
    }
  }
}
