import { Problem } from '../api/problem';
import { ProblemNote } from './problem-note';
import { SignInAgain } from './sign-in-again';

/** Why a form was not taken, where no single field is to blame. */
export function Refused({ error, onRetry }: { error: Error; onRetry: () => void }) {
  if (error instanceof Problem && error.status === 401) return <SignInAgain onBack={onRetry} />;
  return <ProblemNote error={error} onRetry={onRetry} />;
}
