import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';

/** Licences, as SPDX expressions, under which a package may come with Candor. */
export const ALLOWED: ReadonlySet<string> = new Set([
  '(MIT OR Apache-2.0)',
  '(MIT OR CC0-1.0)',
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'Python-2.0',
  // libvips, a library that sharp loads. Astro brings it; nothing that is built holds any of it.
  'Apache-2.0 AND LGPL-3.0-or-later',
  'Apache-2.0 AND LGPL-3.0-or-later AND MIT',
  'LGPL-3.0-or-later',
]);

/** The same for packages that only tests load: no copy of them, and nothing made from them, is handed on. */
export const ALLOWED_FOR_TESTS: ReadonlySet<string> = new Set([...ALLOWED, 'GPL-3.0']);

/** Licences that stand in a package's own licence file, but not in its package.json. */
const STATED_ELSEWHERE: Readonly<Record<string, string>> = { 'color-convert@0.5.3': 'MIT' };

/** The SPDX expression of a package's licence; nothing when it states none. */
export function licenceOf({ name, version, license }: LockedPackage): string | undefined {
  return license ?? STATED_ELSEWHERE[`${name}@${version}`];
}

/** The licences of everything that a deployment installs, as Markdown. */
export function licencesText(packages: readonly LockedPackage[]): string {
  const shipped = packages.filter(({ isDevelopment }) => !isDevelopment);
  const byLicence = Map.groupBy(shipped, (one) => licenceOf(one) ?? 'None stated');
  const sections = [...byLicence]
    .sort(([one], [other]) => compare(one, other))
    .map(([licence, list]) => {
      const lines = new Set(list.map(({ name, version }) => `- ${name} ${version}`).sort(compare));
      return `## ${licence}\n\n${[...lines].join('\n')}\n`;
    });
  return `${[HEAD, ...sections].join('\n')}`;
}

const HEAD = `# Licences

Candor is under the MIT licence. These packages are installed to build a page, each on the platforms that it is made for;
what only tests load is not among them. Written by \`npm run licences\` from \`package-lock.json\`.
`;

/** By code units, so that the order is the same in every language. */
function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** What package-lock.json, version 3, says about one package. */
interface LockedPackage {
  /** Below the project, as `node_modules/vite/node_modules/fsevents`; unique. */
  path: string;
  name: string;
  version: string;
  /** An SPDX expression; left out where the package states none. */
  license?: string;
  /** Hashes of the archive, in the form of Subresource Integrity. */
  integrity?: string;
  /** Where the archive comes from, if that is not the registry that npm is set to. */
  resolved?: string;
  /** Not installed for a deployment, which leaves `devDependencies` out. */
  isDevelopment: boolean;
  hasInstallScript: boolean;
}

interface LockEntry extends Pick<LockedPackage, 'version' | 'license' | 'integrity' | 'resolved'> {
  name?: string;
  dev?: boolean;
  devOptional?: boolean;
  hasInstallScript?: boolean;
}

const FOLDER = 'node_modules/';

/** The packages that `npm ci` installs on some platform, in the order of the file. */
export function readLockFile(path = 'package-lock.json'): LockedPackage[] {
  const { packages } = JSON.parse(readFileSync(path, 'utf8')) as { packages: Record<string, LockEntry> };
  return Object.entries(packages)
    .filter(([place]) => place !== '')
    .map(([place, { name, dev = false, devOptional = false, hasInstallScript = false, ...entry }]) => ({
      ...entry,
      path: place,
      name: name ?? place.slice(place.lastIndexOf(FOLDER) + FOLDER.length),
      isDevelopment: dev || devOptional,
      hasInstallScript,
    }));
}

await writeFile('docs/licences.md', licencesText(readLockFile()));
