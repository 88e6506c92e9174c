import { Module } from '@nestjs/common';
import { FleetModule } from '../fleet/fleet.module.js';
import { PreviewService } from './preview.service.js';
import { PreviewStore } from './preview.store.js';
import { ShapeVersionsStore } from './shape-versions.store.js';
import { ShapesController } from './shapes.controller.js';

@Module({
  imports: [FleetModule],
  controllers: [ShapesController],
  providers: [PreviewStore, PreviewService, ShapeVersionsStore],
})
export class ShapesModule {}
