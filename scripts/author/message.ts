import { readFile } from 'node:fs/promises';
import { AuthorError } from './author-error.ts';

/** The options that hold what is said to customers. */
export interface MessageOptions {
  message?: string;
  messageFile?: string;
}

/** The message as it is written into a file; nothing when none of its options was given. `-` is the standard input. */
export async function readMessage({ message, messageFile }: MessageOptions): Promise<{ message?: string }> {
  const source = message === '-' ? '-' : messageFile;
  const text = source === undefined ? message : await readText(source);
  if (text === undefined) return {};
  const tidy = tidyMessage(text);
  if (tidy === '') throw new AuthorError('The message is empty. Say what customers notice, and what is being done.');
  return { message: tidy };
}

/** With `\n` line ends, and without empty lines around it. */
export function tidyMessage(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/^(?:[\t ]*\n)+/, '')
    .trimEnd();
}

async function readText(source: string): Promise<string> {
  if (source === '-') {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('utf8');
  }
  return readFile(source, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new AuthorError(`The message cannot be read from ${source} (${error.code}).`);
  });
}
