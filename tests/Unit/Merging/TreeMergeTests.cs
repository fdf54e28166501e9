using SkillMeat.Merging;
using Xunit;

namespace SkillMeat.Tests.Merging;

public sealed class TreeMergeTests
{
    private const string Text = "one\ntwo\nthree\nfour\nfive\nsix\nseven\n";
    private const string LocalText = "ONE\ntwo\nthree\nfour\nfive\nsix\nseven\n";
    private const string UpstreamText = "one\ntwo\nthree\nfour\nfive\nsix\nSEVEN\n";
    private const string BothTexts = "ONE\ntwo\nthree\nfour\nfive\nsix\nSEVEN\n";

    private readonly SampleTree _base = new();
    private readonly SampleTree _local = new();
    private readonly SampleTree _upstream = new();

    [Fact]
    public void A_file_that_only_upstream_changed_is_upstreams()
    {
        Everywhere("a", Text);
        _upstream["a"] = UpstreamText;
        Assert.Equal(new PlannedFile("a", FileKind.File, FileSource.Upstream, "a"), Assert.Single(CleanPlan().Files));
    }

    [Fact]
    public void A_file_that_only_was_changed_locally_stays()
    {
        Everywhere("a", Text);
        _local["a"] = LocalText;
        Assert.Equal(new PlannedFile("a", FileKind.File, FileSource.Local, "a"), Assert.Single(CleanPlan().Files));
    }

    [Fact]
    public void The_same_change_on_both_sides_is_taken_once()
    {
        Everywhere("a", Text);
        _local["a"] = _upstream["a"] = LocalText;
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
    public void Changes_of_the_same_lines_conflict_and_the_local_file_stays_without_markers()
    {
        Everywhere("a", Text);
        _local["a"] = "one\nZWEI\nthree\nfour\nfive\nsix\nseven\n";
        _upstream["a"] = "one\ndeux\ndeux et demi\nthree\nfour\nfive\nsix\nseven\n";
        var conflict = OnlyConflict();
        Assert.Equal(("a", ConflictKind.Content, "Both sides changed the text in line 2."), (conflict.Path, conflict.Kind, conflict.Reason));
        Assert.Equal(new LineConflict(new LineRange(2, 2), new LineRange(2, 3)), Assert.Single(conflict.Lines));
        Assert.Equal(_local.ToString(), Result().ToString());
    }

    [Fact]
    public void A_conflict_with_lines_that_were_deleted_here_names_the_place_where_they_were()
    {
        Everywhere("a", Text);
        _local["a"] = "one\nthree\nfour\nfive\nsix\n";
        _upstream["a"] = "one\nTWO\nthree\nfour\nfive\nsix\nSEVEN\n";
        Assert.Equal("Both sides changed the text before line 2 and in one more place.", OnlyConflict().Reason);
    }

    [Fact]
    public void A_change_of_the_executable_bit_goes_with_the_other_sides_content()
    {
        Everywhere("run.sh", Text);
        _local.Executable("run.sh", Text);
        _upstream["run.sh"] = UpstreamText;
        Assert.Equal(new PlannedFile("run.sh", FileKind.Executable, FileSource.Upstream, "run.sh"), Assert.Single(CleanPlan().Files));
    }

    [Fact]
    public void An_executable_bit_that_upstream_took_away_is_gone_though_the_content_is_local()
    {
        _base.Executable("run.sh", Text);
        _local.Executable("run.sh", LocalText);
        _upstream["run.sh"] = Text;
        Assert.Equal(new PlannedFile("run.sh", FileKind.File, FileSource.Local, "run.sh"), Assert.Single(CleanPlan().Files));
    }

    [Fact]
    public void What_upstream_deleted_goes_when_nobody_edited_it()
    {
        Everywhere("a", Text);
        _upstream.Remove("a");
        Assert.Empty(CleanPlan().Files);
    }

    [Fact]
    public void What_was_deleted_locally_stays_deleted_when_upstream_left_it_alone()
    {
        Everywhere("a", Text);
        _local.Remove("a");
        Assert.Empty(CleanPlan().Files);
    }

    [Fact]
    public void What_upstream_deleted_and_somebody_edited_stays_as_a_conflict()
    {
        Everywhere("a", Text);
        _local["a"] = LocalText;
        _upstream.Remove("a");
        var conflict = OnlyConflict();
        Assert.Equal((ConflictKind.DeleteModify, "It was deleted upstream and changed here."), (conflict.Kind, conflict.Reason));
        Assert.Equal(LocalText, Result()["a"]);
    }

    [Fact]
    public void What_was_deleted_locally_and_upstream_changed_is_a_conflict_that_brings_nothing_back()
    {
        Everywhere("a", Text);
        _local.Remove("a");
        _upstream["a"] = UpstreamText;
        var conflict = OnlyConflict();
        Assert.Equal((ConflictKind.DeleteModify, "It was deleted here and changed upstream."), (conflict.Kind, conflict.Reason));
        Assert.Equal(("a", null, "a"), (conflict.BasePath, conflict.LocalPath, conflict.UpstreamPath));
        Assert.Empty(Plan().Files);
    }

    [Fact]
    public void What_both_deleted_is_gone()
    {
        _base["a"] = Text;
        Assert.Empty(CleanPlan().Files);
    }

    [Fact]
    public void Files_that_exist_only_locally_survive_whatever_upstream_does()
    {
        Everywhere("SKILL.md", Text);
        _local[".env"] = "TOKEN=x\n";
        _local["notes/today.md"] = "mine\n";
        _upstream.Remove("SKILL.md")["other.md"] = "new\n";
        Assert.Equal([".env", "notes/today.md", "other.md"], CleanResult().Paths);
    }

    [Fact]
    public void The_same_file_added_on_both_sides_is_fine()
    {
        _local["a"] = _upstream["a"] = Text;
        Assert.Equal(FileSource.Local, Assert.Single(CleanPlan().Files).Source);
    }

    [Fact]
    public void Different_files_added_on_both_sides_conflict_with_the_lines_that_differ()
    {
        _local["a"] = LocalText;
        _upstream["a"] = Text;
        var conflict = OnlyConflict();
        Assert.Equal(ConflictKind.AddAdd, conflict.Kind);
        Assert.Equal(new LineConflict(new LineRange(1, 1), new LineRange(1, 1)), Assert.Single(conflict.Lines));
        Assert.Equal(LocalText, Result()["a"]);
    }

    [Fact]
    public void An_added_file_that_is_empty_on_one_side_is_the_others_as_git_merges_it()
    {
        _local["a"] = Text;
        _upstream["a"] = "";
        Assert.Equal(Text, CleanResult()["a"]);
        _local["a"] = "";
        _upstream["a"] = Text;
        Assert.Equal(Text, CleanResult()["a"]);
    }

    [Fact]
    public void A_file_added_on_both_sides_and_executable_on_one_is_a_conflict()
    {
        _local.Executable("a", Text);
        _upstream["a"] = Text;
        var conflict = OnlyConflict();
        Assert.Equal((ConflictKind.Mode, "It is executable here only."), (conflict.Kind, conflict.Reason));
    }

    [Fact]
    public void Binary_files_that_both_changed_conflict_as_a_whole()
    {
        Everywhere("a.png", "\0one");
        _local["a.png"] = "\0two";
        _upstream["a.png"] = "\0three";
        var conflict = OnlyConflict();
        Assert.Equal((ConflictKind.Binary, "Both sides changed it, and it is not text."), (conflict.Kind, conflict.Reason));
        Assert.Empty(conflict.Lines);
    }

    [Fact]
    public void A_binary_file_that_one_side_changed_is_that_sides_and_nobody_reads_it()
    {
        Everywhere("a.png", "\0one");
        _upstream["a.png"] = "\0two";
        Assert.Equal(FileSource.Upstream, Assert.Single(CleanPlan().Files).Source);
        Assert.Empty(_base.Reads.Concat(_local.Reads).Concat(_upstream.Reads));
    }

    [Fact]
    public void A_file_over_the_limit_is_a_conflict_that_nobody_reads()
    {
        var large = TreeFile.OfContent("1", MergeableText.MostBytes + 1);
        var plan = TreeMerge.Plan(Unreadable(large), Unreadable(TreeFile.OfContent("2", 10)), Unreadable(TreeFile.OfContent("3", 10)), Token);
        Assert.Equal("Both sides changed it, and it is too large to merge by line.", Assert.Single(plan.Conflicts).Reason);
    }

    [Fact]
    public void A_local_edit_follows_upstreams_rename()
    {
        Everywhere("old.md", Text);
        _local["old.md"] = LocalText;
        _upstream.Remove("old.md")["new.md"] = Text;
        Assert.Equal(new PlannedFile("new.md", FileKind.File, FileSource.Local, "old.md"), Assert.Single(CleanPlan().Files));
    }

    [Fact]
    public void Upstreams_edit_follows_a_local_rename()
    {
        Everywhere("old.md", Text);
        _local.Remove("old.md")["new.md"] = Text;
        _upstream["old.md"] = UpstreamText;
        Assert.Equal(new PlannedFile("new.md", FileKind.File, FileSource.Upstream, "old.md"), Assert.Single(CleanPlan().Files));
    }

    [Fact]
    public void A_rename_with_an_edit_is_merged_with_the_other_sides_edit()
    {
        Everywhere("old.md", Text);
        _local["old.md"] = LocalText;
        _upstream.Remove("old.md")["docs/new.md"] = UpstreamText;
        var result = CleanResult();
        Assert.Equal(["docs/new.md"], result.Paths);
        Assert.Equal(BothTexts, result["docs/new.md"]);
    }

    [Fact]
    public void A_rename_with_a_conflicting_edit_leaves_the_local_file_where_it_is()
    {
        Everywhere("old.md", Text);
        _local["old.md"] = LocalText;
        _upstream.Remove("old.md")["new.md"] = Text.Replace("one", "eins", StringComparison.Ordinal);
        var conflict = OnlyConflict();
        Assert.Equal((ConflictKind.Content, "old.md", "old.md", "new.md"), (conflict.Kind, conflict.BasePath, conflict.LocalPath, conflict.UpstreamPath));
        Assert.Equal(_local.ToString(), Result().ToString());
    }

    [Fact]
    public void The_same_rename_on_both_sides_is_one()
    {
        _base["old.md"] = Text;
        _local["new.md"] = LocalText;
        _upstream["new.md"] = UpstreamText;
        Assert.Equal(BothTexts, CleanResult()["new.md"]);
    }

    [Fact]
    public void Two_renames_of_one_file_conflict()
    {
        _base["old.md"] = Text;
        _local["here.md"] = Text;
        _upstream["there.md"] = Text;
        var conflict = OnlyConflict();
        Assert.Equal((ConflictKind.RenameRename, "'old.md' was renamed here to 'here.md' and upstream to 'there.md'."), (conflict.Kind, conflict.Reason));
        Assert.Equal(["here.md"], Result().Paths);
    }

    [Fact]
    public void What_upstream_renamed_and_was_deleted_locally_is_a_conflict()
    {
        _base["old.md"] = _upstream["new.md"] = Text;
        var conflict = OnlyConflict();
        Assert.Equal((ConflictKind.DeleteModify, "It was deleted here and renamed upstream to 'new.md'."), (conflict.Kind, conflict.Reason));
    }

    [Fact]
    public void What_upstream_deleted_and_was_renamed_locally_stays_as_a_conflict()
    {
        _base["old.md"] = _local["new.md"] = Text;
        var conflict = OnlyConflict();
        Assert.Equal((ConflictKind.DeleteModify, "It was deleted upstream and renamed here to 'new.md'."), (conflict.Kind, conflict.Reason));
        Assert.Equal(Text, Result()["new.md"]);
    }

    [Fact]
    public void Upstreams_rename_to_the_name_of_a_local_file_conflicts_and_both_local_files_stay()
    {
        Everywhere("old.md", Text);
        _local["new.md"] = "mine\n";
        _upstream.Remove("old.md")["new.md"] = Text;
        var conflict = OnlyConflict();
        Assert.Equal((ConflictKind.AddAdd, "new.md"), (conflict.Kind, conflict.Path));
        Assert.Equal(_local.ToString(), Result().ToString());
    }

    [Fact]
    public void Two_files_that_become_one_by_renames_of_both_sides_conflict()
    {
        Everywhere("a.md", Text);
        Everywhere("b.md", "other\ntext\n");
        _local.Remove("a.md")["c.md"] = Text;
        _upstream.Remove("b.md")["c.md"] = "other\ntext\n";
        var conflict = OnlyConflict();
        Assert.Equal((ConflictKind.AddAdd, "c.md", "b.md"), (conflict.Kind, conflict.Path, conflict.BasePath));
        Assert.Equal(_local.ToString(), Result().ToString());
    }

    [Fact]
    public void Where_two_files_could_be_the_renamed_one_none_is()
    {
        Everywhere("old.md", Text);
        _local["old.md"] = LocalText;
        _upstream.Remove("old.md")["x.md"] = Text;
        _upstream["y.md"] = Text;
        Assert.Equal(ConflictKind.DeleteModify, OnlyConflict().Kind);
        Assert.Equal(["old.md", "x.md", "y.md"], Result().Paths);
    }

    [Fact]
    public void Equal_files_of_a_moved_folder_are_told_by_their_names()
    {
        Everywhere("old/a.md", Text);
        Everywhere("old/b.md", Text);
        _local["old/b.md"] = LocalText;
        _upstream.Remove("old/a.md").Remove("old/b.md")["new/a.md"] = Text;
        _upstream["new/b.md"] = Text;
        var result = CleanResult();
        Assert.Equal((Text, LocalText), (result["new/a.md"], result["new/b.md"]));
    }

    [Fact]
    public void The_most_similar_file_is_the_renamed_one()
    {
        Everywhere("old.md", Text);
        _local["old.md"] = LocalText;
        _upstream.Remove("old.md")["far.md"] = "one\ntwo\nthree\nfour\nx\ny\nz\n";
        _upstream["near.md"] = UpstreamText;
        Assert.Equal(BothTexts, CleanResult()["near.md"]);
    }

    [Fact]
    public void A_file_with_less_than_half_in_common_is_another_one()
    {
        Everywhere("old.md", Text);
        _upstream.Remove("old.md")["new.md"] = "one\ntwo\nnothing\nof\nall\nthat\n";
        _local["old.md"] = LocalText;
        Assert.Equal(ConflictKind.DeleteModify, OnlyConflict().Kind);
    }

    [Fact]
    public void Empty_files_are_never_renamed()
    {
        Everywhere("old/.keep", "");
        _local.Executable("old/.keep", "");
        _upstream.Remove("old/.keep")["new/.keep"] = "";
        Assert.Equal(ConflictKind.DeleteModify, OnlyConflict().Kind);
    }

    [Fact]
    public void A_file_where_upstream_has_a_folder_conflicts()
    {
        _local["tool"] = "mine\n";
        _upstream["tool/a.md"] = "new\n";
        _upstream["tool/b.md"] = "newer\n";
        var conflict = OnlyConflict();
        Assert.Equal(("tool", ConflictKind.FileFolder, "'tool' is a file here and a folder upstream."), (conflict.Path, conflict.Kind, conflict.Reason));
        Assert.Equal(_local.ToString(), Result().ToString());
    }

    [Fact]
    public void A_folder_where_upstream_has_a_file_conflicts_when_something_local_is_left_in_it()
    {
        Everywhere("tool/a.md", Text);
        _local["tool/notes.md"] = "mine\n";
        _upstream.Remove("tool/a.md")["tool"] = "another thing\n";
        var conflict = OnlyConflict();
        Assert.Equal(("tool", ConflictKind.FileFolder, "'tool' is a folder here and a file upstream."), (conflict.Path, conflict.Kind, conflict.Reason));
        Assert.Equal("mine\n", Result()["tool/notes.md"]);
    }

    [Fact]
    public void A_folder_that_upstream_replaced_by_a_file_is_replaced_when_nothing_local_is_in_it()
    {
        Everywhere("tool/a.md", Text);
        _upstream.Remove("tool/a.md")["tool"] = "another thing\n";
        Assert.Equal(["tool"], CleanResult().Paths);
    }

    [Theory]
    [InlineData("README.md", "Readme.md")]
    [InlineData("docs", "Docs/a.md")]
    [InlineData("Docs/a.md", "docs")]
    public void Names_of_different_sides_that_differ_only_in_case_conflict(string here, string there)
    {
        _local[here] = "mine\n";
        _upstream[there] = "theirs\n";
        Assert.Equal(ConflictKind.CaseCollision, OnlyConflict().Kind);
        Assert.Equal(_local.ToString(), Result().ToString());
    }

    [Fact]
    public void Names_that_differ_only_in_case_and_are_upstream_together_are_upstreams_affair()
    {
        Everywhere("README.md", Text);
        _local["README.md"] = LocalText;
        _upstream["readme.md"] = "another\n";
        Assert.Equal(["README.md", "readme.md"], CleanResult().Paths);
    }

    [Fact]
    public void A_rename_that_changes_only_the_case_is_followed()
    {
        Everywhere("readme.md", Text);
        _local["readme.md"] = LocalText;
        _upstream.Remove("readme.md")["README.md"] = UpstreamText;
        var result = CleanResult();
        Assert.Equal(["README.md"], result.Paths);
        Assert.Equal(BothTexts, result["README.md"]);
    }

    [Fact]
    public void A_link_that_upstream_points_elsewhere_follows_and_nobody_reads_what_it_points_at()
    {
        foreach (var tree in (SampleTree[])[_base, _local, _upstream]) tree.Link("latest", "v1");
        _upstream.Link("latest", "v2");
        Assert.Equal(new PlannedFile("latest", FileKind.Link, FileSource.Upstream, "latest"), Assert.Single(CleanPlan().Files));
        _local.Link("latest", "v3");
        Assert.Equal((ConflictKind.Content, "Both sides made the link point elsewhere, and not in the same way."), (OnlyConflict().Kind, OnlyConflict().Reason));
        Assert.Empty(_base.Reads.Concat(_local.Reads).Concat(_upstream.Reads));
    }

    [Fact]
    public void A_file_that_became_a_link_conflicts_with_an_edit_of_it()
    {
        Everywhere("a", Text);
        _local["a"] = LocalText;
        _upstream.Link("a", "b");
        Assert.Equal((ConflictKind.Mode, "It is a file here and a link upstream."), (OnlyConflict().Kind, OnlyConflict().Reason));
        _local["a"] = Text;
        Assert.Equal(FileKind.Link, Assert.Single(CleanPlan().Files).Kind);
    }

    [Fact]
    public void A_link_is_no_rename_of_a_file_with_the_same_bytes()
    {
        Everywhere("a", "target");
        _local["a"] = "edited";
        _upstream.Remove("a").Link("b", "target");
        Assert.Equal(ConflictKind.DeleteModify, OnlyConflict().Kind);
    }

    [Fact]
    public void Without_a_base_what_differs_conflicts_and_what_one_side_has_alone_is_there()
    {
        _local["same"] = _upstream["same"] = Text;
        _local["both"] = LocalText;
        _upstream["both"] = UpstreamText;
        _local["here"] = "here\n";
        _upstream["there"] = "there\n";
        var plan = TreeMerge.Plan(null, _local.ToTree(), _upstream.ToTree(), Token);
        Assert.Equal(["both", "here", "same", "there"], plan.Files.Select(file => file.Path));
        var conflict = Assert.Single(plan.Conflicts);
        Assert.Equal(("both", ConflictKind.UnknownBase), (conflict.Path, conflict.Kind));
        Assert.Equal(2, conflict.Lines.Count);
        Assert.Equal(LocalText, SampleTree.Apply(plan, _local, _upstream)["both"]);
    }

    [Fact]
    public void Without_a_base_an_empty_file_differs_too()
    {
        _local["a"] = Text;
        _upstream["a"] = "";
        Assert.Equal(ConflictKind.UnknownBase, Assert.Single(TreeMerge.Plan(null, _local.ToTree(), _upstream.ToTree(), Token).Conflicts).Kind);
    }

    [Fact]
    public void An_artifact_of_a_single_file_merges_like_any_other()
    {
        Edited("command.md");
        Assert.Equal(BothTexts, CleanResult()["command.md"]);
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("/etc/passwd")]
    [InlineData("a/./b")]
    [InlineData("a//b")]
    [InlineData("")]
    public void A_path_that_leads_out_of_the_artifact_is_refused(string path) =>
        Assert.Throws<ArgumentException>(() => new SampleTree { [path] = "x" }.ToTree());

    [Fact]
    public void A_cancelled_merge_ends()
    {
        Everywhere("a", Text);
        Assert.Throws<OperationCanceledException>(() => TreeMerge.Plan(_base.ToTree(), _local.ToTree(), _upstream.ToTree(), new CancellationToken(canceled: true)));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ArtifactTree Unreadable(TreeFile file) => new([KeyValuePair.Create("a", file)], _ => throw new InvalidOperationException());

    private void Everywhere(string path, string text) => _base[path] = _local[path] = _upstream[path] = text;

    private void Edited(string path)
    {
        _base[path] = Text;
        _local[path] = LocalText;
        _upstream[path] = UpstreamText;
    }

    private MergePlan Plan() => TreeMerge.Plan(_base.ToTree(), _local.ToTree(), _upstream.ToTree(), Token);

    private SampleTree Result() => SampleTree.Apply(Plan(), _local, _upstream);

    private MergePlan CleanPlan()
    {
        var plan = Plan();
        Assert.Empty(plan.Conflicts);
        return plan;
    }

    private SampleTree CleanResult() => SampleTree.Apply(CleanPlan(), _local, _upstream);

    private FileConflict OnlyConflict() => Assert.Single(Plan().Conflicts);
}
