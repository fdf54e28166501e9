using SkillMeat.Collections;

namespace SkillMeat.Upstream;

/// <summary>A folder of a repository to search for artifacts of one type.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Type">The type of artifact in the folder, which the folder's name determines.</param>
/// <param name="Follows">The ref to list the folder at.</param>
internal readonly record struct ContainerQuestion(string Path, ArtifactType Type, RefSpec Follows)
{
    /// <summary>The maximum number of folders in each other below a container. With a token, each level takes a query after the other.</summary>
    public const int MostNested = 4;

    /// <summary>Whether a folder below the container can group more of its artifacts, as <c>git</c> does in <c>commands/git/clean.md</c>. Only single files are grouped so.</summary>
    /// <param name="folder">The path of the folder in the repository.</param>
    public bool MayGroup(string folder)
    {
        if (Type.IsFolder || folder.Length <= Path.Length) return false;
        var below = folder[(Path.Length + 1)..].Split('/');
        return below.Length <= MostNested && !Array.Exists(below, IsContainer);
    }

    /// <summary>Whether the entries of a folder below the container are artifacts, and not the files of a single one.</summary>
    public static bool IsGroup(IEnumerable<TreeItem> entries) => !entries.Any(entry => !entry.IsFolder && ArtifactType.All.Any(type => type.IsFolder && type.NeedsManifestFile && type.ManifestFiles.Contains(entry.Name)));

    private static bool IsContainer(string name) => ArtifactType.All.Any(type => type.Container == name);
}
