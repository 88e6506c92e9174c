import {
  type CityOverview,
  type Definition,
  FEW_REVIEWED,
  FIGURES,
  LATENCY,
  METRIC_IDS,
  METRICS,
  percentWords,
  PLATFORM,
  type QualityRow,
  type Ranked,
  type Ratio,
  type WeeklyNumbers,
} from '@muckwatch/contract';
import { kindName } from '../notices/kind-names.js';

/** A cell: text, or a number and how it is said. */
export type Cell = string | null | { value: number | null; as: 'count' | 'decimal' | 'percent' };
export interface Column {
  title: string;
  /** Share of the width. */
  width: number;
}
export interface Table {
  title: string;
  columns: Column[];
  rows: Cell[][];
  /** Definitions and what is left out. */
  notes: string[];
}

const MOST_RANKED = 20;

/** All that a weekly report says, in Chinese, once: paper and spreadsheet are drawn from it. */
export function weeklyTables({ overview, precision, quality, figures }: WeeklyNumbers): Table[] {
  return [
    summary(overview),
    {
      title: '上报指标',
      columns: columns(['指标', 3], ['数值', 1.4], ['单位', 0.8], ['分子', 1], ['分母', 1], ['比例', 1]),
      rows: figures.items.map(({ id, value, numerator, denominator, share }) => [
        FIGURES[id].zh.name,
        { value, as: id === 'volume' ? 'decimal' : 'count' },
        FIGURES[id].unit.zh,
        count(numerator),
        count(denominator),
        percent(share),
      ]),
      notes: figures.items.map(({ id }) => definitionZh(FIGURES[id])),
    },
    {
      title: '各类告警',
      columns: columns(['规则', 3], ['本周', 1], ['上周', 1]),
      rows: overview.byRule.map(({ rule, now, before }) => [kindName(rule).zh, count(now), count(before)]),
      notes: ['数据补齐后不再成立的告警不计。'],
    },
    ranked('运输企业排名', '企业', overview.companies),
    ranked('工地排名', '工地', overview.sites),
    {
      title: '规则准确率（人工复核）',
      columns: columns(['规则', 2.4], ['核实', 0.8], ['排除', 0.8], ['准确率', 1], ['95% 区间', 1.6], ['数据推翻', 1], ['备注', 1.6]),
      rows: precision.items.map((one) => [
        kindName(one.rule).zh,
        count(one.confirmed),
        count(one.dismissed),
        percent(one.precision),
        one.low === null || one.high === null ? '—' : `${percentWords(one.low)}–${percentWords(one.high)}`,
        count(one.contradicted),
        one.few ? `复核不足 ${FEW_REVIEWED} 条` : '',
      ]),
      notes: ['准确率 = 核实 /（核实 + 排除）；区间为 Wilson 95%。数据补齐后不再成立的另计。'],
    },
    {
      title: '数据质量',
      columns: columns(['指标', 2], ['比例', 1], ['分子', 1.2], ['分母', 1.2]),
      rows: [
        ...METRIC_IDS.map((id) => ratioRow(METRICS[id], quality.city.metrics[id])),
        ratioRow(PLATFORM, quality.platform),
        ['时延 P50(s)', null, count(quality.city.latencyP50S), null],
        ['时延 P95(s)', null, count(quality.city.latencyP95S), null],
      ],
      notes: [...METRIC_IDS.map((id) => METRICS[id]), PLATFORM, LATENCY].map(definitionZh),
    },
    qualityTable('企业数据质量（差者在前）', '企业', quality.companies),
    qualityTable('终端数据质量（差者在前）', '终端', quality.terminals),
  ];
}

function summary({ alerts, confirmed, loads, volumeM3, estimatedLoads, response }: CityOverview): Table {
  const pair = (name: string, { now, before }: { now: number | null; before: number | null }, as: 'count' | 'decimal' = 'count'): Cell[] => [
    name,
    { value: now, as },
    { value: before, as },
  ];
  const minutes = (s: number | null): Cell => ({ value: s === null ? null : Math.round(s / 6) / 10, as: 'decimal' });
  return {
    title: '概况',
    columns: columns(['项目', 3], ['本周', 1], ['上周', 1]),
    rows: [
      pair('告警（条）', alerts),
      pair('其中已核实（条）', confirmed),
      pair('趟次（趟）', loads),
      pair('清运方量（m³）', volumeM3, 'decimal'),
      ['首次处置用时中位数（分钟）', minutes(response.now.medianS), minutes(response.before.medianS)],
      ['首次处置用时 P95（分钟）', minutes(response.now.p95S), minutes(response.before.p95S)],
      ['尚无人处置（条）', count(response.now.waiting), count(response.before.waiting)],
    ],
    notes: estimatedLoads > 0 ? [`方量中 ${estimatedLoads} 趟的车箱容未知，按全市车辆箱容中位数估计。`] : [],
  };
}

function ranked(title: string, who: string, rows: Ranked[]): Table {
  return {
    title,
    columns: columns([who, 3], ['趟次', 1], ['方量 m³', 1.2], ['告警', 1], ['核实', 1], ['抛洒', 1], ['核实/百趟', 1.2], ['抛洒/百趟', 1.2]),
    rows: rows
      .slice(0, MOST_RANKED)
      .map((row) => [
        row.name,
        count(row.loads),
        { value: row.volumeM3, as: 'decimal' },
        count(row.alerts),
        count(row.confirmed),
        count(row.spilt),
        { value: row.confirmedPer100, as: 'decimal' },
        { value: row.spiltPer100, as: 'decimal' },
      ]),
    notes: [
      '按每百趟核实的抛洒滴漏排序，再按每百趟核实的全部违规；没有已知趟次的排在前。',
      ...(rows.length > MOST_RANKED ? [`共 ${rows.length} 家，列出前 ${MOST_RANKED} 家。`] : []),
    ],
  };
}

function qualityTable(title: string, who: string, rows: QualityRow[]): Table {
  return {
    title,
    columns: columns([who, 2], ['上线率', 1], ['完整率', 1], ['合格率', 1], ['漂移率', 1], ['补传率', 1], ['未知率', 1], ['P95 s', 0.8]),
    rows: rows
      .slice(0, MOST_RANKED)
      .map(({ name, metrics, latencyP95S }) => [
        name,
        ...[metrics.online, metrics.complete, metrics.valid, metrics.drift, metrics.late, metrics.sensorUnknown].map(({ share }) => percent(share)),
        count(latencyP95S),
      ]),
    notes: rows.length > MOST_RANKED ? [`共 ${rows.length} 行，列出前 ${MOST_RANKED} 行。`] : [],
  };
}

export function definitionZh({ zh, ours }: Definition): string {
  return `${zh.name}：${zh.definition}${ours ? '（本系统定义）' : ''}`;
}

export function cellWords(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return cell;
  if (cell.value === null) return '—';
  if (cell.as === 'percent') return percentWords(cell.value);
  return cell.as === 'count' ? String(Math.round(cell.value)) : String(Math.round(cell.value * 10) / 10);
}

const columns = (...said: [title: string, width: number][]): Column[] => said.map(([title, width]) => ({ title, width }));
const count = (value: number | null): Cell => ({ value, as: 'count' });
const percent = (value: number | null): Cell => ({ value, as: 'percent' });
const ratioRow = ({ zh }: Definition, { n, d, share }: Ratio): Cell[] => [zh.name, percent(share), { value: n, as: 'decimal' }, { value: d, as: 'decimal' }];
