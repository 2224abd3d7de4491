import { z } from 'zod';
import { line } from './fields.ts';

const PLACES = ['header', 'footer', 'none'] as const;

const HOME_PLACES = ['above', 'below'] as const;

/** Where the home page shows the text of a page of the owner: above or below the answer. */
export type HomePlace = (typeof HOME_PLACES)[number];

/** Where a page of the owner is linked on every page. */
export type PagePlace = (typeof PLACES)[number];

const texts = {
  title: line.meta({ description: 'The heading of the page, and the text of links to it.', examples: ['Contact'] }),
  description: line.optional().describe('A sentence for search engines and link previews.'),
};

/** Front matter of a page of the owner. */
export const pageSchema = z.strictObject({
  ...texts,
  nav: z
    .enum(PLACES)
    .default('footer')
    .describe('Where every page links to this one: in its header, its footer, or not at all.'),
  home: z
    .enum(HOME_PLACES)
    .optional()
    .describe('Shows the text on the home page too, above or below the current status.'),
  order: z
    .string()
    .regex(/^-?\d{1,4}$/, 'a whole number such as `1`')
    .meta({ type: 'integer' })
    .transform(Number)
    .default(0)
    .describe('The place among the links: smaller numbers come first.'),
});

/** Front matter of a translation of such a page. */
export const pageTranslationSchema = z.strictObject({ ...texts, title: texts.title.optional() });
