using System.Globalization;
using System.Security.Cryptography;

namespace SkillMeat.Tests.Support;

/// <summary>A folder as text, one line for each entry, so that two states can be compared and a difference is readable.</summary>
public static class FileTree
{
    /// <summary>Returns path, kind, permissions, time of the last change to the tick, and the hash of the bytes. A file that was created and deleted changes the time of its folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="except">Folders in it to leave out, with <c>/</c>; the time of their parent folder does not count either.</param>
    public static string Describe(string folder, IReadOnlyList<string>? except = null)
    {
        var lines = new List<string>();
        Add(lines, new DirectoryInfo(folder), "", except ?? []);
        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }

    private static void Add(List<string> lines, DirectoryInfo folder, string path, IReadOnlyList<string> except)
    {
        var prefix = path.Length == 0 ? "" : path + "/";
        var isPartial = except.Any(e => e.StartsWith(prefix, StringComparison.Ordinal) && !e[prefix.Length..].Contains('/', StringComparison.Ordinal));
        lines.Add($"{path}/ {Mode(folder)} {(isPartial ? "" : Time(folder))}");
        foreach (var item in folder.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0 }))
        {
            var name = prefix + item.Name;
            if (except.Contains(name)) continue;
            if (item.LinkTarget is { } target) lines.Add($"{name} -> {target}");
            else if (item is DirectoryInfo inner) Add(lines, inner, name, except);
            else lines.Add($"{name} {Mode(item)} {Time(item)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(item.FullName)))}");
        }
    }

    private static string Mode(FileSystemInfo item) => OperatingSystem.IsWindows() ? item.Attributes.ToString() : item.UnixFileMode.ToString();

    private static string Time(FileSystemInfo item) => item.LastWriteTimeUtc.Ticks.ToString(CultureInfo.InvariantCulture);
}
