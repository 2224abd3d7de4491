import { stringify } from 'yaml';
import type { Content, Instant } from '../../src/core/model.ts';
import type { ComponentOption } from './component-options.ts';
import { componentOptions } from './component-options.ts';
import type { Field, FormName } from './fields.ts';
import { FORM_NAMES, FORMS } from './fields.ts';

const HEAD = `# Made by npm run forms, which the deployment runs when components.yml changes: changes of your own do not last.
`;

const WHO_READS_IT = `**In a public repository everybody can read an issue, from the moment you send it.**

Only those who may write to this repository publish with this form. Filled in by anybody else, it is a message to the team.
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
