const RULES = new Intl.PluralRules('en');

/** The form of a word or phrase that fits a number. */
export function plural(count: number, one: string, other = `${one}s`): string {
  return RULES.select(count) === 'one' ? one : other;
}

/** A number with its noun: `1 file`, `2 files`. */
export function counted(count: number, one: string, other?: string): string {
  return `${count} ${plural(count, one, other)}`;
}
