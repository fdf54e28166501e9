using SkillMeat.Errors;
using SkillMeat.Toml;

namespace SkillMeat.Collections;

/// <summary>The configuration of a home (<c>config.toml</c>). Without the file, the defaults apply.</summary>
internal sealed class HomeConfig
{
    private const string DefaultCollectionKey = "default-collection";
    private const string StrategyKey = "update-strategy";
    private const string SnapshotsKey = "keep-automatic-snapshots";
    private const string MarketplaceKey = "marketplace-hours";
    public const string DefaultCollectionName = "default";

    private readonly TomlDocument _document;
    private readonly TableReader? _settings;
    private readonly TableReader? _limits;

    private HomeConfig(TomlDocument document, string path)
    {
        _document = document;
        _settings = new TableReader(document.Root, path, "the configuration").OptionalTable("settings") is { } settings
            ? new TableReader(settings.Table, path, "[settings]")
            : null;
        _limits = new TableReader(document.Root, path, "the configuration").OptionalTable("limits") is { } limits ? new TableReader(limits.Table, path, "[limits]") : null;
    }

    /// <summary>The name of the active collection, which commands use by default.</summary>
    /// <exception cref="DataFileException">The configured name is not valid for a collection.</exception>
    public string ActiveCollection
    {
        get
        {
            if (_settings?.OptionalText(DefaultCollectionKey) is not { Length: > 0 } name)
            {
                return DefaultCollectionName;
            }

            return ArtifactId.DescribeBadName(name) is { } problem
                ? throw _settings.Invalid(_settings.Table.Find(DefaultCollectionKey)!.Position, $"'{DefaultCollectionKey}' is '{name}', which is not a valid collection name: it {problem}")
                : name;
        }
    }

    /// <summary>The token for GitHub, or null.</summary>
    public string? GitHubToken => _settings?.OptionalText("github-token") is { Length: > 0 } token ? token : null;

    /// <summary>The number of automatic snapshots to keep for each collection.</summary>
    public int KeptSnapshots => _settings?.OptionalCount(SnapshotsKey) ?? 20;

    /// <summary>The number of hours after which the list of a marketplace is fetched again. 0 for every time.</summary>
    public int MarketplaceHours => _settings?.OptionalCount(MarketplaceKey) ?? 24;

    /// <summary>The default strategy for local edits, as written, or null.</summary>
    public string? UpdateStrategy => _settings?.OptionalText(StrategyKey) is { Length: > 0 } strategy ? strategy : null;

    /// <summary>Returns a limit for what upstream sends, or null if the default applies.</summary>
    /// <param name="key">The key under <c>[limits]</c>.</param>
    /// <exception cref="DataFileException">It is no integer.</exception>
    public int? LimitOf(string key) => _limits?.OptionalCount(key) is { } limit
        ? limit > 0 ? limit : throw _limits.Invalid(_limits.Table.Find(key)!.Position, $"'{key}' is 0, and a limit is at least 1")
        : null;

    public static HomeConfig Parse(byte[]? bytes, string path) =>
        new(bytes is null ? TomlDocument.Empty(path) : TomlDocument.Parse(bytes, path), path);

    /// <summary>Creates the configuration of a new home.</summary>
    public static byte[] CreateNew(string activeCollection)
    {
        var config = Parse(bytes: null, "config.toml");
        return config.WithActiveCollection(activeCollection);
    }

    /// <summary>Whether a collection is the active one. Never throws, so that an invalid configuration does not block the other collections.</summary>
    public bool IsActive(string collection) => _settings?.Table.Find(DefaultCollectionKey) switch
    {
        null => collection == DefaultCollectionName,
        { Kind: TomlValueKind.String } value => (value.AsString() is { Length: > 0 } name ? name : DefaultCollectionName) == collection,
        _ => false,
    };

    public byte[] WithActiveCollection(string name)
    {
        _document.Root.GetOrAddTable("settings").Set(DefaultCollectionKey, TomlValue.Of(name));
        return _document.ToBytes();
    }

    /// <summary>Reads the settings that can be shown.</summary>
    /// <exception cref="DataFileException">One has the wrong type.</exception>
    public HomeSettings ReadSettings() => new()
    {
        ActiveCollection = ActiveCollection,
        UpdateStrategy = UpdateStrategy,
        KeepAutomaticSnapshots = _settings?.OptionalCount(SnapshotsKey),
        MarketplaceHours = _settings?.OptionalCount(MarketplaceKey),
        HasGitHubToken = GitHubToken is not null,
    };

    /// <summary>Returns the file with changed settings.</summary>
    public byte[] With(SettingsEdit edit)
    {
        foreach (var setting in edit.Unset) _settings?.Table.Remove(KeyOf(setting));
        if (edit is { ActiveCollection: null, UpdateStrategy: null, KeepAutomaticSnapshots: null, MarketplaceHours: null }) return _document.ToBytes();
        var settings = _document.Root.GetOrAddTable("settings");
        if (edit.ActiveCollection is { } collection) settings.Set(DefaultCollectionKey, TomlValue.Of(collection));
        if (edit.UpdateStrategy is { } strategy) settings.Set(StrategyKey, TomlValue.Of(strategy));
        if (edit.KeepAutomaticSnapshots is { } snapshots) settings.Set(SnapshotsKey, TomlValue.Of((long)snapshots));
        if (edit.MarketplaceHours is { } hours) settings.Set(MarketplaceKey, TomlValue.Of((long)hours));
        return _document.ToBytes();
    }

    private static string KeyOf(HomeSetting setting) => setting switch
    {
        HomeSetting.UpdateStrategy => StrategyKey,
        HomeSetting.KeepAutomaticSnapshots => SnapshotsKey,
        _ => MarketplaceKey,
    };
}
