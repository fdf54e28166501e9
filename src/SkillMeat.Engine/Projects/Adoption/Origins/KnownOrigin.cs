using SkillMeat.Collections;
using SkillMeat.Objects.Trees;
using SkillMeat.Updates.Planning;
using SkillMeat.Upstream;

namespace SkillMeat.Projects.Adoption.Origins;

/// <summary>The origin of a copy, as far as it is known.</summary>
/// <param name="FoundIn">The program whose records tell it, or null.</param>
/// <param name="Reason">A sentence for the user, or null.</param>
/// <remarks>Immutable.</remarks>
internal sealed record KnownOrigin(string? FoundIn, string? Reason)
{
    /// <summary>The source, or null if it is not known. It can be a folder on this machine.</summary>
    public SourceSpec? Source { get; init; }

    /// <summary>The ref to follow, or null for the default branch.</summary>
    public string? Ref { get; init; }

    /// <summary>The commit from which the files were fetched, or null.</summary>
    public string? Commit { get; init; }

    /// <summary>The tag of that version, or null.</summary>
    public string? Tag { get; init; }

    /// <summary>The version as the program recorded it, or null.</summary>
    public string? Version { get; init; }

    /// <summary>The sentence that names the source, as the beginning of <see cref="Reason"/>.</summary>
    public string? Told { get; init; }

    /// <summary>Whether the files are known to be as they were fetched. If not, they must not become the base of a merge, or an update could replace edits.</summary>
    public bool IsUnmodified { get; init; }

    /// <summary>The stored content as it was fetched, or null if it is that of the copy. Only for a copy that is unmodified beside what the program itself added.</summary>
    public TreeEntry? Fetched { get; init; }

    /// <summary>The reason that the copy may be another artifact of the same name; null if the record is that of the copy. Only upstream can tell then.</summary>
    public string? Doubt { get; init; }

    /// <summary>The id of git for the files as they were fetched, or null if it is not recorded.</summary>
    public string? ObjectId { get; init; }

    /// <summary>Whether it came with a marketplace.</summary>
    public bool IsOfMarketplace { get; init; }

    /// <summary>Returns the origin with what upstream has now. If that is the content of the copy, or that which was fetched for an unmodified one, the commit is known. An origin that stays in doubt is none.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="objectId">Computes the id of git for the copy.</param>
    public KnownOrigin With(UpstreamAnswers answers, Func<string> objectId)
    {
        if (Source is null || answers.Find(Source, RefSpec.Parse(Ref)) is not { } now) return WithoutDoubt();
        if (now.ObjectId == objectId()) return this with { Commit = now.Commit, Tag = now.Tag ?? Tag, IsUnmodified = true, Fetched = null, Doubt = null, Reason = $"{Told} Its files are those of upstream." };
        return now.ObjectId == ObjectId && IsUnmodified ? this with { Commit = now.Commit, Tag = now.Tag ?? Tag } : WithoutDoubt();
    }

    // Its files are a start of their own then.
    private KnownOrigin WithoutDoubt() => Doubt is null ? this : new KnownOrigin(FoundIn: null, Doubt) { IsUnmodified = true };

    /// <summary>The origin for the manifest.</summary>
    public string Origin => IsOfMarketplace && HostKind is not null ? ArtifactOrigin.Marketplace : Source?.Repository.Kind == RepositoryKind.GitHub ? ArtifactOrigin.GitHub : ArtifactOrigin.Local;

    /// <summary>The kind of host of a marketplace, or null.</summary>
    public string? HostKind => !IsOfMarketplace ? null : Source?.Repository switch
    {
        { Kind: RepositoryKind.GitHub } => "github",
        { Url.Host: var host } when host.Contains("gitlab", StringComparison.OrdinalIgnoreCase) => "gitlab",
        { Url.Host: var host } when host.Contains("bitbucket", StringComparison.OrdinalIgnoreCase) => "bitbucket",
        _ => null,
    };

    /// <summary>The address for the manifest. Where the commit is not known, it has the ref in its place.</summary>
    public string? Upstream => Source is not { } source ? null : UpstreamAddress.Of(source, source.Repository.Kind == RepositoryKind.Folder ? null : Commit ?? Ref ?? "HEAD");

    /// <summary>The ref for the manifest; null for a folder, which has none.</summary>
    public string? VersionSpec => Source is null or { Repository.Kind: RepositoryKind.Folder } ? null : RefSpec.Parse(Ref).ToString();
}
