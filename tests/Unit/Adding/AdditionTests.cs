using SkillMeat.Additions;
using SkillMeat.Browsing;
using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Upstream;
using Xunit;

using static SkillMeat.Tests.Updates.UpdateScene;

namespace SkillMeat.Tests.Adding;

/// <summary>The names and versions of additions, among each other and beside those that the collection has.</summary>
public sealed class AdditionTests
{
    [Fact]
    public async Task One_place_in_two_versions_is_an_error_unless_each_has_a_name_of_its_own()
    {
        await using var scene = await StartAsync(hasToken: false);
        scene.Git.Tag("v1", scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", Skill("pdf"))));
        scene.Git.Tag("v2", scene.Git.Commit("2", GitChange.Write("skills/pdf/SKILL.md", Skill("pdf", "more"))));

        var refused = await scene.AddAsync($"{Repo}/skills/pdf@v1", $"{Repo}/skills/pdf@v2");
        var named = await scene.AddAsync(new ArtifactAddition($"{Repo}/skills/pdf@v1"), new ArtifactAddition($"{Repo}/skills/pdf@v1"), new ArtifactAddition($"{Repo}/skills/pdf@v2") { Name = "pdf2" });

        Assert.Equal([(AddStatus.Skipped, null), (AddStatus.Error, ErrorIds.InvalidArgument)], refused.Select(entry => (entry.Status, entry.ErrorId)));
        Assert.Contains("two versions, 'v1' and 'v2'", refused[1].Reason, StringComparison.Ordinal);
        Assert.Equal([("skill:pdf", AddStatus.Added), ("skill:pdf", AddStatus.Unchanged), ("skill:pdf2", AddStatus.Added)], named.Select(entry => (entry.ArtifactId, entry.Status)));
    }

    [Fact]
    public async Task A_suggested_name_gets_longer_and_a_chosen_one_does_not()
    {
        await using var scene = await StartAsync(hasToken: false);
        scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", Skill("pdf")), GitChange.Write("plugins/a/skills/pdf/SKILL.md", Skill("pdf", "a")), GitChange.Write("plugins/b/skills/PDF/SKILL.md", Skill("PDF", "b")));
        ArtifactAddition[] additions = [.. new[] { "skills/pdf", "plugins/a/skills/pdf", "plugins/b/skills/PDF" }.Select(path => new ArtifactAddition($"{Repo}/{path}") { Name = path[^3..] })];

        var chosen = await scene.AddAsync(additions);
        var suggested = await scene.AddAsync([.. additions.Select(one => one with { IsNameSuggested = true })]);
        var again = await scene.AddAsync([.. additions.Select(one => one with { IsNameSuggested = true })]);

        Assert.Equal([AddStatus.Skipped, AddStatus.Error, AddStatus.Error], chosen.Select(entry => entry.Status));
        Assert.Equal([("skill:pdf", AddStatus.Added), ("skill:skills-pdf", AddStatus.Added), ("skill:skills-PDF-2", AddStatus.Added)], suggested.Select(entry => (entry.ArtifactId, entry.Status)));
        Assert.Equal(suggested.Select(entry => entry.ArtifactId), again.Select(entry => entry.ArtifactId));
        Assert.All(again, entry => Assert.Equal(AddStatus.Unchanged, entry.Status));
        scene.AssertConsistent();
    }

    [Fact]
    public async Task A_selected_artifact_that_moved_is_unchanged_and_keeps_nothing_out()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", Skill("pdf") + string.Concat(Enumerable.Range(0, 30).Select(line => $"Line {line}\n"))), GitChange.Write("skills/xlsx/SKILL.md", Skill("xlsx")));
        await scene.AddAsync($"{Repo}/skills/pdf");
        scene.Git.Commit("2", GitChange.Move("skills/pdf", "plugins/office/skills/pdf"));
        var store = scene.Open();
        using var session = scene.Connect(store);

        var all = await new ArtifactBrowser(store, session).SelectAsync(new BrowseRequest { Sources = [Repo], BaseFolder = scene.Place }, [], Cancellation);
        var entries = await scene.AddAsync([.. all]);

        Assert.Equal([("skill:pdf", AddStatus.Unchanged, null), ("skill:xlsx", AddStatus.Added, null)], entries.Select(entry => (entry.ArtifactId, entry.Status, entry.ErrorId)));
        Assert.Contains("new place", entries[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ref_that_is_only_in_the_address_counts_and_so_do_other_ways_to_write_it()
    {
        await using var scene = await StartAsync();
        var first = scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", Skill("pdf")), GitChange.Write("skills/xlsx/SKILL.md", Skill("xlsx")), GitChange.Write("skills/docx/SKILL.md", Skill("docx")));
        scene.Git.Tag("v1", first);
        await scene.AddAsync($"{Repo}/skills/pdf@v1", $"{Repo}/skills/xlsx@{first}", $"{Repo}/skills/docx");
        // As another program writes it.
        var lines = scene.Read("collection.toml").Split('\n').Where(line => line != "version_spec = \"v1\"").Select(line => line.StartsWith("upstream = ", StringComparison.Ordinal) && line.Contains("skills/pdf", StringComparison.Ordinal)
            ? $"upstream = \"{scene.Server.ServerUrl}/{Repo}/tree/v1/skills/pdf\""
            : line);
        scene.Write("collection.toml", string.Join('\n', lines));

        foreach (var spec in new[] { "pdf@v1", "pdf", $"xlsx@{first.ToUpperInvariant()}", $"xlsx@{first[..8]}", "docx@Latest", "docx@LATEST" })
        {
            var entry = Assert.Single(await scene.AddAsync($"{Repo}/skills/{spec}"));
            Assert.Equal((spec, AddStatus.Unchanged, "Collection 'default' has it already."), (spec, entry.Status, entry.Reason));
        }

        Assert.Contains("follows 'v1'", Assert.Single(await scene.AddAsync($"{Repo}/skills/pdf@latest")).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0123456", "0123456789012345678901234567890123456789", true)]
    [InlineData("0123456789012345678901234567890123456789", "0123456", true)]
    [InlineData("ABCDEF6789012345678901234567890123456789", "abcdef6", true)]
    [InlineData("latest", null, true)]
    [InlineData("v1", "V1", false)]
    [InlineData("abcdef6", "abcdef67", false)]
    [InlineData("v1", null, false)]
    public void Refs_are_the_same_if_they_are_equal_or_one_abbreviates_a_commit(string one, string? other, bool isSame) =>
        Assert.Equal(isSame, RefSpec.Parse(one).NamesSame(RefSpec.Parse(other)));

    [Fact]
    public async Task After_a_cleanup_in_between_the_entries_tell_what_was_written()
    {
        await using var scene = await StartAsync();
        Write("a");
        // More than the store keeps in memory.
        var large = new byte[12 << 20];
        new Random(1).NextBytes(large);
        await File.WriteAllBytesAsync(Path.Combine(At("a"), "large"), large, Cancellation);
        var wasCleaned = false;
        scene.Faults = new Storage.Faults((_, step, path) =>
        {
            if (wasCleaned || step != StorageStep.OpenLock || !path.Contains("default", StringComparison.Ordinal)) return;
            wasCleaned = true;
            foreach (var pack in Directory.GetFiles(Path.Combine(scene.Home, "objects"))) File.Delete(pack);
            Write("b");
        });
        var store = scene.Open();
        using var session = scene.Connect(store);

        var entries = await new ArtifactAdder(store, session).AddAsync(
            new AddRequest { Artifacts = [new ArtifactAddition(At("a")), new ArtifactAddition(At("b"))], KeepGoing = true, BaseFolder = scene.Place }, Cancellation);

        Assert.True(wasCleaned);
        Assert.Equal([("skill:a", AddStatus.Added, null), ("skill:b", AddStatus.Added, null)], entries.Select(entry => (entry.ArtifactId, entry.Status, entry.Reason)));
        Assert.Equal(Skill("b"), scene.Read("skills/b/SKILL.md"));

        string At(string name) => Path.Combine(scene.Place, "skills", name);

        void Write(string name)
        {
            Directory.CreateDirectory(At(name));
            File.WriteAllText(Path.Combine(At(name), "SKILL.md"), Skill(name));
        }
    }
}
