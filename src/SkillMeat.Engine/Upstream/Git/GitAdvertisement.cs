namespace SkillMeat.Upstream.Git;

/// <summary>What a repository says of its refs, as far as they were asked for.</summary>
internal sealed record GitAdvertisement
{
    /// <summary>The only object format there is here; a repository with SHA-256 ids is refused before it comes to this.</summary>
    public const string Sha1 = "sha1";

    /// <summary>The repository's address, after redirects: a renamed repository shows by another path.</summary>
    public required Uri Repository { get; init; }

    public string ObjectFormat { get; init; } = Sha1;

    /// <summary>The commit of the default branch; null in an empty repository.</summary>
    public GitOid? Head { get; init; }

    /// <summary>The default branch, such as <c>main</c>; null when <c>HEAD</c> is detached or the server does not say.</summary>
    public string? HeadBranch { get; init; }

    /// <summary>The refs that were asked for and are there; never <c>HEAD</c>.</summary>
    public required IReadOnlyList<GitRef> Refs { get; init; }

    /// <summary>What the server can do; null when it was asked optimistically and did not say.</summary>
    public GitCapabilities? Capabilities { get; init; }

    /// <summary>The ref a spec means: that of a full name, else the tag, else the branch; null when there is none.</summary>
    public GitRef? Find(string spec) => Named(spec) ?? Named($"refs/tags/{spec}") ?? Named($"refs/heads/{spec}");

    private GitRef? Named(string name) => Refs.FirstOrDefault(r => r.Name == name);
}
