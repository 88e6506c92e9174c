import type { EvidenceNumbers, RuleCode } from './alert.js';
import { type EpochMs, MINUTE_MS } from './time.js';

/** What of an alert decides whether and how the driver is told of it. */
export interface Tellable {
  rule: RuleCode;
  evidence: EvidenceNumbers;
  ended: EpochMs | null;
  late: boolean;
  snoozed: boolean;
}

/** A word that comes later than this is about something that has gone by. */
export const WORD_LASTS_MS = 2 * MINUTE_MS;
/** A truck that goes on doing the same hears it no more often. */
export const WORD_EVERY_MS = 10 * MINUTE_MS;
/** Time to put it right after the terminal said that the word was spoken. */
export const CORRECTION_MS = 3 * MINUTE_MS;

/** One sentence for a loudspeaker: what is wrong and what to do. Only of what the driver can put right where he is. */
const WORDS: Partial<Record<RuleCode, (evidence: EvidenceNumbers) => string | null>> = {
  'uncovered-load': () => '您的车辆顶盖未关闭，请就近安全停车，关好顶盖后再行驶。',
  'uncovered-departure': () => '您的车辆驶出工地时顶盖未关闭，请就近安全停车，关好顶盖后再行驶。',
  'unwashed-departure': () => '您的车辆驶出工地时车轮未冲洗干净，请返回冲洗后再上路。',
  speeding: ({ limitKmh }) => (typeof limitKmh === 'number' ? `您已超速，此处限速${limitKmh}公里，请减速行驶。` : '您已超速，请减速行驶。'),
  'off-route': () => '您已偏离核准线路，请尽快返回核准线路行驶。',
  // Straight through: it is behind him.
  'no-go': ({ kind }) => (kind === 'through' ? null : '您已进入禁行区域，请尽快驶离。'),
  spill: ({ kind }) => (kind === 'raised-bed' ? '您的车斗未放下，请立即安全停车，放下车斗后再行驶。' : '您的车辆疑似抛洒，请立即安全停车，检查车斗和后挡板。'),
  curfew: () => '当前为停车场管制时段，您没有运输任务，请返回停车场。',
  'long-stop': () => '您已载重停留较长时间，请继续前往消纳场，如有困难请联系调度。',
};

/** What the driver is told when an alert opens; null: nothing. What cannot be undone, and what only the office can settle, is no matter for the loudspeaker. */
export function wordFor({ rule, evidence, late, snoozed }: Tellable): string | null {
  return late || snoozed ? null : (WORDS[rule]?.(evidence) ?? null);
}

/** A word about an episode, as far as it got. */
export interface Told {
  sentAt: EpochMs;
  /** The terminal said that it was spoken. */
  doneAt: EpochMs;
}

/** When an episode was put right after a word: it ended after the word was sent and within the time that is given from when it was spoken; null: it was not. */
export function putRightAt({ sentAt, doneAt }: Told, ended: EpochMs | null, correctionMs = CORRECTION_MS): EpochMs | null {
  return ended !== null && ended >= sentAt && ended <= doneAt + correctionMs ? ended : null;
}
