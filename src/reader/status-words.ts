import { INCIDENT_WORDS, MAINTENANCE_WORDS } from '../core/vocabulary.ts';

/** What the headings of a kind of file may say. */
export type Vocabulary = readonly string[];

export const VOCABULARIES = { incident: INCIDENT_WORDS, maintenance: MAINTENANCE_WORDS } as const;

/** `in_progress` as it stands in a heading: `In progress`. */
export function headingWord(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).replaceAll('_', ' ');
}

/** The word that a text writes, without regard to case. */
export function wordOf(text: string, vocabulary: Vocabulary): string | undefined {
  const word = text.trim().toLowerCase().replace(/\s+/g, '_');
  return vocabulary.includes(word) ? word : undefined;
}
