import { dayOf } from '../core/days.ts';
import type { Component, Instant } from '../core/model.ts';
import type { Position, Report, Suggestion } from './rules.ts';
import { didYouMean, nearest } from './suggest.ts';

/** Finds components by the names that incidents use: ids and aliases. */
export interface ComponentNames {
  /** The id of a component; reports a name that is unknown, or retired before the event began. */
  resolve: (name: string, started: Instant, position: Position, report: Report, rewrite: Rewrite) => string | undefined;
  /** A component that is not retired, for examples. */
  example: string;
}

/** Suggests the written text with another component name in it. */
type Rewrite = (name: string) => Suggestion | undefined;

/**
 * @param components `undefined` when the list itself could not be read; then every name passes, since that is
 * reported already
 */
export function componentNames(components: ReadonlyMap<string, Component> | undefined, zone: string): ComponentNames {
  if (!components) return { resolve: (name) => name, example: 'checkout' };
  const byName = new Map<string, Component>();
  for (const component of components.values()) {
    for (const name of [component.id, ...component.aliases]) byName.set(name, component);
  }
  return {
    example: [...components.values()].find(({ retired }) => retired === undefined)?.id ?? 'checkout',
    resolve(name, started, position, report, rewrite) {
      const component = byName.get(name);
      if (!component) {
        const named = [...byName.values()].find((one) => one.name.toLowerCase() === name.trim().toLowerCase());
        const usable = [...byName].filter(([, { retired }]) => retired === undefined || retired > started);
        const meant = named?.id ?? nearest(name, new Map(usable).keys());
        const reason = `There is no component “${name}”.${meant ? ` Did you mean “${meant}”?` : didYouMean(name, [...byName.keys()])}`;
        report('unknown-component', position, reason, meant && rewrite(meant));
        return undefined;
      }
      if (component.retired !== undefined && component.retired <= started) {
        const reason = `“${name}” was retired on ${dayOf(component.retired, zone)}, before this began.`;
        report('component-retired', position, reason);
        return undefined;
      }
      return component.id;
    },
  };
}
