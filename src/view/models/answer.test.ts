import { describe, expect, it } from 'vitest';
import { at, component, incident, maintenance, open } from '../../__tests__/support/core.ts';
import { contextOf, linesNow, shown, timesNow } from '../../__tests__/support/view.ts';
import { answerOf } from './answer.ts';

const seconds = (text: string) => at(text) / 1000;

describe('the answer', () => {
  it('says that all is well, since when, and what is planned', () => {
    const answer = answerOf(
      contextOf({
        incidents: [
          incident(
            [
              ['investigating', '2026-11-18 09:00'],
              ['resolved', '2026-11-18 10:55'],
            ],
            { impact: 'minor' },
          ),
        ],
        maintenance: [maintenance('2026-11-24 02:00', '2026-11-24 04:00')],
      }),
    );
    expect(answer.words.filter(({ when }) => !when.hidden)).toEqual([]);
    expect(answer.sentence[0]?.value).toMatchObject({ text: 'All systems operational', icon: 'ok' });
    expect(linesNow(answer.lines)).toEqual([
      'No incidents since 18 Nov, 10:55 UTC',
      'Next maintenance: 24 Nov, 02:00 UTC',
    ]);
  });

  it('is the title of what is wrong, with its status, since when and when the next update comes', () => {
    const answer = answerOf(
      contextOf({
        now: '09:30',
        incidents: [
          incident([['investigating', '09:20', { nextUpdate: at('09:50'), expectedFix: at('11:00') }]], {
            title: 'Nobody can pay',
            started: at('09:12'),
            components: { checkout: 'partial_outage' },
          }),
        ],
      }),
    );
    expect(answer.words[0]?.value).toEqual({ tone: 'partial', text: 'Partial outage · Minor impact · Investigating' });
    expect(answer.sentence[0]?.value).toMatchObject({ text: 'Nobody can pay', href: '/status/incidents/incident/' });
    expect(timesNow(answer)).toEqual(['Since 09:12 UTC', 'Next update by 09:50 UTC', 'Fix expected by 11:00 UTC']);
    expect(linesNow(answer.lines)).toEqual([]);
  });

  it('is “Recovering”, and not green, once everything in an open incident works again', () => {
    const monitored = incident(
      [
        ['investigating', '09:00'],
        ['monitoring', '10:00', { components: { checkout: 'operational' } }],
      ],
      { components: { checkout: 'partial_outage' } },
    );
    const label = (...more: ReturnType<typeof open>[]) =>
      answerOf(contextOf({ incidents: [monitored, ...more] })).words[0]?.value;
    expect(label()).toEqual({ tone: 'degraded', text: 'Recovering · Minor impact · Monitoring' });
    expect(label(open({ db: 'degraded_performance' }, { id: 'slow' }))?.text).toMatch(/^Degraded performance ·/);
    expect(label(open({}, { id: 'vague', impact: 'minor' }))?.text).toMatch(/^Degraded performance ·/);
  });

  it('lets the worst of several speak and counts the others', () => {
    const answer = answerOf(
      contextOf({
        incidents: [
          open({ website: 'degraded_performance' }, { id: 'slow', title: 'Slow' }),
          open({ checkout: 'major_outage' }, { id: 'down', title: 'Down' }),
          open({ db: 'partial_outage' }, { id: 'half', title: 'Half' }),
        ],
        maintenance: [maintenance('11:00', '13:00')],
      }),
    );
    expect(answer.sentence[0]?.value.text).toBe('Down');
    expect(linesNow(answer.lines)).toContain('Also: 2 other incidents, 1 maintenance window in progress');
  });

  it('takes an incident without components for as bad as its impact', () => {
    const vague = incident([['investigating', '09:00']], { id: 'vague', title: 'Vague', impact: 'critical' });
    const answer = answerOf(contextOf({ incidents: [open({ db: 'partial_outage' }, { title: 'Half' }), vague] }));
    expect(answer.sentence[0]?.value.text).toBe('Vague');
  });

  it('is not changed by a notice', () => {
    const notice = incident([['investigating', '09:00']], { title: 'About the news', impact: 'none' });
    expect(answerOf(contextOf({ incidents: [notice] })).sentence[0]?.value.text).toBe('All systems operational');
  });

  it('turns when a promise passes, after the grace, and says so plainly', () => {
    const promising = incident([['investigating', '11:50', { nextUpdate: at('12:10') }]], { impact: 'minor' });
    const { times, lines } = answerOf(contextOf({ incidents: [promising] }));
    expect(shown(times, ({ label }) => label)).toEqual([
      ['…', '…', 'Since'],
      ['…', seconds('12:15') + 1, 'Next update by'],
    ]);
    expect(shown(lines, ({ kind }) => kind)).toEqual([[seconds('12:15') + 1, '…', 'late']]);
    expect(linesNow(answerOf(contextOf({ now: '12:16', incidents: [promising] })).lines)).toContain(
      'This update is late. We promised it by 12:10 UTC.',
    );
  });

  it('turns with planned work: the sentence, the title and the icon', () => {
    const work = maintenance('13:00', '14:00', [], { title: 'New disks' });
    const { bands, sentence } = answerOf(contextOf({ maintenance: [work] }));
    expect(shown(sentence, ({ text }) => text)).toEqual([
      ['…', seconds('13:00'), 'All systems operational'],
      [seconds('13:00'), seconds('14:00'), 'New disks'],
      [seconds('14:00'), '…', 'All systems operational'],
    ]);
    expect(bands.map(({ value }) => [value.icon, value.title])).toEqual([
      ['/status/icon/ok.svg', 'All systems operational · Acme status'],
      ['/status/icon/maintenance.svg', 'Under maintenance · Acme status'],
      ['/status/icon/ok.svg', 'All systems operational · Acme status'],
    ]);
  });

  it('is not changed by work that touches no component', () => {
    const work = maintenance('11:00', '13:00', [], { title: 'New disks', components: {} });
    expect(answerOf(contextOf({ maintenance: [work] })).sentence[0]?.value.text).toBe('All systems operational');
  });

  it('says that work runs over', () => {
    const late = maintenance('09:00', '10:00', [['in_progress', '09:05']], { title: 'New disks' });
    const answer = answerOf(contextOf({ maintenance: [late] }));
    expect(timesNow(answer)).toEqual(['Since 09:00 UTC']);
    expect(linesNow(answer.lines)).toEqual(['This is taking longer than planned. It was due to end by 10:00 UTC.']);
  });

  it('says until when work is planned', () => {
    const work = maintenance('09:00', '13:00', [['in_progress', '09:05']]);
    expect(timesNow(answerOf(contextOf({ maintenance: [work] })))).toEqual(['Since 09:00 UTC', 'Until 13:00 UTC']);
  });

  it('answers for a page without any history', () => {
    const answer = answerOf(contextOf({ tree: [component('website')] }));
    expect(linesNow(answer.lines)).toEqual([]);
    expect(answer.bands).toHaveLength(1);
  });
});
