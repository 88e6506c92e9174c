import type { PlaceKind } from '@muckwatch/contract';
import { Checkbox, Segmented } from 'antd';
import { Drop } from '../app/Drop.js';
import { useWords } from '../i18n/index.js';
import { PLACE_COLOUR, ROUTE_COLOUR } from '../theme/tokens.js';
import { currentMap } from './current.js';
import { HEAT_DAYS, type HeatDays, showHeat, useHeat } from './heatStore.js';
import { show, useMap } from './mapStore.js';
import { leaveMeasuring, startMeasuring, useMeasure } from './measureStore.js';

export function LayerMenu() {
  const t = useWords();
  const { hidden, names, plates, routes, tiles, raster, trails } = useMap();
  const heat = useHeat();
  const measuring = useMeasure((s) => s.on);
  const toggle = (kind: PlaceKind) => show({ hidden: hidden.includes(kind) ? hidden.filter((k) => k !== kind) : [...hidden, kind] });
  const menu = (
    <div className="layer-menu">
      {(Object.keys(PLACE_COLOUR) as PlaceKind[]).map((kind) => (
        <Checkbox key={kind} checked={!hidden.includes(kind)} onChange={() => toggle(kind)}>
          <i className={`swatch ${kind}`} style={{ borderColor: PLACE_COLOUR[kind], background: `${PLACE_COLOUR[kind]}24` }} />
          {t.place[kind]}
        </Checkbox>
      ))}
      <Checkbox checked={routes} onChange={() => show({ routes: !routes })}>
        <i className="swatch route" style={{ background: `linear-gradient(${ROUTE_COLOUR}30 5px, ${ROUTE_COLOUR} 5px 7px, ${ROUTE_COLOUR}30 7px)` }} />
        {t.permits.route.layer}
      </Checkbox>
      <hr />
      <Checkbox checked={trails} onChange={() => show({ trails: !trails })}>
        {t.mapTools.trails}
        <small className="layer-note">{t.mapTools.trailsWhen}</small>
      </Checkbox>
      <Checkbox checked={heat.shown} onChange={() => showHeat({ shown: !heat.shown })}>
        <i className="swatch heat" />
        {t.mapTools.heat.layer}
      </Checkbox>
      {heat.shown && (
        <Segmented<HeatDays>
          size="small"
          value={heat.days}
          onChange={(days) => showHeat({ days })}
          options={HEAT_DAYS.map((days) => ({ value: days, label: t.mapTools.heat.days(days) }))}
        />
      )}
      <hr />
      <Checkbox checked={names} onChange={() => show({ names: !names })}>
        {t.map.names}
      </Checkbox>
      <Checkbox checked={plates} onChange={() => show({ plates: !plates })}>
        {t.map.plates}
      </Checkbox>
      {raster && (
        <Checkbox checked={tiles} onChange={() => show({ tiles: !tiles })}>
          {t.map.tiles}
        </Checkbox>
      )}
    </div>
  );
  return (
    <div className="layers">
      <Drop label={t.map.layers} content={menu} placement="bottomRight">
        <button className="map-box">{t.map.layers}</button>
      </Drop>
      <button
        className={measuring ? 'map-box pressed' : 'map-box'}
        aria-pressed={measuring}
        title={t.mapTools.measure.why}
        onClick={(event) => {
          // Enter then ends the line and does not press the button again.
          event.currentTarget.blur();
          if (measuring) leaveMeasuring();
          else startMeasuring();
        }}
      >
        {t.mapTools.measure.button}
      </button>
      <button className="map-box" onClick={() => currentMap()?.showCity()}>
        {t.map.whole}
      </button>
      <button className="map-box square" onClick={() => currentMap()?.map.zoomIn(1)} aria-label={t.map.zoomIn}>
        +
      </button>
      <button className="map-box square" onClick={() => currentMap()?.map.zoomOut(1)} aria-label={t.map.zoomOut}>
        −
      </button>
    </div>
  );
}
