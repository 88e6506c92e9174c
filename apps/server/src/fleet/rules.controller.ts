import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ruleLimitsBody, ruleList, ruleResource, type RuleResource } from '@muckwatch/contract';
import { type AnyRule, RULES } from '@muckwatch/domain';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { Answers } from '../api.js';
import { Roles } from '../auth/auth.guard.js';
import { ANYONE, PLANNERS } from '../auth/roles.js';
import { CurrentViewer, mustSeeTheCity, type Viewer } from '../auth/viewer.js';
import { now } from '../clock.js';
import { Faults, Refusal } from '../refusal.js';
import { FleetService } from './fleet.service.js';
import { InTurn } from './in-turn.js';
import { faultsOfLimits } from './limits.js';
import { RegistryStore } from './registry.store.js';

/** The rules in force and the city's own limits of them. */
@ApiTags('rules')
@Controller('rules')
@Roles(...ANYONE)
export class RulesController {
  constructor(
    private readonly fleet: FleetService,
    private readonly store: RegistryStore,
    private readonly turn: InTurn,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listRules', summary: 'Every rule with its limits in force and their defaults' })
  @Answers(ruleList)
  list(): z.infer<typeof ruleList> {
    return { items: RULES.map((rule) => this.#resource(rule)) };
  }

  @Put(':code')
  @Roles(...PLANNERS)
  @ApiOperation({
    operationId: 'setRuleLimits',
    summary: 'Set the city’s own limits from now on; those left out are the defaults. Nothing is judged again because of it',
  })
  @Answers(ruleResource)
  set(
    @CurrentViewer() viewer: Viewer,
    @Param('code', { schema: z.string().max(64) }) code: string,
    @Body({ schema: ruleLimitsBody }) { limits, reason }: z.infer<typeof ruleLimitsBody>,
  ): Promise<RuleResource> {
    mustSeeTheCity(viewer, { en: 'Setting limits', zh: '规则限值的设定' });
    const rule = RULES.find((one) => one.code === code);
    if (!rule)
      throw new Refusal(404, {
        en: `There is no rule ${code}; there are ${RULES.map((one) => one.code).join(', ')}.`,
        zh: `没有规则 ${code}；规则有 ${RULES.map((one) => one.code).join('、')}。`,
      });
    const faults = faultsOfLimits(rule, limits);
    if (faults.length > 0) throw new Faults(faults);
    const own = Object.fromEntries(Object.entries(limits).filter(([name, value]) => value !== rule.limits[name]));
    const data = Object.keys(own).length > 0 ? own : null;
    return this.turn.take(async () => {
      if (isDeepStrictEqual(data, this.fleet.limits(rule.code))) return this.#resource(rule);
      const at = now();
      const versions = [this.fleet.nextVersion('limits', rule.code, data, at)];
      await this.turn.committing(() => this.store.writeVersions(versions, { by: viewer.username, at, reason }));
      this.fleet.apply('rules', null, versions);
      return this.#resource(rule);
    });
  }

  #resource({ code, name, description, severity, limits: defaults }: AnyRule): RuleResource {
    return { code, name, description, severity, limits: { ...defaults, ...this.fleet.limits(code) }, defaults };
  }
}
