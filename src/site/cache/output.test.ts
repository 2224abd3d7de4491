import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filesBelow } from './bundle.ts';
import type { Output, OutputFile } from './output.ts';
import { compareWithDisk, writeJournal, pathBelow, putInPlace, readOutput, stampOf } from './output.ts';

let work: string;
let site: string;
let prepared: string;
let state: string;

beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'candor-output-'));
  [site, prepared, state] = [join(work, 'site'), join(work, 'prepared'), join(work, 'cache/state')];
  write(join(site, 'index.html'), 'old');
  write(join(site, 'a/b/page.html'), 'page');
});
afterEach(() => {
  rmSync(work, { recursive: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Prepares files of a new site. */
function prepare(files: Readonly<Record<string, string>>, removed: readonly string[] = []): void {
  for (const [file, text] of Object.entries(files)) write(pathBelow(prepared, file), text);
  writeJournal(prepared, outputOf(['index.html']), removed);
}

function outputOf(files: readonly string[]): Output {
  const facts = files.map((file): [string, OutputFile] => [
    file,
    { madeOf: 'made of', stamp: stampOf(statSync(join(site, file))) },
  ]);
  return { common: 'c', files: new Map(facts), folders: {} };
}

function siteFiles(): Record<string, string> {
  return Object.fromEntries(filesBelow(site).map((file) => [file.slice(site.length + 1), readFileSync(file, 'utf8')]));
}

describe('what was prepared', () => {
  it('replaces files, adds new ones, and removes others with the folders that are empty then', () => {
    prepare({ 'index.html': 'new', 'c/new.html': 'c' }, ['a/b/page.html']);
    putInPlace(prepared, site, state);
    expect(siteFiles()).toEqual({ 'index.html': 'new', 'c/new.html': 'c' });
    expect(existsSync(join(site, 'a'))).toBe(false);
    expect(readOutput(state)?.common).toBe('c');
  });

  it('puts a file in the place of a folder, and a folder in the place of a file', () => {
    prepare({ a: 'file', 'index.html/x': 'folder' }, ['a/b/page.html']);
    putInPlace(prepared, site, state);
    expect(siteFiles()).toEqual({ a: 'file', 'index.html/x': 'folder' });
  });

  it('changes nothing the second time', () => {
    prepare({ 'index.html': 'new' }, ['a/b/page.html']);
    putInPlace(prepared, site, state);
    putInPlace(prepared, site, state);
    expect(siteFiles()).toEqual({ 'index.html': 'new' });
    expect(readOutput(state)?.common).toBe('c');
  });

  it('is put in place as a whole after half of it was', () => {
    prepare({ 'index.html': 'new', 'c/new.html': 'c' }, ['a/b/page.html']);
    write(join(site, 'index.html'), 'new');
    rmSync(pathBelow(prepared, 'index.html'));
    putInPlace(prepared, site, state);
    expect(siteFiles()).toEqual({ 'index.html': 'new', 'c/new.html': 'c' });
  });

  it('changes nothing where it is not whole', () => {
    write(pathBelow(prepared, 'index.html'), 'new');
    putInPlace(prepared, site, state);
    expect(siteFiles()).toEqual({ 'index.html': 'old', 'a/b/page.html': 'page' });
  });
});

describe('a folder that is compared with what a build left', () => {
  it('is the same', () => {
    expect(compareWithDisk(site, outputOf(['index.html', 'a/b/page.html']))).toEqual({ stale: [], foreign: [] });
  });

  it('has files that were changed, deleted or put there since, but for a repository', () => {
    const output = outputOf(['index.html', 'a/b/page.html']);
    utimesSync(join(site, 'index.html'), 1, 1);
    rmSync(join(site, 'a'), { recursive: true });
    write(join(site, 'foreign.txt'), '');
    write(join(site, '.git/HEAD'), '');
    expect(compareWithDisk(site, output)).toEqual({
      stale: ['index.html', 'a/b/page.html'],
      foreign: ['foreign.txt'],
    });
  });

  it('has nothing where it does not exist', () => {
    const output = outputOf(['index.html']);
    rmSync(site, { recursive: true });
    expect(compareWithDisk(site, output)).toEqual({ stale: ['index.html'], foreign: [] });
  });
});
