import { Module } from '@nestjs/common';
import { FleetModule } from '../fleet/fleet.module.js';
import { YardsModule } from '../yards/yards.module.js';
import { HaulPlacesStore } from './haul-places.store.js';
import { HaulTableStore } from './haul-table.store.js';
import { HaulsController } from './hauls.controller.js';
import { HaulsService } from './hauls.service.js';

@Module({
  imports: [FleetModule, YardsModule],
  controllers: [HaulsController],
  providers: [HaulTableStore, HaulPlacesStore, HaulsService],
  exports: [HaulTableStore],
})
export class HaulsModule {}
