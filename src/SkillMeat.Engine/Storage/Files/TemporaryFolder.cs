namespace SkillMeat.Storage.Files;

/// <summary>A folder of this process alone, gone with all that is in it when it is disposed of.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private const int MostTries = 6;

    private readonly Action<string> _report;

    /// <param name="parent">The folder for temporary files.</param>
    /// <param name="report">Told, in a line, when it can't be removed.</param>
    public TemporaryFolder(string parent, Action<string> report)
    {
        _report = report;
        Path = System.IO.Path.Combine(parent, $"skm-fetch-{System.IO.Path.GetRandomFileName()}");
        // Somebody else's eyes have no business in a private repository.
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(Path);
        else Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Path { get; }

    public void Dispose()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Delete();
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                if (attempt == MostTries)
                {
                    _report($"{Path} can't be removed: {e.Message}");
                    return;
                }

                // A program that was ended a moment ago may still hold a file.
                Thread.Sleep(10 << attempt);
            }
        }
    }

    private void Delete()
    {
        var folder = new DirectoryInfo(Path);
        if (!folder.Exists) return;
        // git writes its objects read-only, and Windows does not remove such files.
        if (OperatingSystem.IsWindows())
        {
            foreach (var file in folder.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.IsReadOnly)) file.IsReadOnly = false;
        }

        folder.Delete(recursive: true);
    }
}
