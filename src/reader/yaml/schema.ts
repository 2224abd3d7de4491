import { z } from 'zod';
import type { IssueParams } from '../../core/schema/fields.ts';
import { STATUS_SYNONYMS } from '../../core/vocabulary.ts';
import type { Report, RuleId, Suggestion } from '../rules.ts';
import { didYouMean, nearest, RULES } from '../rules.ts';
import type { YamlValue } from './yaml.ts';
import { yamlText } from './yaml.ts';

/**
 * Checks a YAML value against a schema. Every violation is reported where it stands, with the line to write.
 * @param path where in the YAML the value stands
 */
export function checkSchema<T extends z.ZodType>(
  schema: T,
  yaml: YamlValue,
  report: Report,
  path: readonly PropertyKey[] = [],
): z.output<T> | undefined {
  const result = schema.safeParse(valueAt(yaml.value, path) ?? {});
  if (result.success) return result.data;
  const meant = result.error.issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return [];
    const known = Object.keys(shapeOf(fieldAt(schema, issue.path)));
    return issue.keys.map((key) => [...issue.path, nearest(key, known) ?? key].join('.'));
  });
  for (const issue of result.error.issues) {
    if (!meant.includes(issue.path.join('.'))) reportIssue(issue, schema, yaml, report, path);
  }
  return undefined;
}

function reportIssue(
  issue: z.core.$ZodIssue,
  schema: z.ZodType,
  yaml: YamlValue,
  report: Report,
  base: readonly PropertyKey[],
) {
  const path = [...base, ...issue.path];
  if (issue.code === 'invalid_union' && reportOption(issue, schema, yaml, report, base)) return;
  const key = String(path.findLast((step) => typeof step === 'string') ?? '');
  const value = valueAt(yaml.value, path);
  const position = yaml.locate(path);

  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(shapeOf(fieldAt(schema, issue.path)));
    for (const unknown of issue.keys) {
      const place = yaml.locate([...path, unknown], 'key');
      const meant = nearest(unknown, known);
      const line = meant && !isTaken(value, meant) ? yaml.rewrite([...path, unknown], meant, 'key') : undefined;
      report('unknown-key', place, `“${unknown}” is not a valid key here.${didYouMean(unknown, known)}`, line);
    }
  } else if (issue.code === 'invalid_key') {
    const [{ message, ...problem } = issue] = issue.issues;
    const meant = 'params' in problem ? (problem.params as Partial<IssueParams>).expected : undefined;
    const line = meant && yaml.rewrite(path, meant, 'key');
    report('bad-value', yaml.locate(path, 'key'), `The id “${key}” must be ${message}.`, line);
  } else if (value === undefined && path.length > base.length) {
    report('missing-key', position, `The key “${key}” is missing.`, {
      example: `${key}: ${exampleOf(fieldAt(schema, issue.path))}`,
    });
  } else if (issue.code === 'invalid_type') {
    report(
      'wrong-kind',
      position,
      `“${key || 'This file'}” must be ${KINDS[issue.expected] ?? issue.expected}.`,
      key === 'areas' && issue.expected === 'record'
        ? { example: 'areas: { eu: Europe, us: North America }' }
        : reshaped(value, issue.expected, fieldAt(schema, issue.path), (text) => yaml.rewrite(path, text)),
    );
  } else if (issue.code === 'invalid_value') {
    const known = issue.values.map(String);
    const written = String(value);
    const isStatus = path.at(-2) === 'components';
    const synonym = isStatus ? STATUS_SYNONYMS[written.toLowerCase()] : undefined;
    const meant = synonym ?? nearest(written, known);
    const what = isStatus ? 'not a valid component status' : `not a valid value of “${key}”`;
    const hint = synonym ? ` Did you mean “${synonym}”?` : didYouMean(written, known);
    report('bad-value', position, `“${written}” is ${what}.${hint}`, meant && yaml.rewrite(path, meant));
  } else {
    const { ruleId, expected } = (issue.code === 'custom' ? (issue.params ?? {}) : {}) as Partial<IssueParams>;
    const accepts = (text: string) => fieldAt(schema, issue.path)?.safeParse(text).success;
    const commented = value === '' ? valueInComment(yaml.lineAt(position)) : undefined;
    const meant = expected ?? (commented && accepts(commented) ? commented : undefined);
    const line = meant && yaml.rewrite(path, yamlText(meant));
    const found =
      value === ''
        ? 'an empty value'
        : typeof value === 'object'
          ? 'something else'
          : `“${withoutAccount(String(value))}”`;
    const why = commented ? ' Put a value that starts with # in quotes.' : '';
    if (ruleId && ruleId in RULES) report(ruleId as RuleId, position, issue.message, line);
    else report('bad-value', position, `“${key}” must be ${issue.message}; found ${found}.${why}`, line);
  }
}

/** Reports a value that may be text or a set of keys, by the form that was written; false for other unions. */
function reportOption(
  issue: z.core.$ZodIssueInvalidUnion,
  schema: z.ZodType,
  yaml: YamlValue,
  report: Report,
  base: readonly PropertyKey[],
): boolean {
  const field = unionOf(fieldAt(schema, issue.path));
  if (!field) return false;
  const value = valueAt(yaml.value, [...base, ...issue.path]);
  const isSet = typeof value === 'object' && !Array.isArray(value);
  const sets = field.options.map(
    (option) => option instanceof z.ZodRecord || Object.keys(shapeOf(option as z.ZodType)).length > 0,
  );
  if (!sets.includes(true) || !sets.includes(false)) return false;
  for (const one of issue.errors[sets.indexOf(isSet)] ?? [])
    reportIssue({ ...one, path: [...issue.path, ...one.path] }, schema, yaml, report, base);
  return true;
}

function unionOf(schema: z.ZodType | undefined): z.ZodUnion | undefined {
  if (!schema || schema instanceof z.ZodUnion) return schema;
  return unionOf(innerOf(schema));
}

/** A value to repeat in a log, without user name and password in an address. */
function withoutAccount(text: string): string {
  return text.replace(/(:\/\/)[^/?#\s]*@/g, '$1…@');
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  array: 'a list',
  object: 'a set of keys and values',
  record: 'a set of keys and values',
};

/** What YAML takes for a comment, because it begins with # and is not in quotes. */
function valueInComment(line: string): string | undefined {
  return /:\s+(#[^\s#]+)\s*$/.exec(line)?.[1];
}

function isTaken(map: unknown, key: string): boolean {
  return typeof map === 'object' && map !== null && Object.hasOwn(map, key);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string' && one.trim() !== '');
}

/** The value in the expected shape, if that is clear from what was written. */
function reshaped(
  value: unknown,
  expected: string,
  field: z.ZodType | undefined,
  write: Write,
): Suggestion | undefined {
  const asList = (parts: readonly string[]) => write(`[${parts.map(yamlText).join(', ')}]`);
  const parts = typeof value === 'string' && value.trim() !== '' ? value.split(',').map((part) => part.trim()) : [];
  // Maintenance may list its components without statuses.
  const isList = expected === 'array' || (expected === 'record' && field?.safeParse(parts).success);
  if (isList && parts.length > 0) return asList(parts);
  if (expected === 'string' && isTexts(value)) return write(yamlText(value.join(', ')));
  if (expected !== 'record') return undefined;
  const ids = Array.isArray(value)
    ? value.filter((id) => typeof id === 'string')
    : typeof value === 'string'
      ? [value]
      : [];
  return ids.length > 0 ? write(`{ ${ids.map((id) => `${yamlText(id)}: partial_outage`).join(', ')} }`) : undefined;
}

type Write = (text: string) => Suggestion | undefined;

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<PropertyKey, unknown>)[step] : undefined,
    value,
  );
}

function fieldAt(schema: z.ZodType | undefined, path: readonly PropertyKey[]): z.ZodType | undefined {
  return path.reduce<z.ZodType | undefined>((inner, step) => inner && partOf(inner, step), schema);
}

/** What a schema says of the entries of a list, or of a key of a set. */
function partOf(schema: z.ZodType, step: PropertyKey): z.ZodType | undefined {
  if (typeof step === 'number' && schema instanceof z.ZodArray) return schema.element as z.ZodType;
  if (typeof step !== 'number' && schema instanceof z.ZodRecord) return schema.valueType as z.ZodType;
  const own = typeof step === 'number' ? undefined : shapeOf(schema)[String(step)];
  const inner = innerOf(schema);
  return own ?? (inner && partOf(inner, step));
}

/** What a field's schema gives as an example; that of a transformed one stands with what goes in. */
function exampleOf(schema: z.ZodType | undefined): string {
  if (schema instanceof z.ZodPipe) return exampleOf(schema.in as z.ZodType);
  return String((schema?.meta()?.['examples'] as unknown[] | undefined)?.[0] ?? '…');
}

/** The keys of a set; of one that may be of several types, those of all. */
function shapeOf(schema: z.ZodType | undefined): Record<string, z.ZodType> {
  if (schema instanceof z.ZodObject) return schema.shape as Record<string, z.ZodType>;
  if (schema instanceof z.ZodUnion) {
    return Object.assign({}, ...schema.options.map((option) => shapeOf(option as z.ZodType))) as Record<
      string,
      z.ZodType
    >;
  }
  const inner = innerOf(schema);
  return inner ? shapeOf(inner) : {};
}

/** What a schema of an optional value, of one with a default or of a transformed one is made around. */
function innerOf(schema: z.ZodType | undefined): z.ZodType | undefined {
  if (schema instanceof z.ZodPipe) return schema.in as z.ZodType;
  return (schema?.def as { innerType?: z.ZodType } | undefined)?.innerType;
}
