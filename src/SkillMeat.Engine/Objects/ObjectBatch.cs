using System.Runtime.ExceptionServices;
using SkillMeat.Errors;
using SkillMeat.Objects.Packs;

namespace SkillMeat.Objects;

/// <summary>
/// Collects the objects of any number of writers in one pack, which becomes visible when <see cref="Commit"/> returns. If it is disposed before, nothing was added.
/// </summary>
/// <remarks>Its writers can work at the same time. <see cref="Commit"/> and <see cref="Dispose"/> must not run beside them.</remarks>
internal sealed class ObjectBatch : IDisposable
{
    private readonly object _gate = new();
    private readonly PackWriter _packs;
    private readonly HashSet<ObjectId> _added = [];
    private ExceptionDispatchInfo? _failure;
    private bool _isCommitted;

    /// <summary>Creates a batch for <see cref="ObjectStore.BeginBatch"/>.</summary>
    public ObjectBatch(ObjectStore store)
    {
        Store = store;
        _packs = new PackWriter(store.Folder, store.Disk);
    }

    /// <summary>The store that receives the objects.</summary>
    public ObjectStore Store { get; }

    /// <summary>The size of the finished packs in bytes. Complete after <see cref="Commit"/>.</summary>
    public long BytesWritten => _packs.BytesWritten;

    /// <summary>Whether an error broke the batch, so that nothing can be added any more.</summary>
    public bool IsBroken => _packs.IsBroken;

    /// <summary>Begins to add objects to the batch.</summary>
    public ObjectWriter BeginWrite() => new(this);

    /// <summary>Whether one of the writers added an object that was not stored.</summary>
    public bool HasAdded(ObjectId id)
    {
        lock (_gate) return _added.Contains(id);
    }

    /// <summary>Adds an object, unless it is there already.</summary>
    /// <returns>Whether it is new.</returns>
    /// <exception cref="StorageException">A file operation failed, now or for another writer.</exception>
    public bool Add(ObjectId id, ObjectKind kind, ReadOnlySpan<byte> content)
    {
        lock (_gate)
        {
            if (_isCommitted) throw new InvalidOperationException("it is committed already");
            _failure?.Throw();
            if (Store.Catalog.TryFind(id, out _) || !_added.Add(id)) return false;
            try
            {
                _packs.Add(id, kind, content);
            }
            catch (StorageException e)
            {
                _failure = ExceptionDispatchInfo.Capture(e);
                throw;
            }

            return true;
        }
    }

    /// <summary>Makes all added objects durable and visible.</summary>
    /// <exception cref="StorageException">A file operation failed. No existing object is lost, and no partial object becomes visible.</exception>
    public void Commit()
    {
        if (_isCommitted) throw new InvalidOperationException("it is committed already");
        _failure?.Throw();
        var packs = _packs.Complete();
        _isCommitted = true;
        if (packs.Count == 0) return;
        Store.Catalog.Add(packs);
        Store.Catalog.SaveCacheIfWorthwhile();
        // The catalog has them now.
        lock (_gate)
        {
            _added.Clear();
            _added.TrimExcess();
        }
    }

    /// <summary>Discards what was not committed.</summary>
    public void Dispose() => _packs.Dispose();
}
