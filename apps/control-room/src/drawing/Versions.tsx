import type { PlaceVersion } from '@muckwatch/contract';
import { Button } from 'antd';
import { wallOf } from '../app/cityClock.js';
import { Waiting } from '../app/Waiting.js';
import { useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { changeShape, useDrawing } from './drawingStore.js';
import { readVersions } from './placeSaving.js';
import { takeShape } from './shapeEdit.js';

/** What shapes the place had, newest first: one under the pointer is dashed on the map, and can be taken up again. */
export function Versions({ mayChange }: { mayChange: boolean }) {
  const t = useWords();
  const d = t.drawing.versions;
  const { versions, versionsFault, draft } = useDrawing();
  const shapes = versions?.filter(({ shapeChanged }) => shapeChanged) ?? [];
  return (
    <section className="touched" aria-label={d.title} data-testid="versions">
      <h3>{d.title}</h3>
      {versionsFault ? (
        <p className="c-serious" role="alert">
          {d.failed} {versionsFault}{' '}
          <button type="button" className="plain c-minor" onClick={() => void readVersions(draft!.feature!.properties.id!)}>
            {t.retry}
          </button>
        </p>
      ) : versions === null ? (
        <Waiting what={d.title} small />
      ) : shapes.length < 2 ? (
        <p className="soft">{d.only}</p>
      ) : null}
      <ul className="versions-list">
        {shapes.map((version, i) => (
          <Row key={version.version} version={version} mayTake={mayChange && i > 0} />
        ))}
      </ul>
    </section>
  );
}

function Row({ version: { from, enteredAt, by, reason, feature }, mayTake }: { version: PlaceVersion; mayTake: boolean }) {
  const t = useWords();
  const d = t.drawing.versions;
  const zone = useZone();
  const { date, clock } = wallOf(Date.parse(from ?? enteredAt), zone);
  const look = (on: boolean) => useDrawing.setState({ ghost: on ? (feature?.geometry ?? null) : null });
  const take = () => {
    const { draft } = useDrawing.getState();
    if (draft && feature) changeShape(takeShape(draft.edit, feature.geometry));
    look(false);
  };
  return (
    <li className="version" onPointerEnter={() => look(true)} onPointerLeave={() => look(false)} data-testid="version">
      <span>
        <b>{d.from(`${date} ${clock}`)}</b> · {by}
        <br />
        <i>{feature === null ? d.retired : (reason ?? d.noReason)}</i>
      </span>
      {mayTake && feature && (
        <Button size="small" onClick={take} onFocus={() => look(true)} onBlur={() => look(false)} data-testid="take-shape">
          {d.take}
        </Button>
      )}
    </li>
  );
}
