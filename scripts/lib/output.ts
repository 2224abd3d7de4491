import { appendFile } from 'node:fs/promises';
import type { CommandContext } from './context.ts';
import { loggable, printable } from '../../src/core/printable.ts';

/** Colours and weights that commands print; other escape sequences are removed. */
const PAINT = /\u001b\[(?:0|1|2|3[0-7])m/y;
/** C0 and C1 controls except tabs and line ends. Direction marks stay, since they are data in JSON and CSV. */
const CONTROLS = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]|\r(?!\n)/g;

/** Lines made by `workflowCommand`, never by outside text. */
const issued = new Set<string>();

/**
 * A workflow command, as one line. All other lines that look like one are neutralised when printed.
 * @param properties such as `file` and `line`
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function workflowCommand(
  name: string,
  message: string,
  properties: Readonly<Record<string, string | number>> = {},
): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${property(String(value))}`);
  const line = `::${name}${list.length > 0 ? ` ${list.join(',')}` : ''}::${escaped(message)}`;
  issued.add(line);
  return line;
}

function escaped(text: string): string {
  const lines = text.replaceAll('\r\n', '\n').split('\n').map(printable).join('\n');
  return lines.replaceAll('%', '%25').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** A text that is safe to print: it cannot control a terminal or run a workflow command. */
export function harmless(text: string, onGitHub: boolean): string {
  const plain = text.replace(CONTROLS, (found, at: number) => (paintAt(text, at) ? found : '�'));
  return onGitHub ? plain.split('\n').map(powerless).join('\n') : plain;
}

function paintAt(text: string, at: number): boolean {
  PAINT.lastIndex = at;
  return PAINT.test(text);
}

function powerless(line: string): string {
  if (issued.has(line)) return line;
  return line.replace(/^\s*::/, (start) => start.replace('::', ': :')).replaceAll('##[', '## [');
}

/** The output of commands. All outside text reaches a terminal or log through it. */
export function terminal(env: CommandContext['env']): CommandContext {
  const onGitHub = Boolean(env['GITHUB_ACTIONS']);
  return {
    env,
    out: (text) => process.stdout.write(harmless(text, onGitHub)),
    err: (text) => process.stderr.write(harmless(text, onGitHub)),
  };
}

/** Whether output to a stream has colours. @see https://no-color.org */
export function usesColour(env: CommandContext['env'], stream: { isTTY?: boolean } = process.stdout): boolean {
  return !env['NO_COLOR'] && Boolean(stream.isTTY || env['FORCE_COLOR']);
}

/**
 * Adds Markdown to the summary of the running job, and the only way to do so.
 * @returns whether there is such a summary
 */
export async function addToSummary(markdown: string, env: CommandContext['env']): Promise<boolean> {
  const path = env['GITHUB_STEP_SUMMARY'];
  if (!path) return false;
  await appendFile(path, `${harmless(markdown, false).trimEnd()}\n\n`);
  return true;
}

/** Prints a text; `summary` is the same as Markdown, for the summary of the job. */
export type Say = (text: string, summary?: string) => Promise<void>;

/** Says what a job does in its log and in its summary; outside of one, where the command prints. */
export function jobLog({ env, out }: CommandContext): Say {
  return async (text, summary = text) => {
    out(`${loggable(text)}\n`);
    await addToSummary(summary, env);
  };
}

/** Escapes outside text for Markdown. */
export function asBlock(text: string): string {
  return `\`\`\`text\n${printable(text).replaceAll('`', '’')}\n\`\`\``;
}

/** The progress of a command. */
export interface Progress {
  /** A sentence on the state of the files, printed after a failure. */
  state: string;
}
