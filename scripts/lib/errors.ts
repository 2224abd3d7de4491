import type { Diagnostic } from '../../src/core/diagnostic.ts';

/** Why a command cannot do its work, in full sentences with what to write or do. Printed without a stack trace. */
export class Problem extends Error {}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'the folder may not be written to',
  EPERM: 'the folder may not be written to',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EFBIG: 'no more may be written to the disk',
  ENOTDIR: 'a file stands where a folder should be',
  EEXIST: 'a file stands where a folder should be',
  EISDIR: 'a folder stands in its place',
  EBUSY: 'another program holds it, or a disk is mounted there',
  EIO: 'the disk does not work as it should',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'what it holds is not written in UTF-8',
};

/** Why the disk refuses, in words and with the operating system's code; nothing for an error that is not of that kind. */
export function diskReason(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  return code === undefined ? undefined : `${REASONS[code] ?? 'the system refuses'} (${code})`;
}

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

/** Why an import cannot begin or go on. Its message is for the person who started it. */
export class ImportError extends Error {
  override name = 'ImportError';
}

/** Why GitHub did not do what it was asked for. */
export class GitHubProblem extends Problem {
  /** Of its answer; nothing when there was none. */
  readonly status: number | undefined;
  /** Whether the same request may do in a few minutes: GitHub is down, and not: the token may not write. */
  readonly passing: boolean;

  constructor(message: string, { status, passing = false }: { status?: number; passing?: boolean } = {}) {
    super(message);
    this.status = status;
    this.passing = passing;
  }
}
