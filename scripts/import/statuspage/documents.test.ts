import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Fetch, fetchDocuments, readDocuments } from './read.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candor-import-'));
  await mkdir(join(folder, 'api/v2/incidents'), { recursive: true });
  await mkdir(join(folder, 'broken'));
  await mkdir(join(folder, 'empty'));
  await writeFile(join(folder, 'api/v2/summary.json'), '\uFEFF{"s":1}');
  await writeFile(join(folder, 'api/v2/incidents.json'), '{"i":1}');
  await writeFile(join(folder, 'api/v2/incidents/unresolved.json'), '{"u":1}');
  await writeFile(join(folder, 'feed.jsonl'), '{"a":1}\n\n{"a":2}\n');
  await writeFile(join(folder, 'broken/incidents.json'), '<!doctype html>\n<title>Status</title>');
});

afterAll(() => rm(folder, { recursive: true }));

describe('saved files', () => {
  test('are those of api/v2 where there is one, the fullest first', async () => {
    const documents = await readDocuments(folder);
    expect(documents.map(({ place, value }) => [place.file, value])).toEqual([
      ['api/v2/incidents.json', { i: 1 }],
      ['api/v2/summary.json', { s: 1 }],
      ['api/v2/incidents/unresolved.json', { u: 1 }],
    ]);
    expect((await readDocuments(join(folder, 'api/v2'))).map(({ place }) => place.file)).toContain('incidents.json');
  });

  test('may be one file, of JSON or of JSON lines', async () => {
    expect(await readDocuments(join(folder, 'api/v2/incidents.json'))).toEqual([
      { place: { file: 'incidents.json' }, value: { i: 1 } },
    ]);
    expect(await readDocuments(join(folder, 'feed.jsonl'))).toEqual([
      { place: { file: 'feed.jsonl', line: 1 }, value: { a: 1 } },
      { place: { file: 'feed.jsonl', line: 3 }, value: { a: 2 } },
    ]);
  });

  test('that are no JSON are named, with what was expected', async () => {
    await expect(readDocuments(join(folder, 'broken'))).rejects.toThrow(
      /^incidents\.json is not valid JSON: .*\nNothing was written\. Expected JSON from a Statuspage/,
    );
  });

  test('that are not there are named', async () => {
    await expect(readDocuments(join(folder, 'none'))).rejects.toThrow(/^There is no file or folder .*none\.\nExpected/);
    await expect(readDocuments(join(folder, 'empty'))).rejects.toThrow(/^There is no JSON in .*empty\./);
  });
});

describe('a live page', () => {
  const serve =
    (answers: Record<string, Response | Error>): Fetch =>
    async (address) => {
      const answer =
        answers[address.replace('https://s.example/api/v2/', '')] ??
        new Response('', { status: 404, statusText: 'Not Found' });
      if (answer instanceof Error) throw answer;
      return answer.clone();
    };
  const both = { 'components.json': Response.json({ c: 1 }), 'incidents.json': Response.json({ i: 1 }) };

  test.each([
    'https://s.example',
    'https://s.example/',
    'https://s.example/api/v2/summary.json?x=1',
    'https://s.example/api/v2',
  ])('is asked for its API under %s', async (address) => {
    const documents = await fetchDocuments(address, serve(both));
    expect(documents.map(({ place }) => place.file)).toEqual([
      'https://s.example/api/v2/components.json',
      'https://s.example/api/v2/incidents.json',
    ]);
  });

  test('that does not answer, or with something else, is named', async () => {
    const ask = (answer: Response | Error) =>
      fetchDocuments('https://s.example', serve({ ...both, 'incidents.json': answer }));
    await expect(ask(new TypeError('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND') }))).rejects.toThrow(
      'https://s.example/api/v2/incidents.json could not be reached: getaddrinfo ENOTFOUND.',
    );
    await expect(ask(new DOMException('late', 'TimeoutError'))).rejects.toThrow('no response within 20 seconds');
    await expect(ask(new Response('', { status: 503, statusText: 'Busy' }))).rejects.toThrow('returned 503 Busy');
    await expect(ask(new Response('<html>'))).rejects.toThrow('is not valid JSON');
    await expect(fetchDocuments('https://s.example', serve({}))).rejects.toThrow('returned 404 Not Found');
  });
});
