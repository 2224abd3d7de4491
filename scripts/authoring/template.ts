import type { Diagnostic } from '../../src/core/diagnostic.ts';
import type { StatusEvent, Template, TemplateBlank } from '../../src/core/model.ts';
import { hasText } from '../../src/reader/files.ts';
import { didYouMean, reporter } from '../../src/reader/rules.ts';
import { headingWord } from '../../src/reader/events/headings.ts';
import { choicesOf } from '../../src/core/groups.ts';
import { fillBlanks, readTemplate } from '../../src/reader/template.ts';
import type { FoundContent } from '../lib/content.ts';
import { placeOf } from '../lib/content.ts';
import { CommandError } from '../lib/errors.ts';
import type { Answers } from './answers.ts';
import { tidyMessage } from './answers.ts';
import { EMPTY, leaveOut } from './leave-out.ts';
import { factsInWords, factsOf } from './facts.ts';

/** The options that make a message from a template. */
export interface TemplateOptions {
  template?: string;
  /** `NAME=TEXT`, for each blank that is to be filled. */
  set?: readonly string[];
}

/**
 * The template with a name.
 * @throws {CommandError} when there is none, or its file has errors
 */
export function findTemplate(name: string, found: FoundContent): Template {
  const { templates } = found.content;
  const written = name.trim().replace(/^.*[\\/]|\.md$/g, '');
  const template = templates.find((one) => one.name === written);
  if (template) return template;
  const path = `templates/${written}.md`;
  const file = found.source.files.find((one) => one.path === path);
  if (!file) {
    const names = templates.map((one) => one.name);
    throw new CommandError(`There is no template ${placeOf(found, path)}.${didYouMean(written, names)}`);
  }
  const wrong: Diagnostic[] = [];
  const report = reporter(path, wrong);
  if (hasText(file, report)) readTemplate(file, written, found.source.publicFiles, report);
  throw new CommandError(`The template “${written}” has errors. Fix them, or write your own message with --message.`, {
    diagnostics: wrong,
  });
}

/**
 * Makes sure that a template can say what a command writes.
 * @param status the only one that the command writes, where there is one
 * @throws {CommandError} when it is for another kind of file, or says another status
 */
function refuseUnlessFitting(
  template: Template,
  kind: StatusEvent['kind'],
  { content }: FoundContent,
  status?: string,
): void {
  if (isFor(template, kind) && (status === undefined || template.status === status)) return;
  const fits = templatesFor(content.templates, kind, status);
  const reason = isFor(template, kind)
    ? `The template “${template.name}” says ${headingWord(template.status)}, but this update is ${headingWord(status ?? '')}.`
    : `The template “${template.name}” is for ${template.for === 'incident' ? 'incidents' : 'maintenance'}.`;
  throw new CommandError(`${reason}${fits.length > 0 ? ` Use ${fits.map(({ name }) => name).join(', ')}.` : ''}`);
}

/** The templates that a person may want for a kind of file and a status; the one that is named after the status comes first. */
export function templatesFor(templates: readonly Template[], kind: StatusEvent['kind'], status?: string): Template[] {
  const fitting = templates.filter(
    (one) => isFor(one, kind) && !isForAlerts(one) && (status === undefined || one.status === status),
  );
  return fitting.sort((a, b) => Number(b.name === status) - Number(a.name === status));
}

/** Whether a template speaks for monitoring, as `alert` and `alert-over` do; a person has other words. */
function isForAlerts({ name }: Template): boolean {
  return /^alert(-|$)/.test(name);
}

/** Whether a template can be used in the files of a kind. */
export function isFor(template: Template, kind: StatusEvent['kind']): boolean {
  return template.for === kind || template.for === 'both';
}

/**
 * What was said for the blanks of a template, by their names.
 * @throws {CommandError} when something was said for a blank that it does not have
 */
function readSets(set: readonly string[], template: Template | undefined): Map<string, string> {
  const values = new Map<string, string>();
  if (set.length > 0 && !template) {
    throw new CommandError('--set fills the blanks of a template. Choose one with --template.');
  }
  for (const pair of set) {
    const [, name = '', text] = /^([^=]*)(?:=(.*))?$/s.exec(pair) ?? [];
    const names = template?.blanks.map((blank) => blank.name) ?? [];
    if (!names.includes(name.trim())) {
      const known = names.length > 0 ? didYouMean(name.trim(), names) : ' It has none.';
      throw new CommandError(`The template “${template?.name}” has no blank “${name.trim()}”.${known}`);
    }
    if (text === undefined) throw new CommandError(`--set ${pair} has no text. Write --set ${pair}=TEXT.`);
    if (values.has(name.trim())) throw new CommandError(`The blank “${name.trim()}” is set twice.`);
    values.set(name.trim(), readValue(text));
  }
  return values;
}

/** What fills a blank, as it comes into the text. */
export function readValue(text: string): string {
  return tidyMessage(text).trim();
}

/** Where the words of an update come from when nobody wrote them out. */
export interface Words {
  kind: StatusEvent['kind'];
  found: FoundContent;
  /** The event that gets an update; nothing for a new file. */
  event: StatusEvent | undefined;
  /** The template that was named. */
  template: Template | undefined;
  /** What was said for its blanks. */
  set: ReadonlyMap<string, string>;
}

/**
 * Where the words come from by the options.
 * @param status the only one that the command writes, where there is one
 * @throws {CommandError} when the template does not fit, or has no such blanks
 */
export function readWords(
  { template: name, set = [] }: TemplateOptions,
  { kind, found, event }: Pick<Words, 'kind' | 'found' | 'event'>,
  status?: string,
): Words {
  const template = name === undefined ? undefined : findTemplate(name, found);
  if (template) refuseUnlessFitting(template, kind, found, status);
  return { kind, found, event, template, set: readSets(set, template) };
}

/** What the blanks of a template say as far as that is known, by their names. What was said goes before what is known. */
export function valuesOf({ kind, found, event, set }: Words, answers: Answers): Map<string, string> {
  return new Map([...factsInWords(factsOf(answers, kind, found, event), found), ...set]);
}

/** What a blank usually says while an event has the status that it has. */
export function usualOf({ usual }: TemplateBlank, { kind, found, event }: Words, answers: Answers): string | undefined {
  return usual[factsOf(answers, kind, found, event).status ?? ''];
}

/**
 * The message that the named template gives, if every blank of it can be filled.
 * @param takesUsual whether a blank for which nothing was said may say what it usually does
 */
export function messageOf(words: Words, answers: Answers, takesUsual: boolean): { message?: string } {
  const { template } = words;
  if (!template) return {};
  const values = valuesOf(words, answers);
  for (const blank of takesUsual ? template.blanks : []) {
    const usual = usualOf(blank, words, answers);
    if (usual !== undefined && !values.has(blank.name)) values.set(blank.name, usual);
  }
  if (missingBlanks(template, values).length > 0) return {};
  const message = fill(template, values, words.found);
  if (message !== '') return { message };
  throw new CommandError(`Each sentence of the template “${template.name}” has an empty blank. Fill at least one.`);
}

/** A template's text with its blanks filled, and without the sentences whose blanks are empty. */
export function fill({ body }: Template, values: ReadonlyMap<string, string>, { content }: FoundContent): string {
  const marked = new Map([...values].map(([name, text]) => [name, text === '' ? EMPTY : text]));
  return tidyMessage(leaveOut(fillBlanks(body, marked), content.site.locale));
}

/** A component for examples. */
export function anyComponent({ content, now }: FoundContent): string {
  return (
    choicesOf(content.tree, now)
      .find(({ isGroup }) => !isGroup)
      ?.names.at(-1) ?? content.site.name
  );
}

/** The example for a blank, about what is affected. */
export function exampleOf({ example }: TemplateBlank, words: Words, answers: Answers): string | undefined {
  const { found } = words;
  const known = new Map([['components', anyComponent(found)], ...valuesOf(words, answers)]);
  return example && fillBlanks(example, known);
}

/** The blanks of a template for which there is no value. */
export function missingBlanks({ blanks }: Template, values: ReadonlyMap<string, string>): TemplateBlank[] {
  return blanks.filter(({ name }) => !values.has(name));
}

/** How to say on the command line what the message lacks. */
export function howToSay(words: Words, answers: Answers): string {
  const { template } = words;
  if (!template) return '--message';
  const missing = missingBlanks(template, valuesOf(words, answers));
  const sayings = missing
    .filter((blank) => usualOf(blank, words, answers) === undefined)
    .map(({ name, question }) => `--set ${name}=TEXT${question === undefined ? '' : ` (${question})`}`);
  return new Intl.ListFormat('en').format(sayings);
}
