using System.Diagnostics;
using System.Net;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>Server-sent events about the home.</summary>
public sealed class EventTests
{
    // Usually half a second; more only on a machine with other work.
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Changes_of_other_programs_are_told_within_two_seconds()
    {
        await using var scene = await ServiceScene.StartAsync();
        using var events = await ListenAsync(scene);
        await Task.Delay(100, TestContext.Current.CancellationToken);

        var watch = Stopwatch.StartNew();
        scene.Place.Write(scene.Place.Manifest, File.ReadAllText(scene.Place.Manifest) + "# by hand\n");
        Assert.Equal("""{"kinds":["collections"],"collections":["default"],"all":false}""", await NextAsync(events.Reader));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, _longest);

        watch.Restart();
        (await scene.Place.RunAsync("collection", "create", "other")).Succeeds();
        var created = await NextAsync(events.Reader);
        Assert.Contains("\"other\"", created, StringComparison.Ordinal);
        Assert.EndsWith("\"all\":true}", created, StringComparison.Ordinal);

        watch.Restart();
        scene.Place.Write(scene.Place.At("projects.toml"), "# none\n");
        Assert.Equal("""{"kinds":["projects"],"collections":[],"all":false}""", await NextAsync(events.Reader));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, _longest);
        scene.Place.Write(scene.Place.At("marketplaces.toml"), "# none\n");
        Assert.Equal("""{"kinds":["marketplaces"],"collections":[],"all":false}""", await NextAsync(events.Reader));
        (await scene.Place.RunAsync("snapshot", "new")).Succeeds();
        Assert.Contains("\"snapshots\"", await NextAsync(events.Reader), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checks_of_other_programs_are_told_and_reads_are_not()
    {
        await using var scene = await ServiceScene.StartAsync();
        (await scene.GetAsync("api/v1/collections/default/artifacts")).Succeeds();
        using var events = await ListenAsync(scene);
        (await scene.Place.RunAsync("collection", "refresh", "--check-only")).Succeeds(2);
        Assert.Equal("""{"kinds":["collections"],"collections":["default"],"all":false}""", await NextAsync(events.Reader));
        // A read of the state that the check found is no change, nor is the next one.
        for (var i = 0; i < 5; i++) (await scene.GetAsync($"api/v1/collections/default/artifacts?limit={i + 1}")).Succeeds();
        (await scene.GetAsync("api/v1/deployments")).Succeeds();
        var next = NextAsync(events.Reader);
        await Task.Delay(2_500, TestContext.Current.CancellationToken);
        Assert.False(next.IsCompleted);
        scene.Place.Write(scene.Place.At("projects.toml"), "# none\n");
        Assert.Contains("projects", await next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_after_an_event_has_what_the_event_was_about()
    {
        await using var scene = await ServiceScene.StartAsync();
        var folder = Directory.CreateDirectory(Path.Combine(scene.Place.Place, "app")).FullName;
        using var events = await ListenAsync(scene);
        const string List = "api/v1/collections/default/artifacts?q=pdf-tools";
        Assert.Equal(0, (await scene.GetAsync(List)).Succeeds().Json.GetProperty("items")[0].GetProperty("deployments").GetInt32());
        var request = new SkillMeat.Projects.Deploying.DeployRequest { Artifacts = ["pdf-tools"], Projects = [folder] };
        await new SkillMeat.Projects.Deploying.ArtifactDeployer(SkillMeat.Collections.CollectionStore.Open(scene.Place.Home), _ => null).DeployAsync(request, TestContext.Current.CancellationToken);
        Assert.Contains("\"projects\"", await NextAsync(events.Reader), StringComparison.Ordinal);
        Assert.Equal(1, (await scene.GetAsync(List)).Succeeds().Json.GetProperty("items")[0].GetProperty("deployments").GetInt32());
    }

    [Fact]
    public async Task Changes_of_the_service_itself_are_told_too_and_to_everybody()
    {
        await using var scene = await ServiceScene.StartAsync();
        using var one = await ListenAsync(scene);
        using var other = await ListenAsync(scene);
        (await scene.SendAsync(HttpMethod.Post, "api/v1/collections", new { name = "work" })).Succeeds(HttpStatusCode.Created);
        foreach (var events in new[] { one, other }) Assert.Contains("\"work\"", await NextAsync(events.Reader), StringComparison.Ordinal);
        Assert.Contains("skillmeat_events_listeners 2", (await scene.GetAsync("metrics")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_streams_end_with_the_service()
    {
        await using var scene = await ServiceScene.StartAsync();
        using var events = await ListenAsync(scene);
        var watch = Stopwatch.StartNew();
        await scene.Server.StopAsync();
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    private static async Task<EventReader> ListenAsync(ServiceScene scene)
    {
        var answer = await scene.Client.GetAsync("api/v1/events", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Equal(": connected", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        return new EventReader(answer, reader);
    }

    private static async Task<string> NextAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith("data: {\"kinds\"", StringComparison.Ordinal)) return line["data: ".Length..];
        }

        throw new EndOfStreamException();
    }

    private sealed record EventReader(HttpResponseMessage Answer, StreamReader Reader) : IDisposable
    {
        public void Dispose()
        {
            Reader.Dispose();
            Answer.Dispose();
        }
    }
}
