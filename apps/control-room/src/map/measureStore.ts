import { create } from 'zustand';
import { ended, type Measured, NOTHING, undone } from './measure.js';

interface Measuring extends Measured {
  on: boolean;
  pointer: [lon: number, lat: number] | null;
}

/** The ruler: whether it is out, and what lies under it. */
export const useMeasure = create<Measuring>(() => ({ ...NOTHING, on: false, pointer: null }));

export const startMeasuring = (): void => useMeasure.setState({ ...NOTHING, on: true, pointer: null });
export const leaveMeasuring = (): void => useMeasure.setState({ ...NOTHING, on: false, pointer: null });
export const endMeasuring = (): void => useMeasure.setState((now) => ended(now));
export const undoMeasuring = (): void => useMeasure.setState((now) => undone(now));
