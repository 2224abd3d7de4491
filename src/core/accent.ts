import type { Shades } from './tokens.ts';

type Colour = [red: number, green: number, blue: number];

/** Contrast that words need: https://www.w3.org/TR/WCAG22/#contrast-minimum, and a little more for tinted grounds. */
const CONTRAST = 5;
const PAPER: Readonly<Record<'light' | 'dark', Colour>> = { light: [255, 255, 255], dark: [19, 21, 25] };

/**
 * The owner's accent, darkened for light pages and lightened for dark ones no further than reading it needs.
 * @param accent `#rrggbb`
 */
export function accentShades(accent: string): Shades {
  return [readable(accent, PAPER.light, [0, 0, 0]), readable(accent, PAPER.dark, [255, 255, 255])];
}

/** How far two colours stand apart, from 1 to 21: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(one: Colour, other: Colour): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function readable(accent: string, paper: Colour, towards: Colour): string {
  const colour = fromHex(accent);
  for (let share = 0; ; share += 0.02) {
    const mixed = colour.map((part, index) => Math.round(part + ((towards[index] ?? 0) - part) * share)) as Colour;
    if (share >= 1 || contrast(mixed, paper) >= CONTRAST) return toHex(mixed);
  }
}

function luminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function fromHex(hex: string): Colour {
  return [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16)) as Colour;
}

function toHex(colour: Colour): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
