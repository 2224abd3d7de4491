import { AuthorError } from './author-error.ts';
import { isTerminal } from './prompts.ts';

/**
 * What was given, if nothing needed is missing; else it is asked for.
 * @param needed what has to be there, and how to say it on the command line
 * @throws {AuthorError} when something is missing and there is nobody to ask
 */
export async function complete<Answers extends object>(
  given: Partial<Answers>,
  needed: Readonly<Partial<Record<keyof Answers, string>>>,
  { json }: { json?: boolean },
  ask: () => Promise<Answers>,
): Promise<Answers> {
  const missing = Object.entries(needed).filter(([key]) => given[key as keyof Answers] === undefined);
  if (missing.length === 0) return given as Answers;
  if (!json && isTerminal()) return ask();
  const list = new Intl.ListFormat('en').format(missing.map(([, how]) => String(how)));
  throw new AuthorError(`Still needed: ${list}. On a terminal they are asked for.`);
}
