import { Compass } from 'lucide-react';
import { Link } from '../router/Link';
import { Button } from '../ui/Button';
import { EmptyState } from '../ui/EmptyState';

export function NotFound() {
  return (
    <EmptyState
      isScreen
      icon={Compass}
      title="There is no such page"
      actions={
        <Button asChild variant="primary">
          <Link to="/">Go to the collections</Link>
        </Button>
      }
    >
      The address may be from another version of SkillMeat.
    </EmptyState>
  );
}
