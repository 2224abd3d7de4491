import { z } from 'zod';
import type { Catalog } from '../catalogs.ts';
import { formOf } from '../catalogs.ts';
import type { Component } from '../model.ts';
import { alertsSchema } from './alerts.ts';
import { componentSchema, groupSchema } from './component.ts';
import { incidentSchema, maintenanceSchema } from './event.ts';
import { siteSchema } from './site.ts';

/** A JSON Schema of draft 7, which is the one that editors know. */
export type JsonSchema = z.core.JSONSchema.JSONSchema;

/** What there is a JSON Schema for. */
export type SchemaName = 'site' | 'components' | 'alerts' | 'incident' | 'maintenance';

/**
 * JSON Schemas of all that stands in `content/` as YAML, for editors that complete and check what is written.
 * They are made from the schemas that read it.
 * @param components offered by name where an incident or a maintenance names some
 */
export function jsonSchemas(components: readonly Component[] = []): Record<SchemaName, JsonSchema> {
  return {
    site: jsonSchema(siteSchema),
    components: jsonSchema(listSchema()),
    alerts: jsonSchema(alertsSchema),
    incident: withComponents(jsonSchema(incidentSchema({ zone: 'UTC' })), components, false),
    maintenance: withComponents(jsonSchema(maintenanceSchema({ zone: 'UTC' })), components, true),
  };
}

const FORMS = ['zero', 'one', 'two', 'few', 'many', 'other'];

/**
 * A JSON Schema of the owner's words of the page, for editors: every key with its English text. Which plural forms there
 * are depends on the language, so it takes them all.
 */
export function wordsSchema(english: Catalog): JsonSchema {
  const texts = Object.entries(english).flatMap(([key, description]) => {
    const { stem, form } = formOf(key, english) ?? {};
    const keys = form === 'other' ? FORMS.map((one) => `${stem}.${one}`) : [key];
    return keys.map((one) => [one, { type: 'string', minLength: 1, description }] as const);
  });
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    properties: { $schema: { type: 'string' }, ...Object.fromEntries(texts) },
    additionalProperties: false,
  };
}

function jsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    override: ({ jsonSchema }) => {
      // A ticket may be 4211: all that is not quoted reads as text.
      if (jsonSchema.type === 'string' && !jsonSchema.enum) Object.assign(jsonSchema, { type: ['string', 'number'] });
      // Unquoted, YAML editors read it as a boolean; here all values are read as text.
      if (jsonSchema.const === 'true') Object.assign(jsonSchema, { type: 'boolean', const: true });
      // Meant for the text; editors see the number.
      if (jsonSchema.type === 'number' || jsonSchema.type === 'integer') delete jsonSchema.pattern;
    },
  });
}

/** `components.yml` as a whole: groups hold components and groups. */
function listSchema(): z.ZodType {
  const group: z.ZodType = groupSchema.extend({
    get components() {
      return list.meta(groupSchema.shape.components.meta() ?? {});
    },
  });
  const list = z.array(z.union([componentSchema('UTC'), group]));
  return list;
}

/** Offers the ids of components. Others pass, since a component may be newer than what the editor has read. */
function withComponents(schema: JsonSchema, components: readonly Component[], listed: boolean): JsonSchema {
  const { description, default: preset, ...statuses } = schema.properties?.['components'] as JsonSchema;
  const status = statuses.additionalProperties as JsonSchema;
  const offered = components.map(({ id, name }) => [id, { ...status, description: name }] as const);
  const map = { ...statuses, properties: Object.fromEntries(offered) };
  const list = { type: 'array', items: { type: ['string', 'number'], examples: components.map(({ id }) => id) } };
  const either = listed ? { anyOf: [list, map] } : map;
  return {
    ...schema,
    properties: { ...schema.properties, components: { description, default: preset, ...either } },
  } as JsonSchema;
}
