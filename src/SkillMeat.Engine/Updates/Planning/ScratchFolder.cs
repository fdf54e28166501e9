namespace SkillMeat.Updates.Planning;

/// <summary>A temporary folder for what a dry run fetches: a home is not written to by asking what would happen.</summary>
internal sealed class ScratchFolder : IDisposable
{
    /// <summary>Its full path; only this user may look into it.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("skm-plan-").FullName;

    public void Dispose()
    {
        if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
    }
}
