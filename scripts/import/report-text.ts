import { cleanLine } from './clean.ts';
import { KINDS, type Counts, type Entry, type Kind, type Outcome, type Report, type SourceFile } from './report.ts';

const HEADINGS: Record<Outcome, string> = {
  guessed: 'Guessed: written, but the source does not say so',
  noted: 'Worth a look: written as it is',
  lost: 'Could not be',
};

/** Entries of what was lost are shown up to here, others up to the second number; the JSON has all of them. */
const SHOWN: Record<Outcome, number> = { guessed: 3, noted: 8, lost: 20 };
const WIDTH = 16;
const LONGEST = 120;

/** The report for a terminal. */
export function reportText(report: Report): string {
  const { read, written, added, notWritten, files } = report;
  const lines = [
    `${report.source} → ${report.to}${report.dryRun ? ' (dry run: nothing was written)' : ''}`,
    '',
    row('Read', `${countsText(read)} in ${number(read.files, 'file')}`),
    row(report.dryRun ? 'Would be written' : 'Written', countsText(written)),
    row('', `${number(added.updates, 'update')} of these added`),
    row('Not written', countsText({ ...notWritten, components: undefined })),
    row('Files', `${files.created} new, ${files.changed} changed, ${files.unchanged} as they were`),
  ];
  for (const outcome of ['guessed', 'noted', 'lost'] as const) {
    const entries = report.entries.filter((entry) => entry.outcome === outcome);
    if (entries.length > 0) lines.push('', `${HEADINGS[outcome]} (${entries.length})`, ...kindsText(entries));
  }
  if (report.sources.length > 0) lines.push('', `Files of the source (${report.sources.length})`);
  lines.push(...report.sources.map(sourceText));
  return `${lines.join('\n')}\n`;
}

function sourceText({ file, as, incidents, maintenance, updates, entries }: SourceFile): string {
  const told = [
    ...(incidents > 0 ? [number(incidents, 'incident')] : []),
    ...(maintenance > 0 ? [`${maintenance} maintenance`] : []),
    ...(updates > 0 ? [number(updates, 'update')] : []),
    ...(entries.guessed > 0 ? [`${entries.guessed} guessed`] : []),
    ...(entries.noted > 0 ? [`${entries.noted} worth a look`] : []),
    ...(entries.lost > 0 ? [`${entries.lost} could not be`] : []),
  ];
  return `  ${short(file)}: ${[as, ...told].join(', ')}`;
}

function kindsText(entries: readonly Entry[]): string[] {
  const kinds = new Map<Kind, Entry[]>();
  for (const entry of entries) {
    const group = kinds.get(entry.kind);
    if (group) group.push(entry);
    else kinds.set(entry.kind, [entry]);
  }
  return [...kinds].flatMap(([kind, group]) => {
    const [outcome, meaning] = KINDS[kind];
    const shown = group.slice(0, SHOWN[outcome]);
    const more = group.length - shown.length;
    return [
      `  ${group.length} × ${kind}: ${meaning}`,
      ...shown.map((entry) => `      ${entryText(entry, meaning)}`),
      ...(more > 0 ? [`      … and ${more} more; --json lists them all`] : []),
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
