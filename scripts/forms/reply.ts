import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { adviceOf } from '../../src/core/diagnostic.ts';
import { formatTime } from '../../src/core/time-text.ts';
import type { CommandError } from '../lib/errors.ts';
import type { Block } from '../preview/blocks.ts';
import { code, codeBlock, commentNodes, link, list, paragraph, strong, writeComment } from '../preview/blocks.ts';
import type { Outcome } from './submit.ts';
import type { FormName } from './forms.ts';
import { FORMS, labelOf, STANDS } from './forms.ts';

/** A comment on GitHub is at most 65,536 characters long. */
const LIMITS = { text: 2_000, items: 15 };

/** What to say to somebody who may not publish. */
export function thanks(): string {
  return printed([
    paragraph('Thank you. Somebody on the team will look at this.'),
    paragraph('Nothing is published by it: that takes the right to write to this repository.'),
  ]);
}

/** What became of a form. @param page the repository on GitHub @param editable whether its text may have changed since */
export function outcomeReply(
  outcome: Exclude<Outcome, { how: 'refused' }>,
  page: string,
  { editable = false }: { editable?: boolean } = {},
): string {
  if (outcome.how === 'earlier') {
    const { address, commit, id } = outcome.earlier;
    const later = paragraph(
      `What was edited after that is not on the page. To say it, fill in “${FORMS['post-update'].name}” with the id `,
      code(id),
      ', or change the file.',
    );
    return printed([
      publishedText('An earlier run published it.', address, commit, page),
      ...(editable ? [later] : []),
    ]);
  }
  const { written } = outcome;
  const lead =
    outcome.how === 'published'
      ? [publishedText('It is published.', written.address, outcome.commit, page)]
      : [
          paragraph(
            'Somebody has to check it first. Merging ',
            link(outcome.url, 'this pull request'),
            ' publishes it.',
          ),
          ...(outcome.why === undefined ? [] : [paragraph(outcome.why)]),
        ];
  const { nextUpdate, id, ends, hints, warnings } = written;
  const promised =
    nextUpdate === undefined ? [] : [paragraph('It promises the next update for ', code(formatTime(nextUpdate)), '.')];
  const more = ends
    ? []
    : [paragraph(`For the next one, fill in “${FORMS['post-update'].name}” with the id `, code(id), '.')];
  const look: Block[] =
    warnings.length === 0 ? [] : [paragraph('Worth a look:'), list(warnings.map(({ reason }) => [reason]))];
  return printed([...lead, ...promised, ...more, ...hints.map((hint) => paragraph(hint)), ...look]);
}

/** Why nothing was published, and what to write. @param again how to try once more */
export function refusalReply(error: CommandError, form: FormName, again: string): string {
  const [head = '', ...rest] = inWordsOf(form, error.message).split('\n');
  const below = rest.join('\n').replace(/^\n+/, '').trimEnd();
  return printed([
    paragraph(strong('Nothing is published.'), ` ${head}`),
    ...(below === '' ? [] : [codeBlock(below)]),
    ...complaints(error.diagnostics),
    paragraph(again),
  ]);
}

/** What to say when Git or GitHub did not do its part. @param state whether something may be published */
export function failureReply(reason: string, state: string): string {
  return printed([paragraph(strong(state), ` ${reason}`)]);
}

/** A problem with the options of commands in it, in the words of a form. */
export function inWordsOf(form: FormName, message: string): string {
  return message.replaceAll(/--(no-news|next|started|message)\b/g, (_, option: string) =>
    option === 'no-news' ? `“${STANDS.nothing}”` : `“${labelOf(form, option)}”`,
  );
}

function publishedText(lead: string, address: string, commit: string, page: string): Block {
  const change = link(`${page}/commit/${commit}`, commit);
  return paragraph(`${lead} In a minute or two it is on the page: `, link(address), ' (commit ', change, ').');
}

function complaints(diagnostics: readonly Diagnostic[]): Block[] {
  return diagnostics.slice(0, LIMITS.items).flatMap((diagnostic): Block[] => {
    const advice = adviceOf(diagnostic);
    return [list([[diagnostic.reason]]), ...(advice ? [paragraph(advice.how), codeBlock(advice.text)] : [])];
  });
}

/** Blocks as a comment: whatever texts hold, it tells nobody and marks nothing up. */
function printed(blocks: readonly Block[]): string {
  return writeComment(blocks.flatMap((block) => commentNodes([block], LIMITS)));
}
