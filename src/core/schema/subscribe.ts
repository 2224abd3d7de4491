import { z } from 'zod';
import type { FormProvider, FormProviderName, ListProviderName } from '../mail-providers.ts';
import { FORM_PROVIDERS, LIST_PROVIDERS } from '../mail-providers.ts';
import type { IssueParams } from './fields.ts';
import { id, inForm, line, refuseAccount, suggestAddress } from './fields.ts';

/**
 * Schema of `subscribe` in `content/site.yml`: how readers subscribe by email. All of it is on the page, so it holds no
 * secrets.
 */

const LIST = ['address of the list', /^[^\s<>@,;+]+@[^\s<>@,;]+$/, 'updates@lists.acme.example'] as const;
const LOCAL = /^http:\/\/(localhost|127\.0\.0\.1)[:/]/;

/** What a service calls a part of its readers. */
function topicAt(provider: FormProviderName | ListProviderName): FormProvider['topic'] {
  return provider in FORM_PROVIDERS ? FORM_PROVIDERS[provider as FormProviderName].topic : LIST;
}

/** @param url the schema of links on the page */
function common(provider: FormProviderName | ListProviderName, url: z.ZodType<string>) {
  const [what, pattern, example] = topicAt(provider);
  const topic = line.regex(pattern, `the ${what}, such as \`${example}\``).meta({ examples: [example] });
  return {
    everything: topic.optional().describe(`The ${what} of those who get everything.`),
    topics: z
      .record(id, topic)
      .default({})
      .describe(`For each component or group that readers can choose, the ${what}. Needs “everything”.`),
    privacy: url.optional().describe('The URL of your privacy policy, or its path on this site.'),
  };
}

function formFields<Name extends FormProviderName>(name: Name, url: z.ZodType<string>) {
  const { form }: FormProvider = FORM_PROVIDERS[name];
  return z.strictObject({
    provider: z.literal(name),
    form: line
      .superRefine(refuseAccount)
      .superRefine(
        inForm(
          (text) => form[0].test(text) && (text.startsWith('https:') || LOCAL.test(text)) && URL.canParse(text),
          `the address of the form, such as \`${form[1]}\``,
          suggestAddress,
        ),
      )
      .meta({ description: 'The URL that the form is sent to.', examples: [form[1]] })
      .transform((text) => text.replaceAll('&amp;', '&')),
    ...common(name, url),
    redirects: z
      .array(z.string().regex(/^https:\/\/[^\s/?#@]+$/, 'an origin such as `https://acme.example`'))
      .default([])
      .describe('Origins of other pages that the form leads to once it is sent, such as a page of thanks.'),
  });
}

function listFields(name: ListProviderName, url: z.ZodType<string>) {
  return z.strictObject({ provider: z.literal(name), ...common(name, url) });
}

/** @param url the schema of links on the page */
export function subscribeSchema(url: z.ZodType<string>) {
  const forms = Object.keys(FORM_PROVIDERS).filter((name) => name !== 'form') as Exclude<FormProviderName, 'form'>[];
  const lists = Object.keys(LIST_PROVIDERS) as ListProviderName[];
  const own = formFields('form', url).extend({
    field: line.default(FORM_PROVIDERS.form.field).describe('The name of the field for the email address.'),
    hidden: z.record(line, line).default({}).describe('Fields that are sent with their values.'),
    honeypot: line.optional().describe('The name of a field that only robots fill in.'),
  });
  const names = [...forms, ...lists, 'form'].map((name) => `\`${name}\``).join(', ');
  return z.strictObject({
    email: z
      .discriminatedUnion(
        'provider',
        [own, ...forms.map((name) => formFields(name, url)), ...lists.map((name) => listFields(name, url))],
        { error: `one of ${names}` },
      )
      .superRefine(({ provider, everything, topics }, context) => {
        const needed = provider in LIST_PROVIDERS || provider === 'listmonk' || Object.keys(topics).length > 0;
        if (!needed || everything !== undefined) return;
        const [what, , example] = topicAt(provider);
        const message = `The key “everything” is missing: the ${what} of those who get everything, such as \`${example}\`.`;
        const params: IssueParams = { ruleId: 'missing-key' };
        context.addIssue({ code: 'custom', message, params: { ...params } });
      })
      .optional()
      .describe('How readers subscribe by email. The form is on /subscribe/.'),
  });
}

export type EmailSignUp = NonNullable<z.output<ReturnType<typeof subscribeSchema>>['email']>;
