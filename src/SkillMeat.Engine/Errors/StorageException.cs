namespace SkillMeat.Errors;

/// <summary>A file operation failed: disk full, no permission, a read-only volume, a file in use. Nothing was changed unless the message says so.</summary>
public sealed class StorageException : SkillMeatException
{
    /// <summary>Creates an error that names the path of the failed operation.</summary>
    /// <param name="errorId"><see cref="ErrorIds.StorageFailed"/>, <see cref="ErrorIds.RecoveryPending"/>, <see cref="ErrorIds.ObjectMissing"/> or <see cref="ErrorIds.ConcurrentChange"/>.</param>
    /// <param name="path">The full path of the file or folder.</param>
    /// <param name="message">One line that names the path and says what to do next.</param>
    /// <param name="innerException">The error of the file system, or null.</param>
    public StorageException(string errorId, string path, string message, Exception? innerException = null)
        : base(errorId, message, innerException)
    {
        Path = path;
    }

    /// <summary>The full path of the file or folder that could not be read or written.</summary>
    public string Path { get; }

    /// <summary>The snapshots that bring back what a failed change, restore or rollback may have left half done. Empty if none is needed, or none was taken.</summary>
    public IReadOnlyList<WayBack> WaysBack { get; init; } = [];
}
