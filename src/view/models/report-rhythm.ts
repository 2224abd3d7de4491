import type { Instant } from '../../core/model.ts';
import type { IncidentRecord } from '../../core/report/incident-record.ts';

/** An incident as a line from its start to its end, with its updates as marks, as outlines on a field of 100 × 8. */
export interface Rhythm {
  line: string;
  silence: string;
  updates: string;
}

const WIDTH = 100;

/** @param now where the line of an open one ends */
export function rhythmOf({ incident, open, silence }: IncidentRecord, now: Instant): Rhythm {
  const told = incident.updates.filter(({ word }) => word !== 'postmortem').map(({ at }) => at);
  const start = Math.min(incident.started, ...told);
  const end = Math.max(open ? now : start, ...told);
  const place = (at: Instant) => (end > start ? Math.round(((at - start) / (end - start)) * WIDTH * 100) / 100 : 0);
  const [from, to] = [place(silence.from), place(silence.from + silence.length)];
  return {
    line: `M0 3.5h${WIDTH}v1h-${WIDTH}z`,
    silence:
      to > from ? `M${from} 2.5h${Math.round((to - from) * 100) / 100}v3h-${Math.round((to - from) * 100) / 100}z` : '',
    updates: told.map((at) => `M${Math.min(place(at), WIDTH - 0.6)} 0h.6v8h-.6z`).join(''),
  };
}
