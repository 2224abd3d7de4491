import type { Report } from './rules.ts';
import { checkParagraphs } from './source.ts';
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
      `Front matter is YAML between two lines of ---, and here it is ${language}.`,
      example,
    );
    return undefined;
  }
  if (!/^---\s*$/.test(opening)) {
    report('front-matter-missing', start, ...whyMissing(text, opening, example));
    return undefined;
  }
  const closing = lines.findIndex((line, index) => index > 0 && line.startsWith('---'));
  if (closing < 0 || !/^---\s*$/.test(lines[closing] ?? '')) {
    const line = closing < 0 ? 1 : closing + 1;
    report(
      'front-matter-unclosed',
      { line, column: 1 },
      'The front matter is not closed by a line of three dashes.',
      '---',
    );
    return undefined;
  }
  const source = lines.slice(1, closing).join('\n');
  const body = lines.slice(closing + 1).join('\n');
  const bodyLine = closing + 2;
  if (!checkParagraphs(body, bodyLine, report)) return undefined;
  return { yaml: readYaml(source, 2, report), body, bodyLine };
}

/** What is wrong at the top of a file, and what to write there. */
function whyMissing(text: string, opening: string, example: string): [reason: string, expected?: string] {
  if (/^\s+---/.test(text)) return ['Empty lines or spaces stand before the front matter. Delete them.', '---'];
  if (/^-+\s*$/.test(opening)) return ['The line that opens the front matter has three dashes.', '---'];
  if (/^[a-z_]+:/.test(opening))
    return ['The line of three dashes that opens the front matter is missing.', `---\n${opening}`];
  return ['The file does not begin with front matter.', example];
}
