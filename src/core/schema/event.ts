import { z } from 'zod';
import { COMPONENT_STATUSES, IMPACTS } from '../vocabulary.ts';
import type { TimeContext } from './fields.ts';
import { line, occurrenceChange, recurrence, time } from './fields.ts';

/** `partial_outage`; spaces do as well as underscores. */
export const componentStatus = z
  .string()
  .meta({
    pattern: `^(${COMPONENT_STATUSES.join('|').replaceAll('_', '[ _]')})$`,
    patternErrorMessage: `The status of a component is one of ${COMPONENT_STATUSES.join(', ')}.`,
    examples: [...COMPONENT_STATUSES],
  })
  .transform((text) => text.trim().toLowerCase().replaceAll(' ', '_'))
  .pipe(z.enum(COMPONENT_STATUSES));

const statuses = z.record(z.string(), componentStatus);

function eventFields() {
  return {
    title: line.meta({
      description: 'What customers see: what does not work, for whom.',
      examples: ['Some customers cannot pay'],
    }),
    impact: z.enum(IMPACTS).optional().describe('Left out, it follows the worst component status the event ever had.'),
    areas: z.array(line).default([]).describe('Regions or kinds of customers that are affected.'),
    reference: line.optional().describe('Your ticket.'),
  };
}

/** Front matter of an incident. */
export function incidentSchema(against: TimeContext) {
  return z.strictObject({
    ...eventFields(),
    components: statuses.default({}).describe('Statuses of the components at the start.'),
    started: time(against).optional().describe('When customers were first affected; by default the first update.'),
  });
}

/** Front matter of a maintenance. */
export function maintenanceSchema(against: TimeContext) {
  return z.strictObject({
    ...eventFields(),
    components: z
      .preprocess(listed, statuses)
      .default({})
      .describe('A list of components, each under maintenance while it runs, or a map to say otherwise.'),
    scheduled: time(against).describe('When it starts.'),
    until: time(against).describe('When it ends.'),
    announced: time(against).optional().describe('When it was made public; by default the first update.'),
    repeat: recurrence.optional().describe('How it recurs, counted from `scheduled`.'),
    except: z
      .record(z.string(), occurrenceChange(against))
      .default({})
      .describe('Days on which it is cancelled or starts at another time: `2026-12-15: cancelled`.'),
  });
}

/** A list of ids as the map that it stands for. */
function listed(value: unknown): unknown {
  if (!Array.isArray(value) || !value.every((id) => typeof id === 'string')) return value;
  return Object.fromEntries(value.map((id: string) => [id, 'under_maintenance']));
}
