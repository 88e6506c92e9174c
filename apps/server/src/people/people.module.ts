import { Module } from '@nestjs/common';
import { FleetModule } from '../fleet/fleet.module.js';
import { AccountImportController } from './account-import.controller.js';
import { ManagerStore } from './manager.store.js';
import { ManagersController } from './managers.controller.js';

@Module({ imports: [FleetModule], controllers: [AccountImportController, ManagersController], providers: [ManagerStore] })
export class PeopleModule {}
