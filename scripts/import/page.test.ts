import { describe, expect, test } from 'vitest';
import { readPage, type Page } from './page.ts';

function page(text: string): Page {
  const read = readPage(text);
  if ('problem' in read) throw new Error(read.problem);
  return read;
}

const valuesOf = (text: string) => Object.fromEntries([...page(text).fields].map(([key, { value }]) => [key, value]));

describe('front matter', () => {
  test('is YAML of which every value stays text, with the lines of fields and items', () => {
    const { fields, body, bodyLine } = page(
      '---\ntitle: A\ndate: 2020-10-17 04:26:00\nresolved: yes\naffected:\n  - B\n  - C\n---\n\nText.\n',
    );
    expect(fields.get('date')).toEqual({ value: '2020-10-17 04:26:00', line: 3, lines: [] });
    expect(fields.get('affected')).toEqual({ value: ['B', 'C'], line: 5, lines: [6, 7] });
    expect(fields.get('resolved')?.value).toBe('yes');
    expect([body, bodyLine]).toEqual(['\nText.\n', 9]);
  });

  test('is TOML, whose times keep their zone or have none', () => {
    const text =
      '+++\ntitle = "A"\ndate = 2020-10-17T04:26:00\nresolvedWhen = 2020-10-17T05:00:00+02:00\naffected = ["B"]\n+++\nText.';
    expect(valuesOf(text)).toEqual({
      title: 'A',
      date: '2020-10-17T04:26:00.000',
      resolvedwhen: '2020-10-17T05:00:00.000+02:00',
      affected: ['B'],
    });
    expect(page(text).fields.get('resolvedwhen')?.line).toBe(4);
  });

  test('is JSON', () => {
    expect(valuesOf('{\n"title": "A",\n"resolved": true,\n"params": {}\n}\nText.')).toMatchObject({
      title: 'A',
      resolved: 'true',
    });
  });

  test.each([
    ['a colon in a title', 'title: vega: MySQL\nseverity: down', { title: 'vega: MySQL', severity: 'down' }],
    [
      'a name that begins with an asterisk',
      'affected:\n  - *.acme.example\n  - A',
      { affected: ['*.acme.example', 'A'] },
    ],
    ['tabs', 'affected:\n\t- wolf\t\n\t- hare', { affected: ['wolf', 'hare'] }],
    ['a key twice', 'title: A\ntitle: B', { title: 'A' }],
    [
      'a key without a colon',
      'title: A\nresolved true\nseverity: x: y',
      { title: 'A', resolved: 'true', severity: 'x: y' },
    ],
    ['an open quote', 'title: "A\nresolved: true', { title: 'A', resolved: 'true' }],
  ])('with %s is read line by line, which is said', (_, matter, expected) => {
    const read = page(`---\n${matter}\n---\nText.`);
    expect(valuesOf(`---\n${matter}\n---\nText.`)).toEqual(expected);
    expect(read.repaired?.reason).toMatch(/^Its front matter is not valid YAML \(/);
    expect(read.body).toBe('Text.');
  });

  test('may begin below empty lines and a byte order mark, with any line ends', () => {
    expect(valuesOf('\uFEFF\r\n---\r\ntitle: A\u200B\r\n---\r\nText.')).toEqual({ title: 'A' });
  });

  test('without its closing or its opening line is read all the same', () => {
    const open = page('---\ntitle: A\naffected:\n  - B\n\nText: more of it.\nMore.');
    expect([open.fields.get('title')?.value, open.body.trim()]).toEqual(['A', 'More.']);
    expect(open.repaired?.reason).toContain('not closed');
    expect(page('title: A\n---\nText.').repaired?.reason).toContain('missing');
  });

  test('has the upper side of a merge conflict, and its text both sides', () => {
    const text =
      '---\ntitle: A\n<<<<<<< HEAD\nresolved: true\n=======\nresolved: false\n>>>>>>> b\n---\nOne.\n<<<<<<< HEAD\nTwo.\n=======\nThree.\n>>>>>>> b\n';
    const read = page(text);
    expect(read.fields.get('resolved')?.value).toBe('true');
    expect(read.body.replace(/\n+/g, ' ')).toBe('One. Two. Three. ');
    expect(read.conflicts).toEqual([
      { line: 3, left: 'resolved: false' },
      { line: 10, left: '' },
    ]);
  });

  test('that is missing is named with its line', () => {
    expect(readPage('\n\nOnly text.')).toEqual({ line: 3, problem: 'It does not begin with front matter.' });
    expect(readPage(' \n')).toEqual({ line: 1, problem: 'The file is empty.' });
  });
});
