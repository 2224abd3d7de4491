import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { adviceOf } from '../../src/core/diagnostic.ts';
import { workflowCommand } from './output.ts';
import { printable } from '../../src/core/printable.ts';
import { buildLedger } from '../../src/core/ledger.ts';
import type { Content, Instant, StatusEvent } from '../../src/core/model.ts';
import { turningInstants } from '../../src/core/turning.ts';
import { watchCases } from '../../src/core/watch.ts';
import { atom } from '../../src/formats/atom.ts';
import { siteCalendar } from '../../src/formats/calendar.ts';
import type { FeedContext } from '../../src/formats/feed.ts';
import { siteFeed } from '../../src/formats/feed.ts';
import { historyFeed } from '../../src/formats/history.ts';
import { eventMarkdown } from '../../src/formats/markdown.ts';
import { reportsOutline } from '../../src/formats/report/outline.ts';
import { DOCUMENT_NAMES, statuspageDocument } from '../../src/formats/statuspage/documents.ts';
import { datesFor } from '../../src/i18n/dates.ts';
import { wordsFor } from '../../src/i18n/words.ts';
import type { CommandContext } from './context.ts';
import { readContentFolder } from './content.ts';

/**
 * Diagnostics as annotations on a pull request.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function printGithub(diagnostics: readonly Diagnostic[], folder: string): string {
  return diagnostics
    .map((diagnostic) => {
      const { file, line, column, ruleId, severity, reason } = diagnostic;
      const advice = adviceOf(diagnostic);
      const text = advice ? `${reason}\n${advice.how}\n${advice.text}` : reason;
      return workflowCommand(severity, text, { file: `${folder}/${file}`, line, col: column, title: ruleId });
    })
    .join('\n');
}

const PAINT = { error: 31, warning: 33, dim: 2, bold: 1 } as const;

/** Diagnostics for a person: place, rule, sentence, and the lines to write. */
export function printTerminal(diagnostics: readonly Diagnostic[], folder: string, colour: boolean): string {
  const paint = (style: keyof typeof PAINT, text: string) =>
    colour ? `\u001b[${PAINT[style]}m${text}\u001b[0m` : text;
  const blocks = diagnostics.map((diagnostic) => {
    const { file, line, column, ruleId, severity, reason } = diagnostic;
    const advice = adviceOf(diagnostic);
    const place = paint('bold', printable(`${folder}/${file}:${line}:${column}`).replaceAll('\n', '�'));
    const head = `${place} ${paint(severity, severity)} ${printable(reason)} ${paint('dim', ruleId)}`;
    if (!advice) return head;
    return `${head}\n${paint('dim', `  ${advice.how}`)}\n${printable(advice.text).replace(/^/gm, '    ')}`;
  });
  return [...blocks, summary(diagnostics)].join('\n\n');
}

/** `2 errors and 1 warning in content/.` */
function summary(diagnostics: readonly Diagnostic[]): string {
  if (diagnostics.length === 0) return 'Everything in the content folder is right.';
  const count = (severity: Diagnostic['severity']) => {
    const number = diagnostics.filter((one) => one.severity === severity).length;
    return number === 0 ? [] : [`${number} ${severity}${number === 1 ? '' : 's'}`];
  };
  return `${[...count('error'), ...count('warning')].join(' and ')}.`;
}

export const FORMATS = ['terminal', 'github', 'json'] as const;
export type Format = (typeof FORMATS)[number];

/** Prints the one list of diagnostics for whoever reads it. */
export function printDiagnostics(
  diagnostics: readonly Diagnostic[],
  format: Format,
  { folder, colour }: { folder: string; colour: boolean },
): string {
  if (format === 'json') return JSON.stringify(diagnostics, null, 2);
  return format === 'github' ? printGithub(diagnostics, folder) : printTerminal(diagnostics, folder, colour);
}

/** Builds what most commands build from content. */
function makeSample(context: FeedContext): void {
  const { content } = context.ledger;
  turningInstants(context.ledger);
  watchCases(context.ledger);
  atom(siteFeed(context));
  historyFeed(context);
  siteCalendar(context);
  for (const name of DOCUMENT_NAMES) statuspageDocument(name, context);
  for (const event of [...content.incidents, ...content.maintenance]) eventMarkdown(event, context);
  reportsOutline(context);
}

/**
 * After an unexpected error, finds the files that fail on their own.
 * @param make throws if it fails for some content
 */
export function culprits(content: Content, now: Instant, make: (context: FeedContext) => void = makeSample): string[] {
  const { locale, time_zone: zone } = content.site;
  const fails = (incidents: Content['incidents'], maintenance: Content['maintenance']): boolean => {
    try {
      const ledger = buildLedger({ ...content, incidents, maintenance }, now);
      make({ ledger, words: wordsFor(locale), dates: datesFor(locale, zone) });
      return false;
    } catch {
      return true;
    }
  };
  if (fails([], [])) return ['site.yml', 'components.yml'];
  const alone = (event: StatusEvent) => (event.kind === 'incident' ? fails([event], []) : fails([], [event]));
  return [...new Set([...content.incidents, ...content.maintenance].filter(alone).map(({ file }) => file))];
}

/** The sentence that names the files after a failed command or build; nothing if none can be named. */
export async function nameCulprits(env: CommandContext['env']): Promise<string | undefined> {
  const { content, folder, now } = await readContentFolder(env);
  const files = content ? culprits(content, now) : [];
  if (files.length === 0) return undefined;
  const named = new Intl.ListFormat('en').format(files.map((file) => `${folder}/${file}`));
  return `It happens with ${named} and is a bug in Candor: please report it with the file. Until it is fixed, change whatever is unusual there.`;
}
