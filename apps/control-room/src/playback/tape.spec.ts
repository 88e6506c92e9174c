import { lonOf } from '../map/projection.js';
import { gapsOf, indexAt, poseAt, type Tape, tapeOf } from './tape.js';
import { NOON, pageOf } from './testing.js';

const at = (s: number) => NOON + s * 1_000;

describe('a tape', () => {
  it('has the believed reports of all pages, and the doubted ones aside', () => {
    const tape = tapeOf('t1', [
      pageOf([
        { s: 0, speed: 10 },
        { s: 5, doubt: 'jump', lon: 120 },
      ]),
      pageOf([{ s: 10, late: true, cover: 'open' }]),
    ]);
    expect([...tape.at]).toEqual([at(0), at(10)]);
    expect(tape.doubted).toEqual([{ at: at(5), lat: 31, lon: 120, why: 'jump' }]);
    expect([...tape.speedKmh]).toEqual([10, NaN]);
    expect([[...tape.cover], [...tape.late], tape.lateCount, tape.stored]).toEqual([[-1, 1], [0, 1], 1, 3]);
    expect([...tape.load, ...tape.ignition]).toEqual([NaN, NaN, -1, -1]);
  });

  it('finds the fix that holds', () => {
    expect([5, 10, 19, 20, 99].map((time) => indexAt([10, 20], time))).toEqual([-1, 0, 0, 1, 1]);
  });
});

describe('where a truck is', () => {
  const driving = tapeOf('t1', [
    pageOf([
      { s: 0, lon: 113, speed: 40, heading: 350 },
      { s: 100, lon: 113.01, speed: 40, heading: 10 },
    ]),
  ]);

  it('is between two fixes that are at most two minutes apart, turned the shorter way', () => {
    const pose = poseAt(driving, at(25))!;
    expect(lonOf(pose.x)).toBeCloseTo(113.0025, 9);
    expect(pose.headingDeg).toBeCloseTo(355);
    expect(pose.silentMs).toBe(0);
  });

  it('is where it was heard last over a longer silence, which is told', () => {
    const tape = tapeOf('t1', [
      pageOf([
        { s: 0, lon: 113, speed: 40 },
        { s: 840, lon: 113.1, speed: 40 },
      ]),
    ]);
    expect(poseAt(tape, at(400))).toMatchObject({ x: tape.x[0], silentMs: 840_000 });
    expect(poseAt(tape, at(900))).toMatchObject({ x: tape.x[1], silentMs: 0 });
    expect(poseAt(tape, at(1_000))).toMatchObject({ x: tape.x[1], silentMs: Infinity });
    expect(poseAt(tape, at(-1))).toBeNull();
  });

  it('does not glide along a jump that no truck drives, and goes where it may have driven', () => {
    const [jumping, driving] = [0.126, 0.03].map((east) =>
      tapeOf('t1', [
        pageOf([
          { s: 0, lon: 113, speed: 40 },
          { s: 110, lon: 113 + east, speed: 40 },
          { s: 120, lon: 113 + east, speed: 40 },
        ]),
      ]),
    ) as [Tape, Tape];
    // 12 km in 110 s are 393 km/h, 2.9 km are 94.
    expect(poseAt(jumping, at(55))).toMatchObject({ x: jumping.x[0], jumps: true, silentMs: 0 });
    expect(poseAt(jumping, at(115))).toMatchObject({ x: jumping.x[1], jumps: false });
    expect(gapsOf(jumping, at(0), at(120))).toEqual([{ from: at(0), to: at(110) }]);
    expect(poseAt(driving, at(55))!.x).toBeGreaterThan(driving.x[0]!);
    expect(gapsOf(driving, at(0), at(120))).toEqual([]);
  });

  it('does not crawl about while it stands', () => {
    const tape = tapeOf('t1', [
      pageOf([
        { s: 0, lon: 113, speed: 0 },
        { s: 60, lon: 113.0002, speed: 0 },
      ]),
    ]);
    expect(poseAt(tape, at(30))!.x).toBe(tape.x[0]);
  });

  it('looks the way it goes where no heading is said', () => {
    const tape = tapeOf('t1', [
      pageOf([
        { s: 0, lon: 113, speed: 40 },
        { s: 60, lon: 113.01, speed: 40 },
      ]),
    ]);
    expect(poseAt(tape, at(30))!.headingDeg).toBeCloseTo(90);
  });
});

it('knows the silences, those at both ends too', () => {
  const tape = tapeOf('t1', [pageOf([{ s: 0 }, { s: 100 }, { s: 500 }])]);
  expect(gapsOf(tape, at(-300), at(550))).toEqual([
    { from: at(-300), to: at(0) },
    { from: at(100), to: at(500) },
  ]);
  expect(gapsOf(tapeOf('t1', []), at(0), at(300))).toEqual([{ from: at(0), to: at(300) }]);
});
