namespace SkillMeat.Tests.Recovery;

/// <summary>Makes temporary folders for tests that are repeated hundreds of times.</summary>
internal static class TryFolder
{
    private const string InMemory = "/dev/shm";

    /// <summary>Makes a folder, in memory if the system has such a place: flushing is free there, and the death of a process loses no written data.</summary>
    public static string Create(string prefix)
    {
        if (!Directory.Exists(InMemory)) return Directory.CreateTempSubdirectory(prefix).FullName;
        return Directory.CreateDirectory(Path.Combine(InMemory, $"{prefix}{Guid.NewGuid():N}")).FullName;
    }
}
