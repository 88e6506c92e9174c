import { Cells, HALF_HEIGHT_M, HALF_WIDTH_M } from './grid.js';
import { simplify } from './lines.js';
import { between, boxOf, crossing, distance, lengthOf, nearestOnSegment } from './plane.js';
import type { Box, Point } from './plane.js';
import type { Line, RoadClass } from './street-lines.js';

export interface Node {
  id: number;
  point: Point;
  edges: number[];
}

export interface Edge {
  id: number;
  a: number;
  b: number;
  class: RoadClass | 'driveway';
  /** The road that it is a piece of: an index into `roads`; -1 for a driveway. */
  road: number;
  points: Point[];
  lengthM: number;
  /** The no-go place that it runs through or beside: honest drivers stay off it. */
  noGo: string | null;
}

export interface Road {
  name: string;
  class: RoadClass;
}

/** The road network: nodes, the edges between them, and the named roads that the edges belong to. */
export class RoadNetwork {
  readonly nodes: Node[] = [];
  /** A hole where an edge was cut in two or pruned. */
  readonly edges: (Edge | null)[] = [];
  readonly roads: Road[] = [];
  private readonly nodeCells = new Cells<Node>(100);

  /** Cuts the lines at their crossings, joins what meets, drops what leads nowhere. */
  static from(lines: readonly Line[]): RoadNetwork {
    const network = new RoadNetwork();
    const drawn = lines.map((line) => ({ ...line, points: simplify(line.points, 0.8) }));
    const cuts = findCuts(drawn.map((line) => line.points));
    drawn.forEach((line, i) => {
      network.roads.push({ name: '', class: line.class });
      network.addPieces(line, i, cuts[i]!);
    });
    network.prune();
    return network;
  }

  node(id: number): Node {
    return this.nodes[id]!;
  }

  edge(id: number): Edge {
    const edge = this.edges[id];
    if (!edge) throw new Error(`Edge ${id} was cut away.`);
    return edge;
  }

  *allEdges(): Generator<Edge> {
    for (const edge of this.edges) if (edge) yield edge;
  }

  otherEnd(edge: Edge, node: number): number {
    return edge.a === node ? edge.b : edge.a;
  }

  /** The nearest spot of a road that `wanted` accepts; null when none is within `withinM`. */
  nearest(p: Point, withinM: number, wanted: (edge: Edge) => boolean): { edge: Edge; piece: number; point: Point; distanceM: number } | null {
    let best: { edge: Edge; piece: number; point: Point; distanceM: number } | null = null;
    for (const edge of this.allEdges()) {
      if (!wanted(edge) || !reaches(boxOfEdge(edge), p, best?.distanceM ?? withinM)) continue;
      for (let i = 1; i < edge.points.length; i++) {
        const near = nearestOnSegment(p, edge.points[i - 1]!, edge.points[i]!);
        if (near.distanceM < (best?.distanceM ?? withinM)) best = { edge, piece: i - 1, point: near.point, distanceM: near.distanceM };
      }
    }
    return best;
  }

  /** A node at a spot of an edge: one that is there already, else the edge is cut in two. */
  split(edge: Edge, piece: number, point: Point): Node {
    for (const end of [edge.a, edge.b]) if (distance(this.node(end).point, point) < 25) return this.node(end);
    const middle = this.addNode(point);
    this.removeEdge(edge);
    this.addEdge(edge.a, middle.id, edge.class, edge.road, [...edge.points.slice(0, piece + 1), point]);
    this.addEdge(middle.id, edge.b, edge.class, edge.road, [point, ...edge.points.slice(piece + 1)]);
    return middle;
  }

  /** A dead end off the road: a gate's driveway, a track into the fields. */
  addDriveway(from: Node, to: Point): Node {
    const end = this.addNode(to);
    this.addEdge(from.id, end.id, 'driveway', -1, [from.point, to]);
    return end;
  }

  private addPieces(line: Line, road: number, cuts: Cut[]): void {
    const all = [...cuts];
    if (line.leaves) all.push({ at: 0, point: line.points[0]! }, { at: line.points.length - 1, point: line.points.at(-1)! });
    all.sort((a, b) => a.at - b.at);
    for (let i = 1; i < all.length; i++) {
      const [from, to] = [all[i - 1]!, all[i]!];
      const [a, b] = [this.nodeNear(from.point), this.nodeNear(to.point)];
      const between = line.points.filter((_, k) => k > from.at + 1e-9 && k < to.at - 1e-9);
      const points = [a.point, ...between, b.point];
      if (a.id !== b.id && lengthOf(points) > 1) this.addEdge(a.id, b.id, line.class, road, points);
    }
  }

  private nodeNear(p: Point): Node {
    for (const node of this.nodeCells.near(p, 18)) if (distance(node.point, p) <= 18) return node;
    return this.addNode(p);
  }

  private addNode(point: Point): Node {
    const node: Node = { id: this.nodes.length, point, edges: [] };
    this.nodes.push(node);
    this.nodeCells.add(point, node);
    return node;
  }

  private addEdge(a: number, b: number, kind: Edge['class'], road: number, points: Point[]): void {
    const edge: Edge = { id: this.edges.length, a, b, class: kind, road, points, lengthM: lengthOf(points), noGo: null };
    this.edges.push(edge);
    this.node(a).edges.push(edge.id);
    this.node(b).edges.push(edge.id);
  }

  private removeEdge(edge: Edge): void {
    this.edges[edge.id] = null;
    for (const end of [edge.a, edge.b]) this.node(end).edges.splice(this.node(end).edges.indexOf(edge.id), 1);
  }

  /** Takes away stubs (all but the ways out of town), then whatever does not hang together with the rest. */
  private prune(): void {
    for (let found = true; found;) {
      found = false;
      for (const edge of this.allEdges()) {
        if (![edge.a, edge.b].some((end) => this.node(end).edges.length === 1 && !atEdgeOfTown(this.node(end).point))) continue;
        this.removeEdge(edge);
        found = true;
      }
    }
    const reached = this.largestPart();
    for (const edge of this.allEdges()) if (!reached.has(edge.a)) this.removeEdge(edge);
  }

  private largestPart(): Set<number> {
    let largest = new Set<number>();
    const seen = new Set<number>();
    for (const start of this.nodes) {
      if (seen.has(start.id)) continue;
      const part = this.reachable(start.id, () => true);
      for (const id of part) seen.add(id);
      if (part.size > largest.size) largest = part;
    }
    return largest;
  }

  /** The nodes that can be driven to from `start` over edges that `open` accepts. */
  reachable(start: number, open: (edge: Edge) => boolean): Set<number> {
    const part = new Set([start]);
    const todo = [start];
    for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
      for (const id of this.node(at).edges) {
        const edge = this.edge(id);
        const next = this.otherEnd(edge, at);
        if (part.has(next) || !open(edge)) continue;
        part.add(next);
        todo.push(next);
      }
    }
    return part;
  }
}

function atEdgeOfTown(p: Point): boolean {
  return Math.abs(p.x) > HALF_WIDTH_M - 60 || Math.abs(p.y) > HALF_HEIGHT_M - 60;
}

interface Cut {
  /** Where on the line: the number of its point, and the share of the way to the next. */
  at: number;
  point: Point;
}

function findCuts(lines: Point[][]): Cut[][] {
  const cells = new Cells<{ line: number; piece: number }>(150);
  const cuts: Cut[][] = lines.map(() => []);
  lines.forEach((points, line) => {
    for (let piece = 1; piece < points.length; piece++) {
      const [a, b] = [points[piece - 1]!, points[piece]!];
      const steps = Math.ceil(distance(a, b) / 100);
      const seen = new Set<string>();
      for (let k = 0; k <= steps; k++) {
        for (const other of cells.near(between(a, b, k / Math.max(1, steps)), 120)) {
          const key = `${other.line}:${other.piece}`;
          if (seen.has(key) || (other.line === line && Math.abs(other.piece - piece) < 3)) continue;
          seen.add(key);
          const [c, d] = [lines[other.line]![other.piece - 1]!, lines[other.line]![other.piece]!];
          const hit = crossing(a, b, c, d);
          if (!hit) continue;
          const point = between(a, b, hit.first);
          cuts[line]!.push({ at: piece - 1 + hit.first, point });
          cuts[other.line]!.push({ at: other.piece - 1 + hit.second, point });
        }
      }
      for (let k = 0; k <= steps; k++) cells.add(between(a, b, k / Math.max(1, steps)), { line, piece });
    }
  });
  // A ring closes on itself: without a cut at its seam it would lose the piece between its last cut and its first.
  lines.forEach((points, i) => {
    if (distance(points[0]!, points.at(-1)!) < 1) cuts[i]!.push({ at: 0, point: points[0]! }, { at: points.length - 1, point: points[0]! });
  });
  return cuts;
}

const boxes = new WeakMap<Edge, Box>();

function boxOfEdge(edge: Edge): Box {
  let box = boxes.get(edge);
  if (!box) boxes.set(edge, (box = boxOf(edge.points)));
  return box;
}

function reaches(box: Box, p: Point, withinM: number): boolean {
  return p.x > box.minX - withinM && p.x < box.maxX + withinM && p.y > box.minY - withinM && p.y < box.maxY + withinM;
}
