using System.Collections.ObjectModel;

namespace SkillMeat.Refresh;

/// <summary>Values of an artifact's fields by the fields' names: a string, a list of strings, a bool, or null for none. As one text: <c>license: MIT; tags: a, b</c>.</summary>
/// <remarks>Immutable and safe from any thread.</remarks>
public sealed class FieldValues : ReadOnlyDictionary<string, object?>
{
    internal FieldValues(IDictionary<string, object?> values)
        : base(values)
    {
    }

    /// <summary>No values.</summary>
    public static FieldValues None { get; } = new(new Dictionary<string, object?>());

    /// <summary>Says a value for a person.</summary>
    /// <param name="value">The value of a field.</param>
    /// <returns>One text; <c>(none)</c> for null and for an empty list.</returns>
    public static string Describe(object? value) => value switch
    {
        null => "(none)",
        IReadOnlyCollection<string> { Count: 0 } => "(none)",
        IEnumerable<string> texts => string.Join(", ", texts),
        bool flag => flag ? "yes" : "no",
        _ => value.ToString() ?? "",
    };

    /// <summary>All of them on one line.</summary>
    /// <returns>Such as <c>license: MIT; tags: a, b</c>.</returns>
    public override string ToString() => string.Join("; ", this.Select(v => $"{v.Key}: {Describe(v.Value)}"));
}
