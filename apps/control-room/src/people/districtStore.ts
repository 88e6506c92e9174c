import { create } from 'zustand';
import { featuresOf, getAll, wordsOf } from '../app/api.js';

/** A district as the server tells it: GeoJSON, as places and routes. */
export interface District {
  type: 'Feature';
  geometry: GeoJSON.Polygon | GeoJSON.MultiPolygon;
  properties: { id: string; name: string; retired?: boolean };
}

interface Districts {
  state: 'no' | 'reading' | 'read' | 'failed';
  fault: string | null;
  districts: readonly District[];
}

export const useDistricts = create<Districts>(() => ({ state: 'no', fault: null, districts: [] }));

export async function readDistricts(): Promise<void> {
  if (useDistricts.getState().state !== 'read') useDistricts.setState({ state: 'reading' });
  try {
    const districts = await getAll('/districts', featuresOf<District>, 10);
    useDistricts.setState({ state: 'read', fault: null, districts: districts.filter(({ properties }) => properties.retired !== true) });
  } catch (error) {
    useDistricts.setState({ state: 'failed', fault: wordsOf(error) });
  }
}
