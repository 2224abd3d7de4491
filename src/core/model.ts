import type { Instant } from './days.ts';
import type { Root } from 'mdast';
import type { AlertRule } from './alerts/rule.ts';
import type { Catalog } from './catalogs.ts';
import type { Localized, SiteSettings } from './schema/site.ts';
import type { HomePlace, PagePlace } from './schema/page.ts';
import type { TemplateKind } from './schema/template.ts';
import type {
  ComponentStatus,
  Impact,
  IncidentStatus,
  IncidentWord,
  MaintenanceStatus,
  MaintenanceWord,
} from './vocabulary.ts';

/** Something that customers use. `since` is the start of that day in the site's time zone. */
export interface Component {
  kind: 'component';
  id: string;
  name: string;
  /** The language of its name, where it is not the first of the site. */
  lang?: string;
  description?: string;
  /** The language of its description, where it is not the first of the site. */
  descriptionLang?: string;
  /** By language, without the first. */
  names?: Localized<{ name: string; description: string }>;
  /** Start of the uptime. */
  since?: Instant;
  /** The promised uptime, in percent. */
  sla?: number;
  owner?: string;
  aliases: readonly string[];
  /** The start of the first day on which it is no longer offered. */
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
  /** Earlier ids. */
  aliases?: readonly string[];
  children: readonly ComponentNode[];
}

export type ComponentNode = Component | ComponentGroup;

/** The text of an update: a Markdown tree without labelled lines, comments and positions. */
export type Body = Root;

/** An actual or planned period. */
export interface TimeWindow {
  from: Instant;
  to: Instant;
}

/** The data of an update, from its labelled lines. Each field has an entry in `labels.ts`. */
export interface LabelledFacts {
  /** When the next update is promised. */
  nextUpdate?: Instant;
  expectedFix?: Instant;
  /** When customers were no longer affected. Only in a Resolved update. */
  ended?: Instant;
  /** The latest time for the postmortem. Only after the incident is resolved. */
  postmortemBy?: Instant;
  /** When the text was last corrected. */
  edited?: Instant;
  /** Only the components whose status changes. */
  components?: Readonly<Record<string, ComponentStatus>>;
  /** The new window, if this update moves a maintenance. */
  window?: TimeWindow;
  /** All areas that are affected from this update on, if they change. */
  areas?: readonly string[];
}

/** One dated message. `Word` is the keyword of its heading, `Status` the status from then on. */
export interface Update<Word extends string = string, Status extends string = string> extends LabelledFacts {
  /** Unique in its event: `u-20261120T092000Z`. Others at the same instant end with `-2`, `-3`. */
  id: string;
  word: Word;
  status: Status;
  at: Instant;
  body: Body;
  /** Line of the heading in the file, counted from 1. */
  line: number;
  /** The language of its text, where it is not the first of the site. */
  lang?: string;
  /** Its time is invalid. `at` is when it was published, and is not shown. */
  undated?: true;
}

export type IncidentUpdate = Update<IncidentWord, IncidentStatus>;
export type MaintenanceUpdate = Update<MaintenanceWord, MaintenanceStatus>;

/** An address from before. */
export interface Alias {
  /** Below the site, without slashes around it: `incidents/3kx1kz9y9y9q`. */
  path: string;
  /** In its file. */
  line: number;
}

interface Event {
  /** The file's name without `.md`, unique over incidents and maintenance together. */
  id: string;
  /** Path below the content folder, with `/`. */
  file: string;
  title: string;
  /** The language of its title, where it is not the first of the site. */
  lang?: string;
  /** The language of its areas, if it is not the site's first. */
  areasLang?: string;
  impact: Impact;
  areas: readonly string[];
  /** The owner's ticket number. */
  reference?: string;
  /** Its addresses from before, such as those at another status page. */
  aliases?: readonly Alias[];
  /** Its file has errors, so its impact is unknown. Such an incident is open. */
  partial?: true;
}

/** A problem. Component ids are current ones, never aliases. */
export interface Incident extends Event {
  kind: 'incident';
  /** Statuses that hold from `started`. */
  components: Readonly<Record<string, ComponentStatus>>;
  /** When customers were first affected. */
  started: Instant;
  /** Oldest first; at least one. */
  updates: readonly IncidentUpdate[];
}

/** Announced work. */
export interface Maintenance extends Event {
  kind: 'maintenance';
  /** Statuses that hold while it runs. */
  components: Readonly<Record<string, ComponentStatus>>;
  /**
   * The current start, after all moves. `scheduled` and `until` are `Infinity` if the file has errors and no valid window:
   * see `hasWindow`.
   */
  scheduled: Instant;
  until: Instant;
  /** The first planned window, if it was moved. */
  plan?: TimeWindow;
  /** When it was announced, or its series, if the file says so. */
  announced?: Instant;
  /** How long before its start subscribers are reminded, in milliseconds, if not as the site's `remind` says. */
  remind?: readonly number[];
  /** The file's id, if it recurs. The ids of occurrences also have the day. */
  series?: string;
  /** Whether this occurrence was taken out of the series. */
  cancelled?: true;
  /** When it was announced that this occurrence differs from its series, and its new window if it is not cancelled. */
  exception?: { announced: Instant; window?: TimeWindow };
  /** The text before the first update. */
  announcement?: Body;
  /** The language of that text, where it is not the first of the site. */
  announcementLang?: string;
  /** Oldest first; may be empty. */
  updates: readonly MaintenanceUpdate[];
}

export type StatusEvent = Incident | Maintenance;

/** News that is neither: it affects no status, uptime or count. */
export interface Announcement extends Event {
  kind: 'announcement';
  impact: 'none';
  /** What it is about, for those who follow only that. */
  components: Readonly<Record<string, 'operational'>>;
  /** When it is published. Before that, nothing shows it. */
  from: Instant;
  /** Until when the home page shows it. */
  until: Instant;
  /** Whether it is shown directly below the status. */
  pinned: boolean;
  body: Body;
  linkLines: LinkLines;
  /** The language of its text, where it is not the first of the site. */
  bodyLang?: string;
  /** By language, of those after the first. */
  translations: ReadonlyMap<string, PageTexts>;
  updates: readonly never[];
}

/** What feeds and notices tell of. */
export type NewsEvent = StatusEvent | Announcement;

/** The texts of an event in another language than the site's first. */
export interface Translation {
  kind: 'translation';
  /** Path below the content folder, with `/`. */
  file: string;
  /** Left out until somebody translates it: a command that posts a template has only texts of updates. */
  title?: string;
  /** From the front matter, if they are translated. */
  areas?: readonly string[];
  announcement?: Pick<Update, 'body' | 'line'>;
  /** Oldest first. Each has the id of the update that it translates. */
  updates: readonly TranslatedUpdate[];
}

export type TranslatedUpdate = Pick<Update, 'id' | 'word' | 'at' | 'body' | 'line'>;

/** Translations of one language, by the path of the event's own file. */
export type Translations = ReadonlyMap<string, Translation>;

/** A prepared message with blanks. */
export interface Template {
  /** The file's name without `.md`. */
  name: string;
  /** Path below the content folder, with `/`. */
  file: string;
  for: TemplateKind;
  /** The keyword of its heading: `investigating`, `in_progress`. */
  status: string;
  /** Its name in the list of templates. */
  title?: string;
  /** In the order of the text, without duplicates. */
  blanks: readonly TemplateBlank[];
  /** Markdown in which `{{effect}}` is a blank. */
  body: string;
  /** Its translations, by language. */
  translations?: ReadonlyMap<string, Template>;
}

/** A blank in a template. */
export interface TemplateBlank {
  name: string;
  question?: string;
  /** An example answer. */
  example?: string;
  /** Its default text, by the status of the event. */
  usual: Readonly<Record<string, string | undefined>>;
}

/** A page that the owner wrote, such as contact or terms of service. */
export interface OwnPage extends PageTexts {
  /** The file's name without `.md`. */
  id: string;
  /** Path below the content folder, with `/`. */
  file: string;
  title: string;
  /** The language of its title, where it is not the first of the site. */
  lang?: string;
  body: Body;
  linkLines: LinkLines;
  /** The language of its text, where it is not the first of the site. */
  bodyLang?: string;
  /** Where it is linked on every page. */
  nav: PagePlace;
  /** Where the home page shows its text too. */
  home?: HomePlace;
  /** By language, of those after the first. */
  translations: ReadonlyMap<string, PageTexts>;
}

/** What a translation of a page or an announcement may leave out. */
interface PageTexts {
  title?: string;
  /** For search engines and link previews. */
  description?: string;
  body?: Body;
  linkLines?: LinkLines;
}

/** The line of the file on which each address is linked first. A body has no positions. */
type LinkLines = ReadonlyMap<string, number>;

/** Everything in `content/`, valid and with all defaults. */
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
  /** Newest first by `from`, then by id, with those to come. */
  announcements: readonly Announcement[];
  /** By language, of those after the first. */
  translations: ReadonlyMap<string, Translations>;
  /** The owner's own pages, in the order of their links. */
  pages: readonly OwnPage[];
  /** The owner's style sheet, checked. */
  theme?: string;
  /** The owner's words of the page, by language. They replace or extend ours. */
  words: ReadonlyMap<string, Catalog>;
  /** By name. Pages do not need them. */
  templates: readonly Template[];
  /** In the order of the file: the first matching rule applies. Pages do not need them. */
  alerts: readonly AlertRule[];
  /** The time at which the example is frozen, while `content/.example` exists. */
  exampleNow?: Instant;
}
