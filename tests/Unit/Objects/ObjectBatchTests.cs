using System.Text;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Storage;
using SkillMeat.Tests.Storage;
using Xunit;

namespace SkillMeat.Tests.Objects;

public sealed class ObjectBatchTests
{
    private const int Writers = 4;
    private const int Files = 200;

    [Fact]
    public async Task Writers_at_the_same_time_leave_one_pack_with_everything()
    {
        using var home = new ObjectHome();
        using (var batch = home.Open().BeginBatch())
        {
            var ids = await Task.WhenAll(Enumerable.Range(0, Writers).Select(number => Task.Run(() => AddAll(batch, number))));

            Assert.Empty(home.PackFiles());
            batch.Commit();
            Assert.Single(home.PackFiles());
            var store = home.Open();
            for (var number = 0; number < Writers; number++)
            {
                Assert.Equal(Enumerable.Range(0, Files).Select(file => Text(number, file)), ids[number].Select(id => Encoding.UTF8.GetString(store.ReadBlob(id))));
            }
        }

        Assert.Empty(Directory.GetFiles(home.Packs, "*.tmp"));
    }

    [Fact]
    public void A_writer_that_gives_up_does_not_disturb_the_others()
    {
        using var home = new ObjectHome();
        using var batch = home.Open().BeginBatch();
        using (var given = batch.BeginWrite()) given.AddBlob("shared"u8);
        using var other = batch.BeginWrite();
        var id = other.AddBlob("shared"u8);
        other.Commit();

        batch.Commit();

        Assert.Equal("shared"u8, home.Open().ReadBlob(id));
    }

    [Fact]
    public void A_batch_that_is_not_committed_adds_nothing()
    {
        using var home = new ObjectHome();
        using (var batch = home.Open().BeginBatch())
        {
            using var writer = batch.BeginWrite();
            writer.AddBlob(Random.Shared.GetItems<byte>([1, 2, 3, 4, 5, 6, 7, 8], 300_000));
            writer.Commit();
        }

        Assert.Empty(home.PackFiles());
        Assert.True(!Directory.Exists(home.Packs) || Directory.GetFiles(home.Packs).Length == 0);
    }

    [Fact]
    public void A_full_disk_fails_every_writer_and_the_commit_with_the_same_error()
    {
        using var home = new ObjectHome();
        var store = new ObjectStore(home.Path, Random.Shared, new Faults((_, step, _) => { if (step == StorageStep.WriteFile) throw Faults.DiskFull; }));
        using var batch = store.BeginBatch();
        using var first = batch.BeginWrite();
        using var second = batch.BeginWrite();
        var large = new byte[400_000];
        Random.Shared.NextBytes(large);

        var error = Assert.Throws<StorageException>(() => first.AddBlob(large));

        Assert.Equal(error.Message, Assert.Throws<StorageException>(() => second.AddBlob("small"u8)).Message);
        Assert.True(second.IsBroken);
        Assert.Equal(error.Message, Assert.Throws<StorageException>(batch.Commit).Message);
        Assert.Empty(home.PackFiles());
    }

    private static List<ObjectId> AddAll(ObjectBatch batch, int number)
    {
        using var writer = batch.BeginWrite();
        var ids = Enumerable.Range(0, Files).Select(file => writer.AddBlob(Encoding.UTF8.GetBytes(Text(number, file)))).ToList();
        writer.Commit();
        return ids;
    }

    // Half of the files are the same for all writers.
    private static string Text(int number, int file) => file % 2 == 0 ? $"shared {file}" : $"own {number} {file}";
}
