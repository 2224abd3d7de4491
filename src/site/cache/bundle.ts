import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { millisecondsInDay } from 'date-fns/constants';
import { machineTime } from '../../reader/clock.ts';
import { readChecked, writeChecked } from './checksum.ts';

/** Everything that builds keep for later ones. It may be deleted at any time. */
export const CACHE = 'node_modules/.cache/candor';

/** Names the folder into which Astro puts its bundle of the pages, instead of building pages. */
export const BUNDLE_ONLY = 'CANDOR_BUNDLE';

/** Names the folder of Candor's own code. A bundle of that code cannot tell it from where it lies itself. */
export const ENGINE = 'CANDOR_ENGINE';

/** The folder of Candor's own code. */
export function engineFolder(env: Readonly<Record<string, string | undefined>>): string {
  return env[ENGINE] ?? resolve(import.meta.dirname, '../../..');
}

/** The script of a bundle that builds a site. */
export const BUILD_SCRIPT = 'build.mjs';

/** What that script is told, as JSON in its argument. */
export interface BuildTask {
  /** The folder of the bundle's style sheets and scripts. */
  assets: string;
  /** The folder of what is kept of the site. */
  cache: string;
  /** A digest of the code. */
  code: string;
  /** Where to prepare what is new. */
  prepared: string;
  /** Whether this is the second process of a large build. */
  isWorker?: true;
}

const BUNDLES = join(CACHE, 'bundles');
const MANIFEST = 'manifest';

const IS_TEST = /\.test\.[jt]s$/;
const SET_UP = /^(astro\.config\.mjs|package(-lock)?\.json|tsconfig\.json|\.env.*)$/;

/**
 * Everything that pages are made of besides `content/` and `public/`: the code, what is installed, and Node.
 * @returns a digest
 */
export function codeDigest(env: Readonly<Record<string, string | undefined>>): string {
  const settings = [...readdirSync('.').filter((name) => SET_UP.test(name)), 'node_modules/.package-lock.json'];
  // A project beside Candor's own code may have pages too.
  const folders = new Set([engineFolder(env), resolve('.')]);
  const files = [
    ...settings.filter((file) => existsSync(file)).map((file) => [file, file] as const),
    ...[...folders].flatMap(sourcesIn),
  ];
  // Vite puts these into the code.
  const visible = Object.entries(env).filter(([name]) => name.startsWith('PUBLIC_') || name === 'NODE_ENV');
  const machine = [process.version, process.platform, process.arch, ...visible.flat().map(String).sort()];
  return digestOf([...machine, ...files.flatMap(([name, path]) => [name, readFileSync(path, 'latin1')])]);
}

/** The code in a folder: names that stay when the folder is moved, with paths. */
function sourcesIn(folder: string): [name: string, path: string][] {
  const paths = filesBelow(join(folder, 'src'), '__tests__').filter((path) => !IS_TEST.test(path));
  return paths.map((path) => [path.slice(folder.length), path]);
}

/** A digest of texts in their order. */
export function digestOf(texts: readonly string[]): string {
  return hash('sha256', texts.map((text) => `${text.length} ${text}`).join(''), 'base64url');
}

/** The folder of a bundle that is kept and whole. */
export function findBundle(name: string): string | undefined {
  const folder = join(BUNDLES, name);
  if (readChecked(join(folder, MANIFEST)) !== manifestOf(folder)) return undefined;
  const now = machineTime() / 1000;
  utimesSync(folder, now, now);
  return folder;
}

/** Keeps a bundle that Astro made, and forgets those that nobody used for a day. */
export function keepBundle(made: string, name: string): string {
  mkdirSync(BUNDLES, { recursive: true });
  const isOld = (one: string) => machineTime() - statSync(join(BUNDLES, one)).mtimeMs > millisecondsInDay;
  for (const other of readdirSync(BUNDLES).filter(isOld))
    rmSync(join(BUNDLES, other), { recursive: true, force: true });
  writeChecked(join(made, MANIFEST), manifestOf(made));
  const folder = join(BUNDLES, name);
  // Another build may have made the same meanwhile, and use it.
  if (findBundle(name) !== undefined) return folder;
  rmSync(folder, { recursive: true, force: true });
  renameSync(made, folder);
  return folder;
}

/** The files of a bundle with what they hold. */
function manifestOf(folder: string): string {
  const files = filesBelow(folder, MANIFEST);
  return JSON.stringify(files.map((file) => [file.slice(folder.length), hash('sha256', readFileSync(file))]));
}

/** All files below a folder, sorted; none where there is none. @param but a name that does not count */
export function filesBelow(folder: string, but?: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== but)
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      const isFolder = entry.isSymbolicLink() ? statSync(path).isDirectory() : entry.isDirectory();
      return isFolder ? filesBelow(path, but) : [path];
    })
    .sort();
}
