import type { Nodes } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, test } from 'vitest';
import type { StatusEvent } from '../core/model.ts';
import { incident } from '../__tests__/support/reader.ts';
import { HOSTILE } from '../__tests__/support/hostile-strings.ts';
import { eventMarkdown } from './markdown.ts';
import { contextOf } from '../__tests__/support/formats.ts';

const parser = unified().use(remarkParse).use(remarkGfm).freeze();

const TEXT = `## Investigating · 2026-11-20 09:20 UTC

Some customers see an error. <!-- ask Ann --> See [the help](/help/) and <b>wait</b>.

### Who

| Region | Works |
|--------|------:|
| Europe |    no |

- **Next update:** 09:50 UTC

## Resolved · 2026-11-20 11:02 UTC

Payments work again[^1]: 2 * 3 < 7.

- **Ended:** 10:55 UTC

[^1]: Since \`10:55\`.`;
const FRONT = `title: Some customers cannot pay
components:
  checkout: partial_outage
areas: [Europe]
reference: INC-42`;

function markdownOf(files: Record<string, string>): string {
  const context = contextOf(files);
  const [event] = [...context.ledger.content.incidents, ...context.ledger.content.maintenance] as StatusEvent[];
  if (!event) throw new RangeError('Nothing happened.');
  return eventMarkdown(event, context);
}

/** Every node of a kind, as a reader of Markdown finds them. */
function nodesOf<Type extends Nodes['type']>(text: string, type: Type): Extract<Nodes, { type: Type }>[] {
  const found: Nodes[] = [];
  const visit = (node: Nodes) => {
    if (node.type === type) found.push(node);
    if ('children' in node) node.children.forEach(visit);
  };
  visit(parser.parse(text));
  return found as Extract<Nodes, { type: Type }>[];
}

describe('an incident as Markdown', () => {
  const site = 'name: Acme\nurl: https://acme.example/status\ntime_zone: Europe/Berlin\n';
  const text = markdownOf({ 'site.yml': site, 'incidents/payments.md': incident(TEXT, FRONT) });

  test('says all that its page says, newest first, with labelled lines in words', () => {
    expect(text).toBe(`# Some customers cannot pay

Resolved · Partial outage

- **Components:** Checkout
- **Started:** 20 Nov 2026, 10:20 CET
- **Ended:** 20 Nov 2026, 11:55 CET
- **Page:** <https://acme.example/status/incidents/payments/>

## Resolved · 20 Nov 2026, 12:02 CET

Payments work again[1](https://acme.example/status/incidents/payments/#u-20261120T110200Z-fn-1): 2 \\* 3 < 7.

1. Since \`10:55\`.

- **Ended:** 20 Nov 2026, 11:55 CET

## Investigating · 20 Nov 2026, 10:20 CET

Some customers see an error. See [the help](https://acme.example/status/help/) and **wait**.

### Who

| Region | Works |
| ------ | ----- |
| Europe | no    |

- **Affected areas:** Europe
- **Next update:** 20 Nov 2026, 10:50 CET
- **Reference:** INC-42
`);
  });

  test('has one section a message', () => {
    expect(nodesOf(text, 'heading').filter(({ depth }) => depth === 2)).toHaveLength(2);
  });
});

test('a title keeps the number signs it ends with', () => {
  const text = markdownOf({ 'incidents/a.md': incident(TEXT, FRONT.replace('title: Some customers cannot pay', "title: 'Jobs of C #'")) }); // prettier-ignore
  expect(parser.parse(text).children[0]).toMatchObject({ children: [{ value: 'Jobs of C #' }] });
});

test('a maintenance as Markdown has its announcement in its first update', () => {
  const text = markdownOf({
    'maintenance/db.md': `---
title: Upgrade
components: [checkout]
scheduled: 2026-11-25 01:00 UTC
until: 2026-11-25 03:00 UTC
---

We move to a larger database.

## Scheduled · 2026-11-10 10:00 UTC

For two hours.
`,
  });
  expect(text).toMatch(/^# Upgrade\n\nScheduled · Maintenance\n\n- \*\*Components:\*\* Checkout\n- \*\*Scheduled for:/);
  expect(text).toMatch(/## Scheduled · 10 Nov 2026, 10:00 UTC\n\nWe move to a larger database\.\n\nFor two hours\./);
});

describe.each([...HOSTILE, '1. a', '- a', '# a', 'a\n===', '| a |', '~~a~~', 'www.a.example', '![a](/b.png)'])(
  'hostile text in Markdown: %j',
  (hostile) => {
    const context = contextOf({ 'incidents/a.md': incident(TEXT, FRONT) });
    const [event] = context.ledger.content.incidents;
    if (!event) throw new RangeError('Nothing happened.');
    const updates = event.updates.map((update) => ({ ...update, body: parser.parse(hostile) }));
    const text = eventMarkdown({ ...event, title: hostile, reference: hostile, areas: [hostile], updates }, context);

    test('is no HTML, leads nowhere unsafe and makes no section', () => {
      expect(nodesOf(text, 'html')).toEqual([]);
      const addresses = [...nodesOf(text, 'link'), ...nodesOf(text, 'image')].map(({ url }) => url);
      expect(addresses.filter((url) => !/^(https?:|mailto:)/i.test(url))).toEqual([]);
      expect(nodesOf(text, 'image').filter(({ url }) => !url.startsWith('https://status.acme.example/'))).toEqual([]);
      expect(nodesOf(text, 'heading').filter(({ depth }) => depth < 3)).toHaveLength(3);
      expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u);
    });
  },
);
