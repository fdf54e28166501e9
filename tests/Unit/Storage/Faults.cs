using SkillMeat.Storage;

namespace SkillMeat.Tests.Storage;

/// <summary>Writes down every step and lets a test act before any of them.</summary>
internal sealed class Faults(Action<int, StorageStep, string>? before = null) : IStorageFaults
{
    public List<(StorageStep Step, string Path)> Steps { get; } = [];

    public static IOException DiskFull => new("No space left on device", 28);

    public static IOException ReadOnly => new("Read-only file system", 30);

    public static UnauthorizedAccessException Denied => new("Access to the path is denied.");

    /// <summary>Another program has the file open and shares it with nobody.</summary>
    public static IOException InUse => new("The process cannot access the file because it is being used by another process.", OperatingSystem.IsWindows() ? unchecked((int)0x80070020) : OperatingSystem.IsMacOS() ? 35 : 11);

    public void Before(StorageStep step, string path)
    {
        Steps.Add((step, path));
        before?.Invoke(Steps.Count, step, path);
    }
}
