using System.Net;
using System.Text.Json;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>Pages of lists that change between two requests.</summary>
public sealed class PagingTests
{
    private const string Collections = "api/v1/collections";

    [Fact]
    public async Task What_comes_or_goes_between_two_pages_moves_nothing_else()
    {
        await using var scene = await SceneAsync(30);
        var first = await PageAsync(scene, $"{Collections}?limit=10");
        Assert.Equal(Names(0, 9).Append("default").Order(StringComparer.Ordinal).Take(10), first.Names);
        // One before the border, and the last one itself.
        (await scene.SendAsync(HttpMethod.Delete, $"{Collections}/c03")).Succeeds();
        (await scene.SendAsync(HttpMethod.Delete, $"{Collections}/c09")).Succeeds();
        (await scene.SendAsync(HttpMethod.Post, Collections, new { name = "a-new-one" })).Succeeds(HttpStatusCode.Created);
        var second = await PageAsync(scene, $"{Collections}?limit=10&cursor={first.Next}");
        Assert.Equal(Names(10, 19), second.Names);
        (await scene.SendAsync(HttpMethod.Post, Collections, new { name = "b-new-one" })).Succeeds(HttpStatusCode.Created);
        // Another limit is no other list.
        Assert.Equal([.. Names(20, 29), "default"], (await PageAsync(scene, $"{Collections}?limit=100&cursor={second.Next}")).Names);
    }

    [Fact]
    public async Task A_client_that_removes_each_page_after_reading_it_sees_everything()
    {
        await using var scene = await SceneAsync(21);
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await PageAsync(scene, $"{Collections}?limit=8{(cursor is null ? "" : $"&cursor={cursor}")}");
            seen.AddRange(page.Names);
            foreach (var name in page.Names.Where(one => one != "default")) (await scene.SendAsync(HttpMethod.Delete, $"{Collections}/{name}")).Succeeds();
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal([.. Names(0, 20), "default"], seen);
    }

    [Fact]
    public async Task Snapshots_that_are_taken_between_two_pages_repeat_none()
    {
        await using var scene = await ServiceScene.StartAsync();
        const string Snapshots = $"{Collections}/default/snapshots";
        var ids = new List<string>();
        async Task TakeAsync() => ids.Insert(0, (await scene.SendAsync(HttpMethod.Post, Snapshots, new { message = "x" })).Succeeds(HttpStatusCode.Created).Json.GetProperty("snapshot_id").GetString()!);
        for (var i = 0; i < 4; i++) await TakeAsync();
        var first = (await scene.GetAsync($"{Snapshots}?limit=2")).Succeeds().Json;
        Assert.Equal(ids[..2], IdsOf(first));
        var rest = ids[2..];
        await TakeAsync();
        (await scene.SendAsync(HttpMethod.Delete, $"{Snapshots}/{ids[2]}")).Succeeds();
        var second = (await scene.GetAsync($"{Snapshots}?limit=2&cursor={first.GetProperty("next_cursor").GetString()}")).Succeeds().Json;
        Assert.Equal(rest, IdsOf(second));
        Assert.Equal((4, JsonValueKind.Null), (second.GetProperty("total").GetInt32(), second.GetProperty("next_cursor").ValueKind));

        static IEnumerable<string?> IdsOf(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("snapshot_id").GetString());
    }

    [Fact]
    public async Task A_cursor_holds_for_its_list_its_filters_and_its_order_only()
    {
        await using var scene = await ServiceScene.StartAsync(TestHome.WithSkills(5));
        const string Artifacts = $"{Collections}/default/artifacts";
        (await scene.SendAsync(HttpMethod.Post, Collections, new { name = "other" })).Succeeds(HttpStatusCode.Created);
        var cursor = (await scene.GetAsync($"{Artifacts}?sort=name&order=asc&type=skill&limit=2")).Succeeds().Json.GetProperty("next_cursor").GetString();
        (await scene.GetAsync($"{Artifacts}?type=skill&order=asc&sort=name&limit=3&cursor={cursor}")).Succeeds();
        foreach (var other in new[]
        {
            $"{Artifacts}?sort=type&order=asc&type=skill", $"{Artifacts}?sort=name&order=desc&type=skill", $"{Artifacts}?sort=name&order=asc", $"{Artifacts}?sort=name&order=asc&type=skill&q=a", Collections,
            $"{Collections}/other/artifacts?sort=name&order=asc&type=skill", "api/v1/deployments", "api/v1/projects", "api/v1/jobs", "api/v1/drift", "api/v1/cache/stale-artifacts", "api/v1/cache/marketplace",
            $"{Collections}/default/snapshots",
        })
        {
            var answer = (await scene.GetAsync($"{other}{(other.Contains('?', StringComparison.Ordinal) ? '&' : '?')}cursor={cursor}")).Fails(400, "InvalidArgument");
            Assert.Contains("cursor", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        foreach (var odd in new[] { "MTAw", "x!", "", new string('A', 5_000), $"{cursor![..12]}MTAw" }) (await scene.GetAsync($"{Collections}?cursor={odd}")).Fails(400, "InvalidArgument");
    }

    private static async Task<ServiceScene> SceneAsync(int collections)
    {
        var scene = await ServiceScene.StartAsync();
        foreach (var name in Names(0, collections - 1)) (await scene.SendAsync(HttpMethod.Post, Collections, new { name })).Succeeds(HttpStatusCode.Created);
        return scene;
    }

    private static IEnumerable<string> Names(int first, int last) => Enumerable.Range(first, last - first + 1).Select(number => $"c{number:00}");

    private static async Task<(List<string> Names, string? Next)> PageAsync(ServiceScene scene, string path)
    {
        var page = (await scene.GetAsync(path)).Succeeds().Json;
        return ([.. page.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("name").GetString()!)], page.GetProperty("next_cursor").GetString());
    }
}
