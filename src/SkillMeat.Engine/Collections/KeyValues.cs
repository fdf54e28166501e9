using System.Collections.ObjectModel;
using System.Globalization;

namespace SkillMeat.Collections;

/// <summary>
/// Values of a manifest or lock file by key, in the file's order. A value is a string, which a date is as well, a long, a double, a bool, a list of strings
/// (<see cref="TextValues"/>), a list of values (<see cref="ItemList{T}"/>), or a <see cref="KeyValues"/>. The text form is <c>model: opus; stable: yes</c>.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class KeyValues : ReadOnlyDictionary<string, object>, IEquatable<KeyValues>
{
    internal KeyValues(IDictionary<string, object> values)
        : base(values)
    {
    }

    /// <summary>No values.</summary>
    public static KeyValues None { get; } = new(new Dictionary<string, object>());

    /// <inheritdoc/>
    public bool Equals(KeyValues? other) => other is not null && Count == other.Count && this.All(pair => other.TryGetValue(pair.Key, out var value) && pair.Value.Equals(value));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as KeyValues);

    /// <inheritdoc/>
    public override int GetHashCode() => Count;

    /// <summary>Formats all values on one line.</summary>
    /// <returns>A text such as <c>model: opus; stable: yes</c>.</returns>
    public override string ToString() => string.Join("; ", this.Select(pair => $"{pair.Key}: {Describe(pair.Value)}"));

    /// <summary>Joins values, with a prefix before the keys of each part.</summary>
    internal static KeyValues Join(params (string Prefix, KeyValues Values)[] parts)
    {
        Dictionary<string, object>? all = null;
        foreach (var (prefix, values) in parts)
        {
            // A key may be spelled like one with a prefix; the first one counts.
            foreach (var (key, value) in values) (all ??= []).TryAdd(prefix + key, value);
        }

        return Of(all);
    }

    internal static KeyValues Of(Dictionary<string, object>? values) => values is null ? None : new KeyValues(values);

    private static string Describe(object value) => value switch
    {
        bool flag => flag ? "yes" : "no",
        KeyValues values => $"{{{values}}}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
