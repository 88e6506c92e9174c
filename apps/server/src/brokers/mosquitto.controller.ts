import { Controller, Get, Header } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Roles } from '../auth/auth.guard.js';
import { Brokers } from './brokers.service.js';

/** Files for a Mosquitto that is joined, made from the registry. */
@ApiTags('brokers')
@Controller('brokers/mosquitto')
@Roles('admin')
export class MosquittoController {
  constructor(private readonly brokers: Brokers) {}

  @Get('passwords')
  @Header('Content-Type', 'text/plain; charset=utf-8')
  @ApiProduces('text/plain')
  @ApiOperation({
    operationId: 'mosquittoPasswords',
    summary: 'The password file: everybody in use, with a hash of their secret; a comment names those who need a new one',
  })
  passwords(): string {
    return this.brokers.passwords();
  }

  @Get('acl')
  @Header('Content-Type', 'text/plain; charset=utf-8')
  @ApiProduces('text/plain')
  @ApiOperation({ operationId: 'mosquittoAcl', summary: 'The ACL file: each below its own id, everything else denied' })
  acl(): string {
    return this.brokers.acl();
  }
}
