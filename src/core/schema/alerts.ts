import { millisecondsInHour } from 'date-fns/constants';
import { z } from 'zod';
import type { ComponentStatus } from '../vocabulary.ts';
import { IMPACTS } from '../vocabulary.ts';
import { componentStatus } from './event.ts';
import { durationOrNone, id, line, localizedLine } from './fields.ts';

/** Schema of `content/alerts.yml`: which alerts publish what. */

const patterns = z.union([line, z.array(line).min(1)], { error: 'text or a list of texts' });

/** Text in which `*` stands for anything, or a regular expression between slashes; one of several. */
function matching(what: string, example: string) {
  return patterns.optional().meta({ description: what, examples: [example] });
}

const matchSchema = z.strictObject({
  source: matching('The system that sends it: alertmanager, pagerduty.', 'alertmanager'),
  name: matching('The name of its rule or check.', 'Checkout*'),
  severity: matching('The severity that the system reports.', 'critical'),
  labels: z
    .record(z.string(), patterns)
    .optional()
    .describe('Its labels or tags, by key. A label that the alert does not have never matches.'),
});

/** The statuses of a component with a problem. */
const ALERT_STATUSES: readonly ComponentStatus[] = ['degraded_performance', 'partial_outage', 'major_outage'];

export const alertStatus = z
  .string()
  .meta({
    pattern: `^(${ALERT_STATUSES.join('|').replaceAll('_', '[ _]')})$`,
    patternErrorMessage: `The status of a failing component must be one of ${ALERT_STATUSES.join(', ')}.`,
    examples: ['partial_outage'],
  })
  .pipe(componentStatus)
  .refine((status) => ALERT_STATUSES.includes(status), `a status of a failing component: ${ALERT_STATUSES.join(', ')}`);

/** A status for each severity that has one of its own. */
export const statusBySeverity = z
  .object({ else: alertStatus.describe('For any other severity, or none.') })
  .catchall(alertStatus);

/** The two forms of a status. The reader decides which one to check. */
const statusChoice = z.union([alertStatus, statusBySeverity]);

/** The component that a label of the alert names. */
export const labelSchema = z.strictObject({
  label: line.meta({
    description: 'The label of the alert whose value is the id, an alias or the name of a component.',
    examples: ['service'],
  }),
  status: z.unknown().meta({
    description: 'The status that the component gets, or a status for each severity.',
    examples: ['partial_outage'],
  }),
});

export const alertRuleSchema = z.strictObject({
  name: id.meta({
    description: 'The name of the rule. Incidents refer to it, so don’t change it.',
    examples: ['checkout-errors'],
  }),
  match: matchSchema.describe(
    'The alerts that this rule handles. Every key must match; in a list, one value is enough. The first matching rule is used.',
  ),
  then: z.enum(['publish', 'review', 'ignore']).meta({
    description: 'What to do with the alert: publish it immediately, open a pull request, or ignore it.',
    examples: ['publish'],
  }),
  title: localizedLine.optional().meta({
    description:
      'What doesn’t work, and for whom; a text or one for each language. The title is the same for every alert.',
    examples: ['Some customers cannot pay'],
  }),
  components: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('The affected components or groups, each with its status, or the label that names one.'),
  areas: z.array(line).default([]).describe('Affected regions or groups of customers.'),
  impact: z.enum(IMPACTS).optional().describe('Defaults to the worst component status.'),
  template: id.default('alert').describe('The template for the first update.'),
  more: id.default('alert-more').describe('The template for when another component is affected.'),
  back: id.default('alert-back').describe('The template for when the problem comes back.'),
  over: id.default('alert-over').describe('The template for when the last alert has ended.'),
  set: z
    .record(
      z.string(),
      z
        .string()
        .trim()
        .min(1, 'some text')
        .refine((text) => text !== '…', 'the text for the blank'),
    )
    .default({})
    .describe('The text for the blanks of these templates.'),
  next: durationOrNone
    .optional()
    .describe('Time until the next update. Defaults to the update interval of the page; none for no promise.'),
  wait: durationOrNone
    .default(null)
    .describe('How long the alert must last before an update is published. Defaults to no wait.'),
  clear: z
    .enum(['publish', 'review', 'nothing'])
    .optional()
    .describe(
      'What to do when the alert ends: publish it, open a pull request, or ignore it. Defaults to the value of “then”.',
    ),
  reopen: durationOrNone
    .default(millisecondsInHour)
    .describe('How soon after its end a new alert reopens the same incident; none for a new incident each time.'),
});

export type WrittenAlertRule = z.output<typeof alertRuleSchema>;

/** `alerts.yml` as a whole, for editors. */
export const alertsSchema = z.array(
  alertRuleSchema.extend({
    components: z
      .union([labelSchema.extend({ status: statusChoice }), z.record(z.string(), statusChoice)])
      .optional()
      .describe(alertRuleSchema.shape.components.meta()?.description ?? ''),
  }),
);
