import type { AlertRule } from '../../src/core/alerts/rule.ts';

/**
 * The rule with a name. One that is not there any more can say nothing, and remembers all the same.
 * @param isHeld whether it is to say nothing now
 */
export function ruleNamed(name: string, rules: readonly AlertRule[], isHeld = false): AlertRule {
  const rule = rules.find((one) => one.name === name) ?? GONE;
  return isHeld ? { ...rule, name, then: 'broken' } : { ...rule, name };
}

const GONE: AlertRule = {
  name: '',
  match: { labels: {} },
  then: 'broken',
  title: '',
  components: { byId: {} },
  areas: [],
  template: '',
  more: '',
  back: '',
  over: '',
  set: {},
  wait: 0,
  clear: 'nothing',
  reopen: 0,
  line: 1,
};
