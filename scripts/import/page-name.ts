import { cleanLine } from './clean.ts';

/** What a page is called, without the word that Candor puts behind it: “Acme Status” is Acme. */
export function pageName(title: string): string {
  const line = cleanLine(title);
  return line.replace(/\s+(?:[-–|:]\s+)?(?:system )?status(?: page)?$/i, '') || line;
}
