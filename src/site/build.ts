import { hash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { createApp } from 'astro/app/entrypoint';
import { StaticPaths } from 'astro:static-paths';
import type { BuildTask } from './cache/bundle.ts';
import { filesBelow } from './cache/bundle.ts';
import type { Differences, Output } from './cache/output.ts';
import { writeJournal, pathBelow, readOutput, stampOf, STATE } from './cache/output.ts';
import type { Site } from './load.ts';
import type { SiteFile, SiteFolder } from './files.ts';
import { ContentProblem, loadSite, PUBLIC, readAhead, readInput } from './load.ts';
import { startWorker } from './worker.ts';

const NOTHING_BUILT =
  'Nothing was built. To build with the last valid version of each of these files, run npm run build -- --last-good.';

/** Pages between two looks at what other processes say: whether the parent is still there, and what search indexes hold. */
const LISTEN_EVERY = 10;

/** The files of the new site. Those that differ from the old site are written to the prepared folder. */
class NewSite {
  readonly output: Output;
  readonly #old: Output | undefined;
  readonly #stale: ReadonlySet<string>;
  readonly #prepared: string;

  constructor(common: string, old: Output | undefined, stale: readonly string[], prepared: string) {
    this.output = { common, files: new Map(), folders: {} };
    this.#old = old;
    this.#stale = new Set(stale);
    this.#prepared = prepared;
  }

  /** Keeps a file of the old site if it has the same key. @returns whether it did */
  keep(file: string, madeOf: string): boolean {
    const old = this.#old?.files.get(file);
    if (old?.madeOf !== madeOf || this.#stale.has(file)) return false;
    this.output.files.set(file, old);
    return true;
  }

  write(file: string, bytes: Uint8Array, madeOf: string): void {
    const path = pathBelow(this.#prepared, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    this.output.files.set(file, { madeOf, stamp: stampOf(statSync(path)) });
  }

  /** Keeps all files of a folder of the old site if it has the same key. @returns whether it did */
  keepFolder(folder: string, madeOf: string): boolean {
    const old = this.#old?.folders[folder];
    if (old?.[0] !== madeOf || old[1].some((file) => this.#stale.has(file))) return false;
    for (const file of old[1]) {
      const known = this.#old?.files.get(file);
      if (known) this.output.files.set(file, known);
    }
    this.output.folders[folder] = old;
    return true;
  }

  /** Writes the files of a folder. If there are none, the next build tries again. */
  writeFolder(folder: string, files: ReadonlyMap<string, Uint8Array>, madeOf: string): void {
    if (files.size === 0) return;
    for (const [path, bytes] of files) this.writeIfChanged(folder + path, bytes);
    this.output.folders[folder] = [madeOf, [...files.keys()].map((path) => folder + path)];
  }

  /** Writes a file unless the old one has the same bytes. */
  writeIfChanged(file: string, bytes: Uint8Array): void {
    const digest = hash('sha1', bytes, 'base64url');
    if (!this.keep(file, digest)) this.write(file, bytes, digest);
  }
}

/** What a site has besides pages that every build renders. */
interface Made {
  files: (site: Site) => readonly SiteFile[];
  folders: (site: Site) => readonly SiteFolder[];
}

async function build(task: BuildTask, made: Made): Promise<void> {
  const { assets, cache, code, prepared, isWorker: isWorker = false } = task;
  const compared = once(process, 'message') as Promise<[Differences]>;
  const old = readOutput(join(cache, STATE));
  let input = await readInput(code, cache);
  const worker = isWorker || (old && input.known.size > 0) ? undefined : startWorker(task, input.source.files.length);
  if (worker || isWorker) {
    readAhead(input, isWorker ? 1 : 0);
    if (isWorker) process.send?.('read');
    const [differences] = await compared;
    await worker?.go(differences);
    input = await readInput(code, cache);
  }
  const site = await loadSite(input);
  const [differences] = await compared;
  const isSame = old?.common === site.digests.common;
  const next = new NewSite(site.digests.common, old, differences.stale, prepared);
  if (!isWorker) for (const warning of site.warnings) console.warn(warning);
  const files = made.files(site);
  const folders = made.folders(site);
  const groups = new Map<string, number>();
  const keys = new Map<string, string>();
  for (const { file, cacheable } of files) {
    if (!cacheable) continue;
    const group = groups.getOrInsert(cacheable.group, groups.size);
    const isOfOtherProcess = (worker || isWorker) && (group % 2 === 1) !== isWorker;
    if ((isSame && next.keep(file, cacheable.key)) || isOfOtherProcess) site.unchanged.add(file);
    else keys.set(file, cacheable.key);
  }
  for (const { folder } of folders) site.unchanged.add(folder);
  const newFolders = folders
    .filter(({ folder, key }) => !isWorker && !(isSame && next.keepFolder(folder, key)))
    .map(({ folder, key, files }) => ({ folder, key, made: files() }));
  // First, because a file in `public/` replaces a page of the same name.
  for (const folder of [PUBLIC, assets]) {
    for (const path of filesBelow(folder)) next.writeIfChanged(path.slice(folder.length + 1), readFileSync(path));
  }
  await writeData(site, files, next, isWorker);
  await renderPages(site, keys, next, isWorker);
  if (isWorker) {
    await new Promise((sent) => process.send?.([...next.output.files], sent));
    return;
  }
  for (const { folder, key, made } of newFolders) next.writeFolder(folder, await made, key);
  for (const [file, made] of (await worker?.files()) ?? []) next.output.files.set(file, made);
  // When GitHub Pages serves a branch, Jekyll drops the folder `_astro` unless this file exists.
  next.writeIfChanged('.nojekyll', new Uint8Array());
  const built = next.output.files;
  const written = [...built].filter(([file, made]) => made !== old?.files.get(file)).length;
  const removed = [...(old?.files.keys() ?? []), ...differences.foreign].filter((file) => !built.has(file));
  writeJournal(prepared, next.output, removed);
  const count = (number: number) => number.toLocaleString('en');
  console.log(`The site has ${count(built.size)} files; ${count(written)} are new or changed.`);
}

/** Writes what programs read, which needs no route. */
async function writeData(site: Site, files: readonly SiteFile[], next: NewSite, onlyCacheable: boolean): Promise<void> {
  for (const { file, data, cacheable } of files) {
    if (!data || site.unchanged.has(file) || next.output.files.has(file) || (onlyCacheable && !cacheable)) continue;
    try {
      const body = data.body();
      const bytes = Buffer.from(body instanceof Promise ? await body : body);
      if (cacheable) next.write(file, bytes, cacheable.key);
      else next.writeIfChanged(file, bytes);
    } catch (error) {
      throw notBuilt(file, error);
    }
    site.unchanged.add(file);
  }
}

async function renderPages(
  site: Site,
  keys: ReadonlyMap<string, string>,
  next: NewSite,
  onlyCacheable: boolean,
): Promise<void> {
  const app = createApp({ streaming: false });
  // By default, Astro renders an error page for visitors.
  app.renderError = (_request, { error, status }) =>
    Promise.reject(error instanceof Error ? error : new Error(`status ${status}`));
  const root = site.absolute('/');
  let made = 0;
  for (const { pathname, route } of await new StaticPaths(app).getAll()) {
    const place = pathname.replace(/^\/|\/$/g, '');
    const address = new URL(place && route.type === 'page' ? `${place}/` : place, root);
    const file = place === '404' ? '404.html' : route.type === 'page' ? join(place, 'index.html') : place;
    const key = keys.get(file);
    if (site.unchanged.has(file) || next.output.files.has(file) || (onlyCacheable && key === undefined)) continue;
    const response = await app
      .render(new Request(address), { routeData: route })
      .catch((error: unknown) => Promise.reject(notBuilt(pathname, error)));
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (key === undefined) next.writeIfChanged(file, bytes);
    else next.write(file, bytes, key);
    if (++made % LISTEN_EVERY === 0) await setImmediate();
  }
}

function notBuilt(what: string, cause: unknown): Error {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new Error(`The page ${what} could not be built: ${why}`, { cause });
}

/**
 * Builds the site without Vite, as the entry script of a bundle in a process of its own. Writes the files that differ
 * from the old site to a prepared folder, which the parent process then moves into place.
 */
export async function runBuild(made: Made): Promise<void> {
  // Without its parent, nothing would move the new files into place.
  const stop = () => process.exit(1);
  process.once('disconnect', stop);
  try {
    await build(JSON.parse(process.argv[2] ?? '') as BuildTask, made);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    console.error(error instanceof ContentProblem ? `${text}\n${NOTHING_BUILT}` : text);
    process.exitCode = 1;
  }
  process.off('disconnect', stop).disconnect?.();
}
