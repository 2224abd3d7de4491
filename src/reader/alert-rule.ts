import type { AlertRule } from '../core/alerts/rule.ts';
import { SILENT_RULE } from '../core/alerts/rule.ts';
import type { Instant } from '../core/model.ts';
import type { WrittenAlertRule } from '../core/schema/alerts.ts';
import { alertRuleSchema } from '../core/schema/alerts.ts';
import { readRuleComponents } from './alert-components.ts';
import { readMatch } from './alert-match.ts';
import type { TemplateContext } from './alert-templates.ts';
import { checkRuleTemplates } from './alert-templates.ts';
import { checkTitle } from './blanks.ts';
import type { ComponentNames } from './component-names.ts';
import type { Report } from './rules.ts';
import { checkSchema } from './schema.ts';
import type { YamlValue } from './yaml.ts';

/** What rules for alerts are read against. */
export interface AlertContext extends TemplateContext {
  names: ComponentNames;
  now: Instant;
}

const KEYS_OF_SILENT = ['name', 'match', 'then'];

/**
 * Reads one rule of `alerts.yml`. One with errors becomes a `broken` one.
 * @returns nothing when it does not even say what it matches
 */
export function readAlertRule(
  entry: Readonly<Record<string, unknown>>,
  index: number,
  yaml: YamlValue,
  context: AlertContext,
  reportTo: Report,
): AlertRule | undefined {
  let wrong = false;
  const report: Report = (...problem) => {
    wrong = true;
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
  const name = typeof entry['name'] === 'string' ? entry['name'] : `in line ${line}`;
  if (wrong || !data) return { ...SILENT_RULE, name, match, then: 'broken', line };
  return { ...(speaking ?? SILENT_RULE), name, match, then: data.then, line };
}

/** Reports what a rule says that ignores all it takes. */
function reportIdle(entry: Readonly<Record<string, unknown>>, index: number, yaml: YamlValue, report: Report): void {
  for (const key of Object.keys(entry).filter((one) => !KEYS_OF_SILENT.includes(one))) {
    const reason = `The rule ignores what it takes, so “${key}” has no effect. Take it out, or write another “then”.`;
    report('alert-idle', yaml.locate([index, key], 'key'), reason);
  }
}

/** What a rule says about an incident. */
function readSpeaking(
  data: WrittenAlertRule,
  index: number,
  yaml: YamlValue,
  { names, now }: AlertContext,
  report: Report,
): SpeakingFields {
  const { title = '', components: written = {}, impact, next, then, wait, reopen, clear, ...rest } = data;
  const missing = (key: string, expected: string) =>
    report('missing-key', yaml.locate([index]), `The key “${key}” is missing.`, { example: expected });
  if (title === '') missing('title', 'title: Some customers cannot pay');
  checkTitle(title, yaml.locate([index, 'title']), report);
  if (Object.keys(written).length === 0 && !impact)
    missing('components', `components: { ${names.example}: partial_outage }`);
  const components = readRuleComponents(written, [index, 'components'], yaml, names, now, report);
  const { areas, template, more, back, over, set } = rest;
  return {
    ...{ title, areas, template, more, back, over, set },
    components: components ?? { byId: {} },
    ...(impact && { impact }),
    ...(next !== undefined && { next }),
    wait: wait ?? 0,
    clear: clear ?? (then === 'review' ? 'review' : 'publish'),
    reopen: reopen ?? 0,
  };
}

type SpeakingFields = Omit<AlertRule, 'name' | 'match' | 'then' | 'line'>;
