import type { RootContent } from 'mdast';
import { markdownWriter } from '../../src/formats/markdown-text.ts';
import type { Room } from './markdown-nodes.ts';
import { blockNodes, inline, paragraph } from './markdown-nodes.ts';
import type { Outline, Section } from './outline.ts';

/** Hidden at the very start of a comment, so that the next run finds it again. */
export const MARKER = '<!-- candor-preview -->';

/** GitHub refuses comments of more than 65,536 characters; a few are left for what it adds. */
const LONGEST = 65_000;

/** Tried one after the other, until the comment is short enough. */
const ROOMS: readonly Room[] = [
  { text: Infinity, things: Infinity },
  { text: 30_000, things: 60 },
  { text: 4_000, things: 40 },
  { text: 1_000, things: 20 },
  { text: 200, things: 8 },
];
const NO_ROOM: Room = { text: 200, things: 0 };

const writer = markdownWriter({ resourceLink: true, fences: true });

/** A preview as a comment on GitHub. Whatever texts hold, it tells nobody, closes nothing and loads nothing. */
export function printMarkdown(outline: Outline): string {
  for (const room of ROOMS) {
    const text = commentOf(outline, room, room !== ROOMS[0]);
    if (text.length <= LONGEST) return text;
  }
  return commentOf({ ...outline, sections: [] }, NO_ROOM, true);
}

function commentOf({ headline, lead, sections, foot }: Outline, room: Room, shortened: boolean): string {
  const note = 'Shortened here, because it is too long for a comment. All of it: `npm run preview`.';
  const children: RootContent[] = [
    { type: 'html', value: MARKER },
    { type: 'heading', depth: 3, children: inline([headline], room) },
    ...lead.map((text) => paragraph(text, room)),
    ...sections.flatMap((section) => sectionNodes(section, room)),
    ...(shortened ? [noteNode(note)] : []),
    ...(foot.length > 0 ? [{ type: 'thematicBreak' } as const] : []),
    ...foot.map((text) => paragraph(text, room)),
  ];
  return writer.stringify({ type: 'root', children });
}

function noteNode(note: string): RootContent {
  const pieces = note.split('`').map((piece, index) => (index % 2 === 1 ? { code: piece } : piece));
  return { type: 'blockquote', children: [paragraph(pieces, NO_ROOM)] };
}

function sectionNodes({ title, blocks }: Section, room: Room): RootContent[] {
  const left = blocks.length - room.things;
  const more = left > 0 ? [paragraph([`And ${left} more.`], room)] : [];
  return [
    { type: 'heading', depth: 4, children: inline([title], room) },
    ...blocks.slice(0, room.things).flatMap((block) => blockNodes(block, room)),
    ...more,
  ];
}
