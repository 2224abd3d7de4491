import { FIELDS } from './content.ts';
import type { Matrix } from './matrix.ts';
import { OUTPUTS } from './outputs.ts';

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
