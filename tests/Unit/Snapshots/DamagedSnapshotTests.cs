using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SkillMeat.Errors;
using SkillMeat.Snapshots;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Snapshots;

/// <summary>A snapshot either restores the stored content to the byte, or fails with an error.</summary>
public sealed class DamagedSnapshotTests
{
    private const string Good = "[collection]\nname = \"default\"\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Any_bytes_come_back_as_they_were() => Prop.ForAll<byte[], byte[]?, bool>((manifest, pinned, isAbsent) =>
    {
        var read = ManifestSnapshotFormat.Read(ManifestSnapshotFormat.Write(Make(manifest, isAbsent ? null : pinned ?? [])), "x");
        return manifest.AsSpan().SequenceEqual(read.Manifest) && (isAbsent ? read.LockFile is null : (pinned ?? []).AsSpan().SequenceEqual(read.LockFile));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_comes_back_as_it_was() => Prop.ForAll<string?>(text =>
    {
        var bytes = Encoding.UTF8.GetBytes("\ufeff" + text + "\r\n\u2028\0\ud83e\uddea");
        return bytes.AsSpan().SequenceEqual(ManifestSnapshotFormat.Read(ManifestSnapshotFormat.Write(Make(bytes, bytes)), "x").LockFile);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_long_text_comes_back_and_is_written_without_copies_of_it()
    {
        // Characters of one to four bytes and escapes, so that pieces end within each of them.
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a \"quoted\" \\ é\u2028\ud83e\uddea\n", 100_000)));
        var snapshot = Make(bytes, bytes[1..]);
        ManifestSnapshotFormat.Write(snapshot);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var file = ManifestSnapshotFormat.Write(snapshot);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(bytes, ManifestSnapshotFormat.Read(file, "x").Manifest);
        Assert.Equal(bytes[1..], ManifestSnapshotFormat.Read(file, "x").LockFile);
        Assert.True(allocated < bytes.Length / 2, $"{allocated} bytes allocated for {bytes.Length}");
    }

    [Fact]
    public void No_single_changed_bit_brings_back_anything_else()
    {
        var original = Make(Encoding.UTF8.GetBytes(Good), "# ü"u8.ToArray());
        var file = ManifestSnapshotFormat.Write(original);
        var refused = 0;
        for (var bit = 0; bit < file.Length * 8; bit++)
        {
            var damaged = (byte[])file.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            refused += CheckRefusedOrSame(original, damaged) ? 1 : 0;
        }

        // Only changes of flags in gzip's own header may go unnoticed, because they do not affect the content.
        Assert.True(refused > file.Length * 8 * 0.7, $"{refused} of {file.Length * 8} noticed");
    }

    [Fact]
    public void No_truncation_brings_back_anything_else()
    {
        var original = Make(Encoding.UTF8.GetBytes(Good), null);
        var file = ManifestSnapshotFormat.Write(original);
        for (var length = 0; length < file.Length; length++)
        {
            var isRefused = CheckRefusedOrSame(original, file[..length]);
            // The end of the compressed block and gzip's own checksum come behind the content.
            Assert.True(isRefused || length >= file.Length - 20, $"{length} of {file.Length} bytes were enough");
        }
    }

    public static TheoryData<string, string> Contents => new()
    {
        { "nothing", "" },
        { "null", "null" },
        { "a list", "[]" },
        { "an empty object", "{}" },
        { "no JSON", "{\"format\":1,\"id\":" },
        { "a newer format", Content(format: "2") },
        { "a format that is no number", Content(format: "\"1\"") },
        { "an unknown key in place of the id", Content().Replace("\"id\"", "\"name\"", StringComparison.Ordinal) },
        { "an unknown list in place of the message", Content().Replace("\"message\":\"m\"", "\"words\":[\"m\"]", StringComparison.Ordinal) },
        { "a count that is too large", Content(count: "99999999999") },
        { "a count that is larger still", Content(count: "1e400") },
        { "a count that is text", Content(count: "\"5\"") },
        { "a time that is none", Content(time: "\"yesterday\"") },
        { "a time that is a number", Content(time: "5") },
        { "no manifest", Content(manifest: "null") },
        { "a manifest that is text", Content(manifest: "\"x\"") },
        { "a manifest without a hash", Content(manifest: "{\"text\":\"x\"}") },
        { "a manifest without content", Content(manifest: "{\"sha256\":\"x\"}") },
        { "another manifest than was stored", Content(manifest: $"{{\"sha256\":\"{Sha(Good)}\",\"text\":\"[collection]\\nname = \\\"evil\\\"\\n\"}}") },
        { "text that is no text", Content(manifest: $"{{\"sha256\":\"{Sha(Good)}\",\"text\":\"\\ud800\"}}") },
        { "base64 that is none", Content(manifest: $"{{\"sha256\":\"{Sha(Good)}\",\"base64\":\"%%%\"}}") },
        { "a lock file that is a number", Content(lockFile: "5") },
    };

    [Theory, MemberData(nameof(Contents))]
    public async Task A_snapshot_of_something_else_is_refused_and_listed_with_its_problem(string what, string content)
    {
        using var home = TestHome.WithSkills(1);
        using var file = new MemoryStream();
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(Encoding.UTF8.GetBytes(content));
        await CheckRefusedAsync(home, file.ToArray(), what);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(100)]
    public async Task A_truncated_snapshot_is_refused_and_nothing_changes(int length)
    {
        using var home = TestHome.WithSkills(1);
        var file = ManifestSnapshotFormat.Write(Make(Encoding.UTF8.GetBytes(Good), null));
        await CheckRefusedAsync(home, file[..length], $"{length} bytes");
    }

    [Fact]
    public async Task A_damaged_snapshot_hides_none_of_the_others()
    {
        using var home = TestHome.WithSkills(1);
        var good = (await home.RunAsync("collection", "refresh", "--format", "json")).Succeeds().Json.GetProperty("snapshot_id").GetString()!;
        home.Write(Path.Combine(home.Snapshots, "20991231-235959-999999.state.json.gz"), "damaged");

        var run = (await home.RunAsync("collection", "snapshots", "--format", "json")).Succeeds(1);

        Assert.Equal(["20991231-235959-999999", good], run.Json.EnumerateArray().Select(s => s.GetProperty("id").GetString()));
        Assert.Equal("2099-12-31T23:59:59.999999Z", run.Json[0].GetProperty("created_at").GetString());
        (await home.RunAsync("collection", "rollback", "--snapshot", good, "--yes")).Succeeds();
    }

    private static async Task CheckRefusedAsync(TestHome home, byte[] file, string what)
    {
        const string id = "20260101-000000-000000";
        var path = Path.Combine(home.Snapshots, $"{id}.state.json.gz");
        home.Write(path, file);
        var before = home.Tree();

        var run = (await home.RunAsync("collection", "rollback", "--snapshot", id, "--yes", "--format", "json")).Fails(path, "[SnapshotCorrupt]");

        Assert.Equal(before, home.Tree());
        Assert.True(run.Error.Length < 400, $"{what}: {run.Error}");
        var list = await home.RunAsync("collection", "snapshots", "--format", "json");
        Assert.Equal(id, Assert.Single(list.Json.EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(before, home.Tree());
    }

    private static bool CheckRefusedOrSame(ManifestSnapshot original, byte[] file)
    {
        using var stream = new MemoryStream(file);
        var listing = Record.Exception(() => ManifestSnapshotFormat.ReadInfo(stream, file.Length, "x"));
        Assert.True(listing is null or DataFileException { ErrorId: ErrorIds.SnapshotCorrupt }, listing?.ToString());
        try
        {
            var read = ManifestSnapshotFormat.Read(file, "x");
            Assert.Equal(original.Manifest, read.Manifest);
            Assert.Equal(original.LockFile, read.LockFile);
            return false;
        }
        catch (DataFileException e)
        {
            Assert.Equal(ErrorIds.SnapshotCorrupt, e.ErrorId);
            return true;
        }
    }

    private static ManifestSnapshot Make(byte[] manifest, byte[]? lockFile) =>
        new("20260101-000000-000000", "pre-refresh", "Before a test", "default", new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), 0, manifest, lockFile);

    private static string Content(string format = "1", string count = "0", string time = "\"2026-01-01T00:00:00Z\"", string? manifest = null, string lockFile = "null") => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"format\":{format},\"id\":\"i\",\"kind\":\"k\",\"collection\":\"c\",\"created_at\":{time},\"message\":\"m\",\"artifact_count\":{count},\"manifest\":{manifest ?? $"{{\"sha256\":\"{Sha(Good)}\",\"text\":\"[collection]\\nname = \\\"default\\\"\\n\"}}"},\"lock\":{lockFile}}}");

    private static string Sha(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToLowerInvariant();
}
