/** Which names fit: first come, first served; a name that would touch another is left out. */
export class LabelBook {
  private readonly taken: { left: number; top: number; right: number; bottom: number }[] = [];

  constructor(
    private readonly width: number,
    private readonly height: number,
  ) {}

  /** Takes the box if it is free and wholly in the picture. */
  fits(left: number, top: number, width: number, height: number, gap = 4): boolean {
    const right = left + width;
    const bottom = top + height;
    if (left < 0 || top < 0 || right > this.width || bottom > this.height) return false;
    for (const box of this.taken) if (left < box.right + gap && right > box.left - gap && top < box.bottom + gap && bottom > box.top - gap) return false;
    this.taken.push({ left, top, right, bottom });
    return true;
  }
}

const widths = new Map<string, number>();

/** Measuring costs 10 µs, a look-up 0.1 µs; the fonts are few and the names come again at every move. */
export function textWidth(ctx: CanvasRenderingContext2D, text: string): number {
  const key = `${ctx.font}|${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    if (widths.size > 20_000) widths.clear();
    width = ctx.measureText(text).width;
    widths.set(key, width);
  }
  return width;
}
