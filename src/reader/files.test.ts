import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readContent } from './content.ts';
import type { SourceFolder } from './files.ts';
import { readFolder, withoutPrepared } from './files.ts';
import { incident, NOW } from '../__tests__/support/reader.ts';
import { CATALOGS } from '../i18n/words.ts';

let folder: string;
const inFolder = (path: string) => join(folder, 'content', path);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candor-files-'));
  await mkdir(inFolder('incidents/2026'), { recursive: true });
  await mkdir(join(folder, 'public', 'img'), { recursive: true });
  await writeFile(join(folder, 'public', 'img', 'a.png'), '');
  await writeFile(join(folder, 'secret.md'), incident('## Investigating · 2026-11-20 09:20 UTC\n\nsecret'));
  await writeFile(inFolder('site.yml'), 'name: Acme\nurl: https://status.acme.example');
  await writeFile(
    inFolder('incidents/2026/good.md'),
    incident('## Investigating · 2026-11-20 09:20 UTC', 'title: A\nimpact: minor'),
  );
  for (const name of ['_draft.md', '.hidden.md', 'README.md', 'AGENTS.md'])
    await writeFile(inFolder(`incidents/${name}`), 'not read');
  await writeFile(inFolder('incidents/utf16.md'), Buffer.from('\uFEFF---\ntitle: A', 'utf16le'));
  await writeFile(inFolder('incidents/latin1.md'), Buffer.from('---\ntitle: Störung\n---', 'latin1'));
  await writeFile(inFolder('incidents/huge.md'), '['.repeat(600_000));
  await symlink('../../secret.md', inFolder('incidents/link.md'));
  await symlink('nowhere.md', inFolder('incidents/dangling.md'));
});

afterAll(() => rm(folder, { recursive: true }));

it('reports what cannot be read from the disk, a file at a time, and reads the rest', async () => {
  const source = await readFolder(join(folder, 'content'), join(folder, 'public'));
  const { diagnostics } = readContent(source, { now: NOW, catalogs: CATALOGS });
  expect(diagnostics.map(({ file, ruleId }) => `${file} ${ruleId}`)).toEqual([
    'components.yml file-missing',
    'incidents/dangling.md file-unreadable',
    'incidents/huge.md file-too-large',
    'incidents/latin1.md not-utf8',
    'incidents/link.md file-link',
    'incidents/utf16.md not-utf8',
  ]);
});

it('reads templates and rules for alerts, which pages can do without', async () => {
  const source = await readFolder('src/__tests__/example', join(folder, 'public'));
  const paths = ({ files }: SourceFolder) => files.map(({ path }) => path);
  expect(paths(source)).toContain('templates/holding.md');
  expect(paths(source)).toContain('alerts.yml');
  const left = paths(source).filter((path) => !path.startsWith('templates/') && path !== 'alerts.yml');
  expect(paths(withoutPrepared(source))).toEqual(left);
});

it('leaves drafts, hidden files and READMEs alone, and knows what public/ serves', async () => {
  const source = await readFolder(join(folder, 'content'), join(folder, 'public'));
  const read = source.files.filter(({ text }) => text !== undefined).map(({ path }) => path);
  expect(read).toEqual(['incidents/2026/good.md', 'site.yml']);
  expect([...source.publicFiles]).toEqual(['/img/a.png']);
});

it('reports and does not follow a link in place of a folder; for templates the page is still built', async () => {
  const content = join(folder, 'linked');
  await mkdir(content);
  await mkdir(join(folder, 'elsewhere'), { recursive: true });
  await writeFile(join(folder, 'elsewhere', 'a.md'), 'secret');
  await writeFile(join(content, 'site.yml'), 'name: Acme\nurl: https://status.acme.example');
  await writeFile(join(content, 'components.yml'), '- id: checkout\n  name: Checkout\n');
  for (const name of ['templates', 'incidents', 'maintenance', 'pictures'])
    await symlink('../elsewhere', join(content, name));
  const source = await readFolder(content, join(folder, 'public'));
  const linked = (read: SourceFolder) =>
    readContent(read, { now: NOW, catalogs: CATALOGS }).diagnostics.map(({ file, ruleId }) => `${file} ${ruleId}`);
  expect(linked(source)).toEqual(['incidents folder-link', 'maintenance folder-link', 'templates folder-link']);
  expect(linked(withoutPrepared(source))).toEqual(['incidents folder-link', 'maintenance folder-link']);
  expect(JSON.stringify(source)).not.toContain('secret');
});
