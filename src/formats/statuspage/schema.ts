import { z } from 'zod';
import { COMPONENT_STATUSES, IMPACTS, INCIDENT_STATUSES, INDICATORS } from '../../core/vocabulary.ts';
import type { DocumentName } from './documents.ts';

/**
 * A schema of Statuspage's API v2, for tests of our documents and for authors of clients. Comments say which captured
 * body needs more than we write.
 */

const id = z.string().regex(/^[a-z0-9]{12}$/);
const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)$/);
const address = z.string().regex(/^https?:\/\/[^\s]+$/);
const status = z.enum(COMPONENT_STATUSES);

const page = z
  .strictObject({
    id,
    name: z.string().min(1),
    url: address,
    time_zone: z.string().min(1),
    updated_at: time,
  })
  .meta({ id: 'Page' });

const component = z
  .strictObject({
    id,
    name: z.string().min(1),
    status,
    created_at: time,
    updated_at: time,
    position: z.int().min(1),
    description: z.string().nullable(),
    showcase: z.boolean(),
    // Left out in HTX's components of early 2020, before Statuspage had it.
    start_date: z.iso.date().nullable().optional(),
    group_id: id.nullable(),
    page_id: id,
    group: z.boolean(),
    only_show_if_degraded: z.boolean(),
    components: z.array(id).min(1).optional(),
  })
  .meta({ id: 'Component' });

const affected = z
  .strictObject({ code: id, name: z.string().min(1), old_status: status, new_status: status })
  .meta({ id: 'AffectedComponent' });

function update(statuses: readonly string[]) {
  return z.strictObject({
    id,
    status: z.enum(statuses),
    body: z.string(),
    incident_id: id,
    created_at: time,
    updated_at: time,
    display_at: time,
    // Null in GitHub's updates that change no component; ours hold a list always.
    affected_components: z.array(affected).nullable(),
    deliver_notifications: z.boolean(),
    custom_tweet: z.string().nullable(),
    tweet_id: z.union([z.string(), z.int()]).nullable(),
  });
}

function event(statuses: readonly string[]) {
  return {
    id,
    name: z.string().min(1),
    status: z.enum(statuses),
    created_at: time,
    updated_at: time,
    monitoring_at: time.nullable(),
    resolved_at: time.nullable(),
    impact: z.enum([...IMPACTS, 'maintenance']),
    shortlink: address,
    started_at: time,
    page_id: id,
    incident_updates: z.array(update(statuses)).min(1),
    components: z.array(component),
    // In GitHub's incidents of 2024; it is no part of what Statuspage documents, and we have none.
    reminder_intervals: z.unknown().optional(),
  };
}

const incident = z.strictObject(event([...INCIDENT_STATUSES, 'postmortem'])).meta({ id: 'Incident' });
const maintenance = z
  .strictObject({
    ...event(['scheduled', 'in_progress', 'verifying', 'completed']),
    scheduled_for: time,
    scheduled_until: time,
  })
  .meta({ id: 'ScheduledMaintenance' });

const rollup = z
  .strictObject({
    indicator: z.enum(INDICATORS),
    // Not a list of words: HTX's body says "all systems operational".
    description: z.string().min(1),
  })
  .meta({ id: 'Rollup' });

const components = { components: z.array(component) };
const incidents = { incidents: z.array(incident) };
const maintenances = { scheduled_maintenances: z.array(maintenance) };

/** Every document by its name. */
export const statuspageSchema = z.strictObject({
  summary: z.strictObject({ page, ...components, ...incidents, ...maintenances, status: rollup }),
  status: z.strictObject({ page, status: rollup }),
  components: z.strictObject({ page, ...components }),
  incidents: z.strictObject({ page, ...incidents }),
  'incidents/unresolved': z.strictObject({ page, ...incidents }),
  'scheduled-maintenances': z.strictObject({ page, ...maintenances }),
  'scheduled-maintenances/upcoming': z.strictObject({ page, ...maintenances }),
  'scheduled-maintenances/active': z.strictObject({ page, ...maintenances }),
} satisfies Record<DocumentName, z.ZodType>);

/** The same as a JSON Schema of draft 2020-12: a property for each document, by its path below `/api/v2/`. */
export function statuspageJsonSchema(): z.core.JSONSchema.JSONSchema {
  return z.toJSONSchema(statuspageSchema, { reused: 'ref' });
}
