import { plateKey } from '../app/plate.js';

export interface FindTruck {
  id: string;
  plate: string;
  company: string | null;
}

export interface FindPlace {
  id: string;
  name: string;
}

export interface Found {
  trucks: FindTruck[];
  places: FindPlace[];
  more: number;
}

const MOST = 7;

/** Any part of a plate, or of the name of a company or a place. Plates that end in what was typed come first: people read out the last digits. */
export function find(text: string, trucks: Iterable<FindTruck>, places: Iterable<FindPlace>): Found {
  const key = plateKey(text);
  const name = text.trim().toLowerCase();
  if (key === '') return { trucks: [], places: [], more: 0 };

  const foundTrucks: { truck: FindTruck; rank: number }[] = [];
  for (const truck of trucks) {
    const plate = plateKey(truck.plate);
    if (plate.endsWith(key)) foundTrucks.push({ truck, rank: 0 });
    else if (plate.includes(key)) foundTrucks.push({ truck, rank: 1 });
    else if (truck.company?.toLowerCase().includes(name)) foundTrucks.push({ truck, rank: 2 });
  }
  foundTrucks.sort((a, b) => a.rank - b.rank || (a.truck.plate < b.truck.plate ? -1 : 1));
  const foundPlaces = [...places].filter((place) => place.name.toLowerCase().includes(name));
  const more = Math.max(0, foundTrucks.length - MOST) + Math.max(0, foundPlaces.length - MOST);
  return { trucks: foundTrucks.slice(0, MOST).map((f) => f.truck), places: foundPlaces.slice(0, MOST), more };
}
