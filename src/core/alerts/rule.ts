import type { Instant } from '../days.ts';
import type { ComponentStatus, Impact } from '../vocabulary.ts';

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

/** What a template may ask an alert for, each by a blank: `{{alert-name}}`. */
export const ALERT_FIELDS = ['name', 'source', 'severity', 'summary', 'description', 'link'] as const;

/** The blank that asks for a field: `alert-name`. */
export function fieldBlank(field: (typeof ALERT_FIELDS)[number]): string {
  return `alert-${field}`;
}

/** The blank that asks for a label: for `kubernetes_cluster` it is `alert-label-kubernetes-cluster`. */
export function labelBlank(label: string): string {
  const name = label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return `${LABEL_BLANK}${name}`;
}

/** How the blanks begin that ask for labels. */
export const LABEL_BLANK = 'alert-label-';

/** What a rule of `content/alerts.yml` says, with every default filled in. */
export interface AlertRule {
  name: string;
  match: AlertMatch;
  /**
   * What becomes of an alert that it takes. A rule with errors is `broken`: it takes what its readable patterns fit, so that
   * no later rule publishes what this one was to hold back, and can say nothing: its other fields are not to be used.
   */
  then: 'publish' | 'review' | 'ignore' | 'broken';
  /** Of the incident. Empty when nothing is said. */
  title: string;
  components: RuleComponents;
  areas: readonly string[];
  /** Left out, it follows the components. */
  impact?: Impact;
  /** Names of the templates that speak: first, when another component is affected, when the problem comes back, and when it is resolved. */
  template: string;
  more: string;
  back: string;
  over: string;
  /** What blanks say: of `alert-…` ones where the alert itself says nothing. */
  set: Readonly<Record<string, string>>;
  /** How soon the next update is promised, in milliseconds; `null` for no promise; left out by the page's rhythm. */
  next?: number | null;
  /** How long an alert has to last before anybody is told, in milliseconds. */
  wait: number;
  /** What is said when the last alert has ended. */
  clear: 'publish' | 'review' | 'nothing';
  /** How long after its end an incident is opened again by a new alert, in milliseconds. */
  reopen: number;
  /** Where it begins in the file, counted from 1. */
  line: number;
}

/** What stands in a rule that says nothing, since it ignores, has errors or is gone. */
export const SILENT_RULE = {
  title: '',
  components: { byId: {} },
  areas: [],
  template: '',
  more: '',
  back: '',
  over: '',
  set: {},
  wait: 0,
  clear: 'nothing',
  reopen: 0,
} as const satisfies Partial<AlertRule>;

/** What an alert has to look like. All of it has to hold; of a list of patterns one. What is left out may be anything. */
export interface AlertMatch {
  source?: readonly Pattern[];
  name?: readonly Pattern[];
  severity?: readonly Pattern[];
  /** By the label. */
  labels: Readonly<Record<string, readonly Pattern[]>>;
}

/** What a text of an alert may have to look like. */
export interface Pattern {
  /** As it stands in the file. */
  written: string;
  fits: (text: string) => boolean;
}

/** The components that an alert affects: always the same, or the one that a label of the alert names. */
export type RuleComponents = { byId: Readonly<Record<string, StatusChoice>> } | { label: string; status: StatusChoice };

/** The status of a component, by the severity of the alert. */
export interface StatusChoice {
  /** By the severity in small letters. */
  bySeverity: Readonly<Record<string, ComponentStatus>>;
  otherwise: ComponentStatus;
}
