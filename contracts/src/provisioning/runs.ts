import { operation } from '@eaf/messaging/contract';
import { z } from 'zod';
import { notFound, page, pageOf } from '../vocabulary.js';

/** The steps of a run, in order. */
export const runStep = z.enum(['check', 'clone', 'size', 'network', 'customise', 'power-on', 'confirm']);
export type RunStep = z.output<typeof runStep>;

export const runState = z.enum(['working', 'waiting', 'cancelling', 'done', 'not-customised', 'failed', 'cancelled']);

const run = z.object({
  /** The request's id; a request has one run. */
  id: z.uuid(),
  vmName: z.string(),
  state: runState,
  step: runStep,
  waiting: z
    .object({
      reason: z.string(),
      /** What was found, for administrators, in English. */
      detail: z.string(),
      since: z.iso.datetime(),
      until: z.iso.datetime().nullable(),
    })
    .nullable(),
  failure: z.object({ reason: z.string(), detail: z.string(), nothingLeft: z.boolean() }).nullable(),
  attempts: z.int(),
  startedAt: z.iso.datetime(),
  changedAt: z.iso.datetime(),
});

export const listRuns = operation({
  name: 'provisioning.list-runs',
  summary: 'Provisioning runs, those that need attention first',
  callers: ['gateway'],
  allow: ['tenant-admin', 'auditor'],
  input: page.extend({ state: runState.optional() }),
  output: pageOf(run),
  http: { method: 'get', path: '/api/v1/admin/runs' },
});

const act = {
  callers: ['gateway'],
  allow: ['tenant-admin'],
  input: z.object({ id: z.uuid() }),
  output: run,
  writes: true,
} as const;

export const retryRun = operation({
  ...act,
  name: 'provisioning.retry-run',
  summary: 'Tries the step that waits, or that failed and left something behind, again, now',
  refusals: { ...notFound, 'run.already-ended': z.object({ state: runState }) },
  http: { method: 'post', path: '/api/v1/admin/runs/{id}/retry' },
});

export const removeRun = operation({
  ...act,
  name: 'provisioning.remove-run',
  summary: 'Gives a run up and removes what it has begun',
  refusals: { ...notFound, 'run.already-ended': z.object({ state: runState }) },
  http: { method: 'post', path: '/api/v1/admin/runs/{id}/remove' },
});

export const adoptRun = operation({
  ...act,
  name: 'provisioning.adopt-run',
  summary: 'Takes the VM as it stands: created, not customised',
  refusals: {
    ...notFound,
    'run.already-ended': z.object({ state: runState }),
    'run.no-vm': z.object({ name: z.string() }),
  },
  http: { method: 'post', path: '/api/v1/admin/runs/{id}/adopt' },
});

export const runOperations = [listRuns, retryRun, removeRun, adoptRun];
