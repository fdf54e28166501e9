namespace SkillMeat.Tests.Recovery;

/// <summary>Makes temporary folders for what is tried hundreds of times.</summary>
internal static class TryFolder
{
    private const string InMemory = "/dev/shm";

    /// <summary>Makes one, in memory where the system has such a place: to flush costs nothing there, and the death of a process loses nothing of what was written.</summary>
    public static string Create(string prefix)
    {
        if (!Directory.Exists(InMemory)) return Directory.CreateTempSubdirectory(prefix).FullName;
        return Directory.CreateDirectory(Path.Combine(InMemory, $"{prefix}{Guid.NewGuid():N}")).FullName;
    }
}
