namespace SkillMeat.Storage.Files;

/// <summary>A private temporary folder, which is deleted when it is disposed.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private const int MaxAttempts = 6;

    private readonly Action<string> _report;

    /// <param name="parent">The folder to create it in.</param>
    /// <param name="report">Called with a message if it cannot be deleted.</param>
    public TemporaryFolder(string parent, Action<string> report)
    {
        _report = report;
        // Nobody may foresee a name in a folder that everybody can write to.
#pragma warning disable RS0030
        Path = System.IO.Path.Combine(parent, $"skm-fetch-{System.IO.Path.GetRandomFileName()}");
#pragma warning restore RS0030
        // Private repositories must not be readable for other users.
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
                if (attempt == MaxAttempts)
                {
                    _report($"cannot delete {Path}: {e.Message}");
                    return;
                }

                // A program that just ended may still hold a file.
                Thread.Sleep(10 << attempt);
            }
        }
    }

    private void Delete()
    {
        var folder = new DirectoryInfo(Path);
        if (!folder.Exists) return;
        // git writes its objects read-only, and Windows does not delete read-only files.
        if (OperatingSystem.IsWindows())
        {
            foreach (var file in folder.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.IsReadOnly)) file.IsReadOnly = false;
        }

        folder.Delete(recursive: true);
    }
}
