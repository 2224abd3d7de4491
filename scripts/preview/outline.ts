import type { Root } from 'mdast';
import { plural } from '../lib/text.ts';
import type { WordChange } from './word-changes.ts';

/** A piece of a line. Texts are plain: whoever prints them escapes what has a meaning there. */
export type Inline = string | { strong: string } | { code: string } | WordChange | { text: string; href: string };

/** One thing below another; what a printer makes of it is its own matter. */
export type Block =
  | { kind: 'heading' | 'text'; text: Inline[] }
  | { kind: 'list'; items: Inline[][] }
  | { kind: 'table'; head: string[]; rows: string[][] }
  | { kind: 'code'; text: string }
  /** An update as customers read it. */
  | { kind: 'message'; head: Inline[]; body: Root; facts: string[] }
  /** A text as it was and is. */
  | { kind: 'words'; head: Inline[]; words: WordChange[] };

export interface Section {
  title: string;
  blocks: Block[];
}

/** All that is told of a change, in order; a comment and a terminal print the same. */
export interface Outline {
  headline: string;
  lead: Inline[][];
  sections: Section[];
  foot: Inline[][];
}

/** `one update`, `2 updates`. */
export function counted(count: number, noun: string): string {
  return plural(count, `one ${noun}`, `${count} ${noun}s`);
}

/** The same at the beginning of a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
