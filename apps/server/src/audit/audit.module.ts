import { Global, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AuditController } from './audit.controller.js';
import { AuditInterceptor } from './audit.interceptor.js';
import { Audit } from './audit.service.js';
import { AuditStore } from './audit.store.js';
import { Refusals } from './refusals.js';

@Global()
@Module({
  controllers: [AuditController],
  providers: [AuditStore, Audit, Refusals, { provide: APP_INTERCEPTOR, useClass: AuditInterceptor }],
  exports: [Audit],
})
export class AuditModule {}
