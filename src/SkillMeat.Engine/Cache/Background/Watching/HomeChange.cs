using SkillMeat.Collections;

namespace SkillMeat.Cache.Background.Watching;

/// <summary>A change of a home that was noticed, by whatever program.</summary>
/// <param name="Kinds">The kinds of things that changed: <c>collections</c>, <c>snapshots</c>, <c>projects</c>, <c>marketplaces</c>.</param>
/// <param name="Collections">The names of the collections that changed, came or went.</param>
/// <remarks>Immutable.</remarks>
public sealed record HomeChange(TextValues Kinds, TextValues Collections)
{
    /// <summary>Whether the list of the collections or the settings of the home changed, such as the active collection, so that everything may have changed.</summary>
    public bool All { get; init; }
}
