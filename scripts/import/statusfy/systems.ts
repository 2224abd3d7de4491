import { cleanLine, lettersOf } from '../../lib/text.ts';
import type { Instant } from '../../../src/core/days.ts';
import type { ImportedComponent, SourcePlace } from '../model.ts';
import { note, type Report } from '../report.ts';
import { UnlistedComponents } from '../components.ts';
import type { StatusfyConfig } from './config.ts';

/** The systems of a page, and those that only incidents name. */
export interface Systems {
  /** The key of a system by its name in an incident. */
  keyOf: (name: string, place: SourcePlace) => string;
  /** In the order of the page; those that are no longer listed come last, retired. */
  components: (lastNamed: ReadonlyMap<string, Instant>) => ImportedComponent[];
}

export function indexSystems({ systems, shownAs }: StatusfyConfig, report: Report): Systems {
  const listed = new Map<string, string>();
  for (const name of systems) if (name.trim()) listed.set(fold(name), name);
  const byTitle = new Map([...listed.values()].map((name) => [fold(shownAs.get(name)?.title ?? name), fold(name)]));
  const unlisted = new UnlistedComponents();

  const keyOf = (name: string, place: SourcePlace): string => {
    const key = fold(name);
    if (listed.has(key)) return key;
    const sameTitle = byTitle.get(key) ?? [...listed.keys()].find((one) => lettersOf(one) === lettersOf(name));
    if (sameTitle !== undefined) {
      note(report, 'component-by-name', place, { id: sameTitle, subject: name });
      return sameTitle;
    }
    return unlisted.keyOf(cleanLine(shownAs.get(name)?.title ?? '') || cleanLine(name), place, key);
  };

  const componentOf = (key: string, name: string): ImportedComponent => {
    const { title, description } = shownAs.get(name) ?? {};
    return {
      kind: 'component',
      key,
      name: cleanLine(title ?? '') || cleanLine(name),
      ...(description && { description: cleanLine(description) }),
    };
  };

  return {
    keyOf,
    components: (lastNamed) => [
      ...[...listed].map(([key, name]) => componentOf(key, name)),
      ...unlisted.tree(listed.size > 0, lastNamed, report),
    ],
  };
}

function fold(name: string): string {
  return cleanLine(name).toLowerCase();
}
