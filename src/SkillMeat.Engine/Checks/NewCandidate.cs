using SkillMeat.Collections;
using SkillMeat.Objects.Trees;
using SkillMeat.Upstream;

namespace SkillMeat.Checks;

/// <summary>An entry of a container that may be a new artifact.</summary>
/// <param name="Repository">Its repository.</param>
/// <param name="Id">The id that the artifact would get.</param>
/// <param name="Path">Its path.</param>
/// <param name="Commit">The commit at which it was found; empty for a folder upstream.</param>
/// <param name="Follows">The ref at which it was searched for.</param>
internal sealed record NewCandidate(RepositoryAddress Repository, ArtifactId Id, string Path, string Commit, RefSpec Follows)
{
    /// <summary>The tree or blob id; empty for a folder upstream.</summary>
    public string ObjectId { get; init; } = "";

    /// <summary>Whether only a file of it shows whether it is an artifact. Below a folder of agents lie documents, too, and Claude Code loads only those agents that have a name.</summary>
    public bool MustBeRead => Id.Type.IsFolder || (Id.Type == ArtifactType.Agent && TreePath.LastPart(TreePath.Parent(Path)) != Id.Type.Container);

    public FileQuestion ManifestQuestion => Id.Type.IsFolder
        ? new(Repository, Commit, Id.Type.ManifestFiles.Select(f => $"{Path}/{f}").ToList(), WithText: false)
        : new(Repository, Commit, [Path]);

    public static NewCandidate? From(RepositoryQuestion question, ContainerAnswer container, TreeItem entry)
    {
        var type = container.Question.Type;
        if (entry.IsFolder != type.IsFolder || (!type.IsFolder && !IsArtifactFile(entry.Name)))
        {
            return null;
        }

        var name = type.NameAt(entry.Path);
        return ArtifactId.DescribeBadName(name) is null
            ? new NewCandidate(question.Repository, new ArtifactId(type, name), entry.Path, container.Commit, container.Question.Follows) { ObjectId = entry.ObjectId }
            : null;
    }

    private static bool IsArtifactFile(string name) =>
        name.EndsWith(".md", StringComparison.OrdinalIgnoreCase) && !name.Equals("README.md", StringComparison.OrdinalIgnoreCase);
}
