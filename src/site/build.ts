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
import { writeJournal, pathBelow, readOutput, STATE } from './cache/output.ts';
import type { Site } from './load.ts';
import { ContentProblem, loadSite, PUBLIC, readAhead, readInput } from './load.ts';
import { startWorker } from './worker.ts';

/** A file of the site that stays the same until its content changes. */
export interface CacheableFile {
  /** Below the site's folder, with `/`. */
  file: string;
  /** A digest of everything that the file depends on. */
  key: string;
  /** Its text, unless a page of Astro’s renders it. */
  text?: () => string;
}

/** Cacheable files by group, such as a month. */
export type CacheableFiles = ReadonlyMap<string, readonly CacheableFile[]>;

const NOTHING_BUILT =
  'Nothing was built. To build with the last valid version of each of these files, run npm run build -- --last-good.';

/** Pages between two checks whether the parent process is still there. */
const PARENT_CHECK_EVERY = 100;

/** The files of the new site. Those that differ from the old site are written to the prepared folder. */
class NewSite {
  readonly output: Output;
  readonly #old: Output | undefined;
  readonly #stale: ReadonlySet<string>;
  readonly #prepared: string;

  constructor(common: string, old: Output | undefined, stale: readonly string[], prepared: string) {
    this.output = { common, files: {} };
    this.#old = old;
    this.#stale = new Set(stale);
    this.#prepared = prepared;
  }

  /** Keeps a file of the old site if it has the same key. @returns whether it did */
  keep(file: string, madeOf: string): boolean {
    const old = this.#old?.files[file];
    if (!old || old[0] !== madeOf || this.#stale.has(file)) return false;
    this.output.files[file] = old;
    return true;
  }

  write(file: string, bytes: Uint8Array, madeOf: string): void {
    const path = pathBelow(this.#prepared, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    const { size, mtimeMs } = statSync(path);
    this.output.files[file] = [madeOf, size, mtimeMs];
  }

  /** Writes a file unless the old one has the same bytes. */
  writeIfChanged(file: string, bytes: Uint8Array): void {
    const digest = hash('sha1', bytes, 'base64url');
    if (!this.keep(file, digest)) this.write(file, bytes, digest);
  }
}

async function build(task: BuildTask, lastingFiles: (site: Site) => CacheableFiles): Promise<void> {
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
  const groups = [...lastingFiles(site).values()];
  for (const { file, key } of groups.flat()) if (isSame && next.keep(file, key)) site.unchanged.add(file);
  const otherProcess = groups.filter((_, index) => (worker || isWorker) && (index % 2 === 1) !== isWorker).flat();
  for (const { file } of otherProcess) site.unchanged.add(file);
  // First, because a file in `public/` replaces a page of the same name.
  for (const folder of [PUBLIC, assets]) {
    for (const path of filesBelow(folder)) next.writeIfChanged(path.slice(folder.length + 1), readFileSync(path));
  }
  await renderPages(site, new Map(groups.flat().map((one) => [one.file, one])), next, isWorker);
  if (isWorker) {
    await new Promise((sent) => process.send?.(next.output.files, sent));
    return;
  }
  Object.assign(next.output.files, await worker?.files());
  // When GitHub Pages serves a branch, Jekyll drops the folder `_astro` unless this file exists.
  next.writeIfChanged('.nojekyll', new Uint8Array());
  const { files } = next.output;
  const written = Object.keys(files).filter((file) => files[file] !== old?.files[file]).length;
  const removed = [...Object.keys(old?.files ?? {}), ...differences.foreign].filter((file) => !(file in files));
  writeJournal(prepared, next.output, removed);
  const count = (number: number) => number.toLocaleString('en');
  console.log(`The site has ${count(Object.keys(files).length)} files; ${count(written)} are new or changed.`);
}

async function renderPages(
  site: Site,
  unchanging: ReadonlyMap<string, CacheableFile>,
  next: NewSite,
  onlyUnchanging: boolean,
) {
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
    if (site.unchanged.has(file) || file in next.output.files) continue;
    const known = unchanging.get(file);
    if (onlyUnchanging && !known) continue;
    if (known?.text) {
      next.write(file, Buffer.from(known.text()), known.key);
      continue;
    }
    const response = await app.render(new Request(address), { routeData: route }).catch((error: unknown) => {
      const what = error instanceof Error ? error.message : String(error);
      throw new Error(`The page ${pathname} could not be built: ${what}`, { cause: error });
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (known) next.write(file, bytes, known.key);
    else next.writeIfChanged(file, bytes);
    if (++made % PARENT_CHECK_EVERY === 0) await setImmediate();
  }
}

/**
 * Builds the site without Vite, as the entry script of a bundle in a process of its own. Writes the files that differ
 * from the old site to a prepared folder, which the parent process then moves into place.
 */
export async function runBuild(lastingFiles: (site: Site) => CacheableFiles): Promise<void> {
  // Without its parent, nothing would move the new files into place.
  const stop = () => process.exit(1);
  process.once('disconnect', stop);
  try {
    await build(JSON.parse(process.argv[2] ?? '') as BuildTask, lastingFiles);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    console.error(error instanceof ContentProblem ? `${text}\n${NOTHING_BUILT}` : text);
    process.exitCode = 1;
  }
  process.off('disconnect', stop).disconnect?.();
}
