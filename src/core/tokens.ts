import type { Appearance } from './schema/site.ts';

/** A colour on light and on dark pages. */
export type Shades = readonly [light: string, dark: string];

/** The colours of a page that are no status: public interface, described in docs/customise.md. */
export const PAGE_COLOURS = {
  paper: ['#fff', '#131519'],
  ink: ['oklch(0.24 0.012 265)', 'oklch(0.93 0.005 265)'],
  soft: ['oklch(0.48 0.014 265)', 'oklch(0.73 0.012 265)'],
  line: ['oklch(0.91 0.005 265)', 'oklch(0.31 0.01 265)'],
  quiet: ['oklch(0.975 0.003 265)', 'oklch(0.23 0.008 265)'],
} as const satisfies Record<string, Shades>;

/** The colours of each tone: its icons, its words, and the ground that both stand on. */
export const TONE_COLOURS = {
  ok: {
    shape: ['oklch(0.615 0.125 158)', 'oklch(0.63 0.115 158)'],
    word: ['oklch(0.44 0.1 156)', 'oklch(0.82 0.13 156)'],
    tint: ['oklch(0.968 0.023 158)', 'oklch(0.26 0.045 156)'],
  },
  maintenance: {
    shape: ['oklch(0.6 0.15 255)', 'oklch(0.68 0.14 255)'],
    word: ['oklch(0.46 0.15 258)', 'oklch(0.8 0.1 255)'],
    tint: ['oklch(0.965 0.016 255)', 'oklch(0.27 0.055 258)'],
  },
  degraded: {
    shape: ['oklch(0.64 0.135 70)', 'oklch(0.78 0.15 80)'],
    word: ['oklch(0.45 0.095 68)', 'oklch(0.85 0.12 82)'],
    tint: ['oklch(0.97 0.03 85)', 'oklch(0.28 0.045 80)'],
  },
  partial: {
    shape: ['oklch(0.64 0.19 46)', 'oklch(0.72 0.17 50)'],
    word: ['oklch(0.47 0.14 42)', 'oklch(0.81 0.12 54)'],
    tint: ['oklch(0.962 0.022 55)', 'oklch(0.28 0.055 48)'],
  },
  major: {
    shape: ['oklch(0.55 0.21 26)', 'oklch(0.66 0.2 25)'],
    word: ['oklch(0.47 0.18 26)', 'oklch(0.79 0.12 22)'],
    tint: ['oklch(0.958 0.02 20)', 'oklch(0.27 0.065 22)'],
  },
  note: {
    shape: ['oklch(0.6 0.012 265)', 'oklch(0.6 0.012 265)'],
    word: ['oklch(0.46 0.012 265)', 'oklch(0.76 0.012 265)'],
    tint: ['oklch(0.97 0.004 265)', 'oklch(0.25 0.006 265)'],
  },
} as const satisfies Record<string, Record<'shape' | 'word' | 'tint', Shades>>;

/** The order of cascade layers. The last one is the owner's. */
export const LAYERS = '@layer tokens, base, layout, parts, states, owner;';

/** The style sheet of all colours. What is printed is always light. @param accent of links, as it is readable */
export function colourStyles(accent: Shades, appearance: Appearance): string {
  const scheme = (index: 0 | 1) =>
    [
      rule(':root', { ...PAGE_COLOURS, accent }, index),
      // What is not known looks like a note.
      ...Object.entries(TONE_COLOURS).map(([tone, colours]) =>
        rule(tone === 'note' ? '.note,.unknown' : `.${tone}`, colours, index),
      ),
    ].join('');
  const dark = {
    auto: `:root{color-scheme:light dark}@media screen and (prefers-color-scheme:dark){${scheme(1)}}`,
    light: ':root{color-scheme:light}',
    dark: `@media screen{:root{color-scheme:dark}${scheme(1)}}`,
  };
  return `${LAYERS}@layer tokens{${scheme(0)}${dark[appearance]}}`;
}

function rule(selector: string, colours: Readonly<Record<string, Shades>>, index: 0 | 1): string {
  const declarations = Object.entries(colours).map(([name, shades]) => `--${name}:${shades[index]}`);
  return `${selector}{${declarations.join(';')}}`;
}

/** Two tokens that have to be told apart. `tone` if they are those of a tone. */
export interface ContrastPair {
  /** `--word` */
  colour: string;
  ground: string;
  /** https://www.w3.org/TR/WCAG22/#contrast-minimum */
  least: number;
  tone?: string;
}

const TEXT = 4.5;
const ICON = 3;

/** Which colours stand on which, with the contrast that they need. */
export const CONTRASTS: readonly ContrastPair[] = [
  ...['ink', 'soft'].flatMap((colour) => ['paper', 'quiet'].map((ground) => ({ colour, ground, least: TEXT }))),
  { colour: 'accent', ground: 'paper', least: TEXT },
  ...Object.keys(TONE_COLOURS).flatMap((tone) => [
    { tone, colour: 'word', ground: 'paper', least: TEXT },
    { tone, colour: 'word', ground: 'tint', least: TEXT },
    { tone, colour: 'shape', ground: 'paper', least: ICON },
    { tone, colour: 'shape', ground: 'tint', least: ICON },
    { tone, colour: 'ink', ground: 'tint', least: TEXT },
    { tone, colour: 'soft', ground: 'tint', least: TEXT },
  ]),
];
