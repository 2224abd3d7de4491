import type { Position, Report, Suggestion } from '../rules.ts';
import { checkParagraphs } from '../markdown/source.ts';
import type { YamlValue } from './yaml.ts';
import { readYaml } from './yaml.ts';

/** A Markdown file in its two parts. */
export interface FrontMatter {
  /** Nothing when it is no valid YAML, which is then reported. */
  yaml: YamlValue | undefined;
  body: string;
  /** The line of the file that the body begins on. */
  bodyLine: number;
}

/**
 * Parts a Markdown file into its front matter and its text. No other language than YAML is read there: front matter
 * in JavaScript would run.
 * @param text with `\n` line ends only
 * @param example front matter to show when there is none
 */
export function splitFrontMatter(text: string, example: string, report: Report): FrontMatter | undefined {
  const lines = text.split('\n');
  const start = { line: 1, column: 1 };
  const opening = lines[0] ?? '';
  if (/^---[^-\s]/.test(opening) || opening.startsWith('+++')) {
    const language = opening.startsWith('+++') ? 'TOML' : `“${opening.slice(3).trim()}”`;
    report(
      'front-matter-language',
      start,
      `Front matter must be YAML between two lines of ---, but this is ${language}.`,
      { example },
    );
    return undefined;
  }
  if (!/^---\s*$/.test(opening)) {
    report('front-matter-missing', start, ...whyMissing(text, opening, example));
    return undefined;
  }
  const closing = lines.findIndex((line, index) => index > 0 && line.startsWith('---'));
  if (closing < 0 || !/^---\s*$/.test(lines[closing] ?? '')) {
    report('front-matter-unclosed', ...whereToClose(lines, closing));
    return undefined;
  }
  const source = lines.slice(1, closing).join('\n');
  const body = lines.slice(closing + 1).join('\n');
  const bodyLine = closing + 2;
  if (!checkParagraphs(body, bodyLine, report)) return undefined;
  return { yaml: readYaml(source, 2, report), body, bodyLine };
}

/** Where the line of three dashes belongs: above the first line that neither is a key nor belongs to one. */
function whereToClose(
  lines: readonly string[],
  closing: number,
): [Position, reason: string, suggestion?: Suggestion | undefined] {
  const reason = 'The front matter is not closed by a line of three dashes.';
  if (closing >= 0) {
    const isDashes = /^-+\s*$/.test(lines[closing] ?? '');
    return [{ line: closing + 1, column: 1 }, reason, isDashes ? '---' : undefined];
  }
  const text = lines.findIndex((line, index) => index > 0 && !/^([\w-]+:|\s+\S|- |#(?!#))/.test(line));
  const isAll = text < 0 || lines.slice(text).every((line) => line.trim() === '');
  if (isAll) return [{ line: 1, column: 1 }, reason, { text: '---', edit: 'end' }];
  return [{ line: text + 1, column: 1 }, reason, { text: '---', edit: 'above' }];
}

/** What is wrong at the top of a file, and what to write there. */
function whyMissing(text: string, opening: string, example: string): [reason: string, Suggestion?] {
  const blank = /^\s+(?=---[ \t]*\n)/.exec(text)?.[0];
  if (blank !== undefined) {
    const reason = 'There are empty lines or spaces before the front matter. Delete them.';
    return [reason, { text: '---', endLine: blank.split('\n').length }];
  }
  if (/^-+\s*$/.test(opening)) return ['The line that opens the front matter must be three dashes.', '---'];
  if (/^[a-z_]+:/.test(opening))
    return ['The line of three dashes that opens the front matter is missing.', `---\n${opening}`];
  return ['The file does not begin with front matter.', { example }];
}
