namespace SkillMeat.Upstream.Git;

/// <summary>The requested refs of a repository.</summary>
internal sealed record GitAdvertisement
{
    /// <summary>The only supported object format; repositories with SHA-256 ids are refused earlier.</summary>
    public const string Sha1 = "sha1";

    /// <summary>The address of the repository after redirects, which differs if it was renamed.</summary>
    public required Uri Repository { get; init; }

    public string ObjectFormat { get; init; } = Sha1;

    /// <summary>The commit of the default branch; null if the repository is empty.</summary>
    public GitOid? Head { get; init; }

    /// <summary>The default branch, such as <c>main</c>; null if <c>HEAD</c> is detached or the server does not report it.</summary>
    public string? HeadBranch { get; init; }

    /// <summary>The requested refs that exist, without <c>HEAD</c>.</summary>
    public required IReadOnlyList<GitRef> Refs { get; init; }

    /// <summary>The capabilities of the server; null after an optimistic request, which does not return them.</summary>
    public GitCapabilities? Capabilities { get; init; }

    /// <summary>Returns the ref for a name: a full name, else a tag, else a branch; null if there is none.</summary>
    public GitRef? Find(string spec) => Named(spec) ?? Named($"refs/tags/{spec}") ?? Named($"refs/heads/{spec}");

    private GitRef? Named(string name) => Refs.FirstOrDefault(r => r.Name == name);
}
