using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SkillMeat.Upstream.Git;
using SkillMeat.Upstream.Git.Packs;
using SkillMeat.Upstream.Http;
using Xunit;

namespace SkillMeat.Tests.Upstream.Git;

public sealed class GitPackTests(SampleRepositories samples)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Deltas_can_name_a_base_that_comes_later_or_is_itself_such_a_delta()
    {
        byte[] first = [.. "the first version of it"u8], second = [.. first, .. " and more"u8], third = [.. second, .. " and more"u8];
        var pack = new PackBuilder();
        pack.AddReferenceDelta(GitObjectId.OfBlob(second), Append(second.Length, " and more"));
        pack.AddReferenceDelta(GitObjectId.OfBlob(first), Append(first.Length, " and more"));
        pack.AddWhole(GitObjectKind.Blob, first);
        foreach (var inFile in (bool[])[false, true])
        {
            using var objects = await PackBuilder.OpenAsync(pack.Build(), Token, inFile);
            Assert.Equal(third, objects.ReadBlob(GitObjectId.OfBlob(third), 1000));
        }
    }

    [Theory]
    [InlineData(PackLimits.MaxDepth, true)]
    [InlineData(PackLimits.MaxDepth + 1, false)]
    public async Task Chains_of_deltas_may_be_as_long_as_gits_and_no_longer(int depth, bool isTaken)
    {
        var pack = new PackBuilder();
        var content = new List<byte> { (byte)'x' };
        var offset = pack.AddWhole(GitObjectKind.Blob, [.. content]);
        for (var i = 0; i < depth; i++)
        {
            offset = pack.AddOffsetDelta(offset, Append(content.Count, "y"));
            content.Add((byte)'y');
        }

        if (!isTaken)
        {
            await Assert.ThrowsAsync<GitProtocolException>(() => PackBuilder.OpenAsync(pack.Build(), Token));
            return;
        }

        using var objects = await PackBuilder.OpenAsync(pack.Build(), Token);
        Assert.Equal([.. content], objects.ReadBlob(GitObjectId.OfBlob([.. content]), 10_000));
    }

    [Fact]
    public async Task An_object_that_is_inflated_to_something_else_the_second_time_is_not_given_out()
    {
        // The last object repeats four bytes that stand before its own beginning, which zlib never writes: they come from the object that was inflated before it. Both have its checksum.
        byte[] one = [.. new byte[32 * 1024 - 4], 1, 0, 0, 1], other = [.. new byte[32 * 1024 - 4], 0, 1, 1, 0];
        byte[] repeat = [0x78, 0x9C, 0x03, 0x61, 0x00, 0x00, 0x09, 0x00, 0x03];
        var pack = new PackBuilder();
        pack.AddWhole(GitObjectKind.Blob, one);
        pack.AddWhole(GitObjectKind.Blob, other);
        pack.AddDeflated(GitObjectKind.Blob, 4, repeat);
        using var objects = await PackBuilder.OpenAsync(pack.Build(), Token);
        var oid = GitObjectId.OfBlob([0, 1, 1, 0]);
        Assert.True(objects.TryGetKind(oid, out _));
        objects.ReadBlob(GitObjectId.OfBlob(one), int.MaxValue);
        Assert.Throws<GitProtocolException>(() => objects.ReadBlob(oid, int.MaxValue));
    }

    [Fact]
    public async Task A_base_that_is_not_there_is_an_error()
    {
        var pack = new PackBuilder();
        pack.AddReferenceDelta(GitObjectId.OfBlob("nowhere"u8), Append(7, "x"));
        await Assert.ThrowsAsync<GitProtocolException>(() => PackBuilder.OpenAsync(pack.Build(), Token));
    }

    [Fact]
    public async Task A_size_that_is_claimed_but_not_there_takes_no_memory()
    {
        foreach (var claimed in (long[])[500L << 20, 513L << 20, 1L << 40, long.MaxValue / 32])
        {
            var pack = new PackBuilder();
            pack.AddWhole(GitObjectKind.Blob, new byte[10], claimed);
            var before = GC.GetAllocatedBytesForCurrentThread();
            await Assert.ThrowsAsync<GitProtocolException>(() => PackBuilder.OpenAsync(pack.Build(), Token));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
        }
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(2u)]
    [InlineData(uint.MaxValue)]
    public async Task A_number_of_objects_that_lies_is_found_out(uint claimed)
    {
        var pack = new PackBuilder();
        pack.AddWhole(GitObjectKind.Blob, "one"u8.ToArray());
        await Assert.ThrowsAsync<GitProtocolException>(() => PackBuilder.OpenAsync(pack.Build(claimed), Token));
    }

    [Fact]
    public async Task A_pack_without_objects_is_a_pack()
    {
        using var objects = await PackBuilder.OpenAsync(new PackBuilder().Build(), Token);
        Assert.Empty(objects.Oids);
    }

    [Fact]
    public async Task Trees_that_multiply_endlessly_are_left_at_the_limit()
    {
        var pack = new PackBuilder();
        var oid = GitObjectId.OfBlob("x"u8);
        var mode = GitFileMode.File;
        for (var level = 0; level < 12; level++)
        {
            var entries = Enumerable.Range(0, 10).Select(i => new GitTreeEntry($"{i}", mode, oid)).ToArray();
            pack.AddWhole(GitObjectKind.Tree, GitTree.Write(entries).ToArray());
            (oid, mode) = (GitObjectId.OfTree(entries), GitFileMode.Folder);
        }

        using var objects = await PackBuilder.OpenAsync(pack.Build(), Token);
        Assert.Throws<GitProtocolException>(() => objects.Walk(oid).Count());
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("a/b")]
    [InlineData("")]
    public void A_tree_whose_names_could_lead_elsewhere_is_refused(string name)
    {
        var tree = GitTree.Write([new GitTreeEntry(name, GitFileMode.File, GitObjectId.OfBlob("x"u8))]);
        Assert.Throws<GitProtocolException>(() => GitTree.Read(tree));
    }

    [Fact]
    public void Random_trees_commits_and_tags_are_read_or_refused() =>
        Prop.ForAll<byte[]>(bytes =>
        {
            foreach (Action read in (Action[])[() => GitTree.Read(bytes), () => GitCommit.Read(bytes), () => GitCommit.ReadTagTarget(bytes)])
                Assert.True(Record.Exception(read) is null or GitProtocolException);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task A_pack_cut_at_every_fiftieth_is_refused_even_with_a_right_checksum()
    {
        var pack = PackOf(SampleRepositories.Varied);
        for (var i = 0; i < 50; i++)
        {
            var cut = pack[..(pack.Length / 50 * i)];
            Assert.True((await Assert.ThrowsAsync<GitProtocolException>(() => PackBuilder.OpenAsync(cut, Token))).IsTransient);
            await Assert.ThrowsAsync<GitProtocolException>(() => PackBuilder.OpenAsync(PackBuilder.Seal(cut.ToArray()), Token));
        }
    }

    [Fact]
    public async Task A_flipped_bit_is_found_by_the_checksum()
    {
        var pack = PackOf(SampleRepositories.Varied);
        var random = new Random(3);
        for (var i = 0; i < 100; i++)
        {
            var damaged = pack.ToArray();
            damaged[random.Next(pack.Length)] ^= (byte)(1 << random.Next(8));
            await Assert.ThrowsAsync<GitProtocolException>(() => PackBuilder.OpenAsync(damaged, Token));
        }
    }

    [Fact]
    public async Task Damage_under_a_right_checksum_never_gets_past_as_anything_but_an_error_or_other_objects()
    {
        var pack = SmallPack();
        var random = new Random(4);
        for (var i = 0; i < 2000; i++)
        {
            var damaged = pack.ToArray();
            for (var flips = random.Next(1, 4); flips > 0; flips--) damaged[random.Next(pack.Length - 20)] = (byte)random.Next(256);
            var error = await Record.ExceptionAsync(() => ReadAllAsync(PackBuilder.Seal(damaged)));
            Assert.True(error is null or GitProtocolException, error?.ToString());
        }
    }

    [Fact]
    public void Random_bytes_after_a_right_header_are_refused() =>
        Prop.ForAll<byte[]>(bytes =>
        {
            byte[] pack = [.. "PACK"u8, 0, 0, 0, 2, 0, 0, 0, 1, .. bytes, .. new byte[20]];
            var error = Record.Exception(() => ReadAllAsync(PackBuilder.Seal(pack)).GetAwaiter().GetResult());
            Assert.True(error is GitProtocolException, error?.ToString());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Opening_can_be_cancelled_and_closes_the_pack()
    {
        var pack = PackOf(SampleRepositories.Varied);
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        var file = new MemoryStream(pack);
        Assert.ThrowsAny<OperationCanceledException>(() => GitObjects.Open(new PackData(file, pack.Length - 20), includesBlobs: true, new UpstreamLimits(), source.Token));
        Assert.False(file.CanRead);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(19)]
    [InlineData(20)]
    [InlineData(21)]
    [InlineData(70_000)]
    public async Task The_checksum_is_right_however_the_pack_comes_in(int piece)
    {
        var pack = piece < 1000 ? SmallPack() : PackOf(SampleRepositories.Varied);
        using var spool = new PackSpool(() => new MemoryStream(), new UpstreamLimits());
        for (var at = 0; at < pack.Length; at += piece) await spool.AppendAsync(pack.AsMemory(at, Math.Min(piece, pack.Length - at)), Token);
        using var data = await spool.CompleteAsync(Token);
        Assert.Equal(pack.Length - 20, data.Length);
    }

    [Fact]
    public async Task A_disk_that_is_full_is_no_fault_of_the_server()
    {
        using var spool = new PackSpool(() => throw new IOException("No space left on device"), new UpstreamLimits());
        var error = await Assert.ThrowsAsync<Errors.StorageException>(async () => await spool.AppendAsync(new byte[PackSpool.MaxInMemory + 1], Token));
        Assert.Contains("No space left", error.Message, StringComparison.Ordinal);
    }

    private static async Task ReadAllAsync(byte[] pack)
    {
        using var objects = await PackBuilder.OpenAsync(pack, Token);
        foreach (var oid in objects.Oids)
        {
            objects.TryGetKind(oid, out var kind);
            if (kind == GitObjectKind.Blob) objects.ReadBlob(oid, int.MaxValue);
            if (kind == GitObjectKind.Commit) objects.ReadCommit(oid);
            if (kind == GitObjectKind.Tree) objects.ReadTree(oid);
            if (kind == GitObjectKind.Tag) objects.Peel(oid);
        }
    }

    private static byte[] SmallPack()
    {
        var pack = new PackBuilder();
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 50).Select(i => $"line {i}\n")));
        var first = pack.AddWhole(GitObjectKind.Blob, text);
        pack.AddOffsetDelta(first, Append(text.Length, "more"));
        pack.AddReferenceDelta(GitObjectId.OfBlob(text), Append(text.Length, "less"));
        GitTreeEntry[] entries = [new("file", GitFileMode.File, GitObjectId.OfBlob(text))];
        pack.AddWhole(GitObjectKind.Tree, GitTree.Write(entries).ToArray());
        pack.AddWhole(GitObjectKind.Commit, Encoding.UTF8.GetBytes($"tree {GitObjectId.OfTree(entries)}\nauthor x <x> 0 +0000\n\nx\n"));
        return pack.Build();
    }

    private byte[] PackOf(string repository) =>
        samples.Git.Run(samples.FolderOf(repository), "pack-objects", "--all", "--stdout", "--delta-base-offset", "--quiet");

    private static byte[] Append(int length, string text)
    {
        byte[] size = [(byte)length, (byte)(length >> 8)];
        return [.. PackBuilder.Size(length), .. PackBuilder.Size(length + text.Length), 0xB0, .. size, (byte)text.Length, .. Encoding.UTF8.GetBytes(text)];
    }
}
