import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ALLOWED, ALLOWED_FOR_TESTS, licenceOf, licencesText, readLockFile } from './licences.ts';

interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  allowScripts: Record<string, boolean>;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const packages = readLockFile();
/** What is installed when its command is first run. */
const tools = readLockFile('scripts/dev/package-lock.json').map((one) => ({ ...one, isDevelopment: true }));
const all = [...packages, ...tools];
const toolsManifest = JSON.parse(readFileSync('scripts/dev/package.json', 'utf8')) as Pick<Manifest, 'dependencies'>;
const named = Object.entries(toolsManifest.dependencies);
const direct = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });

describe('every dependency', () => {
  it('is named with one exact version', () => {
    expect([...direct, ...named].filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });

  it('is locked at the version that is named', () => {
    const isLocked = (locked: typeof packages, [name, version]: [string, string]) =>
      locked.some((one) => one.path === `node_modules/${name}` && one.version === version);
    expect(direct.filter((one) => !isLocked(packages, one))).toEqual([]);
    expect(named.filter((one) => !isLocked(tools, one))).toEqual([]);
  });

  it('is known by the hash of its archive', () => {
    const unknown = all.filter(({ integrity = '' }) => !/^sha512-[\w+/]{86}==$/.test(integrity));
    expect(unknown.map(({ path }) => path)).toEqual([]);
  });

  it('comes from the registry that npm is set to, and never from an address of its own', () => {
    expect(all.filter(({ resolved }) => resolved !== undefined).map(({ path }) => path)).toEqual([]);
  });

  it('has a licence that may come with Candor', () => {
    const refused = all.filter((one) => {
      return !(one.isDevelopment ? ALLOWED_FOR_TESTS : ALLOWED).has(licenceOf(one) ?? '');
    });
    expect(refused.map((one) => `${one.path}: ${licenceOf(one)}`)).toEqual([]);
  });

  it('runs a script when it is installed only if that is allowed by name', () => {
    const running = new Set(all.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name));
    const allowed = Object.entries(manifest.allowScripts).filter(([, isAllowed]) => isAllowed);
    expect([...running].sort()).toEqual(allowed.map(([name]) => name).sort());
  });

  it('of a deployment is listed with its licence in docs/licences.md, which npm run licences writes', () => {
    expect(readFileSync('docs/licences.md', 'utf8')).toBe(licencesText(packages));
  });
});

describe('the list of licences', () => {
  const base = { version: '1.0.0', isDevelopment: false, hasInstallScript: false };

  it('names a package once, however often it is installed, and says where none is stated', () => {
    const text = licencesText([
      { ...base, path: 'node_modules/b', name: 'b', license: 'MIT' },
      { ...base, path: 'node_modules/a', name: 'a', license: 'MIT' },
      { ...base, path: 'node_modules/a/node_modules/b', name: 'b', license: 'MIT' },
      { ...base, path: 'node_modules/c', name: 'c' },
      { ...base, path: 'node_modules/d', name: 'd', license: 'MIT', isDevelopment: true },
    ]);
    expect(text.slice(text.indexOf('## '))).toBe('## MIT\n\n- a 1.0.0\n- b 1.0.0\n\n## None stated\n\n- c 1.0.0\n');
  });
});
