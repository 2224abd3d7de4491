import type { ComponentStatus, Impact } from '../../../src/core/vocabulary.ts';

type Statuses = Record<string, ComponentStatus>;

/** What the front matter says of components, and what each update changes, in the order of the updates. */
export interface StatusChanges {
  initial: Statuses;
  changes: (Statuses | undefined)[];
}

interface Reported {
  affected?: Statuses;
  /** Whether it ends the event, or comes after its end: in Candor all components are operational then. */
  over: boolean;
}

/** From what each update says of components to what changes at it. */
export function statusChanges(updates: readonly Reported[]): StatusChanges {
  const initial: Statuses = updates[0]?.over ? {} : { ...updates[0]?.affected };
  let current = initial;
  const changes = updates.map(({ affected = {}, over }, index) => {
    if (index === 0 || over) return undefined;
    const changed = Object.entries(affected).filter(([key, status]) => current[key] !== status);
    current = { ...current, ...affected };
    return changed.length > 0 ? Object.fromEntries(changed) : undefined;
  });
  return { initial, changes };
}

/** How an incident's components were affected, as far as its impact tells. */
export function statusOfImpact(impact: Impact | undefined): ComponentStatus {
  switch (impact) {
    case 'critical':
      return 'major_outage';
    case 'major':
      return 'partial_outage';
    case 'none':
      return 'operational';
    default:
      return 'degraded_performance';
  }
}
