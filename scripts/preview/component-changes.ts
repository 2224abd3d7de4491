import { lastDays } from '../../src/core/days.ts';
import type { Ledger } from '../../src/core/ledger.ts';
import { isRetired } from '../../src/core/ledger.ts';
import type { Component } from '../../src/core/model.ts';
import { componentStatusAt } from '../../src/core/status.ts';
import { uptime } from '../../src/core/uptime.ts';
import type { ComponentStatus } from '../../src/core/vocabulary.ts';

/** A component's value where it is another one; not there where nothing is known or the component is new. */
export interface ComponentChange<T> {
  id: string;
  name: string;
  before?: T;
  after?: T;
}

/** Components whose status changes, in the order of the page; a new one counts as operational before. */
export function statusChanges(before: Ledger, after: Ledger): ComponentChange<ComponentStatus>[] {
  return shownComponents(after).flatMap((component): ComponentChange<ComponentStatus>[] => {
    const old = earlier(before, component);
    const was = old ? componentStatusAt(before, old.id, before.now) : 'operational';
    const is = componentStatusAt(after, component.id, after.now);
    return was === is ? [] : [{ id: component.id, name: component.name, before: was, after: is }];
  });
}

/** Components whose uptime changes, in percent over the days that the page shows; new ones are left out. */
export function uptimeChanges(before: Ledger, after: Ledger): ComponentChange<number>[] {
  return shownComponents(after).flatMap((component): ComponentChange<number>[] => {
    const old = earlier(before, component);
    if (!old) return [];
    const [was, is] = [percent(before, old), percent(after, component)];
    if (was === is) return [];
    const { id, name } = component;
    return [{ id, name, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) }];
  });
}

/** The component before the change, by its id or by the one that is an alias now. */
export function earlier(before: Ledger, { id, aliases }: Component): Component | undefined {
  const { components } = before.content;
  return components.get(id) ?? aliases.map((alias) => components.get(alias)).find((one) => one !== undefined);
}

function shownComponents({ content, now }: Ledger): Component[] {
  return [...content.components.values()].filter((component) => !isRetired(component, now));
}

function percent(ledger: Ledger, component: Component): number | undefined {
  const { uptime: settings, time_zone: zone } = ledger.content.site;
  const from = lastDays(ledger.now, settings.days, zone)[0]?.from ?? ledger.now;
  return uptime(ledger, component, { from, to: ledger.now }, settings.weights);
}
