import { ALERTMANAGER_LIKE } from './alertmanager.ts';
import { CLOUDS, TEMPLATED } from './clouds.ts';
import { ANY_INCIDENT, INCIDENTS } from './incidents.ts';
import { PLAIN } from './plain.ts';
import type { Shape } from './shape.ts';
import { UPTIME } from './uptime.ts';

/** Every system whose bodies are known, in the order in which they are tried: the least particular ones are last. */
export const SHAPES: readonly Shape[] = [
  ...UPTIME,
  ...ALERTMANAGER_LIKE,
  ...CLOUDS,
  ...INCIDENTS,
  ...TEMPLATED,
  ...ANY_INCIDENT,
  ...PLAIN,
];
