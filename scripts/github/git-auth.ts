import type { CommandContext } from '../context.ts';

type Environment = CommandContext['env'];

/** The account behind a workflow's token. */
const BOT = { name: 'github-actions[bot]', email: '41898282+github-actions[bot]@users.noreply.github.com' };

/**
 * An environment in which Git may fetch and push, and commits without anybody's settings. The token stands in no
 * argument and no file, where others could read it.
 * @see https://git-scm.com/docs/git-config#Documentation/git-config.txt-GITCONFIGCOUNT
 */
export function authenticated(env: Environment): Environment {
  const { GITHUB_TOKEN: token, GITHUB_SERVER_URL: server = 'https://github.com' } = env;
  const identity = {
    GIT_AUTHOR_NAME: BOT.name,
    GIT_AUTHOR_EMAIL: BOT.email,
    GIT_COMMITTER_NAME: BOT.name,
    GIT_COMMITTER_EMAIL: BOT.email,
    GIT_TERMINAL_PROMPT: '0',
  };
  if (!token) return { ...env, ...identity };
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
  return {
    ...env,
    ...identity,
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${server}/.extraheader`,
    GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${basic}`,
  };
}
