import type { Diagnostic } from '../../src/core/diagnostic.ts';

/** Why a command cannot go on: full sentences for the person who started it. */
export class AuthorError extends Error {
  override name = 'AuthorError';
  readonly diagnostics: readonly Diagnostic[];

  /** @param diagnostics what is wrong in the content, where that is the reason */
  constructor(message: string, diagnostics: readonly Diagnostic[] = []) {
    super(message);
    this.diagnostics = diagnostics;
  }
}

/** Somebody pressed Ctrl-C. */
export class Interrupted extends Error {
  override name = 'Interrupted';
}
