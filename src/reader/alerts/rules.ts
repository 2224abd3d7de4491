import type { Instant } from '../../core/days.ts';
import type { z } from 'zod';
import type { AlertRule, RuleComponents, StatusChoice } from '../../core/alerts/rule.ts';
import { localesOf } from '../../core/schema/site.ts';
import type { SiteSettings } from '../../core/schema/site.ts';
import { checkAreas, listedAreas } from '../areas.ts';
import { covers, readMatch } from './match.ts';
import type { Report } from '../rules.ts';
import { RULES } from '../rules.ts';
import type { YamlValue } from '../yaml/yaml.ts';
import { SILENT_RULE } from '../../core/alerts/rule.ts';
import type { WrittenAlertRule } from '../../core/schema/alerts.ts';
import { alertRuleSchema, alertStatus, labelSchema, statusBySeverity } from '../../core/schema/alerts.ts';
import type { TemplateContext } from './templates.ts';
import { checkRuleTemplates } from './templates.ts';
import { checkTitle } from '../template.ts';
import type { ComponentNames } from '../components.ts';
import { componentValues } from '../components.ts';
import { mainText, otherTexts } from '../localized.ts';
import { checkSchema } from '../yaml/schema.ts';
import { componentStatus } from '../../core/schema/event.ts';

/**
 * The components that a rule affects, in either of the two forms.
 * @param now a component that was retired by then is reported
 */
function readRuleComponents(
  written: Readonly<Record<string, unknown>>,
  path: readonly PropertyKey[],
  yaml: YamlValue,
  names: ComponentNames,
  now: Instant,
  report: Report,
): RuleComponents | undefined {
  if (namesLabel(written)) return readLabel(path, yaml, report);
  const given = Object.entries(written).flatMap(([name, choice]) => {
    const value = readChoice(choice, [...path, name], yaml, report);
    const position = yaml.locate([...path, name], 'key');
    const rewrite = (other: string) =>
      Object.hasOwn(written, other) ? undefined : yaml.rewrite([...path, name], other, 'key');
    const named = names.resolve(name, now, position, report, rewrite);
    return named && value ? [{ name, named, value, position }] : [];
  });
  return { byId: componentValues(given, report) };
}

/** Whether `label` is the label of an alert. A component can have this name too: then its value is a status. */
function namesLabel({ label }: Readonly<Record<string, unknown>>): boolean {
  return typeof label === 'string' && !componentStatus.safeParse(label).success;
}

function readLabel(path: readonly PropertyKey[], yaml: YamlValue, report: Report): RuleComponents | undefined {
  const form = checkSchema(labelSchema, yaml, report, path);
  const status = form && readChoice(form.status, [...path, 'status'], yaml, report);
  return status && { label: form.label, status };
}

function readChoice(
  value: unknown,
  path: readonly PropertyKey[],
  yaml: YamlValue,
  report: Report,
): StatusChoice | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const otherwise = checkSchema(alertStatus, yaml, report, path);
    return otherwise && { bySeverity: {}, otherwise };
  }
  const choice = checkSchema(statusBySeverity, yaml, report, path);
  return choice && choiceOf(choice);
}

function choiceOf({ else: otherwise, ...others }: z.output<typeof statusBySeverity>): StatusChoice {
  const bySeverity = Object.entries(others).map(([severity, status]) => [severity.toLowerCase(), status] as const);
  return { bySeverity: Object.fromEntries(bySeverity), otherwise };
}

/** The context for reading rules. */
interface AlertContext extends TemplateContext {
  names: ComponentNames;
  now: Instant;
  /** Undefined if it has errors. */
  site: SiteSettings | undefined;
}

const KEYS_OF_SILENT = ['name', 'match', 'then'];

/**
 * Reads one rule of `alerts.yml`. A rule with errors becomes `broken`.
 * @returns undefined if it has no `match`
 */
function readAlertRule(
  entry: Readonly<Record<string, unknown>>,
  index: number,
  yaml: YamlValue,
  context: AlertContext,
  reportTo: Report,
): AlertRule | undefined {
  let wrong = false;
  const report: Report = (...problem) => {
    wrong ||= RULES[problem[0]] === 'error';
    reportTo(...problem);
  };
  const { line } = yaml.locate([index]);
  const data = checkSchema(alertRuleSchema, yaml, report, [index]);
  const match = readMatch(entry['match'], index, yaml, report);
  if (data?.then === 'ignore') reportIdle(entry, index, yaml, report);
  const speaking = data && data.then !== 'ignore' ? readSpeaking(data, index, yaml, context, report) : undefined;
  if (speaking && match) {
    // That they are missing is reported already, unless they may be.
    const namesComponents = Object.keys(data?.components ?? {}).length > 0 || !data?.impact;
    checkRuleTemplates({ ...speaking, match, namesComponents }, index, yaml, context, report);
  }
  if (!match) return undefined;
  const name = typeof entry['name'] === 'string' ? entry['name'] : `on line ${line}`;
  if (wrong || !data) return { ...SILENT_RULE, name, match, then: 'broken', line };
  return { ...(speaking ?? SILENT_RULE), name, match, then: data.then, line };
}

/** Reports fields that have no effect, because the rule ignores its alerts. */
function reportIdle(entry: Readonly<Record<string, unknown>>, index: number, yaml: YamlValue, report: Report): void {
  for (const key of Object.keys(entry).filter((one) => !KEYS_OF_SILENT.includes(one))) {
    const reason = `The rule ignores the alerts it matches, so “${key}” has no effect. Remove it, or change “then”.`;
    report('alert-idle', yaml.locate([index, key], 'key'), reason);
  }
}

/** Reads the fields of a rule for its incidents. */
function readSpeaking(
  data: WrittenAlertRule,
  index: number,
  yaml: YamlValue,
  { names, now, site }: AlertContext,
  report: Report,
): SpeakingFields {
  const { title: titles = '', components: written = {}, impact, next, then, wait, reopen, clear, ...rest } = data;
  const missing = (key: string, expected: string) =>
    report('missing-key', yaml.locate([index]), `The key “${key}” is missing.`, { example: expected });
  if (titles === '') missing('title', 'title: Some customers cannot pay');
  const locales = site && localesOf(site);
  const title = mainText(titles, 'title', { yaml, path: [index], locales, report });
  for (const one of typeof titles === 'string' ? [titles] : Object.values(titles))
    checkTitle(one, yaml.locate([index, 'title']), report);
  if (Object.keys(written).length === 0 && !impact)
    missing('components', `components: { ${names.example}: partial_outage }`);
  const components = readRuleComponents(written, [index, 'components'], yaml, names, now, report);
  const { areas, template, more, back, over, set } = rest;
  checkAreas(areas, site, listedAreas(yaml, [index, 'areas']), report);
  return {
    ...{ title, areas, template, more, back, over, set },
    ...otherTexts({ title: titles }, locales),
    components: components ?? { byId: {} },
    ...(impact && { impact }),
    ...(next !== undefined && { next }),
    wait: wait ?? 0,
    clear: clear ?? (then === 'review' ? 'review' : 'publish'),
    reopen: reopen ?? 0,
  };
}

type SpeakingFields = Omit<AlertRule, 'name' | 'match' | 'then' | 'line'>;

const EXAMPLE = `- name: checkout-errors
  match: { source: alertmanager, name: "Checkout*" }
  then: publish
  title: Some customers cannot pay
  components: { checkout: partial_outage }`;

/**
 * Reads `alerts.yml`. A rule with errors keeps its place as `broken`. A rule without `match` is left out.
 */
export function readAlertRules(yaml: YamlValue, context: AlertContext, report: Report): AlertRule[] {
  // The file can have only comments.
  const list = yaml.value === null || yaml.value === '' ? [] : yaml.value;
  if (!Array.isArray(list)) {
    report('wrong-kind', yaml.locate([]), 'Rules must be a list. Start each entry with a hyphen.', {
      example: EXAMPLE,
    });
    return [];
  }
  const rules: AlertRule[] = [];
  list.forEach((entry: unknown, index) => {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
      const reason = 'A rule must be a set of keys: name, match, then, and so on.';
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
  const reason = `The rule on line ${same.line} is also called “${name}”. Incidents refer to their rule by name, so give this one a different name.`;
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
  const reason = `This rule never matches, because “${taking.name}” on line ${taking.line} handles all its alerts first. Move it above that rule, or delete it.`;
  to('alert-unreachable', yaml.locate([index, 'match'], 'key'), reason);
}
