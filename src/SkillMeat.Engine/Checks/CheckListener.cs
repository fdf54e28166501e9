using SkillMeat.Upstream;

namespace SkillMeat.Checks;

/// <summary>
/// Receives results while an update check or a refresh is running. Its delegates are called from any thread, but never concurrently, and the work
/// waits for them to return.
/// </summary>
/// <remarks>Immutable.</remarks>
public sealed record CheckListener
{
    /// <summary>Called with the result for an artifact as soon as it is final, in the order in which upstream answers.</summary>
    public Action<ArtifactCheck> Checked { get; init; } = _ => { };

    /// <summary>Called with the number of repositories that have answered, before the first request and after each answer.</summary>
    public Action<UpstreamProgress> Progressed { get; init; } = _ => { };

    internal static CheckListener Silent { get; } = new();
}
