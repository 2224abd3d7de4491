import { millisecondsInHour } from 'date-fns/constants';
import { milliseconds } from 'date-fns/milliseconds';
import { z } from 'zod';
import { canonicalTag, isLanguageTag } from '../catalogs.ts';
import { blanksIn, fillAddress, PROBLEM_BLANKS } from '../report-problem.ts';
import { channelSchema } from './channel.ts';
import { subscribeSchema } from './subscribe.ts';
import {
  suggestAddress,
  suggestColour,
  duration,
  durationOrNone,
  id,
  inForm,
  line,
  localizedLine,
  refuseAccount,
  suggestTimeZone,
  reminders,
} from './fields.ts';

/**
 * Schema of `content/site.yml`. YAML scalars are read as text, so each field converts text to its type. Parsing adds all
 * defaults.
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
  critical: duration.default(milliseconds({ minutes: 20 })),
  major: duration.default(milliseconds({ minutes: 20 })),
  minor: duration.default(milliseconds({ minutes: 30 })),
  after_2h: duration.default(millisecondsInHour).describe('For any impact, after the first two hours.'),
});

/** A link with a safe scheme. */
const link = line
  .superRefine(refuseAccount)
  .superRefine(
    inForm(
      (value) => /^(https?:\/\/|mailto:)/.test(value) && URL.canParse(value),
      'an address such as `https://acme.example/help`',
      suggestAddress,
    ),
  );

/** An address whose host, or mailbox, has no blanks. */
const PROBLEM_ADDRESS = /^(https?:\/\/[^\s/?#{}]+([/?#]\S*)?|mailto:[^\s?{}]+(\?\S*)?)$/;

function refuseUnknownBlanks(value: string, context: z.RefinementCtx): void {
  const known: readonly string[] = PROBLEM_BLANKS;
  const unknown = blanksIn(value).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const message = `The blank {${unknown}} does not exist. Use ${PROBLEM_BLANKS.map((name) => `{${name}}`).join(', ')}.`;
  context.addIssue({ code: 'custom', message, params: { ruleId: 'bad-value' } });
}

/** The path of a file in `public/`. */
const publicFile = line.regex(/^\/[^/]/, 'the path of a file in `public/`, such as `/logo.svg`');

/** A URL, or a path of the site. */
const ownUrl = line
  .superRefine(refuseAccount)
  .superRefine(
    inForm(
      (value) => (/^(https?:\/\/|mailto:|tel:)/.test(value) ? URL.canParse(value) : /^\/(?![/\\])/.test(value)),
      'an address such as `https://acme.example/help`, or the path of a page such as `/pages/about/`',
      suggestAddress,
    ),
  );

/** A link in the head or the foot of the page. */
const ownLink = z.strictObject({
  text: localizedLine.meta({
    description: 'The text that customers see, or one for each language of the page.',
    examples: ['Help centre'],
  }),
  url: ownUrl.meta({
    description: 'A URL, or a path of this site such as /pages/about/.',
    examples: ['https://acme.example/help'],
  }),
});

/** Whether pages are light or dark: as the reader's device says, or always one. */
const APPEARANCES = ['auto', 'light', 'dark'] as const;

export type Appearance = (typeof APPEARANCES)[number];

/** The sections of the home page below the answer, in their usual order. */
export const SECTIONS = ['incidents', 'maintenance', 'components', 'announcements', 'past'] as const;

export type SectionName = (typeof SECTIONS)[number];

/** How far an assistant may go, each with what comes before it. */
export const ASSISTANTS = ['draft', 'propose', 'publish'] as const;

const COLOUR = /^#[0-9a-fA-F]{6}$/;

/** Paths have only characters that browsers, hosts and file systems write alike. */
const PATH = /^(\/[\w.~!$&'()*+,;=:@-]+)*\/$/;

function refusePath(value: string, context: z.RefinementCtx): void {
  if (!URL.canParse(value)) return;
  const { origin, pathname } = new URL(value.replace(/\/*$/, '/'));
  if (PATH.test(pathname)) return;
  const message =
    'The path of the URL has characters that hosts and browsers encode differently. Use only the letters a to z, digits, hyphens and dots.';
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

/** Adds a slash at the end, as in all addresses of pages. */
const pageAddress = (value: string) => new URL(value.replace(/\/*$/, '/'));

const languageTag = line.superRefine(
  inForm(isLanguageTag, 'the tag of a language, such as `de` or `pt-BR`', canonicalTag),
);

/** What `content/site.yml` may hold. Unknown keys are refused. */
export const siteSchema = z.strictObject({
  name: localizedLine.meta({
    description: 'Your company or product name, as customers know it, or one for each language of the page.',
    examples: ['Acme'],
  }),
  url: line
    .superRefine(refuseAccount)
    .superRefine(refusePath)
    .superRefine(
      inForm(
        (value) => /^https?:\/\/[^\s/?#]+(\/[^\s?#]*)?$/.test(value) && URL.canParse(value),
        'an address such as `https://status.acme.example`',
        suggestAddress,
      ),
    )
    .meta({ description: 'The URL of the page. It can include a path.', examples: ['https://status.acme.example'] })
    .transform(pageAddress),
  id: line
    .max(200, 'at most 200 characters')
    .refine((value) => IDENTITY.test(value) && URL.canParse(value), {
      message: 'a tag such as `tag:acme.example,2026:status`, or the first URL of the page',
    })
    .meta({
      description: 'The prefix of all ids in feeds, calendars and the API. Don’t change it when the URL changes.',
      examples: ['tag:acme.example,2026:status'],
    })
    .transform((value) => (value.startsWith('tag:') ? value : pageAddress(value)))
    .optional(),
  description: localizedLine.optional().meta({
    description: 'A sentence for search engines and link previews, or one for each language of the page.',
    examples: ['Whether Acme works, and what we are doing about it'],
  }),
  time_zone: line
    .superRefine(inForm(isTimeZone, 'a time zone such as `UTC` or `Europe/Berlin`', suggestTimeZone))
    .default('UTC')
    .meta({
      description: 'The time zone for dates, and for times if the reader has no JavaScript.',
      examples: ['Europe/Berlin'],
    }),
  locale: languageTag.default('en').describe('The language of the page.'),
  locales: z
    .array(languageTag)
    .min(1, 'at least one language')
    .optional()
    .meta({
      description: 'The languages of the page, if there are several. The first is at /, the others at /xx/.',
      examples: [['de', 'en']],
    }),
  logo: z
    .union([
      publicFile,
      z.strictObject({
        light: publicFile.meta({ description: 'The logo on a light background.', examples: ['/logo.svg'] }),
        dark: publicFile.meta({ description: 'The logo on a dark background.', examples: ['/logo-dark.svg'] }),
      }),
    ])
    .optional()
    .meta({
      description: 'The path of a file in public/, or one for each of a light and a dark background.',
      examples: ['/logo.svg'],
    }),
  favicon: publicFile.optional().meta({
    description:
      'The path of an icon for browser tabs in public/. By default, the icon shows the current status, and changes with it.',
    examples: ['/favicon.svg'],
  }),
  accent: z
    .string()
    .superRefine(inForm((text) => COLOUR.test(text), 'a colour such as `#0b57d0`, in quotes', suggestColour))
    .meta({ pattern: COLOUR.source })
    .default('#0b57d0')
    .describe('The colour of links and the header, such as "#0b57d0", in quotes.'),
  appearance: z
    .enum(APPEARANCES)
    .default('auto')
    .describe('Whether pages are light or dark. With auto, they follow the reader’s device.'),
  support_url: link
    .optional()
    .meta({ description: 'Where customers get help.', examples: ['https://acme.example/help'] }),
  report_problem: line
    .superRefine(refuseAccount)
    .superRefine(
      inForm(
        (value) => PROBLEM_ADDRESS.test(value) && URL.canParse(fillAddress(value, {})),
        'an address such as `https://acme.example/support?subject={title}`, or `mailto:help@acme.example?subject={title}`',
        suggestAddress,
      ),
    )
    .superRefine(refuseUnknownBlanks)
    .optional()
    .meta({
      description:
        'Where customers report a problem: a form, an email or a new GitHub issue. {title}, {components}, {status}, {time} and {url} are filled in.',
      examples: ['https://acme.example/support?subject={title}&page={url}'],
    }),
  links: z
    .strictObject({
      header: z.array(ownLink).default([]).describe('At the top of each page, before “Subscribe”.'),
      footer: z.array(ownLink).default([]).describe('At the bottom of each page.'),
    })
    .prefault({})
    .describe('Your own links in the head and the foot of the page.'),
  groups: z
    .enum(['auto', 'open', 'closed'])
    .default('auto')
    .describe(
      'Whether groups of components are open while all is well. With auto, they are closed if there are many components. What is affected is always shown.',
    ),
  sections: z
    .array(z.enum(SECTIONS))
    .refine((names) => new Set(names).size === names.length, 'a list that names each section only once')
    .default([...SECTIONS])
    .describe(
      'The sections of the home page below the answer, in order. Sections that are not listed are hidden, except open incidents and maintenance. Pinned announcements are always directly below the answer.',
    ),
  elsewhere: z
    .array(
      z.strictObject({
        name: line.meta({ description: 'The name that customers see.', examples: ['Our page on another host'] }),
        url: link
          .refine((value) => !value.startsWith('http:'), {
            message: 'an address that begins with `https://` or `mailto:`',
          })
          .meta({ examples: ['https://acme-status.example'] }),
      }),
    )
    .default([])
    .describe('Other places where customers can look if this page is unavailable or out of date during an incident.'),
  areas: z
    .record(id, localizedLine)
    .default({})
    .meta({
      description:
        'Regions or groups of customers, by id, each with its name, or one for each language of the page. Incidents name them in “areas”.',
      examples: [{ eu: 'Europe', us: 'United States' }],
    }),
  stale_after: durationOrNone
    .default(milliseconds({ minutes: 20 }))
    .describe(
      'During an incident, how long after the last build the page warns that it may be out of date; none for never.',
    ),
  uptime: z
    .strictObject({
      days: z
        .string()
        .regex(/^([1-9]\d?|[12]\d\d|3[0-5]\d|36[0-5])$/, 'a number of days from 1 to 365')
        .meta({ type: 'integer', minimum: 1, maximum: 365 })
        .transform(Number)
        .default(90)
        .describe('How many days the uptime bar shows.'),
      weights: weights
        .prefault({})
        .describe('How much of the time in each status is counted as downtime, from 0 to 1.'),
    })
    .prefault({})
    .describe('How uptime is calculated and shown.'),
  promises: z
    .strictObject({
      grace: duration
        .default(milliseconds({ minutes: 5 }))
        .describe('How long after the due time an update still counts as on time.'),
      rhythm: rhythm.prefault({}).describe('The update interval for each impact.'),
    })
    .prefault({})
    .describe('When the next update is due, and how late it can be.'),
  escalation: z
    .array(
      z.strictObject({
        after: duration.describe('How long after the due time.'),
        who: z
          .array(line)
          .min(1, 'at least one person or team')
          .meta({ description: 'People and teams, such as "@acme/leads".', examples: [['@acme/leads']] }),
      }),
    )
    .default([])
    .describe('Who is notified when an update is overdue, and when. Owners of components are notified immediately.'),
  watch: z
    .strictObject({
      wait: z
        .enum(['true', 'false'])
        .meta({ type: 'boolean', enum: [true, false] })
        .transform((value) => value === 'true')
        .default(true)
        .describe(
          'Whether a job on GitHub waits until an update is due. In private repositories, this uses paid minutes.',
        ),
      remind: duration
        .default(milliseconds({ minutes: 10 }))
        .describe('How long before an update is due its owners are reminded.'),
    })
    .prefault({})
    .describe('Reminders and escalation for due updates.'),
  remind: reminders.default([]).meta({
    description: 'How long before maintenance starts its subscribers are reminded. By default, they are not.',
    examples: [['24h', '1h']],
  }),
  postmortems: z
    .strictObject({
      critical: durationOrNone.default(milliseconds({ days: 3 })),
      major: durationOrNone.default(milliseconds({ days: 5 })),
    })
    .default({ critical: null, major: null })
    .describe(
      'How soon after an incident its postmortem is due, by impact; none for no promise. By default, no postmortem is promised.',
    ),
  warnings: z
    .strictObject({
      off: z.array(line).default([]).describe('The warnings to switch off.'),
      jargon: z.array(line).default([]).describe('Words that customers do not know. Reserved; has no effect yet.'),
    })
    .prefault({})
    .describe('What `npm run check` warns about.'),
  reports: z
    .enum(['public', 'private', 'off'])
    .default('public')
    .describe('Whether monthly reports are on the page. With private or off, only npm run report shows them.'),
  assistants: z
    .enum(ASSISTANTS)
    .default('propose')
    .describe(
      'How far an assistant may go with npm run mcp: show drafts, propose them in pull requests, or publish them itself.',
    ),
  subscribe: subscribeSchema(ownUrl).prefault({}).describe('How readers subscribe, besides feeds and the calendar.'),
  channels: z
    .array(channelSchema)
    .default([])
    .describe('Where to send updates, in addition to the page and the feeds.'),
});

/** `locale` is the first of `locales`, if given, and the language of name and description. */
export interface SiteSettings
  extends Omit<z.output<typeof siteSchema>, 'name' | 'description' | 'logo' | 'links' | 'sections'>, Names {
  /** The path of a file in `public/`. */
  logo?: string | undefined;
  /** The same for a dark background, if it is another. */
  darkLogo?: string;
  links: { header: readonly OwnLink[]; footer: readonly OwnLink[] };
  /** With those that can't be hidden. */
  sections: readonly SectionName[];
  /** By language, of those after the first. */
  names?: Localized<Names>;
}

/** A link of the owner. */
export interface OwnLink {
  text: string;
  /** With a scheme, or a path of the site. */
  url: string;
  /** The language of its text, where it is not the first of the site. */
  lang?: string;
  /** By language, of those after the first. */
  names?: Localized<{ text: string }>;
}

interface Names {
  name: string;
  description?: string | undefined;
}

/** Translations, by language, without the site's first. */
export type Localized<Texts> = ReadonlyMap<string, Partial<Texts>>;

/** The languages of a page, the first at `/`. */
export function localesOf({ locale, locales = [locale] }: Pick<SiteSettings, 'locale' | 'locales'>): readonly string[] {
  return locales;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
