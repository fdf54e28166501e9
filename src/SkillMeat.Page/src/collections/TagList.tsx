import { Badge } from '../ui/Badge';
import { cx } from '../ui/cx';
import { visibleText } from '../ui/visibleText';

/** The tags that fit: one in a narrow column, three in a wide one, and the number of the rest. */
export function TagList({ tags }: { tags: string[] }) {
  return (
    <span className="flex min-w-0 gap-1 overflow-hidden">
      {tags.slice(0, 3).map((tag, index) => (
        <Badge key={tag} className={cx('min-w-0', index > 0 && 'max-2xl:sr-only')}>
          {visibleText(tag)}
        </Badge>
      ))}
      {tags.length > 1 && (
        <span aria-hidden="true" className="shrink-0 2xl:hidden">
          <Badge>+{tags.length - 1}</Badge>
        </span>
      )}
      {tags.length > 3 && <Badge className="shrink-0 max-2xl:hidden">+{tags.length - 3}</Badge>}
    </span>
  );
}
