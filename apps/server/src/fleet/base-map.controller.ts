import { Body, Controller, Get, Put, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { baseMap, type BaseMap } from '@muckwatch/contract';
import type { Sentence } from '@muckwatch/domain';
import type { Response } from 'express';
import { Answers } from '../api.js';
import { Roles } from '../auth/auth.guard.js';
import { ANYONE } from '../auth/roles.js';
import { cited, type Fault, Faults, quoted } from '../refusal.js';
import { BaseMapStore } from './base-map.store.js';
import { FleetService } from './fleet.service.js';
import { unstorable } from './feature.js';

/** How deep the coordinates of each geometry lie. */
const DEPTH = { LineString: 2, MultiLineString: 3, Polygon: 3, MultiPolygon: 4 } as const;

@ApiTags('base-map')
@Controller('base-map')
@Roles(...ANYONE)
export class BaseMapController {
  constructor(
    private readonly store: BaseMapStore,
    private readonly fleet: FleetService,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'readBaseMap', summary: 'Roads, water and green under the places. Drawn, never judged by' })
  @Answers(baseMap)
  async read(@Res() response: Response): Promise<void> {
    response.type('application/json').send(await this.store.read());
  }

  @Put()
  @Roles('admin')
  @ApiOperation({ operationId: 'replaceBaseMap', summary: 'Replace it whole' })
  @Answers(null, 'Replaced')
  async replace(@Body({ schema: baseMap }) body: BaseMap): Promise<void> {
    const faults = body.features.flatMap((feature, i): Fault[] => {
      const { type, coordinates } = feature.geometry;
      const path = `features.${i}`;
      const wrong = wrongCoordinates(coordinates, DEPTH[type]);
      return [...unstorable(feature.properties, `${path}.properties`), ...(wrong ? [{ path: `${path}.geometry.coordinates`, message: wrong }] : [])];
    });
    if (faults.length > 0) throw new Faults(faults.slice(0, 100));
    await this.store.replace(body);
    this.fleet.apply('base-map', null, []);
  }
}

function wrongCoordinates(value: unknown, depth: number): Sentence | null {
  if (!Array.isArray(value))
    return { en: `must be arrays, ${depth} deep, of numbers, not ${quoted(value)}`, zh: `必须是 ${depth} 层的数字列表，而不是${cited(value)}` };
  if (depth > 1) {
    for (const inner of value) {
      const wrong = wrongCoordinates(inner, depth - 1);
      if (wrong) return wrong;
    }
    return null;
  }
  const [lon, lat] = value as unknown[];
  const isPosition = typeof lon === 'number' && typeof lat === 'number' && Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
  return isPosition ? null : { en: `must be [lon, lat] in degrees, not ${quoted(value)}`, zh: `必须是 [经度，纬度]，以度为单位，而不是${cited(value)}` };
}
