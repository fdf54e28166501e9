using SkillMeat.Storage.Files;

namespace SkillMeat.Projects.Registry;

/// <summary>The folders of a home, which are no place for deployments: the home itself, and collections that are kept elsewhere. For one operation.</summary>
/// <param name="home">The home.</param>
internal sealed class ProtectedFolders(string home)
{
    private readonly Lazy<IReadOnlyList<string>> _folders = new(() => FindAll(home));

    /// <summary>Whether a folder is one of them or lies in one.</summary>
    /// <param name="real">The full path of the folder, without links in it.</param>
    public bool Include(string real) => _folders.Value.Any(folder => PathEquality.Comparer.Equals(folder, real) || PathEquality.IsIn(folder, real));

    private static IReadOnlyList<string> FindAll(string home)
    {
        var collections = Path.Combine(home, OwnFolders.Collections);
        var linked = Directory.Exists(collections) ? Directory.EnumerateDirectories(collections).Where(folder => new FileInfo(folder).LinkTarget is not null) : [];
        return [.. linked.Prepend(collections).Prepend(home).Where(Directory.Exists).Select(LinkTarget.RealFolder).Distinct(StringComparer.Ordinal)];
    }
}
