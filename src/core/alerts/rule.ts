import type { Localized } from '../schema/site.ts';
import type { Instant } from '../days.ts';
import type { ComponentStatus, Impact } from '../vocabulary.ts';

/** An alert, the same for every monitoring system. Its texts are untrusted. */
export interface Alert {
  /** The system in lower case: `alertmanager`, `pagerduty`. */
  source: string;
  /** `unknown` if data is missing, which is neither a new problem nor the end of one. */
  state: 'firing' | 'resolved' | 'unknown';
  /** The system's own key for this alert, the same in all its messages. Unique within the source. */
  key: string;
  /** When it began, if the message says so. */
  start?: Instant;
  /**
   * For a firing alert whose `start` may be that of an earlier episode: the time that the message describes, or
   * `received` if it has none. Left out if only a later `start` means that it fires again.
   */
  firingAt?: Instant | 'received';
  /** When a resolved alert ended, if the message says so. */
  end?: Instant;
  /** The name of its rule or check, in one line. */
  name: string;
  /** The system's own word in lower case: `critical`, `p1`. */
  severity?: string;
  /** Tags and labels. Tags without a value have an empty text. */
  labels: Readonly<Record<string, string>>;
  /** Its description, in one line. */
  summary?: string;
  description?: string;
  /** Its address in the monitoring system. */
  link?: string;
}

/** The fields of an alert that a template can use, each with a blank such as `{{alert-name}}`. */
export const ALERT_FIELDS = ['name', 'source', 'severity', 'summary', 'description', 'link'] as const;

/** The blank of a field: `alert-name`. */
export function fieldBlank(field: (typeof ALERT_FIELDS)[number]): string {
  return `alert-${field}`;
}

/** The blank of a label: `alert-label-kubernetes-cluster` for `kubernetes_cluster`. */
export function labelBlank(label: string): string {
  const name = label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return `${LABEL_BLANK}${name}`;
}

/** The prefix of blanks for labels. */
export const LABEL_BLANK = 'alert-label-';

/** A rule in `content/alerts.yml`, with all defaults. */
export interface AlertRule {
  name: string;
  match: AlertMatch;
  /**
   * What to do with a matching alert. A rule with errors is `broken`: it still matches by its valid patterns, so that no
   * later rule publishes what this one should hold back. Its other fields must not be used.
   */
  then: 'publish' | 'review' | 'ignore' | 'broken';
  /** The title of the incident. Empty if the rule publishes nothing. */
  title: string;
  /** The title in the other languages of the page. */
  names?: Localized<{ title: string }>;
  components: RuleComponents;
  areas: readonly string[];
  /** If left out, it follows from the components. */
  impact?: Impact;
  /** Names of the templates for the first update, more components, a problem that returns, and the resolution. */
  template: string;
  more: string;
  back: string;
  over: string;
  /** Values for blanks. For `alert-…` blanks, used if the alert has no value. */
  set: Readonly<Record<string, string>>;
  /** How soon the next update is promised, in milliseconds. `null` for no promise. By default, the page's update interval. */
  next?: number | null;
  /** How long an alert must fire before it is announced, in milliseconds. */
  wait: number;
  /** What to do when the last alert has ended. */
  clear: 'publish' | 'review' | 'nothing';
  /** How long after its end a new alert reopens the incident, in milliseconds. */
  reopen: number;
  /** Its first line in the file, counted from 1. */
  line: number;
}

/** Fields of a rule that publishes nothing, because it ignores alerts, has errors or was deleted. */
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

/** The conditions of a rule. All must be met, but only one pattern of each list. What is left out can be anything. */
export interface AlertMatch {
  source?: readonly Pattern[];
  name?: readonly Pattern[];
  severity?: readonly Pattern[];
  /** By the label. */
  labels: Readonly<Record<string, readonly Pattern[]>>;
}

/** A pattern for a text of an alert. */
export interface Pattern {
  /** As written in the file. */
  written: string;
  fits: (text: string) => boolean;
}

/** The components that an alert affects: fixed ones, or the one that a label of the alert names. */
export type RuleComponents = { byId: Readonly<Record<string, StatusChoice>> } | { label: string; status: StatusChoice };

/** The status of a component, by the severity of the alert. */
export interface StatusChoice {
  /** By the severity in lower case. */
  bySeverity: Readonly<Record<string, ComponentStatus>>;
  otherwise: ComponentStatus;
}
