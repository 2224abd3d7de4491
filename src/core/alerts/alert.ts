import type { Instant } from '../model.ts';

/** What one alert of a monitoring system says, whatever system it is. All texts are the monitor's and not to be trusted. */
export interface Alert {
  /** The system in small letters: `alertmanager`, `pagerduty`. */
  source: string;
  /** `unknown` where its measurements are missing: that is neither a new problem nor the end of one. */
  state: 'firing' | 'resolved' | 'unknown';
  /** What the system itself calls this alert by, the same from its first message to its last; unique within the source. */
  key: string;
  /** When it began; left out where the message does not say. */
  start?: Instant;
  /**
   * Of one that fires: when the message was true, where its start is no longer that of this episode. `received` where the
   * message does not say. Left out where only a later start tells that it fires again.
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
