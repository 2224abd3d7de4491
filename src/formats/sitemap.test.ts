import { XMLParser } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { robots, sitemap } from './sitemap.ts';

test('a sitemap lists addresses, and when what is there changed', () => {
  const text = sitemap([
    { url: 'https://acme.example/' },
    { url: 'https://acme.example/?a&b=<c>', changed: Date.parse('2026-11-20T12:00Z') },
  ]);
  expect(new XMLParser({ ignoreAttributes: false }).parse(text, true)).toEqual({
    '?xml': { '@_version': '1.0', '@_encoding': 'UTF-8' },
    urlset: {
      '@_xmlns': 'http://www.sitemaps.org/schemas/sitemap/0.9',
      url: [
        { loc: 'https://acme.example/' },
        { loc: 'https://acme.example/?a&b=<c>', lastmod: '2026-11-20T12:00:00.000Z' },
      ],
    },
  });
});

test('robots.txt lets everybody in and names the sitemap', () => {
  expect(robots('https://acme.example/sitemap.xml')).toBe(
    'User-agent: *\nAllow: /\n\nSitemap: https://acme.example/sitemap.xml\n',
  );
});
