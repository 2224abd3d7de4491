import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { runImport } from '../import/run.ts';
import { readStatuspageSource } from '../import/statuspage/read.ts';
import type { Workshop } from '../../src/__tests__/support/authoring.ts';
import { INCIDENT, TEMPLATES, workshop } from '../../src/__tests__/support/authoring.ts';
import { atEachChange } from '../../src/__tests__/support/faults.ts';

const PATH = 'content/incidents/2026/2026-11-20-pay.md';
const UPDATE = ['update', '--message', 'We are looking for the cause.', '--next', '30m', '--no-commit'];

let made: Workshop;
afterEach(() => made.remove());

/**
 * Runs a command to its end, and copies the content folder at each of its changes: what would be there if the command had
 * been killed at that moment.
 * @returns the folders that hold the copies
 */
async function killedAtEachChange(command: () => Promise<unknown>): Promise<string[]> {
  // The number of a process that has ended: what a killed command leaves carries its own.
  const { pid } = spawnSync('true');
  const folders: string[] = [];
  const copy = () => {
    const folder = join(made.folder, `killed-${folders.length}`);
    cpSync(join(made.folder, 'content'), join(folder, 'content'), { recursive: true });
    for (const path of filesIn(folder).filter(isHidden)) {
      renameSync(path, path.replace(`.${process.pid}.candor.tmp`, `.${pid}.candor.tmp`));
    }
    folders.push(folder);
  };
  await atEachChange(join(made.folder, 'content'), copy, command);
  return folders;
}

/** Runs a command for which the disk is full at a change. */
function callOnFullDisk(args: readonly string[], at: number) {
  const fail = (change: number) => {
    if (change === at) throw Object.assign(new Error('as wanted'), { code: 'ENOSPC', syscall: 'write' });
  };
  return atEachChange('content', fail, () => made.call(args));
}

function filesIn(folder: string): string[] {
  return readdirSync(join(folder, 'content'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

const isHidden = (path: string) => /\/\.[^/]*$/.test(path);

/** Every file of a content folder by path, but those that are hidden; the names of those are `hidden`. */
function contentNow(folder = made.folder) {
  const start = join(folder, 'content').length + 1;
  const files = filesIn(folder);
  const seen = files.filter((path) => !isHidden(path));
  return {
    texts: new Map(seen.map((path) => [path.slice(start), readFileSync(path, 'utf8')])),
    hidden: files.filter(isHidden).map((path) => path.slice(start)),
  };
}

const without = (text: string, path: string) => ({ [path]: text });

describe('a command that is killed', () => {
  it('leaves a file as it was or as it is to be, whenever that happens, and nothing that is taken for content', async () => {
    made = await workshop(without(INCIDENT, PATH));
    const killed = await killedAtEachChange(() => made.call(UPDATE));
    const after = await made.read(PATH);
    expect(after).toContain('We are looking for the cause.');
    const seen = killed.map((folder) => {
      const { texts } = contentNow(folder);
      expect([...texts.keys()].sort()).toEqual(['components.yml', 'incidents/2026/2026-11-20-pay.md', 'site.yml']);
      const text = texts.get(PATH.replace('content/', ''));
      return text === INCIDENT ? 'old' : text === after ? 'new' : 'neither';
    });
    expect(new Set(seen)).toEqual(new Set(['old', 'new']));
    expect(seen.at(-1)).toBe('new');
    // What a killed command leaves goes away with the next one.
    const littered = killed.filter((folder) => contentNow(folder).hidden.length > 0);
    expect(littered.length).toBeGreaterThan(0);
    for (const folder of littered) {
      expect(contentNow(folder).hidden).toHaveLength(1);
      expect((await made.call(UPDATE, { folder })).code).toBe(0);
      expect(contentNow(folder)).toEqual({ texts: contentNow().texts, hidden: [] });
    }
  });

  it('leaves a page that init --force finishes', async () => {
    const init = ['init', '--name', 'A', '--url', 'a.example', '--component', 'Website', '--force', '--no-commit'];
    made = await workshop({ ...without(INCIDENT, PATH), 'content/.example': '2026-11-20T10:05:40Z\n' });
    const killed = await killedAtEachChange(() => made.call(init));
    const { texts: finished } = contentNow();
    expect([...finished.keys()].sort()).toEqual(['components.yml', 'site.yml']);
    const halfway = killed.filter((folder) => {
      const { texts } = contentNow(folder);
      return texts.get('site.yml') === finished.get('site.yml') && texts.size > finished.size;
    });
    expect(halfway.length).toBeGreaterThan(1);
    for (const folder of halfway) {
      expect((await made.call(init, { folder })).code).toBe(0);
      expect(contentNow(folder)).toEqual({ texts: finished, hidden: [] });
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
  const importInto = (folder: string) => {
    const [from, to] = [join(made.folder, 'source'), join(folder, 'content/page')];
    const options = { from, to, now: Date.parse('2026-11-20T10:05:40Z'), dryRun: false };
    return runImport((report) => readStatuspageSource(from, fetch, report), options);
  };

  it('that is killed is finished by the same command, whenever that happens', async () => {
    made = await workshop(api);
    const killed = await killedAtEachChange(() => importInto(made.folder));
    const { texts: whole } = contentNow();
    expect(whole.size).toBe(5);
    const counts: number[] = [];
    for (const folder of killed) {
      const { texts } = contentNow(folder);
      for (const [path, text] of texts) expect(text).toBe(whole.get(path));
      counts.push(texts.size - 2);
      await importInto(folder);
      expect(contentNow(folder)).toEqual({ texts: whole, hidden: [] });
    }
    expect(new Set(counts)).toEqual(new Set([0, 1, 2, 3]));
  });

  it('says how far it came when the disk is full, and what to do', async () => {
    made = await workshop(api);
    const { err, code } = await callOnFullDisk(args, 11);
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
      const { err, code } = await callOnFullDisk(UPDATE, at);
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
    const { err, code } = await callOnFullDisk(['alert', 'alerts.json'], 9);
    expect(err).toMatch(
      /^content\/incidents\/.*till\.md cannot be written: the disk is full \(ENOSPC\)\.\nOnly some of/,
    );
    expect(code).toBe(1);
    expect((await made.call(['alert', 'alerts.json'])).code).toBe(0);
    expect([...contentNow().texts.keys()].filter((path) => path.startsWith('incidents/'))).toHaveLength(2);
  });
});
