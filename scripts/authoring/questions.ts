import { isRetired, startOf } from '../../src/core/ledger.ts';
import { impactOf, incidentState } from '../../src/core/incident.ts';
import type { StatusEvent, Template } from '../../src/core/model.ts';
import { postmortemWithin, rhythmOf } from '../../src/core/promises.ts';
import type { ComponentStatus } from '../../src/core/vocabulary.ts';
import { COMPONENT_STATUSES, INCIDENT_WORDS, MAINTENANCE_WORDS } from '../../src/core/vocabulary.ts';
import { headingWord, VOCABULARIES, wordOf } from '../../src/reader/events/headings.ts';
import { AuthorError } from '../lib/errors.ts';
import type { FoundContent } from '../lib/content.ts';
import type { ChangeAnswers, IncidentAnswers, MaintenanceAnswers, UpdateAnswers } from './draft.ts';
import { readWindow, writeDuration } from './draft.ts';
import { tidyMessage } from './post.ts';
import type { SiteAnswers } from './new-site.ts';
import { namesFrom } from './new-site.ts';
import { readComponents, readLine, readTimeOption } from './options.ts';
import { askLine, askOne, askSome, askText, askWhether, isTerminal } from './prompts.ts';
import { fill, missingBlanks, readValue, templatesFor, usualOf, valuesOf } from './template.ts';
import { minuteOf } from '../../src/core/human-time.ts';
import type { Words } from './template.ts';

/** Refuses answers that the page would not take, by throwing. */
type Check<Answers> = (answers: Answers) => unknown;

/** What a component can have when something goes wrong. */
const FAILING = COMPONENT_STATUSES.filter((status) => status !== 'operational' && status !== 'under_maintenance');

/** Stands in for the message while what comes before it is checked. */
const SAMPLE = 'Text.';

/** Asks for everything about an incident that was not said yet. */
export async function askIncident(
  given: Partial<IncidentAnswers>,
  words: Words<IncidentAnswers>,
  check: Check<IncidentAnswers>,
): Promise<IncidentAnswers> {
  const { found } = words;
  const title =
    given.title ??
    (await askTitle('What can customers not do, and which of them?', 'Some customers in Europe cannot pay'));
  const component = given.component?.length
    ? given.component
    : await askAffected(() => askStatuses('Which components are affected?', found, FAILING));
  const sayable = { ...given, title, component, message: SAMPLE };
  const started = given.started ?? (await askPast('Since when?', (answer) => check({ ...sayable, started: answer })));
  const known = { ...given, title, component, started };
  const status = given.status ?? 'investigating';
  const message = given.message ?? (await askWords(known, status, words, (text) => check({ ...known, message: text })));
  if (given.next !== undefined || isClosing(given.status)) return { ...known, message };
  const impact = given.impact ?? impactOf(Object.values(readComponents(component, found.content.components)));
  const at = minuteOf(found.now);
  const begun = readTimeOption(started, '--started', {
    now: at,
    direction: 'before',
    zone: found.content.site.time_zone,
  });
  const length = rhythmOf(impact, begun, at, found.content.site.promises);
  return { ...known, message, next: await askNext(length, (next) => check({ ...known, message, next })) };
}

/** Asks for everything about an update that was not said yet. */
export async function askUpdate(
  given: Partial<UpdateAnswers>,
  event: StatusEvent,
  words: Words,
  check: Check<UpdateAnswers>,
): Promise<UpdateAnswers> {
  const { found } = words;
  const status = given.status ?? (await askStatus(event));
  const closing = isClosing(status);
  const asksComponents = !closing && status !== 'postmortem' && !given.component?.length;
  const component = asksComponents
    ? await askStatuses('Which components change? (Enter for none)', found)
    : given.component;
  const known = { ...given, status, ...(component && { component }) };
  const message = given.message ?? (await askWords(known, status, words, (text) => check({ ...known, message: text })));
  if (given.next !== undefined || closing || status === 'postmortem') return { ...known, message };
  const length = rhythmOf(event.impact, startOf(event), minuteOf(found.now), found.content.site.promises);
  return { ...known, message, next: await askNext(length, (next) => check({ ...known, message, next })) };
}

/** Asks for everything about the end of an event that was not said yet. */
export async function askEnd(
  given: Partial<UpdateAnswers>,
  event: StatusEvent,
  words: Words,
  check: Check<UpdateAnswers>,
): Promise<UpdateAnswers> {
  const known = { ...given };
  if (event.kind === 'incident') {
    const ends = (ended: string) => check({ ...given, message: SAMPLE, ended });
    known.ended ??= await askPast('Since when does it work again?', ends);
  }
  const status = given.status ?? '';
  const message = given.message ?? (await askWords(known, status, words, (text) => check({ ...known, message: text })));
  const { postmortems } = words.found.content.site;
  const open = event.kind === 'incident' && event.impact !== 'none' && postmortemWithin(event, postmortems) === null;
  if (!open || given.postmortem !== undefined || !(await askWhether('Promise customers a postmortem?', false))) {
    return { ...known, message };
  }
  const promises = (postmortem: string) => check({ ...known, message, postmortem });
  const hints = { fallback: '3d', example: '3d, tomorrow 17:00' };
  return { ...known, message, postmortem: await askLine('By when will you publish it?', promises, hints) };
}

/** Asks for everything about a maintenance that was not said yet. */
export async function askMaintenance(
  given: Partial<MaintenanceAnswers>,
  words: Words<MaintenanceAnswers>,
  check: Check<MaintenanceAnswers>,
): Promise<MaintenanceAnswers> {
  const { found } = words;
  const title = given.title ?? (await askTitle('What is done?', 'A new version of the orders database'));
  const component = given.component?.length
    ? given.component
    : await askAffected(() => askSome('Which components are affected?', choices(found)));
  const begins = (answer: string) => readWindow({ scheduled: answer, for: '1h' }, found);
  const scheduled = given.scheduled ?? (await askLine('When does it begin?', begins, { example: 'tomorrow 02:00' }));
  const window = { ...given, scheduled };
  if (given.until === undefined && given.for === undefined) {
    const ends = (until: string) => check({ ...given, title, component, scheduled, until, message: SAMPLE });
    window.until = await askLine('When does it end?', ends, { example: '2h, or 04:00' });
  }
  const known = { ...window, title, component };
  const checks = (text: string) => check({ ...known, message: text });
  const message = given.message ?? (await askWords(known, 'scheduled', words, checks));
  return { ...known, message };
}

/** Asks for what is still missing to move or cancel a maintenance. */
export async function askChange(
  given: Partial<ChangeAnswers> & { status: string; move?: boolean },
  words: Words<ChangeAnswers>,
  check: Check<ChangeAnswers>,
): Promise<ChangeAnswers> {
  const known = { ...given };
  const byException = given.message === '';
  if (given.move) {
    const begins = (answer: string) => readWindow({ scheduled: answer, for: '1h' }, words.found);
    known.scheduled ??= await askLine('When will it start now?', begins, { example: 'tomorrow 02:00' });
    if (!byException && known.until === undefined && known.for === undefined) {
      const ends = (until: string) => check({ ...known, until, message: SAMPLE });
      known.until = await askLine('When does it end?', ends, { example: '2h, or 04:00' });
    }
  }
  const message =
    given.message ?? (await askWords(known, given.status, words, (text) => check({ ...known, message: text })));
  return { ...known, message };
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
  const url = given.url ?? (await askLine('Where will the page be?', address, { example: sample.url }));
  const zone = (answer: string) => check({ ...sample, timeZone: answer });
  const fallback = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const timeZone = given.timeZone ?? (await askLine('Which time zone are its days in?', zone, { fallback }));
  if (given.component?.length) return { name, url, timeZone, component: given.component };
  const question = 'What do customers use? (commas between; “Shop: Checkout” puts it into a group)';
  const parts = (answer: string) => check({ ...sample, component: namesFrom(answer) });
  const component = namesFrom(await askLine(question, parts, { example: 'Website, Shop: Checkout, Shop: Search' }));
  return { name, url, timeZone, component };
}

/** Asks which of several open events is meant; the first is the likeliest. */
export async function askEvent(events: readonly StatusEvent[]): Promise<StatusEvent | undefined> {
  const options = events.map(({ id, title }) => ({ value: id, label: title, hint: id }));
  const id = await askOne('Which one is it about?', options);
  return events.find((event) => event.id === id);
}

function askTitle(question: string, example: string): Promise<string> {
  return askLine(question, (text) => readLine(text, 'title'), { example });
}

/** Asks for the message, which may begin with the words of a template that fits the status. */
async function askWords<Answers>(
  known: Partial<Answers>,
  status: string,
  words: Words<Answers>,
  check: (message: string) => unknown,
): Promise<string> {
  const word = wordOf(status.replaceAll(/[_-]/g, ' '), VOCABULARIES[words.kind]);
  const template = words.template ?? (await askTemplate(templatesFor(words.found.content.templates, words.kind, word)));
  const initial = template && (await askBlanks(template, known, words));
  const answer = await askText(
    'What do you tell customers?',
    (text) => {
      const message = tidyMessage(text);
      if (message === '') throw new AuthorError('Say what customers notice, and what is being done.');
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
  const own = { value: '', label: 'Words of your own' };
  const name = await askOne('Which words do you begin with?', [...offered, own]);
  return fitting.find((template) => template.name === name);
}

/** Asks for each blank that nothing is known of, and fills all of them. */
async function askBlanks<Answers>(template: Template, known: Partial<Answers>, words: Words<Answers>): Promise<string> {
  const values = valuesOf(words, known);
  for (const blank of missingBlanks(template, values)) {
    const { name, question = `What is “${name}”?`, example } = blank;
    const initial = usualOf(blank, words, known);
    const answer = await askLine(question, (text) => readValue(text, name), {
      ...(initial !== undefined && { initial }),
      ...(example !== undefined && { example }),
    });
    values.set(name, readValue(answer, name));
  }
  return fill(template, values);
}

function askPast(question: string, check: (answer: string) => unknown): Promise<string> {
  return askLine(question, check, { fallback: 'now', example: '20 minutes ago, 14:30' });
}

/** An empty answer promises nothing. */
async function askNext(length: number, check: (answer: string) => unknown): Promise<string> {
  const meant = (answer: string) => (answer.trim().toLowerCase() === 'none' ? '' : answer);
  const hints = { fallback: writeDuration(length), example: '14:30, or none for no promise' };
  return meant(await askLine('When will you speak again?', (answer) => check(meant(answer)), hints));
}

/** Makes sure that nobody says by accident that no component is affected. */
async function askAffected(ask: () => Promise<string[]>): Promise<string[]> {
  for (;;) {
    const chosen = await ask();
    if (chosen.length > 0 || (await askWhether('Is no component affected?', false))) return chosen;
  }
}

/** Pairs of a component and its status. */
async function askStatuses(
  question: string,
  found: FoundContent,
  statuses: readonly ComponentStatus[] = COMPONENT_STATUSES,
): Promise<string[]> {
  const ids = await askSome(question, choices(found));
  const pairs: string[] = [];
  for (const id of ids) {
    const name = found.content.components.get(id)?.name ?? id;
    pairs.push(`${id}=${await askOne<ComponentStatus>(name, statusChoices(statuses), 'partial_outage')}`);
  }
  return pairs;
}

function statusChoices(statuses: readonly ComponentStatus[]) {
  return statuses.map((value) => ({ value, label: headingWord(value) }));
}

function choices({ content, now }: FoundContent) {
  return [...content.components.values()]
    .filter((component) => !isRetired(component, now))
    .map(({ id, name }) => ({ value: id, label: name, hint: id }));
}

function askStatus(event: StatusEvent): Promise<string> {
  const words: readonly string[] = event.kind === 'incident' ? INCIDENT_WORDS : MAINTENANCE_WORDS;
  const isOpen = event.kind === 'incident' && incidentState(event).open;
  const fitting = words.filter((word) => word !== 'update' && !(isOpen && word === 'postmortem'));
  const options = ['update', ...fitting];
  const label = (word: string) => (word === 'update' ? 'Update, the status stays as it is' : headingWord(word));
  return askOne(
    'What is its status now?',
    options.map((value) => ({ value, label: label(value) })),
  );
}

/** After these nothing is left to promise. */
function isClosing(status: string | undefined): boolean {
  return /^(resolved|completed|cancelled)$/i.test(status?.trim() ?? '');
}

/**
 * What was given, if nothing needed is missing; else it is asked for.
 * @param needed what has to be there, and how to say it on the command line
 * @throws {AuthorError} when something is missing and there is nobody to ask
 */
export async function complete<Answers extends object>(
  given: Partial<Answers>,
  needed: Readonly<Partial<Record<keyof Answers, string>>>,
  { json }: { json?: boolean },
  ask: () => Promise<Answers>,
): Promise<Answers> {
  const missing = Object.entries(needed).filter(([key]) => given[key as keyof Answers] === undefined);
  if (missing.length === 0) return given as Answers;
  if (!json && isTerminal()) return ask();
  const list = new Intl.ListFormat('en').format(missing.map(([, how]) => String(how)));
  throw new AuthorError(`Still needed: ${list}. On a terminal they are asked for.`);
}
