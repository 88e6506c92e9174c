// The heap of a page: how large it is once what is not needed was collected, and what it is made of.

/** A page's heap by the DevTools protocol. */
export async function heapOf(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  await session.send('Performance.enable');
  const collect = async () => {
    // Twice: what is freed by a finaliser is collected with the next.
    for (let k = 0; k < 2; k++) await session.send('HeapProfiler.collectGarbage');
  };
  return {
    async measure() {
      await collect();
      const { usedSize } = await session.send('Runtime.getHeapUsage');
      const { metrics } = await session.send('Performance.getMetrics');
      const of = (name) => metrics.find((metric) => metric.name === name).value;
      return { mb: usedSize / 1e6, nodes: of('Nodes'), listeners: of('JSEventListeners') };
    },
    async classes() {
      await collect();
      const parts = [];
      const take = ({ chunk }) => parts.push(chunk);
      session.on('HeapProfiler.addHeapSnapshotChunk', take);
      await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
      session.off('HeapProfiler.addHeapSnapshotChunk', take);
      return classesOf(JSON.parse(parts.join('')));
    },
  };
}

/** Count and bytes by class. Plain objects are told apart by what they have: an alert has `changedSinceDecided`, an incident `lead`. */
function classesOf({ snapshot, nodes, edges, strings }) {
  const { node_fields: fields, node_types: types, edge_fields: edgeFields, edge_types: edgeTypes } = snapshot.meta;
  const at = (name) => fields.indexOf(name);
  const [type, name, size, edgeCount] = ['type', 'name', 'self_size', 'edge_count'].map(at);
  const [edgeType, edgeName] = ['type', 'name_or_index'].map((field) => edgeFields.indexOf(field));
  const classes = new Map();
  for (let node = 0, edge = 0; node < nodes.length; node += fields.length) {
    const end = edge + nodes[node + edgeCount] * edgeFields.length;
    let what = types[0][nodes[node + type]];
    if (what === 'object' || what === 'native') what = `${what} ${strings[nodes[node + name]].slice(0, 40)}`;
    for (; edge < end; edge += edgeFields.length) {
      if (edgeTypes[0][edges[edge + edgeType]] !== 'property') continue;
      const property = strings[edges[edge + edgeName]];
      if (property === 'changedSinceDecided') what = 'an alert';
      else if (property === 'lead') what = 'an incident';
    }
    const known = classes.get(what) ?? { count: 0, bytes: 0 };
    classes.set(what, { count: known.count + 1, bytes: known.bytes + nodes[node + size] });
  }
  return classes;
}

/** What the page is to keep of what is open: told whether it grew or not. */
const TOLD = ['an alert', 'an incident'];

/** The classes that grew most, as rows. */
export function growth(before, after) {
  return [...after]
    .map(([what, { count, bytes }]) => [what, count - (before.get(what)?.count ?? 0), bytes - (before.get(what)?.bytes ?? 0)])
    .filter(([what, , bytes]) => bytes > 2_000 || TOLD.includes(what))
    .sort((a, b) => Number(TOLD.includes(b[0])) - Number(TOLD.includes(a[0])) || b[2] - a[2])
    .slice(0, 12)
    .map(([what, count, bytes]) => [what, count, `${(bytes / 1_000).toFixed(0)} KB`]);
}
