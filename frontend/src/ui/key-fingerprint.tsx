import { useQuery } from '@tanstack/react-query';
import { fingerprintOf } from '../words/ssh-key';

/** A public key as people compare it. Its comment is not kept by the server, since it mostly names a person. */
export function KeyFingerprint({ of }: { of: string }) {
  const { data } = useQuery({ queryKey: ['fingerprint', of], queryFn: () => fingerprintOf(of), staleTime: Infinity });
  return (
    <>
      {of.split(' ')[0]} {data ? <code className="font-mono text-small break-all">{data}</code> : null}
    </>
  );
}
