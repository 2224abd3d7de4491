import type { Component } from '../core/model.ts';
import type { Channel } from '../core/schema/channel.ts';
import type { Report } from './rules.ts';
import { didYouMean, nearest } from './yaml/suggest.ts';
import type { YamlValue } from './yaml/yaml.ts';

type Place = Pick<YamlValue, 'locate' | 'rewrite' | 'withKey'>;

/** Reports channels that have one name: what was sent is recorded under it. */
export function reportSameNames(channels: readonly Channel[], yaml: Place, report: Report): void {
  const taken = new Set<string>();
  channels.forEach(({ name }, index) => {
    if (taken.has(name)) {
      const reason = `Two channels are called “${name}”. Give this one a different name.`;
      const path = ['channels', index];
      const free = freeName(name, channels);
      const line = yaml.rewrite([...path, 'name'], free) ?? yaml.withKey(path, 'name', free);
      report('channel-twice', yaml.locate([...path, 'name']), reason, line);
    }
    taken.add(name);
  });
}

/**
 * Channels with the ids of components in place of aliases. An unknown name is reported and stays: it matches nothing.
 * It is a warning, since the page itself is right without it.
 */
export function resolveChannels(
  channels: readonly Channel[],
  components: ReadonlyMap<string, Component>,
  yaml: Place,
  report: Report,
): Channel[] {
  const ids = new Map(
    [...components.values()].flatMap(({ id, aliases }) => [id, ...aliases].map((name) => [name, id])),
  );
  return channels.map((channel, index) => {
    if (!channel.components) return channel;
    channel.components.forEach((name, place) => {
      if (ids.has(name)) return;
      const reason = `There is no component “${name}”, so “${channel.name}” gets no updates about it.${didYouMean(name, [...ids.keys()])}`;
      const path = ['channels', index, 'components', place];
      const meant = nearest(name, ids.keys());
      report('channel-component', yaml.locate(path), reason, meant && yaml.rewrite(path, meant));
    });
    return { ...channel, components: channel.components.map((name) => ids.get(name) ?? name) };
  });
}

function freeName(name: string, channels: readonly Channel[]): string {
  for (let count = 2; ; count += 1) {
    if (!channels.some((other) => other.name === `${name}-${count}`)) return `${name}-${count}`;
  }
}
