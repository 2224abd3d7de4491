import type { Instant } from '../../src/core/days.ts';
import { stringify } from 'yaml';
import type { ComponentStatus } from '../../src/core/vocabulary.ts';
import type { Content, StatusEvent } from '../../src/core/model.ts';
import { areasOf } from '../../src/core/areas.ts';
import { choicesOf } from '../../src/core/groups.ts';
import { maintenanceAhead, newestEvents, openEvents } from '../authoring/choose-event.ts';
import { inTitle } from '../lib/mentions.ts';

/** The forms that are workflows too, for GitHub's mobile app. */
export const WORKFLOW_FORMS = ['report-incident', 'post-update'] as const;

/** The forms, by the names of their files. */
export const FORM_NAMES = [...WORKFLOW_FORMS, 'announce-maintenance', 'change-maintenance', 'correct-text'] as const;
export type FormName = (typeof FORM_NAMES)[number];

/** The answers by key. Empty ones are left out. */
export type Answers = Readonly<Record<string, string | undefined>>;

export interface Filled {
  form: FormName;
  answers: Answers;
}

export interface Field {
  key: string;
  /** The label, and the heading of the answer in the issue. */
  label: string;
  /** Earlier labels, so that issues from older forms can still be read. */
  formerLabels?: readonly string[];
  /**
   * `text` can have many lines. A form has at most one, because its text can contain the headings of the form. `areas` are
   * those of the page; on a page without any, a line. `open`, `ahead` and `newest` are incidents and maintenance.
   */
  kind: 'line' | 'text' | 'choice' | 'components' | 'affected' | 'areas' | EventChoice;
  /** Where it is asked, if not in both. An issue from an older form can still have the answer. */
  only?: 'issue' | 'workflow';
  required?: true;
  description?: string;
  placeholder?: string;
  options?: readonly string[];
  /** The option that is selected by default. */
  preset?: string;
}

type EventChoice = 'open' | 'ahead' | 'newest';

/** The status that the components get, by severity. */
export const SEVERITIES: Readonly<Record<string, ComponentStatus>> = {
  'Slow, or fails sometimes': 'degraded_performance',
  'Partly down, or down for some customers': 'partial_outage',
  'Completely down': 'major_outage',
};

export const STANDS = {
  same: 'No change',
  identified: 'Cause identified',
  monitoring: 'Fixed, and we are monitoring it',
  over: 'Resolved',
  nothing: 'No news yet',
} as const;

export const CHANGES = { move: 'It takes place at another time', cancel: 'It is cancelled' } as const;

export const PUBLISH = { now: 'Publish now', review: 'Request a review first' } as const;

/** Earlier texts of options, so that issues from older forms can still be read. */
export const FORMER_OPTIONS: Readonly<Record<string, string>> = {
  'Slow, or fails now and then': 'Slow, or fails sometimes',
  'Part of it fails, or it fails for some customers': 'Partly down, or down for some customers',
  'Does not work at all': 'Completely down',
  'Still the same': STANDS.same,
  'The cause is found': STANDS.identified,
  'It works again, and we watch that it stays so': STANDS.monitoring,
  'It is over': STANDS.over,
  'Nothing is new yet': STANDS.nothing,
  'Publish at once': PUBLISH.now,
  'Let somebody check it first': PUBLISH.review,
};

/** The answer for no promise of an update. */
export const NO_PROMISE = 'none';

const TIMES = "Such as 30m, 20 minutes ago, 14:30 (in the page's time zone) or 2026-11-20 14:30 UTC.";
const START = "Such as 2d, tomorrow 02:00 or 2026-12-02 02:00 (in the page's time zone), or 2026-12-02 02:00 UTC.";
const OTHER_ID = 'For one that no list above has: its address on the page, or the last part of that.';
const NEXT: Field = {
  key: 'next',
  label: 'Next update',
  formerLabels: ['The next message comes in', 'The next update comes in'],
  kind: 'line',
  description: `Such as 30m or 14:30. Leave empty for the usual interval, or write \`${NO_PROMISE}\` to promise nothing.`,
};
const REVIEW: Field = {
  key: 'review',
  label: 'Publish or review?',
  formerLabels: ['Who has to agree?'],
  kind: 'choice',
  options: Object.values(PUBLISH),
  preset: PUBLISH.now,
};

/** The questions about components, by the status that the chosen ones get. */
export const BY_STATUS = {
  operational: 'What works again?',
  degraded_performance: 'What is slow, or fails sometimes?',
  partial_outage: 'What is partly down, or down for some customers?',
  major_outage: 'What is completely down?',
} as const satisfies Partial<Record<ComponentStatus, string>>;

function askStatus(key: keyof typeof BY_STATUS, kind: 'components' | 'affected'): Field {
  return { key, label: BY_STATUS[key], kind, only: 'issue' };
}

const MESSAGE = { key: 'message', label: 'Message to customers', kind: 'text' } as const;
const AREAS: Field = {
  key: 'areas',
  label: 'Affected areas',
  formerLabels: ['Areas'],
  kind: 'areas',
  description: 'Only if not all customers are affected: regions, or groups of customers.',
  placeholder: 'Europe, Asia',
};
const REFERENCE: Field = {
  key: 'reference',
  label: 'Ticket number',
  formerLabels: ['Your own ticket'],
  kind: 'line',
  description: 'Your own reference. Customers can see it.',
};
const END = 'Such as 2h (after the start) or 04:00.';

/** The fields of a form that its issue can begin with: lists of events are left out while there are none. */
export function leadingFields({ fields }: { fields: readonly Field[] }): readonly Field[] {
  return fields.slice(0, fields.findIndex(({ only }) => only === undefined) + 1);
}

/** The forms with their fields, in order. The labels of the leading fields identify a form, also in `forms.yml`. */
export const FORMS: Readonly<
  Record<FormName, { name: string; about: string; title: string; fields: readonly Field[] }>
> = {
  'report-incident': {
    name: 'Report an incident',
    about: 'Tell customers that something is wrong',
    title: 'Incident report',
    fields: [
      {
        key: 'title',
        label: 'What is the problem for customers?',
        formerLabels: ['What can customers not do?'],
        kind: 'line',
        required: true,
        description: 'One line. It becomes the title of the incident.',
        placeholder: 'Some customers in Europe cannot pay',
      },
      {
        key: 'components',
        label: 'Affected components',
        formerLabels: ['What is affected?'],
        kind: 'components',
        only: 'workflow',
      },
      {
        key: 'severity',
        label: 'How bad is it?',
        kind: 'choice',
        only: 'workflow',
        required: true,
        options: Object.keys(SEVERITIES),
      },
      askStatus('degraded_performance', 'affected'),
      askStatus('partial_outage', 'affected'),
      askStatus('major_outage', 'affected'),
      {
        key: 'started',
        label: 'When did it start?',
        formerLabels: ['Since when?'],
        kind: 'line',
        description: `${TIMES} Leave empty for now.`,
      },
      {
        ...MESSAGE,
        formerLabels: ['The message to customers'],
        required: true,
        description: "In Markdown: what customers notice, and what you're doing about it.",
      },
      NEXT,
      AREAS,
      REFERENCE,
      REVIEW,
    ],
  },
  'post-update': {
    name: 'Post an update',
    about: 'Tell customers what is new about an open incident',
    title: 'Incident update',
    fields: [
      {
        key: 'event',
        label: 'Which incident?',
        kind: 'open',
        only: 'issue',
        description: 'What is open now. If you choose none, it is the newest.',
      },
      {
        key: 'id',
        label: 'Incident ID',
        formerLabels: ['Id of the incident'],
        kind: 'line',
        description: `${OTHER_ID} Leave empty for the newest open incident.`,
        placeholder: '2026-11-20-some-customers-cannot-pay',
      },
      {
        key: 'status',
        label: 'Current status',
        formerLabels: ['Where does it stand?'],
        kind: 'choice',
        required: true,
        options: Object.values(STANDS),
      },
      {
        key: 'components',
        label: 'Components whose status changes',
        kind: 'line',
        only: 'workflow',
        description: 'Such as checkout=operational, search=partial_outage.',
      },
      ...(Object.keys(BY_STATUS) as (keyof typeof BY_STATUS)[]).map((status) => askStatus(status, 'components')),
      {
        ...MESSAGE,
        formerLabels: ['What is new?'],
        description: `What is new, in Markdown. With “${STANDS.nothing}”, leave it empty or say what you're still doing.`,
      },
      NEXT,
      REVIEW,
    ],
  },
  'announce-maintenance': {
    name: 'Announce maintenance',
    about: 'Tell customers in advance what you will work on, and when',
    title: 'Maintenance',
    fields: [
      {
        key: 'title',
        label: 'What will you do?',
        kind: 'line',
        required: true,
        description: 'One line. It becomes the title of the maintenance.',
        placeholder: 'A new version of the orders database',
      },
      { key: 'components', label: 'Components under maintenance', kind: 'components' },
      { key: 'scheduled', label: 'When does it start?', kind: 'line', required: true, description: START },
      { key: 'until', label: 'When does it end?', kind: 'line', required: true, description: END },
      { ...MESSAGE, required: true, description: 'In Markdown: what customers will notice, and what they should do.' },
      AREAS,
      REFERENCE,
      REVIEW,
    ],
  },
  'change-maintenance': {
    name: 'Move or cancel maintenance',
    about: 'Tell customers that announced maintenance takes place at another time, or not at all',
    title: 'Maintenance change',
    fields: [
      { key: 'event', label: 'Which maintenance?', kind: 'ahead', only: 'issue' },
      { key: 'id', label: 'Maintenance ID', kind: 'line', description: OTHER_ID },
      { key: 'change', label: 'What changes?', kind: 'choice', required: true, options: Object.values(CHANGES) },
      { key: 'scheduled', label: 'New start', kind: 'line', description: `If it is moved. ${START}` },
      {
        key: 'until',
        label: 'New end',
        kind: 'line',
        description: `${END} Leave empty if it takes as long as before.`,
      },
      {
        ...MESSAGE,
        description: 'In Markdown: why, and what it means for customers. Leave empty for one occurrence of a series.',
      },
      REVIEW,
    ],
  },
  'correct-text': {
    name: 'Correct a text',
    about: 'Correct the text of a published update. Nothing is sent again',
    title: 'Correction',
    fields: [
      { key: 'event', label: 'Which incident or maintenance has the text?', kind: 'newest', only: 'issue' },
      { key: 'id', label: 'Incident or maintenance ID', kind: 'line', description: OTHER_ID },
      {
        key: 'at',
        label: 'Which update?',
        kind: 'line',
        description:
          'The time above its text, such as 14:30 or 2026-11-20 14:30 UTC. Leave empty for the newest update.',
      },
      {
        ...MESSAGE,
        label: 'New text',
        required: true,
        description:
          'The whole text of the update in Markdown, as it should read. Its status, times and components stay.',
      },
      REVIEW,
    ],
  },
};

export function labelOf(form: FormName, key: string): string {
  return FORMS[form].fields.find((field) => field.key === key)?.label ?? key;
}

/** An option that stands for an id. */
interface Option {
  id: string;
  /** `Payments › Cards (cards)`. Unique, because of the id. */
  text: string;
}

/** What the forms are made of. */
export type FormContent = Pick<Content, 'tree' | 'site' | 'incidents' | 'maintenance'>;

/** The events that a form offers, the likeliest first. */
const EVENTS: Readonly<Record<EventChoice, (content: FormContent, now: Instant) => readonly StatusEvent[]>> = {
  open: openEvents,
  ahead: maintenanceAhead,
  newest: newestEvents,
};

const LONGEST_TITLE = 100;

function eventOption({ id, title }: StatusEvent): Option {
  return { id, text: `${inTitle(title, LONGEST_TITLE)} (${id})` };
}

/** Stands in a list of what is affected for everything that is no component. */
const UNLISTED: Option = { id: '', text: 'Something that is not in this list' };

/** The options for all that can be affected, in the order of the page. */
export function componentOptions({ tree }: Pick<Content, 'tree'>, now: Instant): Option[] {
  return choicesOf(tree, now).map(({ id, names, isGroup }) => {
    const name = names.join(' › ');
    return { id, text: `${isGroup ? (name === '' ? 'Everything' : `All of ${name}`) : name} (${id})` };
  });
}

/** The options for the areas that the page lists. */
export function areaOptions({ site }: Pick<Content, 'site'>): Option[] {
  return areasOf(site).map(({ id, name }) => ({ id, text: `${name} (${id})` }));
}

const BETWEEN = /^\s*,?\s*/;
/** An option from before a change of names also ends with its id. */
const FORMER = /^.*?\(([a-z0-9]+(?:-[a-z0-9]+)*)\)(?=,|$)/;
const UP_TO_COMMA = /^[^,]*/;

/**
 * Reads ids from `Checkout (checkout), Cards, debit (cards)`, which is how GitHub writes selected options; names can have
 * commas. Other text stays unchanged, so that people can type ids and `id=status`.
 */
export function readChosen(text: string, options: readonly Option[]): string[] {
  const longestFirst = [...options].sort((a, b) => b.text.length - a.text.length);
  const chosen: string[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const known = longestFirst.find((option) => isFirst(option.text, rest));
    const former = FORMER.exec(rest);
    const taken = known?.text ?? former?.[0] ?? UP_TO_COMMA.exec(rest)?.[0] ?? rest;
    const id = known?.id ?? former?.[1] ?? taken.trim();
    if (id !== '') chosen.push(id);
    rest = rest.slice(taken.length).replace(BETWEEN, '');
  }
  return [...new Set(chosen)];
}

function isFirst(option: string, text: string): boolean {
  return text.startsWith(option) && /^(?:,|$)/.test(text.slice(option.length));
}

const HEAD = `# Written by npm run forms. A deployment runs it when what the lists hold has changed, so your own changes here are lost.
`;

const WHO_READS_IT = `**In a public repository, everybody can read an issue as soon as you submit it.**

Only people with write access to this repository can publish with this form. From anybody else, it is a message to the team.
`;

/** GitHub's issue forms for a page, by file name. */
export function issueForms(content: FormContent, now: Instant): Record<`${FormName}.yml`, string> {
  const files = FORM_NAMES.map((form) => [`${form}.yml`, HEAD + formText(form, content, now)] as const);
  return Object.fromEntries(files) as Record<`${FormName}.yml`, string>;
}

/** The options that the page has for a field. */
export function optionsOf({ kind }: Field, content: FormContent, now: Instant): Option[] {
  if (kind === 'areas') return areaOptions(content);
  if (kind === 'components') return componentOptions(content, now);
  if (kind === 'affected') return [...componentOptions(content, now), UNLISTED];
  if (kind === 'open' || kind === 'ahead' || kind === 'newest') return EVENTS[kind](content, now).map(eventOption);
  return [];
}

/** @see https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema */
function formText(form: FormName, content: FormContent, now: Instant): string {
  const { name, about, title, fields } = FORMS[form];
  const body = [
    { type: 'markdown', attributes: { value: WHO_READS_IT } },
    ...fields.filter(({ only }) => only !== 'workflow').flatMap((one) => item(one, optionsOf(one, content, now))),
  ];
  // GitHub reads YAML 1.1.
  return stringify({ name, description: about, title, body }, { version: '1.1', lineWidth: 0, singleQuote: true });
}

function item(field: Field, own: readonly Option[]): object[] {
  const { key, label, description, placeholder, required, kind } = field;
  const type = own.length > 0 ? 'dropdown' : (TYPES[kind] ?? 'dropdown');
  const options = own.length > 0 ? own.map(({ text }) => text) : field.options;
  // GitHub rejects a list without options.
  if (type === 'dropdown' && !options) return [];
  const attributes = {
    label,
    ...(description && { description }),
    ...(placeholder && type === 'input' && { placeholder }),
    ...(SEVERAL.includes(kind) && own.length > 0 && { multiple: true }),
    ...(options && { options }),
    ...(field.preset && { default: field.options?.indexOf(field.preset) }),
  };
  return [{ type, id: key, attributes, ...(required && { validations: { required } }) }];
}

/** GitHub's type of a field that has no options of the page. */
const TYPES: Readonly<Partial<Record<Field['kind'], string>>> = { line: 'input', text: 'textarea', areas: 'input' };
const SEVERAL: readonly Field['kind'][] = ['components', 'affected', 'areas'];
