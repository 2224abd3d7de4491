import type { Area } from '../../core/areas.ts';
import { areasOf, areaStatusAt, areaStatusesAt, eventsByArea } from '../../core/areas.ts';
import type { Instant } from '../../core/days.ts';
import { componentsIn } from '../../core/groups.ts';
import { isRetired } from '../../core/ledger.ts';
import type { Component, ComponentNode } from '../../core/model.ts';
import type { ComponentStatus } from '../../core/vocabulary.ts';
import { COMPONENT_STATUSES, worstStatus } from '../../core/vocabulary.ts';
import { PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import type { TimeVariant } from '../time-variants.ts';
import { timeVariants } from '../time-variants.ts';
import { statusTone } from '../tone.ts';
import type { AffectedList } from './affected-list.ts';
import type { StatusView } from './components.ts';
import type { Follow } from './feeds.ts';
import { followOf, namedFeeds } from './feeds.ts';
import type { Page } from './page.ts';
import { pageOf } from './page.ts';
import type { PartPast } from './part-past.ts';
import { pastOf } from './part-past.ts';
import { langOf } from './rich.ts';
import type { Link } from './rich.ts';

/** What is wrong where, while an event says in which of the areas it is. */
export interface AreaMatrix {
  title: string;
  /** The heading of the first column. */
  component: string;
  areas: Link[];
  tables: TimeVariant<{ rows: AreaRow[]; others?: { summary: string; rows: AreaRow[] } }>[];
}

/** A component with its status in each area, in their order. */
export interface AreaRow {
  link: Link;
  statuses: StatusView[];
}

/** More affected components are folded. */
const MOST_ROWS = 12;

export function areaMatrix(context: ViewContext): AreaMatrix {
  const { ledger, words } = context;
  const areas = areasOf(ledger.content.site);
  return {
    title: words.say('home.areas'),
    component: words.say('report.column.component'),
    areas: areas.map((area) => ({
      text: area.name,
      ...langOf(context, area),
      href: context.href(PATHS.area(area.id)),
    })),
    tables: timeVariants(context, (at) => {
      const { components, isKnown } = areaStatusesAt(ledger, at);
      if (!isKnown) return undefined;
      const worstFirst = affectedNodes(ledger.content.tree, components, at).sort((a, b) => rankOf(b) - rankOf(a));
      const rows = worstFirst.map(({ node, count, statuses }) => ({
        link: {
          ...linkTo(context, node),
          ...(count > 1 && { text: words.count('affected.group', count, { group: node.name }) }),
        },
        statuses: areas.map(({ id }) => statusView(context, statuses.get(id))),
      }));
      const folded = rows.slice(MOST_ROWS);
      return {
        rows: rows.slice(0, MOST_ROWS),
        ...(folded.length > 0 && {
          others: { summary: words.count('answer.more_affected', folded.length), rows: folded },
        }),
      };
    }),
  };
}

type Statuses = ReadonlyMap<string, ComponentStatus>;

/** A component, or a group whose components all have the same statuses. */
interface AffectedNode {
  node: ComponentNode;
  /** How many components it includes. */
  count: number;
  /** By area. */
  statuses: Statuses;
}

function affectedNodes(
  nodes: readonly ComponentNode[],
  affected: ReadonlyMap<Component, Statuses>,
  at: Instant,
): AffectedNode[] {
  return nodes.flatMap((node): AffectedNode[] => {
    if (node.kind === 'component') {
      const statuses = affected.get(node);
      return statuses ? [{ node, count: 1, statuses }] : [];
    }
    const inside = affectedNodes(node.children, affected, at);
    const count = componentsIn(node).filter((component) => !isRetired(component, at)).length;
    const [first] = inside;
    const isWhole = count > 1 && inside.reduce((sum, one) => sum + one.count, 0) === count;
    const isAlike = inside.every(({ statuses }) => first && areEqual(statuses, first.statuses));
    return first && isWhole && isAlike ? [{ node, count, statuses: first.statuses }] : inside;
  });
}

function areEqual(a: Statuses, b: Statuses): boolean {
  return a.size === b.size && a.entries().every(([area, status]) => b.get(area) === status);
}

function rankOf({ statuses }: Pick<AffectedNode, 'statuses'>): number {
  return COMPONENT_STATUSES.indexOf(worstStatus(statuses.values()));
}

function linkTo(context: ViewContext, node: ComponentNode): Link {
  return { text: node.name, ...langOf(context, node), href: context.href(PATHS[node.kind](node.id)) };
}

function statusView({ words }: ViewContext, status: ComponentStatus = 'operational'): StatusView {
  return { tone: statusTone(status), text: words.say(`component_status.${status}`) };
}

/** `/areas/ID/` */
export interface AreaPage {
  page: Page;
  name: string;
  /** The language of its name, if it is not the page's. */
  lang?: string;
  statuses: TimeVariant<StatusView>[];
  /** Those that are affected there. */
  components: { title: string; rows: AffectedList['rows'] };
  follow: Follow;
  past: PartPast;
}

export function areaModel(context: ViewContext, area: Area): AreaPage {
  const { ledger, words } = context;
  const path = PATHS.area(area.id);
  const statusIn = (component: Component, at: Instant) =>
    areaStatusesAt(ledger, at).components.get(component)?.get(area.id);
  const rankNow = (component: Component) =>
    COMPONENT_STATUSES.indexOf(statusIn(component, ledger.now) ?? 'operational');
  const components = [...ledger.content.components.values()].sort((a, b) => rankNow(b) - rankNow(a));
  const rows = components.flatMap((component) =>
    timeVariants(context, (at) => {
      const status = statusIn(component, at);
      return status && { link: linkTo(context, component), status: statusView(context, status), when: [] };
    }),
  );
  return {
    page: pageOf(context, {
      title: area.name,
      description: words.say('component.description', { component: area.name }),
      path,
      feeds: namedFeeds(context, path, area.name),
    }),
    name: area.name,
    ...langOf(context, area),
    statuses: timeVariants(context, (at) => statusView(context, areaStatusAt(ledger, area, at))),
    components: { title: words.say('answer.affected'), rows },
    follow: followOf(context, path, `a-${area.id}`),
    past: pastOf(context, eventsByArea(ledger).get(area.id) ?? []),
  };
}
