import { nearest } from './suggest.ts';

/** The labelled lines by the field of an update that each fills. */
export const LABELS = {
  nextUpdate: 'Next update',
  components: 'Components',
  expectedFix: 'Expected fix',
  window: 'Window',
  ended: 'Ended',
  postmortemBy: 'Postmortem by',
  areas: 'Areas',
  edited: 'Edited',
} as const;

export type LabelName = keyof typeof LABELS;

const NAMES = Object.keys(LABELS) as LabelName[];
/** Shorter labels differ from ordinary words by a letter or two: “Added”, “Edit”, “Area”. */
const LONG = 8;

/** What people call them elsewhere. */
const SYNONYMS: Readonly<Record<string, LabelName>> = {
  eta: 'expectedFix',
  'estimated fix': 'expectedFix',
  'fix expected': 'expectedFix',
  'expected resolution': 'expectedFix',
  'estimated resolution': 'expectedFix',
  'next update by': 'nextUpdate',
  'next update at': 'nextUpdate',
  'postmortem due': 'postmortemBy',
  'postmortem due by': 'postmortemBy',
  postmortem: 'postmortemBy',
  'post-mortem': 'postmortemBy',
  'affected components': 'components',
  'affected areas': 'areas',
  regions: 'areas',
  'new window': 'window',
  'new time': 'window',
  'moved to': 'window',
  rescheduled: 'window',
};

/** The label a text writes, without regard to case and spacing. */
export function labelOf(text: string): LabelName | undefined {
  const written = text.trim().replace(/\s+/g, ' ').toLowerCase();
  return NAMES.find((name) => LABELS[name].toLowerCase() === written);
}

/** The label a text writes or nearly writes; short ones are only guessed where they are bold. */
export function nearlyLabel(text: string, bold: boolean): LabelName | undefined {
  const guessable = NAMES.map((name) => LABELS[name]).filter((label) => bold || label.length >= LONG);
  const written = text.trim().replace(/\s+/g, ' ');
  const meant = nearest(written, guessable, (label) => (label.length >= LONG ? 2 : 1));
  const synonym = bold ? SYNONYMS[written.toLowerCase()] : undefined;
  return labelOf(text) ?? synonym ?? (meant === undefined ? undefined : labelOf(meant));
}

/** The line to write. */
export function labelLine(name: LabelName, value: string): string {
  return `- **${LABELS[name]}:** ${value}`;
}
