using SkillMeat.Errors;
using SkillMeat.Objects.Packs;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Objects.Maintenance;

/// <summary>Reads everything that some roots need from the disk, on demand every pack besides, and tells what is wrong. Takes nothing away. For one thread.</summary>
internal sealed class ObjectVerifier(ObjectStore store)
{
    private readonly HashSet<ObjectId> _sound = [];
    private readonly List<ObjectProblem> _problems = [];
    private long _bytes;

    /// <summary>Verifies trees, and all packs.</summary>
    /// <param name="roots">Trees, with the names under which problems in them are told.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StorageException">The folder of objects can't be read.</exception>
    public VerifyReport Verify(IEnumerable<(string Name, ObjectId Tree)> roots, CancellationToken cancellationToken)
    {
        VerifyTrees(roots, cancellationToken);
        foreach (var path in store.Folder.List())
        {
            cancellationToken.ThrowIfCancellationRequested();
            Try(path, () => PackFile.IsIntact(path) ? true : throw ObjectErrors.Corrupt(path, "its bytes are not those that were written"));
        }

        return new VerifyReport(_sound.Count, _bytes, [.. _problems]);
    }

    /// <summary>Verifies what one tree has and another one has not.</summary>
    /// <param name="name">The name under which problems are told.</param>
    /// <param name="tree">The tree.</param>
    /// <param name="known">A tree of which everything is known to be at hand; null for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public VerifyReport VerifyTree(string name, ObjectId tree, ObjectId? known, CancellationToken cancellationToken)
    {
        Begin();
        VerifyFolder(name, tree, cancellationToken, known);
        return new VerifyReport(_sound.Count, _bytes, [.. _problems]);
    }

    /// <summary>Verifies trees: reads everything in them from the disk.</summary>
    /// <inheritdoc cref="Verify"/>
    public VerifyReport VerifyTrees(IEnumerable<(string Name, ObjectId Tree)> roots, CancellationToken cancellationToken)
    {
        Begin();
        foreach (var (name, tree) in roots) VerifyFolder(name, tree, cancellationToken);
        return new VerifyReport(_sound.Count, _bytes, [.. _problems]);
    }

    private void Begin()
    {
        store.Catalog.Refresh();
        store.Reader.ForgetBlocks();
        _sound.Clear();
        _problems.Clear();
        _bytes = 0;
    }

    private bool VerifyFolder(string path, ObjectId id, CancellationToken cancellationToken, ObjectId? known = null)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_sound.Contains(id) || id == known) return true;
        IReadOnlyList<TreeEntry> entries = [];
        if (!Try(path, () => (entries = store.ReadTree(id)) is not null)) return false;
        var there = Names(known);
        var isSound = true;
        foreach (var entry in entries)
        {
            var below = $"{path}/{entry.Name}";
            var same = there.GetValueOrDefault(entry.Name);
            if (same is not null && same.Id == entry.Id) continue;
            isSound &= entry.Kind == TreeEntryKind.Folder
                ? VerifyFolder(below, entry.Id, cancellationToken, same is { Kind: TreeEntryKind.Folder } ? same.Id : null)
                : VerifyFile(below, entry, cancellationToken);
        }

        if (isSound) _sound.Add(id);
        return isSound;
    }

    // What can't be read is not known to be at hand.
    private Dictionary<string, TreeEntry> Names(ObjectId? known)
    {
        try
        {
            return known is { } tree ? store.ReadTree(tree).ToDictionary(entry => entry.Name, StringComparer.Ordinal) : [];
        }
        catch (SkillMeatException e) when (e.ErrorId is ErrorIds.ObjectCorrupt or ErrorIds.ObjectMissing)
        {
            return [];
        }
    }

    private bool VerifyFile(string path, TreeEntry entry, CancellationToken cancellationToken)
    {
        if (_sound.Contains(entry.Id)) return true;
        var isSound = Try(path, () =>
        {
            using var stream = store.OpenBlob(entry.Id);
            if (stream.Length != entry.Size) throw new DataFileException(ErrorIds.ObjectCorrupt, store.Folder.Path, 0, 0, $"the object {entry.Id} has not the length that its folder says");
            for (var piece = stream.ReadPiece(); !piece.IsEmpty; piece = stream.ReadPiece())
            {
                cancellationToken.ThrowIfCancellationRequested();
                _bytes += piece.Length;
            }

            return true;
        });
        if (isSound) _sound.Add(entry.Id);
        return isSound;
    }

    private bool Try(string path, Func<bool> read)
    {
        try
        {
            return read();
        }
        catch (SkillMeatException e)
        {
            _problems.Add(new ObjectProblem(path, e.ErrorId, e.Message));
            return false;
        }
    }
}
