namespace SkillMeat.Cache.Background;

/// <summary>The outcome of a task.</summary>
/// <param name="Refreshed">The number of entries that were refreshed.</param>
/// <param name="Failed">The number of entries that could not be refreshed.</param>
/// <param name="Problems">The errors, one line each.</param>
internal sealed record RefreshOutcome(int Refreshed, int Failed, IReadOnlyList<string> Problems)
{
    /// <summary>Whether upstream refused requests because there were too many.</summary>
    public bool IsLimited { get; init; }
}
