import type { RootContent } from 'mdast';
import { incidentState, isNotice } from '../core/incident.ts';
import type { Incident } from '../core/model.ts';
import { noEffect } from '../core/words/effect.ts';
import { fixGuess } from '../core/words/fix-guess.ts';
import { stockWords } from '../core/words/stock.ts';
import { formatTime } from '../core/time-text.ts';
import { headingLine } from './headings.ts';
import { bodyText } from './html.ts';
import { labelInText } from './review-labels.ts';
import type { ReviewContext } from './review.ts';
import { namesOf } from './review.ts';
import type { Report } from './rules.ts';

/** A paragraph that begins with the status, or says nothing but that it is over. What is resolved in part is a sentence. */
const RESOLVED =
  /^resolved\s*(?:$|[-–—.!])|^(?:this|the) (?:incident|issue|problem|outage) (?:has been|is|is now|has now been|was) (?:fully )?resolved\.?$/i;

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
  const said =
    newest.status === 'resolved' ? undefined : newest.body.children.map(textOf).find((one) => RESOLVED.test(one));
  if (said !== undefined) {
    const reason = `“${said}” says that it is over, and the update does not. The page shows the incident as open.`;
    report('says-resolved', position, reason, { example: headingLine('resolved', formatTime(newest.at)) });
  }
  const isInText = labelInText(newest, 'expectedFix') !== undefined;
  const guess = newest.expectedFix === undefined && !isInText ? fixGuess(text, newest.status) : undefined;
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

function textOf(node: RootContent): string {
  return bodyText({ type: 'root', children: [node] });
}
