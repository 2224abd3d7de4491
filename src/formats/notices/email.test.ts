import { HtmlValidate } from 'html-validate';
import { describe, expect, test } from 'vitest';
import { emailOf } from './email.ts';
import { noticeIn } from '../../__tests__/support/notices.ts';
import { noticeText } from './text.ts';

const INCIDENT = `---
title: Some customers cannot pay & more
components:
  checkout: partial_outage
---

## Identified · 2026-11-20 09:20 UTC

We found **the cause**, see [the help](/help/).

### Where

| Region | State |
| --- | --- |
| Europe | down |

![A map](/map.png)

- **Next update:** 09:50 UTC
`;

const FILES = { 'incidents/a.md': INCIDENT };
const [notice, context] = noticeIn(FILES, 'Z');
const email = emailOf(notice, context);

describe('an e-mail', () => {
  test('has whose it is, what happened and the status in its subject', () => {
    expect(email.subject).toBe('[Acme] Some customers cannot pay & more — Identified');
  });

  test('keeps the status in its subject where the title is too long', () => {
    const long = INCIDENT.replace('pay & more', 'pay and more '.repeat(30));
    const { subject } = emailOf(...noticeIn({ 'incidents/a.md': long }, 'Z'));
    expect(subject).toMatch(/^\[Acme\] Some customers cannot pay and .*\w… — Identified$/);
    expect(subject.length).toBeLessThanOrEqual(200);
  });

  test('has the notice as text', () => {
    expect(email.text).toBe(`${noticeText(notice, context)}\n`);
  });

  test('has the text with its marks and absolute addresses, details and a link to the update', () => {
    expect(email.html).toContain(
      '<p>We found <strong>the cause</strong>, see <a href="https://status.acme.example/help/">the help</a>.</p>',
    );
    expect(email.html).toContain('<strong>Next update</strong>: <bdi>20 Nov 2026, 09:50 UTC</bdi></li>');
    expect(email.html).toContain(
      '<a href="https://status.acme.example/incidents/a/#u-20261120T092000Z">View on the status page</a>',
    );
    expect(email.html).toContain('>Some customers cannot pay &amp; more — Identified</h1>');
    expect(email.html).toContain('<h2>Where</h2>');
  });

  test('says where one gets no more of them, when that is a page', () => {
    const left = emailOf(notice, context, 'https://acme.example/leave?a=1&b=2');
    expect(left.text.slice(email.text.length)).toBe('\nUnsubscribe:\nhttps://acme.example/leave?a=1&b=2\n');
    expect(left.html).toContain('<a href="https://acme.example/leave?a=1&amp;b=2">Unsubscribe</a>');
    expect(emailOf(notice, context, 'mailto:leave@acme.example')).toEqual(email);
  });

  test('has the colon of its language before an address', () => {
    const site = 'name: Acme\nurl: https://status.acme.example\nlocale: ja\n';
    const { text } = emailOf(...noticeIn({ ...FILES, 'site.yml': site }, 'Z'), 'https://acme.example/leave');
    expect(text).toMatch(/：\nhttps:\/\/status.*\n\n.*：\nhttps:\/\/acme.example\/leave\n$/);
  });

  test('loads nothing: a picture is a link to it', () => {
    expect(email.html).not.toMatch(/<(img|video|link|script)|url\(/);
    expect(email.html).toContain('<a href="https://status.acme.example/map.png">A map</a>');
  });

  test('says its language, and leaves the colours to who reads it', () => {
    expect(email.html).toContain('<html lang="en" dir="ltr">');
    expect(email.html).toContain('<meta name="color-scheme" content="light dark">');
    expect(email.html).not.toMatch(/color:|background/);
  });

  test('is good HTML', () => {
    const rules = { 'no-inline-style': 'off', 'long-title': 'off' } as const;
    const validator = new HtmlValidate({ extends: ['html-validate:recommended'], rules });
    expect(validator.validateStringSync(email.html).results.flatMap(({ messages }) => messages)).toEqual([]);
  });

  test('of what the clock says has it as a paragraph', () => {
    const work =
      '---\ntitle: W\ncomponents: [checkout]\nscheduled: 2026-11-20 10:00 UTC\nuntil: 2026-11-20 11:00 UTC\n---\n';
    const { html } = emailOf(...noticeIn({ 'maintenance/w.md': work }, 'ended'));
    expect(html).toContain('<p>The scheduled maintenance window has ended.</p>');
  });
});
