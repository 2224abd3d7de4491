/**
 * Options for every Git command, so that personal settings do not change Git's output. Settings for commits, such as
 * signatures and hooks, still apply.
 * @see https://git-scm.com/docs/git-config
 */
export const NEUTRAL: readonly string[] = Object.entries({
  'color.ui': 'false',
  'core.fsmonitor': 'false',
  'core.pager': 'cat',
  'core.quotePath': 'false',
  'diff.mnemonicPrefix': 'false',
  'diff.noprefix': 'false',
  'diff.orderFile': '/dev/null',
  'diff.relative': 'false',
  'diff.renameLimit': '0',
  'diff.renames': 'true',
  'grep.column': 'false',
  'grep.fullName': 'false',
  'grep.lineNumber': 'false',
  'i18n.logOutputEncoding': 'UTF-8',
  'log.decorate': 'false',
  'log.diffMerges': 'separate',
  'log.follow': 'false',
  'log.showRoot': 'true',
  'log.showSignature': 'false',
  'push.followTags': 'false',
  'push.recurseSubmodules': 'no',
  'status.relativePaths': 'true',
  'status.renames': 'true',
  'status.showStash': 'false',
}).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
