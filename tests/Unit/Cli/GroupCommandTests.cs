using System.Text.Json;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary><c>skm group</c>, <c>skm mcp</c>, <c>skm tag</c> and <c>--group</c>, as scripts see them.</summary>
public sealed class GroupCommandTests
{
    private static readonly string[] _groupKeys = ["collection", "name", "description", "color", "icon", "position", "member_count", "members", "missing_members", "other_values"];

    private static readonly string[] _serverKeys =
        ["collection", "name", "repo", "version", "description", "env_vars", "status", "installed_at", "last_updated", "resolved_sha", "resolved_version", "other_values"];

    private static readonly string[] _tagKeys = ["collection", "name", "slug", "color", "description", "other_values"];

    [Fact]
    public async Task A_group_is_created_edited_and_deleted_with_the_contracts_keys()
    {
        using var home = TestHome.WithSkills(4);
        var created = (await home.RunAsync("group", "create", "Daily", "--member", "a2", "--member", "skill:a1", "--color", "slate", "--format", "json")).Succeeds();
        Assert.Equal(_groupKeys, Assert.Single(created.Json.EnumerateArray()).EnumerateObject().Select(p => p.Name));
        (await home.RunAsync("group", "create", "First", "--position", "0")).Succeeds();
        (await home.RunAsync("group", "add", "daily", "a3", "a1", "--position", "0")).Succeeds();
        (await home.RunAsync("group", "remove", "daily", "a2")).Succeeds();
        (await home.RunAsync("group", "edit", "daily", "--name", "Everyday", "--description", "Tools")).Succeeds();
        (await home.RunAsync("group", "order", "Everyday")).Succeeds();
        var listed = (await home.RunAsync("group", "list", "--format", "json")).Succeeds();
        Assert.Equal([("Everyday", 0, "skill:a3,skill:a1", "Tools", "slate"), ("First", 1, "", "", "")], listed.Json.EnumerateArray().Select(Row));
        Assert.Contains("Everyday", (await home.RunAsync("group", "show", "everyday")).Succeeds().Output, StringComparison.Ordinal);
        (await home.RunAsync("group", "delete", "Everyday", "first")).Fails("Pass --yes", "InvalidArgument");
        (await home.RunAsync("group", "delete", "Everyday", "first", "--dry-run")).Succeeds();
        (await home.RunAsync("group", "delete", "Everydai")).Fails("Everyday", "EntryNotFound");
        (await home.RunAsync(new SkmSurroundings { IsInteractive = true, Input = "n\n" }, "group", "delete", "Everyday", "first")).Succeeds(1);
        var deleted = (await home.RunAsync("group", "delete", "Everyday", "first", "--yes")).Succeeds();
        Assert.Contains("2 groups were removed from", deleted.Output.Replace("in collection", "from", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("'skm snapshot restore ", deleted.Output, StringComparison.Ordinal);
        Assert.Equal("There are no groups.", (await home.RunAsync("group", "list")).Succeeds().Output.Trim());
    }

    [Fact]
    public async Task A_dry_run_and_a_wrong_name_change_nothing()
    {
        using var home = TestHome.WithSkills(2);
        (await home.RunAsync("group", "create", "Daily", "--member", "a1")).Succeeds();
        var before = File.ReadAllText(home.Manifest);
        Assert.Contains("would be created", (await home.RunAsync("group", "create", "Other", "--dry-run")).Succeeds().Output, StringComparison.Ordinal);
        (await home.RunAsync("group", "create", "daily")).Fails("already has a group 'Daily'", "EntryExists");
        (await home.RunAsync("group", "edit", "Daly", "--color", "teal")).Fails("Did you mean 'Daily'?", "EntryNotFound");
        (await home.RunAsync("group", "add", "Daily", "a9")).Fails("has no artifact 'a9'", "ArtifactNotFound");
        (await home.RunAsync("group", "edit", "Daily")).Fails("Name what to change", "InvalidArgument");
        Assert.Equal(before, File.ReadAllText(home.Manifest));
    }

    [Fact]
    public async Task Commands_work_on_a_group()
    {
        using var home = TestHome.WithSkills(4);
        (await home.RunAsync("group", "create", "Daily", "--member", "a1", "--member", "a3")).Succeeds();
        var project = Directory.CreateDirectory(Path.Combine(home.Place, "app")).FullName;
        Assert.Equal(["a1", "a3"], Names(await home.RunAsync("list", "--group", "daily", "--format", "json")));
        Assert.Equal(["skill:a1", "skill:a3"], Ids(await home.RunAsync("collection", "refresh", "--group", "Daily", "--dry-run", "--format", "json")));
        Assert.Equal(["skill:a1", "skill:a3"], Ids(await home.RunAsync("update", "--group", "Daily", "--dry-run", "--format", "json")));
        Assert.Equal(["skill:a1", "skill:a3"], Ids(await home.RunAsync("deploy", "--group", "Daily", "--project", project, "--format", "json")));
        Assert.Equal(["skill:a1", "skill:a3"], Ids(await home.RunAsync("undeploy", "--group", "Daily", "--project", project, "--format", "json")));
        Assert.Equal(["skill:a1", "skill:a3"], Ids(await home.RunAsync("remove", "--group", "Daily", "--yes", "--format", "json")));
        Assert.Equal(["a2", "a4"], Names(await home.RunAsync("list", "--format", "json")));
        foreach (var command in (string[][])[["list"], ["update"], ["collection", "refresh"], ["remove", "--yes"], ["deploy", "--project", project], ["undeploy", "--project", project]])
        {
            (await home.RunAsync([.. command, "--group", "Dayly"])).Fails("Did you mean 'Daily'?", "EntryNotFound");
        }
    }

    [Fact]
    public async Task Commands_on_deployments_work_on_a_group()
    {
        using var home = TestHome.WithSkills(4);
        (await home.RunAsync("group", "create", "Daily", "--member", "a1", "--member", "a3")).Succeeds();
        (await home.RunAsync("collection", "create", "work")).Succeeds();
        (await home.RunAsync("collection", "use", "default")).Succeeds();
        var project = Directory.CreateDirectory(Path.Combine(home.Place, "app")).FullName;
        (await home.RunAsync("deploy", "a1", "a2", "--project", project)).Succeeds();
        foreach (var name in new[] { "a1", "a2" }) home.Write(Path.Combine(project, ".claude", "skills", name, "SKILL.md"), "---\nname: x\n---\nmine\n");
        Assert.Equal(["skill:a1"], Ids((await home.RunAsync("drift", "--group", "daily", "--project", project, "--format", "json")).Succeeds(2)));
        Assert.Equal(["skill:a1"], Ids(await home.RunAsync("deployments", "--group", "daily", "--format", "json")));
        Assert.Equal(["skill:a1"], Ids(await home.RunAsync("sync", "--group", "daily", "--project", project, "--dry-run", "--format", "json")));
        Assert.Equal(["skill:a1"], Ids(await home.RunAsync("diff", "--group", "daily", "--project", project, "--format", "json")));
        var diff = (await home.RunAsync("diff", "--group", "daily", "--project", project)).Succeeds().Output;
        Assert.StartsWith("skill:a1: collection → project\n--- ", diff, StringComparison.Ordinal);
        Assert.Contains("+mine", diff, StringComparison.Ordinal);
        Assert.Equal(["skill:a1", "skill:a3"], Ids(await home.RunAsync("copy", "--group", "Daily", "--to", "work", "--dry-run", "--format", "json")));
        Assert.Equal(["skill:a3"], Ids(await home.RunAsync("move", "a2", "a3", "--group", "Daily", "--to", "work", "--format", "json")));
        Assert.Empty((await home.RunAsync("stale", "--group", "Daily", "--format", "json")).Succeeds().Json.EnumerateArray());
        string[][] searches = [[], ["--collection", "*"]];
        foreach (var search in searches)
        {
            var found = (await home.RunAsync(["search", "--group", "daily", "--format", "json", .. search])).Succeeds().Json;
            Assert.Equal("a1", Assert.Single(found.GetProperty("items").EnumerateArray().ToList()).GetProperty("name").GetString());
        }

        string[][] commands =
        [
            ["search"], ["drift", "--project", project], ["deployments"], ["sync", "--project", project], ["diff"], ["diff", "--project", project], ["copy", "--to", "work"], ["move", "--to", "work"], ["stale"],
        ];
        foreach (var command in commands)
        {
            (await home.RunAsync([.. command, "--group", "Dayly"])).Fails("Did you mean 'Daily'?", "EntryNotFound");
            (await home.RunAsync([.. command, "--group", " "])).Fails("--group is empty", "InvalidArgument");
        }

        (await home.RunAsync("diff")).Fails("Give the NAME", "InvalidArgument");
        (await home.RunAsync("diff", "a1", "--group", "Daily")).Fails("not both", "InvalidArgument");
        (await home.RunAsync("move", "--to", "work")).Fails("Give the NAME", "InvalidArgument");
        (await home.RunAsync("move", "a2", "--group", "Daily", "--to", "work")).Fails("No artifact of group 'Daily'", "ArtifactNotFound");
    }

    [Fact]
    public async Task A_missing_member_is_shown_and_does_not_stop_the_others()
    {
        using var home = TestHome.WithSkills(2);
        (await home.RunAsync("group", "create", "Daily", "--member", "a1", "--member", "a2")).Succeeds();
        home.Write(home.Manifest, File.ReadAllText(home.Manifest).Replace("\"skill:a2\"", "\"skill:gone\"", StringComparison.Ordinal));
        Assert.Contains("skill:gone (missing)", (await home.RunAsync("group", "show", "Daily")).Succeeds().Output, StringComparison.Ordinal);
        var run = (await home.RunAsync("list", "--group", "Daily", "--format", "json")).Succeeds();
        Assert.Equal(["a1"], Names(run));
        Assert.Contains("warning: group 'Daily' names skill:gone", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_of_variables_are_masked()
    {
        using var home = TestHome.WithSkills(1);
        var around = new SkmSurroundings { Environment = new Dictionary<string, string?> { ["MAIL_TOKEN"] = "hunter2" } };
        var added = (await home.RunAsync(around, "mcp", "add", "mail", "--repo", "octo/mail", "--env", "MAIL_TOKEN", "--env", "ROOT=/a=b", "--format", "json")).Succeeds();
        Assert.Equal(_serverKeys, Assert.Single(added.Json.EnumerateArray()).EnumerateObject().Select(p => p.Name));
        Assert.Equal("***", added.Json[0].GetProperty("env_vars").GetProperty("MAIL_TOKEN").GetString());
        Assert.DoesNotContain("hunter2", (await home.RunAsync("mcp", "list")).Succeeds().Output, StringComparison.Ordinal);
        var shown = (await home.RunAsync("mcp", "list", "--show-values", "--format", "json")).Succeeds();
        Assert.Equal(("hunter2", "/a=b"), (shown.Json[0].GetProperty("env_vars").GetProperty("MAIL_TOKEN").GetString(), shown.Json[0].GetProperty("env_vars").GetProperty("ROOT").GetString()));
        home.Write(home.Manifest, File.ReadAllText(home.Manifest).Replace("repo = \"octo/mail\"", "repo = \"octo/mail\"\nheaders = { Authorization = \"hunter3\" }", StringComparison.Ordinal));
        foreach (var command in (string[][])[["collection", "show"], ["collection", "show", "--format", "json"], ["collection", "list", "--format", "json"]])
        {
            var masked = (await home.RunAsync(command)).Succeeds().Output;
            Assert.DoesNotContain("hunter", masked, StringComparison.Ordinal);
            Assert.Contains("MAIL_TOKEN", masked, StringComparison.Ordinal);
            var whole = (await home.RunAsync([.. command, "--show-values"])).Succeeds().Output;
            Assert.Contains("hunter2", whole, StringComparison.Ordinal);
            Assert.Contains("hunter3", whole, StringComparison.Ordinal);
        }

        (await home.RunAsync("mcp", "edit", "mail", "--unset-env", "MAIL_TOKEN", "--version", "v1")).Succeeds();
        Assert.DoesNotContain("hunter2", File.ReadAllText(home.Manifest), StringComparison.Ordinal);
        (await home.RunAsync("mcp", "edit", "mail", "--env", "NOT_SET_ANYWHERE")).Fails("no variable 'NOT_SET_ANYWHERE'", "InvalidArgument");
        (await home.RunAsync("mcp", "remove", "mail")).Fails("Pass --yes", "InvalidArgument");
        (await home.RunAsync("mcp", "remove", "mail", "--yes")).Succeeds();
        Assert.Empty((await home.RunAsync("mcp", "list", "--format", "json")).Succeeds().Json.EnumerateArray());
    }

    [Fact]
    public async Task Tags_are_added_edited_and_removed()
    {
        using var home = TestHome.WithSkills(1);
        var added = (await home.RunAsync("tag", "add", "My docs", "--color", "#3b82f6", "--format", "json")).Succeeds();
        Assert.Equal(_tagKeys, Assert.Single(added.Json.EnumerateArray()).EnumerateObject().Select(p => p.Name));
        Assert.Equal("my-docs", added.Json[0].GetProperty("slug").GetString());
        (await home.RunAsync("tag", "edit", "my docs", "--slug", "docs", "--color", "")).Succeeds();
        Assert.Equal("docs", (await home.RunAsync("tag", "list", "--format", "json")).Json[0].GetProperty("slug").GetString());
        (await home.RunAsync("tag", "remove", "My docs")).Fails("Pass --yes", "InvalidArgument");
        (await home.RunAsync("tag", "remove", "My docs", "--yes")).Succeeds();
    }

    private static (string?, int, string, string?, string?) Row(JsonElement group) => (
        group.GetProperty("name").GetString(),
        group.GetProperty("position").GetInt32(),
        string.Join(',', group.GetProperty("members").EnumerateArray().Select(member => member.GetString())),
        group.GetProperty("description").GetString(),
        group.GetProperty("color").GetString());

    private static IEnumerable<string> Names(SkmRun run) => run.Json.EnumerateArray().Select(one => one.GetProperty("name").GetString()!);

    private static IEnumerable<string> Ids(SkmRun run) =>
        (run.Json.ValueKind == JsonValueKind.Array ? run.Json : run.Json.GetProperty("entries")).EnumerateArray().Select(one => one.GetProperty("artifact_id").GetString()!).Order(StringComparer.Ordinal);
}
