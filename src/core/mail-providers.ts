/** A field of a form, with its value. */
export interface FormField {
  name: string;
  value: string;
}

/** How readers subscribe at a service that has a form. */
export interface FormProvider {
  /** The address of its form, with an example. */
  form: readonly [RegExp, example: string];
  /** The field for the reader's address. */
  field: string;
  /** What the service calls a part of its readers, its form, and an example. */
  topic: readonly [name: string, RegExp, example: string];
  /** What is sent for a part of its readers. */
  choice: (topic: string) => FormField;
  hidden?: readonly FormField[];
  /** A field that only robots fill in. */
  honeypot?: (form: URL) => string;
  /** Other origins that its answer can lead to. Browsers apply `form-action` to redirects too. */
  redirects?: readonly string[];
}

/** An address of its own, or with `&amp;`, as in code to paste. */
const MAILCHIMP_FORM =
  /^https:\/\/[\w-]+\.us\d+\.list-manage\d*\.com\/subscribe\/post\?(?=(.*(&|&amp;))?u=\w)(?=(.*(&|&amp;))?id=\w)\S+$/;
const MAILCHIMP_GROUP = /^(group\[\d+\]\[(\d+)\]) (\S.*)$/;

/** The services whose forms are known. */
export const FORM_PROVIDERS = {
  // https://docs.buttondown.com/building-your-subscriber-base#embedding-an-html-form, https://docs.buttondown.com/tags
  buttondown: {
    form: [
      /^https:\/\/buttondown\.(com|email)\/api\/emails\/embed-subscribe\/[\w.-]+$/,
      'https://buttondown.com/api/emails/embed-subscribe/acme',
    ],
    field: 'email',
    hidden: [{ name: 'embed', value: '1' }],
    topic: ['id of a tag', /^\S+$/, 'sub_tag_0j6hb7h40j6hb7h40j6hb7h40j'],
    choice: (value) => ({ name: 'tag', value }),
    redirects: ['https://buttondown.com'],
  },
  // https://mailchimp.com/help/add-a-signup-form-to-your-website/ and the code that it makes
  mailchimp: {
    form: [MAILCHIMP_FORM, 'https://acme.us21.list-manage.com/subscribe/post?u=1f2e3d&id=a1b2c3'],
    field: 'EMAIL',
    topic: ['field and name of a group', MAILCHIMP_GROUP, 'group[15001][1] Checkout'],
    choice: (topic) => {
      const [, name = '', value = ''] = MAILCHIMP_GROUP.exec(topic) ?? [];
      return { name, value };
    },
    honeypot: ({ searchParams }) => `b_${searchParams.get('u') ?? ''}_${searchParams.get('id') ?? ''}`,
  },
  // https://github.com/knadh/listmonk/blob/master/static/public/templates/subscription-form.html
  listmonk: {
    form: [/^https?:\/\/\S+\/subscription\/form$/, 'https://lists.acme.example/subscription/form'],
    field: 'email',
    topic: ['UUID of a list', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'ce13e971-c2ed-4069-bd0c-240e9a9f56f9'],
    choice: (value) => ({ name: 'l', value }),
    honeypot: () => 'nonce',
  },
  // https://github.com/pentacent/keila/blob/main/lib/keila_web/views/public_form_view.ex
  keila: {
    form: [/^https?:\/\/\S+\/forms\/\w+$/, 'https://app.keila.io/forms/nfrm_12345'],
    field: 'contact[email]',
    topic: ['key of a checkbox in the form', /^\w+$/, 'checkout'],
    choice: (key) => ({ name: `contact[data][${key}]`, value: 'true' }),
    honeypot: () => 'h[url]',
  },
  form: {
    form: [/^https?:\/\/\S+$/, 'https://acme.example/subscribe'],
    field: 'email',
    topic: ['field and its value', /^[^\s=]+=.+$/, 'topics=checkout'],
    choice: (topic) => {
      const at = topic.indexOf('=');
      return { name: topic.slice(0, at), value: topic.slice(at + 1) };
    },
  },
} as const satisfies Readonly<Record<string, FormProvider>>;

/** What an address of a list ends with to subscribe and to leave, at programs whose forms refuse other sites. */
export const LIST_PROVIDERS = {
  // https://docs.mailman3.org/projects/mailman/en/latest/src/mailman/runners/docs/command.html
  mailman: { join: '-join', leave: '-leave' },
  // https://codeberg.org/mlmmj/mlmmj#subscribing-and-unsubscribing
  mlmmj: { join: '+subscribe', leave: '+unsubscribe' },
} as const satisfies Readonly<Record<string, { join: string; leave: string }>>;

export type FormProviderName = keyof typeof FORM_PROVIDERS;
export type ListProviderName = keyof typeof LIST_PROVIDERS;

/** An empty email to the address of a list, to subscribe or to leave. */
export function listCommand(provider: ListProviderName, what: 'join' | 'leave', list: string): string {
  return `mailto:${encodeURI(list.replace('@', `${LIST_PROVIDERS[provider][what]}@`))}`;
}

/** The name of a group, from a topic of Mailchimp. */
export function mailchimpGroup(topic: string): string {
  return MAILCHIMP_GROUP.exec(topic)?.[3] ?? '';
}
