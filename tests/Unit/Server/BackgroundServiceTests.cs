using System.Net;
using System.Text.Json;
using SkillMeat.Errors;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Refresh;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>The background refresh that runs with the service.</summary>
public sealed class BackgroundServiceTests
{
    private const string Background = "api/v1/background";
    private const string Interval = "SKILLMEAT_REFRESH_INTERVAL";
    private const string Updates = "api/v1/collections/default/artifacts?state=update_available";

    [Fact]
    public async Task It_finds_updates_without_being_asked_and_changes_no_collection()
    {
        await using var scene = await StartAsync(new Dictionary<string, string?> { [Interval] = "1" });
        var before = scene.Place.Tree("service", "cache", "locks");
        var found = await UntilAsync(scene, Updates, list => list.GetProperty("total").GetInt32() > 0);
        Assert.Equal("skill:meeting-notes", found.GetProperty("items")[0].GetProperty("artifact_id").GetString());
        Assert.Equal(JsonValueKind.String, found.GetProperty("items")[0].GetProperty("checked_at").ValueKind);

        var status = await UntilAsync(scene, Background, one => one.GetProperty("runs").GetInt64() > 1 && one.GetProperty("state").GetString() == "running");
        Assert.Equal((true, true, 1.0), (status.GetProperty("running").GetBoolean(), status.GetProperty("service_refreshes").GetBoolean(), status.GetProperty("interval_seconds").GetDouble()));
        Assert.Equal((1.0, Environment.ProcessId), (status.GetProperty("success_rate").GetDouble(), status.GetProperty("process_id").GetInt32()));
        Assert.True(status.GetProperty("last_run").GetProperty("succeeded").GetBoolean());
        Assert.True(status.GetProperty("last_result").GetProperty("succeeded").GetBoolean());
        Assert.Equal(before, scene.Place.Tree("service", "cache", "locks"));

        var metrics = (await scene.GetAsync("metrics")).Succeeds().Text;
        Assert.Matches("skillmeat_background_duration_seconds_count\\{skillmeat_background_trigger=\"time\",skillmeat_background_outcome=\"success\"\\} [1-9]", metrics);
        Assert.Matches("skillmeat_background_entries_total\\{skillmeat_background_task=\"upstream\",skillmeat_background_outcome=\"refreshed\"\\} [1-9]", metrics);
        Assert.Matches("skillmeat_background_entries_total\\{skillmeat_background_task=\"upstream\",skillmeat_background_outcome=\"failed\"\\} 0", metrics);
        Assert.Contains("# TYPE skillmeat_background_entries_total counter", metrics, StringComparison.Ordinal);
        Assert.Matches("skillmeat_background_last_success_timestamp_seconds [1-9]", metrics);
        await scene.Server.StopAsync();
        Assert.Contains("refreshed", scene.Log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_pages_hear_what_it_found()
    {
        await using var scene = await StartAsync(new Dictionary<string, string?> { [Interval] = "2" });
        await UntilAsync(scene, Background, one => one.GetProperty("runs").GetInt64() > 0);
        using var answer = await scene.Client.GetAsync("api/v1/events", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        scene.Place.Write(Path.Combine(scene.Place.Place, "upstream", "skills", "pdf-tools", "SKILL.md"), "---\nname: pdf-tools\ndescription: Newer\n---\n");
        var (isCollection, isBackground) = (false, false);
        while (!isCollection || !isBackground)
        {
            var line = await reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken) ?? "";
            isCollection |= line.Contains("\"collections\"],\"collections\":[\"default\"]", StringComparison.Ordinal) || line.Contains("\"collections\":[\"default\"]", StringComparison.Ordinal);
            isBackground |= line.Contains("\"background\"", StringComparison.Ordinal);
        }

        await UntilAsync(scene, Updates, list => list.GetProperty("items").EnumerateArray().Any(one => one.GetProperty("artifact_id").GetString() == "skill:pdf-tools"));
    }

    [Fact]
    public async Task One_of_several_services_works_and_another_one_takes_its_place()
    {
        using var place = TestHome.Sample();
        var environment = new Dictionary<string, string?> { [Interval] = "1" };
        Task<ServiceScene> ServeAsync() => ServiceScene.StartAsync(change: options => options with { Home = place.Home, Refreshes = true }, environment: environment);
        var first = await ServeAsync();
        await UntilAsync(first, Background, one => one.GetProperty("runs").GetInt64() > 0);
        await using var second = await ServeAsync();
        await Task.Delay(1_500, TestContext.Current.CancellationToken);
        var status = (await second.GetAsync(Background)).Succeeds().Json;
        Assert.Equal((true, true), (status.GetProperty("service_refreshes").GetBoolean(), status.GetProperty("running").GetBoolean()));
        // The status is that of the other one, because this one has done nothing.
        Assert.True(status.GetProperty("runs").GetInt64() > 0);
        Assert.Equal(JsonValueKind.Null, status.GetProperty("last_result").ValueKind);
        await first.DisposeAsync();
        await UntilAsync(second, Background, one => one.GetProperty("last_result").ValueKind == JsonValueKind.Object);
    }

    [Fact]
    public async Task Without_it_nothing_is_looked_up()
    {
        await using var scene = await ServiceScene.StartAsync(environment: new Dictionary<string, string?> { [Interval] = "1" });
        await Task.Delay(1_500, TestContext.Current.CancellationToken);
        var status = (await scene.GetAsync(Background)).Succeeds().Json;
        Assert.Equal(("stopped", false, false), (status.GetProperty("state").GetString(), status.GetProperty("running").GetBoolean(), status.GetProperty("service_refreshes").GetBoolean()));
        Assert.Equal(0, (await scene.GetAsync(Updates)).Succeeds().Json.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Without_a_cache_the_service_does_without()
    {
        await using var scene = await StartAsync(new Dictionary<string, string?> { ["SKILLMEAT_CACHE"] = "off" });
        var status = (await scene.GetAsync(Background)).Succeeds().Json;
        Assert.Equal(("stopped", false), (status.GetProperty("state").GetString(), status.GetProperty("service_refreshes").GetBoolean()));
        (await scene.GetAsync("metrics")).Succeeds();
    }

    [Fact]
    public async Task An_interval_that_makes_no_sense_is_refused_before_anything_is_written()
    {
        using var place = TestHome.Sample();
        var before = place.Tree();
        var error = await Assert.ThrowsAsync<SkillMeatException>(() => ServiceScene.StartAsync(place, options => options with { Refreshes = true }, new Dictionary<string, string?> { [Interval] = "soon" }));
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Contains(Interval, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, place.Tree());
    }

    [Fact]
    public async Task A_network_that_is_away_is_said_once_and_the_service_goes_on()
    {
        await using var github = await RefreshScene.StartAsync(Access.Token);
        var commit = github.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", RefreshScene.Skill("pdf", "PDFs")));
        github.Add("pdf", "skill", "skills/pdf", commit).Save();
        github.Server.Faults = _ => Fault.Failing(503);
        var variables = new[] { "GITHUB_SERVER_URL", "GITHUB_API_URL", "GITHUB_GRAPHQL_URL", "GITHUB_TOKEN" }.ToDictionary(name => name, github.Environment);
        variables[Interval] = "1";
        var upstream = new SkillMeat.Upstream.UpstreamSessionOptions { Http = new() { MaxRetries = 0 } };
        await using var scene = await ServiceScene.StartAsync(change: options => options with { Home = github.Home, Refreshes = true, LogsRequests = false, Upstream = upstream }, environment: variables);
        var status = await UntilAsync(scene, Background, one => one.GetProperty("runs").GetInt64() > 1);
        Assert.Contains(status.GetProperty("state").GetString(), new[] { "backing_off", "refreshing" });
        Assert.False(status.GetProperty("last_run").GetProperty("succeeded").GetBoolean());
        (await scene.GetAsync("api/v1/collections/default/artifacts")).Succeeds();
        Assert.Contains("outcome=\"failure\"", (await scene.GetAsync("metrics")).Text, StringComparison.Ordinal);
        await scene.Server.StopAsync();
        Assert.Single(scene.Log.ToString().Split('\n'), line => line.StartsWith("warning: The background refresh", StringComparison.Ordinal));
    }

    private static Task<ServiceScene> StartAsync(IReadOnlyDictionary<string, string?> environment, TestHome? place = null) =>
        ServiceScene.StartAsync(place, options => options with { Refreshes = true }, environment);

    private static async Task<JsonElement> UntilAsync(ServiceScene scene, string path, Func<JsonElement, bool> isReached)
    {
        JsonElement last = default;
        for (var left = 1_500; left > 0; left--)
        {
            last = (await scene.GetAsync(path)).Succeeds(HttpStatusCode.OK).Json;
            if (isReached(last)) return last;
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"{path}: {last}");
    }
}
