using System.Text;
using SkillMeat.Tests.CrashHost;

namespace SkillMeat.Tests.Storage;

/// <summary>A home of its own for one test, deleted afterwards.</summary>
internal sealed class TempHome : IDisposable
{
    public TempHome()
    {
        Path = Directory.CreateTempSubdirectory("skm-storage-").FullName;
    }

    public string Path { get; private set; }

    public static TempHome WithScenario()
    {
        var home = new TempHome();
        Scenario.Prepare(home.Path);
        return home;
    }

    public string At(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public void MoveTo(string path)
    {
        Directory.Move(Path, path);
        Path = path;
    }

    /// <summary>Returns everything in the home except the lock files: kind, path, permissions, content.</summary>
    public string Tree()
    {
        var text = new StringBuilder();
        foreach (var item in new DirectoryInfo(Path).EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .OrderBy(item => item.FullName, StringComparer.Ordinal))
        {
            var name = System.IO.Path.GetRelativePath(Path, item.FullName).Replace('\\', '/');
            if (name.Split('/').Contains("locks")) continue;
            if (item.LinkTarget is { } target) text.AppendLine($"link {name} -> {target}");
            else if (item is DirectoryInfo) text.AppendLine($"folder {name}");
            else text.AppendLine($"file {name} {(OperatingSystem.IsWindows() ? "" : item.UnixFileMode)}: {File.ReadAllText(item.FullName)}");
        }

        return text.ToString();
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
