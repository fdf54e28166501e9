using SkillMeat.Artifacts;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Upstream;

namespace SkillMeat.Cache.Marketplaces;

/// <summary>The place of a marketplace.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Shown">The place as messages name it.</param>
/// <remarks>Immutable.</remarks>
internal sealed record MarketplaceSource(MarketplaceKind Kind, string Shown)
{
    private const string Json = ".json";

    /// <summary>The path of the file in the folder of a marketplace, with <c>/</c>.</summary>
    public const string FilePath = $"{PluginLayout.Folder}/{PluginLayout.Marketplace}";

    /// <summary>All ways to read the repository or folder, as <see cref="SourceSpec.ParseAll"/> returns them. Empty for an address.</summary>
    public IReadOnlyList<SourceSpec> Readings { get; init; } = [];

    /// <summary>The full path of the file, for one on this machine.</summary>
    public string? File { get; init; }

    /// <summary>The address of the file, for one on the web.</summary>
    public Uri? Address { get; init; }

    /// <summary>Whether the user of this machine wrote it, so that it may name what only that user can reach.</summary>
    public bool IsOwn => Kind is MarketplaceKind.Folder or MarketplaceKind.File || Readings.Any(one => one.Repository.IsSsh);

    /// <summary>Reads what the user typed.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: it cannot be used. <see cref="ErrorIds.UpstreamNotFound"/>: there is no such file or folder.</exception>
    public static MarketplaceSource Parse(string text, SourceContext context)
    {
        var shown = WithoutSecrets(text);
        if (IsWeb(text.Trim()) && FindAddress(text.Trim(), shown, context) is { } address) return new MarketplaceSource(MarketplaceKind.Address, address.AbsoluteUri) { Address = address };
        var readings = SourceSpec.ParseAll(text, context);
        if (readings[0].Repository.Folder is { } root) return Local(shown, Path.GetFullPath(Path.Combine(root, readings[0].Path)));
        return new MarketplaceSource(MarketplaceKind.Repository, shown) { Readings = [.. readings.Select(one => one with { Path = WithoutFile(one.Path) }).Distinct()] };
    }

    /// <summary>Returns what the user typed without what can be a secret: its user, and what follows '?' in an address.</summary>
    public static string WithoutSecrets(string text) => IsWeb(text.Trim()) ? AddressText.WithoutCredentials(text.Trim().Split('?')[0]) : AddressText.WithoutCredentials(text.Trim());

    /// <summary>Reads the place of a registered marketplace.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: it cannot be used. <see cref="ErrorIds.UpstreamNotFound"/>: there is no such file or folder.</exception>
    public static MarketplaceSource Of(RegisteredMarketplace registered, SourceContext context)
    {
        switch (registered.Kind)
        {
            case MarketplaceKind.Address:
                return FindAddress(registered.Source, Show(registered), context) is { } address ? new MarketplaceSource(registered.Kind, Show(registered)) { Address = address } : throw Unusable(registered);
            case MarketplaceKind.Folder or MarketplaceKind.File:
                return Path.IsPathFullyQualified(registered.Source) ? Local(registered.Source, Path.GetFullPath(registered.Source)) : throw Unusable(registered);
            default:
                var repository = SourceSpec.Parse(registered.Source, context).Repository;
                var isPath = registered.Path.Length == 0 || registered.Path.Split('/').All(part => part is not ("" or "." or ".."));
                if (repository.Kind == RepositoryKind.Folder || !isPath || ControlCharacters.AreIn(registered.Path + registered.Ref)) throw Unusable(registered);
                return new MarketplaceSource(registered.Kind, Show(registered)) { Readings = [new SourceSpec(repository, registered.Path, registered.Ref)] };
        }
    }

    /// <summary>Returns the place of a registered marketplace for people.</summary>
    public static string Show(RegisteredMarketplace registered)
    {
        var source = AddressText.WithoutCredentials(registered.Source);
        return registered.Kind != MarketplaceKind.Repository ? source
            : registered.Path.Length > 0 ? $"{source}/tree/{registered.Ref ?? "HEAD"}/{registered.Path}"
            : registered.Ref is { } reference ? $"{source}/tree/{reference}" : source;
    }

    /// <summary>Returns the marketplace as the home keeps it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="found">The reading that was found, for a repository.</param>
    /// <param name="time">The time of the registration.</param>
    public RegisteredMarketplace Register(string name, SourceSpec? found, DateTimeOffset time) => Kind switch
    {
        MarketplaceKind.Address => new RegisteredMarketplace(name, Kind, Address!.AbsoluteUri, "", Ref: null, time),
        MarketplaceKind.Repository => new RegisteredMarketplace(name, Kind, found!.Repository.Address, found.Path, RefSpec.Parse(found.Version).Name, time),
        _ => new RegisteredMarketplace(name, Kind, File ?? Readings[0].Repository.Folder!, "", Ref: null, time),
    };

    private static bool IsWeb(string text) => text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    // A file that a repository shows at its address belongs to the repository, in which its relative plugins are.
    private static Uri? FindAddress(string text, string shown, SourceContext context)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || !url.AbsolutePath.EndsWith(Json, StringComparison.OrdinalIgnoreCase)) return null;
        if (context.IsGitHub(url)) return null;
        if (SourceSpec.Parse(text, context) is { Version: not null, Path: var path } && path.EndsWith(FilePath, StringComparison.Ordinal)) return null;
        // The rest can be a key, which must not be stored.
        if (url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            var plain = shown.Split('?', '#')[0];
            throw new SkillMeatException(
                ErrorIds.InvalidArgument, $"'{plain}' cannot be registered with what follows '?' or '#', because that can be a secret and would be stored. Name the file without it, or register a copy on this machine.");
        }

        return url.UserInfo.Length == 0 ? url : new UriBuilder(url) { UserName = "", Password = "" }.Uri;
    }

    private static MarketplaceSource Local(string shown, string path)
    {
        if (Directory.Exists(path))
        {
            var folder = Path.TrimEndingDirectorySeparator(Path.GetFileName(path) == PluginLayout.Folder && System.IO.File.Exists(Path.Combine(path, PluginLayout.Marketplace)) ? Path.GetDirectoryName(path)! : path);
            return new MarketplaceSource(MarketplaceKind.Folder, folder) { Readings = [InFolder(folder)] };
        }

        if (!System.IO.File.Exists(path)) throw new SkillMeatException(ErrorIds.UpstreamNotFound, NearestPath.DescribeMissing(shown, path));
        if (!path.EndsWith(Json, StringComparison.OrdinalIgnoreCase)) throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{shown}' is not a marketplace. Name its folder, or its file '{PluginLayout.Marketplace}'.");
        var above = Path.GetDirectoryName(path)!;
        var root = Path.GetFileName(above) == PluginLayout.Folder ? Path.GetDirectoryName(above)! : above;
        return new MarketplaceSource(MarketplaceKind.File, path) { Readings = [InFolder(root)], File = path };
    }

    private static SourceSpec InFolder(string folder) => new(RepositoryAddress.InFolder(folder), "", Version: null);

    private static string WithoutFile(string path) => path == FilePath ? "" : path.EndsWith("/" + FilePath, StringComparison.Ordinal) ? path[..^(FilePath.Length + 1)] : path;

    private static SkillMeatException Unusable(RegisteredMarketplace registered) =>
        new(ErrorIds.InvalidArgument, $"The source of the marketplace '{registered.Name}' in {MarketplaceList.FileName} cannot be used. Remove the marketplace and register it again.");
}
