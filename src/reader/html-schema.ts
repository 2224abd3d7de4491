import type { Options as Schema } from 'rehype-sanitize';
import { BLOCKS, INLINE } from './html-elements.ts';

const CELL: NonNullable<Schema['attributes']>[string] = [
  ['align', 'left', 'center', 'right'],
  ['colSpan', /^[1-9]\d?$/],
  ['rowSpan', /^[1-9]\d?$/],
];

/** What may be in the text, whatever HTML its author wrote. */
export const HTML_SCHEMA: Schema = {
  tagNames: [...INLINE, ...BLOCKS, 'a', 'br', 'del', 'img', 'input'],
  attributes: {
    '*': ['id'],
    a: ['href', 'title', 'ariaDescribedBy', 'ariaLabel', 'dataFootnoteRef', 'dataFootnoteBackref'],
    abbr: ['title'],
    details: ['open'],
    img: ['src', 'alt', 'title', ['width', /^\d{1,4}$/], ['height', /^\d{1,4}$/]],
    input: [['type', 'checkbox'], 'checked'],
    ol: [['start', /^-?\d{1,9}$/]],
    section: ['dataFootnotes'],
    td: CELL,
    th: CELL,
  },
  // Addresses are judged afterwards, as a browser would read them.
  protocols: {},
  strip: ['script', 'style', 'template', 'iframe', 'object', 'noembed', 'noframes', 'noscript'],
  clobberPrefix: '',
  required: {},
};
