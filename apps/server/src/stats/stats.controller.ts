import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  cityOverview,
  figuresAnswer,
  heatAnswer,
  type HeatQuery,
  heatQuery,
  precisionAnswer,
  qualityAnswer,
  type StatsQuery,
  statsQuery,
} from '@muckwatch/contract';
import { Answers } from '../api.js';
import { Roles } from '../auth/auth.guard.js';
import { ANYONE } from '../auth/roles.js';
import { CurrentViewer, type Viewer } from '../auth/viewer.js';
import { HeatStore } from './heat.store.js';
import { Stats } from './stats.service.js';

@ApiTags('statistics')
@Controller('stats')
@Roles(...ANYONE)
export class StatsController {
  constructor(
    private readonly stats: Stats,
    private readonly heats: HeatStore,
  ) {}

  @Get('overview')
  @Answers(cityOverview, 'What happened in a period and in the one before it')
  overview(@CurrentViewer() { scope }: Viewer, @Query({ schema: statsQuery }) { period }: StatsQuery) {
    return this.stats.overview(scope, this.stats.period(period));
  }

  @Get('precision')
  @Answers(precisionAnswer, 'How right each rule was, by what people decided')
  precision(@CurrentViewer() { scope }: Viewer, @Query({ schema: statsQuery }) { period }: StatsQuery) {
    return this.stats.precision(scope, this.stats.period(period));
  }

  @Get('quality')
  @Answers(qualityAnswer, 'How good the data are, by company and terminal, worst first; full hours only')
  quality(@CurrentViewer() { scope }: Viewer, @Query({ schema: statsQuery }) { period }: StatsQuery) {
    return this.stats.quality(scope, this.stats.period(period));
  }

  @Get('figures')
  @Answers(figuresAnswer, 'What leadership reports, with numerators and denominators')
  figures(@CurrentViewer() { scope }: Viewer, @Query({ schema: statsQuery }) { period }: StatsQuery) {
    return this.stats.figures(scope, this.stats.period(period));
  }

  @Get('heat')
  @Answers(heatAnswer, 'Where it happened: confirmed and undecided alerts in cells of some 280 m, contradicted ones left out')
  heat(@CurrentViewer() { scope }: Viewer, @Query({ schema: heatQuery }) query: HeatQuery) {
    return this.heats.heat(scope, query);
  }
}
