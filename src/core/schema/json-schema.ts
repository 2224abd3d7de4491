import { z } from 'zod';
import type { Catalog } from '../catalogs.ts';
import { formOf } from '../catalogs.ts';
import { componentsIn, EVERYTHING, groupsById } from '../groups.ts';
import type { ComponentNode } from '../model.ts';
import { alertsSchema } from './alerts.ts';
import { announcementSchema } from './announcement.ts';
import { componentSchema, groupSchema } from './component.ts';
import { incidentSchema, maintenanceSchema } from './event.ts';
import { pageSchema } from './page.ts';
import { siteSchema } from './site.ts';

/** A JSON Schema of draft 7, which editors support. */
export type JsonSchema = z.core.JSONSchema.JSONSchema;

export type SchemaName = 'site' | 'components' | 'alerts' | 'incident' | 'maintenance' | 'announcement' | 'page';

/**
 * JSON Schemas of all YAML in `content/`, for completion and checks in editors. They are derived from our own schemas.
 * @param tree its components and groups are suggested in incidents and maintenance
 */
export function jsonSchemas(tree: readonly ComponentNode[] = []): Record<SchemaName, JsonSchema> {
  const components = namesIn(tree);
  return {
    site: jsonSchema(siteSchema),
    components: jsonSchema(listSchema()),
    alerts: jsonSchema(alertsSchema),
    incident: withComponents(jsonSchema(incidentSchema({ zone: 'UTC' })), components, false),
    maintenance: withComponents(jsonSchema(maintenanceSchema({ zone: 'UTC' })), components, true),
    announcement: withComponents(jsonSchema(announcementSchema({ zone: 'UTC' })), components, true),
    page: jsonSchema(pageSchema),
  };
}

const FORMS = ['zero', 'one', 'two', 'few', 'many', 'other'];

/**
 * A JSON Schema of the owner's words of the page, for editors: every key with its English text. It allows all plural forms,
 * because they depend on the language.
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
      // A ticket can be 4211: we read unquoted numbers as text.
      if (jsonSchema.type === 'string' && !jsonSchema.enum) Object.assign(jsonSchema, { type: ['string', 'number'] });
      // Editors read an unquoted true as a boolean, we read it as text.
      if (jsonSchema.const === 'true') Object.assign(jsonSchema, { type: 'boolean', const: true });
      // The pattern is for the text, but editors see a number.
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

interface Suggested {
  id: string;
  name: string;
}

/** The components of a page that are not retired, its groups, and `all`. */
function namesIn(tree: readonly ComponentNode[]): Suggested[] {
  const components = tree.flatMap(componentsIn).filter(({ retired }) => retired === undefined);
  const groups = [...groupsById(tree).values()].map(({ id, name }) => ({ id, name: `All of ${name}` }));
  return components.length > 0 ? [...components, ...groups, { id: EVERYTHING, name: 'Everything' }] : [];
}

/** Suggests the ids of components. Others are valid too, because the schema can be older than a component. */
function withComponents(schema: JsonSchema, components: readonly Suggested[], listed: boolean): JsonSchema {
  const { description, default: preset, ...statuses } = schema.properties?.['components'] as JsonSchema;
  const list = { type: 'array', items: { type: ['string', 'number'], examples: components.map(({ id }) => id) } };
  const status = statuses.additionalProperties as JsonSchema | undefined;
  const offered = components.map(({ id, name }) => [id, { ...status, description: name }] as const);
  const map = status && { ...statuses, properties: Object.fromEntries(offered) };
  const either = map && listed ? { anyOf: [list, map] } : (map ?? list);
  return {
    ...schema,
    properties: { ...schema.properties, components: { description, default: preset, ...either } },
  } as JsonSchema;
}
