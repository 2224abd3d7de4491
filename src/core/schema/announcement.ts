import { z } from 'zod';
import type { TimeContext } from './fields.ts';
import { line, time } from './fields.ts';

const title = line.meta({
  description: 'What customers should know.',
  examples: ['We switch off TLS 1.1 on 12 March'],
});

/** Front matter of an announcement. */
export function announcementSchema(against: TimeContext) {
  return z.strictObject({
    title,
    from: time(against).describe('When it is published. Before that, nothing shows it.'),
    until: time(against)
      .optional()
      .describe('Until when the home page shows it. Defaults to 14 days. Its own page and the history keep it.'),
    pinned: z
      .enum(['true', 'false'])
      .meta({ type: 'boolean', enum: [true, false] })
      .transform((value) => value === 'true')
      .default(false)
      .describe('Whether the home page shows it directly below the status.'),
    components: z
      .array(line)
      .default([])
      .describe(
        'The components or groups that it is about. Those who follow them get it. Their status stays as it is.',
      ),
    areas: z.array(line).default([]).describe('Regions or groups of customers that it is about.'),
  });
}

/** Front matter of a translation of one. */
export const announcementTranslationSchema = z.strictObject({ title: title.optional() });
