using SkillMeat.Upstream;

namespace SkillMeat.Updates.Planning;

/// <summary>The address in manifests and lock files, which has the fetched commit and not the ref to follow (formats.md).</summary>
internal static class UpstreamAddress
{
    /// <summary>Writes the address of a path at a commit.</summary>
    /// <param name="source">The repository and the path in it.</param>
    /// <param name="commit">The commit; a folder upstream has none.</param>
    public static string Of(SourceSpec source, string? commit)
    {
        if (source.Repository.Kind == RepositoryKind.Folder) return source.Path.Length == 0 ? source.Repository.Folder! : Path.Combine(source.Repository.Folder!, source.Path.Replace('/', Path.DirectorySeparatorChar));
        var path = source.Path.Length == 0 ? "" : $"/{source.Path}";
        return $"{source.Repository.Address}/tree/{commit}{path}";
    }
}
