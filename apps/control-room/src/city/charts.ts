import type { CityOverview } from '@muckwatch/contract';
import type { EChartsOption } from 'echarts';
import { ground } from '../chart/Chart.js';
import { COLOUR, SEVERITY_COLOUR } from '../theme/tokens.js';
import type { Cell } from './hours.js';

/** Bars from above, the commonest first; behind each, hollow, the period before. */
export function ruleBars(
  rows: CityOverview['byRule'],
  names: (rule: CityOverview['byRule'][number]['rule']) => string,
  words: { now: string; before: string },
  size: number,
): EChartsOption {
  return {
    ...ground(size),
    grid: { left: 0, right: size * 3, top: 0, bottom: 0, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: { type: 'value', show: false },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map(({ rule }) => names(rule)),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: COLOUR.text, fontSize: size, margin: size, width: size * 13, overflow: 'truncate' },
    },
    series: [
      {
        type: 'bar',
        name: words.now,
        data: rows.map(({ now }) => now),
        barGap: '10%',
        barCategoryGap: '32%',
        itemStyle: { color: SEVERITY_COLOUR.minor, borderRadius: 2 },
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

/** A row a day, a column an hour; the brighter the more. */
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
    visualMap: { show: false, min: 0, max: most, inRange: { color: [COLOUR.raised, '#24496e', '#3d86d6', '#a9d0ff'] } },
    series: [
      {
        type: 'heatmap',
        data: cells.map(({ day, hour, alerts }) => [hour, days.indexOf(day), alerts]),
        itemStyle: { borderColor: COLOUR.panel, borderWidth: 2, borderRadius: 3 },
        label: {
          show: one,
          color: COLOUR.text,
          textBorderColor: COLOUR.ground,
          textBorderWidth: 2,
          fontSize: size,
          formatter: (params: unknown) => String((params as { value: number[] }).value[2] || ''),
        },
        emphasis: { itemStyle: { borderColor: COLOUR.text } },
      },
    ],
  };
}
