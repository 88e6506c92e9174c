import { BarChart, HeatmapChart } from 'echarts/charts';
import { GridComponent, TooltipComponent, VisualMapComponent } from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import type { EChartsOption } from 'echarts';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { inPagePx } from '../app/pixels.js';
import { COLOUR, FONT } from '../theme/tokens.js';

// Only what is drawn here: the whole of ECharts is a megabyte.
use([BarChart, HeatmapChart, GridComponent, TooltipComponent, VisualMapComponent, SVGRenderer]);

/** What all charts share: our tokens, no motion, a tooltip like our popovers. Sizes in pixels. */
export function ground(fontSize: number): EChartsOption {
  return {
    animation: false,
    textStyle: { fontFamily: FONT, fontSize, color: COLOUR.soft },
    tooltip: {
      confine: true,
      backgroundColor: COLOUR.raised,
      borderColor: COLOUR.line,
      textStyle: { color: COLOUR.text, fontFamily: FONT, fontSize: Math.max(13, fontSize) },
    },
  };
}

/**
 * A chart that follows its box. It is a picture to those who cannot see it: `label` says what it shows, and the same numbers stand beside it as a table.
 * `onPick` is told the index of the datum that was pressed.
 */
export function Chart({ option, label, height, onPick }: { option: EChartsOption; label: string; height: number | string; onPick?: (index: number) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const pick = useRef(onPick);
  useEffect(() => {
    pick.current = onPick;
  });

  useEffect(() => inPagePx(box.current!), []);
  useEffect(() => {
    const drawn = init(box.current, null, { renderer: 'svg' });
    chart.current = drawn;
    drawn.on('click', ({ dataIndex }) => pick.current?.(dataIndex));
    const watcher = new ResizeObserver(() => drawn.resize());
    watcher.observe(box.current!);
    return () => {
      watcher.disconnect();
      drawn.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => chart.current?.setOption(option, { notMerge: true }), [option]);

  return <div ref={box} role="img" aria-label={label} style={{ height, cursor: onPick ? 'pointer' : undefined }} />;
}
