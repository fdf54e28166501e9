namespace SkillMeat.Upstream;

/// <summary>
/// Which repository (or folder) something comes from. Equal addresses are one repository: hosts and GitHub names compare without case, and
/// <c>.git</c> at the end does not count.
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
        _identity = WithoutSuffix(address);
    }

    private RepositoryAddress(Uri url, string owner, string name)
        : this(RepositoryKind.GitHub, url.AbsoluteUri, url, WithSuffix(url))
    {
        Owner = owner;
        Name = name;
        _identity = $"{url.Authority}/{owner}/{name}".ToUpperInvariant();
    }

    public RepositoryKind Kind { get; }

    /// <summary>
    /// The address as manifests carry it: on a GitHub without <c>.git</c>, on other hosts with it where the user wrote it, because some answer only one of both;
    /// by ssh in the user's own form, <c>git@host:owner/repo.git</c> or <c>ssh://…</c>; a folder's path.
    /// </summary>
    public string Address { get; }

    /// <summary>The address that people open, without <c>.git</c>; null for a folder.</summary>
    public Uri? Url { get; }

    /// <summary>The address that git is asked at: GitHub and gitlab.com want <c>.git</c>, others have what the user wrote; null for a folder.</summary>
    public Uri? GitUrl { get; }

    /// <summary>The address for the program <c>git</c>; null for a folder. <c>git@host:path</c> begins at the user's home, <c>ssh://</c> at the root.</summary>
    public string? GitAddress => IsSsh ? Address : GitUrl?.AbsoluteUri;

    /// <summary>Whether the repository is reached by ssh, which the program <c>git</c> speaks and nobody here.</summary>
    public bool IsSsh => Url?.Scheme == "ssh";

    /// <summary>The owner on a GitHub.</summary>
    public string? Owner { get; }

    /// <summary>The name on a GitHub.</summary>
    public string? Name { get; }

    /// <summary>The full path of a folder upstream.</summary>
    public string? Folder => Kind == RepositoryKind.Folder ? Address : null;

    public static RepositoryAddress OnGitHub(Uri server, string owner, string name) =>
        new(new Uri(Canonical(server), $"/{Uri.EscapeDataString(owner)}/{Uri.EscapeDataString(name)}"), owner, name);

    /// <summary>A repository on another host, http, https or ssh.</summary>
    /// <param name="url">Its address, with <c>.git</c> or without, as the user had it.</param>
    public static RepositoryAddress OnGitHost(Uri url)
    {
        // Azure DevOps knows no such suffix.
        if (url.AbsolutePath.Contains("/_git/", StringComparison.Ordinal)) url = WithoutSuffix(url);
        var git = url.Host.Equals("gitlab.com", StringComparison.OrdinalIgnoreCase) ? WithSuffix(url) : url;
        return new(RepositoryKind.Git, url.AbsoluteUri, WithoutSuffix(url), git);
    }

    /// <summary>A repository by ssh in the short form of <c>scp</c>.</summary>
    /// <param name="user">The user before the <c>@</c>, <c>git</c> on all the large hosts.</param>
    /// <param name="host">The host.</param>
    /// <param name="path">The path behind the colon, not escaped, with <c>.git</c> or without.</param>
    public static RepositoryAddress ByScp(string user, string host, string path)
    {
        var url = new Uri($"ssh://{user}@{host}/{string.Join('/', path.TrimStart('/').Split('/').Select(Uri.EscapeDataString))}");
        return new(RepositoryKind.Git, $"{user}@{host}:{path}", WithoutSuffix(url), url);
    }

    public static RepositoryAddress InFolder(string path) => new(RepositoryKind.Folder, path, url: null, gitUrl: null);

    public bool Equals(RepositoryAddress? other) => other is not null && Kind == other.Kind && _identity == other._identity;

    public override bool Equals(object? obj) => Equals(obj as RepositoryAddress);

    public override int GetHashCode() => HashCode.Combine(Kind, _identity);

    /// <summary>The repository as messages name it.</summary>
    public override string ToString() => Kind switch
    {
        RepositoryKind.Folder => Folder!,
        RepositoryKind.GitHub when Url!.Host == "github.com" => $"{Owner}/{Name}",
        _ => $"{Url!.Authority}{Url.AbsolutePath}",
    };

    /// <summary>github.com has several spellings, which all lead to one.</summary>
    private static Uri Canonical(Uri server) =>
        server.Host.Equals("www.github.com", StringComparison.OrdinalIgnoreCase) || server.Host.Equals("github.com", StringComparison.OrdinalIgnoreCase)
            ? new Uri("https://github.com/")
            : server;

    private static Uri WithSuffix(Uri url) => url.AbsolutePath.EndsWith(Suffix, StringComparison.Ordinal) ? url : new Uri(url.AbsoluteUri.TrimEnd('/') + Suffix);

    private static Uri WithoutSuffix(Uri url) => EndsWithSuffix(url.AbsolutePath) ? new Uri(url.AbsoluteUri[..^Suffix.Length]) : url;

    private static string WithoutSuffix(string address) => EndsWithSuffix(address) ? address[..^Suffix.Length] : address;

    // A repository beside its files is a folder of that very name.
    private static bool EndsWithSuffix(string path) =>
        path.EndsWith(Suffix, StringComparison.Ordinal) && path.Length > Suffix.Length && path[^(Suffix.Length + 1)] is not ('/' or '\\' or ':');
}
