import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import bidiFactory from 'bidi-js';
import type { Font } from 'harfbuzzjs';
import { engineFolder } from './cache/bundle.ts';

/** Draws text as outlines, so that a picture looks the same on every machine. */
export interface Lettering {
  /** Whether there is a shape for every character: without one there would be an empty box. */
  covers: (text: string) => boolean;
  /** The width of a line whose type has the size 1. */
  widthOf: (line: string) => number;
  /** A line in type of the size 1 as SVG, from its left end on its baseline. @param dir of the paragraph */
  outline: (line: string, dir: 'ltr' | 'rtl') => string;
}

/** In the order in which they are asked for a character. */
const SHIPPED = ['NotoSans-SemiBold.ttf', 'NotoSansArabic-SemiBold.ttf', 'NotoSansHebrew-SemiBold.ttf'];
/** The characters of Candor's own words: Han differs from language to language. */
const OF_LANGUAGE: Readonly<Record<string, string>> = {
  ja: 'NotoSansJP-SemiBold.ttf',
  ko: 'NotoSansKR-SemiBold.ttf',
  'zh-CN': 'NotoSansSC-SemiBold.ttf',
  'zh-TW': 'NotoSansTC-SemiBold.ttf',
};

/** The letters of scripts whose fonts are not shipped, or not whole. */
const OTHER_LETTERS =
  /[\p{L}--[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Devanagari}\p{Script=Arabic}\p{Script=Hebrew}]]/gv;
/** Scripts that share fonts, and whose letters are joined by rules of their own. */
const SCRIPTS = [
  /\p{Script=Latin}/u,
  /\p{Script=Devanagari}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Han}/u,
  /\p{Script=Hangul}/u,
  /\p{L}/u,
];
/** So many tell fontconfig what is needed; a command line has an end. */
const MOST_ASKED = 200;

/** A font file and the number of the font in it. */
export interface FontFile {
  path: string;
  index: number;
}

/**
 * The fonts for texts of a page: those shipped, and one of this machine for other letters, if it has fontconfig.
 * @param locale of the page
 */
export function fontsFor(locale: string, texts: readonly string[]): FontFile[] {
  const folder = join(engineFolder(process.env), 'src/site/fonts');
  const shipped = (name: string) => ({ path: join(folder, name), index: 0 });
  const letters = [...new Set(texts.join('').match(OTHER_LETTERS))].sort();
  const found = letters.length > 0 ? systemFont(locale, letters.slice(0, MOST_ASKED)) : undefined;
  const own = OF_LANGUAGE[locale];
  // Before the shipped part of its language, so that a title is not set in two fonts.
  return [...SHIPPED.map(shipped), ...(found ? [found] : []), ...(own ? [shipped(own)] : [])];
}

function systemFont(locale: string, letters: readonly string[]): FontFile | undefined {
  const points = letters.map((letter) => letter.codePointAt(0)?.toString(16));
  // 180 is semibold: https://www.freedesktop.org/software/fontconfig/fontconfig-user.html
  const pattern = `sans:weight=180:lang=${locale.toLowerCase()}:charset=${points.join(' ')}`;
  try {
    const stdio = ['ignore', 'pipe', 'ignore'] as const;
    const found = execFileSync('fc-match', ['--format', '%{file}\n%{index}', pattern], { stdio: [...stdio] });
    const [path = '', index = ''] = found.toString().split('\n');
    return existsSync(path) ? { path, index: Number(index) } : undefined;
  } catch {
    return undefined;
  }
}

/** A part of a line in one font, one direction and one script. */
interface Run {
  font: Font;
  /** Of embedding; odd ones run from right to left. */
  level: number;
  script: RegExp | undefined;
  text: string;
}

/** Loads fonts, and the library that shapes letters, which takes longer than most builds need. */
export async function letteringWith(files: readonly FontFile[]): Promise<Lettering> {
  const { Blob, Buffer, Direction, Face, Font, shape } = await import('harfbuzzjs');
  const opened: Font[] = [];
  const fontAt = ({ path, index }: FontFile, place: number) =>
    (opened[place] ??= new Font(new Face(new Blob(new Uint8Array(readFileSync(path)).buffer), index)));
  const has = (font: Font, character: string) => font.nominalGlyph(character.codePointAt(0) ?? 0) !== undefined;

  /** The first font with a character. The others stay closed. */
  function fontOf(character: string): Font | undefined {
    for (const [place, file] of files.entries()) {
      const font = fontAt(file, place);
      if (has(font, character)) return font;
    }
    return undefined;
  }

  function shaped({ font, level, text }: Run) {
    const buffer = new Buffer();
    buffer.addText(text);
    buffer.guessSegmentProperties();
    buffer.setDirection(level % 2 === 1 ? Direction.RTL : Direction.LTR);
    shape(font, buffer);
    const size = 1 / font.face.upem;
    return { font, size, glyphs: buffer.getGlyphInfosAndPositions() };
  }

  /** The runs of a line, from left to right. */
  function runsOf(line: string, dir: 'ltr' | 'rtl'): Run[] {
    const levels = dir === 'rtl' || FROM_THE_RIGHT.test(line) ? bidi().getEmbeddingLevels(line, dir).levels : [];
    const runs: Run[] = [];
    let at = 0;
    for (const character of line) {
      const level = levels[at] ?? 0;
      at += character.length;
      const last = runs.at(-1);
      const script = SCRIPTS.find((one) => one.test(character));
      // What belongs to no script stays with what is before it, if it can: marks with their letter.
      const font = !script && last && has(last.font, character) ? last.font : fontOf(character);
      if (!font) continue;
      if (last?.font === font && last.level === level && (!script || !last.script || script === last.script)) {
        last.text += character;
        last.script ??= script;
      } else runs.push({ font, level, script, text: character });
    }
    return inVisualOrder(runs);
  }

  const widths = new Map<string, number>();
  return {
    covers: (text) => [...text].every((character) => fontOf(character) !== undefined),
    widthOf: (line) =>
      widths.getOrInsertComputed(line, () => {
        const runs = runsOf(line, 'ltr').map(shaped);
        return runs.reduce(
          (sum, { size, glyphs }) => sum + glyphs.reduce((all, { xAdvance = 0 }) => all + xAdvance, 0) * size,
          0,
        );
      }),
    outline: (line, dir) => {
      let x = 0;
      return runsOf(line, dir)
        .map(shaped)
        .map(({ font, size, glyphs }) => {
          let pen = 0;
          const paths = glyphs.map(({ codepoint, xAdvance = 0, xOffset = 0, yOffset = 0 }) => {
            const path = font.glyphToPath(codepoint);
            const drawn = path && `<path transform="translate(${pen + xOffset} ${yOffset})" d="${path}"/>`;
            pen += xAdvance;
            return drawn;
          });
          // Fonts count upwards, pictures downwards.
          const run = `<g transform="translate(${x} 0) scale(${size} ${-size})">${paths.join('')}</g>`;
          x += pen * size;
          return run;
        })
        .join('');
    },
  };
}

/** The blocks that Unicode keeps for scripts from right to left. */
const FROM_THE_RIGHT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Made when a text needs it, which takes 10 ms. */
const bidi = once(bidiFactory);

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** Rule L2: https://www.unicode.org/reports/tr9/#L2 */
function inVisualOrder(runs: readonly Run[]): Run[] {
  const ordered = [...runs];
  const highest = Math.max(0, ...runs.map(({ level }) => level));
  for (let level = highest; level > 0; level--) {
    for (let from = 0; from < ordered.length; from++) {
      let to = from;
      while ((ordered[to]?.level ?? -1) >= level) to++;
      if (to > from) ordered.splice(from, to - from, ...ordered.slice(from, to).reverse());
      from = to;
    }
  }
  return ordered;
}
