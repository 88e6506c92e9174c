import type { DistrictFeature } from '@muckwatch/contract';
import { create } from 'zustand';
import { featuresOf, getAll, wordsOf } from '../app/api.js';

interface Districts {
  state: 'no' | 'reading' | 'read' | 'failed';
  fault: string | null;
  districts: readonly DistrictFeature[];
}

export const useDistricts = create<Districts>(() => ({ state: 'no', fault: null, districts: [] }));

export async function readDistricts(): Promise<void> {
  if (useDistricts.getState().state !== 'read') useDistricts.setState({ state: 'reading' });
  try {
    const districts = await getAll('/districts', featuresOf<DistrictFeature>, 10);
    useDistricts.setState({ state: 'read', fault: null, districts });
  } catch (error) {
    useDistricts.setState({ state: 'failed', fault: wordsOf(error) });
  }
}

/** By id and name: what came from the server always has an id. */
export const namedDistricts = (districts: readonly DistrictFeature[]): { id: string; name: string }[] =>
  districts.map(({ properties: { id, name } }) => ({ id: id ?? name, name }));
