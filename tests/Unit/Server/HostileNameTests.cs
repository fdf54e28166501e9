using System.Net;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>Names that nobody expects, in addresses and bodies of groups, MCP servers and tag definitions.</summary>
public sealed class HostileNameTests
{
    private const string Collection = "api/v1/collections/default";

    public static TheoryData<string> Lists => ["groups", "mcp-servers", "tag-definitions"];

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task An_entry_is_reached_by_whatever_name_it_has(string list)
    {
        await using var scene = await ServiceScene.StartAsync();
        string[] names = ["a/b", "a%2Fb", "/", "//", "../x", "..%2f", "%", "%41", "?q=1#f", "a;b=c", "a+b c", "😀 👍🏽", "名前", "{group}", "a\\b", "\"<script>", "null", "order", "members", new string('x', 255)];
        // Names that Python could not read are refused for servers, but other programs can have written them.
        var isRefused = list == "mcp-servers";
        if (isRefused)
        {
            var servers = names.Select(name => $"\n[[mcp_servers]]\nname = '{name}'\nrepo = \"octo/files\"\n");
            scene.Place.Write(scene.Place.Manifest, await File.ReadAllTextAsync(scene.Place.Manifest, TestContext.Current.CancellationToken) + string.Concat(servers));
        }

        foreach (var name in isRefused ? [] : names)
        {
            var created = (await scene.SendAsync(HttpMethod.Post, $"{Collection}/{list}", new { name })).Succeeds(HttpStatusCode.Created);
            var address = created.Headers.Location!.OriginalString;
            Assert.Equal($"/{Collection}/{list}/{Uri.EscapeDataString(name)}", address);
            Assert.Equal(name, GroupServiceTests.TextOf((await scene.GetAsync(address)).Succeeds(), "name"));
        }

        foreach (var name in names)
        {
            var address = $"{Collection}/{list}/{Uri.EscapeDataString(name)}";
            Assert.Equal(name, GroupServiceTests.TextOf((await scene.GetAsync(address)).Succeeds(), "name"));
            var edited = (await scene.SendAsync(HttpMethod.Put, address, new { description = "x" })).Succeeds();
            Assert.Equal((name, "x"), (GroupServiceTests.TextOf(edited, "name"), GroupServiceTests.TextOf(edited, "description")));
            if (list == "groups") (await scene.GetAsync($"{address}/members")).Succeeds();
            (await scene.SendAsync(HttpMethod.Delete, address)).Succeeds();
            (await scene.GetAsync(address)).Fails(404, "EntryNotFound");
        }

        Assert.Empty(GroupServiceTests.NamesOf(await scene.GetAsync($"{Collection}/{list}")));
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Names_that_cannot_be_used_are_refused(string list)
    {
        await using var scene = await ServiceScene.StartAsync();
        object good = list == "mcp-servers" ? new { name = "good", repo = "octo/files" } : new { name = "good" };
        (await scene.SendAsync(HttpMethod.Post, $"{Collection}/{list}", good)).Succeeds(HttpStatusCode.Created);
        var before = scene.Place.Tree("service", "cache", "locks");
        foreach (var name in new[] { ".", "..", " ", "a\nb", "a\0b", "\u001b[31m", "a\u202eb", "\u200b", " a", new string('x', 10_000) })
        {
            (await scene.SendAsync(HttpMethod.Post, $"{Collection}/{list}", new { name })).Fails(400, "InvalidArgument");
            (await scene.SendAsync(HttpMethod.Put, $"{Collection}/{list}/good", new { name })).Fails(400, "InvalidArgument");
        }

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete })
        {
            foreach (var part in new[] { "..%2f..%2fconfig.toml", "%2fetc%2fpasswd", "%00", "%0a", "%1b%5b31m", "%ff%fe", "%E2%80%AE", "%2e%2e%2f", new string('x', 2_000), "%F0%9F%92%A9" })
            {
                var answer = await scene.SendAsync(method, $"{Collection}/{list}/{part}", method == HttpMethod.Put ? "{\"description\":\"x\"}" : null);
                Assert.True((int)answer.Status is 400 or 404, $"{method} {part}: {answer.Text}");
                Assert.DoesNotContain('\u001b', answer.Text);
            }

            // The server refuses longer addresses before it reads them.
            var tooLong = await scene.SendAsync(method, $"{Collection}/{list}/{new string('x', 10_000)}", method == HttpMethod.Put ? "{\"description\":\"x\"}" : null);
            Assert.True((int)tooLong.Status is 400 or 404 or 414, $"{(int)tooLong.Status}");
        }

        Assert.Equal(before, scene.Place.Tree("service", "cache", "locks"));
        Assert.DoesNotContain(" 500", scene.Log.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("groups", "[[groups]]")]
    [InlineData("mcp-servers", "[[mcp_servers]]")]
    [InlineData("tag-definitions", "[[tag_definitions]]")]
    public async Task Names_that_differ_by_case_are_told_apart(string list, string table)
    {
        await using var scene = await ServiceScene.StartAsync();
        var entries = string.Concat(new[] { "Notes", "notes", "twice", "twice" }.Select(name => $"\n{table}\nname = \"{name}\"\n"));
        scene.Place.Write(scene.Place.Manifest, await File.ReadAllTextAsync(scene.Place.Manifest, TestContext.Current.CancellationToken) + entries);
        (await scene.SendAsync(HttpMethod.Put, $"{Collection}/{list}/Notes", new { description = "upper" })).Succeeds();
        (await scene.SendAsync(HttpMethod.Put, $"{Collection}/{list}/notes", new { description = "lower" })).Succeeds();
        Assert.Equal("upper", GroupServiceTests.TextOf(await scene.GetAsync($"{Collection}/{list}/Notes"), "description"));
        Assert.Equal("lower", GroupServiceTests.TextOf(await scene.GetAsync($"{Collection}/{list}/notes"), "description"));
        (await scene.GetAsync($"{Collection}/{list}/NOTES")).Fails(404, "EntryNotFound");
        (await scene.GetAsync($"{Collection}/{list}/twice")).Fails(404, "EntryNotFound");
        (await scene.SendAsync(HttpMethod.Delete, $"{Collection}/{list}/NOTES")).Fails(404, "EntryNotFound");
        (await scene.SendAsync(HttpMethod.Post, $"{Collection}/{list}", new { name = "NOTES" })).Fails(409, "EntryExists");
        (await scene.SendAsync(HttpMethod.Delete, $"{Collection}/{list}/Notes")).Succeeds();
        Assert.Equal("lower", GroupServiceTests.TextOf(await scene.GetAsync($"{Collection}/{list}/NOTES"), "description"));
    }
}
