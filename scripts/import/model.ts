import type { Day, Instant } from '../../src/core/model.ts';
import type { ComponentStatus, Impact, IncidentWord, MaintenanceWord } from '../../src/core/vocabulary.ts';

/**
 * What an importer makes of its source before anything is written. Every importer ends here; ids, files and
 * the rules of Candor's format are no concern of theirs.
 */
export interface ImportedContent {
  /** What the source is called in the marks of written files: `statuspage`. */
  source: string;
  page: ImportedPage;
  /** In the order of the page; retired components last. */
  tree: readonly ImportedNode[];
  events: readonly ImportedEvent[];
}

/** The status page as a whole, as far as the source says. */
export interface ImportedPage {
  name?: string;
  url?: string;
  description?: string;
  /** An IANA name. */
  timeZone?: string;
  /** The language that the page speaks, as a tag such as `de` or `pt-BR`. */
  locale?: string;
}

export type ImportedNode = ImportedGroup | ImportedComponent;

export interface ImportedGroup {
  kind: 'group';
  name: string;
  children: readonly ImportedNode[];
}

export interface ImportedComponent {
  kind: 'component';
  /** What events of the same import call it; not its id. */
  key: string;
  name: string;
  description?: string;
  since?: Day;
  /** Set for what is no longer offered: when the last event that names it began. */
  lastNamed?: Instant;
}

/** Where in the source something stands. */
export interface Place {
  file: string;
  /** A path into JSON, `incidents[3].incident_updates[0]`. */
  path?: string;
  /** Counted from 1. */
  line?: number;
}

/** Component statuses by key. */
export type StatusesByKey = Readonly<Record<string, ComponentStatus>>;

export interface ImportedUpdate<Word extends string = string> {
  word: Word;
  at: Instant;
  /** Markdown that holds no line Candor would read as data. */
  body: string;
  /** Only those that change here. */
  components?: StatusesByKey;
  /** When the text was last corrected. */
  edited?: Instant;
  /** On the update that ends it: when it was over, if that was earlier. */
  ended?: Instant;
  place: Place;
}

interface ImportedEventBase {
  /** The source's own id of it: stays the same from one import to the next. */
  identity: string;
  place: Place;
  /** One line. */
  title: string;
  impact?: Impact;
  components: StatusesByKey;
  /** When the source says it was over. */
  endedAt?: Instant;
  /** Whether the source says that it is over, with or without a time. */
  closed: boolean;
}

export interface ImportedIncident extends ImportedEventBase {
  kind: 'incident';
  started: Instant;
  /** Oldest first, equal times in the order they were written. */
  updates: readonly ImportedUpdate<IncidentWord>[];
}

export interface ImportedMaintenance extends ImportedEventBase {
  kind: 'maintenance';
  scheduled: Instant;
  until: Instant;
  /** Markdown of what was said at no known time, before all updates. */
  announcement?: string;
  /** Oldest first, equal times in the order they were written. */
  updates: readonly ImportedUpdate<MaintenanceWord>[];
}

export type ImportedEvent = ImportedIncident | ImportedMaintenance;
