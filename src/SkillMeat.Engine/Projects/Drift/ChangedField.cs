namespace SkillMeat.Projects.Drift;

/// <summary>A field of the front matter that differs between the collection and a copy.</summary>
/// <param name="Field">The name of the field.</param>
/// <param name="OldValue">The value in the collection, or null if it has none.</param>
/// <param name="NewValue">The value in the copy, or null if it has none.</param>
public sealed record ChangedField(string Field, string? OldValue, string? NewValue)
{
    /// <summary>Describes the change.</summary>
    /// <returns>A text such as <c>license: (none) → MIT</c>.</returns>
    public override string ToString() => $"{Field}: {OldValue ?? "(none)"} → {NewValue ?? "(none)"}";
}
