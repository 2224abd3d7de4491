import type { Component } from '../core/model.ts';
import type { Channel } from '../core/schema/channel.ts';
import type { Position, Report } from './rules.ts';
import { didYouMean, nearest } from './suggest.ts';

type Locate = (path: readonly PropertyKey[]) => Position;

/** Reports channels that have one name: what was sent is recorded under it. */
export function reportSameNames(channels: readonly Channel[], locate: Locate, report: Report): void {
  const taken = new Set<string>();
  channels.forEach(({ name }, index) => {
    if (taken.has(name)) {
      const reason = `Two channels are called “${name}”, so nobody could tell what was sent to which. Give this one a name of its own.`;
      report('channel-twice', locate(['channels', index, 'name']), reason, `name: ${freeName(name, channels)}`);
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
  locate: Locate,
  report: Report,
): Channel[] {
  const ids = new Map(
    [...components.values()].flatMap(({ id, aliases }) => [id, ...aliases].map((name) => [name, id])),
  );
  return channels.map((channel, index) => {
    if (!channel.components) return channel;
    channel.components.forEach((name, place) => {
      if (ids.has(name)) return;
      const reason = `There is no component “${name}”, so nothing is sent to “${channel.name}” on its account.${didYouMean(name, [...ids.keys()])}`;
      report('channel-component', locate(['channels', index, 'components', place]), reason, nearest(name, ids.keys()));
    });
    return { ...channel, components: channel.components.map((name) => ids.get(name) ?? name) };
  });
}

function freeName(name: string, channels: readonly Channel[]): string {
  for (let count = 2; ; count += 1) {
    if (!channels.some((other) => other.name === `${name}-${count}`)) return `${name}-${count}`;
  }
}
