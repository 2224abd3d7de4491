import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const [light = '', dark = ''] = readFileSync(new URL('tokens.css', import.meta.url), 'utf8').split('@media');

describe.each([
  ['light', light],
  ['dark', dark],
])('colours in %s', (_, css) => {
  const root = valuesIn(/:root \{([^}]+)\}/.exec(css)?.[1] ?? '');
  const tones = [...css.matchAll(/\.(\w+) \{([^}]*--shape[^}]*)\}/g)].map(([, name = '', body = '']) => ({
    name,
    colours: valuesIn(body),
  }));

  it('has every tone', () => {
    expect(tones.map(({ name }) => name)).toEqual(['ok', 'maintenance', 'degraded', 'partial', 'major', 'note']);
  });

  it.each(tones)('$name can be told from the ground: shapes 3:1, words 4.5:1', ({ colours: { shape, word, tint } }) => {
    expect(contrast(shape, root['paper'])).toBeGreaterThanOrEqual(3);
    expect(contrast(shape, tint)).toBeGreaterThanOrEqual(3);
    expect(contrast(word, root['paper'])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(word, tint)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(root['soft'], tint)).toBeGreaterThanOrEqual(4.5);
  });

  it('has quiet words that can be read', () => {
    expect(contrast(root['soft'], root['paper'])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(root['soft'], root['quiet'])).toBeGreaterThanOrEqual(4.5);
  });
});

function valuesIn(css: string): Record<string, string> {
  return Object.fromEntries(
    [...css.matchAll(/--([\w-]+): ([^;]+);/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one = '', other = ''): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = colour.startsWith('#') ? fromHex(colour) : fromOklch(colour);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function fromHex(hex: string): number[] {
  const digits = hex.length === 4 ? hex.slice(1).replace(/./g, '$&$&') : hex.slice(1);
  return [0, 2, 4].map((start) => {
    const part = Number.parseInt(digits.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
}

/** To linear sRGB, clipped: https://bottosson.github.io/posts/oklab/ */
function fromOklch(colour: string): number[] {
  const [lightness = 0, chroma = 0, hue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((part) => Math.min(1, Math.max(0, part)));
}
