using System.Security.Cryptography;
using SkillMeat.Baselines;
using SkillMeat.Snapshots;

namespace SkillMeat.Tests.Recovery;

/// <summary>A home as text, without the parts that are not its state: stored objects, locks, caches, and what running services keep.</summary>
internal static class HomeState
{
    private static readonly string[] _noState = ["objects", "locks", "cache", "service"];

    /// <summary>Path, kind, permissions and bytes of everything, in order.</summary>
    public static string Read(string home)
    {
        var lines = new List<string>();
        Add(lines, new DirectoryInfo(home), "");
        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }

    /// <summary>Returns the lines in which two homes differ, for the message of a test.</summary>
    public static string Difference(string one, string other)
    {
        var (ones, others) = (one.Split('\n'), other.Split('\n'));
        return string.Join('\n', ones.Except(others).Select(line => "- " + line).Concat(others.Except(ones).Select(line => "+ " + line)));
    }

    private static void Add(List<string> lines, DirectoryInfo folder, string prefix)
    {
        foreach (var item in folder.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0 }))
        {
            var path = prefix + item.Name;
            if (_noState.Contains(path)) continue;
            if (item.LinkTarget is { } target)
            {
                lines.Add($"{path} -> {target}");
                continue;
            }

            var bytes = item is DirectoryInfo ? [] : File.ReadAllBytes(item.FullName);
            if (item.Name.EndsWith("snapshot.json", StringComparison.Ordinal))
            {
                // The size on disk depends on the objects that were stored before, for example by a failed attempt.
                lines.Add($"{path} {TreeSnapshotFormat.Read(bytes, path) with { AddedBytes = 0 }}");
                continue;
            }

            // A folder of a project that a test makes again is another one.
            if (prefix == KeptContentList.FolderName + "/") bytes = KeptContentList.Parse(bytes, path, project: "").WithFolder(null).ToBytes();
            var mode = OperatingSystem.IsWindows() ? "" : $"{(int)item.UnixFileMode:x3}";
            lines.Add(item is DirectoryInfo ? $"{path}/ {mode}" : $"{path} {mode} {Convert.ToHexString(SHA256.HashData(bytes))}");
            if (item is DirectoryInfo inner) Add(lines, inner, path + "/");
        }
    }
}
