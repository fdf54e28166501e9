using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>The files of the web page, as the service answers them.</summary>
public sealed class PageTests
{
    [Theory]
    [InlineData("")]
    [InlineData("collections/default")]
    [InlineData("collections/a%2Fb/artifacts/skill%3Apdf/files")]
    [InlineData("deployments")]
    [InlineData("marketplace")]
    [InlineData("settings")]
    public async Task Every_screen_has_an_address_that_can_be_opened(string path)
    {
        await using var scene = await StartAsync();
        var answer = (await scene.GetAsync(path)).Succeeds();
        Assert.Equal("text/html", answer.ContentHeaders.ContentType?.MediaType);
        Assert.Contains("<div id=\"root\">", answer.Text, StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl?.NoCache);
    }

    [Fact]
    public async Task The_page_loads_only_files_of_this_service_and_runs_no_inline_script()
    {
        await using var scene = await StartAsync();
        var page = (await scene.GetAsync("")).Succeeds();
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("require-trusted-types-for 'script'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("<style", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(new Regex("<script(?![^>]*\\ssrc=)", RegexOptions.IgnoreCase), page.Text);
        var files = Regex.Matches(page.Text, "(?:src|href)=\"([^\"]+)\"").Select(one => one.Groups[1].Value).ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            Assert.StartsWith("/", file, StringComparison.Ordinal);
            Assert.False(file.StartsWith("//", StringComparison.Ordinal));
            var answer = (await scene.GetAsync(file)).Succeeds();
            Assert.Equal(file.StartsWith("/assets/", StringComparison.Ordinal), answer.Headers.CacheControl?.Extensions.Any(one => one.Name == "immutable") == true);
        }
    }

    [Fact]
    public async Task A_file_is_sent_packed_where_that_is_understood_and_not_again_where_it_is_known()
    {
        await using var scene = await StartAsync();
        var plain = (await scene.GetAsync("icon.svg")).Succeeds();
        var packed = (await scene.GetAsync("icon.svg", ("Accept-Encoding", "br, gzip"))).Succeeds();
        Assert.Equal(["gzip"], packed.ContentHeaders.ContentEncoding);
        Assert.Equal(["Accept-Encoding"], packed.Headers.Vary);
        Assert.True(packed.Body is [0x1f, 0x8b, ..]);
        Assert.NotEqual(plain.Tag, packed.Tag);
        (await scene.GetAsync("icon.svg", ("If-None-Match", plain.Tag!))).Succeeds(HttpStatusCode.NotModified);
        (await scene.GetAsync("icon.svg", ("If-None-Match", packed.Tag!))).Succeeds();
    }

    [Theory]
    [InlineData("assets/none.js")]
    [InlineData("assets/..%2Findex.html")]
    [InlineData("index.html")]
    [InlineData("else")]
    public async Task Other_addresses_are_not_found(string path)
    {
        await using var scene = await StartAsync();
        (await scene.GetAsync(path)).Fails(404, "NotFound");
    }

    [Fact]
    public async Task The_service_says_that_it_has_a_page()
    {
        await using var scene = await StartAsync();
        Assert.True((await scene.GetAsync("api/v1/info")).Succeeds().Json.GetProperty("page").GetBoolean());
    }

    private static async Task<ServiceScene> StartAsync()
    {
        var scene = await ServiceScene.StartAsync();
        if ((await scene.GetAsync("api/v1/info")).Json.GetProperty("page").GetBoolean()) return scene;
        await scene.DisposeAsync();
        Assert.Skip("This build has no web page, because Node is not installed.");
        return scene;
    }
}
