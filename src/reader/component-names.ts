import { dayOf } from '../core/days.ts';
import type { Component, Instant } from '../core/model.ts';
import type { Position, Report } from './rules.ts';
import { didYouMean } from './suggest.ts';

/** Finds components by the names that incidents use: ids and aliases. */
export interface ComponentNames {
  /** The id of a component; reports a name that is unknown, or retired before the event began. */
  resolve: (name: string, started: Instant, position: Position, report: Report) => string | undefined;
}

/**
 * @param components `undefined` when the list itself could not be read; then every name passes, since that is
 * reported already
 */
export function componentNames(components: ReadonlyMap<string, Component> | undefined, zone: string): ComponentNames {
  if (!components) return { resolve: (name) => name };
  const byName = new Map<string, Component>();
  for (const component of components.values()) {
    for (const name of [component.id, ...component.aliases]) byName.set(name, component);
  }
  return {
    resolve(name, started, position, report) {
      const component = byName.get(name);
      if (!component) {
        report(
          'unknown-component',
          position,
          `There is no component “${name}”.${didYouMean(name, [...byName.keys()])}`,
        );
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
