import type { ComponentStatus } from '../../src/core/vocabulary.ts';

/** The forms, by the names of their files. */
export const FORM_NAMES = ['report-incident', 'post-update'] as const;
export type FormName = (typeof FORM_NAMES)[number];

/** What somebody filled in, by the keys of the fields. What was left empty is not there. */
export type Answers = Readonly<Record<string, string | undefined>>;

/** A form as somebody filled it in. */
export interface Filled {
  form: FormName;
  answers: Answers;
}

/** One thing that a form asks for. */
export interface Field {
  key: string;
  /** The question, and the heading of the answer in the issue. */
  label: string;
  /** `text` may have many lines, and a form has one such field at most: so its headings are told from those of the form. */
  kind: 'line' | 'text' | 'choice' | 'components';
  required?: true;
  description?: string;
  placeholder?: string;
  options?: readonly string[];
  /** The option that is chosen unless somebody chooses another. */
  preset?: string;
}

/** How bad it is, in words, by the status that the components get. */
export const SEVERITIES: Readonly<Record<string, ComponentStatus>> = {
  'Slow, or fails now and then': 'degraded_performance',
  'Part of it fails, or it fails for some customers': 'partial_outage',
  'Does not work at all': 'major_outage',
};

export const STANDS = {
  same: 'Still the same',
  identified: 'The cause is found',
  monitoring: 'It works again, and we watch that it stays so',
  over: 'It is over',
  nothing: 'Nothing is new yet',
} as const;

export const PUBLISH = { now: 'Publish at once', review: 'Let somebody check it first' } as const;

/** What takes the place of a time where nothing is to be promised. */
export const NO_PROMISE = 'none';

const TIMES = 'As 30m, 20 minutes ago, 14:30 (in the time zone of the page), or 2026-11-20 14:30 UTC.';
const NEXT: Omit<Field, 'label'> = {
  key: 'next',
  kind: 'line',
  description: `As 30m or 14:30. Left empty, the page's usual time; \`${NO_PROMISE}\` promises nothing.`,
};
const REVIEW: Field = {
  key: 'review',
  label: 'Who has to agree?',
  kind: 'choice',
  options: Object.values(PUBLISH),
  preset: PUBLISH.now,
};

/** The forms: what each is called, and what it asks for, in order. */
export const FORMS: Readonly<
  Record<FormName, { name: string; about: string; title: string; fields: readonly Field[] }>
> = {
  'report-incident': {
    name: 'Report an incident',
    about: 'Something does not work for customers',
    title: 'Report of an incident',
    fields: [
      {
        key: 'title',
        label: 'What can customers not do?',
        kind: 'line',
        required: true,
        description: 'One line; it becomes the headline.',
        placeholder: 'Some customers in Europe cannot pay',
      },
      { key: 'components', label: 'What is affected?', kind: 'components' },
      { key: 'severity', label: 'How bad is it?', kind: 'choice', required: true, options: Object.keys(SEVERITIES) },
      { key: 'started', label: 'Since when?', kind: 'line', description: `${TIMES} Left empty, since now.` },
      {
        key: 'message',
        label: 'The message to customers',
        kind: 'text',
        required: true,
        description: 'What they notice, and what you are doing about it. Markdown.',
      },
      { ...NEXT, label: 'The next message comes in' },
      {
        key: 'areas',
        label: 'Areas',
        kind: 'line',
        description: 'Only if it is limited to some, with commas between.',
      },
      { key: 'reference', label: 'Your own ticket', kind: 'line', description: 'Customers see it.' },
      REVIEW,
    ],
  },
  'post-update': {
    name: 'Post an update',
    about: 'Something is new about an incident that customers know of',
    title: 'Update of an incident',
    fields: [
      {
        key: 'id',
        label: 'Id of the incident',
        kind: 'line',
        description: 'The end of its address on the page. Left empty, the newest one that is open.',
        placeholder: '2026-11-20-some-customers-cannot-pay',
      },
      { key: 'status', label: 'Where does it stand?', kind: 'choice', required: true, options: Object.values(STANDS) },
      {
        key: 'message',
        label: 'What is new?',
        kind: 'text',
        description: `For customers, in Markdown. With “${STANDS.nothing}” it may be empty, or say what is being done.`,
      },
      { ...NEXT, label: 'The next update comes in' },
      REVIEW,
    ],
  },
};

/** The question of a field. */
export function labelOf(form: FormName, key: string): string {
  return FORMS[form].fields.find((field) => field.key === key)?.label ?? key;
}
