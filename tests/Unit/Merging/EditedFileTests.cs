using SkillMeat.Merging;
using SkillMeat.Objects.Trees;
using Xunit;

namespace SkillMeat.Tests.Merging;

/// <summary>Files that both sides have, and that one or both changed.</summary>
public sealed class EditedFileTests : TreeMergeScene
{
    [Fact]
    public void A_file_that_onlyUpstream_changed_isUpstreams()
    {
        Everywhere("a", Text);
        Upstream["a"] = UpstreamText;
        Assert.Equal(new PlannedFile("a", TreeEntryKind.File, FileSource.Upstream, "a"), Assert.Single(CleanPlan().Files));
    }

    [Fact]
    public void A_file_that_only_was_changedLocally_stays()
    {
        Everywhere("a", Text);
        Local["a"] = LocalText;
        Assert.Equal(new PlannedFile("a", TreeEntryKind.File, FileSource.Local, "a"), Assert.Single(CleanPlan().Files));
    }

    [Fact]
    public void The_same_change_on_both_sides_is_taken_once()
    {
        Everywhere("a", Text);
        Local["a"] = Upstream["a"] = LocalText;
        Assert.Equal(LocalText, CleanResult()["a"]);
    }

    [Fact]
    public void Changes_of_different_lines_are_merged()
    {
        Edited("a");
        var file = Assert.Single(CleanPlan().Files);
        Assert.Equal(FileSource.Merged, file.Source);
        Assert.Equal(BothTexts, CleanResult()["a"]);
    }

    [Fact]
    public void Changes_of_the_same_lines_conflict_and_theLocal_file_stays_without_markers()
    {
        Everywhere("a", Text);
        Local["a"] = "one\nZWEI\nthree\nfour\nfive\nsix\nseven\n";
        Upstream["a"] = "one\ndeux\ndeux et demi\nthree\nfour\nfive\nsix\nseven\n";
        var conflict = OnlyConflict();
        Assert.Equal(("a", ConflictKind.Content, "Both sides changed the text in line 2."), (conflict.Path, conflict.Kind, conflict.Reason));
        Assert.Equal(new LineConflict(new LineRange(2, 2), new LineRange(2, 3)), Assert.Single(conflict.Lines));
        Assert.Equal(Local.ToString(), Result().ToString());
    }

    [Fact]
    public void A_conflict_with_lines_that_were_deleted_here_names_the_place_where_they_were()
    {
        Everywhere("a", Text);
        Local["a"] = "one\nthree\nfour\nfive\nsix\n";
        Upstream["a"] = "one\nTWO\nthree\nfour\nfive\nsix\nSEVEN\n";
        Assert.Equal("Both sides changed the text before line 2 and in one more place.", OnlyConflict().Reason);
    }

    [Fact]
    public void A_change_of_the_executable_bit_goes_with_the_other_sides_content()
    {
        Everywhere("run.sh", Text);
        Local.Executable("run.sh", Text);
        Upstream["run.sh"] = UpstreamText;
        Assert.Equal(new PlannedFile("run.sh", TreeEntryKind.Executable, FileSource.Upstream, "run.sh"), Assert.Single(CleanPlan().Files));
    }

    [Fact]
    public void An_executable_bit_thatUpstream_took_away_is_gone_though_the_content_isLocal()
    {
        Base.Executable("run.sh", Text);
        Local.Executable("run.sh", LocalText);
        Upstream["run.sh"] = Text;
        Assert.Equal(new PlannedFile("run.sh", TreeEntryKind.File, FileSource.Local, "run.sh"), Assert.Single(CleanPlan().Files));
    }

    [Fact]
    public void Binary_files_that_both_changed_conflict_as_a_whole()
    {
        Everywhere("a.png", "\0one");
        Local["a.png"] = "\0two";
        Upstream["a.png"] = "\0three";
        var conflict = OnlyConflict();
        Assert.Equal((ConflictKind.Binary, "Both sides changed it, and it is not text."), (conflict.Kind, conflict.Reason));
        Assert.Empty(conflict.Lines);
    }

    [Fact]
    public void A_binary_file_that_one_side_changed_is_that_sides_and_nobody_reads_it()
    {
        Everywhere("a.png", "\0one");
        Upstream["a.png"] = "\0two";
        Assert.Equal(FileSource.Upstream, Assert.Single(PlanUnread().Files).Source);
    }

    [Fact]
    public void A_file_over_the_limit_is_a_conflict_that_nobody_reads()
    {
        Edited("a");
        var plan = TreeMerge.Plan(Unread(Base.Files().ToDictionary(file => file.Key, file => file.Value with { Size = MergeableText.MostBytes + 1 })), Token);
        Assert.Equal("Both sides changed it, and it is too large to merge by line.", Assert.Single(plan.Conflicts).Reason);
    }

    [Fact]
    public void An_artifact_of_a_single_file_merges_like_any_other()
    {
        Edited("command.md");
        Assert.Equal(BothTexts, CleanResult()["command.md"]);
    }

    [Fact]
    public void A_cancelled_merge_ends()
    {
        Everywhere("a", Text);
        Assert.Throws<OperationCanceledException>(() => TreeMerge.Plan(SampleTree.Input(Base, Local, Upstream), new CancellationToken(canceled: true)));
    }
}
