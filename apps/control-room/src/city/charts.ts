import type { CityOverview, Severity } from '@muckwatch/contract';
import type { EChartsOption } from 'echarts';
import { ground } from '../chart/Chart.js';
import { ROOM_THEME } from '../theme/roomTheme.js';
import { COLOUR, SEVERITY_COLOUR, SEVERITY_SHAPE } from '../theme/tokens.js';
import type { Cell } from './hours.js';

type Rule = CityOverview['byRule'][number]['rule'];

/** Bars from above, the commonest first, each in the colour and with the shape of its severity (null while it is not known); behind each, hollow, the period before. */
export function ruleBars(
  rows: CityOverview['byRule'],
  names: (rule: Rule) => string,
  severityOf: (rule: Rule) => Severity | null,
  words: { now: string; before: string },
  size: number,
): EChartsOption {
  const named = (rule: Rule, severity: Severity | null) => (severity === null ? names(rule) : `${SEVERITY_SHAPE[severity]} ${names(rule)}`);
  return {
    ...ground(size),
    grid: { left: 0, right: size * 3, top: 0, bottom: 0, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: { type: 'value', show: false },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map(({ rule }) => named(rule, severityOf(rule))),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: COLOUR.text, fontSize: size, margin: size, width: size * 13, overflow: 'truncate' },
    },
    series: [
      {
        type: 'bar',
        name: words.now,
        data: rows.map(({ rule, now }) => ({ value: now, itemStyle: { color: SEVERITY_COLOUR[severityOf(rule) ?? 'minor'], borderRadius: 2 } })),
        barGap: '10%',
        barCategoryGap: '32%',
        label: { show: true, position: 'right', color: COLOUR.text, fontSize: size },
      },
      {
        type: 'bar',
        name: words.before,
        data: rows.map(({ before }) => before),
        itemStyle: { color: COLOUR.line, borderColor: COLOUR.mute, borderWidth: 1, borderRadius: 2 },
      },
    ],
  };
}

/** A quiet night must not look like a bad one: so many alerts an hour are the brightest at least. */
const LEAST_MOST = 6;
/** From the ground to what stands out of it most, in either theme. */
const HEAT = ROOM_THEME === 'light' ? ['#bcd6f3', '#4484cf', '#123d70'] : ['#24496e', '#3d86d6', '#a9d0ff'];
/** From this share of the most a cell stands out of the ground so far that its number takes the ground's colour. */
const STRONG = 0.6;

/** A row a day, a column an hour; the stronger the more. */
export function hourHeat(cells: readonly Cell[], days: readonly string[], words: (cell: Cell) => string, size: number): EChartsOption {
  const most = Math.max(LEAST_MOST, ...cells.map(({ alerts }) => alerts));
  const one = days.length <= 2;
  return {
    ...ground(size),
    tooltip: { ...ground(size).tooltip, formatter: (params: unknown) => words(cells[(params as { dataIndex: number }).dataIndex]!) },
    grid: { left: 0, right: 0, top: 0, bottom: 0, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'category',
      data: Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0')),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: COLOUR.soft, fontSize: size, interval: 2 },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: days.map((day) => day.slice(5)),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: COLOUR.soft, fontSize: size },
    },
    visualMap: { show: false, min: 0, max: most, inRange: { color: [COLOUR.raised, ...HEAT] } },
    series: [
      {
        type: 'heatmap',
        data: cells.map(({ day, hour, alerts }) => ({
          value: [hour, days.indexOf(day), alerts],
          label: { color: alerts / most > STRONG ? COLOUR.ground : COLOUR.text },
        })),
        itemStyle: { borderColor: COLOUR.panel, borderWidth: 2, borderRadius: 3 },
        label: {
          show: one,
          fontSize: size,
          formatter: (params: unknown) => String((params as { value: number[] }).value[2] || ''),
        },
        emphasis: { itemStyle: { borderColor: COLOUR.text } },
      },
    ],
  };
}
