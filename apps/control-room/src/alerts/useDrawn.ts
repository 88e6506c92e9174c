import { type RefObject, useEffect, useRef, useState } from 'react';

/** Rows that are drawn unasked: some screens of them. A night's list has hundreds, and each is twenty elements. */
export const DRAWN = 60;
/** Kept in sight beyond the chosen one, so that a key finds the next. */
const BEYOND = 20;
/** What a row that is not drawn takes up, px: most are so high, and the scroll bar lies only a little. */
export const ROW_PX = 73;

export const drawnOf = (count: number, chosenAt: number, most: number): number => Math.min(count, Math.max(most, chosenAt < 0 ? 0 : chosenAt + 1 + BEYOND));

/** How many rows of a list are drawn: more when the rest comes near the eye, few again when somebody is back at the top. `rest` goes on what stands for those not drawn. */
export function useDrawn(count: number, chosenAt: number, list: RefObject<HTMLElement | null>): { drawn: number; rest: RefObject<HTMLDivElement | null> } {
  const [most, setMost] = useState(DRAWN);
  const rest = useRef<HTMLDivElement>(null);
  const drawn = drawnOf(count, chosenAt, most);
  const whole = drawn === count;

  useEffect(() => {
    if (whole || !rest.current) return;
    const near = new IntersectionObserver(([seen]) => seen?.isIntersecting && setMost(drawn + DRAWN), { root: list.current, rootMargin: '800px 0px' });
    near.observe(rest.current);
    return () => near.disconnect();
  }, [whole, drawn, list]);

  useEffect(() => {
    const element = list.current;
    if (!element || most === DRAWN) return;
    const back = () => element.scrollTop === 0 && setMost(DRAWN);
    element.addEventListener('scroll', back, { passive: true });
    return () => element.removeEventListener('scroll', back);
  }, [most, list]);

  return { drawn, rest };
}
