using SkillMeat.Errors;
using SkillMeat.Objects.Scanning;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;

namespace SkillMeat.Artifacts.Judging;

/// <summary>Judges artifacts before they are published: everything that is wrong in a folder or repository, against the Agent Skills specification and what Claude Code loads.</summary>
/// <remarks>Thread-safe. Only regular files are opened, and links to folders are not followed.</remarks>
public static class ArtifactJudge
{
    private const int MostFiles = 200_000;
    private const int LongestText = 1024 * 1024;

    /// <summary>Judges all artifacts at and below a path.</summary>
    /// <param name="path">A folder, or a file of an artifact.</param>
    /// <param name="shown">The path as the caller wrote it, with which the paths of the problems begin.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The problems in the order of their paths and lines; empty if there are none.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: the path does not exist, or has more files than any repository of artifacts.</exception>
    /// <exception cref="StorageException">A folder cannot be read.</exception>
    public static IReadOnlyList<ArtifactProblem> Judge(string path, string shown, CancellationToken cancellationToken = default)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (!Path.Exists(full)) throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{shown}' does not exist.");
        var isFile = File.Exists(full);
        var isManifest = isFile && Path.GetFileName(full).Equals("SKILL.md", StringComparison.OrdinalIgnoreCase);
        var root = isFile ? Path.GetDirectoryName(full)! : full;
        var prefix = shown.Replace('\\', '/').TrimEnd('/');
        if (isFile) prefix = prefix.LastIndexOf('/') is var slash and >= 0 ? prefix[..slash] : "";
        using var stamps = new StampReader(root);
        var files = isFile && !isManifest ? [Path.GetFileName(full)] : ListFiles(root, stamps, cancellationToken);
        var judgement = new Judgement(root, prefix, file => Read(root, file, stamps));
        judgement.Run(files);
        return judgement.Problems.OrderBy(problem => problem.Path, StringComparer.Ordinal).ThenBy(problem => problem.Line ?? 0).ToList();
    }

    private static List<string> ListFiles(string root, StampReader stamps, CancellationToken cancellationToken)
    {
        var files = new List<string>();
        var folders = new Stack<string>([""]);
        while (folders.TryPop(out var folder))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var full = Path.Combine(root, folder);
            foreach (var name in StorageGuard.Run("read", full, () => new DirectoryInfo(full).EnumerateFileSystemInfos().Select(entry => entry.Name).ToList()))
            {
                var path = folder.Length == 0 ? name : $"{folder}/{name}";
                if (name is ".git" or "node_modules" or "__pycache__" or ".venv" or "venv" || !stamps.TryRead(path, out var stamp)) continue;
                if (stamp.Type == FileType.Folder) folders.Push(path);
                else if (stamp.Type is FileType.File or FileType.Link) files.Add(path);
                if (files.Count > MostFiles) throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{root}' has more than {MostFiles} files. Name a folder in it.");
            }
        }

        files.Sort(StringComparer.Ordinal);
        return files;
    }

    // Null for a link or anything else that is no file, and for one that cannot be read.
    private static byte[]? Read(string root, string file, StampReader stamps)
    {
        if (!stamps.TryRead(file, out var stamp) || stamp.Type != FileType.File) return null;
        var full = Path.Combine(root, file);
        return StorageGuard.Run("read", full, () =>
        {
            using var stream = RegularFile.OpenRead(full);
            var bytes = new byte[Math.Min(stream.Length, LongestText)];
            stream.ReadExactly(bytes);
            return bytes;
        });
    }
}
