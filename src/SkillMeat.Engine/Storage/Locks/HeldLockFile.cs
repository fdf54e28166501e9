namespace SkillMeat.Storage.Locks;

/// <summary>A lock that this process holds until it is disposed or the process ends.</summary>
/// <param name="name">The name of the lock.</param>
/// <param name="file">The open lock file.</param>
/// <param name="isAnnounced">Whether other processes can read the holder.</param>
internal sealed class HeldLockFile(LockName name, FileStream file, bool isAnnounced) : IDisposable
{
    public LockName Name { get; } = name;

    public bool IsAnnounced { get; } = isAnnounced;

    public void Dispose() => file.Dispose();
}
