import type { Alert, AlertRule, AlertMatch, Pattern, StatusChoice } from './rule.ts';
import { isRetired } from '../ledger.ts';
import type { ComponentStatus } from '../vocabulary.ts';
import type { Component } from '../model.ts';
import type { ComponentList } from '../groups.ts';
import { componentsIn, groupMembers, groupsById } from '../groups.ts';
/** The first rule that takes an alert. */
export function ruleFor(alert: Alert, rules: readonly AlertRule[]): AlertRule | undefined {
  return rules.find(({ match }) => matches(alert, match));
}

/** Whether an alert fits all patterns. A missing label fits none. */
function matches(alert: Alert, { labels, ...texts }: AlertMatch): boolean {
  const { source, name, severity } = texts;
  return (
    fitsOne(alert.source, source) &&
    fitsOne(alert.name, name) &&
    fitsOne(alert.severity, severity) &&
    Object.entries(labels).every(([key, patterns]) => fitsOne(labelOf(alert, key), patterns))
  );
}

function fitsOne(text: string | undefined, patterns: readonly Pattern[] | undefined): boolean {
  if (!patterns) return true;
  return text !== undefined && patterns.some(({ fits }) => fits(text));
}

function labelOf({ labels }: Alert, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}

/** The components that an alert affects, by id, or why they cannot be found. */
type AffectedComponents = { components: Readonly<Record<string, ComponentStatus>> } | { problem: string };

/** Finds the components that an alert affects, by its rule. Components that retired before the alert are not found. A label can name a group, or `all`. */
export function componentsOf({ components: said }: AlertRule, alert: Alert, list: ComponentList): AffectedComponents {
  if ('byId' in said) {
    const statuses = Object.entries(said.byId).map(([id, choice]) => [id, statusFor(choice, alert)] as const);
    return { components: Object.fromEntries(statuses) };
  }
  const { label, status } = said;
  const value = labelOf(alert, label)?.trim();
  if (!value) return { problem: `The alert has no label “${label}” to name the component.` };
  const component = findComponent(value, list.components);
  const found = component ? [component] : findGroup(value, list);
  if (!found) {
    return { problem: `The label “${label}” is “${value}”, but no component or group has that id, alias or name.` };
  }
  const current = found.filter((one) => !isRetired(one, alert.start ?? Infinity));
  if (current.length === 0) {
    const what = component ? 'that component is' : 'all components of that group are';
    return { problem: `The label “${label}” is “${value}”, but ${what} retired.` };
  }
  return { components: Object.fromEntries(current.map(({ id }) => [id, statusFor(status, alert)])) };
}

function statusFor({ bySeverity, otherwise }: StatusChoice, { severity = '' }: Alert): ComponentStatus {
  const key = severity.toLowerCase();
  return (Object.hasOwn(bySeverity, key) && bySeverity[key]) || otherwise;
}

/** Finds components by id or alias, else by name; upper and lower case are the same. */
function findComponent(text: string, components: ReadonlyMap<string, Component>): Component | undefined {
  const written = text.toLowerCase();
  const all = [...components.values()];
  return (
    all.find(({ id, aliases }) => [id, ...aliases].includes(written)) ??
    all.find(({ name }) => name.toLowerCase() === written)
  );
}

/** Finds the components of a group by its id or alias, else by its name; `all` is every component. */
function findGroup(text: string, list: ComponentList): readonly Component[] | undefined {
  const written = text.toLowerCase();
  const named = groupsById(list.tree).values().find(({ name }) => name.toLowerCase() === written); // prettier-ignore
  return groupMembers(list, written) ?? (named && componentsIn(named));
}
