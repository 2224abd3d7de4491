import { z } from 'zod';
import { day, id, line, localizedLine } from './fields.ts';

/** An entry of `content/components.yml` that is a component. `zone` is the site's. */
export function componentSchema(zone: string) {
  return z.strictObject({
    id: id.meta({ description: 'Used in incidents and URLs. Don’t change it.', examples: ['checkout'] }),
    name: localizedLine.meta({
      description: 'The name that customers know, or one for each language of the page.',
      examples: ['Checkout', { de: 'Kasse', en: 'Checkout' }],
    }),
    description: localizedLine
      .optional()
      .describe('What it does for customers, in a few words, or in each language of the page.'),
    since: day(zone).optional().describe('Uptime is counted from this day; there is no data before it.'),
    sla: z
      .string()
      .regex(/^(100(\.0+)?|\d{1,2}(\.\d+)?)$/, 'a percentage such as `99.9`')
      .meta({ type: 'number', minimum: 0, maximum: 100 })
      .transform(Number)
      .optional()
      .meta({ description: 'The uptime that you have committed to, in percent (SLA).', examples: [99.9] }),
    owner: line
      .optional()
      .meta({ description: 'The person or team responsible for it.', examples: ['@acme/payments'] }),
    aliases: z.array(id).default([]).describe('Earlier ids, used by older incidents. Old URLs keep working.'),
    retired: day(zone).optional().describe('The first day on which it is no longer offered.'),
  });
}

/** An entry of `content/components.yml` that is a group. */
export const groupSchema = z.strictObject({
  group: localizedLine.meta({
    description: 'The name that customers know, or one for each language of the page.',
    examples: ['Shop', { de: 'Laden', en: 'Shop' }],
  }),
  id: id.optional().describe('Used in incidents and URLs. Defaults to an id made from the names of its groups.'),
  aliases: z.array(id).default([]).describe('Earlier ids, used by older incidents. Old URLs keep working.'),
  components: z.array(z.unknown()).describe('Components or groups, in the order of the page.'),
});
