import { z } from 'zod';
import { line } from './fields.ts';

/** What a template may be for. */
export const TEMPLATE_KINDS = ['incident', 'maintenance', 'both'] as const;
export type TemplateKind = (typeof TEMPLATE_KINDS)[number];

/** Front matter of a prepared message, `content/templates/NAME.md`. Unknown keys are refused. */
export const templateSchema = z.strictObject({
  for: z
    .enum(TEMPLATE_KINDS)
    .meta({ description: 'What it is for: incident, maintenance, or both.', examples: ['incident'] }),
  status: line.meta({
    description: 'What the heading of the update will say, as in incidents and maintenance.',
    examples: ['investigating'],
  }),
  title: line.optional().describe('Its name where the commands offer it; left out, the name of the file.'),
  blanks: z
    .record(z.string(), z.unknown())
    .default({})
    .describe('For each blank of the text the question that asks for it, or a set of keys with it.'),
});

const usual = line.optional().describe('What the blank says while this is the status, if nothing else is given.');

/** A blank that has more to say than its question. */
export const blankSchema = z.strictObject({
  ask: line.optional().describe('The question that asks for it.'),
  example: line.optional().describe('What somebody might answer.'),
  investigating: usual,
  identified: usual,
  monitoring: usual,
  scheduled: usual,
  in_progress: usual,
  verifying: usual,
});
