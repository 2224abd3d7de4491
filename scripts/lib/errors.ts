import type { Diagnostic } from '../../src/core/diagnostic.ts';

interface Details {
  /** The exit code. By default, 1. */
  exitCode?: number;
  /** The diagnostics, if the reason is in the content. */
  diagnostics?: readonly Diagnostic[];
  /** Whether it can succeed in a few minutes, for example because GitHub is down. */
  isTransient?: boolean;
}

/** An error for people, in full sentences that say what to do. Printed without a stack trace. */
export class CommandError extends Error {
  override name = 'CommandError';
  readonly exitCode: number;
  readonly diagnostics: readonly Diagnostic[];
  readonly isTransient: boolean;

  constructor(message: string, { exitCode = 1, diagnostics = [], isTransient = false }: Details = {}) {
    super(message);
    this.exitCode = exitCode;
    this.diagnostics = diagnostics;
    this.isTransient = isTransient;
  }
}

/** Somebody pressed Ctrl-C. The exit code is the one that shells use for it. */
export function interrupted(): CommandError {
  return new CommandError('Interrupted.', { exitCode: 130 });
}

/** Why a request got no response, in the words of the error. */
export function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'you do not have permission to write to the folder',
  EPERM: 'you do not have permission to write to the folder',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EFBIG: 'the disk quota is used up',
  ENOTDIR: 'there is a file where a folder should be',
  EEXIST: 'there is a file where a folder should be',
  EISDIR: 'there is a folder with this name',
  EBUSY: 'another program is using it, or a disk is mounted there',
  EIO: 'the disk reports an error',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'it is not encoded as UTF-8',
};

/** Describes an error of the file system, with its code. Undefined for other errors. */
export function diskReason(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  return code === undefined ? undefined : `${REASONS[code] ?? 'the system does not allow it'} (${code})`;
}
