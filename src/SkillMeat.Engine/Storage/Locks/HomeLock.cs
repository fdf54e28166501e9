namespace SkillMeat.Storage.Locks;

/// <summary>
/// Locks of one home, held together: between processes and inside one. Dispose releases them. One transaction commits under it at a time; everything else may be
/// called from any thread.
/// </summary>
internal sealed class HomeLock : IDisposable
{
    private readonly List<HeldLockFile> _files;

    public HomeLock(IEnumerable<HeldLockFile> files)
    {
        _files = [.. files];
    }

    /// <summary>What is locked, in the order in which it was taken.</summary>
    public IReadOnlyList<LockName> Names => [.. _files.Select(file => file.Name)];

    public bool IsReleased { get; private set; }

    /// <summary>A transaction under this lock left a journal behind, which must be finished before the next one begins.</summary>
    public bool LeftJournal { get; set; }

    /// <summary>Keeps two threads from committing under the same lock at once.</summary>
    public object Gate { get; } = new();

    public bool Covers(IEnumerable<LockName> names) => names.All(Has);

    public bool Has(LockName name) => HasStem(name.Stem);

    public bool HasStem(string stem) => _files.Exists(file => string.Equals(file.Name.Stem, stem, StringComparison.Ordinal));

    /// <summary>Releases those that were only needed for a recovery.</summary>
    public void KeepOnly(IReadOnlyList<LockName> names)
    {
        foreach (var file in _files.Where(file => !names.Any(name => name.Stem == file.Name.Stem)).ToList())
        {
            file.Dispose();
            _files.Remove(file);
        }
    }

    public void Dispose()
    {
        IsReleased = true;
        _files.ForEach(file => file.Dispose());
    }
}
