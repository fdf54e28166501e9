using SkillMeat.Errors;
using SkillMeat.Objects.Packs;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Objects.Maintenance;

/// <summary>Verifies everything that some roots need by reading it from the disk, and optionally all packs. Removes nothing. Not thread-safe.</summary>
internal sealed class ObjectVerifier(ObjectStore store)
{
    private readonly HashSet<ObjectId> _sound = [];
    private readonly List<ObjectProblem> _problems = [];
    private long _bytes;

    /// <summary>Verifies trees, and all packs.</summary>
    /// <param name="roots">The trees, with the names that problems in them are reported under.</param>
    /// <param name="cancellationToken">Cancels the verification.</param>
    /// <exception cref="StorageException">The folder of objects cannot be read.</exception>
    public VerifyReport Verify(IEnumerable<(string Name, ObjectId Tree)> roots, CancellationToken cancellationToken)
    {
        VerifyTrees(roots, cancellationToken);
        foreach (var path in store.Folder.List())
        {
            cancellationToken.ThrowIfCancellationRequested();
            Try(path, () => PackFile.IsIntact(path) ? true : throw ObjectErrors.Corrupt(path, "its checksum does not match"));
        }

        return new VerifyReport(_sound.Count, _bytes, [.. _problems]);
    }

    /// <summary>Verifies the parts of a tree that are not in another one.</summary>
    /// <param name="name">The name that problems are reported under.</param>
    /// <param name="tree">The tree.</param>
    /// <param name="known">A tree that is known to be complete elsewhere, or null.</param>
    /// <param name="cancellationToken">Cancels the verification.</param>
    public VerifyReport VerifyTree(string name, ObjectId tree, ObjectId? known, CancellationToken cancellationToken)
    {
        Begin();
        VerifyFolder(name, tree, cancellationToken, known);
        return new VerifyReport(_sound.Count, _bytes, [.. _problems]);
    }

    /// <summary>Verifies trees by reading everything in them from the disk.</summary>
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

    private bool VerifyFolder(string path, ObjectId id, CancellationToken cancellationToken, ObjectId? known = null, int depth = 0)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_sound.Contains(id) || id == known) return true;
        IReadOnlyList<TreeEntry> entries = [];
        if (!Try(path, () => (entries = ReadTree(id, depth)) is not null)) return false;
        var there = Names(known);
        var isSound = true;
        foreach (var entry in entries)
        {
            var below = $"{path}/{entry.Name}";
            var same = there.GetValueOrDefault(entry.Name);
            if (same is not null && same.Id == entry.Id) continue;
            isSound &= entry.Kind == TreeEntryKind.Folder
                ? VerifyFolder(below, entry.Id, cancellationToken, same is { Kind: TreeEntryKind.Folder } ? same.Id : null, depth + 1)
                : VerifyFile(below, entry, cancellationToken);
        }

        if (isSound) _sound.Add(id);
        return isSound;
    }

    private IReadOnlyList<TreeEntry> ReadTree(ObjectId id, int depth)
    {
        TreeLimits.Check(store.Folder.Path, id, depth);
        return store.ReadTree(id);
    }

    // An unreadable tree is not known to be complete.
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
            if (entry.IsLink && stream.Length > TreeLimits.LinkTarget) throw ObjectErrors.Corrupt(store.Folder.Path, $"the object {entry.Id} is too long for the target of a link");
            if (stream.Length != entry.Size) throw new DataFileException(ErrorIds.ObjectCorrupt, store.Folder.Path, 0, 0, $"the object {entry.Id} does not have the length in its folder");
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
