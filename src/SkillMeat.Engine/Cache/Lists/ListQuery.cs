using SkillMeat.Collections;

namespace SkillMeat.Cache.Lists;

/// <summary>Selects artifacts of a collection for a list.</summary>
/// <remarks>Immutable.</remarks>
public sealed record ListQuery
{
    /// <summary>The folder name of the collection.</summary>
    public required string Collection { get; init; }

    /// <summary>The types; empty for all.</summary>
    public IReadOnlyList<ArtifactType> Types { get; init; } = [];

    /// <summary>The tags, all of which the artifact has, in any letter case.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The origins, such as <c>github</c>; empty for all.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>The states; empty for all.</summary>
    public IReadOnlyList<ListedState> States { get; init; } = [];

    /// <summary>The ids, as <c>type:name</c>, of which the artifact has one; null for all.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>A text that the name, title, description or tags contain, in any letter case; null for all.</summary>
    public string? Text { get; init; }

    /// <summary>The order.</summary>
    public ListedOrder Order { get; init; }

    /// <summary>Whether the order is reversed.</summary>
    public bool IsDescending { get; init; }

    /// <summary>The artifact after which the page begins, or null for the first page.</summary>
    public ListedPlace? After { get; init; }

    /// <summary>The largest number of artifacts to return. The total is counted in any case.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>The time for which the copies in projects are not looked at again.</summary>
    public TimeSpan MaxDeploymentAge { get; init; }
}
