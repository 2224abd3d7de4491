import { describe, expect, it } from 'vitest';
import { EMPTY as E, leaveOut } from './leave-out.ts';

describe('an empty blank', () => {
  it.each([
    ['that is a sentence leaves its neighbours', `Cards work. ${E} ${E} We're sorry.`, "Cards work. We're sorry."],
    ['at the start', `${E} We are looking.`, 'We are looking.'],
    ['alone takes its paragraph', `${E}\n\nWe are looking.`, 'We are looking.'],
    ['within a sentence takes all of it', `One. Orders in ${E} fail, e.g. in shops.\nTwo.`, 'One. Two.'],
    ['at the start of a sentence takes all of it', `One. ${E} fails for some. Two.`, 'One. Two.'],
    ['across a line end', `We moved\nto ${E}\nat noon. It works.`, 'It works.'],
    ['in a list takes its item', `- One\n- Until ${E}\n- Three\n\nEnd.`, '- One\n- Three\n\nEnd.'],
    ['takes the heading above it', `### A\n\n${E}\n\n### B\n\nText.`, '### B\n\nText.'],
    ['leaves a heading that has more', `### A\n\n${E}\n\nMore.\n\n#### B\n\n${E}`, '### A\n\nMore.'],
    ['leaves code as it is', `${E}\n\n\`\`\`\na\n\nb\n\`\`\``, '```\na\n\nb\n```'],
  ])('%s', (_, text, left) => {
    expect(leaveOut(text, 'en')).toBe(left);
  });

  it('takes a sentence in the language of the text', () => {
    expect(leaveOut(`決済できません。${E}に復旧します。続報をお待ちください。`, 'ja')).toBe(
      '決済できません。続報をお待ちください。',
    );
    expect(leaveOut(`ज़्यादातर काम करता है। ${E} तक ठीक होगा।`, 'hi')).toBe('ज़्यादातर काम करता है।');
  });

  it('leaves texts without one as they are, in every byte', () => {
    const text = 'a  b\n\n\n\n### C\n\n### D\n';
    expect(leaveOut(text, 'en')).toBe(text);
  });
});
