import { expect, it } from 'vitest';
import { headersFor, readHeaderRules } from './serve.ts';

const RULES = readHeaderRules(`# Types
/rss.xml
  Content-Type: application/rss+xml; charset=utf-8
  Access-Control-Allow-Origin: *

/api/*
  Access-Control-Allow-Origin: *
/components/:id/rss.xml
	X-A: b:c\r
/api/v2/a.b
  Access-Control-Allow-Origin: none
`);

it.each([
  ['/rss.xml', { 'Content-Type': 'application/rss+xml; charset=utf-8', 'Access-Control-Allow-Origin': '*' }],
  ['/rss-xml', {}],
  ['/api/v2/incidents/unresolved.json', { 'Access-Control-Allow-Origin': '*' }],
  ['/x/api/v2/summary.json', {}],
  ['/components/checkout/rss.xml', { 'X-A': 'b:c' }],
  ['/components/a/b/rss.xml', {}],
  ['/api/v2/a.b', { 'Access-Control-Allow-Origin': 'none' }],
  ['/api/v2/a-b', { 'Access-Control-Allow-Origin': '*' }],
])('%s gets the headers of the rules that fit it', (path, headers) => {
  expect(headersFor(RULES, path)).toEqual(headers);
});
