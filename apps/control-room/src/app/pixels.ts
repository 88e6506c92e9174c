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

const POINTED = ['mousemove', 'mousedown', 'mouseup', 'click'] as const;

/** Tells events on an element where they are in the page's px, before anybody within hears them: for libraries that ask for `offsetX`, which browsers say in the screen's. */
export function inPagePx(element: HTMLElement): void {
  const tell = (event: MouseEvent) => {
    const larger = drawnLarger(element);
    if (larger === 1) return;
    const { left, top } = element.getBoundingClientRect();
    Object.defineProperties(event, { offsetX: { value: (event.clientX - left) / larger }, offsetY: { value: (event.clientY - top) / larger } });
  };
  for (const name of POINTED) element.addEventListener(name, tell, { capture: true });
}
