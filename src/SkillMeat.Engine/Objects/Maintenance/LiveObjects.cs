using SkillMeat.Errors;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Objects.Maintenance;

/// <summary>Finds all objects that some roots need. Reads no files, only the chunk lists of large ones.</summary>
internal sealed class LiveObjects(ObjectStore store, CancellationToken cancellationToken)
{
    private readonly HashSet<ObjectId> _ids = [];

    public IReadOnlySet<ObjectId> Ids => _ids;

    /// <summary>Adds a file or folder and everything in it.</summary>
    /// <exception cref="DataFileException"><see cref="ErrorIds.ObjectCorrupt"/>: the objects that it needs cannot be determined.</exception>
    /// <exception cref="StorageException"><see cref="ErrorIds.ObjectMissing"/>: the objects that it needs cannot be determined.</exception>
    public void Add(ObjectId id) => Add(id, depth: 0);

    private void Add(ObjectId id, int depth)
    {
        TreeLimits.Check(store.Folder.Path, id, depth);
        cancellationToken.ThrowIfCancellationRequested();
        if (!_ids.Add(id)) return;
        if (!store.Catalog.TryFind(id, out var location)) throw ObjectErrors.Missing(store.Folder.Path, id);
        switch (location.Kind)
        {
            case ObjectKind.Tree:
                AddTree(store.Reader.ReadTreeNode(id), depth);
                break;
            case ObjectKind.ChunkedBlob or ObjectKind.ChunkList:
                byte[] buffer = [];
                foreach (var item in ObjectReader.ReadChunkNode(id, store.Reader.Read(id, ref buffer)).Items) Add(item.Id, depth + 1);
                break;
        }
    }

    /// <summary>Adds a file or folder and everything in it, if it is complete.</summary>
    /// <returns>False if something is missing or damaged. Nothing was added then.</returns>
    public bool TryAdd(ObjectId id)
    {
        var alone = new LiveObjects(store, cancellationToken);
        try
        {
            alone.Add(id);
        }
        catch (SkillMeatException e) when (e.ErrorId is ErrorIds.ObjectMissing or ErrorIds.ObjectCorrupt)
        {
            return false;
        }

        _ids.UnionWith(alone._ids);
        return true;
    }

    private void AddTree(TreeNode node, int depth)
    {
        foreach (var child in node.Children) Add(child.Id, depth + 1);
        foreach (var entry in node.Entries) Add(entry.Id, depth + 1);
    }
}
