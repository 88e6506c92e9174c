import { useCallback } from 'react';
import { plateWords } from '../app/plate.js';
import { useRegistry } from '../trucks/registry.js';

/** A truck by its plate; by its id until that is known. */
export function usePlateOf(): (id: string) => string {
  const trucks = useRegistry((s) => s.trucks);
  return useCallback(
    (id: string) => {
      const truck = trucks.get(id);
      return truck ? plateWords(truck.plate) : id;
    },
    [trucks],
  );
}
