using SkillMeat.Upstream;

namespace SkillMeat.Checks;

/// <summary>Told what is known while an update check or a refresh still runs. It is called from any thread, but never from two at once, and holds up the work as long as it takes.</summary>
/// <remarks>Immutable.</remarks>
public sealed record CheckListener
{
    /// <summary>Told the answer about an artifact as soon as it is final, in the order in which upstream answers.</summary>
    public Action<ArtifactCheck> Checked { get; init; } = _ => { };

    /// <summary>Told how many repositories have answered, once before the first one is asked and then after each.</summary>
    public Action<UpstreamProgress> Progressed { get; init; } = _ => { };

    internal static CheckListener Silent { get; } = new();
}
