import { z } from 'zod';
import { COMPONENT_STATUSES, IMPACTS } from '../vocabulary.ts';
import { line, time } from './fields.ts';

/** `partial_outage`; spaces do as well as underscores. */
export const componentStatus = z
  .string()
  .transform((text) => text.trim().toLowerCase().replaceAll(' ', '_'))
  .pipe(z.enum(COMPONENT_STATUSES));

const statuses = z.record(z.string(), componentStatus);

function eventFields() {
  return {
    /** What customers see: what does not work, for whom. */
    title: line,
    /** Left out, it follows the worst component status the event ever had. */
    impact: z.enum(IMPACTS).optional(),
    /** Regions or kinds of customers that are affected. */
    areas: z.array(line).default([]),
    /** Your ticket. */
    reference: line.optional(),
  };
}

/** Front matter of an incident. `zone` is the site's. */
export function incidentSchema(zone: string) {
  return z.strictObject({
    ...eventFields(),
    /** Statuses of the components at the start: `checkout: partial_outage`. */
    components: statuses.default({}),
    /** When customers were first affected; by default the first update. */
    started: time(zone).optional(),
  });
}

/** Front matter of a maintenance. `zone` is the site's. */
export function maintenanceSchema(zone: string) {
  return z.strictObject({
    ...eventFields(),
    /** A list of components, each under maintenance while it runs, or a map to say otherwise. */
    components: z.preprocess(listed, statuses).default({}),
    /** When it starts. */
    scheduled: time(zone),
    /** When it will have ended. */
    until: time(zone),
  });
}

/** A list of ids as the map that it stands for. */
function listed(value: unknown): unknown {
  if (!Array.isArray(value) || !value.every((id) => typeof id === 'string')) return value;
  return Object.fromEntries(value.map((id: string) => [id, 'under_maintenance']));
}
