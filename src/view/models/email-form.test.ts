import { describe, expect, it } from 'vitest';
import { at, component, group } from '../../__tests__/support/core.ts';
import { contextOf } from '../../__tests__/support/view.ts';
import { emailForm } from './email-form.ts';
import type { Topic } from './email-form.ts';
import { subscribeModel } from './subscribe.ts';

const TREE = [
  group('shop', component('checkout'), component('ftp', { retired: at('2026-01-01') })),
  component('search'),
];
const UUID = 'ce13e971-c2ed-4069-bd0c-240e9a9f56f9';

const contextWith = (email: object) => contextOf({ tree: TREE, email });

/** What a browser sends when everything is chosen, without what readers type. */
function fieldsOf(email: object): string[] {
  const { form, everything, some } = emailForm(contextWith(email)) ?? {};
  const listed = (topic: Topic): Topic[] => [topic, ...(topic.children ?? []).flatMap(listed)];
  const topics = [...(everything ? [everything] : []), ...(some?.topics ?? [])].flatMap(listed);
  const chosen = topics.flatMap(({ box }) => (box ? [box] : []));
  const hidden = [...(form?.hidden ?? []), ...chosen].map(({ name, value }) => `${name}=${value}`);
  return [`${form?.field ?? ''}=`, ...(form?.honeypot ? [`${form.honeypot}=`] : []), ...hidden];
}

describe('the form to subscribe by email', () => {
  it.each([
    [
      {
        provider: 'buttondown',
        form: 'https://buttondown.com/api/emails/embed-subscribe/acme',
        everything: 'all',
        topics: { shop: 's', checkout: 'c', ftp: 'f' },
      },
      ['email=', 'embed=1', 'tag=all', 'tag=s', 'tag=c'],
    ],
    [
      {
        provider: 'mailchimp',
        form: 'https://acme.us21.list-manage.com/subscribe/post?u=1f2e&amp;id=a1b2&amp;f_id=00c3',
        everything: 'group[7][1] All',
        topics: { search: 'group[7][4] Search' },
      },
      ['EMAIL=', 'b_1f2e_a1b2=', 'group[7][1]=1', 'group[7][4]=4'],
    ],
    [
      { provider: 'listmonk', form: 'https://lists.acme.example/subscription/form', everything: UUID },
      ['email=', 'nonce=', `l=${UUID}`],
    ],
    [
      { provider: 'keila', form: 'https://app.keila.io/forms/nfrm_1', everything: 'all', topics: { search: 'search' } },
      ['contact[email]=', 'h[url]=', 'contact[data][all]=true', 'contact[data][search]=true'],
    ],
    [
      {
        provider: 'form',
        form: 'https://acme.example/join',
        field: 'mail',
        hidden: { list: '7' },
        honeypot: 'website',
        everything: 'about=all=1',
      },
      ['mail=', 'website=', 'list=7', 'about=all=1'],
    ],
  ])('has the fields that the service expects: $provider', (email, fields) => {
    expect(fieldsOf(email)).toEqual(fields);
  });

  it('lists the addresses to write to where a program has no form for other sites', () => {
    const lists = { everything: 'all@lists.acme.example', topics: { checkout: 'shop-checkout@lists.acme.example' } };
    const links = (provider: string) => {
      const { everything, some, form } = emailForm(contextWith({ provider, ...lists })) ?? {};
      expect(form).toBeUndefined();
      expect(`mailto:${everything?.address ?? ''}`).toBe(everything?.href);
      return [everything?.href, some?.topics[0]?.children?.[0]?.href];
    };
    expect(links('mailman')).toEqual([
      'mailto:all-join@lists.acme.example',
      'mailto:shop-checkout-join@lists.acme.example',
    ]);
    expect(links('mlmmj')).toEqual([
      'mailto:all+subscribe@lists.acme.example',
      'mailto:shop-checkout+subscribe@lists.acme.example',
    ]);
  });

  it('replaces the advice to find a service, which names none', () => {
    const ways = (context: ReturnType<typeof contextOf>) => subscribeModel(context).how.ways.map(({ title }) => title);
    expect(ways(contextOf({ tree: TREE }))).toContain('Email');
    expect(ways(contextWith({ provider: 'mailman', everything: 'all@lists.acme.example' }))).not.toContain('Email');
  });
});
