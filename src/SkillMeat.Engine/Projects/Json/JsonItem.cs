namespace SkillMeat.Projects.Json;

/// <summary>A member of an object, or an element of an array.</summary>
/// <param name="Name">The decoded name of a member; null for an element.</param>
/// <param name="Start">The offset of its first character: of the name of a member.</param>
/// <param name="Value">The value.</param>
internal sealed record JsonItem(string? Name, int Start, JsonSpan Value)
{
    /// <summary>The offset after its last character.</summary>
    public int End => Value.End;
}
