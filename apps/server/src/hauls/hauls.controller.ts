import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type HaulFilter,
  haulFilter,
  type HaulPlaces,
  haulPlaces,
  type HaulPlacesQuery,
  haulPlacesQuery,
  type HaulTable,
  haulTable,
  type HaulTableQuery,
  haulTableQuery,
  type HaulTotals,
  haulTotals,
  type HaulYards,
  haulYards,
} from '@muckwatch/contract';
import { Answers } from '../api.js';
import { Roles } from '../auth/auth.guard.js';
import { ANYONE } from '../auth/roles.js';
import { CurrentViewer, type Viewer } from '../auth/viewer.js';
import { HaulTableStore } from './haul-table.store.js';
import { HaulsService } from './hauls.service.js';

@ApiTags('hauls')
@Controller('hauls')
@Roles(...ANYONE)
export class HaulsController {
  constructor(
    private readonly rows: HaulTableStore,
    private readonly hauls: HaulsService,
  ) {}

  @Get('table')
  @Answers(haulTable, 'Loads of a stretch with their volumes, ends and alerts, sorted; the last 31 days when `from` is absent, 31 days at most')
  async table(@CurrentViewer() { scope }: Viewer, @Query({ schema: haulTableQuery }) query: HaulTableQuery): Promise<HaulTable> {
    return { items: await this.rows.table(scope, query) };
  }

  @Get('totals')
  @Answers(haulTotals, 'The same loads summed, and from where to where they went')
  totals(@CurrentViewer() { scope }: Viewer, @Query({ schema: haulFilter }) filter: HaulFilter): Promise<HaulTotals> {
    return this.rows.totals(scope, filter);
  }

  @Get('places')
  @Answers(haulPlaces, 'By site what was hauled of what is permitted, by yard what was delivered and what it can still take')
  places(@CurrentViewer() { scope }: Viewer, @Query({ schema: haulPlacesQuery }) query: HaulPlacesQuery): Promise<HaulPlaces> {
    return this.hauls.places(scope, query);
  }

  @Get('yards')
  @Answers(haulYards, 'By yard who comes, who waits, how long trucks have waited, and how many tip an hour')
  yards(@CurrentViewer() { scope }: Viewer): Promise<HaulYards> {
    return this.hauls.yards(scope);
  }
}
