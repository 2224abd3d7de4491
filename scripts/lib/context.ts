/** What a command may touch besides files: handed in, so that a test can hand in its own. */
export interface CommandContext {
  env: Readonly<Record<string, string | undefined>>;
  out: (text: string) => void;
  err: (text: string) => void;
}
