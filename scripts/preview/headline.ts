import type { Comparison } from './compare.ts';
import { extentOf, onlyWords, wordedTexts } from './extent.ts';
import type { Inline } from './outline.ts';
import { capital, counted } from './outline.ts';

/** What a change means, in one sentence. */
export function headlineOf(comparison: Comparison): string {
  const { pageStatus } = comparison;
  const extent = extentOf(comparison);
  if (extent === 'nothing') return 'Nothing changes for customers.';
  if (extent === 'words') return `Nothing changes for customers but the words of ${textsIn(comparison)}.`;
  const still = pageStatus.before === pageStatus.after ? 'still ' : '';
  return `After this is merged, the page ${still}says: ${answerOf(comparison)}.`;
}

/** What else is to know before any detail. */
export function leadOf(comparison: Comparison): Inline[][] {
  const extent = extentOf(comparison);
  if (extent === 'values') {
    const sentences = happenings(comparison);
    return sentences.length > 0 ? [[sentences.join(' ')]] : [];
  }
  const still = `The page still says: ${answerOf(comparison)}.`;
  if (extent === 'words') return [[`${still} No status, no time and no promise changes, and no feed entry goes out.`]];
  const { unseen } = comparison.page;
  const why =
    unseen.length > 0
      ? `Only settings that customers do not see change: ${unseen.join(', ')}.`
      : 'What is written otherwise means the same as before.';
  return [[`${still} ${why}`]];
}

function happenings({ events }: Comparison): string[] {
  const added = events.filter(({ kind }) => kind === 'added');
  const updates = events
    .filter(({ kind }) => kind !== 'removed')
    .flatMap((event) => event.updates.map((update) => ({ ...update, whole: event })));
  const announced = added.filter(({ event }) => event.kind === 'maintenance').length;
  const counts: [number, string, string][] = [
    [added.length - announced, 'incident', 'added'],
    [updates.filter(({ kind }) => kind === 'added').length, 'update', 'published'],
    [announced, 'maintenance window', 'announced'],
    [updates.filter(({ kind }) => kind === 'removed').length, 'update', 'taken back'],
    ...(['incident', 'maintenance'] as const).map((kind): [number, string, string] => [
      events.filter((change) => change.kind === 'removed' && change.event.kind === kind).length,
      kind === 'incident' ? 'incident' : 'maintenance window',
      'deleted',
    ]),
  ];
  const sentences = counts
    .filter(([count]) => count > 0)
    .map(([count, noun, verb]) => `${capital(counted(count, noun))} ${count === 1 ? 'is' : 'are'} ${verb}.`);
  const worded = events.some((event) => onlyWords(event) || event.updates.some(({ text }) => text))
    ? ['Some words are corrected.']
    : [];
  return [...sentences, ...worded];
}

function textsIn({ events }: Comparison): string {
  const { updates, titles } = wordedTexts(events);
  const texts = [
    ...(updates > 0 ? [counted(updates, 'update')] : []),
    ...(titles > 0 ? [counted(titles, 'title')] : []),
  ];
  return texts.join(' and ');
}

function answerOf({ pageStatus, naming }: Comparison): string {
  return naming.words.say(`page_status.${pageStatus.after}`);
}
