import type { HaulRow, Track } from '@muckwatch/contract';
import L from 'leaflet';
import { stretchesOf } from '../alerts/stretches.js';
import { GroundMap } from '../map/groundMap.js';
import { TrackLayer } from '../map/trackLayer.js';
import { ROUTE_COLOUR } from '../theme/tokens.js';
import { bedUpPoint, type FlowLine, middleOf } from './flows.js';

/** A name or a time stands to the right of its place. */
const PADDING: L.FitBoundsOptions = { paddingTopLeft: [36, 64], paddingBottomRight: [120, 64] };

/** What is written at the ends of a track, and where the bed went up. */
export interface MarkWords {
  departed: string;
  ended: string;
  bedUp: string;
}

/** The city lying still, with all flows of a stretch or the track of one load. */
export class HaulMap extends GroundMap {
  private readonly track: TrackLayer;
  private readonly flows = L.layerGroup();
  private readonly marks = L.layerGroup();
  private readonly lines = L.svg({ pane: 'routes', padding: 0.5 });
  private bounds: L.LatLngBounds | null = null;

  constructor(element: HTMLElement, still: boolean) {
    super(element, still);
    this.track = new TrackLayer(this.map);
    this.flows.addTo(this.map);
    this.marks.addTo(this.map);
    // A phone shows the map later: then it goes where it should have gone.
    this.map.on('resize', ({ oldSize }) => oldSize.x === 0 && this.fit(false));
  }

  override showGround(shown: Parameters<GroundMap['showGround']>[0]): void {
    const first = this.ground.places.length === 0;
    super.showGround(shown);
    if (first) this.fit(false);
  }

  showFlows(lines: readonly FlowLine[], sayOf: (line: FlowLine) => string, onChoose: (line: FlowLine) => void): void {
    this.clear();
    for (const line of lines) {
      const look: L.PolylineOptions = {
        renderer: this.lines,
        color: ROUTE_COLOUR,
        weight: line.widthPx,
        opacity: 0.72,
        lineCap: 'round',
        smoothFactor: 0,
        className: 'haul-flow',
      };
      L.polyline(line.points, look)
        .bindTooltip(textOf(sayOf(line)), { sticky: true, className: 'haul-tip' })
        .on('click', () => onChoose(line))
        .on('mouseover', (event) => (event.target as L.Polyline).setStyle({ opacity: 1 }))
        .on('mouseout', (event) => (event.target as L.Polyline).setStyle({ opacity: 0.72 }))
        .addTo(this.flows);
    }
    this.ground.marked = new Set(lines.flatMap(({ site, yard }) => [site.id, yard.id]));
    this.ground.redraw();
    this.bounds = lines.length > 0 ? L.latLngBounds(lines.flatMap(({ points }) => points)) : null;
  }

  /** Its site and yard stand out; the track, where there is one, is coloured by what held. */
  showLoad(haul: HaulRow, track: Track | null, words: MarkWords): void {
    this.clear();
    const ends = this.ground.places.filter(({ id }) => id === haul.site?.id || id === haul.yard?.id);
    this.ground.marked = new Set(ends.map(({ id }) => id));
    this.ground.redraw();
    const points = track?.points.filter(({ doubt }) => doubt === null) ?? [];
    const bounds = L.latLngBounds([...ends.map(middleOf), ...points.map(({ lat, lon }): [number, number] => [lat, lon])]);
    this.bounds = bounds.isValid() ? bounds : null;
    if (points.length === 0) return;
    this.track.show(
      stretchesOf(
        points,
        haul.alerts.filter(({ status }) => status !== 'dismissed'),
      ),
    );
    this.mark(points[0]!, words.departed, 'start');
    this.mark(points.at(-1)!, words.ended, 'end');
    const raised = bedUpPoint(points, haul.bedUpAt);
    if (raised) this.mark(raised, words.bedUp, 'bed');
  }

  fit(animate: boolean): void {
    const bounds = this.bounds ?? this.cityBounds();
    const { x, y } = this.map.getSize();
    if (!bounds || x === 0 || y === 0) return;
    this.map.fitBounds(bounds, { ...PADDING, maxZoom: 15, animate: animate && !this.still });
  }

  private clear(): void {
    this.flows.clearLayers();
    this.marks.clearLayers();
    this.track.clear();
  }

  private mark({ lat, lon }: { lat: number; lon: number }, words: string, kind: 'start' | 'end' | 'bed'): void {
    const icon = L.divIcon({ className: `haul-mark m-${kind}`, html: textOf(words), iconSize: [12, 12] });
    L.marker([lat, lon], { icon, pane: 'trucks', interactive: false, keyboard: false }).addTo(this.marks);
  }
}

/** As text: Leaflet takes a string for HTML, and a place may be called anything. */
function textOf(words: string): HTMLElement {
  const element = document.createElement('span');
  element.textContent = words;
  return element;
}
