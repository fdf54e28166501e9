namespace SkillMeat.Upstream;

/// <summary>Which repository (or folder) something comes from. Equal addresses are one repository: hosts and GitHub names compare without case.</summary>
internal sealed class RepositoryAddress : IEquatable<RepositoryAddress>
{
    private readonly string _identity;

    private RepositoryAddress(RepositoryKind kind, Uri? url, string? owner, string? name, string? folder)
    {
        Kind = kind;
        Url = url;
        Owner = owner;
        Name = name;
        Folder = folder;
        _identity = kind switch
        {
            RepositoryKind.Folder => folder!,
            RepositoryKind.GitHub => $"{url!.Authority}/{owner}/{name}".ToUpperInvariant(),
            _ => url!.AbsoluteUri,
        };
    }

    public RepositoryKind Kind { get; }

    /// <summary>The address that people open and git clones, without <c>.git</c>; null for a folder.</summary>
    public Uri? Url { get; }

    /// <summary>The owner on a GitHub.</summary>
    public string? Owner { get; }

    /// <summary>The name on a GitHub.</summary>
    public string? Name { get; }

    /// <summary>The full path of a folder upstream.</summary>
    public string? Folder { get; }

    public static RepositoryAddress OnGitHub(Uri server, string owner, string name) =>
        new(RepositoryKind.GitHub, new Uri(Canonical(server), $"/{Uri.EscapeDataString(owner)}/{Uri.EscapeDataString(name)}"), owner, name, folder: null);

    /// <summary>github.com has several spellings, which all lead to one.</summary>
    private static Uri Canonical(Uri server) =>
        server.Host.Equals("www.github.com", StringComparison.OrdinalIgnoreCase) || server.Host.Equals("github.com", StringComparison.OrdinalIgnoreCase)
            ? new Uri("https://github.com/")
            : server;

    public static RepositoryAddress OnGitHost(Uri url) => new(RepositoryKind.Git, url, owner: null, name: null, folder: null);

    public static RepositoryAddress InFolder(string path) => new(RepositoryKind.Folder, url: null, owner: null, name: null, path);

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
}
