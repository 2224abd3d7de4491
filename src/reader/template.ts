import type { Node } from 'unist';
import type { Template, TemplateBlank } from '../core/model.ts';
import { ID_PATTERN, suggestId } from '../core/schema/fields.ts';
import type { TemplateKind } from '../core/schema/template.ts';
import { blankSchema, templateSchema } from '../core/schema/template.ts';
import { INCIDENT_WORDS, MAINTENANCE_WORDS } from '../core/vocabulary.ts';
import { hasText } from './events/updates.ts';
import type { SourceFile } from './files.ts';
import { splitFrontMatter } from './yaml/front-matter.ts';
import type { MarkdownBody } from './markdown/markdown.ts';
import { parseMarkdown, positionOf, visibleText, walk } from './markdown/markdown.ts';
import { reportNearMisses } from './events/near-misses.ts';
import { checkProse } from './markdown/prose.ts';
import type { Position, Report } from './rules.ts';
import { checkSchema } from './yaml/schema.ts';
import { checkText } from './markdown/source.ts';
import { headingWord, wordOf } from './events/headings.ts';
import { didYouMean, FIRST, nearest } from './rules.ts';
import { takeLabels } from './events/labels.ts';
import type { YamlValue } from './yaml/yaml.ts';

/** A blank of a text, `{{effect}}`. */
interface FoundBlank {
  /** The text between the braces. */
  name: string;
  position: Position;
}

// A backslash before the first brace makes it text, as everywhere in Markdown.
const BLANK = /(?<=(?<!\\)(?:\\\\)*)\{\{([^{}]{1,100})\}\}/g;
/** The form of a blank's name. Braces around other text are not a blank. */
const NAME = /^\s*\p{L}[\p{L}\p{N}_ -]*$/u;

/** The blanks of a text, in order. Braces in code and comments do not count. */
function findBlanks(body: MarkdownBody): FoundBlank[] {
  if (!body.lines.some((line) => line.includes('{{'))) return [];
  return proseLines(body).flatMap((line, index) =>
    [...line.matchAll(BLANK)].map((match) => ({
      name: match[1] ?? '',
      position: { line: index + body.firstLine, column: match.index + 1 },
    })),
  );
}

/**
 * Fills the blanks of a text. Values can contain braces, which are not read as blanks.
 * @param values by the name of the blank. A blank without a value stays
 */
export function fillBlanks(text: string, values: ReadonlyMap<string, string>): string {
  const body = parseMarkdown(text, 1);
  const lines = [...body.lines];
  for (const { name, position } of findBlanks(body).reverse()) {
    const line = lines[position.line - 1] ?? '';
    const value = values.get(name);
    if (value === undefined) continue;
    const start = position.column - 1;
    lines[position.line - 1] = line.slice(0, start) + value + line.slice(start + name.length + 4);
  }
  return lines.join('\n');
}

/** Reports unfilled blanks in a text for customers. */
export function checkBlanks(body: MarkdownBody, report: Report): void {
  for (const { name, position } of findBlanks(body)) {
    if (!NAME.test(name)) continue;
    const reason = `${notFilled(name)} Replace it with text. To show the braces to customers, put them in code.`;
    report('blank-left', position, reason);
  }
}

/** Reports an unfilled blank in a title. */
export function checkTitle(title: string, position: Position, report: Report): void {
  const [, name] = [...title.matchAll(BLANK)].find(([, inner]) => NAME.test(inner ?? '')) ?? [];
  if (name !== undefined) report('blank-left', position, `${notFilled(name)} Replace it with text.`);
}

function notFilled(name: string): string {
  return `The blank “${name.trim()}” is not filled in.`;
}

/** The lines of a body, with code and comments replaced by spaces. */
function proseLines(body: MarkdownBody): string[] {
  const lines = [...body.lines];
  walk(body.tree, (node) => {
    if (node.type === 'code' || node.type === 'inlineCode') cover(node, lines, /[^]*/);
    if (node.type === 'html') cover(node, lines, /<!--[^]*?-->/g);
  });
  return lines;
}

/** Replaces matches in the source of a node with spaces. */
function cover({ position }: Node, lines: string[], what: RegExp): void {
  if (!position) return;
  const { start, end } = position;
  const source = lines.slice(start.line - 1, end.line);
  const before = (source[0] ?? '').slice(0, start.column - 1);
  const after = (source.at(-1) ?? '').slice(end.column - 1);
  const all = source.join('\n');
  const inner = all.slice(before.length, all.length - after.length);
  const covered = before + inner.replace(what, (text) => text.replace(/[^\n]/g, ' ')) + after;
  lines.splice(start.line - 1, source.length, ...covered.split('\n'));
}

const EXAMPLE = `---
for: incident
status: investigating
blanks:
  effect: What do customers see?
---

{{effect}} We are looking for the cause.`;

/** The keywords for headings. */
const WORDS: Readonly<Record<TemplateKind, readonly string[]>> = {
  incident: INCIDENT_WORDS,
  maintenance: MAINTENANCE_WORDS,
  both: INCIDENT_WORDS.filter((word) => (MAINTENANCE_WORDS as readonly string[]).includes(word)),
};

/** The name from the file's path. Reports files that no command would find. */
export function templateName(path: string, report: Report): string | undefined {
  const [, ...steps] = path.split('/');
  const [, stem = '', extension = ''] = /^(.*?)(\.[^.]*)?$/.exec(steps.at(-1) ?? '') ?? [];
  const name = suggestId(stem) ?? 'name';
  if (steps.length > 1 || extension !== '.md') {
    const reason =
      'Templates must be .md files directly in templates/. Move this file. To keep it here, start its name with an underscore.';
    report('file-misplaced', FIRST, reason, { text: `templates/${name}.md`, edit: 'rename' });
    return undefined;
  }
  if (ID_PATTERN.test(stem)) return stem;
  const reason = 'Template names are typed in commands. Use only lowercase letters, digits and single hyphens.';
  report('file-name', FIRST, reason, { text: `templates/${name}.md`, edit: 'rename' });
  return undefined;
}

/** Reads a template. Undefined if it has errors. */
export function readTemplate(
  file: SourceFile & { text: string },
  name: string,
  publicFiles: ReadonlySet<string>,
  reportTo: Report,
): Template | undefined {
  let wrong = false;
  const report: Report = (...problem) => {
    wrong = true;
    reportTo(...problem);
  };
  if (!checkText(file.text, report)) return undefined;
  const matter = splitFrontMatter(file.text, EXAMPLE, report);
  if (!matter) return undefined;
  const body = parseMarkdown(matter.body, matter.bodyLine);
  const used = checkWords(body, publicFiles, report);
  const { yaml } = matter;
  const data = yaml && checkSchema(templateSchema, yaml, report);
  if (!yaml || !data) return undefined;
  const status = readStatus(data.status, data.for, yaml, report);
  const blanks = readBlanks(data.blanks, used, yaml, report);
  if (wrong || status === undefined) return undefined;
  const { for: kind, title } = data;
  return { name, file: file.path, for: kind, status, ...(title && { title }), blanks, body: matter.body.trim() };
}

function readStatus(written: string, kind: TemplateKind, yaml: YamlValue, report: Report): string | undefined {
  const words = WORDS[kind];
  const word = wordOf(written.replaceAll('_', ' '), words);
  if (word !== undefined) return word;
  const place =
    kind === 'both' ? 'both incidents and maintenance' : `${kind === 'incident' ? 'an incident' : 'maintenance'}`;
  const reason = `“${written}” is not a valid status for ${place}.${didYouMean(written, words.map(headingWord))}`;
  const meant = nearest(written, words);
  report('bad-value', yaml.locate(['status']), reason, meant && yaml.rewrite(['status'], meant));
  return undefined;
}

function readBlanks(
  described: Readonly<Record<string, unknown>>,
  used: readonly string[],
  yaml: YamlValue,
  report: Report,
): TemplateBlank[] {
  for (const name of Object.keys(described)) {
    if (used.includes(name)) continue;
    const known = used.length > 0 ? didYouMean(name, used) : ' It has no blanks.';
    const meant = nearest(
      name,
      used.filter((one) => !Object.hasOwn(described, one)),
    );
    const line = meant && yaml.rewrite(['blanks', name], meant, 'key');
    report('blank-unused', yaml.locate(['blanks', name], 'key'), `The text has no blank “${name}”.${known}`, line);
  }
  return used.map((name) => {
    const value = described[name];
    if (value === undefined || value === '') return { name, usual: {} };
    if (typeof value === 'string') return { name, question: value.trim(), usual: {} };
    const { ask: question, example, ...usual } = checkSchema(blankSchema, yaml, report, ['blanks', name]) ?? {};
    return { name, ...(question && { question }), ...(example && { example }), usual };
  });
}

/** Reports text that is invalid in an update, or that commands write themselves. Returns the names of the blanks. */
export function checkWords(body: MarkdownBody, publicFiles: ReadonlySet<string>, report: Report): string[] {
  if (!hasText(body.tree)) {
    const end = { line: body.firstLine + body.lines.length - 1, column: 1 };
    report('template-empty', end, 'The template has no text. Write the message to customers below the front matter.');
  }
  const blanks = findBlanks(body);
  const holed = new Set(blanks.map(({ position }) => position.line));
  checkProse(body, publicFiles, (rule, position, ...rest) => {
    if (!holed.has(position.line)) report(rule, position, ...rest);
  });
  checkLines(body, report);
  for (const { name, position } of blanks.filter((blank) => !ID_PATTERN.test(blank.name))) {
    const reason = `“${name}” is not a valid name for a blank. Use lowercase letters, digits and single hyphens. To show braces, put them in code.`;
    const line = body.lines[position.line - body.firstLine] ?? '';
    report('blank-name', position, reason, line.replaceAll(`{{${name}}}`, `{{${suggestId(name) ?? 'name'}}}`));
  }
  return [...new Set(blanks.map(({ name }) => name))];
}

/** Reports headings of updates and labelled lines, because commands write them. */
function checkLines(body: MarkdownBody, report: Report): void {
  const vocabulary = [...INCIDENT_WORDS, ...MAINTENANCE_WORDS];
  const refused = new Set<number>();
  const refuse = (position: Position, reason: string, expected?: string) => {
    if (refused.has(position.line)) return;
    refused.add(position.line);
    report('template-update', position, reason, expected);
  };
  walk(body.tree, (node) => {
    if (node.type !== 'heading' || node.depth !== 2) return;
    const position = positionOf(node, body);
    const source = body.lines[position.line - body.firstLine] ?? '';
    const isUpdate = wordOf(/^[\p{L} ]+/u.exec(visibleText(node))?.[0] ?? '', vocabulary) !== undefined;
    const deeper = !isUpdate && /^ {0,3}##(?=\s)/.test(source) ? source.replace('##', '###') : undefined;
    const reason = `A second-level heading starts an update, but the command adds that heading itself. ${isUpdate ? 'Delete it.' : 'Start it with ###.'}`;
    refuse(position, reason, deeper);
  });
  const label = 'The command adds labels from options such as --next and --component. Delete this line.';
  const { labels } = takeLabels(body.tree.children, body, new Set(), (_, position) => refuse(position, label));
  for (const { position } of labels) refuse(position, label);
  const context = { vocabulary, zone: 'UTC', siteZone: 'UTC', now: 0, frozen: false };
  reportNearMisses(body, refused, context, (rule, position) => {
    const heading = 'This line looks like an update heading, but the command adds that heading itself. Delete it.';
    refuse(position, rule === 'label-nearly' ? label : heading);
  });
}
