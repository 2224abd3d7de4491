import { parse, stringify } from 'yaml';
import type { JsonSchema } from '../../src/core/schema/json-schema.ts';
import { jsonSchemas } from '../../src/core/schema/json-schema.ts';
import { siteSchema } from '../../src/core/schema/site.ts';

const HEAD =
  'The settings of the page. Most can be left out: lines such as “# locale: en” show the default, or an example where there is none. To change one, delete “# ” before it.';
const WIDTH = 100;

/**
 * A `site.yml` with every setting there is, each below what it says. Settings that the text lacks are comments.
 * @param text a `site.yml`
 */
export function explainSettings(text: string): string {
  const said = parse(text, { schema: 'failsafe' }) as Readonly<Record<string, string>>;
  const defaults: Readonly<Record<string, unknown>> = siteSchema.parse({
    name: 'Acme',
    url: 'https://status.acme.example',
  });
  const settings = Object.entries(propertiesOf(jsonSchemas().site)).map(([key, schema]) => {
    const own = said[key];
    const usual = written(schema, defaults[key]);
    const known = siteSchema.shape[key as keyof typeof siteSchema.shape].meta()?.['examples'] as unknown[] | undefined;
    const example = known?.[0] ?? exampleOf(schema);
    const value = own ?? (isEmpty(usual) ? example : usual);
    const lines = settingLines(key, schema, value);
    return [...commented(schema.description ?? ''), ...(own === undefined ? lines.map((line) => `# ${line}`) : lines)];
  });
  return `${[commented(HEAD), ...settings].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function propertiesOf({ properties = {} }: JsonSchema): Readonly<Record<string, JsonSchema>> {
  return properties as Readonly<Record<string, JsonSchema>>;
}

/** Settings with settings in them get a line for each. */
function settingLines(key: string, schema: JsonSchema, value: unknown): string[] {
  const inside = Object.entries(propertiesOf(schema));
  if (inside.length === 0 || value === undefined) return [`${key}: ${inline(value)}`.trimEnd()];
  const values = value as Readonly<Record<string, unknown>>;
  return [
    `${key}:`,
    ...inside.flatMap(([name, { description = '' }]) => {
      const line = `  ${name}: ${inline(values[name])}`;
      const beside = `${line} # ${description}`;
      if (description === '') return [line];
      return beside.length < WIDTH ? [beside] : [...commented(description).map((text) => `  ${text}`), line];
    }),
  ];
}

function inline(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value !== 'object') return stringify(value, { lineWidth: 0 }).trim();
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0 })
    .trim()
    .replace(/\[ (.*?) \]/g, '[$1]');
}

/** A value as it is written in the file: the schema turns durations into milliseconds. */
function written(schema: JsonSchema, value: unknown): unknown {
  const isDuration = schema.pattern?.includes('[mhd]');
  if (isDuration && value === null) return 'none';
  if (isDuration && typeof value === 'number') return durationText(value / 60_000);
  const inside = Object.entries(propertiesOf(schema));
  if (inside.length === 0 || typeof value !== 'object' || value === null) return value;
  const values = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(inside.map(([key, one]) => [key, written(one, values[key])]));
}

function durationText(minutes: number): string {
  if (minutes % 1440 === 0) return `${minutes / 1440}d`;
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}

/** Whether a default says nothing, as an empty list does. */
function isEmpty(value: unknown): boolean {
  return value === undefined || (typeof value === 'object' && value !== null && Object.values(value).every(isEmpty));
}

/** An example by the schema, for lists of one entry. */
function exampleOf(schema: JsonSchema): unknown {
  const [example] = schema.examples ?? [];
  if (example !== undefined || schema.const !== undefined) return example ?? schema.const;
  const [first = schema] = schema.oneOf ?? [];
  if (first !== schema) return exampleOf(first as JsonSchema);
  if (schema.pattern?.includes('[mhd]')) return '30m';
  if (schema.type === 'array') return [exampleOf(schema.items as JsonSchema)].filter((one) => one !== undefined);
  const inside = Object.entries(propertiesOf(schema));
  const wanted = inside.filter(([key]) => schema.required?.includes(key) ?? true);
  return inside.length === 0 ? undefined : Object.fromEntries(wanted.map(([key, one]) => [key, exampleOf(one)]));
}

/** A text as comments, broken between words. */
function commented(text: string): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last.length + word.length + '# '.length < WIDTH) lines.push(`${lines.pop()} ${word}`.trim());
    else lines.push(word);
  }
  return lines.map((line) => `# ${line}`);
}
