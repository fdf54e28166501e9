namespace SkillMeat.Upstream.FrontMatters;

/// <summary>
/// The front matter of an artifact's manifest file. A key without a value is the same as no key (formats.md), so null means that a key is absent.
/// </summary>
/// <remarks>Immutable. A value is a text, a <see cref="bool"/> or a list of texts, as <see cref="Keys"/> says.</remarks>
internal sealed class FrontMatter
{
    public static readonly FrontMatter Empty = new(new Dictionary<string, object>());

    /// <summary>The keys, each with the kind of its value.</summary>
    public static readonly IReadOnlyDictionary<string, FrontMatterKind> Keys = new Dictionary<string, FrontMatterKind>(StringComparer.Ordinal)
    {
        ["name"] = FrontMatterKind.Text,
        ["description"] = FrontMatterKind.Text,
        ["author"] = FrontMatterKind.Text,
        ["license"] = FrontMatterKind.Text,
        ["category"] = FrontMatterKind.Text,
        ["deprecated"] = FrontMatterKind.Flag,
        ["tags"] = FrontMatterKind.Texts,
    };

    /// <param name="values">The values by key.</param>
    public FrontMatter(IReadOnlyDictionary<string, object> values)
    {
        Values = values;
    }

    public IReadOnlyDictionary<string, object> Values { get; }

    /// <summary>The problems that strict YAML has with the text.</summary>
    public IReadOnlyList<FrontMatterProblem> Problems { get; private init; } = [];

    /// <summary>Whether keys could not be read, so that a missing one is unknown and not withdrawn.</summary>
    public bool IsIncomplete { get; private init; }

    public string? Name => (string?)Find("name");

    public string? Description => (string?)Find("description");

    public string? Author => (string?)Find("author");

    public string? License => (string?)Find("license");

    public string? Category => (string?)Find("category");

    public bool? Deprecated => (bool?)Find("deprecated");

    public IReadOnlyList<string>? Tags => (IReadOnlyList<string>?)Find("tags");

    /// <summary>Returns the same values, read in spite of problems.</summary>
    public FrontMatter With(IReadOnlyList<FrontMatterProblem> problems, bool isIncomplete = false) =>
        problems.Count == 0 && !isIncomplete ? this : new FrontMatter(Values) { Problems = problems, IsIncomplete = isIncomplete };

    /// <summary>The value of a key.</summary>
    public object? Find(string key) => Values.GetValueOrDefault(key);
}
