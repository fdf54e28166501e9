import { ConfirmDialog } from '../ui/ConfirmDialog';

export type Resolver = 'project' | 'collection';

export const resolvers: Record<Resolver, { text: string; title: string; replaced: string }> = {
  project: {
    text: 'Take the project’s',
    title: 'Take the project’s side?',
    replaced: 'Where both changed the same lines, those of the collection are replaced by the project’s.',
  },
  collection: {
    text: 'Take the collection’s',
    title: 'Take the collection’s side?',
    replaced: 'Where both changed the same lines, those of the project are replaced by the collection’s.',
  },
};

/** Asks before one side of a conflict is taken, and says what is replaced and where it is kept. */
export function ResolveConfirm({
  side,
  busy,
  onConfirm,
  onClose,
}: {
  side: Resolver | null;
  busy: boolean;
  onConfirm: (side: Resolver) => void;
  onClose: () => void;
}) {
  if (!side) return null;
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={resolvers[side].title}
      description={
        <>
          <p>
            {resolvers[side].replaced} A file in conflict that has no such lines is taken whole from that side. What else changed is merged,
            and both get the result.
          </p>
          <p className="mt-2">
            Nothing is lost: a changed collection gets a snapshot first, and edits that are replaced in the project are kept. “skm project
            restore” lists them, and writes them back.
          </p>
        </>
      }
      action={resolvers[side].text}
      busy={busy}
      onConfirm={() => onConfirm(side)}
    />
  );
}
