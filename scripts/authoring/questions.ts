import { impactOf, incidentState } from '../../src/core/incident.ts';
import { areasOf } from '../../src/core/areas.ts';
import { choicesOf } from '../../src/core/groups.ts';
import { startOf } from '../../src/core/ledger.ts';
import type { StatusEvent, Template } from '../../src/core/model.ts';
import { postmortemWithin } from '../../src/core/promises.ts';
import type { ComponentStatus } from '../../src/core/vocabulary.ts';
import { COMPONENT_STATUSES, isClosing } from '../../src/core/vocabulary.ts';
import { headingWord, VOCABULARIES, wordOf } from '../../src/reader/events/headings.ts';
import type { FoundContent } from '../lib/content.ts';
import { CommandError } from '../lib/errors.ts';
import type { Answers } from './answers.ts';
import { readComponents, readLine, readWindow, tidyMessage, usualNext } from './answers.ts';
import { startIn } from './facts.ts';
import { askLine, askOne, askSome, askText, askWhether } from './prompts.ts';
import type { Words } from './template.ts';
import {
  anyComponent,
  exampleOf,
  fill,
  missingBlanks,
  readValue,
  templatesFor,
  usualOf,
  valuesOf,
} from './template.ts';

/** What is asked about, and what refuses an answer that the page would not take, by throwing. */
interface Interview {
  words: Words;
  check: (answers: Answers) => unknown;
}

/** One thing that is asked for, given what is known; nothing when it does not have to be said. */
type Ask<Answer> = (known: Answers, interview: Interview) => Promise<Answer | undefined>;

/** What a command may ask for. */
export type Question = keyof typeof QUESTIONS;

const QUESTIONS = {
  title: (_, { words: { kind, found } }) =>
    kind === 'incident'
      ? askTitle('What’s not working, and for which customers?', `Some customers cannot use ${anyComponent(found)}`)
      : askTitle('What will you do?', `A new version of ${anyComponent(found)}`),
  status: (_, { words }) => askStatus(words),
  component: async ({ status }, { words: { kind, event, found } }) => {
    if (!event) {
      return kind === 'incident'
        ? askAffected(() => askStatuses('Which components are affected?', found, FAILING))
        : askAffected(() => askSome('Which components are affected?', choices(found)));
    }
    return isLast(status) ? undefined : askStatuses('Which components change? (Enter for none)', found);
  },
  area: async (_, { words: { found } }) => {
    const areas = areasOf(found.content.site).map(({ id, name }) => ({ value: id, label: name, hint: id }));
    return areas.length > 0 ? askSome('Which areas are affected? (Enter for all)', areas) : undefined;
  },
  started: (known, { check }) => askPast('Since when?', (started) => check({ ...known, started })),
  ended: async (known, { words, check }) =>
    words.kind === 'incident'
      ? askPast('Since when has it been working again?', (ended) => check({ ...known, ended }))
      : undefined,
  scheduled: (_, { words: { event, found } }) =>
    askLine(
      event ? 'What is the new start time?' : 'When does it start?',
      (scheduled) => readWindow({ scheduled, for: '1h' }, found),
      { example: 'tomorrow 02:00' },
    ),
  until: async (known, { check }) =>
    known.for === undefined
      ? askLine('When does it end?', (until) => check({ ...known, until }), { example: '2h, or 04:00' })
      : undefined,
  message: (known, { words, check }) => askWords(known, words, (message) => check({ ...known, message })),
  next: async (known, { words, check }) =>
    isLast(known.status) ? undefined : askNext(usualIn(known, words), (next) => check({ ...known, next })),
  postmortem: async (known, { words: { event, found }, check }) => {
    const isOpen = event?.kind === 'incident' && event.impact !== 'none';
    if (!isOpen || postmortemWithin(event, found.content.site.postmortems) !== null) return undefined;
    if (!(await askWhether('Promise customers a postmortem?', false))) return undefined;
    const hints = { fallback: '3d', example: '3d, tomorrow 17:00' };
    return askLine('When will you publish it?', (postmortem) => check({ ...known, postmortem }), hints);
  },
} as const satisfies { readonly [Key in keyof Answers]?: Ask<NonNullable<Answers[Key]>> };

/** Stands in for the message while what comes before it is checked. */
const SAMPLE = 'Text.';

/** Asks for everything that was not said yet, in the order of the questions. */
export async function askAll(
  given: Answers,
  questions: readonly Question[],
  { words, check }: Interview,
): Promise<Answers> {
  const interview: Interview = { words, check: (answers) => check({ message: SAMPLE, ...answers }) };
  let known = given;
  for (const key of questions) {
    const isSaid = key === 'component' || key === 'area' ? known[key]?.length : known[key] !== undefined;
    const answer = isSaid ? undefined : await QUESTIONS[key](known, interview);
    if (answer !== undefined) known = { ...known, [key]: answer };
  }
  return known;
}

/**
 * What was given, if nothing needed is missing; else it is asked for.
 * @param needed what has to be there, and how to say it on the command line
 * @param ask nothing when there is nobody to ask
 * @throws {CommandError} when something is missing and there is nobody to ask
 */
export async function complete<Given extends object>(
  given: Partial<Given>,
  needed: Readonly<Partial<Record<keyof Given, string>>>,
  ask: (() => Promise<Given>) | undefined,
): Promise<Given> {
  const missing = Object.entries(needed).filter(([key]) => given[key as keyof Given] === undefined);
  if (missing.length === 0) return given as Given;
  if (ask) return ask();
  const list = new Intl.ListFormat('en').format(missing.map(([, how]) => String(how)));
  throw new CommandError(`Missing: ${list}. Add that, or run this in a terminal to be asked.`);
}

/** Asks for everything about a new page that was not said yet. */
export async function askSite(
  given: Partial<SiteAnswers>,
  check: (answers: SiteAnswers) => unknown,
): Promise<SiteAnswers> {
  const sample = { name: 'Acme', url: 'https://status.acme.example', component: ['Website'], ...given };
  const name =
    given.name ?? (await askLine('What is your company called?', (answer) => check({ ...sample, name: answer })));
  const address = (answer: string) => check({ ...sample, url: answer });
  const url = given.url ?? (await askLine('What is the URL of the page?', address, { example: sample.url }));
  const zone = (answer: string) => check({ ...sample, timeZone: answer });
  const fallback = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const timeZone = given.timeZone ?? (await askLine('Which time zone should the page use?', zone, { fallback }));
  if (given.component?.length) return { name, url, timeZone, component: given.component };
  const question = 'What do customers use? (separated by commas; “Shop: Checkout” puts it in a group)';
  const parts = (answer: string) => check({ ...sample, component: namesFrom(answer) });
  const component = namesFrom(await askLine(question, parts, { example: 'Website, Shop: Checkout, Shop: Search' }));
  return { name, url, timeZone, component };
}

/** Asks which of several open events is meant; the first is the likeliest. */
export async function askEvent(events: readonly StatusEvent[]): Promise<StatusEvent | undefined> {
  const options = events.map(({ id, title }) => ({ value: id, label: title, hint: id }));
  const id = await askOne('Which one is this about?', options);
  return events.find((event) => event.id === id);
}

function askTitle(question: string, example: string): Promise<string> {
  return askLine(question, (text) => readLine(text, 'title'), { example });
}

/** Asks for the message, which may begin with the words of a template that fits the status. */
async function askWords(known: Answers, words: Words, check: (message: string) => unknown): Promise<string> {
  const { kind, found } = words;
  const word = wordOf((known.status ?? 'investigating').replaceAll(/[_-]/g, ' '), VOCABULARIES[kind]);
  const template = words.template ?? (await askTemplate(templatesFor(found.content.templates, kind, word)));
  const initial = template && (await askBlanks(template, known, words));
  const answer = await askText(
    'What do you want to tell customers?',
    (text) => {
      const message = tidyMessage(text);
      if (message === '') throw new CommandError('Write what customers notice and what you are doing.');
      check(message);
    },
    initial,
  );
  return tidyMessage(answer);
}

/** Asks which template to begin with; nothing when there are none or none is wanted. */
async function askTemplate(fitting: readonly Template[]): Promise<Template | undefined> {
  if (fitting.length === 0) return undefined;
  const offered = fitting.map(({ name, title = name }) => ({ value: name, label: title, hint: name }));
  const own = { value: '', label: 'Write your own' };
  const name = await askOne('Which template do you want to start with?', [...offered, own]);
  return fitting.find((template) => template.name === name);
}

/** Asks for each blank that nothing is known of, and fills all of them. One that stays empty is left out with its sentence. */
async function askBlanks(template: Template, known: Answers, words: Words): Promise<string> {
  const values = valuesOf(words, known);
  for (const blank of missingBlanks(template, values)) {
    const { name, question = `What is “${name}”?` } = blank;
    const initial = usualOf(blank, words, known);
    const example = exampleOf(blank, words, known);
    const answer = await askLine(`${question} (leave it empty to leave out the sentence)`, () => undefined, {
      ...(initial !== undefined && { initial }),
      ...(example !== undefined && { example }),
    });
    values.set(name, readValue(answer));
  }
  return fill(template, values, words.found);
}

function askPast(question: string, check: (answer: string) => unknown): Promise<string> {
  return askLine(question, check, { fallback: 'now', example: '20 minutes ago, 14:30' });
}

/** An empty answer promises nothing. */
async function askNext(fallback: string, check: (answer: string) => unknown): Promise<string> {
  const meant = (answer: string) => (answer.trim().toLowerCase() === 'none' ? '' : answer);
  const hints = { fallback, example: '14:30, or none' };
  return meant(await askLine('When will you post the next update?', (answer) => check(meant(answer)), hints));
}

/** When the next update of an event usually comes; of a new incident by what is known of it. */
function usualIn(known: Answers, { event, found }: Words): string {
  if (event) return usualNext(event.impact, startOf(event), found);
  const statuses = Object.values(readComponents(known.component ?? [], found.content));
  return usualNext(known.impact ?? impactOf(statuses), startIn(known, found), found);
}

/** Makes sure that nobody says by accident that no component is affected. */
async function askAffected(ask: () => Promise<string[]>): Promise<string[]> {
  for (;;) {
    const chosen = await ask();
    if (chosen.length > 0 || (await askWhether('Publish without an affected component?', false))) return chosen;
  }
}

/** What a component can have when something goes wrong. */
const FAILING = COMPONENT_STATUSES.filter((status) => status !== 'operational' && status !== 'under_maintenance');

/** Pairs of a component and its status. */
async function askStatuses(
  question: string,
  found: FoundContent,
  statuses: readonly ComponentStatus[] = COMPONENT_STATUSES,
): Promise<string[]> {
  const options = statuses.map((value) => ({ value, label: headingWord(value) }));
  const pairs: string[] = [];
  const offered = choices(found);
  for (const id of await askSome(question, offered)) {
    const name = offered.find(({ value }) => value === id)?.label ?? id;
    pairs.push(`${id}=${await askOne<ComponentStatus>(name, options, 'partial_outage')}`);
  }
  return pairs;
}

/** What can be affected. */
function choices({ content, now }: FoundContent) {
  return choicesOf(content.tree, now).map(({ id, names, isGroup }) => {
    const name = names.at(-1);
    return {
      value: id,
      label: isGroup ? (name === undefined ? 'Everything' : `All of ${name}`) : (name ?? id),
      hint: id,
    };
  });
}

function askStatus({ kind, event }: Words): Promise<string> {
  const isOpen = event?.kind === 'incident' && incidentState(event).open;
  const fitting = VOCABULARIES[kind].filter((word) => word !== 'update' && !(isOpen && word === 'postmortem'));
  const options = [
    { value: 'update', label: 'Update (keep the status)' },
    ...fitting.map((value) => ({ value, label: headingWord(value) })),
  ];
  return askOne<string>('What is the status now?', options);
}

/** After these nothing changes any more, and nothing is left to promise. */
function isLast(status: string | undefined): boolean {
  const word = status?.trim().toLowerCase() ?? '';
  return word === 'postmortem' || isClosing(word);
}

/** Who a new page belongs to, as it was typed. */
export interface SiteAnswers {
  name: string;
  url: string;
  timeZone?: string;
  /** `Website`, or `Shop: Checkout` for one in a group. */
  component: readonly string[];
}

/** Names from one line, separated by commas. */
function namesFrom(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
