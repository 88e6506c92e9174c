import type { PlaceKind } from '@muckwatch/contract';
import { Button, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { Field } from '../permits/Field.js';
import { HoursEditor } from '../permits/HoursFields.js';
import { ValidityEditor } from '../permits/ValidityFields.js';
import { drawingMap } from './DrawingMapPane.js';
import { changeDraft, changeForm, changeShape, closePlace, type PlaceDraft, tryShape, useDrawing } from './drawingStore.js';
import { Managers } from './Managers.js';
import { Overlapping } from './Overlapping.js';
import { FIELDS, type PlaceForm, type PlaceWrong, wrongsIn } from './placeForm.js';
import { retirePlace, savePlace } from './placeSaving.js';
import { areaOf, closeRing, cornersIn, dropOpen, geometryOf, openRing, redo, undo } from './shapeEdit.js';
import { Touched } from './Touched.js';
import { Versions } from './Versions.js';

/** What a place is, while its shape lies under the hand on the map. */
export function PlaceDrawer({ mayChange }: { mayChange: boolean }) {
  const t = useWords();
  const d = t.drawing;
  const zone = useZone();
  const draft = useDrawing((s) => s.draft);
  if (!draft) return null;
  const { feature, edit, form, saving, fault, tried, said } = draft;
  const drop = () => closePlace(d.unsaved, t.permits.form.resume);
  const wrongs = wrongsIn(form, zone);
  const wrongOf = (field: string) => {
    const wrong = wrongs[field];
    // What is merely not filled in yet is held against nobody before the first try to save.
    if (wrong && (tried || !['placeName', 'limit', 'windows'].includes(wrong))) return wordsOf(wrong, t);
    return said[field] ?? null;
  };
  const noShape = geometryOf(edit) === null;
  const disabled = !mayChange || saving;
  return (
    <aside className="permit-drawer route-drawer place-drawer" aria-label={feature ? feature.properties.name : d.draw} data-testid="place-drawer">
      <header>
        <h2>{feature ? feature.properties.name : d.draw}</h2>
        <button className="card-close" onClick={drop} aria-label={t.close} title="Esc">
          ✕
        </button>
      </header>
      <form
        className="permit-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void savePlace(zone);
        }}
      >
        <Field label={d.area} wrong={said.geometry ?? (tried && noShape ? (edit.open ? d.stillOpen : d.noShape) : null)}>
          <output className="route-length" data-testid="place-area">
            <AreaWords draft={draft} />
          </output>
        </Field>
        {mayChange && <ShapeTools draft={draft} />}
        <PlaceFields form={form} disabled={disabled} wrongOf={wrongOf} />
        {mayChange && !noShape && <Touched />}
        {feature && <Versions mayChange={mayChange} />}
      </form>
      {mayChange && (
        <footer>
          <Overlapping draft={draft} />
          {fault && (
            <p className="c-serious" role="alert">
              {fault}
            </p>
          )}
          <Input
            className="place-reason"
            aria-label={d.reason}
            placeholder={d.reason}
            maxLength={500}
            value={draft.reason}
            disabled={saving}
            onChange={({ target }) => changeDraft({ reason: target.value })}
            data-testid="place-reason"
          />
          <div className="permit-acts">
            <Button type="primary" loading={saving} onClick={() => void savePlace(zone)} data-testid="save-place">
              {saving ? t.permits.form.saving : d.save}
            </Button>
            <Button onClick={drop}>{d.drop}</Button>
            {feature && <Retire name={feature.properties.name} />}
          </div>
        </footer>
      )}
    </aside>
  );
}

function AreaWords({ draft: { edit } }: { draft: PlaceDraft }) {
  const t = useWords();
  const m2 = areaOf(edit);
  const [value, unit] = m2 < 10_000 ? [Math.round(m2).toLocaleString(t.code), 'm²'] : [(m2 / 10_000).toFixed(2), 'ha'];
  const holes = edit.shape.reduce((sum, rings) => sum + rings.length - 1, 0);
  return (
    <>
      <b>{value}</b> {unit} · {t.permits.route.points(cornersIn(edit))}
      {edit.shape.length > 1 && ` · ${t.drawing.parts(edit.shape.length)}`}
      {holes > 0 && ` · ${t.drawing.holes(holes)}`}
    </>
  );
}

function ShapeTools({ draft: { edit, selected } }: { draft: PlaceDraft }) {
  const t = useWords();
  const d = t.drawing;
  const r = t.permits.route;
  return (
    <div className="route-tools">
      <Button size="small" onClick={() => changeShape(undo(edit))} disabled={edit.past.length === 0} data-testid="shape-undo">
        {r.undo}
      </Button>
      <Button size="small" onClick={() => changeShape(redo(edit))} disabled={edit.undone.length === 0}>
        {r.redo}
      </Button>
      <Button size="small" onClick={() => drawingMap()?.hand.removeOne()} disabled={selected === null}>
        {d.removeCorner}
      </Button>
      {edit.open ? (
        <>
          <Button size="small" onClick={() => tryShape(closeRing(edit))} disabled={edit.open.points.length < 3} data-testid="close-ring">
            {d.close}
          </Button>
          {edit.shape.length > 0 && (
            <Button size="small" onClick={() => changeShape(dropOpen(edit))}>
              {d.dropRing}
            </Button>
          )}
        </>
      ) : (
        <>
          <Button size="small" onClick={() => changeShape(openRing(edit, 'hole'))} data-testid="add-hole">
            {d.addHole}
          </Button>
          <Button size="small" onClick={() => changeShape(openRing(edit, 'part'))}>
            {d.addPart}
          </Button>
        </>
      )}
    </div>
  );
}

interface FieldsProps {
  form: PlaceForm;
  disabled: boolean;
  wrongOf: (field: string) => string | null;
}

function PlaceFields({ form, disabled, wrongOf }: FieldsProps) {
  const t = useWords();
  const d = t.drawing;
  const has = FIELDS[form.kind];
  const number = (field: 'limitKmh' | 'capacityM3', label: string, unit: string, hint?: string) => (
    <Field label={label} id={`place-${field}`} hint={hint} wrong={wrongOf(field)}>
      <Input
        id={`place-${field}`}
        inputMode="numeric"
        suffix={unit}
        value={form[field]}
        disabled={disabled}
        status={wrongOf(field) ? 'error' : undefined}
        onChange={({ target }) => changeForm({ [field]: target.value.trim() })}
        data-testid={`place-${field}`}
      />
    </Field>
  );
  return (
    <>
      <div className="field-pair">
        <Field label={d.name} id="place-name" wrong={wrongOf('name')}>
          <Input
            id="place-name"
            value={form.name}
            maxLength={120}
            disabled={disabled}
            status={wrongOf('name') ? 'error' : undefined}
            onChange={({ target }) => changeForm({ name: target.value })}
            data-testid="place-name"
          />
        </Field>
        <Field label={d.kind} id="place-kind" wrong={wrongOf('kind')}>
          <Select<PlaceKind>
            id="place-kind"
            value={form.kind}
            disabled={disabled}
            style={{ width: '100%' }}
            options={(Object.keys(FIELDS) as PlaceKind[]).map((kind) => ({ value: kind, label: t.place[kind] }))}
            onChange={(kind) => changeForm({ kind })}
          />
        </Field>
      </div>
      {has.includes('limitKmh') && number('limitKmh', d.limit, 'km/h')}
      {has.includes('capacityM3') && number('capacityM3', d.capacity, 'm³', d.capacityHint)}
      {has.includes('hours') && (
        <HoursEditor
          label={d.hours}
          none={t.permits.form.always}
          field="hours"
          always={form.always}
          windows={form.windows}
          disabled={disabled}
          wrongOf={wrongOf}
          onChange={changeForm}
        />
      )}
      {has.includes('curfew') && (
        <HoursEditor
          label={d.curfew}
          none={d.noCurfew}
          field="curfew"
          always={form.noCurfew}
          windows={form.curfew}
          disabled={disabled}
          wrongOf={wrongOf}
          onChange={({ always, windows }) => changeForm({ ...(always === undefined ? {} : { noCurfew: always }), ...(windows ? { curfew: windows } : {}) })}
        />
      )}
      <ValidityEditor form={form} disabled={disabled} wrongOf={wrongOf} onChange={changeForm} />
      {has.includes('managerIds') && (
        <Managers ids={form.managerIds} disabled={disabled} wrong={wrongOf('managerIds')} onChange={(managerIds) => changeForm({ managerIds })} />
      )}
    </>
  );
}

function Retire({ name }: { name: string }) {
  const t = useWords();
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Button danger onClick={() => setAsked(true)} data-testid="retire-place">
        {t.permits.form.retire}
      </Button>
      <Modal
        open={asked}
        title={t.drawing.retireTitle(name)}
        okText={t.permits.form.retire}
        cancelText={t.close}
        okButtonProps={{ danger: true }}
        onCancel={() => setAsked(false)}
        onOk={() => {
          setAsked(false);
          void retirePlace();
        }}
      >
        {t.drawing.retireWhat}
      </Modal>
    </>
  );
}

function wordsOf(wrong: PlaceWrong, t: ReturnType<typeof useWords>): string {
  return wrong === 'placeName' || wrong === 'limit' || wrong === 'capacity' || wrong === 'shape' ? t.drawing.wrong[wrong] : t.permits.wrong[wrong];
}
