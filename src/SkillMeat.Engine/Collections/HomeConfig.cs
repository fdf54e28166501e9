using SkillMeat.Toml;

namespace SkillMeat.Collections;

/// <summary><c>config.toml</c> of a home. A home without one has the defaults.</summary>
internal sealed class HomeConfig
{
    private const string DefaultCollectionKey = "default-collection";
    private const string DefaultCollectionName = "default";

    private readonly TomlDocument _document;
    private readonly TableReader? _settings;

    private HomeConfig(TomlDocument document, string path)
    {
        _document = document;
        _settings = new TableReader(document.Root, path, "the configuration").OptionalTable("settings") is { } settings
            ? new TableReader(settings.Table, path, "[settings]")
            : null;
    }

    /// <summary>The collection that commands mean when they name none.</summary>
    public string ActiveCollection => _settings?.OptionalText(DefaultCollectionKey) is { Length: > 0 } name ? name : DefaultCollectionName;

    /// <summary>The token for GitHub; null when none is configured.</summary>
    public string? GitHubToken => _settings?.OptionalText("github-token") is { Length: > 0 } token ? token : null;

    /// <summary>How many automatic snapshots a collection keeps.</summary>
    public int KeptSnapshots => _settings?.OptionalCount("keep-automatic-snapshots") ?? 20;

    public static HomeConfig Parse(byte[]? bytes, string path) =>
        new(bytes is null ? TomlDocument.Empty(path) : TomlDocument.Parse(bytes, path), path);

    /// <summary>The configuration of a new home.</summary>
    public static byte[] CreateNew() => $"[settings]\n{DefaultCollectionKey} = \"{DefaultCollectionName}\"\n".Select(c => (byte)c).ToArray();

    public byte[] WithActiveCollection(string name)
    {
        _document.Root.GetOrAddTable("settings").Set(DefaultCollectionKey, TomlValue.Of(name));
        return _document.ToBytes();
    }
}
