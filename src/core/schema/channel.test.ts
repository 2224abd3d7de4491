import { describe, expect, test } from 'vitest';
import { channelSchema, isAddress } from './channel.ts';

const SLACK = { type: 'slack', url: 'SLACK_URL' };
const EMAIL = { type: 'email', smtp: 'SMTP_URL', from: 'status@acme.example', to: 'updates@lists.acme.example' };

test('a channel is called by its type where nothing else is said', () => {
  expect(channelSchema.parse(SLACK)).toEqual({ ...SLACK, name: 'slack' });
  expect(channelSchema.parse({ ...EMAIL, name: 'customers' })).toEqual({ ...EMAIL, name: 'customers' });
});

describe('it takes', () => {
  test.each<[string, Record<string, unknown>]>([
    ['Microsoft Teams', { type: 'teams', url: 'TEAMS_URL' }],
    ['Discord', { type: 'discord', url: 'DISCORD_URL' }],
    ['a webhook', { type: 'webhook', url: 'HOOK_2' }],
    ['what it is narrowed to', { ...SLACK, components: ['checkout'], impacts: ['major', 'critical', 'maintenance'] }],
    ['a sender with a name', { ...EMAIL, from: 'Acme Status <status@acme.example>' }],
    ['addresses in a secret', { ...EMAIL, to: 'MAIL_TO' }],
    ['a page on which to unsubscribe', { ...EMAIL, unsubscribe: 'https://acme.example/leave?list=status' }],
    ['an address to which to unsubscribe', { ...EMAIL, unsubscribe: 'mailto:leave@acme.example' }],
  ])('%s', (_, channel) => {
    expect(channelSchema.safeParse(channel).success).toBe(true);
  });
});

describe('it refuses', () => {
  test.each<[string, Record<string, unknown>]>([
    ['a type that it does not know', { ...SLACK, type: 'pigeon' }],
    ['a key of another type', { ...SLACK, to: 'MAIL_TO' }],
    ['an address in the open', { ...SLACK, url: 'https://hooks.slack.com/services/T0/B0/x' }],
    ['an account in the open', { ...EMAIL, smtp: 'smtps://user:password@smtp.acme.example' }],
    ['a secret without a name', { type: 'slack' }],
    ['a name that no secret can have', { ...SLACK, url: '2_URL' }],
    ['an impact that does not exist', { ...SLACK, impacts: ['huge'] }],
    ['nothing that it is narrowed to', { ...SLACK, components: [] }],
    ['a name with spaces', { ...SLACK, name: 'on call' }],
    ['a sender without an address', { ...EMAIL, from: 'Acme Status' }],
    ['a sender with two', { ...EMAIL, from: 'a@acme.example, b@acme.example' }],
    ['several addresses in the open', { ...EMAIL, to: 'a@acme.example, b@acme.example' }],
    ['a user and a password in that page', { ...EMAIL, unsubscribe: 'https://me:secret@acme.example/leave' }],
    ['an open page on which to unsubscribe', { ...EMAIL, unsubscribe: 'http://acme.example/leave' }],
  ])('%s', (_, channel) => {
    expect(channelSchema.safeParse(channel).success).toBe(false);
  });
});

test('an address is told from the name of a secret, and anything else is told what would do', () => {
  expect(['updates@lists.acme.example', 'MAIL_TO'].map(isAddress)).toEqual([true, false]);
  const email = { type: 'email', smtp: 'SMTP_URL', from: 'a@acme.example', to: 'MAIL_TO' };
  const messages = (fields: object) =>
    channelSchema.safeParse({ ...email, ...fields }).error?.issues.map(({ message }) => message);
  expect(messages({})).toBeUndefined();
  expect(messages({ to: 'everybody' })).toEqual([
    'the address of a list, such as `updates@lists.acme.example`, or the name of a secret such as `MAIL_TO`',
  ]);
  const unsubscribe = ['an address such as `https://acme.example/unsubscribe` or `mailto:unsubscribe@acme.example`'];
  expect(messages({ unsubscribe: 'mailto:no@acme.example' })).toBeUndefined();
  expect(messages({ unsubscribe: 'xhttps://acme.example/' })).toEqual(unsubscribe);
  expect(messages({ unsubscribe: 'https://acme.example/ x' })).toEqual(unsubscribe);
  expect(messages({ unsubscribe: 'http://acme.example/' })).toEqual(unsubscribe);
});
