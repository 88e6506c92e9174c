import L from 'leaflet';
import { COLOUR } from '../theme/tokens.js';
import { clicked } from './measure.js';
import { endMeasuring, useMeasure } from './measureStore.js';

/** So near, px, a click means the point that is there. A finger is not nearer. */
const SAME_PX = 12;

/** The ruler on one map: takes its clicks while it is out, and draws what was clicked. */
export class MeasureTool {
  private readonly group = L.layerGroup();
  private readonly renderer = L.svg({ pane: 'draw', padding: 0.5 });
  private readonly stopListening: () => void;

  constructor(private readonly map: L.Map) {
    this.group.addTo(map);
    map.on('dblclick', () => this.on && endMeasuring());
    map.on('mousemove', ({ latlng }) => {
      const { points, done } = useMeasure.getState();
      if (this.on && points.length > 0 && !done) useMeasure.setState({ pointer: [latlng.lng, latlng.lat] });
    });
    this.stopListening = useMeasure.subscribe((now, was) => {
      if (now.on !== was.on) this.turn(now.on);
      this.draw();
    });
    this.turn(this.on);
    this.draw();
  }

  get on(): boolean {
    return useMeasure.getState().on;
  }

  click({ latlng, containerPoint }: L.LeafletMouseEvent): void {
    const now = useMeasure.getState();
    const isNear = (point: readonly number[] | undefined) =>
      point !== undefined && this.map.latLngToContainerPoint([point[1]!, point[0]!]).distanceTo(containerPoint) <= SAME_PX;
    useMeasure.setState({ ...clicked(now, [latlng.lng, latlng.lat], isNear(now.points[0]), isNear(now.points.at(-1))), pointer: null });
  }

  destroy(): void {
    this.stopListening();
  }

  private turn(on: boolean): void {
    this.map.getContainer().classList.toggle('measuring', on);
    if (on) this.map.doubleClickZoom.disable();
    else this.map.doubleClickZoom.enable();
  }

  private draw(): void {
    this.group.clearLayers();
    const { points, pointer, closed, done } = useMeasure.getState();
    if (points.length === 0) return;
    const { renderer } = this;
    const corners = points.map(([lon, lat]) => L.latLng(lat, lon));
    const look = { renderer, interactive: false, lineJoin: 'round' as const };
    if (closed) L.polygon(corners, { ...look, stroke: false, fillColor: COLOUR.text, fillOpacity: 0.12 }).addTo(this.group);
    const line = closed ? [...corners, corners[0]!] : corners;
    L.polyline(line, { ...look, color: COLOUR.map, weight: 6, opacity: 0.7 }).addTo(this.group);
    L.polyline(line, { ...look, color: COLOUR.text, weight: 2 }).addTo(this.group);
    if (pointer && !done)
      L.polyline([corners.at(-1)!, [pointer[1], pointer[0]]], { ...look, color: COLOUR.text, weight: 1.5, dashArray: '4 5' }).addTo(this.group);
    for (const corner of corners)
      L.circleMarker(corner, { renderer, interactive: false, radius: 4, color: COLOUR.text, weight: 2, fillColor: COLOUR.map, fillOpacity: 1 }).addTo(
        this.group,
      );
  }
}
