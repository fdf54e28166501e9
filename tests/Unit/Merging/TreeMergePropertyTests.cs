using FsCheck;
using FsCheck.Fluent;
using SkillMeat.Merging;
using SkillMeat.Objects.Trees;
using Xunit;

namespace SkillMeat.Tests.Merging;

public sealed class TreeMergePropertyTests
{
    private static readonly Arbitrary<int> _seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    [Fact]
    public void With_both_sides_equal_the_merge_is_that_side() =>
        ForTrees((baseTree, local, _) => IsCleanly(local, baseTree, local, local) && IsCleanly(local, null, local, local));

    [Fact]
    public void With_no_local_edit_the_merge_is_upstreams() => ForTrees((baseTree, _, upstream) => IsCleanly(upstream, baseTree, baseTree, upstream));

    [Fact]
    public void With_no_change_upstream_the_merge_is_the_local_tree() => ForTrees((baseTree, local, _) => IsCleanly(local, baseTree, local, baseTree));

    [Fact]
    public void Local_only_files_survive_always() => ForTrees((baseTree, local, upstream) =>
    {
        var result = SampleTree.Apply(Plan(baseTree, local, upstream), local, upstream);
        var withoutBase = SampleTree.Apply(Plan(null, local, upstream), local, upstream);
        return local.Paths.Where(path => !baseTree.Has(path)).All(result.Has)
            && local.Paths.All(path => withoutBase.Has(path) && Describe(withoutBase, path) == Describe(local, path));
    });

    [Fact]
    public void Local_texts_are_there_afterwards_as_they_are_or_merged() => ForTrees((baseTree, local, upstream) =>
    {
        var plan = Plan(baseTree, local, upstream);
        return local.Paths
            .Where(path => local.Bytes(path).Length > 0 && local.Kind(path) != TreeEntryKind.Link && !Holds(baseTree, local.Bytes(path)) && !Holds(upstream, local.Bytes(path)))
            .All(path => plan.Files.Any(file => file.SourcePath == path && file.Source != FileSource.Upstream)
                || upstream.Paths.Any(p => baseTree.Paths.Any(b => IsMergeTo(baseTree.Bytes(b), local.Bytes(path), upstream.Bytes(p), upstream.Bytes(p)))));
    });

    [Fact]
    public void No_content_appears_that_is_not_a_clean_merge() => ForTrees((baseTree, local, upstream) => Plan(baseTree, local, upstream).Files
        .Where(file => file.Source == FileSource.Merged)
        .All(file => upstream.Paths.Any(p => baseTree.Paths.Any(b => IsMergeTo(baseTree.Bytes(b), local.Bytes(file.SourcePath), upstream.Bytes(p), file.Text)))));

    [Fact]
    public void A_file_in_conflict_is_as_it_is_locally() => ForTrees((baseTree, local, upstream) =>
    {
        var plan = Plan(baseTree, local, upstream);
        return plan.Conflicts.Where(conflict => conflict.LocalPath is not null && !IsCollision(conflict.Kind))
            .All(conflict => plan.Files.Contains(new PlannedFile(conflict.LocalPath!, local.Kind(conflict.LocalPath!), FileSource.Local, conflict.LocalPath!)));
    });

    [Fact]
    public void Files_are_where_they_can_be() => ForTrees((baseTree, local, upstream) =>
    {
        var paths = Plan(baseTree, local, upstream).Files.Select(file => file.Path).ToList();
        return paths.Distinct().Count() == paths.Count && !paths.Exists(path => paths.Exists(other => other.StartsWith(path + "/", StringComparison.Ordinal)));
    });

    [Fact]
    public void With_the_sides_exchanged_the_merge_is_the_same() => ForTrees((baseTree, local, upstream) =>
    {
        var (one, other) = (Plan(baseTree, local, upstream), Plan(baseTree, upstream, local));
        if (one.IsClean != other.IsClean) return false;
        return one.IsClean
            ? SampleTree.Apply(one, local, upstream).ToString() == SampleTree.Apply(other, upstream, local).ToString()
            : Kinds(one).SequenceEqual(Kinds(other));
    });

    // Whether names collide depends on what stays, and in a conflict the local file stays where it is.
    private static IEnumerable<ConflictKind> Kinds(MergePlan plan) =>
        plan.Conflicts.Select(conflict => conflict.Kind).Where(kind => !IsCollision(kind)).Order();

    private static bool IsCollision(ConflictKind kind) => kind is ConflictKind.AddAdd or ConflictKind.CaseCollision or ConflictKind.FileFolder;

    private static bool Holds(SampleTree tree, byte[] content) => tree.Paths.Any(path => tree.Bytes(path).AsSpan().SequenceEqual(content));

    private static bool IsMergeTo(byte[] baseText, byte[] local, byte[] upstream, ReadOnlyMemory<byte> expected)
    {
        var merge = LineMerge.Merge(baseText, local, upstream);
        return merge.IsClean && merge.Text.Span.SequenceEqual(expected.Span);
    }

    private static string Describe(SampleTree tree, string path) => $"{tree.Kind(path)} {tree[path]}";

    private static bool IsCleanly(SampleTree expected, SampleTree? baseTree, SampleTree local, SampleTree upstream)
    {
        var plan = Plan(baseTree, local, upstream);
        return plan.IsClean && SampleTree.Apply(plan, local, upstream).ToString() == expected.ToString();
    }

    private static MergePlan Plan(SampleTree? baseTree, SampleTree local, SampleTree upstream) => TreeMerge.Plan(SampleTree.Input(baseTree, local, upstream));

    private static void ForTrees(Func<SampleTree, SampleTree, SampleTree, bool> holds) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(OracleRun.Count("SKILLMEAT_MERGE_CASES", 600)), Prop.ForAll(_seeds, seed =>
    {
        var (baseTree, local, upstream) = new RandomTrees(seed, hasRenames: true).Next();
        var plan = Plan(baseTree, local, upstream);
        var story = $"seed {seed}\n--- base\n{baseTree}\n--- local\n{local}\n--- upstream\n{upstream}\n--- result\n{SampleTree.Apply(plan, local, upstream)}";
        Assert.True(holds(baseTree, local, upstream), $"{story}\n{string.Join('\n', plan.Conflicts)}");
    }));
}
