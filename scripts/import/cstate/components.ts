import { lettersOf } from '../../lib/text.ts';
import type { Instant } from '../../../src/core/days.ts';
import type { ImportedComponent, ImportedNode, SourcePlace } from '../model.ts';
import { note, type Report, type Subject } from '../report.ts';
import { UnlistedComponents } from '../components.ts';
import type { Configuration, System } from './configuration.ts';

/** Where a name stands, and what names it. */
interface Mention {
  place: SourcePlace;
  about: Subject;
}

/** Finds components by the names that incidents give them. */
export interface Components {
  keysOf: (name: string, mention: Mention) => string[];
  /** All components in the order of the page; those that no configuration lists at its end. */
  tree: (lastNamed: ReadonlyMap<string, Instant>) => ImportedNode[];
}

/** Makes the index of a site's components. */
export function indexComponents({ systems, categories, hasSystems }: Configuration, report: Report): Components {
  const keyed = systems.map((system, index) => ({ system, key: `${index}:${system.name}` }));
  const unlisted = new UnlistedComponents();

  const keysOf = (name: string, { place, about }: Mention): string[] => {
    const same = keyed.filter(({ system }) => system.name === name);
    if (same.length > 0) return same.map(({ key }) => key);
    if (/^(?:none|nothing|no(?:ne)? (?:service|system|component)s?|n\/a|-)$/i.test(name)) {
      note(report, 'detail-left-out', place, about, `“${name}” was read as no component.`);
      return [];
    }
    const alike = [fold, hugoSlug, lettersOf]
      .map((like) => keyed.filter(({ system }) => like(system.name) === like(name)))
      .find((systems) => systems.length > 0);
    if (alike) {
      note(report, 'component-by-name', place, about, `“${name}” was read as “${alike[0]?.system.name}”.`);
      return alike.map(({ key }) => key);
    }
    const members = /^(?:all|all (?:systems|services|components)|everything|\*)$/i.test(name)
      ? keyed
      : keyed.filter(({ system }) => system.category !== '' && fold(system.category) === fold(name));
    if (members.length > 0) {
      note(report, 'group-affected', place, about, `“${name}” was read as the ${members.length} components in it.`);
      return members.map(({ key }) => key);
    }
    return [unlisted.keyOf(name, place)];
  };

  return {
    keysOf,
    tree: (lastNamed) => [...listedTree(keyed, categories, report), ...unlisted.tree(hasSystems, lastNamed, report)],
  };
}

interface Keyed {
  system: System;
  key: string;
}

/** Categories stand in the order of the configuration, then those that only components name. */
function listedTree(keyed: readonly Keyed[], categories: Configuration['categories'], report: Report): ImportedNode[] {
  const untitled = new Set(categories.filter((one) => one.untitled).map(({ name }) => name));
  const names = [...new Set([...categories.map(({ name }) => name), ...keyed.map(({ system }) => system.category)])];
  const placeOfName = (name: string): SourcePlace =>
    categories.find((one) => one.name === name)?.place ?? { file: 'config.yml' };
  return names.flatMap((name): ImportedNode[] => {
    const children = keyed.filter(({ system }) => system.category === name).map(componentOf);
    if (children.length === 0) {
      note(report, 'detail-left-out', placeOfName(name), { subject: name }, 'The category has no component.');
      return [];
    }
    return name === '' || untitled.has(name) ? children : [{ kind: 'group', name, children }];
  });
}

function componentOf({ system: { shownAs, description }, key }: Keyed): ImportedComponent {
  return { kind: 'component', key, name: shownAs, ...(description !== '' && { description }) };
}

/** The last part of the address that Hugo gives a page of this name, which is how cState's own editor names systems. */
function hugoSlug(name: string): string {
  return fold(name)
    .replace(/[^\p{L}\p{M}\p{N}\s._/-]/gu, '')
    .replace(/[\s-]+/g, '-');
}

function fold(text: string): string {
  return text.trim().toLowerCase().replace(/\s+/g, ' ');
}
