import { z } from 'zod';
import type { Notice } from '../../src/formats/notices/notice.ts';
import { CommandError } from '../lib/errors.ts';

/** The ids under which an update and the first of its event were first sent. */
export interface Origin {
  update: string;
  first: string;
}

/** In place of a channel's name: the line holds for every channel, also for those that come later. */
export const EVERY_CHANNEL = '*';

/**
 * What became of an update: `sent`; or why it is not to be sent: `known` was public before a channel began or came with
 * an import, `old` was public for too long before it could be sent, `narrowed` is not what the channel is for. Of updates
 * that are known already, for every channel: `moved` has another id now, `reworded` another text, `gone` is no more.
 * `back` is public again. `sending` is about to be sent: without a later line the run was stopped, and it may have arrived.
 * Of updates that a channel did not get altogether: `part` has gone to some of its addresses, `unanswered` may have
 * arrived, `unsent` has not. `begun` stands for no update: the channel is new.
 */
const HOW = [
  'begun',
  'known',
  'sending',
  'sent',
  'old',
  'narrowed',
  'part',
  'unanswered',
  'unsent',
  'moved',
  'reworded',
  'gone',
  'back',
] as const;

const lineSchema = z.object({
  /** When the run that wrote it began. */
  at: z.iso.datetime(),
  channel: z.string().min(1),
  /** `incidents/ID/u-…`; nothing where a channel begins. */
  update: z.string().optional(),
  /** Of its status and text: what tells a corrected time from something new. */
  essence: z.string().optional(),
  how: z.enum(HOW),
  /** Of a moved one the id that it had before. */
  from: z.string().optional(),
  /** How many of the channel's addresses are done with it. */
  reached: z.number().optional(),
  /** Of an update about to be sent: how often it may have arrived afterwards. */
  attempt: z.number().optional(),
  /** Of one that was sent: the id of the first message of its event in the service, which later ones answer. */
  thread: z.string().optional(),
});

/** One line of the record of what was sent. */
export type Line = z.output<typeof lineSchema>;

/** @throws {CommandError} when a line is none: to send everything again would be worse than to stop */
export function readLines(text: string): Line[] {
  return text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [readLine(line, index + 1)]));
}

function readLine(text: string, number: number): Line {
  try {
    return lineSchema.parse(JSON.parse(text));
  } catch {
    throw new CommandError(
      `Line ${number} of the delivery log cannot be read. Nothing is sent, because updates could be sent twice. Fix the line on the branch “notices”. To start over, delete that branch: everything that is public then counts as sent.`,
    );
  }
}

export function writeLines(lines: readonly Line[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** An update that is in the record, whatever it was called before. */
export interface Recorded {
  /** The id it has now. */
  id: string;
  /** The id it had first: what was sent under it stays the same. */
  first: string;
  contentHash: string;
  /** Whether it was no longer public when that was last looked at. */
  gone: boolean;
  /** Channels that are done with it. */
  done: Set<string>;
  /** By channel: how often it may have arrived without an answer. */
  arrivals: Map<string, number>;
  /** By channel how many of its addresses are done with it. */
  reached: Map<string, number>;
}

/** What was sent, as the lines of the record tell it one after the other. */
export class NoticeRecord {
  readonly #updates = new Map<string, Recorded>();
  readonly #former = new Map<string, Recorded>();
  readonly #displaced = new Map<string, Recorded>();
  readonly #channels = new Set<string>();
  readonly #events = new Map<string, Set<string>>();
  /** By channel and update. */
  readonly #threads = new Map<string, Map<Recorded, string>>();

  constructor(lines: Iterable<Line> = []) {
    for (const line of lines) this.add(line);
  }

  add({ channel, update, essence, how, from, reached, attempt, thread }: Line): void {
    if (channel !== EVERY_CHANNEL) this.#channels.add(channel);
    if (update === undefined) return;
    const one = (how === 'moved' && this.#move(from ?? update, update)) || this.#at(update);
    one.contentHash = essence ?? one.contentHash;
    one.gone = how === 'gone';
    if (['moved', 'reworded', 'gone', 'back'].includes(how)) return;
    const isFurther = reached !== undefined && reached !== one.reached.get(channel);
    if (reached !== undefined) one.reached.set(channel, reached);
    if (thread !== undefined) this.#threads.getOrInsert(channel, new Map()).set(one, thread);
    const arrivals = one.arrivals.get(channel) ?? 0;
    if (how === 'sending') one.arrivals.set(channel, attempt ?? arrivals + 1);
    else if (how === 'part' || how === 'unsent') one.arrivals.set(channel, isFurther ? 0 : Math.max(0, arrivals - 1));
    else if (how === 'unanswered') one.arrivals.set(channel, isFurther ? 1 : Math.max(1, arrivals));
    else one.done.add(channel);
    if (['sent', 'part', 'unanswered'].includes(how)) this.#eventsOf(channel).add(eventOf(one.id));
  }

  /** Every update by the id it has now. */
  get updates(): ReadonlyMap<string, Recorded> {
    return this.#updates;
  }

  /** An update by an id that it had before. */
  former(id: string): Recorded | undefined {
    return this.#former.get(id);
  }

  /** Whether a channel has begun. */
  knows(channel: string): boolean {
    return this.#channels.has(channel);
  }

  isDone(id: string, channel: string): boolean {
    const done = this.#updates.get(id)?.done;
    return done !== undefined && (done.has(channel) || done.has(EVERY_CHANNEL));
  }

  /** Whether something of an event was sent to a channel. */
  hasReceived(channel: string, event: string): boolean {
    return this.#events.get(channel)?.has(event) ?? false;
  }

  /** What was kept of the messages of an event in a channel, so that the next can answer them. */
  threadOf(channel: string, event: string): string | undefined {
    const threads = [...(this.#threads.get(channel) ?? [])];
    return threads.findLast(([{ id }]) => eventOf(id) === event)?.[1];
  }

  #at(id: string): Recorded {
    const known = this.#updates.get(id);
    if (known) return known;
    const made: Recorded = { id, first: id, contentHash: '', gone: false, done: new Set(), arrivals: new Map(), reached: new Map() }; // prettier-ignore
    this.#updates.set(id, made);
    return made;
  }

  /** Ids may go round in a ring, so what stands where another comes to is kept until its own line. */
  #move(from: string, to: string): Recorded | undefined {
    const one = this.#displaced.get(from) ?? this.#updates.get(from);
    if (!one) return undefined;
    this.#displaced.delete(from);
    if (this.#updates.get(from) === one) this.#updates.delete(from);
    const other = this.#updates.get(to);
    if (other && !other.gone) this.#displaced.set(to, other);
    this.#updates.set(to, one);
    this.#former.set(from, one);
    one.id = to;
    for (const events of this.#events.values()) if (events.has(eventOf(from))) events.add(eventOf(to));
    return one;
  }

  #eventsOf(channel: string): Set<string> {
    const events = this.#events.get(channel) ?? new Set();
    this.#events.set(channel, events);
    return events;
  }
}

/** The part of an update's id that all updates of its event have: `incidents/ID`. */
export function eventOf(id: string): string {
  return id.slice(0, id.lastIndexOf('/'));
}

/** The part that is the update's own: `u-20261120T092000Z`, `announcement`. */
export function ownPart(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

/** Finds the ids under which an update and the first of its event were first sent. */
export function originFinder(
  notices: readonly Notice[],
  record: () => NoticeRecord | undefined,
): (notice: Notice) => Origin {
  const firsts = new Map<string, string>();
  for (const { id } of notices) if (!firsts.has(eventOf(id))) firsts.set(eventOf(id), id);
  const origin = (id: string) => record()?.updates.get(id)?.first ?? id;
  return ({ id }) => ({ update: origin(id), first: origin(firsts.get(eventOf(id)) ?? id) });
}
