import { isMap, isPair, isScalar } from 'yaml';
import type { Pair, YAMLMap } from 'yaml';
import type { OccurrenceChange } from '../../src/core/schema/fields.ts';
import type { Day } from '../../src/core/model.ts';
import { formatTime } from '../../src/core/time-text.ts';
import { parseFailsafe } from '../../src/reader/yaml.ts';

const KEY = 'except';

/** `{ moved: 2026-12-23 02:00 UTC, announced: 2026-12-10 09:00 UTC }` */
export function exceptionValue({ moved, announced }: OccurrenceChange): string {
  const parts = [
    moved === undefined ? 'cancelled: true' : `moved: ${formatTime(moved)}`,
    ...(announced === undefined ? [] : [`announced: ${formatTime(announced)}`]),
  ];
  return `{ ${parts.join(', ')} }`;
}

/**
 * Adds an exception to the front matter of a recurring maintenance. All other bytes stay the same.
 * @param text as it is on the disk
 * @param value as {@link exceptionValue} writes it
 * @returns nothing if that day has an exception already, which must stay as announced
 */
export function insertException(text: string, day: Day, value: string): string | undefined {
  const matter = /^\uFEFF?---[ \t]*(?:\r\n?|\n)(?<yaml>.*?)^---[ \t]*(?:\r\n?|\n|$)/ms.exec(text);
  const yaml = matter?.groups?.['yaml'];
  if (matter === null || yaml === undefined) return undefined;
  const start = matter[0].indexOf(yaml, matter[0].indexOf('---') + 3);
  const end = /\r\n?|\n/.exec(text)?.[0] ?? '\n';
  const put = (at: number, added: string) => text.slice(0, start + at) + added + text.slice(start + at);

  const found = pairOf(parseFailsafe(yaml).document.contents, KEY);
  if (!found) return put(yaml.length, `${KEY}:${end}  ${day}: ${value}${end}`);
  const map = found.value;
  if (!isMap(map) || !map.range || pairOf(map, day)) return undefined;
  if (map.flow) return put(map.range[1] - 1, `${map.items.length > 0 ? ', ' : ' '}${day}: ${value} `);
  const first = map.items[0]?.key;
  if (!isScalar(first) || !first.range) return undefined;
  const indent = yaml.slice(yaml.lastIndexOf('\n', first.range[0] - 1) + 1, first.range[0]);
  return put(first.range[0], `${day}: ${value}${end}${indent}`);
}

function pairOf(map: unknown, key: string): Pair | undefined {
  if (!isMap(map)) return undefined;
  return (map as YAMLMap).items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key);
}
