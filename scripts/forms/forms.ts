import type { Instant } from '../../src/core/days.ts';
import { stringify } from 'yaml';
import type { ComponentStatus } from '../../src/core/vocabulary.ts';
import type { ComponentNode, Content } from '../../src/core/model.ts';
import { isRetired } from '../../src/core/ledger.ts';

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

const TIMES = "Such as 30m, 20 minutes ago, 14:30 (in the page's time zone) or 2026-11-20 14:30 UTC.";
const NEXT: Omit<Field, 'label'> = {
  key: 'next',
  kind: 'line',
  description: `Such as 30m or 14:30. Leave empty for the usual interval, or write \`${NO_PROMISE}\` to promise nothing.`,
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
    about: 'Tell customers that something is wrong',
    title: 'Incident report',
    fields: [
      {
        key: 'title',
        label: 'What can customers not do?',
        kind: 'line',
        required: true,
        description: 'One line. It becomes the title of the incident.',
        placeholder: 'Some customers in Europe cannot pay',
      },
      { key: 'components', label: 'What is affected?', kind: 'components' },
      { key: 'severity', label: 'How bad is it?', kind: 'choice', required: true, options: Object.keys(SEVERITIES) },
      { key: 'started', label: 'Since when?', kind: 'line', description: `${TIMES} Leave empty for now.` },
      {
        key: 'message',
        label: 'The message to customers',
        kind: 'text',
        required: true,
        description: "In Markdown: what customers notice, and what you're doing about it.",
      },
      { ...NEXT, label: 'The next message comes in' },
      {
        key: 'areas',
        label: 'Areas',
        kind: 'line',
        description: 'Only if some regions or groups of customers are affected. Separate them with commas.',
      },
      { key: 'reference', label: 'Your own ticket', kind: 'line', description: 'Customers can see it.' },
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
        label: 'Id of the incident',
        kind: 'line',
        description: 'The last part of its address on the page. Leave empty for the newest open incident.',
        placeholder: '2026-11-20-some-customers-cannot-pay',
      },
      { key: 'status', label: 'Where does it stand?', kind: 'choice', required: true, options: Object.values(STANDS) },
      {
        key: 'message',
        label: 'What is new?',
        kind: 'text',
        description: `For customers, in Markdown. With “${STANDS.nothing}”, leave it empty or say what you're still doing.`,
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

/** What a form offers for one component. */
interface ComponentOption {
  id: string;
  /** `Payments › Cards (cards)`; unique, since the id is. */
  text: string;
}

/** Everything that can be affected, in the order of the page. What is retired is not offered. */
export function componentOptions({ tree }: Pick<Content, 'tree'>, now: Instant): ComponentOption[] {
  const below = (node: ComponentNode, groups: readonly string[]): ComponentOption[] => {
    if (node.kind === 'group') return node.children.flatMap((child) => below(child, [...groups, node.name]));
    if (isRetired(node, now)) return [];
    return [{ id: node.id, text: `${[...groups, node.name].join(' › ')} (${node.id})` }];
  };
  return tree.flatMap((node) => below(node, []));
}

const BETWEEN = /^\s*,?\s*/;
/** An option of a form that is older than `components.yml` ends in its id as well. */
const FORMER = /^.*?\(([a-z0-9]+(?:-[a-z0-9]+)*)\)(?=,|$)/;
const UP_TO_COMMA = /^[^,]*/;

/**
 * Ids out of `Checkout (checkout), Cards, debit (cards)`, as GitHub writes what was chosen; names may hold commas. What
 * is not one of the options is kept unchanged, so that ids and `id=status` typed by hand are understood as well.
 */
export function readChosen(text: string, options: readonly ComponentOption[]): string[] {
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

const HEAD = `# Written by npm run forms. A deployment runs it when components.yml has changed, so your own changes here are lost.
`;

const WHO_READS_IT = `**In a public repository, everybody can read an issue as soon as you submit it.**

Only people with write access to this repository can publish with this form. From anybody else, it is a message to the team.
`;

/** GitHub's issue forms for a page, by the names of their files. */
export function issueForms(content: Pick<Content, 'tree'>, now: Instant): Record<`${FormName}.yml`, string> {
  const options = componentOptions(content, now);
  const files = FORM_NAMES.map((form) => [`${form}.yml`, HEAD + formText(form, options)] as const);
  return Object.fromEntries(files) as Record<`${FormName}.yml`, string>;
}

/** @see https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema */
function formText(form: FormName, options: readonly ComponentOption[]): string {
  const { name, about, title, fields } = FORMS[form];
  const body = [
    { type: 'markdown', attributes: { value: WHO_READS_IT } },
    ...fields.flatMap((one) => item(one, options)),
  ];
  // GitHub reads YAML 1.1.
  return stringify({ name, description: about, title, body }, { version: '1.1', lineWidth: 0, singleQuote: true });
}

function item(field: Field, components: readonly ComponentOption[]): object[] {
  const { key, label, description, placeholder, required } = field;
  // GitHub refuses a list without options.
  if (field.kind === 'components' && components.length === 0) return [];
  const attributes = { label, ...(description && { description }), ...(placeholder && { placeholder }), ...kindOf() };
  return [{ type: TYPES[field.kind], id: key, attributes, ...(required && { validations: { required } }) }];

  function kindOf(): object {
    if (field.kind === 'components') return { multiple: true, options: components.map(({ text }) => text) };
    const { options, preset } = field;
    return { ...(options && { options }), ...(preset && { default: options?.indexOf(preset) }) };
  }
}

const TYPES = { line: 'input', text: 'textarea', choice: 'dropdown', components: 'dropdown' } as const;
