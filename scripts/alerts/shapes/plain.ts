import type { Shape } from './shape.ts';
import { TEST } from './shape.ts';

/**
 * Our own shape, for scripts and for systems that let one write the body:
 *
 * ```json
 * {
 *   "name": "Checkout errors",
 *   "state": "firing",
 *   "key": "checkout-eu",
 *   "start": "2026-11-20T09:12:00Z",
 *   "end": "2026-11-20T09:40:00Z",
 *   "severity": "critical",
 *   "labels": { "service": "checkout" },
 *   "summary": "5 % of payments fail",
 *   "description": "More than 1 % for 5 minutes",
 *   "link": "https://monitoring.example/alerts/7"
 * }
 * ```
 *
 * or `{ "alerts": [ … ] }` with several of these. `name` and `state` are required; `state` is `firing`,
 * `resolved`, or `unknown` while nothing is measured. `updated` says when the message was true, for one that fires again
 * under its first `start`. `key` tells alerts apart and is the same in the message that resolves one; left out, the name does. Times are ISO
 * 8601 with their zone, or seconds or milliseconds since 1970.
 */
const plain: Shape = {
  source: 'plain',
  called: 'the plain shape',
  known: [['name', 'state'], ['alerts.0.name'], ['alerts.0.state'], ['title', 'status=firing, resolved']],
  alerts: ['^alerts'],
  state: ['state', 'status'],
  firing: 'firing',
  resolved: 'resolved',
  unknown: 'unknown, no data',
  neither: [['test', TEST]],
  key: ['key', 'deduplication_key', 'name', 'title'],
  untimed: 'return',
  name: ['name', 'title'],
  start: ['start'],
  end: ['end'],
  updated: ['updated', 'updated_at'],
  severity: ['severity'],
  labels: ['labels'],
  summary: ['summary'],
  description: ['description'],
  link: ['link'],
};

export const PLAIN: readonly Shape[] = [plain];
