import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { incident } from '../__tests__/support/reader.ts';
import { badgeSvg } from './badge-svg.ts';
import { badgeJson, nodeBadge, siteBadge } from './badge.ts';
import type { Badge } from './badge.ts';
import { HOSTILE } from '../__tests__/support/hostile-strings.ts';
import { contextOf } from '../__tests__/support/formats.ts';

const open = (status: string) =>
  contextOf({
    'incidents/a.md': incident(
      '## Investigating · 2026-11-20 09:20 UTC\n\nSome cannot pay.',
      `title: A\ncomponents: { checkout: ${status} }`,
    ),
  });

function ofCheckout(status: string): Badge {
  const context = open(status);
  const component = context.ledger.content.components.get('checkout');
  if (!component) throw new RangeError('checkout');
  return nodeBadge(context, component);
}

describe('a badge', () => {
  test('of the page says its answer', () => {
    expect(siteBadge(contextOf({}))).toMatchObject({ label: 'Acme', message: 'All systems operational' });
    expect(siteBadge(open('partial_outage'))).toMatchObject({ label: 'Acme', message: 'Minor service outage' });
  });

  test('of a component says its name and its status', () => {
    expect(ofCheckout('partial_outage')).toMatchObject({ label: 'Checkout', message: 'Partial outage' });
  });

  test.each(['operational', 'under_maintenance', 'degraded_performance', 'partial_outage', 'major_outage'])(
    'of %s has a colour on which white can be read',
    (status) => {
      expect(1.05 / (luminance(ofCheckout(status).color) + 0.05)).toBeGreaterThanOrEqual(4.5);
    },
  );

  test.each(HOSTILE)('is a good picture with a name when the component is called %j', (label) => {
    const svg = badgeSvg({ label, message: 'Operational', color: '#17703f' });
    expect(XMLValidator.validate(svg)).toBe(true);
    expect(svg).not.toMatch(/<(?!\/?(svg|title|filter|feGaussianBlur|linearGradient|stop|clipPath|rect|g|text)\b)/);
    expect(svg).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u);
    expect(svg).toMatch(/role="img" aria-label="[^"]*Operational"/);
    expect(svg).toMatch(/<title>[^<]*Operational<\/title>/);
  });

  test('loads nothing', () => {
    const svg = badgeSvg(siteBadge(contextOf({}))).replace('http://www.w3.org/2000/svg', '');
    expect(svg).not.toMatch(/https?:|@import|<image|<a\b|<script/);
  });

  test('is an endpoint as shields.io reads them', () => {
    expect(JSON.parse(badgeJson(ofCheckout('major_outage')))).toEqual({
      schemaVersion: 1,
      label: 'Checkout',
      message: 'Major outage',
      color: '#b3101f',
    });
  });
});

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((start) => Number.parseInt(hex.slice(start, start + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
