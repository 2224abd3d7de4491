import { nearest } from './suggest.ts';
import { INCIDENT_WORDS, MAINTENANCE_WORDS } from '../core/vocabulary.ts';

/** What the headings of a kind of file may say. */
export type Vocabulary = readonly string[];

export const VOCABULARIES = { incident: INCIDENT_WORDS, maintenance: MAINTENANCE_WORDS } as const;

/** `in_progress` as it stands in a heading: `In progress`. */
export function headingWord(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).replaceAll('_', ' ');
}

/** Other names for a status. */
const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  investigating: [
    'open',
    'opened',
    'new',
    'acknowledged',
    'reported',
    'looking into it',
    'investigation',
    'reopened',
    're-opened',
    'down',
    'outage',
    'ongoing',
  ],
  identified: ['found', 'cause found', 'in progress', 'fixing', 'working on it'],
  monitoring: ['mitigated', 'watching', 'observing', 'fix applied', 'recovering'],
  resolved: ['fixed', 'solved', 'closed', 'done', 'over', 'recovered', 'restored', 'completed', 'ok'],
  postmortem: ['post mortem', 'post-mortem', 'root cause', 'rca', 'retrospective'],
  scheduled: ['planned', 'announced'],
  in_progress: ['started', 'begun', 'ongoing', 'running'],
  verifying: ['testing', 'checking', 'monitoring'],
  completed: ['done', 'finished', 'complete', 'resolved', 'over'],
  cancelled: ['called off', 'aborted'],
};

/** The status that was probably meant: one spelt similarly, or with the same meaning. */
export function wordMeant(text: string, vocabulary: Vocabulary): string | undefined {
  const written = text.trim().toLowerCase().replace(/\s+/g, ' ');
  const synonym = vocabulary.find((word) => SYNONYMS[word]?.includes(written));
  return wordOf(text, vocabulary) ?? synonym ?? nearest(written.replaceAll(' ', '_'), vocabulary);
}

/** The word that a text writes, without regard to case. */
export function wordOf(text: string, vocabulary: Vocabulary): string | undefined {
  const word = text.trim().toLowerCase().replace(/\s+/g, '_');
  return vocabulary.includes(word) ? word : undefined;
}
