import { z } from 'zod';
import { day, id, line } from './fields.ts';

/** An entry of `content/components.yml` that is a component. `zone` is the site's. */
export function componentSchema(zone: string) {
  return z.strictObject({
    id: id.meta({ description: 'Stands in incidents and addresses; never changes.', examples: ['checkout'] }),
    name: line.meta({ description: 'What customers call it.', examples: ['Checkout'] }),
    description: line.optional().describe('What it does for customers, in a few words.'),
    since: day(zone).optional().describe('Uptime is counted from this day; before it there is no data.'),
    sla: z
      .string()
      .regex(/^(100(\.0+)?|\d{1,2}(\.\d+)?)$/, 'a percentage such as `99.9`')
      .meta({ type: 'number', minimum: 0, maximum: 100 })
      .transform(Number)
      .optional()
      .meta({ description: 'Percent of time without outage that you promise.', examples: [99.9] }),
    owner: line.optional().meta({ description: 'Who answers for it.', examples: ['@acme/payments'] }),
    aliases: z.array(id).default([]).describe('Names that older incidents use; their old addresses keep working.'),
    retired: day(zone).optional().describe('From this day on it is no longer offered.'),
  });
}

/** An entry of `content/components.yml` that is a group. */
export const groupSchema = z.strictObject({
  group: line.meta({ description: 'What customers call it.', examples: ['Shop'] }),
  id: id.optional().describe('By default made from its path of names.'),
  components: z.array(z.unknown()).describe('Components or groups, in the order of the page.'),
});
