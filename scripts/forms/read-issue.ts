import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { CommandContext } from '../lib/context.ts';
import { CommandError } from '../lib/errors.ts';
import type { Answers as Said } from '../authoring/answers.ts';
import { readComponents, tidyMessage, usualNext } from '../authoring/answers.ts';
import { startIn } from '../authoring/facts.ts';
import type { Answers, Field, Filled, FormName } from './forms.ts';
import {
  areaOptions,
  componentOptions,
  FORMER_OPTIONS,
  FORM_NAMES,
  FORMS,
  labelOf,
  NO_PROMISE,
  PUBLISH,
  readChosen,
  SEVERITIES,
  STANDS,
} from './forms.ts';
import { impactOf } from '../../src/core/incident.ts';
import { startOf } from '../../src/core/ledger.ts';
import type { StatusEvent } from '../../src/core/model.ts';
import type { ComponentStatus } from '../../src/core/vocabulary.ts';
import type { FoundContent } from '../lib/content.ts';
import { parseJson, plural } from '../lib/text.ts';

const account = z.object({ login: z.string() });

/** @see https://docs.github.com/en/webhooks/webhook-events-and-payloads#issues */
export const issueEvent = z.object({
  action: z.string(),
  issue: z.object({ number: z.number().int(), body: z.string().nullable(), user: account.nullable() }),
  sender: account,
  /** What an edit changed. */
  changes: z.object({ body: z.unknown() }).partial().optional(),
});
export type IssueEvent = z.output<typeof issueEvent>;

/** @see https://docs.github.com/en/webhooks/webhook-events-and-payloads#workflow_dispatch */
export const manualEvent = z.object({
  inputs: z.record(z.string(), z.unknown()).nullable(),
  repository: z.object({ default_branch: z.string() }),
});

/**
 * Reads the event that started the job from its file, so that untrusted text never gets into a script.
 * @throws {CommandError} if it is another kind of event
 */
export async function readEvent<T>(schema: z.ZodType<T>, env: CommandContext['env']): Promise<T> {
  const path = env['GITHUB_EVENT_PATH'];
  if (!path) throw new CommandError('This command runs only in a GitHub workflow, where GITHUB_EVENT_PATH is set.');
  const text = await readFile(path, 'utf8').catch(() => '');
  const { data } = schema.safeParse(parseJson(text));
  if (data === undefined) throw new CommandError('This job’s event does not come from a form.');
  return data;
}

/** GitHub's texts for an empty field, and for a list without a selection. */
const EMPTY = '_No response_';
const NOT_CHOSEN = 'None';

/** Reads an issue that was submitted with a form. Undefined for other issues. */
export function readIssueBody(body: string): Filled | undefined {
  const lines = body.split(/\r\n?|\n/);
  const first = lines.find((line) => line.trim() !== '') ?? '';
  const form = FORM_NAMES.find((name) => isHeading(first, FORMS[name].fields[0]));
  return form && { form, answers: answersIn(lines, form) };
}

/**
 * The answers below the headings. Up to the message, the first heading of a field counts; after it, the last one. So the
 * message can contain any heading, even those of the form.
 */
function answersIn(lines: readonly string[], form: FormName): Filled['answers'] {
  const { fields } = FORMS[form];
  const long = fields.findIndex(({ kind }) => kind === 'text');
  const places = new Map<Field, number>();
  let from = 0;
  for (const field of fields.slice(0, long + 1)) {
    const at = lines.findIndex((line, index) => index >= from && isHeading(line, field));
    if (at < 0) continue;
    places.set(field, at);
    from = at + 1;
  }
  let to = lines.length;
  for (const field of fields.slice(long + 1).reverse()) {
    const at = lines.findLastIndex((line, index) => index >= from && index < to && isHeading(line, field));
    if (at < 0) continue;
    places.set(field, at);
    to = at;
  }
  const ends = [...places.values(), lines.length].sort((a, b) => a - b);
  const answers: Record<string, string> = {};
  for (const [field, at] of places) {
    const end = ends.find((one) => one > at);
    const text = tidyMessage(lines.slice(at + 1, end).join('\n'));
    const isChosen = field.kind === 'choice' || field.kind === 'components' || field.kind === 'areas';
    const isEmpty = text === '' || text === EMPTY || (isChosen && text === NOT_CHOSEN);
    if (!isEmpty) answers[field.key] = text;
  }
  return answers;
}

function isHeading(line: string, field: Field | undefined): boolean {
  const labels = field ? [field.label, ...(field.formerLabels ?? [])] : [];
  return labels.some((label) => line.trimEnd() === `### ${label}`);
}

export type Stand = keyof typeof STANDS;

/**
 * Reads the form for a new incident.
 * @throws {CommandError} if an answer is missing or invalid
 */
export function readReport({ form, answers }: Filled, found: FoundContent): Said {
  const missing = FORMS[form].fields.filter(({ key, required }) => required && answers[key] === undefined);
  if (missing.length > 0) {
    const names = missing.map(({ label }) => `“${label}”`);
    throw new CommandError(`Missing: ${new Intl.ListFormat('en').format(names)}.`);
  }
  const { title = '', message = '', started, reference, areas } = answers;
  const severity = SEVERITIES[readOption(form, 'severity', answers)] as ComponentStatus;
  const chosen = readChosen(answers['components'] ?? '', componentOptions(found.content, found.now));
  const component = chosen.map((one) => (/[=:]/.test(one) ? one : `${one}=${severity}`));
  const areaList = areaOptions(found.content);
  refuseUnaffected(form, component, found);
  const said: Said = {
    title,
    message,
    component,
    ...(component.length === 0 && { impact: impactOf([severity]) }),
    ...(started !== undefined && { started }),
    ...(areas !== undefined && { area: areaList.length > 0 ? readChosen(areas, areaList) : [areas] }),
    ...(reference !== undefined && { reference }),
  };
  const statuses = Object.values(readComponents(component, found.content));
  const impact = impactOf([severity, ...statuses]);
  return { ...said, ...nextOf(answers, () => usualNext(impact, startIn(said, found), found)) };
}

/** Rejects an incident in which all components are operational. */
function refuseUnaffected(form: Filled['form'], component: readonly string[], { content }: FoundContent): void {
  const statuses = Object.entries(readComponents(component, content));
  if (statuses.length === 0 || statuses.some(([, status]) => status !== 'operational')) return;
  const ids = new Intl.ListFormat('en').format(statuses.map(([id]) => `“${id}”`));
  const [[first] = ['']] = statuses;
  throw new CommandError(
    `“${labelOf(form, 'components')}” says that ${ids} ${plural(statuses.length, 'works', 'work')}. Write “${first}” to use the answer to “${labelOf(form, 'severity')}”, or set a status: “${first}=degraded_performance”.`,
  );
}

/** The id of an event. People also give its address on the page, with or without an anchor, or the path of its file. */
export function readId({ id }: Answers): string | undefined {
  const [place = ''] = id?.split(/[?#]/) ?? [];
  return place.split('/').findLast((part) => part.trim() !== '') ?? id;
}

/** When the next update is promised: the answer, or by the page's update interval. Nothing for `none`. */
export function readNext(answers: Answers, event: StatusEvent, found: FoundContent): { next?: string } {
  return nextOf(answers, () => usualNext(event.impact, startOf(event), found));
}

/** @throws {CommandError} if the status is missing or invalid */
export function readStand({ form, answers }: Filled): Stand {
  const chosen = readOption(form, 'status', answers);
  const [stand] = Object.entries(STANDS).find(([, text]) => text === chosen) ?? [];
  return stand as Stand;
}

/** Whether somebody must review it first. Without this answer, it is published. */
export function wantsReview({ form, answers }: Filled): boolean {
  return answers['review'] !== undefined && readOption(form, 'review', answers) !== PUBLISH.now;
}

function nextOf({ next }: Answers, usual: () => string): { next?: string } {
  if (next === undefined) return { next: usual() };
  return next.toLowerCase() === NO_PROMISE ? {} : { next };
}

/** The selected option. Upper and lower case are the same. */
function readOption(form: Filled['form'], key: string, answers: Answers): string {
  const options = FORMS[form].fields.find((field) => field.key === key)?.options ?? [];
  const written = answers[key];
  const isWritten = (option: string) => option.toLowerCase() === written?.trim().toLowerCase();
  const [, current = ''] = Object.entries(FORMER_OPTIONS).find(([former]) => isWritten(former)) ?? [];
  const chosen = options.find((option) => isWritten(option) || option === current);
  if (chosen !== undefined) return chosen;
  const list = options.map((option) => `“${option}”`).join(', ');
  const asked = `“${labelOf(form, key)}”`;
  if (written === undefined) throw new CommandError(`Missing: ${asked}. The answers are ${list}.`);
  throw new CommandError(`“${written.slice(0, 100)}” is not a valid answer to ${asked}. Choose one of ${list}.`);
}
