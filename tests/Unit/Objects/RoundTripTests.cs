using SkillMeat.Objects;
using SkillMeat.Objects.Trees;
using Xunit;

namespace SkillMeat.Tests.Objects;

public sealed class RoundTripTests(ITestOutputHelper output)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16 * 1024)]
    [InlineData((16 * 1024) + 1)]
    [InlineData(64 * 1024)]
    [InlineData(500_000)]
    [InlineData(1 << 20)]
    [InlineData(5_000_001)]
    public void A_file_of_any_length_comes_back_and_has_the_id_of_its_bytes(int length)
    {
        using var home = new ObjectHome();
        var store = home.Open();
        foreach (var seed in Enumerable.Range(0, 3))
        {
            var content = ModelFolder.Bytes(new Random(seed), length);
            using var writer = store.BeginWrite();
            var id = writer.AddBlob(content);
            using (var stream = new MemoryStream(content)) Assert.Equal(id, writer.AddBlob(stream, length, Cancellation));
            writer.Commit();
            Assert.Equal(ModelFolder.NaiveId(1, content), id.ToString());
            Assert.Equal(content, home.Open().ReadBlob(id));
            using var read = home.Open().OpenBlob(id);
            using var copy = new MemoryStream();
            read.CopyTo(copy);
            Assert.Equal(content, copy.ToArray());
        }
    }

    [Fact]
    public void The_same_bytes_as_a_stream_are_cut_as_they_are_in_memory()
    {
        var content = ModelFolder.Bytes(new Random(3), 3_000_000);
        using var one = new ObjectHome();
        using var other = new ObjectHome();
        using (var writer = one.Open().BeginWrite())
        {
            writer.AddBlob(content);
            writer.Commit();
        }

        using (var writer = other.Open().BeginWrite())
        {
            writer.AddBlob(new MemoryStream(content), content.Length, Cancellation);
            writer.Commit();
        }

        Assert.Equal(one.PackFiles().Select(Path.GetFileName), other.PackFiles().Select(Path.GetFileName));
    }

    [Fact]
    public void Any_folder_comes_back_as_it_was()
    {
        var files = 0;
        for (var seed = 0; seed < 60; seed++)
        {
            using var home = new ObjectHome();
            var model = ModelFolder.Random(new Random(seed), largest: seed % 10 == 0 ? 3_000_000 : 60_000);
            var tree = home.Store(model);
            Assert.Equal(model.ToString(), ModelFolder.Read(home.Open(), tree).ToString());

            // Links in it lead nowhere, but stay inside.
            Assert.Equal(model.ToString(), ModelFolder.Read(home.Restore(tree)).ToString());
            files += model.Paths.Count;
        }

        output.WriteLine($"{files} paths");
        Assert.True(files > 500);
    }

    [Fact]
    public void Many_names_are_found_one_by_one_and_all_together_however_they_came()
    {
        using var home = new ObjectHome();
        var store = home.Open();
        using var writer = store.BeginWrite();
        var blob = writer.AddBlob("x"u8);
        var entries = Enumerable.Range(0, 5000).Select(i => new TreeEntry($"name {i}", TreeEntryKind.File, blob, 1)).ToList();
        var tree = writer.AddTree(entries);
        new Random(1).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(entries));
        Assert.Equal(tree, writer.AddTree(entries));
        writer.Commit();
        Assert.Equal(entries.Select(entry => entry.Name).Order(StringComparer.Ordinal), store.ReadTree(tree).Select(entry => entry.Name));
        foreach (var entry in entries) Assert.Equal(entry, store.Find(tree, entry.Name));
        Assert.Null(store.Find(tree, "name 5000"));
        Assert.Null(store.Find(tree, ""));
        Assert.Null(store.Find(tree, "zzz"));
        Assert.Null(store.Find(tree, "name 1/x"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a\0b")]
    public void A_file_whose_name_is_none_is_not_stored(string name)
    {
        using var home = new ObjectHome();
        using var writer = home.Open().BeginWrite();
        Assert.Throws<ArgumentException>(() => writer.AddTree([new TreeEntry(name, TreeEntryKind.File, writer.AddBlob([]), 0)]));
    }

    [Fact]
    public void A_session_that_is_given_up_leaves_nothing()
    {
        using var home = new ObjectHome();
        ObjectId id;
        using (var writer = home.Open().BeginWrite()) id = writer.AddBlob(ModelFolder.Bytes(new Random(1), 300_000));
        Assert.False(home.Open().Contains(id));
        Assert.Empty(Directory.GetFiles(home.Packs));
    }

    [Fact]
    public void Ids_are_read_as_they_are_written()
    {
        var text = ModelFolder.NaiveId(1, "x"u8);
        Assert.True(ObjectId.TryParse(text.ToUpperInvariant(), out var id));
        Assert.Equal(text, id.ToString());
        Assert.False(ObjectId.TryParse(text[1..], out _));
        Assert.False(ObjectId.TryParse("g" + text[1..], out _));
        Assert.False(ObjectId.TryParse(null, out _));
    }
}
