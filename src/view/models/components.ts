import type { Instant } from '../../core/days.ts';
import { isRetired } from '../../core/ledger.ts';
import type { Component, ComponentGroup, ComponentNode } from '../../core/model.ts';
import { nodeStatusAt } from '../../core/status.ts';
import type { ComponentStatus } from '../../core/vocabulary.ts';
import { formatTag } from '../../i18n/dates.ts';
import { uncountedNote, uptimeRule } from '../../i18n/uptime.ts';
import { PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import { statusTone } from '../tone.ts';
import type { Tone } from '../tone.ts';
import { langOf } from './rich.ts';
import type { Link } from './rich.ts';
import type { TimeVariant, TimeVariantAttributes } from '../time-variants.ts';
import { timeVariants } from '../time-variants.ts';
import { captionOf, figureOf, isUncounted, pictureOf } from './bar.ts';
import type { BarCaption, BarPicture, Figure } from './bar.ts';

export interface StatusView {
  tone: Tone;
  text: string;
}

/** A list of components. */
export interface ComponentList {
  sections: ComponentSection[];
  /** Each picture that the rows refer to, once. */
  bars: { id: string; picture: BarPicture }[];
  /** How many days a bar shows. */
  days: number;
  caption: BarCaption;
  /** How uptime is counted. */
  notes: string[];
}

/** The components on the home page. In texts for the script, `#` is the first value and `@` the second. */
export interface Components {
  title: string;
  list: ComponentList;
  /** Only on pages with many components. */
  find?: { label: string; found: string };
  pins: { choose: string; done: string; saved: string; operational: string; affected: string; one: string };
}

/** A top-level group with everything in it, or the components between two groups. */
export interface ComponentSection {
  /** Those of a group. */
  id?: string;
  name?: string;
  href?: string;
  /** The language of its name, if it is not the page's. */
  lang?: string;
  /** Above the rows: the status, or how many components are affected. */
  heads: TimeVariant<SectionHead>[];
  shown: RowNode[];
  /** Closed at first: all rows while nothing is affected, else the operational ones. */
  fold?: { heads: TimeVariant<FoldHead>[]; nodes: RowNode[]; more?: Link };
}

export type SectionHead = { status: StatusView } | { affected: string };

/** While nothing is affected, the name of the section; else how many others are operational. */
type FoldHead = { name: string; lang?: string; count: string; status: StatusView } | { others: string };

/** A row, or the rows of a group inside another. */
export type RowNode =
  | { kind: 'row'; row: ComponentRow }
  | { kind: 'group'; name: string; lang?: string; href: string; children: RowNode[] };

/** A component while it has one status. With another status, it is another row, perhaps in another place. */
export interface ComponentRow {
  name: string;
  /** The language of its name, if it is not the page's. */
  lang?: string;
  href: string;
  status: StatusView;
  /** Id of its picture. */
  bar: string;
  figure: Figure;
  when: TimeVariantAttributes;
}

/** On pages with more components than this, operational ones are folded. */
const MOST_UNFOLDED = 20;
/** The fewest components with a search field. */
const FIND_FROM = 16;

export function componentsOf(context: ViewContext): Components {
  const { ledger, words } = context;
  const { site, tree } = ledger.content;
  const total = offered(context, tree).length;
  const folds = site.groups === 'auto' ? total > MOST_UNFOLDED : site.groups === 'closed';
  return {
    title: words.say('home.components'),
    list: componentList(context, tree, folds),
    ...(total >= FIND_FROM && {
      find: {
        label: words.say('find.label'),
        found: words.say('find.found', { found: '#', total: inDigits(context, total) }),
      },
    }),
    pins: {
      choose: words.say('pins.choose'),
      done: words.say('pins.done'),
      saved: words.say('pins.saved'),
      operational: words.say('pins.operational', { total: '#' }),
      affected: words.say('pins.affected', { total: '#', affected: '@' }),
      one: words.say('pins.one', { component: '#', status: '@' }),
    },
  };
}

/**
 * The components that are not retired, in the page's order, with their time variants.
 * @param folds whether groups are folded while nothing is affected
 */
export function componentList(context: ViewContext, nodes: readonly ComponentNode[], folds: boolean): ComponentList {
  const { days, weights } = context.ledger.content.site.uptime;
  const page = { context, bars: new Map<string, Bar>(), folds };
  const sections = sectionsOf(nodes).flatMap((section) => sectionView(page, section));
  const needsNote = offered(context, nodes).some((component) => isUncounted(context, component));
  const note = needsNote && uncountedNote(weights, context.words);
  return {
    sections,
    bars: [...page.bars.values()],
    days,
    caption: captionOf(context),
    notes: [uptimeRule(weights, context.words, days), ...(note ? [note] : [])],
  };
}

/** The status of a component or group in all its time variants. */
export function statusViews(context: ViewContext, node: ComponentNode): TimeVariant<StatusView>[] {
  return timeVariants(context, (at) => statusView(context, nodeStatusAt(context.ledger, node, at)));
}

function statusView({ words }: ViewContext, status: ComponentStatus): StatusView {
  return { tone: statusTone(status), text: words.say(`component_status.${status}`) };
}

function inDigits({ words }: ViewContext, number: number): string {
  return number.toLocaleString(formatTag(words.locale));
}

/** All components that are not retired, also those in groups. */
function offered(context: ViewContext, nodes: readonly ComponentNode[]): Component[] {
  return nodes.flatMap((node) => {
    if (node.kind === 'group') return offered(context, node.children);
    return isRetired(node, context.ledger.now) ? [] : [node];
  });
}

type Bar = ComponentList['bars'][number];

/** What all rows of a page share. */
interface RowsPage {
  context: ViewContext;
  /** By their pictures as JSON. */
  bars: Map<string, Bar>;
  /** Whether groups are folded while nothing is affected. */
  folds: boolean;
}

interface Section {
  group?: ComponentGroup;
  nodes: readonly ComponentNode[];
}

/** The top-level groups, and the components between them. */
function sectionsOf(tree: readonly ComponentNode[]): Section[] {
  const sections: { group?: ComponentGroup; nodes: ComponentNode[] }[] = [];
  for (const node of tree) {
    const last = sections.at(-1);
    if (node.kind === 'group') sections.push({ group: node, nodes: [...node.children] });
    else if (last && !last.group) last.nodes.push(node);
    else sections.push({ nodes: [node] });
  }
  return sections;
}

function sectionView(page: RowsPage, { group, nodes }: Section): ComponentSection[] {
  const { context } = page;
  const components = offered(context, nodes);
  if (components.length === 0) return [];
  const folds = page.folds && (group !== undefined || components.length > MOST_UNFOLDED);
  const counts = countsOf(context, components);
  const isFolded = (component: Component, at: Instant) => {
    const { total, affected } = counts(at);
    // A single other component takes no more space than the line that would replace it.
    return folds && (affected === 0 || (isWell(context, component, at) && total - affected > 1));
  };
  const shown = rowsOf(page, nodes, (component, at) => !isFolded(component, at));
  const folded = folds ? rowsOf(page, nodes, isFolded) : [];
  const title = group ? { name: group.name, ...langOf(context, group) } : {};
  const href = group && context.href(PATHS.group(group.id));
  return [
    {
      ...(group && { id: `g-${group.id}` }),
      ...title,
      ...(href !== undefined && { href }),
      heads: group ? timeVariants(context, (at) => sectionHead(context, counts(at), folds)) : [],
      shown,
      ...(folded.length > 0 && {
        fold: {
          heads: timeVariants(context, (at) => foldHead(context, counts(at), title)),
          nodes: folded,
          ...(href !== undefined && { more: { text: context.words.say('components.group_page'), href } }),
        },
      }),
    },
  ];
}

interface Counts {
  total: number;
  affected: number;
}

/** Counts components at an instant: all that are not retired, and the affected ones. */
function countsOf(context: ViewContext, components: readonly Component[]): (at: Instant) => Counts {
  const known = new Map<Instant, Counts>();
  return (at) => {
    const counts = known.get(at);
    if (counts) return counts;
    const present = components.filter((component) => !isRetired(component, at));
    const made = { total: present.length, affected: present.filter((one) => !isWell(context, one, at)).length };
    known.set(at, made);
    return made;
  };
}

function isWell({ ledger }: ViewContext, component: Component, at: Instant): boolean {
  return nodeStatusAt(ledger, component, at) === 'operational';
}

function sectionHead(context: ViewContext, { total, affected }: Counts, folds: boolean): SectionHead | undefined {
  if (total === 0) return undefined;
  if (affected === 0) return folds ? undefined : { status: statusView(context, 'operational') };
  const counted = { affected: inDigits(context, affected), total: inDigits(context, total) };
  return { affected: context.words.say('components.affected', counted) };
}

function foldHead(
  context: ViewContext,
  { total, affected }: Counts,
  group: { name?: string; lang?: string },
): FoldHead | undefined {
  const { words } = context;
  const others = total - affected;
  if (affected > 0) {
    return others > 1 ? { others: words.say('components.others', { count: inDigits(context, others) }) } : undefined;
  }
  if (total === 0) return undefined;
  const count = inDigits(context, total);
  return { name: words.say('home.components'), ...group, count, status: statusView(context, 'operational') };
}

/** The rows of one place: the shown part of a section, or the folded one. */
function rowsOf(
  page: RowsPage,
  nodes: readonly ComponentNode[],
  isHere: (component: Component, at: Instant) => boolean,
): RowNode[] {
  const { context } = page;
  return nodes.flatMap((node): RowNode[] => {
    if (node.kind === 'component') return componentRows(page, node, isHere).map((row) => ({ kind: 'row', row }));
    const children = rowsOf(page, node.children, isHere);
    if (children.length === 0) return [];
    const href = context.href(PATHS.group(node.id));
    return [{ kind: 'group', name: node.name, ...langOf(context, node), href, children }];
  });
}

function componentRows(
  page: RowsPage,
  component: Component,
  isHere: (component: Component, at: Instant) => boolean,
): ComponentRow[] {
  const { context } = page;
  const { ledger } = context;
  const forms = timeVariants(context, (at) => {
    if (isRetired(component, at) || !isHere(component, at)) return undefined;
    return statusView(context, nodeStatusAt(ledger, component, at));
  });
  if (forms.length === 0) return [];
  const same = {
    name: component.name,
    ...langOf(context, component),
    href: context.href(PATHS.component(component.id)),
    bar: barId(page, component),
    figure: figureOf(context, component),
  };
  return forms.map(({ value: status, when }) => ({
    ...same,
    status,
    when,
  }));
}

function barId({ context, bars }: RowsPage, component: Component): string {
  const picture = pictureOf(context, component);
  const key = JSON.stringify(picture);
  const known = bars.get(key) ?? { id: `b-${String(bars.size)}`, picture };
  bars.set(key, known);
  return known.id;
}
