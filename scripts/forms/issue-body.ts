import { tidyMessage } from '../author/message.ts';
import type { Field, Filled, FormName } from './fields.ts';
import { FORM_NAMES, FORMS } from './fields.ts';

/** What GitHub writes where nothing was filled in, or chosen. */
const EMPTY = '_No response_';
const NOT_CHOSEN = 'None';

/** The filled form that an issue is; nothing for any other issue. */
export function readIssueBody(body: string): Filled | undefined {
  const lines = body.split(/\r\n?|\n/);
  const first = lines.find((line) => line.trim() !== '') ?? '';
  const form = FORM_NAMES.find((name) => isHeading(first, FORMS[name].fields[0]));
  return form && { form, answers: answersIn(lines, form) };
}

/**
 * The answers below the headings. Of the fields before the one of many lines and of that one itself the first heading
 * counts, of those after it the last: so a message may hold any heading, those of the form included.
 */
function answersIn(lines: readonly string[], form: FormName): Filled['answers'] {
  const { fields } = FORMS[form];
  const long = fields.findIndex(({ kind }) => kind === 'text');
  const places = new Map<Field, number>();
  let from = 0;
  for (const field of fields.slice(0, long + 1)) {
    const at = lines.findIndex((line, index) => index >= from && isHeading(line, field));
    if (at < 0) continue;
    places.set(field, at);
    from = at + 1;
  }
  let to = lines.length;
  for (const field of fields.slice(long + 1).reverse()) {
    const at = lines.findLastIndex((line, index) => index >= from && index < to && isHeading(line, field));
    if (at < 0) continue;
    places.set(field, at);
    to = at;
  }
  const ends = [...places.values(), lines.length].sort((a, b) => a - b);
  const answers: Record<string, string> = {};
  for (const [field, at] of places) {
    const end = ends.find((one) => one > at);
    const text = tidyMessage(lines.slice(at + 1, end).join('\n'));
    const isChosen = field.kind === 'choice' || field.kind === 'components';
    const isEmpty = text === '' || text === EMPTY || (isChosen && text === NOT_CHOSEN);
    if (!isEmpty) answers[field.key] = text;
  }
  return answers;
}

function isHeading(line: string, field: Field | undefined): boolean {
  return field !== undefined && line.trimEnd() === `### ${field.label}`;
}
