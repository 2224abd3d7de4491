import { describe, expect, test } from 'vitest';
import { contextOf } from '../../__tests__/support/formats.ts';
import { statuspageDocument } from '../statuspage/documents.ts';
import { noticeIn } from '../../__tests__/support/notices.ts';
import { webhookBody } from './webhook.ts';

const FILES = {
  'incidents/a.md': `---
title: Some customers cannot pay
components:
  checkout: partial_outage
---

## Investigating · 2026-11-20 09:20 UTC

We are looking for the cause.

## Monitoring · 2026-11-20 10:20 UTC

It works again.

## Resolved · 2026-11-20 11:02 UTC

It keeps working.

## Postmortem · 2026-11-20 11:30 UTC

A disk was full.
`,
  'maintenance/db.md': `---
title: Database upgrade
components: [checkout]
scheduled: 2026-11-20 11:45 UTC
until: 2026-11-20 13:00 UTC
---

You cannot pay while we work.
`,
};

interface Body {
  meta: Record<string, string>;
  page: Record<string, string>;
  incident: Record<string, unknown> & { incident_updates: { id: string; status: string }[] };
}

function sent(end: string): Body {
  return webhookBody(...noticeIn(FILES, end)) as Body;
}

function inApi(name: 'incidents' | 'scheduled-maintenances'): Body['incident'] {
  const document = JSON.parse(statuspageDocument(name, contextOf(FILES))) as Record<string, Body['incident'][]>;
  const [first] = Object.values(document).find(Array.isArray) ?? [];
  if (!first) throw new Error(`Nothing is in ${name}.`);
  return first;
}

describe('the body for a webhook', () => {
  test('says what the page answers now', () => {
    const { page, meta } = sent('T092000Z');
    expect(page).toEqual({
      id: inApi('incidents').page_id,
      status_indicator: 'maintenance',
      status_description: 'Service Under Maintenance',
    });
    expect(meta.generated_at).toBe('2026-11-20T12:00:00.000Z');
  });

  test('of the newest message has the incident as the API has it', () => {
    const { incident_updates: told, ...incident } = inApi('incidents');
    const { incident_updates: updates, ...rest } = sent('T113000Z').incident;
    expect(rest).toMatchObject(incident);
    expect(updates).toMatchObject(told);
    expect(rest).toMatchObject({
      postmortem_body: 'A disk was full.',
      postmortem_published_at: '2026-11-20T11:30:00.000Z',
    });
  });

  test('of an earlier message has the incident as it was then', () => {
    const { incident } = sent('T102000Z');
    expect(incident.incident_updates.map(({ status }) => status)).toEqual(['monitoring', 'investigating']);
    expect(incident).toMatchObject({
      status: 'monitoring',
      resolved_at: null,
      monitoring_at: '2026-11-20T10:20:00.000Z',
      updated_at: '2026-11-20T10:20:00.000Z',
      scheduled_for: null,
      postmortem_body: null,
    });
  });

  test('of a maintenance has its plan', () => {
    const { incident_updates: told, ...maintenance } = inApi('scheduled-maintenances');
    const { incident_updates: updates, ...rest } = sent('started').incident;
    expect(rest).toMatchObject(maintenance);
    expect(updates).toMatchObject(told);
    expect(rest).toMatchObject({ impact: 'maintenance', scheduled_for: '2026-11-20T11:45:00.000Z' });
  });

  test('of an announcement has nothing that came after it', () => {
    const { incident } = sent('announcement');
    expect(incident.incident_updates.map(({ status }) => status)).toEqual(['scheduled']);
    expect(incident.status).toBe('scheduled');
  });
});
