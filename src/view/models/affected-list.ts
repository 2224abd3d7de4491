import type { Instant } from '../../core/days.ts';
import { affectedComponents, hasKnownStart } from '../../core/incident.ts';
import type { Ledger } from '../../core/ledger.ts';
import { isRetired } from '../../core/ledger.ts';
import { memoizePair } from '../../core/memoize.ts';
import type { Component } from '../../core/model.ts';
import { affectedSpanAt } from '../../core/status.ts';
import type { Span } from '../../core/timeline.ts';
import { COMPONENT_STATUSES } from '../../core/vocabulary.ts';
import { PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import type { TimeVariant } from '../time-variants.ts';
import { timeVariants } from '../time-variants.ts';
import { statusTone } from '../tone.ts';
import type { StatusView } from './components.ts';
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
  link: Link;
  status: StatusView;
  /** Since when, or until when if that is planned. */
  when: Rich;
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
    label: words.say('fact.components'),
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
  const { ledger, words, href } = context;
  const link = { text: component.name, ...langOf(context, component), href: href(PATHS.component(component.id)) };
  const isSinceKnown = ledger.openIncidents.every(
    (incident) => hasKnownStart(incident) || !affectedComponents(incident).includes(component.id),
  );
  return timeVariants(context, (at) => {
    const span = affectedAt(ledger, at).get(component);
    if (!span) return undefined;
    const isPlanned = span.status === 'under_maintenance' && span.to < Infinity;
    const since = isSinceKnown ? words.parts('event.since', { time: near(context, span.from) }) : [];
    return {
      link,
      status: { tone: statusTone(span.status), text: words.say(`component_status.${span.status}`) },
      when: isPlanned ? words.parts('event.until', { time: near(context, span.to) }) : since,
    };
  });
}
