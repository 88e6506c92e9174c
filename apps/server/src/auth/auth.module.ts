import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccountImport } from './account-import.service.js';
import { AccountStore } from './account.store.js';
import { AccountsController } from './accounts.controller.js';
import { ApiTokenStore } from './api-token.store.js';
import { ApiTokensController } from './api-tokens.controller.js';
import { Attempts } from './attempts.js';
import { AuthController } from './auth.controller.js';
import { AuthGuard } from './auth.guard.js';
import { AuthService } from './auth.service.js';
import { PasswordResetStore } from './password-reset.store.js';
import { PasswordResets } from './password-reset.service.js';
import { SecondFactors } from './second-factor.service.js';
import { SessionStore } from './session.store.js';

@Global()
@Module({
  controllers: [AuthController, AccountsController, ApiTokensController],
  providers: [
    AccountImport,
    AccountStore,
    SessionStore,
    ApiTokenStore,
    PasswordResetStore,
    Attempts,
    SecondFactors,
    AuthService,
    PasswordResets,
    { provide: APP_GUARD, useClass: AuthGuard },
  ],
  exports: [AccountImport, AuthService],
})
export class AuthModule {}
