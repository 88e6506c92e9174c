import { type DynamicModule, Global, Module } from '@nestjs/common';
import { AlertsModule } from './alerts/alerts.module.js';
import { AuditModule } from './audit/audit.module.js';
import { AuthModule } from './auth/auth.module.js';
import { BrokersModule } from './brokers/brokers.module.js';
import { CalendarModule } from './calendar/calendar.module.js';
import { Config } from './config.js';
import { DbModule } from './db/db.module.js';
import { DemoModule } from './demo/demo.module.js';
import { DownlinkModule } from './downlink/downlink.module.js';
import { EvidenceModule } from './evidence/evidence.module.js';
import { ExportsModule } from './exports/exports.module.js';
import { FleetModule } from './fleet/fleet.module.js';
import { HandoversModule } from './handovers/handovers.module.js';
import { HaulsModule } from './hauls/hauls.module.js';
import { HealthModule } from './health/health.module.js';
import { HistoryModule } from './history/history.module.js';
import { IntakeModule } from './intake/intake.module.js';
import { JudgingModule } from './judging/judging.module.js';
import { LiveModule } from './live/live.module.js';
import { NoticesModule } from './notices/notices.module.js';
import { PaperModule } from './paper/paper.module.js';
import { PeopleModule } from './people/people.module.js';
import { PlaybackModule } from './playback/playback.module.js';
import { ReportsModule } from './reports/reports.module.js';
import { ShapesModule } from './shapes/shapes.module.js';
import { StatsModule } from './stats/stats.module.js';
import { YardsModule } from './yards/yards.module.js';

@Global()
@Module({})
class ConfigModule {
  static with(config: Config): DynamicModule {
    return { module: ConfigModule, providers: [{ provide: Config, useValue: config }], exports: [Config] };
  }
}

/** One folder a subject; each module is its folder's public face. */
@Module({})
export class AppModule {
  static with(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(config),
        DbModule.forRoot({ databaseUrl: config.databaseUrl, dataDir: config.dataDir }),
        AuthModule,
        AuditModule,
        FleetModule,
        BrokersModule,
        LiveModule,
        HistoryModule,
        CalendarModule,
        NoticesModule,
        DownlinkModule,
        AlertsModule,
        IntakeModule,
        JudgingModule,
        YardsModule,
        HaulsModule,
        ShapesModule,
        PlaybackModule,
        ExportsModule,
        HandoversModule,
        PaperModule,
        PeopleModule,
        EvidenceModule,
        StatsModule,
        ReportsModule,
        HealthModule,
        DemoModule,
      ],
    };
  }
}
