import type { AlertRule } from '../core/alerts/rule.ts';
import { covers } from './alert-match.ts';
import type { AlertContext } from './alert-rule.ts';
import { readAlertRule } from './alert-rule.ts';
import type { Report } from './rules.ts';
import type { YamlValue } from './yaml.ts';

const EXAMPLE = `- name: checkout-errors
  match: { source: alertmanager, name: "Checkout*" }
  then: publish
  title: Some customers cannot pay
  components: { checkout: partial_outage }`;

/**
 * Reads `alerts.yml`. A rule with errors keeps its place as a `broken` one; one that does not even say what it matches
 * is left out.
 */
export function readAlertRules(yaml: YamlValue, context: AlertContext, report: Report): AlertRule[] {
  // A file with nothing but comments.
  const list = yaml.value === null || yaml.value === '' ? [] : yaml.value;
  if (!Array.isArray(list)) {
    report('wrong-kind', yaml.locate([]), 'Rules must be a list, each entry behind a hyphen.', { example: EXAMPLE });
    return [];
  }
  const rules: AlertRule[] = [];
  list.forEach((entry: unknown, index) => {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
      const reason = 'A rule is a set of keys: its name, what it matches, and what becomes of that.';
      report('wrong-kind', yaml.locate([index]), reason, { example: EXAMPLE });
      return;
    }
    const rule = readAlertRule(entry as Record<string, unknown>, index, yaml, context, report);
    if (!rule) return;
    reportSameName(rule, rules, yaml, index, report);
    reportUnreachable(rule, rules, yaml, index, report);
    rules.push(rule);
  });
  return rules;
}

function reportSameName({ name }: AlertRule, before: readonly AlertRule[], yaml: YamlValue, index: number, to: Report) {
  const same = before.find((one) => one.name === name);
  if (!same) return;
  const reason = `The rule in line ${same.line} is called “${name}” already, and incidents remember their rule by its name.`;
  const names = new Set(before.map((one) => one.name));
  let count = 2;
  while (names.has(`${name}-${count}`)) count += 1;
  to('id-taken', yaml.locate([index, 'name']), reason, yaml.rewrite([index, 'name'], `${name}-${count}`));
}

function reportUnreachable(
  { match }: AlertRule,
  before: readonly AlertRule[],
  yaml: YamlValue,
  index: number,
  to: Report,
) {
  const taking = before.find((one) => covers(one.match, match));
  if (!taking) return;
  const reason = `This rule takes no alert, since “${taking.name}” in line ${taking.line} takes all of them before it. Put it above that one, or take it out.`;
  to('alert-unreachable', yaml.locate([index, 'match'], 'key'), reason);
}
