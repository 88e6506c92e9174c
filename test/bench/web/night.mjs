// Eight hours of 500 trucks and 200 alerts an hour, as fast as the page takes them; of twenty alerts nineteen are decided an hour later, one stays open.
import { standIn } from '../stand-in.mjs';
import { growth, heapOf } from './heap.mjs';

const HOURS = 8;
const HOUR_MS = 3_600_000;
const [TRUCKS, A_MINUTE] = [500, 4];
/** By then everything was drawn once and is compiled. */
const WARM_HOURS = 2;

export async function night(browser) {
  const city = await standIn(TRUCKS);
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(city.url);
  await page.waitForFunction((count) => window.muckwatch?.trucks().size === count, TRUCKS, { timeout: 60_000 });
  const heap = await heapOf(page);
  const seen = [await heap.measure()];
  const began = Date.now() - HOURS * HOUR_MS;
  let warm;
  for (let hour = 0; hour < HOURS; hour++) {
    for (let minute = 0; minute < 60; minute++) {
      const at = began + hour * HOUR_MS + minute * 60_000;
      for (let k = 0; k < 6; k++) city.live.emit('positions', city.positions(at + k * 10_000));
      for (let k = 0; k < A_MINUTE && minute % 6 !== 5; k++) {
        const n = minute * A_MINUTE + k;
        city.live.emit('alert', alertOf(hour * 240 + n, at, null));
        if (hour > 0 && n % 20 !== 0) city.live.emit('alert', alertOf((hour - 1) * 240 + n, at - HOUR_MS, at));
      }
      await page.waitForTimeout(20);
    }
    await page.waitForTimeout(1_500);
    seen.push(await heap.measure());
    if (hour + 1 === WARM_HOURS) warm = await heap.classes();
  }
  const grown = growth(warm, await heap.classes());
  await page.close();
  city.close();

  const hours = seen.map((one, hour) => [hour, `${one.mb.toFixed(2)} MB`, one.nodes, one.listeners]);
  const aHour = (seen[HOURS].mb - seen[WARM_HOURS].mb) / (HOURS - WARM_HOURS);
  const about = `${(aHour * 1_000).toFixed(0)} KB an hour from hour ${WARM_HOURS} on; aim: nothing but what is open`;
  return [
    {
      title: `A night of 200 alerts an hour, ten of them left open: heap after collection (${about})`,
      head: ['hour', 'heap', 'DOM nodes', 'listeners'],
      rows: hours,
    },
    { title: `What grew between hour ${WARM_HOURS} and hour ${HOURS}, by what it is`, head: ['what', 'more of it', 'bytes'], rows: grown },
  ];
}

function alertOf(n, at, decidedAt) {
  const time = new Date(at).toISOString();
  const id = `speeding:t${n % TRUCKS}:-:${n}`;
  const decision = decidedAt === null ? null : { by: 'admin', at: new Date(decidedAt).toISOString(), reason: null };
  return {
    ...{
      id,
      version: decision ? 2 : 1,
      incident: id,
      rule: 'speeding',
      severity: ['minor', 'serious', 'critical'][n % 3],
      status: decision ? 'confirmed' : 'open',
    },
    ...{
      cleared: true,
      truck: { id: `t${n % TRUCKS}`, plate: `鄂S${String(n % TRUCKS).padStart(5, '0')}` },
      company: { id: 'c', name: '测试运输' },
      place: null,
    },
    ...{ began: time, ended: time, late: false, contradicted: null, changedSinceDecided: false, snoozed: false, openedAt: time, assignee: null },
    ...{ summary: { zh: `超速行驶 ${n} m，最高 82 km/h，限速 60 km/h`, en: `drove ${n} m at up to 82 km/h` }, position: { lat: 31.69, lon: 113.37 } },
    ...{ evidence: { maxSpeedKmh: 82, limitKmh: 60 }, putRight: null, decision },
  };
}
