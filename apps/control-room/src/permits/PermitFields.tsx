import { Button, Input, Select } from 'antd';
import { useMemo } from 'react';
import { plateKey, plateWords } from '../app/plate.js';
import { useMay } from '../auth/may.js';
import { useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { useMap } from '../map/mapStore.js';
import { useRoutes } from '../map/routeStore.js';
import { useRegistry } from '../trucks/registry.js';
import { changePermit, drawRoute, useDesk } from './desk.js';
import { Field } from './Field.js';
import { hauledWords } from './hauled.js';
import { HoursFields } from './HoursFields.js';
import { ValidityFields } from './ValidityFields.js';

interface Option {
  value: string;
  label: string;
  /** What a search looks through. */
  text: string;
}

export interface FieldsProps {
  disabled: boolean;
  wrongOf: (field: string) => string | null;
}

/** Who, from where, to where, by what and which way, when, how much: in the order in which a permit is written. */
export function PermitFields({ disabled, wrongOf }: FieldsProps) {
  const t = useWords();
  const zone = useZone();
  const f = t.permits.form;
  const mayDraw = useMay('make-routes');
  const draft = useDesk((s) => s.permit)!;
  const { form } = draft;
  const options = useOptions(form.companyId);
  const placeName = (id: string | null) => [...options.sites, ...options.yards].find(({ value }) => value === id)?.label;
  const routeName = () => {
    const [site, yard] = [placeName(form.siteId), placeName(form.yardIds[0] ?? null)];
    return site && yard ? t.permits.route.from(site, yard) : '';
  };
  const status = (field: string) => (wrongOf(field) ? ('error' as const) : undefined);
  const common = { disabled, showSearch: { filterOption: matches }, placeholder: f.choose, notFoundContent: f.none, style: { width: '100%' } };

  return (
    <>
      <div className="field-pair">
        <Field label={f.company} id="f-company" wrong={wrongOf('companyId')}>
          <Select
            {...common}
            id="f-company"
            value={form.companyId}
            status={status('companyId')}
            options={options.companies}
            onChange={(companyId: string) => changePermit({ companyId, truckIds: companyId === form.companyId ? form.truckIds : [] })}
            data-testid="f-company"
          />
        </Field>
        <Field label={f.site} id="f-site" wrong={wrongOf('siteId')}>
          <Select
            {...common}
            id="f-site"
            value={form.siteId}
            status={status('siteId')}
            options={options.sites}
            onChange={(siteId: string) => changePermit({ siteId })}
            data-testid="f-site"
          />
        </Field>
      </div>
      <Field label={f.yards} id="f-yards" wrong={wrongOf('yardIds')}>
        <Select
          {...common}
          id="f-yards"
          mode="multiple"
          value={form.yardIds}
          status={status('yardIds')}
          options={options.yards}
          onChange={(yardIds: string[]) => changePermit({ yardIds })}
          data-testid="f-yards"
        />
      </Field>
      <Field label={f.trucks} id="f-trucks" hint={f.trucksHint} wrong={wrongOf('truckIds')}>
        <Select
          {...common}
          id="f-trucks"
          mode="multiple"
          placeholder={t.permits.allTrucks}
          value={form.truckIds}
          status={status('truckIds')}
          options={options.trucks}
          disabled={disabled || form.companyId === null}
          onChange={(truckIds: string[]) => changePermit({ truckIds })}
          data-testid="f-trucks"
        />
      </Field>
      <Field label={f.routes} id="f-routes" hint={f.routesHint} wrong={wrongOf('routeIds')}>
        <div className="field-row">
          <Select
            {...common}
            id="f-routes"
            mode="multiple"
            placeholder={t.permits.anyRoute}
            value={form.routeIds}
            status={status('routeIds')}
            options={options.routes}
            onChange={(routeIds: string[]) => changePermit({ routeIds })}
            data-testid="f-routes"
          />
          {mayDraw && (
            <Button disabled={disabled} onClick={() => drawRoute(null, zone, routeName())} data-testid="draw-route">
              {f.draw}
            </Button>
          )}
        </div>
      </Field>
      <HoursFields disabled={disabled} wrongOf={wrongOf} />
      <ValidityFields disabled={disabled} wrongOf={wrongOf} />
      <div className="field-pair">
        <Field label={f.volume} id="f-volume" hint={(draft.permit && hauledWords(draft.permit, t)) ?? undefined} wrong={wrongOf('volumeM3')}>
          <Input
            id="f-volume"
            inputMode="decimal"
            suffix="m³"
            disabled={disabled}
            value={form.volumeM3}
            status={status('volumeM3')}
            onChange={({ target }) => changePermit({ volumeM3: target.value.replace(/[,,\s]/g, '') })}
            data-testid="f-volume"
          />
        </Field>
        <Field label={f.id} id="f-id" hint={draft.permit ? undefined : f.idHint} wrong={wrongOf('id')}>
          <Input
            id="f-id"
            disabled={disabled || draft.permit !== null}
            value={form.id}
            status={status('id')}
            placeholder="P-0417"
            onChange={({ target }) => changePermit({ id: target.value })}
            data-testid="f-id"
          />
        </Field>
      </div>
    </>
  );
}

function useOptions(companyId: string | null) {
  const { companies, trucks } = useRegistry();
  const places = useMap((s) => s.places);
  const routes = useRoutes((s) => s.routes);
  return useMemo(() => {
    const place = (kind: 'site' | 'yard') => places.filter((one) => one.kind === kind).map(({ id, name }) => optionOf(id, name));
    const own = [...trucks.values()].filter((truck) => truck.companyId === companyId);
    return {
      companies: [...companies.values()].map(({ id, name }) => optionOf(id, name)).sort(byLabel),
      sites: place('site').sort(byLabel),
      yards: place('yard').sort(byLabel),
      routes: routes.map(({ id, name }) => optionOf(id, name)).sort(byLabel),
      trucks: own.map(({ id, plate }) => ({ value: id, label: plateWords(plate), text: plateKey(`${plate}${id}`) })).sort(byLabel),
    };
  }, [companies, trucks, places, routes, companyId]);
}

const optionOf = (id: string, name: string): Option => ({ value: id, label: name, text: `${name} ${id}`.toLowerCase() });
const byLabel = (a: Option, b: Option) => a.label.localeCompare(b.label, 'zh-CN', { numeric: true });

/** Part of a name or an id, or of a plate however it is typed. */
function matches(typed: string, option?: Option): boolean {
  if (!option) return false;
  return option.text.includes(typed.trim().toLowerCase()) || option.text.includes(plateKey(typed) || ' ');
}
