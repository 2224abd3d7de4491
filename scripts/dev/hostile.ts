import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import type { Page } from 'playwright-core';
import { stringify } from 'yaml';
import { launchBrowser } from '../../src/__tests__/support/browser.ts';
import { serve } from '../../src/__tests__/support/server.ts';
import { build, builtPages } from '../../src/__tests__/support/sites.ts';
import { CATALOGS } from '../../src/i18n/words.ts';
import { readContent } from '../../src/reader/content.ts';
import { normalizeText } from '../../src/reader/markdown/source.ts';
import { newMatrix, printMatrix, tryStrings } from './hostile/matrix.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const FIELDS = ['title', 'body', 'component', 'area', 'reference'] as const;
/** Strings that stand in one site together: history feeds hold no more incidents. */
const BATCH = 25;
const SITE_SIZE = 2000;
const DAYS = 500;
const TABS = 4;

type Field = (typeof FIELDS)[number];
type Files = Record<string, string>;

const command = new Command('hostile')
  .description(
    'put every string of a file (a JSON object a line, its text under "payload") through every field and output',
  )
  .argument('<file>')
  .option('--every <n>', 'only each of so many', '1')
  .option('--no-pages', 'without opening pages in a browser')
  .parse();
const { every, pages } = command.opts<{ every: string; pages: boolean }>();
const strings = (await readFile(command.args[0] ?? '', 'utf8'))
  .trim()
  .split('\n')
  .map(textOf)
  .filter((_, index) => index % Number(every) === 0);

const matrix = newMatrix();
for (let start = 0; start < strings.length; start += BATCH) {
  await tryStrings(strings.slice(start, start + BATCH), matrix);
  process.stderr.write(`\r${Math.min(start + BATCH, strings.length)} of ${strings.length} strings`);
}
process.stderr.write('\n');
process.stdout.write(printMatrix(matrix));
if (matrix.failures.length > 0) process.exitCode = 1;

const refused = new Map<string, number>();
const totals = { 'pages opened': 0, 'things that ran': 0 };
for (let start = 0; pages && start < strings.length; start += SITE_SIZE) {
  const files = siteOf(strings.slice(start, start + SITE_SIZE));
  const found = await checkPages(files);
  for (const what of Object.keys(totals) as (keyof typeof totals)[]) totals[what] += found[what];
}
const tried = strings.length * FIELDS.length;
const published = tried - [...refused.values()].reduce((sum, times) => sum + times, 0);
if (pages) {
  console.table([...refused].sort().map(([what, times]) => ({ 'refused on pages': what, times })));
  console.table([{ strings: strings.length, tried, published, ...totals }]);
}
if (totals['things that ran'] > 0) process.exitCode = 1;

/** A site with an incident and a component for each string, in those fields that the reader does not refuse. */
function siteOf(texts: readonly string[]): Files {
  const files: Files = {};
  const components = texts.map((text, index) => {
    const fields = FIELDS.filter((field) => {
      const alone = incidentOf(index, text, [field]);
      const rule = firstError({ ...alone.files, 'components.yml': stringify([alone.component]) });
      if (rule) refused.set(`${field}: ${rule}`, (refused.get(`${field}: ${rule}`) ?? 0) + 1);
      return !rule;
    });
    const made = incidentOf(index, text, fields);
    Object.assign(files, made.files);
    return made.component;
  });
  return { ...files, 'components.yml': stringify(components) };
}

/** Some strings hold line ends that their file does not escape; a line that is no JSON is a string of its own. */
function textOf(line: string): string {
  try {
    return (JSON.parse(line) as { payload: string }).payload;
  } catch {
    return line;
  }
}

/** One incident that carries a string in some of its fields. */
function incidentOf(index: number, text: string, fields: readonly Field[]) {
  const pick = (field: Field, plain: string) => (fields.includes(field) ? text : plain);
  const component = { id: `c-${index}`, name: pick('component', 'Plain') };
  const front = {
    title: pick('title', `String ${index}`),
    components: { [component.id]: 'partial_outage' },
    areas: [pick('area', 'Somewhere')],
    reference: pick('reference', 'INC-1'),
  };
  const day = new Date(NOW - (index % DAYS) * 86_400_000).toISOString().slice(0, 10);
  const body = `## Resolved · ${day} 10:00 UTC\n\n${pick('body', 'Text.')}\n`;
  return { files: { [`incidents/s-${index}.md`]: `---\n${stringify(front)}---\n\n${body}` }, component };
}

function read(files: Files): ReturnType<typeof readContent> {
  const all: Files = { 'site.yml': 'name: Hostile\nurl: https://hostile.example', ...files };
  const sources = Object.entries(all).map(([path, text]) => ({ path, text: normalizeText(text) }));
  return readContent({ files: sources, publicFiles: new Set() }, { now: NOW, catalogs: CATALOGS });
}

function firstError(files: Files): string | undefined {
  return read(files).diagnostics.find(({ severity }) => severity === 'error')?.ruleId;
}

/** Opens every page with the policy switched off, so that only the page itself keeps a string from running. */
async function checkPages(files: Files) {
  const folder = await mkdtemp(join(tmpdir(), 'candor-hostile-'));
  const content = join(folder, 'content');
  await mkdir(join(content, 'incidents'), { recursive: true });
  await writeFile(join(content, 'site.yml'), 'name: Hostile\nurl: https://hostile.example\n');
  for (const [path, text] of Object.entries(files)) await writeFile(join(content, path), text);
  await build(content, join(folder, 'dist'), new Date(NOW).toISOString());
  const server = await serve(join(folder, 'dist'));
  const browser = await launchBrowser();
  const ran: string[] = [];
  try {
    const context = await browser.newContext({ bypassCSP: true });
    const paths = builtPages(join(folder, 'dist'))
      .map(({ path }) => path)
      .filter((path) => !path.startsWith('/components/'));
    const next = paths.values();
    const tab = async () => {
      const page = await context.newPage();
      watch(page, server.origin, ran);
      for (const path of next) await page.goto(server.origin + path, { waitUntil: 'load' });
    };
    await Promise.all(Array.from({ length: TABS }, tab));
    for (const what of new Set(ran)) process.stdout.write(`ran: ${what}\n`);
    return { 'pages opened': paths.length, 'things that ran': ran.length };
  } finally {
    await browser.close();
    await server.close();
    await rm(folder, { recursive: true });
  }
}

function watch(page: Page, origin: string, ran: string[]): void {
  page.on('dialog', (dialog) => {
    ran.push(`${page.url()} opened “${dialog.message()}”`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(origin)) ran.push(`${page.url()} asked for ${request.url()}`);
  });
}
