using Xunit;

namespace SkillMeat.Tests.Server.Kills;

/// <summary>The list of the requests in whose middle the service is killed.</summary>
public sealed class KillCoverageTests
{
    [Fact]
    public async Task Every_operation_that_changes_something_is_in_the_list()
    {
        await using var scene = await ServiceScene.StartAsync();
        var document = (await scene.GetAsync("openapi.json")).Succeeds().Json;
        // An artifact has two addresses with the same code behind them.
        var changing = document.GetProperty("paths").EnumerateObject().Where(path => !path.Name.StartsWith("/api/v1/artifacts/", StringComparison.Ordinal))
            .SelectMany(path => path.Value.EnumerateObject()).Where(operation => operation.Name != "get").Select(operation => operation.Value.GetProperty("operationId").GetString()!);
        var killed = new[] { KilledRequests.Edits, KilledRequests.Artifacts, KilledRequests.Projects }.SelectMany(list => list).Select(one => one.Operation).Concat(KilledRequests.Harmless);
        Assert.Equal(changing.Order(StringComparer.Ordinal), killed.Distinct().Order(StringComparer.Ordinal));
    }
}
