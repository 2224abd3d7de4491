import type { Instant } from './days.ts';
import type { Root } from 'mdast';
import type { AlertRule } from './alerts/rule.ts';
import type { Catalog } from './catalogs.ts';
import type { Localized, SiteSettings } from './schema/site.ts';
import type { TemplateKind } from './schema/template.ts';
import type {
  ComponentStatus,
  Impact,
  IncidentStatus,
  IncidentWord,
  MaintenanceStatus,
  MaintenanceWord,
} from './vocabulary.ts';

/** Something customers use. Times are resolved: `since` is the start of that day in the site's zone. */
export interface Component {
  kind: 'component';
  id: string;
  name: string;
  /** The language of its name, where it is not the first of the site. */
  lang?: string;
  description?: string;
  /** The language of its description, where it is not the first of the site. */
  descriptionLang?: string;
  /** By language, of those after the first. */
  names?: Localized<{ name: string; description: string }>;
  /** Uptime is counted from here. */
  since?: Instant;
  /** Percent of time without outage that was promised. */
  sla?: number;
  owner?: string;
  aliases: readonly string[];
  /** From the start of this day on it is no longer offered. */
  retired?: Instant;
}

/** An ordered set of components or groups, at most five levels deep. */
export interface ComponentGroup {
  kind: 'group';
  id: string;
  name: string;
  /** The language of its name, where it is not the first of the site. */
  lang?: string;
  /** By language, of those after the first. */
  names?: Localized<{ name: string }>;
  children: readonly ComponentNode[];
}

export type ComponentNode = Component | ComponentGroup;

/** Text of an update: Markdown's tree without its labelled lines, comments and positions. */
export type Body = Root;

/** When something takes place, or was planned to. */
export interface TimeWindow {
  from: Instant;
  to: Instant;
}

/** What an update says as data, in labelled lines; each has its entry in `labels.ts`. */
export interface LabelledFacts {
  /** The promise: when the next update will come. */
  nextUpdate?: Instant;
  expectedFix?: Instant;
  /** When customers were no longer affected; only on Resolved. */
  ended?: Instant;
  /** When the postmortem will have been published; only once resolved. */
  postmortemBy?: Instant;
  /** When the text was last corrected. */
  edited?: Instant;
  /** Only the components that change here. */
  components?: Readonly<Record<string, ComponentStatus>>;
  /** Of a maintenance: its new window, if this update moves it. */
  window?: TimeWindow;
  /** All areas that are affected from here on, where they change. */
  areas?: readonly string[];
}

/** One dated message. `Word` is what its heading says, `Status` what holds from it on. */
export interface Update<Word extends string = string, Status extends string = string> extends LabelledFacts {
  /** Unique within its incident: `u-20261120T092000Z`, further ones at the same instant `-2`, `-3`. */
  id: string;
  word: Word;
  status: Status;
  at: Instant;
  body: Body;
  /** Line of the heading in the file, counted from 1. */
  line: number;
  /** The language of its text, where it is not the first of the site. */
  lang?: string;
  /** Its own time cannot be read: `at` is when it was published, and is not shown. */
  undated?: true;
}

export type IncidentUpdate = Update<IncidentWord, IncidentStatus>;
export type MaintenanceUpdate = Update<MaintenanceWord, MaintenanceStatus>;

interface Event {
  /** The file's name without `.md`, unique over incidents and maintenance together. */
  id: string;
  /** Path below the content folder, with `/`. */
  file: string;
  title: string;
  /** The language of its title, where it is not the first of the site. */
  lang?: string;
  /** The same of its areas. */
  areasLang?: string;
  impact: Impact;
  areas: readonly string[];
  /** The owner's ticket. */
  reference?: string;
  /** Its file cannot be read in full, so its impact is unknown. An incident of this kind is open. */
  partial?: true;
}

/** Something that went wrong. Component ids are current ones: aliases are resolved. */
export interface Incident extends Event {
  kind: 'incident';
  /** Statuses that hold from `started`. */
  components: Readonly<Record<string, ComponentStatus>>;
  /** When customers were first affected. */
  started: Instant;
  /** Oldest first; at least one. */
  updates: readonly IncidentUpdate[];
}

/** Work that was announced. */
export interface Maintenance extends Event {
  kind: 'maintenance';
  /** Statuses that hold while it runs. */
  components: Readonly<Record<string, ComponentStatus>>;
  /**
   * As of the newest update that moves it, as `until`. Both are `Infinity` where its file is partly unreadable and does
   * not say when: see `hasWindow`.
   */
  scheduled: Instant;
  until: Instant;
  /** The first planned window, if it was moved since. */
  plan?: TimeWindow;
  /** When it was made public, if its file says so; of an occurrence of a series, if the file says when the series was. */
  announced?: Instant;
  /** The file's own id, of one that recurs; each occurrence has the day behind it. */
  series?: string;
  /** Whether this occurrence was taken out of the series. */
  cancelled?: true;
  /** When it became public that this occurrence differs from its series, and when it takes place from then on, if it does. */
  exception?: { announced: Instant; window?: TimeWindow };
  /** The text before the first update. */
  announcement?: Body;
  /** The language of that text, where it is not the first of the site. */
  announcementLang?: string;
  /** Oldest first; may be empty. */
  updates: readonly MaintenanceUpdate[];
}

export type StatusEvent = Incident | Maintenance;

/** What an event says in another language than the first of the site. */
export interface Translation {
  /** Path below the content folder, with `/`. */
  file: string;
  /** Left out until somebody translates it, since a command that writes prepared words has no other title. */
  title?: string;
  /** Of the front matter, where they are translated. */
  areas?: readonly string[];
  announcement?: Body;
  /** Texts of updates by their ids. */
  bodies: ReadonlyMap<string, Body>;
  /** Where the updates stand in the file. */
  placed: readonly Pick<Update, 'at' | 'line'>[];
}

/** Translations of one language, by the path of the event's own file. */
export type Translations = ReadonlyMap<string, Translation>;

/** A message prepared before an incident, with blanks. */
export interface Template {
  /** The file's name without `.md`. */
  name: string;
  /** Path below the content folder, with `/`. */
  file: string;
  for: TemplateKind;
  /** What the heading of its update says: `investigating`, `in_progress`. */
  status: string;
  /** Its name where it is offered. */
  title?: string;
  /** In the order of the text, each once. */
  blanks: readonly TemplateBlank[];
  /** Markdown in which `{{effect}}` is a blank. */
  body: string;
  /** By language, of those after the first: the same in that language. */
  translations?: ReadonlyMap<string, Template>;
}

/** A part of a template that is to be filled in. */
export interface TemplateBlank {
  name: string;
  question?: string;
  /** An example answer. */
  example?: string;
  /** What it says if nothing else is given, by the status that an event has. */
  usual: Readonly<Record<string, string | undefined>>;
}

/** All that `content/` says, valid and resolved. */
export interface Content {
  site: SiteSettings;
  /** In the order of the page. */
  tree: readonly ComponentNode[];
  /** Every component by id, retired ones too, in the order of the page. */
  components: ReadonlyMap<string, Component>;
  /** Newest first by `started`, then by id. */
  incidents: readonly Incident[];
  /** Newest first by `scheduled`, then by id. */
  maintenance: readonly Maintenance[];
  /** By language, of those after the first. */
  translations: ReadonlyMap<string, Translations>;
  /** The owner's words of the page by language, in place of those that are shipped or beside them. */
  words: ReadonlyMap<string, Catalog>;
  /** By name. Pages do not need them. */
  templates: readonly Template[];
  /** In the order of the file: the first that matches an alert takes it. Pages do not need them. */
  alerts: readonly AlertRule[];
  /** The instant the examples are frozen at, while `content/.example` is there. */
  exampleNow?: Instant;
}
