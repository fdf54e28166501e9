using SkillMeat.Additions;
using SkillMeat.Browsing;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Updates;
using Xunit;

using static SkillMeat.Tests.Updates.UpdateScene;

namespace SkillMeat.Tests.Browsing;

/// <summary>A repository is listed with as few requests as its host allows: with a token two, else three for the refs, the files and the texts, of which the cache has those that did not change.</summary>
public sealed class BrowseRequestTests
{
    [Theory]
    [InlineData(true, "")]
    [InlineData(true, "@v1")]
    [InlineData(true, "@feature/new")]
    [InlineData(true, "/skills")]
    [InlineData(false, "")]
    [InlineData(false, "@v1")]
    [InlineData(false, "/skills")]
    public async Task Few_requests_list_a_repository_with_links_that_the_collection_follows(bool hasToken, string rest)
    {
        await using var scene = await StartAsync(hasToken);
        Fill(scene);
        await scene.AddAsync($"{Repo}/skills/pdf");
        scene.Server.Log.Clear();

        Assert.Equal(["skill:pdf at skills/pdf: Present, About pdf", "skill:xlsx at skills/xlsx: New, About xlsx"], await DescribeAsync(scene, Repo + rest));

        Assert.Equal(hasToken ? 2 : 3, scene.Server.Log.Total);
        if (hasToken) Assert.Equal([RequestKind.Rest, RequestKind.GraphQl], scene.Server.Log.Records.Select(record => record.Kind));
    }

    [Theory]
    [InlineData("main/skills", 2)]
    [InlineData("feature/new/skills", 4)]
    public async Task An_address_in_which_the_ref_may_end_anywhere_is_listed_at_the_shortest_ref_first(string rest, int expected)
    {
        await using var scene = await StartAsync();
        Fill(scene);

        Assert.Equal(["skill:pdf at skills/pdf: New, About pdf", "skill:xlsx at skills/xlsx: New, About xlsx"], await DescribeAsync(scene, $"{scene.Server.ServerUrl}/{Repo}/tree/{rest}"));

        Assert.Equal(expected, scene.Server.Log.Total);
    }

    [Fact]
    public async Task A_branch_that_moves_between_the_requests_is_listed_again()
    {
        await using var scene = await StartAsync();
        Fill(scene);
        scene.Handler = new PushingHandler(() => scene.Git.Commit("2", GitChange.Write("skills/docx/SKILL.md", Skill("docx"))));

        Assert.Equal(["docx", "pdf", "xlsx"], (await Browsed.ListAsync(scene, Repo)).Select(one => one.Name));
    }

    [Fact]
    public async Task Texts_that_GraphQL_cuts_off_are_read_as_a_whole()
    {
        await using var scene = await StartAsync(hasToken: true, new LoopbackGitHubOptions { MaxGraphQlText = 20 });
        Fill(scene);

        Assert.Equal(["skill:pdf at skills/pdf: New, About pdf", "skill:xlsx at skills/xlsx: New, About xlsx"], await DescribeAsync(scene, Repo));
    }

    [Theory]
    [InlineData("")]
    [InlineData("@v1")]
    [InlineData("/skills")]
    public async Task A_later_list_of_an_unmoved_repository_asks_for_its_refs_alone(string rest)
    {
        await using var scene = await StartAsync(hasToken: false);
        Fill(scene);
        await scene.AddAsync($"{Repo}/skills/pdf");
        var first = await DescribeAsync(scene, Repo + rest);
        scene.Server.Log.Clear();

        Assert.Equal(first, await DescribeAsync(scene, Repo + rest));

        Assert.Equal(1, scene.Server.Log.Total);
    }

    [Fact]
    public async Task A_list_after_an_addition_of_all_asks_for_the_refs_alone()
    {
        await using var scene = await StartAsync(hasToken: false);
        Fill(scene);
        var store = scene.Open();
        using (var session = scene.Connect(store))
        {
            var additions = await new ArtifactBrowser(store, session).SelectAsync(new BrowseRequest { Sources = [Repo], BaseFolder = scene.Place }, [], Cancellation);
            await new ArtifactAdder(store, session).AddAsync(new AddRequest { Artifacts = additions, BaseFolder = scene.Place }, Cancellation);
        }

        scene.Server.Log.Clear();
        Assert.Equal(["skill:pdf at skills/pdf: Present, About pdf", "skill:xlsx at skills/xlsx: Present, About xlsx"], await DescribeAsync(scene, Repo));
        Assert.Equal(1, scene.Server.Log.Total);
    }

    [Fact]
    public async Task A_later_list_of_a_moved_repository_reads_only_new_texts()
    {
        await using var scene = await StartAsync(hasToken: false);
        Fill(scene);
        await scene.AddAsync($"{Repo}/skills/pdf");
        await DescribeAsync(scene, Repo);
        scene.Git.Commit("2", GitChange.Write("notes.txt", "Nothing that describes an artifact."));
        scene.Server.Log.Clear();
        Assert.Equal(["skill:pdf at skills/pdf: Present, About pdf", "skill:xlsx at skills/xlsx: New, About xlsx"], await DescribeAsync(scene, Repo));
        Assert.Equal(2, scene.Server.Log.Total);

        scene.Git.Commit("3", GitChange.Write("skills/pdf/SKILL.md", Skill("pdf", "More.")), GitChange.Write("skills/docx/SKILL.md", Skill("docx")), GitChange.Delete("skills/xlsx/SKILL.md"));
        scene.Server.Log.Clear();
        Assert.Equal(["skill:docx at skills/docx: New, About docx", "skill:pdf at skills/pdf: Behind, About pdf"], await DescribeAsync(scene, Repo));
        Assert.Equal(3, scene.Server.Log.Total);

        // An artifact that is behind needs no request either.
        scene.Server.Log.Clear();
        Assert.Equal(["skill:docx at skills/docx: New, About docx", "skill:pdf at skills/pdf: Behind, About pdf"], await DescribeAsync(scene, Repo));
        Assert.Equal(1, scene.Server.Log.Total);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"format":1,"listed":{"COMMIT":{"items":["f0000000000000000000000000000000000000000../SKILL.md"]}}}""")]
    [InlineData("""{"format":1,"listed":{"COMMIT":{"items":["x"]}}}""")]
    [InlineData("""{"format":1,"listed":{"COMMIT":{"items":[7]}}}""")]
    [InlineData("""{"format":1,"listed":{"COMMIT":{"text":"a"}}}""")]
    public async Task A_damaged_list_in_the_cache_is_read_again(string damaged)
    {
        await using var scene = await StartAsync(hasToken: false);
        Fill(scene);
        var first = await DescribeAsync(scene, Repo);
        var file = Assert.Single(Directory.GetFiles(Path.Combine(scene.Home, "cache"), "listed-*.json"));
        var text = await File.ReadAllTextAsync(file, Cancellation);
        await File.WriteAllTextAsync(file, damaged.Replace("COMMIT", text.Split('"')[5], StringComparison.Ordinal), Cancellation);
        scene.Server.Log.Clear();

        Assert.Equal(first, await DescribeAsync(scene, Repo));

        Assert.Equal(3, scene.Server.Log.Total);
    }

    [Fact]
    public async Task Lists_of_few_repositories_are_kept()
    {
        await using var scene = await StartAsync(hasToken: false);
        Fill(scene);
        var cache = Directory.CreateDirectory(Path.Combine(scene.Home, "cache")).FullName;
        foreach (var i in Enumerable.Range(0, 40))
        {
            await File.WriteAllTextAsync(Path.Combine(cache, $"listed-{i}.json"), "{}", Cancellation);
            File.SetLastWriteTimeUtc(Path.Combine(cache, $"listed-{i}.json"), new DateTime(2020, 1, 1, 0, i, 0, DateTimeKind.Utc));
        }

        await DescribeAsync(scene, Repo);

        Assert.Equal(32, Directory.GetFiles(cache, "listed-*.json").Length);
        Assert.True(File.Exists(Path.Combine(cache, "listed-39.json")));
        Assert.False(File.Exists(Path.Combine(cache, "listed-8.json")));
        scene.Server.Log.Clear();
        await DescribeAsync(scene, Repo);
        Assert.Equal(1, scene.Server.Log.Total);
    }

    private static void Fill(UpdateScene scene)
    {
        var commit = scene.Git.Commit(
            "1",
            GitChange.Write("skills/pdf/SKILL.md", Skill("pdf")),
            GitChange.Write("skills/xlsx/SKILL.md", Skill("xlsx")),
            GitChange.Symlink(".claude/skills", "../skills"),
            GitChange.Write(".claude-plugin/plugin.json", "{\"name\": \"office\", \"skills\": \"./skills\"}"));
        scene.Git.Tag("v1", commit);
        scene.Git.CommitTo("feature/new", "new", [GitChange.Write("skills/pdf/SKILL.md", Skill("pdf")), GitChange.Write("skills/xlsx/SKILL.md", Skill("xlsx"))]);
    }

    private static async Task<IReadOnlyList<string>> DescribeAsync(UpdateScene scene, string source) =>
        [.. (await Browsed.ListAsync(scene, source)).Select(one => $"{one.ArtifactId} at {one.Path}: {one.State}, {one.Description}")];

    private sealed class PushingHandler(Action push) : DelegatingHandler(new SocketsHttpHandler())
    {
        private bool _hasPushed;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (!_hasPushed && request.RequestUri!.AbsolutePath.Contains("/git/trees/", StringComparison.Ordinal))
            {
                _hasPushed = true;
                await response.Content.LoadIntoBufferAsync(cancellationToken);
                push();
            }

            return response;
        }
    }
}
