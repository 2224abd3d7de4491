import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { A, begun, FIRST, incident, SECOND } from '../../src/__tests__/support/notify.ts';

type Desk = Awaited<ReturnType<typeof begun>>;

const THIRD = ['Resolved · 2026-11-20 10:30 UTC', 'It works.'] as const;
const WORDS = ['A database failed', 'It works'] as const;

/** Runs the command in its own process, and kills it at a step. */
async function killAt({ chat, post }: Desk, step: Step): Promise<void> {
  const pid = join(post.folder, 'pid');
  const hook = (name: string) => join(post.origin, 'hooks', name);
  const kill = `read old new ref\ngit show "$new:sent.jsonl" | tail -n 1 | grep -q '"how":"${step.line}"' || exit 0\nkill -9 "$(cat ${pid})"\n`;
  // A push continues after its process is killed, so a push that must not arrive is refused.
  if (step.at === 'before') writeFileSync(hook('pre-receive'), `#!/bin/sh\n${kill}exit 1\n`, { mode: 0o755 });
  if (step.at === 'after') writeFileSync(hook('post-receive'), `#!/bin/sh\n${kill}`, { mode: 0o755 });
  const child = post.start();
  writeFileSync(pid, String(child.pid));
  if (step.at === 'arrival') chat.onRequest = () => void child.kill('SIGKILL');
  const exited = once(child, 'exit');
  child.stdout.resume();
  child.stderr.resume();
  await exited;
  chat.onRequest = () => undefined;
  for (const name of ['pre-receive', 'post-receive']) rmSync(hook(name), { force: true });
}

interface Step {
  at: 'before' | 'after' | 'arrival';
  line?: 'sending' | 'sent';
}

const BEFORE: Step = { at: 'before', line: 'sending' };
const ANNOUNCED: Step = { at: 'after', line: 'sending' };
const ARRIVED: Step = { at: 'arrival' };
const UNRECORDED: Step = { at: 'before', line: 'sent' };
const RECORDED: Step = { at: 'after', line: 'sent' };

const counts = ({ chat }: Desk) => WORDS.map((word) => chat.words(word).filter(Boolean).length);

/** A process starts in about a second; this allows for a machine that is a hundred times slower. */
const SLOW = { timeout: 1_200_000 };

describe('an update of a run that is killed', () => {
  it.each<[string, Step[], number[]]>([
    ['before it is recorded that it is sent', [BEFORE, BEFORE, BEFORE], [1, 1]],
    ['once that is recorded', [ANNOUNCED], [1, 1]],
    ['when it has arrived, again and again', [ARRIVED, ARRIVED, ARRIVED, ARRIVED], [2, 2]],
    ['before it is recorded that it was sent, again and again', [UNRECORDED, UNRECORDED, UNRECORDED], [1, 2]],
    ['once that is recorded, again and again', [RECORDED, RECORDED], [1, 1]],
    ['at one step after the other', [BEFORE, ANNOUNCED, UNRECORDED, RECORDED], [1, 2]],
  ])('%s, arrives once or twice, and is not lost', SLOW, async (_, steps, expected) => {
    await using desk = await begun();
    desk.post.commit({ [A]: incident([FIRST, SECOND, THIRD]) });
    for (const step of steps) await killAt(desk, step);
    await desk.post.run();
    await desk.post.run();
    expect(counts(desk)).toEqual(expected);
    const { length } = desk.chat.taken;
    expect(await desk.post.run()).toMatchObject({ code: 0, printed: 'There is nothing new to send.\n' });
    expect(desk.chat.taken).toHaveLength(length);
  });

  it('twice between both is not sent a third time, and the job says to check', SLOW, async () => {
    await using desk = await begun();
    desk.post.commit({ [A]: incident([FIRST, SECOND]) });
    await killAt(desk, ARRIVED);
    await killAt(desk, ARRIVED);
    const told = await desk.post.run();
    expect(told).toMatchObject({ code: 1, summary: expect.stringContaining('**may have arrived**') as string });
    expect(told.printed).toContain('Two runs were stopped while sending it');
    expect(await desk.post.run()).toMatchObject({ code: 0 });
    expect(desk.chat.taken).toHaveLength(2);
  });
});
