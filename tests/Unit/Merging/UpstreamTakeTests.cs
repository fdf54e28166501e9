using SkillMeat.Merging;
using SkillMeat.Objects.Trees;
using Xunit;

namespace SkillMeat.Tests.Merging;

/// <summary>Updates that take upstream's files.</summary>
public sealed class UpstreamTakeTests : TreeMergeScene
{
    [Fact]
    public void Fetched_files_become_upstreams_whatever_was_edited_renamed_or_deleted()
    {
        Edited("edited.md");
        Everywhere("deleted.md", Text);
        Local.Remove("deleted.md");
        Everywhere("gone upstream.md", Text);
        Upstream.Remove("gone upstream.md");
        Local["gone upstream.md"] = LocalText;
        Everywhere("run.sh", "echo\n");
        Local["run.sh"] = "exit\n";
        Upstream.Executable("run.sh", "echo\n");
        Upstream["new.md"] = "new\n";
        Assert.Equal(Upstream.ToString(), Taken().ToString());
    }

    [Fact]
    public void Files_that_exist_only_locally_stay()
    {
        Edited("SKILL.md");
        Local[".env"] = "TOKEN=x\n";
        Local["notes/today.md"] = "mine\n";
        var taken = Taken();
        Assert.Equal([".env", "SKILL.md", "notes/today.md"], taken.Paths);
        Assert.Equal((UpstreamText, "TOKEN=x\n"), (taken["SKILL.md"], taken[".env"]));
    }

    [Fact]
    public void Without_a_base_upstreams_files_replace_those_of_the_same_paths()
    {
        Local["both.md"] = LocalText;
        Local["mine.md"] = "mine\n";
        Upstream["both.md"] = UpstreamText;
        var plan = UpstreamTake.Plan(SampleTree.Input(null, Local, Upstream), Token);
        Assert.Empty(plan.Conflicts);
        var taken = SampleTree.Apply(plan, Local, Upstream);
        Assert.Equal((UpstreamText, "mine\n"), (taken["both.md"], taken["mine.md"]));
    }

    [Fact]
    public void Nothing_is_read_but_files_of_the_same_new_path()
    {
        Edited("SKILL.md");
        Base["old.md"] = Text;
        Upstream["renamed.md"] = UpstreamText;
        Assert.Empty(UpstreamTake.Plan(Unread(Base.Files()), Token).Conflicts);
    }

    [Theory]
    [InlineData("new.md", "new.md", ConflictKind.AddAdd)]
    [InlineData("tool", "tool/a.md", ConflictKind.FileFolder)]
    [InlineData("tool/mine.md", "tool", ConflictKind.FileFolder)]
    [InlineData("README.md", "Readme.md", ConflictKind.CaseCollision)]
    public void A_new_file_of_upstreams_at_the_place_of_a_local_one_is_a_conflict(string own, string added, ConflictKind kind)
    {
        Edited("SKILL.md");
        Local[own] = "mine\n";
        Upstream[added] = "another\n";
        var plan = TakePlan();
        var conflict = Assert.Single(plan.Conflicts);
        Assert.Equal((kind, own, added), (conflict.Kind, conflict.LocalPath, conflict.UpstreamPath));
        Assert.Equal("mine\n", SampleTree.Apply(plan, Local, Upstream)[own]);
    }

    [Fact]
    public void A_local_file_that_equals_upstreams_new_one_is_no_conflict()
    {
        Local["new.md"] = Upstream["new.md"] = "new\n";
        Assert.Equal(new PlannedFile("new.md", TreeEntryKind.File, FileSource.Local, "new.md"), Assert.Single(TakePlan().Files));
    }

    [Fact]
    public void A_local_file_in_the_place_of_a_fetched_folder_is_a_conflict_and_stays()
    {
        Everywhere("tool/a.md", Text);
        Local.Remove("tool/a.md")["tool"] = "mine\n";
        var plan = TakePlan();
        var conflict = Assert.Single(plan.Conflicts);
        Assert.Equal((ConflictKind.FileFolder, "tool", "tool/a.md", "tool/a.md"), (conflict.Kind, conflict.LocalPath, conflict.BasePath, conflict.UpstreamPath));
        Assert.Equal(["tool"], SampleTree.Apply(plan, Local, Upstream).Paths);
    }

    [Fact]
    public void A_fetched_file_that_got_a_name_in_other_case_locally_is_a_conflict()
    {
        Everywhere("README.md", Text);
        Local.Remove("README.md")["readme.md"] = LocalText;
        var conflict = Assert.Single(TakePlan().Conflicts);
        Assert.Equal((ConflictKind.CaseCollision, "Upstream has 'README.md'; the names differ only in case."), (conflict.Kind, conflict.Reason));
    }

    [Fact]
    public void Any_tree_gets_all_of_upstreams_files_and_keeps_its_own() => Assert.All(Enumerable.Range(OracleRun.FirstSeed, 300), seed =>
    {
        var (baseTree, local, upstream) = new RandomTrees(seed, hasRenames: true).Next();
        var plan = UpstreamTake.Plan(SampleTree.Input(baseTree, local, upstream), Token);
        var taken = SampleTree.Apply(plan, local, upstream);
        Assert.All(local.Paths.Where(path => !baseTree.Has(path)), path => Assert.True(taken.Has(path)));
        if (plan.IsClean) Assert.All(upstream.Paths, path => Assert.True(taken.Has(path)));
        Assert.All(taken.Paths, path => Assert.DoesNotContain(taken.Paths, other => other.StartsWith(path + "/", StringComparison.Ordinal)));
    });

    private MergePlan TakePlan() => UpstreamTake.Plan(SampleTree.Input(Base, Local, Upstream), Token);

    private SampleTree Taken()
    {
        var plan = TakePlan();
        Assert.Empty(plan.Conflicts);
        return SampleTree.Apply(plan, Local, Upstream);
    }
}
