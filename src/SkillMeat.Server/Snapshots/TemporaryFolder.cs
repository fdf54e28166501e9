namespace SkillMeat.Server.Snapshots;

/// <summary>A folder that only this user can read, which is deleted when this is disposed.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("skm-");

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose()
    {
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The system removes temporary files in the end.
        }
    }
}
