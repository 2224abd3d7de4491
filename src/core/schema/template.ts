import { z } from 'zod';
import { line } from './fields.ts';

/** What a template may be for. */
const TEMPLATE_KINDS = ['incident', 'maintenance', 'both'] as const;
export type TemplateKind = (typeof TEMPLATE_KINDS)[number];

/** Front matter of a prepared message, `content/templates/NAME.md`. Unknown keys are refused. */
export const templateSchema = z.strictObject({
  for: z
    .enum(TEMPLATE_KINDS)
    .meta({ description: 'What the template is for: incident, maintenance, or both.', examples: ['incident'] }),
  status: line.meta({
    description: 'The status of the update, as in incidents and maintenance.',
    examples: ['investigating'],
  }),
  title: line.optional().describe('The name that the commands show. Defaults to the file name.'),
  blanks: z
    .record(z.string(), z.unknown())
    .default({})
    .describe('The question for each blank in the text, or a set of keys that includes it.'),
});

const usual = line.optional().describe('The default text of the blank for this status.');

/** A blank with more than a question. */
export const blankSchema = z.strictObject({
  ask: line.optional().describe('The question to ask.'),
  example: line.optional().describe('An example answer.'),
  investigating: usual,
  identified: usual,
  monitoring: usual,
  scheduled: usual,
  in_progress: usual,
  verifying: usual,
});
