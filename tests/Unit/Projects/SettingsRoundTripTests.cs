using System.Text;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Drift;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>Settings as people write them are the same to the byte after hooks and servers were activated and removed, in whatever order.</summary>
public sealed class SettingsRoundTripTests
{
    private static readonly string[] _ids = ["hook:guard", "hook:gate", "mcp:files", "mcp:search"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Forms => new()
    {
        { "comments", "// first\n{\n  /* the\n     best */ \"model\": \"opus\", // \"hooks\": {\n  \"hooks\": { // mine\n    \"Stop\": [ /* none */ ]\n  } // end\n}\n// last\n", "{ // servers\n  \"mcpServers\": {\n    // \"files\": {}\n    \"mine\": { \"command\": \"m\" } // by hand\n  }\n}\n" },
        { "odd indentation", "{\n   \"a\" : 1,\n      \"hooks\":\n {\"Stop\"\n :[\n         ]\n  }}\n", "  {\n \"mcpServers\"  :\n       {  \"mine\":{\n}\n   }\n\n\n }  \n\n" },
        { "CRLF", "{\r\n  \"model\": \"opus\",\r\n  \"hooks\": {\r\n    \"Stop\": []\r\n  }\r\n}\r\n", "{\r\n  \"mcpServers\": {\r\n    \"mine\": {}\r\n  }\r\n}\r\n" },
        { "mixed line ends", "{\r\n  \"a\": 1,\n  \"b\": 2\r\n}\n", "{\n  \"mcpServers\": {\r\n    \"mine\": {}\n  }\r\n}" },
        { "BOM", "\uFEFF{\n  \"model\": \"opus\"\n}\n", "\uFEFF{\"mcpServers\":{}}" },
        { "unknown keys", "{\n  \"future\": { \"hooks\": [[], { \"x\": [null, 1e400, -0.0] }] },\n  \"hooks\": { \"Tomorrow\": [{ \"when\": \"later\" }] },\n  \"text\": \"\\u00e9 \\/ \\ud83d\\ude00 é\"\n}\n", "{ \"unknown\": [1,2,  3], \"mcpServers\": { \"mine\": { \"type\": \"quantum\", \"x\": {} } }, \"$schema\": \"https://example.com\" }" },
        { "tabs", "{\n\t\"model\":\t\"opus\",\n\t\"hooks\": {\n\t\t\"PreToolUse\": [\n\t\t\t{ \"matcher\": \"Write\", \"hooks\": [] }\n\t\t]\n\t}\n}\n", "{\n\t\"mcpServers\": {\n\t\t\"mine\": {}\n\t}\n}\n" },
        { "no newline at the end", "{\n  \"model\": \"opus\"\n}", "{\n  \"mcpServers\": {}\n}" },
        { "trailing commas", "{\n  \"model\": \"opus\",\n  \"hooks\": { \"Stop\": [ { \"hooks\": [], }, ], },\n}\n", "{ \"mcpServers\": { \"mine\": {}, }, }\n" },
        { "empty", "", "" },
        { "blank", " \n\r\n\t", "\n" },
        { "BOM alone", "\uFEFF", "\uFEFF\n" },
        { "empty objects", "{}", "{}" },
        { "empty objects with blanks", "{ \n }\n", "{\r\n\r\n}\r\n" },
        { "one line", "{\"hooks\":{\"Stop\":[]},\"model\":\"opus\"}", "{\"mcpServers\":{\"mine\":{}},\"z\":0}" },
        { "hooks made by hand", "{\n  \"hooks\": {\n    \"PreToolUse\": [\n      { \"matcher\": \"Bash\", \"hooks\": [ { \"type\": \"command\", \"command\": \"guard\" } ] }\n    ],\n    \"Stop\": [ { \"hooks\": [ { \"command\": \"say done\", \"type\": \"command\", \"timeout\": 5 } ] } ]\n  }\n}\n", "{ \"mcpServers\": { \"Files\": { \"command\": \"mine\" }, \"files \": {} } }\n" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Every_byte_is_the_same_after_artifacts_are_removed_in_any_order(string form, string settings, string servers)
    {
        using var scene = await StartAsync(settings, servers);
        foreach (var order in new[] { new[] { 3, 2, 1, 0 }, [1, 3, 0, 2] })
        {
            foreach (var id in _ids) Assert.Equal([$"{id} claude_code Deployed"], await scene.DeployAsync(scene.Request(id) with { Activate = true }));
            // One goes and comes again in between, at another place in the file.
            await scene.Deployer.UndeployAsync(scene.Request(_ids[order[1]]), Cancellation);
            await scene.DeployAsync(scene.Request(_ids[order[1]]) with { Activate = true });
            for (var done = 0; done < order.Length; done++)
            {
                var removed = Assert.Single(await scene.Deployer.UndeployAsync(scene.Request(_ids[order[done]]), Cancellation));
                Assert.Equal((form, DeployStatus.Removed, null), (form, removed.Status, removed.Reason));
                Assert.Equal(_ids.Where((_, index) => !order[..(done + 1)].Contains(index)).Order(StringComparer.Ordinal), scene.Drift().Keys.Select(key => key.Split(' ')[0]).Order(StringComparer.Ordinal));
                Assert.All(scene.Drift().Values, state => Assert.Equal(DriftState.InSync, state));
            }

            Assert.Equal((settings, servers), Texts(scene));
            // All at once, too.
            await scene.DeployAsync(scene.Request([.. order.Select(index => _ids[index])]) with { Activate = true });
            await scene.Deployer.UndeployAsync(scene.Request(), Cancellation);
            Assert.Equal((settings, servers), Texts(scene));
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task What_the_user_adds_meanwhile_stays(string form, string settings, string servers)
    {
        if (form is "empty" or "blank" or "BOM alone") return;
        using var scene = await StartAsync(settings, servers);
        await scene.DeployAsync(scene.Request(_ids) with { Activate = true });
        foreach (var file in new[] { ".claude/settings.json", ".mcp.json" })
        {
            var text = Encoding.UTF8.GetString(await File.ReadAllBytesAsync(scene.InProject(file), Cancellation));
            await File.WriteAllBytesAsync(scene.InProject(file), Encoding.UTF8.GetBytes(Add(text)), Cancellation);
        }

        await scene.Deployer.UndeployAsync(scene.Request(), Cancellation);

        var (after, serversAfter) = Texts(scene);
        Assert.Equal((form, Plain(Add(settings)), Plain(Add(servers))), (form, Plain(after), Plain(serversAfter)));

        // An empty object gets the form that an object with a member has.
        string Plain(string text) => form.StartsWith("empty objects", StringComparison.Ordinal) ? string.Concat(text.Where(one => !char.IsWhiteSpace(one))) : text.Trim();
    }

    [Fact]
    public async Task A_hook_of_the_same_text_that_was_made_by_hand_stays()
    {
        const string Mine = "{\n  \"hooks\": { \"Stop\": [ {\"hooks\":[{\"command\":\"say done\",\"type\":\"command\"}]} ] } // mine\n}";
        using var scene = await StartAsync(Mine, "{}");
        await scene.DeployAsync(scene.Request("hook:guard") with { Activate = true });
        Assert.Contains("check.sh", Texts(scene).Settings, StringComparison.Ordinal);
        Assert.Single(Texts(scene).Settings.Split("say done").Skip(1));

        await scene.Deployer.UndeployAsync(scene.Request(), Cancellation);

        Assert.Equal(Mine, Texts(scene).Settings);
    }

    // Before everything else.
    private static string Add(string text)
    {
        var start = text.IndexOf('{', StringComparison.Ordinal) + 1;
        var isEmpty = !text[start..].Contains('"', StringComparison.Ordinal);
        return $"{text[..start]}\"mine\": [1]{(isEmpty ? "" : ",")}{text[start..]}";
    }

    private static async Task<ProjectScene> StartAsync(string settings, string servers)
    {
        var scene = await ProjectScene.StartAsync();
        await scene.AddAsync("hook", "hooks/gate/settings.json", """{"hooks": {"PreToolUse": [{"matcher": "Write", "hooks": [{"type": "command", "command": "gate"}]}], "Other": [{"hooks": [{"type": "command", "command": "other"}]}]}}""");
        await scene.AddAsync("mcp", "mcp/search/.mcp.json", """{"mcpServers": {"search": {"command": "search"}, "search-more": {"url": "https://example.com"}}}""");
        Directory.CreateDirectory(scene.InProject(".claude"));
        await File.WriteAllBytesAsync(scene.InProject(".claude/settings.json"), Encoding.UTF8.GetBytes(settings), Cancellation);
        await File.WriteAllBytesAsync(scene.InProject(".mcp.json"), Encoding.UTF8.GetBytes(servers), Cancellation);
        return scene;
    }

    private static (string Settings, string Servers) Texts(ProjectScene scene) =>
        (Encoding.UTF8.GetString(File.ReadAllBytes(scene.InProject(".claude/settings.json"))), Encoding.UTF8.GetString(File.ReadAllBytes(scene.InProject(".mcp.json"))));
}
