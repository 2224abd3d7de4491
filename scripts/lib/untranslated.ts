import type { MissingTranslations, Untranslated } from '../../src/core/translations.ts';
import { printable } from '../../src/core/printable.ts';
import { counted } from './text.ts';

/** The missing translations, a paragraph for each language, open incidents first. */
export function untranslatedText(missing: readonly MissingTranslations[], folder: string): string {
  return missing
    .map((one) => {
      const lines = one.current.map(
        (each) => `  ${printable(`${each.event.title}: ${missingPart(each)} ${folder}/${each.file}`)}`,
      );
      return [untranslatedTitle(one), ...lines, ...olderLine(one).map((line) => `  ${line}`)].join('\n');
    })
    .join('\n\n');
}

/** The title of the list of a language. */
export function untranslatedTitle({ locale }: Pick<MissingTranslations, 'locale'>): string {
  return `Not translated into ${locale}:`;
}

/** The missing part of one event, to put before the name of its file. */
export function missingPart({ whole, title, updates, announcement }: Untranslated): string {
  if (whole) return 'write';
  const parts = [
    ...(title ? ['the title'] : []),
    ...(announcement ? ['the announcement'] : []),
    ...(updates.length > 0 ? [counted(updates.length, 'update')] : []),
  ];
  return `add ${new Intl.ListFormat('en').format(parts)} to`;
}

/** The number of older ones, if any. */
export function olderLine({ current, older }: MissingTranslations): string[] {
  if (older === 0) return [];
  const what = older === 1 ? 'incident or maintenance' : 'incidents and maintenance';
  return [`${current.length > 0 ? 'And ' : ''}${older} older ${what}`];
}
