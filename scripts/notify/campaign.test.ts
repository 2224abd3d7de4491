import { afterEach, describe, expect, it, vi } from 'vitest';
import { MailServiceStandIn } from '../../src/__tests__/support/mail-services.ts';
import { A, FIRST, incident, Post, SECOND } from '../../src/__tests__/support/notify.ts';

/** A service, how it is set up, and the readers of everything and of the checkout as its API knows them. */
const SERVICES = [
  {
    type: 'buttondown',
    setup:
      'form: https://buttondown.com/api/emails/embed-subscribe/acme, everything: tag_all, topics: { checkout: tag_checkout, website: tag_website }',
    audience: { filters: { predicate: 'or', filters: [{ value: 'tag_all' }, { value: 'tag_checkout' }] } },
    sends: /\/v1\/emails$/,
  },
  {
    type: 'mailchimp',
    setup:
      'form: "https://acme.us21.list-manage.com/subscribe/post?u=1f2e&id=a1b2", everything: "group[1][1] All", topics: { checkout: "group[2][1] Checkout" }',
    audience: {
      recipients: {
        list_id: 'a1b2',
        segment_opts: {
          match: 'any',
          conditions: [
            { field: 'interests-c1', value: ['i1'] },
            { field: 'interests-c2', value: ['i2'] },
          ],
        },
      },
      settings: { from_name: 'Acme Status', reply_to: 'status@acme.example' },
    },
    sends: /\/actions\/send$/,
  },
  {
    type: 'listmonk',
    setup:
      'form: https://lists.acme.example/subscription/form, everything: ce13e971-c2ed-4069-bd0c-240e9a9f56f9, topics: { checkout: 12e25d25-b08e-48a2-a7c5-1f0d2c1f6d3f }',
    audience: { lists: [3, 5] },
    sends: /\/status$/,
  },
  {
    type: 'keila',
    setup: 'form: https://app.keila.io/forms/nfrm_1, everything: all, topics: { checkout: checkout }',
    audience: { filter: { $or: [{ 'data.all': true }, { 'data.checkout': true }] }, sender_id: 'ms_1' },
    sends: /\/actions\/send$/,
  },
] as const;

type Given = (typeof SERVICES)[number];

async function begun({ type, setup }: Given) {
  const service = await MailServiceStandIn.start(type);
  const post = new Post([]);
  const site =
    'name: Acme\nurl: https://status.acme.example\nwarnings: { off: [promise-missing, stock-words, no-effect, silent-day] }\n';
  const from = {
    buttondown: '',
    listmonk: '',
    keila: ', from: ms_1',
    mailchimp: ', from: Acme Status <status@acme.example>',
  }[type];
  post.commit({
    'content/site.yml': `${site}subscribe: { email: { provider: ${type}, ${setup} } }\nchannels: [{ type: ${type}, url: LISTS_URL${from} }]\n`,
  });
  post.env['STATUS_SECRETS'] = `LISTS_URL=${service.url}\n`;
  await post.run();
  post.commit({ [A]: incident([FIRST, [SECOND[0], 'Write {% name %} or *|NAME|* here.']]) });
  return {
    service,
    post,
    async [Symbol.asyncDispose]() {
      await service[Symbol.asyncDispose]();
      await post[Symbol.asyncDispose]();
    },
  };
}

const { timeout } = AbortSignal;
afterEach(() => vi.restoreAllMocks());

describe.each(SERVICES)('an email that $type sends', (given) => {
  it('goes once to those who chose everything or what it is about, without fields of the service', async () => {
    await using all = await begun(given);
    expect(await all.post.run()).toMatchObject({ code: 0, printed: expect.stringContaining('is sent') });
    await all.post.run();
    expect(all.service.sent).toHaveLength(1);
    expect(all.service.sent[0]).toMatchObject(audienceOf(given));
    const body = JSON.stringify(all.service.sent[0]).replaceAll('{{ unsubscribe_link }}', '');
    expect(body).toContain('[Acme] Some customers cannot pay — Identified');
    expect(body).toContain('name %} or');
    expect(body).not.toMatch(/\{[{%]|\*\|/);
  });

  it('is sent by a further run if a step fails, and not again if only its answer is lost', async () => {
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((time) => timeout.call(AbortSignal, time / 40));
    await using before = await begun(given);
    before.service.fault = { path: given.sends, how: 'silence', when: 'before' };
    expect(await before.post.run()).toMatchObject({ code: 1, printed: expect.stringContaining('may have arrived') });
    expect(await before.post.run()).toMatchObject({ code: 0 });
    expect(before.service.sent).toHaveLength(1);
    await using after = await begun(given);
    after.service.fault = { path: given.sends, how: 'silence', when: 'after' };
    expect(await after.post.run()).toMatchObject({ code: 1 });
    expect(await after.post.run()).toMatchObject({ code: 0 });
    expect(after.service.sent).toHaveLength(1);
  });

  it('is refused with the reason that the service gives a code for, and never with its key', async () => {
    await using all = await begun(given);
    all.service.fault = {
      path: given.sends,
      how: [400, { code: 'sending_requires_confirmation', detail: 'The key k3y is new.' }],
      when: 'before',
    };
    const { code, printed, summary } = await all.post.run();
    expect(code).toBe(1);
    expect(printed).toContain('It says sending_requires_confirmation.');
    expect(printed + summary).not.toContain('k3y');
  });
});

function audienceOf({ type, audience }: Given): object {
  if (type !== 'buttondown') return audience;
  const filters = audience.filters.filters.map((one) => expect.objectContaining(one) as object);
  return { filters: { ...audience.filters, filters } };
}
