import type { Content } from '../../../src/core/model.ts';
import type { Tree } from './compare.ts';
import { compare, textIn } from './compare.ts';
import type { Cell, Field } from './content.ts';
import { contentOf, FIELDS, filesOf, markOf, read as readFiles, SENTINEL } from './content.ts';
import { dangersIn } from './parse.ts';
import { contextOf, IGNORED, OUTPUTS, wrongNotices } from './outputs.ts';

/** Something that came out otherwise than a harmless text would have. */
interface Failure {
  output: string;
  /** Of the batch of strings it was found in. */
  what: string;
  strings: readonly string[];
}

/** How often what was tried ended in what. */
interface Matrix {
  strings: number;
  /** By field, and then by rule of the diagnostic. */
  refused: Map<Field, Map<string, number>>;
  /** By field, and then by output: in how many strings the text arrived. */
  arrived: Map<Field, Map<string, number>>;
  failures: Failure[];
}

export function newMatrix(): Matrix {
  return { strings: 0, refused: new Map(), arrived: new Map(), failures: [] };
}

/** Puts strings through every field and every output; they stand in one site together. */
export async function tryStrings(strings: readonly string[], matrix: Matrix): Promise<void> {
  const read = strings.map((text) => readable(text));
  const cells = read.map(({ cell }) => cell);
  const content = together(cells);
  if (!content) {
    const half = Math.ceil(strings.length / 2);
    for (const part of [strings.slice(0, half), strings.slice(half)]) await tryStrings(part, matrix);
    return;
  }
  matrix.strings += strings.length;
  for (const { refused } of read) for (const [field, rule] of refused) add(matrix.refused, field, rule, 1);
  const hostile = contextOf(content);
  const values = new Map<string, string>();
  const own = new Map<string, { field: Field; count: number }>();
  for (const field of FIELDS) {
    for (const [index, cell] of cells.entries()) {
      const mark = markOf(field, index);
      const text = field === 'label' && cell.label !== undefined ? areasOf(content, index) : cell[field];
      if (text === undefined) continue;
      const others = values.get(mark);
      values.set(mark, others === undefined ? text : `${others} ${text}`);
      own.set(mark, { field, count: (own.get(mark)?.count ?? 0) + 1 });
    }
  }
  for (const [output, make] of Object.entries(OUTPUTS)) {
    const fail = (what: string) => matrix.failures.push({ output, what, strings });
    try {
      const made = await make(hostile);
      if (textIn(made).includes(SHORTENED)) continue;
      const { arrived, differences } = compare(await plainTree(output, strings.length), made, { values, dangers: dangersIn, sentinel: SENTINEL, ...(IGNORED[output] && { ignored: IGNORED[output] }) }); // prettier-ignore
      for (const { path, expected, found } of differences) fail(`${path}: ${found} instead of ${expected}`);
      for (const mark of arrived) {
        const { field, count } = own.get(mark) ?? {};
        if (field) add(matrix.arrived, field, output, count ?? 0);
      }
    } catch (error) {
      fail(error instanceof Error ? error.message : String(error));
    }
  }
  for (const what of wrongNotices(content)) matrix.failures.push({ output: 'notices', what, strings });
}

/** Says a comment that is too long for GitHub; it has been read for calls and HTML, but all of its parts are cut. */
const SHORTENED = 'Shortened here, because it is too long for a comment.';

const plainTrees = new Map<string, Tree>();

/** The same of harmless texts, which is the same for every batch of a size. */
async function plainTree(output: string, size: number): Promise<Tree> {
  const key = `${output} ${size}`;
  const made =
    plainTrees.get(key) ?? (await OUTPUTS[output]?.(contextOf(contentOf(Array.from({ length: size }, () => ({}))))));
  if (made === undefined) throw new Error(`There is no output ${output}.`);
  plainTrees.set(key, made);
  return made;
}

/** What the reader makes of a labelled line: Markdown without its marks, separated by commas. */
function areasOf(content: Content, index: number): string {
  const incident = content.incidents.find(({ id }) => id === `s-${index}`);
  return incident?.updates[0]?.areas?.join(', ') ?? '';
}

/** The content of cells in one site; nothing when several are too long for a field that they share. */
function together(cells: readonly Cell[]): Content | undefined {
  try {
    return contentOf(cells);
  } catch (error) {
    if (cells.length < 2) throw error;
    return undefined;
  }
}

/** A string in all fields that take it, and by which rules the others refuse it. */
function readable(text: string): { cell: Cell; refused: [Field, string][] } {
  const everywhere: Cell = Object.fromEntries(FIELDS.map((field) => [field, text]));
  if (!firstError(everywhere)) return { cell: everywhere, refused: [] };
  const cell: Partial<Record<Field, string>> = {};
  const refused: [Field, string][] = [];
  for (const field of FIELDS) {
    const rule = firstError({ [field]: text });
    if (rule === undefined) cell[field] = text;
    else refused.push([field, rule]);
  }
  return { cell, refused };
}

function firstError(cell: Cell): string | undefined {
  const { diagnostics } = readFiles(filesOf([cell]));
  const error = diagnostics.find(({ severity }) => severity === 'error');
  if (error && (error.reason.trim() === '' || error.line < 1 || /\n\s+at /.test(error.reason))) {
    throw new Error(`A diagnostic says nothing: ${JSON.stringify(error)}`);
  }
  return error?.ruleId;
}

function add(counts: Map<Field, Map<string, number>>, field: Field, what: string, count: number): void {
  const row = counts.get(field) ?? new Map<string, number>();
  counts.set(field, row.set(what, (row.get(what) ?? 0) + count));
}

/** Failures that are told in full; of the rest only the number. */
const SHOWN = 100;

/** A table of fields and outputs: in how many strings the text of a field arrived in an output, and what was refused. */
export function printMatrix({ strings, arrived, refused, failures }: Matrix): string {
  const outputs = Object.keys(OUTPUTS);
  const sum = (counts: ReadonlyMap<string, number> = new Map()) =>
    [...counts.values()].reduce((all, one) => all + one, 0);
  const rows = FIELDS.map((field) => {
    const no = sum(refused.get(field));
    return [field, strings, strings - no, no, ...outputs.map((output) => arrived.get(field)?.get(output) ?? '')];
  });
  const table = [['field', 'tried', 'published', 'refused', ...outputs], ...rows];
  const why = [...refused].flatMap(([field, rules]) => [...rules].map(([rule, count]) => `${field}: ${rule} ${count}`));
  const shown = failures.slice(0, SHOWN).map(({ output, what }) => `${output}: ${what}`);
  return [
    table.map((row) => row.join('\t')).join('\n'),
    why.join('\n'),
    ...shown,
    `${strings} strings, ${FIELDS.length} fields, ${outputs.length} outputs, ${failures.length} failures.\n`,
  ].join('\n\n');
}
