import { type RefObject, useEffect, useRef, useState } from 'react';
import type { GroundMap } from './groundMap.js';
import { readBase, readSettings, useMap } from './mapStore.js';

/** The map of a page, for as long as the page stands: it follows its box. */
export function useGroundMap<M extends GroundMap>(element: RefObject<HTMLElement | null>, make: (element: HTMLElement, still: boolean) => M): M | null {
  const [map, setMap] = useState<M | null>(null);
  const making = useRef(make);
  useEffect(() => {
    const box = element.current!;
    const made = making.current(box, window.matchMedia('(prefers-reduced-motion: reduce)').matches);
    setMap(made);
    const resized = new ResizeObserver(() => made.map.invalidateSize({ pan: false, animate: false }));
    resized.observe(box);
    if (useMap.getState().baseRead !== 'read') void readBase();
    void readSettings();
    return () => {
      resized.disconnect();
      setMap(null);
      made.destroy();
    };
  }, [element]);
  return map;
}
