using SkillMeat.Storage;

namespace SkillMeat.Tests.Storage;

/// <summary>Records every step and lets a test act before it.</summary>
internal sealed class Faults(Action<int, StorageStep, string>? before = null) : IStorageFaults
{
    public List<(StorageStep Step, string Path)> Steps { get; } = [];

    public static IOException DiskFull => new("No space left on device", 28);

    public static IOException ReadOnly => new("Read-only file system", 30);

    /// <summary>Another program has the file open.</summary>
    public static IOException InUse => OperatingSystem.IsWindows() ? new("The process cannot access the file.", unchecked((int)0x80070020)) : new("Resource temporarily unavailable", 11);

    public static UnauthorizedAccessException Denied => new("Access to the path is denied.");

    public void Before(StorageStep step, string path)
    {
        // Many folders are deleted in parallel.
        lock (Steps)
        {
            Steps.Add((step, path));
            before?.Invoke(Steps.Count, step, path);
        }
    }
}
