import type { LockedPackage } from './lock-file.ts';

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
