using SkillMeat.Merging;
using Xunit;

namespace SkillMeat.Tests.Merging;

/// <summary>Files that one side or both added or deleted.</summary>
public sealed class AddedAndDeletedFileTests : TreeMergeScene
{
    [Fact]
    public void Files_that_exist_onlyLocally_survive_whateverUpstream_does()
    {
        Everywhere("SKILL.md", Text);
        Local[".env"] = "TOKEN=x\n";
        Local["notes/today.md"] = "mine\n";
        Upstream.Remove("SKILL.md")["other.md"] = "new\n";
        Assert.Equal([".env", "notes/today.md", "other.md"], CleanResult().Paths);
    }

    [Fact]
    public void The_same_file_added_on_both_sides_is_fine()
    {
        Local["a"] = Upstream["a"] = Text;
        Assert.Equal(FileSource.Local, Assert.Single(CleanPlan().Files).Source);
    }

    [Fact]
    public void Different_files_added_on_both_sides_conflict_with_the_lines_that_differ()
    {
        Local["a"] = LocalText;
        Upstream["a"] = Text;
        var conflict = OnlyConflict();
        Assert.Equal(ConflictKind.AddAdd, conflict.Kind);
        Assert.Equal(new LineConflict(new LineRange(1, 1), new LineRange(1, 1)), Assert.Single(conflict.Lines));
        Assert.Equal(LocalText, Result()["a"]);
    }

    [Fact]
    public void An_added_file_that_is_empty_on_one_side_is_the_others_as_git_merges_it()
    {
        Local["a"] = Text;
        Upstream["a"] = "";
        Assert.Equal(Text, CleanResult()["a"]);
        Local["a"] = "";
        Upstream["a"] = Text;
        Assert.Equal(Text, CleanResult()["a"]);
    }

    [Fact]
    public void A_file_added_on_both_sides_and_executable_on_one_is_a_conflict()
    {
        Local.Executable("a", Text);
        Upstream["a"] = Text;
        var conflict = OnlyConflict();
        Assert.Equal((ConflictKind.Mode, "It is executable here only."), (conflict.Kind, conflict.Reason));
    }

    [Fact]
    public void A_file_that_upstream_deleted_goes_when_nobody_edited_it()
    {
        Everywhere("a", Text);
        Upstream.Remove("a");
        Assert.Empty(CleanPlan().Files);
    }

    [Fact]
    public void A_file_that_somebody_deleted_stays_deleted_when_upstream_left_it_alone()
    {
        Everywhere("a", Text);
        Local.Remove("a");
        Assert.Empty(CleanPlan().Files);
    }

    [Fact]
    public void A_file_that_upstream_deleted_and_somebody_edited_stays_as_a_conflict()
    {
        Everywhere("a", Text);
        Local["a"] = LocalText;
        Upstream.Remove("a");
        var conflict = OnlyConflict();
        Assert.Equal((ConflictKind.DeleteModify, "It was deleted upstream and changed here."), (conflict.Kind, conflict.Reason));
        Assert.Equal(LocalText, Result()["a"]);
    }

    [Fact]
    public void A_file_that_somebody_deleted_and_upstream_changed_is_a_conflict_that_brings_nothing_back()
    {
        Everywhere("a", Text);
        Local.Remove("a");
        Upstream["a"] = UpstreamText;
        var conflict = OnlyConflict();
        Assert.Equal((ConflictKind.DeleteModify, "It was deleted here and changed upstream."), (conflict.Kind, conflict.Reason));
        Assert.Equal(("a", null, "a"), (conflict.BasePath, conflict.LocalPath, conflict.UpstreamPath));
        Assert.Empty(Plan().Files);
    }

    [Fact]
    public void A_file_that_both_deleted_is_gone()
    {
        Base["a"] = Text;
        Assert.Empty(CleanPlan().Files);
    }
}
