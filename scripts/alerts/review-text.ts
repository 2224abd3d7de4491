import { called, inert } from '../watch/inert.ts';

/**
 * What a pull request says to those who are asked to look at it; Markdown.
 * @param owners are named, since a workflow's own token may not ask a team
 */
export function reviewText({ name }: { name: string }, owners: readonly string[], page: string): string {
  const asked = owners.length > 0 ? `${owners.map(called).join(' ')}: ` : '';
  return [
    `${asked}the rule ${inert(name)} of \`content/alerts.yml\` asks for a review before customers see this. It has passed the checks.`,
    'Merge it to publish it. Your changes to the text are kept, and further alerts of this rule go to the same branch until then.',
    `To publish nothing, close it and keep its branch, which records your decision. The runs of the workflow say what was received: ${page}/actions/workflows/alert.yml`,
  ].join('\n\n');
}
