import { formatHex, wcagContrast } from 'culori';
import { describe, expect, it } from 'vitest';
import { accentShades } from '../../core/accent.ts';
import { CONTRASTS, PAGE_COLOURS, TONE_COLOURS } from '../../core/tokens.ts';
import type { Shades } from '../../core/tokens.ts';
import { LOOKS } from '../icons.ts';

const pairs = CONTRASTS.map(({ tone = 'page', ...pair }) => ({ tone, ...pair }));

describe.each([
  ['light', 0],
  ['dark', 1],
] as const)('colours in %s', (_, scheme) => {
  it.each(pairs)('$colour can be told from $ground ($tone)', ({ tone, colour, ground, least }) => {
    const known: Readonly<Record<string, Shades>> = {
      ...PAGE_COLOURS,
      accent: accentShades('#0b57d0'),
      ...TONE_COLOURS[tone as keyof typeof TONE_COLOURS],
    };
    const [one, other] = [colour, ground].map((name) => formatHex(known[name]?.[scheme]) ?? '');
    expect(wcagContrast(one ?? '', other ?? '')).toBeGreaterThanOrEqual(least);
  });
});

it.each(Object.entries(LOOKS))('pictures have the colours of %s', (tone, look) => {
  const { shape, word, tint } = TONE_COLOURS[(tone === 'unknown' ? 'note' : tone) as keyof typeof TONE_COLOURS];
  expect(look).toEqual({ shape: formatHex(shape[0]), word: formatHex(word[0]), tint: formatHex(tint[0]) });
});
