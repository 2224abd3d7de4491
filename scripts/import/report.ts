import type { ImportedEvent, SourcePlace } from './model.ts';
import { counted, cleanLine } from '../lib/text.ts';

/** Guessed: written, but the source did not say so. Noted: imported as it is, and worth a look. Lost: not written. */
type EntryOutcome = 'guessed' | 'noted' | 'lost';

/** Entries that need a decision, most important first: something is missing, stays open, or may be something else. */
const DECISIONS = {
  'site-incomplete': ['lost', 'site.yml does not have the name or URL of the page yet. Fill it in.'],
  'locale-not-shipped': ['noted', 'Candor has no translation for the source’s language, so the page is in English.'],
  'event-unreadable': ['lost', 'An incident or maintenance could not be read.'],
  'update-unreadable': ['lost', 'An update could not be read.'],
  'component-unreadable': ['lost', 'A component could not be read.'],
  'file-unreadable': ['lost', 'A file could not be read.'],
  'future-update': ['lost', 'An update is in the future. Import again after that time.'],
  'file-conflict': [
    'lost',
    'A file with that name exists that was not imported from this source. It was not overwritten.',
  ],
  'file-edited-both': [
    'lost',
    'The file was edited after its import, and the source changed too. It was not overwritten.',
  ],
  'components-not-written': ['lost', 'components.yml already exists, and components could not be added.'],
  'component-not-named': [
    'lost',
    'A component was left out of an incident, because components.yml retires it before the incident.',
  ],
  'incidents-missing': ['lost', 'There are neither issues nor commits, so there are no incidents. Save issues.json.'],
  'downtime-uncovered': ['lost', 'The source has downtime without an incident.'],
  'config-missing': ['lost', 'There is no configuration, so components were taken from incidents.'],
  'history-cut': [
    'noted',
    'The clone contains only the newest commits. To get older incidents, run `git fetch --unshallow`.',
  ],
  'example-content': ['noted', 'The content folder still contains the example. To delete it, run `npm run init`.'],
  'open-long': ['noted', 'It has been unresolved for over 30 days, and was kept open.'],
  'resolved-contradiction': ['noted', 'It is not marked as resolved but has an end time. It was imported as open.'],
  'end-disputed': [
    'guessed',
    'Its updates say that it is over, but the source says that it is open. The updates were used.',
  ],
  'zone-inferred': [
    'guessed',
    'Times in the text differ from the front matter by whole hours, which was read as a time zone.',
  ],
  'zone-guessed': ['guessed', 'An ambiguous or unknown time zone abbreviation was guessed.'],
  'time-unreadable': ['lost', 'A time could not be read.'],
} as const satisfies Record<string, readonly [EntryOutcome, string]>;

/** Every kind of entry, with what became of it and what it means. */
const KINDS = {
  ...DECISIONS,
  'status-from-impact': ['guessed', 'The source does not say how components were affected, so the impact was used.'],
  'first-status': ['guessed', 'A first update without a status of its own became Investigating or Scheduled.'],
  'status-after-end': [
    'guessed',
    'An update after the end has an open status, but the source says that the incident stayed resolved.',
  ],
  'unknown-status': ['guessed', 'A status that Candor does not have was mapped to one that it has.'],
  'unknown-impact': [
    'guessed',
    'An impact that Candor does not have was left out. The component statuses determine it.',
  ],
  'started-late': ['guessed', 'In the source it starts after its first update, so the first update was used.'],
  'start-missing': ['guessed', 'The source has no start time, so the first update was used.'],
  'window-missing': ['guessed', 'The source does not say when the maintenance was due to start or end.'],
  'time-without-zone': ['guessed', 'A time without a time zone was read as UTC, or in the zone from --zone.'],
  'time-corrected': ['guessed', 'A time that does not exist was read as the next one that does.'],
  'update-from-text': ['guessed', 'A line that looks like an update was imported as one.'],
  'update-time-unknown': ['guessed', 'An update has no recognisable time, so it stays in the surrounding text.'],
  'text-behind-update': ['guessed', 'Text after the updates was moved to the text before them.'],
  'front-matter-repaired': ['guessed', 'Front matter could be read only after a repair.'],
  'unknown-severity': ['guessed', 'An unknown severity was read as degraded performance.'],
  'emoji-kept-as-text': ['guessed', 'A code such as :tada: was kept as text.'],
  'other-language': ['guessed', 'It exists only in a second language, and was imported in that language.'],
  'resolved-added': ['guessed', 'The source says that it is over but has no such update, so one was added.'],
  'closed-by-age': ['guessed', 'It was open for longer than --close-older-than, so a Resolved update was added.'],
  'update-added': ['guessed', 'The source has no updates, so one was added.'],
  'title-added': ['guessed', 'It has no title, so one was added.'],
  'postmortem-early': ['guessed', 'A postmortem before the end was imported as Update.'],
  'postmortem-markdown': ['guessed', 'Postmortems were read as Markdown, as in the source.'],
  'tag-kept-as-text': ['guessed', 'Words in angle brackets that are not HTML were kept as text.'],
  'image-became-link': ['guessed', 'An image was replaced by a link, because Candor only shows images from public/.'],
  'component-by-name': ['guessed', 'A component was matched by its name, because the list does not contain its id.'],
  'component-retired': ['guessed', 'A component that only incidents mention was added as retired.'],
  'component-unlisted': ['guessed', 'There is no list of components, so those that incidents mention were used.'],
  'group-affected': ['guessed', 'A group was affected, so its components were listed instead.'],
  'page-guessed': ['guessed', 'Something about the page was guessed.'],
  'impact-missing': [
    'guessed',
    'The source says neither what was affected nor how badly, so the impact was set to minor.',
  ],
  'year-guessed': ['guessed', 'Days have no year, so the year closest to the entry’s publication was used.'],
  'incidents-from-checks': ['guessed', 'Incidents were reconstructed from checks.'],
  'cancelled-added': ['guessed', 'It was closed before it started, so a Cancelled update was added.'],
  'component-unknown': ['noted', 'It does not say which component it is about.'],
  'comments-missing': ['noted', 'The comments of an issue were not saved, so they were not imported.'],
  'issue-ignored': ['noted', 'An issue is neither an incident nor maintenance, and was skipped.'],
  'summary-differs': ['noted', 'The summary differs from the files.'],
  'file-empty': ['noted', 'The file is empty.'],
  'zone-given': ['guessed', 'Times without a time zone were read in the zone from --zone or the configuration.'],
  'time-mended': ['guessed', 'An unclear time was read as what it most likely means.'],
  'severity-guessed': ['guessed', 'A severity is not one that the source defines.'],
  'resolved-guessed': ['guessed', 'The field that should say whether it is resolved is not clear.'],
  'ended-early': ['guessed', 'In the source it ends before it starts, so the end was left out.'],
  'update-time-guessed': ['guessed', 'An update has no time, so the start or end time was used.'],
  'last-text-ends': ['guessed', 'The newest text was imported as the Resolved or Completed update.'],
  reopened: ['guessed', 'An update between two ends was imported as Investigating.'],
  'maintenance-guessed': ['guessed', 'A post was imported as maintenance.'],
  'notice-guessed': ['guessed', 'An informational post was imported as a notice.'],
  'merge-conflict': ['guessed', 'Merge conflict markers were removed.'],
  duplicate: ['noted', 'It is in several files, so the newest was used.'],
  'text-missing': ['guessed', 'An update has no text in the source, so a sentence that says so was added.'],
  'resolved-time-differs': ['noted', 'Its resolution time differs from its Resolved update, whose time was used.'],
  'heading-level-changed': ['noted', 'Headings in the text were lowered below Candor’s own.'],
  'newest-only': ['noted', 'A live Statuspage only serves its newest 50 incidents.'],
  'site-left-alone': ['noted', 'site.yml already exists and was not changed.'],
  'components-appended': ['noted', 'components.yml already exists. Missing components were added at its end.'],
  'file-edited': [
    'noted',
    'The file was edited after its import and the source did not change, so it was left as it is.',
  ],
  'file-ignored': ['noted', 'The file contains nothing to import.'],
  'shortcode-left-out': ['lost', 'A shortcode was removed, but its content was kept.'],
  'draft-left-out': ['lost', 'It is a draft or not published yet, so it was left out.'],
  'expired-left-out': ['lost', 'It has expired, so it was left out.'],
  'element-left-out': ['lost', 'An element that Markdown cannot hold was left out.'],
  'markup-left-out': ['lost', 'Tags are nested too deeply, so the text was kept without them.'],
  'comment-left-out': ['lost', 'An HTML comment, which was never visible, was left out.'],
  'link-became-text': ['lost', 'A link that is not http, https or mailto was replaced by its text.'],
  'end-status-left-out': [
    'lost',
    'In the source, components are still affected after the end. In Candor, the end makes them operational.',
  ],
  'detail-left-out': ['lost', 'Candor has no equivalent for it.'],
  'translation-left-out': [
    'lost',
    'It also exists in the first language, which was imported. To add this one, write it beside that, as ID.de.md.',
  ],
  'line-unreadable': ['lost', 'A line could not be read.'],
  'first-message-parted': [
    'guessed',
    'A text that starts with an update was split. The rest became the first message.',
  ],
  'site-removed': ['guessed', 'It is no longer checked, so its open incidents ended with the last check.'],
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
  guessed: 'Guessed: imported, but the source does not say so',
  noted: 'Noted: imported as it is',
  lost: 'Left out: Candor has no equivalent for it',
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
    row('Files', `${files.created} new, ${files.changed} changed, ${files.unchanged} unchanged`),
  );
  for (const outcome of ['guessed', 'noted', 'lost'] as const) {
    const entries = routine.filter((entry) => entry.outcome === outcome);
    if (entries.length > 0)
      lines.push('', `${HEADINGS[outcome]} (${entries.length})`, ...kindsText(entries, SHOWN.routine));
  }
  if (report.sources.length > 0) lines.push('', `Source files (${report.sources.length})`);
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
