import { Body, Controller, Delete, Get, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { id, noticeRule, type NoticeRule, noticeRuleBody, type NoticeRuleBody, noticeRuleList } from '@muckwatch/contract';
import { randomUUID } from 'node:crypto';
import { Answers } from '../api.js';
import { Roles, WholeCity } from '../auth/auth.guard.js';
import { DECIDERS, PLANNERS } from '../auth/roles.js';
import { faulty, noSuch, Refusal } from '../refusal.js';
import { Directory } from './directory.js';
import { NoticeRuleStore } from './rule.store.js';

/** Who is told of what, at which severity, and who comes next. */
@ApiTags('notice-rules')
@Controller('notice-rules')
export class NoticeRulesController {
  constructor(
    private readonly store: NoticeRuleStore,
    private readonly directory: Directory,
  ) {}

  @Get()
  @Roles(...DECIDERS)
  @Answers(noticeRuleList)
  async list() {
    return { items: await this.store.list() };
  }

  @WholeCity()
  @Post()
  @Roles(...PLANNERS)
  @Answers(noticeRule, 'Made; it holds for what happens from now on', 201)
  async create(@Body({ schema: noticeRuleBody }) body: NoticeRuleBody): Promise<NoticeRule> {
    const rule = ruleOf(body, body.id ?? randomUUID());
    const made = await this.store.create(rule);
    if (!made) throw new Refusal(409, { en: `There is a notice rule ${rule.id} already.`, zh: `编号为 ${rule.id} 的通知规则已存在。` });
    await this.directory.load();
    return made;
  }

  @WholeCity()
  @Put(':id')
  @Roles(...PLANNERS)
  @Answers(noticeRule, 'Replaced; what is left out is none')
  async replace(@Param('id', { schema: id }) which: string, @Body({ schema: noticeRuleBody }) body: NoticeRuleBody): Promise<NoticeRule> {
    if (body.id && body.id !== which) throw faulty('id', { en: `is ${body.id}, and the rule is ${which}`, zh: `是 ${body.id}，而这条规则是 ${which}` });
    const rule = await this.store.replace(ruleOf(body, which));
    if (!rule) throw noSuch('notice rule', which);
    await this.directory.load();
    return rule;
  }

  @WholeCity()
  @Delete(':id')
  @Roles(...PLANNERS)
  @Answers(null, 'Gone; what was told stays')
  async remove(@Param('id', { schema: id }) which: string): Promise<void> {
    if (!(await this.store.remove(which))) throw noSuch('notice rule', which);
    await this.directory.load();
  }
}

function ruleOf(body: NoticeRuleBody, which: string): NoticeRule {
  const { name, role, kinds, leastSeverity, withinMinutesOfLeaving, answerWithinWorkingHours, escalateToRole, enabled } = body;
  return {
    id: which,
    name,
    role,
    kinds: kinds ?? null,
    leastSeverity,
    withinMinutesOfLeaving: withinMinutesOfLeaving ?? null,
    answerWithinWorkingHours: answerWithinWorkingHours ?? null,
    escalateToRole: escalateToRole ?? null,
    enabled,
  };
}
