import { z } from 'zod';
import { day, id, line } from './fields.ts';

/** An entry of `content/components.yml` that is a component. `zone` is the site's. */
export function componentSchema(zone: string) {
  return z.strictObject({
    /** Stands in incidents and addresses; never changes. */
    id,
    /** What customers call it. */
    name: line,
    /** What it does for customers, in a few words. */
    description: line.optional(),
    /** Uptime is counted from this day; before it there is no data. */
    since: day(zone).optional(),
    /** Percent of time without outage that you promise. */
    sla: z
      .string()
      .regex(/^(100(\.0+)?|\d{1,2}(\.\d+)?)$/, 'a percentage such as `99.9`')
      .transform(Number)
      .optional(),
    /** Who answers for it: `@acme/payments`. */
    owner: line.optional(),
    /** Names that older incidents use; their old addresses keep working. */
    aliases: z.array(id).default([]),
    /** From this day on it is no longer offered. */
    retired: day(zone).optional(),
  });
}

/** An entry of `content/components.yml` that is a group. */
export const groupSchema = z.strictObject({
  /** What customers call it. */
  group: line,
  /** By default made from its path of names. */
  id: id.optional(),
  /** Components or groups, in the order of the page. */
  components: z.array(z.unknown()),
});
