import type { mapToolsZh } from './mapTools.zh.js';

const s = (n: number | string) => (String(n) === '1' ? '' : 's');

export const mapToolsEn: typeof mapToolsZh = {
  trails: 'Trails',
  trailsWhen: 'last 5 min, when zoomed in',
  datum: 'Coordinates: WGS-84',
  datumWhy: 'Trucks, places and clicks are in WGS-84',
  shifted: 'tiles GCJ-02, put right',
  follow: {
    stop: 'Stop following',
    why: 'The map moves with the truck until you drag it or press Esc',
    following: (plate) => `Following ${plate}`,
    how: 'Drag the map or press Esc to stop',
    quiet: 'no new position yet',
  },
  measure: {
    button: 'Measure',
    why: 'Measure distances and areas on the map',
    length: 'Length',
    around: 'Around',
    area: 'Area',
    begin: 'Click where it begins.',
    goOn: 'Click on; double click or Enter ends, Esc leaves.',
    close: 'Click the first point for the area; double click or Enter ends, Esc leaves.',
    again: 'Click the map to measure anew, Esc leaves.',
    end: 'End',
    anew: 'Measure anew',
    undo: 'Take back a point',
    leave: 'Leave',
  },
  place: {
    cameras: 'Cameras',
    noCamera: 'No camera is registered here.',
    noPermit: 'No permit is in force or to come.',
    hauls: 'Loads of 7 days',
    playback: (n) => `Play back the ${n === 1 ? 'truck' : `${n} trucks`} inside (last hour)`,
    edit: 'Change the place',
  },
  heat: {
    layer: 'Heat of spills and dumping',
    days: (n) => `${n} days`,
    and: ' and ',
    counted: (what, since, n) => `${what}: ${n} alert${s(n)} since ${since}. Dismissed and doubted ones are not counted.`,
    left: (n) => `${n} more place${s(n)} are not drawn.`,
    none: (what, since) => `${what}: no alert since ${since}. Those that come are drawn here; the layers offer longer stretches.`,
    failed: 'The heat could not be read.',
    worst: (n) => (n === 1 ? 'The one place' : `The worst ${n} places`),
    look: 'Show it on the map',
    confirmed: (n) => `${n} confirmed`,
    cell: (n, confirmed) => `${n} alert${s(n)}, ${confirmed} confirmed`,
  },
};
