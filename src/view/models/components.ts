import type { Instant } from '../../core/days.ts';
import { isRetired } from '../../core/ledger.ts';
import type { Component, ComponentGroup, ComponentNode } from '../../core/model.ts';
import { nodeStatusAt } from '../../core/status.ts';
import type { ComponentStatus } from '../../core/vocabulary.ts';
import { PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import { statusTone } from '../tone.ts';
import type { Tone } from '../tone.ts';
import { langOf } from './rich.ts';
import type { TimeVariant, TimeVariantAttributes } from '../time-variants.ts';
import { timeVariants } from '../time-variants.ts';
import { barOf } from './bar.ts';
import type { Bar } from './bar.ts';

export type NodeView = ComponentView | GroupView;

export interface StatusView {
  tone: Tone;
  text: string;
}

export interface ComponentView {
  kind: 'component';
  id: string;
  name: string;
  /** The language of its name, if it is not the page's. */
  lang?: string;
  href: string;
  description?: string;
  statuses: TimeVariant<StatusView>[];
  bar: Bar;
  /** It is hidden once it retires. */
  when: TimeVariantAttributes;
}

export interface GroupView {
  kind: 'group';
  id: string;
  name: string;
  /** The language of its name, if it is not the page's. */
  lang?: string;
  /** Whether something in it has a problem. */
  open: boolean;
  statuses: TimeVariant<StatusView>[];
  children: NodeView[];
}

/** The components that are not retired, in the order of the page. */
export function nodeViews(context: ViewContext, nodes: readonly ComponentNode[]): NodeView[] {
  return nodes.flatMap((node): NodeView[] => {
    if (node.kind === 'group') return groupViews(context, node);
    return isRetired(node, context.ledger.now) ? [] : [componentView(context, node)];
  });
}

export function componentView(context: ViewContext, component: Component): ComponentView {
  const [shown] = timeVariants(context, (at) => (isRetired(component, at) ? undefined : true));
  return {
    kind: 'component',
    id: `c-${component.id}`,
    name: component.name,
    ...langOf(context, component),
    href: context.href(PATHS.component(component.id)),
    ...(component.description && { description: component.description }),
    statuses: statusViews(context, component),
    bar: barOf(context, component),
    when: shown?.when ?? {},
  };
}

/** The status of a component or group in all its time variants. */
export function statusViews(context: ViewContext, node: ComponentNode): TimeVariant<StatusView>[] {
  return timeVariants(context, (at) => statusView(context, nodeStatusAt(context.ledger, node, at)));
}

function statusView({ words }: ViewContext, status: ComponentStatus): StatusView {
  return { tone: statusTone(status), text: words.say(`component_status.${status}`) };
}

function groupViews(context: ViewContext, group: ComponentGroup): GroupView[] {
  const children = nodeViews(context, group.children);
  if (children.length === 0) return [];
  const wrong = (at: Instant) => nodeStatusAt(context.ledger, group, at) !== 'operational';
  return [
    {
      kind: 'group',
      id: `g-${group.id}`,
      name: group.name,
      ...langOf(context, group),
      open: context.ledger.content.site.groups === 'open' || wrong(context.ledger.now),
      statuses: statusViews(context, group),
      children,
    },
  ];
}
