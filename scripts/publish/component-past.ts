import type { Diagnostic } from '../../src/core/diagnostic.ts';
import type { Component, Instant } from '../../src/core/model.ts';
import { readComponents } from '../../src/reader/components.ts';
import { reporter } from '../../src/reader/rules.ts';
import { checkText } from '../../src/reader/source.ts';
import { readYaml } from '../../src/reader/yaml.ts';
import type { History, Version } from './history.ts';
import { isError } from './trial.ts';

/** A version of `components.yml` that reads. */
export interface PastList {
  version: Version;
  text: string;
  components: ReadonlyMap<string, Component>;
}

/** A name that `components.yml` once knew and no longer knows. */
export interface LostName {
  name: string;
  /** What it named. */
  component: Component;
  /** When it was taken out. */
  removed: Instant;
}

/** All readable versions of `components.yml`, newest first. */
export async function pastLists(history: History, zone: string): Promise<PastList[]> {
  const versions = history.versions('components.yml', 'and-deleted');
  const texts = await history.texts([...new Set(versions.map(({ blob }) => blob))]);
  return versions.flatMap((version) => {
    const text = texts.get(version.blob);
    const reading = text === undefined ? undefined : readComponentList(text, zone);
    if (text === undefined || !reading?.value || reading.errors.length > 0) return [];
    return [{ version, text, components: reading.value }];
  });
}

/** The components of a text, and what is wrong with it. */
export function readComponentList(text: string, zone: string) {
  const errors: Diagnostic[] = [];
  const report = reporter('components.yml', errors);
  const yaml = checkText(text, report) ? readYaml(text, 1, report) : undefined;
  return { value: yaml && readComponents(yaml, zone, report).components, errors: errors.filter(isError) };
}

/**
 * Ids and aliases that older lists know and the present one does not, by name.
 * @param now when a name was removed that the newest commit still has
 */
export function lostNames(
  present: ReadonlyMap<string, Component>,
  past: readonly PastList[],
  now: Instant,
): Map<string, LostName> {
  const known = new Set(namesIn(present));
  const lost = new Map<string, LostName>();
  let removed = now;
  for (const { components, version } of past) {
    for (const component of components.values()) {
      for (const name of [component.id, ...component.aliases]) {
        if (!known.has(name) && !lost.has(name)) lost.set(name, { name, component, removed });
      }
    }
    removed = version.committed;
  }
  return lost;
}

export function namesIn(components: ReadonlyMap<string, Component>): string[] {
  return [...components.values()].flatMap(({ id, aliases }) => [id, ...aliases]);
}
