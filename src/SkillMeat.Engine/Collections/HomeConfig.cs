using SkillMeat.Errors;
using SkillMeat.Toml;

namespace SkillMeat.Collections;

/// <summary><c>config.toml</c> of a home. A home without one has the defaults.</summary>
internal sealed class HomeConfig
{
    private const string DefaultCollectionKey = "default-collection";
    public const string DefaultCollectionName = "default";

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
    /// <exception cref="DataFileException">What is configured can't be a collection's name.</exception>
    public string ActiveCollection
    {
        get
        {
            if (_settings?.OptionalText(DefaultCollectionKey) is not { Length: > 0 } name)
            {
                return DefaultCollectionName;
            }

            return ArtifactId.DescribeBadName(name) is { } problem
                ? throw _settings.Invalid(_settings.Table.Find(DefaultCollectionKey)!.Position, $"'{DefaultCollectionKey}' is '{name}', which can't be a collection's name: it {problem}")
                : name;
        }
    }

    /// <summary>The token for GitHub; null when none is configured.</summary>
    public string? GitHubToken => _settings?.OptionalText("github-token") is { Length: > 0 } token ? token : null;

    /// <summary>How many automatic snapshots a collection keeps.</summary>
    public int KeptSnapshots => _settings?.OptionalCount("keep-automatic-snapshots") ?? 20;

    /// <summary>What becomes of local edits when nobody says it, as it is written; null when nothing is configured.</summary>
    public string? UpdateStrategy => _settings?.OptionalText("update-strategy") is { Length: > 0 } strategy ? strategy : null;

    public static HomeConfig Parse(byte[]? bytes, string path) =>
        new(bytes is null ? TomlDocument.Empty(path) : TomlDocument.Parse(bytes, path), path);

    /// <summary>The configuration of a new home.</summary>
    public static byte[] CreateNew(string activeCollection)
    {
        var config = Parse(bytes: null, "config.toml");
        return config.WithActiveCollection(activeCollection);
    }

    /// <summary>Whether a collection is the active one; never an error, so that a configuration that names none does not keep the others from being used.</summary>
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
}
