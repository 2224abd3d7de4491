import type { Nodes } from 'mdast';
import type { Body } from '../core/model.ts';
import type { Report } from './rules.ts';
import { headingWord } from './status-words.ts';
import type { Section } from './updates.ts';

/** Where the status says all that there is to say. What customers notice of others, only their author knows. */
const SENTENCES: Readonly<Record<string, string>> = {
  resolved: 'This incident has been resolved.',
  in_progress: 'The maintenance has started.',
  completed: 'The maintenance has been completed.',
  cancelled: 'The maintenance has been cancelled.',
};

const EXAMPLE = 'Some customers in Europe cannot pay. We are looking for the cause.';

/** Reports an update that gives its readers nothing to read: labelled lines are shown beside the text, not as one. */
export function reportEmpty({ body, word, position, isGuess }: Section, report: Report): void {
  if (hasText(body)) return;
  const reason = `This “${headingWord(word)}” update has no text. Below the heading, say what customers notice and what you are doing.`;
  // The lines of a heading with an error change once it is corrected, so nothing can be added below it yet.
  const sentence = isGuess ? undefined : SENTENCES[word];
  report(
    'update-empty',
    position,
    reason,
    sentence === undefined ? { example: EXAMPLE } : { text: sentence, edit: 'below' },
  );
}

/** Whether anything of a text can be read: words, or the words of an image. */
export function hasText(body: Body): boolean {
  return body.children.some(isReadable);
}

function isReadable(node: Nodes): boolean {
  if (node.type === 'definition' || node.type === 'footnoteDefinition') return false;
  if (node.type === 'image' || node.type === 'imageReference') return true;
  if (node.type === 'html') return /[^\s\p{C}]/u.test(node.value.replace(/<[^>]*>/g, ''));
  if ('value' in node) return /[^\s\p{C}]/u.test(node.value);
  return 'children' in node && node.children.some(isReadable);
}
