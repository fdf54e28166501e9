using SkillMeat.Cache.Lists;

namespace SkillMeat.Server.Json;

/// <summary>The state of an artifact upstream, as the last update check found it.</summary>
internal sealed record ArtifactUpdateJson(ListedState State, string? UpstreamVersion, DateTimeOffset? CheckedAt, int Deployments, int Drifted)
{
    public static ArtifactUpdateJson Of(ListedArtifact one) => new(one.State, one.UpstreamVersion, one.CheckedAt, one.Deployments, one.Drifted);
}
