import { Radio, UPLOAD_MOST } from './radio.js';
import type { Coverage } from './radio.js';
import { Random } from './random.js';
import type { WireReport } from './report.js';

describe('the radio', () => {
  const HERE = { x: 0, y: 0 };
  const read = (seq: number): WireReport => ({ time: seq * 10_000, lat: 31.69, lon: 113.38, seq });
  /** Reads `count` reports, 10 s apart; in the hole from the first to the second number. */
  const drive = (coverage: Coverage, count: number, hole: [number, number] = [-1, -1], name = 'drive') => {
    const radio = new Radio(coverage, [{ middle: { x: 5000, y: 0 }, radiusM: 100 }], new Random(name));
    const packets: (WireReport | WireReport[])[] = [];
    let live = 0;
    for (let seq = 0; seq < count; seq++) {
      const passed = radio.pass(read(seq), seq * 10_000, seq >= hole[0] && seq <= hole[1] ? { x: 5000, y: 0 } : HERE);
      packets.push(...passed.out.map(({ payload }) => payload));
      if (passed.live) live++;
    }
    return { packets, live };
  };
  const uploads = (packets: (WireReport | WireReport[])[]) => packets.filter((packet) => Array.isArray(packet));

  it('with coverage off sends all reports at once and in order, a few of them twice', () => {
    const { packets, live } = drive('off', 5000);
    expect(live).toBe(5000);
    expect(uploads(packets)).toEqual([]);
    const seqs = (packets as WireReport[]).map((report) => report.seq!);
    expect(new Set(seqs).size).toBe(5000);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    expect(packets.length).toBeGreaterThan(5000);
  });

  it('stores what is read in a hole and uploads it after, in order, marked buffered, at most 500 at a time', () => {
    const { packets } = drive('on', 1500, [10, 1300]);
    const late = uploads(packets);
    expect(late.length).toBeGreaterThanOrEqual(3);
    expect(Math.max(...late.map((array) => array.length))).toBe(UPLOAD_MOST);
    const seqs = late.flat().map((report) => report.seq!);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    expect(seqs).toEqual(expect.arrayContaining(Array.from({ length: 1291 }, (_, i) => i + 10)));
    expect(late.flat().every((report) => report.buffered)).toBe(true);
  });

  it('is live again before the upload: newer reports overtake stored ones', () => {
    const { packets } = drive('on', 60, [10, 20], 'overtaken');
    const upload = packets.findIndex((packet) => Array.isArray(packet));
    const live = packets.slice(0, upload).map((packet) => (packet as WireReport).seq!);
    expect(Math.max(...live)).toBeGreaterThan(20);
  });

  it('says again, buffered, some of what it said live: their acknowledgement was lost', () => {
    const { packets } = drive('on', 20_000);
    const live = new Set(packets.filter((packet) => !Array.isArray(packet)).map((report) => JSON.stringify(report)));
    const again = uploads(packets)
      .flat()
      .filter((report) => live.has(JSON.stringify({ ...report, buffered: undefined })));
    expect(again.length).toBeGreaterThan(10);
  });

  it('loses nothing but what is still stored at the end', () => {
    const { packets } = drive('on', 20_000);
    const seqs = new Set(packets.flat().map((report) => report.seq!));
    const missing = Array.from({ length: 20_000 }, (_, seq) => seq).filter((seq) => !seqs.has(seq));
    expect(missing.every((seq) => seq > 19_900)).toBe(true);
  });
});
