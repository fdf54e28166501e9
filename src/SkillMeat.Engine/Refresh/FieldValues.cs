using System.Collections.ObjectModel;

namespace SkillMeat.Refresh;

/// <summary>
/// Values of an artifact's fields by field name. A value is a string, a list of strings, a bool, or null. The text form is <c>license: MIT; tags: a,
/// b</c>.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class FieldValues : ReadOnlyDictionary<string, object?>
{
    internal FieldValues(IDictionary<string, object?> values)
        : base(values)
    {
    }

    /// <summary>An empty set of values.</summary>
    public static FieldValues None { get; } = new(new Dictionary<string, object?>());

    /// <summary>Formats a value for display.</summary>
    /// <param name="value">The value of a field.</param>
    /// <returns>The text; <c>(none)</c> for null and for an empty list.</returns>
    public static string Describe(object? value) => value switch
    {
        null => "(none)",
        IReadOnlyCollection<string> { Count: 0 } => "(none)",
        IEnumerable<string> texts => string.Join(", ", texts),
        bool flag => flag ? "yes" : "no",
        _ => value.ToString() ?? "",
    };

    /// <summary>Formats all values on one line.</summary>
    /// <returns>A text such as <c>license: MIT; tags: a, b</c>.</returns>
    public override string ToString() => string.Join("; ", this.Select(v => $"{v.Key}: {Describe(v.Value)}"));
}
