using Xunit;

namespace SkillMeat.Tests.Server.Kills;

/// <summary>The service, killed in the middle of every request that changes artifacts, or takes and restores snapshots.</summary>
public sealed class KilledArtifactsTests(KillPlace place, ITestOutputHelper output) : IClassFixture<KillPlace>
{
    public static TheoryData<string> Names => [.. KilledRequests.Artifacts.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Everything_is_as_before_or_as_after(string name) =>
        output.WriteLine(await KillPoints.RunAsync(place, KilledRequests.Artifacts.Single(one => one.Name == name)));
}
