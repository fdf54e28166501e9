using SkillMeat.Collections;
using SkillMeat.Toml;
using SkillMeat.Upstream.FrontMatters;

namespace SkillMeat.Artifacts;

/// <summary>The description of an artifact in its own files, ready for a manifest. Null, or an empty list, means that it is not given.</summary>
internal sealed record ArtifactDescription
{
    public static readonly ArtifactDescription Empty = new();

    /// <summary>The name in the front matter. The name in a collection is the user's choice.</summary>
    public string? Name { get; init; }

    public string? Title { get; init; }

    public string? Description { get; init; }

    public string? Author { get; init; }

    public string? License { get; init; }

    public string? Version { get; init; }

    public string? Category { get; init; }

    public bool? Deprecated { get; init; }

    public TextValues Tags { get; init; } = [];

    public TextValues Tools { get; init; } = [];

    public TextValues Dependencies { get; init; } = [];

    /// <summary>The value of <see cref="NewArtifact.Extra"/>: the keys for which a manifest has no field, category and deprecation among them, and a copy of the front matter.</summary>
    public IReadOnlyDictionary<string, TomlValue> Extra { get; init; } = new Dictionary<string, TomlValue>();

    /// <summary>The problems that strict YAML has with the front matter.</summary>
    public IReadOnlyList<FrontMatterProblem> Problems { get; init; } = [];

    /// <summary>Whether keys could not be read, so that what is missing is unknown and not withdrawn.</summary>
    public bool IsIncomplete { get; init; }

    /// <summary>Reads the front matter of a manifest file.</summary>
    /// <param name="path">The path of the file. Its extension tells Markdown from YAML and JSON. Other keys of YAML and JSON are the artifact itself, so they are not copied.</param>
    /// <param name="text">The text of the file.</param>
    /// <exception cref="FrontMatterException">A YAML or JSON file is invalid.</exception>
    public static ArtifactDescription Read(string path, string text)
    {
        var (known, values) = FrontMatterReader.ReadBoth(path, text);
        var description = new ArtifactDescription
        {
            Name = known.Name,
            Problems = known.Problems,
            IsIncomplete = known.IsIncomplete,
            Title = TextOf(values, "title"),
            Description = known.Description,
            Author = known.Author,
            License = known.License,
            Version = TextOf(values, "version"),
            Category = known.Category,
            Deprecated = known.Deprecated,
            Tags = TextValues.Of(known.Tags ?? []),
            Tools = FirstTexts(values, FrontMatterExtra.ToolsKeys, TextList.ToolsOf),
            Dependencies = FirstTexts(values, ["dependencies"], TextList.Of),
        };
        return path.EndsWith(".md", StringComparison.OrdinalIgnoreCase) ? description with { Extra = FrontMatterExtra.Make(description, values) } : description;
    }

    /// <summary>Adds the description to the manifest entry of an artifact.</summary>
    public NewArtifact AddTo(NewArtifact artifact) => artifact with
    {
        Tags = Tags,
        Title = Title,
        Description = Description,
        Author = Author,
        License = License,
        Version = Version,
        Dependencies = Dependencies,
        Tools = Tools,
        Extra = Extra,
        IsIncomplete = IsIncomplete,
    };

    /// <summary>Fills what could not be read with the values of an earlier version.</summary>
    public ArtifactDescription FillFrom(ArtifactDescription earlier) => !IsIncomplete ? this : this with
    {
        Title = Title ?? earlier.Title,
        Description = Description ?? earlier.Description,
        Author = Author ?? earlier.Author,
        License = License ?? earlier.License,
        Version = Version ?? earlier.Version,
        Category = Category ?? earlier.Category,
        Deprecated = Deprecated ?? earlier.Deprecated,
        Tags = Tags.Count > 0 ? Tags : earlier.Tags,
        Tools = Tools.Count > 0 ? Tools : earlier.Tools,
        Dependencies = Dependencies.Count > 0 ? Dependencies : earlier.Dependencies,
        Extra = FrontMatterExtra.Fill(Extra, earlier.Extra),
    };

    private static string? TextOf(IReadOnlyDictionary<string, FrontMatterValue> values, string key) => values.GetValueOrDefault(key)?.Text;

    private static TextValues FirstTexts(IReadOnlyDictionary<string, FrontMatterValue> values, IEnumerable<string> keys, Func<FrontMatterValue, TextValues> read) =>
        keys.Select(values.GetValueOrDefault).OfType<FrontMatterValue>().Select(read).FirstOrDefault(texts => texts.Count > 0) ?? [];
}
