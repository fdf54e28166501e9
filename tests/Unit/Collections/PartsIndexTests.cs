using System.Text;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Collections;

/// <summary>The index of artifacts changes how fast commands are, and nothing else.</summary>
public sealed class PartsIndexTests
{
    private const int Count = 400;

    [Fact]
    public async Task Commands_print_the_same_with_and_without_an_index()
    {
        using var home = await ManyAsync();
        Assert.Empty(Indexes(home));
        var before = await PrintAsync(home);
        (await home.RunAsync("remove", "skill-3", "--yes")).Succeeds();
        Assert.Single(Indexes(home));
        var indexed = await PrintAsync(home);
        foreach (var index in Indexes(home)) File.Delete(index);
        Assert.Equal(await PrintAsync(home), indexed);
        Assert.NotEqual(before, indexed);
        Assert.Empty(Indexes(home));
    }

    [Fact]
    public async Task An_edit_by_another_program_is_seen_at_once()
    {
        using var home = await ManyAsync();
        (await home.RunAsync("remove", "skill-3", "--yes")).Succeeds();
        var manifest = home.Manifest;
        var (text, time) = (await File.ReadAllTextAsync(manifest, Cancellation), File.GetLastWriteTimeUtc(manifest));
        // The same length and the same time: only the bytes tell.
        await File.WriteAllTextAsync(manifest, text.Replace("Number 7.", "Nummer 7.", StringComparison.Ordinal), Cancellation);
        File.SetLastWriteTimeUtc(manifest, time);
        Assert.Contains("Nummer 7.", (await home.RunAsync("show", "skill-7")).Succeeds().Output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(manifest, text + "broken\n", Cancellation);
        Assert.Contains("[InvalidToml]", (await home.RunAsync("show", "skill-7")).Succeeds(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_index_is_ignored_and_replaced()
    {
        using var home = await ManyAsync();
        (await home.RunAsync("remove", "skill-3", "--yes")).Succeeds();
        var shown = await PrintAsync(home);
        var index = Assert.Single(Indexes(home));
        var bytes = await File.ReadAllBytesAsync(index, Cancellation);
        foreach (var at in new[] { 0, 7, 8, 50, 90, bytes.Length / 2, bytes.Length - 40, bytes.Length - 1 })
        {
            var damaged = (byte[])bytes.Clone();
            damaged[at] ^= 0x41;
            await File.WriteAllBytesAsync(index, damaged, Cancellation);
            Assert.Equal(shown, await PrintAsync(home));
            await File.WriteAllBytesAsync(index, bytes[..at], Cancellation);
            Assert.Equal(shown, await PrintAsync(home));
        }

        (await home.RunAsync("remove", "skill-4", "--yes")).Succeeds();
        Assert.NotEqual(bytes, await File.ReadAllBytesAsync(index, Cancellation));
        Assert.DoesNotContain("skill-4\"", await PrintAsync(home), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_artifact_that_cannot_be_read_keeps_the_index_from_being_written()
    {
        using var home = await ManyAsync();
        var folder = Path.Combine(home.At("up"), "new");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "SKILL.md"), "---\nname: new\ndescription: New.\n---\n", Cancellation);
        var manifest = home.Manifest;
        await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest, Cancellation)).Replace("origin = \"local\"\nadded = \"2026-01-01T00:00:09\"", "added = \"2026-01-01T00:00:09\"", StringComparison.Ordinal), Cancellation);
        (await home.RunAsync("add", "skill", folder)).Succeeds();
        Assert.Empty(Indexes(home));
        Assert.Contains("has no 'origin'", (await home.RunAsync("show", "skill-7")).Succeeds(1).Error, StringComparison.Ordinal);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string[] Indexes(TestHome home) => Directory.Exists(home.At("cache")) ? Directory.GetFiles(home.At("cache"), "parts-*.index") : [];

    private static async Task<string> PrintAsync(TestHome home)
    {
        var text = new StringBuilder();
        foreach (var command in new[] { "list", "list --format json", "show skill-7", "show SKILL-7 --format json", "show skill:skill-399 --format json", "show skill-?99", "show none", "collection show", "collection list --format json" })
        {
            var run = await home.RunAsync(command.Split(' '));
            text.Append(run.Output).Append(run.Error);
        }

        return text.ToString();
    }

    private static async Task<TestHome> ManyAsync()
    {
        var home = TestHome.None();
        (await home.RunAsync("init")).Succeeds();
        var manifest = new StringBuilder(await File.ReadAllTextAsync(home.Manifest, Cancellation));
        var locks = new StringBuilder(await File.ReadAllTextAsync(home.LockFile, Cancellation));
        for (var i = 0; i < Count; i++)
        {
            Directory.CreateDirectory(home.At("collections", "default", "skills", $"skill-{i}"));
            await File.WriteAllTextAsync(home.At("collections", "default", "skills", $"skill-{i}", "SKILL.md"), $"---\nname: skill-{i}\n---\n", Cancellation);
            manifest.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n[[artifacts]]\nname = \"skill-{i}\"\ntype = \"skill\"\npath = \"skills/skill-{i}\"\norigin = \"local\"\nadded = \"2026-01-01T00:00:{i % 60:00}\"\ntags = [\"t{i % 7}\", \"all\"]\nuuid = \"u{i}\"\n\n[artifacts.metadata]\ndescription = \"Number {i}. {new string('x', 100)}\"\n\n[artifacts.metadata.extra]\nodd = {i}\n");
            locks.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n[lock.entries.\"skill-{i}::skill\"]\ncontent_hash = \"{i:x64}\"\nfetched = \"2026-01-02T00:00:00\"\nodd = {i}\n");
        }

        await File.WriteAllTextAsync(home.Manifest, manifest.ToString(), Cancellation);
        await File.WriteAllTextAsync(home.LockFile, locks.ToString(), Cancellation);
        return home;
    }
}
