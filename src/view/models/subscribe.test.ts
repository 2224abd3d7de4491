import { describe, expect, it } from 'vitest';
import { at, component, group } from '../../__tests__/support/core.ts';
import { contextOf, plain } from '../../__tests__/support/view.ts';
import { componentModel } from './component.ts';
import { subscribeModel } from './subscribe.ts';
import type { Choice } from './subscribe.ts';

const TREE = [
  group('shop', component('checkout', { name: 'Checkout' }), component('ftp', { retired: at('2026-01-01') })),
  group('old', component('telex', { retired: at('2026-01-01') })),
  component('website'),
];
const model = subscribeModel(contextOf({ tree: TREE }));

function named(choices: readonly Choice[]): unknown[] {
  return choices.map((choice) => (choice.kind === 'group' ? [choice.name, named(choice.children)] : choice.name));
}

describe('the page that explains how to subscribe', () => {
  it('has the addresses of everything with their host, each to copy', () => {
    expect(model.what.addresses.map(({ label, url }) => [label, url])).toEqual([
      ['RSS', 'https://acme.example/status/rss.xml'],
      ['Calendar', 'https://acme.example/status/maintenance.ics'],
      ['Atom', 'https://acme.example/status/atom.xml'],
      ['JSON Feed', 'https://acme.example/status/feed.json'],
      ['Badge', 'https://acme.example/status/badge.svg'],
    ]);
    expect(model.what.addresses[0]?.copy).toEqual({
      text: 'https://acme.example/status/rss.xml',
      name: 'Copy: Everything: RSS',
      word: 'Copy',
      done: 'Copied',
    });
  });

  it('lists the components that are offered, by group', () => {
    expect(named(model.what.choices)).toEqual([['shop', ['shop (all 1)', 'Checkout']], 'website']);
  });

  it('has the addresses of a component and of a whole group below their pages', () => {
    const [shop] = model.what.choices;
    const urls = (shop?.kind === 'group' ? shop.children : []).map((one) =>
      one.kind === 'single' ? one.addresses.map(({ url }) => url) : [],
    );
    const files = ['rss.xml', 'maintenance.ics', 'atom.xml', 'feed.json', 'badge.svg'];
    const below = (path: string) => files.map((file) => `https://acme.example/status/${path}/${file}`);
    expect(urls).toEqual([below('groups/shop'), below('components/checkout')]);
  });

  it('opens the calendar in a calendar, and has what is to be typed in Slack', () => {
    const way = (title: string) => model.how.ways.find((one) => one.title === title);
    expect(way('Calendar')?.text).toContainEqual({
      text: 'Open in your calendar',
      href: 'webcal://acme.example/status/maintenance.ics',
    });
    expect(way('Slack')?.code?.text).toBe('/feed subscribe https://acme.example/status/rss.xml');
  });

  it('has the lines for other sites', () => {
    expect(model.own.ways.map(({ code }) => code?.text)).toEqual([
      '<script src="https://acme.example/status/embed.js" async></script>',
      '<iframe src="https://acme.example/status/embed/" title="Acme status" width="100%" height="160"></iframe>',
      '[![Acme status](https://acme.example/status/badge.svg)](https://acme.example/status/)',
      'https://acme.example/status/api/v2/summary.json',
    ]);
    expect(plain(model.own.ways[0]?.text ?? [])).toContain('data-components="checkout"');
  });

  it('has lines that a name with quotes and brackets does not break', () => {
    const context = contextOf();
    context.ledger.content.site.name = 'A "b" [c] & d';
    const [, frame, badge] = subscribeModel(context).own.ways;
    expect(frame?.code?.text).toContain('title="A &quot;b&quot; [c] &amp; d status"');
    expect(badge?.code?.text).toContain('[![A "b" \\[c\\] & d status](');
  });
});

describe('the page of a component', () => {
  const page = (id: string) => {
    const context = contextOf({ tree: TREE });
    const found = context.ledger.content.components.get(id);
    if (!found) throw new RangeError(id);
    return componentModel(context, found);
  };

  it('leads to its own feeds and calendar, also from its head', () => {
    expect(page('checkout').follow.links.map(({ text, href }) => [text, href])).toEqual([
      ['RSS', '/status/components/checkout/rss.xml'],
      ['Atom', '/status/components/checkout/atom.xml'],
      ['JSON Feed', '/status/components/checkout/feed.json'],
      ['Calendar', '/status/components/checkout/maintenance.ics'],
    ]);
    expect(
      page('checkout')
        .page.feeds.map(({ title, href }) => [title, href])
        .slice(0, 5),
    ).toEqual([
      ['Checkout: RSS', '/status/components/checkout/rss.xml'],
      ['Checkout: Atom', '/status/components/checkout/atom.xml'],
      ['Checkout: JSON Feed', '/status/components/checkout/feed.json'],
      ['Checkout: Calendar', '/status/components/checkout/maintenance.ics'],
      ['RSS', '/status/rss.xml'],
    ]);
  });

  it('leads to its place in the list, unless it has retired', () => {
    expect(page('checkout').follow.title.href).toBe('/status/subscribe/#c-checkout');
    expect(page('ftp').follow.title.href).toBe('/status/subscribe/');
  });
});
