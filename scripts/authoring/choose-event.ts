import type { Instant } from '../../src/core/days.ts';
import { eventIdOf, isEventFile } from '../../src/core/events.ts';
import { incidentState } from '../../src/core/incident.ts';
import { startOf } from '../../src/core/ledger.ts';
import { isOver, isRunning, maintenancePhases, phaseAt } from '../../src/core/maintenance.ts';
import type { Content, Incident, Maintenance, StatusEvent } from '../../src/core/model.ts';
import { didYouMean } from '../../src/reader/rules.ts';
import { CommandError } from '../lib/errors.ts';
import { postmortemOf } from '../../src/core/promises.ts';
import type { CommandContext } from '../lib/context.ts';
import { ID_PATTERN } from '../../src/core/schema/fields.ts';
import type { FoundContent, OpenedFolder } from '../lib/content.ts';
import { findIn, openFolder, placeOf, readAs } from '../lib/content.ts';
import { readWhole } from '../lib/files.ts';
import { findTemplate, isFor } from './template.ts';
import { plural } from '../lib/text.ts';

/** Where an event stands: not begun, going on, or done with. */
type Stage = 'upcoming' | 'open' | 'over';

export function stageOf(event: StatusEvent, now: Instant): Stage {
  if (event.kind === 'incident') return incidentState(event).open ? 'open' : 'over';
  const { status } = phaseAt(maintenancePhases(event), now);
  if (isRunning(status)) return 'open';
  return isOver(status) ? 'over' : 'upcoming';
}

type Events = Pick<Content, 'incidents' | 'maintenance'>;

/** Open incidents, then running maintenance, each newest first: what an update is most likely about. */
export function openEvents({ incidents, maintenance }: Events, now: Instant): StatusEvent[] {
  const open = (events: readonly StatusEvent[]) =>
    events.filter((event) => stageOf(event, now) === 'open').sort((a, b) => startOf(b) - startOf(a));
  return [...open(incidents), ...open(maintenance)];
}

/** Scheduled and running maintenance, the next first. */
export function maintenanceAhead({ maintenance }: Events, now: Instant): Maintenance[] {
  return maintenance.filter((one) => stageOf(one, now) !== 'over').reverse();
}

const NEWEST = 10;

/** What customers have read last: the events with the newest updates, the newest first. */
export function newestEvents({ incidents, maintenance }: Events): StatusEvent[] {
  const newest = ({ updates }: StatusEvent) => updates.at(-1)?.at ?? -Infinity;
  const told = [...incidents, ...maintenance].filter(({ updates }) => updates.length > 0);
  return told.sort((a, b) => newest(b) - newest(a)).slice(0, NEWEST);
}

/** For so long after its end an incident is likely to be meant by a postmortem. */
const EXPLAINED_WITHIN = 30 * 86_400_000;

/** Incidents that ended lately and have no postmortem since, the one that ended last first. */
function unexplained({ incidents }: Content, now: Instant): Incident[] {
  const end = (incident: Incident) => incidentState(incident).resolvedAt ?? -Infinity;
  return incidents
    .filter((incident) => end(incident) > now - EXPLAINED_WITHIN)
    .filter((incident) => !incident.updates.some(({ word, at }) => word === 'postmortem' && at >= end(incident)))
    .sort((a, b) => end(b) - end(a));
}

/** Whether a path of the content folder is that of the event with an id, without regard to case. */
function isFileOf(id: string, path: string): boolean {
  return isEventFile(path) && eventIdOf(path).toLowerCase() === id.toLowerCase();
}

/** Whether a path is that of a maintenance that may have an occurrence with an id, which ends in its day. */
function isSeriesOf(id: string, path: string): boolean {
  return path.startsWith('maintenance/') && isFileOf(id.replace(/-\d{4}-\d{2}-\d{2}$/, ''), path);
}

/** Of what recurs the occurrence that is meant when none is named: the one that runs, else the next, else the last. */
function currentOf(events: readonly StatusEvent[], now: Instant): StatusEvent | undefined {
  return events.find((event) => stageOf(event, now) !== 'over') ?? events.at(-1);
}

/** What to say when nothing has an id; `paths` are those of the content folder. */
function noSuchEvent(id: string, paths: Iterable<string>): CommandError {
  const known = [...paths].filter(isEventFile).map(eventIdOf);
  const meant = didYouMean(id, known);
  const help = meant.startsWith(' Known') ? ' The id is the file name without .md.' : meant;
  const word = /\d|-/.test(id) ? '' : ' If this is your message, write it behind --message.';
  return new CommandError(`There is no incident or maintenance “${id}”.${help}${word}`);
}

/** An event that is to get an update. */
export interface ChosenEvent {
  found: FoundContent;
  event: StatusEvent;
  /** Its file as it is on the disk. */
  text: string;
  /** Sentences on how it was chosen. */
  hints: readonly string[];
}

/** The events that an update may be about, the likeliest first, and what to say when there is none. */
export interface Candidates {
  events: readonly StatusEvent[];
  none: string;
  /** What to say when one was taken of several; `others` counts the rest. */
  hint?: (others: number) => string;
}

/**
 * The event that an update is about: the one with an id, else of the candidates the one that `choose` takes.
 * @param choose is asked when there are several
 * @throws {CommandError} when there is none, or its file has errors already
 */
export async function chooseEvent(
  env: CommandContext['env'],
  written: string | undefined,
  choose: Choose,
  candidates: (found: FoundContent) => Candidates,
): Promise<ChosenEvent> {
  return chooseIn(await openFolder(env), written, choose, candidates);
}

/**
 * The same by the words of a command line: an id, a message, or both.
 * @throws {CommandError} also when the words are more than that
 */
export async function chooseByWords(
  env: CommandContext['env'],
  words: readonly string[],
  choose: Choose,
  candidates: (found: FoundContent) => Candidates,
): Promise<ChosenEvent & { message?: string }> {
  const opened = await openFolder(env);
  const { id, message } = tellApart(words, opened);
  return { ...(await chooseIn(opened, id, choose, candidates)), ...(message !== undefined && { message }) };
}

/** What has the form of an id is one, so that a misspelt id is never published as a message. */
function tellApart(words: readonly string[], { source }: OpenedFolder): { id?: string; message?: string } {
  const isId = (word: string) => {
    const id = eventIdOf(word.trim());
    return (
      (!/\s/.test(word) && ID_PATTERN.test(id.toLowerCase())) || source.files.some(({ path }) => isFileOf(id, path))
    );
  };
  const [first, message] = words;
  if (first === undefined) return {};
  if (message === undefined) return isId(first) ? { id: first } : { message: first };
  if (words.length === 2 && isId(first)) return { id: first, message };
  throw new CommandError(`Put the message in quotes, behind the id if there is one: "${words.join(' ')}"`);
}

async function chooseIn(
  opened: OpenedFolder,
  written: string | undefined,
  choose: Choose,
  candidates: (found: FoundContent) => Candidates,
): Promise<ChosenEvent> {
  const id = written === undefined ? undefined : eventIdOf(written.trim());
  const found = findIn(opened, (path) => id === undefined || isFileOf(id, path) || isSeriesOf(id, path));
  const offered = id === undefined ? candidates(found) : undefined;
  const chosen = offered && (await chosenOf(offered, choose));
  const path = chosen?.file ?? pathOfId(found, id ?? '');
  const text = await readWhole(placeOf(found, path));
  const { events: told, diagnostics } = readAs(found, path, text);
  const named = told.find((one) => one.id === (chosen?.id ?? id));
  const event = named ?? (id === undefined || isFileOf(id, path) ? currentOf(told, found.now) : undefined);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (id !== undefined && !event && told.length > 0) throw noSuchEvent(id, []);
  if (!event || errors.length > 0) {
    throw new CommandError('The file already has errors. Fix them first.', {
      diagnostics: errors,
    });
  }
  const others = (offered?.events.length ?? 0) - 1;
  return { found, event, text, hints: others > 0 && offered?.hint ? [offered.hint(others)] : [] };
}

type Choose = (events: readonly StatusEvent[]) => StatusEvent | undefined | Promise<StatusEvent | undefined>;

/** Everything that is open and that a template, where one is named, can be used for. */
export function whatIsOpen(name: string | undefined, found: FoundContent): Candidates {
  const open = openEvents(found.content, found.now);
  const none = `No incident is open and no maintenance is running. ${SAY_ID}`;
  if (name === undefined || open.length === 0) return { events: open, none, hint: alsoOpen };
  const template = findTemplate(name, found);
  const events = open.filter(({ kind }) => isFor(template, kind));
  return {
    events,
    none: `The template “${template.name}” does not fit anything that is open. ${SAY_ID}`,
    hint: alsoOpen,
  };
}

/** The maintenance that can be moved or cancelled. */
export function whatIsAhead({ content, now }: FoundContent): Candidates {
  const events = maintenanceAhead(content, now);
  return { events, none: `No maintenance is scheduled or running. ${SAY_ID}` };
}

/** The incidents that are over and have not been explained; only those that are promised to be, where there are some. */
export function whatIsUnexplained({ content, now }: FoundContent): Candidates {
  const all = unexplained(content, now);
  const promised = all.filter((incident) => postmortemOf(incident, now, content.site.postmortems));
  return {
    events: promised.length > 0 ? promised : all,
    none: `No incident of the last 30 days still needs a postmortem. ${SAY_ID}`,
  };
}

const SAY_ID = 'To choose another one, add its id, which is its file name without .md.';

/**
 * The only one of several; what ends or explains an event must not guess which.
 * @param many what to say of several: `Several are open: a, b.`
 * @throws {CommandError} when there are more
 */
export function onlyOne(many = 'Several are open', which = 'that is over') {
  return (events: readonly StatusEvent[]): StatusEvent | undefined => {
    if (events.length <= 1) return events[0];
    const ids = events.map(({ id, title }) => `${id} (${title})`).join(', ');
    throw new CommandError(`${many}: ${ids}. Add the id of the one ${which}.`);
  };
}

/** The only incident, or the only maintenance where there is none: an update must not go to the wrong customers. */
export function onlyIncident(events: readonly StatusEvent[]): StatusEvent | undefined {
  const incidents = events.filter(({ kind }) => kind === 'incident');
  return onlyOne('Several are open', 'you mean')(incidents.length > 0 ? incidents : events);
}

function alsoOpen(others: number): string {
  const more = plural(others, 'One more is', `${others} more are`);
  return `${more} open. ${SAY_ID}`;
}

function pathOfId({ source }: FoundContent, id: string): string {
  const paths = source.files.map(({ path }) => path);
  const path = paths.find((one) => isFileOf(id, one)) ?? paths.find((one) => isSeriesOf(id, one));
  if (path === undefined) throw noSuchEvent(id, paths);
  return path;
}

async function chosenOf({ events, none }: Candidates, choose: Choose): Promise<StatusEvent> {
  const event = events.length > 1 ? await choose(events) : events[0];
  if (event) return event;
  throw new CommandError(none);
}
