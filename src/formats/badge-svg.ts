import { makeBadge } from 'badge-maker';
import type { Badge } from './badge.ts';
import { xmlText } from './xml.ts';

/** A badge as an SVG picture, with its text as its accessible name. */
export function badgeSvg({ label, message, color }: Badge): string {
  return `${makeBadge({ label: xmlText(label), message, color })}\n`;
}
