import { startOf } from '../../src/core/ledger.ts';
import { wordsOf } from '../../src/i18n/words.ts';
import type { Content, StatusEvent, Template } from '../../src/core/model.ts';
import { yamlText } from '../../src/reader/yaml/yaml.ts';
import type { FoundContent } from '../lib/content.ts';
import { placeOf } from '../lib/content.ts';
import { CommandError } from '../lib/errors.ts';
import { usualNext } from './answers.ts';
import { stageOf } from './choose-event.ts';
import type { TemplateOptions } from './template.ts';

/** The template that `--no-news` takes its words from, and its blank for what is still being done. */
const HOLDING = 'holding';
const DOING = 'doing';

const SAYS = ['investigating', 'identified', 'monitoring'] as const;

/** The holding template in the words of the product, in the language of the content. */
export function shippedHolding(content: Content): Template {
  const { say, parts } = wordsOf(content);
  const usual = Object.fromEntries(SAYS.map((status) => [status, say(`holding.${status}`)]));
  const body = parts('holding.text', { doing: `{{${DOING}}}` }).join('');
  const blanks = [{ name: DOING, usual }];
  return { name: HOLDING, file: `templates/${HOLDING}.md`, for: 'both', status: 'update', blanks, body };
}

/** A template to begin with, as its file. */
function exampleTemplate({ blanks, body }: Template): string {
  const usual = Object.entries(blanks[0]?.usual ?? {}).map(
    ([status, text]) => `    ${status}: ${yamlText(text ?? '')}\n`,
  );
  return `---\nfor: both\nstatus: update\nblanks:\n  ${DOING}:\n${usual.join('')}---\n\n${body}`;
}

/**
 * The options that `--no-news` stands for: the holding template, and a promise by the page's rhythm.
 * @param doing what is still being done; left out, the template says it by the status
 * @throws {CommandError} when the event is not open, or there is no holding template
 */
export function noNews(
  doing: string | undefined,
  { set = [], next }: TemplateOptions & { next?: string },
  event: StatusEvent,
  found: FoundContent,
): Required<TemplateOptions> & { next: string } {
  const { source, now, content } = found;
  if (doing !== undefined && /^\S+$/.test(doing)) {
    throw new CommandError(
      `--no-news would publish “${doing}” as what you are still doing. Use a sentence. If this is an id, put it before --no-news.`,
    );
  }
  const stage = stageOf(event, now);
  if (stage !== 'open') {
    const reason = stage === 'over' ? 'has already ended' : 'has not started';
    throw new CommandError(
      `“${event.id}” ${reason}. Use --no-news only while an incident is open or maintenance is in progress.`,
    );
  }
  const path = `templates/${HOLDING}.md`;
  if (!source.files.some((file) => file.path === path)) {
    const place = placeOf(found, path);
    throw new CommandError(
      `--no-news needs the template ${place}, which is missing. Use --message instead, or add the file, for example:\n\n${exampleTemplate(shippedHolding(content))}\n`,
    );
  }
  return {
    template: HOLDING,
    set: doing === undefined ? set : [...set, `${DOING}=${doing}`],
    next: next ?? usualNext(event.impact, startOf(event), found),
  };
}
