using SkillMeat.Collections;

namespace SkillMeat.Cache.Search.Queries;

/// <summary>A typed text as it is understood.</summary>
/// <remarks>Immutable.</remarks>
internal sealed record SearchQuery
{
    /// <summary>The words, all of which must be found.</summary>
    public IReadOnlyList<QueryGroup> Groups { get; init; } = [];

    /// <summary>The signs, all of which must be found.</summary>
    public IReadOnlyList<LiteralCondition> Literals { get; init; } = [];

    /// <summary>The types, one of which must fit.</summary>
    public IReadOnlyList<ArtifactType> Types { get; init; } = [];

    /// <summary>The tags, all of which must be there.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The collections, one of which must fit.</summary>
    public IReadOnlyList<string> Collections { get; init; } = [];

    /// <summary>The projects, in all of which it must be deployed.</summary>
    public IReadOnlyList<string> Projects { get; init; } = [];

    /// <summary>Whether it must be out of date, or must not; null for either.</summary>
    public bool? IsStale { get; init; }

    /// <summary>Messages about conditions that nothing can meet. Then nothing is found.</summary>
    public IReadOnlyList<string> Hints { get; init; } = [];
}
