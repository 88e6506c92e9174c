import { COLOUR, FONT, SEVERITIES_WORST_FIRST, SEVERITY_COLOUR, SEVERITY_SHAPE } from '../theme/tokens.js';
import { type Cell, COUNTED, type Counted, cellRadius } from './counts.js';

const PART_COLOUR: Record<Counted, string> = {
  loaded: COLOUR.text,
  empty: COLOUR.emptyShare,
  unknown: COLOUR.unknownShare,
  silent: COLOUR.silentShare,
  ...SEVERITY_COLOUR,
};

/** A dark disc with the number of trucks, its rim parted by state; what alerts is said below in shape and number. Never a red blob. */
export function drawCell(ctx: CanvasRenderingContext2D, cell: Cell): void {
  const radius = cellRadius(cell.total);
  ctx.beginPath();
  ctx.arc(cell.x, cell.y, radius, 0, Math.PI * 2);
  ctx.fillStyle = `${COLOUR.panel}eb`;
  ctx.fill();

  ctx.lineWidth = 3;
  let from = -Math.PI / 2;
  for (const state of COUNTED) {
    const share = cell.by[state] / cell.total;
    if (share === 0) continue;
    const to = from + share * Math.PI * 2;
    ctx.beginPath();
    ctx.arc(cell.x, cell.y, radius - 1.5, from, to);
    ctx.strokeStyle = PART_COLOUR[state];
    ctx.stroke();
    from = to;
  }

  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.font = `600 ${cell.total > 999 ? 12 : 13}px ${FONT}`;
  ctx.fillStyle = COLOUR.text;
  ctx.fillText(String(cell.total), cell.x, cell.y + 0.5);

  const alerting = SEVERITIES_WORST_FIRST.filter((severity) => cell.by[severity] > 0);
  ctx.font = `600 12px ${FONT}`;
  let x = cell.x - (alerting.length - 1) * 13;
  for (const severity of alerting) {
    const text = `${SEVERITY_SHAPE[severity]}${cell.by[severity]}`;
    ctx.lineWidth = 3;
    ctx.strokeStyle = COLOUR.map;
    ctx.strokeText(text, x, cell.y + radius + 10);
    ctx.fillStyle = SEVERITY_COLOUR[severity];
    ctx.fillText(text, x, cell.y + radius + 10);
    x += 26;
  }
}
