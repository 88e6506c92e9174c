import type { RuleResource } from '@muckwatch/contract';
import { useEffect } from 'react';
import { create } from 'zustand';
import { get, itemsOf, wordsOf } from '../app/api.js';
import { useLive } from '../live/liveStore.js';

interface Rules {
  rules: ReadonlyMap<string, RuleResource>;
  fault: string | null;
  /** The edit it was read after; −1: never. */
  edit: number;
}

const useStore = create<Rules>(() => ({ rules: new Map(), fault: null, edit: -1 }));

/** The rules in force with the city's limits, in the order of the server; read when first looked at, and again when somebody changed a limit. */
export function useRules(): Rules {
  const edit = useLive((s) => s.edits.rules);
  useEffect(() => {
    if (useStore.getState().edit !== edit) void readRules();
  }, [edit]);
  return useStore();
}

export async function readRules(): Promise<void> {
  const edit = useLive.getState().edits.rules;
  try {
    const items = itemsOf<RuleResource>(await get('/rules'));
    useStore.setState({ rules: new Map(items.map((rule) => [rule.code, rule])), fault: null, edit });
  } catch (error) {
    useStore.setState({ fault: wordsOf(error) });
  }
}
