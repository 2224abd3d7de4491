import type { ImportedEvent } from '../../../scripts/import/model.ts';
import { emptyReport, type Report } from '../../../scripts/import/report.ts';
import type { TextFile } from '../../../scripts/import/source-files.ts';
import { readCstate } from '../../../scripts/import/cstate/read.ts';

export const NOW = Date.parse('2026-03-01T00:00Z');
export const CONFIG = `
title: Acme status
baseURL: https://status.acme.example
defaultContentLanguage: en
languages: { en: {}, de: {} }
params:
  dateFormat: January 2, 2006 at 3:04 PM
  categories:
    - name: Shop
      description: All of it
    - name: Rest
      untitled: true
    - name: Empty
  systems:
    - name: Checkout
      category: Shop
      link: https://acme.example
    - name: Website
      category: Rest
      description: The pages
`;

export interface Read {
  report: Report;
  events: readonly ImportedEvent[];
  kinds: string[];
  tree: readonly object[];
}

/** Reads pages of a site by their names. */
export function read(pages: Record<string, string>, { zone = 'UTC' as string | null, config = CONFIG } = {}): Read {
  const report = emptyReport('site', 'content', false);
  const files = Object.entries(pages).map(([path, text]): TextFile => ({ path: `content/issues/${path}`, text }));
  const configuration = [{ path: 'config.yml', text: config }];
  const { events, tree } = readCstate(
    { configuration, pages: files, others: [] },
    { now: NOW, ...(zone !== null && { zone }) },
    report,
  );
  return { report, events, tree, kinds: report.entries.map(({ kind }) => kind) };
}

/** A post about an incident of one hour, unless fields say otherwise. */
export function post(body: string, fields: Record<string, string> = {}): string {
  const all = {
    title: 'Payments fail',
    date: '2026-01-10 10:00:00',
    resolved: 'true',
    resolvedWhen: '2026-01-10 11:00:00',
    severity: 'disrupted',
    affected: '[Checkout]',
    section: 'issue',
    ...fields,
  };
  const lines = Object.entries(all).flatMap(([key, value]) => (value === '' ? [] : [`${key}: ${value}`]));
  return `---\n${lines.join('\n')}\n---\n\n${body}\n`;
}

/** The incident of a site that has only one. */
export function incident(body: string, fields?: Record<string, string>): ImportedEvent & { kinds: string[] } {
  const { events, kinds } = read({ 'a.md': post(body, fields) });
  return { ...(events[0] as ImportedEvent), kinds };
}

/** The updates of an event as `WORD MM-DDTHH:MM TEXT`. */
export const updatesOf = ({ updates }: Pick<ImportedEvent, 'updates'>) =>
  updates.map(({ word, at, body }) => `${word} ${new Date(at).toISOString().slice(5, 16)} ${body}`);
