import type { Heading, RootContent } from 'mdast';
import type { Node } from 'unist';
import type { z } from 'zod';
import type { Instant } from '../../core/days.ts';
import type { HeadingContext, Section } from './headings.ts';
import type { Diagnostic } from '../../core/diagnostic.ts';
import { valuesByComponent } from '../../core/groups.ts';
import { impactOf, incidentState, isNotice } from '../../core/incident.ts';
import { isRunning, maintenancePhases, phaseAt } from '../../core/maintenance.ts';
import type {
  Body,
  LabelledFacts,
  Incident,
  IncidentUpdate,
  Maintenance,
  MaintenanceUpdate,
  StatusEvent,
  Update,
} from '../../core/model.ts';
import type { ComponentStatus, IncidentWord, MaintenanceWord } from '../../core/vocabulary.ts';
import type { EventContext } from './event.ts';
import { baseOf, headingContext, updateIds } from './event.ts';
import { dayFromName } from './file-name.ts';
import type { SourceFile } from '../files.ts';
import { bodyText } from '../markdown/html.ts';
import { readIncident } from './incident.ts';
import { readMaintenance, readWindows, updatesByWindow } from './maintenance.ts';
import type { Report, RuleId } from '../rules.ts';
import { FIRST, guarded, ignore, nearest } from '../rules.ts';
import { checkLines, checkParagraphs, withoutForbidden } from '../markdown/source.ts';
import { parseHeading, readHeading, splitPinnedId } from './headings.ts';
import type { Window } from './maintenance.ts';
import type { YamlValue } from '../yaml/yaml.ts';
import { CLOCKS_DIFFER } from '../../core/limits.ts';
import { parseTime } from '../../core/time-text.ts';
import { updateIdAt } from '../../core/events.ts';
import { readLabels, takeLabels } from './labels.ts';
import { bodyOf, correctDates, groupByHeading, nestedHeadings } from './updates.ts';
import type { MarkdownBody } from '../markdown/markdown.ts';
import { parseMarkdown, positionOf, visibleText } from '../markdown/markdown.ts';
import { checkProse } from '../markdown/prose.ts';
import { componentStatus } from '../../core/schema/event.ts';
import { line } from '../../core/schema/fields.ts';
import { checkTitle } from '../template.ts';
import { readYaml } from '../yaml/yaml.ts';

/** A file split into front matter and body, even if the lines between them are missing or broken. */
interface LooseParts {
  matter: string;
  body: string;
  /** The line of the file that the body begins on. */
  bodyLine: number;
}

/** Longer titles are cut. */
const LONGEST_TITLE = 300;
const FENCE = /^\s*(-{2,}|\+{3})/;
const SETTING = /^(\s|#(?!#)|- |[\w-]+\s*[:=])/;

/** Splits front matter from text if the lines between them are missing, broken or of another format. */
function splitLoosely(text: string): LooseParts {
  const lines = text.split('\n');
  const first = lines.findIndex((one) => one.trim() !== '');
  const isOpened = FENCE.test(lines[first] ?? '');
  if (first < 0 || (!isOpened && !/^[a-z_]+:/.test(lines[first] ?? ''))) return { matter: '', body: text, bodyLine: 1 };
  const start = isOpened ? first + 1 : first;
  const closing = lines.findIndex((one, index) => index >= start && FENCE.test(one));
  const ending = lines.findIndex((one, index) => index >= start && (one.trim() === '' || !SETTING.test(one)));
  const end = closing >= 0 ? closing : ending >= 0 ? ending : lines.length;
  const from = closing >= 0 ? end + 1 : end;
  return {
    matter: lines.slice(start, end).join('\n'),
    body: lines.slice(from).join('\n'),
    bodyLine: from + 1,
  };
}

/** The valid fields of front matter. Only the title, if the YAML is invalid. */
function readableFields<Shape extends z.ZodRawShape>(
  matter: string,
  schema: z.ZodObject<Shape>,
): Partial<z.output<z.ZodObject<Shape>>> {
  const value = readYaml(matter, 1, ignore)?.value;
  const written = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const loose = { ...written, title: titleOf(written['title'] ?? writtenTitle(matter)) };
  const fields = Object.entries(schema.shape).flatMap(([key, field]) => {
    const given = key === 'components' ? withKnownStatuses(written[key]) : loose[key as keyof typeof loose];
    const result = given === undefined ? undefined : (field as z.ZodType).safeParse(given);
    return result?.success ? [[key, result.data]] : [];
  });
  return Object.fromEntries(fields) as Partial<z.output<z.ZodObject<Shape>>>;
}

/** The title in a text that is not valid YAML. */
function writtenTitle(matter: string): string | undefined {
  const written = /^\s*title\s*[:=]\s*(.*)$/m.exec(matter)?.[1]?.trim();
  return /^(["'])(.+)\1$/.exec(written ?? '')?.[2] ?? written;
}

/** A title for customers: one line, without unfilled blanks. */
function titleOf(value: unknown): string | undefined {
  const { data } = line.safeParse(value);
  if (data === undefined) return undefined;
  let isBlankLeft = false;
  checkTitle(data, FIRST, () => (isBlankLeft = true));
  return isBlankLeft ? undefined : data.slice(0, LONGEST_TITLE).toWellFormed();
}

/** Components with a valid status. */
function withKnownStatuses(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, status]) => componentStatus.safeParse(status).success));
}

/** The name of a file as a title: `2026-11-20-checkout-errors` becomes “Checkout errors”. */
function titleFromName(path: string): string {
  const stem = (path.split('/').at(-1) ?? path).replace(/\.[A-Za-z]{1,10}$/, '');
  const words = (name: string) => name.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim();
  const title = words(stem.replace(/^\d{4}-\d{2}-\d{2}(?!\d)/, '')) || words(stem) || stem;
  return title.charAt(0).toUpperCase() + title.slice(1);
}

/** An update with a valid heading, and its valid labelled lines. */
interface ReadableUpdate {
  section: Section;
  fields: LabelledFacts;
}

/** The text of a file with errors. */
interface ReadableText {
  /** Text before the first update. */
  preface: RootContent[];
  /** Oldest first. */
  updates: ReadableUpdate[];
  /** Invalid headings, with the text below them. */
  rest: RootContent[];
  /** The probable statuses of those headings. Undefined if unclear. */
  meant: (string | undefined)[];
  /** The id that the first of them will probably have once it is corrected, from its time. */
  likelyId?: string | undefined;
  /** Makes a body of nodes of this text. */
  bodyOf: (nodes: RootContent[]) => Body;
}

/** The most characters shown of a text that is too slow to parse. */
const SHOWN_PLAIN = 2000;

/** Reads the valid parts of a file's text. @param known a text whose parts are left out, because they are shown already */
function readLoosely(
  { body: text, bodyLine }: LooseParts,
  headings: HeadingContext,
  context: EventContext,
  started: Instant,
  known: string,
): ReadableText {
  const body = parseSafely(text, bodyLine, context);
  if (!body) return plainText(text);
  const groups = groupByHeading(body.tree.children);
  const isNew = (node: RootContent) => !known.includes(sourceOf(node, body));
  const result: ReadableText = {
    preface: groups.preface.filter(isNew),
    updates: [],
    rest: [],
    // Read first: `bodyOf` removes the positions of what it is given.
    meant: nestedHeadings(body)
      .filter(isNew)
      .map((heading) => parseHeading(splitPinnedId(visibleText(heading).trim()).text, headings).word),
    bodyOf: (nodes) => bodyOf(nodes, body),
  };
  const readable: { section: Section; heading: Heading; nodes: RootContent[] }[] = [];
  for (const { heading, nodes } of groups.sections) {
    if (!isNew(heading)) {
      result.rest.push(...nodes.filter(isNew));
      continue;
    }
    const head = readHeading(heading, body, headings, ignore);
    if (head && !head.isGuess && head.at <= context.now + CLOCKS_DIFFER) {
      const section = { ...head, position: positionOf(heading, body), labels: [], body: bodyOf([], body) };
      readable.push({ section, heading, nodes });
      continue;
    }
    const { text: said, id: pinned } = splitPinnedId(visibleText(heading).trim());
    const written = parseHeading(said, headings);
    result.rest.push(heading, ...nodes.filter(isNew));
    result.meant.push(written.word ?? nearest(written.written, headings.vocabulary));
    const likely = likelyTime(written.parsed, headings.zone);
    result.likelyId ??= pinned ?? (likely !== undefined && likely <= context.now ? updateIdAt(likely) : undefined);
  }
  const dated = correctDates(readable.map(({ section }) => section), headings, ignore); // prettier-ignore
  readable.forEach(({ heading, nodes, section }, index) => {
    const { isGuess, at } = dated[index] ?? {};
    if (!isGuess) {
      result.updates.push(readUpdate(section, nodes, body, { ...context, started }));
      return;
    }
    result.rest.push(heading, ...nodes.filter(isNew));
    result.meant.push(section.word);
    result.likelyId ??= section.pinned ?? (at !== undefined && at <= context.now ? updateIdAt(at) : undefined);
  });
  result.updates.sort((a, b) => a.section.at - b.section.at);
  return result;
}

/** Parses a text, unless that would take too long. */
function parseSafely(text: string, firstLine: number, context: EventContext): MarkdownBody | undefined {
  let isHeavy = false;
  const report: Report = (ruleId: RuleId) => {
    isHeavy ||= ruleId === 'nested-too-deep' || ruleId === 'line-too-long';
  };
  if (checkLines(text, report) || !checkParagraphs(text, firstLine, report)) return undefined;
  const body = parseMarkdown(text, firstLine);
  checkProse(body, context.publicFiles, report);
  return isHeavy ? undefined : body;
}

/** Invalid labelled lines stay in the text, because readers may still understand them. */
function readUpdate(
  head: Omit<Section, 'body' | 'labels'>,
  nodes: RootContent[],
  body: MarkdownBody,
  context: EventContext & { started: Instant },
): ReadableUpdate {
  let isReadable = true;
  const report: Report = () => (isReadable = false);
  const { rest, labels } = takeLabels(nodes, body, new Set(), report);
  const fields = readLabels({ at: head.at, labels }, { ...context, siteZone: context.zone }, report);
  return isReadable
    ? { section: { ...head, labels, body: bodyOf(rest, body) }, fields }
    : { section: { ...head, labels: [], body: bodyOf(nodes, body) }, fields: {} };
}

/** The time that a heading says in another form, as the line to write instead says it. */
function likelyTime(parsed: ReturnType<typeof parseHeading>['parsed'], zone: string): Instant | undefined {
  if (!parsed) return undefined;
  if ('instant' in parsed) return parsed.instant;
  const { expected } = parsed.problem;
  const again = expected === undefined ? undefined : parseTime(expected, zone);
  return again && 'instant' in again ? again.instant : undefined;
}

function plainText(text: string): ReadableText {
  const paragraphs = text
    .slice(0, SHOWN_PLAIN)
    .toWellFormed()
    .split(/\n\s*\n/);
  return {
    preface: [],
    updates: [],
    rest: paragraphs
      .filter((value) => value.trim() !== '')
      .map((value) => ({ type: 'paragraph', children: [{ type: 'text', value }] })),
    meant: [undefined],
    bodyOf: (nodes) => ({ type: 'root', children: nodes }),
  };
}

function sourceOf({ position }: Node, { lines }: MarkdownBody): string {
  return position ? lines.slice(position.start.line - 1, position.end.line).join('\n') : '';
}

/** Kind and id of the event in a file. */
export interface EventPlace {
  kind: StatusEvent['kind'];
  id: string;
}

/** The id of an update without any time, until the file is corrected. */
export const UNDATED_ID = 'u-undated';
const NOWHERE: YamlValue = {
  value: undefined,
  locate: () => FIRST,
  lineAt: () => '',
  rewrite: () => undefined,
  withKey: () => undefined,
};

/** Whether the event's data is certain despite an error: it affects only text, not the status or time of an update. */
export function isCertain({ ruleId }: Pick<Diagnostic, 'ruleId'>): boolean {
  return ruleId === ('update-empty' satisfies RuleId);
}

/**
 * Reads an incident or a maintenance with errors as far as possible, without reports: its title or file name, updates with
 * a valid heading, and the rest of its text as one update without a time. An incident counts as open, whatever its updates
 * say, because the invalid part can report a problem. If even that fails, only the file name is shown.
 * @returns one event, or all occurrences of an older version
 */
export function readPartial(file: SourceFile, place: EventPlace, context: EventContext): StatusEvent[] {
  const named = { path: file.path, partial: { ...file.partial, older: undefined } };
  return guarded(ignore, () => readAll(file, place, context)) ?? readAll(named, place, context);
}

function readAsItStands({ path, text, partial }: SourceFile, place: EventPlace, context: EventContext): StatusEvent[] {
  return partial?.isCertain && text !== undefined ? readIgnoringErrors({ path, text }, place, context) : [];
}

function readAll(file: SourceFile, place: EventPlace, context: EventContext): StatusEvent[] {
  const whole = readAsItStands(file, place, context);
  if (whole.length > 0) return whole;
  const older = file.partial?.older;
  const known = older === undefined ? [] : readIgnoringErrors({ path: file.path, text: older }, place, context);
  const target =
    known.find((one) => one.kind === 'incident' || (one.until > context.now && !one.cancelled)) ?? known.at(-1);
  if (!target)
    return [place.kind === 'incident' ? newIncident(file, place, context) : newMaintenance(file, place, context)];
  return known.map((one) => (one === target ? continued(target, file, place, context) : one));
}

/**
 * Whether the newest version without errors can be shown instead of the file: if that version already reports a problem, or
 * if the newest text certainly reports none.
 * @param rules the rules that the newest text breaks
 */
export function mayShowOlder(
  file: SourceFile,
  older: string,
  place: EventPlace,
  context: EventContext,
  rules: Iterable<string>,
): boolean {
  const known = readIgnoringErrors({ path: file.path, text: older }, place, context);
  return known.some((event) => saysTrouble(event, context.now)) || isSurelyQuiet(file, place, context, rules);
}

function saysTrouble(event: StatusEvent, now: Instant): boolean {
  if (event.kind === 'incident') return incidentState(event).open && !isNotice(event);
  return isRunning(phaseAt(maintenancePhases(event), now).status);
}

/**
 * Whether the newest text of a file certainly reports no problem, although it has errors.
 */
function isSurelyQuiet(
  file: SourceFile,
  { kind, id }: EventPlace,
  context: EventContext,
  rules: Iterable<string>,
): boolean {
  for (const rule of rules) if (UNCLEAR.has(rule)) return false;
  if (kind === 'maintenance') {
    const maintenance = newMaintenance(file, { kind, id }, context);
    const isIdle = !isRunning(phaseAt(maintenancePhases(maintenance), context.now).status);
    if (!isIdle || maintenance.scheduled === Infinity) return false;
  }
  const { updates, meant } = readText(file, kind, context);
  const last = updates.findLastIndex(({ section }) => section.word !== 'update' && section.word !== 'postmortem');
  if (kind === 'incident' && updates[last]?.section.word !== 'resolved') return false;
  return meant.every(isQuietWord) && !updates.slice(Math.max(last, 0)).some(mayNameTrouble);
}

/** Whether an update says that a component does not work, or has an invalid line about components. */
function mayNameTrouble({ section, fields }: ReadableUpdate): boolean {
  const isTrouble = Object.values(fields.components ?? {}).some((status) => status !== 'operational');
  return isTrouble || /\bcomponents?\s*:/i.test(bodyText(section.body));
}

/** Errors that make it unclear where the text is, or whether and when an update begins. */
const UNCLEAR: ReadonlySet<string> = new Set<RuleId>([
  'file-misplaced', 'file-name', 'file-too-large', 'file-link', 'folder-link', 'file-unreadable', 'not-utf8', 'line-too-long',
  'nested-too-deep', 'control-character', 'merge-conflict', 'id-taken', 'front-matter-missing',
  'front-matter-unclosed', 'front-matter-language', 'yaml-syntax', 'updates-missing', 'updates-mixed', 'heading-nearly',
  'heading-dashes', 'text-before-updates', 'resolved-components', 'comment-unclosed', 'code-unclosed', 'html-swallows',
]); // prettier-ignore

function isQuietWord(word: string | undefined): boolean {
  return word !== undefined && ['resolved', 'postmortem', 'scheduled', 'completed', 'cancelled'].includes(word);
}

function readIgnoringErrors(
  file: { path: string; text: string },
  place: EventPlace,
  context: EventContext,
): StatusEvent[] {
  if (place.kind === 'maintenance') return readMaintenance(file, place.id, context, ignore);
  const incident = readIncident(file, place.id, context, ignore);
  return incident ? [incident] : [];
}

function partsOf({ text = '' }: SourceFile) {
  const parts = splitLoosely(withoutForbidden(text));
  return checkLines(parts.matter, ignore) ? { ...parts, matter: '' } : parts;
}

function readText(
  file: SourceFile,
  kind: StatusEvent['kind'],
  context: EventContext,
  started = context.now,
): ReadableText {
  const headings = headingContext(file, kind, context);
  return readLoosely(partsOf(file), headings, context, started, file.partial?.older ?? '');
}

function newIncident(file: SourceFile, { id }: EventPlace, context: EventContext): Incident {
  const fields = readableFields(partsOf(file).matter, context.schemas(undefined).incident);
  const written = fields.started !== undefined && fields.started <= context.now ? fields.started : undefined;
  const text = readText(file, 'incident', context, written);
  const said = incidentUpdates(text);
  const undated = undatedUpdate(file, text, text.preface, said, context);
  const updates = withUndated(said, undated, said.length > 0 ? 'update' : 'investigating', 'investigating');
  const started = written ?? updates[0]?.at ?? context.now;
  return {
    kind: 'incident',
    ...commonFields(file, id, fields),
    impact: 'minor',
    components: knownComponents(fields.components, started, context),
    started,
    updates,
    partial: true,
  };
}

function incidentUpdates({ updates }: ReadableText): IncidentUpdate[] {
  const ids = uniqueIds(updates.map(({ section }) => section));
  return updates.map(({ section, fields }, index) => ({
    ...baseOf(section, ids[index] ?? '', section.word as IncidentWord, 'investigating' as const),
    ...fields,
  }));
}

/** Ids of updates. Derived from the time if a pinned id is already used. */
function uniqueIds(sections: readonly Section[]): string[] {
  const ids = updateIds(sections, ignore);
  if (new Set(ids).size === ids.length) return ids;
  return updateIds(
    sections.map(({ pinned: _, ...section }) => section),
    ignore,
  );
}

function newMaintenance(file: SourceFile, { id }: EventPlace, context: EventContext): Maintenance {
  const fields = readableFields(partsOf(file).matter, context.schemas(undefined).maintenance);
  const text = readText(file, 'maintenance', context, fields.scheduled);
  const windows = windowsOf(fields, id, context);
  const window = windows.find(({ until, cancelled }) => until > context.now && !cancelled) ?? windows.at(-1);
  const shown: Window = window ?? { id, scheduled: Infinity, until: Infinity };
  const sections = text.updates.map(({ section }) => section);
  const own = updatesByWindow(sections, window ? windows : [shown])[window ? windows.indexOf(window) : 0] ?? [];
  const said = maintenanceUpdates(text, (section) => own.includes(section), shown);
  const isAnnounced = said.length > 0 && text.preface.length > 0;
  const undated = undatedUpdate(file, text, isAnnounced ? [] : text.preface, said, context);
  const status = phaseAt(maintenancePhases({ ...shown, updates: said }), undated?.at ?? context.now).status;
  const components = knownComponents(fields.components, Math.min(shown.scheduled, context.now), context);
  return {
    kind: 'maintenance',
    ...commonFields(file, id, fields),
    impact: impactOf(Object.values(components)),
    components,
    ...shown,
    ...(isAnnounced && { announcement: text.bodyOf(text.preface) }),
    updates: withUndated(said, undated, said.length > 0 ? 'update' : 'scheduled', status),
    partial: true,
  };
}

/** The windows of a maintenance, if both of its times are valid. */
function windowsOf(
  { scheduled, until, repeat, except = {} }: Partial<Parameters<typeof readWindows>[0]>,
  id: string,
  context: EventContext,
): Window[] {
  if (scheduled === undefined || until === undefined || until <= scheduled) return [];
  const data = { title: '', areas: [], aliases: [], components: {}, scheduled, until, repeat, except };
  return readWindows(data, id, NOWHERE, context, ignore);
}

function maintenanceUpdates(
  { updates }: ReadableText,
  isOwn: (section: Section) => boolean,
  window: Window,
): MaintenanceUpdate[] {
  const own = updates.filter(({ section }) => isOwn(section));
  const ids = uniqueIds(own.map(({ section }) => section));
  const result: MaintenanceUpdate[] = [];
  own.forEach(({ section, fields }, index) => {
    const word = section.word as MaintenanceWord;
    const { status } = phaseAt(maintenancePhases({ ...window, updates: result }), section.at);
    result.push({ ...baseOf(section, ids[index] ?? '', word, word === 'update' ? status : word), ...fields });
  });
  return result;
}

/** An older version with the valid updates of the newest, and the rest of the new text. */
function continued(known: StatusEvent, file: SourceFile, { kind }: EventPlace, context: EventContext): StatusEvent {
  const text = readText(file, kind, context, known.kind === 'incident' ? known.started : known.scheduled);
  const ids = new Set(known.updates.map(({ id }) => id));
  if (known.kind === 'incident') {
    const fresh = incidentUpdates(text).filter(({ id }) => !ids.has(id));
    const said = [...known.updates, ...fresh].sort((a, b) => a.at - b.at);
    const isClosed = said.at(-1)?.status === 'resolved';
    const undated = undatedUpdate(file, text, text.preface, said, context, isClosed);
    const updates = withUndated(said, undated, 'update', 'investigating');
    return { ...known, impact: known.impact === 'none' ? 'minor' : known.impact, updates, partial: true };
  }
  const fresh = maintenanceUpdates(text, () => true, known).filter(({ id }) => !ids.has(id));
  const said = [...known.updates, ...fresh].sort((a, b) => a.at - b.at);
  const undated = undatedUpdate(file, text, text.preface, said, context);
  const status = phaseAt(maintenancePhases({ ...known, updates: said }), undated?.at ?? context.now).status;
  return { ...known, updates: withUndated(said, undated, 'update', status), partial: true };
}

/**
 * All text without a valid time, as one update at the time of publication, after all others.
 * @param isNeeded whether to create one even without text
 */
function undatedUpdate(
  file: SourceFile,
  { rest, likelyId, bodyOf }: ReadableText,
  preface: ReadableText['preface'],
  said: readonly Update[],
  { now }: EventContext,
  isNeeded = said.length === 0,
): Omit<Update, 'word' | 'status'> | undefined {
  const nodes = [...preface, ...rest];
  if (nodes.length === 0 && !isNeeded) return undefined;
  const last = said.at(-1)?.at ?? -Infinity;
  const posted = Math.min(file.partial?.posted ?? dayFromName(file.path) ?? (said.length > 0 ? last : now), now);
  const isTaken = said.some(({ id }) => id === likelyId);
  return {
    id: likelyId !== undefined && !isTaken ? likelyId : UNDATED_ID,
    at: Math.max(posted, last),
    body: bodyOf(nodes),
    line: 1,
    undated: true,
  };
}

function withUndated<Word extends string, Status extends string>(
  said: readonly Update<Word, Status>[],
  undated: Omit<Update, 'word' | 'status'> | undefined,
  word: Word,
  status: Status,
): Update<Word, Status>[] {
  return undated ? [...said, { ...undated, word, status }] : [...said];
}

function commonFields(
  { path }: SourceFile,
  id: string,
  { title, areas, reference }: { title?: string; areas?: string[]; reference?: string | undefined },
) {
  return {
    id,
    file: path,
    title: title ?? titleFromName(path),
    areas: areas ?? [],
    ...(reference !== undefined && { reference }),
  };
}

/** Known components, by their current ids. */
function knownComponents(
  written: Readonly<Record<string, ComponentStatus>> = {},
  started: Instant,
  { names }: EventContext,
): Record<string, ComponentStatus> {
  const given = Object.entries(written).flatMap(([name, status]) => {
    const named = names.resolve(name, started, FIRST, ignore, () => undefined);
    return named ? [[named, status] as const] : [];
  });
  return valuesByComponent(given);
}
