using Microsoft.Data.Sqlite;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>Facts about upstream that jobs keep after their change.</summary>
public sealed class JobRecordTests
{
    private const string Artifacts = "api/v1/collections/default/artifacts";

    [Theory]
    [InlineData("api/v1/collections/default/refresh?mode=sync")]
    [InlineData($"{Artifacts}/skill:meeting-notes/update")]
    public async Task A_job_that_is_cancelled_after_its_change_tells_its_result(string path)
    {
        await using var scene = await ServiceScene.StartAsync();
        var file = scene.Place.At("collections", "default", "skills", "meeting-notes", "SKILL.md");
        var before = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        (await scene.GetAsync(Artifacts)).Succeeds();
        await using var writer = new SqliteConnection($"Data Source={Directory.GetFiles(scene.Place.At("cache"), "*.db").Single()};Pooling=False");
        await writer.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = writer.BeginTransaction(deferred: false);
        var accepted = await scene.SendAsync(HttpMethod.Post, path);
        for (var left = 500; left > 0 && await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken) == before; left--) await Task.Delay(10, TestContext.Current.CancellationToken);
        await Task.Delay(150, TestContext.Current.CancellationToken);
        (await scene.SendAsync(HttpMethod.Delete, accepted.Headers.Location!.ToString())).Succeeds();
        var job = await scene.EndOfAsync(accepted);
        await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        Assert.True(job.GetProperty("state").GetString() == "succeeded", job.ToString());
        Assert.Equal("updated", job.GetProperty("result").EnumerateArray().Single(one => one.GetProperty("artifact_id").GetString() == "skill:meeting-notes").GetProperty("status").GetString());
    }

    [Fact]
    public async Task An_updated_artifact_is_known_to_be_up_to_date()
    {
        await using var scene = await ServiceScene.StartAsync();
        await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, $"{Artifacts}/skill:meeting-notes/update"));
        var item = (await scene.GetAsync($"{Artifacts}?q=meeting-notes")).Succeeds().Json.GetProperty("items")[0];
        Assert.Equal("up_to_date", item.GetProperty("state").GetString());
    }
}
