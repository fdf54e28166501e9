using SkillMeat.Additions;
using SkillMeat.Browsing;
using SkillMeat.Errors;
using SkillMeat.Tests.LoopbackGitHub;
using Xunit;

using static SkillMeat.Tests.Updates.UpdateScene;

namespace SkillMeat.Tests.Browsing;

/// <summary>Links to artifacts are listed as what they lead to, and can be added.</summary>
public sealed class BrowsedLinkTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Links_in_a_repository_are_read_as_what_they_lead_to(bool hasToken)
    {
        await using var scene = await StartAsync(hasToken);
        scene.Git.Commit(
            "1",
            GitChange.Write("src/reviewer.md", "---\nname: reviewer\ndescription: Reviews\n---\n"),
            GitChange.Symlink("agents/reviewer.md", "../src/reviewer.md"),
            GitChange.Symlink("agents/team", "../src/team"),
            GitChange.Write("src/team/tester.md", "---\nname: tester\ndescription: Tests\n---\n"),
            GitChange.Write("src/SKILL.txt", Skill("pdf")),
            GitChange.Symlink("skills/pdf/SKILL.md", "../../src/SKILL.txt"),
            GitChange.Symlink("agents/broken.md", "../src/nothing.md"),
            GitChange.Symlink("agents/outside.md", "../../outside.md"),
            GitChange.Symlink("agents/self", ".."));

        var found = await Browsed.ListAsync(scene, Repo);

        Assert.Equal(
            ["agent:reviewer at agents/reviewer.md, Reviews", "agent:tester at agents/team/tester.md, Tests", "skill:pdf at skills/pdf, About pdf"],
            found.Select(one => $"{one.ArtifactId} at {one.Path}, {one.Description}").Order(StringComparer.Ordinal));
        Assert.All(await scene.AddAsync([.. found.Select(one => one.ToAddition())]), entry => Assert.Equal((AddStatus.Added, null), (entry.Status, entry.Reason)));
        Assert.Contains("name: reviewer", scene.Read("agents/reviewer.md"), StringComparison.Ordinal);
        Assert.All(await Browsed.ListAsync(scene, Repo), one => Assert.Equal(UpstreamArtifactState.Present, one.State));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_named_folder_that_is_a_link_is_the_folder_that_it_leads_to(bool hasToken)
    {
        await using var scene = await StartAsync(hasToken);
        scene.Git.Commit(
            "1", GitChange.Write("skills/pdf/SKILL.md", Skill("pdf")), GitChange.Symlink(".claude/skills", "../all"), GitChange.Symlink("all", "skills"), GitChange.Symlink(".claude/broken", "../nothing"));

        Assert.Equal(["skill:pdf at skills/pdf: New"], await Browsed.DescribeAsync(scene, $"{Repo}/.claude/skills"));
        Assert.Equal(["skill:pdf at skills/pdf: New"], await Browsed.DescribeAsync(scene, $"{Repo}/.claude/skills/pdf"));
        Assert.Equal(["skill:pdf at skills/pdf: New"], await Browsed.DescribeAsync(scene, Repo));
        var error = await Assert.ThrowsAsync<SkillMeatException>(() => Browsed.ListAsync(scene, $"{Repo}/.claude/broken"));
        Assert.Equal((ErrorIds.UpstreamNotFound, $"'.claude/broken' is not in {new Uri(scene.Server.ServerUrl).Authority}/{Repo}: '.claude/broken' is a link to '../nothing'."), (error.ErrorId, error.Message));
    }

    [Fact]
    public async Task Artifacts_elsewhere_that_links_in_a_folder_lead_to_are_listed_and_can_be_added()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right there.");
        await using var scene = await StartAsync();
        var (claude, source) = (Path.Combine(scene.Place, "user", ".claude"), Path.Combine(scene.Place, "user", "src"));
        Write(Path.Combine(source, "foo", "SKILL.md"), Skill("foo"));
        Write(Path.Combine(source, "agents", "reviewer.md"), "---\nname: reviewer\n---\n");
        Write(Path.Combine(source, "clean.md"), "Clean.");
        Write(Path.Combine(claude, "skills", "own", "SKILL.md"), Skill("own"));
        Write(Path.Combine(claude, "commands", "run.md"), "Run.");
        Directory.CreateSymbolicLink(Path.Combine(claude, "skills", "foo"), Path.Combine("..", "..", "src", "foo"));
        Directory.CreateSymbolicLink(Path.Combine(claude, "skills", "again"), Path.Combine("..", "..", "src", "foo"));
        Directory.CreateSymbolicLink(Path.Combine(claude, "agents"), Path.Combine(source, "agents"));
        File.CreateSymbolicLink(Path.Combine(claude, "commands", "clean.md"), Path.Combine(source, "clean.md"));
        File.CreateSymbolicLink(Path.Combine(claude, "commands", "broken.md"), Path.Combine(source, "nothing.md"));
        Directory.CreateSymbolicLink(Path.Combine(claude, "skills", "all"), scene.Place);
        Directory.CreateSymbolicLink(Path.Combine(claude, "skills", "self"), "self");

        var found = await Browsed.ListAsync(scene, claude);

        Assert.Equal(
            ["agent:reviewer at agents/reviewer.md", "command:clean at commands/clean.md", "command:run at commands/run.md", "skill:own at skills/own"],
            found.Select(one => $"{one.ArtifactId} at {one.Path}").Where(text => !text.StartsWith("skill:foo", StringComparison.Ordinal) && !text.StartsWith("skill:again", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        // The same folder is listed once.
        var linked = Assert.Single(found, one => one.Name is "foo" or "again");
        Assert.Equal(Path.Combine(source, "foo"), linked.Spec);
        Assert.All(await scene.AddAsync([.. found.Select(one => one.ToAddition())]), entry => Assert.Equal((AddStatus.Added, null), (entry.Status, entry.Reason)));
        Assert.All(await Browsed.ListAsync(scene, claude), one => Assert.Equal(UpstreamArtifactState.Present, one.State));
        Assert.Equal(["skill:foo"], (await Browsed.ListAsync(scene, Path.Combine(claude, "skills", "foo"))).Select(one => $"{one.Type}:{Path.GetFileName(one.Spec)}"));
        Write(Path.Combine(source, "foo", "SKILL.md"), Skill("foo", "more"));
        Assert.Equal(UpstreamArtifactState.Behind, (await Browsed.ListAsync(scene, claude)).Single(one => one.Name == linked.Name).State);
        // Their targets were added, so that they can be updated.
        Assert.Equal(SkillMeat.Updates.UpdateStatus.Updated, (await scene.UpdateAsync()).Entries.Single(entry => entry.Name == linked.Name).Status);
    }

    private static void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
