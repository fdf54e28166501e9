namespace SkillMeat.Toml;

/// <summary>Compares values by their data, regardless of their spelling.</summary>
internal static class TomlData
{
    public static bool AreSame(TomlValue one, TomlValue other)
    {
        if (one.Kind != other.Kind) return false;
        return one.Kind switch
        {
            TomlValueKind.String => string.Equals(one.AsString(), other.AsString(), StringComparison.Ordinal),
            TomlValueKind.Integer => one.AsInteger() == other.AsInteger(),
            TomlValueKind.Float => AreSame(one.AsFloat(), other.AsFloat()),
            TomlValueKind.Boolean => one.AsBoolean() == other.AsBoolean(),
            TomlValueKind.Array => AreSame(one.AsArray(), other.AsArray()),
            TomlValueKind.Table => AreTablesSame(one, other),
            _ => string.Equals(one.AsDateText(), other.AsDateText(), StringComparison.Ordinal),
        };
    }

    public static bool IsListOfTables(TomlValue value) =>
        value.Kind == TomlValueKind.Array && value.AsArray() is { Count: > 0 } elements && elements.All(e => e.Kind == TomlValueKind.Table);

    private static bool AreSame(double one, double other) =>
        (double.IsNaN(one) && double.IsNaN(other)) || BitConverter.DoubleToInt64Bits(one) == BitConverter.DoubleToInt64Bits(other);

    private static bool AreSame(IReadOnlyList<TomlValue> one, IReadOnlyList<TomlValue> other)
    {
        if (one.Count != other.Count) return false;
        for (var i = 0; i < one.Count; i++)
            if (!AreSame(one[i], other[i])) return false;
        return true;
    }

    private static bool AreTablesSame(TomlValue one, TomlValue other)
    {
        if (one.MemberCount != other.MemberCount) return false;
        // A table of a document has an index of its keys.
        var (listed, table) = one.IsMade ? (one, other.AsTable()) : (other, one.AsTable());
        return listed.Members.All(member => table.Find(member.Key) is { } value && AreSame(member.Value, value));
    }
}
