import { HypervisorFault } from '../faults.js';
import type { VCenterAbout } from '../hypervisor.js';
import type { VSphereSession } from './session.js';
import { child, text } from './xml-values.js';

export async function about(session: VSphereSession, signal: AbortSignal): Promise<VCenterAbout> {
  const content = child(await session.content(signal), 'about');
  const instanceUuid = text(content, 'instanceUuid');
  // An ESXi host has none: it answers the same API, but has neither folders nor clones.
  if (!instanceUuid) throw new HypervisorFault('NotSupported', 'this is no vCenter');
  return { instanceUuid };
}
