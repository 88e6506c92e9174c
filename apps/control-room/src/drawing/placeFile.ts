import type { ImportFile } from '../permits/importFile.js';

export type PlaceFile = Exclude<ImportFile, { what: 'nothing' }> | { what: 'nothing'; said: string | null };

/** What a file of places holds: features, or CSV whose header names at least an id. */
export function readPlaceFile(text: string): PlaceFile {
  const content = text.replace(/^\ufeff/, '').trim();
  if (!content.startsWith('{')) {
    const [header = '', ...rows] = content.split(/\r?\n/);
    return rows.length > 0 && header.includes(',') ? { what: 'permits', as: 'csv', body: content, rows: null } : { what: 'nothing', said: null };
  }
  try {
    const said = JSON.parse(content) as { type?: unknown; features?: unknown };
    // One feature as it is drawn by most tools.
    if (said.type === 'Feature') return { what: 'routes', as: 'json', body: { type: 'FeatureCollection', features: [said] }, rows: 1 };
    if (Array.isArray(said.features)) return { what: 'routes', as: 'json', body: said, rows: said.features.length };
    return { what: 'nothing', said: null };
  } catch (error) {
    return { what: 'nothing', said: (error as Error).message };
  }
}
