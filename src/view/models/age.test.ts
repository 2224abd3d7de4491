import { describe, expect, it } from 'vitest';
import { at, open } from '../../__tests__/support/core.ts';
import { contextOf, plain } from '../../__tests__/support/view.ts';
import type { ViewContext } from '../context.ts';
import { ageOf, elsewhereOf } from './age.ts';

const PLACES = [
  { name: 'Our other page', url: 'https://acme-status.example.net/' },
  { name: 'Mail', url: 'mailto:status@acme.example' },
];

function context(settings: Partial<ViewContext['ledger']['content']['site']> = {}, fields: Partial<ViewContext> = {}) {
  const made = contextOf({ incidents: [open({ db: 'major_outage' })] }, fields);
  Object.assign(made.ledger.content.site, settings);
  return made;
}

describe('what a copy says of its age', () => {
  it('names the owner’s other places, then where there is help', () => {
    const age = ageOf(context({ elsewhere: PLACES, support_url: 'https://acme.example/help' }));
    expect(plain(age?.text ?? [])).toBe(
      'This page is from 12:00 UTC and may be out of date. Other places to check: Our other page, Mail, Get help',
    );
    expect(age?.text).toContainEqual({ text: 'Mail', href: 'mailto:status@acme.example' });
  });

  it('names no place where the owner has none', () => {
    expect(plain(ageOf(context())?.text ?? [])).toBe('This page is from 12:00 UTC and may be out of date.');
  });

  it('holds from when a build is overdue by as much as the owner allows', () => {
    expect(ageOf(context())?.stale).toBe(at('13:20') / 1000);
    expect(ageOf(context({ stale_after: 3 * 3_600_000 }))?.stale).toBe(at('16:00') / 1000);
  });

  it('is nothing while nothing is open, with a clock that stands still, and where the owner wants none', () => {
    expect(ageOf(contextOf())).toBeUndefined();
    expect(ageOf(context({}, { build: { version: 'v', frozen: 'example' } }))).toBeUndefined();
    expect(ageOf(context({ stale_after: null }))).toBeUndefined();
  });
});

it('the foot names other places while something is open', () => {
  expect(plain(elsewhereOf(context({ elsewhere: PLACES })) ?? [])).toBe(
    'If this page is unavailable, check: Our other page, Mail',
  );
  expect(elsewhereOf(context())).toBeUndefined();
  const quiet = contextOf();
  quiet.ledger.content.site.elsewhere = PLACES;
  expect(elsewhereOf(quiet)).toBeUndefined();
});
