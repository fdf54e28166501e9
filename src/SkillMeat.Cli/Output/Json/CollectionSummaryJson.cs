using SkillMeat.Collections;

namespace SkillMeat.Cli.Output.Json;

/// <summary>A collection in the list that <c>skm collection list</c> prints.</summary>
internal sealed record CollectionSummaryJson(string Name, bool IsActive, int ArtifactCount, DateTimeOffset? Updated, string? Problem)
{
    public static CollectionSummaryJson Of(CollectionSummary collection) =>
        new(collection.Name, collection.IsActive, collection.ArtifactCount, collection.Updated, collection.Problem);
}
