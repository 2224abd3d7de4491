import type { Instant } from '../model.ts';

/** What one alert of a monitoring system says, whatever system it is. All texts are the monitor's and not to be trusted. */
export interface Alert {
  /** The system in small letters: `alertmanager`, `pagerduty`. */
  source: string;
  /** `unknown` if data is missing, which is neither a new problem nor the end of one. */
  state: 'firing' | 'resolved' | 'unknown';
  /** What the system itself calls this alert by, the same from its first message to its last; unique within the source. */
  key: string;
  /** When it began; left out where the message does not say. */
  start?: Instant;
  /**
   * For a firing alert: the time that the message describes, if `start` may be that of an earlier episode. `received` if
   * the message does not say. Left out if only a later start means that it fires again.
   */
  firingAt?: Instant | 'received';
  /** When it ended, of a resolved one; left out where the message does not say. */
  end?: Instant;
  /** The name of its rule or check, in one line. */
  name: string;
  /** In the words of the system, in small letters: `critical`, `p1`. */
  severity?: string;
  /** Tags and labels, as the system has them; those without a value have an empty text. */
  labels: Readonly<Record<string, string>>;
  /** What it says of itself, in one line. */
  summary?: string;
  description?: string;
  /** Where the system shows it. */
  link?: string;
}
