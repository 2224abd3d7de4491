import type { z } from 'zod';
import { componentStatus } from '../core/schema/event.ts';
import { line } from '../core/schema/fields.ts';
import { checkTitle } from './blanks.ts';
import type { Report } from './rules.ts';
import { readYaml } from './yaml.ts';

/** A file split into front matter and body, even if the lines between them are missing or broken. */
export interface LooseParts {
  matter: string;
  body: string;
  /** The line of the file that the body begins on. */
  bodyLine: number;
}

/** Longer titles are cut. */
const LONGEST_TITLE = 300;
const FENCE = /^\s*(-{2,}|\+{3})/;
const SETTING = /^(\s|#(?!#)|- |[\w-]+\s*[:=])/;

/** Splits front matter from text if the lines between them are missing, broken or of another format. */
export function splitLoosely(text: string): LooseParts {
  const lines = text.split('\n');
  const first = lines.findIndex((one) => one.trim() !== '');
  const isOpened = FENCE.test(lines[first] ?? '');
  if (first < 0 || (!isOpened && !/^[a-z_]+:/.test(lines[first] ?? ''))) return { matter: '', body: text, bodyLine: 1 };
  const start = isOpened ? first + 1 : first;
  const closing = lines.findIndex((one, index) => index >= start && FENCE.test(one));
  const ending = lines.findIndex((one, index) => index >= start && (one.trim() === '' || !SETTING.test(one)));
  const end = closing >= 0 ? closing : ending >= 0 ? ending : lines.length;
  const from = closing >= 0 ? end + 1 : end;
  return {
    matter: lines.slice(start, end).join('\n'),
    body: lines.slice(from).join('\n'),
    bodyLine: from + 1,
  };
}

/** The fields of front matter that can be read one by one; of invalid YAML, only the title. */
export function readableFields<Shape extends z.ZodRawShape>(
  matter: string,
  schema: z.ZodObject<Shape>,
): Partial<z.output<z.ZodObject<Shape>>> {
  const value = readYaml(matter, 1, ignore)?.value;
  const written = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const loose = { ...written, title: titleOf(written['title'] ?? writtenTitle(matter)) };
  const fields = Object.entries(schema.shape).flatMap(([key, field]) => {
    const given = key === 'components' ? withKnownStatuses(written[key]) : loose[key as keyof typeof loose];
    const result = given === undefined ? undefined : (field as z.ZodType).safeParse(given);
    return result?.success ? [[key, result.data]] : [];
  });
  return Object.fromEntries(fields) as Partial<z.output<z.ZodObject<Shape>>>;
}

/** The title in a text that is not valid YAML. */
function writtenTitle(matter: string): string | undefined {
  const written = /^\s*title\s*[:=]\s*(.*)$/m.exec(matter)?.[1]?.trim();
  return /^(["'])(.+)\1$/.exec(written ?? '')?.[2] ?? written;
}

/** A title for customers: one line, without unfilled blanks. */
function titleOf(value: unknown): string | undefined {
  const { data } = line.safeParse(value);
  if (data === undefined) return undefined;
  let isBlankLeft = false;
  checkTitle(data, { line: 1, column: 1 }, () => (isBlankLeft = true));
  return isBlankLeft ? undefined : data.slice(0, LONGEST_TITLE).toWellFormed();
}

/** Components with a valid status. */
function withKnownStatuses(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, status]) => componentStatus.safeParse(status).success));
}

/** A report that nobody reads. */
export const ignore: Report = () => undefined;

/** The name of a file as a title: `2026-11-20-checkout-errors` becomes “Checkout errors”. */
export function titleFromName(path: string): string {
  const stem = (path.split('/').at(-1) ?? path).replace(/\.[A-Za-z]{1,10}$/, '');
  const words = (name: string) => name.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim();
  const title = words(stem.replace(/^\d{4}-\d{2}-\d{2}(?!\d)/, '')) || words(stem) || stem;
  return title.charAt(0).toUpperCase() + title.slice(1);
}
