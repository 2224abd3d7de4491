import matter from 'gray-matter';
import type { Position, Report, Suggestion } from '../rules.ts';
import { FIRST } from '../rules.ts';
import { checkParagraphs } from '../markdown/source.ts';
import type { YamlValue } from './yaml.ts';
import { readYaml } from './yaml.ts';

/** A Markdown file in its two parts. */
interface FrontMatter {
  /** Nothing when it is no valid YAML, which is then reported. */
  yaml: YamlValue | undefined;
  body: string;
  /** The line of the file that the body begins on. */
  bodyLine: number;
}

const CLOSING = /\n---.*/;

/**
 * Splits a Markdown file into its front matter and its text. Left alone, gray-matter would run front matter in
 * JavaScript, read YAML by rules of its own, and take a whole file for front matter that is not closed.
 * @param text with `\n` line ends only
 * @param example front matter to show when there is none
 */
export function splitFrontMatter(text: string, example: string, report: Report): FrontMatter | undefined {
  const [opening = ''] = text.split('\n', 1);
  if (/^---[^-\s]/.test(opening) || opening.startsWith('+++')) {
    const language = opening.startsWith('+++') ? 'TOML' : `“${matter.language(`${opening}\n`).name}”`;
    const reason = `Front matter must be YAML between two lines of ---, but this is ${language}.`;
    report('front-matter-language', FIRST, reason, { example });
    return undefined;
  }
  if (!/^---\s*$/.test(opening)) {
    report('front-matter-missing', FIRST, ...whyMissing(text, opening, example));
    return undefined;
  }
  const closing = CLOSING.exec(text);
  if (closing?.[0].trimEnd() !== '\n---') {
    report('front-matter-unclosed', ...whereToClose(text.split('\n')));
    return undefined;
  }
  const end = closing.index + closing[0].length;
  const parse = (block: string) => ({ yaml: readYaml(block.slice(block.indexOf('\n') + 1), 2, report) });
  const options = { language: 'yaml', engines: { yaml: { parse }, javascript: { parse: refuse } } };
  // Without options, it would answer `{}` to broken YAML that it read before. Not the whole text: even with options it
  // looks for that among the files that it remembers, and V8 then keeps a copy of each.
  const file = matter(text.slice(0, end), options);
  // It asks no engine about a block that has only comments.
  const { yaml } = ('yaml' in file.data ? file.data : parse(file.matter)) as ReturnType<typeof parse>;
  const body = text.slice(end + 1);
  const bodyLine = file.matter.split('\n').length + 2;
  return checkParagraphs(body, bodyLine, report) ? { yaml, body, bodyLine } : undefined;
}

function refuse(): never {
  throw new Error('Front matter in JavaScript would run.');
}

/** Where the line of three dashes belongs: above the first line that neither is a key nor belongs to one. */
function whereToClose(lines: readonly string[]): [Position, reason: string, suggestion?: Suggestion | undefined] {
  const reason = 'The front matter has no closing line of three dashes.';
  const closing = lines.findIndex((line, index) => index > 0 && line.startsWith('---'));
  if (closing >= 0) {
    const isDashes = /^-+\s*$/.test(lines[closing] ?? '');
    return [{ line: closing + 1, column: 1 }, reason, isDashes ? '---' : undefined];
  }
  const text = lines.findIndex((line, index) => index > 0 && !/^([\w-]+:|\s+\S|- |#(?!#))/.test(line));
  const isAll = text < 0 || lines.slice(text).every((line) => line.trim() === '');
  if (isAll) return [FIRST, reason, { text: '---', edit: 'end' }];
  return [{ line: text + 1, column: 1 }, reason, { text: '---', edit: 'above' }];
}

/** What is wrong at the top of a file, and what to write there. */
function whyMissing(text: string, opening: string, example: string): [reason: string, Suggestion?] {
  const blank = /^\s+(?=---[ \t]*\n)/.exec(text)?.[0];
  if (blank !== undefined) {
    const reason = 'There are empty lines or spaces before the front matter. Delete them.';
    return [reason, { text: '---', endLine: blank.split('\n').length }];
  }
  if (/^-+\s*$/.test(opening)) return ['The first line of the front matter must be three dashes.', '---'];
  if (/^[a-z_]+:/.test(opening)) return ['The front matter must start with a line of three dashes.', `---\n${opening}`];
  return ['The file does not start with front matter.', { example }];
}
