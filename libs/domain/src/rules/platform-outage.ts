import type { Rule } from '../rule.js';

const limits = { outageShare: 0.3, outageMin: 10 };

/** Found over the fleet (`fleet-rule.ts`), together with `silent-terminal`, whose `silentMin` says for both when a terminal is silent. */
export const platformOutage: Rule<null, typeof limits> = {
  code: 'platform-outage',
  name: { zh: '平台或网络中断', en: 'Many terminals silent at once' },
  description: {
    zh: '大量在线终端几乎同时失联，应为平台或网络故障，不追究车辆。',
    en: 'Many of the terminals online fall silent at once: the platform or the network is at fault, not the trucks.',
  },
  severity: 'critical',
  limits,
  start: null,
  say: ({ terminals, online, sharePct }) => ({
    zh: `在线 ${online} 台终端中有 ${terminals} 台（${sharePct}%）几乎同时失联`,
    en: `${terminals} of ${online} terminals online (${sharePct} %) fell silent at once`,
  }),
};
