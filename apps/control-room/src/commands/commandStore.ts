import type { CommandBody, CommandResource } from '@muckwatch/contract';
import { useEffect } from 'react';
import { create } from 'zustand';
import { get, itemsOf, post, wordsOf } from '../app/api.js';
import { useLive } from '../live/liveStore.js';

interface OfTruck {
  state: 'reading' | 'read' | 'failed';
  fault: string | null;
  commands: ReadonlyMap<string, CommandResource>;
}

interface Commands {
  /** The trucks that somebody looked at: their commands are kept up by the socket. */
  byTruck: ReadonlyMap<string, OfTruck>;
}

export const useCommands = create<Commands>(() => ({ byTruck: new Map() }));

const NOTHING: OfTruck = { state: 'reading', fault: null, commands: new Map() };

/** A truck's newest commands, read when it is looked at and when the line is back. */
export function useCommandsOf(truckId: string): OfTruck {
  const live = useLive((s) => s.link === 'live');
  useEffect(() => {
    if (live) void readCommands(truckId);
  }, [truckId, live]);
  return useCommands((s) => s.byTruck.get(truckId)) ?? NOTHING;
}

export async function readCommands(truckId: string): Promise<void> {
  if (!useCommands.getState().byTruck.has(truckId)) become(truckId, NOTHING);
  try {
    const items = itemsOf<CommandResource>(await get(`/commands?truck=${encodeURIComponent(truckId)}&limit=50`));
    const known = useCommands.getState().byTruck.get(truckId)?.commands ?? new Map<string, CommandResource>();
    become(truckId, { state: 'read', fault: null, commands: items.reduce(newest, known) });
  } catch (error) {
    const known = useCommands.getState().byTruck.get(truckId) ?? NOTHING;
    become(truckId, { ...known, state: 'failed', fault: wordsOf(error) });
  }
}

export function hearCommand(command: CommandResource): void {
  const known = useCommands.getState().byTruck.get(command.truck.id);
  if (known) become(command.truck.id, { ...known, commands: newest(known.commands, command) });
}

/** The answer is heard like any step that comes by the socket. */
export async function askFor(body: Partial<CommandBody> & Pick<CommandBody, 'truckId' | 'kind'>): Promise<void> {
  hearCommand(await post<CommandResource>('/commands', body));
}

function newest(known: ReadonlyMap<string, CommandResource>, heard: CommandResource): ReadonlyMap<string, CommandResource> {
  if ((known.get(heard.id)?.version ?? 0) >= heard.version) return known;
  return new Map(known).set(heard.id, heard);
}

function become(truckId: string, of: OfTruck): void {
  useCommands.setState(({ byTruck }) => ({ byTruck: new Map(byTruck).set(truckId, of) }));
}
