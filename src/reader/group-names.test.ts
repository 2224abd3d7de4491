import { describe, expect, it } from 'vitest';
import { incident, readFiles, SITE_REVIEWED } from '../__tests__/support/reader.ts';
import { isError } from '../core/diagnostic.ts';

const COMPONENTS = `- group: Payments
  aliases: [money]
  components:
    - group: Ways to pay
      id: ways
      components:
        - { id: cards, name: Cards }
        - { id: wallets, name: Wallets, since: 2026-11-01 }
    - { id: payouts, name: Payouts }
    - { id: cheques, name: Cheques, retired: 2026-06-30 }
- { id: search, name: Search }
`;
const UPDATE = '## Investigating · 2026-11-20 09:20 UTC\n\nWe are looking.';

function read(files: Readonly<Record<string, string>>) {
  const { content, diagnostics } = readFiles({ 'components.yml': COMPONENTS, ...files });
  return { content, errors: diagnostics.filter(isError).map(({ reason }) => reason) };
}

function componentsIn(front: string, text = UPDATE) {
  const { content, errors } = read({ 'incidents/a.md': incident(text, `title: A\n${front}`) });
  return errors.length > 0 ? errors : content?.incidents[0]?.components;
}

describe('an incident that names a group', () => {
  it.each([
    ['ways: major_outage', { cards: 'major_outage', wallets: 'major_outage' }],
    ['money: major_outage', { cards: 'major_outage', wallets: 'major_outage', payouts: 'major_outage' }],
    ['all: degraded_performance\n  ways: partial_outage\n  cards: major_outage', { cards: 'major_outage', wallets: 'partial_outage', payouts: 'degraded_performance', search: 'degraded_performance' }], // prettier-ignore
    ['payment: major_outage', ['There is no component “payment”. Did you mean “payments”?']],
    ['Ways to pay: major_outage', ['There is no component “Ways to pay”. Did you mean “ways”?']],
    ['payments: major_outage\n  money: major_outage', { cards: 'major_outage', wallets: 'major_outage', payouts: 'major_outage' }], // prettier-ignore
  ])('has the components of “%s”, the smaller name before the larger', (written, components) => {
    expect(componentsIn(`components:\n  ${written}`)).toEqual(components);
  });

  it('has those that the group had when it began', () => {
    const spring = UPDATE.replace('2026-11-20', '2026-05-20');
    expect(componentsIn('components: { payments: major_outage }', spring)).toEqual({
      cards: 'major_outage',
      payouts: 'major_outage',
      cheques: 'major_outage',
    });
  });

  it('names no other component when the whole group works again', () => {
    const over = `${UPDATE}\n\n## Monitoring · 2026-11-20 10:00 UTC\n\nIt works.\n\n- **Components:** all: operational`;
    const { content, errors } = read({
      'incidents/a.md': incident(over, 'title: A\ncomponents: { cards: major_outage }'),
    });
    expect(errors).toEqual([]);
    expect(content?.incidents[0]?.updates[1]?.components).toEqual({ cards: 'operational' });
  });
});

it('a maintenance lists groups', () => {
  const front =
    'title: A\ncomponents: [ways, search]\nscheduled: 2026-12-01 02:00 UTC\nuntil: 2026-12-01 03:00 UTC\nannounced: 2026-11-10 10:00 UTC';
  const { content } = read({ 'maintenance/a.md': incident('', front) });
  expect(Object.keys(content?.maintenance[0]?.components ?? {})).toEqual(['cards', 'wallets', 'search']);
});

it('a channel follows the components of its groups, and all of them if it names everything', () => {
  const site = `${SITE_REVIEWED}time_zone: UTC\nchannels:\n  - { type: slack, url: A, components: [ways, search] }\n  - { type: teams, url: B, components: [all] }\n`;
  const { content } = read({ 'site.yml': site });
  expect(content?.site.channels.map(({ components }) => components)).toEqual([
    ['cards', 'wallets', 'search'],
    undefined,
  ]);
});

it('a rule for alerts names a group', () => {
  const rule = '- name: a\n  match: { name: Pay* }\n  then: ignore\n- name: b\n  match: { name: B }\n  then: publish\n  title: A\n  components: { ways: major_outage }\n'; // prettier-ignore
  const says = (status: string) => incident('Something is wrong.', `for: incident\nstatus: ${status}`);
  const templates = { 'alert': 'investigating', 'alert-more': 'update', 'alert-back': 'investigating', 'alert-over': 'resolved' }; // prettier-ignore
  const { content, errors } = read({
    ...Object.fromEntries(Object.entries(templates).map(([name, status]) => [`templates/${name}.md`, says(status)])),
    'alerts.yml': rule,
  });
  expect(errors).toEqual([]);
  const { components } = content?.alerts[1] ?? {};
  expect(components && 'byId' in components ? Object.keys(components.byId) : undefined).toEqual(['cards', 'wallets']);
});
