/** What could not be carried over as it was when a message became Markdown. */
export type BodyNoteKind =
  | 'tag-kept-as-text'
  | 'comment-left-out'
  | 'element-left-out'
  | 'image-became-link'
  | 'link-became-text'
  | 'heading-level-changed'
  | 'markup-left-out';

export interface BodyNote {
  kind: BodyNoteKind;
  /** The tag, address or text it is about. */
  detail: string;
}
