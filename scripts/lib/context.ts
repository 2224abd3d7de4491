/** The environment of a command, besides files. Tests pass their own. */
export interface CommandContext {
  env: Readonly<Record<string, string | undefined>>;
  out: (text: string) => void;
  err: (text: string) => void;
}
