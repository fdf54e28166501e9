namespace SkillMeat.Upstream;

/// <summary>
/// The address of a repository or folder. Two addresses are equal if they denote the same repository: hosts and GitHub names are compared without
/// case, and a trailing <c>.git</c> of a repository is ignored. Two addresses of a folder within which links are followed differently are not equal.
/// </summary>
internal sealed class RepositoryAddress : IEquatable<RepositoryAddress>
{
    private const string Suffix = ".git";

    private readonly string _identity;

    private RepositoryAddress(RepositoryKind kind, string address, Uri? url, Uri? gitUrl)
    {
        Kind = kind;
        Address = address;
        Url = url;
        GitUrl = gitUrl;
        // Only repositories are called so with and without it. In a folder, both can lie side by side.
        _identity = kind == RepositoryKind.Folder ? address : WithoutSuffix(address);
    }

    private RepositoryAddress(Uri url, string owner, string name)
        : this(RepositoryKind.GitHub, url.AbsoluteUri, url, WithSuffix(url))
    {
        Owner = owner;
        Name = name;
        _identity = $"{url.Authority}/{owner}/{name}".ToUpperInvariant();
    }

    private RepositoryAddress(string folder, string? within)
        : this(RepositoryKind.Folder, folder, url: null, gitUrl: null)
    {
        Within = within;
        if (within is not null) _identity = $"{folder}\0{within}";
    }

    public RepositoryKind Kind { get; }

    /// <summary>For a folder that a project named, the folder out of which no link is followed; null for the git working tree around it.</summary>
    public string? Within { get; }

    /// <summary>
    /// The address as manifests store it: on GitHub without <c>.git</c>; on other hosts as the user wrote it, because some hosts accept only one of
    /// the two forms; for ssh in the user's form, <c>git@host:owner/repo.git</c> or <c>ssh://…</c>; for a folder its path.
    /// </summary>
    public string Address { get; }

    /// <summary>The address for a web browser, without <c>.git</c>; null for a folder.</summary>
    public Uri? Url { get; }

    /// <summary>
    /// The address for git's smart HTTP; null for a folder. GitHub and gitlab.com need <c>.git</c>; other hosts get what the user wrote.
    /// </summary>
    public Uri? GitUrl { get; }

    /// <summary>
    /// The address for the <c>git</c> program; null for a folder. <c>git@host:path</c> is relative to the user's home, <c>ssh://</c> to the root.
    /// </summary>
    public string? GitAddress => IsSsh ? Address : GitUrl?.AbsoluteUri;

    /// <summary>Whether the repository is reached by ssh, for which the <c>git</c> program is needed.</summary>
    public bool IsSsh => Url?.Scheme == "ssh";

    /// <summary>The owner, for a repository on GitHub.</summary>
    public string? Owner { get; }

    /// <summary>The name, for a repository on GitHub.</summary>
    public string? Name { get; }

    /// <summary>The full path, for a folder upstream.</summary>
    public string? Folder => Kind == RepositoryKind.Folder ? Address : null;

    public static RepositoryAddress OnGitHub(Uri server, string owner, string name) =>
        new(new Uri(Canonical(server), $"/{Uri.EscapeDataString(owner)}/{Uri.EscapeDataString(name)}"), owner, name);

    /// <summary>Creates the address of a repository on another host, over http, https or ssh.</summary>
    /// <param name="url">The address as the user wrote it, with or without <c>.git</c>.</param>
    public static RepositoryAddress OnGitHost(Uri url)
    {
        // Azure DevOps does not accept the suffix.
        if (url.AbsolutePath.Contains("/_git/", StringComparison.Ordinal)) url = WithoutSuffix(url);
        var git = url.Host.Equals("gitlab.com", StringComparison.OrdinalIgnoreCase) ? WithSuffix(url) : url;
        return new(RepositoryKind.Git, url.AbsoluteUri, WithoutSuffix(url), git);
    }

    /// <summary>Creates the address of a repository in the short form of <c>scp</c>.</summary>
    /// <param name="user">The user before the <c>@</c>; <c>git</c> on all large hosts.</param>
    /// <param name="host">The host.</param>
    /// <param name="path">The path after the colon, unescaped, with or without <c>.git</c>.</param>
    public static RepositoryAddress ByScp(string user, string host, string path)
    {
        var url = new Uri($"ssh://{user}@{host}/{string.Join('/', path.TrimStart('/').Split('/').Select(Uri.EscapeDataString))}");
        return new(RepositoryKind.Git, $"{user}@{host}:{path}", WithoutSuffix(url), url);
    }

    /// <summary>Creates the address of a folder on this machine.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="within">The folder out of which no link is followed; null for the git working tree around it.</param>
    public static RepositoryAddress InFolder(string path, string? within = null) => new(path, within);

    public bool Equals(RepositoryAddress? other) => other is not null && Kind == other.Kind && _identity == other._identity;

    public override bool Equals(object? obj) => Equals(obj as RepositoryAddress);

    public override int GetHashCode() => HashCode.Combine(Kind, _identity);

    /// <summary>Returns the name of the repository for messages.</summary>
    public override string ToString() => Kind switch
    {
        RepositoryKind.Folder => Folder!,
        RepositoryKind.GitHub when Url!.Host == "github.com" => $"{Owner}/{Name}",
        _ => $"{Url!.Authority}{Url.AbsolutePath}",
    };

    /// <summary>Reduces the spellings of github.com to one.</summary>
    private static Uri Canonical(Uri server) =>
        server.Host.Equals("www.github.com", StringComparison.OrdinalIgnoreCase) || server.Host.Equals("github.com", StringComparison.OrdinalIgnoreCase)
            ? new Uri("https://github.com/")
            : server;

    private static Uri WithSuffix(Uri url) => url.AbsolutePath.EndsWith(Suffix, StringComparison.Ordinal) ? url : new Uri(url.AbsoluteUri.TrimEnd('/') + Suffix);

    private static Uri WithoutSuffix(Uri url) => EndsWithSuffix(url.AbsolutePath) ? new Uri(url.AbsoluteUri[..^Suffix.Length]) : url;

    private static string WithoutSuffix(string address) => EndsWithSuffix(address) ? address[..^Suffix.Length] : address;

    // A path that ends in "/.git" is the repository inside a working tree, so its ".git" is a folder name and no suffix.
    private static bool EndsWithSuffix(string path) =>
        path.EndsWith(Suffix, StringComparison.Ordinal) && path.Length > Suffix.Length && path[^(Suffix.Length + 1)] is not ('/' or '\\' or ':');
}
