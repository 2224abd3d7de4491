import type { Place } from '../fields.ts';

/**
 * Where a monitoring system keeps what an alert says. Places are tried in order; the first that holds something
 * counts. Words are separated by commas, in small letters, with blanks where the system writes `_` or `-`; one that
 * ends in `*` stands for all that begin so.
 */
export interface Shape {
  /** As rules name it. */
  source: string;
  /** As sentences name it. */
  called: string;
  /**
   * What tells its bodies: in one of these lists, each place is there. `place=words` wants one of these words there,
   * `place~text` an address with this in it.
   */
  known: readonly (readonly string[])[];
  /** Where the alert stands, or the list of them; the body itself where none of these is there. */
  alerts?: readonly Place[];
  state: readonly Place[];
  /** Words of the message by which an alert begins. */
  firing: string;
  /** Words of later messages of an alert that goes on: acknowledged, sent again. Their time is not its start. */
  still?: string;
  resolved: string;
  /** Words for missing data. */
  unknown?: string;
  /** If a resolved message has a value here, its data ended, not the problem. */
  lost?: readonly Place[];
  /** Words that are neither, and what they tell instead. */
  neither?: readonly (readonly [words: string, tells: string])[];
  /** Of several places parted as a list, the first has to be there, and all that are make the key. */
  key: readonly (Place | readonly Place[])[];
  name: readonly Place[];
  start?: readonly Place[];
  end?: readonly Place[];
  /**
   * What in the body tells that an alert which was over fires once more, written as in `known`, and where it says when
   * that was: then this is its start, since `start` is that of the first time.
   */
  again?: { known: readonly string[]; at?: readonly Place[] };
  /** When what the message tells happened: the start of one that fires by it, the end of one that is over. */
  changed?: readonly Place[];
  /** The time that the message describes, if `start` is that of the first time it fired. The latest counts. */
  updated?: readonly Place[];
  /**
   * What a firing message after the end is, if it has the old start and no time in `updated`: a `repeat` if each new
   * episode has its own start, key or word (`again`); otherwise a `return`.
   */
  untimed: 'repeat' | 'return';
  severity?: readonly Place[];
  /** Labels as the system has them, and single fields that rules may want, by a name given here. */
  labels?: readonly (Place | readonly [name: string, ...Place[]])[];
  summary?: readonly Place[];
  description?: readonly Place[];
  link?: readonly Place[];
  /** What to set in the system where its bodies are made from a template. */
  advice?: string;
}

export const TEST = 'is a test message';
export const COMMENT = 'says nothing about whether it fires';
export const NO_DATA = 'means that data is missing, not that something is wrong or that it is over';
export const CERTIFICATE = 'reminds of a certificate or a domain that will expire';
export const PLANNED = 'is about planned work, or about something put to rest by hand';
export const NOT_YET = 'means that it is not certain yet';
