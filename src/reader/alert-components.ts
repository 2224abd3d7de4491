import type { z } from 'zod';
import type { RuleComponents, StatusChoice } from '../core/alerts/rule.ts';
import { alertStatus, labelSchema, statusBySeverity } from '../core/schema/alerts.ts';
import { componentStatus } from '../core/schema/event.ts';
import type { Instant } from '../core/model.ts';
import type { ComponentNames } from './component-names.ts';
import type { Report } from './rules.ts';
import { checkSchema } from './schema.ts';
import type { YamlValue } from './yaml.ts';

/**
 * The components that a rule affects, in either of the two forms.
 * @param now a component that was retired by then is reported
 */
export function readRuleComponents(
  written: Readonly<Record<string, unknown>>,
  path: readonly PropertyKey[],
  yaml: YamlValue,
  names: ComponentNames,
  now: Instant,
  report: Report,
): RuleComponents | undefined {
  if (namesLabel(written)) return readLabel(path, yaml, report);
  const byId: Record<string, StatusChoice> = {};
  for (const [name, value] of Object.entries(written)) {
    const choice = readChoice(value, [...path, name], yaml, report);
    const position = yaml.locate([...path, name], 'key');
    const rewrite = (other: string) =>
      Object.hasOwn(written, other) ? undefined : yaml.rewrite([...path, name], other, 'key');
    const id = names.resolve(name, now, position, report, rewrite);
    if (id === undefined || !choice) continue;
    if (Object.hasOwn(byId, id))
      report('component-twice', position, `“${name}” is “${id}”, which stands here already.`);
    byId[id] = choice;
  }
  return { byId };
}

/** A component may itself be called “label”: then a status stands there. */
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
