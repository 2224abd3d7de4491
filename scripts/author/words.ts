import type { StatusEvent, Template, TemplateBlank } from '../../src/core/model.ts';
import { fillBlanks } from '../../src/reader/blanks.ts';
import { AuthorError } from './author-error.ts';
import type { FoundContent } from './content.ts';
import type { UpdateAnswers } from './draft.ts';
import type { Facts } from './facts.ts';
import { factsInWords } from './facts.ts';
import { tidyMessage } from './message.ts';
import type { TemplateOptions } from './template.ts';
import { findTemplate, readSets, refuseUnlessFitting } from './template.ts';

/** Where the words of an update come from when nobody wrote them out. */
export interface Words<Answers = UpdateAnswers> {
  kind: StatusEvent['kind'];
  found: FoundContent;
  /** The template that was named. */
  template: Template | undefined;
  /** What was said for its blanks. */
  set: ReadonlyMap<string, string>;
  /** What is known once so much is answered. */
  facts: (answers: Partial<Answers>) => Facts;
}

/**
 * Where the words come from by the options.
 * @param status the only one that the command writes, where there is one
 * @throws {AuthorError} when the template does not fit, or has no such blanks
 */
export function readWords<Answers>(
  { template: name, set = [] }: TemplateOptions,
  kind: StatusEvent['kind'],
  found: FoundContent,
  facts: Words<Answers>['facts'],
  status?: string,
): Words<Answers> {
  const template = name === undefined ? undefined : findTemplate(name, found);
  if (template) refuseUnlessFitting(template, kind, found, status);
  return { kind, found, template, set: readSets(set, template), facts };
}

/** What the blanks of a template say as far as that is known, by their names. What was said goes before what is known. */
export function valuesOf<Answers>(words: Words<Answers>, answers: Partial<Answers>): Map<string, string> {
  return new Map([...factsInWords(words.facts(answers), words.found), ...words.set]);
}

/** What a blank usually says while an event has the status that it has. */
export function usualOf<Answers>(
  { usual }: TemplateBlank,
  words: Words<Answers>,
  answers: Partial<Answers>,
): string | undefined {
  return usual[words.facts(answers).status ?? ''];
}

/**
 * The message that the named template gives, if every blank of it can be filled.
 * @param takesUsual whether a blank for which nothing was said may say what it usually does
 */
export function messageOf<Answers>(
  words: Words<Answers>,
  answers: Partial<Answers>,
  takesUsual: boolean,
): { message?: string } {
  const { template } = words;
  if (!template) return {};
  const values = valuesOf(words, answers);
  for (const blank of takesUsual ? template.blanks : []) {
    const usual = usualOf(blank, words, answers);
    if (usual !== undefined && !values.has(blank.name)) values.set(blank.name, usual);
  }
  if (missingBlanks(template, values).length > 0) return {};
  return { message: fill(template, values) };
}

/** A template's text with its blanks filled. */
export function fill({ body }: Template, values: ReadonlyMap<string, string>): string {
  return tidyMessage(fillBlanks(body, values));
}

/** The blanks of a template for which there is no value. */
export function missingBlanks({ blanks }: Template, values: ReadonlyMap<string, string>): TemplateBlank[] {
  return blanks.filter(({ name }) => !values.has(name));
}

/** How to say on the command line what the message lacks. */
export function howToSay<Answers>(words: Words<Answers>, answers: Partial<Answers>): string {
  const { template } = words;
  if (!template) return '--message';
  const missing = missingBlanks(template, valuesOf(words, answers));
  const sayings = missing
    .filter((blank) => usualOf(blank, words, answers) === undefined)
    .map(({ name, question }) => `--set ${name}=TEXT${question === undefined ? '' : ` (${question})`}`);
  return new Intl.ListFormat('en').format(sayings);
}

/**
 * Makes sure that a template says all that it has to.
 * @throws {AuthorError} that lists what is missing
 */
export function refuseHoles<Answers>(words: Words<Answers>, answers: Partial<Answers> & { message?: string }): void {
  if (answers.message !== undefined) return;
  throw new AuthorError(`Still needed: ${howToSay(words, answers)}.`);
}
