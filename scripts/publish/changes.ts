import type { Day } from '../../src/core/model.ts';
import type { Version } from './history.ts';

/** How what is published differs from what the content folder says. Paths are below that folder. */
export type Change =
  /** An older version of a file is published. `line` and `reason` say what is wrong with the newest. */
  | { kind: 'older'; file: string; line: number; reason: string; version: Version }
  /** A file is published as far as it can be read; with `version`, together with that version. */
  | { kind: 'partial'; file: string; line: number; reason: string; version?: Version }
  /** A file is published as it stands, since its errors leave nothing uncertain. */
  | { kind: 'certain'; file: string; line: number; reason: string }
  /** A file that is neither an incident nor maintenance is not published. */
  | { kind: 'left-out'; file: string; line: number; reason: string }
  /** A component that is no longer listed is published as a retired one. */
  | { kind: 'retired'; name: string; retired: Day; files: readonly string[] }
  /** An alias that is no longer listed is published all the same. */
  | { kind: 'alias'; name: string; owner: string; files: readonly string[] }
  /** A component is published as retired later than it says. */
  | { kind: 'postponed'; name: string; retired: Day; files: readonly string[] }
  /** Pictures that are no longer in `public/` are published as their descriptions. */
  | { kind: 'pictures'; file: string; line: number }
  /** The logo is no longer in `public/`, and the name stands in its place. */
  | { kind: 'logo'; line: number };
