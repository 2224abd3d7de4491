import type { Incident, IncidentUpdate } from '../core/model.ts';
import { bodyText } from './html.ts';
import type { LabelName } from './label-names.ts';
import { labelLine, LABELS } from './label-names.ts';
import { labelTime } from './label-values.ts';
import type { ReviewContext } from './review.ts';
import type { Report } from './rules.ts';

const TIME = String.raw`(?<time>(?:\d{4}-\d{2}-\d{2}[ T])?\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\b\.?)?(?:\s*(?:UTC|GMT|Z|[A-Z]{2,4}T|[+-]\d{2}:\d{2})\b)?|(?:in|within) (?:an|\d+) (?:minutes?|hours?)\b)`;
const WILL_BE = String.raw`(?: (?:is|will be|expected|posted|provided|scheduled))*\s*(?::|-|–)?\s*(?:at|by|around|before)?\s*`;

/** How prose says what a labelled line would. All 24 such sentences among 7,055 real incidents are promises. */
const IN_TEXT: Partial<Record<LabelName, RegExp>> = {
  nextUpdate: new RegExp(String.raw`\bnext update${WILL_BE}${TIME}`, 'i'),
  expectedFix: new RegExp(String.raw`\bexpected fix\s*:\s*${TIME}`, 'i'),
  ended: new RegExp(String.raw`\bended\s*:\s*${TIME}`, 'i'),
  postmortemBy: new RegExp(String.raw`\bpostmortem by\s*:?\s*${TIME}`, 'i'),
};

/** Says what a labelled line would, if the update has none and says it in words of its own: no code, no quotation. */
export function labelInText(update: IncidentUpdate, name: LabelName): { phrase: string; time: string } | undefined {
  if (update[name] !== undefined) return undefined;
  const prose = update.body.children.filter(({ type }) => type !== 'code' && type !== 'blockquote');
  const match = IN_TEXT[name]?.exec(bodyText({ type: 'root', children: prose }));
  return match ? { phrase: match[0].trim(), time: match.groups?.['time'] ?? '' } : undefined;
}

/** Warns of facts in the text of the newest update that readers of the page, the feeds and the API get only from a labelled line. */
export function reviewLabels({ updates }: Incident, { now, site }: ReviewContext, report: Report): void {
  const newest = updates.at(-1);
  if (!newest) return;
  const names: LabelName[] = newest.status === 'resolved' ? ['ended', 'postmortemBy'] : ['nextUpdate', 'expectedFix'];
  for (const name of names) {
    const found = labelInText(newest, name);
    if (!found || (name === 'ended' && newest.word !== 'resolved')) continue;
    const zone = site.time_zone;
    const time = labelTime(name, found.time, newest.at, { zone, siteZone: zone, now });
    const reason = `“${found.phrase}” stands in the text, where the page cannot count down to it and no feed has it as a fact. Give “${LABELS[name]}” a line of its own.`;
    const suggestion =
      time === undefined
        ? { example: labelLine(name, '09:50 UTC') }
        : { text: labelLine(name, time), edit: 'below' as const };
    report('label-in-text', { line: newest.line, column: 1 }, reason, suggestion);
  }
}
