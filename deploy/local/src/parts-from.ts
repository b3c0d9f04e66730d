const said = process.env.DVMM_PARTS;
if (said !== undefined && said !== 'compose')
  throw new Error(`DVMM_PARTS is "${said}"; it may be "compose", or absent for parts that are started here.`);

/** Whether database, broker, vCenter, identity provider and mail server are the containers of docker-compose.yml. */
export const fromCompose = said === 'compose';
