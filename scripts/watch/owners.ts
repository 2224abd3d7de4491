import { affectedComponents } from '../../src/core/incident.ts';
import type { Content, StatusEvent } from '../../src/core/model.ts';

/** Who answers for what an event affects. */
export interface Owners {
  /** As `components.yml` has them, each once. */
  owners: string[];
  /** Names of affected components that have none. */
  without: string[];
}

/** The owners of every component that an event ever named. */
export function ownersOf(event: StatusEvent, { components }: Pick<Content, 'components'>): Owners {
  const affected = affectedComponents(event).flatMap((id) => components.get(id) ?? []);
  return {
    owners: [...new Set(affected.flatMap(({ owner }) => owner ?? []))],
    without: affected.flatMap(({ owner, name }) => (owner === undefined ? [name] : [])),
  };
}
