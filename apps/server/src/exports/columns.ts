import { type Alert, type HaulOutcome, type HaulRow, type Notice, SEVERITY_WORDS, ALERT_STATUS_WORDS } from '@muckwatch/contract';
import { kindName } from '../notices/kind-names.js';
import type { Column } from './table.js';

const OUTCOMES: Record<HaulOutcome, readonly [zh: string, en: string]> = {
  'own-yard': ['到许可消纳场', 'at its yard'],
  'other-yard': ['到其他消纳场', 'at another yard'],
  yard: ['到消纳场（无许可）', 'at a yard, no permit'],
  refused: ['被拒收', 'refused by the yard'],
  dumped: ['乱倒', 'dumped'],
  unknown: ['去向不明', 'unknown'],
  'under-way': ['在途', 'under way'],
  arrived: ['到场未卸', 'arrived, not tipped'],
  lost: ['未见结束', 'not heard to end'],
};
const ANSWERS = {
  open: ['未确认', 'open'],
  acknowledged: ['已确认收到', 'acknowledged'],
  rectified: ['已答复整改', 'rectified'],
  objected: ['已提异议', 'objected'],
  accepted: ['已认可', 'accepted'],
  'sent-back': ['已退回', 'sent back'],
  withdrawn: ['已撤销', 'withdrawn'],
} as const;
const YES_NO = { true: ['是', 'yes'], false: ['否', 'no'] } as const;

const said = (words: readonly [string, string], language: 'zh' | 'en') => words[language === 'zh' ? 0 : 1];
const yes = (value: boolean, language: 'zh' | 'en') => said(YES_NO[`${value}`], language);

/** Times are UTC as everywhere on the wire: a column that two time zones read differently is no evidence. */
export const ALERT_COLUMNS: Column<Alert>[] = [
  { zh: '编号', en: 'id', of: ({ id }) => id },
  { zh: '违规', en: 'rule', of: ({ rule }, language) => kindName(rule)[language] },
  { zh: '严重程度', en: 'severity', of: ({ severity }, language) => SEVERITY_WORDS[severity][language] },
  { zh: '状态', en: 'status', of: ({ status }, language) => ALERT_STATUS_WORDS[status][language] },
  { zh: '车牌', en: 'plate', of: ({ truck }) => truck.plate },
  { zh: '车辆', en: 'truck', of: ({ truck }) => truck.id },
  { zh: '运输企业', en: 'company', of: ({ company }) => company?.name ?? null },
  { zh: '地点', en: 'place', of: ({ place }) => place?.name ?? null },
  { zh: '纬度', en: 'lat', of: ({ position }) => position.lat },
  { zh: '经度', en: 'lon', of: ({ position }) => position.lon },
  { zh: '开始（UTC）', en: 'began (UTC)', of: ({ began }) => began },
  { zh: '结束（UTC）', en: 'ended (UTC)', of: ({ ended }) => ended },
  { zh: '补传', en: 'late', of: ({ late }, language) => yes(late, language) },
  {
    zh: '数据不再支持',
    en: 'contradicted',
    of: ({ contradicted }, language) => (contradicted === null ? null : said([contradicted.reasonZh, contradicted.reason], language)),
  },
  { zh: '说明', en: 'summary', of: ({ summary }, language) => summary[language] },
  { zh: '处理人', en: 'decided by', of: ({ decision }) => decision?.by ?? null },
  { zh: '处理时间（UTC）', en: 'decided (UTC)', of: ({ decision }) => decision?.at ?? null },
  { zh: '理由', en: 'reason', of: ({ decision }) => decision?.reason ?? null },
];

export const HAUL_COLUMNS: Column<HaulRow>[] = [
  { zh: '编号', en: 'id', of: ({ id }) => id },
  { zh: '车牌', en: 'plate', of: ({ truck }) => truck.plate },
  { zh: '车辆', en: 'truck', of: ({ truck }) => truck.id },
  { zh: '运输企业', en: 'company', of: ({ company }) => company?.name ?? null },
  { zh: '工地', en: 'site', of: ({ site }) => site?.name ?? null },
  { zh: '消纳场', en: 'yard', of: ({ yard }) => yard?.name ?? null },
  { zh: '离开工地（UTC）', en: 'departed (UTC)', of: ({ departedAt }) => departedAt },
  { zh: '到达（UTC）', en: 'arrived (UTC)', of: ({ arrivedAt }) => arrivedAt },
  { zh: '举斗（UTC）', en: 'bed raised (UTC)', of: ({ bedUpAt }) => bedUpAt },
  { zh: '卸载（UTC）', en: 'unloaded (UTC)', of: ({ unloadedAt }) => unloadedAt },
  { zh: '历时（分）', en: 'took (min)', of: ({ minutes }) => minutes },
  { zh: '里程（km）', en: 'distance (km)', of: ({ distanceKm }) => distanceKm },
  { zh: '最大载重（kg）', en: 'peak load (kg)', of: ({ peakLoadKg }) => peakLoadKg },
  { zh: '方量（m³）', en: 'volume (m³)', of: ({ volumeM3 }) => volumeM3 },
  { zh: '方量为估计', en: 'volume estimated', of: ({ estimated }, language) => yes(estimated, language) },
  { zh: '结果', en: 'ended', of: ({ outcome }, language) => said(OUTCOMES[outcome], language) },
  { zh: '推断', en: 'inferred', of: ({ inferred }, language) => yes(inferred, language) },
  { zh: '处置核准', en: 'permit', of: ({ permitId }) => permitId },
  { zh: '告警', en: 'alerts', of: ({ alerts }, language) => alerts.map(({ rule }) => kindName(rule)[language]).join(language === 'zh' ? '、' : ', ') || null },
];

export const NOTICE_COLUMNS: Column<Notice>[] = [
  { zh: '编号', en: 'number', of: ({ number }) => number },
  { zh: '事项', en: 'about', of: ({ kind }, language) => kindName(kind)[language] },
  { zh: '严重程度', en: 'severity', of: ({ severity }, language) => SEVERITY_WORDS[severity][language] },
  { zh: '状态', en: 'status', of: ({ status }, language) => said(ANSWERS[status], language) },
  { zh: '被告知人', en: 'recipient', of: ({ recipient }) => recipient.name },
  { zh: '车牌', en: 'plate', of: ({ truck }) => truck.plate },
  { zh: '运输企业', en: 'company', of: ({ company }) => company?.name ?? null },
  { zh: '地点', en: 'place', of: ({ place }) => place?.name ?? null },
  { zh: '发生（UTC）', en: 'began (UTC)', of: ({ began }) => began },
  { zh: '告知（UTC）', en: 'told (UTC)', of: ({ openedAt }) => openedAt },
  { zh: '查看（UTC）', en: 'read (UTC)', of: ({ readAt }) => readAt },
  { zh: '答复期限（UTC）', en: 'deadline (UTC)', of: ({ deadline }) => deadline },
  { zh: '逾期', en: 'overdue', of: ({ overdue }, language) => yes(overdue, language) },
  { zh: '驾驶员已纠正（UTC）', en: 'put right (UTC)', of: ({ putRight }) => putRight?.at ?? null },
  { zh: '并入告警', en: 'further alerts', of: ({ repeats }) => repeats },
  { zh: '说明', en: 'summary', of: ({ summary }, language) => summary[language] },
];
