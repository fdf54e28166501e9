using System.Collections.Concurrent;
using SkillMeat.Merging;
using Xunit;

namespace SkillMeat.Tests.Merging;

public sealed class TreeMergeOracleTests(ITestOutputHelper output)
{
    [Fact]
    public void Random_trees_without_renames_merge_as_git_merges_them()
    {
        var (count, first) = (OracleRun.Count("SKILLMEAT_MERGE_TREES", 400), OracleRun.FirstSeed);
        var triples = Enumerable.Range(first, count).Select(seed => new RandomTrees(seed, hasRenames: false).Next()).ToList();
        using var git = new GitMergeTree(triples);
        var differences = new ConcurrentBag<string>();
        var clean = 0;
        Parallel.For(0, count, OracleRun.Options, number =>
        {
            var (baseTree, local, upstream) = triples[number];
            var plan = TreeMerge.Plan(SampleTree.Input(baseTree, local, upstream));
            var (conflicts, files) = git.Merge(number);
            if (plan.IsClean) Interlocked.Increment(ref clean);
            if (Differ(plan, SampleTree.Apply(plan, local, upstream), conflicts, files))
            {
                differences.Add($"seed {first + number}\n--- base\n{baseTree}\n--- local\n{local}\n--- upstream\n{upstream}\n--- git\n{string.Join('\n', conflicts)}\n" +
                    $"{string.Join('\n', files)}\n--- here\n{string.Join('\n', plan.Conflicts)}\n{SampleTree.Apply(plan, local, upstream)}");
            }
        });
        output.WriteLine($"{count} trees, {clean} merged cleanly, {differences.Count} differences");
        Assert.True(differences.IsEmpty, string.Join("\n\n", differences.OrderBy(d => d.Length).Take(3)));
    }

    // A file in the way of a folder gets a name after its branch from git, also where the folder is there only because git keeps one side of another conflict.
    private static bool Differ(MergePlan plan, SampleTree result, string[] conflicts, string[] files)
    {
        if (plan.IsClean || conflicts.Length == 0) return plan.IsClean != (conflicts.Length == 0) || !files.Order().SequenceEqual(GitMergeTree.Describe(result).Order());
        var own = plan.Conflicts.Select(conflict => conflict.Path).ToHashSet();
        return conflicts.Any(path => !path.Contains('~', StringComparison.Ordinal) && !own.Contains(path)) || !own.IsSubsetOf(conflicts.Select(path => path.Split('~')[0]));
    }
}
