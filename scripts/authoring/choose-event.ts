import type { Instant } from '../../src/core/days.ts';
import { eventIdOf, isEventFile } from '../../src/core/events.ts';
import { incidentState } from '../../src/core/incident.ts';
import { startOf } from '../../src/core/ledger.ts';
import { isOver, isRunning, maintenancePhases, phaseAt } from '../../src/core/maintenance.ts';
import type { Content, Incident, StatusEvent } from '../../src/core/model.ts';
import { didYouMean } from '../../src/reader/rules.ts';
import { CommandError } from '../lib/errors.ts';
import { postmortemOf } from '../../src/core/promises.ts';
import type { CommandContext } from '../lib/context.ts';
import type { FoundContent } from '../lib/content.ts';
import { findContent, placeOf, readAs } from '../lib/content.ts';
import { readWhole } from '../lib/files.ts';
import { findTemplate, isFor } from './template.ts';
import { plural } from '../lib/text.ts';

/** The stage of an event. */
type Stage = 'upcoming' | 'open' | 'over';

export function stageOf(event: StatusEvent, now: Instant): Stage {
  if (event.kind === 'incident') return incidentState(event).open ? 'open' : 'over';
  const { status } = phaseAt(maintenancePhases(event), now);
  if (isRunning(status)) return 'open';
  return isOver(status) ? 'over' : 'upcoming';
}

/** Open incidents, then running maintenance, each newest first: the likeliest subjects of an update. */
function openEvents({ incidents, maintenance }: Content, now: Instant): StatusEvent[] {
  const open = (events: readonly StatusEvent[]) =>
    events.filter((event) => stageOf(event, now) === 'open').sort((a, b) => startOf(b) - startOf(a));
  return [...open(incidents), ...open(maintenance)];
}

/** How long after its end an incident is likely to get a postmortem. */
const EXPLAINED_WITHIN = 30 * 86_400_000;

/** Recent incidents without a postmortem, last ended first. */
function unexplained({ incidents }: Content, now: Instant): Incident[] {
  const end = (incident: Incident) => incidentState(incident).resolvedAt ?? -Infinity;
  return incidents
    .filter((incident) => end(incident) > now - EXPLAINED_WITHIN)
    .filter((incident) => !incident.updates.some(({ word, at }) => word === 'postmortem' && at >= end(incident)))
    .sort((a, b) => end(b) - end(a));
}

/** Whether a path is that of the event with an id. Upper and lower case are the same. */
function isFileOf(id: string, path: string): boolean {
  return isEventFile(path) && eventIdOf(path).toLowerCase() === id.toLowerCase();
}

/** Whether a path is that of a series that can have an occurrence with this id, which ends with its day. */
function isSeriesOf(id: string, path: string): boolean {
  return path.startsWith('maintenance/') && isFileOf(id.replace(/-\d{4}-\d{2}-\d{2}$/, ''), path);
}

/** The default occurrence of a series: the running one, else the next, else the last. */
function currentOf(events: readonly StatusEvent[], now: Instant): StatusEvent | undefined {
  return events.find((event) => stageOf(event, now) !== 'over') ?? events.at(-1);
}

/** The error for an unknown id. `paths` are those of the content folder. */
function noSuchEvent(id: string, paths: Iterable<string>): CommandError {
  const known = [...paths].filter(isEventFile).map(eventIdOf);
  const meant = didYouMean(id, known);
  return new CommandError(
    `There is no incident or maintenance “${id}”.${meant.startsWith(' Known') ? ' The id is the file name without .md.' : meant}`,
  );
}

/** An event for an update. */
export interface ChosenEvent {
  found: FoundContent;
  event: StatusEvent;
  /** The text of its file. */
  text: string;
  /** Sentences on how it was chosen. */
  hints: readonly string[];
}

/** The possible events for an update, likeliest first, and the error if there are none. */
export interface Candidates {
  events: readonly StatusEvent[];
  none: string;
  /** A hint if one of several was chosen. `others` is the number of the rest. */
  hint?: (others: number) => string;
}

/**
 * Chooses the event for an update: by id, or one of the candidates.
 * @param choose called if there are several candidates
 * @throws {CommandError} if there is none, or its file has errors
 */
export async function chooseEvent(
  env: CommandContext['env'],
  written: string | undefined,
  choose: Choose,
  candidates: (found: FoundContent) => Candidates,
): Promise<ChosenEvent> {
  const id = written === undefined ? undefined : eventIdOf(written.trim());
  const found = await findContent(env, (path) => id === undefined || isFileOf(id, path) || isSeriesOf(id, path));
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

/** All open events that fit the template, if one is given. */
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

/** Scheduled and running maintenance, the next first. */
export function whatIsAhead({ content, now }: FoundContent): Candidates {
  const events = content.maintenance.filter((one) => stageOf(one, now) !== 'over').reverse();
  return { events, none: `No maintenance is scheduled or running. ${SAY_ID}` };
}

/** The resolved incidents without a postmortem. Only those with a promised one, if there are any. */
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
 * Accepts only a single candidate, because a command that ends or explains an event must not guess.
 * @param many the error for several: `Several are open: a, b.`
 * @throws {CommandError} if there are several
 */
export function onlyOne(many = 'Several are open', which = 'that is over') {
  return (events: readonly StatusEvent[]): StatusEvent | undefined => {
    if (events.length <= 1) return events[0];
    const ids = events.map(({ id }) => id).join(', ');
    throw new CommandError(`${many}: ${ids}. Add the id of the one ${which}.`);
  };
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
