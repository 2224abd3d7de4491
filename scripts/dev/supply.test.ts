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
const direct = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });

describe('every dependency', () => {
  it('is named with one exact version', () => {
    expect(direct.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });

  it('is locked at the version that is named', () => {
    const locked = new Map(packages.map(({ path, version }) => [path, version]));
    expect(direct.filter(([name, version]) => locked.get(`node_modules/${name}`) !== version)).toEqual([]);
  });

  it('is known by the hash of its archive', () => {
    const unknown = packages.filter(({ integrity = '' }) => !/^sha512-[\w+/]{86}==$/.test(integrity));
    expect(unknown.map(({ path }) => path)).toEqual([]);
  });

  it('comes from the registry that npm is set to, and never from an address of its own', () => {
    expect(packages.filter(({ resolved }) => resolved !== undefined).map(({ path }) => path)).toEqual([]);
  });

  it('has a licence that may come with Candor', () => {
    const refused = packages.filter((one) => {
      return !(one.isDevelopment ? ALLOWED_FOR_TESTS : ALLOWED).has(licenceOf(one) ?? '');
    });
    expect(refused.map((one) => `${one.path}: ${licenceOf(one)}`)).toEqual([]);
  });

  it('runs a script when it is installed only if that is allowed by name', () => {
    const running = new Set(packages.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name));
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
