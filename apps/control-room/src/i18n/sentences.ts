import type { RuleCode } from '@muckwatch/contract';

/** What can be said to a driver, in the driver's language whatever the page's is. */
export const SENTENCES: Partial<Record<RuleCode, string[]>> = {
  'uncovered-load': ['您的车厢顶盖未关闭，请靠边停车并关闭顶盖。', '请立即关闭顶盖后再行驶。'],
  'uncovered-departure': ['您的车厢未覆盖，请停车关闭顶盖后再出场。', '请立即关闭顶盖。'],
  spill: ['车厢正在抛洒，请立即靠边停车，放下车斗、关闭顶盖。', '请停车检查后挡板和顶盖。'],
  'illegal-dumping': ['此处不得倾倒，请立即停止卸料，原地等待处理。'],
  'wrong-yard': ['此处不是核准的消纳场，请停止卸料并驶往核准消纳场。'],
  'unpermitted-loading': ['此处未核准出土，请停止装载并与调度联系。'],
  'off-route': ['您已偏离核准线路，请尽快回到核准线路。'],
  'out-of-hours': ['现在不是核准运输时段，请停止运输并驶回停车场。'],
  'no-go': ['您已进入禁行区域，请尽快驶离。'],
  speeding: ['您已超速，请立即减速。', '前方限速，请按限速行驶。'],
  'unwashed-departure': ['车轮未冲洗，请返回冲洗平台冲洗后出场。'],
  'no-permit': ['该趟运输没有有效许可，请停车并与调度联系。'],
  overload: ['您的车辆超载，请停车并与调度联系。'],
  'long-stop': ['您已载重停留较久，是否需要帮助？请与调度联系。'],
  curfew: ['现在不得驶离停车场，请返回。'],
};
export const ANY_SENTENCES = ['请靠边安全停车。', '请与值班室联系。', '请减速慢行，注意安全。'];
