using SkillMeat.Storage.Files;

namespace SkillMeat.Projects.Deploying;

/// <summary>The folders that deployments make in projects, and take away again when they are empty. A folder that somebody else may have made stays. Not thread-safe.</summary>
internal sealed class MadeFolders
{
    private readonly Dictionary<string, HashSet<string>> _made = new(StringComparer.Ordinal);
    private readonly HashSet<string> _filled = new(PathEquality.Comparer);
    private readonly HashSet<string> _removed = new(PathEquality.Comparer);
    private readonly HashSet<string> _emptied = new(PathEquality.Comparer);

    /// <summary>Notes a folder that is going to be made, with those above it that do not exist.</summary>
    public void Make(ProjectSite site, string folder)
    {
        // Of the user, single folders are locked, and the one around them is not.
        if (site.User is not null) return;
        if (!_made.TryGetValue(site.Folder, out var made)) _made[site.Folder] = made = new HashSet<string>(PathEquality.Comparer);
        for (var part = folder; PathEquality.IsIn(site.Folder, part) && !Directory.Exists(part); part = Path.GetDirectoryName(part)!) made.Add(part);
    }

    /// <summary>Notes a file or folder that is going to be removed.</summary>
    public void Remove(string path) => _removed.Add(path);

    /// <summary>Notes a file or folder that is going to be written.</summary>
    public void Fill(string path) => _filled.Add(path);

    /// <summary>Returns the folders to remember for a project after the change: those that were made, without those that are going to be empty and are deleted.</summary>
    /// <param name="project">The full path of the project.</param>
    /// <param name="before">The folders that were made earlier.</param>
    public IReadOnlyList<string> Of(string project, IReadOnlyList<string> before)
    {
        var now = _made.GetValueOrDefault(project) ?? [];
        var kept = new List<string>();
        // The deepest ones first, so that those around them can become empty, too.
        foreach (var folder in before.Where(folder => PathEquality.IsIn(project, folder)).OrderByDescending(folder => folder.Length))
        {
            // A folder that is gone can be made by somebody else.
            if (!Directory.Exists(folder)) continue;
            if (IsEmptied(folder)) _emptied.Add(folder);
            else kept.Add(folder);
        }

        return [.. now.Concat(kept).Distinct(PathEquality.Comparer).Order(StringComparer.Ordinal)];
    }

    private bool IsEmptied(string folder)
    {
        return _removed.Any(path => PathEquality.IsIn(folder, path)) && !_filled.Any(path => PathEquality.IsIn(folder, path))
            && Directory.EnumerateFileSystemEntries(folder).All(path => _removed.Contains(path) || _emptied.Contains(path));
    }

    /// <summary>Returns the outermost folders that are going to be empty. <see cref="Of"/> finds them.</summary>
    public IReadOnlyList<string> FindEmptied() => [.. _emptied.Where(folder => !_emptied.Any(other => PathEquality.IsIn(other, folder)))];

    /// <summary>Whether everything in a folder is going to be removed.</summary>
    public bool IsAllRemoved(string folder) => Directory.EnumerateFileSystemEntries(folder).All(path => _removed.Contains(path) || (_emptied.Contains(path) && IsAllRemoved(path)));
}
