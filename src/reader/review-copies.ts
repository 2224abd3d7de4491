import { affectedComponents, incidentState, isNotice } from '../core/incident.ts';
import type { Component, Incident } from '../core/model.ts';
import { wordsOf } from '../core/words/sentences.ts';
import { bodyText } from './html.ts';
import type { ReviewContext } from './review.ts';
import type { Report } from './rules.ts';

const FIRST = { line: 1, column: 1 };
/** Shorter texts are the same by chance. */
const SHORTEST = 60;

/** Warns of an incident that is posted twice, and of a text that was copied from another and left as it was. */
export function reviewCopies(incident: Incident, context: ReviewContext, report: Report): void {
  const twin = incidentState(incident).open
    ? context.incidents.find((other) => isEarlierTwin(other, incident))
    : undefined;
  if (twin) {
    const reason = `“${twin.title}” is open in ${twin.file} too, with the same title and components in common. Customers read of one problem as of two. Keep the one that is known already, and write what is new there.`;
    report('incident-twice', FIRST, reason);
  }
  reviewText(incident, context, report);
}

/** Words in common are not enough: of pairs of real incidents with nearly the same title, most are about two problems. */
function isEarlierTwin(other: Incident, incident: Incident): boolean {
  if (other.id === incident.id || !incidentState(other).open || isNotice(other)) return false;
  const isEarlier = other.started < incident.started || (other.started === incident.started && other.id < incident.id);
  if (!isEarlier || titleWords(other) !== titleWords(incident)) return false;
  const own = affectedComponents(incident);
  return affectedComponents(other).some((id) => own.includes(id));
}

function titleWords({ title }: Incident): string {
  return [...new Set(wordsOf(title))].sort().join(' ');
}

/** What many incidents say is a phrase, unless it speaks of a component that only the other one is about. */
function reviewText(incident: Incident, { components, incidents }: ReviewContext, report: Report): void {
  const newest = incident.updates.at(-1);
  const text = newest ? bodyText(newest.body) : '';
  const own = affectedComponents(incident);
  if (!newest || text.length < SHORTEST || own.length === 0) return;
  const named = [...components.values()].filter(({ name }) => isNamed(name, text));
  const foreign = named.filter(({ name }) => !isNamed(name, incident.title));
  if (foreign.length === 0 || named.some(({ id }) => own.includes(id))) return;
  for (const other of incidents.filter(({ id }) => id !== incident.id)) {
    const about = foreign.find(({ id }: Component) => affectedComponents(other).includes(id));
    if (!about || !other.updates.some(({ body }) => bodyText(body) === text)) continue;
    const reason = `This is the text of “${other.title}” in ${other.file}, and it speaks of “${about.name}”, which this incident does not name. Change the text, or name the component.`;
    report('text-copied', { line: newest.line, column: 1 }, reason);
    return;
  }
}

function isNamed(name: string, text: string): boolean {
  return new RegExp(`(?<![\\p{L}\\p{N}])${RegExp.escape(name)}(?![\\p{L}\\p{N}])`, 'iu').test(text);
}
