import type { ViewContext } from '../context.ts';

/** A button that copies. */
export interface Copy {
  text: string;
  /** What it copies, for those who hear it. */
  name: string;
  word: string;
  /** What it says when that is done. */
  done: string;
}

/** @param what it copies, in words */
export function copyOf({ words }: ViewContext, text: string, what: string): Copy {
  return { text, name: words.say('copy.what', { what }), word: words.say('copy'), done: words.say('copy.done') };
}
