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
import { finishPrepared, placeOf, readOutput, STATE } from './cache/output.ts';
import type { Site } from './load.ts';
import { ContentProblem, loadSite, PUBLIC, readAhead, readInput } from './load.ts';
import { startSecond } from './worker.ts';

/** A file of the site that every build makes the same of, until what it is made of changes. */
export interface LastingFile {
  /** Below the site's folder, with `/`. */
  file: string;
  /** Changes with everything that the file depends on. */
  key: string;
  /** What it holds, where that takes no page of Astro’s. */
  text?: () => string;
}

/** Such files, by month or year. */
export type LastingFiles = ReadonlyMap<string, readonly LastingFile[]>;

const NOTHING_BUILT =
  'Nothing was built. npm run build -- --last-good builds the page with each of these files as it last could be read.';

/** Pages between two looks at whether the process that started the build is still there. */
const LOOK = 100;

/** Every file of the site, of which those that differ from the old ones are written where they are prepared. */
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

  /** Takes over an old file that was made of the same. @returns whether there is one */
  keep(file: string, madeOf: string): boolean {
    const old = this.#old?.files[file];
    if (!old || old[0] !== madeOf || this.#stale.has(file)) return false;
    this.output.files[file] = old;
    return true;
  }

  add(file: string, bytes: Uint8Array, madeOf: string): void {
    const path = placeOf(this.#prepared, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    const { size, mtimeMs } = statSync(path);
    this.output.files[file] = [madeOf, size, mtimeMs];
  }

  /** Adds a file unless the old one is the same. */
  addIfNew(file: string, bytes: Uint8Array): void {
    const digest = hash('sha1', bytes, 'base64url');
    if (!this.keep(file, digest)) this.add(file, bytes, digest);
  }
}

async function build(task: BuildTask, lastingFiles: (site: Site) => LastingFiles): Promise<void> {
  const { assets, cache, code, prepared, isSecond = false } = task;
  const told = once(process, 'message') as Promise<[Differences]>;
  const old = readOutput(join(cache, STATE));
  let input = await readInput(code, cache);
  const second = isSecond || (old && input.known.size > 0) ? undefined : startSecond(task, input.source.files.length);
  if (second || isSecond) {
    readAhead(input, isSecond ? 1 : 0);
    if (isSecond) process.send?.('read');
    const [differences] = await told;
    await second?.go(differences);
    input = await readInput(code, cache);
  }
  const site = await loadSite(input);
  const [differences] = await told;
  const isSame = old?.common === site.digests.common;
  const next = new NewSite(site.digests.common, old, differences.stale, prepared);
  if (!isSecond) for (const warning of site.warnings) console.warn(warning);
  const groups = [...lastingFiles(site).values()];
  for (const { file, key } of groups.flat()) if (isSame && next.keep(file, key)) site.unchanged.add(file);
  const others = groups.filter((_, index) => (second || isSecond) && (index % 2 === 1) !== isSecond).flat();
  for (const { file } of others) site.unchanged.add(file);
  // First, since what the owner puts there stands in the place of a page.
  for (const folder of [PUBLIC, assets]) {
    for (const path of filesBelow(folder)) next.addIfNew(path.slice(folder.length + 1), readFileSync(path));
  }
  await makePages(site, new Map(groups.flat().map((one) => [one.file, one])), next, isSecond);
  if (isSecond) {
    await new Promise((sent) => process.send?.(next.output.files, sent));
    return;
  }
  Object.assign(next.output.files, await second?.files());
  // When GitHub serves a branch, Jekyll would drop the folder `_astro`.
  next.addIfNew('.nojekyll', new Uint8Array());
  const { files } = next.output;
  const written = Object.keys(files).filter((file) => files[file] !== old?.files[file]).length;
  const removed = [...Object.keys(old?.files ?? {}), ...differences.foreign].filter((file) => !(file in files));
  finishPrepared(prepared, next.output, removed);
  const count = (number: number) => number.toLocaleString('en');
  console.log(`The site has ${count(Object.keys(files).length)} files. ${count(written)} of them are new or changed.`);
}

async function makePages(
  site: Site,
  unchanging: ReadonlyMap<string, LastingFile>,
  next: NewSite,
  onlyUnchanging: boolean,
) {
  const app = createApp({ streaming: false });
  // Astro would answer with a page for visitors.
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
      next.add(file, Buffer.from(known.text()), known.key);
      continue;
    }
    const response = await app.render(new Request(address), { routeData: route }).catch((error: unknown) => {
      const what = error instanceof Error ? error.message : String(error);
      throw new Error(`The page ${pathname} cannot be built: ${what}`, { cause: error });
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (known) next.add(file, bytes, known.key);
    else next.addIfNew(file, bytes);
    if (++made % LOOK === 0) await setImmediate();
  }
}

/**
 * Builds the site without Vite, as the script of a bundle in a process of its own. Prepares what differs from the site
 * that is there; whoever started the process puts it in place.
 */
export async function runBuild(lastingFiles: (site: Site) => LastingFiles): Promise<void> {
  // Nobody would put in place what is made for a process that is gone.
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
