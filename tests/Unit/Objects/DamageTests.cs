using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Maintenance;
using SkillMeat.Objects.Trees;
using Xunit;

namespace SkillMeat.Tests.Objects;

public sealed class DamageTests(ITestOutputHelper output)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_flipped_bit_anywhere_in_a_pack_is_found_and_never_makes_wrong_data()
    {
        using var home = new ObjectHome();
        var model = ModelFolder.Random(new Random(11), largest: 200_000);
        model.Paths["large"] = (TreeEntryKind.File, ModelFolder.Bytes(new Random(12), 300_000));
        var tree = home.Store(model);
        var pack = Assert.Single(home.PackFiles());
        var healthy = File.ReadAllBytes(pack);
        var random = new Random(13);
        var (refused, harmless) = (0, 0);

        // Every byte at the beginning and the end, where the structure is, and random ones in between.
        var places = Enumerable.Range(0, 16).Concat(Enumerable.Range(healthy.Length - 100, 100)).Concat(Enumerable.Range(0, 300).Select(_ => random.Next(healthy.Length)));
        foreach (var place in places)
        {
            var damaged = (byte[])healthy.Clone();
            damaged[place] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(pack, damaged);
            var error = Record.Exception(() => Assert.Equal(model.ToString(), ModelFolder.Read(home.Open(), tree).ToString()));
            if (error is null) harmless++;
            else CheckError(error, pack);
            refused += error is null ? 0 : 1;
            Assert.NotEmpty(new ObjectVerifier(home.Open()).Verify([("root", tree)], Cancellation).Problems);
        }

        output.WriteLine($"{refused} refused, {harmless} in bits that mean nothing");
        Assert.True(refused > 350);
        File.WriteAllBytes(pack, healthy);
        Assert.Empty(new ObjectVerifier(home.Open()).Verify([("root", tree)], Cancellation).Problems);
    }

    [Fact]
    public void A_pack_that_was_cut_off_is_found()
    {
        using var home = new ObjectHome();
        var tree = home.Store(ModelFolder.Random(new Random(21)));
        var pack = Assert.Single(home.PackFiles());
        var healthy = File.ReadAllBytes(pack);
        foreach (var length in new[] { 0, 1, 7, 8, 40, 60, healthy.Length / 2, healthy.Length - 1 })
        {
            File.WriteAllBytes(pack, healthy[..length]);
            CheckError(Record.Exception(() => home.Open().ReadTree(tree)), pack);
        }
    }

    [Fact]
    public void A_pack_whose_index_is_damaged_hides_no_others_and_is_healed_by_storing_its_content_again()
    {
        using var home = new ObjectHome();
        var (first, second) = (ModelFolder.Random(new Random(31)), ModelFolder.Random(new Random(32)));
        var trees = new[] { home.Store(first), home.Store(second) };
        var damaged = home.PackFiles().Single(path => !CanReadWithout(home, path, trees[1]));
        var bytes = File.ReadAllBytes(damaged);
        bytes[^60] ^= 4;
        File.WriteAllBytes(damaged, bytes);
        Assert.Equal(first.ToString(), ModelFolder.Read(home.Open(), trees[0]).ToString());
        CheckError(Record.Exception(() => home.Open().ReadTree(trees[1])), damaged);

        // The cache of the last scan must not be trusted for files whose objects are gone.
        home.Scan();
        Assert.Equal(second.ToString(), ModelFolder.Read(home.Open(), trees[1]).ToString());
    }

    [Fact]
    public void A_damaged_object_is_replaced_once_somebody_has_noticed_and_stores_it_again()
    {
        using var home = new ObjectHome();
        var content = ModelFolder.Bytes(new Random(3), 10_000);
        new Random(3).NextBytes(content);
        ObjectId id;
        using (var writer = home.Open().BeginWrite())
        {
            id = writer.AddBlob(content);
            writer.Commit();
        }

        var pack = Assert.Single(home.PackFiles());
        var bytes = File.ReadAllBytes(pack);
        bytes[500] ^= 1;
        File.WriteAllBytes(pack, bytes);
        var store = home.Open();
        CheckError(Record.Exception(() => store.ReadBlob(id)), pack);
        using (var writer = store.BeginWrite())
        {
            writer.AddBlob(content);
            writer.AddBlob("another, so that the pack is another"u8);
            writer.Commit();
        }

        Assert.Equal(content, store.ReadBlob(id));
        Assert.Equal(content, home.Open().ReadBlob(id));
    }

    [Fact]
    public void A_verification_names_the_path_of_what_is_missing_and_of_what_is_damaged()
    {
        using var home = new ObjectHome();
        var random = new Random(1);
        var model = new ModelFolder();
        foreach (var name in new[] { "a", "b" })
        {
            var content = new byte[50_000];
            random.NextBytes(content);
            model.Paths.Add($"folder/{name}", (TreeEntryKind.File, content));
        }

        // Each file in a pack of its own, so that one of them can be removed.
        var store = home.Open();
        var packs = new List<string>();
        foreach (var (_, content) in model.Paths.Values)
        {
            using var writer = store.BeginWrite();
            writer.AddBlob(content);
            writer.Commit();
            packs.Add(home.PackFiles().Except(packs).Single());
        }

        var tree = home.Store(model);
        File.Delete(packs[0]);
        var bytes = File.ReadAllBytes(packs[1]);
        bytes[20_000] ^= 1;
        File.WriteAllBytes(packs[1], bytes);
        var report = new ObjectVerifier(home.Open()).Verify([("snapshot 1", tree)], Cancellation);
        Assert.Equal(
            [("snapshot 1/folder/a", ErrorIds.ObjectMissing), ("snapshot 1/folder/b", ErrorIds.ObjectCorrupt), (packs[1], ErrorIds.ObjectCorrupt)],
            report.Problems.Select(problem => (problem.Path, problem.ErrorId)));
        Assert.Contains(packs[1], report.Problems[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_that_was_never_stored_is_missing()
    {
        using var home = new ObjectHome();
        Assert.True(ObjectId.TryParse(ModelFolder.NaiveId(1, "x"u8), out var id));
        var error = Assert.Throws<StorageException>(() => home.Open().ReadBlob(id));
        Assert.Equal(ErrorIds.ObjectMissing, error.ErrorId);
        Assert.Contains(id.ToString(), error.Message, StringComparison.Ordinal);
        Assert.Contains(home.Packs, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_and_folders_are_not_taken_for_each_other()
    {
        using var home = new ObjectHome();
        using var writer = home.Open().BeginWrite();
        var (file, folder) = (writer.AddBlob("\0"u8), writer.AddTree([]));
        Assert.NotEqual(file, folder);
        writer.Commit();
        Assert.Throws<DataFileException>(() => home.Open().ReadTree(file));
        Assert.Throws<DataFileException>(() => home.Open().ReadBlob(folder));
    }

    private static bool CanReadWithout(ObjectHome home, string pack, ObjectId tree)
    {
        File.Move(pack, pack + ".away");
        try
        {
            return home.Open().Contains(tree);
        }
        finally
        {
            File.Move(pack + ".away", pack);
        }
    }

    private static void CheckError(Exception? error, string pack)
    {
        var data = Assert.IsType<DataFileException>(error);
        Assert.Equal(ErrorIds.ObjectCorrupt, data.ErrorId);
        Assert.Contains(pack, data.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', data.Message);
    }
}
