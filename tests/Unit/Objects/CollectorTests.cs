using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Maintenance;
using Xunit;

namespace SkillMeat.Tests.Objects;

public sealed class CollectorTests(ITestOutputHelper output)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Needed_objects_stay_whatever_is_added_and_forgotten()
    {
        var (collections, freed) = (0, 0L);
        for (var seed = 0; seed < 8; seed++)
        {
            using var home = new ObjectHome();
            var random = new Random(seed);
            var models = new Dictionary<ObjectId, ModelFolder>();
            var model = ModelFolder.Random(random);
            for (var round = 0; round < 30; round++)
            {
                for (var edits = random.Next(4); edits > 0; edits--) model.Edit(random);
                models[home.Store(model)] = model.Copy();
                if (random.Next(3) != 0) continue;
                foreach (var forgotten in models.Keys.Where(_ => random.Next(2) == 0).ToList()) models.Remove(forgotten);
                var before = home.PackBytes();
                var report = new ObjectCollector(home.Open()).Collect(models.Keys, Cancellation);
                Assert.Empty(report.Problems);
                Assert.Equal(before - report.BytesFreed, home.PackBytes());
                foreach (var (tree, expected) in models) Assert.Equal(expected.ToString(), ModelFolder.Read(home.Open(), tree).ToString());
                Assert.Empty(new ObjectVerifier(home.Open()).Verify(models.Keys.Select(tree => ("tree", tree)), Cancellation).Problems);
                collections++;
                freed += report.BytesFreed;
            }
        }

        output.WriteLine($"{collections} collections freed {freed} bytes");
        Assert.True(collections > 40 && freed > 100_000);
    }

    [Fact]
    public void With_nothing_needed_nothing_stays()
    {
        using var home = new ObjectHome();
        home.Store(ModelFolder.Random(new Random(1)));
        var report = new ObjectCollector(home.Open()).Collect([], Cancellation);
        Assert.Equal((0, 1, 0), (report.LiveObjects, report.PacksDeleted, report.PacksWritten));
        Assert.Empty(home.PackFiles());
    }

    [Fact]
    public void Many_small_packs_become_one()
    {
        using var home = new ObjectHome();
        var ids = Enumerable.Range(0, 50).Select(number => Add(home, BitConverter.GetBytes(number))).ToList();
        new ObjectCollector(home.Open()).Collect(ids, Cancellation);
        Assert.Single(home.PackFiles());
        var store = home.Open();
        Assert.All(ids.Select((id, number) => (id, number)), one => Assert.Equal(BitConverter.GetBytes(one.number), store.ReadBlob(one.id)));
    }

    [Fact]
    public void A_store_that_was_open_meanwhile_finds_what_was_moved_and_stores_again_what_is_gone()
    {
        using var home = new ObjectHome();
        var store = home.Open();
        var (kept, gone) = (new byte[10_000], new byte[50_000]);
        new Random(1).NextBytes(kept);
        new Random(2).NextBytes(gone);
        ObjectId keptId, goneId;
        using (var writer = store.BeginWrite())
        {
            (keptId, goneId) = (writer.AddBlob(kept), writer.AddBlob(gone));
            writer.Commit();
        }

        new ObjectCollector(home.Open()).Collect([keptId], Cancellation);
        Assert.Equal(kept, store.ReadBlob(keptId));
        using (var writer = store.BeginWrite())
        {
            Assert.False(writer.HasBlob(goneId));
            writer.AddBlob(gone);
            writer.Commit();
        }

        Assert.Equal(gone, home.Open().ReadBlob(goneId));
    }

    [Fact]
    public void The_rest_of_a_half_collected_large_file_does_not_count_as_the_file()
    {
        using var home = new ObjectHome();
        var content = new byte[3_000_000];
        new Random(1).NextBytes(content);
        var first = Add(home, content[..2_000_000]);
        var second = Add(home, content);
        new ObjectCollector(home.Open()).Collect([second], Cancellation);
        File.Delete(home.PackFiles()[0]);
        var store = home.Open();
        using var writer = store.BeginWrite();
        Assert.False(writer.HasBlob(second));
        writer.AddBlob(content);
        writer.Commit();
        Assert.Equal(content, store.ReadBlob(second));
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void Nothing_is_taken_away_when_it_is_not_known_what_is_needed()
    {
        using var home = new ObjectHome();
        var tree = home.Store(ModelFolder.Random(new Random(1)));
        Add(home, "not needed"u8.ToArray());
        Assert.True(ObjectId.TryParse(ModelFolder.NaiveId(5, "x"u8), out var unknown));
        var packs = home.PackFiles();
        var error = Assert.Throws<StorageException>(() => new ObjectCollector(home.Open()).Collect([tree, unknown], Cancellation));
        Assert.Equal(ErrorIds.ObjectMissing, error.ErrorId);
        Assert.Equal(packs, home.PackFiles());
    }

    [Fact]
    public void A_pack_that_can_not_be_read_stays_and_is_told()
    {
        using var home = new ObjectHome();
        var tree = home.Store(ModelFolder.Random(new Random(1)));
        Add(home, "not needed"u8.ToArray());
        var unreadable = Path.Combine(home.Packs, new string('a', 64) + ".pack");
        File.WriteAllText(unreadable, "not a pack");
        var report = new ObjectCollector(home.Open()).Collect([tree], Cancellation);
        Assert.Contains(unreadable, Assert.Single(report.Problems).Message, StringComparison.Ordinal);
        Assert.Contains(unreadable, home.PackFiles());
        Assert.Equal(1, report.PacksDeleted);
    }

    private static ObjectId Add(ObjectHome home, byte[] content)
    {
        using var writer = home.Open().BeginWrite();
        var id = writer.AddBlob(content);
        writer.Commit();
        return id;
    }
}
