using System.IO.Enumeration;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Contents;

namespace SkillMeat.Browsing;

/// <summary>Lists the files of a folder on this machine, as a repository lists them. Not thread-safe.</summary>
internal sealed class FolderList
{
    // A folder like a user's home has more, and is hardly meant.
    private const int MaxEntries = 200_000;

    private static readonly HashSet<string> _containers = ArtifactType.All.Select(type => type.Container).OfType<string>().Append("plugins").ToHashSet(StringComparer.OrdinalIgnoreCase);

    private readonly string _folder;
    private readonly CancellationToken _cancellationToken;
    private readonly List<TreeItem> _items = [];
    private readonly Dictionary<string, string> _targets = new(StringComparer.Ordinal);
    private readonly Queue<(string Folder, string Path)> _followed = new();
    private readonly List<string> _visited;

    private FolderList(string folder, CancellationToken cancellationToken)
    {
        _folder = folder;
        _cancellationToken = cancellationToken;
        _visited = [folder];
    }

    /// <summary>
    /// Lists everything below a path in a folder, except what git and other tools make. Links to folders elsewhere that can be artifacts, or contain some, are followed: people keep them in one place
    /// and link them. Other links are listed and not followed, and those that lead nowhere are left out.
    /// </summary>
    /// <param name="root">The folder.</param>
    /// <param name="path">The path in it, with <c>/</c>. Empty for all of it.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <returns>The files and folders, with paths from the folder.</returns>
    /// <exception cref="StorageException">The folder cannot be read.</exception>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: it has too many files.</exception>
    public static FolderFiles Read(string root, string path, CancellationToken cancellationToken)
    {
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(root, path)));
        var list = new FolderList(folder, cancellationToken);
        return StorageGuard.Run("read", folder, () => list.Read(path));
    }

    private FolderFiles Read(string path)
    {
        // The user may have made the root a link on purpose, but what is in it cannot be added through a link.
        if (path.Length > 0 && TargetOf(_folder) is { } target) _targets[path] = target;
        if (File.Exists(_folder)) return new FolderFiles([new TreeItem(path, IsFolder: false, "")], _targets);
        if (path.Length > 0) _items.Add(new TreeItem(path, IsFolder: true, ""));
        List(_folder, path);
        while (_followed.TryDequeue(out var next)) List(next.Folder, next.Path);
        return new FolderFiles(_items, _targets);
    }

    private void List(string folder, string path)
    {
        var entries = new FileSystemEnumerable<(string Full, bool IsFolder, bool IsLink)>(
            folder, (ref FileSystemEntry entry) => (entry.ToFullPath(), entry.IsDirectory, IsLink(ref entry)), new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = true })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !IsLeftOut(entry.FileName.ToString()),
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !IsLink(ref entry) && !IsLeftOut(entry.FileName.ToString()),
        };
        // Only the root of a drive ends with a separator.
        var length = Path.EndsInDirectorySeparator(folder) ? folder.Length : folder.Length + 1;
        var links = new List<(string Full, string Path)>();
        foreach (var (full, isFolder, isLink) in entries)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (_items.Count == MaxEntries) throw new SkillMeatException(ErrorIds.InvalidArgument, $"{_folder} has more than {MaxEntries} files and folders. Name a folder in it.");
            // On Linux and macOS, a name can contain a backslash.
            var below = LinkPath.Join(path, full[length..].Replace(Path.DirectorySeparatorChar, '/'));
            if (isLink) links.Add((full, below));
            else _items.Add(new TreeItem(below, isFolder, ""));
        }

        // Of several links to one folder, the first one is followed, whatever the order on the disk.
        foreach (var link in links.OrderBy(link => link.Path, StringComparer.Ordinal)) AddLink(link.Full, link.Path);
    }

    private void AddLink(string full, string path)
    {
        if (TargetOf(full) is not { } target)
        {
            // A place that another program keeps elsewhere, such as a file in a cloud.
            if (Path.Exists(full)) _items.Add(new TreeItem(path, IsFolder: false, "") { IsLink = true });
            return;
        }

        if (!Path.Exists(target)) return;
        var isElsewhere = !IsBelow(target, _folder);
        if (isElsewhere && MayBeFollowed(path, target))
        {
            _items.Add(new TreeItem(path, IsFolder: true, ""));
            _visited.Add(target);
            _followed.Enqueue((target, path));
        }
        else
        {
            _items.Add(new TreeItem(path, IsFolder: false, "") { IsLink = true });
        }

        if (isElsewhere) _targets[path] = target;
    }

    // A folder that contains another one that is listed would be listed in itself.
    private bool MayBeFollowed(string path, string target) =>
        Directory.Exists(target) && (path.Split('/').Any(_containers.Contains) || Path.GetFileName(path) is ".claude" or ".agents" || _containers.Contains(Path.GetFileName(_folder)))
        && !_visited.Exists(folder => IsBelow(folder, target) || IsBelow(target, folder));

    private static bool IsBelow(string path, string folder) => path == folder || path.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    // The place to which a link leads, by way of other links where needed; null if it is none, or leads to itself.
    private static string? TargetOf(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true) is { } target ? Path.TrimEndingDirectorySeparator(target.FullName) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsLink(ref FileSystemEntry entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);

    private static bool IsLeftOut(string name) => IgnoredNames.IsGit(name) || IgnoredNames.IsMade(name);
}
