using SkillMeat.Storage.Files;
using SkillMeat.Upstream;

namespace SkillMeat.Projects.Adoption.Origins;

/// <summary>
/// Finds the folders on this machine that the records of other programs name. The records of a project can come with a clone of it, so they cannot name any folder, and nothing is touched where the text alone tells that it is far away:
/// to look there could send a password, or mount something.
/// </summary>
/// <param name="site">The project that has the records.</param>
/// <param name="userFolder">The folder of the user, or null.</param>
/// <param name="sources">Makes sources.</param>
internal sealed class RecordedFolders(ProjectSite site, string? userFolder, SourceText sources)
{
    private const string Far = " That folder lies outside of the project and of your own folder, so it is not followed.";

    /// <summary>Finds a skill in a folder.</summary>
    /// <param name="text">The path of the folder as it was recorded.</param>
    /// <param name="below">The paths in it where the skill can be.</param>
    /// <returns>The source, or null; and a sentence about it, with a space before it, or an empty text.</returns>
    /// <exception cref="Errors.StorageException">The links of a folder cannot be resolved.</exception>
    public (SourceSpec? Source, string Remark) Find(string text, IReadOnlyList<string> below)
    {
        if (text is ['/' or '\\', '/' or '\\' or '?', ..]) return (null, " A folder on another machine is not followed.");
        if (!Path.IsPathFullyQualified(text)) return (null, " That is not the full path of a folder.");
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(text));
        if (!IsNear(root)) return (null, Far);
        var found = below.Where(IsBelow).Select(one => Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(root, one.Replace('/', Path.DirectorySeparatorChar)))))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "SKILL.md")));
        if (found is null) return (null, " That folder has no such skill any more.");
        var real = LinkTarget.RealFolder(found);
        if (!IsNear(real)) return (null, Far);
        var (source, isInProject) = (sources.OfFolder(found), IsIn(site.Folder, real));
        if (site.User is not null) return (source, "");
        // Its later versions come from somebody else as well.
        return (source.Bounded(isInProject ? site.Folder : found), isInProject ? "" : " That folder lies outside of the project.");
    }

    private static bool IsBelow(string path) => !path.StartsWith('/') && !path.Contains(':', StringComparison.Ordinal) && !path.Split('/', '\\').Contains("..");

    // The user's own records can name any folder.
    private bool IsNear(string path) => site.User is not null || IsIn(site.Folder, path)
        || (userFolder is not null && Directory.Exists(userFolder) && new[] { userFolder, LinkTarget.RealFolder(userFolder) }.Any(folder => Path.GetPathRoot(folder) != folder && IsIn(folder, path)));

    private static bool IsIn(string folder, string path) => PathEquality.Comparer.Equals(folder, path) || PathEquality.IsIn(folder, path);
}
