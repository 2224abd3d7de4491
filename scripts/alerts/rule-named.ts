import type { AlertRule } from '../../src/core/alerts/rule.ts';
import { SILENT_RULE } from '../../src/core/alerts/rule.ts';

const GONE = { ...SILENT_RULE, match: { labels: {} }, then: 'broken', line: 1 } as const;

/**
 * The rule with a name. One that is not there any more can say nothing, and remembers all the same.
 * @param isHeld whether it is to say nothing now
 */
export function ruleNamed(name: string, rules: readonly AlertRule[], isHeld = false): AlertRule {
  const rule = rules.find((one) => one.name === name) ?? { ...GONE, name };
  return isHeld ? { ...rule, then: 'broken' } : rule;
}
