import type { Rule } from '../rule.js';

const limits = { silentMin: 10 };

/** Found over the fleet (`fleet-rule.ts`), at each tick: one truck alone cannot tell its own silence from an outage. */
export const silentTerminal: Rule<null, typeof limits> = {
  code: 'silent-terminal',
  name: { zh: '终端失联', en: 'Terminal gone silent' },
  description: {
    zh: '车辆点火状态下终端长时间没有任何消息。',
    en: 'Nothing is heard of a terminal whose last report said that the ignition is on.',
  },
  severity: 'minor',
  limits,
  start: null,
  say: ({ silentMin, loaded }) => ({
    zh: `${loaded === true ? '重车' : ''}点火状态下终端失联 ${silentMin} min`,
    en: `has been silent for ${silentMin} min with its ignition on${loaded === true ? ', loaded' : ''}`,
  }),
};
