import { spawnSync } from 'node:child_process';
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { bringIntoCache, cachedProgram } from './tool-cache.js';
import { run } from './tool-sources.js';

const version = '26.7.3';
const artifact = `org.keycloak:keycloak-quarkus-dist:${version}:zip`;
/** Java's oldest that this version runs on. */
const oldestJava = 17;

/** Why there is no Keycloak on this machine, in one sentence. */
export class NoKeycloak extends Error {
  override readonly name = 'NoKeycloak';
}

export interface KeycloakDistribution {
  readonly java: string;
  /** Unpacked and built for a database in memory. Shared by all checkouts: nothing is written into it. */
  readonly home: string;
}

/**
 * Keycloak by Maven, unpacked and built once a machine into the cache of tools, where Java is present.
 * @throws NoKeycloak when Java or Maven is missing, or Maven cannot fetch it
 */
export async function findKeycloak(onProgress: (line: string) => void = () => {}): Promise<KeycloakDistribution> {
  const java = findJava();
  const cached = cachedProgram('keycloak', version);
  if (existsSync(cached)) return { java, home: cached };
  if (spawnSync('mvn', ['--version']).status !== 0)
    throw new NoKeycloak('Maven is missing, which would fetch Keycloak');
  try {
    const home = await bringIntoCache(
      'keycloak',
      version,
      async (folder) => {
        const unpack = ['-q', '-B', 'dependency:unpack', `-Dartifact=${artifact}`, `-DoutputDirectory=${folder}`];
        await run('mvn', unpack, { cwd: folder }); // It leaves a mark where it runs.
        renameSync(join(folder, `keycloak-${version}`), join(folder, 'keycloak'));
        await run(java, keycloakArguments(join(folder, 'keycloak'), ['build', '--db=dev-mem']));
      },
      (seconds) => onProgress(`Keycloak ${version}: fetched by Maven and built, ${seconds} s`),
    );
    return { java, home };
  } catch (error) {
    throw new NoKeycloak(`Keycloak ${version} could not be fetched and built: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** What `bin/kc.sh` hands to Java. The script itself stays in front of the server, where a kill would miss it. */
export function keycloakArguments(home: string, command: readonly string[]): string[] {
  return [
    '-Xmx512m',
    '-XX:+UseSerialGC',
    // It starts faster and runs slower: a test signs in a few times.
    '-XX:TieredStopAtLevel=1',
    `-Dkc.home.dir=${home}`,
    `-Djboss.server.config.dir=${join(home, 'conf')}`,
    '-Djava.util.logging.manager=org.jboss.logmanager.LogManager',
    '-Djava.util.concurrent.ForkJoinPool.common.threadFactory=io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory',
    '-cp',
    join(home, 'lib/quarkus-run.jar'),
    'io.quarkus.bootstrap.runner.QuarkusEntryPoint',
    ...command,
  ];
}

function findJava(): string {
  const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin/java') : 'java';
  const said = spawnSync(java, ['-version'], { encoding: 'utf8' }).stderr ?? '';
  const [, major] = /version "(\d+)/.exec(said) ?? [];
  if (!major) throw new NoKeycloak('Java is missing, which Keycloak runs on');
  if (Number(major) < oldestJava)
    throw new NoKeycloak(`Java ${major} is older than ${oldestJava}, which Keycloak needs`);
  return java;
}
