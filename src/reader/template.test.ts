import { describe, expect, it } from 'vitest';
import { fillBlanks } from './template.ts';
import { incident, readFiles } from '../__tests__/support/reader.ts';

const FRONT = `for: incident
status: In progress
title: Nothing new
blanks:
  doing:
    ask: What is still being done?
    example: We copy.
    investigating: We are looking.
  effect: What do customers see?`;

function templatesOf(text: string, front = FRONT.replace('incident', 'maintenance')) {
  return readFiles({ 'templates/holding.md': incident(text, front) });
}

describe('a template', () => {
  it('is read with its blanks in the order of the text, each once', () => {
    const { content, diagnostics } = templatesOf('{{effect}} {{doing}}\n\n{{effect}} {{next-step}}');
    expect(diagnostics).toEqual([]);
    expect(content?.templates).toEqual([
      {
        name: 'holding',
        file: 'templates/holding.md',
        for: 'maintenance',
        status: 'in_progress',
        title: 'Nothing new',
        body: '{{effect}} {{doing}}\n\n{{effect}} {{next-step}}',
        blanks: [
          { name: 'effect', question: 'What do customers see?', usual: {} },
          {
            name: 'doing',
            question: 'What is still being done?',
            example: 'We copy.',
            usual: { investigating: 'We are looking.' },
          },
          { name: 'next-step', usual: {} },
        ],
      },
    ]);
  });

  it('may have a blank in an address', () => {
    const { content, diagnostics } = templatesOf('[Help]({{page}})', 'for: both\nstatus: update');
    expect(diagnostics).toEqual([]);
    expect(content?.templates[0]?.blanks).toEqual([{ name: 'page', usual: {} }]);
  });

  it.each(['Text.', incident('## Text', 'for: both\nstatus: update')])('%j is broken and left out alone', (broken) => {
    const good = incident('Text.', 'for: both\nstatus: update');
    const { content, diagnostics } = readFiles({ 'templates/a.md': broken, 'templates/b.md': good });
    expect(content?.templates.map(({ name }) => name)).toEqual(['b']);
    expect(diagnostics.map(({ file }) => file)).toEqual(['templates/a.md']);
  });
});

describe('a text with its blanks filled', () => {
  it.each([
    ['{{a}} and {{a}}, {{b}}', 'one and one, two'],
    ['- {{a}}\n\n> **{{b}}**', '- one\n\n> **two**'],
    ['`{{a}}` {{a}}\n\n```\n{{a}}\n```', '`{{a}}` one\n\n```\n{{a}}\n```'],
    ['<!-- {{a}} --> {{a}}', '<!-- {{a}} --> one'],
    ['\\{{a}} \\\\{{a}} {{{a}}}', '\\{{a}} \\\\one {one}'],
    ['{{unknown}} {{c}}', '{{unknown}} $& {{a}}\nnext'],
    ['no blank', 'no blank'],
  ])('%j becomes %j', (text, expected) => {
    const values = new Map([['a', 'one'], ['b', 'two'], ['c', '$& {{a}}\nnext']]); // prettier-ignore
    expect(fillBlanks(text, values)).toBe(expected);
  });
});

it.each([
  ['code', '`{{effect}}`'],
  ['a block of code', '```\n{{effect}}\n```'],
  ['an escape', '\\{{effect}}'],
  ['a comment', '<!-- {{effect}} -->\n\nText.'],
  ['braces around something else', '{{ user.name | upper }} {{}} {{1}} {{!x}} {effect}'],
])('what looks like a blank may be published as %s', (_, text) => {
  const { diagnostics } = readFiles({
    'incidents/a.md': incident(`## Investigating · 2026-11-20 09:20 UTC\n\n${text}`),
  });
  expect(diagnostics).toEqual([]);
});

describe('a template in another language', () => {
  const site = 'name: Acme\nurl: https://status.acme.example\nlocales: [en, de]\n';
  const text = (body: string) => `---\nfor: incident\nstatus: investigating\n---\n\n${body}\n`;
  const read = (files: Readonly<Record<string, string>>) => readFiles({ 'site.yml': site, ...files });

  it('belongs to the one of its name, and is none that can be chosen', () => {
    const { content, diagnostics } = read({
      'templates/a.md': text('We look.'),
      'templates/a.de.md': text('Wir suchen.'),
    });
    expect(diagnostics).toEqual([]);
    expect(content?.templates.map(({ name }) => name)).toEqual(['a']);
    expect(content?.templates[0]?.translations?.get('de')).toMatchObject({
      file: 'templates/a.de.md',
      body: 'Wir suchen.',
    });
  });

  it('is checked like any other, and needs the one of its name and a language of the page', () => {
    const rules = (files: Readonly<Record<string, string>>) =>
      read(files).diagnostics.map(({ file, ruleId }) => `${file} ${ruleId}`);
    expect(rules({ 'templates/a.md': text('We look.'), 'templates/a.de.md': 'Wir suchen.' })).toEqual([
      'templates/a.de.md front-matter-missing',
    ]);
    expect(rules({ 'templates/a.de.md': text('Wir suchen.') })).toEqual(['templates/a.de.md file-name']);
    expect(rules({ 'templates/a.md': text('We look.'), 'templates/a.fr.md': text('Nous cherchons.') })).toEqual([
      'templates/a.fr.md file-name',
    ]);
  });
});
