import type { City } from './city.js';
import type { Edge } from './roads.js';

const { imul } = Math;

/** What a truck expects to drive on a road of each class, km/h. */
export const CRUISE_KMH: Record<Edge['class'], number> = { trunk: 78, primary: 66, secondary: 55, street: 42, driveway: 22 };

const JUNCTION_S = 5;
/** Drivers do not agree on the best way: each taste weighs roads a little differently. */
export const TASTES = 2;

/** The quickest ways over the streets that are open to honest drivers. One tree a destination, made when first asked for. */
export class Routes {
  private readonly trees = new Map<string, { next: Int32Array; costS: Float64Array }>();

  constructor(private readonly city: City) {}

  /** The edges from one node to another. */
  way(from: number, to: number, taste: number): number[] {
    const { next } = this.tree(to, taste);
    const out: number[] = [];
    for (let at = from; at !== to;) {
      const id = next[at]!;
      if (id < 0) throw new Error(`No way leads from node ${from} to node ${to}.`);
      out.push(id);
      at = this.city.roads.otherEnd(this.city.roads.edge(id), at);
    }
    return out;
  }

  costS(from: number, to: number, taste: number): number {
    return this.tree(to, taste).costS[from]!;
  }

  private tree(to: number, taste: number): { next: Int32Array; costS: Float64Array } {
    const key = `${to}:${taste}`;
    let tree = this.trees.get(key);
    if (!tree) this.trees.set(key, (tree = this.grow(to, taste)));
    return tree;
  }

  private grow(to: number, taste: number): { next: Int32Array; costS: Float64Array } {
    const { roads } = this.city;
    const next = new Int32Array(roads.nodes.length).fill(-1);
    const costS = new Float64Array(roads.nodes.length).fill(Infinity);
    const heap = new Heap();
    costS[to] = 0;
    heap.push(0, to);
    for (let top = heap.pop(); top; top = heap.pop()) {
      if (top.cost > costS[top.item]!) continue;
      for (const id of roads.node(top.item).edges) {
        const edge = roads.edge(id);
        if (edge.noGo !== null) continue;
        const other = roads.otherEnd(edge, top.item);
        const cost = top.cost + JUNCTION_S + (edge.lengthM / CRUISE_KMH[edge.class]) * 3.6 * weight(id, taste);
        if (cost >= costS[other]!) continue;
        costS[other] = cost;
        next[other] = id;
        heap.push(cost, other);
      }
    }
    return { next, costS };
  }
}

/** 1–1.35, fixed for an edge and a taste. */
function weight(edge: number, taste: number): number {
  const mixed = imul(edge * 31 + taste * 7919 + 17, 2654435761) >>> 0;
  return 1 + (0.35 * mixed) / 4294967296;
}

/** A binary heap of numbers by cost. */
export class Heap {
  private readonly costs: number[] = [];
  private readonly items: number[] = [];

  get size(): number {
    return this.costs.length;
  }

  push(cost: number, item: number): void {
    let i = this.costs.length;
    this.costs.push(cost);
    this.items.push(item);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.before(i, parent)) break;
      this.swap(i, parent);
      i = parent;
    }
  }

  peekCost(): number {
    return this.costs[0] ?? Infinity;
  }

  pop(): { cost: number; item: number } | null {
    if (this.costs.length === 0) return null;
    const top = { cost: this.costs[0]!, item: this.items[0]! };
    this.swap(0, this.costs.length - 1);
    this.costs.pop();
    this.items.pop();
    for (let i = 0; ;) {
      const left = 2 * i + 1;
      let least = i;
      if (left < this.costs.length && this.before(left, least)) least = left;
      if (left + 1 < this.costs.length && this.before(left + 1, least)) least = left + 1;
      if (least === i) return top;
      this.swap(i, least);
      i = least;
    }
  }

  /** By cost, then by item, so that the order never hangs on how the heap was filled. */
  private before(i: number, j: number): boolean {
    return this.costs[i]! < this.costs[j]! || (this.costs[i] === this.costs[j] && this.items[i]! < this.items[j]!);
  }

  private swap(i: number, j: number): void {
    [this.costs[i], this.costs[j]] = [this.costs[j]!, this.costs[i]!];
    [this.items[i], this.items[j]] = [this.items[j]!, this.items[i]!];
  }
}
