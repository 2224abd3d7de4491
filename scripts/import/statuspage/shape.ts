import { z } from 'zod';
import type { SourcePlace } from '../model.ts';

/** A value, and where in the source it stands. */
export interface Located<T> {
  value: T;
  place: SourcePlace;
}

/** A JSON document, or a line of a JSONL file. */
export type Document = Located<unknown>;

/**
 * What Statuspage's API v2 gives, as far as it is read. Everything but what an incident cannot do without may be
 * null or missing; unknown keys pass. The second names in some comments are those of feeds saved as JSON lines.
 */

const text = z.string().nullish();
const list = z.array(z.unknown()).nullish();

export const pageSchema = z.object({
  name: text,
  url: text,
  /** An IANA name, `Etc/UTC`. */
  time_zone: text,
  updated_at: text,
});

export const componentSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: text,
  /** A day: uptime is counted from it. */
  start_date: text,
  position: z.number().nullish(),
  group_id: text,
  group: z.boolean().nullish(),
  only_show_if_degraded: z.boolean().nullish(),
});

export const affectedSchema = z.object({ code: text, name: text, new_status: text });

/** A component as an incident names it: an object, or its bare name. */
export const namedSchema = z.union([
  z.object({ id: text, name: text }),
  z.string().transform((name) => ({ id: undefined, name })),
]);

export const updateSchema = z.object({
  status: text,
  body: text,
  /** `body` in saved feeds. */
  message: text,
  display_at: text,
  created_at: text,
  updated_at: text,
  /** `display_at` in saved feeds. */
  at: text,
  affected_components: list,
});

export const eventSchema = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  name: text,
  /** Its own address, in saved feeds. */
  url: text,
  /** `name` in saved feeds. */
  title: text,
  status: text,
  impact: text,
  started_at: text,
  created_at: text,
  updated_at: text,
  resolved_at: text,
  scheduled_for: text,
  scheduled_until: text,
  incident_updates: list,
  /** `incident_updates` in saved feeds. */
  updates: list,
  components: list,
});

export type RawPage = z.output<typeof pageSchema>;
export type RawComponent = z.output<typeof componentSchema>;
export type RawUpdate = z.output<typeof updateSchema>;
export type RawEvent = z.output<typeof eventSchema>;
export type RawNamed = z.output<typeof namedSchema>;

/** Why a value does not have a shape, in one line. */
export function problemOf(error: z.ZodError): string {
  const [issue] = error.issues;
  if (!issue) return 'It does not have the shape of API v2.';
  const path = issue.path.join('.');
  return `${path ? `“${path}”` : 'It'} is not what API v2 has there: ${issue.message}.`;
}
