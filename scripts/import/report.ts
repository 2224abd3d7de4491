import type { Place } from './model.ts';

/** Guessed: written, but the source did not say so. Noted: written as it is, and worth a look. Lost: not written. */
export type Outcome = 'guessed' | 'noted' | 'lost';

/** Every kind of entry, with what became of it and what it means. */
export const KINDS = {
  'status-from-impact': [
    'guessed',
    'The source does not say how components were affected; it follows from the impact.',
  ],
  'first-status': ['guessed', 'A first update without a status of its own became Investigating or Scheduled.'],
  'status-after-end': [
    'guessed',
    'An update after the end has an open status, but the source says that it stayed over.',
  ],
  'unknown-status': ['guessed', 'A status that Candor does not have became Update.'],
  'unknown-impact': ['guessed', 'An impact that Candor does not have was left out; it follows from the components.'],
  'started-late': ['guessed', 'The source has it start after its first update; the first update counts.'],
  'start-missing': ['guessed', 'The source does not say when it started; the first update counts.'],
  'window-missing': ['guessed', 'The source does not say when the maintenance was to begin or end.'],
  'time-without-zone': ['guessed', 'A time without a zone was read as UTC.'],
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
  duplicate: ['noted', 'It stands in several files; the newest was taken.'],
  'text-missing': ['noted', 'An update has no text.'],
  'open-long': ['noted', 'Unresolved for over 30 days; kept open.'],
  'resolved-time-differs': ['noted', 'Its time of resolution differs from its Resolved update, whose time counts.'],
  'heading-level-changed': ['noted', 'Headings in the text were moved below those of Candor.'],
  'example-content': ['noted', 'The content folder still holds the example; `npm run init` deletes it.'],
  'newest-only': ['noted', 'A live Statuspage serves its newest 50 incidents only.'],
  'site-left-alone': ['noted', 'site.yml is there already and was left as it is.'],
  'components-appended': ['noted', 'components.yml is there already; what it lacked was put at its end.'],
  'file-edited': ['noted', 'The file was edited since it was imported, and the source is unchanged; left as it is.'],
  'file-ignored': ['noted', 'The file holds nothing of a status page.'],
  'element-left-out': ['lost', 'An element that Markdown cannot hold was left out.'],
  'markup-left-out': ['lost', 'Tags nest so deep that they cannot be followed; the text was kept without them.'],
  'comment-left-out': ['lost', 'An HTML comment was left out; it was never shown.'],
  'link-became-text': ['lost', 'A link that does not lead to http, https or mailto became its text.'],
  'end-status-left-out': [
    'lost',
    'The source leaves components affected after the end; in Candor the end makes them operational.',
  ],
  'detail-left-out': ['lost', 'Candor has no place for it.'],
  'component-not-named': [
    'lost',
    'An incident names a component that components.yml retires before it; left out of the incident.',
  ],
  'future-update': ['lost', 'An update lies ahead of the clock; import again once its time has come.'],
  'update-unreadable': ['lost', 'An update could not be read.'],
  'event-unreadable': ['lost', 'An incident or maintenance could not be read.'],
  'component-unreadable': ['lost', 'A component could not be read.'],
  'components-not-written': ['lost', 'components.yml is there already and could not be added to.'],
  'page-unknown': ['lost', 'The source does not say what the page is called and where it is; write site.yml by hand.'],
  'file-conflict': ['lost', 'A file of that name is there that was not imported from here; not overwritten.'],
  'file-edited-both': [
    'lost',
    'The file was edited since it was imported, and the source changed too; not overwritten.',
  ],
} as const satisfies Record<string, readonly [Outcome, string]>;

export type Kind = keyof typeof KINDS;

/** One thing that the importer guessed, noted or could not do. */
export interface Entry {
  kind: Kind;
  outcome: Outcome;
  /** Where in the source. */
  place: Place;
  /** The id of what it is about, where it has one. */
  id?: string;
  /** What it is about, in the source's words. */
  subject: string;
  /** What happened here, when the kind does not say it all. */
  reason: string;
}

export interface Counts {
  incidents: number;
  maintenance: number;
  updates: number;
  components: number;
}

/** What an import did, complete: in = out + lost, for incidents and for updates. */
export interface Report {
  source: string;
  /** The content folder. */
  to: string;
  dryRun: boolean;
  read: Counts & { files: number };
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
    added: { updates: 0 },
    written: { ...none, components: 0 },
    notWritten: { ...none },
    files: { created: 0, changed: 0, unchanged: 0 },
    entries: [],
  };
}

/** Adds an entry. `about` names the incident, update or component in the source's words. */
export function note(
  report: Report,
  kind: Kind,
  place: Place,
  about: { id?: string; subject: string },
  reason?: string,
): void {
  const [outcome, meaning] = KINDS[kind];
  report.entries.push({ kind, outcome, place, ...about, reason: reason ?? meaning });
}
