import { Button, Input } from 'antd';
import { useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { lineLengthM } from '../map/routes.js';
import { changeRoute, changeRouteForm, dropRoute, useDesk } from './desk.js';
import { Field } from './Field.js';
import { permitMap } from './PermitMapPane.js';
import { pointsIn, redo, undo } from './routeEdit.js';
import { saveRoute } from './saving.js';
import { finishRoute } from './usePermitKeys.js';
import { ValidityEditor } from './ValidityFields.js';
import { wrongsOfRoute } from './wrongsOfRoute.js';

/** What a route is called and how wide it is, while it lies under the hand on the map. */
export function RouteDrawer({ mayChange }: { mayChange: boolean }) {
  const t = useWords();
  const r = t.permits.route;
  const zone = useZone();
  const draft = useDesk((s) => s.route);
  if (!draft) return null;
  const { route, form, edit, drawing, selected, tried, said, fault, saving } = draft;
  const wrongs: Partial<Record<string, keyof typeof t.permits.wrong>> = wrongsOfRoute(draft, zone);
  const wrongOf = (field: string) => (tried && wrongs[field] ? t.permits.wrong[wrongs[field]] : (said[field] ?? null));
  const disabled = !mayChange || saving;
  const lengthM = edit.lines.reduce((sum, line) => sum + lineLengthM(line), 0);
  const drop = () => dropRoute(t.permits.form.unsavedRoute, t.permits.form.resumeRoute);

  return (
    <aside className="permit-drawer route-drawer" aria-label={route ? r.title : r.newTitle} data-testid="route-drawer">
      <header>
        <h2>{route ? `${r.title} · ${route.name}` : r.newTitle}</h2>
        <button className="card-close" onClick={drop} aria-label={r.cancel} title="Esc">
          ✕
        </button>
      </header>
      <form
        className="permit-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void saveRoute(zone);
        }}
      >
        <Field label={r.name} id="route-name" wrong={wrongOf('name')}>
          <Input
            id="route-name"
            value={form.name}
            maxLength={120}
            disabled={disabled}
            status={wrongOf('name') ? 'error' : undefined}
            onChange={({ target }) => changeRouteForm({ name: target.value })}
            data-testid="route-name"
          />
        </Field>
        <div className="field-pair">
          <Field label={r.width} id="route-width" hint={r.widthHint} wrong={wrongOf('widthM')}>
            <Input
              id="route-width"
              inputMode="numeric"
              suffix={t.unit.m}
              value={form.widthM}
              disabled={disabled}
              status={wrongOf('widthM') ? 'error' : undefined}
              onChange={({ target }) => changeRouteForm({ widthM: target.value.trim() })}
              data-testid="route-width"
            />
          </Field>
          <Field label={r.length} wrong={wrongOf('line')}>
            <output className="route-length" data-testid="route-length">
              <b>{lengthM < 1_000 ? Math.round(lengthM) : (lengthM / 1000).toFixed(2)}</b> {lengthM < 1_000 ? t.unit.m : t.unit.km} ·{' '}
              {r.points(pointsIn(edit.lines))}
            </output>
          </Field>
        </div>
        <ValidityEditor form={form} disabled={disabled} wrongOf={wrongOf} onChange={changeRouteForm} />
        <div className="route-tools">
          <Button onClick={() => changeRoute({ edit: undo(edit), selected: null })} disabled={edit.past.length === 0} data-testid="route-undo">
            {r.undo}
          </Button>
          <Button onClick={() => changeRoute({ edit: redo(edit), selected: null })} disabled={edit.undone.length === 0}>
            {r.redo}
          </Button>
          <Button onClick={() => permitMap()?.hand.removeOne()} disabled={selected === null}>
            {r.removePoint}
          </Button>
          {drawing ? <Button onClick={finishRoute}>{r.finish}</Button> : <Button onClick={() => changeRoute({ drawing: true })}>{r.goOn}</Button>}
        </div>
        {fault && (
          <p className="c-serious" role="alert">
            {fault}
          </p>
        )}
        <div className="permit-acts">
          <Button id="route-save" type="primary" htmlType="submit" loading={saving} data-testid="save-route">
            {saving ? t.permits.form.saving : r.save}
          </Button>
          <Button onClick={drop}>{r.cancel}</Button>
        </div>
      </form>
    </aside>
  );
}
