import type { Instant } from './days.ts';
import type { LabelledFacts, TimeWindow } from './model.ts';

/** What a labelled line holds, by the field of an update that it fills. */
type ValueOf<T> = T extends Instant
  ? 'instant'
  : T extends TimeWindow
    ? 'window'
    : T extends readonly string[]
      ? 'list'
      : 'statuses';

/** What there is to know of a labelled line. */
interface LabelDefinition {
  /** What stands in front of the colon. */
  label: string;
  /** The end of the key of its name in the words of the page, `fact.…`. */
  fact: string;
  value: 'instant' | 'window' | 'list' | 'statuses';
  /** Of an instant: that it lies before its update. */
  isBefore?: true;
  /** Of an instant: that it says when something will come. Others are as far from their update as it takes. */
  isPromise?: true;
  /** What people call it elsewhere, in small letters. */
  synonyms?: readonly string[];
}

type Definitions = {
  readonly [Name in keyof LabelledFacts]-?: LabelDefinition & { value: ValueOf<NonNullable<LabelledFacts[Name]>> };
};

/** The labelled lines by the field of an update that each fills, in the order in which the commands write them. */
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
