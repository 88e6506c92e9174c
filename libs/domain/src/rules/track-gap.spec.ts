import { advance } from '../advance.js';
import { clock, drive, east, HOME, opened, replay, replayed, silence, TRUCK, worldOf, noisy } from '../testing.js';
import type { Report } from '../report.js';
import { trackGap } from './track-gap.js';

const LOADED = { loadKg: 18_000 };
const road = (said: Partial<Report> = LOADED) => drive('08:00:00', HOME, east(40_000), 40, 10, said);
/** The road with nothing heard between two clock times. */
const without = (from: string, to: string, reports = road()) => reports.filter((report) => report.at <= clock(from) || report.at >= clock(to));

describe('track-gap', () => {
  it('finds a hole of more than 2 km and 2 min, half an hour after it closed', () => {
    const findings = replay(trackGap, without('08:05:00', '08:09:00'));
    expect(opened(findings)).toEqual(['track-gap minor 08:05:00']);
    expect(findings[0]).toMatchObject({ ended: clock('08:05:00'), at: clock('08:39:00'), evidence: { gapS: 240, distanceM: 2_667 } });
  });

  it('is told when time has gone by without a report, and only once', () => {
    const heard = without('08:05:00', '08:09:00').filter((report) => report.at < clock('08:12:00'));
    expect(replay(trackGap, [...heard, silence('08:38:59')])).toEqual([]);
    const findings = replay(trackGap, [...heard, silence('08:39:00'), silence('08:50:00')]);
    expect(opened(findings)).toEqual(['track-gap minor 08:05:00']);
  });

  it('forgives a short hole, a short way, an empty truck and one whose load was not known', () => {
    expect(replay(trackGap, without('08:05:00', '08:07:50'))).toEqual([]);
    const slow = drive('08:00:00', HOME, east(8_000), 10, 10, LOADED);
    expect(replay(trackGap, without('08:05:00', '08:16:00', slow))).toEqual([]);
    const fast = drive('08:00:00', HOME, east(90_000), 90, 10, LOADED);
    expect(replay(trackGap, without('08:05:00', '08:07:00', fast))).toEqual([]);
    expect(replay(trackGap, without('08:05:00', '08:09:00', road({ loadKg: 300 })))).toEqual([]);
    expect(replay(trackGap, without('08:05:00', '08:09:00', road({})))).toEqual([]);
  });

  it('goes by what was known of the load before the hole', () => {
    const emptied = without('08:05:00', '08:25:00').map((report) => (report.at > clock('08:20:00') ? { ...report, loadKg: 300 } : report));
    expect(opened(replay(trackGap, emptied))).toEqual(['track-gap minor 08:05:00']);
    const faulty = without('08:05:00', '08:09:00').map((report): Report => (report.at === clock('08:05:00') ? { ...report, loadState: 'fault' } : report));
    expect(opened(replay(trackGap, faulty))).toEqual(['track-gap minor 08:05:00']);
  });

  it('is none where what was missing has come, in event order, and tells what is left of one', () => {
    expect(replay(trackGap, road())).toEqual([]);
    const partly = road().filter((report) => report.at <= clock('08:05:00') || report.at >= clock('08:12:00') || report.at === clock('08:08:30'));
    expect(opened(replay(trackGap, partly))).toEqual(['track-gap minor 08:05:00', 'track-gap minor 08:08:30']);
    const filled = road().filter((report) => report.at <= clock('08:05:00') || report.at >= clock('08:09:00') || report.at === clock('08:07:00'));
    expect(replay(trackGap, filled)).toEqual([]);
  });

  it('is not told of what terminals usually miss', () => {
    for (let seed = 1; seed <= 20; seed++) {
      expect(replay(trackGap, noisy(road(), seed))).toEqual([]);
      expect(opened(replay(trackGap, noisy(without('08:05:00', '08:10:00'), seed)))).toHaveLength(1);
    }
  });

  it('changes nothing while a hole waits', () => {
    const [before, ...after] = [without('08:05:00', '08:09:00').slice(0, 33), ...without('08:05:00', '08:09:00').slice(33, 40)] as [Report[], ...Report[]];
    let { state } = replayed(trackGap, before);
    for (const report of after) {
      const next = advance(state, report, TRUCK, worldOf(), [trackGap]).state;
      expect(next.byRule).toBe(state.byRule);
      state = next;
    }
  });

  it('says how long and how far', () => {
    const [first] = replay(trackGap, without('08:05:00', '08:09:00'));
    expect(trackGap.say(first!.evidence)).toEqual({ zh: '轨迹缺失 4 分钟、2.7 km', en: 'left a hole of 4 min and 2.7 km in its track' });
  });
});
