import type { AlertRule } from '../../src/core/alerts/rule.ts';
import { headingWord } from '../../src/reader/status-words.ts';
import type { Taken } from './take.ts';

/** What a pull request says to those who are asked to look at it; Markdown. */
export function reviewText(rule: AlertRule, { said }: Taken, page: string): string {
  const words = said.map(({ word, title }) => `- ${headingWord(word)}: ${title}`);
  return [
    `The rule \`${rule.name}\` of \`content/alerts.yml\` asks somebody to look at this before customers see it:`,
    words.join('\n'),
    'Merge it to publish it. What you change in the words stays, and further alerts of this rule come to the same branch until then.',
    `To leave it unsaid, close it. The runs of the workflow say what was received: ${page}/actions/workflows/alert.yml`,
  ].join('\n\n');
}
