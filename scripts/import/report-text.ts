import { cleanLine } from './clean.ts';
import { KINDS, partEntries, type Counts, type Entry, type Outcome, type Report, type SourceFile } from './report.ts';

/** How many entries of each kind are shown; the JSON has all. */
const SHOWN = { decision: 20, routine: 3 };
const HEADINGS: Record<Outcome, string> = {
  guessed: 'Guessed: written, but the source does not say so',
  noted: 'Noted: written as it is',
  lost: 'Left out: Candor has no place for it',
};
/** How many file names of each kind are shown. */
const FILES_SHOWN = 5;
const WIDTH = 16;
const LONGEST = 120;

/** The report for a terminal: decisions first, then numbers, then routine entries in groups. */
export function reportText(report: Report): string {
  const { read, written, added, notWritten, files } = report;
  const { decisions, routine } = partEntries(report.entries);
  const lines = [`${report.source} → ${report.to}${report.dryRun ? ' (dry run: nothing was written)' : ''}`, ''];
  if (decisions.length > 0)
    lines.push(`Needs a decision (${decisions.length})`, ...kindsText(decisions, SHOWN.decision), '');
  lines.push(
    row('Read', `${countsText(read)} in ${number(read.files, 'file')}`),
    row(report.dryRun ? 'Would be written' : 'Written', countsText(written)),
    row('', `${number(added.updates, 'update')} of these added`),
    row('Not written', countsText({ ...notWritten, components: undefined })),
    row('Files', `${files.created} new, ${files.changed} changed, ${files.unchanged} as they were`),
  );
  for (const outcome of ['guessed', 'noted', 'lost'] as const) {
    const entries = routine.filter((entry) => entry.outcome === outcome);
    if (entries.length > 0)
      lines.push('', `${HEADINGS[outcome]} (${entries.length})`, ...kindsText(entries, SHOWN.routine));
  }
  if (report.sources.length > 0) lines.push('', `Files of the source (${report.sources.length})`);
  lines.push(...sourcesText(report.sources));
  if (report.entries.length > 0) lines.push('', 'With --json, the report lists every entry and every file.');
  return `${lines.join('\n')}\n`;
}

/** Files by what they were read as, with some of their names. */
function sourcesText(sources: readonly SourceFile[]): string[] {
  const groups = Map.groupBy(sources, ({ as }) => as);
  return [...groups].map(([as, files]) => {
    const names = files.slice(0, FILES_SHOWN).map(({ file }) => short(file));
    const more = files.length > names.length ? ` … and ${files.length - names.length} more` : '';
    return `  ${files.length} × ${as}: ${names.join(', ')}${more}`;
  });
}

function kindsText(entries: readonly Entry[], shown: number): string[] {
  return [...Map.groupBy(entries, ({ kind }) => kind)].flatMap(([kind, group]) => {
    const meaning = KINDS[kind][1];
    const examples = group.slice(0, shown);
    const files = new Set(group.map(({ place }) => place.file)).size;
    const more = group.length - examples.length;
    return [
      `  ${group.length} × ${kind}: ${meaning}`,
      ...examples.map((entry) => `      ${entryText(entry, meaning)}`),
      ...(more > 0 ? [`      … and ${more} more, in ${number(files, 'file')} altogether`] : []),
    ];
  });
}

function entryText({ place, id, subject, reason }: Entry, meaning: string): string {
  const where = [place.file, place.line, place.path].filter((part) => part !== undefined).join(':');
  const what = [id === place.file ? undefined : id, `“${short(subject)}”`].filter(Boolean).join(' ');
  return `${where} ${what}${reason === meaning ? '' : ` – ${short(reason)}`}`;
}

function countsText(counts: Partial<Record<keyof Counts, number | undefined>>): string {
  const { incidents = 0, maintenance = 0, updates = 0, components } = counts;
  const parts = [number(incidents, 'incident'), `${maintenance} maintenance`, number(updates, 'update')];
  return [...parts, ...(components === undefined ? [] : [number(components, 'component')])].join(', ');
}

function number(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** One line of a source's own words, which could otherwise steer the terminal. */
function short(text: string): string {
  const line = cleanLine(text);
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}

function row(label: string, text: string): string {
  return `${label.padEnd(WIDTH)}  ${text}`;
}
