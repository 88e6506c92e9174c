/** The screen's pixels to one of the page's: the screen's own, times how much larger a 4K screen is drawn (`base.css`). No canvas gains by more than two. */
export function canvasPixels(): number {
  return Math.min(2, (window.devicePixelRatio || 1) * (Number(getComputedStyle(document.documentElement).zoom) || 1));
}

/** An element's box on the screen over its size on the page: 1, or how much larger it is drawn. */
export function drawnLarger(element: Element): number {
  const { offsetWidth = 0 } = element as HTMLElement;
  return offsetWidth > 0 ? element.getBoundingClientRect().width / offsetWidth : 1;
}

/** How far a pointer is from an element's left edge, in the page's px. */
export function pxFromLeft({ clientX, currentTarget }: { clientX: number; currentTarget: Element }): number {
  return (clientX - currentTarget.getBoundingClientRect().left) / drawnLarger(currentTarget);
}
