import { createProject } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { isUniqueViolation } from '@eaf/tenancy';
import { Controller } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Records } from '../records.js';

@Controller()
export class CreateProject {
  constructor(private readonly records: Records) {}

  @Handles(createProject)
  async handle({ name }: Input<typeof createProject>, context: OperationContext): Promise<Reply<typeof createProject>> {
    const id = uuidv7();
    const facts = [{ type: 'tenant.project-created' as const, data: { projectId: id, name } }];
    try {
      return await this.records.decide(context, `project:${id}`, () => facts, { reply: () => ({ id, name }) });
    } catch (error) {
      if (isUniqueViolation(error, 'project_name')) return refuse('project.name-taken', { name });
      throw error;
    }
  }
}
