import { describe, expect, it } from 'vitest';
import { contextOf } from '../__tests__/support/formats.ts';
import { incident, SITE_REVIEWED } from '../__tests__/support/reader.ts';
import { eventMarkdown } from '../formats/markdown.ts';
import { problemAddress } from './report-problem.ts';

const ADDRESS = 'mailto:help@acme.example?subject={title}&body={components}%0A{status}%0A{time}%0A{url}';
const OPEN = '## Investigating · 2026-11-20 09:20 UTC\n\nWe are looking.';
const OVER = `${OPEN}\n\n## Resolved · 2026-11-20 10:00 UTC\n\nIt works.`;
const TITLE = 'Paying “fails” & more?x=1#y %41 \u{1f4b3}';
const FRONT = `title: '${TITLE}'\ncomponents:\n  checkout: partial_outage`;

function contextWith(text: string, address?: string) {
  const setting = address === undefined ? '' : `report_problem: '${address}'\n`;
  return contextOf({ 'site.yml': SITE_REVIEWED + setting, 'incidents/a.md': incident(text, FRONT) });
}

function addressOf(text: string, address?: string): string | undefined {
  const context = contextWith(text, address);
  const [event] = context.ledger.content.incidents;
  if (!event) throw new RangeError('There is no incident.');
  return problemAddress(event, context);
}

describe('the address at which readers report that an incident affects them too', () => {
  it('has what the page says of the incident, and nothing of it becomes part of the address', () => {
    const url = new URL(addressOf(OPEN, ADDRESS) ?? '');
    expect([url.protocol, url.pathname, url.hash]).toEqual(['mailto:', 'help@acme.example', '']);
    expect([...url.searchParams]).toEqual([
      ['subject', TITLE],
      ['body', 'Checkout\nInvestigating\n20 Nov 2026, 09:20 UTC\nhttps://status.acme.example/incidents/a/'],
    ]);
  });

  it('is there only while the incident is open, and if the owner names one', () => {
    expect(addressOf(OVER, ADDRESS)).toBeUndefined();
    expect(addressOf(OPEN)).toBeUndefined();
  });

  it('is a link in the twin in Markdown too', () => {
    const context = contextWith(OPEN, 'https://acme.example/(help)?about={title}');
    const [event] = context.ledger.content.incidents;
    expect(event && eventMarkdown(event, context)).toContain(
      `- [Is it broken for you too?](<https://acme.example/(help)?about=${encodeURIComponent(TITLE)}>)\n`,
    );
  });
});
