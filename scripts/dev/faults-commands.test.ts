import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { runImport } from '../import/run.ts';
import { readStatuspageSource } from '../import/statuspage/read.ts';
import type { Workshop } from '../../src/__tests__/support/authoring.ts';
import { INCIDENT, TEMPLATES, workshop } from '../../src/__tests__/support/authoring.ts';

const PATH = 'content/incidents/2026/2026-11-20-pay.md';
const UPDATE = ['update', '--message', 'We are looking for the cause.', '--next', '30m', '--no-commit'];
const PRELOAD = join(import.meta.dirname, 'faults.ts');
/** More changes of files than any of these commands makes. */
const MOST = 60;

let made: Workshop;
afterEach(() => made.remove());

/** Runs a command in which something goes wrong at a change of files: `kill@3`, `ENOSPC@3`. */
function runFaulty(args: readonly string[], fault: string) {
  return made.run(args, { env: { NODE_OPTIONS: `--import=${PRELOAD}`, FAULT: fault, FAULT_BELOW: 'content' } });
}

/** Every file of the content folder by path, but those that are hidden; the names of those are `hidden`. */
function contentNow() {
  const texts = new Map<string, string>();
  const hidden: string[] = [];
  const folder = join(made.folder, 'content');
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    if (entry.name.startsWith('.')) hidden.push(entry.name);
    else texts.set(path.slice(folder.length + 1), readFileSync(path, 'utf8'));
  }
  return { texts, hidden };
}

const without = (text: string, path: string) => ({ [path]: text });

describe('a command that is killed', () => {
  it('leaves a file as it was or as it is to be, whenever that happens, and nothing that is taken for content', async () => {
    made = await workshop(without(INCIDENT, PATH));
    made.run(UPDATE);
    const after = await made.read(PATH);
    expect(after).toContain('We are looking for the cause.');
    const seen: string[] = [];
    let left = 0;
    for (let at = 1; at < MOST; at += 1) {
      await made.write(PATH, INCIDENT);
      const { code } = runFaulty(UPDATE, `kill@${at}`);
      const now = await made.read(PATH);
      const { texts, hidden } = contentNow();
      expect([...texts.keys()].sort()).toEqual(['components.yml', 'incidents/2026/2026-11-20-pay.md', 'site.yml']);
      left = Math.max(left, hidden.length);
      seen.push(now === INCIDENT ? 'old' : now === after ? 'new' : 'neither');
      if (code === 0) break;
    }
    expect(new Set(seen)).toEqual(new Set(['old', 'new']));
    expect(seen.at(-1)).toBe('new');
    // What a killed command leaves goes away with the next one.
    expect(left).toBe(1);
    expect(contentNow().hidden).toEqual([]);
  });

  it('leaves a page that init --force finishes', async () => {
    const init = ['init', '--name', 'A', '--url', 'a.example', '--component', 'Website', '--force', '--no-commit'];
    const files = { ...without(INCIDENT, PATH), 'content/.example': '2026-11-20T10:05:40Z\n' };
    made = await workshop(files);
    made.run(init);
    const { texts: finished } = contentNow();
    expect([...finished.keys()].sort()).toEqual(['components.yml', 'site.yml']);
    const halfway: string[][] = [];
    for (let at = 8; halfway.length < 2; at += 5) {
      expect(at).toBeLessThan(MOST);
      await made.remove();
      made = await workshop(files);
      const { code } = runFaulty(init, `kill@${at}`);
      const { texts } = contentNow();
      const isHalf = code !== 0 && texts.get('site.yml') === finished.get('site.yml');
      if (!isHalf) continue;
      halfway.push([...texts.keys()]);
      expect(made.run(init).code).toBe(0);
      expect(contentNow()).toEqual({ texts: finished, hidden: [] });
    }
  });
});

describe('an import', () => {
  const page = { name: 'Acme', url: 'https://status.acme.example', time_zone: 'Etc/UTC' };
  const time = '2026-01-11T10:00:00Z';
  const over = { id: 'u1', status: 'resolved', body: 'It is over.', created_at: time, display_at: time };
  const incident = { id: 'i1', name: 'Errors', status: 'resolved', impact: 'minor', created_at: time };
  const api = {
    'source/summary.json': JSON.stringify({ page, components: [{ id: 'c1', name: 'Website', position: 1 }] }),
    'source/incidents.json': JSON.stringify({ page, incidents: [{ ...incident, incident_updates: [over] }] }),
  };
  const args = ['import', 'statuspage', 'source', '--to', 'content/page'];
  const importHere = () => {
    const [from, to] = [join(made.folder, 'source'), join(made.folder, 'content/page')];
    const options = { from, to, now: Date.parse('2026-11-20T10:05:40Z'), dryRun: false };
    return runImport((report) => readStatuspageSource(from, fetch, report), options);
  };

  it('that is killed is finished by the same command, whenever that happens', async () => {
    made = await workshop(api);
    await importHere();
    const { texts: whole } = contentNow();
    expect(whole.size).toBe(5);
    const counts: number[] = [];
    for (let at = 2; at < MOST; at += 3) {
      await made.remove();
      made = await workshop(api);
      const { code } = runFaulty(args, `kill@${at}`);
      const { texts } = contentNow();
      for (const [path, text] of texts) expect(text).toBe(whole.get(path));
      counts.push(texts.size - 2);
      if (code === 0) break;
      await importHere();
      expect(contentNow().texts).toEqual(whole);
    }
    expect(new Set(counts)).toEqual(new Set([0, 1, 2, 3]));
  });

  it('says how far it came when the disk is full, and what to do', async () => {
    made = await workshop(api);
    const { err, code } = runFaulty(args, 'ENOSPC@11');
    expect(err).toBe(
      'content/page/components.yml cannot be written: the disk is full (ENOSPC).\nWrote 1 of 3 files. Fix the problem, then run the same command again to write the rest.\n',
    );
    expect(code).toBe(1);
    expect(contentNow().hidden).toEqual([]);
  });
});

describe('a full disk', () => {
  it('leaves every file as it was, nothing half-written, and is said', async () => {
    made = await workshop(without(INCIDENT, PATH));
    // A folder is looked for; a text, half of it; its way to the disk; its name.
    for (const at of [1, 5, 6, 7]) {
      const { err, code } = runFaulty(UPDATE, `ENOSPC@${at}`);
      expect(err).toBe(`${PATH} cannot be written: the disk is full (ENOSPC).\nNothing was written.\n`);
      expect(code).toBe(1);
      expect(await made.read(PATH)).toBe(INCIDENT);
      expect(contentNow().hidden).toEqual([]);
    }
  });

  it('in the middle of alerts of several rules does not say that nothing was written', async () => {
    const rule = (name: string) =>
      `- name: ${name}\n  match: { source: plain, name: "${name}*" }\n  then: publish\n  title: Some customers cannot use the ${name}\n  components: { label: service, status: partial_outage }\n`;
    const labels = { service: 'checkout' };
    const alert = (name: string) => ({ name, key: name, labels, state: 'firing', start: '2026-11-20T10:00:00Z' });
    made = await workshop({
      ...TEMPLATES,
      'content/alerts.yml': rule('shop') + rule('till'),
      'alerts.json': JSON.stringify([alert('shop'), alert('till')]),
    });
    const { err, code } = runFaulty(['alert', 'alerts.json'], 'ENOSPC@9');
    expect(err).toMatch(
      /^content\/incidents\/.*till\.md cannot be written: the disk is full \(ENOSPC\)\.\nOnly some of/,
    );
    expect(code).toBe(1);
    expect(made.run(['alert', 'alerts.json']).code).toBe(0);
    expect([...contentNow().texts.keys()].filter((path) => path.startsWith('incidents/'))).toHaveLength(2);
  });
});
