using Xunit;

namespace SkillMeat.Tests.Server.Kills;

/// <summary>The service, killed in the middle of every request that changes projects, marketplaces or the cache.</summary>
public sealed class KilledProjectsTests(KillPlace place, ITestOutputHelper output) : IClassFixture<KillPlace>
{
    public static TheoryData<string> Names => [.. KilledRequests.Projects.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Everything_is_as_before_or_as_after(string name) =>
        output.WriteLine(await KillPoints.RunAsync(place, KilledRequests.Projects.Single(one => one.Name == name)));
}
