import { readMark } from '../../lib/import-mark.ts';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ImportedContent } from '../model.ts';
import { tryImport } from '../../../src/__tests__/support/import.ts';
import { readCstate, readCstateFiles } from './read.ts';
import { readPage } from '../page.ts';

/** Sites of others; they lie outside of the repository, since they carry no licence. */
const SITES = '../shared/data/cstate';
const BROKEN = '../shared/data/cstate-broken-history';
const NOW = Date.parse('2026-09-01T00:00Z');

/** Words of marks, which become statuses and times. */
const OF_MARKS =
  /^(?:initial|final|update[sd]?|edit(?:ed)?|open(?:ing)?|clos(?:e|ing)|end|message|issue|incident|maintenance|outage|investigating|identified|monitoring|resolved|completed?|scheduled|post|mortem|progress|utc|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december)$/;

/** The words of a page's body that somebody reads, in small letters. */
function wordsOf(text: string): string[] {
  const shown = text
    .replace(/<!--[\s\S]*?-->|\{\{[<%][\s\S]*?[>%]\}\}|<\/?[a-z][a-z0-9]*(?:\s[^>]*)?>/gi, ' ')
    .replace(/&#(?:x([0-9a-f]+)|(\d+));/gi, (_, hex?: string, digits?: string) =>
      String.fromCodePoint(hex === undefined ? Number(digits) : Number.parseInt(hex, 16)),
    )
    .replaceAll('\\', '')
    .toLowerCase();
  return shown.match(/\p{L}{3,}/gu) ?? [];
}

describe.skipIf(!existsSync(SITES))(`cState sites (skipped where ${SITES} is absent)`, () => {
  test.each(existsSync(SITES) ? readdirSync(SITES) : [])('%s comes in whole', async (site) => {
    const files = await readCstateFiles(join(SITES, site));
    let content: ImportedContent | undefined;
    const { report, errors, secondWrote, texts } = await tryImport(
      (into) => (content ??= readCstate(files, { zone: 'UTC', now: NOW }, into)),
      NOW,
    );
    const results = new Map([...texts.values()].map((text) => [readMark(text)?.identity, new Set(wordsOf(text))]));
    const lost = files.pages.flatMap(({ path, text }) => {
      const page = readPage(text);
      const result = results.get(path.replace(/^content\//, '').replace(/\s/g, '_'));
      if ('problem' in page || !result) return [];
      return wordsOf(page.body)
        .filter((word) => !OF_MARKS.test(word) && !result.has(word))
        .map((word) => `${path}: ${word}`);
    });
    expect(lost).toEqual([]);
    const { read, written, notWritten, added } = report;
    const leftOut = report.entries.filter(({ kind }) => /-left-out$|^file-ignored$/.test(kind));
    const out = new Set(leftOut.map(({ place }) => place.file));
    const others = report.sources.filter(({ file, as }) => as === 'not read' && !out.has(file));
    expect(files.pages.length).toBe(
      read.incidents +
        read.maintenance +
        report.sources.filter(({ as, file }) => as === 'not read' && out.has(file)).length,
    );
    expect(others.map(({ file }) => file)).toEqual(files.others);
    expect(written.incidents + notWritten.incidents).toBe(read.incidents);
    expect(written.maintenance + notWritten.maintenance).toBe(read.maintenance);
    expect(written.updates + notWritten.updates).toBe(read.updates + added.updates);
    expect(errors).toEqual([]);
    expect(secondWrote).toBe(0);
  });
});

describe.skipIf(!existsSync(BROKEN))(`Broken cState files (skipped where ${BROKEN} is absent)`, () => {
  test('each comes in, or is refused with its line', async () => {
    const files = await readCstateFiles(BROKEN);
    let content: ImportedContent | undefined;
    const { report, errors } = await tryImport(
      (into) => (content ??= readCstate(files, { zone: 'UTC', now: NOW }, into)),
      NOW,
    );
    const listed = readFileSync(join(BROKEN, 'INDEX.tsv'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split('\t')[0] ?? '');
    const fate = listed.map((file) => {
      const source = report.sources.find((one) => one.file === file);
      const lost = report.entries.find(
        ({ place, kind }) => place.file === file && /^(?:draft-left-out|event-unreadable)$/.test(kind),
      );
      return source && source.incidents + source.maintenance === 1
        ? 'in'
        : lost?.place.line === undefined
          ? file
          : 'refused';
    });
    expect(new Set(fate)).toEqual(new Set(['in', 'refused']));
    expect(fate.filter((one) => one === 'refused')).toHaveLength(1);
    expect(errors).toEqual([]);
  });
});
