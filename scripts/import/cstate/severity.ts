import { distance } from 'fastest-levenshtein';
import type { ComponentStatus, Impact } from '../../../src/core/vocabulary.ts';

/** What a severity of cState's means for components, and for an incident that names none. */
export interface Severity {
  status: ComponentStatus;
  impact: Impact;
  isNotice: boolean;
  /** What it was read as, when it is none of cState's three words as they are written there. */
  readAs?: string;
}

const KNOWN: Readonly<Record<string, Omit<Severity, 'readAs'>>> = {
  down: { status: 'major_outage', impact: 'critical', isNotice: false },
  disrupted: { status: 'partial_outage', impact: 'major', isNotice: false },
  notice: { status: 'degraded_performance', impact: 'none', isNotice: true },
};

const OTHERS: Readonly<Record<string, string>> = {
  outage: 'down', offline: 'down', major: 'down', critical: 'down', unavailable: 'down',
  disruption: 'disrupted', partial: 'disrupted', notify: 'notice', info: 'notice', information: 'notice',
}; // prettier-ignore

const DEGRADED = { status: 'degraded_performance', impact: 'minor', isNotice: false } as const;

/** Reads a severity. One that is none of cState's is taken for what it is closest to, or for the mildest harm. */
export function readSeverity(text: string): Severity {
  const word = text.trim().toLowerCase();
  const known = KNOWN[word];
  if (known) return { ...known, ...(text.trim() !== word && { readAs: word }) };
  if (word === '') return { status: 'degraded_performance', impact: 'none', isNotice: true, readAs: 'notice' };
  const meant = OTHERS[word] ?? Object.keys(KNOWN).find((one) => distance(word, one) <= one.length / 4);
  const found = meant === undefined ? undefined : KNOWN[meant];
  return found ? { ...found, readAs: meant ?? '' } : { ...DEGRADED, readAs: 'degraded performance' };
}
