import { called, inert } from '../watch/inert.ts';

/**
 * What a pull request says to those who are asked to look at it; Markdown.
 * @param owners are named, since a workflow's own token may not ask a team
 */
export function reviewText({ name }: { name: string }, owners: readonly string[], page: string): string {
  const asked = owners.length > 0 ? `${owners.map(called).join(' ')}: ` : '';
  return [
    `${asked}the rule ${inert(name)} of \`content/alerts.yml\` asks somebody to look at this before customers see it. It was checked before it came here.`,
    'Merge it to publish it. What you change in the words stays, and further alerts of this rule come to the same branch until then.',
    `To leave it unsaid, close it, and leave its branch: that is how it is remembered. The runs of the workflow say what was received: ${page}/actions/workflows/alert.yml`,
  ].join('\n\n');
}
