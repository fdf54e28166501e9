using System.IO.Enumeration;
using SkillMeat.Errors;
using SkillMeat.Objects.Scanning;
using SkillMeat.Storage;

namespace SkillMeat.Upstream.Contents;

/// <summary>
/// Visits the files at a path of a folder that are copied into a collection. Links are followed within the repository around the folder; devices, pipes and sockets are never opened. Not thread-safe.
/// </summary>
/// <param name="place">The folder and its repository.</param>
/// <param name="stamps">Reads the type and stamp of a path in the repository.</param>
/// <param name="cancellationToken">Cancels the walk.</param>
internal sealed class FolderWalk(FolderPlace place, StampReader stamps, CancellationToken cancellationToken)
{
    private const int MostVisits = 100_000;
    private const int MostNamed = 5;

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    private readonly OmittedLinks _badLinks = new();
    private readonly List<string> _made = [];
    private int _visits;

    /// <summary>The parts that were left out, one sentence each.</summary>
    public IReadOnlyList<string> Warnings => _made.Count == 0 ? _badLinks.Warnings
        : [.. _badLinks.Warnings, $"Left out, because tools make it: {string.Join(", ", _made.Take(MostNamed))}{(_made.Count > MostNamed ? $" and {_made.Count - MostNamed} more" : "")}."];

    /// <summary>Visits the files at and below a path.</summary>
    /// <param name="path">The path in the folder.</param>
    /// <param name="visit">Called with each file: the parts of its path below <paramref name="path"/>, its place in the repository, and its stamp.</param>
    /// <param name="refuse">Called with a path below <paramref name="path"/> that makes the whole unusable, and the reason.</param>
    /// <exception cref="StorageException">The folder cannot be read, or is changing.</exception>
    public void Run(string path, Action<string[], string, FileStamp> visit, Action<string, string> refuse)
    {
        var start = LinkPath.Join(place.Prefix, path);
        if (IsReachable(start, refuse)) Add(start, [], [start], visit, refuse);
    }

    // A link in the path could point outside of the folder. The user may have made the folder itself a link on purpose.
    private bool IsReachable(string path, Action<string, string> refuse)
    {
        for (var end = path.IndexOf('/', Math.Min(path.Length, place.Prefix.Length + 1)); end >= 0; end = path.IndexOf('/', end + 1))
        {
            if (!stamps.TryRead(path[..end], out var stamp)) return false;
            if (stamp.Type == FileType.Link) refuse("", $"is reached through the link '{place.Below(path[..end])}'; use the target of the link instead");
            if (stamp.Type != FileType.Folder) return false;
        }

        return true;
    }

    private void Add(string path, string[] below, IReadOnlyList<string> chain, Action<string[], string, FileStamp> visit, Action<string, string> refuse)
    {
        Count(chain);
        if (!TryRead(path, out var stamp))
        {
            // If a listed name cannot be found again, it contained bytes that are not valid Unicode.
            if (below.Length > 0 && path.Contains('\uFFFD', StringComparison.Ordinal)) refuse(string.Join('/', below), "has a name that is not valid Unicode");
            else if (below.Length > 0) throw place.Changing(path);
            return;
        }

        switch (stamp.Type)
        {
            case FileType.Folder:
                foreach (var name in Names(path, below)) Add(LinkPath.Join(path, name), [.. below, name], chain, visit, refuse);
                // A file that was moved to where its new place had been listed would be missing in both.
                if (!TryRead(path, out var after) || after != stamp) throw place.Changing(path);
                break;
            case FileType.Link:
                Follow(path, below, chain, visit, refuse);
                break;
            case FileType.File:
                visit(below, path, stamp);
                break;
            default:
                throw new StorageException(ErrorIds.StorageFailed, place.FullPath(path), $"cannot read {place.FullPath(path)}: it is a device, a pipe or a socket");
        }
    }

    // Every step counts, because a few links to folders with links lead to the same folders more often than can be counted.
    private void Count(IReadOnlyList<string> chain)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (++_visits > MostVisits) throw new SkillMeatException(ErrorIds.ArtifactInvalid, $"{place.FullPath(chain[0])} has more than {MostVisits} files and folders, with those that its links lead to.");
    }

    private void Follow(string path, string[] below, IReadOnlyList<string> chain, Action<string[], string, FileStamp> visit, Action<string, string> refuse)
    {
        var target = TargetOf(path);
        var next = Resolve(path, target, chain, out var isOutside);
        // A folder that contains the link would contain itself.
        var problem = isOutside ? "outside of the repository"
            : next is null ? "not in the repository"
            : chain.Count > LinkPath.MostLinks || chain.Contains(next) || LinkPath.IsIn(path, next) ? "a folder that contains it"
            : null;
        if (problem is null) Add(next!, below, [.. chain, next!], visit, refuse);
        else if (below.Length == 0) refuse("", $"is a link to '{target}', which is {problem}");
        else _badLinks.Add($"'{place.Below(path)}' is a link to '{ContentTree.Readable(target)}', which is {problem}, and was left out.");
    }

    /// <summary>Returns the file or folder that a link leads to, by way of other links where needed; null if it does not exist.</summary>
    private string? Resolve(string path, string target, IReadOnlyList<string> chain, out bool isOutside)
    {
        var next = LinkPath.Resolve(path, target);
        isOutside = next is null;
        for (var links = 0; next is not null && links < LinkPath.MostLinks; links++)
        {
            Count(chain);
            if (FirstLink(next) is not { } link) return stamps.TryRead(next, out _) ? next : null;
            next = LinkPath.Resolve(link, TargetOf(link), next[link.Length..].TrimStart('/'));
            isOutside = next is null;
        }

        return null;
    }

    private string? FirstLink(string path)
    {
        for (var end = path.IndexOf('/', StringComparison.Ordinal); ; end = path.IndexOf('/', end + 1))
        {
            var above = end < 0 ? path : path[..end];
            if (!stamps.TryRead(above, out var stamp)) return null;
            if (stamp.Type == FileType.Link) return above;
            if (end < 0) return null;
        }
    }

    private string TargetOf(string path)
    {
        var target = StorageGuard.Run("read", place.FullPath(path), () => new FileInfo(place.FullPath(path)).LinkTarget) ?? "";
        return OperatingSystem.IsWindows() ? target.Replace('\\', '/') : target;
    }

    private bool TryRead(string path, out FileStamp stamp)
    {
        if (!stamps.TryRead(path, out stamp)) return false;
        // The user may have made the folder itself a link on purpose.
        if (path == place.Prefix) stamp = stamp with { Type = FileType.Folder };
        return true;
    }

    private List<string> Names(string path, string[] below)
    {
        var full = place.FullPath(path);
        var names = StorageGuard.Run("read", full, () => new FileSystemEnumerable<string>(full, (ref FileSystemEntry entry) => entry.FileName.ToString(), Everything).ToList());
        _made.AddRange(names.Where(IgnoredNames.IsMade).Order(StringComparer.Ordinal).Select(name => string.Join('/', [.. below, name])));
        return names.FindAll(name => !IgnoredNames.IsGit(name) && !IgnoredNames.IsMade(name));
    }
}
