using System.Formats.Tar;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using SkillMeat.Errors;
using SkillMeat.Storage.Files;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Storage;

public sealed class ContentHashTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_vector_of_the_original_program_comes_out_the_same()
    {
        var shared = SharedFolder.Find();
        Assert.SkipWhen(shared is null, "the shared fixtures are not there");
        using var folder = new TempHome();
        TarFile.ExtractToDirectory(Path.Combine(shared!, "compat", "hash-vectors", "vectors.tar"), folder.Path, overwriteFiles: false);
        using var expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(shared!, "compat", "hash-vectors", "expected.json")));
        var vectors = expected.RootElement.EnumerateObject().ToList();
        Assert.All(vectors, vector => Assert.Equal(vector.Value.GetProperty("content_hash").GetString(), ContentHash.Of(folder.At("vectors", vector.Name))));
        Assert.True(vectors.Count >= 12);
        output.WriteLine($"{vectors.Count} vectors");
    }

    [Theory]
    [InlineData("home/user/.skillmeat/collections/default", 5)]
    [InlineData("home/user/.skillmeat/collections/work", 1)]
    [InlineData("linked-artifacts", 5)]
    public void Every_hash_recorded_in_a_lock_file_comes_out_the_same(string collection, int count)
    {
        var shared = SharedFolder.Find();
        Assert.SkipWhen(shared is null, "the shared fixtures are not there");
        var root = Path.Combine(shared!, "compat", collection);
        var entries = Regex.Matches(File.ReadAllText(Path.Combine(root, "collection.lock")), "\"(?<name>[^\"]+)::(?<type>\\w+)\"\\]\\ncontent_hash = \"(?<hash>\\w+)\"");
        Assert.Equal(count, entries.Count);
        Assert.All(entries, entry => Assert.Equal(entry.Groups["hash"].Value, ContentHash.Of(ArtifactPath(root, entry.Groups["type"].Value, entry.Groups["name"].Value))));
    }

    [Fact]
    public void A_directory_hashes_as_its_files_in_the_order_of_their_components_by_code_point()
    {
        var names = Gen.Elements("a", "b", "a b", "a-b", "a.txt", "A", "\u00e9", "\ufb01", "\U0001F600", ".x", "~");
        var paths = Gen.NonEmptyListOf(Gen.NonEmptyListOf(names).Select(parts => parts.Take(3).ToArray())).Select(list => list.Take(12).ToArray());
        Prop.ForAll(paths.ToArbitrary(), MatchesOracle).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_broken_link_and_a_link_in_a_circle_do_not_count()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var folder = new TempHome();
        File.WriteAllText(folder.At("a"), "text");
        var plain = ContentHash.Of(folder.Path);
        File.CreateSymbolicLink(folder.At("broken"), "missing");
        File.CreateSymbolicLink(folder.At("circle"), "circle");
        File.CreateSymbolicLink(folder.At("up"), "..");
        Assert.Equal(plain, ContentHash.Of(folder.Path));
    }

    [Fact]
    public void An_absent_path_is_an_error_that_names_it()
    {
        using var folder = new TempHome();
        var error = Assert.Throws<StorageException>(() => ContentHash.Of(folder.At("missing")));
        Assert.Equal($"cannot read {folder.At("missing")}: there is no such file or folder", error.Message);
    }

    private static bool MatchesOracle(string[][] paths)
    {
        using var folder = new TempHome();
        var written = new List<string[]>();
        foreach (var parts in paths)
        {
            var full = folder.At(parts);
            if (File.Exists(full) || Directory.Exists(full) || written.Exists(other => other.Length < parts.Length && parts.Take(other.Length).SequenceEqual(other))) continue;
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, string.Join('+', parts));
            written.Add(parts);
        }

        using var bytes = new MemoryStream();
        foreach (var parts in written.Order(Comparer<string[]>.Create(CompareComponents)))
        {
            bytes.Write(Encoding.UTF8.GetBytes(string.Join('/', parts)));
            bytes.Write(Encoding.UTF8.GetBytes(string.Join('+', parts)));
        }

        return ContentHash.Of(folder.Path) == FileState.Hash(bytes.ToArray());
    }

    private static int CompareComponents(string[] one, string[] other)
    {
        for (var index = 0; index < Math.Min(one.Length, other.Length); index++)
        {
            var (left, right) = (one[index].EnumerateRunes().ToList(), other[index].EnumerateRunes().ToList());
            for (var place = 0; place < Math.Min(left.Count, right.Count); place++)
            {
                if (left[place] != right[place]) return left[place].Value.CompareTo(right[place].Value);
            }

            if (left.Count != right.Count) return left.Count.CompareTo(right.Count);
        }

        return one.Length.CompareTo(other.Length);
    }

    private static string ArtifactPath(string root, string type, string name) =>
        type is "command" or "agent" ? Path.Combine(root, type + "s", name + ".md") : Path.Combine(root, type + "s", name);
}
