import type { Tone } from './tone.ts';

/** Shapes on a grid of 16 × 16, to be filled by the even-odd rule. No two share an outline or an inner mark. */
export const ICONS: Readonly<Record<Tone, string>> = {
  ok: 'M8 0a8 8 0 1 1 0 16A8 8 0 0 1 8 0ZM7 11.7l5.4-5.4-1.3-1.3L7 9.1 4.9 7 3.6 8.3Z',
  degraded: 'M8 0a8 8 0 1 1 0 16A8 8 0 0 1 8 0ZM4 7v2h8V7Z',
  partial: 'M6.9 1.2a1.3 1.3 0 0 1 2.2 0l6.7 11.9a1.3 1.3 0 0 1-1.1 1.9H1.3a1.3 1.3 0 0 1-1.1-1.9ZM7.1 5l.3 5h1.2l.3-5ZM7 11.2v1.9h2v-1.9Z',
  major: 'M4.7 0h6.6L16 4.7v6.6L11.3 16H4.7L0 11.3V4.7ZM5.6 4.2 4.2 5.6 6.6 8l-2.4 2.4 1.4 1.4L8 9.4l2.4 2.4 1.4-1.4L9.4 8l2.4-2.4-1.4-1.4L8 6.6Z',
  maintenance: 'M15.4 3.7a4.9 4.9 0 0 1-6.5 6.1L3.8 14.9a1.9 1.9 0 0 1-2.7-2.7l5.1-5.1A4.9 4.9 0 0 1 12.3.6L9.5 3.4l.6 2.5 2.5.6Z',
  unknown: 'M8 0a8 8 0 1 1 0 16A8 8 0 0 1 8 0Zm0 1.6a6.4 6.4 0 1 0 0 12.8A6.4 6.4 0 0 0 8 1.6Z',
  note: 'M8 0a8 8 0 1 1 0 16A8 8 0 0 1 8 0ZM7 3.2v2h2v-2ZM7 6.8V13h2V6.8Z',
}; // prettier-ignore

/** The colours of a favicon, which knows no style sheet: readable on light and on dark tabs alike. */
const COLOURS: Readonly<Partial<Record<Tone, string>>> = {
  ok: '#1a9c60',
  maintenance: '#3b82e0',
  degraded: '#c98a00',
  partial: '#e06a1b',
  major: '#d93036',
};

/** The favicon of a tone, as SVG. */
export function favicon(tone: Tone): string {
  const fill = COLOURS[tone] ?? '#808080';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="${fill}" fill-rule="evenodd" d="${ICONS[tone]}"/></svg>\n`;
}

/** The colours of a tone in pictures, which know no style sheet: those of `core/tokens.ts` on a light page. */
export const LOOKS: Readonly<Record<Tone, { shape: string; word: string; tint: string }>> = {
  ok: { shape: '#309b67', word: '#10623a', tint: '#e8faef' },
  maintenance: { shape: '#3a81d7', word: '#1654a9', tint: '#ecf4fe' },
  degraded: { shape: '#bf7b0f', word: '#774a08', tint: '#fef4df' },
  partial: { shape: '#e45b00', word: '#983803', tint: '#ffefe5' },
  major: { shape: '#d01c25', word: '#a9141c', tint: '#ffecec' },
  unknown: { shape: '#7d8088', word: '#55585f', tint: '#f4f5f8' },
  note: { shape: '#7d8088', word: '#55585f', tint: '#f4f5f8' },
};
