import { Module } from '@nestjs/common';
import { BaseMapController } from './base-map.controller.js';
import { BaseMapStore } from './base-map.store.js';
import { DistrictsController } from './districts.controller.js';
import { FleetService } from './fleet.service.js';
import { InTurn } from './in-turn.js';
import { PlacesController } from './places.controller.js';
import { registryController } from './registry.controller.js';
import { RegistryService } from './registry.service.js';
import { RegistryStore } from './registry.store.js';
import { CAMERAS, COMPANIES, DRIVERS, PERMITS, TERMINALS, TRUCKS } from './resources.js';
import { RoutesController } from './routes.controller.js';
import { RulesController } from './rules.controller.js';
import { SettingsController } from './settings.controller.js';

@Module({
  controllers: [
    ...[COMPANIES, TRUCKS, DRIVERS, TERMINALS, CAMERAS, PERMITS].map(registryController),
    PlacesController,
    RoutesController,
    DistrictsController,
    BaseMapController,
    RulesController,
    SettingsController,
  ],
  providers: [RegistryStore, RegistryService, InTurn, BaseMapStore, FleetService],
  exports: [BaseMapStore, FleetService, RegistryStore],
})
export class FleetModule {}
