import { componentsIn } from '../../core/groups.ts';
import { isRetired } from '../../core/ledger.ts';
import type { FormField, FormProvider } from '../../core/mail-providers.ts';
import { FORM_PROVIDERS, listCommand } from '../../core/mail-providers.ts';
import type { ComponentNode } from '../../core/model.ts';
import type { EmailSignUp } from '../../core/schema/subscribe.ts';
import type { ViewContext } from '../context.ts';
import { hrefTo } from './page.ts';
import type { Link } from './rich.ts';
import { langOf } from './rich.ts';

/** How readers subscribe by email: with a form, or by sending an email to a list. */
export interface EmailForm {
  title: string;
  text: string;
  /** The form, unless there are only lists. */
  form?: {
    action: string;
    label: string;
    field: string;
    hidden: readonly FormField[];
    honeypot?: string | undefined;
    button: string;
  };
  everything?: Topic;
  /** What can be chosen instead. */
  some?: { title: string; text?: string; topics: Topic[] };
  privacy?: Link;
  /** The origins that the form is sent to. */
  origins: string[];
}

/** What can be followed by email: a box in the form, or the link to a list. Or a group of them. */
export interface Topic {
  name: string;
  lang?: string;
  box?: FormField;
  href?: string;
  /** The address to write to: an email to the list itself would go to its readers. */
  address?: string;
  children?: Topic[];
}

/** Undefined if the owner has set up no service. */
export function emailForm(context: ViewContext): EmailForm | undefined {
  const { words, ledger } = context;
  const { email } = ledger.content.site.subscribe;
  if (!email) return undefined;
  const topics = topicsOf(context, email, ledger.content.tree);
  const { everything, privacy } = email;
  const form = formOf(context, email);
  const all = words.say('subscribe.everything');
  const title = words.say('subscribe.email_title');
  return {
    title,
    text: form
      ? words.say('subscribe.email_form', { host: new URL(form.action).host })
      : words.say('subscribe.email_list'),
    ...(form && { form }),
    ...(everything !== undefined && { everything: { name: all, ...choiceOf(email, everything) } }),
    ...(topics.length > 0 && {
      some: {
        title: words.say('subscribe.single'),
        ...(form && { text: words.say('subscribe.email_some', { everything: all }) }),
        topics,
      },
    }),
    ...(privacy !== undefined && {
      privacy: { text: words.say('subscribe.privacy'), href: hrefTo(context, privacy) },
    }),
    origins: form ? originsOf(email, form.action) : [],
  };
}

function formOf({ words }: ViewContext, email: EmailSignUp): EmailForm['form'] {
  if (!('form' in email)) return undefined;
  const provider: FormProvider = FORM_PROVIDERS[email.provider];
  const own = 'hidden' in email ? email : undefined;
  return {
    action: email.form,
    label: words.say('subscribe.email_address'),
    field: own?.field ?? provider.field,
    hidden: [
      ...(provider.hidden ?? []),
      ...Object.entries(own?.hidden ?? {}).map(([name, value]) => ({ name, value })),
    ],
    honeypot: own?.honeypot ?? provider.honeypot?.(new URL(email.form)),
    button: words.say('subscribe'),
  };
}

function originsOf(email: EmailSignUp, action: string): string[] {
  if (!('form' in email)) return [];
  const { redirects = [] }: FormProvider = FORM_PROVIDERS[email.provider];
  return [...new Set([new URL(action).origin, ...redirects, ...email.redirects])];
}

function choiceOf(email: EmailSignUp, topic: string): Pick<Topic, 'box' | 'href' | 'address'> {
  if ('form' in email) return { box: FORM_PROVIDERS[email.provider].choice(topic) };
  const href = listCommand(email.provider, 'join', topic);
  return { href, address: decodeURI(new URL(href).pathname) };
}

/** What the service has a topic for, in the order of the page. A group itself is the first of its choices. */
function topicsOf(context: ViewContext, email: EmailSignUp, nodes: readonly ComponentNode[]): Topic[] {
  const { ledger, words } = context;
  return nodes.flatMap((node): Topic[] => {
    const count = componentsIn(node).filter((component) => !isRetired(component, ledger.now)).length;
    if (count === 0) return [];
    const topic = email.topics[node.id];
    const named = { name: node.name, ...langOf(context, node) };
    if (node.kind === 'component') return topic === undefined ? [] : [{ ...named, ...choiceOf(email, topic) }];
    const inside = topicsOf(context, email, node.children);
    const whole = words.count('affected.group', count, { group: node.name });
    const children = [...(topic === undefined ? [] : [{ name: whole, ...choiceOf(email, topic) }]), ...inside];
    return children.length === 0 ? [] : [{ ...named, children }];
  });
}
