import type { Instant } from '../../src/core/days.ts';
import { diffArrays } from 'diff';
import { entryId, newestExpectedFix } from '../../src/core/events.ts';
import { incidentState, isNotice } from '../../src/core/incident.ts';
import type { Ledger } from '../../src/core/ledger.ts';
import { buildLedger, isRetired } from '../../src/core/ledger.ts';
import type { ComponentNode, Content, StatusEvent, Update } from '../../src/core/model.ts';
import { newsOf } from '../../src/core/messages.ts';
import type { UpdatePromise } from '../../src/core/promises.ts';
import { openPromise, postmortemOf, promisesOf } from '../../src/core/promises.ts';
import type { Overall, PageStatus } from '../../src/core/status.ts';
import type { ComponentStatus } from '../../src/core/vocabulary.ts';
import { overallAt, pageStatusAt } from '../../src/core/status.ts';
import { formatTime } from '../../src/core/time-text.ts';
import type { FeedEntry } from '../../src/formats/feed.ts';
import { entryOf, feedOf } from '../../src/formats/feed.ts';
import { headingLine } from '../../src/reader/events/headings.ts';
import { bodyText } from '../../src/reader/markdown/html.ts';
import type { FieldChange, Wording } from './snapshot.ts';
import { diff, snapshot, wordingOf } from './snapshot.ts';

/** Consecutive words that are unchanged, removed or added. */
export interface WordChange {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

/** An event or update that is added, removed or changed. */
export interface Change<Subject> {
  kind: 'added' | 'removed' | 'changed';
  /** The new version, or the old one if it is removed. */
  subject: Subject;
  before?: Subject;
  /** Empty unless `kind` is `changed`. */
  fields: FieldChange[];
  /** If its text differs. All words are `same` if only the formatting does. */
  words?: WordChange[];
}

export interface EventChange extends Change<StatusEvent> {
  /** Oldest first. */
  updates: Change<Update>[];
}

/** A component's value that differs. A side is left out if it is unknown. */
interface ComponentChange<T> {
  id: string;
  name: string;
  before?: T;
  after?: T;
}

/** A line to write in a content file. */
interface LineToWrite {
  file: string;
  /** Counted from 1; left out for a new line. */
  line?: number;
  text: string;
}

/** Changes of the feeds, newest entry first. */
interface FeedChanges {
  sent: FeedEntry[];
  /** Sent again because the id changes. */
  again: FeedEntry[];
  /** Removed from the feeds, but not from the readers that have them. */
  withdrawn: FeedEntry[];
  /** Lines to write so that entries in `again` keep their old ids. */
  keep: LineToWrite[];
  /** The number of new updates that are older than every entry in the feeds. */
  tooOld: number;
}

/** What an incident or maintenance promises after the change. */
interface PromiseNote {
  event: StatusEvent;
  /** Earlier promises that an added update answers. */
  answered: UpdatePromise[];
  next?: UpdatePromise;
  /** Whether the incident is open without a time for its next update. */
  missing: boolean;
  expectedFix?: Instant;
  /** When its postmortem is due, if this change resolves it or promises one. */
  postmortem?: Instant;
}

/** A file in `public/` that differs, with its path on the page. */
export interface FileChange {
  kind: 'added' | 'removed' | 'changed';
  path: string;
}

/** What changes for customers. */
export interface Comparison {
  after: Ledger;
  wording: Wording;
  /** Whether nothing changes for customers, only the wording of what is published, or something that they act on. */
  extent: 'nothing' | 'words' | 'values';
  /** `before` is left out if nothing could be read there. */
  pageStatus: { before?: PageStatus; after: PageStatus };
  /** The status in Statuspage's terms, for the API. */
  overall: { before?: Overall; after: Overall };
  statuses: ComponentChange<ComponentStatus>[];
  /** In percent over the days that the page shows. */
  uptimes: ComponentChange<number>[];
  events: EventChange[];
  entries: FeedChanges;
  promises: PromiseNote[];
  page: {
    /** Of `site.yml` and `components.yml`. */
    fields: FieldChange[];
    /** Whether components are reordered or regrouped, apart from added and removed ones. */
    order: boolean;
    /** Keys of `site.yml` that change nothing customers see. */
    unseen: string[];
    files: readonly FileChange[];
  };
}

/**
 * Compares what a page shows before and after a change, at the same instant.
 * @param before left out if it has errors; then all incidents and maintenance count as new
 * @param files changes in `public/`
 */
export function comparePages(before: Ledger | undefined, after: Ledger, files: readonly FileChange[] = []): Comparison {
  const base = before ?? buildLedger({ ...after.content, incidents: [], maintenance: [] }, after.now);
  const [pairs, components] = [pairEvents(base, after), pairComponents(base, after)];
  const partners = new Map<object, object>([[base.content.site, after.content.site]]);
  for (const pair of [...components, ...pairs, ...pairs.flatMap(({ updates }) => updates)]) {
    if (pair.before && pair.after) partners.set(pair.before, pair.after);
  }
  const wording = wordingOf(base, after, partners);
  const [oldEvents, newEvents] = [
    pairs.flatMap((pair) => pair.before ?? []),
    pairs.flatMap((pair) => pair.after ?? []),
  ];
  const changes = diff(snapshot(base, oldEvents, wording), snapshot(after, newEvents, wording));
  const events = pairs.flatMap((pair) => eventChange(pair, changes));
  const siteChanges = changes.get(after.content.site) ?? [];
  const differing = <T>(field: string, read: (text: string) => T, usual?: string) =>
    components.flatMap(({ before: old, after: now }): ComponentChange<T>[] => {
      const change = now && changes.get(now)?.find((one) => one.field === field);
      if (!change || isRetired(now, after.now)) return [];
      const was = change.before ?? usual;
      if (was === change.after || (!old && usual === undefined)) return [];
      const values = { ...(was && { before: read(was) }), ...(change.after && { after: read(change.after) }) };
      return [{ id: now.id, name: now.name, ...values }];
    });
  const comparison = {
    after,
    wording,
    pageStatus: { ...(before && { before: pageStatusAt(before, after.now) }), after: pageStatusAt(after, after.now) },
    overall: { ...(before && { before: overallAt(before, after.now) }), after: overallAt(after, after.now) },
    statuses: differing('status', (text) => text as ComponentStatus, 'operational'),
    uptimes: differing('uptime', Number),
    events,
    entries: feedChanges([base, oldEvents], [after, newEvents], wording),
    promises: events.filter((one) => one.kind !== 'removed' && !onlyWords(one)).map((one) => promiseNote(one, after)),
    page: {
      fields: [
        ...siteChanges.filter(({ label }) => label !== ''),
        ...componentFields(components, changes),
        ...translationFields(base.content, after.content),
      ],
      order: treeText(base, after, wording) !== treeText(after, base, wording),
      unseen: siteChanges.filter(({ label }) => label === '').map(({ field }) => field),
      files,
    },
  };
  return { ...comparison, extent: extentOf(comparison) };
}

/** Whether only the wording of an event changes. */
export function onlyWords({ kind, fields, updates }: EventChange): boolean {
  const worded = updates.every((one) => one.kind === 'changed' && one.fields.every(({ field }) => field === 'edited'));
  return kind === 'changed' && worded && fields.every(({ field }) => field === 'title');
}

function extentOf(comparison: Omit<Comparison, 'extent'>): Comparison['extent'] {
  const { pageStatus, statuses, uptimes, events, entries, page } = comparison;
  const lists = [statuses, uptimes, entries.sent, entries.again, entries.withdrawn, page.fields, page.files];
  const values = page.order || pageStatus.before !== pageStatus.after || lists.some(({ length }) => length > 0);
  if (values || !events.every(onlyWords)) return 'values';
  return events.length > 0 ? 'words' : 'nothing';
}

type Pair<T> = { before: T; after: T } | { before?: undefined; after: T } | { before: T; after?: undefined };

type EventPair = Pair<StatusEvent> & { updates: Pair<Update>[] };

type Differences = ReturnType<typeof diff>;

/** Pairs changed events by id, else by title or updates, because a file may be renamed. */
function pairEvents(before: Ledger, after: Ledger): EventPair[] {
  const written = (event?: StatusEvent) =>
    JSON.stringify(event, (key, value: unknown) => (key === 'line' || key === 'file' ? undefined : value));
  const updateIds = ({ updates }: StatusEvent) => updates.map(({ id }) => id).join(' ');
  const rules: Rule<StatusEvent>[] = [
    (a, b) => a.id === b.id,
    (a, b) => a.title === b.title || (updateIds(a) !== '' && updateIds(a) === updateIds(b)),
  ];
  return (['incidents', 'maintenance'] as const)
    .flatMap((kind) => pairUp<StatusEvent>(before.content[kind], after.content[kind], rules))
    .filter((pair) => written(pair.before) !== written(pair.after))
    .map((pair) => ({ ...pair, updates: pairUpdates(pair.before?.updates ?? [], pair.after?.updates ?? []) }));
}

/** Pairs updates, oldest first: by id, else by status and similar text, because a new time gives a new id. */
function pairUpdates(before: readonly Update[], after: readonly Update[]): Pair<Update>[] {
  const timeOf = (pair: Pair<Update>) => (pair.after ?? pair.before).at;
  const rules: Rule<Update>[] = [
    (a, b) => a.id === b.id,
    (a, b) => a.word === b.word && textOf(a) === textOf(b),
    (a, b) => a.word === b.word && looksAlike(splitWords(textOf(a)), splitWords(textOf(b))),
  ];
  return pairUp(before, after, rules).sort((a, b) => timeOf(a) - timeOf(b));
}

/** Whether one text corrects the other: they share at least four words, and two thirds of the longer text. */
function looksAlike(before: readonly string[], after: readonly string[]): boolean {
  const left = Map.groupBy(before, (word) => word);
  const shared = after.filter((word) => left.get(word)?.pop() !== undefined).length;
  return shared >= 4 && shared >= (2 / 3) * Math.max(before.length, after.length);
}

/** Pairs components by id, else by alias. */
function pairComponents({ content: before }: Ledger, { content: after }: Ledger) {
  return pairUp(
    [...before.components.values()],
    [...after.components.values()],
    [(a, b) => a.id === b.id, (a, b) => b.aliases.includes(a.id)],
  );
}

type Rule<T> = (before: T, after: T) => boolean;

/** Pairs items by each rule in turn. Items without a partner are returned alone. */
function pairUp<T>(before: readonly T[], after: readonly T[], rules: readonly Rule<T>[]): Pair<T>[] {
  const left = new Set(before);
  const partners = new Map<T, T>();
  for (const isSame of rules) {
    for (const now of after.filter((one) => !partners.has(one))) {
      const old = left.values().find((one) => isSame(one, now));
      if (old === undefined) continue;
      partners.set(now, old);
      left.delete(old);
    }
  }
  const pairs = after.map((now): Pair<T> => {
    const old = partners.get(now);
    return old === undefined ? { after: now } : { before: old, after: now };
  });
  return [...pairs, ...[...left].map((old): Pair<T> => ({ before: old }))];
}

function eventChange({ updates, ...pair }: EventPair, differences: Differences): EventChange[] {
  const saysMore = ({ kind, fields, words }: Change<unknown>) => kind !== 'changed' || fields.length > 0 || words;
  const change = changeOf<StatusEvent>(pair, differences);
  const changed = updates.map((one) => changeOf(one, differences)).filter(saysMore);
  return saysMore(change) || changed.length > 0 ? [{ ...change, updates: changed }] : [];
}

function changeOf<T extends StatusEvent | Update>({ before, after }: Pair<T>, differences: Differences): Change<T> {
  if (!after) return { kind: 'removed', subject: before as T, fields: [] };
  if (!before) return { kind: 'added', subject: after, fields: [] };
  const own = differences.get(after) ?? [];
  const fields = own.filter(({ field }) => field !== 'text');
  const words = own.some(({ field }) => field === 'text') && wordChanges(textOf(before), textOf(after));
  return { kind: 'changed', subject: after, before, fields, ...(words && { words }) };
}

/** Texts that differ in more words than this are shown as rewritten: nobody reads that many marks. */
const MOST_EDITS = 1_000;

/** Compares two texts word by word. */
export function wordChanges(before: string, after: string): WordChange[] {
  const [old, now] = [splitWords(before), splitWords(after)];
  const changes = diffArrays(old, now, { maxEditLength: MOST_EDITS }) ?? [
    { removed: true, added: false, value: old },
    { removed: false, added: true, value: now },
  ];
  return changes.map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join(' '),
  }));
}

function textOf(thing: StatusEvent | Update): string {
  const body = 'body' in thing ? thing.body : 'announcement' in thing ? thing.announcement : undefined;
  return body ? bodyText(body) : '';
}

function splitWords(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

/** Added and removed components, and changes of the others, except status and uptime. */
function componentFields(components: ReturnType<typeof pairComponents>, differences: Differences): FieldChange[] {
  return components.flatMap(({ before, after }): FieldChange[] => {
    if (!before) return [{ field: 'added', label: 'New component', after: after.name }];
    if (!after) return [{ field: 'removed', label: 'Removed component', before: before.name }];
    const own = differences.get(after) ?? [];
    return own.filter(({ field }) => field !== 'status' && field !== 'uptime');
  });
}

/** Translations of incidents and maintenance that are added, removed or changed. */
function translationFields(before: Content, after: Content): FieldChange[] {
  const written = ({ translations }: Content) =>
    new Map(
      [...translations].flatMap(([locale, byFile]) =>
        [...byFile].map(([original, { file, title, areas, announcement, updates }]) => {
          const text = JSON.stringify([title, areas, announcement?.body, updates.map(({ id, body }) => [id, body])]);
          return [file, { locale, original, text }] as const;
        }),
      ),
    );
  const [old, now] = [written(before), written(after)];
  const titles = new Map(
    [before, after].flatMap((side) => [...side.incidents, ...side.maintenance].map((one) => [one.file, one.title])),
  );
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((file): FieldChange[] => {
    const [was, is] = [old.get(file), now.get(file)];
    const one = is ?? was;
    if (!one || was?.text === is?.text) return [];
    const label = `Translation of “${titles.get(one.original) ?? one.original}” into ${one.locale}`;
    return [{ field: 'translation', label, after: was ? (is ? 'changed' : 'removed') : 'added' }];
  });
}

/** The tree of the components that both sides have, with their new ids. */
function treeText(side: Ledger, other: Ledger, { idOf }: Wording): string {
  const others = new Set([...other.content.components.keys()].map(idOf));
  const nodeText = (node: ComponentNode): string => {
    if (node.kind === 'component') return others.has(idOf(node.id)) ? idOf(node.id) : '';
    const members = node.children.map(nodeText).filter(Boolean);
    return members.length > 0 ? `${node.name} [${members.join(', ')}]` : '';
  };
  return side.content.tree.map(nodeText).filter(Boolean).join(', ');
}

/** One side of the comparison, and its changed events. */
type Side = readonly [ledger: Ledger, events: readonly StatusEvent[]];

function feedChanges(before: Side, after: Side, { words, dates, subjectOf }: Wording): FeedChanges {
  // Entries without an update, such as the start of a maintenance, are matched by event and message id.
  const entriesOf = ([ledger, events]: Side) =>
    new Map(
      newsOf(events, ledger).map((item) => {
        const { event, message } = item;
        const key = message.update ? subjectOf(message.update) : `${subjectOf(event).id} ${message.id}`;
        return [key, { event, update: message.update, entry: entryOf(item, { ledger, words, dates }) }];
      }),
    );
  const [old, now] = [entriesOf(before), entriesOf(after)];
  const entriesIn = ([ledger]: Side) => feedOf({ ledger, words, dates }).entries;
  const [oldIds, newIds] = [before, after].map((side) => new Set(entriesIn(side).map(({ id }) => id)));
  const isListed = ({ id }: FeedEntry) => newIds?.has(id);
  const changes: FeedChanges = { sent: [], again: [], keep: [], withdrawn: [], tooOld: 0 };
  for (const [key, { event, update, entry }] of now) {
    const was = old.get(key);
    if (!was) {
      if (isListed(entry)) changes.sent.push(entry);
      else changes.tooOld += 1;
    } else if (was.entry.id !== entry.id && isListed(entry)) {
      changes.again.push(entry);
      if (!update || !was.update || was.event.id !== event.id) continue;
      const text = headingLine(update.word, formatTime(update.at), was.update.id);
      changes.keep.push({ file: event.file, line: update.line, text });
    }
  }
  changes.withdrawn = [...old].flatMap(([key, { entry }]) => (!now.has(key) && oldIds?.has(entry.id) ? entry : []));

  // A new `id` or `url` in site.yml gives every entry a new id.
  const [{ site: oldSite }, { site }] = [before[0].content, after[0].content];
  const probe = { id: '', at: 0 };
  if (entryId(oldSite, '', probe) === entryId(site, '', probe)) return changes;
  const again = entriesIn(after).filter((entry) => !changes.sent.includes(entry));
  const root = oldSite.id ?? oldSite.url;
  return { ...changes, again, keep: [{ file: 'site.yml', text: `id: ${String(root)}` }] };
}

function promiseNote({ subject: event, before, updates }: EventChange, { content, now }: Ledger): PromiseNote {
  const { promises, postmortems } = content.site;
  const added = updates.filter(({ kind }) => kind === 'added').map(({ subject }) => subject);
  const answered = promisesOf(event.updates, now, promises.grace).filter(({ answer }) =>
    added.some(({ id }) => id === answer?.id),
  );
  const next = openPromise(event.updates, now, promises.grace);
  const note = { event, answered, ...(next && { next }), missing: false };
  if (event.kind === 'maintenance') return note;
  if (incidentState(event).open) {
    const fix = newestExpectedFix(event.updates);
    return { ...note, missing: !next && !isNotice(event), ...(fix !== undefined && { expectedFix: fix }) };
  }
  const ends = !(before?.kind === 'incident' && !incidentState(before).open);
  const asked = ends || added.some(({ postmortemBy }) => postmortemBy !== undefined);
  const postmortem = asked ? postmortemOf(event, now, postmortems) : undefined;
  return { ...note, ...(postmortem && !postmortem.delivered && { postmortem: postmortem.due }) };
}
