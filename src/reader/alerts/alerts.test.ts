import { describe, expect, it } from 'vitest';
import type { AlertRule } from '../../core/alerts/rule.ts';
import { incident, readFiles } from '../../__tests__/support/reader.ts';

const template = (status: string, text = 'Something is wrong with {{components}} since {{started}}.') =>
  incident(text, `for: incident\nstatus: ${status}`);
const TEMPLATES = {
  'templates/alert.md': template('investigating'),
  'templates/alert-more.md': template('update'),
  'templates/alert-back.md': template('identified'),
  'templates/alert-over.md': template('resolved'),
};
const RULE = `- name: pay
  match: { name: Pay* }
  then: publish
  title: Some customers cannot pay
  components: { checkout-v1: partial_outage }
`;

function readRules(text: string, more: Readonly<Record<string, string>> = {}) {
  const { content, diagnostics } = readFiles({ ...TEMPLATES, 'alerts.yml': text, ...more });
  return { rules: content?.alerts ?? [], reasons: diagnostics.map(({ reason }) => reason) };
}

/** As far as it can be compared. */
function plain({ match, ...rest }: AlertRule | Partial<AlertRule> = {}) {
  return { ...rest, match: JSON.parse(JSON.stringify(match)) as unknown };
}

describe('a rule for alerts', () => {
  it('has every default filled in, and its components by their ids', () => {
    const { rules, reasons } = readRules(RULE);
    expect(reasons).toEqual([]);
    expect(rules.map(plain)).toEqual([
      {
        name: 'pay',
        match: { name: [{ written: 'Pay*' }], labels: {} },
        then: 'publish',
        title: 'Some customers cannot pay',
        components: { byId: { checkout: { bySeverity: {}, otherwise: 'partial_outage' } } },
        areas: [],
        template: 'alert',
        more: 'alert-more',
        back: 'alert-back',
        over: 'alert-over',
        set: {},
        wait: 0,
        clear: 'publish',
        reopen: 3_600_000,
        line: 1,
      },
    ]);
  });

  it('says all that it can say', () => {
    const { rules, reasons } = readRules(`# A comment
- name: pay
  match:
    source: alertmanager
    name: [Pay*, /^Card/i]
    severity: critical
    labels: { service: [a, b], region: eu-* }
  then: review
  title: "Pay: fails"
  components: { label: service, status: { Critical: major outage, else: degraded_performance } }
  areas: [Europe, 0049]
  impact: major
  template: own
  more: own
  back: own
  over: alert-over
  set: { effect: An error is shown. }
  next: none
  wait: 5m
  clear: nothing
  reopen: none
`, { 'templates/own.md': template('monitoring', '{{effect}} {{areas}} {{components}} {{alert-name}} {{alert-label-service}} {{alert-severity}}') }); // prettier-ignore
    expect(reasons).toEqual([]);
    expect(plain(rules[0])).toMatchObject({
      match: {
        source: [{ written: 'alertmanager' }],
        name: [{ written: 'Pay*' }, { written: '/^Card/i' }],
        labels: { service: [{ written: 'a' }, { written: 'b' }], region: [{ written: 'eu-*' }] },
      },
      then: 'review',
      components: { label: 'service', status: { bySeverity: { critical: 'major_outage' }, otherwise: 'degraded_performance' } }, // prettier-ignore
      areas: ['Europe', '0049'],
      impact: 'major',
      set: { effect: 'An error is shown.' },
      next: null,
      wait: 300_000,
      clear: 'nothing',
      reopen: 0,
      line: 2,
    });
  });

  it('is read for review as one whose end is reviewed too', () => {
    expect(readRules(RULE.replace('publish', 'review')).rules[0]?.clear).toBe('review');
  });

  it('may name a component that is called “label”', () => {
    const components = '- id: label\n  name: Label\n- id: status\n  name: Status\n';
    const text = RULE.replace('checkout-v1: partial_outage', 'label: partial_outage, status: major_outage');
    const { rules, reasons } = readRules(text, { 'components.yml': components });
    expect(reasons).toEqual([]);
    expect(Object.keys((rules[0]?.components as { byId: object }).byId)).toEqual(['label', 'status']);
  });

  it('may be about no component when it says the impact', () => {
    const more = { 'templates/alert.md': template('investigating', 'A.'), 'templates/alert-over.md': template('resolved', 'B.') }; // prettier-ignore
    const text = RULE.replace(/components:.*/, 'impact: minor\n  more: alert\n  back: alert');
    expect(readRules(text, more).reasons).toEqual([]);
  });

  it('needs no template for what it never says', () => {
    const some = { 'templates/alert-back.md': '_', 'templates/alert-over.md': '_' };
    const { rules } = readRules(`${RULE}  reopen: none\n  clear: nothing\n`, some);
    expect(rules[0]?.then).toBe('publish');
  });

  it('says its next word as the incident stands then', () => {
    const usual = ['investigating', 'identified', 'monitoring'].map((status) => `\n    ${status}: Still.`).join('');
    const front = (status: string) => `for: incident\nstatus: ${status}\nblanks:\n  doing:${usual}`;
    const own = incident('{{doing}}', front('update'));
    expect(readRules(`${RULE}  more: own\n`, { 'templates/own.md': own }).reasons).toEqual([]);
    const first = incident('{{doing}}', front('investigating'));
    expect(readRules(`${RULE}  template: own\n`, { 'templates/own.md': first }).reasons).toEqual([
      'The blank “doing” of the template “own” has no text. Add it under “set”.',
    ]);
  });

  it('cannot count on a label that may be empty', () => {
    const own = { 'templates/own.md': template('investigating', 'In {{alert-label-region}}.') };
    const asking = (pattern: string) =>
      RULE.replace('Pay* }', `Pay*, labels: { region: "${pattern}" } }\n  template: own`);
    expect(readRules(asking('eu-*'), own).reasons).toEqual([]);
    expect(readRules(asking('*'), own).reasons).toHaveLength(1);
    const filled = `${asking('*')}  set: { alert-label-region: Europe }\n`;
    expect(readRules(filled, own).reasons).toEqual([]);
  });
});

describe('alerts.yml', () => {
  it.each(['', '# Nothing yet\n', '[]'])('may say nothing: %j', (text) => {
    expect(readRules(text)).toEqual({ rules: [], reasons: [] });
  });

  it('keeps a rule with errors in its place as a broken one, and the others as they are', () => {
    const wrong = '- name: wrong\n  match: { name: [Card*, /(/] }\n  then: publish\n';
    const { rules, reasons } = readRules(`${wrong}${RULE}`);
    expect(rules.map(({ name, then }) => `${name} ${then}`)).toEqual(['wrong broken', 'pay publish']);
    expect(rules[0]?.match.name?.map(({ written }) => written)).toEqual(['Card*']);
    expect(reasons).toEqual([
      expect.stringMatching(/^The key “title” is missing/),
      expect.stringMatching(/^The key “components” is missing/),
      expect.stringMatching(/^“\/\(\/” is not a valid regular expression/),
    ]);
  });

  it('leaves out what does not say what it takes', () => {
    const { rules } = readRules(`- wrong\n- name: wrong\n  then: ignore\n- match: none\n${RULE}`);
    expect(rules.map(({ name }) => name)).toEqual(['pay']);
  });

  it('names a broken rule without a name by its line', () => {
    expect(readRules('- match: { name: a }').rules[0]?.name).toBe('on line 1');
  });

  it('has a broken rule where a template of it is broken', () => {
    const { rules, reasons } = readRules(RULE, { 'templates/alert.md': 'no front matter' });
    expect(rules[0]?.then).toBe('broken');
    expect(reasons).toContain(
      'The template “alert”, for the update when the incident starts, has errors. Fix its file.',
    );
  });

  it('is checked even where site.yml cannot be read', () => {
    const { reasons } = readRules('- a', { 'site.yml': 'nmae: Acme' });
    expect(reasons).toContain('A rule must be a set of keys: name, match, then, and so on.');
  });

  it.each([
    ['{ source: a }', '{ source: a }', true],
    ['{ source: A* }', '{ source: ab* }', true],
    ['{ source: [x, a*b] }', '{ source: [axb, a*c*b, x] }', true],
    ['{ source: "*" }', '{ source: b, name: c }', true],
    ['{ labels: { a: b } }', '{ name: c, labels: { a: b, c: d } }', true],
    ['{ name: /x/ }', '{ name: /x/ }', true],
    ['{ source: a }', '{ source: a* }', false],
    ['{ source: a* }', '{ source: [ab, b] }', false],
    ['{ source: a, name: b }', '{ source: a }', false],
    ['{ labels: { a: "*" } }', '{ name: c }', false],
    ['{ name: /^x/ }', '{ name: xy }', false],
    ['{ name: "a\\\\*" }', '{ name: a* }', false],
  ])('says that a rule for %s leaves nothing to one for %s: %s', (above, below, says) => {
    const { reasons } = readRules(
      `- name: a\n  match: ${above}\n  then: ignore\n- name: b\n  match: ${below}\n  then: ignore\n`,
    );
    expect(reasons.filter((reason) => /^This rule never matches/.test(reason))).toHaveLength(says ? 1 : 0);
    expect(reasons).toHaveLength(says ? 1 : 0);
  });
});
