import { createRequire } from 'node:module';
import type * as culori from 'culori';
import type { CssNode, Declaration, generate, parse, StringNode, Url, walk, WalkContext } from 'css-tree';
import type { ContrastPair, Shades } from '../core/tokens.ts';
import { CONTRASTS, LAYERS, PAGE_COLOURS, TONE_COLOURS } from '../core/tokens.ts';
import type { SourceFile } from './files.ts';
import { hasText } from './files.ts';
import { checkText } from './markdown/source.ts';
import type { Position, Report, Suggestion } from './rules.ts';
import { guarded, missingFile } from './rules.ts';

/** What the owner's style sheet is read against. */
interface ThemeContext {
  /** The path of the site's root on its host, with a slash at the end. */
  root: string;
  /** The colour of links. */
  accent: Shades;
  /** Paths of the files in `public/`, with a leading `/`. */
  publicFiles: ReadonlySet<string>;
}

type Scheme = 0 | 1;

/** A colour that the owner sets. */
interface OwnColour {
  name: string;
  /** Undefined for one of the whole page. */
  tone: string | undefined;
  /** Light, dark or both. */
  schemes: readonly Scheme[];
  values: Shades;
  node: Declaration;
}

const load = createRequire(import.meta.url);

/** Loaded when there is a style sheet: that takes longer than the rest of a command needs to start. */
const library = () => ({
  parse: load('css-tree/parser') as typeof parse,
  generate: load('css-tree/generator') as typeof generate,
  walk: load('css-tree/walker') as typeof walk,
  colours: load('culori') as typeof culori,
});

/**
 * Reads `theme.css`. Reports what is no CSS, what is loaded from elsewhere, and colours that are hard to read.
 * @returns the style sheet in its cascade layer
 */
export function readTheme(file: SourceFile, context: ThemeContext, report: Report): string | undefined {
  return guarded(report, () => {
    if (!hasText(file, report) || !checkText(file.text, report)) return undefined;
    const { text } = file;
    const css = library();
    let isWhole = true;
    const tree = css.parse(text, {
      positions: true,
      onParseError: ({ message, ...error }) => {
        const { line, column } = error as unknown as Position;
        isWhole = false;
        report('css-syntax', { line, column }, `This is not valid CSS: ${message}. Correct or delete it.`);
      },
    });
    if (!isWhole) return undefined;
    const colours: OwnColour[] = [];
    css.walk(tree, {
      enter(this: WalkContext, node: CssNode) {
        if (node.type === 'Atrule' && /^(import|charset|namespace)$/i.test(node.name)) {
          const reason = `“@${node.name}” has no effect here, since the page loads nothing from elsewhere. Copy the styles into this file, or delete this line.`;
          report('css-foreign', startOf(node), reason);
        }
        if (node.type === 'Url') node.value = fileAddress(node, context, report);
        // Functions such as image-set() take an address without url(), too.
        if (node.type === 'String' && this.function && TAKES_ADDRESS.test(this.function.name))
          node.value = fileAddress(node, context, report);
        if (node.type === 'Declaration' && node.value.type === 'Raw' && HAS_ADDRESS.test(node.value.value)) {
          const reason = `The address in “${node.property}” can’t be checked. Write it in the property that uses it.`;
          report('css-foreign', startOf(node), reason);
        }
        if (node.type !== 'Declaration' || !COLOUR_NAMES.has(node.property)) return;
        const selectors = this.rule ? css.generate(this.rule.prelude) : '';
        const media = this.atrule ? `@${this.atrule.name} ${css.generate(this.atrule.prelude ?? node.value)}` : '';
        colours.push(...coloursIn(node, selectors, media, report));
      },
    });
    checkContrast(colours, context.accent, text, report);
    return `${LAYERS}@layer owner{${css.generate(tree)}}`;
  });
}

const TAKES_ADDRESS = /^(-webkit-)?image-set$|^src$/i;
/** In the value of a custom property, which is not parsed. */
const HAS_ADDRESS = /\b(url|src|image-set)\(/i;

function startOf({ loc }: Pick<CssNode, 'loc'>): Position {
  return { line: loc?.start.line ?? 1, column: loc?.start.column ?? 1 };
}

/** The address of a file in `public/`. Reports one that is not there, or elsewhere. */
function fileAddress(node: Url | StringNode, { root, publicFiles }: ThemeContext, report: Report): string {
  const url = node.value;
  if (/^(#|data:image\/)/i.test(url)) return url;
  const [path = ''] = url.split(/[?#]/, 1);
  if (publicFiles.has(path)) return root + url.slice(1);
  const reason =
    path.startsWith('/') && !path.startsWith('//')
      ? missingFile(path, publicFiles).problem
      : `“${url}” is not a file of this site.`;
  report(
    'css-foreign',
    startOf(node),
    `${reason} Put the file into the folder public/, and write its path, such as /font.woff2.`,
  );
  return url;
}

const PAGE_NAMES = [...Object.keys(PAGE_COLOURS), 'accent'];
const TONE_NAMES = ['shape', 'word', 'tint'];
const COLOUR_NAMES = new Set([...PAGE_NAMES, ...TONE_NAMES].map((name) => `--${name}`));

/** The colours that a declaration sets: one for each tone it is about. */
function coloursIn(node: Declaration, selectors: string, media: string, report: Report): OwnColour[] {
  const name = node.property.slice(2);
  const isOfPage = PAGE_NAMES.includes(name);
  const scheme = /^@media (?:screen and )?\(prefers-color-scheme:\s*(light|dark)\)$/.exec(media)?.[1];
  const tones = selectors.split(',').map((one) => (one === ':root' ? undefined : one.replace(/^\./, '')));
  const isKnown = (tone: string | undefined) =>
    isOfPage ? tone === undefined : tone !== undefined && tone in TONE_COLOURS;
  const allowed = isOfPage ? ':root' : Object.keys(TONE_COLOURS).map((tone) => `.${tone}`).join(', '); // prettier-ignore
  const place = startOf(node);
  if (!tones.every(isKnown) || (media !== '' && scheme === undefined)) {
    const reason = `“--${name}” can’t be checked here. Set it in ${allowed}, for all readers or in “@media (prefers-color-scheme: dark)”.`;
    report('css-colour', place, reason, {
      example: `${isOfPage ? ':root' : '.ok'} { --${name}: light-dark(#1a1a1a, #f0f0f0); }`,
    });
    return [];
  }
  const written = node.value.type === 'Raw' ? node.value.value.trim() : '';
  const [, light = written, dark = written] = /^light-dark\((.*?),((?:[^,()]|\([^()]*\))*)\)$/i.exec(written) ?? [];
  const values: Shades = [light.trim(), dark.trim()];
  if (!values.every(isOpaque)) {
    const reason = `“${written}” can’t be checked for contrast. Write a colour without transparency, or light-dark() with two of them.`;
    report('css-colour', place, reason, { example: `--${name}: light-dark(#1a1a1a, #f0f0f0);` });
    return [];
  }
  const schemes: Scheme[] = scheme === undefined ? [0, 1] : scheme === 'light' ? [0] : [1];
  return tones.map((tone) => ({ name, tone, schemes, values, node }));
}

function isOpaque(value: string): boolean {
  const colour = library().colours.parse(value);
  return colour !== undefined && (colour.alpha ?? 1) === 1;
}

/**
 * Reports each colour of the owner that is hard to read, with the nearest that is not. What stands on a ground is to
 * blame if it is the owner's too; it is judged on the ground as that should be.
 */
function checkContrast(colours: readonly OwnColour[], accent: Shades, text: string, report: Report): void {
  const { wcagContrast } = library().colours;
  const better = new Map<Declaration, Shades>();
  const isGround = ({ name }: OwnColour) => CONTRASTS.some(({ ground }) => ground === name);
  const declarations = new Map(
    colours.toSorted((a, b) => Number(isGround(b)) - Number(isGround(a))).map((one) => [one.node, one]),
  );
  const sideOf = ({ tone }: ContrastPair, name: string, scheme: Scheme) => {
    const ofTone = TONE_NAMES.includes(name) ? tone : undefined;
    const own = colours.findLast((one) => one.name === name && one.tone === ofTone && one.schemes.includes(scheme));
    const values = own ? (better.get(own.node) ?? own.values) : shipped(name, ofTone, accent);
    return { node: own?.node, value: values[scheme] };
  };
  /** The pairs that a declaration makes hard to read, worst first. @param instead of its own value */
  const failing = (node: Declaration, scheme: Scheme, instead?: string) =>
    CONTRASTS.flatMap((pair) => {
      const [colour, ground] = [sideOf(pair, pair.colour, scheme), sideOf(pair, pair.ground, scheme)];
      if ((colour.node ?? ground.node) !== node) return [];
      const [one, other] = [colour, ground].map((side) => (side.node === node && instead) || side.value);
      const ratio = wcagContrast(hexOf(one), hexOf(other));
      return ratio < pair.least ? [{ pair, ratio, scheme }] : [];
    }).sort((a, b) => a.ratio / a.pair.least - b.ratio / b.pair.least);
  for (const [node, { schemes, values }] of declarations) {
    const [worst] = schemes.flatMap((scheme) => failing(node, scheme).slice(0, 1));
    if (!worst) continue;
    const { pair, ratio, scheme } = worst;
    const fits = (one: Scheme) => (hex?: string) => failing(node, one, hex).length === 0;
    const [light, dark] = ([0, 1] as const).map((one) =>
      !schemes.includes(one) || fits(one)() ? values[one] : nearest(values[one], fits(one)),
    );
    const reason = `“--${pair.colour}” on “--${pair.ground}”${pair.tone ? ` of “.${pair.tone}”` : ''} has a contrast of ${ratio.toFixed(2)} on ${SCHEME_NAMES[scheme]} pages. It needs at least ${pair.least}.`;
    if (light === undefined || dark === undefined) {
      report('css-colour', startOf(node), reason);
      continue;
    }
    better.set(node, [light, dark]);
    const [first, second] = schemes.length === 2 ? [light, dark] : schemes[0] === 0 ? [light, light] : [dark, dark];
    report(
      'css-colour',
      startOf(node),
      reason,
      rewritten(node, first === second ? first : `light-dark(${first}, ${second})`, text),
    );
  }
}

const SCHEME_NAMES = ['light', 'dark'] as const;

function shipped(name: string, tone: string | undefined, accent: Shades): Shades {
  if (name === 'accent') return accent;
  const colours: Readonly<Record<string, Shades>> =
    tone === undefined ? PAGE_COLOURS : TONE_COLOURS[tone as keyof typeof TONE_COLOURS];
  return colours[name] ?? accent;
}

/** As a screen shows it. */
function hexOf(colour = ''): string {
  return library().colours.formatHex(colour) ?? '#000000';
}

/** The colour of the same hue that is most like another and fits: a little lighter or darker. */
function nearest(colour: string, fits: (hex: string) => boolean): string | undefined {
  const { formatHex, oklch } = library().colours;
  const start = oklch(colour);
  if (!start) return undefined;
  for (let step = 0; step <= 100; step += 1) {
    for (const l of [start.l - step / 100, start.l + step / 100]) {
      const hex = formatHex({ ...start, l: Math.min(1, Math.max(0, l)) });
      if (fits(hex)) return hex;
    }
  }
  return undefined;
}

/** The lines of a declaration with another value. */
function rewritten({ value }: Declaration, written: string, text: string): Suggestion | undefined {
  const { start, end } = value.loc ?? {};
  if (!start || !end) return undefined;
  const from = text.lastIndexOf('\n', start.offset - 1) + 1;
  const lineEnd = text.indexOf('\n', end.offset);
  const old = text.slice(start.offset, end.offset);
  const lines = text.slice(from, start.offset) + old.replace(old.trim(), () => written);
  return { text: lines + text.slice(end.offset, lineEnd < 0 ? undefined : lineEnd), endLine: end.line };
}
