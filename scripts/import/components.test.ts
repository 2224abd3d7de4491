import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { appendedText, assignIds, componentsText, existingComponents } from './components.ts';
import type { ImportedComponent, ImportedNode } from './model.ts';

const component = (key: string, name: string, fields: Partial<ImportedComponent> = {}): ImportedComponent => ({
  kind: 'component',
  key,
  name,
  ...fields,
});

const TREE: ImportedNode[] = [
  {
    kind: 'group',
    name: 'Droplets & more',
    children: [component('d1', 'AMS3', { description: 'Amsterdam: #3' }), component('d2', 'Global')],
  },
  { kind: 'group', name: 'Spaces', children: [component('s1', 'AMS3', { since: '2024-02-29' })] },
  component('api', 'Größe: API (v2)'),
  component('api2', 'Größe API v2'),
  component('jp', '障害'),
  component('old', 'FTP', { lastNamed: Date.parse('2025-06-29T23:30Z') }),
];

test('ids are slugs of names, with the group in front where names are equal', () => {
  const { byKey } = assignIds(TREE, []);
  expect(Object.fromEntries(byKey)).toEqual({
    d1: 'droplets-and-more-ams3',
    d2: 'global',
    s1: 'spaces-ams3',
    api: 'grosse-api-v2',
    api2: 'grosse-api-v2-2',
    jp: 'component-jp',
    old: 'ftp',
  });
});

test('the list has groups in order, and retires a component on the day after it was last named, in the site’s zone', () => {
  expect(parse(componentsText(TREE, assignIds(TREE, []), 'Europe/Berlin'))).toEqual([
    {
      group: 'Droplets & more',
      components: [
        { id: 'droplets-and-more-ams3', name: 'AMS3', description: 'Amsterdam: #3' },
        { id: 'global', name: 'Global' },
      ],
    },
    { group: 'Spaces', components: [{ id: 'spaces-ams3', name: 'AMS3', since: '2024-02-29' }] },
    { id: 'grosse-api-v2', name: 'Größe: API (v2)' },
    { id: 'grosse-api-v2-2', name: 'Größe API v2' },
    { id: 'component-jp', name: '障害' },
    { id: 'ftp', name: 'FTP', retired: '2025-07-01' },
  ]);
});

test('groups whose ids would be equal get ids of their own', () => {
  const tree: ImportedNode[] = [
    { kind: 'group', name: 'A & B', children: [component('1', 'One')] },
    { kind: 'group', name: 'A B', children: [component('2', 'Two')] },
  ];
  const list = parse(componentsText(tree, assignIds(tree, []), 'UTC')) as { id?: string }[];
  expect(list.map(({ id }) => id)).toEqual([undefined, 'a-b-2']);
});

test('a component that the file has keeps its id, found by name, group or alias', () => {
  const file = `
- group: Spaces
  components:
    - { id: storage-ams, name: AMS3 }
- { id: everything, name: global }
- { id: interface, name: Interface, aliases: [grosse-api-v2] }
`;
  const { byKey, existing } = assignIds(TREE, existingComponents(file, 'en') ?? []);
  expect([...existing].sort()).toEqual(['api', 'd2', 's1']);
  expect([byKey.get('s1'), byKey.get('d2'), byKey.get('api')]).toEqual(['storage-ams', 'everything', 'interface']);
  expect(byKey.get('d1')).toBe('droplets-and-more-ams3');
});

test('what a file lacks is put at its end, and the rest stays letter by letter', () => {
  const file = '# Ours\n- id: ftp   # old\n  name: "FTP"\n';
  const ids = assignIds(TREE, existingComponents(file, 'en') ?? []);
  const text = appendedText(file, TREE, ids, 'UTC') ?? '';
  expect(text.startsWith(file)).toBe(true);
  expect(existingComponents(text, 'en')?.map(({ id }) => id)).toEqual([
    'ftp',
    ...[...ids.byKey.values()].filter((id) => id !== 'ftp'),
  ]);
});

test('a file that takes no more entries is not touched', () => {
  const file = '[{ id: ftp, name: FTP }]\n';
  expect(appendedText(file, TREE, assignIds(TREE, existingComponents(file, 'en') ?? []), 'UTC')).toBeUndefined();
  expect(existingComponents('a: [', 'en')).toBeUndefined();
});

test('a component is found by its name in the main language, in a group that has names by language', () => {
  const file = `
- group: { en: Spaces, de: Speicher }
  components:
    - { id: storage-ams, name: { de: Amsterdam, en: AMS3 } }
`;
  const { byKey } = assignIds(TREE, existingComponents(file, 'en') ?? []);
  expect(byKey.get('s1')).toBe('storage-ams');
  expect(assignIds(TREE, existingComponents(file, 'de') ?? []).byKey.get('s1')).not.toBe('storage-ams');
});
