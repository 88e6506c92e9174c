import type { Severity } from '@muckwatch/contract';
import L from 'leaflet';
import type { Stretch } from '../alerts/stretches.js';
import { COLOUR, SEVERITY_COLOUR } from '../theme/tokens.js';

const LOOK: Record<Stretch['held'], L.PolylineOptions> = {
  before: { color: COLOUR.text, weight: 3, opacity: 0.7 },
  after: { color: COLOUR.soft, weight: 2.5, opacity: 0.55, dashArray: '1 7' },
  unheard: { color: COLOUR.soft, weight: 1.5, opacity: 0.8, dashArray: '8 8' },
  minor: { color: SEVERITY_COLOUR.minor, weight: 4, opacity: 0.95 },
  serious: { color: SEVERITY_COLOUR.serious, weight: 4, opacity: 0.95 },
  critical: { color: SEVERITY_COLOUR.critical, weight: 5, opacity: 1 },
};

/** The track of the chosen incident, coloured by what held, or the plain last half hour of a chosen truck. */
export class TrackLayer {
  private readonly group = L.layerGroup();
  private readonly cursor: L.CircleMarker;
  private readonly pinned: L.CircleMarker;

  constructor(private readonly map: L.Map) {
    const renderer = L.svg({ pane: 'track', padding: 0.5 });
    this.draw = (points, look) =>
      L.polyline(points, { ...look, renderer, interactive: false, lineCap: 'round', lineJoin: 'round', smoothFactor: 0.6 }).addTo(this.group);
    this.cursor = L.circleMarker([0, 0], { renderer, interactive: false, radius: 6, color: COLOUR.ground, weight: 2, fillColor: COLOUR.text, fillOpacity: 1 });
    this.pinned = L.circleMarker([0, 0], { renderer, interactive: false, radius: 11, weight: 2.5, fillOpacity: 0.18 });
    this.group.addTo(map);
  }

  private readonly draw: (points: L.LatLngExpression[], look: L.PolylineOptions) => L.Polyline;

  show(stretches: readonly Stretch[]): void {
    this.group.clearLayers();
    const lines = stretches.map((stretch) => ({ points: stretch.points.map((p) => L.latLng(p.lat, p.lon)), look: LOOK[stretch.held] }));
    // A dark seam keeps the line apart from the road below.
    for (const { points } of lines) this.draw(points, { color: COLOUR.map, weight: 8, opacity: 0.65 });
    for (const { points, look } of lines) this.draw(points, look);
  }

  clear(): void {
    this.group.clearLayers();
  }

  /** Where the truck was at the time under the pointer in the series. */
  mark(at: { lat: number; lon: number } | null): void {
    if (!at) this.cursor.remove();
    else this.cursor.setLatLng([at.lat, at.lon]).addTo(this.group);
  }

  /** Where something happened that no truck of ours can show: a stranger at a gate, an outage. */
  pin(at: { lat: number; lon: number } | null, severity: Severity): void {
    this.pinned.remove();
    if (!at) return;
    const colour = SEVERITY_COLOUR[severity];
    this.pinned.setStyle({ color: colour, fillColor: colour }).setLatLng([at.lat, at.lon]).addTo(this.map);
  }
}
