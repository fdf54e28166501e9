using SkillMeat.Merging;

namespace SkillMeat.Updates;

/// <summary>The contents of a file in conflict.</summary>
/// <param name="Conflict">The conflict.</param>
/// <param name="State">A text that is another one as soon as either side or the base is changed.</param>
/// <remarks>Immutable.</remarks>
public sealed record ConflictTexts(FileConflict Conflict, string State)
{
    /// <summary>The content as it was fetched; null if it is not known or there was no file.</summary>
    public ReadOnlyMemory<byte>? Base { get; init; }

    /// <summary>The local content; null if there is no file.</summary>
    public ReadOnlyMemory<byte>? Local { get; init; }

    /// <summary>Upstream's content; null if there is no file.</summary>
    public ReadOnlyMemory<byte>? Upstream { get; init; }

    /// <summary>The merged text with both sides' lines between markers where both changed them; null if the conflict is not about lines.</summary>
    public ReadOnlyMemory<byte>? Merged { get; init; }
}
