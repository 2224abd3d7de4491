import type { Instant } from '../../src/core/days.ts';
import { stringify } from 'yaml';
import type { ComponentStatus } from '../../src/core/vocabulary.ts';
import type { Content } from '../../src/core/model.ts';
import { areasOf } from '../../src/core/areas.ts';
import { choicesOf } from '../../src/core/groups.ts';

/** The forms, by the names of their files. */
export const FORM_NAMES = ['report-incident', 'post-update'] as const;
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
   * those of the page; on a page without any, a line.
   */
  kind: 'line' | 'text' | 'choice' | 'components' | 'areas';
  required?: true;
  description?: string;
  placeholder?: string;
  options?: readonly string[];
  /** The option that is selected by default. */
  preset?: string;
}

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

/** The forms with their fields, in order. The first label identifies a form, also in `forms.yml`. */
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
      },
      { key: 'severity', label: 'How bad is it?', kind: 'choice', required: true, options: Object.keys(SEVERITIES) },
      {
        key: 'started',
        label: 'When did it start?',
        formerLabels: ['Since when?'],
        kind: 'line',
        description: `${TIMES} Leave empty for now.`,
      },
      {
        key: 'message',
        label: 'Message to customers',
        formerLabels: ['The message to customers'],
        kind: 'text',
        required: true,
        description: "In Markdown: what customers notice, and what you're doing about it.",
      },
      NEXT,
      {
        key: 'areas',
        label: 'Affected areas',
        formerLabels: ['Areas'],
        kind: 'areas',
        description: 'Only if not all customers are affected: regions, or groups of customers.',
        placeholder: 'Europe, Asia',
      },
      {
        key: 'reference',
        label: 'Ticket number',
        formerLabels: ['Your own ticket'],
        kind: 'line',
        description: 'Your own reference. Customers can see it.',
      },
      REVIEW,
    ],
  },
  'post-update': {
    name: 'Post an update',
    about: 'Tell customers what is new about an open incident',
    title: 'Incident update',
    fields: [
      {
        key: 'id',
        label: 'Incident ID',
        formerLabels: ['Id of the incident'],
        kind: 'line',
        description: 'The last part of its address on the page. Leave empty for the newest open incident.',
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
        key: 'message',
        label: 'Message to customers',
        formerLabels: ['What is new?'],
        kind: 'text',
        description: `What is new, in Markdown. With “${STANDS.nothing}”, leave it empty or say what you're still doing.`,
      },
      NEXT,
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
export type FormContent = Pick<Content, 'tree' | 'site'>;

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

const HEAD = `# Written by npm run forms. A deployment runs it when components or areas have changed, so your own changes here are lost.
`;

const WHO_READS_IT = `**In a public repository, everybody can read an issue as soon as you submit it.**

Only people with write access to this repository can publish with this form. From anybody else, it is a message to the team.
`;

/** GitHub's issue forms for a page, by file name. */
export function issueForms(content: FormContent, now: Instant): Record<`${FormName}.yml`, string> {
  const options = { components: componentOptions(content, now), areas: areaOptions(content) };
  const files = FORM_NAMES.map((form) => [`${form}.yml`, HEAD + formText(form, options)] as const);
  return Object.fromEntries(files) as Record<`${FormName}.yml`, string>;
}

/** The options that the page has, by the kind of field. */
type Options = Readonly<Record<'components' | 'areas', readonly Option[]>>;

/** @see https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema */
function formText(form: FormName, options: Options): string {
  const { name, about, title, fields } = FORMS[form];
  const body = [
    { type: 'markdown', attributes: { value: WHO_READS_IT } },
    ...fields.flatMap((one) => item(one, options)),
  ];
  // GitHub reads YAML 1.1.
  return stringify({ name, description: about, title, body }, { version: '1.1', lineWidth: 0, singleQuote: true });
}

function item(field: Field, options: Options): object[] {
  const { key, label, description, placeholder, required } = field;
  const several = field.kind === 'components' || field.kind === 'areas' ? options[field.kind] : [];
  // GitHub rejects a list without options.
  if (field.kind === 'components' && several.length === 0) return [];
  const type = several.length > 0 ? 'dropdown' : TYPES[field.kind];
  const attributes = {
    label,
    ...(description && { description }),
    ...(placeholder && type === 'input' && { placeholder }),
    ...(several.length > 0 && { multiple: true, options: several.map(({ text }) => text) }),
    ...(field.options && { options: field.options }),
    ...(field.preset && { default: field.options?.indexOf(field.preset) }),
  };
  return [{ type, id: key, attributes, ...(required && { validations: { required } }) }];
}

const TYPES = { line: 'input', text: 'textarea', choice: 'dropdown', components: 'dropdown', areas: 'input' } as const;
