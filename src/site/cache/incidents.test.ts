import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestOf } from './bundle.ts';
import { IncidentLog } from './incidents.ts';
import type { Reading } from '../../reader/content.ts';
import { readContent } from '../../reader/content.ts';
import { incident, NOW, SITE_REVIEWED } from '../../__tests__/support/reader.ts';
import { CATALOGS } from '../../i18n/words.ts';

const QUIET = `${SITE_REVIEWED}warnings: { off: [silent-day, promise-missing] }\n`;
const TEXT = '## Investigating · 2026-11-20 09:20 UTC\n\nSome **orders** fail.\n\n- a\n  - b\n';
const FILES = {
  'incidents/a.md': incident(TEXT),
  'incidents/b.md': incident(TEXT.replace('orders', 'cards')),
};

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'candor-log-'));
  path = join(folder, 'incidents');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function read(files: Readonly<Record<string, string>>, known?: IncidentLog, now = NOW): Reading {
  const all = { 'site.yml': QUIET, 'components.yml': '- id: checkout\n  name: Checkout\n', ...files };
  const sources = Object.entries(all).map(([path, text]) => ({ path, text, digest: digestOf([text]) }));
  return readContent({ files: sources, publicFiles: new Set() }, { now, catalogs: CATALOGS, ...(known && { known }) });
}

function open(against = 'code', now = NOW): IncidentLog {
  return new IncidentLog(path, against, now);
}

/** Reads and saves. */
function readOnce(files: Readonly<Record<string, string>> = FILES, against = 'code'): string {
  const known = open(against);
  read(files, known);
  known.save();
  return readFileSync(path, 'utf8');
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const germanIn = ({ content }: Reading) => plain(content?.translations.get('de')?.get('incidents/a.md'));

describe('incidents that are known', () => {
  it('are what a reading of their files gives, and are not logged again', () => {
    const log = readOnce();
    expect(open().size).toBe(2);
    expect(plain(read(FILES, open()))).toEqual(plain(read(FILES)));
    expect(readOnce()).toBe(log);
  });

  it('are read again when a letter of their file has changed', () => {
    readOnce();
    const { content } = read({ ...FILES, 'incidents/a.md': incident(TEXT.replace('Some', 'Many')) }, open());
    expect(JSON.stringify(content?.incidents.map(({ updates }) => updates[0]?.body))).toContain('Many');
  });

  it('are none of those that there was something to report about', () => {
    const files = { 'incidents/a.md': incident(`${TEXT}\n[x](elsewhere)\n`) };
    const first = read(files).diagnostics;
    expect(first.map(({ ruleId }) => ruleId)).toContain('link-relative');
    const known = open();
    read(files, known);
    known.save();
    expect(read(files, open()).diagnostics).toEqual(first);
  });

  it('are reported when the clock goes back before what they say', () => {
    readOnce();
    const before = Date.parse('2026-11-20T08:00:00Z');
    const { diagnostics } = read(FILES, open('code', before), before);
    expect(diagnostics.map(({ ruleId }) => ruleId)).toContain('time-in-future');
  });

  describe('with their translations', () => {
    const german =
      '---\ntitle: Störung\n---\n## Investigating · 2026-11-20 09:20 UTC\n\nEinige Bestellungen scheitern.\n';
    const files = { 'site.yml': `${QUIET}locales: [en, de]\n`, ...FILES, 'incidents/a.de.md': german };

    it('are what a reading of their files gives, and are not logged again', () => {
      const log = readOnce(files);
      expect(open().size).toBe(3);
      expect(germanIn(read(files, open()))).toEqual(germanIn(read(files)));
      expect(readOnce(files)).toBe(log);
    });

    it('are read again when a letter of the translation has changed', () => {
      readOnce(files);
      const corrected = { ...files, 'incidents/a.de.md': german.replace('Einige', 'Viele') };
      expect(JSON.stringify(germanIn(read(corrected, open())))).toContain('Viele');
    });

    it('are reported when the update that a translation translates is gone', () => {
      readOnce(files);
      const later = { ...files, 'incidents/a.md': incident(TEXT.replace('09:20', '09:25')) };
      const { diagnostics } = read(later, open());
      expect(diagnostics.map(({ ruleId }) => ruleId)).toContain('translation-update');
      expect(diagnostics).toEqual(read(later).diagnostics);
    });
  });

  it('are none of those that were read by other code', () => {
    readOnce();
    expect(open('other code').size).toBe(0);
  });

  it('are all but those of a damaged line, and of a line that is torn', () => {
    const log = readOnce();
    writeFileSync(path, log.replace('orders', 'orderz'));
    expect(open().size).toBe(1);
    writeFileSync(path, log.slice(0, -30));
    expect(open().size).toBe(1);
  });

  it('are those of two builds that read at the same time', () => {
    const [one, two] = [open(), open()];
    read({ 'incidents/a.md': FILES['incidents/a.md'] }, one);
    read({ 'incidents/b.md': FILES['incidents/b.md'] }, two);
    one.save();
    two.save();
    expect(open().size).toBe(2);
  });

  it('are in a log that is written anew when most of it is out of date', () => {
    const log = readOnce();
    for (let count = 0; count < 100; count++) appendFileSync(path, log);
    const known = open();
    read(FILES, known);
    known.save();
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(3);
    expect(open().size).toBe(2);
  });
});

describe('a file that was not opened', () => {
  const known = (changed: number) => {
    const file = join(folder, 'a.md');
    writeFileSync(file, FILES['incidents/a.md']);
    utimesSync(file, changed, changed);
    return statSync(file);
  };

  it('is read again when it was changed a moment ago', () => {
    const stats = known(1);
    const log = open();
    const digest = digestOf([FILES['incidents/a.md']]);
    const [found] = read(FILES).content?.incidents ?? [];
    if (!found) throw new Error('There is no incident.');
    log.add({ path: 'incidents/a.md', text: '', digest, stats }, found);
    log.save();
    expect(open().unchanged('incidents/a.md', stats)).toBeUndefined();
  });

  it.each(['size', 'mtimeMs', 'ctimeMs', 'ino'] as const)('is known until its %s is another', (name) => {
    const stats = Object.assign(known(1), { ctimeMs: 1000 });
    const log = open();
    const [found] = read(FILES).content?.incidents ?? [];
    if (!found) throw new Error('There is no incident.');
    log.add({ path: 'incidents/a.md', text: '', digest: 'd', stats }, found);
    log.save();
    expect(open().unchanged('incidents/a.md', stats)?.digest).toBe('d');
    const other = Object.assign(statSync(join(folder, 'a.md')), { ctimeMs: 1000 });
    other[name] += 1;
    expect(open().unchanged('incidents/a.md', other)).toBeUndefined();
  });
});
