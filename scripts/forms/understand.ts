import { impactOf } from '../../src/core/incident.ts';
import { startOf } from '../../src/core/ledger.ts';
import type { StatusEvent } from '../../src/core/model.ts';
import { rhythmOf } from '../../src/core/rhythm.ts';
import type { ComponentStatus } from '../../src/core/vocabulary.ts';
import { AuthorError } from '../author/author-error.ts';
import type { FoundContent } from '../author/content.ts';
import type { IncidentAnswers } from '../author/draft.ts';
import { writeDuration } from '../author/duration.ts';
import { readComponents, readTimeOption } from '../author/options.ts';
import { minuteOf } from '../../src/core/human-time.ts';
import { componentOptions, readChosen } from './component-options.ts';
import type { Answers, Filled } from './fields.ts';
import { FORMS, labelOf, NO_PROMISE, PUBLISH, SEVERITIES, STANDS } from './fields.ts';

export type Stand = keyof typeof STANDS;

/**
 * What a filled form says of a new incident.
 * @throws {AuthorError} when something needed is missing, or an option is none
 */
export function readReport({ form, answers }: Filled, found: FoundContent): IncidentAnswers {
  const missing = FORMS[form].fields.filter(({ key, required }) => required && answers[key] === undefined);
  if (missing.length > 0) {
    const names = missing.map(({ label }) => `“${label}”`);
    throw new AuthorError(`Still needed: ${new Intl.ListFormat('en').format(names)}.`);
  }
  const { title = '', message = '', started, reference, areas } = answers;
  const severity = SEVERITIES[readOption(form, 'severity', answers)] as ComponentStatus;
  const chosen = readChosen(answers['components'] ?? '', componentOptions(found.content, found.now));
  const component = chosen.map((one) => (/[=:]/.test(one) ? one : `${one}=${severity}`));
  refuseUnaffected(form, component, found);
  const said: IncidentAnswers = {
    title,
    message,
    component,
    ...(component.length === 0 && { impact: impactOf([severity]) }),
    ...(started !== undefined && { started }),
    ...(areas !== undefined && { area: [areas] }),
    ...(reference !== undefined && { reference }),
  };
  return { ...said, ...nextOf(answers, () => usualOf(said, severity, found)) };
}

/** An incident of which all that it names works would tell customers nothing. */
function refuseUnaffected(form: Filled['form'], component: readonly string[], { content }: FoundContent): void {
  const statuses = Object.entries(readComponents(component, content.components));
  if (statuses.length === 0 || statuses.some(([, status]) => status !== 'operational')) return;
  const ids = new Intl.ListFormat('en').format(statuses.map(([id]) => `“${id}”`));
  const [[first] = ['']] = statuses;
  throw new AuthorError(
    `“${labelOf(form, 'components')}” says that ${ids} ${statuses.length === 1 ? 'works' : 'work'}. Write “${first}” alone to have it as bad as “${labelOf(form, 'severity')}” says, or what it is: “${first}=degraded_performance”.`,
  );
}

/** The id of an event, which people also write as its address on the page, with an anchor, or as the path of its file. */
export function readId({ id }: Answers): string | undefined {
  const [place = ''] = id?.split(/[?#]/) ?? [];
  return place.split('/').findLast((part) => part.trim() !== '') ?? id;
}

/** When the next update of an event comes, as it was said or as the page's rhythm has it; not at all for `none`. */
export function readNext(answers: Answers, event: StatusEvent, { content, now }: FoundContent): { next?: string } {
  const usual = () => rhythmOf(event.impact, startOf(event), minuteOf(now), content.site.promises);
  return nextOf(answers, usual);
}

/** Where an event stands. @throws {AuthorError} when it is not said */
export function readStand({ form, answers }: Filled): Stand {
  const chosen = readOption(form, 'status', answers);
  const [stand] = Object.entries(STANDS).find(([, text]) => text === chosen) ?? [];
  return stand as Stand;
}

/** Whether somebody is to look at it before customers do. Only one answer publishes at once. */
export function wantsReview({ form, answers }: Filled): boolean {
  return answers['review'] !== undefined && readOption(form, 'review', answers) !== PUBLISH.now;
}

function usualOf({ started, component = [] }: IncidentAnswers, severity: ComponentStatus, found: FoundContent): number {
  const { content, now } = found;
  const at = minuteOf(now);
  const words = { now: at, direction: 'before', zone: content.site.time_zone } as const;
  const begun = started === undefined ? at : readTimeOption(started, '--started', words);
  const statuses = Object.values(readComponents(component, content.components));
  return rhythmOf(impactOf([severity, ...statuses]), begun, at, content.site.promises);
}

function nextOf({ next }: Answers, usual: () => number): { next?: string } {
  if (next === undefined) return { next: writeDuration(usual()) };
  return next.toLowerCase() === NO_PROMISE ? {} : { next };
}

/** The option that was chosen, without regard to case and to spaces around it. */
function readOption(form: Filled['form'], key: string, answers: Answers): string {
  const options = FORMS[form].fields.find((field) => field.key === key)?.options ?? [];
  const written = answers[key];
  const chosen = options.find((option) => option.toLowerCase() === written?.trim().toLowerCase());
  if (chosen !== undefined) return chosen;
  const list = options.map((option) => `“${option}”`).join(', ');
  const asked = `“${labelOf(form, key)}”`;
  if (written === undefined) throw new AuthorError(`Still needed: ${asked}. The answers are ${list}.`);
  throw new AuthorError(`“${written.slice(0, 100)}” is no answer to ${asked}. The answers are ${list}.`);
}
