import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { CommandContext } from '../lib/context.ts';
import { CommandError } from '../lib/errors.ts';
import type { Answers as Said } from '../authoring/answers.ts';
import { readComponents, tidyMessage, usualNext, writeDuration } from '../authoring/answers.ts';
import { startIn } from '../authoring/facts.ts';
import type { Answers, Field, Filled, FormName } from './forms.ts';
import {
  areaOptions,
  BY_STATUS,
  CHANGES,
  componentOptions,
  FORMER_OPTIONS,
  FORM_NAMES,
  FORMS,
  labelOf,
  leadingFields,
  NO_PROMISE,
  optionsOf,
  PUBLISH,
  readChosen,
  SEVERITIES,
  STANDS,
} from './forms.ts';
import { impactOf } from '../../src/core/incident.ts';
import { startOf } from '../../src/core/ledger.ts';
import type { Maintenance, StatusEvent } from '../../src/core/model.ts';
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
  const form = FORM_NAMES.find((name) => leadingFields(FORMS[name]).some((field) => isHeading(first, field)));
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
  const message = lines.findIndex((line) => fields.slice(long, long + 1).some((field) => isHeading(line, field)));
  let from = 0;
  for (const field of fields.slice(0, long + 1)) {
    const at = lines.findIndex(
      (line, index) => index >= from && (message < 0 || index <= message) && isHeading(line, field),
    );
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
    const isWritten = field.kind === 'line' || field.kind === 'text';
    const isEmpty = text === '' || text === EMPTY || (!isWritten && text === NOT_CHOSEN);
    if (!isEmpty) answers[field.key] = text;
  }
  return answers;
}

function isHeading(line: string, { label, formerLabels = [] }: Field): boolean {
  return [label, ...formerLabels].some((one) => line.trimEnd() === `### ${one}`);
}

export type Stand = keyof typeof STANDS;

/** @throws {CommandError} if an answer is missing that every form of this kind asks for */
export function refuseGaps({ form, answers }: Filled): void {
  const gaps = FORMS[form].fields.filter(({ key, required, only }) => required && !only && answers[key] === undefined);
  if (gaps.length > 0) throw missing(gaps.map(({ label }) => label));
}

export function missing(labels: readonly string[]): CommandError {
  return new CommandError(`Missing: ${new Intl.ListFormat('en').format(labels.map((label) => `“${label}”`))}.`);
}

/**
 * Reads the form for a new incident.
 * @throws {CommandError} if an answer is missing or invalid
 */
export function readReport(filled: Filled, found: FoundContent): Said {
  const { form, answers } = filled;
  const { title = '', message = '' } = answers;
  const byStatus = STATUSES.filter((status) => answers[status] !== undefined);
  // Forms from before, and the workflow, ask for one severity.
  const isOne = byStatus.length === 0;
  if (isOne && answers['severity'] === undefined && answers['components'] === undefined) {
    const asked = FORMS[form].fields.filter(({ kind }) => kind === 'affected').map(({ label }) => `“${label}”`);
    const list = new Intl.ListFormat('en', { type: 'disjunction' }).format(asked);
    throw new CommandError(`Choose what is affected, under ${list}.`);
  }
  const severities = isOne ? [SEVERITIES[readOption(form, 'severity', answers)] as ComponentStatus] : byStatus;
  const chosen = isOne ? readChosen(answers['components'] ?? '', componentOptions(found.content, found.now)) : [];
  const listed = chosen.map((one) => (/[=:]/.test(one) ? one : `${one}=${severities[0]}`));
  const component = [...listed, ...readStatuses(filled, found)];
  refuseUnaffected(form, component, found);
  const said: Said = {
    title,
    message,
    component,
    ...(component.length === 0 && { impact: impactOf(severities) }),
    ...readKeys(answers, 'started', 'reference'),
    ...readAreas(answers, found),
  };
  const statuses = Object.values(readComponents(component, found.content));
  const impact = impactOf([...severities, ...statuses]);
  return { ...said, ...nextOf(answers, () => usualNext(impact, startIn(said, found), found)) };
}

const STATUSES = Object.keys(BY_STATUS) as (keyof typeof BY_STATUS)[];

/** The components whose status the form changes, as `checkout=operational`. */
export function readStatuses({ form, answers }: Filled, { content, now }: FoundContent): string[] {
  const pairs = STATUSES.flatMap((key) => {
    const field = FORMS[form].fields.find((one) => one.key === key);
    const ids = field ? readChosen(answers[key] ?? '', optionsOf(field, content, now)) : [];
    return ids.map((id) => `${id}=${key}`);
  });
  return form === 'post-update' ? [...pairs, ...readChosen(answers['components'] ?? '', [])] : pairs;
}

function readAreas({ areas }: Answers, { content }: FoundContent): Pick<Said, 'area'> {
  const options = areaOptions(content);
  if (areas === undefined) return {};
  return { area: options.length > 0 ? readChosen(areas, options) : [areas] };
}

/** The answers that are the same in a form and in a command. */
function readKeys<Key extends 'started' | 'reference' | 'scheduled' | 'until'>(answers: Answers, ...keys: Key[]) {
  const given = keys.flatMap((key) => (answers[key] === undefined ? [] : [[key, answers[key]]]));
  return Object.fromEntries(given) as Partial<Record<Key, string>>;
}

/** Reads the form for a new maintenance. */
export function readAnnouncement({ answers }: Filled, found: FoundContent): Said {
  const { title = '', message = '', components = '' } = answers;
  return {
    title,
    message,
    component: readChosen(components, componentOptions(found.content, found.now)),
    ...readKeys(answers, 'scheduled', 'until', 'reference'),
    ...readAreas(answers, found),
  };
}

/**
 * Reads how a maintenance changes. Without a new end, it takes as long as before.
 * @param isOccurrence whether it is one of a series, which have the same length
 * @throws {CommandError} if an answer is missing or invalid
 */
export function readChange({ form, answers }: Filled, event: Maintenance, isOccurrence: boolean): Said {
  const { message, scheduled, until } = answers;
  const said = message === undefined ? {} : { message };
  if (readOption(form, 'change', answers) === CHANGES.cancel) return { ...said, status: 'cancelled' };
  if (scheduled === undefined) throw missing([labelOf(form, 'scheduled')]);
  const end = until ?? (isOccurrence ? undefined : writeDuration(event.until - event.scheduled));
  return { ...said, status: 'update', scheduled, ...(end !== undefined && { until: end }) };
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

/** An event, as a form names it. */
export interface Named {
  /** Nothing where nothing is chosen. */
  id?: string;
  /** Whether it was taken from a list, which can be out of date. */
  isListed: boolean;
  /** The update that its address has: `u-20261120T110200Z`. */
  anchor?: string;
}

/**
 * The event that is chosen from a list, or else its id. People also give its address on the page, with or without an
 * anchor, or the path of its file.
 * @throws {CommandError} if two are named
 */
export function readEventName({ form, answers: { event, id } }: Filled): Named {
  const listed = event === undefined ? undefined : (/\(([^()\s]+)\)$/.exec(event.trim())?.[1] ?? event);
  const [place = '', ...rest] = id?.split(/[?#]/) ?? [];
  const written = place.split('/').findLast((part) => part.trim() !== '') ?? id;
  if (listed !== undefined && written !== undefined && listed !== written.trim()) {
    const labels = [labelOf(form, 'event'), labelOf(form, 'id')] as const;
    throw new CommandError(`“${labels[0]}” and “${labels[1]}” name two different ones. Answer only one of them.`);
  }
  const name = written ?? listed;
  const anchor = rest.find((part) => part.startsWith('u-'));
  return {
    isListed: written === undefined && listed !== undefined,
    ...(name !== undefined && { id: name }),
    ...(anchor !== undefined && { anchor }),
  };
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
