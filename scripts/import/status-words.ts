import type { IncidentWord } from '../../src/core/vocabulary.ts';

/**
 * What people call the updates of an incident, worst read first: of several that fit the first counts. The
 * other languages are those of the pages that were looked at.
 */
const MEANINGS: readonly (readonly [RegExp, IncidentWord])[] = [
  [/\b(post[\s-]?mortem|rca|root cause analysis|retrospective)\b/i, 'postmortem'],
  [/\b(not|un|partially|partly|mostly)[\s-]?(yet )?(resolved|solved|fixed|restored)\b/i, 'monitoring'],
  [/\b(mitigat\w*|recovering|improving|monitoring|observing|watching|verifying|stabili[sz]\w*)\b/i, 'monitoring'],
  [/\bmonitor(ear|eando|izando)?\b|überwach|surveill|监控|监测|恢复中/i, 'monitoring'],
  [
    /\b(resolved|solved|fixed|restored|recovered|closed|complete|completed|done|finished|over|ended|all clear)\b/i,
    'resolved',
  ],
  [/\bback (up|online|to normal|in service)\b/i, 'resolved'],
  [/\b(resuelto|solucionado|resolvido|résolu|gelöst|behoben|risolto|opgelost)\b|已解决|已恢复|解決/i, 'resolved'],
  [/\b(identified|found|cause|identificado|identifié|identifiziert)\b|已确认|已定位/i, 'identified'],
  [
    /\b(investigating|investigation|ongoing|started|detected|reported|new|open|investigando|untersuch\w*)\b|调查|处理中/i,
    'investigating',
  ],
];

/** The status that a free title of an update means: “Mitigated” is Monitoring. Nothing for one that means none. */
export function statusMeant(title: string): IncidentWord | undefined {
  return MEANINGS.find(([pattern]) => pattern.test(title))?.[1];
}
