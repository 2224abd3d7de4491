import { z } from 'zod';
import { line } from './fields.ts';

/**
 * Settings as they stand in `content/site.yml`. YAML is read with every scalar as text, so each field turns
 * text into its own kind; one pass resolves every default.
 */

const duration = z
  .string()
  .regex(/^[1-9]\d*[mhd]$/, 'a duration such as `20m`, `2h` or `3d`')
  .transform((value) => {
    const unit = { m: 60_000, h: 3_600_000, d: 86_400_000 }[value.slice(-1) as 'm' | 'h' | 'd'];
    return Number(value.slice(0, -1)) * unit;
  });

const weight = z
  .string()
  .regex(/^(0|1|0?\.\d+|1\.0+)$/, 'a number from 0 to 1')
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
  after_2h: duration.default(60 * 60_000),
});

/** What `content/site.yml` may hold. Unknown keys are refused. */
export const siteSchema = z.strictObject({
  /** The name customers know you by. */
  name: line,
  /** Where the page will be: `https://status.acme.example`, a path is fine. */
  url: line
    .refine((value) => /^https?:\/\/[^\s/?#]+(\/[^\s?#]*)?$/.test(value) && URL.canParse(value), {
      message: 'an address such as `https://status.acme.example`',
    })
    .transform((value) => new URL(value.replace(/\/*$/, '/'))),
  /** One sentence for search engines and link previews. */
  description: line.optional(),
  /** Days and no-JavaScript times are in this zone: `Europe/Berlin`. */
  time_zone: line.refine(isTimeZone, { message: 'a time zone such as `UTC` or `Europe/Berlin`' }).default('UTC'),
  /** The language of the page's own words. */
  locale: line.default('en'),
  /** A file in `public/`: `/logo.svg`. */
  logo: line.regex(/^\/[^/]/, 'the path of a file in `public/`, such as `/logo.svg`').optional(),
  /** Colour of links and the head, as `#rrggbb`. */
  accent: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, 'a colour such as `#0b57d0`, in quotes')
    .default('#0b57d0'),
  /** Where customers get help. */
  support_url: line
    .refine((value) => /^(https?:\/\/|mailto:)/.test(value) && URL.canParse(value), {
      message: 'an address such as `https://acme.example/help`',
    })
    .optional(),
  /** How many days the bar shows, and how much each status weighs. */
  uptime: z
    .strictObject({
      days: z
        .string()
        .regex(/^([1-9]\d?|[12]\d\d|3[0-5]\d|36[0-5])$/, 'a number of days from 1 to 365')
        .transform(Number)
        .default(90),
      weights: weights.prefault({}),
    })
    .prefault({}),
  /** When the next update is promised, and how late it may come. */
  promises: z
    .strictObject({
      grace: duration.default(5 * 60_000),
      rhythm: rhythm.prefault({}),
    })
    .prefault({}),
  /** Who is told when a promise is broken, and after how long. */
  escalation: z.array(z.unknown()).default([]),
  /** How soon after an incident its postmortem is due. */
  postmortems: z
    .strictObject({
      critical: duration.default(3 * 86_400_000),
      major: duration.default(5 * 86_400_000),
    })
    .prefault({}),
  /** Rules of warnings that are switched off, and words that customers do not know. */
  warnings: z.strictObject({ off: z.array(line).default([]), jargon: z.array(line).default([]) }).prefault({}),
  /** Whether the monthly reports are public. */
  reports: z.enum(['public', 'private', 'off']).default('public'),
  /** Where updates are sent besides the page and the feeds. */
  channels: z.array(z.unknown()).default([]),
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
