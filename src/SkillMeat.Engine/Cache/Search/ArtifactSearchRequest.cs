using SkillMeat.Collections;

namespace SkillMeat.Cache.Search;

/// <summary>A search for artifacts. Conditions in <see cref="Text"/> and in the other properties are added up.</summary>
/// <remarks>Immutable.</remarks>
public sealed record ArtifactSearchRequest
{
    /// <summary>The usual number of artifacts on a page.</summary>
    public const int DefaultLimit = 20;

    /// <summary>
    /// The text that the user typed: words, all of which must be found; phrases in double quotes; and conditions such as <c>type:skill</c>, <c>tag:pdf</c>, <c>author:ada</c>, <c>source:owner/repo</c>,
    /// <c>name:tools</c>, <c>collection:work</c>, <c>project:app</c> and <c>stale:yes</c>. Every text is a search. An empty one finds everything.
    /// </summary>
    public string Text { get; init; } = "";

    /// <summary>The types, one of which the artifact has; empty for all.</summary>
    public IReadOnlyList<ArtifactType> Types { get; init; } = [];

    /// <summary>The tags, all of which the artifact has.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The collections, by folder name; empty for all.</summary>
    public IReadOnlyList<string> Collections { get; init; } = [];

    /// <summary>The group to whose members the artifacts are restricted; null for no restriction. It is one of <see cref="Collections"/>, or of the active collection.</summary>
    public string? Group { get; init; }

    /// <summary>The project into which the artifact is deployed: a path, or the name of a registered project. Null for artifacts that are deployed anywhere or nowhere.</summary>
    public string? Project { get; init; }

    /// <summary>The order.</summary>
    public SearchOrder Order { get; init; }

    /// <summary>The number of artifacts to skip.</summary>
    public int Offset { get; init; }

    /// <summary>The largest number of artifacts to return. The total is counted in any case.</summary>
    public int Limit { get; init; } = DefaultLimit;

    /// <summary>
    /// The time for which the manifest files of a large collection are not looked at again. Zero, the default, looks at them in every search, which takes some 25 ms for 10,000 of them. Collections and their
    /// manifests are looked at in every search.
    /// </summary>
    public TimeSpan MaxTextAge { get; init; }
}
