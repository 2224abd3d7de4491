/** What belongs to the owner of the page. An upgrade leaves it as it is. */
export const KEPT = ['content', 'public', '.github/CODEOWNERS', '.github/ISSUE_TEMPLATE'] as const;

/** Everything else below a project's folder, as pathspecs of Git. */
export const REPLACED: readonly string[] = ['.', ...KEPT.map((path) => `:(exclude)${path}`)];

/** Where a new version may bring files that an owner wants as well. */
export const OFFERED = ['content/templates', 'public'] as const;

/** Paths below {@link OFFERED} that belong to the example. */
export const EXAMPLE = /^public\/logo\.\w+$/;
