import { expect, it } from 'vitest';
import { groupsById } from '../core/groups.ts';
import { contextOf } from '../__tests__/support/formats.ts';
import { incident } from '../__tests__/support/reader.ts';
import { calendarOf } from './calendar.ts';
import { feedOf } from './feed.ts';
import { groupScope } from './scopes.ts';

const UPDATE = '## Investigating · 2026-11-20 09:20 UTC\n\nWe are looking for the cause.';
const MAINTENANCE = `---
title: Bank work
components: [bank]
scheduled: 2026-12-01 02:00 UTC
until: 2026-12-01 03:00 UTC
---

## Scheduled · 2026-11-10 09:00 UTC

Bank payments pause.`;

const context = contextOf({
  'components.yml': `- group: Payments
  components:
    - group: Ways to pay
      components: [{ id: cards, name: Cards }, { id: bank, name: Bank }]
    - { id: payouts, name: Payouts }
- group: Shop
  components: [{ id: search, name: Search }]`,
  'incidents/cards.md': incident(UPDATE, 'title: Cards fail\ncomponents: { cards: partial_outage }'),
  'incidents/payouts.md': incident(UPDATE, 'title: Payouts late\ncomponents: { payouts: degraded_performance }'),
  'incidents/search.md': incident(UPDATE, 'title: Search slow\ncomponents: { search: degraded_performance }'),
  'maintenance/bank.md': MAINTENANCE,
});

function scopeOf(id: string) {
  const group = groupsById(context.ledger.content.tree).get(id);
  if (!group) throw new RangeError(id);
  return groupScope(context, group);
}

it.each([
  ['payments', ['Cards fail — Investigating', 'Payouts late — Investigating', 'Bank work — Scheduled'], true],
  ['payments-ways-to-pay', ['Cards fail — Investigating', 'Bank work — Scheduled'], true],
  ['shop', ['Search slow — Investigating'], false],
])('the feed and the calendar of %s have what its components have, each once', (id, titles, hasMaintenance) => {
  const feed = feedOf(context, scopeOf(id));
  expect(feed.entries.map(({ title }) => title)).toEqual(titles);
  expect(feed.url).toBe(`https://status.acme.example/groups/${id}/`);
  expect(calendarOf(context, scopeOf(id)).includes('SUMMARY:Bank work')).toBe(hasMaintenance);
});
