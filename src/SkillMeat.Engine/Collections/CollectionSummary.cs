namespace SkillMeat.Collections;

/// <summary>A collection in a list.</summary>
/// <param name="Name">The name of its folder.</param>
/// <param name="ArtifactCount">How many artifacts it has; 0 when it can't be read.</param>
/// <param name="IsActive">Whether commands mean it when they name none.</param>
/// <param name="Updated">When its manifest last changed, in UTC; null when the manifest does not say.</param>
/// <param name="Problem">Why it can't be read; null when it can.</param>
/// <remarks>Immutable.</remarks>
public sealed record CollectionSummary(string Name, int ArtifactCount, bool IsActive, DateTimeOffset? Updated, string? Problem);
