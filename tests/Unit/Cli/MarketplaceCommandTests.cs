using System.Text.Json;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary><c>skm marketplace</c>, as scripts see it.</summary>
public sealed class MarketplaceCommandTests
{
    private static readonly string[] _listKeys = ["name", "source", "kind", "plugins", "artifacts", "updated_at", "is_stale", "problem", "description", "version", "upstream_sha", "plugin_problems"];

    private static readonly string[] _resultKeys = ["name", "source", "status", "reason", "error_id", "plugins", "artifacts", "plugin_problems"];

    private static readonly string[] _searchKeys =
        ["marketplace", "plugin", "artifact_id", "type", "name", "description", "version", "state", "source", "updated_at", "is_stale", "collection_version", "category", "tags", "upstream_sha", "problem"];

    [Fact]
    public async Task A_marketplace_is_added_listed_searched_updated_and_removed_with_the_contracts_keys()
    {
        using var home = WithShop();

        var added = (await home.RunAsync("marketplace", "add", Shop(home), "--format", "json")).Succeeds();
        Assert.Equal(_resultKeys, Assert.Single(added.Json.EnumerateArray()).EnumerateObject().Select(p => p.Name));
        Assert.Equal(("shop", "registered", 2, 2), (Text(added, "name"), Text(added, "status"), Number(added, "plugins"), Number(added, "artifacts")));

        var listed = (await home.RunAsync("marketplace", "list", "--format", "json")).Succeeds();
        Assert.Equal(_listKeys, Assert.Single(listed.Json.EnumerateArray()).EnumerateObject().Select(p => p.Name));
        Assert.Equal(("folder", JsonValueKind.False), (Text(listed, "kind"), listed.Json[0].GetProperty("is_stale").ValueKind));

        var found = (await home.RunAsync("marketplace", "search", "PDF", "forms", "--format", "json")).Succeeds();
        Assert.Equal(_searchKeys, Assert.Single(found.Json.EnumerateArray()).EnumerateObject().Select(p => p.Name));
        Assert.Equal(("skill:pdf", "new", "1.2.0", "office"), (Text(found, "artifact_id"), Text(found, "state"), Text(found, "version"), Text(found, "plugin")));
        (await home.RunAsync("add", Text(found, "source")!)).Succeeds();
        Assert.Equal("present", Text((await home.RunAsync("marketplace", "search", "--state", "present,behind", "--format", "json")).Succeeds(), "state"));

        var updated = (await home.RunAsync("marketplace", "update", "--format", "json")).Succeeds();
        Assert.Equal("unchanged", Text(updated, "status"));
        var removed = (await home.RunAsync("marketplace", "remove", "shop", "--format", "json")).Succeeds();
        Assert.Equal(("removed", JsonValueKind.Null), (Text(removed, "status"), removed.Json[0].GetProperty("plugins").ValueKind));
        Assert.Empty((await home.RunAsync("marketplace", "list", "--format", "json")).Succeeds().Json.EnumerateArray());
        Assert.Contains("'skm marketplace add' registers one", (await home.RunAsync("marketplace", "list")).Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_several_that_cannot_be_added_is_an_entry_with_an_error()
    {
        using var home = WithShop();

        var run = await home.RunAsync("marketplace", "add", Shop(home), Path.Combine(home.Place, "none"), "--format", "json");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal([("shop", "registered"), (Path.Combine(home.Place, "none"), "error")], run.Json.EnumerateArray().Select(e => (e.GetProperty("name").GetString(), e.GetProperty("status").GetString())));
        Assert.Equal("UpstreamNotFound", run.Json[1].GetProperty("error_id").GetString());
        Assert.DoesNotContain("hunter2", (await home.RunAsync("marketplace", "add", "https://u:hunter2@127.0.0.1:9/x.json", "--timeout", "1")).Fails("127.0.0.1:9", "UpstreamUnavailable").Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_marketplace_that_is_gone_is_an_error_of_an_update_and_a_warning_of_a_search()
    {
        using var home = WithShop();
        (await home.RunAsync("marketplace", "add", Shop(home))).Succeeds();
        Directory.Delete(Shop(home), recursive: true);

        var updated = await home.RunAsync("marketplace", "update", "--format", "json");
        Assert.Equal((1, "error", 2), (updated.ExitCode, Text(updated, "status"), Number(updated, "artifacts")));
        var found = (await home.RunAsync("marketplace", "search", "pdf", "--format", "json")).Succeeds();
        Assert.Equal("skill:pdf", Text(found, "artifact_id"));
        Assert.Contains("warning: The list of marketplace 'shop' is from", found.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tables_show_what_a_terminal_may_show()
    {
        using var home = WithShop();
        home.Write("shop/office/skills/pdf/SKILL.md", "---\nname: pdf\ndescription: \"Fills \\e[31m\\u202eforms\"\n---\n");
        (await home.RunAsync("marketplace", "add", Shop(home))).Succeeds();

        var run = (await home.RunAsync("marketplace", "search", "--plugins")).Succeeds();

        Assert.Contains("\\u202eforms", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", run.Output, StringComparison.Ordinal);
        Assert.Contains("(extras)", run.Output, StringComparison.Ordinal);
        Assert.Contains("it is a package of npm", run.Output, StringComparison.Ordinal);
        Assert.EndsWith($"3 found.{Environment.NewLine}", run.Output, StringComparison.Ordinal);
        Assert.Contains("3 found, 1 of them shown.", (await home.RunAsync("marketplace", "search", "--plugins", "--limit", "1")).Succeeds().Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("InvalidArgument", "search", "--state", "old")]
    [InlineData("InvalidArgument", "search", "--state", "1")]
    [InlineData("InvalidArgument", "search", "--type", "nothing")]
    [InlineData("InvalidArgument", "search", "--limit", "-1")]
    [InlineData("InvalidArgument", "add", "a", "b", "--name", "x")]
    [InlineData("MarketplaceNotFound", "search", "--marketplace", "none")]
    [InlineData("MarketplaceNotFound", "update", "none")]
    [InlineData("MarketplaceNotFound", "remove", "none")]
    public async Task Arguments_that_cannot_be_used_are_errors(string errorId, params string[] arguments)
    {
        using var home = WithShop();

        (await home.RunAsync(["marketplace", .. arguments])).Fails("", errorId);
    }

    private static TestHome WithShop()
    {
        var home = TestHome.WithSkills(0);
        home.Write(
            "shop/.claude-plugin/marketplace.json",
            """{"name": "shop", "plugins": [{"name": "office", "source": "./office", "version": "1.2.0"}, {"name": "extras", "source": {"source": "npm", "package": "extras"}}]}""");
        home.Write("shop/office/skills/pdf/SKILL.md", "---\nname: pdf\ndescription: Fills in forms\n---\n");
        home.Write("shop/office/commands/draft.md", "text");
        return home;
    }

    private static string Shop(TestHome home) => Path.Combine(home.Place, "shop");

    private static string? Text(SkmRun run, string key) => run.Json[0].GetProperty(key).GetString();

    private static int Number(SkmRun run, string key) => run.Json[0].GetProperty(key).GetInt32();
}
