import type { Instant } from '../../src/core/days.ts';
import { componentsOf, ruleFor } from '../../src/core/alerts/match.ts';
import type { Alert, AlertRule } from '../../src/core/alerts/rule.ts';
import type { AlertMessage } from '../../src/core/alerts/record.ts';
import type { Content } from '../../src/core/model.ts';
import { fieldsOf } from './read-alerts.ts';
import { recordKey } from './rule-state.ts';

/** Alerts by rule, and those without one. */
export interface Sorted {
  /** Messages by the name of their rule, in their original order. */
  messages: ReadonlyMap<string, readonly AlertMessage[]>;
  ignored: readonly Alert[];
  /** Alerts that are not announced. */
  unmatched: readonly Unmatched[];
}

/** An alert that is not announced, and the reason. `broken` if its rule has errors. */
export interface Unmatched {
  alert: Alert;
  reason: string;
  broken: boolean;
}

/**
 * Finds the first matching rule for each alert. An alert that is not over stays with the rule that has its record, because
 * its end can have other labels than its start; unless it now matches an earlier rule.
 * @param ruleOf the name of the rule that has the record of a key
 * @param received when they were received, if not now
 */
export function sortAlerts(
  alerts: readonly Alert[],
  content: Content,
  ruleOf: (key: string) => string | undefined,
  received?: Instant,
): Sorted {
  const messages = new Map<string, AlertMessage[]>();
  const ignored: Alert[] = [];
  const unmatched: Unmatched[] = [];
  const put = (name: string, message: AlertMessage): void => {
    const list = messages.get(name) ?? [];
    list.push(received === undefined ? message : { ...message, received });
    messages.set(name, list);
  };
  for (const alert of alerts) {
    const key = recordKey(alert.source, alert.key);
    const remembering = ruleOf(key);
    if (alert.state !== 'firing' && remembering !== undefined) {
      put(remembering, messageOf(alert, key, {}, content));
      continue;
    }
    // It is not published, and missing data is no problem for customers.
    if (alert.state === 'unknown') continue;
    const rule = ruleOrAbove(remembering, alert, content.alerts);
    const affected = rule && alert.state === 'firing' ? affectedBy(rule, alert, content) : { components: {} };
    if (!rule) unmatched.push({ alert, reason: 'No rule in alerts.yml matches it.', broken: false });
    else if (rule.then === 'ignore') ignored.push(alert);
    else if ('problem' in affected) unmatched.push({ alert, reason: affected.problem, broken: rule.then === 'broken' });
    else {
      if (remembering !== undefined && remembering !== rule.name) put(remembering, movedOn(key));
      put(rule.name, messageOf(alert, key, affected.components, content, rule));
    }
  }
  return { messages, ignored, unmatched };
}

function ruleOrAbove(name: string | undefined, alert: Alert, rules: readonly AlertRule[]): AlertRule | undefined {
  const matching = ruleFor(alert, rules);
  const remembering = rules.find((rule) => rule.name === name);
  if (!remembering || !matching) return remembering ?? matching;
  return rules.indexOf(matching) < rules.indexOf(remembering) ? matching : remembering;
}

function affectedBy(rule: AlertRule, alert: Alert, content: Content) {
  if (rule.then === 'ignore') return { components: {} };
  if (rule.then !== 'broken') return componentsOf(rule, alert, content);
  return { problem: `The rule ${rule.name} in alerts.yml has errors. To see them, run npm run check.` };
}

/** Resolves the alert for the rule that it leaves. */
function movedOn(key: string): AlertMessage {
  return { key, state: 'resolved', components: {}, fields: {} };
}

function messageOf(
  alert: Alert,
  key: string,
  components: AlertMessage['components'],
  content: Content,
  rule?: AlertRule,
): AlertMessage {
  const { state, start, end, firingAt } = alert;
  return {
    key,
    state,
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
    ...(firingAt !== undefined && { firingAt }),
    components,
    fields: rule ? askedFor(alert, rule, content) : {},
  };
}

/** The fields that a template of the rule uses. No other text of an alert is stored. */
function askedFor(
  alert: Alert,
  { template, more, back, over }: AlertRule,
  { templates }: Content,
): Record<string, string> {
  const names = new Set(
    templates
      .filter(({ name }) => [template, more, back, over].includes(name))
      .flatMap(({ blanks }) => blanks.map(({ name }) => name)),
  );
  return Object.fromEntries([...fieldsOf(alert)].filter(([name]) => names.has(name)));
}
