namespace SkillMeat.Projects.Json;

/// <summary>A value in a JSON text.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Start">The offset of its first character.</param>
/// <param name="End">The offset after its last character.</param>
/// <param name="Items">The members of an object or the elements of an array.</param>
internal sealed record JsonSpan(JsonKind Kind, int Start, int End, IReadOnlyList<JsonItem> Items)
{
    /// <summary>Finds the last member with a name, which is the one that counts. Null if there is none.</summary>
    public JsonItem? Find(string name) => Items.LastOrDefault(item => item.Name == name);
}
