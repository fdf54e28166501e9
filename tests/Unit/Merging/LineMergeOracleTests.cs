using System.Collections.Concurrent;
using SkillMeat.Tests.Upstream.Git;
using Xunit;

namespace SkillMeat.Tests.Merging;

public sealed class LineMergeOracleTests(ITestOutputHelper output)
{
    [Fact]
    public void Random_texts_merge_as_git_merges_them() => Compare(OracleRun.Count("SKILLMEAT_MERGE_TRIPLES", 2000), seed => new RandomTexts(seed).Next());

    [Fact]
    public void Large_texts_with_many_edits_merge_as_git_merges_them() => Compare(OracleRun.Count("SKILLMEAT_MERGE_LARGE_TRIPLES", 12), seed => new LargeTexts(seed).Next());

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_both_sides_changed_lines_one_is_taken_as_git_takes_it(bool takesUpstream)
    {
        using var sandbox = new GitSandbox();
        var git = new GitMergeFile(sandbox.Root);
        var differences = new ConcurrentBag<string>();
        Parallel.For(0, OracleRun.Count("SKILLMEAT_MERGE_FAVORED", 500), OracleRun.Options, number =>
        {
            if (git.CompareFavoring(new RandomTexts(OracleRun.FirstSeed + number).Next(), takesUpstream) is { } difference) differences.Add(difference);
        });
        Assert.True(differences.IsEmpty, string.Join("\n\n", differences.OrderBy(d => d.Length).Take(3)));
    }

    private void Compare(int count, Func<int, TextTriple> make)
    {
        using var sandbox = new GitSandbox();
        var git = new GitMergeFile(sandbox.Root);
        var differences = new ConcurrentBag<string>();
        var clean = 0;
        Parallel.For(0, count, OracleRun.Options, number =>
        {
            var seed = OracleRun.FirstSeed + number;
            var (isClean, difference) = git.Compare(make(seed));
            if (isClean) Interlocked.Increment(ref clean);
            if (difference is not null) differences.Add($"seed {seed}: {difference}");
        });
        output.WriteLine($"{count} triples, {clean} merged cleanly, {differences.Count} differences");
        Assert.True(differences.IsEmpty, string.Join("\n\n", differences.OrderBy(d => d.Length).Take(3)));
    }
}
