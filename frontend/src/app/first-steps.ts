import { useNavigate } from '@tanstack/react-router';
import { useChange } from '../api/query';
import { me, setPreferences } from '../api/routes';

/** Shows the first steps of all my roles again, where they stand: on the home page. */
export function useFirstSteps(): () => void {
  const remember = useChange(setPreferences, [me]);
  const navigate = useNavigate();
  return () => remember.mutate({ leftGuides: [] }, { onSuccess: () => void navigate({ to: '/' }) });
}
