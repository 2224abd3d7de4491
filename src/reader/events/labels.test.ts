import { describe, expect, it } from 'vitest';
import type { IncidentUpdate } from '../../core/model.ts';
import { renderBody } from '../markdown/html.ts';
import { incident, readFiles, SITE_REVIEWED } from '../../__tests__/support/reader.ts';

const FRONT = 'title: A\ncomponents:\n  checkout: partial_outage\nstarted: 2026-11-20 09:00 UTC';

function reading(text: string, front = FRONT, zone = 'UTC') {
  const site = `${SITE_REVIEWED}time_zone: ${zone}\nwarnings: { off: [promise-missing, no-effect, stock-words] }\n`;
  const { content, diagnostics } = readFiles({ 'site.yml': site, 'incidents/a.md': incident(text, front) });
  return { updates: content?.incidents[0]?.updates ?? [], diagnostics };
}

function read(text: string, front?: string): readonly IncidentUpdate[] {
  const { updates, diagnostics } = reading(text, front);
  expect(diagnostics).toEqual([]);
  return updates;
}

const wrong = (text: string, front?: string) => reading(text, front).diagnostics.map(({ ruleId }) => ruleId);
const html = (update: IncidentUpdate | undefined) =>
  update && renderBody(update.body, { idPrefix: 'u-', headingLevel: 2, root: '/' });
const UPDATE = '## Investigating · 2026-11-20 09:20 UTC';
const time = (text: string) => Date.parse(`2026-11-20T${text}Z`);

describe('a labelled line', () => {
  it.each(['- **Next  update:** 09:50 UTC', '- **Next update :** 09:50 UTC', '**Next update:** 09:50 UTC'])(
    'is read from “%s”',
    (line) => {
      expect(read(`${UPDATE}\n\nText.\n\n${line}`)[0]?.nextUpdate).toBe(time('09:50'));
    },
  );

  it.each(['\\\n', '  \n', '\n'])('is parted from the next by a line’s end: %j', (end) => {
    const [update] = read(`${UPDATE}\n\nText.\n\n**Next update:** 09:50 UTC${end}**Expected fix:** 10:30 UTC`);
    expect([update?.nextUpdate, update?.expectedFix]).toEqual([time('09:50'), time('10:30')]);
    expect(html(update)).toBe('<p>Text.</p>');
  });

  it('is refused where more stands below it', () => {
    expect(wrong(`${UPDATE}\n\n- **Next update:** 09:50 UTC\n  - or later`)).toEqual(['label-mixed']);
    expect(wrong(`${UPDATE}\n\n- **Next update:** 09:50 UTC\n\n  Or later.`)).toEqual(['label-mixed']);
  });

  it('is no other list, and leaves those as they were', () => {
    const [update] = read(`${UPDATE}\n\n- One\n\n- Two\n\nText.\n\n1. Three\n2. Four\n\n- **Next update:** 09:50 UTC`);
    expect(html(update)).toBe(
      '<ul>\n<li>\n<p>One</p>\n</li>\n<li>\n<p>Two</p>\n</li>\n</ul>\n<p>Text.</p>\n<ol>\n<li>Three</li>\n<li>Four</li>\n</ol>',
    );
  });

  it.each(['- *Next update:* 09:50 UTC', '- **Aras:** Europe', '- **Area:** Europe', '- **Edit:** 09:50 UTC'])(
    'is nearly “%s”',
    (line) => {
      expect(wrong(`${UPDATE}\n\nText.\n\n${line}`)).toEqual(['label-nearly']);
    },
  );

  it.each(['- Area: Europe', '- Added: 09:50', '- **Updates:** none', '- **Note:** 09:50 UTC'])(
    'is not “%s”',
    (line) => {
      expect(read(`${UPDATE}\n\n${line}`)).toHaveLength(1);
    },
  );
});

describe('a time in a labelled line', () => {
  it.each([
    ['21:20 UTC', '21:20'],
    ['2026-11-20 09:20 UTC', '09:20'],
    ['09:21 UTC', '09:21'],
  ])('is at most twelve hours away without its date: %s', (written, expected) => {
    expect(read(`${UPDATE}\n\n- **Next update:** ${written}`)[0]?.nextUpdate).toBe(time(expected));
  });

  it('further away needs one', () => {
    expect(reading(`${UPDATE}\n\n- **Next update:** 21:21 UTC`).diagnostics).toMatchObject([
      { ruleId: 'time-needs-date', expected: '- **Next update:** 2026-11-20 21:21 UTC' },
    ]);
  });

  it.each([
    ['UTC', '09:50', '09:50 UTC'],
    ['Europe/Berlin', '10:50', '10:50 UTC'],
    ['Europe/Berlin', '09:50', '09:50 UTC'],
    ['America/New_York', '04:50', '09:50 UTC'],
    ['UTC', '21:20', '21:20 UTC'],
    ['UTC', '2026-11-20 09:50', '09:50 UTC'],
    ['Europe/Berlin', '10:50 CET', '09:50 UTC'],
    ['UTC', 'at 09:50', '09:50 UTC'],
    ['UTC', '30m', '09:50 UTC'],
    ['UTC', 'in half an hour', '09:50 UTC'],
    ['UTC', '10:50 pm Europe/Athens', '20:50 UTC'],
    ['UTC', '9.50 am', '09:50 UTC'],
    ['UTC', 'tomorrow 10:00', '2026-11-21 10:00 UTC'],
    ['UTC', '20/11/2026 11:00 CET', '10:00 UTC'],
  ])('without a zone is told what to write: in %s for %s it is %s', (zone, written, expected) => {
    const { diagnostics } = reading(`${UPDATE}\n\n- **Next update:** ${written}`, FRONT, zone);
    expect(diagnostics.map((one) => one.expected)).toEqual([`- **Next update:** ${expected}`]);
  });

  it.each(['soon', '9:5', '09:20', '21:21', '9:50 CET', '03/04/2026 10:00'])(
    'that is ambiguous, or on the wrong side of the update, gets an example: %s',
    (written) => {
      const { diagnostics } = reading(`${UPDATE}\n\n- **Next update:** ${written}`);
      expect(diagnostics).toMatchObject([{ example: '- **Next update:** 09:50 UTC' }]);
      expect(diagnostics[0]).not.toHaveProperty('expected');
    },
  );

  it('that is just on the wrong side of its update is not read as a time on another day', () => {
    const resolved = `${UPDATE}\n\n## Resolved · 2026-11-20 10:00 UTC\n\n- **Ended:** 10:07 UTC`;
    expect(reading(resolved).diagnostics).toMatchObject([{ ruleId: 'times-reversed' }]);
    expect(reading(resolved).diagnostics[0]).not.toHaveProperty('expected');
    expect(wrong(`${UPDATE}\n\n- **Next update:** 09:00 UTC`)).toEqual(['times-reversed']);
  });

  it('of the end lies at or before the update, of all else at or after it', () => {
    const resolved = (ended: string) => `${UPDATE}\n\n## Resolved · 2026-11-20 10:00 UTC\n\n- **Ended:** ${ended}`;
    expect(read(resolved('2026-11-20 10:00 UTC'))[1]?.ended).toBe(time('10:00'));
    expect(read(resolved('2026-11-20 09:40 UTC'))[1]?.ended).toBe(time('09:40'));
    expect(wrong(resolved('2026-11-20 10:01 UTC'))).toEqual(['times-reversed']);
    expect(wrong(`${UPDATE}\n\n- **Expected fix:** 2026-11-20 09:19 UTC`)).toEqual(['times-reversed']);
  });
});

describe('a promised postmortem', () => {
  const resolved = `${UPDATE}\n\n## Resolved · 2026-11-20 10:00 UTC`;
  const promise = '- **Postmortem by:** 2026-11-25 17:00 UTC';

  it('belongs in Resolved or in a later update', () => {
    expect(read(`${resolved}\n\n${promise}`)[1]?.postmortemBy).toBe(Date.parse('2026-11-25T17:00Z'));
    expect(wrong(`${resolved}\n\n## Update · 2026-11-20 11:00 UTC\n\n${promise}`)).toEqual([]);
  });

  it('is refused in an open update, in the postmortem itself, and before its update', () => {
    expect(wrong(`${UPDATE}\n\n${promise}`)).toEqual(['label-misplaced']);
    expect(wrong(`${resolved}\n\n## Postmortem · 2026-11-20 11:00 UTC\n\n${promise}`)).toEqual(['label-misplaced']);
    expect(wrong(`${resolved}\n\n${promise.replace('11-25', '11-19')}`)).toEqual(['times-reversed']);
  });
});

describe('when it ended', () => {
  const ended = (text: string, clock: string) => wrong(`${text}\n\n- **Ended:** ${clock} UTC`);
  const open = `${UPDATE}\n\n## Identified · 2026-11-20 09:30 UTC\n\n## Monitoring · 2026-11-20 09:50 UTC`;

  it('lies after the beginning, whatever was said since', () => {
    const resolved = `${open}\n\n## Resolved · 2026-11-20 10:00 UTC`;
    expect(ended(resolved, '09:00')).toEqual([]);
    expect(ended(resolved, '09:10')).toEqual([]);
    expect(ended(resolved, '08:59')).toEqual(['times-reversed']);
  });

  it.each(['Update', 'Postmortem', 'Resolved'])('is not changed by “%s” after the end', (word) => {
    const text = `${UPDATE}\n\n## Resolved · 2026-11-20 09:30 UTC\n\n## ${word} · 2026-11-20 09:40 UTC\n\n## Resolved · 2026-11-20 10:00 UTC`;
    expect(ended(text, '09:20')).toEqual([]);
  });

  it('lies after it was opened again', () => {
    const again = `${UPDATE}\n\n## Resolved · 2026-11-20 09:30 UTC\n\n## Monitoring · 2026-11-20 09:40 UTC\n\n## Identified · 2026-11-20 09:50 UTC\n\n## Resolved · 2026-11-20 10:00 UTC`;
    expect(ended(again, '09:40')).toEqual([]);
    expect(ended(again, '09:39')).toEqual(['times-reversed']);
  });

  it('that cannot be read is told once', () => {
    expect(ended(`${UPDATE}\n\n## Resolved · 2026-11-20 10:00 UTC`, 'soon')).toEqual(['time-invalid']);
  });
});

describe('components in a labelled line', () => {
  const label = (value: string, heading = UPDATE) => `${heading}\n\n- **Components:** ${value}`;

  it('may have spaces around them, and areas empty places', () => {
    expect(read(label('checkout : major outage,payments-api:degraded performance'))[0]?.components).toEqual({
      checkout: 'major_outage',
      'payments-api': 'degraded_performance',
    });
    expect(read(`${UPDATE}\n\n- **Areas:** Europe, , Asia,`)[0]?.areas).toEqual(['Europe', 'Asia']);
  });

  it('keeps the invisible signs that join letters in the name of an area', () => {
    const joined = 'می\u200Cخواهم';
    expect(read(`${UPDATE}\n\n- **Areas:** ${joined}`)[0]?.areas).toEqual([joined]);
    expect(read(`${UPDATE}\n\n- **Next update:** 09:50\u200B UTC`)[0]?.nextUpdate).toBe(time('09:50'));
  });

  it('that are unknown are left out, and the others count', () => {
    const { updates, diagnostics } = reading(label('chekout: major outage, payments-api: major outage'));
    expect(diagnostics.map(({ ruleId }) => ruleId)).toEqual(['unknown-component']);
    expect(updates[0]?.components).toEqual({ 'payments-api': 'major_outage' });
  });

  it('stand there once, by whatever name', () => {
    expect(wrong(label('checkout: major outage, checkout-v1: partial outage'))).toEqual(['component-twice']);
  });

  it.each([
    ['checkout', /has no status/, undefined],
    ['checkout: Down', /is not a valid component status/, 'checkout: major outage'],
    ['checkout: partial outtage', /Did you mean “partial_outage”\?/, 'checkout: partial outage'],
    ['checkout: 12:30', /“12:30” is not a valid component status/, undefined],
  ])('are told what to write for “%s”', (value, says, expected) => {
    const [first] = reading(label(value)).diagnostics;
    expect(first).toMatchObject({ ruleId: 'bad-value', reason: expect.stringMatching(says) as string });
    expect(first?.expected).toBe(expected && `- **Components:** ${expected}`);
  });

  it('are well once it is resolved, and change no more after that', () => {
    const resolved = '## Resolved · 2026-11-20 09:30 UTC';
    expect(wrong(label('checkout: operational', `${UPDATE}\n\n${resolved}`))).toEqual([]);
    expect(wrong(label('payments-api: operational, checkout: partial outage', `${UPDATE}\n\n${resolved}`))).toEqual([
      'resolved-components',
    ]);
    for (const word of ['Update', 'Postmortem']) {
      const later = `${UPDATE}\n\n${resolved}\n\n## ${word} · 2026-11-20 09:40 UTC`;
      expect(wrong(label('checkout: operational', later))).toEqual(['label-misplaced']);
    }
  });
});

describe('the beginning of an incident', () => {
  it('lies neither ahead of the clock nor behind the first update', () => {
    const front = (started: string) => `title: A\nimpact: minor\nstarted: 2026-11-20 ${started} UTC`;
    const soon = '## Investigating · 2026-11-20 12:06 UTC';
    expect(wrong(soon, front('12:00'))).toEqual([]);
    expect(reading(soon, front('12:01')).diagnostics).toMatchObject([
      { ruleId: 'time-in-future', line: 4, column: 10 },
    ]);
    expect(wrong(UPDATE, front('09:20'))).toEqual([]);
    expect(wrong(UPDATE, front('09:21'))).toEqual(['started-late']);
  });
});

describe('updates that stand in no order', () => {
  const heading = (clock: string) => `## Investigating · 2026-11-20 ${clock} UTC`;

  it.each([
    [['09:00', '09:10', '09:05'], 'oldest'],
    [['09:10', '09:00', '09:05'], 'newest'],
    [['09:00', '09:00', '09:10', '09:05'], 'oldest'],
  ])('%j are said to be in order, %s first', (clocks, order) => {
    const [first] = reading(clocks.map(heading).join('\n\n'), 'title: A\nimpact: minor').diagnostics;
    expect(first).toMatchObject({
      ruleId: 'updates-mixed',
      reason: expect.stringContaining(`are ${order} first, but`) as string,
    });
  });
});
