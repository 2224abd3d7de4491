import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { writeHostileContent } from './hostile.ts';

const CACHE = resolve('node_modules/.cache/candor-tests');

/** The example company, as it belongs to the tests: `content/` belongs to the page's owner. */
export const EXAMPLE = resolve('src/__tests__/example');

/**
 * The address of sites that need none of their own. Astro makes one bundle for each address and accent, which takes longer
 * than the rest of a build, and the builds of one code with this address and no accent share it.
 */
export const ACME = 'https://status.acme.example';

/** Sites that the tests look at, each built once per run. */
export const SITES = {
  /** The example content at the root of its host. */
  example: { url: 'https://status.ladenhall.example/', base: '/', dir: join(CACHE, 'example', 'dist') },
  /** The same below a path. */
  subPath: { url: 'https://example.org/status/', base: '/status/', dir: join(CACHE, 'sub-path', 'dist') },
  /** Hostile strings in every field that takes text. */
  hostile: { url: `${ACME}/`, base: '/', dir: join(CACHE, 'hostile', 'dist') },
} as const;

export async function buildSites(): Promise<void> {
  await rm(CACHE, { recursive: true, force: true });
  await mkdir(CACHE, { recursive: true });
  await copyExample(contentOf(SITES.example));
  await copyExample(contentOf(SITES.subPath), SITES.subPath.url);
  await writeHostileContent(contentOf(SITES.hostile));
  await Promise.all(Object.values(SITES).map((site) => build(contentOf(site), site.dir)));
}

const contentOf = ({ dir }: { dir: string }): string => join(dirname(dir), 'content');

/**
 * Puts the example into a folder, without the logo, since `public/` is the owner's.
 * @param url another address than its own; its ids come from that then
 */
export async function copyExample(folder: string, url?: string): Promise<void> {
  await cp(EXAMPLE, folder, { recursive: true });
  const settings = await readFile(join(folder, 'site.yml'), 'utf8');
  const plain = settings.replace(/^logo:.*\n/m, '');
  const moved = url === undefined ? plain : plain.replace(/^url:.*$/m, `url: ${url}`).replace(/^id:.*\n/m, '');
  await writeFile(join(folder, 'site.yml'), moved);
}

/**
 * Builds a content folder as `npm run build` does.
 * @throws when the build fails, with what it printed
 */
export async function build(content: string, outDir: string, now?: string): Promise<void> {
  const env = buildEnvironment({ STATUS_CONTENT: content, ...(now && { STATUS_NOW: now }) });
  const child = spawn(process.execPath, ['scripts/cli.mjs', 'build', '--outDir', outDir], { env, stdio: 'pipe' });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`The build of ${content} failed:\n${printed}`);
}

/** What a build finds around it where it is not started by a test: Vitest sets NODE_ENV, which is part of a bundle's name. */
export function buildEnvironment(more: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { NODE_ENV: _, ...env } = process.env;
  return { ...env, ...more };
}

/** The built pages of a site: their paths below its root with their HTML. */
export function builtPages(dir: string): { path: string; html: string }[] {
  return builtFiles(dir)
    .filter((path) => path.endsWith('.html'))
    .map((path) => ({
      path: `/${path.replace(/(^|\/)index\.html$/, '$1')}`,
      html: readFileSync(join(dir, path), 'utf8'),
    }));
}

/** The files of a built site, relative to its root, with `/`; without those of `public/`, which are the owner's. */
export function builtFiles(dir: string): string[] {
  return globSync('**/*', { cwd: dir, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(dir.length + 1)
        .split(sep)
        .join('/'),
    )
    .filter((path) => !existsSync(join('public', path)))
    .sort();
}
