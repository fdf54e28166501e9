using SkillMeat.Browsing;
using SkillMeat.Tests.Updates;
using Xunit;

namespace SkillMeat.Tests.Browsing;

/// <summary>Lists artifacts in a scene.</summary>
internal static class Browsed
{
    public static async Task<IReadOnlyList<UpstreamArtifact>> ListAsync(UpdateScene scene, params string[] sources)
    {
        var store = scene.Open();
        using var session = scene.Connect(store);
        return await new ArtifactBrowser(store, session).BrowseAsync(new BrowseRequest { Sources = sources, BaseFolder = scene.Place }, TestContext.Current.CancellationToken);
    }

    /// <summary>Lists artifacts in short, in the order of their texts.</summary>
    public static async Task<IReadOnlyList<string>> DescribeAsync(UpdateScene scene, params string[] sources) =>
        [.. (await ListAsync(scene, sources)).Select(one => $"{one.ArtifactId} at {one.Path}: {one.State}").Order(StringComparer.Ordinal)];
}
