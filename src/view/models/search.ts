import { monthNamer } from '../../core/days.ts';
import { groupsByComponent } from '../../core/groups.ts';
import { affectedComponents } from '../../core/incident.ts';
import { startOf } from '../../core/ledger.ts';
import { memoize } from '../../core/memoize.ts';
import type { Announcement, Component, ComponentNode, NewsEvent, StatusEvent } from '../../core/model.ts';
import type { Fact } from '../../i18n/facts.ts';
import { factsOf } from '../../i18n/facts.ts';
import { PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import type { Tone } from '../tone.ts';
import { announcementFacts } from './announcement.ts';
import { namedOf } from './event.ts';
import { langOf, onSiteClock } from './rich.ts';
import type { Rich } from './rich.ts';

/** The search of `/history/`. */
export interface Search {
  /** The indexes, the newest first; the first one brings the code of the search. */
  indexes: readonly string[];
  label: string;
  filters: readonly Filter[];
  /** What the first choice of each filter says. */
  all: string;
  results: string;
  none: string;
  more: string;
  failed: string;
}

/** A choice among what can be found. */
interface Filter {
  name: string;
  label: string;
  options: readonly (Option | { label: string; lang?: string; options: readonly Option[] })[];
}

interface Option {
  /** As in the address; that of a group begins with `group:`. */
  value: string;
  text: string;
  lang?: string;
}

/** What the search finds, and what a result shows. */
interface SearchRecord {
  url: string;
  content: string;
  language: string;
  /** Searched and shown. */
  meta: Record<'title' | 'facts' | 'about', string>;
  /** Not searched. */
  filters: Record<string, string[]>;
  sort: { date: string };
}

/** Events that have an index of their own. */
interface SearchPart {
  name: string;
  events: readonly NewsEvent[];
}

/** The newest month changes with each update, and is small. */
const NEWEST = 'newest';

/** An index for each year, and one for the newest month and what is planned, newest first. */
export const searchParts = memoize(({ ledger }: ViewContext): readonly SearchPart[] => {
  const { content, now } = ledger;
  const monthAt = monthNamer(content.site);
  const events = [...content.incidents, ...content.maintenance, ...ledger.announcements].map((event) => ({
    event,
    month: monthAt(startOf(event)),
  }));
  const present = monthAt(now);
  const newest = events.reduce((latest, { month }) => (month > latest ? month : latest), '');
  const first = newest < present ? newest : present;
  const parts = Map.groupBy(events, ({ month }) => (month >= first ? NEWEST : month.slice(0, 4)));
  return [...parts]
    .map(([name, list]) => ({ name, events: list.map(({ event }) => event) }))
    .sort((a, b) => (a.name < b.name ? 1 : -1));
});

/** @returns nothing where nothing can be found */
export function searchModel(context: ViewContext): Search | undefined {
  const { words, href } = context;
  const parts = searchParts(context);
  if (parts.length === 0) return undefined;
  return {
    indexes: parts.map(({ name }) => href(PATHS.searchPart(name))),
    label: words.say('search.label'),
    filters: filtersOf(context),
    all: words.say('search.all'),
    results: words.say('search.results'),
    none: words.say('search.none'),
    more: words.say('search.more'),
    failed: words.say('search.failed'),
  };
}

function filtersOf(context: ViewContext): Filter[] {
  const { words, ledger } = context;
  const { incidents, maintenance, tree, site } = ledger.content;
  const monthAt = monthNamer(site);
  const years = new Set(
    [...incidents, ...maintenance, ...ledger.announcements].map((event) => monthAt(startOf(event)).slice(0, 4)),
  );
  const impacts: [Tone, string][] = [
    ['major', words.say('component_status.major_outage')],
    ['partial', words.say('component_status.partial_outage')],
    ['degraded', words.say('component_status.degraded_performance')],
    ['note', words.say('notice')],
  ];
  return [
    {
      name: 'component',
      label: words.say('report.column.component'),
      options: tree.map((node) => choiceOf(context, node)),
    },
    {
      name: 'kind',
      label: words.say('search.kind'),
      options: [
        { value: 'incident', text: words.say('report.column.incident') },
        { value: 'maintenance', text: words.say('maintenance') },
        ...(ledger.announcements.length > 0 ? [{ value: 'announcement', text: words.say('word.announcement') }] : []),
      ],
    },
    { name: 'impact', label: words.say('search.impact'), options: impacts.map(([value, text]) => ({ value, text })) },
    {
      name: 'year',
      label: words.say('search.year'),
      options: [...years]
        .sort()
        .reverse()
        .map((year) => ({ value: year, text: year })),
    },
  ].filter(({ options }) => options.length > 1);
}

/** A component, or a group with what is in it. Lists of choices do not nest, so groups in groups stand in one list. */
function choiceOf(context: ViewContext, node: ComponentNode): Filter['options'][number] {
  if (node.kind === 'component') return optionOf(context, node);
  return { label: node.name, ...langOf(context, node), options: optionsIn(context, node) };
}

function optionsIn(context: ViewContext, node: ComponentNode): Option[] {
  if (node.kind === 'component') return [optionOf(context, node)];
  const inside = node.children.flatMap((child) => optionsIn(context, child));
  return [{ value: `group:${node.id}`, text: node.name, ...langOf(context, node) }, ...inside];
}

function optionOf(context: ViewContext, { id, name, ...written }: Component): Option {
  return { value: id, text: name, ...langOf(context, written) };
}

/** All that is said of an event: its texts, and what is written as data. */
export function searchRecord(context: ViewContext, event: NewsEvent): SearchRecord {
  const { words, ledger } = context;
  const { content } = ledger;
  const { title, lang, href, tone, facts, about, texts } =
    event.kind === 'announcement' ? announcementFound(context, event) : eventFound(context, event);
  const named = affectedComponents(event);
  const groups = new Set(named.flatMap((id) => groupsByComponent(content.tree).get(id) ?? []));
  const start = startOf(event);
  return {
    url: href,
    content: texts.filter(Boolean).join('\n'),
    language: words.locale.toLowerCase(),
    meta: {
      title,
      facts: facts.map(plain).join(' · '),
      about: [...new Set(about)].filter(Boolean).join(' · '),
    },
    filters: {
      component: named,
      group: [...groups],
      kind: [event.kind],
      impact: [tone],
      year: [monthNamer(content.site)(start).slice(0, 4)],
      ...(lang && { lang: [lang] }),
    },
    sort: { date: new Date(Number.isFinite(start) ? start : ledger.now).toISOString() },
  };
}

function eventFound(context: ViewContext, event: StatusEvent) {
  const announced = event.kind === 'maintenance' && event.announcement ? [context.text(event.announcement)] : [];
  const facts = event.updates.flatMap((update) => factsOf(event, update, context.ledger.content, context.words));
  const named = namedOf(context, event);
  return {
    ...named,
    about: [plain(named.components), ...facts.flatMap(labelText)],
    texts: [...announced, ...event.updates.map(({ body }) => context.text(body))],
  };
}

function announcementFound(context: ViewContext, announcement: Announcement) {
  const [time = [], ...about] = announcementFacts(context, announcement);
  return {
    title: announcement.title,
    ...langOf(context, announcement),
    href: context.href(PATHS.announcement(announcement.id)),
    tone: 'note',
    facts: [[context.words.say('word.announcement')], onSiteClock(time)],
    about: about.map(plain),
    texts: [context.text(announcement.body)],
  };
}

/** What is written as data and can be searched: areas, a ticket's number. Times and statuses of components are not. */
function labelText({ name, value }: Fact): string[] {
  return 'text' in value && name !== 'components' ? [value.text] : [];
}

function plain(rich: Rich): string {
  return rich.map((part) => (typeof part === 'string' ? part : part.text)).join('');
}
