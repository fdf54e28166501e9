namespace SkillMeat.Upstream.FrontMatters;

/// <summary>
/// The front matter of an artifact's manifest file. A key without a value is the same as no key (formats.md), so null means that a key is absent.
/// </summary>
/// <remarks>Immutable. A value is a text, a <see cref="bool"/> or a list of texts, as <see cref="Keys"/> says.</remarks>
internal sealed class FrontMatter
{
    /// <summary>The keys, each with the kind of its value. Their order is that of <see cref="this[int]"/>, and part of the format of the cache.</summary>
    public static readonly IReadOnlyList<(string Name, FrontMatterKind Kind)> InOrder =
    [
        ("name", FrontMatterKind.Text),
        ("description", FrontMatterKind.Text),
        ("author", FrontMatterKind.Text),
        ("license", FrontMatterKind.Text),
        ("category", FrontMatterKind.Text),
        ("deprecated", FrontMatterKind.Flag),
        ("tags", FrontMatterKind.Texts),
    ];

    /// <summary>The keys, each with the kind of its value.</summary>
    public static readonly IReadOnlyDictionary<string, FrontMatterKind> Keys = InOrder.ToDictionary(key => key.Name, key => key.Kind, StringComparer.Ordinal);

    public static readonly FrontMatter Empty = new(new object?[InOrder.Count]);

    // A dictionary for each of thousands of artifacts would take much more memory.
    private readonly object?[] _values;

    /// <param name="values">The values by key.</param>
    public FrontMatter(IReadOnlyDictionary<string, object> values)
        : this([.. InOrder.Select(key => values.GetValueOrDefault(key.Name))])
    {
    }

    /// <param name="values">The values in the order of the keys; null for none.</param>
    public FrontMatter(object?[] values)
    {
        _values = values;
    }

    /// <summary>The keys that have a value, with it.</summary>
    public IReadOnlyDictionary<string, object> Values =>
        Enumerable.Range(0, _values.Length).Where(place => _values[place] is not null).ToDictionary(place => InOrder[place].Name, place => _values[place]!, StringComparer.Ordinal);

    /// <summary>Whether no key has a value.</summary>
    public bool IsEmpty => Array.TrueForAll(_values, value => value is null);

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
        problems.Count == 0 && !isIncomplete ? this : new FrontMatter(_values) { Problems = problems, IsIncomplete = isIncomplete };

    /// <summary>The value of a key by its place in <see cref="InOrder"/>; null for none.</summary>
    public object? this[int place] => _values[place];

    /// <summary>The value of a key.</summary>
    public object? Find(string key)
    {
        for (var place = 0; place < _values.Length; place++)
        {
            if (InOrder[place].Name == key) return _values[place];
        }

        return null;
    }
}
