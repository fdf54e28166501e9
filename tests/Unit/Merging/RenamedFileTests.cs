using SkillMeat.Merging;
using SkillMeat.Objects.Trees;
using Xunit;

namespace SkillMeat.Tests.Merging;

/// <summary>Files that one side or both renamed.</summary>
public sealed class RenamedFileTests : TreeMergeScene
{
    [Fact]
    public void ALocal_edit_followsUpstreams_rename()
    {
        Everywhere("old.md", Text);
        Local["old.md"] = LocalText;
        Upstream.Remove("old.md")["new.md"] = Text;
        Assert.Equal(new PlannedFile("new.md", TreeEntryKind.File, FileSource.Local, "old.md"), Assert.Single(CleanPlan().Files));
    }

    [Fact]
    public void Upstreams_edit_follows_aLocal_rename()
    {
        Everywhere("old.md", Text);
        Local.Remove("old.md")["new.md"] = Text;
        Upstream["old.md"] = UpstreamText;
        Assert.Equal(new PlannedFile("new.md", TreeEntryKind.File, FileSource.Upstream, "old.md"), Assert.Single(CleanPlan().Files));
    }

    [Fact]
    public void A_rename_with_an_edit_is_merged_with_the_other_sides_edit()
    {
        Everywhere("old.md", Text);
        Local["old.md"] = LocalText;
        Upstream.Remove("old.md")["docs/new.md"] = UpstreamText;
        var result = CleanResult();
        Assert.Equal(["docs/new.md"], result.Paths);
        Assert.Equal(BothTexts, result["docs/new.md"]);
    }

    [Fact]
    public void A_rename_with_a_conflicting_edit_leaves_theLocal_file_where_it_is()
    {
        Everywhere("old.md", Text);
        Local["old.md"] = LocalText;
        Upstream.Remove("old.md")["new.md"] = Text.Replace("one", "eins", StringComparison.Ordinal);
        var conflict = OnlyConflict();
        Assert.Equal((ConflictKind.Content, "old.md", "old.md", "new.md"), (conflict.Kind, conflict.BasePath, conflict.LocalPath, conflict.UpstreamPath));
        Assert.Equal(Local.ToString(), Result().ToString());
    }

    [Fact]
    public void A_rename_with_other_line_endings_is_one()
    {
        Base["old.md"] = Text;
        Local["new.md"] = Text.ReplaceLineEndings("\r\n");
        Upstream["old.md"] = UpstreamText;
        var result = CleanResult();
        Assert.Equal(["new.md"], result.Paths);
        Assert.Equal(UpstreamText.ReplaceLineEndings("\r\n"), result["new.md"]);
    }

    [Fact]
    public void A_file_that_was_deleted_here_stays_deleted_if_upstream_changed_only_its_line_endings()
    {
        Base["old.md"] = Text;
        Upstream["old.md"] = Text.ReplaceLineEndings("\r\n");
        Assert.Empty(CleanResult().Paths);
    }

    [Fact]
    public void The_same_rename_on_both_sides_is_one()
    {
        Base["old.md"] = Text;
        Local["new.md"] = LocalText;
        Upstream["new.md"] = UpstreamText;
        Assert.Equal(BothTexts, CleanResult()["new.md"]);
    }

    [Fact]
    public void Two_renames_of_one_file_conflict()
    {
        Base["old.md"] = Text;
        Local["here.md"] = Text;
        Upstream["there.md"] = Text;
        var conflict = OnlyConflict();
        Assert.Equal((ConflictKind.RenameRename, "'old.md' was renamed here to 'here.md' and upstream to 'there.md'."), (conflict.Kind, conflict.Reason));
        Assert.Equal(["here.md"], Result().Paths);
    }

    [Fact]
    public void A_file_that_upstream_renamed_and_somebody_deleted_is_a_conflict()
    {
        Base["old.md"] = Upstream["new.md"] = Text;
        var conflict = OnlyConflict();
        Assert.Equal((ConflictKind.DeleteModify, "It was deleted here and renamed upstream to 'new.md'."), (conflict.Kind, conflict.Reason));
    }

    [Fact]
    public void A_file_that_upstream_deleted_and_somebody_renamed_stays_as_a_conflict()
    {
        Base["old.md"] = Local["new.md"] = Text;
        var conflict = OnlyConflict();
        Assert.Equal((ConflictKind.DeleteModify, "It was deleted upstream and renamed here to 'new.md'."), (conflict.Kind, conflict.Reason));
        Assert.Equal(Text, Result()["new.md"]);
    }

    [Fact]
    public void A_rename_that_changes_only_the_case_is_followed()
    {
        Everywhere("readme.md", Text);
        Local["readme.md"] = LocalText;
        Upstream.Remove("readme.md")["README.md"] = UpstreamText;
        var result = CleanResult();
        Assert.Equal(["README.md"], result.Paths);
        Assert.Equal(BothTexts, result["README.md"]);
    }

    [Fact]
    public void Where_two_files_could_be_the_renamed_one_none_is()
    {
        Everywhere("old.md", Text);
        Local["old.md"] = LocalText;
        Upstream.Remove("old.md")["x.md"] = Text;
        Upstream["y.md"] = Text;
        Assert.Equal(ConflictKind.DeleteModify, OnlyConflict().Kind);
        Assert.Equal(["old.md", "x.md", "y.md"], Result().Paths);
    }

    [Fact]
    public void Equal_files_of_a_moved_folder_are_told_by_their_names()
    {
        Everywhere("old/a.md", Text);
        Everywhere("old/b.md", Text);
        Local["old/b.md"] = LocalText;
        Upstream.Remove("old/a.md").Remove("old/b.md")["new/a.md"] = Text;
        Upstream["new/b.md"] = Text;
        var result = CleanResult();
        Assert.Equal((Text, LocalText), (result["new/a.md"], result["new/b.md"]));
    }

    [Fact]
    public void The_most_similar_file_is_the_renamed_one()
    {
        Everywhere("old.md", Text);
        Local["old.md"] = LocalText;
        Upstream.Remove("old.md")["far.md"] = "one\ntwo\nthree\nfour\nx\ny\nz\n";
        Upstream["near.md"] = UpstreamText;
        Assert.Equal(BothTexts, CleanResult()["near.md"]);
    }

    [Fact]
    public void A_file_with_less_than_half_in_common_is_another_one()
    {
        Everywhere("old.md", Text);
        Upstream.Remove("old.md")["new.md"] = "one\ntwo\nnothing\nof\nall\nthat\n";
        Local["old.md"] = LocalText;
        Assert.Equal(ConflictKind.DeleteModify, OnlyConflict().Kind);
    }

    [Fact]
    public void Empty_files_are_never_renamed()
    {
        Everywhere("old/.keep", "");
        Local.Executable("old/.keep", "");
        Upstream.Remove("old/.keep")["new/.keep"] = "";
        Assert.Equal(ConflictKind.DeleteModify, OnlyConflict().Kind);
    }
}
