using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Toml;

namespace SkillMeat.Cache.Marketplaces;

/// <summary>The registered marketplaces of a home (<c>marketplaces.toml</c>), editable in place. Not thread-safe.</summary>
internal sealed class MarketplaceList
{
    public const string FileName = "marketplaces.toml";

    private const string Key = "marketplaces";

    private readonly TomlDocument _document;
    private readonly List<(RegisteredMarketplace Marketplace, TomlTable Table)> _marketplaces;

    private MarketplaceList(TomlDocument document, string path)
    {
        _document = document;
        _marketplaces = [.. new TableReader(document.Root, path, "the list of marketplaces").Tables(Key).Select(table => (Read(new TableReader(table, path, "a marketplace")), table))];
        foreach (var (marketplace, table) in _marketplaces)
        {
            if (!ReferenceEquals(Find(marketplace.Name), marketplace)) throw new TableReader(table, path, "a marketplace").Invalid(table.Position, $"two marketplaces have the name '{VisibleText.Line(marketplace.Name)}'. Rename one");
        }
    }

    /// <summary>The marketplaces, in the order of their registration.</summary>
    public IReadOnlyList<RegisteredMarketplace> All => _marketplaces.ConvertAll(one => one.Marketplace);

    /// <summary>Parses the file.</summary>
    /// <param name="bytes">The bytes, or null if there is no file.</param>
    /// <param name="path">The full path of the file.</param>
    /// <exception cref="DataFileException">It is not TOML, or an entry is not valid.</exception>
    public static MarketplaceList Parse(byte[]? bytes, string path) => new(bytes is null ? TomlDocument.Empty(path) : TomlDocument.Parse(bytes, path), path);

    /// <summary>Describes why a name is not valid for a marketplace, as a predicate; null if it is.</summary>
    public static string? DescribeBadName(string name) =>
        ArtifactId.DescribeBadName(name) ?? (VisibleText.FindHidden(name) is { } hidden ? $"contains the invisible character {hidden}" : PortableName.DescribeProblem(name) ?? (name.Length > 100 ? "has more than 100 characters" : null));

    /// <summary>Finds a marketplace by its name, whatever its case, or returns null.</summary>
    public RegisteredMarketplace? Find(string name) => _marketplaces.Find(one => PortableName.Key(one.Marketplace.Name) == PortableName.Key(name)).Marketplace;

    /// <summary>Finds a marketplace by its place, or returns null.</summary>
    public RegisteredMarketplace? FindPlace(string place) => _marketplaces.Find(one => one.Marketplace.Place == place).Marketplace;

    /// <summary>Adds a marketplace, whose name no other one has.</summary>
    public void Add(RegisteredMarketplace marketplace)
    {
        var table = _document.Root.GetOrAddArray(Key).Add();
        table.Set("name", TomlValue.Of(marketplace.Name));
        table.Set("kind", TomlValue.Of(NameOf(marketplace.Kind)));
        table.Set("source", TomlValue.Of(marketplace.Source));
        if (marketplace.Path.Length > 0) table.Set("path", TomlValue.Of(marketplace.Path));
        if (marketplace.Ref is { } reference) table.Set("ref", TomlValue.Of(reference));
        if (marketplace.RegisteredAt is { } time) table.Set("registered", TomlValue.Of(IsoTime.Write(time)));
        _marketplaces.Add((marketplace, table));
    }

    /// <summary>Removes marketplaces.</summary>
    public void Remove(IReadOnlyCollection<RegisteredMarketplace> removed)
    {
        if (removed.Count == 0) return;
        _document.Root.GetOrAddArray(Key).Remove(_marketplaces.Where(one => removed.Contains(one.Marketplace)).Select(one => one.Table).ToHashSet());
        _marketplaces.RemoveAll(one => removed.Contains(one.Marketplace));
    }

    /// <summary>The bytes to write.</summary>
    public byte[] ToBytes() => _document.ToBytes();

    private static RegisteredMarketplace Read(TableReader reader)
    {
        var name = reader.RequiredText("name");
        if (DescribeBadName(name) is { } problem) throw reader.Invalid(reader.Table.Position, $"'{VisibleText.Line(name)}' is not a valid name of a marketplace: it {problem}");
        var kind = reader.RequiredText("kind");
        if (!Enum.GetValues<MarketplaceKind>().Any(one => NameOf(one) == kind))
        {
            throw reader.Invalid(reader.Table.Position, $"'{VisibleText.Line(kind)}' is not a kind of marketplace: {string.Join(", ", Enum.GetValues<MarketplaceKind>().Select(NameOf))}");
        }

        return new RegisteredMarketplace(
            name,
            Enum.GetValues<MarketplaceKind>().First(one => NameOf(one) == kind),
            AddressText.WithoutCredentials(reader.RequiredText("source")),
            reader.OptionalText("path") ?? "",
            reader.OptionalText("ref") is { Length: > 0 } reference ? reference : null,
            IsoTime.Read(reader.OptionalText("registered")));
    }

    private static string NameOf(MarketplaceKind kind) => kind.ToString().ToLowerInvariant();
}
