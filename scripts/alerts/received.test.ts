import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { textFromEvent } from './received.ts';

async function textOf(event: object): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'candor-event-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'event.json');
  await writeFile(path, JSON.stringify(event));
  return textFromEvent(path);
}

const ALERT = '{"name":"A","state":"firing"}';
const zipped = gzipSync(ALERT).toString('base64');

test.each([
  ['as the relay sends it', { client_payload: { body: ALERT } }, ALERT],
  ['as the relay sends a long one', { client_payload: { gzip: zipped } }, ALERT],
  ['as an object in body', { client_payload: { body: { name: 'A', state: 'firing' } } }, ALERT],
  ['straight', { client_payload: { name: 'A', state: 'firing' } }, ALERT],
  ['with a text body of its own', { client_payload: { title: 'A', body: 'It is down.' } }, '{"title":"A","body":"It is down."}'],
  ['with a field gzip of its own', { client_payload: { title: 'A', gzip: true } }, '{"title":"A","gzip":true}'],
  ['as the input of a run', { inputs: { body: ALERT } }, ALERT],
])('An alert is read from its event %s', async (_, event, text) => {
  expect(await textOf(event)).toBe(text);
}); // prettier-ignore

test.each([{}, { inputs: { body: ' ' } }, { client_payload: [] }])('%j contains no alert', async (event) => {
  await expect(textOf(event)).rejects.toThrow('contains no alert');
});
