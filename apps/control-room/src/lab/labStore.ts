import type { LabBody, LabRun } from '@muckwatch/contract';
import { useEffect } from 'react';
import { create } from 'zustand';
import { del, get, itemsOf, post, Refused, wordsOf } from '../app/api.js';
import type { Draft } from './lab.js';

export type RunHead = Omit<LabRun, 'alerts'>;

interface LabState {
  /** Kept while other pages are looked at. */
  draft: Draft | null;
  run: LabRun | null;
  /** The last runs of everybody, newest first. */
  runs: RunHead[];
  busy: boolean;
  fault: string | null;
  chosen: string | null;
}

export const useLab = create<LabState>(() => ({ draft: null, run: null, runs: [], busy: false, fault: null, chosen: null }));

const POLL_MS = 800;

/** While the page is looked at: the runs there are, and the run before one's eyes as far as it is. */
export function useRuns(): void {
  const running = useLab((s) => (s.run?.state === 'running' ? s.run.id : null));
  useEffect(() => void readRuns(), [running]);
  useEffect(() => {
    if (running === null) return;
    let timer: ReturnType<typeof setTimeout>;
    const look = () => void openRun(running).finally(() => (timer = setTimeout(look, POLL_MS)));
    timer = setTimeout(look, POLL_MS / 2);
    return () => clearTimeout(timer);
  }, [running]);
}

async function readRuns(): Promise<void> {
  try {
    const runs = itemsOf<RunHead>(await get('/lab'));
    useLab.setState({ runs });
    // A run under way is what one came to look at, whoever began it.
    const under = runs.find(({ state }) => state === 'running');
    if (under && useLab.getState().run === null) await openRun(under.id);
  } catch (error) {
    useLab.setState({ fault: wordsOf(error) });
  }
}

export async function openRun(id: string): Promise<void> {
  try {
    const run = await get<LabRun>(`/lab/${encodeURIComponent(id)}`);
    // An answer that was on its way when the run was stopped knows less than we do.
    const { run: known } = useLab.getState();
    if (known?.id === id && known.state !== 'running' && run.state === 'running') return;
    useLab.setState({ run, fault: null, chosen: known?.id === id ? useLab.getState().chosen : null });
  } catch (error) {
    // A server that was started again remembers no runs.
    const gone = error instanceof Refused && error.status === 404;
    useLab.setState((s) => ({ fault: wordsOf(error), run: gone && s.run?.id === id ? null : s.run }));
  }
}

export async function startRun(body: LabBody): Promise<void> {
  useLab.setState({ busy: true, fault: null });
  try {
    useLab.setState({ run: await post<LabRun>('/lab', body), chosen: null });
  } catch (error) {
    useLab.setState({ fault: wordsOf(error) });
    await readRuns();
  } finally {
    useLab.setState({ busy: false });
  }
}

export async function stopRun(id: string): Promise<void> {
  useLab.setState({ busy: true });
  try {
    useLab.setState({ run: await del<LabRun>(`/lab/${encodeURIComponent(id)}`), fault: null });
  } catch (error) {
    useLab.setState({ fault: wordsOf(error) });
  } finally {
    useLab.setState({ busy: false });
  }
}
