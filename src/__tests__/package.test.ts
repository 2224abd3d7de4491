import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { filesBelow } from '../site/cache/bundle.ts';
import { build, buildEnvironment, copyExample } from './support/sites.ts';

const CONFIG = `import { defineConfig } from 'astro/config';
import { candor } from 'candor';

export default defineConfig({ integrations: [candor()] });
`;

let site: string;

/** A page's owner with nothing but content, files to serve, and a configuration; Candor is installed by npm. */
beforeAll(async () => {
  site = mkdtempSync(join(tmpdir(), 'candor-package-'));
  await copyExample(join(site, 'content'));
  cpSync('public', join(site, 'public'), { recursive: true });
  writeFileSync(join(site, 'astro.config.mjs'), CONFIG);
  writeFileSync(join(site, 'package.json'), JSON.stringify({ private: true, dependencies: { candor: '*' } }));
  const packages = join(site, 'node_modules');
  mkdirSync(packages);
  for (const name of readdirSync('node_modules').filter((one) => !one.startsWith('.')))
    symlinkSync(resolve('node_modules', name), join(packages, name));
  const archive = node('--disable-warning=ExperimentalWarning', resolve('scripts/dev/pack.ts'), site);
  mkdirSync(join(packages, 'candor'));
  execFileSync('tar', ['-xzf', archive.trim(), '-C', join(packages, 'candor'), '--strip-components', '1']);
});
afterAll(() => {
  rmSync(site, { recursive: true });
});

function node(...args: readonly string[]): string {
  return execFileSync(process.execPath, args, { stdio: 'pipe' }).toString();
}

function bytesBelow(folder: string): Map<string, string> {
  return new Map(filesBelow(folder).map((path) => [path.slice(folder.length), readFileSync(path, 'latin1')]));
}

it('Candor as a package builds the same bytes as in its repository', async () => {
  const cli = join(site, 'node_modules/candor/scripts/cli.mjs');
  execFileSync(process.execPath, [cli, 'build'], { cwd: site, env: buildEnvironment({}), stdio: 'pipe' });
  await build(join(site, 'content'), join(site, 'expected'));
  const [made, expected] = [bytesBelow(join(site, 'dist')), bytesBelow(join(site, 'expected'))];
  expect([...made.keys()]).toEqual([...expected.keys()]);
  expect([...made].filter(([path, bytes]) => bytes !== expected.get(path)).map(([path]) => path)).toEqual([]);
  expect(made.size).toBeGreaterThan(400);
});
