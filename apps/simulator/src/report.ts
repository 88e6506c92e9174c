/** What a terminal says at one instant, as the wire has it (wire.md, «Report»). Absent and null: not said. */
export interface WireReport {
  time: string | number;
  lat: number;
  lon: number;
  speedKmh?: number | null;
  headingDeg?: number | null;
  altitudeM?: number | null;
  accuracyM?: number | null;
  satellites?: number | null;
  ignition?: boolean;
  odometerKm?: number | null;
  bed?: 'down' | 'raised' | 'fault' | null;
  bedAngleDeg?: number | null;
  cover?: 'open' | 'closed' | 'fault' | null;
  loadKg?: number | null;
  loadState?: 'empty' | 'half' | 'full' | 'fault' | null;
  seq?: number;
  buffered?: true;
}
