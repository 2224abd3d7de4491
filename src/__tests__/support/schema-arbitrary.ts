import fc from 'fast-check';
import { z } from 'zod';

/** Values as they are written in YAML, by where they stand: in place of those made from the schema. */
export type Own = (path: string) => fc.Arbitrary<unknown> | undefined;

/** Written texts at the edges of what may stand in most fields. */
const TEXTS = [
  '0', '-0', '1e400', 'NaN', 'Infinity', 'null', 'true', '~', 'constructor', '__proto__', 'toString', 'hasOwnProperty', 'a', 'A'.repeat(5000), '𝒜'.repeat(300), '\u202Eabc', 'é'.repeat(200), '{{a}}', '%', '%s', '${a}', "'", '"', '`', '#', '- a', '!!js/function', '<b>', '&amp;', ']]>', '::error::a', '2026-11-20', '10:30', '日本語', 'mailto:a@b.example', 'https://a.example/', 'https://a.example:65535/x?y#z', 'https://[::1]/', 'none', '365', '1', '/logo.svg', '#000000', 'UTC', 'Pacific/Apia', 'en',
]; // prettier-ignore
const DURATIONS = ['1m', '59m', '24h', '87600h', '5256000m', '3650d', 'none'];
const TIMES = [
  '1990-01-01 00:00 UTC', '1999-12-31 23:59:59 UTC', '2000-02-29 12:00 +14:00', '2024-02-29 00:00 -12:00', '2026-03-29 02:30 +01:00', '2026-11-20 09:20 UTC', '2026-11-20T11:59:59Z', '2026-11-20 12:00 UTC', '2026-11-21 10:00 UTC', '2027-01-18 00:00 UTC', '2199-12-31 23:59:59 UTC',
]; // prettier-ignore
const DAYS = ['1990-01-01', '2000-02-29', '2011-12-30', '2026-03-29', '2026-11-20', '2026-11-21', '2199-12-31'];

/** What stands in a text that has no form of its own, or any of a form, if a schema takes it. */
const EDGES = [...TEXTS, ...DURATIONS, ...TIMES, ...DAYS];

/** What a schema accepts, as it is written: of every field the extremes of its form, and now and then nothing. */
export function written(schema: z.ZodType, own: Own = () => undefined, path = ''): fc.Arbitrary<unknown> {
  const given = own(path);
  if (given) return given;
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional) {
    return fc.option(written(schema.unwrap() as z.ZodType, own, path), { nil: undefined });
  }
  if (schema instanceof z.ZodPipe) {
    const inner = (schema.in instanceof z.ZodTransform ? schema.out : schema.in) as z.ZodType;
    return accepted(schema, written(inner, own, path));
  }
  if (schema instanceof z.ZodObject) {
    const shape = Object.entries(schema.shape as Record<string, z.ZodType>);
    const fields = shape.map(([key, field]) => [key, written(field, own, `${path}.${key}`)] as const);
    return fc.record(Object.fromEntries(fields)).map(withoutNothing);
  }
  if (schema instanceof z.ZodArray) {
    return fc.array(written(schema.element as z.ZodType, own, `${path}[]`), { minLength: 1, maxLength: 3 });
  }
  if (schema instanceof z.ZodRecord) {
    const value = written(schema.valueType as z.ZodType, own, `${path}{}`);
    return fc.dictionary(fc.constantFrom('a', 'constructor', 'x-1'), value, { noNullPrototype: true });
  }
  if (schema instanceof z.ZodUnion) {
    return fc.oneof(...schema.options.map((option) => written(option as z.ZodType, own, path)));
  }
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodLiteral) return fc.constant(schema.value);
  if (schema instanceof z.ZodString) return accepted(schema, text(schema));
  return fc.constantFrom(...TEXTS);
}

/** The edges that a text's own rules let through, its examples, and texts of its form. */
function text(schema: z.ZodType): fc.Arbitrary<string> {
  const edges = EDGES.filter((edge) => schema.safeParse(edge).success);
  const { pattern, examples = [] } = z.toJSONSchema(schema, { io: 'input' });
  const ofForm = pattern === undefined ? [] : [fc.stringMatching(new RegExp(pattern), { maxLength: 60 })];
  const known = [...edges, ...(examples as string[])];
  return fc.oneof(...(known.length > 0 ? [fc.constantFrom(...known)] : []), ...ofForm);
}

/** @throws when hardly anything is accepted: then the edges lack something of the form */
function accepted(schema: z.ZodType, values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return values.filter((value) => value === undefined || schema.safeParse(value).success);
}

function withoutNothing(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
