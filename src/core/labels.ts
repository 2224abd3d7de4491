import type { Instant } from './days.ts';
import type { LabelledFacts, TimeWindow } from './model.ts';

/** The kind of value of a labelled line, by the type of its field. */
type ValueOf<T> = T extends Instant
  ? 'instant'
  : T extends TimeWindow
    ? 'window'
    : T extends readonly string[]
      ? 'list'
      : 'statuses';

interface LabelDefinition {
  /** The text before the colon. */
  label: string;
  /** The key of its name on the page, without `fact.`. */
  fact: string;
  value: 'instant' | 'window' | 'list' | 'statuses';
  /** The time is before its update. */
  isBefore?: true;
  /** The time is a promise, so it must be within the limit for promises. */
  isPromise?: true;
  /** Other names for it, in lower case. */
  synonyms?: readonly string[];
}

type Definitions = {
  readonly [Name in keyof LabelledFacts]-?: LabelDefinition & { value: ValueOf<NonNullable<LabelledFacts[Name]>> };
};

/** The labelled lines by field, in the order in which commands write them. */
const DEFINITIONS = {
  components: { label: 'Components', fact: 'components', value: 'statuses', synonyms: ['affected components'] },
  areas: { label: 'Areas', fact: 'areas', value: 'list', synonyms: ['affected areas', 'regions'] },
  window: {
    label: 'Window',
    fact: 'window',
    value: 'window',
    synonyms: ['new window', 'new time', 'moved to', 'rescheduled'],
  },
  nextUpdate: {
    label: 'Next update',
    fact: 'next_update',
    value: 'instant',
    isPromise: true,
    synonyms: ['next update by', 'next update at'],
  },
  expectedFix: {
    label: 'Expected fix',
    fact: 'expected_fix',
    value: 'instant',
    isPromise: true,
    synonyms: ['eta', 'estimated fix', 'fix expected', 'expected resolution', 'estimated resolution'],
  },
  ended: { label: 'Ended', fact: 'ended', value: 'instant', isBefore: true },
  postmortemBy: {
    label: 'Postmortem by',
    fact: 'postmortem_by',
    value: 'instant',
    isPromise: true,
    synonyms: ['postmortem due', 'postmortem due by', 'postmortem', 'post-mortem'],
  },
  edited: { label: 'Edited', fact: 'edited', value: 'instant' },
} as const satisfies Definitions;

export type LabelName = keyof typeof DEFINITIONS;

/** The name of a labelled line among the facts that the page shows. */
export type LabelFact = (typeof DEFINITIONS)[LabelName]['fact'];

export const LABELS: Readonly<Record<LabelName, LabelDefinition>> = DEFINITIONS;

export const LABEL_NAMES = Object.keys(LABELS) as LabelName[];
