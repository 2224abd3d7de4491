import type { AffectedComponent, AffectedNode } from '../../core/affected.ts';
import { affectedNodes } from '../../core/affected.ts';
import type { Instant } from '../../core/days.ts';
import { componentsIn } from '../../core/groups.ts';
import { affectedComponents, hasKnownStart, incidentState } from '../../core/incident.ts';
import type { Ledger } from '../../core/ledger.ts';
import { isRetired } from '../../core/ledger.ts';
import { memoizePair } from '../../core/memoize.ts';
import type { Component, StatusEvent } from '../../core/model.ts';
import { affectedSpanAt, stretchAt } from '../../core/status.ts';
import type { Span } from '../../core/timeline.ts';
import { componentSpans } from '../../core/timeline.ts';
import type { ComponentStatus } from '../../core/vocabulary.ts';
import { COMPONENT_STATUSES, worstStatus } from '../../core/vocabulary.ts';
import { durationInWords } from '../../i18n/durations.ts';
import type { MixedText } from '../../i18n/facts.ts';
import { affectedName, mixedText } from '../../i18n/facts.ts';
import { PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import type { TimeVariant } from '../time-variants.ts';
import { timeVariants } from '../time-variants.ts';
import { statusTone } from '../tone.ts';
import type { StatusView } from './components.ts';
import { inOrderOfPage } from './event.ts';
import { langOf, near } from './rich.ts';
import type { Link, Rich } from './rich.ts';

/** Every component that is affected, those that are worst off first. */
export interface AffectedList {
  label: string;
  rows: TimeVariant<AffectedRow>[];
  /** What is folded, and how many of it are affected. */
  others?: { summary: TimeVariant<string>[]; rows: TimeVariant<AffectedRow>[] };
  /** How many others are operational. */
  rest: TimeVariant<Link>[];
}

interface AffectedRow {
  link: AffectedLink;
  /** Maintenance has one only while it is under way. */
  status?: StatusView;
  /** Since when, or until when if that is planned; of an incident that is over, how long it had that status. */
  when: Rich;
}

/** A component, or a group of which all is affected. */
interface AffectedLink extends Link {
  /** Its text in pieces, where only the name in it is in another language than the page's: that is then the link. */
  parts?: Rich;
}

/** So many affected components are named; the others are folded. */
const ROWS = 6;

export function affectedList(context: ViewContext): AffectedList {
  const { ledger, words, href } = context;
  const components = [...ledger.content.components.values()];
  const [now, ...later] = [ledger.now, ...context.instants].map((at) => affectedAt(ledger, at));
  const rank = ([, { status }]: [Component, Span]) => COMPONENT_STATUSES.indexOf(status);
  const present = [...(now ?? [])].sort((a, b) => rank(b) - rank(a)).map(([component]) => component);
  const isPresent = new Set(present);
  const coming = components.filter((one) => !isPresent.has(one) && later.some((affected) => affected.has(one)));
  const folded = new Set(present.slice(ROWS));
  const rowsOf = (some: readonly Component[]) => some.flatMap((component) => affectedRows(context, component));
  return {
    label: words.say('answer.affected'),
    rows: rowsOf([...present.slice(0, ROWS), ...coming]),
    ...(folded.size > 0 && {
      others: {
        summary: timeVariants(context, (at) => {
          const count = affectedAt(ledger, at)
            .keys()
            .filter((one) => folded.has(one))
            .toArray().length;
          return count > 0 ? words.count('answer.more_affected', count) : undefined;
        }),
        rows: rowsOf([...folded]),
      },
    }),
    rest: timeVariants(context, (at) => {
      const offered = components.filter((component) => !isRetired(component, at)).length;
      const affected = affectedAt(ledger, at).size;
      const count = offered - affected;
      // Of what a file says that cannot be read in full, nothing is known.
      if (affected === 0 || count === 0 || ledger.partial.length > 0) return undefined;
      return { text: words.count('answer.rest', count), href: `${href(PATHS.home)}#components` };
    }),
  };
}

/** The components that customers have and that are affected at an instant. */
const affectedAt = memoizePair((ledger: Ledger, at: Instant): ReadonlyMap<Component, Span> => {
  const affected = new Map<Component, Span>();
  for (const component of ledger.content.components.values()) {
    const span = isRetired(component, at) ? undefined : affectedSpanAt(ledger, component.id, at);
    if (span) affected.set(component, span);
  }
  return affected;
});

function affectedRows(context: ViewContext, component: Component): TimeVariant<AffectedRow>[] {
  const { ledger, href } = context;
  const link = { text: component.name, ...langOf(context, component), href: href(PATHS.component(component.id)) };
  const isSinceKnown = ledger.openIncidents.every(
    (incident) => hasKnownStart(incident) || !affectedComponents(incident).includes(component.id),
  );
  return timeVariants(context, (at) => {
    const span = affectedAt(ledger, at).get(component);
    return span && { link, status: statusView(context, span.status), when: stretchOf(context, span, isSinceKnown) };
  });
}

function stretchOf(context: ViewContext, { status, from, to }: Span, isSinceKnown: boolean): Rich {
  const { words } = context;
  if (status === 'under_maintenance' && to < Infinity) return words.parts('event.until', { time: near(context, to) });
  return isSinceKnown ? words.parts('event.since', { time: near(context, from) }) : [];
}

function statusView({ words }: ViewContext, status: ComponentStatus): StatusView {
  return { tone: statusTone(status), text: words.say(`component_status.${status}`) };
}

/** The components that one event names: worst first, then in the order of the page. */
export function affectedBy(context: ViewContext, event: StatusEvent): AffectedList {
  const { ledger, words } = context;
  const rank = ([, status]: AffectedComponent) => (status ? COMPONENT_STATUSES.indexOf(status) : -1);
  const affected = inOrderOfPage(context, event)
    .map((id): AffectedComponent => [id, statusIn(event, id, ledger.now)])
    .sort((a, b) => rank(b) - rank(a));
  const { named, others, more } = affectedNodes(ledger.content, event, affected);
  const rowsOf = (nodes: readonly AffectedNode[]) =>
    nodes.flatMap((node) => {
      const link = linkTo(context, node);
      return timeVariants(context, (at) => ({ link, ...partIn(context, event, node, at) }));
    });
  return {
    label: words.say('answer.affected'),
    rows: rowsOf(named),
    ...(more > 0 && {
      others: { summary: [{ value: words.count('answer.more_affected', more), when: {} }], rows: rowsOf(others) },
    }),
    rest: [],
  };
}

/** What an event does to a component; of an incident that is over, the worst that it did. */
function statusIn(event: StatusEvent, id: string, at: Instant): ComponentStatus | undefined {
  const spans = componentSpans(event).get(id) ?? [];
  const now = stretchAt(spans, at)?.status;
  if (now || event.kind === 'maintenance' || event.partial) return now;
  return incidentState(event).open ? 'operational' : worstStatus(spans.map(({ status }) => status));
}

function partIn(
  context: ViewContext,
  event: StatusEvent,
  { node }: AffectedNode,
  at: Instant,
): Pick<AffectedRow, 'status' | 'when'> {
  const spansOf = componentSpans(event);
  // All that a group has is affected alike.
  const id = componentsIn(node).find((one) => spansOf.has(one.id))?.id ?? node.id;
  const status = statusIn(event, id, at);
  const spans = spansOf.get(id) ?? [];
  const span = stretchAt(spans, at);
  const isSinceKnown = event.kind === 'maintenance' || hasKnownStart(event);
  const isOver = event.kind === 'incident' && isSinceKnown && !incidentState(event).open;
  const lasted = spans.reduce((sum, one) => (one.status === status ? sum + one.to - one.from : sum), 0);
  return {
    ...(status && { status: statusView(context, status) }),
    when: span
      ? stretchOf(context, span, isSinceKnown)
      : isOver && lasted > 0
        ? [durationInWords(lasted, context.words)]
        : [],
  };
}

function linkTo(context: ViewContext, affected: AffectedNode): AffectedLink {
  const { node } = affected;
  const name = affectedName(affected, context.words);
  const { lang } = langOf(context, node);
  const href = context.href(PATHS[node.kind](node.id));
  const linked = (part: MixedText[number]) =>
    typeof part === 'string' ? part : { text: part.text, href, ...(lang !== undefined && { lang }) };
  return {
    text: node.kind === 'group' ? mixedText(name, context.words) : node.name,
    ...(lang !== undefined && (name.length > 1 ? { parts: name.map(linked) } : { lang })),
    href,
  };
}
