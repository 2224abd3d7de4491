import type { Day, Instant } from '../../src/core/days.ts';
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
export interface SourcePlace {
  file: string;
  /** A path into JSON, `incidents[3].incident_updates[0]`. */
  path?: string;
  /** Counted from 1. */
  line?: number;
}

/** Component statuses by key. */
export type StatusesByKey = Readonly<Record<string, ComponentStatus>>;

export interface ImportedUpdate<Word extends string = IncidentWord | MaintenanceWord> {
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
  place: SourcePlace;
}

export interface ImportedEvent {
  kind: 'incident' | 'maintenance';
  /** The source's own id of it: stays the same from one import to the next. */
  identity: string;
  /** The path of its page at the source: `/incidents/3kx1kz9y9y9q`. */
  address?: string;
  place: SourcePlace;
  /** One line. */
  title: string;
  impact?: Impact;
  components: StatusesByKey;
  /** When an incident started, or a maintenance was to start. */
  start: Instant;
  /** When a maintenance was to end; incidents have none. */
  until?: Instant;
  /** When the source says it was over. */
  endedAt?: Instant;
  /** Whether the source says that it is over, with or without a time. */
  closed: boolean;
  /** Markdown of what was said of a maintenance at no known time, before all updates. */
  announcement?: string;
  /** Oldest first, equal times in the order they were written. */
  updates: readonly ImportedUpdate[];
}

/** Keys of all components that an event names. */
export function keysIn(event: ImportedEvent): Set<string> {
  return new Set([event, ...event.updates].flatMap(({ components }) => Object.keys(components ?? {})));
}

/** When the last event that names a component began, by key. */
export function lastNamed(events: readonly ImportedEvent[]): Map<string, Instant> {
  const last = new Map<string, Instant>();
  for (const event of events) {
    for (const key of keysIn(event)) last.set(key, Math.max(event.start, last.get(key) ?? event.start));
  }
  return last;
}

/**
 * What people call the updates of an incident, worst read first: of several that fit the first counts. The
 * other languages are those of the pages that were looked at.
 */
const MEANINGS: readonly (readonly [RegExp, IncidentWord])[] = [
  [/\b(post[\s-]?mortem|rca|root cause analysis|retrospective)\b/i, 'postmortem'],
  [/\b(not|un|partially|partly|mostly)[\s-]?(yet )?(resolved|solved|fixed|restored)\b/i, 'monitoring'],
  [/\b(mitigat\w*|recovering|improving|monitoring|observing|watching|verifying|stabili[sz]\w*)\b/i, 'monitoring'],
  [/\bmonitor(ear|eando|izando)?\b|überwach|surveill|监控|监测|恢复中/i, 'monitoring'],
  [
    /\b(resolved|solved|fixed|restored|recovered|closed|complete|completed|done|finished|over|ended|all clear)\b/i,
    'resolved',
  ],
  [/\bback (up|online|to normal|in service)\b/i, 'resolved'],
  [/\b(resuelto|solucionado|resolvido|résolu|gelöst|behoben|risolto|opgelost)\b|已解决|已恢复|解決/i, 'resolved'],
  [/\b(identified|found|cause|identificado|identifié|identifiziert)\b|已确认|已定位/i, 'identified'],
  [
    /\b(investigating|investigation|ongoing|started|detected|reported|new|open|investigando|untersuch\w*)\b|调查|处理中/i,
    'investigating',
  ],
];

/** The status that a free title of an update means: “Mitigated” is Monitoring. Nothing for one that means none. */
export function statusMeant(title: string): IncidentWord | undefined {
  return MEANINGS.find(([pattern]) => pattern.test(title))?.[1];
}
