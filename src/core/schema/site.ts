import { z } from 'zod';
import { channelSchema } from './channel.ts';
import {
  addressMeant,
  colourMeant,
  duration,
  durationOrNone,
  inForm,
  line,
  refuseAccount,
  timeZoneMeant,
} from './fields.ts';

/**
 * Settings as they stand in `content/site.yml`. YAML is read with every scalar as text, so each field turns
 * text into its own kind; one pass resolves every default.
 */

const weight = z
  .string()
  .regex(/^(0|1|0?\.\d+|1\.0+)$/, 'a number from 0 to 1')
  .meta({ type: 'number', minimum: 0, maximum: 1 })
  .transform(Number);

const weights = z.strictObject({
  major_outage: weight.default(1),
  partial_outage: weight.default(0.3),
  degraded_performance: weight.default(0),
});

const rhythm = z.strictObject({
  critical: duration.default(20 * 60_000),
  major: duration.default(20 * 60_000),
  minor: duration.default(30 * 60_000),
  after_2h: duration.default(60 * 60_000).describe('Whatever the impact, once it has lasted for two hours.'),
});

/** A link that is safe to follow. */
const link = line
  .superRefine(refuseAccount)
  .superRefine(
    inForm(
      (value) => /^(https?:\/\/|mailto:)/.test(value) && URL.canParse(value),
      'an address such as `https://acme.example/help`',
      addressMeant,
    ),
  );

const COLOUR = /^#[0-9a-fA-F]{6}$/;

/** Paths of the page have only characters that browsers, hosts and file systems write the same way. */
const PATH = /^(\/[\w.~!$&'()*+,;=:@-]+)*\/$/;

function refusePath(value: string, context: z.RefinementCtx): void {
  if (!URL.canParse(value)) return;
  const { origin, pathname } = new URL(value.replace(/\/*$/, '/'));
  if (PATH.test(pathname)) return;
  const message =
    'The path of the address has characters that hosts and browsers encode in different ways. Use letters from a to z, digits, hyphens and dots.';
  const steps = decoded(pathname).normalize('NFKD').replace(/\p{M}/gu, '').split('/');
  const plain = steps.map((step) => step.replace(/[^\w.~-]+/g, '-').replace(/^-+|-+$/g, '')).filter(Boolean);
  const expected = [origin, ...plain].join('/');
  context.addIssue({ code: 'custom', message, params: { ruleId: 'bad-value', expected }, continue: false });
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** A tag URI (RFC 4151) without a query, or an address that the page once had. */
const IDENTITY =
  /^(tag:([\w.+-]+@)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?,\d{4}(-\d\d){0,2}:[\w.~-]+(\/[\w.~-]+)*|https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?)$/;

/** With a slash at the end, like all addresses of pages. */
const pageAddress = (value: string) => new URL(value.replace(/\/*$/, '/'));

/** What `content/site.yml` may hold. Unknown keys are refused. */
export const siteSchema = z.strictObject({
  name: line.meta({ description: 'The name customers know you by.', examples: ['Acme'] }),
  url: line
    .superRefine(refuseAccount)
    .superRefine(refusePath)
    .superRefine(
      inForm(
        (value) => /^https?:\/\/[^\s/?#]+(\/[^\s?#]*)?$/.test(value) && URL.canParse(value),
        'an address such as `https://status.acme.example`',
        addressMeant,
      ),
    )
    .meta({ description: 'Where the page will be; a path is fine.', examples: ['https://status.acme.example'] })
    .transform(pageAddress),
  id: line
    .max(200, 'at most 200 characters')
    .refine((value) => IDENTITY.test(value) && URL.canParse(value), {
      message: 'a tag such as `tag:acme.example,2026:status`, or the first address of the page',
    })
    .meta({
      description: 'The prefix of all ids in feeds, calendars and the API. Keep it when the address changes.',
      examples: ['tag:acme.example,2026:status'],
    })
    .transform((value) => (value.startsWith('tag:') ? value : pageAddress(value)))
    .optional(),
  description: line.optional().describe('One sentence for search engines and link previews.'),
  time_zone: line
    .superRefine(inForm(isTimeZone, 'a time zone such as `UTC` or `Europe/Berlin`', timeZoneMeant))
    .default('UTC')
    .meta({ description: 'Days, and times without JavaScript, are in this zone.', examples: ['Europe/Berlin'] }),
  locale: line.default('en').describe('The language of the page’s own words.'),
  logo: line
    .regex(/^\/[^/]/, 'the path of a file in `public/`, such as `/logo.svg`')
    .optional()
    .meta({ description: 'A file in public/.', examples: ['/logo.svg'] }),
  accent: z
    .string()
    .superRefine(inForm((text) => COLOUR.test(text), 'a colour such as `#0b57d0`, in quotes', colourMeant))
    .meta({ pattern: COLOUR.source })
    .default('#0b57d0')
    .describe('The colour of links and the head, as "#rrggbb", in quotes.'),
  support_url: link
    .optional()
    .meta({ description: 'Where customers get help.', examples: ['https://acme.example/help'] }),
  elsewhere: z
    .array(
      z.strictObject({
        name: line.meta({ description: 'What customers know the place by.', examples: ['Our page on another host'] }),
        url: link.refine((value) => !value.startsWith('http:'), {
          message: 'an address that begins with `https://` or `mailto:`',
        }),
      }),
    )
    .default([])
    .describe('Where else customers may look while something is open and this page fails or grows old.'),
  stale_after: durationOrNone
    .default(20 * 60_000)
    .describe(
      'How long after a build was due a copy says that it may be old, while something is open; none for never.',
    ),
  uptime: z
    .strictObject({
      days: z
        .string()
        .regex(/^([1-9]\d?|[12]\d\d|3[0-5]\d|36[0-5])$/, 'a number of days from 1 to 365')
        .meta({ type: 'integer', minimum: 1, maximum: 365 })
        .transform(Number)
        .default(90)
        .describe('How many days the bar shows.'),
      weights: weights.prefault({}).describe('How much of a second with each status counts as down.'),
    })
    .prefault({})
    .describe('How uptime is counted and shown.'),
  promises: z
    .strictObject({
      grace: duration.default(5 * 60_000).describe('How late an update may come and its promise still counts as kept.'),
      rhythm: rhythm.prefault({}).describe('How soon the next update is promised, by impact.'),
    })
    .prefault({})
    .describe('When the next update is promised, and how late it may come.'),
  escalation: z
    .array(
      z.strictObject({
        after: duration.describe('How long after the time that was promised.'),
        who: z.array(line).min(1, 'somebody to tell').describe('People and teams, as "@acme/leads".'),
      }),
    )
    .default([])
    .describe('Who is told when a promise is broken, and how long after. Owners of components are told at once.'),
  watch: z
    .strictObject({
      wait: z
        .enum(['true', 'false'])
        .meta({ type: 'boolean', enum: [true, false] })
        .transform((value) => value === 'true')
        .default(true)
        .describe('Whether a job waits on GitHub until a promise falls due. In private repositories its minutes cost.'),
      remind: duration.default(10 * 60_000).describe('How long before a promised time its owners are reminded.'),
    })
    .prefault({})
    .describe('How promises are watched.'),
  postmortems: z
    .strictObject({
      critical: durationOrNone.default(3 * 86_400_000),
      major: durationOrNone.default(5 * 86_400_000),
    })
    .default({ critical: null, major: null })
    .describe(
      'How soon after an incident its postmortem is due, by impact; none for no promise. Without this key, none is promised.',
    ),
  warnings: z
    .strictObject({
      off: z.array(line).default([]).describe('Names of warnings that are switched off.'),
      jargon: z.array(line).default([]).describe('Words that customers do not know; known, and without effect yet.'),
    })
    .prefault({})
    .describe('What check warns of.'),
  reports: z
    .enum(['public', 'private', 'off'])
    .default('public')
    .describe(
      'Where the record by month stands: public on the page; private or off nowhere, though npm run report tells it.',
    ),
  channels: z.array(channelSchema).default([]).describe('Where updates are sent besides the page and the feeds.'),
});

export type SiteSettings = z.output<typeof siteSchema>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
