using SkillMeat.Objects.Trees;
using Xunit;

namespace SkillMeat.Tests.Objects;

/// <summary>The cost of storing, in bytes; the benchmarks measure times.</summary>
public sealed class CostTests(ITestOutputHelper output)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(417)]
    [InlineData(999)]
    public void A_snapshot_after_a_change_of_one_artifact_of_a_thousand_costs_less_than_a_hundredth(int changed)
    {
        using var home = new ObjectHome();
        var collection = new SampleCollection(home.Folder, 1000);
        collection.Write();
        var content = Directory.EnumerateFiles(home.Folder, "*", SearchOption.AllDirectories).Sum(path => new FileInfo(path).Length);
        var before = home.Scan();
        var first = home.PackBytes();
        collection.Update(changed);
        var after = home.Scan();
        var second = home.PackBytes() - first;
        output.WriteLine($"{before.Files} files of {content} bytes: {first} bytes, then {second} ({100.0 * second / first:0.00} %)");
        Assert.Equal(2202, before.Files);
        Assert.True(first < content / 2, $"{first} of {content}");
        Assert.True(second * 100 < first, $"{second} after {first}");
        Assert.Equal(2, home.PackFiles().Count);
    }

    [Fact]
    public void A_file_that_is_stored_already_costs_nothing()
    {
        using var home = new ObjectHome();
        home.Store(ModelFolder.Random(new Random(5)));
        var packs = home.PackFiles();
        home.Scan();
        Assert.Equal(packs, home.PackFiles());
    }

    [Fact]
    public void The_same_content_at_many_places_costs_once()
    {
        using var home = new ObjectHome();
        var content = new byte[200_000];
        new Random(1).NextBytes(content);
        var model = new ModelFolder();
        for (var i = 0; i < 50; i++) model.Paths.Add($"copy-{i}", (TreeEntryKind.File, content));
        home.Store(model);
        Assert.InRange(home.PackBytes(), content.Length, content.Length * 1.05);
    }

    [Theory]
    [InlineData(300_000, 0.08)]
    [InlineData(20_000_000, 0.04)]
    public void An_insertion_in_a_large_file_costs_the_pieces_around_it(int length, double most)
    {
        using var home = new ObjectHome();
        var content = new byte[length];
        new Random(2).NextBytes(content);
        Add(content);
        var first = home.PackBytes();
        Add([.. content[..(length / 3)], 1, 2, 3, .. content[(length / 3)..]]);
        var second = home.PackBytes() - first;
        output.WriteLine($"{first} bytes, then {second}");
        Assert.InRange(second, 1, (long)(first * most));

        void Add(byte[] bytes)
        {
            using var writer = home.Open().BeginWrite();
            writer.AddBlob(bytes);
            writer.Commit();
        }
    }

    [Fact]
    public void One_changed_name_of_many_rewrites_a_path_of_small_nodes()
    {
        using var home = new ObjectHome();
        var store = home.Open();
        var entries = new Dictionary<string, TreeEntry>();
        using (var writer = store.BeginWrite())
        {
            for (var i = 0; i < 20_000; i++) entries[$"name-{i}"] = new TreeEntry($"name-{i}", TreeEntryKind.File, writer.AddBlob(BitConverter.GetBytes(i)), 4);
            writer.AddTree(entries.Values);
            writer.Commit();
        }

        foreach (var name in new[] { "name-0", "name-7777", "name-19999" })
        {
            var before = home.PackBytes();
            using var writer = store.BeginWrite();
            entries[name] = entries[name] with { Kind = TreeEntryKind.Executable };
            writer.AddTree(entries.Values);
            writer.Commit();
            output.WriteLine($"{name}: {writer.ObjectsAdded} nodes, {home.PackBytes() - before} bytes");
            Assert.InRange(writer.ObjectsAdded, 2, 6);
            Assert.InRange(home.PackBytes() - before, 1, 10_000);
        }
    }

    [Fact]
    public void Many_packs_share_a_cache_of_their_indexes_that_may_be_damaged_or_gone()
    {
        using var home = new ObjectHome();
        var ids = Enumerable.Range(0, 40).Select(number =>
        {
            using var writer = home.Open().BeginWrite();
            var id = writer.AddBlob(BitConverter.GetBytes(number));
            writer.Commit();
            return id;
        }).ToList();
        var cache = home.At("cache", "object-packs.index");
        Check();
        var bytes = File.ReadAllBytes(cache);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(cache, bytes);
        Check();
        File.WriteAllBytes(cache, []);
        Check();
        File.Delete(cache);
        Check();

        void Check()
        {
            var store = home.Open();
            for (var number = 0; number < ids.Count; number++) Assert.Equal(BitConverter.GetBytes(number), store.ReadBlob(ids[number]));
        }
    }
}
