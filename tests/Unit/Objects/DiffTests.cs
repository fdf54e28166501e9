using SkillMeat.Objects;
using SkillMeat.Objects.Trees;
using Xunit;

namespace SkillMeat.Tests.Objects;

public sealed class DiffTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Any_two_folders_differ_where_their_models_do()
    {
        using var home = new ObjectHome();
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var one = ModelFolder.Random(random, largest: 3000);
            var other = seed % 2 == 0 ? ModelFolder.Random(random, largest: 3000) : one.Copy();
            for (var edits = 0; edits < seed % 7; edits++) other.Edit(random);
            Check(home, one, other);
        }
    }

    [Fact]
    public void Folders_of_many_names_differ_where_their_models_do()
    {
        using var home = new ObjectHome();
        var random = new Random(1);
        foreach (var (count, edits) in new[] { (47, 2), (48, 1), (49, 1), (50, 5), (3000, 1), (3000, 40), (3000, 2900) })
        {
            var one = new ModelFolder();
            for (var i = 0; i < count; i++) one.Paths.Add($"name-{i}", (TreeEntryKind.File, BitConverter.GetBytes(i)));
            var other = one.Copy();
            for (var i = 0; i < edits; i++) other.Edit(random);
            Check(home, one, other);
        }
    }

    [Fact]
    public void A_comparison_with_nothing_is_everything()
    {
        using var home = new ObjectHome();
        var model = ModelFolder.Random(new Random(3), largest: 3000);
        var tree = home.Store(model);
        var diff = new TreeDiff(home.Open());
        Assert.All(diff.Compare(null, tree, Cancellation), change => Assert.Equal(TreeChangeKind.Added, change.Kind));
        Assert.All(diff.Compare(tree, null, Cancellation), change => Assert.Equal(TreeChangeKind.Removed, change.Kind));
        Assert.Equal(Leaves(home, tree).Keys.Order(StringComparer.Ordinal), diff.Compare(tree, null, Cancellation).Select(change => change.Path).Order(StringComparer.Ordinal));
        Assert.Empty(diff.Compare(tree, tree, Cancellation));
        Assert.Empty(diff.Compare(null, null, Cancellation));
    }

    [Fact]
    public void No_file_is_read()
    {
        using var home = new ObjectHome();
        var store = home.Open();
        ObjectId one, other;
        using (var writer = store.BeginWrite())
        {
            // What they name was never stored.
            Assert.True(ObjectId.TryParse(ModelFolder.NaiveId(1, "1"u8), out var first));
            Assert.True(ObjectId.TryParse(ModelFolder.NaiveId(1, "2"u8), out var second));
            one = writer.AddTree([new TreeEntry("a", TreeEntryKind.File, first, 1)]);
            other = writer.AddTree([new TreeEntry("a", TreeEntryKind.File, second, 1)]);
            writer.Commit();
        }

        var change = Assert.Single(new TreeDiff(store).Compare(one, other, Cancellation));
        Assert.Equal(("a", TreeChangeKind.Changed), (change.Path, change.Kind));
    }

    private static void Check(ObjectHome home, ModelFolder one, ModelFolder other)
    {
        using var writer = home.Open().BeginWrite();
        var (before, after) = (one.AddTo(writer), other.AddTo(writer));
        writer.Commit();
        var (oldLeaves, newLeaves) = (Leaves(home, before), Leaves(home, after));
        var expected = oldLeaves.Keys.Union(newLeaves.Keys)
            .Where(path => oldLeaves.GetValueOrDefault(path) != newLeaves.GetValueOrDefault(path))
            .Select(path => (path, !oldLeaves.ContainsKey(path) ? TreeChangeKind.Added : !newLeaves.ContainsKey(path) ? TreeChangeKind.Removed : TreeChangeKind.Changed))
            .OrderBy(one => one.path, StringComparer.Ordinal);
        var changes = new TreeDiff(home.Open()).Compare(before, after, Cancellation);
        Assert.Equal(expected, changes.Select(change => (change.Path, change.Kind)).OrderBy(one => one.Path, StringComparer.Ordinal));
    }

    private static Dictionary<string, string> Leaves(ObjectHome home, ObjectId tree)
    {
        var paths = ModelFolder.Read(home.Open(), tree).Paths;
        return paths.Where(one => one.Value.Kind != TreeEntryKind.Folder || !paths.Keys.Any(path => path.StartsWith(one.Key + "/", StringComparison.Ordinal)))
            .ToDictionary(one => one.Key, one => $"{one.Value.Kind} {ModelFolder.NaiveId(1, one.Value.Content)}");
    }
}
