import type { Direction } from '../i18n/words.ts';
import { xmlText } from './xml.ts';

/** The size of preview pictures in pixels, of which no service cuts anything off. */
export const PICTURE = { width: 1200, height: 630 };

/** What a preview picture shows. */
export interface PictureTexts {
  /** Above the title. */
  status?: string;
  title: string;
  time?: string;
  site: string;
  locale: string;
  dir: Direction;
}

/** The colours, as `#rrggbb`, and the icon on a grid of 16 × 16. */
export interface PictureLook {
  shape: string;
  word: string;
  tint: string;
  icon: string;
}

/** How texts are measured and drawn, in type of the size 1. */
export interface PictureLettering {
  covers: (text: string) => boolean;
  widthOf: (line: string) => number;
  /** SVG, from the left end of the baseline. */
  outline: (line: string, dir: Direction) => string;
}

/** For a picture without words. */
export const NO_LETTERING: PictureLettering = { covers: () => false, widthOf: () => 0, outline: () => '' };

const INK = '#1c1f25';
const SOFT = '#5a5e66';
const EDGE = 80;
const WIDTH = PICTURE.width - 2 * EDGE;

/** A preview picture. Texts that the fonts cannot write are left out. */
export function pictureSvg(texts: PictureTexts, look: PictureLook, lettering: PictureLettering): string {
  const [status, title, time, site] = [texts.status, texts.title, texts.time, texts.site].map((text) => {
    const plain = drawable(text ?? '');
    return plain !== '' && lettering.covers(plain) ? plain : undefined;
  });
  const draw = drawer(texts.dir, lettering);
  const [kicker, headline] = title === undefined ? [undefined, status] : [status, title];
  if (headline === undefined) {
    const name = site && fitted(site, 40, WIDTH, lettering);
    return framed(look, [centredIcon(look, name ? 250 : 300), ...(name ? [draw.centred(name, 40, 540, SOFT)] : [])]);
  }
  const isAlone = kicker === undefined;
  const set = setTitle(headline, isAlone ? 232 : 200, texts.locale, lettering);
  const kickerSize = KICKERS.find((size) => lettering.widthOf(kicker ?? '') * size <= KICKER_WIDTH) ?? 38;
  return framed(look, [
    draw.icon(look, isAlone ? 104 : 80, 88),
    ...(isAlone
      ? []
      : [draw.start(fitted(kicker, kickerSize, KICKER_WIDTH, lettering), kickerSize, 144, look.word, 104)]),
    ...set.lines.map((line, index) => draw.start(line, set.size, set.top + index * set.size * LEADING, INK)),
    ...foot(draw, site, time, lettering),
  ]);
}

/** The site's name and the time, beside each other where they fit. */
function foot(
  draw: ReturnType<typeof drawer>,
  site: string | undefined,
  time: string | undefined,
  lettering: PictureLettering,
): string[] {
  const [name = '', when = ''] = [site, time].map((text) => text && fitted(text, SMALL, WIDTH, lettering));
  const isRow = lettering.widthOf(name + when) * SMALL <= WIDTH - 60;
  return [
    ...(name ? [draw.start(name, SMALL, isRow || !when ? FOOT : FOOT - 46, INK)] : []),
    ...(when ? [(isRow ? draw.end : draw.start)(when, SMALL, FOOT, SOFT)] : []),
  ];
}

const KICKERS = [46, 38];
const KICKER_WIDTH = WIDTH - 104;
const SMALL = 32;
const FOOT = 560;
const LEADING = 1.25;
/** Sizes of a title with the most lines of each; a longer one is cut. */
const SIZES = [
  { size: 84, most: 2 },
  { size: 68, most: 3 },
  { size: 54, most: 4 },
];

/** A title in the largest type in which it is whole. */
function setTitle(
  title: string,
  top: number,
  locale: string,
  lettering: PictureLettering,
): { size: number; top: number; lines: string[] } {
  const set = SIZES.map(({ size, most }) => ({ size, most, lines: wrapped(title, size, locale, lettering) }));
  const whole = set.find(({ lines, most }) => lines.length <= most);
  const { size, lines, most } = whole ?? set.at(-1) ?? { size: 0, lines: [], most: 0 };
  const rest = lines.slice(most - 1).join(' ');
  return {
    size,
    top: top + size,
    lines: whole ? lines : [...lines.slice(0, most - 1), fitted(rest, size, WIDTH, lettering)],
  };
}

/** A text in lines that fit, broken between words as its language has them. */
function wrapped(text: string, size: number, locale: string, lettering: PictureLettering): string[] {
  const lines = [''];
  const fits = (line: string) => lettering.widthOf(line.trimEnd()) * size <= WIDTH;
  for (const word of wordsIn(text, locale)) {
    const line = lines.at(-1) ?? '';
    if (fits(line + word)) lines[lines.length - 1] = line + word;
    else if (fits(word)) lines.push(word.trimStart());
    else
      for (const letter of graphemes(word)) {
        if (fits((lines.at(-1) ?? '') + letter)) lines[lines.length - 1] += letter;
        else lines.push(letter);
      }
  }
  return lines.map((line) => line.trim()).filter((line) => line !== '');
}

/** Words with the marks around them and the space behind them, since no line begins with those. */
function wordsIn(text: string, locale: string): string[] {
  const words: string[] = [];
  for (const { segment, isWordLike } of new Intl.Segmenter(locale, { granularity: 'word' }).segment(text)) {
    const last = words.at(-1) ?? '';
    const isOpened = /^[^\p{L}\p{N}\s]+$/u.test(last);
    const isClosing = !isWordLike && (/^\s/.test(segment) || /\S$/.test(last));
    if (isOpened || isClosing) words[words.length - 1] = last + segment;
    else words.push(segment);
  }
  return words;
}

/** A text in one line, cut where it would be longer. */
function fitted(text: string, size: number, width: number, lettering: PictureLettering): string {
  if (lettering.widthOf(text) * size <= width) return text;
  const letters = graphemes(text);
  const cut = (length: number) => `${letters.slice(0, length).join('').trimEnd()}…`;
  let [fits, tooLong] = [0, letters.length];
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2);
    if (lettering.widthOf(cut(middle)) * size <= width) fits = middle;
    else tooLong = middle;
  }
  return cut(fits);
}

function graphemes(text: string): string[] {
  return [...new Intl.Segmenter('en').segment(text)].map(({ segment }) => segment);
}

/** What fonts have no letters for, and texts can do without. */
const UNDRAWN =
  /[[\p{Extended_Pictographic}--[©®™]]\p{Emoji_Modifier}\p{Regional_Indicator}\p{Variation_Selector}\u00ad\u200b\u202a-\u202e\u2060-\u206f\ufeff]|\u20e3/gv;

/** More than a picture has space for, so that no text takes long. */
const MOST_CHARACTERS = 500;

/** Text without pictographs and invisible characters, on one line. */
function drawable(text: string): string {
  return xmlText(text.slice(0, MOST_CHARACTERS))
    .normalize('NFC')
    .replace(UNDRAWN, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** Draws from the side where lines begin. */
function drawer(dir: Direction, lettering: PictureLettering) {
  const { width } = PICTURE;
  const line = (text: string, size: number, y: number, fill: string, place: (length: number) => number) => {
    const x = place(lettering.widthOf(text) * size);
    const outline = lettering.outline(text, directionOf(text, dir));
    return `<g transform="translate(${x} ${y}) scale(${size})" fill="${fill}">${outline}</g>`;
  };
  const left = (indent: number) => () => EDGE + indent;
  const right = (indent: number) => (length: number) => width - EDGE - indent - length;
  const [start, end] = dir === 'rtl' ? [right, left] : [left, right];
  return {
    start: (text: string, size: number, y: number, fill: string, indent = 0) =>
      line(text, size, y, fill, start(indent)),
    end: (text: string, size: number, y: number, fill: string) => line(text, size, y, fill, end(0)),
    centred: (text: string, size: number, y: number, fill: string) =>
      line(text, size, y, fill, (length) => (width - length) / 2),
    icon: (look: PictureLook, size: number, y: number) => icon(look, start(0)(size), y, size),
  };
}

/** That of the first letter, as browsers do with `dir=auto`; else that of the page. */
function directionOf(line: string, dir: Direction): Direction {
  const [letter] = /\p{L}/u.exec(line) ?? [];
  if (letter === undefined) return dir;
  return /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(letter) ? 'rtl' : 'ltr';
}

/** An icon for the home screen of a phone, of which a circle may be cut out. @param mark the owner's, as an address */
export function appIconSvg(size: number, mark: string | undefined, fallback: { icon: string; ground: string }): string {
  const inside = mark
    ? `<rect width="512" height="512" fill="#fff"/><image href="${mark}" x="80" y="80" width="352" height="352"/>`
    : `<rect width="512" height="512" fill="${fallback.ground}"/>` +
      `<path transform="translate(106 106) scale(18.75)" fill="#fff" fill-rule="evenodd" d="${fallback.icon}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 512 512">${inside}</svg>`;
}

function centredIcon(look: PictureLook, size: number): string {
  return icon(look, (PICTURE.width - size) / 2, (PICTURE.height - size) / 2 - 30, size);
}

function icon({ shape, icon: path }: PictureLook, x: number, y: number, size: number): string {
  return `<path transform="translate(${x} ${y}) scale(${size / 16})" fill="${shape}" fill-rule="evenodd" d="${path}"/>`;
}

function framed({ tint, shape }: PictureLook, inside: readonly string[]): string {
  const { width, height } = PICTURE;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">`,
    `<rect width="${width}" height="${height}" fill="${tint}"/><rect width="${width}" height="20" fill="${shape}"/>`,
    ...inside,
    '</svg>',
  ].join('');
}
