import { LATENCY_CLASSES_S, type QualityRow, type Ratio } from '@muckwatch/contract';

/** What was counted of one terminal on one truck over a period. */
export interface Counted {
  source: string;
  truckId: string;
  reports: number;
  valid: number;
  jumps: number;
  late: number;
  buffered: number;
  minutes: number;
  km: number;
  completeKm: number;
  sensorSlots: number;
  sensorUnknown: number;
  /** Live reports by class of `LATENCY_CLASSES_S`. */
  latency: number[];
}

/** A registered truck of the viewer's. */
export interface CountedTruck {
  id: string;
  plate: string;
  companyId: string;
  company: string;
  /** It has sent a valid report at some time. */
  everHeard: boolean;
}

export interface QualityParts {
  city: QualityRow;
  companies: QualityRow[];
  terminals: QualityRow[];
}

/** Shares of the whole, of each company and of each terminal, worst first. */
export function qualityOf(trucks: CountedTruck[], counted: Counted[]): QualityParts {
  const ofTruck = grouped(counted, ({ truckId }) => truckId);
  const rowOf = (id: string, name: string, some: CountedTruck[]) =>
    row(
      { id, name, company: null },
      some,
      some.flatMap((truck) => ofTruck.get(truck.id) ?? []),
    );
  const byCompany = grouped(trucks, ({ companyId }) => companyId);
  const truckOf = new Map(trucks.map((truck) => [truck.id, truck]));
  const terminals = [...grouped(counted, ({ source }) => source)].map(([source, some]) => {
    const its = [...new Set(some.map(({ truckId }) => truckId))].flatMap((id) => truckOf.get(id) ?? []);
    const last = its.at(-1);
    return row({ id: source, name: last?.plate ?? source, company: last?.company ?? null }, its, some);
  });
  return {
    city: rowOf('city', '', trucks),
    companies: [...byCompany].map(([id, some]) => rowOf(id, some[0]!.company, some)).sort(worstFirst),
    terminals: terminals.sort(worstFirst),
  };
}

function row(who: Pick<QualityRow, 'id' | 'name' | 'company'>, trucks: CountedTruck[], counted: Counted[]): QualityRow {
  const sum = (of: (one: Counted) => number) => counted.reduce((total, one) => total + of(one), 0);
  const distinct = (of: (one: Counted) => boolean) => new Set(counted.filter(of).map(({ truckId }) => truckId)).size;
  const [reports, online] = [sum((one) => one.reports), distinct((one) => one.valid > 0)];
  const inNetwork = trucks.filter(({ everHeard }) => everHeard).length;
  const latency = LATENCY_CLASSES_S.map((_, i) => sum((one) => one.latency[i] ?? 0));
  return {
    ...who,
    metrics: {
      inNetwork: ratioOf(inNetwork, trucks.length),
      online: ratioOf(online, inNetwork),
      complete: ratioOf(tenths(sum((one) => one.completeKm)), tenths(sum((one) => one.km))),
      drift: ratioOf(
        distinct((one) => one.jumps > 0),
        online,
      ),
      valid: ratioOf(
        sum((one) => one.valid),
        reports,
      ),
      late: ratioOf(
        sum((one) => one.late),
        reports,
      ),
      sensorUnknown: ratioOf(
        sum((one) => one.sensorUnknown),
        sum((one) => one.sensorSlots),
      ),
    },
    latencyP50S: latencyAt(latency, 0.5),
    latencyP95S: latencyAt(latency, 0.95),
    reports,
    buffered: sum((one) => one.buffered),
    onlineMinutes: sum((one) => one.minutes),
  };
}

export function ratioOf(n: number, d: number): Ratio {
  return { n, d, share: d > 0 ? n / d : null };
}

/** The upper bound of the class in which the quantile lies, s; null: nothing was live. */
export function latencyAt(classes: number[], quantile: number): number | null {
  const total = classes.reduce((sum, one) => sum + one, 0);
  if (total === 0) return null;
  let seen = 0;
  return LATENCY_CLASSES_S.find((_, i) => (seen += classes[i] ?? 0) >= total * quantile) ?? LATENCY_CLASSES_S.at(-1)!;
}

/** By the worst that is said of them; what nothing is known of comes after all that is. */
function worstFirst(a: QualityRow, b: QualityRow): number {
  return worst(a) - worst(b) || b.reports - a.reports || (a.id < b.id ? -1 : 1);
}

function worst({ metrics: { online, complete, valid, sensorUnknown } }: QualityRow): number {
  const good = [online.share, complete.share, valid.share, sensorUnknown.share === null ? null : 1 - sensorUnknown.share];
  const said = good.filter((share) => share !== null);
  return said.length > 0 ? Math.min(...said) : 2;
}

const tenths = (km: number) => Math.round(km * 10) / 10;

function grouped<T, K>(items: T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
