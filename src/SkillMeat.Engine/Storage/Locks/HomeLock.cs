using SkillMeat.Storage.Files;

namespace SkillMeat.Storage.Locks;

/// <summary>
/// Locks of a home that are held together. They exclude other processes and threads. Dispose releases them. Only one transaction commits under them at a time; everything else is
/// thread-safe.
/// </summary>
internal sealed class HomeLock : IDisposable
{
    private readonly List<HeldLockFile> _files;

    public HomeLock(IEnumerable<HeldLockFile> files)
    {
        _files = [.. files];
    }

    /// <summary>The names of the locks, in the order in which they were taken.</summary>
    public IReadOnlyList<LockName> Names => [.. _files.Select(file => file.Name)];

    /// <summary>The locked folders outside of the home.</summary>
    public IReadOnlyList<FolderLock> Folders { get; private set; } = [];

    /// <summary>A warning for each file in them that only looks like a consent, and was ignored.</summary>
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    public bool IsReleased { get; private set; }

    /// <summary>Whether a transaction left a journal, which must be settled before the next one begins.</summary>
    public bool LeftJournal { get; set; }

    /// <summary>Prevents two threads from committing under the same lock at the same time.</summary>
    public object Gate { get; } = new();

    public bool Covers(IEnumerable<LockName> names) => names.All(Has);

    public bool Has(LockName name) => HasStem(name.Stem);

    public bool HasStem(string stem) => _files.Exists(file => string.Equals(file.Name.Stem, stem, StringComparison.Ordinal));

    /// <summary>Adds the locks of folders outside of the home, which are released with these.</summary>
    public void Add(IReadOnlyList<FolderLock> folders) => Folders = [.. Folders, .. folders];

    public void Warn(string warning) => Warnings = [.. Warnings, warning];

    public bool HasFolder(string folder) => Folders.Any(one => PathEquality.Comparer.Equals(one.Folder, folder));

    /// <summary>Releases all other locks, which were only needed for a recovery.</summary>
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
        foreach (var folder in Folders.Reverse()) folder.Dispose();
        _files.ForEach(file => file.Dispose());
    }
}
