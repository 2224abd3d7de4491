import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { adviceOf } from '../../src/core/diagnostic.ts';
import { formatTime } from '../../src/core/time-text.ts';
import { markdownWriter } from '../../src/formats/markdown-text.ts';
import type { CommandError } from '../lib/errors.ts';
import { blockNodes } from '../preview/markdown-nodes.ts';
import type { Block, Inline } from '../preview/outline.ts';
import type { Outcome } from './submit.ts';
import type { FormName } from './forms.ts';
import { FORMS, labelOf, STANDS } from './forms.ts';

const writer = markdownWriter({ resourceLink: true, fences: true });

/** A comment on GitHub is at most 65,536 characters long. */
const ROOM = { text: 2_000, things: 15 };

/** What to say to somebody who may not publish. */
export function thanks(): string {
  return printed([
    text('Thank you. Somebody on the team will look at this.'),
    text('Nothing is published by it: that takes the right to write to this repository.'),
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
    const later = text(
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
          text(
            'Somebody has to check it first. Merging ',
            { text: 'this pull request', href: outcome.url },
            ' publishes it.',
          ),
          ...(outcome.why === undefined ? [] : [text(outcome.why)]),
        ];
  const { nextUpdate, id, ends, hints, warnings } = written;
  const promised =
    nextUpdate === undefined ? [] : [text('It promises the next update for ', code(formatTime(nextUpdate)), '.')];
  const more = ends
    ? []
    : [text(`For the next one, fill in “${FORMS['post-update'].name}” with the id `, code(id), '.')];
  const look: Block[] =
    warnings.length === 0
      ? []
      : [text('Worth a look:'), { kind: 'list', items: warnings.map(({ reason }) => [reason]) }];
  return printed([...lead, ...promised, ...more, ...hints.map((hint) => text(hint)), ...look]);
}

/** Why nothing was published, and what to write. @param again how to try once more */
export function refusalReply(error: CommandError, form: FormName, again: string): string {
  const [head = '', ...rest] = inWordsOf(form, error.message).split('\n');
  const below = rest.join('\n').replace(/^\n+/, '').trimEnd();
  return printed([
    text({ strong: 'Nothing is published.' }, ` ${head}`),
    ...(below === '' ? [] : [{ kind: 'code' as const, text: below }]),
    ...complaints(error.diagnostics),
    text(again),
  ]);
}

/** What to say when Git or GitHub did not do its part. @param state whether something may be published */
export function failureReply(reason: string, state: string): string {
  return printed([text({ strong: state }, ` ${reason}`)]);
}

/** A problem with the options of commands in it, in the words of a form. */
export function inWordsOf(form: FormName, message: string): string {
  return message.replaceAll(/--(no-news|next|started|message)\b/g, (_, option: string) =>
    option === 'no-news' ? `“${STANDS.nothing}”` : `“${labelOf(form, option)}”`,
  );
}

function publishedText(lead: string, address: string, commit: string, page: string): Block {
  const change: Inline = { text: commit, href: `${page}/commit/${commit}` };
  return text(`${lead} In a minute or two it is on the page: `, link(address), ' (commit ', change, ').');
}

function complaints(diagnostics: readonly Diagnostic[]): Block[] {
  return diagnostics.slice(0, ROOM.things).flatMap((diagnostic): Block[] => {
    const advice = adviceOf(diagnostic);
    return [
      { kind: 'list', items: [[diagnostic.reason]] },
      ...(advice ? [text(advice.how), { kind: 'code' as const, text: advice.text }] : []),
    ];
  });
}

function text(...pieces: Inline[]): Block {
  return { kind: 'text', text: pieces };
}

function link(address: string): Inline {
  return { text: address, href: address };
}

function code(value: string): Inline {
  return { code: value };
}

/** Blocks as a comment: whatever texts hold, it tells nobody and marks nothing up. */
function printed(blocks: readonly Block[]): string {
  return writer.stringify({ type: 'root', children: blocks.flatMap((block) => blockNodes(block, ROOM)) });
}
