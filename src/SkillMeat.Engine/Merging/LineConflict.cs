namespace SkillMeat.Merging;

/// <summary>A place of a text that both sides changed, in different ways.</summary>
/// <param name="Local">The lines of the local text.</param>
/// <param name="Upstream">The lines of upstream's text.</param>
public sealed record LineConflict(LineRange Local, LineRange Upstream)
{
    /// <summary>Describes the place.</summary>
    /// <returns>A text such as <c>line 7 (upstream line 9)</c>.</returns>
    public override string ToString() => $"{Local} (upstream {Upstream})";
}
