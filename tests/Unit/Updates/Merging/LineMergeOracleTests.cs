using System.Collections.Concurrent;
using System.Globalization;
using SkillMeat.Tests.Upstream.Git;
using Xunit;

namespace SkillMeat.Tests.Updates.Merging;

public sealed class LineMergeOracleTests(ITestOutputHelper output)
{
    /// <summary>How many triples to try; by hand, SKILLMEAT_MERGE_TRIPLES names more, and SKILLMEAT_MERGE_SEED the first.</summary>
    private static int Triples => Setting("SKILLMEAT_MERGE_TRIPLES", 2000);

    [Fact]
    public void Random_texts_merge_as_git_merges_them()
    {
        using var sandbox = new GitSandbox();
        var git = new GitMergeFile(sandbox.Root);
        var differences = new ConcurrentBag<string>();
        var clean = 0;
        Parallel.For(0, Triples, new ParallelOptions { CancellationToken = TestContext.Current.CancellationToken }, number =>
        {
            var seed = Setting("SKILLMEAT_MERGE_SEED", 1) + number;
            var triple = new RandomTexts(seed).Next();
            if (git.FindDifference(triple) is { } difference) differences.Add($"seed {seed}: {difference}");
            if (SkillMeat.Updates.Merging.LineMerge.Merge(triple.Original, triple.Local, triple.Upstream).IsClean) Interlocked.Increment(ref clean);
        });
        output.WriteLine($"{Triples} triples, {clean} merged cleanly, {differences.Count} differences");
        Assert.True(differences.IsEmpty, string.Join("\n\n", differences.OrderBy(d => d.Length).Take(3)));
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
