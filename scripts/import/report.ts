import type { ImportedEvent, SourcePlace } from './model.ts';
import { counted, cleanLine } from '../lib/text.ts';

/** Guessed: written, but the source did not say so. Noted: written as it is, and worth a look. Lost: not written. */
type EntryOutcome = 'guessed' | 'noted' | 'lost';

/** Entries that need a decision, most important first: something is missing, stays open, or may be something else. */
const DECISIONS = {
  'site-incomplete': ['lost', 'site.yml does not have the name or the address of the page yet; fill that in.'],
  'locale-not-shipped': ['noted', 'Candor has no translation in the language of the source; the page is in English.'],
  'event-unreadable': ['lost', 'An incident or maintenance could not be read.'],
  'update-unreadable': ['lost', 'An update could not be read.'],
  'component-unreadable': ['lost', 'A component could not be read.'],
  'file-unreadable': ['lost', 'A file could not be read.'],
  'future-update': ['lost', 'An update lies ahead of the clock; import again once its time has come.'],
  'file-conflict': ['lost', 'A file of that name is there that was not imported from here; not overwritten.'],
  'file-edited-both': [
    'lost',
    'The file was edited since it was imported, and the source changed too; not overwritten.',
  ],
  'components-not-written': ['lost', 'components.yml is there already and could not be added to.'],
  'component-not-named': [
    'lost',
    'An incident names a component that components.yml retires before it; left out of the incident.',
  ],
  'incidents-missing': [
    'lost',
    'There are neither issues nor commits, so that no incident is known; save issues.json.',
  ],
  'downtime-uncovered': ['lost', 'The source counts minutes down for which it has no incident.'],
  'config-missing': ['lost', 'There is no configuration; what components there are is told by incidents alone.'],
  'history-cut': ['noted', 'The clone holds only the newest commits; older incidents need `git fetch --unshallow`.'],
  'example-content': ['noted', 'The content folder still holds the example; `npm run init` deletes it.'],
  'open-long': ['noted', 'Unresolved for over 30 days; kept open.'],
  'resolved-contradiction': ['noted', 'It is not resolved, and says when it was; that it is open counts.'],
  'end-disputed': [
    'guessed',
    'Its updates say that it is over, and the source says that it is open; the updates count.',
  ],
  'zone-inferred': [
    'guessed',
    'Times in the text differ from the front matter by whole hours; that was read as a time zone.',
  ],
  'zone-guessed': ['guessed', 'An abbreviation that means several zones, or none that is known, was guessed.'],
  'time-unreadable': ['lost', 'A time could not be read.'],
} as const satisfies Record<string, readonly [EntryOutcome, string]>;

/** Every kind of entry, with what became of it and what it means. */
const KINDS = {
  ...DECISIONS,
  'status-from-impact': [
    'guessed',
    'The source does not say how components were affected; it follows from the impact.',
  ],
  'first-status': ['guessed', 'A first update without a status of its own became Investigating or Scheduled.'],
  'status-after-end': [
    'guessed',
    'An update after the end has an open status, but the source says that it stayed over.',
  ],
  'unknown-status': ['guessed', 'A status that Candor does not have was read as one that it has.'],
  'unknown-impact': ['guessed', 'An impact that Candor does not have was left out; it follows from the components.'],
  'started-late': ['guessed', 'The source has it start after its first update; the first update counts.'],
  'start-missing': ['guessed', 'The source does not say when it started; the first update counts.'],
  'window-missing': ['guessed', 'The source does not say when the maintenance was to begin or end.'],
  'time-without-zone': ['guessed', 'A time without a zone was read as UTC, or as --zone says.'],
  'time-corrected': ['guessed', 'A time that cannot be was read as the next one that can.'],
  'update-from-text': ['guessed', 'A line that looks like an update became one.'],
  'update-time-unknown': ['guessed', 'When an update was cannot be told; it stays in the text around it.'],
  'text-behind-update': ['guessed', 'Text behind the updates was put with the text before them.'],
  'front-matter-repaired': ['guessed', 'Front matter could be read only after a repair.'],
  'unknown-severity': ['guessed', 'A severity that the source does not have was read as degraded performance.'],
  'emoji-kept-as-text': ['guessed', 'A code such as :tada: was kept as text.'],
  'other-language': ['guessed', 'It is there only in a second language; it was taken as it is.'],
  'resolved-added': ['guessed', 'The source says it is over but has no update that says so; one was added.'],
  'closed-by-age': ['guessed', 'It was open for longer than --close-older-than; a Resolved update was added.'],
  'update-added': ['guessed', 'The source has no update; one was added.'],
  'title-added': ['guessed', 'It has no title; one was added.'],
  'postmortem-early': ['guessed', 'A postmortem before the end became Update.'],
  'postmortem-markdown': ['guessed', 'Postmortems are Markdown in the source and were read as such.'],
  'tag-kept-as-text': ['guessed', 'Words in angle brackets that are no HTML were kept as text.'],
  'image-became-link': ['guessed', 'An image became a link: Candor shows images from public/ only.'],
  'component-by-name': ['guessed', 'A component that the list does not have under this id was found by its name.'],
  'component-retired': ['guessed', 'A component that only incidents name became a retired one.'],
  'component-unlisted': ['guessed', 'Without a list of components, those that incidents name were taken.'],
  'group-affected': ['guessed', 'A group was affected; its components were named instead.'],
  'page-guessed': ['guessed', 'Something about the page was guessed.'],
  'impact-missing': ['guessed', 'The source says neither what was affected nor how badly; incidents became minor.'],
  'year-guessed': ['guessed', 'Days stand without a year; the one nearest to when the entry was published counts.'],
  'incidents-from-checks': ['guessed', 'Incidents were put together from checks.'],
  'cancelled-added': ['guessed', 'It was closed before it began; an update was added that says it was cancelled.'],
  'component-unknown': ['noted', 'It does not say which component it is about.'],
  'comments-missing': ['noted', 'Comments of an issue were not saved, and are not imported.'],
  'issue-ignored': ['noted', 'An issue is no incident and no maintenance; left alone.'],
  'summary-differs': ['noted', 'The summary differs from the files.'],
  'file-empty': ['noted', 'The file is empty.'],
  'zone-given': ['guessed', 'Times without a zone were read in that of --zone, or of the configuration.'],
  'time-mended': ['guessed', 'A time that cannot be read as it stands was read as what it most likely says.'],
  'severity-guessed': ['guessed', 'A severity is not one of the source’s own.'],
  'resolved-guessed': ['guessed', 'Whether it is resolved cannot be told from the field that should say so.'],
  'ended-early': ['guessed', 'The source has it end before it began; that end was left out.'],
  'update-time-guessed': ['guessed', 'An update says no time; it took that of the start or of the end.'],
  'last-text-ends': ['guessed', 'The newest text of what is over became its Resolved or Completed update.'],
  reopened: ['guessed', 'An update between two ends became Investigating.'],
  'maintenance-guessed': ['guessed', 'A post became a maintenance.'],
  'notice-guessed': ['guessed', 'An informational post became a notice.'],
  'merge-conflict': ['guessed', 'Marks of a merge conflict were taken out.'],
  duplicate: ['noted', 'It stands in several files; the newest was taken.'],
  'text-missing': ['guessed', 'The source has no text for an update; it says that no message was posted.'],
  'resolved-time-differs': ['noted', 'Its time of resolution differs from its Resolved update, whose time counts.'],
  'heading-level-changed': ['noted', 'Headings in the text were moved below those of Candor.'],
  'newest-only': ['noted', 'A live Statuspage serves its newest 50 incidents only.'],
  'site-left-alone': ['noted', 'site.yml is there already and was left as it is.'],
  'components-appended': ['noted', 'components.yml is there already; what it lacked was put at its end.'],
  'file-edited': ['noted', 'The file was edited since it was imported, and the source is unchanged; left as it is.'],
  'file-ignored': ['noted', 'The file holds nothing of a status page.'],
  'shortcode-left-out': ['lost', 'A shortcode was left out; what it encloses stays.'],
  'draft-left-out': ['lost', 'It is a draft, or not published yet; left out.'],
  'expired-left-out': ['lost', 'Its time to be shown is over; left out.'],
  'element-left-out': ['lost', 'An element that Markdown cannot hold was left out.'],
  'markup-left-out': ['lost', 'Tags nest so deep that they cannot be followed; the text was kept without them.'],
  'comment-left-out': ['lost', 'An HTML comment was left out; it was never shown.'],
  'link-became-text': ['lost', 'A link that does not lead to http, https or mailto became its text.'],
  'end-status-left-out': [
    'lost',
    'The source leaves components affected after the end; in Candor the end makes them operational.',
  ],
  'detail-left-out': ['lost', 'Candor has no place for it.'],
  'translation-left-out': ['lost', 'It is there in the first language too; Candor has one language a page.'],
  'line-unreadable': ['lost', 'A line could not be read.'],
  'first-message-parted': [
    'guessed',
    'A text that begins with an update was split: what follows it became the first message.',
  ],
  'site-removed': ['guessed', 'It is no longer checked; its open incidents ended with the last check.'],
} as const satisfies Record<string, readonly [EntryOutcome, string]>;

export type Kind = keyof typeof KINDS;

/** The entries that need a decision, most important first, and all others. */
function partEntries(entries: readonly Entry[]): { decisions: Entry[]; routine: Entry[] } {
  const decisions = Object.keys(DECISIONS).flatMap((kind) => entries.filter((entry) => entry.kind === kind));
  return { decisions, routine: entries.filter(({ kind }) => !(kind in DECISIONS)) };
}

/** One thing that the importer guessed, noted or could not do. */
interface Entry extends Subject {
  kind: Kind;
  outcome: EntryOutcome;
  /** Where in the source. */
  place: SourcePlace;
  /** What happened here, when the kind does not say it all. */
  reason: string;
}

interface Counts {
  incidents: number;
  maintenance: number;
  updates: number;
  components: number;
}

/** A file of the source. What the numbers say is told once the import is done. */
interface SourceFile {
  file: string;
  /** What it was read as: `incident`, `configuration` … */
  as: string;
  incidents: number;
  maintenance: number;
  updates: number;
  /** How many entries of each outcome point to it. */
  entries: Record<EntryOutcome, number>;
}

/** What an import did, complete: in = out + lost, for incidents and for updates. */
export interface Report {
  source: string;
  /** The content folder. */
  to: string;
  dryRun: boolean;
  read: Counts & { files: number };
  /** Every file of the source, in the order it was read. */
  sources: SourceFile[];
  /** Updates that were made, because the source lacks one. */
  added: { updates: number };
  /** What the content folder holds of it now. */
  written: Counts;
  /** Of what was read or added: what is not there now. Each is among the entries. */
  notWritten: Omit<Counts, 'components'>;
  files: { created: number; changed: number; unchanged: number };
  entries: Entry[];
}

export function emptyReport(source: string, to: string, dryRun: boolean): Report {
  const none = { incidents: 0, maintenance: 0, updates: 0 };
  return {
    source,
    to,
    dryRun,
    read: { files: 0, ...none, components: 0 },
    sources: [],
    added: { updates: 0 },
    written: { ...none, components: 0 },
    notWritten: { ...none },
    files: { created: 0, changed: 0, unchanged: 0 },
    entries: [],
  };
}

/** Lists a file of the source, and counts it. A second time changes nothing. */
export function listFile(report: Report, file: string, as: string): void {
  if (report.sources.some((source) => source.file === file)) return;
  report.read.files += 1;
  const entries = { guessed: 0, noted: 0, lost: 0 };
  report.sources.push({ file, as, incidents: 0, maintenance: 0, updates: 0, entries });
}

/** What an entry is about, in the source's words; `id` where it has one. */
export interface Subject {
  id?: string;
  subject: string;
}

/** Adds an entry. */
export function note(report: Report, kind: Kind, place: SourcePlace, about: Subject, reason?: string): void {
  const [outcome, meaning] = KINDS[kind];
  report.entries.push({ kind, outcome, place, ...about, reason: reason ?? meaning });
}

/** Adds an entry on something that a teller is for; `place` only if that is not the thing's own. */
export type Tell = (kind: Kind, reason?: string, place?: SourcePlace) => void;

/** Adds entries on one thing of the source. */
export function teller(report: Report, place: SourcePlace, about: Subject): Tell {
  return (kind, reason, at = place) => note(report, kind, at, about, reason);
}

/** What events of a kind are called together: in a report's numbers, and as a folder. */
export const PLURALS = { incident: 'incidents', maintenance: 'maintenance' } as const;

/** Why an event cannot be read whose source does not say when it was. */
export const NO_TIME = 'It has no time that can be read.';

/** Counts an event that cannot be read, with as many updates, and tells why. */
export function loseEvent(
  kind: ImportedEvent['kind'],
  reason: string,
  tell: Tell,
  report: Report,
  updates = 0,
): undefined {
  tell('event-unreadable', reason);
  for (const count of [report.read, report.notWritten]) {
    count[PLURALS[kind]] += 1;
    count.updates += updates;
  }
}

/** Counts an update that cannot be read, and tells why. */
export function loseUpdate(reason: string, tell: Tell, report: Report, place?: SourcePlace): void {
  tell('update-unreadable', reason, place);
  report.read.updates += 1;
  report.notWritten.updates += 1;
}

/** How many entries of each kind are shown; the JSON has all. */
const SHOWN = { decision: 20, routine: 3 };
const HEADINGS: Record<EntryOutcome, string> = {
  guessed: 'Guessed: written, but the source does not say so',
  noted: 'Noted: written as it is',
  lost: 'Left out: Candor has no place for it',
};
/** How many file names of each kind are shown. */
const FILES_SHOWN = 5;
const WIDTH = 16;
const LONGEST = 120;

/** The report for a terminal: decisions first, then numbers, then routine entries in groups. */
export function reportText(report: Report): string {
  const { read, written, added, notWritten, files } = report;
  const { decisions, routine } = partEntries(report.entries);
  const lines = [`${report.source} → ${report.to}${report.dryRun ? ' (dry run: nothing was written)' : ''}`, ''];
  if (decisions.length > 0)
    lines.push(`Needs a decision (${decisions.length})`, ...kindsText(decisions, SHOWN.decision), '');
  lines.push(
    row('Read', `${countsText(read)} in ${counted(read.files, 'file')}`),
    row(report.dryRun ? 'Would be written' : 'Written', countsText(written)),
    row('', `${counted(added.updates, 'update')} of these added`),
    row('Not written', countsText({ ...notWritten, components: undefined })),
    row('Files', `${files.created} new, ${files.changed} changed, ${files.unchanged} as they were`),
  );
  for (const outcome of ['guessed', 'noted', 'lost'] as const) {
    const entries = routine.filter((entry) => entry.outcome === outcome);
    if (entries.length > 0)
      lines.push('', `${HEADINGS[outcome]} (${entries.length})`, ...kindsText(entries, SHOWN.routine));
  }
  if (report.sources.length > 0) lines.push('', `Files of the source (${report.sources.length})`);
  lines.push(...sourcesText(report.sources));
  if (report.entries.length > 0) lines.push('', 'With --json, the report lists every entry and every file.');
  return `${lines.join('\n')}\n`;
}

/** Files by what they were read as, with some of their names. */
function sourcesText(sources: readonly SourceFile[]): string[] {
  const groups = Map.groupBy(sources, ({ as }) => as);
  return [...groups].map(([as, files]) => {
    const names = files.slice(0, FILES_SHOWN).map(({ file }) => short(file));
    const more = files.length > names.length ? ` … and ${files.length - names.length} more` : '';
    return `  ${files.length} × ${as}: ${names.join(', ')}${more}`;
  });
}

function kindsText(entries: readonly Entry[], shown: number): string[] {
  return [...Map.groupBy(entries, ({ kind }) => kind)].flatMap(([kind, group]) => {
    const meaning = KINDS[kind][1];
    const examples = group.slice(0, shown);
    const files = new Set(group.map(({ place }) => place.file)).size;
    const more = group.length - examples.length;
    return [
      `  ${group.length} × ${kind}: ${meaning}`,
      ...examples.map((entry) => `      ${entryText(entry, meaning)}`),
      ...(more > 0 ? [`      … and ${more} more, in ${counted(files, 'file')} altogether`] : []),
    ];
  });
}

function entryText({ place, id, subject, reason }: Entry, meaning: string): string {
  const where = [place.file, place.line, place.path].filter((part) => part !== undefined).join(':');
  const what = [id === place.file ? undefined : id, `“${short(subject)}”`].filter(Boolean).join(' ');
  return `${where} ${what}${reason === meaning ? '' : ` – ${short(reason)}`}`;
}

function countsText(counts: Partial<Record<keyof Counts, number | undefined>>): string {
  const { incidents = 0, maintenance = 0, updates = 0, components } = counts;
  const parts = [counted(incidents, 'incident'), `${maintenance} maintenance`, counted(updates, 'update')];
  return [...parts, ...(components === undefined ? [] : [counted(components, 'component')])].join(', ');
}

/** One line of a source's own words, which could otherwise steer the terminal. */
function short(text: string): string {
  const line = cleanLine(text);
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}

function row(label: string, text: string): string {
  return `${label.padEnd(WIDTH)}  ${text}`;
}

/** Tells for every file of the source what came of it. To be called when nothing more will be reported. */
export function tally(report: Report, events: readonly ImportedEvent[]): void {
  const sources = new Map(report.sources.map((source) => [source.file, source]));
  for (const { kind, place, updates } of events) {
    const source = sources.get(place.file);
    if (source) source[PLURALS[kind]] += 1;
    for (const update of updates) {
      const from = sources.get(update.place.file);
      if (from) from.updates += 1;
    }
  }
  for (const { place, outcome } of report.entries) {
    const source = sources.get(place.file);
    if (source) source.entries[outcome] += 1;
  }
}
