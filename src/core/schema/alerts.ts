import { z } from 'zod';
import type { ComponentStatus } from '../vocabulary.ts';
import { IMPACTS } from '../vocabulary.ts';
import { componentStatus } from './event.ts';
import { durationOrNone, id, line } from './fields.ts';

/** Rules of `content/alerts.yml`: which alert of a monitor says what to customers. */

const patterns = z.union([line, z.array(line).min(1)], { error: 'text or a list of texts' });

/** Text in which `*` stands for anything, or a regular expression between slashes; one of several. */
function matching(what: string, example: string) {
  return patterns.optional().meta({ description: what, examples: [example] });
}

const matchSchema = z.strictObject({
  source: matching('The system that sends it: alertmanager, pagerduty.', 'alertmanager'),
  name: matching('The name of its rule or check.', 'Checkout*'),
  severity: matching('How bad the system says it is.', 'critical'),
  labels: z
    .record(z.string(), patterns)
    .optional()
    .describe('Its labels or tags, each by its key. A label that the alert does not have fits nothing.'),
});

/** What a component can have when something is wrong. */
const ALERT_STATUSES: readonly ComponentStatus[] = ['degraded_performance', 'partial_outage', 'major_outage'];

export const alertStatus = z
  .string()
  .meta({
    pattern: `^(${ALERT_STATUSES.join('|').replaceAll('_', '[ _]')})$`,
    patternErrorMessage: `Something that fails is one of ${ALERT_STATUSES.join(', ')}.`,
    examples: ['partial_outage'],
  })
  .pipe(componentStatus)
  .refine(
    (status) => ALERT_STATUSES.includes(status),
    `the status of something that fails: ${ALERT_STATUSES.join(', ')}`,
  );

/** A status for each severity that has one of its own. */
export const statusBySeverity = z
  .object({ else: alertStatus.describe('For every other severity, and for none.') })
  .catchall(alertStatus);

/** One of the two forms that a status may have; the reader tells them apart before it checks. */
const statusChoice = z.union([alertStatus, statusBySeverity]);

/** The component that a label of the alert names. */
export const labelSchema = z.strictObject({
  label: line.meta({
    description: 'The label of the alert whose value is the id, an alias or the name of a component.',
    examples: ['service'],
  }),
  status: z.unknown().meta({
    description: 'The status that it gets, or a status for each severity.',
    examples: ['partial_outage'],
  }),
});

export const alertRuleSchema = z.strictObject({
  name: id.meta({
    description: 'What the rule is called; incidents remember it, so it stays as it is.',
    examples: ['checkout-errors'],
  }),
  match: matchSchema.describe(
    'What an alert has to look like. All of it has to hold; of a list one. The first rule takes it.',
  ),
  then: z.enum(['publish', 'review', 'ignore']).meta({
    description: 'What becomes of it: published at once, a pull request, or nothing.',
    examples: ['publish'],
  }),
  title: line.optional().meta({
    description: 'What customers see: what does not work, for whom. Fixed words.',
    examples: ['Some customers cannot pay'],
  }),
  components: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('The components that it affects, each with its status; or the label that names one.'),
  areas: z.array(line).default([]).describe('Regions or kinds of customers that are affected.'),
  impact: z.enum(IMPACTS).optional().describe('Left out, it follows the worst component status.'),
  template: id.default('alert').describe('The template that speaks first.'),
  more: id.default('alert-more').describe('The template that speaks when another component joins.'),
  back: id.default('alert-back').describe('The template that speaks when it comes back after it was over.'),
  over: id.default('alert-over').describe('The template that speaks when the last of its alerts has ended.'),
  set: z
    .record(
      z.string(),
      z
        .string()
        .trim()
        .min(1, 'some text')
        .refine((text) => text !== '…', 'the words that stand there'),
    )
    .default({})
    .describe('What the blanks of these templates say.'),
  next: durationOrNone
    .optional()
    .describe('How soon the next update is promised; left out by the page’s rhythm; none for no promise.'),
  wait: durationOrNone.default(null).describe('How long it has to last before anybody is told; left out, not at all.'),
  clear: z
    .enum(['publish', 'review', 'nothing'])
    .optional()
    .describe('What becomes of the end: published, a pull request, or nothing. Left out, as “then”.'),
  reopen: durationOrNone
    .default(60 * 60_000)
    .describe('Coming back so soon after its end opens the same incident again; none for a new one each time.'),
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
