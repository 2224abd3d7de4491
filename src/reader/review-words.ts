import { incidentState, isNotice } from '../core/incident.ts';
import type { Incident } from '../core/model.ts';
import { noEffect } from '../core/words/effect.ts';
import { fixGuess } from '../core/words/fix-guess.ts';
import { stockWords } from '../core/words/stock.ts';
import { bodyText } from './html.ts';
import type { ReviewContext } from './review.ts';
import { namesOf } from './review.ts';
import type { Report } from './rules.ts';

/**
 * A second pair of eyes on the words of an incident's newest message. Each warning gives a better example; the
 * owner switches one off by its name in `warnings.off`.
 */
export function reviewWords(incident: Incident, context: ReviewContext, report: Report): void {
  if (isNotice(incident)) return;
  const newest = incident.updates.at(-1);
  if (!newest || newest.word === 'postmortem') return;
  const names = namesOf(incident, context);
  const position = { line: newest.line, column: 1 };
  const text = bodyText(newest.body);
  if (stockWords(text, newest.status, names)) {
    report(
      'stock-words',
      position,
      'This update says only what its status says already. Customers learn nothing new from it.',
      { example: 'Some customers in Europe still cannot pay. We are comparing today’s release with yesterday’s.' },
    );
  }
  const guess = newest.expectedFix === undefined ? fixGuess(text, newest.status) : undefined;
  if (guess) {
    report(
      'unlabelled-fix-time',
      position,
      `“${guess.phrase}” is a time at which it may work again. Readers of the page, the feeds and the API do not get it as a fact.`,
      { example: '- **Expected fix:** 15:00 UTC' },
    );
  }
  const texts = incident.updates.map(({ body }) => bodyText(body));
  if (incidentState(incident).open && noEffect(incident.title, texts, names)) {
    report(
      'no-effect',
      position,
      'Neither the title nor an update says what customers see or cannot do. They cannot tell whether this is their problem.',
      { example: 'Searches return no results for some customers. Orders and payments work.' },
    );
  }
}
