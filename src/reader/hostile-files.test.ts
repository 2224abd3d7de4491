import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Element, Root } from 'hast';
import rehypeParse from 'rehype-parse';
import { unified } from 'unified';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Reading } from './content.ts';
import { readContent } from './content.ts';
import { readFolder } from './files.ts';
import {
  fill,
  HOSTILE_BYTES,
  HOSTILE_NAMES,
  hostileIncident,
  hostileTexts,
  hostileYaml,
} from '../__tests__/support/hostile-files.ts';
import { renderBody } from './markdown/html.ts';
import { NOW, readUnchecked } from '../__tests__/support/reader.ts';
import { CATALOGS } from '../i18n/words.ts';

/** Files of others that broke readers of Markdown and YAML; they lie outside of the repository. */
const SYNTHETIC = '../shared/data/hostile/frontmatter-synthetic';
const SPECS = ['commonmark-spec.json', 'cmark-gfm-spec.json'].map((name) => `../shared/data/hostile/${name}`);
/** As many times the work of a file of plain words, as large as one may be, a file may be to read and to write as HTML. */
const SOON = 10;
/** Enough for what grows with the square of its length to show, and little enough for hundreds of them. */
const SMALL = 4 * 1024;
const SITE = 'name: A\nurl: https://a.example\n';
const COMPONENTS = '- id: web\n  name: Web\n';
const PLACE = { idPrefix: 'u-1-', headingLevel: 3, root: '/', tableLabel: 'Table' };

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'candor-hostile-files-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What came of a reading: what was published, and what was said about files. */
function ended(reading: Reading): { published: number; errors: string[] } {
  const errors = reading.diagnostics.filter(({ severity }) => severity === 'error');
  for (const { file, line, column, reason, expected = '' } of reading.diagnostics) {
    expect({ file, whole: line >= 1 && column >= 1 && reason.length > 10 }).toEqual({ file, whole: true });
    expect(reason.length + expected.length).toBeLessThan(3000);
    expect(reason).not.toMatch(/\n\s+at |node_modules|RangeError|TypeError/);
  }
  const { incidents = [], maintenance = [] } = (errors.length === 0 && reading.content) || {};
  const bodies = [...incidents, ...maintenance].flatMap(({ updates }) => updates.map(({ body }) => body));
  for (const body of bodies) renderBody(body, PLACE);
  return { published: incidents.length + maintenance.length, errors: errors.map(({ ruleId }) => ruleId) };
}

/** Runs something, and expects that it neither throws nor is much work. */
function soon<T>(what: () => T): T {
  const begun = process.cpuUsage();
  const result = what();
  expect(workSince(begun)).toBeLessThan(SOON * plainWork());
  return result;
}

/** Work of the processor, which is the same on a machine that is busy. */
function workSince(begun: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(begun);
  return user + system;
}

let measured: number | undefined;

function plainWork(): number {
  const works = () =>
    Array.from({ length: 3 }, () => {
      const begun = process.cpuUsage();
      ended(readUnchecked({ 'incidents/a.md': hostileIncident(fill('Some words.\n\n')) }));
      return workSince(begun);
    });
  return (measured ??= Math.min(...works()));
}

const LARGE = hostileTexts();

describe('a text of half a megabyte', () => {
  it.each([
    'short lines of "*"', 'short lines of "1. "', 'short lines of "<a "', 'short lines of "[a](<"', 'short lines of "<!--"',
    'lines of " "', 'lines of "[a](<"', 'lines of "<a "', 'lines of "**Next update:** "', 'a heading of "<?"', 'a heading of "["',
    'brackets on many lines', 'emphasis ever deeper', 'a table of many columns and short rows', 'a long address used often', 'HTML opened',
  ])('of %s is published or refused soon', (name) => {
    const { published, errors } = soon(() => ended(readUnchecked({ 'incidents/a.md': hostileIncident(LARGE[name] ?? '') })));
    expect(published + errors.length).toBeGreaterThan(0);
  }); // prettier-ignore
});

describe('a text', () => {
  it.each(Object.entries(hostileTexts(SMALL)))('of %s is published or refused soon', (_, text) => {
    const { published, errors } = soon(() => ended(readUnchecked({ 'incidents/a.md': hostileIncident(text) })));
    expect(published + errors.length).toBeGreaterThan(0);
  });

  it('nests as deep as people write', () => {
    const list = Array.from({ length: 10 }, (_, depth) => `${'  '.repeat(depth)}- **a _b_**`).join('\n');
    expect(ended(readUnchecked({ 'incidents/a.md': hostileIncident(list) }))).toMatchObject({
      published: 1,
      errors: [],
    });
  });

  it('may hold a table and a list as long as people write', () => {
    const table = `|a|b|c|\n|-|-|-|\n${'| [a](https://a.example/) | **b** | c |\n'.repeat(150)}`;
    const text = `${table}\n${'- [a](https://a.example/) **b**\n'.repeat(300)}`;
    expect(ended(readUnchecked({ 'incidents/a.md': hostileIncident(text) }))).toMatchObject({
      published: 1,
      errors: [],
    });
  });
});

describe('YAML', () => {
  it.each(Object.entries(hostileYaml(SMALL)))('of %s is read or refused soon, wherever it stands', (_, yaml) => {
    soon(() => {
      ended(readUnchecked({ 'site.yml': yaml }));
      ended(
        readUnchecked({ 'components.yml': yaml, 'alerts.yml': yaml, 'incidents/a.md': hostileIncident('a', yaml) }),
      );
    });
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe('bytes', () => {
  it.each(Object.entries(HOSTILE_BYTES))('of %s are published or refused, wherever they stand', async (name, bytes) => {
    const root = mkdtempSync(join(folder, 'bytes-'));
    for (const kind of ['incidents', 'maintenance', 'templates']) mkdirSync(join(root, kind));
    writeFileSync(join(root, 'site.yml'), SITE);
    writeFileSync(join(root, 'components.yml'), COMPONENTS);
    for (const path of ['incidents/a.md', 'maintenance/b.md', 'templates/c.md', 'alerts.yml']) writeFileSync(join(root, path), bytes); // prettier-ignore
    const reading = readContent(await readFolder(root, join(root, 'public')), { now: NOW, catalogs: CATALOGS });
    ended(reading);
    const about = (path: string) => reading.diagnostics.filter(({ file, severity }) => file === path && severity === 'error').length; // prettier-ignore
    const published = reading.content?.incidents.length ?? 0;
    expect({ name, ends: published + about('incidents/a.md') > 0 }).toEqual({ name, ends: true });
    expect(globalThis).not.toHaveProperty('hostile');
  });
});

describe('names of files', () => {
  it.each(HOSTILE_NAMES.map((name) => [JSON.stringify(name.slice(0, 40)), name]))('such as %s are addresses or refused', (_, name) => {
    for (const path of [`incidents/${name}.md`, `templates/${name}.md`, `incidents/${name}/a.md`, name]) {
      const reading = readUnchecked({ [path]: hostileIncident('a') });
      for (const { id } of reading.content?.incidents ?? []) expect(id).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);
      for (const template of reading.content?.templates ?? []) expect(template.name).toMatch(/^[a-z0-9-]+$/);
      ended(reading);
    }
  }); // prettier-ignore

  it('that differ in case only are told', () => {
    const files = { 'incidents/A.md': hostileIncident('a'), 'incidents/2026/a.md': hostileIncident('b') };
    expect(ended(readUnchecked(files)).errors).toEqual(['id-taken']);
  });
});

describe('words of the page', () => {
  const lines = (entry: (line: number) => string) =>
    `{${Array.from({ length: 6_000 }, (_, line) => entry(line)).join(',\n')}}`;

  it.each([
    ['unknown keys', lines((line) => `"duration.day${line}": "x"`), 'unknown-key'],
    ['one key', lines(() => '"history": "x"'), 'unknown-key'],
    ['lists in lists', `{ "history": ${'[\n'.repeat(200_000)} }`, 'json-syntax'],
    ['names that objects have', '{ "__proto__": "x", "constructor": "x", "toString": "x" }', 'unknown-key'],
  ])('of %s are refused soon', (_, text, rule) => {
    const reading = soon(() => readUnchecked({ 'i18n/en.json': text }));
    expect(new Set(ended(reading).errors)).toEqual(new Set([rule]));
    expect(Object.keys(reading.content?.words.get('en') ?? {})).toEqual(
      rule === 'unknown-key' && text.includes('history') ? ['history'] : [],
    );
  });
});

describe('a folder', () => {
  it('with links out of it, links in circles, pipes and folders named like files is read all the same', async () => {
    const root = mkdtempSync(join(folder, 'odd-'));
    const content = join(root, 'content');
    mkdirSync(join(content, 'incidents', 'folder.md', ...Array.from({ length: 40 }, () => 'deep')), {
      recursive: true,
    });
    mkdirSync(join(root, 'outside'));
    writeFileSync(join(root, 'outside', 'secret.md'), hostileIncident('secret'));
    writeFileSync(join(content, 'site.yml'), SITE);
    writeFileSync(join(content, 'components.yml'), COMPONENTS);
    writeFileSync(join(content, 'incidents', 'good.md'), hostileIncident('a'));
    symlinkSync('../../outside/secret.md', join(content, 'incidents', 'file.md'));
    symlinkSync('../../outside', join(content, 'incidents', 'outside'));
    symlinkSync('..', join(content, 'incidents', 'circle'));
    symlinkSync('self.md', join(content, 'incidents', 'self.md'));
    symlinkSync('/dev/zero', join(content, 'incidents', 'zero.md'));
    spawnSync('mkfifo', [join(content, 'incidents', 'pipe.md')]);
    const source = await readFolder(content, join(root, 'public'));
    const { content: read, diagnostics } = readContent(source, { now: NOW, catalogs: CATALOGS });
    expect(read?.incidents.map(({ id }) => id)).toEqual(['good']);
    expect(JSON.stringify(source)).not.toContain('secret\n');
    const told = new Set(diagnostics.map(({ file }) => file));
    for (const name of ['file', 'self', 'zero']) expect(told).toContain(`incidents/${name}.md`);
  });
});

describe.skipIf(!existsSync(SYNTHETIC))(`the synthetic files (skipped where ${SYNTHETIC} is absent)`, () => {
  const found = existsSync(SYNTHETIC) ? readdirSync(SYNTHETIC, { recursive: true, withFileTypes: true }) : [];
  const paths = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));

  it.each(paths)('%s ends in something published or in diagnostics, as it is and in the terms of this format', async (path) => {
    const bytes = readFileSync(path);
    const root = mkdtempSync(join(folder, 'synthetic-'));
    for (const kind of ['incidents', 'maintenance', 'templates']) mkdirSync(join(root, kind));
    writeFileSync(join(root, 'site.yml'), SITE);
    writeFileSync(join(root, 'components.yml'), '- id: web\n  name: Web\n  aliases: [api]\n');
    for (const kind of ['incidents', 'maintenance', 'templates']) writeFileSync(join(root, kind, basename(path)), bytes);
    writeFileSync(join(root, 'incidents', 'own.md'), inOwnTerms(bytes));
    const source = await readFolder(root, join(root, 'public'));
    const reading = soon(() => readContent(source, { now: NOW, catalogs: CATALOGS }));
    ended(reading);
    const about = (file: string) => reading.diagnostics.filter((one) => one.file === file && one.severity === 'error');
    for (const kind of ['incidents', 'maintenance', 'templates']) {
      expect(about(`${kind}/${basename(path)}`).length).toBeGreaterThan(0);
    }
    const isPublished = reading.content?.incidents.some(({ id }) => id === 'own') ?? false;
    expect(isPublished || about('incidents/own.md').length > 0).toBe(true);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  }); // prettier-ignore
});

/** What is foreign to this format gives way, so that what is left is only what is hostile. */
function inOwnTerms(bytes: Uint8Array): Buffer {
  const text = Buffer.from(bytes).toString('latin1');
  const own = text
    .replace(/^(resolved|resolvedWhen|severity|section):.*\n/gm, '')
    .replace(/^affected:\n {2}- API\n/gm, 'impact: none\n')
    .replace(/^date: 2024-01-01( 00:00:00)?$/m, 'started: 2024-01-01 00:00 UTC')
    .replace(/^date:/m, 'started:')
    .replace(/^affected:/m, 'areas:')
    .replace(/\n---\n(?![^]*\n---\n)/, '\n---\n\n## Resolved · 2024-01-01 10:00 UTC\n'.replace('·', '\u00c2\u00b7'));
  return Buffer.from(own, 'latin1');
}

/** Many stand in both. */
const EXAMPLES = [...new Set(SPECS.filter((path) => existsSync(path)).flatMap(examplesIn))];

describe.skipIf(EXAMPLES.length === 0)(`the examples of ${SPECS.join(' and ')} (skipped where both are absent)`, () => {
  it('are published as safe HTML, or refused', () => {
    const files = EXAMPLES.map((markdown, index) => [`incidents/e-${index}.md`, hostileIncident(markdown)]);
    const { content, diagnostics } = readUnchecked(Object.fromEntries(files) as Record<string, string>);
    const refused = new Set(diagnostics.filter(({ severity }) => severity === 'error').map(({ file }) => file));
    const published = (content?.incidents ?? []).filter(({ id }) => !refused.has(`incidents/${id}.md`));
    expect(published.length + refused.size).toBe(EXAMPLES.length);
    const unsafe = published.flatMap(({ id, updates }) =>
      updates.flatMap(({ body }) => dangers(fragment.parse(renderBody(body, PLACE))).map((danger) => ({ id, danger }))),
    );
    expect(unsafe).toEqual([]);
  });
});

function examplesIn(path: string): string[] {
  return (JSON.parse(readFileSync(path, 'utf8')) as { markdown: string }[]).map(({ markdown }) => markdown);
}

const fragment = unified().use(rehypeParse, { fragment: true }).freeze();

/** What in HTML could run, load from elsewhere or lead somewhere unsafe. */
function dangers({ children }: Root | Element): string[] {
  return children.flatMap((child): string[] => {
    if (child.type !== 'element') return [];
    const { tagName, properties } = child;
    const isRefused = /^(script|style|iframe|object|embed|form|textarea|svg|math|base|meta|link)$/.test(tagName);
    const wrong = Object.entries(properties).filter(
      ([name, value]) =>
        /^(on|style|srcSet)/.test(name) ||
        (name === 'href' && !/^(https?:|mailto:|tel:|\/(?!\/)|#)/i.test(String(value))) ||
        (name === 'src' && !/^\/(?!\/)/.test(String(value))),
    );
    return [...(isRefused ? [tagName] : []), ...wrong.map((one) => `${tagName} ${one.join('=')}`), ...dangers(child)];
  });
}
