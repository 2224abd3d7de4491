import { z } from 'zod';
import { COMPONENT_STATUSES, IMPACTS } from '../vocabulary.ts';
import type { TimeContext } from './fields.ts';
import { line, occurrenceChange, recurrence, reminders, time } from './fields.ts';

/** `partial_outage`, or `partial outage`. */
export const componentStatus = z
  .string()
  .meta({
    pattern: `^(${COMPONENT_STATUSES.join('|').replaceAll('_', '[ _]')})$`,
    patternErrorMessage: `The status of a component must be one of ${COMPONENT_STATUSES.join(', ')}.`,
    examples: [...COMPONENT_STATUSES],
  })
  .transform((text) => text.trim().toLowerCase().replaceAll(' ', '_'))
  .pipe(z.enum(COMPONENT_STATUSES));

const statuses = z.record(z.string(), componentStatus);

/** A path, or the name of a file. */
const alias = line
  .regex(/^\/?[\w~][\w.~-]*(\/[\w~][\w.~-]*)*\/?$/, 'a path such as /incidents/3kx1kz9y9y9q, or an earlier file name')
  .max(200, 'at most 200 characters');

function eventFields() {
  return {
    title: line.meta({
      description: 'What doesn’t work, and for whom.',
      examples: ['Some customers cannot pay'],
    }),
    impact: z.enum(IMPACTS).optional().describe('Defaults to the worst component status during the event.'),
    areas: z.array(line).default([]).describe('Affected regions or groups of customers.'),
    reference: line.optional().describe('Your ticket.'),
    aliases: z
      .array(alias)
      .default([])
      .describe('Earlier addresses below this site, or earlier file names. They lead to its page.'),
  };
}

/** Front matter of an incident. */
export function incidentSchema(against: TimeContext) {
  return z.strictObject({
    ...eventFields(),
    components: statuses.default({}).describe('The statuses at the start, of components, groups, or all.'),
    started: time(against)
      .optional()
      .describe('When customers were first affected. Defaults to the time of the first update.'),
  });
}

/** Front matter of a maintenance. */
export function maintenanceSchema(against: TimeContext) {
  return z.strictObject({
    ...eventFields(),
    components: z
      .preprocess(listed, statuses)
      .default({})
      .describe(
        'The components or groups under maintenance, or all; as a list, or as a map with another status for each.',
      ),
    scheduled: time(against).describe('When it starts.'),
    until: time(against).describe('When it ends.'),
    announced: time(against).optional().describe('When it was announced. Defaults to the time of the first update.'),
    remind: reminders
      .optional()
      .describe('How long before it starts subscribers are reminded. Defaults to `remind` in site.yml; [] for never.'),
    repeat: recurrence.optional().describe('How it repeats, starting from `scheduled`.'),
    except: z
      .record(z.string(), occurrenceChange(against))
      .default({})
      .describe('Days on which it is cancelled or starts at a different time: `2026-12-15: cancelled`.'),
  });
}

/** Front matter of a translation. */
export const translationSchema = z.strictObject({
  title: eventFields().title.optional(),
  areas: z.array(line).optional().describe('Affected regions or groups of customers, in this language.'),
});

/** Turns a list of ids into the map that it stands for. */
function listed(value: unknown): unknown {
  if (!Array.isArray(value) || !value.every((id) => typeof id === 'string')) return value;
  return Object.fromEntries(value.map((id: string) => [id, 'under_maintenance']));
}
