using System.Globalization;
using SkillMeat.Additions;
using SkillMeat.Tests.LoopbackGitHub;
using Xunit;

using static SkillMeat.Tests.Updates.UpdateScene;

namespace SkillMeat.Tests.Browsing;

/// <summary>The state of a listed artifact is that of the listed commit, and of the same repository at any address.</summary>
public sealed class BrowseStateTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pinned_artifact_is_behind_a_newer_ref_with_other_content_only(bool hasToken)
    {
        await using var scene = await StartAsync(hasToken);
        Tag(scene, "v1.0", "pdf", "1");
        Tag(scene, "v1.1", "xlsx", "1");
        Tag(scene, "v1.10", "pdf", "2");
        await scene.AddAsync($"{Repo}/skills/pdf@v1.1");

        Assert.Contains("skill:pdf at skills/pdf: Present", await Browsed.DescribeAsync(scene, $"{Repo}@v1.1"));
        Assert.Contains("skill:pdf at skills/pdf: Present", await Browsed.DescribeAsync(scene, $"{Repo}@v1.0"));
        Assert.Contains("skill:pdf at skills/pdf: Behind", await Browsed.DescribeAsync(scene, $"{Repo}@v1.10"));
        Assert.Contains("skill:pdf at skills/pdf: Behind", await Browsed.DescribeAsync(scene, Repo));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_artifact_that_follows_a_branch_is_not_behind_an_older_commit(bool hasToken)
    {
        await using var scene = await StartAsync(hasToken);
        var first = Tag(scene, "v1.0", "pdf", "1");
        Tag(scene, "v1.1", "pdf", "2");
        await scene.AddAsync($"{Repo}/skills/pdf");

        Assert.Equal(["skill:pdf at skills/pdf: Present"], await Browsed.DescribeAsync(scene, $"{Repo}@v1.0"));
        Assert.Equal(["skill:pdf at skills/pdf: Present"], await Browsed.DescribeAsync(scene, $"{Repo}@{first}"));
        Tag(scene, "v1.2", "pdf", "3");
        Assert.Equal(["skill:pdf at skills/pdf: Behind"], await Browsed.DescribeAsync(scene, Repo));
        Assert.Equal(["skill:pdf at skills/pdf: Present"], await Browsed.DescribeAsync(scene, $"{Repo}@v1.0"));
        // It is the same commit.
        Assert.Equal(["skill:pdf at skills/pdf: Behind"], await Browsed.DescribeAsync(scene, $"{Repo}@v1.2"));
    }

    [Fact]
    public async Task Of_two_artifacts_from_one_place_the_one_that_follows_the_listed_ref_counts()
    {
        await using var scene = await StartAsync();
        Tag(scene, "v1.0", "pdf", "1");
        await scene.AddAsync(new ArtifactAddition($"{Repo}/skills/pdf@v1.0") { Name = "old" }, new ArtifactAddition($"{Repo}/skills/pdf") { Name = "pdf" });

        Assert.Equal(["skill:pdf at skills/pdf: Present"], await Browsed.DescribeAsync(scene, Repo));
        Assert.Equal(["skill:old at skills/pdf: Present"], await Browsed.DescribeAsync(scene, $"{Repo}@v1.0"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_artifact_is_behind_when_what_its_links_lead_to_has_changed(bool hasToken)
    {
        await using var scene = await StartAsync(hasToken);
        scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", Skill("pdf")), GitChange.Symlink("skills/pdf/common.md", "../../shared/common.md"), GitChange.Write("shared/common.md", "1"));
        await scene.AddAsync($"{Repo}/skills/pdf");
        Assert.Equal(["skill:pdf at skills/pdf: Present"], await Browsed.DescribeAsync(scene, Repo));

        scene.Git.Commit("2", GitChange.Write("shared/common.md", "2"));

        Assert.Equal(["skill:pdf at skills/pdf: Behind"], await Browsed.DescribeAsync(scene, Repo));
    }

    [Fact]
    public async Task A_repository_that_is_followed_by_ssh_is_the_same_by_https()
    {
        await using var scene = await StartAsync();
        Tag(scene, "v1.0", "pdf", "1");
        await scene.AddAsync($"{Repo}/skills/pdf");
        var address = $"{scene.Server.ServerUrl.TrimEnd('/')}/{Repo}";
        scene.Write("collection.toml", scene.Read("collection.toml").Replace(address, $"git@127.0.0.1:{Repo}.git", StringComparison.Ordinal));
        Assert.DoesNotContain(address, scene.Read("collection.toml"), StringComparison.Ordinal);

        var found = Assert.Single(await Browsed.ListAsync(scene, Repo));

        Assert.Equal("skill:pdf at skills/pdf: Present", $"{found.ArtifactId} at {found.Path}: {found.State}");
        Assert.StartsWith("git@127.0.0.1:", found.Spec, StringComparison.Ordinal);
        Tag(scene, "v1.1", "pdf", "2");
        Assert.Equal(["skill:pdf at skills/pdf: Behind"], await Browsed.DescribeAsync(scene, Repo));
    }

    [Theory]
    [InlineData("{0}/octo/skills")]
    [InlineData("{0}/octo/skills.git")]
    [InlineData("octo/skills")]
    public async Task An_artifact_whose_address_is_the_repository_alone_is_present_in_a_list_as_in_an_addition(string upstream)
    {
        await using var scene = await StartAsync();
        Tag(scene, "v1.0", "pdf", "1");
        Tag(scene, "v1.1", "xlsx", "1");
        await scene.AddAsync($"{Repo}/skills/pdf");
        var manifest = scene.Read("collection.toml");
        var line = manifest.Split('\n').First(one => one.StartsWith("upstream", StringComparison.Ordinal));
        var address = string.Format(CultureInfo.InvariantCulture, upstream, scene.Server.ServerUrl.TrimEnd('/'));
        scene.Write("collection.toml", manifest.Replace(line, $"upstream = \"{address}\"", StringComparison.Ordinal));

        Assert.Equal(["skill:pdf at skills/pdf: Present", "skill:xlsx at skills/xlsx: New"], await Browsed.DescribeAsync(scene, Repo));
        var added = await scene.AddAsync($"{Repo}/skills/pdf", $"{Repo}/skills/xlsx");
        Assert.Equal([(AddStatus.Unchanged, "skill:pdf"), (AddStatus.Added, "skill:xlsx")], added.Select(one => (one.Status, one.ArtifactId)));
    }

    [Fact]
    public async Task An_artifact_whose_files_are_gone_is_not_present()
    {
        await using var scene = await StartAsync();
        Tag(scene, "v1.0", "pdf", "1");
        await scene.AddAsync($"{Repo}/skills/pdf");
        Directory.Delete(scene.At("skills/pdf"), recursive: true);

        Assert.Equal(["skill:pdf at skills/pdf: Behind"], await Browsed.DescribeAsync(scene, Repo));
    }

    [Fact]
    public async Task An_artifact_that_could_not_be_compared_is_not_present()
    {
        await using var scene = await StartAsync(hasToken: false);
        scene.Git.Commit("1", GitChange.Write("SKILL.md", Skill("skills")));
        await scene.AddAsync(Repo);
        Assert.Equal(["skill:skills at : Present"], await Browsed.DescribeAsync(scene, Repo));
        scene.Git.Commit("2", GitChange.Write("SKILL.md", Skill("skills", "2")));
        // Only git tells the id of a root.
        scene.Server.GitMood = GitMood.Refuse401;

        Assert.Equal(["skill:skills at : Behind"], await Browsed.DescribeAsync(scene, Repo));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_artifact_of_a_renamed_repository_is_known_under_both_names(bool hasToken)
    {
        await using var scene = await StartAsync(hasToken);
        Tag(scene, "v1.0", "pdf", "1");
        await scene.AddAsync($"{Repo}/skills/pdf");
        scene.Server.Rename(Repo, "octo/new");

        Assert.Equal(["skill:pdf at skills/pdf: Present"], await Browsed.DescribeAsync(scene, "octo/new"));
        Assert.Equal(["skill:pdf at skills/pdf: Present"], await Browsed.DescribeAsync(scene, Repo));
        var added = Assert.Single(await scene.AddAsync((await Browsed.ListAsync(scene, "octo/new"))[0].ToAddition()));
        Assert.Equal(AddStatus.Unchanged, added.Status);
        scene.Write("collection.toml", scene.Read("collection.toml").Replace($"/{Repo}", "/octo/new", StringComparison.Ordinal));
        Assert.Equal(["skill:pdf at skills/pdf: Present"], await Browsed.DescribeAsync(scene, Repo));
        Tag(scene, "v1.1", "pdf", "2");
        Assert.Equal(["skill:pdf at skills/pdf: Behind"], await Browsed.DescribeAsync(scene, "octo/new"));
        Assert.Equal(["skill:pdf at skills/pdf: Behind"], await Browsed.DescribeAsync(scene, Repo));
    }

    [Fact]
    public async Task A_renamed_repository_without_artifacts_can_be_listed_beside_another()
    {
        await using var scene = await StartAsync(hasToken: true);
        Tag(scene, "v1.0", "pdf", "1");
        await scene.AddAsync($"{Repo}/skills/pdf");
        scene.Git.Commit("more", GitChange.Write("docs/a.md", "A page.\n"));
        scene.Server.Rename(Repo, "octo/new");
        using var other = GitRepositoryBuilder.Create();
        scene.Server.AddRepository("octo/other", other);
        other.Commit("1", GitChange.Write("skills/pdf/SKILL.md", Skill("pdf")));

        Assert.Equal(["skill:other-pdf at skills/pdf: New"], await Browsed.DescribeAsync(scene, $"{Repo}/docs", "octo/other"));
    }

    [Fact]
    public async Task Two_versions_of_a_repository_are_both_listed_and_not_both_added()
    {
        await using var scene = await StartAsync();
        Tag(scene, "v1", "pdf", "1");
        Tag(scene, "v2", "pdf", "2");

        var found = await Browsed.ListAsync(scene, $"{Repo}@v1", $"{Repo}@v2");

        Assert.Equal([("skill:pdf", "v1"), ("skill:pdf", "v2")], found.Select(one => (one.ArtifactId, one.Ref)));
        Assert.Equal(2, found.Select(one => one.UpstreamSha).Distinct().Count());
        var added = await scene.AddAsync([.. found.Select(one => one.ToAddition())]);
        Assert.All(added, entry => Assert.NotEqual(AddStatus.Added, entry.Status));
        var problem = Assert.Single(added, entry => entry.Status == AddStatus.Error);
        Assert.Contains("v1", problem.Reason, StringComparison.Ordinal);
        Assert.Contains("v2", problem.Reason, StringComparison.Ordinal);
    }

    private static string Tag(Updates.UpdateScene scene, string tag, string name, string body)
    {
        var commit = scene.Git.Commit(tag, GitChange.Write($"skills/{name}/SKILL.md", Skill(name, body)));
        scene.Git.Tag(tag, commit);
        return commit;
    }
}
