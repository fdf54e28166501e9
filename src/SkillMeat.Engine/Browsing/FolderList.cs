using System.IO.Enumeration;
using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Contents;

namespace SkillMeat.Browsing;

/// <summary>Lists the files of a folder on this machine, as a repository lists them.</summary>
internal static class FolderList
{
    // A folder like a user's home has more, and is hardly meant.
    private const int MaxEntries = 200_000;

    /// <summary>Lists everything below a path in a folder, except what git and other tools make. Links are listed and not followed.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="path">The path in it, with <c>/</c>. Empty for all of it.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <returns>The files and folders, with paths from the folder.</returns>
    /// <exception cref="StorageException">The folder cannot be read.</exception>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: it has too many files.</exception>
    public static IReadOnlyList<TreeItem> Read(string root, string path, CancellationToken cancellationToken)
    {
        var length = Path.TrimEndingDirectorySeparator(root).Length + 1;
        var folder = Path.Combine(root, path);
        if (File.Exists(folder)) return [new TreeItem(path, IsFolder: false, "")];
        var items = new List<TreeItem>();
        if (path.Length > 0) items.Add(new TreeItem(path, IsFolder: true, ""));
        var entries = new FileSystemEnumerable<TreeItem>(folder, (ref FileSystemEntry entry) => ItemOf(ref entry, length), new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = true })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !IsLeftOut(entry.FileName.ToString()),
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !IsLink(ref entry) && !IsLeftOut(entry.FileName.ToString()),
        };
        return StorageGuard.Run("read", folder, () =>
        {
            foreach (var item in entries)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (items.Count == MaxEntries) throw new SkillMeatException(ErrorIds.InvalidArgument, $"{folder} has more than {MaxEntries} files and folders. Name a folder in it.");
                items.Add(item);
            }

            return items;
        });
    }

    private static TreeItem ItemOf(ref FileSystemEntry entry, int length) =>
        new(entry.ToFullPath()[length..].Replace('\\', '/'), entry.IsDirectory && !IsLink(ref entry), "") { IsLink = IsLink(ref entry) };

    private static bool IsLink(ref FileSystemEntry entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);

    private static bool IsLeftOut(string name) => IgnoredNames.IsGit(name) || IgnoredNames.IsMade(name);
}
