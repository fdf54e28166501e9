namespace SkillMeat.Errors;

/// <summary>The file system refused something: disk full, no permission, a read-only volume, a file in use. Nothing was changed unless the message says so.</summary>
public sealed class StorageException : SkillMeatException
{
    /// <summary>Makes an error that names the path that could not be read or written.</summary>
    /// <param name="errorId"><see cref="ErrorIds.StorageFailed"/>, <see cref="ErrorIds.RecoveryPending"/>, <see cref="ErrorIds.ObjectMissing"/> or <see cref="ErrorIds.ConcurrentChange"/>.</param>
    /// <param name="path">The full path of the file or folder.</param>
    /// <param name="message">One line that names the path and what helps.</param>
    /// <param name="innerException">What the file system said.</param>
    public StorageException(string errorId, string path, string message, Exception? innerException = null)
        : base(errorId, message, innerException)
    {
        Path = path;
    }

    /// <summary>The full path of the file or folder that could not be read or written.</summary>
    public string Path { get; }
}
