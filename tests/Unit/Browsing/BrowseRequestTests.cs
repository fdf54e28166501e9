using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Updates;
using Xunit;

using static SkillMeat.Tests.Updates.UpdateScene;

namespace SkillMeat.Tests.Browsing;

/// <summary>A repository is listed with as few requests as its host allows: with a token two, else three for the refs, the files and the texts.</summary>
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
